// Writes the paths of first and of deep pages of the admin's list of orders, for several filters, and of searches over
// everything: a file for each filter and depth, which bench_load asks. A deep page is one that a cursor leads to, at a
// random place in the list.
//
//   bench_pages --data DIR --out DIR

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <CLI/CLI.hpp>

#include "api/request_parts.h"
#include "app/made_up.h"
#include "base/json.h"
#include "base/time.h"
#include "storage/store.h"

namespace orderd::bench {

namespace {

using Query = std::vector<std::pair<std::string, std::string>>;

constexpr std::int64_t kFirstNumber = 1001;
constexpr int kPages = 200;

struct Filtered {
    const char* name;
    Query query;
    const char* path = "/admin/orders";

    bool has_pages() const { return std::string_view(path) == "/admin/orders"; }
};

std::vector<Filtered> filters(std::int64_t orders, Time newest) {
    const auto then = [&](std::int64_t days_ago) { return rfc3339(newest - days(days_ago)).substr(0, 10); };
    const auto someone = app::made_up_guest(static_cast<std::uint64_t>(orders / 3)).contact;
    const auto surname = someone.name.substr(someone.name.find(' ') + 1);
    const auto* const everything = "/admin/search";
    return {
        {"all", {}},
        {"pending", {{"status", "pending"}}},
        {"paid or shipped", {{"status", "paid,shipped"}}},
        {"delivered", {{"status", "delivered"}}},
        {"a month", {{"from", then(400)}, {"to", then(370)}}},
        {"a product", {{"product_id", "17"}}},
        {"a product, expired", {{"product_id", "17"}, {"status", "expired"}}},
        {"a manager", {{"managed_by", "2"}}},
        {"a manager, paid", {{"managed_by", "2"}, {"status", "paid"}}},
        {"an e-mail address", {{"q", someone.email}}},
        {"a surname", {{"q", surname}}},
        {"a surname's beginning", {{"q", surname.substr(0, 3)}}},
        {"a whole name", {{"q", someone.name}}},
        {"a telephone number", {{"q", someone.phone}}},
        {"a town", {{"q", "Berlin"}}},
        {"a town, expired", {{"q", "Berlin"}, {"status", "expired"}}},
        {"a surname and a town", {{"q", surname + " Berlin"}}},
        {"two beginnings", {{"q", surname.substr(0, 3) + ' ' + someone.name.substr(0, 3)}}},
        {"a name and a town that none has", {{"q", "Berlin nobody"}}},
        {"search: a surname", {{"q", surname}}, everything},
        {"search: a surname's beginning", {{"q", surname.substr(0, 3)}}, everything},
        {"search: a surname and a town", {{"q", surname + " Berlin"}}, everything},
        {"search: two beginnings", {{"q", surname.substr(0, 3) + ' ' + someone.name.substr(0, 3)}}, everything},
        {"search: a town", {{"q", "Berlin"}}, everything},
        {"search: a telephone number", {{"q", someone.phone}}, everything},
        {"search: a parcel", {{"q", fmt::format("OD{:010}", kFirstNumber + orders / 2)}}, everything},
        {"to pack", {{"packable", "true"}}},
        {"unpaid", {{"status", "pending"}, {"packable", "false"}}},
        {"a product, to pack", {{"product_id", "17"}, {"packable", "true"}}},
        {"in trouble", {{"in_trouble", "true"}}},
        {"a number", {{"q", std::to_string(kFirstNumber + orders / 2)}}},
    };
}

void write_paths(const storage::Vault& vault, const Filtered& filter, bool deep, std::int64_t orders,
                 std::ostream& out) {
    const api::Route route{.method = "GET", .path = filter.path};
    for (int n = 0; n < kPages; ++n) {
        auto path = route.path;
        char separator = '?';
        for (const auto& [name, value] : filter.query) {
            path += fmt::format("{}{}={}", std::exchange(separator, '&'), name, wire::percent_encoded(value));
        }
        if (deep) {
            const auto scattered =
                static_cast<std::int64_t>((static_cast<std::uint64_t>(n) + 1) * 0x9E3779B97F4A7C15ULL >> 24U);
            path += fmt::format("{}cursor={}", separator,
                                api::make_cursor(vault, route, filter.query, kFirstNumber + scattered % orders));
        }
        out << path << '\n';
    }
}

void write_all(const std::filesystem::path& shop, const std::filesystem::path& folder) {
    const storage::Files files(shop);
    const auto vault = storage::Vault::open(files.key);
    storage::Connection connection(files.database, storage::Connection::Mode::read_only);
    const storage::View view(connection, vault);
    const auto orders = view.value<std::int64_t>("SELECT max(id) FROM orders").value_or(0) - kFirstNumber + 1;
    const auto newest = view.value<Time>("SELECT max(placed_at) FROM orders").value_or(Time{});
    for (const auto& filter : filters(orders, newest)) {
        for (const bool deep : filter.has_pages() ? std::vector{false, true} : std::vector{false}) {
            std::ofstream out(folder / fmt::format("{}, {}", filter.name, deep ? "deep" : "first"));
            write_paths(vault, filter, deep, orders, out);
        }
    }
}

}  // namespace

}  // namespace orderd::bench

int main(int argc, char** argv) {
    std::filesystem::path shop;
    std::filesystem::path folder;
    CLI::App line("Writes paths of pages of the list of orders");
    line.add_option("--data", shop)->required()->check(CLI::ExistingDirectory);
    line.add_option("--out", folder)->required()->check(CLI::ExistingDirectory);
    CLI11_PARSE(line, argc, argv);
    try {
        orderd::bench::write_all(shop, folder);
    } catch (const std::exception& error) {
        std::cerr << "bench_pages: " << error.what() << '\n';
        return 1;
    }
    return 0;
}
