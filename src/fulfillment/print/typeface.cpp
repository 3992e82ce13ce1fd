#include "fulfillment/print/typeface.h"

#include <fmt/format.h>
#include <hb.h>
#include <utf8proc.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "base/embedded.h"
#include "base/gzip.h"

namespace orderd::fulfillment::print {

namespace {

/// One letter of a text, with its properties.
struct Letter {
    std::uint32_t code = 0;
    std::size_t at = 0;  ///< in bytes
    std::size_t size = 0;
    hb_script_t script = HB_SCRIPT_COMMON;
    int level = 0;  ///< even: left to right
    std::size_t font = 0;
};

utf8proc_bidi_class_t bidi(std::uint32_t code) {
    return static_cast<utf8proc_bidi_class_t>(utf8proc_get_property(static_cast<utf8proc_int32_t>(code))->bidi_class);
}

bool is_invisible(std::uint32_t code) {
    return utf8proc_get_property(static_cast<utf8proc_int32_t>(code))->ignorable != 0;
}

bool is_mark(std::uint32_t code) {
    const auto category = utf8proc_category(static_cast<utf8proc_int32_t>(code));
    return category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_MC || category == UTF8PROC_CATEGORY_ME;
}

std::vector<Letter> letters_of(std::string_view text) {
    std::vector<Letter> letters;
    const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
    for (std::size_t at = 0; at < text.size();) {
        utf8proc_int32_t code = 0;
        const auto size = utf8proc_iterate(bytes + at, static_cast<utf8proc_ssize_t>(text.size() - at), &code);
        if (size <= 0) {
            throw Unprintable("it is not UTF-8");
        }
        letters.push_back({.code = static_cast<std::uint32_t>(code), .at = at, .size = static_cast<std::size_t>(size)});
        at += static_cast<std::size_t>(size);
    }
    return letters;
}

/// Finds the script of each letter. Punctuation and marks take the script of the letters around them.
void find_scripts(std::vector<Letter>& letters) {
    auto* unicode = hb_unicode_funcs_get_default();
    auto known = HB_SCRIPT_COMMON;
    const auto is_common = [](hb_script_t s) { return s == HB_SCRIPT_COMMON || s == HB_SCRIPT_INHERITED; };
    for (auto& letter : letters) {
        const auto script = hb_unicode_script(unicode, letter.code);
        known = is_common(script) ? known : script;
        letter.script = known;
    }
    for (auto it = letters.rbegin(); it != letters.rend(); ++it) {
        known = is_common(it->script) ? known : it->script;
        it->script = known;
    }
}

enum class Strength { left, right, number, weak };

Strength strength(std::uint32_t code) {
    switch (bidi(code)) {
        case UTF8PROC_BIDI_CLASS_L: return Strength::left;
        case UTF8PROC_BIDI_CLASS_R:
        case UTF8PROC_BIDI_CLASS_AL: return Strength::right;
        case UTF8PROC_BIDI_CLASS_EN:
        case UTF8PROC_BIDI_CLASS_AN: return Strength::number;
        default: return Strength::weak;
    }
}

/// Finds the levels by UAX #9, rules P2 and P3, then W, N and I without explicit marks. @returns whether the
/// line is right to left
bool find_levels(std::vector<Letter>& letters) {
    bool base_right = false;
    for (const auto& letter : letters) {
        if (const auto s = strength(letter.code); s == Strength::left || s == Strength::right) {
            base_right = s == Strength::right;
            break;
        }
    }
    // Numbers read left to right inside text of either direction; between letters they count as part of the
    // text around them.
    std::vector<Strength> strengths;
    auto strong = base_right ? Strength::right : Strength::left;
    for (std::size_t i = 0; i < letters.size(); ++i) {
        auto s = strength(letters[i].code);
        const bool between_numbers = s == Strength::weak && i > 0 && i + 1 < letters.size() &&
                                     strengths[i - 1] == Strength::number &&
                                     strength(letters[i + 1].code) == Strength::number;
        const auto kind = bidi(letters[i].code);
        if (between_numbers && (kind == UTF8PROC_BIDI_CLASS_CS || kind == UTF8PROC_BIDI_CLASS_ES)) {
            s = Strength::number;  // 1.5, 12-14
        }
        if (kind == UTF8PROC_BIDI_CLASS_NSM && i > 0) {
            s = strengths[i - 1];
        }
        if (s == Strength::left || s == Strength::right) {
            strong = s;
        } else if (s == Strength::number && strong == Strength::left) {
            s = Strength::left;
        }
        strengths.push_back(s);
    }
    const auto side = [&](std::size_t i) { return strengths[i] == Strength::left ? Strength::left : Strength::right; };
    for (std::size_t i = 0; i < letters.size(); ++i) {
        auto s = strengths[i];
        if (s == Strength::weak) {
            const auto base = base_right ? Strength::right : Strength::left;
            auto before = i;
            while (before > 0 && strengths[before - 1] == Strength::weak) {
                --before;
            }
            auto after = i;
            while (after + 1 < letters.size() && strengths[after + 1] == Strength::weak) {
                ++after;
            }
            const auto left = before > 0 ? side(before - 1) : base;
            const auto right = after + 1 < letters.size() ? side(after + 1) : base;
            s = left == right ? left : base;
        }
        letters[i].level = s == Strength::number ? 2 : s == Strength::right ? 1 : base_right ? 2 : 0;
    }
    return base_right;
}

/// A part of a text in one font, script and direction.
struct Run {
    std::size_t begin = 0;  ///< in letters
    std::size_t end = 0;
    int level = 0;
};

std::vector<Run> runs_of(const std::vector<Letter>& letters) {
    std::vector<Run> runs;
    for (std::size_t i = 0; i < letters.size(); ++i) {
        const auto& letter = letters[i];
        if (runs.empty() || letters[i - 1].level != letter.level || letters[i - 1].script != letter.script ||
            letters[i - 1].font != letter.font) {
            runs.push_back({i, i, letter.level});
        }
        runs.back().end = i + 1;
    }
    return runs;
}

/// UAX #9, rule L2: from the highest level down, reverses the runs at that level or above.
void reorder(std::vector<Run>& runs) {
    for (int level = 2; level >= 1; --level) {
        for (auto it = runs.begin(); it != runs.end();) {
            const auto from = std::find_if(it, runs.end(), [&](const Run& run) { return run.level >= level; });
            it = std::find_if(from, runs.end(), [&](const Run& run) { return run.level < level; });
            std::reverse(from, it);
        }
    }
}

std::unique_ptr<Font> built_in() { return std::make_unique<Font>(inflated(embedded::label_font())); }

std::string name_of(const Letter& letter) {
    if (letter.script == HB_SCRIPT_COMMON || letter.script == HB_SCRIPT_INHERITED ||
        letter.script == HB_SCRIPT_UNKNOWN) {
        return fmt::format("U+{:04X}", letter.code);
    }
    const auto tag = static_cast<std::uint32_t>(letter.script);  // ISO 15924: "Hani"
    return fmt::format("the script {}{}{}{}", static_cast<char>(tag >> 24), static_cast<char>(tag >> 16 & 0xff),
                       static_cast<char>(tag >> 8 & 0xff), static_cast<char>(tag & 0xff));
}

/// Whether a line may end before this letter without a space there: scripts that are written without spaces.
bool may_break_before(const Letter& letter) {
    switch (letter.script) {
        case HB_SCRIPT_HAN:
        case HB_SCRIPT_HIRAGANA:
        case HB_SCRIPT_KATAKANA:
        case HB_SCRIPT_THAI:
        case HB_SCRIPT_LAO:
        case HB_SCRIPT_KHMER:
        case HB_SCRIPT_MYANMAR: return !is_mark(letter.code);
        default: return false;
    }
}

/// The words of a text, each with the spaces before it; a line may end before each word.
std::vector<std::string> words_of(std::string_view text) {
    auto letters = letters_of(text);
    find_scripts(letters);
    std::vector<std::string> words(1);
    for (std::size_t i = 0; i < letters.size(); ++i) {
        const bool space = letters[i].code == ' ';
        const bool after_space = i > 0 && letters[i - 1].code == ' ';
        if (i > 0 && ((space && !after_space) || (!space && !after_space && may_break_before(letters[i])))) {
            words.emplace_back();
        }
        words.back() += text.substr(letters[i].at, letters[i].size);
    }
    return words;
}

}  // namespace

Typeface::Typeface(const std::vector<std::filesystem::path>& more) {
    fonts_.push_back(built_in());
    for (const auto& path : more) {
        std::ifstream file(path, std::ios::binary);
        std::string bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
        if (!file) {
            throw std::runtime_error(fmt::format("the font {} cannot be read", path.string()));
        }
        try {
            fonts_.push_back(std::make_unique<Font>(std::move(bytes)));
        } catch (const std::runtime_error& error) {
            throw std::runtime_error(fmt::format("the font {}: {}", path.string(), error.what()));
        }
    }
}

Typeface::~Typeface() = default;

std::size_t Typeface::font_for(std::uint32_t letter, std::size_t before) const {
    if (is_invisible(letter) || (is_mark(letter) && fonts_[before]->has(letter))) {
        return before;
    }
    for (std::size_t i = 0; i < fonts_.size(); ++i) {
        if (fonts_[i]->has(letter)) {
            return i;
        }
    }
    return fonts_.size();
}

Line Typeface::set(std::string_view text) const {
    auto letters = letters_of(text);
    find_scripts(letters);
    Line line;
    line.right_to_left = find_levels(letters);
    std::size_t font = 0;
    for (auto& letter : letters) {
        font = font_for(letter.code, font);
        if (font == fonts_.size()) {
            throw Unprintable(fmt::format("no font here has letters of {}", name_of(letter)));
        }
        letter.font = font;
    }
    auto runs = runs_of(letters);
    reorder(runs);
    for (const auto& run : runs) {
        const auto& first = letters[run.begin];
        const auto& last = letters[run.end - 1];
        const auto end = last.at + last.size;
        const auto glyphs = fonts_[first.font]->shape(text, first.at, end - first.at, run.level % 2 == 1);
        for (std::size_t i = 0; i < glyphs.size(); ++i) {
            const auto& glyph = glyphs[i];
            std::string meaning;
            if (i == 0 || glyphs[i - 1].cluster != glyph.cluster) {
                auto next = end;
                for (const auto& other : glyphs) {
                    next = other.cluster > glyph.cluster ? std::min(next, other.cluster) : next;
                }
                meaning = text.substr(glyph.cluster, next - glyph.cluster);
            }
            line.pieces.push_back({.font = first.font,
                                   .glyph = glyph.id,
                                   .x = line.width + glyph.x,
                                   .y = glyph.y,
                                   .letters = std::move(meaning)});
            line.width += glyph.advance;
        }
    }
    return line;
}

Paragraph Typeface::measure(std::string_view text) const {
    Paragraph paragraph;
    const auto space = set(" ").width;
    for (const auto& word : words_of(text)) {
        const auto first = std::min(word.find_first_not_of(' '), word.size());
        const auto letters = word.substr(first);
        if (!letters.empty()) {
            paragraph.words.push_back({.text = letters,
                                       .width = set(letters).width,
                                       .spaces = word.substr(0, first),
                                       .spaces_width = space * static_cast<double>(first)});
            paragraph.widest = std::max(paragraph.widest, paragraph.words.back().width);
        }
    }
    return paragraph;
}

std::vector<std::string> Typeface::wrap(const Paragraph& paragraph, double width) const {
    std::vector<std::string> lines;
    double filled = 0;
    for (const auto& word : paragraph.words) {
        if (!lines.empty() && filled + word.spaces_width + word.width <= width) {
            lines.back() += word.spaces + word.text;
            filled += word.spaces_width + word.width;
            continue;
        }
        auto rest = word.text;
        filled = word.width;
        while (filled > width) {  // a word that is wider than a line
            const auto letters = letters_of(rest);
            std::size_t kept = 1;
            while (kept + 1 < letters.size() && set(rest.substr(0, letters[kept + 1].at)).width <= width) {
                ++kept;
            }
            if (kept >= letters.size()) {
                break;
            }
            lines.push_back(rest.substr(0, letters[kept].at));
            rest.erase(0, letters[kept].at);
            filled = set(rest).width;
        }
        lines.push_back(rest);
    }
    return lines;
}

}  // namespace orderd::fulfillment::print
