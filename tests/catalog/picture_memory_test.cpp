// What reading a picture costs the server: a real process, and its memory as the system counts it.

#include <fmt/format.h>
#include <httplib.h>

#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include <catch2/catch_test_macros.hpp>

#include "base/budgets.h"
#include "base/json.h"
#include "paths.h"
#include "support/picture_files.h"
#include "support/program.h"
#include "support/temporary_folder.h"

using namespace orderd;
using namespace orderd::tests;

namespace {

constexpr long kMost = 96L << 10;  ///< KiB above idle

long kibibytes_of(pid_t pid, std::string_view name) {
    std::ifstream status(fmt::format("/proc/{}/status", pid));
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with(name)) {
            return std::stol(line.substr(name.size() + 1));
        }
    }
    return 0;
}

/// Sets the process's highest memory back to what it has now.
void forget_peak(pid_t pid) { std::ofstream(fmt::format("/proc/{}/clear_refs", pid)) << "5"; }

/// A served shop with a product, and somebody who may add pictures.
struct Studio {
    Studio() {
        const std::vector<std::string> add{"admin", "add", "staff", "--role", "staff", "--password-stdin"};
        auto arguments = add;
        arguments.insert(arguments.end(), {"--data", folder.path().string()});
        REQUIRE(run_orderd(arguments, "correct horse battery\n").exit_code == 0);
        server.emplace(folder.path());
        client.emplace("127.0.0.1", server->port());
        client->set_read_timeout(120);
        client->set_write_timeout(120);
        const auto login = client->Post("/auth/login", R"({"username": "staff", "password": "correct horse battery"})",
                                        "application/json");
        REQUIRE(login);
        token = Json::parse(login->body).at("access_token").get<std::string>();
        headers = {{"Authorization", "Bearer " + token}};
        product();
    }

    /// Another product, which the next pictures are of.
    void product() {
        const auto body = fmt::format(R"({{"sku": "P{0}", "name": "P{0}", "price": 1}})", ++products);
        const auto made = client->Post("/products", headers, body, "application/json");
        REQUIRE(made);
        REQUIRE(made->status == 201);
    }

    int upload(const std::string& file) {
        const auto path = fmt::format("/admin/inventory/{}/pictures", products);
        const auto answer = client->Post(path, headers, file, "image/jpeg");
        REQUIRE(answer);
        INFO(answer->body);
        return answer->status;
    }

    TemporaryFolder folder;
    std::optional<Served> server;
    std::optional<httplib::Client> client;
    std::string token;
    httplib::Headers headers;
    int products = 0;
};

/// A file with so many bytes in all: what is behind a picture's end counts too.
std::string padded(std::string file) {
    file.resize(std::max(file.size(), budget::kPictureFile), ' ');
    return file;
}

}  // namespace

