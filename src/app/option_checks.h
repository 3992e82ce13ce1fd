#pragma once

#include <cstdint>
#include <limits>
#include <string>

#include <CLI/CLI.hpp>

namespace orderd::app {

// Checks of option values. Each error names the value, what is wrong, and what would be right; CLI11's own
// errors print the bounds of a range with up to 300 digits.

/// An integer in a range; without `most`, from `least` up.
CLI::Validator whole_number(std::int64_t least, std::int64_t most = std::numeric_limits<std::int64_t>::max());

/// A number, with a decimal point or without, that is not below zero.
CLI::Validator number_from_zero();

// In the form that CLI11 expects: the error, or an empty string.

std::string check_listen(const std::string& text);       ///< an address and a port
std::string check_network(const std::string& text);      ///< an address, or a range of them
std::string check_public_url(const std::string& text);   ///< http or https; empty counts as not set
std::string check_outside_url(const std::string& text);  ///< the address of a service that gets secrets
std::string check_currency(const std::string& text);     ///< ISO 4217
std::string check_time(const std::string& text);         ///< a day, or a time with its offset

}  // namespace orderd::app
