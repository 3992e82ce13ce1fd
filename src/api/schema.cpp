#include <utility>

#include "api/shape.h"
#include "api/shape_node.h"

namespace orderd::api {
namespace {

using Node = Shape::Node;
using Kind = Node::Kind;

Json object_schema(const Node& node, Json& components) {
    Json schema = {{"type", "object"}, {"properties", Json::object()}};
    Json required = Json::array();
    for (const auto& member : node.members) {
        schema["properties"][member.name] = member.shape.schema(components);
        if (member.required) {
            required.push_back(member.name);
        }
    }
    if (!required.empty()) {
        schema["required"] = std::move(required);
    }
    schema["additionalProperties"] = node.is_open;
    return schema;
}

/// The alternative with its tag as a property, which an alternative need not name itself.
Json alternative_schema(const std::string& tag, const std::string& value, const Shape& shape, Json& components) {
    auto schema = object_schema(shape.node(), components);
    schema["properties"][tag] = {{"const", value}};
    auto required = schema.value("required", Json::array());
    bool there = false;
    for (const auto& name : required) {
        there = there || name == tag;
    }
    if (!there) {
        required.push_back(tag);
    }
    schema["required"] = std::move(required);
    return schema;
}

Json tagged_schema(const Node& node, Json& components) {
    Json schema = {{"oneOf", Json::array()}};
    for (const auto& [value, shape] : node.alternatives) {
        schema.at("oneOf").push_back(alternative_schema(node.tag, value, shape, components));
    }
    return schema;
}

Json bare_schema(const Node& node, Json& components) {
    switch (node.kind) {
        case Kind::text:
        case Kind::lines: return {{"type", "string"}, {"minLength", node.min}, {"maxLength", node.max}};
        case Kind::email: return {{"type", "string"}, {"format", "email"}, {"maxLength", 254}};
        case Kind::time: return {{"type", "string"}, {"format", "date-time"}};
        case Kind::country: return {{"type", "string"}, {"pattern", "^[A-Z]{2}$"}};
        case Kind::currency: return {{"type", "string"}, {"pattern", "^[A-Z]{3}$"}};
        case Kind::integer:
            return {{"type", "integer"}, {"format", "int64"}, {"minimum", node.lowest}, {"maximum", node.highest}};
        case Kind::boolean: return {{"type", "boolean"}};
        case Kind::one_of: return {{"type", "string"}, {"enum", node.values}};
        case Kind::list:
            return {{"type", "array"},
                    {"items", node.of->schema(components)},
                    {"minItems", node.min},
                    {"maxItems", node.max}};
        case Kind::object: return object_schema(node, components);
        case Kind::map: return {{"type", "object"}, {"additionalProperties", node.of->schema(components)}};
        case Kind::tagged: return tagged_schema(node, components);
        case Kind::anything: break;
    }
    return Json::object();
}

Json or_null(Json schema) {
    if (schema.contains("$ref") || schema.contains("oneOf")) {
        return {{"anyOf", Json::array({std::move(schema), Json{{"type", "null"}}})}};
    }
    if (schema.contains("type")) {
        schema["type"] = Json::array({schema.at("type"), "null"});
    }
    if (schema.contains("enum")) {
        schema.at("enum").push_back(nullptr);
    }
    return schema;
}

}  // namespace

Json Shape::schema(Json& components) const {
    const auto& node = *node_;
    Json schema;
    if (node.name.empty()) {
        schema = bare_schema(node, components);
        if (!node.example.is_null()) {
            schema["examples"] = Json::array({node.example});
        }
    } else {
        if (!components.contains(node.name)) {
            components[node.name] = nullptr;  // its place, should its parts name it
            auto whole = bare_schema(node, components);
            if (!node.example.is_null()) {
                whole["examples"] = Json::array({node.example});
            }
            components[node.name] = std::move(whole);
        }
        schema = {{"$ref", "#/components/schemas/" + node.name}};
    }
    if (node.nullable) {
        schema = or_null(std::move(schema));
    }
    if (!node.description.empty()) {
        schema["description"] = node.description;
    }
    return schema;
}

}  // namespace orderd::api
