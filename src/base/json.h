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

#include "base/refused.h"
#include "base/time.h"

namespace orderd {

/// JSON whose members keep the order they were written in, so that answers read the way their documentation does.
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

/// A member of an object that is being made. Its value is moved out of the list that it stands in.
struct Member {
    const char* name;
    mutable Json value;
};

/// An object of these members, whose names differ. Json's own braces first make an array of each member, and of the
/// names, and find out from them that an object is meant: several times the work, where an answer has dozens of them.
Json json_object(std::initializer_list<Member> members);

/// The text of `json` without white space. Bytes that are not UTF-8 are printed as U+FFFD. What Json::dump() makes, in
/// half the time: that looks at each character separately.
std::string json_text(const Json& json);

/// An object that is printed while it is made, without a tree of it before: for what is described on the way of every
/// order. The names of its members are plain ASCII, and differ.
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

    std::string members_;  ///< from the opening brace to before the closing one
};

/// The value, or null if there is none. Times as RFC 3339.
template <class T>
Json or_null(const std::optional<T>& value) {
    return value ? Json(*value) : Json(nullptr);
}
Json or_null(const std::optional<Time>& time);

/// A member, or null if there is none: of JSON whose shape others decide.
const Json& member_or_null(const Json& object, const char* name);
/// The text in a member; empty if there is no such member, or it is not text.
std::string text_member(const Json& object, const char* name);

/// What is wanted of a document, asked while it is read, so that what nobody wants is never built: the rest of a list
/// that is too long, members that are not known, a tree where text should stand. A place is whatever the one who asks
/// makes it; null: anything may stand there.
struct JsonWanted {
    const void* root = nullptr;
    /// How many elements are kept of a list at a place; 0: no list is wanted there.
    std::size_t (*elements)(const void* place) = nullptr;
    const void* (*element)(const void* place) = nullptr;
    bool (*object)(const void* place) = nullptr;  ///< whether an object is wanted there
    struct Member {
        bool wanted = false;
        const void* place = nullptr;
    };
    Member (*member)(const void* place, std::string_view name) = nullptr;
};

/// Parses text that came from outside. Of what is not `wanted` an empty list, an empty object or null is left, and of a
/// list that is too long one element more than is wanted: enough to see that it is wrong.
///
/// @throws Refusal `malformed_json` with the byte offset; `json_too_deep` beyond 32 levels; `json_too_large` when the
///         document has more than 20,000 values, one object has more than 200 members (a lookup is linear in them) or a
///         string is longer than 64 KiB; `duplicate_member` when an object names a member twice (RFC 8259, section 4:
///         readers would disagree).
Json parse_json(std::string_view text, const JsonWanted& wanted = {});

/// Parses text that orderd itself printed, as the database's columns have it. Compiled once: Json::parse() would make
/// its lexer and parser again in each file that calls it.
///
/// @throws Json::parse_error
Json stored_json(std::string_view text);

}  // namespace orderd

// Compiled once, in json.cpp: without this, every file that touches JSON compiles all of it again.
extern template class nlohmann::basic_json<nlohmann::ordered_map>;
