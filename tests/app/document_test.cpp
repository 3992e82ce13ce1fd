// The OpenAPI document of a whole shop: its examples work, and its names can be used by generated clients.

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <fstream>
#include <functional>
#include <map>
#include <regex>
#include <set>
#include <string>

#include <catch2/catch_test_macros.hpp>

#include "accounts/authenticator_app.h"
#include "accounts/password_resets.h"
#include "api/operation_words.h"
#include "api/shape.h"
#include "app/app.h"
#include "fulfillment/easypost_server.h"
#include "fulfillment/support.h"
#include "notify/mail_support.h"
#include "support/picture_files.h"
#include "support/shop.h"

using namespace orderd;
using namespace orderd::tests;

namespace {

void with_sandbox(app::Config& config) { config.sandbox_payments = true; }

const Json& document() {
    static const auto json = Shop(with_sandbox).get("/openapi.json").body;
    return json;
}

/// The example of an operation's JSON body; null if it takes none, or takes the bytes as somebody signed them.
Json example_of(const std::string& operation) {
    const auto space = operation.find(' ');
    std::string method = operation.substr(0, space);
    std::transform(method.begin(), method.end(), method.begin(), [](unsigned char c) { return std::tolower(c); });
    const auto& described = document().at("paths").at(operation.substr(space + 1)).at(method);
    const auto content = described.value("/requestBody/content/application~1json"_json_pointer, Json(nullptr));
    const bool described_by_its_members = !content.is_null() && content.at("schema").value("type", "") != "string";
    return described_by_its_members ? content.at("example") : Json(nullptr);
}

/// A shop with one product, of which there are enough.
struct OneProduct : Shop {
    OneProduct() : Shop(with_sandbox) { product({.on_hand = 20}); }

    static constexpr std::int64_t kProduct = 1;

    PaidOrder order(Quantity units = 1) { return paid(*this, {{kProduct, units}}); }

    /// @returns the payment's path
    std::string payment(const Json& method) {
        const auto order = placed(*this, {{kProduct, 1}});
        const auto reply = post("/payments", {{"order_id", order.id}, {"method", method}}, order.token);
        drain();
        return fmt::format("/payments/{}", reply.body.at("id").get<std::int64_t>());
    }

    void ship(const PaidOrder& order, const Json& parcel = Json::object()) {
        labelled(*this, order, parcel);
        put(order.path("/fulfillment"), {{"status", "shipped"}}, staff());
    }
};

const Json kByTransfer{{"type", "bank_transfer"}};

/// The same, with a seller that invoices can name.
struct Invoicing : OneProduct {
    Invoicing() {
        const auto example = example_of("PUT /admin/settings");
        put("/admin/settings", {{"shop_address", example.at("shop_address")}, {"seller", example.at("seller")}},
            owner());
    }
};

/// A shop with the user that POST /admin/users adds, signed in as POST /auth/login has it.
struct WithUser : Shop {
    WithUser() {
        post("/admin/users", example_of("POST /admin/users"), owner());
        token = post("/auth/login", example_of("POST /auth/login")).body.at("access_token").get<std::string>();
    }

    AuthenticatorApp begin_codes() {
        return AuthenticatorApp(
            post("/auth/totp", example_of("POST /auth/totp"), token).body.at("secret").get<std::string>());
    }

    std::string token;
};

/// A shop with the account that POST /customers makes, signed in.
struct WithAccount : Shop {
    WithAccount() {
        const auto account = example_of("POST /customers");
        post("/customers", account);
        token = post("/auth/login", {{"email", account.at("email")}, {"password", account.at("password")}})
                    .body.at("access_token")
                    .get<std::string>();
    }

    /// The code of the mail about a forgotten password.
    std::string mailed_code() {
        const auto view = store().read();
        const auto asked =
            view.value<std::int64_t>("SELECT sequence FROM event WHERE kind = 'customer.password_forgotten'");
        return accounts::reset_mail(view, asked.value(), clock().now()).value().code;
    }

