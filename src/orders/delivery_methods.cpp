#include "orders/delivery_methods.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/errors.h"
#include "base/text.h"
#include "catalog/product.h"
#include "storage/events.h"
#include "storage/settings.h"

namespace orderd::orders {

namespace {

constexpr Names<BandsBy, 2> kBandsBy{{{{BandsBy::value, "value"}, {BandsBy::weight, "weight"}}}};

const std::string kMethodColumns = R"sql(
    SELECT id, name, names, kind, days, tax_class, active, position, zones, pickup, note, created_at, updated_at, version
      FROM delivery_method
)sql";
const std::string kGetMethod = kMethodColumns + " WHERE id = ?1";
const std::string kListMethods = kMethodColumns + " ORDER BY position, id";
constexpr auto kHasMethods = "SELECT EXISTS (SELECT 1 FROM delivery_method)";
constexpr auto kCountMethods = "SELECT count(*) FROM delivery_method";
constexpr auto kInsertMethod = R"sql(
    INSERT INTO delivery_method (name, names, kind, days, tax_class, active, position, zones, pickup, note, created_at,
                                 updated_at)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, (SELECT coalesce(max(position), 0) + 1 FROM delivery_method), ?7, ?8, ?9, ?10, ?10)
)sql";
constexpr auto kSaveMethod = R"sql(
    UPDATE delivery_method
       SET name = ?2, names = ?3, kind = ?4, days = ?5, tax_class = ?6, active = ?7, zones = ?8, pickup = ?9, note = ?10,
           updated_at = ?11, version = version + 1
     WHERE id = ?1
)sql";
constexpr auto kMoveMethod = R"sql(
    UPDATE delivery_method SET position = ?2, updated_at = ?3, version = version + 1 WHERE id = ?1 AND position <> ?2
)sql";
constexpr auto kRemoveMethod = "DELETE FROM delivery_method WHERE id = ?1";

events::Subject subject(DeliveryMethodId id) { return {"delivery_method", number(id)}; }

std::optional<std::string> name_of_class(const DeliveryMethod& method) {
    return method.tax_class ? std::optional<std::string>(catalog::kTaxClasses[*method.tax_class]) : std::nullopt;
}

std::optional<catalog::TaxClass> class_of(const std::optional<std::string>& name) {
    return name ? std::optional(catalog::kTaxClasses.stored(*name)) : std::nullopt;
}

Json names_json(const DeliveryMethod& method) {
    auto json = Json::object();
    for (const auto& [language, name] : method.names) {
        json[language] = name;
    }
    return json;
}

std::map<std::string, std::string> names_from(const Json& json) {
    std::map<std::string, std::string> names;
    for (const auto& [language, name] : json.items()) {
        if (auto text = std::string(trimmed(name.get_ref<const std::string&>())); !text.empty()) {
            names.emplace(language, std::move(text));
        }
    }
    return names;
}

Json zone_json(const DeliveryZone& zone) {
    auto places = Json::array();
    for (const auto& place : zone.places) {
        places.push_back(
            json_object({{"country", place.country}, {"region", place.region}, {"postal_codes", place.postal_codes}}));
    }
    auto bands = Json::array();
    for (const auto& band : zone.bands) {
        bands.push_back(json_object({{"from", band.from}, {"to", or_null(band.to)}, {"price", band.price.minor}}));
    }
    return json_object({{"places", std::move(places)},
                        {"by", kBandsBy[zone.by]},
                        {"bands", std::move(bands)},
                        {"free_from", zone.free_from ? Json(zone.free_from->minor) : Json(nullptr)}});
}

std::optional<std::int64_t> integer_or_none(const Json& value) {
    return value.is_null() ? std::nullopt : std::optional(value.get<std::int64_t>());
}

DeliveryZone zone_from(const Json& json) {
    DeliveryZone zone{.places = {}, .by = kBandsBy.stored(text_member(json, "by")), .bands = {}, .free_from = {}};
    for (const auto& place : json.at("places")) {
        zone.places.push_back({.country = text_member(place, "country"),
                               .region = text_member(place, "region"),
                               .postal_codes = place.at("postal_codes").get<std::vector<std::string>>()});
    }
    for (const auto& band : json.at("bands")) {
        zone.bands.push_back({.from = band.at("from").get<std::int64_t>(),
                              .to = integer_or_none(band.at("to")),
                              .price = Money{band.at("price").get<std::int64_t>()}});
    }
    if (const auto free_from = integer_or_none(json.at("free_from"))) {
        zone.free_from = Money{*free_from};
    }
    return zone;
}

