#include "api/fields.h"

#include <algorithm>
#include <stdexcept>

namespace orderd::api {

void read_plain(const Json& value, std::string& into) { into = value.get_ref<const std::string&>(); }
void read_plain(const Json& value, bool& into) { into = value.get<bool>(); }
void read_plain(const Json& value, int& into) { into = value.get<int>(); }
void read_plain(const Json& value, std::int64_t& into) { into = value.get<std::int64_t>(); }
void read_plain(const Json& value, Rate& into) { into = Rate{value.get<std::int64_t>()}; }
void read_plain(const Json& value, Money& into) { into = Money{value.get<std::int64_t>()}; }
void read_plain(const Json& value, Time& into) { into = parse_time(value.get_ref<const std::string&>()).value(); }
void read_plain(const Json& value, Day& into) { into = parse_day(value.get_ref<const std::string&>()).value(); }
void read_plain(const Json& value, Json& into) { into = value; }

Shape object_shape(std::string_view name, const std::vector<Shape::Field>& fields) {
    return Shape::object(fields).named(name);
}

ReadInto object_reader(std::vector<NamedReader> members) {
    return [members = std::move(members)](const Json& object, void* into) {
        for (const auto& [name, value] : object.get_ref<const Json::object_t&>()) {
            const auto reader = std::find_if(members.begin(), members.end(),
                                             [&given = name](const NamedReader& it) { return it.name == given; });
            if (reader != members.end()) {  // otherwise it is a tag, or another part reads it
                reader->read(value, into);
            }
        }
    };
}

Shape tagged_shape(std::string_view tag, const std::vector<std::pair<std::string_view, Shape>>& alternatives) {
    return Shape::tagged(tag, alternatives);
}

ReadInto tagged_reader(std::string_view tag, std::vector<NamedReader> alternatives) {
    return [tag = std::string(tag), alternatives = std::move(alternatives)](const Json& object, void* into) {
        const auto& name = object.at(tag).get_ref<const std::string&>();
        const auto chosen = std::find_if(alternatives.begin(), alternatives.end(),
                                         [&](const NamedReader& it) { return it.name == name; });
        if (chosen == alternatives.end()) {
            throw std::logic_error("the shape accepted a tag that has no struct");
        }
        chosen->read(object, into);
    };
}

}  // namespace orderd::api