    std::string token;
};

/// The example with a value that only this shop knows in place of a member.
Json with(Json example, const char* member, const Json& value) {
    REQUIRE(example.contains(member));
    example[member] = value;
    return example;
}

/// The path of a group that comes in sizes, of which one is a product.
std::string shirts(Shop& shop) {
    const Json size{{"name", "Size"}, {"values", {"Large", "Small"}}};
    const Json wanted{{"name", "Shirt"},
                      {"options", Json::array({size})},
                      {"variants", Json::array({{{"values", {"Large"}}, {"price", 1000}}})}};
    return shop.post("/admin/product-groups", wanted, shop.staff()).header("Location");
}

Reply claim(const Json& example) {
    Shop shop;
    shop.store().writer().run(
        [](storage::Transaction& tx) { tx.run("UPDATE admin_user SET password_hash = NULL WHERE id = 1"); });
    const auto link = shop.app().setup_link();
    return shop.post("/auth/setup", with(example, "token", link.substr(link.find_last_of("=/#") + 1)));
}

Reply ask_rates(const Json& example) {
    EasyPostServer server;
    const TemporaryFolder keys;
    std::ofstream(keys.path() / "easypost.key") << EasyPostServer::kKey;
    Shop shop([&](app::Config& config) {
        config.easypost_url = server.url();
        config.easypost_key_file = keys.path() / "easypost.key";
    });
    shop.put("/admin/settings", {{"shop_address", example_of("PUT /admin/settings").at("shop_address")}}, shop.owner());
    const auto order = paid(shop, {{shop.product({}), 1}});
    return shop.post(order.path("/rates"), example, shop.staff());
}

/// How each operation's example is sent, to a shop in which what it names is there.
using Send = std::function<Reply(const Json& example)>;
const std::map<std::string, Send>& senders() {
    static const std::map<std::string, Send> all{
        {"POST /admin/users",
         [](const Json& example) {
             Shop shop;
             return shop.post("/admin/users", example, shop.owner());
         }},
        {"PUT /admin/users/{id}",
         [](const Json& example) {
             Shop shop;
             return shop.put("/admin/users/2", example, shop.owner());
         }},
        {"POST /admin/api-keys",
         [](const Json& example) {
             Shop shop;
             return shop.post("/admin/api-keys", example, shop.owner());
         }},
        {"POST /auth/login",
         [](const Json& example) {
             WithUser shop;
             return shop.post("/auth/login", example);
         }},
        {"PUT /auth/password",
         [](const Json& example) {
             WithUser shop;
             return shop.put("/auth/password", example, shop.token);
         }},
        {"POST /auth/setup/check", [](const Json& example) { return Shop().post("/auth/setup/check", example); }},
        {"POST /auth/setup", claim},
        {"POST /auth/totp",
         [](const Json& example) {
             WithUser shop;
             return shop.post("/auth/totp", example, shop.token);
         }},
        {"POST /auth/totp/confirm",
         [](const Json& example) {
             WithUser shop;
             const auto codes = shop.begin_codes();
             return shop.post("/auth/totp/confirm", with(example, "code", codes.code(shop.clock().now())), shop.token);
         }},
        {"POST /auth/totp/disable",
         [](const Json& example) {
             WithUser shop;
             const auto codes = shop.begin_codes();
             shop.post("/auth/totp/confirm", {{"code", codes.code(shop.clock().now())}}, shop.token);
             shop.advance(minutes(1));
             return shop.post("/auth/totp/disable", with(example, "totp", codes.code(shop.clock().now())), shop.token);
         }},
        {"POST /customers", [](const Json& example) { return Shop().post("/customers", example); }},
        {"POST /customers/password-resets",
         [](const Json& example) { return WithAccount().post("/customers/password-resets", example); }},
        {"PUT /customers/password-resets",
         [](const Json& example) {
             WithAccount shop;
             shop.post("/customers/password-resets", example_of("POST /customers/password-resets"));
             return shop.put("/customers/password-resets", with(example, "code", shop.mailed_code()));
         }},
        {"PUT /customers/me",
         [](const Json& example) {
             WithAccount shop;
             return shop.put("/customers/me", example, shop.token);
         }},
        {"POST /products",
         [](const Json& example) {
             Shop shop;
             return shop.post("/products", example, shop.staff());
         }},
        {"PUT /products/{id}",
         [](const Json& example) {
             OneProduct shop;
             return shop.put("/products/1", example, shop.staff());
         }},
        {"POST /admin/inventory",
         [](const Json& example) {
             Shop shop;
             return shop.post("/admin/inventory", example, shop.staff());
         }},
        {"PUT /admin/inventory/{id}",
         [](const Json& example) {
             OneProduct shop;
             return shop.put("/admin/inventory/1", example, shop.staff());
         }},
        {"POST /admin/settings/mail/test",
         [](const Json& example) {
             MailShop shop;
             shop.set_up();
             return shop.shop.post("/admin/settings/mail/test", example, shop.shop.owner());
         }},
        {"POST /admin/delivery-methods",
         [](const Json& example) {
             Shop shop;
             return shop.post("/admin/delivery-methods", example, shop.staff());
         }},
        {"PUT /admin/delivery-methods/{id}",
         [](const Json& example) {
             Shop shop;
             const auto id = shop.deliver({{"*", 490}});
             return shop.put("/admin/delivery-methods/" + std::to_string(id), example, shop.staff());
         }},
        {"POST /admin/saved-lists",
         [](const Json& example) {
             Shop shop;
             return shop.post("/admin/saved-lists", example, shop.staff());
         }},
        {"PUT /admin/notices/mail",
         [](const Json& example) {
             Shop shop;
             return shop.put("/admin/notices/mail", example, shop.staff());
         }},
        {"PUT /admin/notices/post",
         [](const Json& example) {
             Shop shop;
             return shop.put("/admin/notices/post", example, shop.staff());
         }},
        {"POST /admin/orders/{id}/tags",
         [](const Json& example) {
             OneProduct shop;
             shop.order();
             return shop.post("/admin/orders/1001/tags", example, shop.staff());
         }},
        {"POST /admin/orders/{id}/comments",
         [](const Json& example) {
             OneProduct shop;
             shop.order();
             return shop.post("/admin/orders/1001/comments", example, shop.staff());
         }},
        {"POST /admin/webhooks",
         [](const Json& example) {
             Shop shop;
             return shop.post("/admin/webhooks", example, shop.owner());
         }},
        {"PUT /admin/webhooks/{id}",
         [](const Json& example) {
             Shop shop;
             const auto made = shop.post("/admin/webhooks", example_of("POST /admin/webhooks"), shop.owner());
             return shop.put(made.header("Location"), example, shop.owner());
         }},
        {"PUT /admin/settings",
         [](const Json& example) {
             Shop shop(with_sandbox);
             auto body = example;  // its logo is named by the hash of a file that was sent
             body["logo"] =
                 shop.send("POST", "/admin/logos", tests::png_of({.width = 4, .height = 4}, tests::noise(false)),
                           "image/png", shop.owner())
                     .body.at("hash");
             return shop.put("/admin/settings", body, shop.owner());
         }},
        {"PUT /admin/words/{language}/{name}",
         [](const Json& example) {
             Shop shop;
             return shop.put("/admin/words/en/mail.hello", example, shop.owner());
         }},
        {"PUT /admin/texts/{kind}/{language}",
         [](const Json& example) {
             Shop shop;
             return shop.put("/admin/texts/terms/en", example, shop.owner());
         }},
        {"POST /admin/mails/preview",
         [](const Json& example) {
             OneProduct shop;
             shop.order();
             return shop.post("/admin/mails/preview", example, shop.owner());
         }},
        {"POST /admin/orders",
         [](const Json& example) {
             OneProduct shop;
             return shop.post("/admin/orders", example, shop.staff());
         }},
        {"POST /admin/orders/{id}/place",
         [](const Json& example) {
             OneProduct shop;
             auto draft = example_of("POST /admin/orders");
             draft["status"] = "draft";
             const auto id = shop.post("/admin/orders", draft, shop.staff()).body.at("id").get<std::int64_t>();
             return shop.post(fmt::format("/admin/orders/{}/place", id), example, shop.staff());
         }},
        {"POST /admin/orders/{id}/edits",
         [](const Json& example) {
             OneProduct shop;
             return shop.post(fmt::format("/admin/orders/{}/edits", placed(shop, {{1, 1}}).id), example, shop.staff());
         }},
        {"POST /admin/mails/test",
         [](const Json& example) {
             MailShop shop;
             shop.set_up();
             shop.shop.order({{1, 1}});
             return shop.shop.post("/admin/mails/test", example, shop.shop.owner());
         }},
        {"PUT /admin/checklist/{step}",
         [](const Json& example) {
             Shop shop;
             return shop.put("/admin/checklist/backups", example, shop.owner());
         }},
        {"PUT /orders/{id}/fulfillment",
         [](const Json& example) {
             OneProduct shop;
             return shop.put(shop.order().path("/fulfillment"), example, shop.staff());
         }},
        {"POST /orders/bulk/fulfillment",
         [](const Json& example) {
             OneProduct shop;
             shop.order();
             auto reply = shop.post("/orders/bulk/fulfillment", example, shop.staff());
             reply.status = reply.body.at("results").at(0).at("status").get<int>();  // of its one order
             return reply;
         }},
        {"POST /orders/bulk/fulfillment/undo",
         [](const Json& example) {
             OneProduct shop;
             labelled(shop, paid(shop, {{1, 1}}));
             const Json leaves{{"order_ids", {1001}}, {"status", "shipped"}, {"undoable", true}};
             shop.post("/orders/bulk/fulfillment", leaves, shop.staff());
             auto reply = shop.post("/orders/bulk/fulfillment/undo", example, shop.staff());
             reply.status = reply.body.at("results").at(0).at("status").get<int>();
             return reply;
         }},
        {"POST /admin/packing/sheets",
         [](const Json& example) {
             OneProduct shop;
             paid(shop, {{1, 1}});
             return shop.post("/admin/packing/sheets", example, shop.staff());
         }},
        {"POST /orders/{id}/short-pick",
         [](const Json& example) {
             OneProduct shop;
             paid(shop, {{1, 2}});
             return shop.post("/orders/1001/short-pick", example, shop.staff());
         }},
        {"POST /admin/inventory/counts",
         [](const Json& example) {
             OneProduct shop;
             return shop.post("/admin/inventory/counts", example, shop.staff());
         }},
        {"POST /admin/inventory/deliveries",
         [](const Json& example) {
             Shop shop;
             return shop.post("/admin/inventory/deliveries", example, shop.staff());
         }},
        {"POST /admin/inventory/deliveries/{id}/lines",
         [](const Json& example) {
             OneProduct shop;
             shop.post("/admin/inventory/deliveries", example_of("POST /admin/inventory/deliveries"), shop.staff());
             return shop.post("/admin/inventory/deliveries/1/lines", example, shop.staff());
         }},
        {"PUT /admin/inventory/deliveries/{id}",
         [](const Json& example) {
             Shop shop;
             shop.post("/admin/inventory/deliveries", example_of("POST /admin/inventory/deliveries"), shop.staff());
             return shop.put("/admin/inventory/deliveries/1", example, shop.staff());
         }},
        {"POST /orders/{id}/rates", ask_rates},
        {"POST /shipments/{id}/events",
         [](const Json& example) {
             OneProduct shop;
             shop.ship(shop.order());
             return shop.post("/shipments/1/events", example, shop.staff());
         }},
        {"POST /shipments/labels",
         [](const Json& example) {
             OneProduct shop;
             labelled(shop, shop.order());
             return shop.post("/shipments/labels", example, shop.staff());
         }},
        {"POST /orders/{id}/returns",
         [](const Json& example) {
             OneProduct shop;
             const auto order = shop.order();
             shop.ship(order);
             return shop.post(order.path("/returns"), example, shop.staff());
         }},
        {"POST /orders/{id}/cancel-unshipped",
         [](const Json& example) {
             OneProduct shop;
             const auto order = shop.order(2);
             shop.ship(order, {{"items", Json::array({{{"item_id", order.items.at(0)}, {"quantity", 1}}})}});
             return shop.post(order.path("/cancel-unshipped"), example, shop.staff());
         }},
        {"POST /payments",
         [](const Json& example) {
             OneProduct shop;
             const auto order = placed(shop, {{OneProduct::kProduct, 1}});
             return shop.post("/payments", example, order.token);
         }},
        {"POST /payments/{id}/confirm",
         [](const Json& example) {
             OneProduct shop;
             return shop.post(shop.payment(kByTransfer) + "/confirm", example, shop.staff());
         }},
        {"POST /payments/{id}/capture",
         [](const Json& example) {
             OneProduct shop;
             return shop.post(shop.payment(kByTransfer) + "/capture", example, shop.staff());
         }},
        {"POST /payments/{id}/void",
         [](const Json& example) {
             OneProduct shop;
             return shop.post(shop.payment(kByTransfer) + "/void", example, shop.staff());
         }},
        {"POST /payments/{id}/refunds",
         [](const Json& example) {
             OneProduct shop;
             const auto method = example_of("POST /payments").at("method");
             return shop.post(shop.payment(method) + "/refunds", example, shop.staff());
         }},
        {"POST /orders", [](const Json& example) { return OneProduct().post("/orders", example); }},
        {"POST /orders/quote", [](const Json& example) { return OneProduct().post("/orders/quote", example); }},
        {"POST /admin/discount-codes",
         [](const Json& example) {
             Shop shop;
             return shop.post("/admin/discount-codes", example, shop.staff());
         }},
        {"PUT /admin/discount-codes/{id}",
         [](const Json& example) {
             Shop shop;
             const auto made =
                 shop.post("/admin/discount-codes", example_of("POST /admin/discount-codes"), shop.staff());
             return shop.put(made.header("Location"), example, shop.staff());
         }},
        {"POST /admin/orders/{id}/documents",
         [](const Json& example) {
             Invoicing shop;
             return shop.post(fmt::format("/admin/orders/{}/documents", shop.order().id), example, shop.staff());
         }},
        {"POST /admin/documents/pdf",
         [](const Json& example) {
             Invoicing shop;
             const auto path = fmt::format("/admin/orders/{}/documents", shop.order().id);
             shop.post(path, {{"kind", "invoice"}}, shop.staff());
             return shop.post("/admin/documents/pdf", example, shop.staff());
         }},
        {"POST /orders/{id}/cancel",
         [](const Json& example) {
             OneProduct shop;
             const auto order = placed(shop, {{OneProduct::kProduct, 1}});
             return shop.post(order.path("/cancel"), example, order.token);
         }},
        {"PUT /admin/orders/{id}",
         [](const Json& example) {
             OneProduct shop;
             return shop.put(fmt::format("/admin/orders/{}", shop.order().id), example, shop.staff());
         }},
        {"PUT /admin/orders/{id}/discount",
         [](const Json& example) {
             OneProduct shop;
             const auto order = shop.post("/orders", example_of("POST /orders")).body["id"].get<std::int64_t>();
             return shop.put(fmt::format("/admin/orders/{}/discount", order), example, shop.staff());
         }},
        {"POST /admin/collections",
         [](const Json& example) {
             Shop shop;
             return shop.post("/admin/collections", example, shop.staff());
         }},
        {"PUT /admin/collections/{id}",
         [](const Json& example) {
             Shop shop;
             const auto made = shop.post("/admin/collections", {{"name", "Cups"}}, shop.staff());
             return shop.put(made.header("Location"), example, shop.staff());
         }},
        {"POST /admin/collections/{id}/products",
         [](const Json& example) {
             OneProduct shop;
             const auto made = shop.post("/admin/collections", {{"name", "Cups"}}, shop.staff());
             return shop.post(made.header("Location") + "/products", example, shop.staff());
         }},
        {"POST /admin/inventory/bulk",
         [](const Json& example) {
             OneProduct shop;
             shop.post("/admin/collections", {{"name", "Cups"}}, shop.staff());
             return shop.post("/admin/inventory/bulk", example, shop.staff());
         }},
        {"POST /admin/product-groups",
         [](const Json& example) {
             Shop shop;
             return shop.post("/admin/product-groups", example, shop.staff());
         }},
        {"PUT /admin/product-groups/{id}",
         [](const Json& example) {
             Shop shop;
             return shop.put(shirts(shop), example, shop.staff());
         }},
        {"PUT /admin/product-groups/{id}/variants",
         [](const Json& example) {
             Shop shop;
             return shop.put(shirts(shop) + "/variants", example, shop.staff());
         }},
        {"POST /admin/product-groups/{id}/variants",
         [](const Json& example) {
             Shop shop;
             return shop.post(shirts(shop) + "/variants", example, shop.staff());
         }},
        {"PUT /admin/product-groups/{id}/variants/{product_id}",
         [](const Json& example) {
             Shop shop;
             return shop.put(shirts(shop) + "/variants/1", example, shop.staff());
         }},
        {"PUT /admin/product-groups/{id}/pictures",
         [](const Json& example) {
             Shop shop;
             const auto path = shirts(shop) + "/pictures";
             shop.send("POST", path, tests::png_of({.width = 4, .height = 4}, tests::noise(false)), "image/png",
                       shop.staff());
             return shop.put(path, example, shop.staff());
         }},
        {"PUT /admin/inventory/{id}/pictures",
         [](const Json& example) {
             OneProduct shop;
             const auto path = fmt::format("/admin/inventory/{}/pictures", OneProduct::kProduct);
             shop.send("POST", path, tests::png_of({.width = 4, .height = 4}, tests::noise(false)), "image/png",
                       shop.staff());
             return shop.put(path, example, shop.staff());
         }},
    };
    return all;
}

/// "POST /orders" of each operation that takes a JSON body.
std::set<std::string> operations_with_bodies() {
    std::set<std::string> all;
    for (const auto& [path, methods] : document().at("paths").items()) {
        for (const auto& [method, operation] : methods.items()) {
            std::string upper = method;
            std::transform(upper.begin(), upper.end(), upper.begin(), [](unsigned char c) { return std::toupper(c); });
            auto name = fmt::format("{} {}", upper, path);
            if (!example_of(name).is_null()) {
                all.insert(std::move(name));
            }
        }
    }
    return all;
}

}  // namespace

