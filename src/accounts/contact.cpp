#include "accounts/contact.h"

#include <fmt/format.h>

#include "base/text.h"

namespace orderd::accounts {

namespace {

constexpr std::size_t kFewestPhoneDigits = 3;
constexpr std::size_t kMostPhoneDigits = 20;

std::string text_of(const Json& json, const char* member, std::size_t place) {
    if (json.is_array()) {
        return json.at(place).get<std::string>();
    }
    const auto found = json.find(member);
    return found == json.end() || found->is_null() ? std::string()
                                                   : std::string(trimmed(found->get_ref<const std::string&>()));
}

void check_not_blank(const std::string& value, std::string_view pointer, std::string_view member,
                     std::vector<Fault>& faults) {
    if (value.empty()) {
        faults.push_back({fmt::format("{}/{}", pointer, member), "is blank; it must have something in it"});
    }
}

}  // namespace

Json to_json(const Address& address) {
    return json_object({{"line1", address.line1},
                        {"line2", address.line2},
                        {"city", address.city},
                        {"region", address.region},
                        {"postal_code", address.postal_code},
                        {"country", address.country}});
}

Json to_json(const Contact& contact) {
    return json_object({{"name", contact.name}, {"email", contact.email}, {"phone", contact.phone}});
}

Json to_json(const Contact& contact, const Address& address) {
    return json_object({{"name", contact.name},
                        {"email", contact.email},
                        {"phone", contact.phone},
                        {"shipping_address", to_json(address)}});
}

Json to_list(const Address& address) {
    return Json::array(
        {address.line1, address.line2, address.city, address.region, address.postal_code, address.country});
}

Json to_list(const Contact& contact) { return Json::array({contact.name, contact.email, contact.phone}); }

Address without_margins(const Address& address) {
    return {.line1 = std::string(trimmed(address.line1)),
            .line2 = std::string(trimmed(address.line2)),
            .city = std::string(trimmed(address.city)),
            .region = std::string(trimmed(address.region)),
            .postal_code = std::string(trimmed(address.postal_code)),
            .country = std::string(trimmed(address.country))};
}

Contact without_margins(const Contact& contact) {
    return {.name = std::string(trimmed(contact.name)),
            .email = std::string(trimmed(contact.email)),
            .phone = std::string(trimmed(contact.phone))};
}

Address address_from(const Json& json) {
    return {.line1 = text_of(json, "line1", 0),
            .line2 = text_of(json, "line2", 1),
            .city = text_of(json, "city", 2),
            .region = text_of(json, "region", 3),
            .postal_code = text_of(json, "postal_code", 4),
            .country = text_of(json, "country", 5)};
}

Contact contact_from(const Json& json) {
    return {.name = text_of(json, "name", 0), .email = text_of(json, "email", 1), .phone = text_of(json, "phone", 2)};
}

void check(const Contact& contact, std::string_view pointer, std::vector<Fault>& faults) {
    check_not_blank(contact.name, pointer, "name", faults);
    const auto digits = phone_digits(contact.phone).size();
    if (!contact.phone.empty() && (digits < kFewestPhoneDigits || digits > kMostPhoneDigits)) {
        faults.push_back(
            {fmt::format("{}/phone", pointer), fmt::format("has {} digits; a telephone number has {} to {}", digits,
                                                           kFewestPhoneDigits, kMostPhoneDigits)});
    }
}

void check(const Address& address, std::string_view pointer, std::vector<Fault>& faults) {
    check_not_blank(address.line1, pointer, "line1", faults);
    check_not_blank(address.city, pointer, "city", faults);
}

}  // namespace orderd::accounts
