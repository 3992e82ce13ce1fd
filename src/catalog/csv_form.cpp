#include "catalog/csv_form.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"
#include "catalog/csv.h"

namespace orderd::csv {

namespace {

constexpr std::array kSeparators{',', ';', '\t'};

// Windows-1252 from 0x80 to 0x9F; 0: no character. The rest of it is Latin-1.
constexpr std::array<char16_t, 32> kWindows1252{
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178,
};

unsigned byte_at(std::string_view text, std::size_t at) { return static_cast<unsigned char>(text[at]); }

/// Whether a well-formed UTF-8 character beyond ASCII begins here.
bool has_character_at(std::string_view text, std::size_t at) {
    const auto first = byte_at(text, at);
    const std::size_t length = first >= 0xF0U ? 4 : first >= 0xE0U ? 3 : 2;
    return first >= 0xC2U && at + length <= text.size() && valid_utf8(text.substr(at, length));
}

Encoding encoding_of(std::string_view text) {
    bool has_other_bytes = false;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (byte_at(text, at) < 0x80U) {
            continue;
        }
        if (has_character_at(text, at)) {
            return Encoding::utf8;
        }
        has_other_bytes = true;
    }
    return has_other_bytes ? Encoding::windows_1252 : Encoding::utf8;
}

/// Whether a character can separate fields: one that neither values, quotes nor lines are made of.
bool can_separate(char c) {
    const bool is_letter_or_digit = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    return c == '\t' || (c >= 0x20 && c < 0x7F && c != '"' && !is_letter_or_digit);
}

/// Takes a first line like `sep=;`, which a program that quotes every field writes as `"sep=;"`.
void take_separator_line(std::string_view text, Form& form) {
    constexpr std::string_view kBegins = "sep=";
    constexpr auto kLength = kBegins.size() + 1;
    const auto end = std::min(text.find_first_of("\r\n", form.begins_at), text.size());
    auto line = text.substr(form.begins_at, end - form.begins_at);
    if (line.size() == kLength + 2 && line.front() == '"' && line.back() == '"') {
        line = line.substr(1, kLength);
    }
    if (line.size() != kLength || !equal_ignoring_case(line.substr(0, kBegins.size()), kBegins) ||
        !can_separate(line.back())) {
        return;
    }
    form.separator = line.back();
    form.begins_at = end + (text.substr(end).starts_with("\r\n") ? 2 : end < text.size() ? 1 : 0);
    form.first_line = 2;
}

/// How well a separator fits the first record: how many of the columns it finds, and how many fields.
std::pair<std::size_t, std::size_t> fit(std::string_view text, Form form, char separator,
                                        std::span<const std::string_view> columns) {
    form.separator = separator;
    Reader reader(text, form);
    Record record;
    if (!reader.next(record) || !record.fault.empty()) {
        return {0, 0};
    }
    const auto is_column = [&](const std::string& field) {
        return std::any_of(columns.begin(), columns.end(),
                           [&](std::string_view column) { return equal_ignoring_case(trimmed(field), column); });
    };
    const auto found = std::count_if(record.fields.begin(), record.fields.end(), is_column);
    return {static_cast<std::size_t>(found), record.fields.size()};
}

}  // namespace

std::string separator_name(char separator) {
    switch (separator) {
        case ',': return "comma";
        case ';': return "semicolon";
        case '\t': return "tab";
        default: return {separator};
    }
}

std::string_view to_text(Encoding encoding) { return encoding == Encoding::utf8 ? "UTF-8" : "Windows-1252"; }

Form form_of(std::string_view text, std::span<const std::string_view> columns) {
    Form form;
    if (text.starts_with(kByteOrderMark)) {
        form.begins_at = kByteOrderMark.size();
    } else {
        form.encoding = encoding_of(text);
    }
    take_separator_line(text, form);
    if (form.first_line == 1) {
        form.separator = *std::max_element(kSeparators.begin(), kSeparators.end(), [&](char one, char other) {
            return fit(text, form, one, columns) < fit(text, form, other, columns);
        });
    }
    return form;
}

std::optional<std::string> from_windows_1252(std::string_view bytes) {
    std::string text;
    text.reserve(bytes.size());
    const auto add = [&](unsigned byte) { text += static_cast<char>(byte); };
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        const auto byte = byte_at(bytes, at);
        const unsigned point = byte >= 0x80U && byte < 0xA0U ? kWindows1252[byte - 0x80U] : byte;
        if (byte < 0x80U) {
            add(byte);
        } else if (point == 0) {
            return std::nullopt;
        } else if (point < 0x800U) {
            add(0xC0U | point >> 6U);
            add(0x80U | (point & 0x3FU));
        } else {
            add(0xE0U | point >> 12U);
            add(0x80U | (point >> 6U & 0x3FU));
            add(0x80U | (point & 0x3FU));
        }
    }
    return text;
}

bool is_utf16(std::string_view text) { return text.starts_with("\xff\xfe") || text.starts_with("\xfe\xff"); }

}  // namespace orderd::csv
