#include "catalog/seed.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <string_view>
#include <utility>

#include "catalog/collections.h"
#include "catalog/group.h"

namespace orderd::catalog {

namespace {

struct Seed {
    const char* sku;
    const char* name;
    const char* description;
    std::int64_t price;  ///< minor units
    Quantity quantity;
    std::optional<Quantity> threshold;
    std::int64_t weight_g;
    TaxClass tax_class = TaxClass::standard;
    std::optional<Content> content = {};  ///< of what is sold by measure
    ProductStatus status = ProductStatus::active;
};

/// Products that are variants of one group.
struct SeedGroup {
    const char* name;
    const char* description;
    const char* option;
    std::vector<std::pair<const char*, const char*>> variants;  ///< SKU and value
};

/// What begins with a product's SKU is in a collection.
struct SeedCollection {
    const char* name;
    std::vector<std::string_view> beginnings;
};

constexpr Content grams(std::int64_t quantity) { return {.quantity = quantity, .unit = ContentUnit::gram}; }

const Seed kSeeds[] = {
    // Pottery, thrown in the studio
    {"MUG-SAND", "Mug, sand",
     "A 300 ml mug with a thumb rest, thrown by hand and glazed in warm sand. Dishwasher-safe.", 2400, 48, 10, 380},
    {"MUG-SEA", "Mug, sea green", "The same 300 ml mug in a running celadon glaze; no two are quite alike.", 2400, 36,
     10, 380},
    {"MUG-NIGHT", "Mug, midnight", "The same 300 ml mug in a deep cobalt that breaks to rust at the rim.", 2600, 7, 10,
     380},
    {"ESPRESSO-2", "Espresso cups, pair", "Two 70 ml cups, thick-walled so that the crema stays warm.", 2900, 32, 6,
     340},
    {"CUP-TEA", "Tea bowl", "A wide 200 ml bowl for matcha, with a foot that is easy to hold.", 2800, 25, 5, 310},
    {"TEAPOT-1L", "Teapot, 1 litre", "Stoneware, with a strainer built into the spout and a bamboo handle.", 7900, 12,
     3, 980},
    {"JUG-MILK", "Milk jug", "Pours without a drip: 250 ml, white inside, bare clay outside.", 2200, 28, 5, 320},
    {"BOWL-BREAKFAST", "Breakfast bowl", "Deep enough for porridge and fruit; 15 cm across.", 2700, 40, 8, 520},
    {"BOWL-PASTA", "Pasta bowl", "Wide and shallow, 22 cm across, with a rim to rest a fork on.", 3400, 30, 8, 740},
    {"BOWL-SERVING", "Serving bowl", "For a salad for six: 30 cm across, speckled white.", 6900, 9, 3, 1650},
    {"PLATE-SIDE", "Side plate", "17 cm, with a raw edge; stacks neatly.", 1900, 60, 12, 380},
    {"PLATE-DINNER", "Dinner plate", "27 cm, matt white with iron speckles.", 3200, 52, 12, 820},
    {"VASE-BUD", "Bud vase", "For a single stem; 12 cm high, five glazes, we choose.", 1800, 44, 8, 260},
    {"VASE-TALL", "Tall vase", "32 cm high, coiled and then thrown, unglazed outside.", 8900, 4, 2, 2100},
    {"PLANTER-S", "Planter with saucer, small", "For herbs on a windowsill; 11 cm, with a hole and a saucer.", 2100, 33,
     6, 610},
    {"PLANTER-L", "Planter with saucer, large", "For a fig or a monstera; 24 cm, with a hole and a saucer.", 5400, 11,
     4, 2400},
    {"BUTTER-DISH", "Butter dish", "With a lid that fits a whole 250 g block.", 3900, 18, 4, 760},
    {"CANDLE-HOLDER", "Candle holder", "For a dinner candle; heavy enough to stay where it is.", 1600, 50, 8, 290},
    {"DRIPPER-01", "Coffee dripper, size 01", "A ceramic cone for one or two cups, with spiral ribs.", 3600, 22, 5,
     430},
    {"DRIPPER-02", "Coffee dripper, size 02", "The larger cone, for up to four cups.", 4200, 0, 5, 560},
    // Coffee and tea, roasted and packed nearby
    {"COFFEE-HOUSE-250", "House blend, 250 g",
     "Brazil and Guatemala, roasted for filter and moka pot: cocoa, hazelnut, a little orange.", 1150, 120, 30, 270,
     TaxClass::reduced, grams(250)},
    {"COFFEE-HOUSE-1KG", "House blend, 1 kg", "The same beans for households and small offices.", 3900, 40, 10, 1040,
     TaxClass::reduced, grams(1000)},
    {"COFFEE-ETH-250", "Ethiopia Guji, 250 g", "Washed, light roast: jasmine, peach, black tea.", 1390, 64, 20, 270,
     TaxClass::reduced, grams(250)},
    {"COFFEE-COL-250", "Colombia Huila, 250 g", "Washed, medium roast: red apple, caramel, milk chocolate.", 1290, 58,
     20, 270, TaxClass::reduced, grams(250)},
    {"COFFEE-DECAF-250", "Decaf, 250 g", "Decaffeinated in Mexico with spring water; tastes of almond and brown sugar.",
     1350, 26, 10, 270, TaxClass::reduced, grams(250)},
    {"COFFEE-ESP-500", "Espresso roast, 500 g", "Dark but never oily: walnut, molasses, low acidity.", 2190, 45, 12,
     520, TaxClass::reduced, grams(500)},
    {"TEA-SENCHA-100", "Sencha, 100 g", "First flush from Kagoshima; brew at 70 degrees.", 1480, 34, 8, 120,
     TaxClass::reduced, grams(100)},
    {"TEA-ASSAM-100", "Assam, 100 g", "Strong and malty, for milk.", 980, 47, 8, 120, TaxClass::reduced, grams(100)},
    {"TEA-ROOIBOS-100", "Rooibos with orange peel, 100 g", "Without caffeine, good cold as well.", 890, 39, 8, 120,
     TaxClass::reduced, grams(100)},
    {"FILTER-02-100", "Paper filters, size 02, 100 pieces", "Unbleached; fit both of our drippers.", 590, 150, 40, 180},
    {"SCALE", "Brewing scale", "To 0.1 g, with a timer; charges over USB-C.", 5900, 14, 4, 420},
    {"GRINDER", "Hand grinder", "Steel burrs, 25 g of beans at a time, folding handle.", 8900, 6, 3, 690},
    // Paper, printed and bound in the back room
    {"NOTEBOOK-A5-DOT", "Notebook A5, dotted",
     "160 pages of 100 g paper that takes a fountain pen; lies flat when open.", 1650, 85, 20, 310},
    {"NOTEBOOK-A5-PLAIN", "Notebook A5, plain", "160 pages, uncoated, linen cover in four colours.", 1650, 72, 20, 310},
    {"NOTEBOOK-A6", "Pocket notebook, set of three", "48 stapled pages each, for a coat pocket.", 1290, 95, 20, 170},
    {"PENCIL-SET", "Pencils, set of six", "Cedar, HB to 4B, stamped with our mark.", 1090, 110, 25, 60},
    {"PEN-FOUNTAIN", "Fountain pen, fine", "A steel nib and a converter; writes on the first stroke.", 3400, 16, 4, 40},
    {"INK-BLUE", "Ink, blue-black, 50 ml", "Dries fast, stands up to water.", 1190, 38, 8, 140, TaxClass::standard,
     Content{50, ContentUnit::millilitre}},
    {"CARDS-BOTANICAL", "Botanical cards, set of eight", "Letterpress on cotton paper, with envelopes.", 1890, 54, 10,
     190},
    {"WRAP-SHEETS", "Wrapping paper, five sheets", "50 by 70 cm, block-printed patterns.", 990, 67, 15, 160},
    {"CALENDAR", "Wall calendar, last year's", "Twelve linocuts. Kept for its orders; no longer on sale.", 2400, 3,
     std::nullopt, 420, TaxClass::standard, std::nullopt, ProductStatus::archived},
};

const std::vector<SeedGroup>& seed_groups() {
    static const std::vector<SeedGroup> all{
        {"Mug",
         "A 300 ml mug with a thumb rest, thrown by hand. Dishwasher-safe.",
         "Glaze",
         {{"MUG-SAND", "Sand"}, {"MUG-SEA", "Sea green"}, {"MUG-NIGHT", "Midnight"}}},
        {"Planter with saucer",
         "For a windowsill or the floor, with a hole and a saucer.",
         "Size",
         {{"PLANTER-S", "Small"}, {"PLANTER-L", "Large"}}},
    };
    return all;
}

/// The place of a product among the variants of a group, which is added with the first of them.
std::optional<Variant> place_of_seed(storage::Transaction& tx, std::string_view sku, const Actor& actor, Time now) {
    for (const auto& [name, description, option, variants] : seed_groups()) {
        for (const auto& [of_variant, value] : variants) {
            if (of_variant != sku) {
                continue;
            }
            auto group = find_group_by_handle(tx, name);
            if (!group) {
                group =
                    create_group(tx, {.name = name, .description = description, .options = {{option, {}}}}, actor, now);
            }
            return Variant{.group = group->id, .values = {value}};
        }
    }
    return std::nullopt;
}

const std::array<SeedCollection, 3> kSeedCollections{{
    {"Pottery",
     {"MUG", "ESPRESSO", "CUP", "TEAPOT", "JUG", "BOWL", "PLATE", "VASE", "PLANTER", "BUTTER", "CANDLE", "DRIPPER"}},
    {"Coffee & tea", {"COFFEE", "TEA-", "DRIPPER", "FILTER", "SCALE", "GRINDER", "TEAPOT", "CUP-TEA", "ESPRESSO"}},
    {"Paper", {"NOTEBOOK", "PENCIL", "PEN-", "INK", "CARDS", "WRAP", "CALENDAR"}},
}};

/// A GTIN of the numbers that a shop may give within its own walls: they begin with 2.
std::string own_barcode(std::size_t number) {
    for (char check = '0'; check <= '9'; ++check) {
        if (auto barcode = fmt::format("200{:09}{}", number, check); is_gtin(barcode)) {
            return barcode;
        }
    }
    return "";
}

constexpr std::int64_t kExpectedAfterDays = 50;  // a demo shop has been open for thirty

/// A day about so long after a moment.
std::optional<Day> day_after(Time now, std::int64_t count) {
    return parse_day(rfc3339(now + days(count)).substr(0, std::string_view("2026-11-24").size()));
}

NewProduct described(const Seed& wanted, std::size_t place, Time now) {
    constexpr std::size_t kOfShelf = 6;
    NewProduct added{{.sku = wanted.sku,
                      .name = wanted.name,
                      .description = wanted.description,
                      .price = Money{wanted.price},
                      .status = wanted.status,
                      .weight_g = wanted.weight_g,
                      .tax_class = wanted.tax_class,
                      .barcode = own_barcode(place + 1),
                      .content = wanted.content,
                      .shelf = fmt::format("{}-{}", static_cast<char>('A' + place / kOfShelf), place % kOfShelf + 1),
                      .origin_country = std::string_view(wanted.sku).starts_with("COFFEE") ? "" : "DE",
                      .low_stock_threshold = wanted.threshold}};
    if (added.sku == "CARDS-BOTANICAL") {
        added.compare_at_price = Money{2290};
    }
    if (added.sku == "GRINDER") {
        added.stock_policy = StockPolicy::beyond;
        added.beyond_limit = 20;
        added.expected_on = day_after(now, kExpectedAfterDays);
    }
    added.quantity = wanted.quantity;
    return added;
}

void fill_collections(storage::Transaction& tx, const std::vector<Product>& products, const Actor& actor, Time now) {
    for (const auto& [name, beginnings] : kSeedCollections) {
        const auto collection = add_collection(tx, {.name = name}, actor, now);
        std::vector<ProductId> members;
        for (const auto& product : products) {
            if (std::any_of(beginnings.begin(), beginnings.end(),
                            [&](std::string_view beginning) { return product.sku.starts_with(beginning); })) {
                members.push_back(product.id);
            }
        }
        add_products(tx, collection.id, members, actor, now);
    }
}

}  // namespace

std::vector<Product> seed(storage::Transaction& tx, const Actor& actor, Time now) {
    std::vector<Product> all;
    for (const auto& wanted : kSeeds) {
        auto added = described(wanted, all.size(), now);
        added.variant = place_of_seed(tx, wanted.sku, actor, now);
        all.push_back(create(tx, added, actor, now));
    }
    fill_collections(tx, all, actor, now);
    std::vector<Product> on_sale;
    std::copy_if(all.begin(), all.end(), std::back_inserter(on_sale),
                 [](const Product& product) { return !product.archived(); });
    return on_sale;
}

}  // namespace orderd::catalog
