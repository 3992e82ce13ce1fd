// Who may call what: every route of the shop, as every kind of caller, against the table below.

#include <fmt/format.h>

#include <map>

#include <catch2/catch_test_macros.hpp>

#include "accounts/admin.h"
#include "accounts/customer.h"
#include "accounts/sessions.h"
#include "api/server.h"
#include "support/shop.h"

using namespace orderd;
using tests::Headers;
using tests::Reply;
using tests::Shop;

namespace {

// The callers, a letter each:
//   o  an owner             c  the customer whose order it is
//   s  a staff user         x  another customer
//   v  a viewer             h  whoever holds an order's access token
//   k  a staff's API key    n  nobody
//
// A route is open to the letters in its row, and to no other.
const std::map<std::string, std::string> kMatrix = {
    // the shop front
    {"GET /products", "osvkcxhn"},
    {"GET /products/{id}", "osvkcxhn"},
    {"GET /product-groups", "osvkcxhn"},
    {"GET /product-groups/{handle}", "osvkcxhn"},
    {"GET /collections", "osvkcxhn"},
    {"GET /pictures/{name}", "osvkcxhn"},
    {"POST /orders", "osvkcxhn"},
    {"POST /orders/quote", "osvkcxhn"},
    {"GET /orders/{id}", "osvkch"},
    {"POST /orders/{id}/cancel", "oskch"},
    {"POST /payments", "oskch"},
    {"GET /payments/{id}", "osvkch"},
    {"POST /payments/{id}/confirm", "oskch"},
    {"GET /payment-methods", "osvkcxhn"},
    {"POST /webhooks/stripe", "osvkcxhn"},         // by its signature; without one it is refused
    {"GET /sandbox/3ds/{reference}", "osvkcxhn"},  // the simulated card network's own page
    {"POST /sandbox/3ds/{reference}", "osvkcxhn"},

    // signing in
    {"POST /auth/login", "osvkcxhn"},
    {"POST /auth/logout", "osvcx"},
    {"GET /auth/me", "osvcx"},
    {"GET /auth/session", "osvkcxhn"},
    {"PUT /auth/password", "osvcx"},
    {"GET /auth/sessions", "osvcx"},
    {"DELETE /auth/sessions", "osvcx"},
    {"DELETE /auth/sessions/{id}", "osvcx"},
    {"GET /auth/setup", "osvkcxhn"},
    {"POST /auth/setup", "osvkcxhn"},
    {"POST /auth/setup/check", "osvkcxhn"},
    {"POST /auth/totp", "osvk"},  // a key passes by its role, and is refused for having no password
    {"POST /auth/totp/confirm", "osvk"},
    {"POST /auth/totp/disable", "osvk"},

    // a customer's account
    {"POST /customers", "osvkcxhn"},
    {"POST /customers/password-resets", "osvkcxhn"},  // by the mail's code
    {"PUT /customers/password-resets", "osvkcxhn"},
    {"GET /customers/me", "cx"},
    {"PUT /customers/me", "cx"},
    {"DELETE /customers/me", "cx"},
    {"GET /customers/me/orders", "cx"},

    // catalogue and stock
    {"POST /products", "osk"},
    {"PUT /products/{id}", "osk"},
    {"DELETE /products/{id}", "osk"},
    {"GET /admin/inventory", "osvk"},
    {"POST /admin/inventory", "osk"},
    {"GET /admin/inventory/{id}", "osvk"},
    {"PUT /admin/inventory/{id}", "osk"},
    {"DELETE /admin/inventory/{id}", "osk"},
    {"GET /admin/inventory/{id}/movements", "osvk"},
    {"POST /admin/inventory/import", "osk"},
    {"GET /admin/inventory/imports", "osvk"},
    {"POST /admin/inventory/imports/{id}/undo", "osk"},
    {"GET /admin/inventory/export", "osvk"},
    {"POST /admin/inventory/bulk", "osk"},
    {"POST /admin/inventory/bulk/{id}/undo", "osk"},
    {"GET /admin/inventory/coded", "osvk"},
    {"POST /admin/inventory/deliveries", "osk"},
    {"GET /admin/inventory/deliveries/{id}", "osvk"},
    {"PUT /admin/inventory/deliveries/{id}", "osk"},
    {"POST /admin/inventory/deliveries/{id}/lines", "osk"},
    {"POST /admin/inventory/counts", "osk"},
    {"GET /admin/collections", "osvk"},
    {"POST /admin/collections", "osk"},
    {"GET /admin/collections/{id}", "osvk"},
    {"PUT /admin/collections/{id}", "osk"},
    {"DELETE /admin/collections/{id}", "osk"},
    {"POST /admin/collections/{id}/products", "osk"},
    {"GET /admin/inventory/imports/{id}/pictures", "osvk"},
    {"GET /admin/inventory/{id}/pictures", "osvk"},
    {"POST /admin/inventory/{id}/pictures", "osk"},
    {"PUT /admin/inventory/{id}/pictures", "osk"},
    {"DELETE /admin/inventory/{id}/pictures/{picture_id}", "osk"},
    {"GET /admin/product-groups/{id}/pictures", "osvk"},
    {"POST /admin/product-groups/{id}/pictures", "osk"},
    {"PUT /admin/product-groups/{id}/pictures", "osk"},
    {"DELETE /admin/product-groups/{id}/pictures/{picture_id}", "osk"},
    {"GET /admin/product-groups", "osvk"},
    {"POST /admin/product-groups", "osk"},
    {"GET /admin/product-groups/{id}", "osvk"},
    {"PUT /admin/product-groups/{id}", "osk"},
    {"DELETE /admin/product-groups/{id}", "osk"},
    {"PUT /admin/product-groups/{id}/variants", "osk"},
    {"POST /admin/product-groups/{id}/variants", "osk"},
    {"PUT /admin/product-groups/{id}/variants/{product_id}", "osk"},
    {"DELETE /admin/product-groups/{id}/variants/{product_id}", "osk"},
    {"GET /admin/alerts", "osvk"},
    {"POST /admin/alerts/{id}/dismiss", "osk"},
    {"GET /admin/return-requests", "osvk"},
    {"GET /orders/{id}/return-requests", "osvk"},
    {"POST /admin/return-requests/{id}/settle", "osk"},

    // payments
    {"POST /payments/{id}/capture", "osk"},
    {"POST /payments/{id}/void", "osk"},
    {"POST /payments/{id}/refunds", "osk"},
    {"POST /payments/{id}/refunds/{refund_id}/sent", "osk"},
    {"POST /payments/{id}/refunds/{refund_id}/cancel", "osk"},
    {"GET /admin/payments", "osvk"},
    {"GET /admin/payments/totals", "osvk"},
    {"GET /admin/payments/{id}", "osvk"},
    {"GET /admin/stats/payments", "osvk"},

    // shipments
    {"PUT /orders/{id}/fulfillment", "osk"},
    {"GET /orders/{id}/tracking", "osvkch"},
    {"GET /shipments/{id}", "osvk"},
    {"POST /shipments/{id}/void", "osk"},
    {"POST /shipments/{id}/retry", "osk"},
    {"POST /shipments/{id}/events", "osk"},
    {"GET /shipments/{id}/label", "osk"},
    {"GET /shipments/{id}/label.pdf", "osk"},
    {"GET /shipments/{id}/label.zpl", "osk"},
    {"GET /shipments/{id}/packing-slip", "osk"},
    {"POST /shipments/labels", "osk"},
    {"POST /orders/bulk/fulfillment", "osk"},
    {"POST /orders/{id}/rates", "osk"},
    {"POST /orders/bulk/fulfillment/undo", "osk"},
    {"POST /orders/{id}/short-pick", "osk"},
    {"POST /shipments/{id}/keep-label", "osk"},
    {"POST /shipments/{id}/replace-label", "osk"},
    {"GET /admin/packing", "osvk"},
    {"GET /admin/packing/{id}", "osvk"},
    {"POST /admin/packing/sheets", "osk"},
    {"GET /orders/{id}/returns", "osvk"},
    {"POST /orders/{id}/returns", "osk"},
    {"POST /orders/{id}/cancel-unshipped", "osk"},
    {"GET /carriers", "osvk"},
    {"GET /track/{link}", "osvkcxhn"},  // by its link
    {"GET /", "osvkcxhn"},
    {"GET /c/{handle}", "osvkcxhn"},
    {"GET /p/{handle}", "osvkcxhn"},
    {"GET /pages/shop.css", "osvkcxhn"},
    {"GET /robots.txt", "osvkcxhn"},
    {"GET /sitemap.xml", "osvkcxhn"},
    {"GET /sitemap/{part}.xml", "osvkcxhn"},
    {"GET /favicon.svg", "osvkcxhn"},
    {"GET /basket", "osvkcxhn"},
    {"POST /basket", "osvkcxhn"},
    {"GET /checkout", "osvkcxhn"},
    {"POST /checkout", "osvkcxhn"},
    {"GET /account", "osvkcxhn"},  // by the pages' own cookie
    {"POST /account", "osvkcxhn"},
    {"GET /account/new", "osvkcxhn"},
    {"POST /account/new", "osvkcxhn"},
    {"GET /account/password", "osvkcxhn"},
    {"POST /account/password", "osvkcxhn"},
    {"GET /withdraw", "osvkcxhn"},
    {"GET /legal/{kind}", "osvkcxhn"},
    {"GET /legal-texts", "osvkcxhn"},
    {"GET /logo/{hash}.webp", "osvkcxhn"},
    {"POST /withdraw", "osvkcxhn"},
    {"GET /pay/{link}", "osvkcxhn"},  // by their links
    {"POST /pay/{link}", "osvkcxhn"},
    {"GET /pay/{link}/code.svg", "osvkcxhn"},
    {"GET /o/{link}", "osvkcxhn"},
    {"POST /o/{link}", "osvkcxhn"},
    {"GET /receipt/{link}", "osvkcxhn"},      // likewise
    {"POST /webhooks/easypost", "osvkcxhn"},  // by its signature; without one it is refused

    // invoices and what corrects them
    {"GET /admin/documents", "osvk"},
    {"GET /admin/documents/{id}", "osvk"},
    {"GET /admin/documents/{id}.pdf", "osvk"},
    {"POST /admin/documents/pdf", "osvk"},
    {"POST /admin/orders/{id}/documents", "osk"},
    {"GET /receipt/{link}/documents/{id}", "osvkcxhn"},  // by the receipt's link

    // orders and customers, as those who work here see them
    {"GET /admin/orders/large-holds", "osvk"},
    {"GET /admin/orders", "osvk"},
    {"GET /admin/orders/export", "osvk"},
    {"GET /admin/orders/{id}", "osvk"},
    {"GET /admin/order-tags", "osvk"},
    {"POST /admin/orders/{id}/tags", "osk"},
    {"GET /admin/orders/{id}/comments", "osvk"},
    {"POST /admin/orders/{id}/comments", "osk"},  // a key passes by its role, and is refused for being nobody
    {"DELETE /admin/orders/{id}/comments/{comment}", "os"},
    {"PUT /admin/orders/{id}", "osk"},
    {"PUT /admin/orders/{id}/discount", "osk"},
    {"DELETE /admin/orders/{id}/discount", "osk"},
    {"POST /admin/orders", "osk"},
    {"POST /admin/orders/{id}/place", "osk"},
    {"DELETE /admin/orders/{id}", "osk"},
    {"POST /admin/orders/{id}/edits", "osk"},
    {"POST /admin/orders/{id}/payment-link", "osk"},
    {"POST /admin/orders/{id}/payment-link/mail", "osk"},
    {"GET /admin/reports/takings", "osvk"},
    {"GET /admin/reports/takings.csv", "osvk"},
    {"GET /admin/reports/tax", "osvk"},
    {"GET /admin/reports/tax.csv", "osvk"},
    {"GET /admin/reports/sales", "osvk"},
    {"GET /admin/reports/sales.csv", "osvk"},
    {"GET /admin/reports/open-payments", "osvk"},
    {"GET /admin/reports/open-payments.csv", "osvk"},
    {"GET /admin/reports/refunds-to-send", "osvk"},
    {"GET /admin/reports/refunds-to-send.csv", "osvk"},
    {"GET /admin/delivery-methods", "osvk"},
    {"POST /admin/delivery-methods", "osk"},
    {"GET /admin/delivery-methods/offers", "osvk"},
    {"GET /admin/delivery-methods/{id}", "osvk"},
    {"PUT /admin/delivery-methods/{id}", "osk"},
    {"DELETE /admin/delivery-methods/{id}", "osk"},
    {"GET /admin/discount-codes", "osvk"},
    {"POST /admin/discount-codes", "osk"},
    {"GET /admin/discount-codes/{id}", "osvk"},
    {"PUT /admin/discount-codes/{id}", "osk"},
    {"GET /admin/tax-rates/defaults", "osvk"},
    {"GET /admin/customers", "osvk"},
    {"GET /admin/customers/{id}", "osvk"},
    {"GET /admin/customers/export", "osvk"},
    {"GET /admin/customers/{id}/export", "osk"},
    {"POST /admin/customers/{id}/erase", "o"},

    // the shop itself
    {"GET /admin/users", "osvk"},
    {"POST /admin/users", "o"},
    {"GET /admin/users/{id}", "osvk"},
    {"PUT /admin/users/{id}", "o"},
    {"DELETE /admin/users/{id}", "o"},
    {"POST /admin/users/{id}/reset-totp", "o"},
    {"GET /admin/users/{id}/sessions", "o"},
    {"DELETE /admin/users/{id}/sessions", "o"},
    {"DELETE /admin/users/{id}/sessions/{session}", "o"},
    {"GET /admin/api-keys", "o"},
    {"POST /admin/api-keys", "o"},
    {"DELETE /admin/api-keys/{id}", "o"},
    {"GET /admin/saved-lists", "osv"},    // a person's own, and not a key's
    {"POST /admin/saved-lists", "osvk"},  // a key without a body is told of the body first
    {"DELETE /admin/saved-lists/{id}", "osv"},
    {"GET /admin/notices", "osv"},  // likewise
    {"PUT /admin/notices/mail", "osvk"},
    {"PUT /admin/notices/post", "osvk"},
    {"DELETE /admin/notices/mail", "osv"},
    {"DELETE /admin/notices/post", "osv"},
    {"POST /admin/notices/mail/test", "osv"},
    {"POST /admin/notices/post/test", "osv"},
    {"GET /admin/webhooks", "o"},
    {"POST /admin/webhooks", "o"},
    {"GET /admin/webhooks/{id}", "o"},
    {"PUT /admin/webhooks/{id}", "o"},
    {"DELETE /admin/webhooks/{id}", "o"},
    {"POST /admin/webhooks/{id}/rotate-secret", "o"},
    {"POST /admin/webhooks/{id}/test", "o"},
    {"GET /admin/webhook-deliveries", "o"},
    {"GET /admin/webhook-deliveries/{id}", "o"},
    {"POST /admin/webhook-deliveries/{id}/replay", "o"},
    {"GET /admin/settings", "osvk"},
    {"PUT /admin/settings", "o"},
    {"POST /admin/settings/mail/test", "o"},
    {"POST /admin/logos", "o"},
    {"GET /admin/storefront/preview", "o"},
    {"GET /admin/storefront/preview.css", "o"},
    {"GET /admin/texts", "osvk"},
    {"GET /admin/texts/{kind}/{language}", "osvk"},
    {"GET /admin/texts/{kind}/{language}/versions", "osvk"},
    {"PUT /admin/texts/{kind}/{language}", "o"},
    {"GET /admin/words/{language}", "osvk"},
    {"GET /admin/words/{language}/{name}", "osvk"},
    {"PUT /admin/words/{language}/{name}", "o"},
    {"POST /admin/mails/preview", "o"},
    {"POST /admin/mails/test", "o"},
    {"GET /admin/checklist", "osvk"},
    {"PUT /admin/checklist/{step}", "o"},
    {"GET /admin/mails", "osvk"},
    {"GET /admin/mails/{id}", "osk"},
    {"POST /admin/mails/{id}/send-again", "osk"},
    {"GET /admin/orders/{id}/links", "osk"},
    {"GET /admin/search", "osvk"},
    {"GET /admin/stats", "osvk"},
    {"GET /admin/stats/sales", "osvk"},
    {"GET /admin/audit", "o"},
    {"GET /admin/jobs", "osvk"},
    {"POST /admin/jobs/{id}/retry", "osk"},
    {"DELETE /admin/jobs/{id}", "osk"},
    {"GET /admin/job-lanes", "osvk"},
    {"POST /admin/job-parties/{party}/try", "osk"},
    {"GET /admin/events", "osvk"},
    {"GET /admin/events/stream", "osvk"},

    // the service
    {"GET /healthz", "osvkcxhn"},
    {"GET /readyz", "osvkcxhn"},
    {"GET /metrics", "osvk"},
    {"GET /openapi.json", "osvkcxhn"},
    {"GET /pages/page.css", "osvkcxhn"},
    {"GET /pages/checkout.js", "osvkcxhn"},
    {"GET /pages/pay.js", "osvkcxhn"},
    {"GET /docs", "osvkcxhn"},
    {"GET /docs/style.css", "osvkcxhn"},
    {"GET /docs/script.js", "osvkcxhn"},
    {"GET /docs/guides/{name}", "osvkcxhn"},
};

constexpr std::string_view kCallers = "osvkcxhn";

/// A shop in which everyone is there, and two orders: one of customer c, one that h holds.
struct Crowd : Shop {
    Crowd() {
        const auto mug = product({});
        customer_ = add_customer("carl@example.com");
        other_ = add_customer("xenia@example.com");
        key_ = post("/admin/api-keys", {{"label", "till"}, {"role", "staff"}}, owner()).body.at("secret");
        const Json one{{"items", {{{"product_id", mug}, {"quantity", 1}}}}};
        customers_order_ = post("/orders", one, token('c')).body.at("id");
        const auto held = order({{mug, 1}});
        held_order_ = held.body.at("id");
        capability_ = held.body.at("access_token");
        for (const auto order : {customers_order_, held_order_}) {
            payments_[order] = post("/payments", payment_of(order), owner()).body.at("id");
        }
    }

