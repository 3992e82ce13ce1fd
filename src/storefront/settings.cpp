#include "storefront/settings.h"

#include <fmt/format.h>

#include "base/errors.h"
#include "storage/settings.h"
#include "storefront/colours.h"

namespace orderd::storefront {

namespace {

constexpr std::size_t kMaxLinkText = 60;
constexpr std::size_t kMaxLinkUrl = 500;

/// Whether it leads to another site, or to a page of this one: "//" would be another site without its protocol.
bool is_link(std::string_view url) {
    return url.starts_with("https://") || (url.starts_with('/') && !url.starts_with("//") && !url.starts_with("/\\"));
}

}  // namespace

api::Shape settings_shape() {
    using api::Shape;
    const auto link =
        Shape::object({{"text", Shape::text(1, kMaxLinkText)}, {"url", Shape::text(1, kMaxLinkUrl).example("/terms")}})
            .named("FootLink");
    return Shape::object(
               {{"on", Shape::boolean().described("false: the shop has no pages, and / leads to the dashboard")},
                {"accent", Shape::text(7, 7).example("#1f4e46").described("the colour of buttons and links")},
                {"headings", Shape::one_of(kLetterings.list())},
                {"intro", Shape::lines(0, kMaxIntro).described("at the top of the first page")},
                {"foot", Shape::lines(0, kMaxFoot).described("at the foot of each page")},
                {"links", Shape::list(link, 0, kMaxLinks).described("at the foot of each page")},
                {"withdrawal",
                 Shape::boolean().described(
                     "whether the pages do what the law of the EU asks of who sells to consumers there: each page "
                     "leads to the one for withdrawing from a contract, and an order accepts the legal texts, which "
                     "its mail has below it")}})
        .named("Storefront")
        .described("the shop's own pages: whether it has them, and how they look");
}

Settings read_settings(const storage::View& view) {
    Settings settings;
    const auto json = settings::read(view, kStorefront);
    if (!json) {
        return settings;
    }
    settings = {.on = json->at("on").get<bool>(),
                .accent = json->at("accent").get<std::string>(),
                .headings = kLetterings.stored(json->at("headings").get_ref<const std::string&>()),
                .intro = json->at("intro").get<std::string>(),
                .foot = json->at("foot").get<std::string>(),
                .withdrawal = json->at("withdrawal").get<bool>()};
    for (const auto& link : json->at("links")) {
        settings.links.push_back({link.at("text").get<std::string>(), link.at("url").get<std::string>()});
    }
    return settings;
}

Json to_json(const Settings& settings) {
    auto links = Json::array();
    for (const auto& link : settings.links) {
        links.push_back({{"text", link.text}, {"url", link.url}});
    }
    return {{"on", settings.on},
            {"accent", settings.accent},
            {"headings", kLetterings[settings.headings]},
            {"intro", settings.intro},
            {"foot", settings.foot},
            {"links", std::move(links)},
            {"withdrawal", settings.withdrawal}};
}

void check_settings(const Json& value, std::vector<Fault>& faults) {
    if (!parse_colour(value.at("accent").get_ref<const std::string&>())) {
        faults.push_back({"/storefront/accent", "is not a colour: # and six digits, as #1f4e46"});
    }
    std::size_t place = 0;
    for (const auto& link : value.at("links")) {
        if (!is_link(link.at("url").get_ref<const std::string&>())) {
            faults.push_back({fmt::format("/storefront/links/{}/url", place),
                              "is neither https://… nor a path of this shop that begins with /"});
        }
        ++place;
    }
}

}  // namespace orderd::storefront