Json zones_json(const std::vector<DeliveryZone>& zones) {
    auto list = Json::array();
    for (const auto& zone : zones) {
        list.push_back(zone_json(zone));
    }
    return list;
}

std::vector<DeliveryZone> zones_from(const Json& json) {
    std::vector<DeliveryZone> zones;
    for (const auto& zone : json) {
        zones.push_back(zone_from(zone));
    }
    return zones;
}

Json pickup_json(const DeliveryMethod& method) { return method.pickup ? to_json(*method.pickup) : Json(nullptr); }

DeliveryMethod read_method(const storage::Row& row) {
    const auto pickup = row.get<std::optional<std::string>>(9);
    return {.id = row.get<DeliveryMethodId>(0),
            .default_name = row.get<std::string>(1),
            .names = names_from(stored_json(row.get<std::string_view>(2))),
            .kind = kDeliveryKinds.stored(row.get<std::string_view>(3)),
            .days = row.get<std::string>(4),
            .tax_class = class_of(row.get<std::optional<std::string>>(5)),
            .active = row.get<bool>(6),
            .position = row.get<std::int64_t>(7),
            .zones = zones_from(stored_json(row.get<std::string_view>(8))),
            .pickup = pickup ? std::optional(pickup_from(stored_json(*pickup))) : std::nullopt,
            .note = row.get<std::string>(10),
            .created_at = row.get<Time>(11),
            .updated_at = row.get<Time>(12),
            .version = row.get<std::int64_t>(13)};
}

/// With the white space around texts taken away.
std::vector<DeliveryZone> without_margins(std::vector<DeliveryZone> zones) {
    for (auto& zone : zones) {
        for (auto& place : zone.places) {
            place.region = trimmed(place.region);
            for (auto& code : place.postal_codes) {
                code = trimmed(code);
            }
        }
    }
    return zones;
}

PickupPlace without_margins(const PickupPlace& place) {
    return {.name = std::string(trimmed(place.name)),
            .address = accounts::without_margins(place.address),
            .opening_hours = std::string(trimmed(place.opening_hours))};
}

/// Moves a method to a place in the list, from 1, and numbers all of them anew.
void move_to(storage::Transaction& tx, DeliveryMethodId id, std::int64_t place, Time now) {
    std::vector<DeliveryMethodId> order;
    for (const auto& method : list_methods(tx)) {
        if (method.id != id) {
            order.push_back(method.id);
        }
    }
    order.insert(order.begin() + std::min(place - 1, std::ssize(order)), id);
    for (std::size_t i = 0; i < order.size(); ++i) {
        tx.run(kMoveMethod, order[i], static_cast<std::int64_t>(i) + 1, now);
    }
}

DeliveryMethod changed(DeliveryMethod method, const DeliveryMethodChanges& changes) {
    if (changes.name) {
        method.default_name = trimmed(*changes.name);
    }
    if (changes.names) {
        method.names = names_from(*changes.names);
    }
    method.kind = changes.kind.value_or(method.kind);
    if (changes.days) {
        method.days = trimmed(*changes.days);
    }
    if (changes.tax_class) {
        method.tax_class = class_of(*changes.tax_class);
    }
    method.active = changes.active.value_or(method.active);
    if (changes.zones) {
        method.zones = without_margins(*changes.zones);
    }
    if (changes.pickup) {
        method.pickup = *changes.pickup ? std::optional(without_margins(**changes.pickup)) : std::nullopt;
    }
    if (changes.note) {
        method.note = trimmed(*changes.note);
    }
    return method;
}

/// What differs between two states, for the audit log.
std::pair<Json, Json> differences(const DeliveryMethod& before, const DeliveryMethod& after) {
    std::pair<Json, Json> found{Json::object(), Json::object()};
    const auto was = to_json(before);
    const auto is = to_json(after);
    for (const auto& [name, value] : is.items()) {
        if (name != "version" && name != "updated_at" && value != was.at(name)) {
            found.first[name] = was.at(name);
            found.second[name] = value;
        }
    }
    return found;
}

}  // namespace

std::vector<DeliveryMethod> list_methods(const storage::View& view) {
    std::vector<DeliveryMethod> methods;
    view.each(kListMethods, [&](const storage::Row& row) { methods.push_back(read_method(row)); });
    return methods;
}

DeliveryMethods read_delivery_methods(const storage::View& view) {
    return {list_methods(view), settings::currency(view)};
}

