#include "storefront/cards.h"

#include <fmt/format.h>

#include "base/text.h"
#include "catalog/answers.h"

namespace orderd::storefront {

namespace {

Money money_of(const Json& json) { return Money{json.get<std::int64_t>()}; }

std::string price_range(const Json& entry, const Visit& visit) {
    const auto least = money_of(entry.at("price_from"));
    const auto price = visit.money(least);
    return least == money_of(entry.at("price_to")) ? price : visit.language->say("shop.from", {{"price", price}});
}

Json card(const Json& entry, const Visit& visit, bool eager) {
    const auto& was = entry.at("compare_at_price");
    const auto& name = entry.at("name").get_ref<const std::string&>();
    const auto& pictures = entry.at("pictures");
    const auto variants = entry.at("variant_count").get<std::int64_t>();
    std::string flag;
    if (!entry.at("orderable").get<bool>()) {
        flag = visit.language->text("shop.sold_out");
    } else if (!was.is_null()) {
        flag = visit.language->text("shop.reduced");
    }
    auto picture = pictures.empty() ? Json(false) : picture_values(pictures.at(0), visit, "");
    if (picture.is_object() && picture.at("alt") == name) {
        picture["alt"] = "";  // the name follows it: nobody wants to hear it twice
    }
    return {{"handle", entry.at("handle")},
            {"name", name},
            {"initial", initial_of(name)},
            {"picture", std::move(picture)},
            {"eager", eager},
            {"flag", std::move(flag)},
            {"price", price_range(entry, visit)},
            {"was", was.is_null() ? std::string() : visit.money(money_of(was))},
            {"lowest", lowest_price(entry.at("lowest_price"), visit)},
            {"per", price_per(entry.at("price_per"), visit)},
            {"choices", variants > 1 ? visit.language->count("shop.choices", variants) : std::string()}};
}

}  // namespace

Json cards(const storage::View& view, const std::vector<catalog::WindowEntry>& entries, const Visit& visit,
           std::size_t eager) {
    auto list = Json::array();
    for (const auto& entry : catalog::entries_json(view, entries, visit.face->currency)) {
        list.push_back(card(entry, visit, list.size() < eager));
    }
    return list;
}

Json picture_values(const Json& picture, const Visit& visit, const std::string& alt) {
    const auto from_root = [&](const Json& url) { return visit.root + url.get_ref<const std::string&>().substr(1); };
    std::string srcset;
    std::string src;
    for (const auto& size : picture.at("sizes")) {
        const auto url = from_root(size.at("url"));
        srcset += fmt::format("{}{} {}w", srcset.empty() ? "" : ", ", url, size.at("width").get<std::int64_t>());
        // Browsers that do not know srcset get the middle one.
        src = src.empty() || size.at("width").get<std::int64_t>() <= 800 ? url : src;
    }
    const auto& own = picture.at("alt").get_ref<const std::string&>();
    return {{"src", src},
            {"srcset", srcset},
            {"large", from_root(picture.at("url"))},
            {"width", picture.at("width")},
            {"height", picture.at("height")},
            {"alt", own.empty() ? alt : own}};
}

std::string initial_of(std::string_view name) {
    std::size_t length = 1;
    while (length < name.size() && (static_cast<unsigned char>(name[length]) & 0xC0U) == 0x80U) {
        ++length;
    }
    return in_capitals(name.substr(0, length));
}

std::string price_per(const Json& json, const Visit& visit) {
    return json.is_null() ? ""
                          : fmt::format("{} / {}", visit.money(money_of(json.at("price"))),
                                        json.at("unit").get_ref<const std::string&>());
}

std::string lowest_price(const Json& json, const Visit& visit) {
    return json.is_null() ? "" : visit.language->say("shop.lowest", {{"price", visit.money(money_of(json))}});
}

}  // namespace orderd::storefront
