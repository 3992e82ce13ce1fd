#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "api/route.h"

namespace orderd::api {

/// Finds the row for a method and a path, in a tree of path segments. A literal segment takes precedence over
/// a {name}, and a name with a suffix ({id}.pdf) over one without. Constant after construction.
class Router {
public:
    explicit Router(const RouteTable& table);

    struct Match {
        std::optional<std::size_t> row;                                             ///< in the table
        std::vector<std::string> values;                                            ///< for the row's {names}, decoded
        const std::vector<std::pair<std::string, std::size_t>>* methods = nullptr;  ///< of the path; null: no such path
    };

    /// `path`: as sent, not decoded. HEAD finds the row of GET.
    Match find(std::string_view method, std::string_view path) const;

    /// The {names} of a row's path, in order.
    const std::vector<std::string>& names(std::size_t row) const { return names_[row]; }

    /// The value of a path's Allow header: "GET, HEAD, OPTIONS, PUT".
    static std::string allow(const Match& match);

private:
    struct Node {
        std::map<std::string, std::unique_ptr<Node>, std::less<>> words;
        std::map<std::string, std::unique_ptr<Node>, std::greater<>> names;  ///< by suffix, the empty one last
        std::vector<std::pair<std::string, std::size_t>> methods;
    };

    static const Node* descend(const Node& node, const std::vector<std::string_view>& segments, std::size_t at,
                               std::vector<std::string>& values);

    Node root_;
    std::vector<std::vector<std::string>> names_;  ///< by row
};

/// The {names} of a path, in order.
std::vector<std::string> names_in(std::string_view path);

}  // namespace orderd::api
