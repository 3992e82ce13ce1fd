#include "base/language.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <span>
#include <stdexcept>
#include <utility>

#include "base/embedded.h"
#include "base/own_words.h"
#include "base/plain_time.h"
#include "base/text.h"

namespace orderd {

namespace {

constexpr std::string_view kNoBreakSpace = "\u00a0";
constexpr std::string_view kNarrowNoBreakSpace = "\u202f";

/// What every language says of itself. Texts beside these are looked up when they are said.
constexpr std::string_view kFormats[] = {"format.decimal",   "format.group",   "format.grouped_from",
                                         "format.minus",     "format.money",   "format.money_by_code",
                                         "format.months",    "format.percent", "format.date",
                                         "format.first_day", "format.time",    "format.one"};

std::string with_no_break_spaces(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '~') {
            out += kNoBreakSpace;
        } else if (c == '^') {
            out += kNarrowNoBreakSpace;
        } else {
            out += c;
        }
    }
    return out;
}

bool is_name(std::string_view name) {
    return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
    });
}

std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words;
    while (!text.empty()) {
        const auto end = std::min(text.find(' '), text.size());
        words.emplace_back(text.substr(0, end));
        text = trimmed(text.substr(end));
    }
    return words;
}

std::int64_t whole_number(std::string_view text) {
    std::int64_t value = 0;
    const auto* const end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, value);
    if (read.ec != std::errc() || read.ptr != end || value < 0) {
        throw std::runtime_error(fmt::format("\"{}\" is not a whole number", text));
    }
    return value;
}

std::string filled(std::string_view name, std::string_view text, std::span<const Language::Value> values) {
    return with_placeholders(text, [&](std::string_view placeholder) -> const std::string& {
        const auto value = std::find_if(values.begin(), values.end(),
                                        [&](const Language::Value& it) { return it.first == placeholder; });
        if (value == values.end()) {
            throw std::logic_error(fmt::format("{} is said without a value for {{{}}}", name, placeholder));
        }
        return value->second;
    });
}

std::vector<Language> read_all() {
    std::vector<Language> languages;
    for (const auto& file : embedded::languages()) {
        languages.push_back(Language::parse(file.code, file.text));
    }
    return languages;
}

}  // namespace

bool has_whole_placeholders(std::string_view text) {
    while (true) {
        const auto open = text.find_first_of("{}");
        if (open == std::string_view::npos) {
            return true;
        }
        const auto close = text.find('}', open);
        if (text[open] == '}' || close == std::string_view::npos || !is_name(text.substr(open + 1, close - open - 1))) {
            return false;
        }
        text.remove_prefix(close + 1);
    }
}

const std::vector<Language>& Language::all() {
    static const auto languages = read_all();
    return languages;
}

std::vector<std::string> Language::codes() {
    std::vector<std::string> codes;
    for (const auto& language : all()) {
        codes.push_back(language.code());
    }
    return codes;
}

const Language* Language::find(std::string_view code) {
    const auto found = std::find_if(all().begin(), all().end(), [&](const Language& language) {
        return equal_ignoring_case(language.code(), code);
    });
    return found == all().end() ? nullptr : &*found;
}

const Language& Language::english() {
    static const auto& language = *find("en");
    return language;
}

Language Language::parse(std::string_view code, std::string_view file) {
    Language language;
    language.code_ = code;
    for (int line_number = 1; !file.empty(); ++line_number) {
        const auto end = std::min(file.find('\n'), file.size());
        const auto line = trimmed(file.substr(0, end));
        file.remove_prefix(std::min(end + 1, file.size()));
        if (line.empty() || line.starts_with('#')) {
            continue;
        }
        const auto equals = std::min(line.find('='), line.size());
        const auto name = trimmed(line.substr(0, equals));
        const auto text = trimmed(line.substr(std::min(equals + 1, line.size())));
        if (!is_name(name) || text.empty() || !has_whole_placeholders(text)) {
            throw std::runtime_error(
                fmt::format("{}: line {} is not \"name = a text with {{placeholders}}\"", code, line_number));
        }
        if (!language.texts_.emplace(name, with_no_break_spaces(text)).second) {
            throw std::runtime_error(fmt::format("{}: line {}: {} is there twice", code, line_number, name));
        }
    }
    for (const auto name : kFormats) {
        if (!language.texts_.contains(name)) {
            throw std::runtime_error(fmt::format("{}: there is no {}", code, name));
        }
    }
    language.months_ = words_of(language.text("format.months"));
    if (language.months_.size() != 12) {
        throw std::runtime_error(fmt::format("{}: format.months has {} words, not 12", code, language.months_.size()));
    }
    for (const auto& one : words_of(language.text("format.one"))) {
        language.ones_.insert(whole_number(one));
    }
    language.grouped_from_ = static_cast<std::size_t>(whole_number(language.text("format.grouped_from")));
    return language;
}