TEST_CASE("A3: the shop accepts each example of its document") {
    const auto operations = operations_with_bodies();
    CHECK(operations.size() > 30);
    for (const auto& operation : operations) {
        CAPTURE(operation);
        const auto sender = senders().find(operation);
        if (sender == senders().end()) {
            FAIL_CHECK("say here how its example is sent");
            continue;
        }
        const auto example = example_of(operation);
        const auto reply = sender->second(example);
        CAPTURE(example.dump(), reply.text);
        CHECK(reply.status / 100 == 2);
    }
    CHECK(senders().size() == operations.size());
}

namespace {

bool is_name(const std::string& text, const std::string& more = "") {
    return !text.empty() && std::isalpha(static_cast<unsigned char>(text.front())) != 0 &&
           std::all_of(text.begin(), text.end(), [&](unsigned char c) {
               return std::isalnum(c) != 0 || more.find(static_cast<char>(c)) != std::string::npos;
           });
}

/// Words and global types of JavaScript, TypeScript and Java that a schema's name would hide, in lower case.
const std::set<std::string>& taken_names() {
    static const std::set<std::string> names{
        "abstract",   "any",          "array",    "as",         "assert",    "async",        "await",     "blob",
        "boolean",    "break",        "byte",     "case",       "catch",     "char",         "character", "class",
        "comment",    "const",        "continue", "credential", "date",      "debugger",     "default",   "delete",
        "do",         "document",     "double",   "element",    "else",      "enum",         "error",     "event",
        "exception",  "export",       "extends",  "false",      "file",      "final",        "finally",   "float",
        "for",        "form",         "function", "goto",       "headers",   "history",      "if",        "image",
        "implements", "import",       "in",       "instanceof", "int",       "integer",      "interface", "iterator",
        "let",        "list",         "location", "lock",       "long",      "map",          "module",    "namespace",
        "native",     "navigator",    "never",    "new",        "node",      "notification", "null",      "number",
        "object",     "option",       "override", "package",    "private",   "process",      "promise",   "protected",
        "proxy",      "public",       "range",    "record",     "report",    "request",      "response",  "return",
        "selection",  "set",          "short",    "static",     "storage",   "string",       "super",     "switch",
        "symbol",     "synchronized", "text",     "this",       "thread",    "throw",        "throws",    "transient",
        "true",       "try",          "type",     "typeof",     "undefined", "unknown",      "url",       "var",
        "void",       "volatile",     "while",    "window",     "with",      "worker",       "yield"};
    return names;
}

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
    return text;
}

