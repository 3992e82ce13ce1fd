#include "storefront/checkout_form.h"

#include <array>

#include "base/text.h"
#include "storefront/legal.h"

namespace orderd::storefront {

namespace {

constexpr std::array kFields{"email",       "name",   "phone",          "country",  "line1", "line2",
                             "postal_code", "city",   "region",         "delivery", "code",  "note",
                             "company",     "vat_id", "expected_total", "accepted"};

/// The field of a place in the body: "/customer/shipping_address/line1" is of "line1".
std::string field_at(std::string_view pointer) {
    struct Other {
        std::string_view pointer;
        std::string_view field;
    };
    constexpr std::array kOthers{Other{"/customer/shipping_address", "line1"}, Other{"/customer", "name"},
                                 Other{"/discount_code", "code"}, Other{"/delivery_method_id", "delivery"},
                                 Other{"/billing", "company"}};
    for (const auto& [place, field] : kOthers) {
        if (pointer == place) {
            return std::string(field);
        }
    }
    const auto last = pointer.substr(pointer.rfind('/') + 1);
    for (const auto* field : kFields) {
        if (last == field) {
            return field;
        }
    }
    return "";
}

}  // namespace

const std::string& CheckoutForm::at(const std::string& name) const {
    static const std::string kNone;
    const auto found = typed.find(name);
    return found == typed.end() ? kNone : found->second;
}

std::optional<DeliveryMethodId> CheckoutForm::method() const {
    const auto id = parse_integer(at("delivery"));
    return id && *id > 0 ? std::optional(DeliveryMethodId{*id}) : std::nullopt;
}

std::optional<Money> CheckoutForm::expected_total() const {
    const auto total = parse_integer(at("expected_total"));
    return total && *total <= kMaxTotal.minor ? std::optional(Money{*total}) : std::nullopt;
}

accounts::Address CheckoutForm::address() const {
    return {.line1 = at("line1"),
            .line2 = at("line2"),
            .city = at("city"),
            .region = at("region"),
            .postal_code = at("postal_code"),
            .country = at("country")};
}

CheckoutForm read_checkout_form(const std::map<std::string, std::string>& sent, const std::string& country,
                                const orders::DeliveryMethods& methods) {
    CheckoutForm read;
    for (const auto* field : kFields) {
        const auto found = sent.find(field);
        read.typed[field] = found == sent.end() ? std::string() : std::string(trimmed(found->second));
    }
    auto& chosen = read.typed.at("country");
    if (chosen.size() != 2) {
        chosen = country;
    }
    const auto id = read.method();
    const auto* method = id ? methods.find(*id) : nullptr;
    read.is_picked_up = method != nullptr && method->kind == orders::DeliveryKind::pickup;
    return read;
}

bool add_faults(const std::vector<Fault>& found, FieldFaults& faults) {
    bool any = false;
    for (const auto& fault : found) {
        if (const auto field = field_at(fault.pointer); !field.empty()) {
            faults.emplace(field, field);
            any = true;
        }
    }
    return any;
}

std::optional<orders::OrderRequest> order_request(const CheckoutForm& form, const Basket& basket,
                                                  const std::string& language, FieldFaults& faults) {
    Json customer{{"name", form.at("name")}, {"email", form.at("email")}, {"phone", form.at("phone")}};
    if (!form.is_picked_up) {
        customer["shipping_address"] = {{"line1", form.at("line1")},     {"line2", form.at("line2")},
                                        {"city", form.at("city")},       {"region", form.at("region")},
                                        {"country", form.at("country")}, {"postal_code", form.at("postal_code")}};
    }
    auto items = Json::array();
    for (const auto& line : basket.lines()) {
        items.push_back({{"sku", line.sku}, {"quantity", line.quantity}});
    }
    Json body{{"customer", std::move(customer)},
              {"items", std::move(items)},
              {"note", form.at("note")},
              {"locale", language}};
    if (const auto& code = form.at("code"); !code.empty()) {
        body["discount_code"] = code;
    }
    if (!form.at("company").empty() || !form.at("vat_id").empty()) {
        body["billing"] = {{"company", form.at("company")}, {"vat_id", form.at("vat_id")}};
    }
    if (const auto method = form.method()) {
        body["delivery_method_id"] = number(*method);
    }
    if (const auto total = form.expected_total()) {
        body["expected_total"] = total->minor;
    }
    if (const auto accepted = versions_from_field(form.at("accepted")); !accepted.empty()) {
        body["accepted_terms"] = orders::to_json(accepted);
    }
    const auto& declared = api::declared<orders::OrderRequest>();
    std::vector<Fault> found;
    declared.shape.check(body, "", found);
    if (!found.empty()) {
        add_faults(found, faults);
        return std::nullopt;
    }
    orders::OrderRequest wanted;
    declared.read(body, &wanted);
    return wanted;
}

}  // namespace orderd::storefront
