#include "notify/message.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "base/text.h"

namespace orderd::notify {

namespace {

constexpr std::size_t kLineLength = 76;
constexpr std::string_view kFold = "\r\n ";

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }
bool is_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// Makes one line of well-formed UTF-8 without control characters.
std::string one_line(std::string_view text) {
    std::string line(text);
    std::replace_if(line.begin(), line.end(), is_control, ' ');
    return valid_utf8(line) ? line : std::string("?");
}

/// The end of the UTF-8 character that begins at `at`.
std::size_t character_end(std::string_view text, std::size_t at) {
    do {
        ++at;
    } while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80);
    return at;
}

/// Encoded words of at most 75 characters each; no UTF-8 character is split between two.
std::string encoded_words(std::string_view text, std::size_t used) {
    constexpr std::size_t kBytes = 42;  // 56 characters of base64, and 12 around them
    std::string out;
    std::size_t at = 0;
    while (at < text.size()) {
        const auto room = out.empty() && used > 0
                              ? std::min(kBytes, used + 15 < kLineLength ? (kLineLength - used - 12) / 4 * 3 : 3)
                              : kBytes;
        auto end = character_end(text, at);
        while (end < text.size() && character_end(text, end) - at <= room) {
            end = character_end(text, end);
        }
        out += fmt::format("{}=?utf-8?B?{}?=", out.empty() ? "" : kFold, to_base64(text.substr(at, end - at)));
        at = end;
    }
    return out;
}

/// ASCII text, folded at spaces so that no line is too long.
std::string folded_at_spaces(std::string_view text, std::size_t used) {
    std::string out;
    std::size_t at = 0;
    while (at < text.size()) {
        const auto end = std::min(text.find(' ', at + 1), text.size());
        if (used + (end - at) > kLineLength && text[at] == ' ' && at > 0 && text[at - 1] != ' ' && end > at + 1) {
            out += "\r\n";
            used = 0;
        }
        out.append(text.substr(at, end - at));
        used += end - at;
        at = end;
    }
    return out;
}

bool is_atom_text(char c) {
    constexpr std::string_view kSpecial = "!#$%&'*+-/=?^_`{|}~ ";
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           kSpecial.find(c) != std::string_view::npos;
}

void append_part(std::string& out, std::string_view boundary, std::string_view type, std::string_view text) {
    out += fmt::format(
        "--{}\r\nContent-Type: {}; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n{}\r\n",
        boundary, type, quoted_printable(text));
}

void check_message(const Message& message) {
    const auto check_address = [](const std::string& address) {
        if (!valid_email(address)) {
            throw std::invalid_argument("a mail has an invalid address");
        }
    };
    check_address(message.from.address);
    check_address(message.to.address);
    check_address(message.id);
    if (!message.reply_to.empty()) {
        check_address(message.reply_to);
    }
}

}  // namespace

std::string encoded_text(std::string_view text, std::size_t used) {
    const auto line = one_line(text);
    const bool plain = is_ascii(line) && line.find("=?") == std::string::npos &&
                       line.find_first_not_of(' ') != std::string::npos && line.front() != ' ' && line.back() != ' ';
    // A word that is longer than a line is encoded too, since it cannot be folded.
    const auto longest = [&] {
        std::size_t most = 0;
        for (std::size_t at = 0; at < line.size();) {
            const auto end = std::min(line.find(' ', at), line.size());
            most = std::max(most, end - at);
            at = end + 1;
        }
        return most;
    };
    if (line.empty()) {
        return "";
    }
    return plain && longest() < kLineLength - 10 ? folded_at_spaces(line, used) : encoded_words(line, used);
}

std::string encoded_mailbox(const Mailbox& mailbox, std::size_t used) {
    const auto address = fmt::format("<{}>", mailbox.address);
    const auto name = one_line(trimmed(mailbox.name));
    if (name.find_first_not_of(' ') == std::string::npos) {
        return mailbox.address;
    }
    std::string shown;
    if (!is_ascii(name) || name.find("=?") != std::string::npos || name.size() > 60) {
        shown = encoded_words(name, used);
    } else if (std::all_of(name.begin(), name.end(), is_atom_text)) {
        shown = name;
    } else {
        shown = "\"";
        for (const char c : name) {
            shown += c == '"' || c == '\\' ? std::string{'\\', c} : std::string{c};
        }
        shown += '"';
    }
    const auto last_line =
        shown.rfind('\n') == std::string::npos ? used + shown.size() : shown.size() - shown.rfind('\n');
    return shown + (last_line + address.size() + 1 > kLineLength ? std::string(kFold) : " ") + address;
}

std::string quoted_printable(std::string_view text) {
    std::string out;
    std::size_t column = 0;
    const auto put = [&](std::string_view piece) {
        if (column + piece.size() > kLineLength - 1) {
            out += "=\r\n";
            column = 0;
        }
        out += piece;
        column += piece.size();
    };
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        const char following = at + 1 < text.size() ? text[at + 1] : '\n';
        if (c == '\r' && following == '\n') {
            continue;
        }
        if (c == '\n' || c == '\r') {
            out += "\r\n";
            column = 0;
            continue;
        }
        const bool at_line_end = following == '\n' || following == '\r';
        const bool literal = (c >= '!' && c <= '~' && c != '=') || ((c == ' ' || c == '\t') && !at_line_end);
        if (literal) {
            put({&c, 1});
        } else {
            put(fmt::format("={:02X}", static_cast<unsigned char>(c)));
        }
    }
    return out;
}

std::string mail_date(Time time) {
    return fmt::format("{:%a, %d %b %Y %H:%M:%S} +0000", fmt::gmtime(static_cast<std::time_t>(time.ms / 1000)));
}

std::string compose(const Message& message) {
    check_message(message);
    const auto reply_to = message.reply_to.empty() ? "" : fmt::format("Reply-To: {}\r\n", message.reply_to);
    // The parts are quoted-printable, which cannot contain "=_".
    const std::string boundary = "=_orderd_parts";
    auto out = fmt::format(
        "Date: {}\r\nFrom: {}\r\nTo: {}\r\n{}Message-ID:\r\n <{}>\r\nSubject: {}\r\nMIME-Version: 1.0\r\n"
        "Auto-Submitted: auto-generated\r\nContent-Type: multipart/alternative; boundary=\"{}\"\r\n\r\n",
        mail_date(message.date), encoded_mailbox(message.from, 6), encoded_mailbox(message.to, 4), reply_to, message.id,
        encoded_text(message.subject, 9), boundary);
    append_part(out, boundary, "text/plain", message.text);
    append_part(out, boundary, "text/html", message.html);
    out += fmt::format("--{}--\r\n", boundary);
    return out;
}

}  // namespace orderd::notify
