#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace orderd {

/// Who does something, as events and the audit log record it.
struct Actor {
    enum class Kind { system, command_line, admin, api_key, customer, guest, outside };

    Kind kind = Kind::system;
    std::int64_t id = 0;  ///< the id of the admin, API key or customer; 0 for other kinds
    std::string name;     ///< an admin's username, a key's label, a gateway's name; never a customer's name
    std::string address;  ///< the client's address, if there is one

    static Actor system() { return {}; }
    static Actor command_line() { return {.kind = Kind::command_line, .id = 0, .name = "command line", .address = {}}; }
};

/// "system", "command_line", "admin", "api_key", "customer", "guest", "outside".
std::string_view to_text(Actor::Kind kind);

/// The text that an event stores: "admin:3:anna", "guest", "system".
std::string to_text(const Actor& actor);

}  // namespace orderd