    /// A separate token for each call, since one of the routes ends it. Empty: nobody's.
    std::string token(char caller) {
        const auto session = [&](const accounts::User& user) {
            return store()
                .writer()
                .run([&](storage::Transaction& tx) { return accounts::begin_session(tx, user, clock().now()); })
                .token;
        };
        switch (caller) {
            case 'o': return session(admin("owner"));
            case 's': return session(admin("sam"));
            case 'v': return session(admin("vera"));
            case 'k': return key_;
            case 'c': return session(customer_);
            case 'x': return session(other_);
            case 'h': return capability_;
            default: return "";
        }
    }

    /// The order that is the caller's, or one that is not.
    std::int64_t order_for(char caller, bool own) const {
        return (caller == 'h') == own ? held_order_ : customers_order_;
    }

    Reply call(const api::Route& route, char caller, std::int64_t order) {
        const auto path = path_of(route, order);
        // A stale version and an empty body: whoever is let in is stopped there, so that no call changes anything.
        const Headers headers{{"If-Match", "\"999999\""}};
        const auto method = path.ends_with("/stream") ? "HEAD" : route.method;
        if (method == "GET" || method == "HEAD" || method == "DELETE") {
            return send(method, path, "", "", token(caller), headers);
        }
        const auto body = route.path == "/payments" ? payment_of(order) : Json::object();
        return send(method, path, body.dump(), "application/json", token(caller), headers);
    }

private:
    static Json payment_of(std::int64_t order) {
        return {{"order_id", order}, {"method", {{"type", "bank_transfer"}}}};
    }

