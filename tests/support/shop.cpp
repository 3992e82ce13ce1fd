#include "support/shop.h"

#include <httplib.h>

#include <catch2/catch_test_macros.hpp>

#include "accounts/admin.h"
#include "accounts/sessions.h"
#include "api/server.h"
#include "app/check.h"
#include "storage/settings.h"
#include "support/event_bodies.h"
#include "support/problems.h"
#include "support/statements.h"

namespace orderd::tests {

namespace {

Reply reply_of(const httplib::Result& result) {
    if (!result) {
        throw std::runtime_error("no answer: " + httplib::to_string(result.error()));
    }
    Reply reply{.status = result->status, .body = nullptr, .text = result->body, .headers = {}};
    reply.headers.insert(result->headers.begin(), result->headers.end());
    if (reply.header("Content-Type").find("json") != std::string::npos && !reply.text.empty()) {
        reply.body = Json::parse(reply.text);
    }
    const bool problem = reply.header("Content-Type") == "application/problem+json";
    if (problem && reply.body.is_object() && reply.body.value("status", Json()) != Json(reply.status)) {
        throw std::runtime_error("RFC 9457, section 3.1.2: a problem's status is the answer's: " + reply.text);
    }
    return reply;
}

}  // namespace

Shop::Shop(const std::function<void(app::Config&)>& configure) {
    configure_with(configure);
    start();
    store().writer().run([&](storage::Transaction& tx) {
        // Without a password: hashing one is slow by design, and has tests of its own.
        settings::write(tx, "bank_details", "The shop\nIBAN DE02 1203 0000 0000 2020 51", clock_.now());
        accounts::add_admin(tx, "owner", Role::owner, "!", Actor::command_line(), clock_.now());
        accounts::add_admin(tx, "sam", Role::staff, "!", Actor::command_line(), clock_.now());
        accounts::add_admin(tx, "vera", Role::viewer, "!", Actor::command_line(), clock_.now());
    });
    sign_in_again();
}

Shop::Shop(const std::filesystem::path& copy_of, const std::function<void(app::Config&)>& configure) {
    std::filesystem::copy(copy_of, folder_.path(), std::filesystem::copy_options::recursive);
    configure_with(configure);
    start();
    sign_in_again();
}

Shop::~Shop() {
    try {
        if (app_) {
            check_event_bodies(app_->store().read());
        }
    } catch (const std::exception&) {
        // A test may leave a database that cannot be read.
    }
}

void Shop::configure_with(const std::function<void(app::Config&)>& configure) {
    config_.data = folder_.path();
    config_.listen = "127.0.0.1:0";
    config_.log_level = "error";
    config_.job_workers = 0;
    config_.payment_wait_ms = 0;  // no request waits for a job that the test has to run
    if (configure) {
        configure(config_);
    }
}

void Shop::start() {
    app_ = app::App::make(config_, clock_);
    router_ = std::make_unique<api::Router>(app_->server().routes());
    port_ = app_->bind();
    app_->start();
}

void Shop::restart(const std::function<void()>& meanwhile) {
    app_.reset();
    if (meanwhile) {
        meanwhile();
    }
    start();
}

app::Restoration Shop::restore(const std::filesystem::path& backup, const app::RestoreWish& wish) {
    app::Restoration told;
    restart([&] {
        const storage::Files files(folder());
        for (const auto* companion : {"", "-wal", "-shm"}) {
            std::filesystem::remove(files.database.string() + companion);
        }
        told = app::restore_shop(backup, files, wish, clock_);
    });
    return told;
}

void Shop::sign_in_again() {
    owner_ = session_of("owner");
    staff_ = session_of("sam");
    viewer_ = session_of("vera");
}

int Shop::drain() {
    const Because because("jobs");
    return app_->work_off();
}

/// For whose sake statements run while a request is answered; empty if jobs run beside it.
std::string Shop::cause_of(const std::string& method, const std::string& target) const {
    const auto row = router_->find(method, target.substr(0, target.find('?'))).row;
    if (!row || config_.job_workers > 0) {
        return "";
    }
    const auto& route = app_->server().routes().rows().at(*row).route;
    return route.method + ' ' + route.path;
}

std::string Shop::session_of(const std::string& username) {
    return store().writer().run([&](storage::Transaction& tx) {
        return accounts::begin_session(tx, accounts::find_admin(tx, username)->id, clock_.now()).token;
    });
}

/// Whether the machine stalled: base/budgets.h gives a stranger's read so much time by the clock, and, where there are
/// many at once, so much to wait for its turn. Nothing was changed, and the same request is to be sent again.
bool Shop::was_in_a_stall(const Reply& reply) const {
    if (reply.status != 503 || !reply.body.is_object()) {
        return false;
    }
    const bool had_no_turn = reply.body.value("detail", "").starts_with("there is too much to do just now");
    return reply.code() == "too_costly" || (crowded_ && reply.code() == "busy" && had_no_turn);
}

Reply Shop::send(const std::string& method, const std::string& path, const std::string& body,
                 const std::string& content_type, const std::string& token, const Headers& headers) {
    httplib::Client client("127.0.0.1", port_);
    client.set_read_timeout(300);  // a long import in a sanitizer's build, on a busy machine
    client.set_write_timeout(300);
    httplib::Request request;
    request.method = method;
    request.path = path;
    request.body = body;
    if (!content_type.empty()) {
        request.set_header("Content-Type", content_type);
    }
    if (!token.empty()) {
        request.set_header("Authorization", "Bearer " + token);
    }
    for (const auto& [name, value] : headers) {
        request.set_header(name, value);
    }
    const auto ask = [&] {
        const Because because(cause_of(method, path));
        return reply_of(client.send(request));
    };
    auto reply = ask();
    for (int tries = 0; tries < 20 && was_in_a_stall(reply); ++tries) {
        reply = ask();
    }
    if (reply.header("Content-Type") == "application/problem+json" && reply.body.is_object()) {
        check_problem(app_->server().routes(), method, path, reply.body);
    }
    return reply;
}

Reply Shop::get(const std::string& path, const std::string& token, const Headers& headers) {
    return send("GET", path, "", "", token, headers);
}

Reply Shop::post(const std::string& path, const Json& body, const std::string& token, const Headers& headers) {
    return send("POST", path, body.dump(), "application/json", token, headers);
}

Reply Shop::put(const std::string& path, const Json& body, const std::string& token, const Headers& headers) {
    return send("PUT", path, body.dump(), "application/json", token, headers);
}

Reply Shop::remove(const std::string& path, const std::string& token, const Headers& headers) {
    return send("DELETE", path, "", "", token, headers);
}

std::int64_t Shop::product(const ProductSpec& spec) {
    Json body{{"sku", spec.sku}, {"name", spec.name}, {"price", spec.price}, {"quantity", spec.on_hand}};
    if (spec.threshold) {
        body["low_stock_threshold"] = *spec.threshold;
    }
    if (spec.weight_g) {
        body["weight_g"] = *spec.weight_g;
    }
    const auto reply = post("/products", body, owner_);
    if (reply.status != 201) {
        throw std::runtime_error("the product was refused: " + reply.text);
    }
    return reply.body["id"].get<std::int64_t>();
}

Json Shop::parcel_method(const std::vector<DeliveryPrice>& prices) {
    auto zones = Json::array();
    for (const auto& [country, price, free_from] : prices) {
        zones.push_back({{"places", Json::array({Json{{"country", country}}})},
                         {"bands", Json::array({Json{{"from", 0}, {"to", nullptr}, {"price", price}}})},
                         {"free_from", or_null(free_from)}});
    }
    return {{"name", "Parcel"}, {"kind", "shipping"}, {"zones", zones}};
}

std::int64_t Shop::delivery_method(const Json& body) {
    const auto reply = post("/admin/delivery-methods", body, owner_);
    if (reply.status != 201) {
        throw std::runtime_error("the delivery method was refused: " + reply.text);
    }
    return reply.body["id"].get<std::int64_t>();
}

std::int64_t Shop::deliver(const std::vector<DeliveryPrice>& prices) {
    const auto before = get("/admin/delivery-methods?limit=200", owner_).body;
    for (const auto& method : before["data"]) {
        remove("/admin/delivery-methods/" + std::to_string(method["id"].get<std::int64_t>()), owner_);
    }
    return prices.empty() ? 0 : delivery_method(parcel_method(prices));
}

Json Shop::order_body(const std::vector<Line>& lines, const std::string& email) {
    auto items = Json::array();
    for (const auto& line : lines) {
        items.push_back({{"product_id", line.product}, {"quantity", line.quantity}});
    }
    return {{"customer",
             {{"name", "Ada Lovelace"},
              {"email", email},
              {"phone", "+49 30 1234567"},
              {"shipping_address",
               {{"line1", "Analytische Allee 12"}, {"city", "Berlin"}, {"postal_code", "10115"}, {"country", "DE"}}}}},
            {"items", items}};
}

Reply Shop::order(const std::vector<Line>& lines, const Headers& headers) {
    return post("/orders", order_body(lines), {}, headers);
}

std::vector<std::string> Shop::events() {
    std::vector<std::string> kinds;
    store().read().each("SELECT kind FROM event ORDER BY sequence",
                        [&](const storage::Row& row) { kinds.push_back(row.get<std::string>(0)); });
    return kinds;
}

void Shop::check_invariants() {
    for (const auto& finding : app::check(store().read())) {
        for (const auto& fault : finding.faults) {
            FAIL_CHECK(finding.name << ": " << fault);
        }
    }
}

int count(const std::vector<Reply>& replies, int status) {
    return static_cast<int>(
        std::count_if(replies.begin(), replies.end(), [&](const Reply& reply) { return reply.status == status; }));
}

}  // namespace orderd::tests