const std::string& Language::text(std::string_view name) const {
    if (const auto* words = OwnWords::here()) {
        if (const auto* own = words->find(code_, name)) {
            return *own;
        }
    }
    const auto found = texts_.find(name);
    if (found == texts_.end()) {
        throw std::logic_error(fmt::format("the language {} has no text {}", code_, name));
    }
    return found->second;
}

std::string Language::say(std::string_view name, std::initializer_list<Value> values) const {
    return filled(name, text(name), values);
}

std::string Language::count(std::string_view name, std::int64_t n, std::initializer_list<Value> values) const {
    std::vector<Value> all(values);
    all.emplace_back("n", number(n));
    return filled(name, text(fmt::format("{}.{}", name, ones_.contains(n) ? "one" : "other")), all);
}

/// "1234.5", without a sign, becomes "1,234.5".
std::string Language::grouped(std::string_view decimal) const {
    const auto whole = decimal.substr(0, decimal.find('.'));
    std::string out;
    for (std::size_t i = 0; i < whole.size(); ++i) {
        if (i > 0 && (whole.size() - i) % 3 == 0 && whole.size() >= grouped_from_) {
            out += text("format.group");
        }
        out += whole[i];
    }
    if (whole.size() < decimal.size()) {
        out += text("format.decimal");
        out += decimal.substr(whole.size() + 1);
    }
    return out;
}

std::string Language::number(std::int64_t n) const {
    const auto digits = fmt::format("{}", n);
    return n < 0 ? text("format.minus") + grouped(std::string_view(digits).substr(1)) : grouped(digits);
}

std::string Language::money(Money amount, std::string_view currency) const {
    const auto decimal = decimal_money(amount, currency);
    const bool negative = amount.minor < 0;
    auto size = grouped(std::string_view(decimal).substr(negative ? 1 : 0));
    const auto symbol = texts_.find(fmt::format("currency.{}", currency));
    return (negative ? text("format.minus") : "") +
           (symbol == texts_.end() ? say("format.money_by_code", {{"code", std::string(currency)}, {"number", size}})
                                   : say("format.money", {{"symbol", symbol->second}, {"number", size}}));
}

std::string Language::percent(Rate rate) const {
    auto decimal = fmt::format("{}.{:04}", rate.ppm / 10'000, rate.ppm % 10'000);
    decimal.erase(decimal.find_last_not_of('0') + 1);
    if (decimal.ends_with('.')) {
        decimal.pop_back();
    }
    return say("format.percent", {{"number", grouped(decimal)}});
}

std::string Language::date(Day day) const {
    const auto iso = to_text(day);  // "2026-12-03"
    const auto month = static_cast<std::size_t>(whole_number(iso.substr(5, 2)));
    const auto of_month = whole_number(iso.substr(8, 2));
    return say("format.date", {{"day", of_month == 1 ? text("format.first_day") : fmt::format("{}", of_month)},
                               {"month", months_.at(month - 1)},
                               {"year", iso.substr(0, 4)}});
}

std::string Language::date(Time t, const TimeZone& zone) const { return date(zone.day_of(t)); }

std::string Language::time(Time t, const TimeZone& zone) const {
    const auto plain = plain_time(t, zone);  // "2026-12-03 14:05 CET"
    return say("format.time", {{"date", date(t, zone)},
                               {"hour", plain.substr(11, 2)},
                               {"minute", plain.substr(14, 2)},
                               {"clock", plain.substr(17)}});
}

std::string Language::country(std::string_view code) const {
    const auto found = texts_.find(fmt::format("country.{}", code));
    return found == texts_.end() ? std::string(code) : found->second;
}

std::set<std::string> placeholders_of(std::string_view text) {
    std::set<std::string> names;
    with_placeholders(text, [&](std::string_view name) {
        names.emplace(name);
        return "";
    });
    return names;
}

}  // namespace orderd
