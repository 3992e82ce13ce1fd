#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/errors.h"
#include "base/json.h"

namespace orderd::accounts {

// How a customer is reached. Orders keep a copy of their own, as it was when they were placed.

struct Address {
    std::string line1;
    std::string line2;  ///< may be empty, as region and postal_code may: not every country has them
    std::string city;
    std::string region;
    std::string postal_code;
    std::string country;  ///< ISO 3166-1 alpha-2

    bool operator==(const Address&) const = default;
};

struct Contact {
    std::string name;
    std::string email;
    std::string phone;  ///< as it was written; may be empty

    bool operator==(const Contact&) const = default;
};

Json to_json(const Address& address);
Json to_json(const Contact& contact);
Json to_json(const Contact& contact, const Address& address);  ///< the one, with the other as its shipping_address

/// With the white space around each value removed.
Address without_margins(const Address& address);
Contact without_margins(const Contact& contact);

/// Reads what to_json() wrote, or a setting of address_shape(); absent members are empty. White space around a value is
/// removed.
Address address_from(const Json& json);
Contact contact_from(const Json& json);

/// Adds a fault for what a shape cannot see: a name, street or city of white space alone, a telephone number without
/// digits. `pointer`: where in the request it stands, "" for the body itself.
void check(const Contact& contact, std::string_view pointer, std::vector<Fault>& faults);
void check(const Address& address, std::string_view pointer, std::vector<Fault>& faults);

}  // namespace orderd::accounts