/// Adds where an object is described without a name, which generators would give one of their own.
void find_unnamed(const Json& schema, const std::string& at, std::vector<std::string>& into) {
    if (schema.is_object() && schema.contains("properties")) {
        into.push_back(at);
        return;
    }
    if (schema.is_structured()) {
        for (const auto& [name, part] : schema.items()) {
            find_unnamed(part, at + '/' + name, into);
        }
    }
}

void find_enums(const Json& schema, std::vector<Json>& into) {
    if (schema.is_object() && schema.contains("enum")) {
        into.push_back(schema);
    }
    if (schema.is_structured()) {
        for (const auto& part : schema) {
            find_enums(part, into);
        }
    }
}

}  // namespace

TEST_CASE("A11: generated clients can use the names of schemas and operations") {
    std::set<std::string> ids;
    std::vector<std::string> unnamed;
    for (const auto& [path, methods] : document().at("paths").items()) {
        for (const auto& [method, operation] : methods.items()) {
            const auto id = operation.at("operationId").get<std::string>();
            CAPTURE(path, method, id);
            CHECK(is_name(id, "._"));
            CHECK(ids.insert(lower(id)).second);
            find_unnamed(operation.value("requestBody", Json()), id + " body", unnamed);
            find_unnamed(operation.at("responses"), id, unnamed);
        }
    }
    std::set<std::string> names;
    for (const auto& [name, schema] : document().at("components").at("schemas").items()) {
        CAPTURE(name);
        CHECK(is_name(name));
        CHECK_FALSE(taken_names().contains(lower(name)));
        CHECK(names.insert(lower(name)).second);
        const auto members = schema.value("properties", Json::object());
        for (const auto& [member, part] : members.items()) {
            find_unnamed(part, name + '/' + member, unnamed);
        }
    }
    for (const auto& place : unnamed) {
        FAIL_CHECK(place << " is an object without a name: give its shape one with named()");
    }
}

