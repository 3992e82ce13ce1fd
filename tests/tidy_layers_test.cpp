// Which folder of src may include which. Failures say where the piece belongs instead.

#include <algorithm>
#include <array>
#include <optional>
#include <regex>
#include <string>
#include <string_view>
#include <vector>

#include <catch2/catch_test_macros.hpp>

#include "support/source_tree.h"

namespace orderd::tests {
namespace {

/// From the top: each may include itself and those below it.
constexpr std::array<std::string_view, 15> kLayers{"app",         "storefront", "notify",  "documents", "payments",
                                                   "fulfillment", "orders",     "catalog", "accounts",  "api",
                                                   "wire",        "outgoing",   "jobs",    "storage",   "base"};

/// The folder of src that a path is in: "src/fulfillment/print/font.h" is in "fulfillment"; empty for src/main.cpp.
std::string_view layer_of(std::string_view path) {
    constexpr std::string_view kSource = "src/";
    const auto below = path.starts_with(kSource) ? path.substr(kSource.size()) : path;
    const auto slash = below.find('/');
    return slash == std::string_view::npos ? std::string_view() : below.substr(0, slash);
}

/// 0 is the top. Nothing for what is no layer.
std::optional<std::ptrdiff_t> height_of(std::string_view layer) {
    const auto* found = std::find(kLayers.begin(), kLayers.end(), layer);
    return found == kLayers.end() ? std::nullopt : std::optional(found - kLayers.begin());
}

/// What a line includes of the project's own files: "storage/store.h". Empty for other lines.
std::string included(const std::string& line) {
    static const std::regex include(R"rx(^\s*#\s*include\s+"(.+)")rx");
    std::smatch match;
    return std::regex_search(line, match, include) ? match[1].str() : std::string();
}

template <class Breaks>
std::vector<Breach> includes_that(const SourceFile& file, Breaks breaks) {
    std::vector<Breach> found;
    for (std::size_t i = 0; i < file.lines.size(); ++i) {
        const auto header = included(file.lines[i]);
        if (!header.empty() && breaks(header)) {
            found.push_back({file.path, i + 1, "includes " + header});
        }
    }
    return found;
}

std::vector<Breach> includes_upwards(const SourceFile& file) {
    const auto from = height_of(layer_of(file.path));
    return includes_that(file, [&](const std::string& header) {
        const auto to = height_of(layer_of(header));
        return from && (!to || *to < *from);
    });
}

bool is_department(std::string_view layer) {
    const auto height = height_of(layer);
    return height && *height > *height_of("app") && *height < *height_of("api");
}

bool is_routes(std::string_view path) { return path.find("routes") != std::string_view::npos; }

/// What declares how a piece of JSON looks: a department's bodies, descriptions and settings need it.
bool declares_shapes(std::string_view header) {
    return header == "api/shape.h" || header == "api/fields.h" || header == "api/scope.h" ||
           header == "api/sent_events.h";
}

/// All of the storefront is pages, so that all of it knows requests.
bool is_pages(std::string_view path) { return layer_of(path) == "storefront"; }

std::vector<Breach> handles_requests(const SourceFile& file) {
    return includes_that(file, [&](const std::string& header) {
        const bool knows_requests = layer_of(header) == "api" ? !declares_shapes(header) : is_routes(header);
        return is_department(layer_of(file.path)) && !is_routes(file.path) && !is_pages(file.path) && knows_requests;
    });
}

/// Gateways, carriers, mails and webhooks speak to the outside. Routes may check an address with outgoing's rules.
bool may_speak_outside(std::string_view path) {
    return layer_of(path) == "app" || layer_of(path) == "notify" || path.starts_with("src/payments/stripe") ||
           path.starts_with("src/fulfillment/easypost") || path.starts_with("src/catalog/picture_") || is_routes(path);
}

std::vector<Breach> speaks_outside(const SourceFile& file) {
    return includes_that(file, [&](const std::string& header) {
        const auto height = height_of(layer_of(file.path));
        return height && *height < *height_of("outgoing") && layer_of(header) == "outgoing" &&
               !may_speak_outside(file.path);
    });
}

}  // namespace

TEST_CASE("a folder of src includes itself and the folders below it") {
    CHECK(includes_upwards(planted("src/base/address.cpp", R"(#include "wire/head.h")")).size() == 1);
    CHECK(includes_upwards(planted("src/orders/placing.h", R"(#include "payments/payment.h")")).size() == 1);
    CHECK(includes_upwards(planted("src/orders/placing.h", R"(#include "placing_rules.h")")).size() == 1);
    CHECK(includes_upwards(planted("src/orders/placing.h", R"(#include "orders/order.h")")).empty());
    CHECK(includes_upwards(planted("src/payments/payment.h", R"(#include "orders/order.h")")).empty());
    CHECK(includes_upwards(planted("src/base/text.h", "#include <string>")).empty());
    for (const auto& file : source_files({"src"}, {".cpp", ".h"})) {
        INFO(file.path << " is in no folder of this test: give it a layer");
        CHECK((file.path == "src/main.cpp" || height_of(layer_of(file.path))));
        report(includes_upwards(file),
               "include by the full path what is in this folder or below it; otherwise move the piece down, or have "
               "app hand it in as a function (see src/README.md, Layers)");
    }
}

TEST_CASE("in a department only its routes know requests and answers") {
    CHECK(handles_requests(planted("src/orders/placing.cpp", R"(#include "api/request.h")")).size() == 1);
    CHECK(handles_requests(planted("src/orders/placing.cpp", R"(#include "orders/routes.h")")).size() == 1);
    CHECK(handles_requests(planted("src/orders/bodies.h", R"(#include "api/fields.h")")).empty());
    CHECK(handles_requests(planted("src/orders/routes.cpp", R"(#include "api/request.h")")).empty());
    CHECK(handles_requests(planted("src/app/app.cpp", R"(#include "orders/routes.h")")).empty());
    for (const auto& file : source_files({"src"}, {".cpp", ".h"})) {
        report(handles_requests(file),
               "call it from a file with \"routes\" in its name, with plain values; what declares a body needs only "
               "api/fields.h, api/shape.h, api/scope.h and api/sent_events.h");
    }
}

TEST_CASE("gateways, carriers, mails, webhooks and pictures alone speak to the outside") {
    CHECK(speaks_outside(planted("src/payments/refunds.cpp", R"(#include "outgoing/client.h")")).size() == 1);
    CHECK(speaks_outside(planted("src/payments/stripe_api.h", R"(#include "outgoing/client.h")")).empty());
    CHECK(speaks_outside(planted("src/outgoing/client.cpp", R"(#include "outgoing/client.h")")).empty());
    for (const auto& file : source_files({"src"}, {".cpp", ".h"})) {
        report(speaks_outside(file),
               "call the gateway or the carrier through its interface (payments/gateway.h, fulfillment/carrier.h)");
    }
}

}  // namespace orderd::tests
