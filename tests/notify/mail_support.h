#pragma once

#include <optional>
#include <string>

#include "payments/support.h"
#include "support/mail_server.h"
#include "support/shop.h"

namespace orderd::tests {

/// A shop in which payments are simulated, and whose mail goes to its own server.
class MailShop {
public:
    explicit MailShop(const MailServer::Options& options = {"none", "", ""},
                      const std::function<void(app::Config&)>& configure = {});

    MailServer server;
    Shop shop;

    /// Sets mail up, with some of the settings changed.
    Reply set_up(const Json& changes = Json::object());
    Reply send_test(const std::string& to = "ada@example.com");

    /// Does what is due. @returns all mails so far
    std::vector<Json> mails();
    /// Does what is due. @returns the newest mail
    Json newest();
    /// The newest row of GET /admin/mails.
    Json row();

    /// Of "Zoë Brûlé", for one of a product.
    Placed place(const std::string& name = "Zoë Brûlé", const Headers& headers = {});
    /// The same, to be paid by bank transfer: it does not expire.
    Placed place_for_transfer(const Headers& headers = {});
    Placed paid(const Headers& headers = {});

    static Json good_card() { return card("4242424242424242"); }
    static Json card(const std::string& number);

    std::int64_t mug = 0;
};

/// Whether a text has a part.
bool has(const Json& text, const std::string& part);

}  // namespace orderd::tests