TEST_CASE("A11: the values of a choice are different variables in generated clients") {
    std::vector<Json> choices;
    find_enums(document(), choices);
    CHECK(choices.size() > 20);
    for (const auto& choice : choices) {
        CAPTURE(choice.dump());
        const auto& named = choice.contains("x-enum-varnames") ? choice.at("x-enum-varnames") : choice.at("enum");
        CHECK(named.size() == choice.at("enum").size());
        std::set<std::string> variables;
        for (const auto& value : named) {
            if (value.is_string()) {
                std::string letters;
                for (const char c : lower(value.get<std::string>())) {
                    letters += std::isalnum(static_cast<unsigned char>(c)) != 0 ? std::string(1, c) : "";
                }
                CHECK(variables.insert(letters).second);
            }
        }
    }
}

TEST_CASE("each property of the document says what it is") {
    std::set<std::string> silent;
    const std::function<void(const Json&, const std::string&)> look = [&](const Json& schema,
                                                                          const std::string& place) {
        const auto properties = schema.value("properties", Json::object());
        for (const auto& [name, property] : properties.items()) {
            if (!property.contains("description")) {
                silent.insert(fmt::format("{}.{}", place, name));
            }
            look(property, fmt::format("{}.{}", place, name));
        }
        for (const auto* part : {"items", "additionalProperties"}) {
            if (const auto inner = schema.find(part); inner != schema.end() && inner->is_object()) {
                look(*inner, place + "[]");
            }
        }
        for (const auto* part : {"anyOf", "oneOf"}) {
            const auto alternatives = schema.value(part, Json::array());
            for (const auto& one : alternatives) {
                look(one, place);
            }
        }
    };
    for (const auto& [name, schema] : document().at("components").at("schemas").items()) {
        look(schema, name);
    }
    CHECK(silent == std::set<std::string>{});
}

