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

namespace orderd::api {

// A request's body is a struct, and its members are declared once:
//
//     template <>
//     struct api::Fields<NewProduct> {
//         static Declared<NewProduct> value() {
//             return object<NewProduct>("NewProduct", {field("sku", &NewProduct::sku, Shape::text(1, kMaxSku)),
//                                                      optional("weight_g", &NewProduct::weight, weight())});
//         }
//     };
//
// The check with all its faults, the reader into the struct, the JSON Schema and the example come from that list. A
// member that is absent keeps what the struct's initializer says; null empties a std::optional. Where "absent" and
// "null" differ, the member is a std::optional<std::optional<T>>: the outer nullopt is absent, the inner one null.

/// Specialized for each body, and for each object inside one: `static Declared<T> value()`.
template <class T>
struct Fields;

/// Reads a value that its shape let through into a C++ object of the type that the reader was made for.
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

    /// A member of a base is one of the struct's as well.
    template <std::derived_from<T> Derived>
    requires(!std::same_as<Derived, T>) operator Field<Derived>() const {
        return {field, [read = read](const Json& value, void* into) {
                    read(value, static_cast<T*>(static_cast<Derived*>(into)));
                }};
    }

    /// Leaves it out of the example: for an optional member that does not go together with another.
    Field not_in_example() && {
        field.in_example = false;
        return std::move(*this);
    }
};

// How plain values are read. Time and Money as their shapes have them: RFC 3339 text, and minor units.
void read_plain(const Json& value, std::string& into);
void read_plain(const Json& value, bool& into);
void read_plain(const Json& value, int& into);
void read_plain(const Json& value, std::int64_t& into);
void read_plain(const Json& value, Money& into);
void read_plain(const Json& value, Time& into);
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
    } else if constexpr (std::is_enum_v<T>) {  // an id; words have a parser of their own
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

/// A word that means one of a few values. `parse` knows every word that the shape lets through.
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

/// A member that must be there.
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

/// A member that may be absent, declared as field() declares it.
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

/// The work of the templates below that does not depend on the type.
Shape object_shape(std::string_view name, const std::vector<Shape::Field>& fields);
ReadInto object_reader(std::vector<NamedReader> members);
Shape tagged_shape(std::string_view tag, const std::vector<std::pair<std::string_view, Shape>>& alternatives);
ReadInto tagged_reader(std::string_view tag, std::vector<NamedReader> alternatives);

/// An object of exactly these members. `name`: its component in the OpenAPI document.
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

/// An object with the members of T's base, which is declared too, and further ones.
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

/// One of the structs that a std::variant holds, told by a tag.
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

/// An object that is one of several, told apart by the text in the member `tag`.
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
