#include <fmt/format.h>

#include <array>
#include <memory>

#include "api/refusals.h"
#include "base/budgets.h"
#include "base/errors.h"
#include "base/fair_queue.h"
#include "base/text.h"
#include "catalog/bodies.h"
#include "catalog/import.h"
#include "catalog/picture.h"
#include "catalog/picture_file.h"
#include "catalog/picture_wanted.h"
#include "catalog/routes.h"
#include "catalog/shapes.h"

namespace orderd::catalog {

namespace {

using api::Answer;
using api::Request;
using api::Shape;
using api::Who;

Answer list_pictures(Request& in, Desk& desk);
Answer upload_picture(Request& in, Desk& desk);
Answer arrange(Request& in, Desk& desk, WantedOrder wanted);
Answer delete_picture(Request& in, Desk& desk);
Answer show_picture(Request& in, Desk& desk);
Answer show_import_pictures(Request& in, Desk& desk);

constexpr auto kPathOfProducts = "/admin/inventory";
constexpr auto kPathOfGroups = "/admin/product-groups";

Shape picture_list_shape() { return Shape::object({{"data", pictures_shape()}}).named("PictureList"); }

}  // namespace

void add_picture_routes(api::RouteTable& routes, Desk& desk) {
    const auto add = api::rows_of(routes, "Inventory", desk);
    for (const auto& [path, group, of] : {std::array{kPathOfProducts, "inventory.", "a product"},
                                          std::array{kPathOfGroups, "groups.", "a product group"}}) {
        const auto pictures = std::string(path) + "/{id}/pictures";
        add({.method = "GET",
             .path = pictures,
             .name = std::string(group) + "pictures",
             .who = Who::viewer,
             .summary = fmt::format("List the pictures of {}, in their order", of),
             .answers = {{200, picture_list_shape()}}},
            list_pictures);
        add({.method = "POST",
             .path = pictures,
             .name = std::string(group) + "addPicture",
             .who = Who::staff,
             .summary = fmt::format("Add a picture to {}: it is written anew as WebP, without metadata", of),
             .query = {{"alt", Shape::text(0, kMaxAlt), "what is to be seen, in words; empty if absent"}},
             .raw_body = kPictureTypes,
             .max_body = budget::kPictureFile,
             .answers = {{201, picture_shape()}},
             .refuses = {kBusy, kPictureKind, kBrokenPicture, kPictureTooLarge, kTooManyPictures},
             .idempotent = true,
             .before_body = [&desk](Request& in) { begin_upload(in, desk); }},
            upload_picture);
        add({.method = "PUT",
             .path = pictures,
             .name = std::string(group) + "arrangePictures",
             .who = Who::staff,
             .summary = fmt::format("Set the order of the pictures of {}, and their texts", of),
             .answers = {{200, picture_list_shape()}},
             .refuses = {kOtherPictures},
             .if_match = true},
            arrange);
        add({.method = "DELETE",
             .path = pictures + "/{picture_id}",
             .name = std::string(group) + "removePicture",
             .who = Who::staff,
             .summary = fmt::format("Remove a picture of {}", of),
             .answers = {{204, std::nullopt}},
             .if_match = true},
            delete_picture);
    }
    add({.method = "GET",
         .path = "/admin/inventory/imports/{id}/pictures",
         .name = "imports.pictures",
         .who = Who::viewer,
         .summary = "Read how far the pictures are that an import wants, and what went wrong with them",
         .answers = {{200, import_pictures_shape()}}},
        show_import_pictures);
    const auto show = api::rows_of(routes, "Products", desk);
    show({.method = "GET",
          .path = "/pictures/{name}",
          .name = "pictures.get",
          .who = Who::anyone,
          .summary = "Read a picture, in one of its sizes: what a product's `pictures` name",
          .answers = {{200, std::nullopt, "image/webp"}}},
         show_picture);
}

namespace {

PictureOwner owner_in(const Request& in) {
    const bool of_group = in.route().path.starts_with(kPathOfGroups);
    return of_group ? PictureOwner::group(GroupId{in.id()}) : PictureOwner::product(ProductId{in.id()});
}

Answer pictures_answer(const storage::View& view, const PictureOwner& owner) {
    const auto version = version_of(view, owner);
    return api::ok({{"data", to_json(pictures_of(view, owner))}}, version);
}

/// The name of the file in Content-Disposition (RFC 6266), for the audit log; empty if it is not plain.
std::string file_name_in(const Request& in) {
    constexpr std::size_t kLongest = 200;
    constexpr std::string_view kName = "filename=\"";
    const auto header = in.header("content-disposition");
    const auto at = header.find(kName);
    if (at == std::string::npos) {
        return "";
    }
    const auto begin = at + kName.size();
    auto name = header.substr(begin, std::min(header.find('"', begin), header.size()) - begin);
    return valid_utf8(name) && !has_control(name, false) && code_points(name) <= kLongest ? name : "";
}

Answer list_pictures(Request& in, Desk&) { return pictures_answer(in.read(), owner_in(in)); }

Answer upload_picture(Request& in, Desk&) {
    const auto owner = owner_in(in);
    version_of(in.read(), owner);  // no file is read for a product that is not there
    const auto made = make_picture(in.take_raw_body());
    in.hold(nullptr);  // what is left is small
    return in.mutate([&](storage::Transaction& tx) {
        const auto picture =
            add_picture(tx, owner, made, in.query("alt").value_or(""), file_name_in(in), in.actor(), in.now());
        auto body = to_json(picture);
        const auto location = body.at("url").get<std::string>();
        return api::created(location, std::move(body), version_of(tx, owner));
    });
}

Answer arrange(Request& in, Desk&, WantedOrder wanted) {
    const auto owner = owner_in(in);
    return in.mutate([&](storage::Transaction& tx) {
        in.check_version(version_of(tx, owner));
        arrange_pictures(tx, owner, wanted.pictures, in.actor(), in.now());
        return pictures_answer(tx, owner);
    });
}

Answer delete_picture(Request& in, Desk&) {
    const auto owner = owner_in(in);
    return in.mutate([&](storage::Transaction& tx) {
        in.check_version(version_of(tx, owner));
        remove_picture(tx, owner, PictureId{in.id("picture_id")}, in.actor(), in.now());
        return api::no_content();
    });
}

Answer show_import_pictures(Request& in, Desk&) {
    const auto view = in.read();
    return api::ok(pictures_of_import(view, get_import(view, ImportId{in.id()}).id));
}

Answer show_picture(Request& in, Desk& desk) {
    const auto name = parse_picture_name(in.path_text("name"));
    auto bytes = name ? desk.picture_cache.get(in.store(), *name) : nullptr;
    if (!bytes) {
        throw not_found("picture");
    }
    return picture_answer(std::move(bytes), in.path_text("name"));
}

}  // namespace

void begin_upload(Request& in, Desk& desk) {
    in.hold(std::make_shared<FairQueue::Turn>(desk.picture_uploads, Asker{}));
}

Answer picture_answer(std::shared_ptr<const std::string> bytes, std::string_view name) {
    return api::printed(std::move(bytes), "image/webp", fmt::format("\"{}\"", name))
        .header("Cache-Control", "public, max-age=31536000, immutable");
}

}  // namespace orderd::catalog
