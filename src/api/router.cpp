#include "api/router.h"

#include <algorithm>

#include "wire/head.h"

namespace orderd::api {
namespace {

std::vector<std::string_view> segments_of(std::string_view path) {
    std::vector<std::string_view> segments;
    if (!path.empty()) {
        path.remove_prefix(1);
    }
    for (;;) {
        const auto end = path.find('/');
        segments.push_back(path.substr(0, end));
        if (end == std::string_view::npos) {
            return segments;
        }
        path.remove_prefix(end + 1);
    }
}

/// A segment "{id}", or "{id}.pdf": a name, and what is written after its value.
struct Named {
    std::string_view name;
    std::string_view suffix;
};

std::optional<Named> named(std::string_view segment) {
    const auto end = segment.find('}');
    if (segment.size() < 3 || segment.front() != '{' || end == std::string_view::npos) {
        return std::nullopt;
    }
    return Named{segment.substr(1, end - 1), segment.substr(end + 1)};
}

}  // namespace

Router::Router(const RouteTable& table) {
    for (std::size_t row = 0; row < table.rows().size(); ++row) {
        const auto& route = table.rows()[row].route;
        auto* node = &root_;
        for (const auto segment : segments_of(route.path)) {
            const auto name = named(segment);
            auto& next = name ? node->names[std::string(name->suffix)] : node->words[std::string(segment)];
            if (!next) {
                next = std::make_unique<Node>();
            }
            node = next.get();
        }
        node->methods.emplace_back(route.method, row);
        names_.push_back(names_in(route.path));
    }
}

const Router::Node* Router::descend(const Node& node, const std::vector<std::string_view>& segments, std::size_t at,
                                    std::vector<std::string>& values) {
    if (at == segments.size()) {
        return node.methods.empty() ? nullptr : &node;
    }
    const auto word = node.words.find(segments[at]);
    if (word != node.words.end()) {
        if (const auto* found = descend(*word->second, segments, at + 1, values)) {
            return found;
        }
    }
    for (const auto& [suffix, next] : node.names) {
        if (segments[at].size() <= suffix.size() || !segments[at].ends_with(suffix)) {
            continue;
        }
        auto value = wire::percent_decoded(segments[at].substr(0, segments[at].size() - suffix.size()), false);
        if (!value) {
            return nullptr;
        }
        values.push_back(std::move(*value));
        if (const auto* found = descend(*next, segments, at + 1, values)) {
            return found;
        }
        values.pop_back();
    }
    return nullptr;
}

Router::Match Router::find(std::string_view method, std::string_view path) const {
    Match match;
    const auto* node = descend(root_, segments_of(path), 0, match.values);
    if (node == nullptr) {
        return match;
    }
    match.methods = &node->methods;
    const auto wanted = method == "HEAD" ? std::string_view("GET") : method;
    for (const auto& [name, row] : node->methods) {
        if (name == wanted) {
            match.row = row;
        }
    }
    return match;
}

std::string Router::allow(const Match& match) {
    std::vector<std::string> methods{"OPTIONS"};
    for (const auto& [name, row] : *match.methods) {
        methods.push_back(name);
        if (name == "GET") {
            methods.emplace_back("HEAD");
        }
    }
    std::sort(methods.begin(), methods.end());
    std::string text;
    for (const auto& name : methods) {
        text.append(text.empty() ? "" : ", ").append(name);
    }
    return text;
}

std::vector<std::string> names_in(std::string_view path) {
    std::vector<std::string> names;
    for (const auto segment : segments_of(path)) {
        if (const auto name = named(segment)) {
            names.emplace_back(name->name);
        }
    }
    return names;
}

}  // namespace orderd::api