    /// The order's own page, its payment's, or that of something that is not there.
    std::string path_of(const api::Route& route, std::int64_t order) const {
        auto path = route.path;
        const auto name = path.find('{');
        if (name == std::string::npos) {
            return path;
        }
        const auto payment = payments_.find(order);
        const auto id =
            path.starts_with("/orders/") ? order
            : path.starts_with("/payments/{id}") && route.who != api::Who::staff && payment != payments_.end()
                ? payment->second
                : 999'999;
        return path.replace(name, path.find('}') + 1 - name, std::to_string(id));
    }

    AdminId admin(std::string_view name) { return accounts::find_admin(store().read(), name)->id; }

    CustomerId add_customer(const std::string& email) {
        const auto who = accounts::prepare(
            store().vault(), accounts::Contact{.name = "Somebody", .email = email, .phone = ""},
            accounts::Address{
                .line1 = "Markt 1", .line2 = "", .city = "Ulm", .region = "", .postal_code = "", .country = "DE"});
        return store().writer().run([&](storage::Transaction& tx) {
            return accounts::add_account(tx, who, "!", Actor::system(), clock().now());
        });
    }

    CustomerId customer_{};
    CustomerId other_{};
    std::string key_;
    std::string capability_;
    std::int64_t customers_order_ = 0;
    std::int64_t held_order_ = 0;
    std::map<std::int64_t, std::int64_t> payments_;  // by order
};

bool is_holders(const api::Route& route) {
    return route.who == api::Who::holder || route.who == api::Who::holder_or_staff;
}

/// How a caller who may not is refused: not signed in 401, without the role 403, not yours 404.
int refusal(const api::Route& route, char caller) {
    if (caller == 'n' || caller == 'h') {
        return 401;
    }
    return is_holders(route) && caller == 'x' ? 404 : 403;
}

}  // namespace

