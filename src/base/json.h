#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "base/ids.h"
#include "base/refused.h"
#include "base/time.h"

namespace orderd {

/// JSON whose members keep their order, so that answers look like their documentation.
using Json = nlohmann::ordered_json;

inline constexpr Refused kMalformedJson{
    400, "malformed_json",
    "The body is not JSON (RFC 8259). detail names the byte where it goes wrong. An empty body is not JSON either: "
    "send {} where nothing is to be said."};
inline constexpr Refused kJsonTooDeep{
    400, "json_too_deep", "The body is nested deeper than 32 levels. No request needs that many: flatten it."};
inline constexpr Refused kJsonTooLarge{
    400, "json_too_large",
    "The body has an object with too many members, a string that is too long, or too many values in all. detail names "
    "the limit. Send less in one request."};
inline constexpr Refused kDuplicateMember{
    400, "duplicate_member",
    "An object in the body names the same member twice, and it is not clear which is meant. Send it once."};

/// A member of an object under construction. Its value is moved out of the initializer list.
struct Member {
    const char* name;
    mutable Json value;
};

/// An object of these members. Their names must differ. Json's own initializer lists first build an array of each
/// member and only then detect that an object is meant: several times the work for an answer with dozens of members.
Json json_object(std::initializer_list<Member> members);

/// A JSON array of ids, as events name rows, and as statements about several rows read them by json_each().
template <class Ids>
Json numbers_json(const Ids& ids) {
    auto numbers = Json::array();
    for (const auto id : ids) {
        numbers.push_back(number(id));
    }
    return numbers;
}

/// The text of `json` without white space. Bytes that are not UTF-8 are printed as U+FFFD. Same result as
/// Json::dump() in half the time: dump() handles each character separately.
std::string json_text(const Json& json);

/// An object that is printed directly, without building a tree first: for answers on the hot path of orders.
/// The names of its members must be plain ASCII and must differ.
class JsonObject {
public:
    JsonObject& add(std::string_view name, std::string_view value);
    JsonObject& add(std::string_view name, const char* value) { return add(name, std::string_view(value)); }
    JsonObject& add(std::string_view name, std::int64_t value);
    JsonObject& add(std::string_view name, std::nullptr_t);
    JsonObject& add(std::string_view name, std::same_as<bool> auto value) { return add_tree(name, Json(value)); }
    JsonObject& add_tree(std::string_view name, const Json& value);
    JsonObject& add(std::string_view name, const JsonObject& value);
    JsonObject& add(std::string_view name, const std::vector<JsonObject>& values);

    std::string text() const { return members_.empty() ? "{}" : members_ + '}'; }

private:
    std::string& begin(std::string_view name);

    std::string members_;  ///< from the opening brace up to, but without, the closing one
};

/// The value, or null if there is none. Times are written as RFC 3339.
template <class T>
Json or_null(const std::optional<T>& value) {
    return value ? Json(*value) : Json(nullptr);
}
Json or_null(const std::optional<Time>& time);

/// The member, or null if there is none. For JSON whose shape others decide.
const Json& member_or_null(const Json& object, const char* name);
/// The member's text; empty if there is no such member or it is not text.
std::string text_member(const Json& object, const char* name);

/// Which parts of a document the caller wants. The parser asks while it reads, so that unwanted parts are
/// never built: the rest of a list that is too long, unknown members, a tree instead of a text. The caller
/// defines what a place is; null accepts anything.
struct JsonWanted {
    const void* root = nullptr;
    /// How many elements of a list at this place are kept; 0: no list is wanted there.
    std::size_t (*elements)(const void* place) = nullptr;
    const void* (*element)(const void* place) = nullptr;
    bool (*object)(const void* place) = nullptr;  ///< whether an object is wanted there
    struct Member {
        bool wanted = false;
        const void* place = nullptr;
    };
    Member (*member)(const void* place, std::string_view name) = nullptr;
};

/// Parses text from outside. An unwanted value is replaced by an empty list, an empty object or null. A list
/// that is too long keeps one element more than wanted, which is enough to see that it is wrong.
///
/// @throws Refusal `malformed_json` with the byte offset; `json_too_deep` beyond 32 levels; `json_too_large`
///         if the document has more than 20,000 values, one object has more than 200 members (a lookup is
///         linear in them) or a string is longer than 64 KiB; `duplicate_member` if an object names a member
///         twice (RFC 8259, section 4: readers would disagree).
Json parse_json(std::string_view text, const JsonWanted& wanted = {});

/// Parses text that orderd itself wrote, such as a database column. Compiled once: each file that calls
/// Json::parse() would instantiate the lexer and parser again.
///
/// @throws Json::parse_error
Json stored_json(std::string_view text);

}  // namespace orderd

// Instantiated once, in json.cpp; otherwise every file that uses JSON would compile all of it again.
extern template class nlohmann::basic_json<nlohmann::ordered_map>;
