#pragma once

#include <fmt/format.h>

#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

#include <catch2/catch_test_macros.hpp>

#include "app/check.h"
#include "support/shop.h"

namespace orderd::tests {

using Ids = std::vector<std::int64_t>;

inline std::string in_address(const std::string& text) {
    std::string escaped;
    for (const char c : text) {
        escaped += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
    return escaped;
}

inline Ids ids_of(const Json& rows) {
    Ids found;
    for (const auto& row : rows) {
        found.push_back(row.at("id").get<std::int64_t>());
    }
    return found;
}

struct SearchedShop : Shop {
    explicit SearchedShop(const std::function<void(app::Config&)>& configure = {}) : Shop(configure) {
        mug = product({.sku = "MUG-BLÅ", .name = "Blue mug", .on_hand = 10'000});
    }

    static Json body_of(std::int64_t product, const std::string& name, const std::string& email,
                        const std::string& phone = "", const std::string& city = "Berlin",
                        const std::string& postcode = "10115") {
        auto body = order_body({{product, 1}}, email);
        body["customer"]["name"] = name;
        body["customer"]["phone"] = phone;
        body["customer"]["shipping_address"]["city"] = city;
        body["customer"]["shipping_address"]["postal_code"] = postcode;
        return body;
    }

    std::int64_t place(const std::string& name, const std::string& email, const std::string& phone = "",
                       const std::string& city = "Berlin", const std::string& postcode = "10115") {
        const auto placed = post("/orders", body_of(mug, name, email, phone, city, postcode));
        INFO(placed.text);
        REQUIRE(placed.status == 201);
        return placed.body["id"];
    }

    void change(std::int64_t order, const Json& changes) {
        const auto changed = put("/admin/orders/" + std::to_string(order), changes, staff());
        INFO(changed.text);
        REQUIRE(changed.status == 200);
    }

    Ids list(const std::string& resource, const std::string& text, const std::string& more = "") {
        const auto reply = get("/admin/" + resource + "?q=" + in_address(text) + more, viewer());
        INFO(reply.text);
        REQUIRE(reply.status == 200);
        return ids_of(reply.body["data"]);
    }
    Ids orders(const std::string& text) { return list("orders", text); }
    Ids customers(const std::string& text) { return list("customers", text); }

    Json everything(const std::string& text) {
        const auto reply = get("/admin/search?q=" + in_address(text), viewer());
        INFO(reply.text);
        REQUIRE(reply.status == 200);
        return reply.body;
    }

    void set_beginnings(bool on) {
        REQUIRE(put("/admin/settings", {{"search_name_beginnings", on}}, owner()).status == 200);
    }

    std::int64_t rows() { return store().read().value<std::int64_t>("SELECT count(*) FROM search_word").value(); }

    template <class Mutate>
    void write(Mutate mutate) {
        store().writer().run([&](storage::Transaction& tx) { mutate(tx); });
    }

    app::Finding check_of_search() {
        for (auto& finding : app::check(store().read())) {
            if (finding.name == "search") {
                return finding;
            }
        }
        throw std::logic_error("nothing checks the search index");
    }

    std::int64_t mug = 0;
};

}  // namespace orderd::tests
