#include "storefront/checkout_values.h"

#include <fmt/format.h>

#include "base/text.h"
#include "storefront/country.h"

namespace orderd::storefront {

namespace {

struct FieldLooks {
    std::string_view name;
    std::string_view autocomplete;
    int most;  ///< letters
    bool required = true;
    std::string_view type = "text";
};

/// Makes fields for shop_field.html.
class Fields {
public:
    Fields(const CheckoutForm& form, const FieldFaults& faults, const Language& words)
        : form_(form), faults_(faults), words_(words) {}

    Json operator()(const FieldLooks& looks) const {
        const std::string name(looks.name);
        return {{"name", name},
                {"label", words_.text(fmt::format("checkout_field.{}", name))},
                {"value", form_.at(name)},
                {"type", looks.type},
                {"autocomplete", looks.autocomplete},
                {"most", looks.most},
                {"required", looks.required},
                {"fault", fault(name)}};
    }

    std::string fault(const std::string& name) const {
        return faults_.contains(name) ? words_.text(fmt::format("checkout_fault.{}", name)) : std::string();
    }

private:
    const CheckoutForm& form_;
    const FieldFaults& faults_;
    const Language& words_;
};

Json address_fields(const Fields& field, const std::string& country) {
    const auto looks = address_form(country);
    const auto postcode = field({"postal_code", "postal-code", 20});
    const auto city = field({"city", "address-level2", 100});
    auto fields = Json::array({field({"line1", "address-line1", 200}), field({"line2", "address-line2", 200, false})});
    if (!looks.city_first) {
        fields.push_back(postcode);
    }
    fields.push_back(city);
    if (looks.has_region) {
        fields.push_back(field({"region", "address-level1", 100}));
    }
    if (looks.city_first) {
        fields.push_back(postcode);
    }
    return fields;
}

/// "2–3 days"; empty if the method does not say.
std::string days_in_words(const std::string& days, const Language& words) {
    if (days.empty()) {
        return days;
    }
    const auto number = parse_integer(days);
    return number ? words.count("checkout.days", *number) : words.say("checkout.days_range", {{"days", days}});
}

Json choices(const Priced& priced, const Language& words, const std::string& currency) {
    const auto* chosen = priced.quote ? priced.quote->sums.delivery : nullptr;
    auto list = Json::array();
    for (const auto& offer : priced.fitting) {
        const auto id = offer.at("id").get<std::int64_t>();
        const Money price{offer.at("price").get<std::int64_t>()};
        const auto days = text_member(offer, "days");
        list.push_back({{"id", id},
                        {"name", offer.at("name")},
                        {"price", price.minor == 0 ? words.text("checkout.free") : words.money(price, currency)},
                        {"days", days_in_words(days, words)},
                        {"note", text_member(offer, "note")},
                        {"chosen", chosen != nullptr && number(chosen->id) == id}});
    }
    return list;
}

Json missing(const Priced& priced, const orders::Rates& rates, const Language& words) {
    auto list = Json::array();
    for (const auto& one : priced.offers.unavailable) {
        const auto* method = rates.delivery.find(one.id);
        const auto name = fmt::format("undelivered.{}", one.reason);
        const auto& reason = words.texts().contains(name) ? words.text(name) : words.text("undelivered.other");
        list.push_back({{"name", method == nullptr ? std::string() : method->name(words.code())}, {"reason", reason}});
    }
    return list;
}

}  // namespace

Json checkout_values(const Priced& priced, const orders::Rates& rates, const CheckoutForm& form,
                     const FieldFaults& faults, const Language& words, const std::string& currency) {
    auto all = faults;
    const auto add = [&](const std::string& code, const char* field) {
        if (!code.empty()) {
            all.emplace(field, field);
        }
    };
    add(priced.code_fault, "code");
    add(priced.region_fault, "region");
    const Fields field(form, all, words);
    auto deliveries = choices(priced, words, currency);
    auto others = missing(priced, rates, words);
    const bool has_choices = !deliveries.empty() || !others.empty() || !priced.delivery_fault.empty();
    const auto& country = form.at("country");
    return {
        {"contact", Json::array({field({"email", "email", 254, true, "email"}), field({"name", "name", 200}),
                                 field({"phone", "tel", 40, false, "tel"})})},
        {"countries", country_choices(rates.delivery, words, country)},
        {"country_fault", field.fault("country")},
        {"address_fields", form.is_picked_up ? Json::array() : address_fields(field, country)},
        {"is_picked_up", form.is_picked_up},
        {"kept", form.is_picked_up ? Json::array({field({"line1", "", 200}), field({"line2", "", 200}),
                                                  field({"postal_code", "", 20}), field({"city", "", 100}),
                                                  field({"region", "", 100})})
                                   : Json::array()},
        {"has_deliveries", has_choices},
        {"deliveries", std::move(deliveries)},
        {"missing", std::move(others)},
        {"delivery_fault", priced.delivery_fault.empty() && !all.contains("delivery")
                               ? std::string()
                               : words.text("checkout_fault.delivery")},
        {"region_fault", country.empty() || address_form(country).has_region ? std::string() : field.fault("region")},
        {"code_field", Json::array({field({"code", "off", 60, false})})},
        {"billing", Json::array({field({"company", "organization", 200, false}), field({"vat_id", "off", 30, false})})},
        {"billing_open", !form.at("company").empty() || !form.at("vat_id").empty()},
        {"note", form.at("note")},
        {"note_fault", field.fault("note")},
        {"can_order", priced.quote.has_value() && priced.delivery_fault.empty()}};
}

}  // namespace orderd::storefront