bool has_methods(const storage::View& view) { return view.value<bool>(kHasMethods).value_or(false); }

std::string_view what_is_priced(const storage::View& view) {
    return catalog::has_products(view) ? "products" : has_methods(view) ? "delivery methods" : "";
}

DeliveryMethod get_method(const storage::View& view, DeliveryMethodId id) {
    auto method = view.first(kGetMethod, read_method, id);
    if (!method) {
        throw not_found("delivery method");
    }
    return std::move(*method);
}

DeliveryMethod add_method(storage::Transaction& tx, const NewDeliveryMethod& wanted, const Actor& actor, Time now) {
    const auto method = changed({}, {.name = wanted.name,
                                     .names = wanted.names,
                                     .kind = wanted.kind,
                                     .days = wanted.days,
                                     .tax_class = wanted.tax_class,
                                     .active = wanted.active,
                                     .zones = wanted.zones,
                                     .pickup = wanted.pickup,
                                     .note = wanted.note,
                                     .position = {}});
    require_sound_method(tx, method);
    if (tx.value<std::int64_t>(kCountMethods).value_or(0) >= kMostMethods) {
        throw Refusal(kTooManyMethods, fmt::format("the shop has {} delivery methods already", kMostMethods))
            .with("most", kMostMethods);
    }
    const auto pickup = method.pickup ? std::optional(json_text(to_json(*method.pickup))) : std::nullopt;
    const DeliveryMethodId id{tx.insert(kInsertMethod, method.default_name, json_text(names_json(method)),
                                        kDeliveryKinds[method.kind], method.days, name_of_class(method), method.active,
                                        json_text(zones_json(method.zones)), pickup, method.note, now)};
    auto added = get_method(tx, id);
    events::record(tx, "delivery_method.created", subject(id),
                   {{"name", added.default_name}, {"kind", kDeliveryKinds[added.kind]}}, actor, now);
    audit::record(tx, "delivery_method.create", subject(id), nullptr, to_json(added), actor, now);
    tx.touched(storage::Topic::settings);
    return added;
}

DeliveryMethod change_method(storage::Transaction& tx, const DeliveryMethod& before,
                             const DeliveryMethodChanges& changes, const Actor& actor, Time now) {
    const auto wanted = changed(before, changes);
    require_sound_method(tx, wanted);
    if (differences(before, wanted).second.empty() && !changes.position) {
        return before;
    }
    const auto pickup = wanted.pickup ? std::optional(json_text(to_json(*wanted.pickup))) : std::nullopt;
    tx.run(kSaveMethod, before.id, wanted.default_name, json_text(names_json(wanted)), kDeliveryKinds[wanted.kind],
           wanted.days, name_of_class(wanted), wanted.active, json_text(zones_json(wanted.zones)), pickup, wanted.note,
           now);
    if (changes.position) {
        move_to(tx, before.id, *changes.position, now);
    }
    auto after = get_method(tx, before.id);
    auto [was, is] = differences(before, after);
    auto fields = Json::array();
    for (const auto& [name, value] : is.items()) {
        fields.push_back(name);
    }
    events::record(tx, "delivery_method.updated", subject(after.id), {{"fields", std::move(fields)}}, actor, now);
    audit::record(tx, "delivery_method.update", subject(after.id), was, is, actor, now);
    tx.touched(storage::Topic::settings);
    return after;
}

void remove_method(storage::Transaction& tx, const DeliveryMethod& method, const Actor& actor, Time now) {
    tx.run(kRemoveMethod, method.id);
    events::record(tx, "delivery_method.deleted", subject(method.id), {{"name", method.default_name}}, actor, now);
    audit::record(tx, "delivery_method.delete", subject(method.id), to_json(method), nullptr, actor, now);
    tx.touched(storage::Topic::settings);
}

Json to_json(const DeliveryMethod& method) {
    return json_object({{"id", number(method.id)},
                        {"name", method.default_name},
                        {"names", names_json(method)},
                        {"kind", kDeliveryKinds[method.kind]},
                        {"days", method.days},
                        {"tax_class", or_null(name_of_class(method))},
                        {"active", method.active},
                        {"position", method.position},
                        {"zones", zones_json(method.zones)},
                        {"pickup", pickup_json(method)},
                        {"note", method.note},
                        {"created_at", rfc3339(method.created_at)},
                        {"updated_at", rfc3339(method.updated_at)},
                        {"version", method.version}});
}

}  // namespace orderd::orders
