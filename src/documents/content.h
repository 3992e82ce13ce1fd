#pragma once

#include <optional>
#include <string>
#include <vector>

#include "accounts/contact.h"
#include "base/ids.h"
#include "base/json.h"
#include "base/money.h"
#include "base/time_zone.h"

namespace orderd::documents {

/// Who sells or buys.
struct Party {
    std::string name = {};     ///< a seller's is its legal name
    std::string company = {};  ///< empty: a private buyer
    std::string vat_id = {};
    std::string tax_number = {};  ///< a seller's
    std::string register_entry = {};
    std::string email = {};
    accounts::Address address = {};  ///< empty: not known, as whoever fetches an order need not give one
};

/// What a line is of.
enum class LineKind {
    item,      ///< units of an order's line
    delivery,  ///< the order's delivery
    sum        ///< a part of a sum that was paid back
};

/// One line. All amounts are as on paper: a credit note's are positive too.
struct Line {
    LineKind kind = LineKind::item;
    std::string sku = {};
    std::string name = {};
    Quantity quantity = 1;
    Money unit_price = {};  ///< as it was sold: with tax where the shop's prices include it
    Money discount = {};    ///< of the line, likewise
    Rate rate = {};
    Money net = {};
    Money tax = {};

    Money total() const { return net + tax; }
};

/// The document that another one corrects.
struct Reference {
    std::string number;
    Day issued_on;
};

/// All that a document says beyond its row: with it, what EN 16931 needs of an invoice. Stored as JSON, sealed.
struct Content {
    Party seller;
    Party buyer;
    std::optional<accounts::Address> delivered_to;  ///< nullopt: the buyer's address
    std::string currency;
    bool prices_include_tax = true;  ///< of `unit_price` and `discount`
    std::string exemption;           ///< the seller's own sentence, where its sales are exempt
    std::vector<Line> lines;
    Day ordered_on;
    std::optional<Day> supplied_on;  ///< the first parcel's day; nullopt: nothing has left yet
    std::optional<Day> paid_on;
    std::string paid_by;        ///< "card", "bank_transfer", …; empty: no way was chosen yet
    std::string payment_terms;  ///< for what is not paid yet
    std::string foot;
    std::optional<Reference> refers_to;
    std::string reason;  ///< of a credit note: staff's words; empty: none
};

Json to_json(const Content& content);
Content content_from(const Json& json);

std::string_view to_text(LineKind kind);

/// The price of one unit without tax and discount, as EN 16931 wants it: with two more decimals than the currency has if
/// it is not a whole number of its minor units. "10.4622", "12.50".
std::string net_unit_price(const Line& line, bool prices_include_tax, std::string_view currency);

}  // namespace orderd::documents
