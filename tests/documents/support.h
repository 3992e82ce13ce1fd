#pragma once

#include <string>
#include <vector>

#include "support/shop.h"

namespace orderd::tests {

/// A seller in Berlin with prices that include 19 % and 7 %, without delivery. `more`: settings beside those.
void make_seller(Shop& shop, const Json& more = Json::object());

Json seller_settings();
Json document_settings(const std::string& issue);
Reply set_documents(Shop& shop, const std::string& issue);

/// A product at a tax class. @returns its id
std::int64_t taxed_product(Shop& shop, const std::string& sku, std::int64_t price, const std::string& tax_class);

/// A mug at 11.90 with 19 %, and tea at 10.70 with 7 %.
struct Basket {
    explicit Basket(Shop& shop)
        : mug(taxed_product(shop, "MUG", 1190, "standard")), tea(taxed_product(shop, "TEA", 1070, "reduced")) {}
    std::int64_t mug;
    std::int64_t tea;
    std::vector<Shop::Line> one_each() const { return {{mug, 1}, {tea, 1}}; }
};

/// An address that orders can go to.
Json address_in(const std::string& city, const std::string& country);

struct Bought {
    std::int64_t id = 0;
    std::string token;
    std::vector<std::int64_t> items;
    std::string payment;  ///< its path

    std::string path(const std::string& rest = "") const { return "/admin/orders/" + std::to_string(id) + rest; }
};

/// An order that is to be paid by bank transfer.
Bought ordered(Shop& shop, const std::vector<Shop::Line>& lines, const std::string& discount_code = "");
/// The same, whose money staff have received.
Bought transferred_for(Shop& shop, const std::vector<Shop::Line>& lines);
void receive_money(Shop& shop, const Bought& order);
/// An order to an address of which no payment was begun.
Bought only_placed(Shop& shop, const std::vector<Shop::Line>& lines, const Json& address,
                   const std::string& discount_code = "");
Bought only_placed(Shop& shop, const Json& body);
/// Begins its payment, whose money is still to come.
void pay_by_transfer(Shop& shop, Bought& order);
void ship_all(Shop& shop, const Bought& order);

/// Refunds an amount (0: all that is left), and says that it was sent. @returns the refund's id
std::int64_t send_refund(Shop& shop, const Bought& order, std::int64_t amount);

/// An order's documents, oldest first.
std::vector<Json> documents_of_order(Shop& shop, const Bought& order);
std::int64_t sum_of(const std::vector<Json>& documents, const std::string& figure = "total");
std::vector<std::string> numbers_in(const std::vector<Json>& documents);
std::vector<std::string> kinds_in(const std::vector<Json>& documents);

/// A document with all that it says.
Json whole(Shop& shop, const Json& document);

Reply issue(Shop& shop, const Bought& order, const Json& body = {{"kind", "invoice"}});

/// The rates of a document: [[ppm, base, tax], …].
Json rates_of(const Json& document);

}  // namespace orderd::tests
