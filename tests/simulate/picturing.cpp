// Operations of staff with pictures: sent, arranged, removed, and named by imported files.

#include <fmt/format.h>

#include <array>

#include "simulate/simulation.h"
#include "simulate/tables.h"
#include "storage/store.h"
#include "support/picture_files.h"

namespace orderd::tests {

namespace {

using Reply = Simulation::Reply;

constexpr auto kProductOfSku = "SELECT id FROM product WHERE sku = ?1";

/// A few files, so that equal ones come again.
const std::string& some_file(Simulation& sim) {
    static const std::array files{
        jpeg_of({40, 30}, quarters({40, 30}), {.segments = exif_segment(6)}),
        jpeg_of({500, 20}, quarters({500, 20}), {.progressive = true}),
        png_of({9, 9}, noise(true), {.kind = PngWish::Kind::rgba, .interlaced = true}),
        webp_of({16, 16}, quarters({16, 16}), {.lossless = true}),
    };
    return files.at(static_cast<std::size_t>(sim.dice().below(static_cast<std::int64_t>(files.size()))));
}

std::string pictures_path(std::int64_t product) { return fmt::format("/admin/inventory/{}/pictures", product); }

bool add_picture(Simulation& sim) {
    const auto* product = sim.some_product();
    if (product == nullptr) {
        return false;
    }
    const auto id = product->id;
    auto request = sim.by_staff(pictures_path(id), nullptr);
    request.text = sim.dice().chance(900) ? some_file(sim) : "this is no picture";
    request.type = "image/png";
    sim.ask(request, [&sim, id](const Reply& reply) {
        const auto found = sim.model().products.find(id);
        if (reply.status == 201 && found != sim.model().products.end()) {
            found->second.pictures.insert(reply.body.at("id").get<std::int64_t>());
            sim.count("picture added");
        }
    });
    return true;
}

bool remove_picture(Simulation& sim) {
    const auto* product = sim.some_product([](const Model::Product& it) { return !it.pictures.empty(); });
    if (product == nullptr) {
        return false;
    }
    const auto id = product->id;
    const auto picture = *product->pictures.begin();
    sim.ask(sim.remove(fmt::format("{}/{}", pictures_path(id), picture), sim.staff()),
            [&sim, id, picture](const Reply& reply) {
                const auto found = sim.model().products.find(id);
                if ((reply.status == 204 || reply.status == 404) && found != sim.model().products.end()) {
                    found->second.pictures.erase(picture);
                    sim.count("picture removed");
                }
            });
    return true;
}

bool arrange_pictures(Simulation& sim) {
    const auto* product = sim.some_product([](const Model::Product& it) { return it.pictures.size() > 1; });
    if (product == nullptr) {
        return false;
    }
    const auto path = pictures_path(product->id);
    sim.ask(sim.get(path), [&sim, path](const Reply& there) {
        if (there.status != 200) {
            return;
        }
        Json wanted = Json::array();
        const auto& pictures = there.body.at("data");
        for (auto picture = pictures.rbegin(); picture != pictures.rend(); ++picture) {
            wanted.push_back(json_object({{"id", picture->at("id")}, {"alt", fmt::format("at step {}", sim.step())}}));
        }
        sim.ask(sim.put(path, {{"pictures", wanted}}, sim.staff()), sim.counting(200, "pictures arranged"));
    });
    return true;
}

/// A file that names pictures of a product that is there, and of a new one.
bool import_pictures(Simulation& sim) {
    const auto* product = sim.some_product();
    if (product == nullptr || sim.model().products.size() > 30) {
        return false;
    }
    const auto number = sim.next_product++;
    const auto sku = fmt::format("SEEN-{}", number);
    auto request = sim.by_staff("/admin/inventory/import", nullptr);
    request.text = fmt::format(
        "Handle,Title,Variant SKU,Variant Inventory Qty,Variant Price,Image Src\n"
        "seen-{0},Seen,{1},3,5.00,{2}{3}.jpg\nseen-{0},,,,,{2}{0}.jpg\n",
        number, sku, Outside::kPictures, sim.dice().below(20));
    request.type = "text/csv";
    sim.ask(request, [&sim, sku](const Reply& reply) {
        const auto id = read_for_model(sim).value<std::int64_t>(kProductOfSku, sku);
        if (reply.status == 201 && id) {
            auto& added = sim.model().products[*id];
            added = {.id = *id, .sku = sku, .on_hand = 3};
            take_price(sim, added, 500);
            sim.count("file with pictures imported");
        } else if (reply.status == 201) {
            sim.fail("an imported product is not there: " + sku);
        }
    });
    return true;
}

}  // namespace

std::vector<Operation> picturing() {
    return {
        {"add a picture", 14, add_picture},
        {"remove a picture", 8, remove_picture},
        {"arrange pictures", 6, arrange_pictures},
        {"import a file with pictures", 6, import_pictures, false},
    };
}

}  // namespace orderd::tests
