#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "api/shape.h"
#include "base/json.h"

namespace orderd::api {

/// The content of a shape. Only for this folder: shape.cpp checks values with it, schema.cpp describes it.
struct Shape::Node {
    enum class Kind {
        text,
        lines,
        email,
        time,
        day,
        country,
        currency,
        integer,
        boolean,
        one_of,
        list,
        object,
        map,
        tagged,
        anything
    };

    struct Member {
        std::string name;
        Shape shape;
        bool required;
        bool in_example;
    };

    Kind kind = Kind::anything;
    std::size_t min = 0;  ///< code points of text, elements of a list
    std::size_t max = 0;
    std::int64_t lowest = 0;  ///< of an integer
    std::int64_t highest = 0;
    std::vector<std::string> values = {};                          ///< one_of
    std::vector<Member> members = {};                              ///< object
    bool is_open = false;                                          ///< object: further members are allowed
    std::optional<Shape> of = {};                                  ///< list, map
    std::string tag = {};                                          ///< tagged
    std::vector<std::pair<std::string, Shape>> alternatives = {};  ///< tagged
    bool nullable = false;
    std::string name = {};
    std::string description = {};
    Json example = nullptr;
};

}  // namespace orderd::api
