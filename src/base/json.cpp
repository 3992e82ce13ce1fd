#include "base/json.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "base/budgets.h"
#include "base/errors.h"
#include "base/text.h"

namespace orderd {
namespace {

constexpr std::size_t kUsualMembers = 8;
constexpr std::size_t kUsualObjects = 256;  ///< beyond that, reserved members would be most of the memory

/// Builds the wanted parts of the document while it is read, so that reading stops as soon as a limit is passed.
class Builder {
public:
    explicit Builder(const JsonWanted& wanted) : wanted_(wanted) {}

    using number_integer_t = Json::number_integer_t;
    using number_unsigned_t = Json::number_unsigned_t;
    using number_float_t = Json::number_float_t;
    using string_t = Json::string_t;
    using binary_t = Json::binary_t;

    bool null() { return add(nullptr); }
    bool boolean(bool value) { return add(value); }
    bool number_integer(number_integer_t value) { return add(value); }
    bool number_unsigned(number_unsigned_t value) { return add(value); }
    bool number_float(number_float_t value, const string_t&) { return add(value); }
    bool binary(binary_t&) { return false; }  // JSON text has none

    bool string(string_t& value) {
        check_length(value);
        return add(std::move(value));
    }

    bool start_object(std::size_t) {
        const auto place = next_place();
        open(Json::object(), place, place == nullptr || wanted_.object(place) ? kAll : 0);
        if (skipped_ == 0 && ++objects_ <= kUsualObjects) {
            // When a vector of members grows, it cannot move them (their names are constant): it would deep-copy them.
            open_.back().json->get_ref<Json::object_t&>().reserve(kUsualMembers);
        }
        return true;
    }
    bool start_array(std::size_t) {
        const auto place = next_place();
        return open(Json::array(), place, place == nullptr ? kAll : wanted_.elements(place));
    }
    bool end_object() { return close(); }
    bool end_array() { return close(); }

    bool key(string_t& name) {
        check_length(name);
        if (skipped_ > 0) {
            return true;
        }
        auto& members = open_.back().json->get_ref<Json::object_t&>();
        if (members.size() >= budget::kJsonMembers) {
            throw Refusal(kJsonTooLarge, fmt::format("an object has more than {} members", budget::kJsonMembers));
        }
        const auto place = open_.back().place;
        const auto member = place == nullptr ? JsonWanted::Member{.wanted = true} : wanted_.member(place, name);
        const auto [added, is_new] = members.emplace(name, nullptr);
        if (!is_new) {
            throw Refusal(kDuplicateMember, fmt::format("an object names its member \"{:.64}\" twice", added->first));
        }
        slot_ = &added->second;
        slot_place_ = member.place;
        slot_wanted_ = member.wanted;
        return true;
    }

    [[noreturn]] bool parse_error(std::size_t position, const std::string&, const Json::exception&) {
        throw Refusal(kMalformedJson, fmt::format("the body is not JSON: it goes wrong at byte {}", position));
    }

    Json take() { return std::move(root_); }

private:
    static constexpr std::size_t kAll = static_cast<std::size_t>(-1);

    /// An open container.
    struct Open {
        Json* json;
        const void* place;
        std::size_t most;  ///< how many elements of a list are kept; 0: nothing below is kept
    };

    static void check_length(const string_t& text) {
        if (text.size() > budget::kJsonString) {
            throw Refusal(kJsonTooLarge, fmt::format("a string is longer than {} bytes", budget::kJsonString));
        }
    }

    /// Counts a value at its beginning. @returns whether it is kept
    bool begin_value() {
        if (++values_ > budget::kJsonValues) {
            throw Refusal(kJsonTooLarge, fmt::format("the body has more than {} values", budget::kJsonValues));
        }
        if (skipped_ > 0) {
            return false;
        }
        if (open_.empty()) {
            return true;
        }
        const auto& around = open_.back();
        return around.json->is_array() ? around.json->size() <= around.most : slot_wanted_;
    }

    /// The place that the next value goes to.
    const void* next_place() const {
        if (open_.empty()) {
            return wanted_.root;
        }
        if (skipped_ > 0) {
            return nullptr;
        }
        const auto& around = open_.back();
        if (!around.json->is_array()) {
            return slot_place_;
        }
        return around.place == nullptr ? nullptr : wanted_.element(around.place);
    }

    template <class Value>
    Json* place(Value&& value) {
        if (open_.empty()) {
            root_ = std::forward<Value>(value);
            return &root_;
        }
        if (open_.back().json->is_array()) {
            return &open_.back().json->get_ref<Json::array_t&>().emplace_back(std::forward<Value>(value));
        }
        *slot_ = std::forward<Value>(value);
        return slot_;
    }

    template <class Value>
    bool add(Value&& value) {
        if (begin_value()) {
            place(std::forward<Value>(value));
        }
        return true;
    }

    bool open(Json&& container, const void* what, std::size_t most) {
        if (open_.size() + skipped_ >= budget::kJsonDepth) {
            throw Refusal(kJsonTooDeep, fmt::format("the body is nested deeper than {} levels", budget::kJsonDepth));
        }
        if (!begin_value()) {
            ++skipped_;
            return true;
        }
        open_.push_back({place(std::move(container)), what, most});
        if (most == 0) {  // stays empty, so that the shape refuses it
            open_.pop_back();
            ++skipped_;
        }
        return true;
    }

