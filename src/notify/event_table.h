#pragma once

#include <span>
#include <string_view>

namespace orderd::notify {

// The kinds of events as tables, and not as shapes: of so many, the code that makes shapes would be the larger part.

/// What a member of a body is.
enum class Is { id, count, sum, word, text, time, day, flag, ids, words, moved, placed, members, list };
enum class Has { always, null, absent };

struct EventMember {
    std::string_view name;
    Is is;
    std::string_view words = {};  ///< empty: what the document says of every member of that name
    Has has = Has::always;        ///< whether it may be null, or not there
};

struct EventRow {
    std::string_view kind;
    std::string_view subject;
    std::string_view meaning;
    std::string_view body;  ///< the name of its component in the document
    std::span<const EventMember> members;
};

/// One for each kind of kinds.cpp.
std::span<const EventRow> event_rows();

}  // namespace orderd::notify
