#include "app/settings_routes.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <map>
#include <memory>

#include "accounts/customer_shapes.h"
#include "accounts/setup.h"
#include "api/cross_origin.h"
#include "catalog/logo.h"
#include "catalog/price_step.h"
#include "catalog/product.h"
#include "documents/settings.h"
#include "fulfillment/fulfilling.h"
#include "fulfillment/leaving.h"
#include "fulfillment/tracking_updates.h"
#include "notify/mail_settings.h"
#include "notify/mailing.h"
#include "notify/notice.h"
#include "orders/delivery_methods.h"
#include "orders/holding.h"
#include "orders/packing.h"
#include "orders/rates.h"
#include "orders/staff_discount.h"
#include "payments/choosing.h"
#include "payments/transfer_code.h"
#include "storage/events.h"
#include "storage/settings.h"
#include "storage/shop_language.h"
#include "storage/shop_zone.h"
#include "storefront/settings.h"

namespace orderd::app {

namespace {

using api::Answer;
using api::Request;
using api::Shape;
using api::Who;

using Sections = std::shared_ptr<const std::vector<Section>>;

/// The values to change, by the index of their section.
using Update = std::map<std::size_t, Json>;

constexpr auto kVersion = R"sql(
    SELECT coalesce((SELECT sum(version) FROM setting WHERE name IN (SELECT value FROM json_each(?1))), 0) +
           coalesce((SELECT sum(version) FROM secret WHERE name IN (SELECT value FROM json_each(?1))), 0) + 1
)sql";

/// The version of the settings. It grows with each change of any of them: their versions only grow, and rows
/// are never removed.
std::int64_t version_of(const storage::View& view, const std::vector<Section>& sections) {
    auto names = Json::array();
    for (const auto& section : sections) {
        names.push_back(section.name);
    }
    return view.value<std::int64_t>(kVersion, names.dump()).value_or(1);
}

Json describe_settings(const storage::View& view, const std::vector<Section>& sections) {
    auto json = Json::object();
    for (const auto& section : sections) {
        json[section.name] = section.read(view);
    }
    json["version"] = version_of(view, sections);
    return json;
}

Answer show(Request& in, const std::vector<Section>& sections) {
    const auto view = in.read();
    auto json = describe_settings(view, sections);
    const auto version = json.at("version").get<std::int64_t>();
    return api::ok(std::move(json), version);
}

void check_values(const Update& wanted, const std::vector<Section>& sections) {
    std::vector<Fault> faults;
    for (const auto& [place, value] : wanted) {
        if (sections[place].check) {
            sections[place].check(value, faults);
        }
    }
    if (!faults.empty()) {
        throw Refusal(std::move(faults));
    }
}

void change(storage::Transaction& tx, Request& in, const Section& section, const Json& value) {
    const auto before = section.read(tx);
    if (section.secret) {
        section.secret->write(tx, value.is_null() ? std::nullopt : std::optional(value.get<std::string>()), in.now());
    } else if (before != value) {
        settings::write(tx, section.name, value, in.now());
        if (section.changed) {
            section.changed(tx, before);
        }
    } else {
        return;
    }
    events::record(tx, "setting.changed", {"setting", 0}, {{"name", section.name}}, in.actor(), in.now());
    const auto after = section.secret ? section.read(tx) : value;  // for a secret: whether it is set
    audit::record(tx, "setting.update", {"setting", 0}, {{section.name, before}}, {{section.name, after}}, in.actor(),
                  in.now());
}

Answer update(Request& in, const std::vector<Section>& sections, const Update& wanted) {
    check_values(wanted, sections);
    return in.mutate([&](storage::Transaction& tx) {
        in.check_version(version_of(tx, sections));
        for (const auto& [place, value] : wanted) {
            change(tx, in, sections[place], value);
        }
        for (const auto& [place, value] : wanted) {
            if (sections[place].together) {
                sections[place].together(tx);
            }
        }
        auto json = describe_settings(tx, sections);
        const auto version = json.at("version").get<std::int64_t>();
        return api::ok(std::move(json), version);
    });
}

void check_time_zone(const Json& value, std::vector<Fault>& faults) {
    if (value.is_null()) {
        return;
    }
    if (auto fault = settings::time_zone_fault(value.get_ref<const std::string&>()); !fault.empty()) {
        faults.push_back({"/time_zone", std::move(fault)});
    }
}

Shape written_secret_shape(const Section& section) {
    return Shape::text(1, settings::Secret::kLongest).nullable().described(section.description);
}

Shape settings_shape(const std::vector<Section>& sections) {
    auto shape = Shape::object({{"version", Shape::id()}});
    for (const auto& section : sections) {
        shape = shape.with({{section.name, section.shape}});
    }
    return shape.named("Settings");
}

/// The body of PUT, built once all departments have added their sections.
api::Declared<Update> update_of(const std::vector<Section>& sections) {
    std::vector<api::Field<Update>> fields;
    for (std::size_t place = 0; place < sections.size(); ++place) {
        const auto& section = sections[place];
        fields.push_back(
            {{.name = section.name,
              .shape = section.secret ? written_secret_shape(section) : section.shape,
              .required = false,
              .in_example = !section.secret},
             [place](const Json& value, void* into) { static_cast<Update*>(into)->insert_or_assign(place, value); }});
    }
    return api::object<Update>("SettingsUpdate", fields);
}

/// How the keys of outside services begin: Stripe's by https://docs.stripe.com/keys and its webhooks' pages,
/// EasyPost's by https://docs.easypost.com/docs/authentication. A value that begins otherwise is a wrong one.
struct SecretForm {
    std::string_view name;
    std::vector<std::string_view> beginnings;
};
const std::array kSecretForms{
    SecretForm{"stripe_secret_key", {"sk_", "rk_"}},
    SecretForm{"stripe_webhook_secret", {"whsec_"}},
    SecretForm{"easypost_api_key", {"EZAK", "EZTK"}},
};

}  // namespace

