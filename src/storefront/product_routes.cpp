#include "base/errors.h"
#include "storefront/page.h"
#include "storefront/product_page.h"
#include "storefront/routes.h"

namespace orderd::storefront {

namespace {

using api::Answer;
using api::Request;

Answer show_product(Request& in, Desk& desk) {
    const auto visit = visit_of_open_shop(in, desk);
    const auto handle = in.path_text("handle");
    const auto sku = in.query("sku").value_or("");
    const auto question = "product " + handle + '\0' + sku;
    return public_page(in, desk, visit, "product.html", question, [&](const storage::View& view) {
        const auto entry = catalog::window_entry(view, handle);
        if (!entry) {
            throw not_found("product");
        }
        return product_values(view, desk, visit, *entry, sku);
    });
}

}  // namespace

void add_product_routes(api::RouteTable& routes, Desk& desk) {
    const auto add = api::rows_of(routes, "Shop pages", desk);
    add({.method = "GET",
         .path = "/p/{handle}",
         .name = "shop.product",
         .who = api::Who::anyone,
         .summary = "A product that stands alone, or a group with its variants, as a page",
         .query = page_parameters({{"sku", api::Shape::text(0, catalog::kMaxSku), "of the chosen variant of a group"}}),
         .answers = {{200, std::nullopt, kPageType}},
         .page = true},
        show_product);
}

}  // namespace orderd::storefront
