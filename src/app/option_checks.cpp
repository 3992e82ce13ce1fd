#include "app/option_checks.h"

#include <fmt/format.h>

#include <limits>
#include <stdexcept>

#include "app/config.h"
#include "base/address.h"
#include "base/money.h"
#include "base/text.h"
#include "base/time.h"
#include "outgoing/client.h"

namespace orderd::app {

CLI::Validator whole_number(std::int64_t least, std::int64_t most) {
    const bool open = most == std::numeric_limits<std::int64_t>::max();
    const auto range = open ? fmt::format("from {} up", least) : fmt::format("from {} to {}", least, most);
    return {[=](std::string& text) {
                const auto value = parse_integer(text);
                return value && *value >= least && *value <= most
                           ? std::string()
                           : fmt::format("{} is not allowed; it is a whole number {}", text, range);
            },
            range, "whole number"};
}

CLI::Validator number_from_zero() {
    return {[](std::string& text) {
                double value = 0;
                return CLI::detail::lexical_cast(text, value) && value >= 0
                           ? std::string()
                           : fmt::format("{} is not allowed; it is a number from 0 up", text);
            },
            "from 0 up", "number"};
}

std::string check_listen(const std::string& text) {
    try {
        parse_listen(text);
        return "";
    } catch (const std::runtime_error& error) {
        return error.what();
    }
}

std::string check_network(const std::string& text) {
    try {
        const Network network(text);
        return "";
    } catch (const std::invalid_argument& error) {
        return error.what();
    }
}

std::string check_public_url(const std::string& text) {
    return text.empty() || outgoing::is_outgoing_url(text, true)
               ? ""
               : text + " is not how a browser reaches a shop, as https://shop.example.com is";
}

std::string check_outside_url(const std::string& text) {
    return outgoing::is_outgoing_url(text) ? "" : text + " is not allowed; it is https://…, or http:// on this machine";
}

std::string check_currency(const std::string& text) {
    return currency_exponent(text) ? "" : text + " is not a currency of ISO 4217, as EUR is";
}

std::string check_time(const std::string& text) {
    return parse_time(text) ? "" : text + " is not a day as 2026-01-31, nor a time as 2026-01-31T10:00:00Z";
}

}  // namespace orderd::app
