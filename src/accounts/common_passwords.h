#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace orderd::accounts {

/// How many guesses' worth of parts a password has: each character that nothing explains is one, and so is, however
/// long,
/// - a word that many passwords are made of ("password", "welcome", a season, a month), or one of `names`, forwards or
///   backwards, in any case, and with the usual figures for letters (P@ssw0rd);
/// - a run on the keyboard or in the alphabet (qwertyuiop, 1q2w3e4r, 98765);
/// - a year, and any two digits.
/// What repeats the part before it is none. "Password1234" is two, "correct horse" thirteen.
///
/// It stands for a list of common passwords: those are made in these ways, and so are the ones that next year's lists
/// will have.
int parts_of(std::string_view password, const std::vector<std::string>& names);

/// Whether a password would be among the first that somebody tries who knows the names.
bool is_common(std::string_view password, const std::vector<std::string>& names);

}  // namespace orderd::accounts
