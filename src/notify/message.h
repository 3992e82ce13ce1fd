#pragma once

#include <string>
#include <string_view>

#include "base/time.h"

namespace orderd::notify {

/// A sender or recipient of mail.
struct Mailbox {
    std::string name;     ///< any UTF-8; may be empty
    std::string address;  ///< see valid_email()
};

/// A mail, with a text and an HTML version.
struct Message {
    Mailbox from;
    Mailbox to;
    std::string reply_to;  ///< an address; empty: answers go to `from`
    std::string subject;
    std::string text;
    std::string html;
    std::string id;  ///< the Message-ID without its brackets: "abc@shop.example.com"
    Time date;
};

/// The message as it is sent (RFC 5322, RFC 2045 to 2047, RFC 6532): lines end in CRLF and have at most 76
/// characters, all ASCII except addresses that are not; multipart/alternative, text before HTML. Equal
/// messages give equal bytes. No value can inject a header: line ends and other control characters become
/// spaces.
///
/// @throws std::invalid_argument for an invalid address or id
std::string compose(const Message& message);

/// Text as a header's value, in encoded words (RFC 2047) if needed, folded. `used`: how many characters the
/// line already has.
std::string encoded_text(std::string_view text, std::size_t used);

/// "Zoë's Töpfe" <shop@example.com>, as written in From and To.
std::string encoded_mailbox(const Mailbox& mailbox, std::size_t used);

/// Quoted-printable (RFC 2045, section 6.7). Line ends of either kind become CRLF.
std::string quoted_printable(std::string_view text);

/// "Tue, 24 Nov 2026 09:25:45 +0000" (RFC 5322, section 3.3).
std::string mail_date(Time time);

}  // namespace orderd::notify
