#include "app/demo_delivery.h"

#include <initializer_list>
#include <vector>

#include "orders/delivery_methods.h"

namespace orderd::app {

void add_delivery_methods(storage::Transaction& tx, Time now) {
    using orders::BandsBy;
    using orders::DeliveryKind;
    const auto countries = [](std::initializer_list<const char*> codes) {
        std::vector<orders::DeliveryPlace> places;
        for (const auto* code : codes) {
            places.push_back({.country = code, .region = {}, .postal_codes = {}});
        }
        return places;
    };
    const std::vector<orders::PriceBand> by_weight{{.from = 0, .to = 2'000, .price = Money{1'290}},
                                                   {.from = 2'001, .to = 10'000, .price = Money{1'690}},
                                                   {.from = 10'001, .to = 31'500, .price = Money{2'490}}};
    const auto flat = [](std::int64_t price) {
        return std::vector<orders::PriceBand>{{.from = 0, .to = {}, .price = Money{price}}};
    };
    const std::vector<orders::DeliveryZone> parcel{
        {.places = countries({"DE"}), .by = BandsBy::value, .bands = flat(490), .free_from = Money{6'000}},
        {.places = countries({"AT", "BE", "BG", "CY", "CZ", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU",
                              "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK"}),
         .by = BandsBy::value,
         .bands = flat(1'290),
         .free_from = Money{15'000}},
        {.places = countries({"*"}), .by = BandsBy::value, .bands = flat(2'490), .free_from = {}}};
    const auto add = [&](const orders::NewDeliveryMethod& method) {
        orders::add_method(tx, method, Actor::command_line(), now);
    };
    add({.name = "Parcel",
         .names = Json{{"de", "Paket"}},
         .kind = DeliveryKind::shipping,
         .days = "2–4",
         .tax_class = {},
         .zones = parcel,
         .pickup = {},
         .note = {}});
    add({.name = "Express",
         .names = Json{{"de", "Express"}},
         .kind = DeliveryKind::shipping,
         .days = "1",
         .tax_class = {},
         .zones = {{.places = countries({"DE", "AT"}), .by = BandsBy::weight, .bands = by_weight, .free_from = {}}},
         .pickup = {},
         .note = {}});
    add({.name = "Pickup at the workshop",
         .names = Json{{"de", "Abholung in der Werkstatt"}},
         .kind = DeliveryKind::pickup,
         .days = "1",
         .tax_class = {},
         .zones = {},
         .pickup = orders::PickupPlace{.name = "Tide & Clay, workshop",
                                       .address = {.line1 = "Werkstattweg 1",
                                                   .line2 = {},
                                                   .city = "Berlin",
                                                   .region = {},
                                                   .postal_code = "10997",
                                                   .country = "DE"},
                                       .opening_hours = "Tuesday to Friday, 11 to 18\nSaturday, 11 to 15"},
         .note = {}});
}

}  // namespace orderd::app
