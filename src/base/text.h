#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace orderd {

/// Whether the bytes are well-formed UTF-8.
bool valid_utf8(std::string_view text);

bool is_ascii(std::string_view text);

// Of ASCII, whatever the locale.
constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }

/// Whether the text contains a control character (Unicode category Cc). Line breaks and tabs count unless allowed.
bool has_control(std::string_view text, bool lines_allowed);

/// The number of Unicode code points in well-formed UTF-8.
std::size_t code_points(std::string_view text);

/// Without white space at either end (ASCII space, tab, CR, LF, and no-break space).
std::string_view trimmed(std::string_view text);

/// NFKC with case folding (Unicode's caseless matching): "Müller", "MÜLLER" and "mu\u0308ller" become equal.
std::string folded(std::string_view text);

/// With the letters of English in upper case, and those of Western European languages: "é" becomes "É". All others are
/// unchanged.
std::string in_capitals(std::string_view text);

/// Whether two texts are equal, ignoring the case of the letters a to z.
bool equal_ignoring_case(std::string_view a, std::string_view b);

/// The folded words of a text: its runs of letters and digits, sorted, without duplicates.
std::vector<std::string> folded_words(std::string_view text);

/// What a payment's reference is found by: its folded words, and all of them as one, in their order: a number is
/// written with blanks and dashes or without ("RF18 5390 0754" and "RF1853900754"). Without duplicates.
std::vector<std::string> reference_words(std::string_view text);

/// All letters and digits of a text, folded, as one word; empty if it has none.
std::string joined_words(std::string_view text);

/// Whether this looks like a deliverable e-mail address: one @, a dot-atom local part (UTF-8 allowed) of at
/// most 64 bytes, a domain with a dot, at most 254 bytes; no quoted local parts, no address literals.
bool valid_email(std::string_view text);

/// The digits of a telephone number, without a leading +.
std::string phone_digits(std::string_view text);

int hex_digit(char c);  ///< 0 to 15, or -1 if it is not a hexadecimal digit
std::string to_hex(std::string_view bytes);
std::string to_base64(std::string_view bytes);     ///< RFC 4648, section 4: with padding
std::string to_base64url(std::string_view bytes);  ///< section 5, without padding
std::optional<std::string> from_base64(std::string_view text);
std::optional<std::string> from_base64url(std::string_view text);

/// Reads a decimal integer without sign or leading zeros ("0" itself is valid), within the range of std::int64_t.
std::optional<std::int64_t> parse_integer(std::string_view text);

/// Compares two secrets in a time that does not reveal where they differ.
bool equal_in_constant_time(std::string_view a, std::string_view b);

/// Escapes for HTML text and quoted attributes.
std::string escape_html(std::string_view text);

}  // namespace orderd
