#include "base/templates.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <optional>
#include <stdexcept>

#include <kainjow/mustache.hpp>

#include "base/embedded.h"
#include "base/log.h"
#include "base/text.h"

namespace orderd {

namespace {

namespace mustache = kainjow::mustache;

constexpr std::size_t kLargest = 64 * 1024;  ///< of a shop's own file
constexpr int kMostIncludes = 200;           ///< in one rendering: stops endless includes
constexpr std::string_view kWords = "words.";

std::string_view ending_of(std::string_view name) { return name.substr(std::min(name.rfind('.'), name.size())); }

mustache::data data_of(const Json& json) {
    switch (json.type()) {
        case Json::value_t::object: {
            mustache::data object{mustache::data::type::object};
            for (const auto& [key, value] : json.items()) {
                object.set(key, data_of(value));
            }
            return object;
        }
        case Json::value_t::array: {
            mustache::data list{mustache::data::type::list};
            for (const auto& value : json) {
                list.push_back(data_of(value));
            }
            return list;
        }
        case Json::value_t::string: {
            const auto& text = json.get_ref<const std::string&>();
            return text.empty() ? mustache::data(false) : mustache::data(text);
        }
        case Json::value_t::boolean: return json.get<bool>();
        case Json::value_t::null:
        case Json::value_t::binary:
        case Json::value_t::discarded: return false;
        default: return json.dump();
    }
}

/// A template with `replace(NAME)` in place of each {{words.NAME}}, and of {{{words.NAME}}}.
template <class Replace>
std::string with_words(std::string_view text, Replace replace) {
    std::string out;
    while (true) {
        const auto open = std::min(text.find("{{"), text.size());
        out += text.substr(0, open);
        text.remove_prefix(open);
        const auto braces = std::min(text.find_first_not_of('{'), std::size_t{3});
        const auto close = text.find("}}");
        if (text.empty() || close == std::string_view::npos) {
            return out.append(text);
        }
        const auto tag = trimmed(text.substr(braces, std::max(close, braces) - braces));
        const auto end = std::min(close + braces, text.size());
        if (tag.starts_with(kWords)) {
            out += replace(tag.substr(kWords.size()));
        } else {
            out += text.substr(0, end);
        }
        text.remove_prefix(end);
    }
}

/// The template with its words in a language, as text of Mustache.
std::string in_language(std::string_view text, const Language& language, bool escaped) {
    return with_words(text, [&](std::string_view name) {
        const auto& words = language.text(name);
        return with_placeholders(escaped ? escape_html(words) : words,
                                 [](std::string_view placeholder) { return fmt::format("{{{{{}}}}}", placeholder); });
    });
}

/// The first {{words.NAME}} that is no text; empty if there is none.
std::string unknown_words(std::string_view text) {
    std::string unknown;
    with_words(text, [&](std::string_view name) {
        if (unknown.empty() && !Language::english().texts().contains(name)) {
            unknown = name;
        }
        return "";
    });
    return unknown;
}

/// The text of a shop's own file, or why it cannot be used.
struct Own {
    std::string text = {};
    std::string problem = {};
};

std::optional<Own> own_file(const std::filesystem::path& file) {
    std::error_code error;
    if (!std::filesystem::exists(file, error)) {
        return std::nullopt;
    }
    std::ifstream in(file, std::ios::binary);
    Own own;
    own.text.resize(kLargest + 1);
    in.read(own.text.data(), static_cast<std::streamsize>(own.text.size()));
    own.text.resize(static_cast<std::size_t>(std::max<std::streamsize>(in.gcount(), 0)));
    if (!in.is_open() || in.bad()) {
        own.problem = "cannot be read";
    } else if (own.text.size() > kLargest) {
        own.problem = fmt::format("is larger than {} KiB", kLargest / 1024);
    } else if (!valid_utf8(own.text)) {
        own.problem = "is not UTF-8";
    } else {
        try {
            own.problem = mustache::mustache(own.text).error_message();
            if (const auto name = unknown_words(own.text); own.problem.empty() && !name.empty()) {
                own.problem = fmt::format("has {{{{words.{}}}}}, and there is no such text", name);
            }
        } catch (const std::exception& failure) {
            own.problem = fmt::format("cannot be parsed: {}", failure.what());
        }
    }
    return own;
}

/// One rendering of a template and its includes.
class Rendering {
public:
    /// `folder`: of the shop's own files; null: only built-in templates are used.
    Rendering(const std::filesystem::path* folder, const Language& language) : folder_(folder), language_(language) {}

    std::string run(std::string_view name, const Json& data) {
        const auto ending = ending_of(name);
        auto values = data_of(data);
        values.set("lang", language_.code());
        values.set("language", data_of(Json{{language_.code(), true}}));
        for (const auto& file : embedded::templates()) {
            const std::string key(file.name.substr(0, file.name.size() - ending_of(file.name).size()));
            if (ending_of(file.name) == ending && !data.contains(key)) {  // data takes precedence over includes
                values.set(key, mustache::data{mustache::partial([this, file] { return include(file); })});
            }
        }
        const auto* file = embedded::find_template(name);
        if (file == nullptr) {
            throw std::logic_error(fmt::format("there is no template {}", name));
        }
        mustache::mustache parsed(text_of(*file));
        if (ending != ".html") {
            parsed.set_custom_escape([](const std::string& text) { return text; });
        }
        auto out = parsed.render(values);
        if (!parsed.is_valid()) {
            throw std::runtime_error(parsed.error_message());
        }
        return out;
    }

private:
    std::string include(const embedded::Template& file) {
        if (++includes_ > kMostIncludes) {
            throw std::runtime_error("templates include each other without an end");
        }
        return text_of(file);
    }

    std::string text_of(const embedded::Template& file) const {
        const bool escaped = ending_of(file.name) == ".html";
        if (folder_ != nullptr) {
            if (auto own = own_file(*folder_ / file.name)) {
                if (own->problem.empty()) {
                    return in_language(own->text, language_, escaped);
                }
                log::warning("the shop's own template is broken; the built-in one is used",
                             {{"template", file.name}, {"problem", own->problem}});
            }
        }
        return in_language(file.text, language_, escaped);
    }

    const std::filesystem::path* folder_;
    const Language& language_;
    int includes_ = 0;
};

}  // namespace

std::string Templates::render(std::string_view name, const Json& data, const Language& language) const {
    try {
        return Rendering(&folder_, language).run(name, data);
    } catch (const std::runtime_error& failure) {
        log::warning("the shop's own templates cannot be used; the built-in ones are",
                     {{"template", name}, {"problem", failure.what()}});
        return Rendering(nullptr, language).run(name, data);
    }
}

std::vector<Templates::Override> Templates::overrides() const {
    std::vector<Override> found;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(folder_, error)) {
        const auto name = entry.path().filename().string();
        if (embedded::find_template(name) == nullptr) {
            found.push_back({name, "orderd has no template of this name"});
        } else {
            const auto own = own_file(entry.path());
            found.push_back({name, own ? own->problem : "cannot be read"});
        }
    }
    std::sort(found.begin(), found.end(), [](const Override& a, const Override& b) { return a.name < b.name; });
    return found;
}

}  // namespace orderd
