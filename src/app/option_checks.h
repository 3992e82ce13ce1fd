#pragma once

#include <cstdint>
#include <limits>
#include <string>

#include <CLI/CLI.hpp>

namespace orderd::app {

// What values of options are held to. Each says what was wrong, with the value, and what would be right; CLI11's own
// show a range of numbers down to its 300th digit.

/// An integer in a range; without `most`, from `least` up.
CLI::Validator whole_number(std::int64_t least, std::int64_t most = std::numeric_limits<std::int64_t>::max());

/// A number, with a decimal point or without, that is not below zero.
CLI::Validator number_from_zero();

// As CLI11 wants them: what is wrong with the value, or nothing.

std::string check_listen(const std::string& text);       ///< an address and a port
std::string check_network(const std::string& text);      ///< an address, or a range of them
std::string check_public_url(const std::string& text);   ///< http or https; empty is as good as none
std::string check_outside_url(const std::string& text);  ///< of a service that is shown secrets
std::string check_currency(const std::string& text);     ///< ISO 4217

}  // namespace orderd::app
