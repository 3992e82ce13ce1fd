#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace orderd {

/// A domain as it is used on the wire: in small letters, and each label beyond ASCII as its A-label ("xn--…", RFC 5891,
/// RFC 3492). What people type is mapped first as UTS #46 says without its transitional rules: capitals, wide forms and
/// composed letters come out alike, and "ß" stays its own letter. Not checked: the rules for text from right to
/// left, which registries keep.
///
/// @returns nullopt if it is not a domain: an empty label, a character that no domain has, a label over 63 bytes, or
///          more than 253 bytes in all
std::optional<std::string> ascii_domain(std::string_view domain);

/// An e-mail address with its domain as ascii_domain() has it; the part before the @ as it is. What is not an address
/// comes back unchanged.
std::string mail_address(std::string_view address);

/// The first character before the last @ that is beyond ASCII, empty if there is none. Hardly a mail server takes
/// such an address (RFC 6531), and none that does not can be told of it in another form.
std::string_view beyond_ascii_before_at(std::string_view address);

/// RFC 3492, section 6.3: the code points of a label, without the prefix "xn--". Nullopt if it overflows.
std::optional<std::string> punycode(std::u32string_view label);

}  // namespace orderd
