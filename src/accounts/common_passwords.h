#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace orderd::accounts {

/// How many parts an attacker must guess. An unexplained character is one part. These are one part each, however long:
/// - a word that is common in passwords ("password", "welcome", a season, a month), or one of `names`,
///   forwards or backwards, in any case, and with the usual figures for letters (P@ssw0rd);
/// - a run on the keyboard or in the alphabet (qwertyuiop, 1q2w3e4r, 98765);
/// - a year, or any two digits.
/// A repetition of the part before it is free. "Password1234" has two parts, "correct horse" thirteen.
///
/// It replaces a list of common passwords: they are made in these ways, and so are those of next year's lists.
int parts_of(std::string_view password, const std::vector<std::string>& names);

/// Whether an attacker who knows the names would try this password among the first.
bool is_common(std::string_view password, const std::vector<std::string>& names);

}  // namespace orderd::accounts
