#include "storefront/product_page.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/folding.h"
#include "catalog/collections.h"
#include "catalog/picture.h"
#include "orders/tax_rates.h"
#include "storefront/cards.h"
#include "storefront/sharing.h"
#include "wire/head.h"

namespace orderd::storefront {

namespace {

using catalog::Product;

constexpr Quantity kFewLeft = 5;      ///< units in stock of which their number is said
constexpr std::int64_t kRelated = 4;  ///< other goods of the same collection

bool can_be_ordered(const Product& product) { return !product.is_counted() || product.orderable() > 0; }

/// A page's goods: a product, or a group's variants and the one that is chosen.
struct Goods {
    const catalog::WindowEntry& entry;
    std::vector<Product> variants = {};
    const Product* chosen = nullptr;

    const std::string& handle() const { return entry.group ? entry.group->handle : entry.product->handle; }
    const std::string& name() const { return entry.group ? entry.group->name : entry.product->name; }
    const std::string& description() const {
        return chosen->description.empty() && entry.group ? entry.group->description : chosen->description;
    }
};

const Product& choose(const std::vector<Product>& variants, std::string_view sku) {
    const auto is_wanted = [&](const Product& one) { return identifier_key(one.sku) == identifier_key(sku); };
    auto found = sku.empty() ? variants.end() : std::find_if(variants.begin(), variants.end(), is_wanted);
    if (found == variants.end()) {
        found = std::find_if(variants.begin(), variants.end(), can_be_ordered);
    }
    return found == variants.end() ? variants.front() : *found;
}

/// The variant with a value that is otherwise most like the chosen one; nullptr if none has the value.
const Product* variant_with(const Goods& goods, std::size_t option, const std::string& value) {
    const Product* best = nullptr;
    int best_score = -1;
    for (const auto& one : goods.variants) {
        if (!one.variant || one.variant->values.at(option) != value) {
            continue;
        }
        int score = can_be_ordered(one) ? 1 : 0;
        for (std::size_t other = 0; other < one.variant->values.size(); ++other) {
            const bool is_same = one.variant->values.at(other) == goods.chosen->variant->values.at(other);
            score += other != option && is_same ? 2 : 0;
        }
        if (score > best_score) {
            best = &one;
            best_score = score;
        }
    }
    return best;
}

Json option_values(const Goods& goods, const Visit& visit, std::size_t place) {
    const auto& option = goods.entry.group->options[place];
    const auto& chosen = goods.chosen->variant->values.at(place);
    auto values = Json::array();
    for (const auto& value : option.values) {
        if (const auto* one = variant_with(goods, place, value)) {
            values.push_back({{"text", value},
                              {"chosen", value == chosen},
                              {"out", !can_be_ordered(*one)},
                              {"href", fmt::format("{}p/{}?sku={}#choose", visit.root, goods.handle(),
                                                   wire::percent_encoded(one->sku))}});
        }
    }
    return {{"place", place + 1}, {"option", option.name}, {"value", chosen}, {"values", std::move(values)}};
}

Json options(const Goods& goods, const Visit& visit) {
    auto list = Json::array();
    if (goods.entry.group && goods.chosen->variant) {
        for (std::size_t place = 0; place < goods.entry.group->options.size(); ++place) {
            list.push_back(option_values(goods, visit, place));
        }
    }
    return list;
}

/// The chosen variant's own pictures, then those of its group; one that both have is shown once.
Json pictures(const storage::View& view, const Goods& goods) {
    auto list = catalog::pictures_of(view, catalog::PictureOwner::product(goods.chosen->id));
    if (goods.entry.group) {
        for (auto& shared : catalog::pictures_of(view, catalog::PictureOwner::group(goods.entry.group->id))) {
            if (std::none_of(list.begin(), list.end(), [&](const auto& own) { return own.hash == shared.hash; })) {
                list.push_back(std::move(shared));
            }
        }
    }
    return catalog::to_json(list);
}

std::string_view unit_of(catalog::ContentUnit unit) { return catalog::kContentUnits[unit]; }

Json details(const Product& product, const Visit& visit) {
    const auto& words = *visit.language;
    auto list = Json::array();
    if (product.content) {
        list.push_back(
            {{"term", words.text("shop.content")},
             {"what", fmt::format("{} {}", words.number(product.content->quantity), unit_of(product.content->unit))}});
    }
    list.push_back({{"term", words.text("shop.sku")}, {"what", product.sku}});
    return list;
}

Json price_values(const storage::View& view, const Product& product, const Visit& visit) {
    const auto& words = *visit.language;
    const bool included = orders::read_tax_settings(view).prices_include_tax;
    const auto lowest = product.lowest_price ? Json(product.lowest_price->minor) : Json(nullptr);
    return {{"price", visit.money(product.price)},
            {"was", product.compare_at_price ? visit.money(*product.compare_at_price) : std::string()},
            {"lowest", lowest_price(lowest, visit)},
            {"per", price_per(catalog::price_per_json(product), visit)},
            {"tax", words.text(included ? "shop.tax_included" : "shop.tax_added")}};
}

Json order_values(const Product& product, const Visit& visit) {
    const auto stock = stock_in_words(product, *visit.language);
    auto most = product.most_per_order.value_or(kMaxOrderQuantity);
    if (product.is_counted()) {
        most = std::min(most, product.orderable());
    }
    return {{"sku", product.sku},
            {"stock", stock.text},
            {"orderable", stock.orderable},
            {"most", std::min(most, kMaxOrderQuantity)},
            {"bound",
             product.most_per_order ? visit.language->count("shop.most", *product.most_per_order) : std::string()}};
}

/// The collection in which the page says it is, with others of it.
void add_collection(Json& values, const storage::View& view, const Goods& goods, const Visit& visit) {
    const auto all = catalog::collections_of(view, goods.chosen->id);
    values["crumb"] = false;
    values["cards"] = Json::array();
    values["has_cards"] = false;
    if (all.empty()) {
        return;
    }
    const auto& collection = all.front();
    values["crumb"] = {{"name", collection.name}, {"handle", collection.handle}};
    catalog::Search search;
    search.collection = collection.id;
    auto found = catalog::window(view, search, {.limit = kRelated + 1, .after = {}}).rows;
    std::erase_if(found, [&](const catalog::WindowEntry& entry) {
        return (entry.group ? entry.group->handle : entry.product->handle) == goods.handle();
    });
    found.resize(std::min<std::size_t>(found.size(), kRelated));
    values["cards"] = cards(view, found, visit, 0);
    values["has_cards"] = !found.empty();
}

/// For search engines: schema.org/Product.
Json structured(const Goods& goods, const Desk& desk, const Visit& visit, const Json& all_pictures) {
    const auto& currency = visit.face->currency;
    const auto& product = *goods.chosen;
    auto images = Json::array();
    for (const auto& picture : all_pictures) {
        images.push_back(desk.url() + picture.at("url").get<std::string>());
    }
    const auto url = desk.url() + "/p/" + goods.handle();
    const auto stock = stock_in_words(product, *visit.language);
    Json offer{{"@type", "Offer"},
               {"url", url},
               {"priceCurrency", currency},
               {"availability", fmt::format("https://schema.org/{}", stock.term)}};
    if (goods.variants.size() > 1) {
        offer.update({{"@type", "AggregateOffer"},
                      {"lowPrice", decimal_money(goods.entry.price_from, currency)},
                      {"highPrice", decimal_money(goods.entry.price_to, currency)},
                      {"offerCount", goods.variants.size()}});
        offer["availability"] = goods.entry.orderable ? "https://schema.org/InStock" : "https://schema.org/OutOfStock";
    } else {
        offer["price"] = decimal_money(product.price, currency);
    }
    Json json{{"@context", "https://schema.org"},
              {"@type", "Product"},
              {"name", goods.name()},
              {"url", url},
              {"sku", product.sku},
              {"offers", offer}};
    if (!images.empty()) {
        json["image"] = std::move(images);
    }
    if (!goods.description().empty()) {
        json["description"] = goods.description();
    }
    if (!product.barcode.empty()) {
        json["gtin"] = product.barcode;
    }
    return json;
}

}  // namespace

Json product_values(const storage::View& view, const Desk& desk, const Visit& visit, const catalog::WindowEntry& entry,
                    std::string_view sku) {
    Goods goods{.entry = entry};
    goods.variants = entry.group ? catalog::shown_variants(view, entry.group->id) : std::vector{entry.product.value()};
    goods.chosen = &choose(goods.variants, sku);
    const auto all_pictures = pictures(view, goods);
    const auto kept = entry.group ? fmt::format("sku={}&", wire::percent_encoded(goods.chosen->sku)) : std::string();
    auto values = frame(view, visit, goods.name(), kept);
    auto shown = Json::array();
    for (const auto& picture : all_pictures) {
        shown.push_back(picture_values(picture, visit, goods.name()));
        shown.back()["eager"] = shown.size() == 1;
    }
    values.update(price_values(view, *goods.chosen, visit));
    values.update(order_values(*goods.chosen, visit));
    values.update({{"name", goods.name()},
                   {"initial", initial_of(goods.name())},
                   {"description", goods.description()},
                   {"has_pictures", !shown.empty()},
                   {"pictures", std::move(shown)},
                   {"options", options(goods, visit)},
                   {"details", details(*goods.chosen, visit)},
                   {"structured", json_for_html(structured(goods, desk, visit, all_pictures))}});
    add_collection(values, view, goods, visit);
    share(values, desk.url(),
          {.path = "p/" + goods.handle(),
           .type = "product",
           .title = goods.name(),
           .text = goods.description(),
           .picture = all_pictures.empty() ? nullptr : &all_pictures.at(0)});
    return values;
}

StockInWords stock_in_words(const Product& product, const Language& language) {
    if (!product.is_counted()) {
        return {language.text("shop.available"), true, "InStock"};
    }
    if (product.available() > kFewLeft) {
        return {language.text("shop.in_stock"), true, "InStock"};
    }
    if (product.available() > 0) {
        return {language.count("shop.few_left", product.available()), true, "InStock"};
    }
    const bool orderable = product.orderable() > 0;
    const auto day = product.expected_on ? language.date(*product.expected_on) : std::string();
    if (!day.empty()) {
        return {language.say(orderable ? "shop.expected" : "shop.sold_out_until", {{"day", day}}), orderable,
                orderable ? "BackOrder" : "OutOfStock"};
    }
    return {language.text(orderable ? "shop.comes_later" : "shop.sold_out"), orderable,
            orderable ? "BackOrder" : "OutOfStock"};
}

}  // namespace orderd::storefront