    bool close() {
        if (skipped_ > 0) {
            --skipped_;
        } else {
            open_.pop_back();
        }
        return true;
    }

    const JsonWanted& wanted_;
    Json root_;
    // The open containers, outermost first. A container gets no sibling while it is open, so none of them moves.
    std::vector<Open> open_;
    std::size_t skipped_ = 0;  ///< how many open containers, the innermost ones, are not kept
    std::size_t values_ = 0;
    std::size_t objects_ = 0;
    Json* slot_ = nullptr;              ///< the value of the member whose name was read last
    const void* slot_place_ = nullptr;  ///< its place
    bool slot_wanted_ = true;
};

/// Whether a character needs no escape in a JSON string that is UTF-8 (RFC 8259, section 7).
constexpr bool plain(char c) { return static_cast<unsigned char>(c) >= ' ' && c != '"' && c != '\\'; }

void append_escaped(std::string& text, char c) {
    switch (c) {
        case '"': text += "\\\""; break;
        case '\\': text += "\\\\"; break;
        case '\b': text += "\\b"; break;
        case '\f': text += "\\f"; break;
        case '\n': text += "\\n"; break;
        case '\r': text += "\\r"; break;
        case '\t': text += "\\t"; break;
        default: fmt::format_to(std::back_inserter(text), "\\u{:04x}", static_cast<unsigned>(c));
    }
}

void append_string(std::string& text, std::string_view value) {
    if (!valid_utf8(value)) {
        text += Json(std::string(value)).dump(-1, ' ', false, Json::error_handler_t::replace);
        return;
    }
    text += '"';
    const char* const end = value.data() + value.size();
    for (const char* at = value.data(); at != end;) {
        const char* const special = std::find_if_not(at, end, plain);
        text.append(at, special);
        at = special;
        if (at != end) {
            append_escaped(text, *at++);
        }
    }
    text += '"';
}

template <class Number>
void append_number(std::string& text, Number number) {
    const fmt::format_int digits(number);
    text.append(digits.data(), digits.size());
}

void append(std::string& text, const Json& json) {
    switch (json.type()) {
        case Json::value_t::object: {
            char before = '{';
            for (const auto& [name, value] : json.get_ref<const Json::object_t&>()) {
                text += before;
                append_string(text, name);
                text += ':';
                append(text, value);
                before = ',';
            }
            text += before == '{' ? "{}" : "}";
            break;
        }
        case Json::value_t::array: {
            char before = '[';
            for (const auto& value : json.get_ref<const Json::array_t&>()) {
                text += before;
                append(text, value);
                before = ',';
            }
            text += before == '[' ? "[]" : "]";
            break;
        }
        case Json::value_t::string: append_string(text, json.get_ref<const std::string&>()); break;
        case Json::value_t::number_integer: append_number(text, json.get<std::int64_t>()); break;
        case Json::value_t::number_unsigned: append_number(text, json.get<std::uint64_t>()); break;
        default: text += json.dump();
    }
}

}  // namespace

std::string json_text(const Json& json) {
    std::string text;
    append(text, json);
    return text;
}

std::string& JsonObject::begin(std::string_view name) {
    members_ += members_.empty() ? "{\"" : ",\"";
    return members_.append(name).append("\":");
}

JsonObject& JsonObject::add(std::string_view name, std::string_view value) {
    append_string(begin(name), value);
    return *this;
}

JsonObject& JsonObject::add(std::string_view name, std::int64_t value) {
    append_number(begin(name), value);
    return *this;
}

JsonObject& JsonObject::add(std::string_view name, std::nullptr_t) {
    begin(name) += "null";
    return *this;
}

JsonObject& JsonObject::add_tree(std::string_view name, const Json& value) {
    append(begin(name), value);
    return *this;
}

JsonObject& JsonObject::add(std::string_view name, const JsonObject& value) {
    begin(name) += value.text();
    return *this;
}

JsonObject& JsonObject::add(std::string_view name, const std::vector<JsonObject>& values) {
    auto& text = begin(name);
    char before = '[';
    for (const auto& value : values) {
        text += before;
        text += value.text();
        before = ',';
    }
    text += values.empty() ? "[]" : "]";
    return *this;
}

Json or_null(const std::optional<Time>& time) { return time ? Json(rfc3339(*time)) : Json(nullptr); }

const Json& member_or_null(const Json& object, const char* name) {
    static const Json nothing = nullptr;
    if (!object.is_object()) {
        return nothing;
    }
    const auto found = object.find(name);
    return found == object.end() ? nothing : *found;
}

std::string text_member(const Json& object, const char* name) {
    const auto& member = member_or_null(object, name);
    return member.is_string() ? member.get<std::string>() : "";
}

Json json_object(std::initializer_list<Member> members) {
    auto object = Json::object();
    auto& made = object.get_ref<Json::object_t&>();
    made.reserve(members.size());
    for (const auto& member : members) {
        static_cast<Json::object_t::Container&>(made).emplace_back(member.name, std::move(member.value));
    }
    return object;
}

Json parse_json(std::string_view text, const JsonWanted& wanted) {
    Builder builder(wanted);
    Json::sax_parse(text.begin(), text.end(), &builder);
    return builder.take();
}

Json stored_json(std::string_view text) { return Json::parse(text); }

}  // namespace orderd

template class nlohmann::basic_json<nlohmann::ordered_map>;
