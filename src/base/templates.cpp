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
    explicit Rendering(const std::filesystem::path* folder) : folder_(folder) {}

    std::string run(std::string_view name, const Json& data) {
        const auto ending = ending_of(name);
        auto values = data_of(data);
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
        if (folder_ != nullptr) {
            if (auto own = own_file(*folder_ / file.name)) {
                if (own->problem.empty()) {
                    return std::move(own->text);
                }
                log::warning("the shop's own template is broken; the built-in one is used",
                             {{"template", file.name}, {"problem", own->problem}});
            }
        }
        return std::string(file.text);
    }

    const std::filesystem::path* folder_;
    int includes_ = 0;
};

}  // namespace

std::string Templates::render(std::string_view name, const Json& data) const {
    try {
        return Rendering(&folder_).run(name, data);
    } catch (const std::runtime_error& failure) {
        log::warning("the shop's own templates cannot be used; the built-in ones are",
                     {{"template", name}, {"problem", failure.what()}});
        return Rendering(nullptr).run(name, data);
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
