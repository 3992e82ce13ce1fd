#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/errors.h"
#include "base/json.h"

namespace orderd::api {

/// Describes valid JSON. Each resource has one, beside its route: it validates bodies, tests check answers
/// against it, and the OpenAPI document is printed from it. Immutable, cheap to copy, thread-safe.
class Shape {
public:
    struct Field;
    struct Node;

    /// Text of `min` to `max` code points, well-formed UTF-8 without control characters. It is not trimmed.
    static Shape text(std::size_t min, std::size_t max);
    /// Like text, but line breaks and tabs are allowed.
    static Shape lines(std::size_t min, std::size_t max);
    static Shape email();
    static Shape time();                                       ///< RFC 3339
    static Shape day();                                        ///< "2026-11-24"
    static Shape country();                                    ///< ISO 3166-1 alpha-2, upper case
    static Shape currency();                                   ///< ISO 4217
    static Shape integer(std::int64_t min, std::int64_t max);  ///< 1.0 and 1e3 are not integers here
    static Shape money();                                      ///< minor units, 0 to 2^53 − 1
    static Shape id();                                         ///< 1 to 2^53 − 1
    static Shape boolean();
    static Shape one_of(std::initializer_list<std::string_view> values);
    static Shape one_of(std::vector<std::string> values);
    static Shape list(Shape of, std::size_t min = 0, std::size_t max = 1000);
    /// An object with exactly these members. Unknown ones are refused by name.
    static Shape object(std::initializer_list<Field> fields);
    static Shape object(const std::vector<Field>& fields);
    /// An object with any members, each of this shape.
    static Shape map(Shape of);
    /// One of several objects, selected by the text in the member `tag`.
    static Shape tagged(std::string_view tag, std::initializer_list<std::pair<std::string_view, Shape>> alternatives);
    static Shape tagged(std::string_view tag, const std::vector<std::pair<std::string_view, Shape>>& alternatives);
    static Shape anything();  ///< any JSON
    /// A page of a list route: {"data": [of], "next_cursor": text or null}
    static Shape page(Shape of);

    Shape nullable() const;
    Shape named(std::string_view name) const;  ///< becomes a component of the OpenAPI document
    Shape described(std::string_view description) const;
    Shape example(Json value) const;
    /// The object shape with further fields, as `Order` extends `OrderSummary`.
    Shape with(std::initializer_list<Field> more) const;
    Shape with(const std::vector<Field>& more) const;
    /// The object shape with every field optional: for PUT, while POST needs all.
    Shape all_optional() const;
    /// The object shape that allows any further members.
    Shape open() const;

    /// Parses a body, but builds only the parts that the shape can have. Then call check().
    ///
    /// @throws Refusal like parse_json()
    Json parse(std::string_view body) const;

    /// Adds every fault of `value` to `faults`, with pointers below `pointer`, up to 100 of them.
    void check(const Json& value, const std::string& pointer, std::vector<Fault>& faults) const;

    /// The shape as JSON Schema 2020-12. Named shapes become {"$ref"} and are added to `components`.
    Json schema(Json& components) const;

    const Node& node() const { return *node_; }

private:
    explicit Shape(std::shared_ptr<const Node> node) : node_(std::move(node)) {}
    std::shared_ptr<const Node> node_;
};

/// A member of an object. Required by default.
struct Shape::Field {
    std::string_view name;
    Shape shape;
    bool required = true;
    bool in_example = true;
};

inline Shape::Field optional(std::string_view name, Shape shape) {
    return {.name = name, .shape = std::move(shape), .required = false};
}

}  // namespace orderd::api