TEST_CASE("no picture takes more than 96 MiB above what the server needs when idle", "[large]") {
    if (!std::string_view(kSanitizers).empty()) {
        SKIP("a sanitizer's own memory would be counted");
    }
    using Png = PngWish::Kind;
    const Paint photo = [](std::size_t x, std::size_t y) {
        return Colour{static_cast<std::uint8_t>(x / 32), static_cast<std::uint8_t>(y / 32),
                      static_cast<std::uint8_t>((x ^ y) / 16), static_cast<std::uint8_t>(255 - x / 64)};
    };
    constexpr catalog::Extent kMostPixels{.width = 8000, .height = 6250};
    constexpr catalog::Extent kManyPixels{.width = 5000, .height = 4000};
    static_assert(kMostPixels.width * kMostPixels.height == budget::kPicturePixels);
    const std::vector<std::pair<std::string, std::function<std::string()>>> files{
        {"JPEG of 50 megapixels", [&] { return jpeg_of(kMostPixels, photo); }},
        {"JPEG in CMYK", [&] { return jpeg_of(kManyPixels, photo, {.colours = JpegWish::Colours::cmyk}); }},
        {"PNG of 50 megapixels", [&] { return png_of(kMostPixels, photo); }},
        {"PNG of 50 megapixels, interlaced, with alpha",
         [&] { return png_of(kMostPixels, photo, {.kind = Png::rgba, .interlaced = true}); }},
        {"PNG of 16 bits, interlaced", [&] { return png_of(kManyPixels, photo, {.bits = 16, .interlaced = true}); }},
        {"a very wide PNG",
         [&] {
             return png_of({budget::kPictureSide, 1600}, photo, {.kind = Png::rgba, .interlaced = true});
         }},
        {"noise with alpha",
         [&] {
             return png_of({1600, 1600}, noise(true), {.kind = Png::rgba, .interlaced = true});
         }},
        {"progressive JPEG",
         [&] {
             return jpeg_of({5000, 4000}, photo, {.progressive = true});
         }},
        {"progressive JPEG, 4:4:4",
         [&] {
             return jpeg_of({3600, 2700}, photo, {.progressive = true, .full_colour = true});
         }},
        {"lossless WebP",
         [&] {
             return webp_of({4000, 3200}, photo, {.lossless = true});
         }},
        {"WebP with alpha",
         [&] {
             return webp_of({3800, 2800}, photo);
         }},
        {"WebP",
         [&] {
             return webp_of(kManyPixels, [&](std::size_t x, std::size_t y) {
                 auto colour = photo(x, y);
                 colour[3] = 255;
                 return colour;
             });
         }},
    };
    Studio studio;
    REQUIRE(studio.upload(jpeg_of({100, 100}, photo)) == 201);
    const auto idle = kibibytes_of(studio.server->pid(), "VmRSS:");
    for (const auto& [name, make] : files) {
        const auto file = make();
        studio.product();
        for (const auto& sent : {file, padded(file)}) {
            INFO(name << ", " << sent.size() << " bytes");
            forget_peak(studio.server->pid());
            const auto status = studio.upload(sent);
            const auto above = kibibytes_of(studio.server->pid(), "VmHWM:") - idle;
            INFO(above << " KiB above idle, status " << status);
            CHECK((status == 201 || (status == 422 && sent.size() > file.size())));
            CHECK(above < kMost);
        }
    }
    CHECK(kibibytes_of(studio.server->pid(), "VmRSS:") - idle < (24L << 10));  // it is given back
    CHECK(studio.server->terminate().first == 0);
}

TEST_CASE("files of pictures are in memory two at a time, and others wait", "[large][concurrency]") {
    Studio studio;
    const auto file = padded(jpeg_of({4000, 3000}, [](std::size_t x, std::size_t y) {
        return Colour{static_cast<std::uint8_t>(x), static_cast<std::uint8_t>(y), 0, 255};
    }));
    const auto idle = kibibytes_of(studio.server->pid(), "VmRSS:");
    std::vector<std::thread> threads;
    std::vector<int> statuses(budget::kPictureUploads + budget::kPictureUploadsWaiting + 3);
    for (auto& status : statuses) {
        threads.emplace_back([&] {
            httplib::Client client("127.0.0.1", studio.server->port());
            client.set_read_timeout(120);
            const auto answer = client.Post("/admin/inventory/1/pictures", studio.headers, file, "image/jpeg");
            status = answer ? answer->status : 0;
        });
    }
    for (auto& thread : threads) {
        thread.join();
    }
    const auto above = kibibytes_of(studio.server->pid(), "VmHWM:") - idle;
    INFO(above << " KiB above idle");
    CHECK(above < kMost + (64L << 10));
    const auto done = std::count(statuses.begin(), statuses.end(), 201);
    CHECK(done >= static_cast<std::ptrdiff_t>(budget::kPictureUploads));
    for (const auto status : statuses) {
        CHECK((status == 201 || status == 503 || status == 0));  // 0: refused while it was still sending
    }
}
