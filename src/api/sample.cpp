#include <algorithm>

#include "api/openapi.h"
#include "api/shape_node.h"

namespace orderd::api {
namespace {

using Node = Shape::Node;
using Kind = Node::Kind;

/// A text for a member: its name, lengthened or cut to fit the shape.
std::string text_for(std::string_view name, const Node& node) {
    std::string text = name.empty() ? "text" : std::string(name);
    std::replace(text.begin(), text.end(), '_', ' ');
    while (text.size() < node.min) {
        text += " text";
    }
    return text.substr(0, std::max<std::size_t>(node.max, 1));
}

Json sample(const Node& node, std::string_view name);

Json sample_object(const Node& node) {
    auto object = Json::object();
    for (const auto& member : node.members) {
        if (member.in_example) {
            object[member.name] = sample(member.shape.node(), member.name);
        }
    }
    return object;
}

Json sample(const Node& node, std::string_view name) {
    if (!node.example.is_null()) {
        return node.example;
    }
    switch (node.kind) {
        case Kind::text:
        case Kind::lines: return text_for(name, node);
        case Kind::email: return "ada@example.com";
        case Kind::time: return "2026-11-24T05:46:03.000Z";
        case Kind::day: return "2026-11-24";
        case Kind::country: return "DE";
        case Kind::currency: return "EUR";
        case Kind::integer: return std::clamp<std::int64_t>(1, node.lowest, node.highest);
        case Kind::boolean: return true;
        case Kind::one_of: return node.values.empty() ? Json(nullptr) : Json(node.values.front());
        case Kind::list: return Json::array({sample(node.of->node(), name)});
        case Kind::object: return sample_object(node);
        case Kind::map: return {{"name", sample(node.of->node(), name)}};
        case Kind::tagged: {
            Json object = {{node.tag, node.alternatives.front().first}};
            object.update(sample_object(node.alternatives.front().second.node()));
            object[node.tag] = node.alternatives.front().first;
            return object;
        }
        case Kind::anything: break;
    }
    return Json::object();
}

}  // namespace

Json sample_of(const Shape& shape) { return sample(shape.node(), ""); }

}  // namespace orderd::api
