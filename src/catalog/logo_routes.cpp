#include "api/refusals.h"
#include "api/response.h"
#include "base/budgets.h"
#include "base/errors.h"
#include "catalog/logo.h"
#include "catalog/picture_file.h"
#include "catalog/routes.h"

namespace orderd::catalog {

namespace {

using api::Answer;
using api::Request;
using api::Shape;
using api::Who;

Answer take_logo(Request& in, Desk& desk);
Answer show_logo(Request& in, Desk& desk);

Shape logo_shape() {
    const auto pixels = Shape::integer(1, INT64_MAX);
    return Shape::object({{"hash", Shape::text(40, 40).described("as the setting logo names it")},
                          {"url", Shape::text(1, 100)},
                          {"width", pixels},
                          {"height", pixels}})
        .named("Logo");
}

}  // namespace

void add_logo_routes(api::RouteTable& routes, Desk& desk) {
    api::rows_of(routes, "Settings", desk)({.method = "POST",
                                            .path = "/admin/logos",
                                            .name = "logos.add",
                                            .who = Who::owner,
                                            .summary = "Send a picture for the shop's logo; the setting logo shows it",
                                            .raw_body = kPictureTypes,
                                            .max_body = budget::kPictureFile,
                                            .answers = {{201, logo_shape()}},
                                            .refuses = {kBusy, kPictureKind, kBrokenPicture, kPictureTooLarge},
                                            .idempotent = true,
                                            .before_body = [&desk](Request& in) { begin_upload(in, desk); }},
                                           take_logo);
    api::rows_of(routes, "Shop pages", desk)({.method = "GET",
                                              .path = "/logo/{hash}.webp",
                                              .name = "shop.logo",
                                              .who = Who::anyone,
                                              .summary = "The shop's logo",
                                              .answers = {{200, std::nullopt, "image/webp"}}},
                                             show_logo);
}

namespace {

Answer take_logo(Request& in, Desk&) {
    const auto made = make_logo(in.take_raw_body());
    in.hold(nullptr);  // what is left is small
    return in.mutate([&](storage::Transaction& tx) {
        keep_logo(tx, made, in.actor(), in.now());
        const auto& logo = made.logo;
        const auto url = "/" + logo.path();
        return api::created(
            url,
            json_object(
                {{"hash", logo.hash}, {"url", url}, {"width", logo.extent.width}, {"height", logo.extent.height}}),
            1);
    });
}

Answer show_logo(Request& in, Desk&) {
    const auto hash = in.path_text("hash");
    auto bytes = logo_bytes(in.read(), hash);
    if (!bytes) {
        throw not_found("logo");
    }
    return picture_answer(std::move(bytes), hash);
}

}  // namespace

}  // namespace orderd::catalog