std::string secret_fault(std::string_view name, std::string_view value) {
    const auto* form =
        std::find_if(kSecretForms.begin(), kSecretForms.end(), [&](const SecretForm& it) { return it.name == name; });
    if (form == kSecretForms.end() ||
        std::any_of(form->beginnings.begin(), form->beginnings.end(),
                    [&](std::string_view beginning) { return value.starts_with(beginning); })) {
        return "";
    }
    return fmt::format("does not begin with {}: it is the wrong key, or not a key",
                       fmt::join(form->beginnings, " or "));
}

Section secret_section(const std::shared_ptr<const settings::Secret>& secret, const std::string& description) {
    const auto name = secret->name();
    return {.name = name,
            .shape = Shape::object(
                         {{"set", Shape::boolean()}, {"from", Shape::one_of({"configuration", "settings"}).nullable()}})
                         .named("SecretState")
                         .described(description + "; written as text, null takes it away; never shown"),
            .read = [secret](const storage::View& view) { return secret->state(view); },
            .check =
                [secret, name](const Json& value, std::vector<Fault>& faults) {
                    if (secret->is_configured()) {
                        faults.push_back({"/" + name, "comes from a file that configuration names; change it there"});
                    } else if (value.is_string()) {
                        if (auto fault = secret_fault(name, value.get<std::string>()); !fault.empty()) {
                            faults.push_back({"/" + name, std::move(fault)});
                        }
                    }
                },
            .secret = secret,
            .description = description};
}

