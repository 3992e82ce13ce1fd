#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "support/shop.h"

namespace orderd::tests {

/// A form's fields, in the order of the page.
using FormFields = std::vector<std::pair<std::string, std::string>>;

/// The body that a browser makes of them.
std::string form_body(const FormFields& fields);

/// Somebody with a browser: keeps cookies, follows where answers lead, and sends the forms of pages.
class Buyer {
public:
    explicit Buyer(Shop& shop) : shop_(shop) {}

    Reply get(const std::string& path);
    /// Sends a form as the shop's own page does. Does not follow.
    Reply post(const std::string& path, const FormFields& fields, const Headers& more = {});
    /// The page that an answer leads to; the answer itself if it leads nowhere.
    Reply follow(const Reply& reply);

    /// Puts units of a product into the basket.
    void add(const std::string& sku, Quantity quantity = 1);

    /// The fields of a checkout by a believable guest, with the hidden ones of the page that was read last.
    FormFields checkout_fields(const std::string& email = "ada@example.com");
    /// Reads the checkout, updates it with an address, and presses the button. @returns the answer
    Reply check_out(const std::string& email = "ada@example.com");

    /// Orders a mug, and opens the page on which it is paid. @returns that page's path
    std::string order_mug();

    /// The hidden fields and the chosen ones of the last page's first form that posts, without its buttons.
    FormFields hidden() const;
    const std::string& page() const { return page_; }
    std::map<std::string, std::string>& cookies() { return cookies_; }

private:
    Headers headers(const Headers& more) const;
    const Reply& keep(const Reply& reply);

    Shop& shop_;
    std::map<std::string, std::string> cookies_;
    std::string page_;
};

/// A shop whose pages are on, and which simulates its cards.
class OpenShop : public Shop {
public:
    explicit OpenShop(const std::function<void(app::Config&)>& configure = {});
};

/// The fields with another value of one; it is added if there is none.
FormFields with(FormFields fields, const std::string& name, const std::string& value);

FormFields card_fields(const Buyer& buyer, const std::string& number);

}  // namespace orderd::tests
