#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace orderd {

/// A domain in its wire form: lower case, and each non-ASCII label as its A-label ("xn--…", RFC 5891, RFC
/// 3492). The input is first mapped by UTS #46 without its transitional rules: capitals, wide forms and
/// composed letters become equal, and "ß" stays its own letter. The rules for right-to-left text are not
/// checked; registries enforce them.
///
/// @returns nullopt if it is not a domain: it has an empty label, a character that domains cannot have, a
///          label over 63 bytes, or more than 253 bytes in all
std::optional<std::string> ascii_domain(std::string_view domain);

/// An e-mail address with its domain mapped by ascii_domain(); the part before the @ is kept. Text that is
/// not an address is returned unchanged.
std::string mail_address(std::string_view address);

/// The form in which e-mail addresses are compared as identities: the part before the @ in NFC and lower case, the
/// domain by ascii_domain(). "Jo@bücher.example" and "jo@xn--bcher-kva.example" are the same; "a@straße.example" and
/// "a@strasse.example" are not. Before the @, a wide letter is not the same as the usual one. If what follows the @
/// is not a valid domain, it is compared like the part before the @.
///
/// @throws std::invalid_argument if it is not well-formed UTF-8
std::string mail_identity(std::string_view address);

/// The first non-ASCII character before the last @; empty if there is none. Few mail servers accept such an
/// address (RFC 6531), and there is no ASCII form of it for the others.
std::string_view beyond_ascii_before_at(std::string_view address);

/// The Punycode of a label (RFC 3492, section 6.3), without the prefix "xn--". Nullopt if it overflows.
std::optional<std::string> punycode(std::u32string_view label);

}  // namespace orderd
