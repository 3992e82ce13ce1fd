#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/errors.h"
#include "base/json.h"

namespace orderd::accounts {

// How to reach a customer. Orders keep their own copy, from the time when they were placed.

struct Address {
    std::string line1;
    std::string line2;  ///< may be empty, like region and postal_code: not every country has them
    std::string city;
    std::string region;
    std::string postal_code;
    std::string country;  ///< ISO 3166-1 alpha-2

    bool operator==(const Address&) const = default;
};

struct Contact {
    std::string name;
    std::string email;
    std::string phone;  ///< as written by the customer; may be empty

    bool operator==(const Contact&) const = default;
};

Json to_json(const Address& address);
Json to_json(const Contact& contact);
Json to_json(const Contact& contact, const Address& address);  ///< the contact, with its shipping_address

/// Removes the white space around each value.
Address without_margins(const Address& address);
Contact without_margins(const Contact& contact);

/// The form in which they are stored, sealed: a list of the values, so that the members' names are not in each row.
Json to_list(const Address& address);
Json to_list(const Contact& contact);

/// Reads the JSON of to_list() or to_json() (older rows are objects), or a setting of address_shape(). Absent members
/// become empty; white space around values is removed.
Address address_from(const Json& json);
Contact contact_from(const Json& json);

/// Adds faults that a shape cannot detect: a name, street or city of only white space, a telephone number
/// without digits. `pointer`: its place in the request, "" for the body itself.
void check(const Contact& contact, std::string_view pointer, std::vector<Fault>& faults);
void check(const Address& address, std::string_view pointer, std::vector<Fault>& faults);

}  // namespace orderd::accounts
