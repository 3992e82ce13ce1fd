#pragma once

#include <concepts>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "api/shape.h"
#include "base/json.h"
#include "base/money.h"
#include "base/time.h"
#include "base/time_zone.h"

namespace orderd::api {

// A request's body is a struct whose members are declared once:
//
//     template <>
//     struct api::Fields<NewProduct> {
//         static Declared<NewProduct> value() {
//             return object<NewProduct>("NewProduct", {field("sku", &NewProduct::sku, Shape::text(1, kMaxSku)),
//                                                      optional("weight_g", &NewProduct::weight, weight())});
//         }
//     };
//
// The validation, the reader into the struct, the JSON Schema and the example are derived from that list. An absent
// member keeps the value of the struct's initializer; null resets a std::optional. If "absent" and "null" differ, the
// member is a std::optional<std::optional<T>>: the outer nullopt means absent, the inner one null.

/// Specialized for each body, and for each object in a body: `static Declared<T> value()`.
template <class T>
struct Fields;

/// Reads a value that its shape has accepted into a C++ object of the reader's type.
using ReadInto = std::function<void(const Json& value, void* into)>;

template <class T>
struct Declared {
    Shape shape;
    ReadInto read;
};

/// The declaration of a type, made once.
template <class T>
const Declared<T>& declared() {
    static const auto declaration = Fields<T>::value();
    return declaration;
}

template <class T>
Shape shape_of() {
    return declared<T>().shape;
}

/// A member of T.
template <class T>
struct Field {
    Shape::Field field;
    ReadInto read;

    /// A base class's member is also a member of the struct.
    template <std::derived_from<T> Derived>
    requires(!std::same_as<Derived, T>) operator Field<Derived>() const {
        return {field, [read = read](const Json& value, void* into) {
                    read(value, static_cast<T*>(static_cast<Derived*>(into)));
                }};
    }

    /// Leaves it out of the example: for an optional member that excludes another one.
    Field not_in_example() && {
        field.in_example = false;
        return std::move(*this);
    }
};

// Readers of plain values. Time is RFC 3339 text, Money is minor units, Rate is millionths, as in their shapes.
void read_plain(const Json& value, std::string& into);
void read_plain(const Json& value, bool& into);
void read_plain(const Json& value, int& into);
void read_plain(const Json& value, std::int64_t& into);
void read_plain(const Json& value, Money& into);
void read_plain(const Json& value, Rate& into);
void read_plain(const Json& value, Time& into);
void read_plain(const Json& value, Day& into);
void read_plain(const Json& value, Json& into);

template <class T>
constexpr bool is_optional = false;
template <class T>
constexpr bool is_optional<std::optional<T>> = true;
template <class T>
constexpr bool is_list = false;
template <class T>
constexpr bool is_list<std::vector<T>> = true;

template <class T>
void read_value(const Json& value, T& into) {
    if constexpr (is_optional<T>) {
        into.reset();
        if (!value.is_null() || is_optional<typename T::value_type>) {
            read_value(value, into.emplace());
        }
    } else if constexpr (is_list<T>) {
        into.clear();
        into.reserve(value.size());
        for (const auto& element : value) {
            read_value(element, into.emplace_back());
        }
    } else if constexpr (std::is_enum_v<T>) {  // an id; words have their own parser
        static_assert(std::is_same_v<std::underlying_type_t<T>, std::int64_t>);
        std::int64_t number = 0;
        read_plain(value, number);
        into = T{number};
    } else if constexpr (requires { Fields<T>::value(); }) {
        declared<T>().read(value, &into);
    } else {
        read_plain(value, into);
    }
}

/// Reads a word for one of a few values. `parse` knows every word that the shape accepts.
template <class T, class E>
void read_word(const Json& value, T& into, std::optional<E> (*parse)(std::string_view)) {
    if constexpr (is_optional<T>) {
        into.reset();
        if (!value.is_null()) {
            into = parse(value.template get_ref<const std::string&>()).value();
        }
    } else {
        into = parse(value.template get_ref<const std::string&>()).value();
    }
}

/// A required member.
template <class T, class M>
Field<T> field(std::string_view name, M T::*member, Shape shape) {
    return {{name, std::move(shape)},
            [member](const Json& value, void* into) { read_value(value, static_cast<T*>(into)->*member); }};
}

template <class T, class M, class E>
Field<T> field(std::string_view name, M T::*member, Shape shape, std::optional<E> (*parse)(std::string_view)) {
    return {{name, std::move(shape)}, [member, parse](const Json& value, void* into) {
                read_word(value, static_cast<T*>(into)->*member, parse);
            }};
}

/// An optional member, with the arguments of field().
template <class T, class M, class... Rest>
Field<T> optional(std::string_view name, M T::*member, Rest&&... rest) {
    auto declared = field(name, member, std::forward<Rest>(rest)...);
    declared.field.required = false;
    return declared;
}

struct NamedReader {
    std::string name;
    ReadInto read;
};

/// The parts of the templates below that do not depend on the type.
Shape object_shape(std::string_view name, const std::vector<Shape::Field>& fields);
ReadInto object_reader(std::vector<NamedReader> members);
Shape tagged_shape(std::string_view tag, const std::vector<std::pair<std::string_view, Shape>>& alternatives);
ReadInto tagged_reader(std::string_view tag, std::vector<NamedReader> alternatives);

/// An object with exactly these members. `name`: of its component in the OpenAPI document.
template <class T>
Declared<T> object(std::string_view name, const std::vector<Field<T>>& members) {
    std::vector<Shape::Field> fields;
    std::vector<NamedReader> readers;
    for (const auto& member : members) {
        fields.push_back(member.field);
        readers.push_back({std::string(member.field.name), member.read});
    }
    return {object_shape(name, fields), object_reader(std::move(readers))};
}

/// An object with the members of T's base class, which has its own declaration, and further ones.
template <class T, class Base>
Declared<T> object_with(std::string_view name, const std::vector<Field<T>>& members) {
    std::vector<Shape::Field> fields;
    for (const auto& member : members) {
        fields.push_back(member.field);
    }
    return {
        shape_of<Base>().with(fields).named(name),
        [read_base = declared<Base>().read, read_rest = object<T>(name, members).read](const Json& value, void* into) {
            read_base(value, static_cast<Base*>(static_cast<T*>(into)));
            read_rest(value, into);
        }};
}

/// One of the structs of a std::variant, selected by a tag.
template <class Variant>
struct Alternative {
    std::string_view name;
    Shape shape;
    ReadInto read;
};

template <class Variant, class T>
Alternative<Variant> alternative(std::string_view name) {
    return {name, shape_of<T>(), [](const Json& value, void* into) {
                read_value(value, static_cast<Variant*>(into)->template emplace<T>());
            }};
}

/// One of several objects, selected by the text in the member `tag`.
template <class Variant>
Declared<Variant> tagged(std::string_view tag, std::initializer_list<Alternative<Variant>> alternatives) {
    std::vector<std::pair<std::string_view, Shape>> shapes;
    std::vector<NamedReader> readers;
    for (const auto& each : alternatives) {
        shapes.emplace_back(each.name, each.shape);
        readers.push_back({std::string(each.name), each.read});
    }
    return {tagged_shape(tag, shapes), tagged_reader(tag, std::move(readers))};
}

}  // namespace orderd::api
