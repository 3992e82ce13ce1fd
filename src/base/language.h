#pragma once

#include <cstdint>
#include <initializer_list>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/money.h"
#include "base/time.h"
#include "base/time_zone.h"

namespace orderd {

/// A language that customers read: every text for them, and how it writes money, numbers and dates. Each is one file of
/// base/languages/, by its code, with a line for each text:
///
///     order.title = Order {order_number}
///
/// {order_number} is a placeholder, ~ a no-break space, and ^ a narrow one. A text that differs by a number is two:
/// parcels.one and parcels.other, with {n} in place of the number. Lines that begin with # are comments. All files have the
/// same texts with the same placeholders, but for the names under "currency.": tests/base/language_test.cpp keeps that, and that each text is used.
/// Immutable, thread-safe, and alive as long as the program: keep references and pointers to it.
class Language {
public:
    static const Language& english();

    /// All languages, ordered by code.
    static const std::vector<Language>& all();
    static std::vector<std::string> codes();

    /// The language with this code ("de", "DE"). nullptr if there is none.
    static const Language* find(std::string_view code);

    /// Reads a file. @throws std::runtime_error that names the line, or what is missing of the formats
    static Language parse(std::string_view code, std::string_view file);

    const std::string& code() const { return code_; }

    /// Its texts by their names, each with its placeholders.
    const std::map<std::string, std::string, std::less<>>& texts() const { return texts_; }

    /// A text with its placeholders: the shop's own (base/own_words.h), or else the catalogue's. Keep no reference to it
    /// beyond a request. @throws std::logic_error for an unknown name
    const std::string& text(std::string_view name) const;

    /// A placeholder's name and what stands in its place.
    using Value = std::pair<std::string_view, std::string>;

    /// A text with values in place of its placeholders. @throws std::logic_error for an unknown name, and where a
    /// placeholder has no value
    std::string say(std::string_view name, std::initializer_list<Value> values = {}) const;

    /// The text NAME.one or NAME.other, by the language's rule for the number, which is {n} in it.
    std::string count(std::string_view name, std::int64_t n, std::initializer_list<Value> values = {}) const;

    std::string number(std::int64_t n) const;  ///< "1,234"

    /// "€1,234.50", "−¥500", "CHF 19.99": with the currency's symbol if the language has a common one, or else its code.
    std::string money(Money amount, std::string_view currency) const;

    std::string percent(Rate rate) const;  ///< "19%", "8.875%"

    std::string date(Day day) const;                       ///< "3 December 2026"
    std::string date(Time t, const TimeZone& zone) const;  ///< of the day that the zone has at that moment
    std::string time(Time t, const TimeZone& zone) const;  ///< "3 December 2026, 14:05 CET"
    std::string country(std::string_view code) const;      ///< "Germany"; the code itself if it is unknown

private:
    Language() = default;
    std::string grouped(std::string_view decimal) const;

    std::string code_;
    std::map<std::string, std::string, std::less<>> texts_;
    std::vector<std::string> months_;
    std::set<std::int64_t, std::less<>> ones_;  ///< the numbers that take the form .one
    std::size_t grouped_from_ = 4;              ///< digits
};

/// The names of a text's placeholders: {"order_number"}.
std::set<std::string> placeholders_of(std::string_view text);

/// Whether each brace of a text is of a placeholder.
bool has_whole_placeholders(std::string_view text);

/// A text with `replace(name)` in place of each placeholder.
template <class Replace>
std::string with_placeholders(std::string_view text, Replace replace) {
    std::string out;
    while (!text.empty()) {
        const auto open = text.find('{');
        out += text.substr(0, open);
        if (open == std::string_view::npos) {
            break;
        }
        const auto close = text.find('}', open);
        out += replace(text.substr(open + 1, close - open - 1));
        text.remove_prefix(close + 1);
    }
    return out;
}

}  // namespace orderd
