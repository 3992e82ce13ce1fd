#include "base/json.h"

#include <fmt/format.h>

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "base/errors.h"

namespace orderd {
namespace {

constexpr std::size_t kMaxDepth = 32;
constexpr std::size_t kMaxMembers = 200;
constexpr std::size_t kUsualMembers = 8;
constexpr std::size_t kMaxString = 64 * 1024;

/// Builds the document while it is read, so that a limit stops the reading where it is passed.
class Builder {
public:
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
        open(Json::object());
        // Members cannot be moved when their vector grows (their names are constant): it would copy all below them.
        open_.back()->get_ref<Json::object_t&>().reserve(kUsualMembers);
        return true;
    }
    bool start_array(std::size_t) { return open(Json::array()); }
    bool end_object() { return close(); }
    bool end_array() { return close(); }

    bool key(string_t& name) {
        check_length(name);
        auto& members = open_.back()->get_ref<Json::object_t&>();
        if (members.size() >= kMaxMembers) {
            throw Refusal(Reason::malformed, "json_too_large",
                          fmt::format("an object has more than {} members", kMaxMembers));
        }
        const auto [member, added] = members.emplace(std::move(name), nullptr);
        if (!added) {
            throw Refusal(Reason::malformed, "duplicate_member",
                          fmt::format("an object names its member \"{:.64}\" twice", member->first));
        }
        slot_ = &member->second;
        return true;
    }

    [[noreturn]] bool parse_error(std::size_t position, const std::string&, const Json::exception&) {
        throw Refusal(Reason::malformed, "malformed_json",
                      fmt::format("the body is not JSON: it goes wrong at byte {}", position));
    }

    Json take() { return std::move(root_); }

private:
    static void check_length(const string_t& text) {
        if (text.size() > kMaxString) {
            throw Refusal(Reason::malformed, "json_too_large",
                          fmt::format("a string is longer than {} bytes", kMaxString));
        }
    }

    template <class Value>
    Json* place(Value&& value) {
        if (open_.empty()) {
            root_ = std::forward<Value>(value);
            return &root_;
        }
        if (open_.back()->is_array()) {
            return &open_.back()->get_ref<Json::array_t&>().emplace_back(std::forward<Value>(value));
        }
        *slot_ = std::forward<Value>(value);
        return slot_;
    }

    template <class Value>
    bool add(Value&& value) {
        place(std::forward<Value>(value));
        return true;
    }

    bool open(Json&& container) {
        if (open_.size() >= kMaxDepth) {
            throw Refusal(Reason::malformed, "json_too_deep",
                          fmt::format("the body is nested deeper than {} levels", kMaxDepth));
        }
        open_.push_back(place(std::move(container)));
        return true;
    }

    bool close() {
        open_.pop_back();
        return true;
    }

    Json root_;
    // The containers that are open, outermost first. A container gets no sibling while it is open, so none of them
    // moves.
    std::vector<Json*> open_;
    Json* slot_ = nullptr;  ///< the value of the member whose name was read last
};

}  // namespace

Json json_object(std::initializer_list<Member> members) {
    auto object = Json::object();
    auto& made = object.get_ref<Json::object_t&>();
    made.reserve(members.size());
    for (const auto& member : members) {
        static_cast<Json::object_t::Container&>(made).emplace_back(member.name, std::move(member.value));
    }
    return object;
}

Json parse_json(std::string_view text) {
    Builder builder;
    Json::sax_parse(text.begin(), text.end(), &builder);
    return builder.take();
}

}  // namespace orderd

template class nlohmann::basic_json<nlohmann::ordered_map>;