TEST_CASE("every route is open to whom the matrix says, and closed to everyone else") {
    Crowd shop;
    for (const auto& [route, handler] : shop.app().server().routes().rows()) {
        const auto name = route.method + ' ' + route.path;
        const auto row = kMatrix.find(name);
        if (row == kMatrix.end()) {
            FAIL_CHECK("the matrix has no row for " << name);
            continue;
        }
        for (const char caller : kCallers) {
            const auto reply = shop.call(route, caller, shop.order_for(caller, true));
            CAPTURE(name, caller, reply.status, reply.text);
            if (row->second.find(caller) == std::string::npos) {
                CHECK(reply.status == refusal(route, caller));
                CHECK((reply.status != 401 || !reply.header("WWW-Authenticate").empty()));
            } else {
                CHECK(reply.status != 401);
                CHECK(reply.status != 403);
                CHECK(reply.status < 500);
                CHECK((!is_holders(route) || reply.status != 404));
            }
        }
    }
}

TEST_CASE("an order that is not yours is not there") {
    Crowd shop;
    for (const auto& [route, handler] : shop.app().server().routes().rows()) {
        if (!is_holders(route)) {
            continue;
        }
        for (const char caller : {'c', 'x', 'h'}) {
            const auto reply = shop.call(route, caller, shop.order_for(caller, false));
            const auto missing = shop.call(route, caller, 999'999);
            CAPTURE(route.method, route.path, caller, reply.text);
            CHECK(reply.status == 404);
            CHECK(missing.status == 404);
            CHECK(reply.body["detail"] == missing.body["detail"]);
        }
    }
}

TEST_CASE("a matrix walk changes nothing") {
    Crowd shop;
    const auto before = shop.events();
    for (const auto& [route, handler] : shop.app().server().routes().rows()) {
        for (const char caller : kCallers) {
            shop.call(route, caller, shop.order_for(caller, true));
        }
    }
    CHECK(shop.events() == before);
    shop.check_invariants();
}
