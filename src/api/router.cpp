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

bool is_name(std::string_view segment) { return segment.size() > 2 && segment.front() == '{' && segment.back() == '}'; }

}  // namespace

Router::Router(const RouteTable& table) {
    for (std::size_t row = 0; row < table.rows().size(); ++row) {
        const auto& route = table.rows()[row].route;
        auto* node = &root_;
        for (const auto segment : segments_of(route.path)) {
            auto& next = is_name(segment) ? node->name : node->words[std::string(segment)];
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
    if (node.name && !segments[at].empty()) {
        auto value = wire::percent_decoded(segments[at], false);
        if (!value) {
            return nullptr;
        }
        values.push_back(std::move(*value));
        if (const auto* found = descend(*node.name, segments, at + 1, values)) {
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
        if (is_name(segment)) {
            names.emplace_back(segment.substr(1, segment.size() - 2));
        }
    }
    return names;
}

}  // namespace orderd::api
