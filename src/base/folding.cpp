#include "base/folding.h"

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>
#include <set>
#include <stdexcept>

#include "base/text.h"

namespace orderd {

namespace {

struct Range {
    utf8proc_int32_t first;
    utf8proc_int32_t last;
};

/// Accents, and the vowel signs that Hebrew and Arabic may leave out.
constexpr std::array kAccents{
    Range{0x0300, 0x036F}, Range{0x0483, 0x0487}, Range{0x0591, 0x05BD}, Range{0x05BF, 0x05BF}, Range{0x05C1, 0x05C2},
    Range{0x05C4, 0x05C5}, Range{0x05C7, 0x05C7}, Range{0x0610, 0x061A}, Range{0x064B, 0x065F}, Range{0x0670, 0x0670},
    Range{0x06D6, 0x06DC}, Range{0x1AB0, 0x1ACE}, Range{0x1DC0, 0x1DFF}, Range{0x20D0, 0x20F0}, Range{0xFE20, 0xFE2F},
};

/// Letters that are written with a stroke or as two, and that Unicode does not decompose.
struct Plain {
    utf8proc_int32_t letter;
    std::string_view plain;
};
constexpr std::array kPlain{
    Plain{U'æ', "ae"}, Plain{U'ð', "d"}, Plain{U'ø', "o"}, Plain{U'þ', "th"}, Plain{U'đ', "d"},
    Plain{U'ħ', "h"},  Plain{U'ı', "i"}, Plain{U'ł', "l"}, Plain{U'œ', "oe"}, Plain{U'ŧ', "t"},
};

std::string normalized(std::string_view text, int options) {
    utf8proc_uint8_t* out = nullptr;
    const auto size =
        utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()), static_cast<utf8proc_ssize_t>(text.size()),
                     &out, static_cast<utf8proc_option_t>(UTF8PROC_STABLE | options));
    const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owned(out, &std::free);
    if (size < 0) {
        throw std::invalid_argument("the text to fold is not well-formed UTF-8");
    }
    return {reinterpret_cast<const char*>(out), static_cast<std::size_t>(size)};
}

bool is_accent(utf8proc_int32_t point) {
    return std::any_of(kAccents.begin(), kAccents.end(),
                       [&](const Range& range) { return range.first <= point && point <= range.last; });
}

/// Calls `use(code point, its bytes)` for each character of well-formed UTF-8.
template <class Use>
void each_character(std::string_view text, Use&& use) {
    while (!text.empty()) {
        utf8proc_int32_t point = 0;
        const auto size =
            static_cast<std::size_t>(utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                                      static_cast<utf8proc_ssize_t>(text.size()), &point));
        use(point, text.substr(0, size));
        text.remove_prefix(size);
    }
}

/// Decomposed text without accents.
std::string without_accents(std::string_view text) {
    std::string plain;
    plain.reserve(text.size());
    each_character(text, [&](utf8proc_int32_t point, std::string_view bytes) {
        const auto* stroked =
            std::find_if(kPlain.begin(), kPlain.end(), [&](const Plain& one) { return one.letter == point; });
        if (stroked != kPlain.end()) {
            plain += stroked->plain;
        } else if (!is_accent(point)) {
            plain += bytes;
        }
    });
    return plain;
}

/// A letter, a digit, or a sign that is part of one.
bool is_of_word(utf8proc_int32_t point) {
    const auto category = utf8proc_category(point);
    return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_NO;  // L*, M*, N*
}

/// What an index of words has as letters (schema.sql).
bool is_indexed(utf8proc_int32_t point) {
    return is_of_word(point) || utf8proc_category(point) == UTF8PROC_CATEGORY_CO;
}

bool is_of_alphabet(utf8proc_int32_t point) {
    constexpr utf8proc_int32_t kFirstEastAsian = 0x2E80;
    return point < kFirstEastAsian && is_indexed(point);
}

