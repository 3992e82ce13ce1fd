#include "api/pages.h"

#include "api/response.h"
#include "base/embedded.h"

namespace orderd::api {

Answer page(const Templates& templates, std::string_view name, const Json& data, const Language& language, int status) {
    return Answer{.status = status,
                  .text = std::make_shared<const std::string>(templates.render(name, data, language)),
                  .content_type = "text/html; charset=utf-8"}
        .header("Cache-Control", "no-store")
        .header("X-Robots-Tag", "noindex, nofollow");
}

void add_page_routes(RouteTable& routes) {
    routes.add(
        {.method = "GET",
         .path = "/pages/page.css",
         .name = "pages.style",
         .who = Who::anyone,
         .summary = "The style of customers' pages",
         .tag = "Service",
         .answers = {{200, std::nullopt, "text/css; charset=utf-8"}}},
        [](Request&) {
            const auto style = embedded::find_template("page.css")->text;
            return Answer{.constant = style, .content_type = "text/css; charset=utf-8", .etag = etag_of(style)}.header(
                "Cache-Control", "no-cache");
        });
}

}  // namespace orderd::api
