#include <algorithm>
#include <string_view>
#include <utility>

#include "api/member_words.h"
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
        auto& property = schema["properties"][member.name] = member.shape.schema(components);
        if (const auto words = words_for_member(member.name); !words.empty() && !property.contains("description")) {
            property["description"] = words;
        }
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

/// The schema of an alternative, with the tag as a property, which the alternative itself need not declare.
Json tagged_object_schema(const std::string& tag, const std::string& value, const Shape& shape, Json& components) {
    auto schema = object_schema(shape.node(), components);
    schema["properties"][tag] = {{"const", value}, {"description", words_for_member(tag)}};
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

Json reference_to(const std::string& name) { return {{"$ref", "#/components/schemas/" + name}}; }

/// A named alternative becomes a component. Only this tag leads to it, so the tag is one of its properties.
Json alternative_schema(const std::string& tag, const std::string& value, const Shape& shape, Json& components) {
    const auto& name = shape.node().name;
    auto schema = tagged_object_schema(tag, value, shape, components);
    if (name.empty()) {
        return schema;
    }
    components[name] = std::move(schema);
    return reference_to(name);
}

/// A discriminator can lead to components alone.
Json tagged_schema(const Node& node, Json& components) {
    auto alternatives = Json::array();
    auto mapping = Json::object();
    for (const auto& [value, shape] : node.alternatives) {
        auto alternative = alternative_schema(node.tag, value, shape, components);
        if (const auto reference = alternative.find("$ref"); reference != alternative.end()) {
            mapping[value] = *reference;
        }
        alternatives.push_back(std::move(alternative));
    }
    Json schema = {{"oneOf", std::move(alternatives)}};
    if (mapping.size() == node.alternatives.size()) {
        schema["discriminator"] = {{"propertyName", node.tag}, {"mapping", std::move(mapping)}};
    }
    return schema;
}

bool is_identifier(std::string_view word) {
    return std::all_of(word.begin(), word.end(), [](char c) {
        return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    });
}

/// The name that generated clients give to a value that is not an identifier. Without it, they drop the
/// hyphen of "-name", which then collides with "name".
std::string variable_name(const std::string& value) {
    if (value == "," || value == ";") {
        return value == "," ? "comma" : "semicolon";
    }
    auto name = value.starts_with('-') ? value.substr(1) + "_descending" : value;
    std::replace_if(
        name.begin(), name.end(),
        [](char c) {
            return !is_identifier({&c, 1});
        },
        '_');
    return name;
}

Json one_of_schema(const Node& node) {
    Json schema = {{"type", "string"}, {"enum", node.values}};
    if (!std::all_of(node.values.begin(), node.values.end(), is_identifier)) {
        auto names = Json::array();
        for (const auto& value : node.values) {
            names.push_back(variable_name(value));
        }
        schema["x-enum-varnames"] = std::move(names);
    }
    return schema;
}

Json bare_schema(const Node& node, Json& components) {
    switch (node.kind) {
        case Kind::text:
        case Kind::lines: return {{"type", "string"}, {"minLength", node.min}, {"maxLength", node.max}};
        case Kind::email: return {{"type", "string"}, {"format", "email"}, {"maxLength", 254}};
        case Kind::time: return {{"type", "string"}, {"format", "date-time"}};
        case Kind::day: return {{"type", "string"}, {"format", "date"}};
        case Kind::country: return {{"type", "string"}, {"pattern", "^[A-Z]{2}$"}};
        case Kind::currency: return {{"type", "string"}, {"pattern", "^[A-Z]{3}$"}};
        case Kind::integer:
            return {{"type", "integer"}, {"format", "int64"}, {"minimum", node.lowest}, {"maximum", node.highest}};
        case Kind::boolean: return {{"type", "boolean"}};
        case Kind::one_of: return one_of_schema(node);
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
            components[node.name] = nullptr;  // reserved, in case its parts refer to it
            auto whole = bare_schema(node, components);
            if (!node.example.is_null()) {
                whole["examples"] = Json::array({node.example});
            }
            components[node.name] = std::move(whole);
        }
        schema = reference_to(node.name);
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