bool is_space(utf8proc_int32_t point) { return point <= ' ' || utf8proc_category(point) == UTF8PROC_CATEGORY_ZS; }

/// An East Asian letter, or the letter that stands for a sign.
std::string single_word(utf8proc_int32_t point, std::string_view bytes) {
    constexpr utf8proc_int32_t kFirstPrivate = 0xE000;
    constexpr utf8proc_int32_t kPrivate = 6'400;
    if (is_indexed(point)) {
        return std::string(bytes);
    }
    std::array<utf8proc_uint8_t, 4> letter{};
    const auto size = utf8proc_encode_char(kFirstPrivate + point % kPrivate, letter.data());
    return {reinterpret_cast<const char*>(letter.data()), static_cast<std::size_t>(size)};
}

}  // namespace

std::string identifier_key(std::string_view text) {
    std::string key;
    for (const char c : folded(text)) {
        if (c != ' ') {
            key += c;
        } else if (!key.empty() && key.back() != ' ') {
            key += c;
        }
    }
    if (key.ends_with(' ')) {
        key.pop_back();
    }
    return key;
}

std::string search_form(std::string_view text) {
    // Most texts are of ASCII with a few other letters, and utf8proc takes a hundred times as long. A letter of ASCII is
    // joined with nothing but what directly follows it.
    const auto is_other = [](char c) { return static_cast<unsigned char>(c) >= 0x80; };
    std::string form;
    form.reserve(text.size());
    for (auto rest = text; !rest.empty();) {
        const auto other = static_cast<std::size_t>(std::find_if(rest.begin(), rest.end(), is_other) - rest.begin());
        const auto alone = other == rest.size() || other == 0 ? other : other - 1;
        form += folded(rest.substr(0, alone));
        rest.remove_prefix(alone);
        const auto after = static_cast<std::size_t>(
            std::find_if_not(rest.begin() + (other > alone ? 1 : 0), rest.end(), is_other) - rest.begin());
        if (after > 0) {
            const auto decomposed = normalized(
                rest.substr(0, after), UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE);
            form += normalized(without_accents(decomposed), UTF8PROC_COMPOSE);
            rest.remove_prefix(after);
        }
    }
    return form;
}

std::string handle_form(std::string_view text, std::size_t most) {
    std::string handle;
    std::size_t count = 0;
    bool dash = false;
    each_character(search_form(text), [&](utf8proc_int32_t point, std::string_view bytes) {
        if (!is_of_word(point)) {
            dash = count > 0;
            return;
        }
        const std::size_t more = dash ? 2 : 1;
        if (count + more > most) {
            count = most;  // no later character, however short, follows one that was left out
            return;
        }
        handle += dash ? "-" : "";
        handle += bytes;
        count += more;
        dash = false;
    });
    return handle;
}

std::string words_apart(std::string_view text) {
    std::string words;
    words.reserve(text.size());
    each_character(text, [&](utf8proc_int32_t point, std::string_view bytes) {
        if (is_of_alphabet(point)) {
            words += bytes;
        } else {
            words += is_space(point) ? " " : ' ' + single_word(point, bytes) + ' ';
        }
    });
    return words;
}

std::string single_words(std::string_view text) {
    std::set<std::string> found;
    each_character(text, [&](utf8proc_int32_t point, std::string_view bytes) {
        if (!is_of_alphabet(point) && !is_space(point)) {
            found.insert(single_word(point, bytes));
        }
    });
    std::string words;
    for (const auto& word : found) {
        words += words.empty() ? word : ' ' + word;
    }
    return words;
}

bool has_beginning(std::string_view text, std::string_view beginning) {
    bool inside = false;
    bool found = false;
    each_character(text, [&](utf8proc_int32_t point, std::string_view bytes) {
        const auto rest =
            std::string_view(bytes.data(), static_cast<std::size_t>(text.data() + text.size() - bytes.data()));
        found = found || (!inside && rest.starts_with(beginning));
        inside = is_of_alphabet(point);
    });
    return found;
}

}  // namespace orderd