TEST_CASE("each tag of the document says what its operations are for") {
    for (const auto& tag : document().at("tags")) {
        CAPTURE(tag.at("name"));
        CHECK_FALSE(tag.at("description").get<std::string>().empty());
    }
}
TEST_CASE("each operation of the document says in prose what it does") {
    auto words = api::operation_words();
    for (const auto& [path, methods] : document().at("paths").items()) {
        for (const auto& [method, operation] : methods.items()) {
            const auto id = operation.at("operationId").get<std::string>();
            CAPTURE(path, method, id);
            const auto found = words.find(id);
            if (found == words.end()) {
                FAIL_CHECK("say in src/api/operations/ what it does");
                continue;
            }
            CHECK(operation.at("description").get<std::string>().starts_with(found->second + "\n\nFor "));
            CHECK(std::isupper(static_cast<unsigned char>(found->second.front())) != 0);
            CHECK(found->second.ends_with('.'));
            CHECK(found->second.size() <= 800);
            words.erase(found);
        }
    }
    for (const auto& [id, prose] : words) {
        FAIL_CHECK(id << " is in src/api/operations/, and there is no such operation");
    }
}

TEST_CASE("names of operations in the prose are those of operations") {
    const auto words = api::operation_words();
    const std::regex name(R"(\b([a-z][A-Za-z]+)\.([a-z][A-Za-z]+)\b)");
    std::set<std::string> families;
    for (const auto& [id, prose] : words) {
        families.insert(id.substr(0, id.find('.')));
    }
    for (const auto& [id, prose] : words) {
        for (std::sregex_iterator at(prose.begin(), prose.end(), name), end; at != end; ++at) {
            if (families.contains((*at)[1].str())) {
                CAPTURE(id, at->str());
                CHECK((words.contains(at->str()) || document().at("webhooks").contains(at->str())));
            }
        }
    }
}

TEST_CASE("the document says what the event stream goes on after, and which way of paying a body is") {
    const auto& stream = document().at("paths").at("/admin/events/stream").at("get");
    CHECK(std::any_of(stream.at("parameters").begin(), stream.at("parameters").end(), [](const Json& parameter) {
        return parameter.value("$ref", "") == "#/components/parameters/LastEventId";
    }));
    CHECK(document().at("/components/parameters/LastEventId/name"_json_pointer) == "Last-Event-ID");
    const auto& payment = document().at("components").at("schemas").at("NewPayment");
    CHECK(payment.dump().find("discriminator") != std::string::npos);
}
