#include "notify/mail_support.h"

#include <catch2/catch_test_macros.hpp>

namespace orderd::tests {

MailShop::MailShop(const MailServer::Options& options, const std::function<void(app::Config&)>& configure)
    : server(options), shop([&](app::Config& config) {
          config.sandbox_payments = true;
          config.smtp_timeout_ms = 60'000;  // a stalled machine is not what a test looks for
          if (options.security != "none") {
              config.ca_file = server.ca_file();
          }
          if (configure) {
              configure(config);
          }
      }) {
    mug = shop.product({.name = "Mug <b>blue</b> & \"big\"", .on_hand = 10, .threshold = 2});
    shop.put(
        "/admin/settings",
        {{"shop_name", "Zoë's Töpfe"},
         {"shop_address", {{"line1", "Allee 12"}, {"city", "Berlin"}, {"postal_code", "10115"}, {"country", "DE"}}}},
        shop.owner());
    shop.drain();
}

Reply MailShop::set_up(const Json& changes) {
    Json mail{{"host", "localhost"},
              {"port", server.port()},
              {"security", "none"},
              {"from_address", "shop@example.com"},
              {"alerts_to", "boss@example.com"}};
    mail.update(changes);
    const auto reply = shop.put("/admin/settings", {{"mail", mail}}, shop.owner());
    INFO(reply.text);
    CHECK(reply.status == 200);
    return reply;
}

Reply MailShop::send_test(const std::string& to) {
    return shop.post("/admin/settings/mail/test", {{"to", to}}, shop.owner());
}

std::vector<Json> MailShop::mails() {
    shop.drain();
    return server.mails();
}

Json MailShop::newest() {
    auto all = mails();
    REQUIRE(!all.empty());
    return all.back();
}

Json MailShop::row() { return shop.get("/admin/mails", shop.viewer()).body["data"].at(0); }

Placed MailShop::place(const std::string& name, const Headers& headers) {
    auto body = Shop::order_body({{mug, 1}}, "zoe@example.com");
    body["customer"]["name"] = name;
    const auto reply = shop.post("/orders", body, {}, headers);
    INFO(reply.text);
    REQUIRE(reply.status == 201);
    return {reply.body["id"].get<std::int64_t>(), reply.body["access_token"].get<std::string>()};
}

Placed MailShop::place_for_transfer(const Headers& headers) {
    const auto order = place("Zoë Brûlé", headers);
    REQUIRE(pay(shop, order, {{"type", "bank_transfer"}}).status < 300);
    return order;
}

Placed MailShop::paid(const Headers& headers) {
    const auto order = place("Zoë Brûlé", headers);
    REQUIRE(pay(shop, order, good_card()).status == 202);
    shop.drain();
    return order;
}

Json MailShop::card(const std::string& number) {
    return {{"type", "card"}, {"number", number}, {"exp_month", 12}, {"exp_year", 2030}, {"cvc", "123"}};
}

bool has(const Json& text, const std::string& part) {
    return text.get_ref<const std::string&>().find(part) != std::string::npos;
}

}  // namespace orderd::tests