std::vector<Section> order_sections() {
    return {
        {.name = "currency",
         .shape = Shape::currency().described("of all amounts; it can change while nothing has a price"),
         .read = [](const storage::View& view) -> Json { return settings::currency(view); },
         .changed =
             [](storage::Transaction& tx, const Json& before) {
                 accounts::require_no_prices(tx, before.get<std::string>(), orders::what_is_priced);
             }},
        {.name = "shop_name",
         .shape = Shape::text(1, 100),
         .read = [](const storage::View& view) -> Json { return settings::shop_name(view); }},
        {.name = "shop_address",
         .shape = accounts::address_shape().nullable(),
         .read = [](const storage::View& view) { return settings::read(view, "shop_address").value_or(nullptr); },
         .together = documents::require_seller_if_used},
        {.name = settings::kTimeZone,
         .shape =
             Shape::text(1, 64)
                 .nullable()
                 .described("the shop's, as the IANA calls it: its days are those of reports, papers, pages, mails "
                            "and exports; null: not set, which is UTC")
                 .example("Europe/Berlin"),
         .read = settings::time_zone_json,
         .check = check_time_zone},
        {.name = settings::kLocale,
         .shape = Shape::one_of(Language::codes())
                      .described("the shop's language: of pages and mails to customers who ask for none"),
         .read = [](const storage::View& view) -> Json { return settings::language(view).code(); }},
        {.name = "tax",
         .shape = orders::tax_shape(),
         .read = [](const storage::View& view) { return orders::to_json(orders::read_tax_settings(view)); },
         .check = [](const Json& value, std::vector<Fault>& faults) { orders::check_tax(value, faults); }},
        {.name = "reservation_minutes",
         .shape = Shape::integer(1, 10'080).described("how long an order that is to be paid by card holds its stock"),
         .read = [](const storage::View& view) -> Json { return orders::read_rates(view).reservation.ms / 60'000; }},
        {.name = "unpaid_holds",
         .shape = orders::hold_times_shape(),
         .read = [](const storage::View& view) { return orders::to_json(orders::read_hold_times(view)); }},
        {.name = "staff_discount_ppm",
         .shape =
             Shape::integer(0, orders::kAnyShare.ppm)
                 .described("the largest share of an order, and of each line, that staff may take off, in millionths; "
                            "owners may take off any"),
         .read = [](const storage::View& view) -> Json { return orders::most_of_staff(view).ppm; }},
        {.name = "guest_limits",
         .shape = orders::guest_limits_shape(),
         .read = [](const storage::View& view) { return orders::to_json(orders::read_guest_limits(view)); }},
        {.name = api::kAllowedOrigins,
         .shape = api::allowed_origins_shape(),
         .read = api::allowed_origins_json,
         .check = api::check_allowed_origins},
    };
}

std::vector<Section> fulfillment_sections() {
    return {
        {.name = "ship_before_payment",
         .shape = Shape::object({{"bank_transfer", Shape::boolean()}, {"cash_on_delivery", Shape::boolean()}})
                      .named("ShipBeforePayment")
                      .described("which orders may be shipped before they are paid"),
         .read = [](const storage::View& view) { return to_json(orders::read_ship_before_payment(view)); }},
        {.name = "follow_typed_numbers",
         .shape =
             Shape::boolean().described("whether tracking numbers of labels that were bought elsewhere are followed "
                                        "through EasyPost, which takes money for each"),
         .read = [](const storage::View& view) -> Json { return fulfillment::read_follow_typed_numbers(view); }},
        {.name = fulfillment::kShipWhenPacked,
         .shape = Shape::boolean().described("whether an order is marked as shipped once its last unit was scanned at "
                                             "the packing table"),
         .read = [](const storage::View& view) -> Json { return fulfillment::read_ship_when_packed(view); }},
    };
}

std::vector<Section> payment_sections() {
    return {
        {.name = "payment_methods",
         .shape = payments::methods_shape(),
         .read = [](const storage::View& view) { return payments::to_json(payments::read_methods(view)); },
         .together =
             [](const storage::View& view) {
                 catalog::require_products_on_step(view);
                 orders::require_methods_on_step(view);
             }},
        {.name = "card_gateway", .shape = payments::card_gateway_shape(), .read = payments::read_card_gateway},
        {.name = "stripe_publishable_key",
         .shape = payments::publishable_key_shape(),
         .read = payments::read_publishable_key,
         .check = payments::check_publishable_key},
        {.name = "bank_details",
         .shape = payments::bank_details_shape(),
         .read = [](const storage::View& view) -> Json { return payments::read_bank_details(view); }},
        {.name = "bank_account",
         .shape = payments::bank_account_shape(),
         .read = payments::bank_account_json,
         .check = payments::check_bank_account},
    };
}

std::vector<Section> document_sections() {
    return {
        {.name = std::string(documents::kSeller),
         .shape = documents::seller_shape(),
         .read = [](const storage::View& view) { return documents::to_json(documents::read_seller(view)); },
         .check = documents::check_seller,
         .together = documents::require_seller_if_used},
        {.name = std::string(documents::kDocuments),
         .shape = documents::settings_shape(),
         .read = [](const storage::View& view) { return documents::to_json(documents::read_settings(view)); },
         .check = documents::check_settings,
         .changed = [](storage::Transaction& tx, const Json& before) { documents::require_same_numbers(tx, before); },
         .together = documents::require_seller_if_used},
    };
}

std::vector<Section> mail_sections() {
    return {
        {.name = notify::kMailSetting,
         .shape = notify::mail_shape(),
         .read = notify::mail_json,
         .check = notify::check_mail,
         .changed =
             [](storage::Transaction& tx, const Json& before) {
                 if (before.is_null()) {  // nobody gets mail about what happened before mail was set up
                     notify::read_on_from_now(tx, notify::kMailReader);
                 }
                 notify::skip_untold(tx, notify::was_anyone_told(tx, before));
             }},
    };
}

std::vector<Section> storefront_sections() {
    return {
        {.name = storefront::kStorefront,
         .shape = storefront::settings_shape(),
         .read = [](const storage::View& view) { return storefront::to_json(storefront::read_settings(view)); },
         .check = storefront::check_settings},
        {.name = catalog::kLogo,
         .shape = catalog::logo_setting_shape(),
         .read = catalog::read_logo_setting,
         .together = catalog::require_logo},
    };
}

void add_settings_routes(api::RouteTable& routes, std::vector<Section> list) {
    const auto sections = std::make_shared<const std::vector<Section>>(std::move(list));
    routes.add({.method = "GET",
                .path = "/admin/settings",
                .name = "settings.get",
                .who = Who::viewer,
                .summary = "Read the shop's settings",
                .tag = "Settings",
                .answers = {{200, settings_shape(*sections)}}},
               [sections](Request& in) { return show(in, *sections); });
    routes.add<Update>({.method = "PUT",
                        .path = "/admin/settings",
                        .name = "settings.update",
                        .who = Who::owner,
                        .summary = "Change some of the shop's settings",
                        .tag = "Settings",
                        .answers = {{200, settings_shape(*sections)}},
                        .refuses = {accounts::kCurrencyInUse, catalog::kPriceOffStep, documents::kSellerIncomplete,
                                    documents::kNumbersInUse},
                        .if_match = true},
                       update_of(*sections),
                       [sections](Request& in, Update wanted) { return update(in, *sections, wanted); });
}

}  // namespace orderd::app
