#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/actor.h"
#include "base/json.h"
#include "base/refused.h"
#include "orders/delivery.h"
#include "storage/writer.h"

namespace orderd::orders {

// The shop's delivery methods, as staff set them up. Orders keep their own copy (as_it_was()).

inline constexpr Refused kTooManyMethods{
    409, "too_many_methods",
    "The shop has as many delivery methods as it can have; most says how many. Change one, or delete one first."};

constexpr std::int64_t kMostMethods = 100;

/// What staff say of a method. `zones`, `pickup` and the names are checked by require_sound_method().
struct NewDeliveryMethod {
    std::string name;
    Json names = Json::object();  ///< by language
    DeliveryKind kind = DeliveryKind::shipping;
    std::string days;
    std::optional<std::string> tax_class;
    bool active = true;
    std::vector<DeliveryZone> zones;
    std::optional<PickupPlace> pickup;
    std::string note;
};

/// What is absent stays.
struct DeliveryMethodChanges {
    std::optional<std::string> name;
    std::optional<Json> names;
    std::optional<DeliveryKind> kind;
    std::optional<std::string> days;
    std::optional<std::optional<std::string>> tax_class;
    std::optional<bool> active;
    std::optional<std::vector<DeliveryZone>> zones;
    std::optional<std::optional<PickupPlace>> pickup;
    std::optional<std::string> note;
    std::optional<std::int64_t> position;  ///< its place in the list, from 1; the others move
};

/// By position.
std::vector<DeliveryMethod> list_methods(const storage::View& view);

/// What orders are priced by. RatesCache keeps it.
DeliveryMethods read_delivery_methods(const storage::View& view);

bool has_methods(const storage::View& view);

/// What is in the shop's currency: "products", "delivery methods", or "" if nothing is.
std::string_view what_is_priced(const storage::View& view);

/// @throws Refusal 404 `not_found`
DeliveryMethod get_method(const storage::View& view, DeliveryMethodId id);

/// @throws Refusal what require_sound_method() refuses; 409 `too_many_methods`
DeliveryMethod add_method(storage::Transaction& tx, const NewDeliveryMethod& wanted, const Actor& actor, Time now);
DeliveryMethod change_method(storage::Transaction& tx, const DeliveryMethod& before,
                             const DeliveryMethodChanges& changes, const Actor& actor, Time now);
void remove_method(storage::Transaction& tx, const DeliveryMethod& method, const Actor& actor, Time now);

/// Checks a method before it is stored.
///
/// @throws Refusal 422 with all that is wrong with it; `price_off_step` if nothing else is
void require_sound_method(const storage::View& view, const DeliveryMethod& method);

/// Checks the prices of all methods, when the settings change.
///
/// @throws Refusal 422 `price_off_step`
void require_methods_on_step(const storage::View& view);

Json to_json(const DeliveryMethod& method);

}  // namespace orderd::orders
