#include "api/shape.h"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "api/shape_node.h"
#include "base/budgets.h"
#include "base/domain.h"
#include "base/money.h"
#include "base/text.h"
#include "base/time.h"
#include "base/time_zone.h"

namespace orderd::api {
namespace {

using Node = Shape::Node;
using Kind = Node::Kind;

constexpr std::int64_t kMaxExact = 9'007'199'254'740'991;  // 2^53 − 1: exact in every JSON reader

// The officially assigned codes of ISO 3166-1 alpha-2, and XK: Kosovo has none yet, and post, carriers and banks use this
// one, which the standard leaves to its users.
constexpr std::string_view kCountries =
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ "
    "CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO "
    "FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE "
    "JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO "
    "MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW "
    "PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM "
    "TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW";

bool is_country(std::string_view text) {
    return text.size() == 2 && text.find(' ') == std::string_view::npos &&
           kCountries.find(text) != std::string_view::npos &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

std::string_view type_of(const Json& value) {
    switch (value.type()) {
        case Json::value_t::null: return "null";
        case Json::value_t::object: return "an object";
        case Json::value_t::array: return "a list";
        case Json::value_t::string: return "text";
        case Json::value_t::boolean: return "true or false";
        case Json::value_t::number_float: return "a number that is not an integer";
        default: return "a number";
    }
}

std::string characters(std::size_t min, std::size_t max) {
    return min == max ? fmt::format("{} characters", max) : fmt::format("{} to {} characters", min, max);
}

std::string joined(const std::vector<std::string>& words) { return fmt::format("{}", fmt::join(words, ", ")); }

/// The allowed values, for the end of the sentence "it is 1 to 10000".
std::string wanted(const Node& node) {
    switch (node.kind) {
        case Kind::text:
        case Kind::lines: return fmt::format("text of {}", characters(node.min, node.max));
        case Kind::email: return "an e-mail address, as in name@example.com";
        case Kind::time: return "a time, as in 2026-11-24T05:46:03Z";
        case Kind::day: return "a day, as in 2026-11-24";
        case Kind::country: return "a country of ISO 3166-1, as in DE";
        case Kind::currency: return "a currency of ISO 4217, as in EUR";
        case Kind::integer: return fmt::format("{} to {}", node.lowest, node.highest);
        case Kind::boolean: return "true or false";
        case Kind::one_of: return fmt::format("one of {}", joined(node.values));
        case Kind::list: return "a list";
        case Kind::object:
        case Kind::map:
        case Kind::tagged: return "an object";
        case Kind::anything: break;
    }
    return "any JSON";
}

std::string escaped(std::string_view name) {  // RFC 6901, section 3
    std::string out;
    for (const char c : name) {
        if (c == '~') {
            out += "~0";
        } else if (c == '/') {
            out += "~1";
        } else {
            out += c;
        }
    }
    return out;
}

/// A client's name for something, shortened for an error text.
std::string shortened(std::string_view name) {
    constexpr std::size_t kLongest = 64;
    if (name.size() <= kLongest) {
        return std::string(name);
    }
    auto end = kLongest;
    while (end > 0 && (static_cast<unsigned char>(name[end]) & 0xC0U) == 0x80U) {
        --end;  // do not cut inside a character
    }
    return std::string(name.substr(0, end)) + "…";
}

/// Whether mail can be sent there: the domain must also have an ASCII form.
bool is_mailable(std::string_view text) {
    return valid_email(text) && ascii_domain(text.substr(text.rfind('@') + 1)).has_value();
}

class Check {
public:
    explicit Check(std::vector<Fault>& faults) : faults_(faults) {}

    void value(const Node& node, const Json& json, const std::string& pointer) {
        if (json.is_null() && node.nullable) {
            return;
        }
        switch (node.kind) {
            case Kind::text:
            case Kind::lines:
            case Kind::email:
            case Kind::time:
            case Kind::day:
            case Kind::country:
            case Kind::currency:
            case Kind::one_of:
                if (json.is_string()) {
                    return text(node, json.get_ref<const std::string&>(), pointer);
                }
                break;
            case Kind::integer:
                if (json.is_number_integer()) {
                    return integer(node, json, pointer);
                }
                break;
            case Kind::boolean:
                if (json.is_boolean()) {
                    return;
                }
                break;
            case Kind::list:
                if (json.is_array()) {
                    return list(node, json, pointer);
                }
                break;
            case Kind::object:
                if (json.is_object()) {
                    return object(node, json, pointer, std::nullopt);
                }
                break;
            case Kind::map:
                if (json.is_object()) {
                    for (const auto& [name, member] : json.get_ref<const Json::object_t&>()) {
                        value(node.of->node(), member, pointer + '/' + escaped(shortened(name)));
                    }
                    return;
                }
                break;
            case Kind::tagged:
                if (json.is_object()) {
                    return tagged(node, json, pointer);
                }
                break;
            case Kind::anything: return;
        }
        // Do not repeat the value itself: in the wrong place it may be a card number.
        add(pointer, fmt::format("{} is not allowed; it is {}", type_of(json), wanted(node)));
    }

private:
    void add(const std::string& pointer, std::string detail) {
        if (faults_.size() < budget::kFaults) {
            faults_.push_back({pointer, std::move(detail)});
        }
    }

    void text(const Node& node, const std::string& text, const std::string& pointer) {
        if (!valid_utf8(text)) {
            return add(pointer, "is not well-formed UTF-8");
        }
        const auto fits = [&] {
            switch (node.kind) {
                case Kind::email: return is_mailable(text);
                case Kind::time: return parse_time(text).has_value();
                case Kind::day: return parse_day(text).has_value();
                case Kind::country: return is_country(text);
                case Kind::currency: return currency_exponent(text).has_value();
                case Kind::one_of: return std::find(node.values.begin(), node.values.end(), text) != node.values.end();
                default: return true;
            }
        };
        if (node.kind == Kind::text || node.kind == Kind::lines) {
            if (has_control(text, node.kind == Kind::lines)) {
                add(pointer, "has a control character in it; none is allowed here");
            }
            const auto length = code_points(text);
            if (length == 0 && node.min > 0) {
                add(pointer, fmt::format("is empty; it is {}", wanted(node)));
            } else if (length < node.min || length > node.max) {
                add(pointer, fmt::format("has {} characters; it is {}", length, wanted(node)));
            }
        } else if (!fits()) {
            add(pointer, fmt::format("is not {}", wanted(node)));
        } else if (const auto letter = beyond_ascii_before_at(text); node.kind == Kind::email && !letter.empty()) {
            add(pointer, fmt::format("has \"{}\" before the @: most mail servers take only the letters a to z, digits "
                                     "and signs of ASCII there",
                                     letter));
        }
    }

    void integer(const Node& node, const Json& json, const std::string& pointer) {
        const bool fits =
            json.is_number_unsigned()
                ? node.highest >= 0 && json.get<std::uint64_t>() <= static_cast<std::uint64_t>(node.highest) &&
                      (node.lowest <= 0 || json.get<std::uint64_t>() >= static_cast<std::uint64_t>(node.lowest))
                : json.get<std::int64_t>() >= node.lowest && json.get<std::int64_t>() <= node.highest;
        if (!fits) {
            add(pointer, fmt::format("{} is not allowed; it is {}", json.dump(), wanted(node)));
        }
    }

    void list(const Node& node, const Json& json, const std::string& pointer) {
        if (json.size() < node.min || json.size() > node.max) {
            add(pointer, json.size() > node.max  // parse() does not count the rest
                             ? fmt::format("has more than {0} elements; it has {1} to {0}", node.max, node.min)
                             : fmt::format("has {} elements; it has {} to {}", json.size(), node.min, node.max));
        }
        for (std::size_t i = 0; i < json.size() && i < node.max; ++i) {
            value(node.of->node(), json[i], fmt::format("{}/{}", pointer, i));
        }
    }

    /// `ignored`: a member that the caller has checked already; without one, also the name "" is an unknown member's.
    void object(const Node& node, const Json& json, const std::string& pointer,
                std::optional<std::string_view> ignored) {
        const auto& given = json.get_ref<const Json::object_t&>();
        std::size_t known = 0;
        for (const auto& member : node.members) {
            const auto found =
                std::find_if(given.begin(), given.end(), [&](const auto& entry) { return entry.first == member.name; });
            if (found != given.end()) {
                ++known;
                value(member.shape.node(), found->second, pointer + '/' + member.name);
            } else if (member.required) {
                add(pointer + '/' + member.name, fmt::format("is missing; it is {}", wanted(member.shape.node())));
            }
        }
        if (known == given.size() || node.is_open) {
            return;
        }
        for (const auto& [name, unused] : given) {
            const auto is_known = [&, &wanted_name = name](const Node::Member& member) {
                return member.name == wanted_name;
            };
            if (ignored != name && std::none_of(node.members.begin(), node.members.end(), is_known)) {
                add(pointer + '/' + escaped(shortened(name)),
                    fmt::format("is not known here; {}", known_members(node)));
            }
        }
    }

    static std::string known_members(const Node& node) {
        std::vector<std::string> names;
        for (const auto& member : node.members) {
            names.push_back(member.name);
        }
        return names.empty() ? "nothing is" : fmt::format("known are {}", joined(names));
    }

    void tagged(const Node& node, const Json& json, const std::string& pointer) {
        std::vector<std::string> tags;
        const auto tag = json.find(node.tag);
        for (const auto& [name, shape] : node.alternatives) {
            if (tag != json.end() && tag->is_string() && tag->get_ref<const std::string&>() == name) {
                return object(shape.node(), json, pointer, node.tag);
            }
            tags.push_back(name);
        }
        add(pointer + '/' + node.tag,
            fmt::format("{}; it is one of {}", tag == json.end() ? "is missing" : "is not known here", joined(tags)));
    }

    std::vector<Fault>& faults_;
};

const Node::Member* find_member(const Node& node, std::string_view name) {
    const auto found = std::find_if(node.members.begin(), node.members.end(),
                                    [&](const Node::Member& member) { return member.name == name; });
    return found == node.members.end() ? nullptr : &*found;
}

/// For a tagged object, whose tag may come last: a member that any alternative has is wanted. If several
/// alternatives have it, anything is accepted there.
JsonWanted::Member wanted_of_any(const Node& node, std::string_view name) {
    JsonWanted::Member wanted{.wanted = name == node.tag};
    for (const auto& [tag, alternative] : node.alternatives) {
        const auto* member = find_member(alternative.node(), name);
        if (member != nullptr) {
            wanted = {.wanted = true, .place = wanted.wanted ? nullptr : &member->shape.node()};
        }
    }
    return wanted;
}

JsonWanted::Member wanted_member(const void* place, std::string_view name) {
    const auto& node = *static_cast<const Node*>(place);
    switch (node.kind) {
        case Kind::map: return {.wanted = true, .place = &node.of->node()};
        case Kind::tagged: return wanted_of_any(node, name);
        case Kind::object: {
            const auto* member = find_member(node, name);
            return {.wanted = member != nullptr || node.is_open,
                    .place = member != nullptr ? &member->shape.node() : nullptr};
        }
        default: return {.wanted = true};
    }
}

std::size_t wanted_elements(const void* place) {
    const auto& node = *static_cast<const Node*>(place);
    return node.kind == Kind::list ? node.max : node.kind == Kind::anything ? static_cast<std::size_t>(-1) : 0;
}

const void* wanted_element(const void* place) {
    const auto& node = *static_cast<const Node*>(place);
    return node.kind == Kind::list ? &node.of->node() : nullptr;
}

bool wants_object(const void* place) {
    const auto kind = static_cast<const Node*>(place)->kind;
    return kind == Kind::object || kind == Kind::map || kind == Kind::tagged || kind == Kind::anything;
}

/// Detects a programming error when the routes are built: members of a shape that is not an object would not
/// be checked.
void require_object(const Node& node) {
    if (node.kind != Kind::object) {
        throw std::logic_error("only an object has members");
    }
}

std::vector<Node::Member> members_of(const std::vector<Shape::Field>& fields) {
    std::vector<Node::Member> members;
    members.reserve(fields.size());
    for (const auto& field : fields) {
        members.push_back({std::string(field.name), field.shape, field.required, field.in_example});
    }
    return members;
}

std::shared_ptr<const Node> make(Node node) { return std::make_shared<const Node>(std::move(node)); }

}  // namespace

Shape Shape::text(std::size_t min, std::size_t max) {
    return Shape(make({.kind = Kind::text, .min = min, .max = max}));
}
Shape Shape::lines(std::size_t min, std::size_t max) {
    return Shape(make({.kind = Kind::lines, .min = min, .max = max}));
}
Shape Shape::email() { return Shape(make({.kind = Kind::email})); }
Shape Shape::day() { return Shape(make({.kind = Kind::day})); }
Shape Shape::time() { return Shape(make({.kind = Kind::time})); }
Shape Shape::country() { return Shape(make({.kind = Kind::country})); }
Shape Shape::currency() { return Shape(make({.kind = Kind::currency})); }
Shape Shape::integer(std::int64_t min, std::int64_t max) {
    return Shape(make({.kind = Kind::integer, .lowest = min, .highest = max}));
}
Shape Shape::money() { return integer(0, kMaxExact); }
Shape Shape::id() { return integer(1, kMaxExact); }
Shape Shape::boolean() { return Shape(make({.kind = Kind::boolean})); }
Shape Shape::one_of(std::initializer_list<std::string_view> values) {
    return one_of(std::vector<std::string>(values.begin(), values.end()));
}

Shape Shape::one_of(std::vector<std::string> values) {
    return Shape(make({.kind = Kind::one_of, .values = std::move(values)}));
}
Shape Shape::list(Shape of, std::size_t min, std::size_t max) {
    return Shape(make({.kind = Kind::list, .min = min, .max = max, .of = std::move(of)}));
}
Shape Shape::object(std::initializer_list<Field> fields) { return object(std::vector<Field>(fields)); }
Shape Shape::object(const std::vector<Field>& fields) {
    return Shape(make({.kind = Kind::object, .members = members_of(fields)}));
}
Shape Shape::map(Shape of) { return Shape(make({.kind = Kind::map, .of = std::move(of)})); }
Shape Shape::tagged(std::string_view tag, std::initializer_list<std::pair<std::string_view, Shape>> alternatives) {
    return tagged(tag, std::vector<std::pair<std::string_view, Shape>>(alternatives));
}
Shape Shape::tagged(std::string_view tag, const std::vector<std::pair<std::string_view, Shape>>& alternatives) {
    Node node{.kind = Kind::tagged, .tag = std::string(tag)};
    for (const auto& [name, shape] : alternatives) {
        require_object(shape.node());
        node.alternatives.emplace_back(std::string(name), shape);
    }
    return Shape(make(std::move(node)));
}
Shape Shape::anything() { return Shape(make({.kind = Kind::anything})); }
Shape Shape::page(Shape of) {
    const auto name = of.node().name;
    auto page = object({{"data", list(std::move(of))}, {"next_cursor", text(1, 2048).nullable()}});
    return name.empty() ? page : page.named(name + "Page");
}

Shape Shape::nullable() const {
    auto node = *node_;
    node.nullable = true;
    return Shape(make(std::move(node)));
}

Shape Shape::named(std::string_view name) const {
    auto node = *node_;
    node.name = name;
    return Shape(make(std::move(node)));
}

Shape Shape::described(std::string_view description) const {
    auto node = *node_;
    node.description = description;
    return Shape(make(std::move(node)));
}

Shape Shape::example(Json value) const {
    auto node = *node_;
    node.example = std::move(value);
    return Shape(make(std::move(node)));
}

Shape Shape::with(std::initializer_list<Field> more) const { return with(std::vector<Field>(more)); }
Shape Shape::with(const std::vector<Field>& more) const {
    require_object(*node_);
    auto node = *node_;
    node.name.clear();  // a different shape must not use the component's name
    node.example = nullptr;
    auto added = members_of(more);
    node.members.insert(node.members.end(), added.begin(), added.end());
    return Shape(make(std::move(node)));
}

Shape Shape::all_optional() const {
    require_object(*node_);
    auto node = *node_;
    node.name.clear();
    node.example = nullptr;
    for (auto& member : node.members) {
        member.required = false;
    }
    return Shape(make(std::move(node)));
}

Shape Shape::open() const {
    require_object(*node_);
    auto node = *node_;
    node.is_open = true;
    return Shape(make(std::move(node)));
}

Json Shape::parse(std::string_view body) const {
    return parse_json(body, {.root = node_.get(),
                             .elements = wanted_elements,
                             .element = wanted_element,
                             .object = wants_object,
                             .member = wanted_member});
}

void Shape::check(const Json& value, const std::string& pointer, std::vector<Fault>& faults) const {
    Check(faults).value(*node_, value, pointer);
}

}  // namespace orderd::api
