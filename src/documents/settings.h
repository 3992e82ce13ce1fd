#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "api/shape.h"
#include "base/errors.h"
#include "base/json.h"
#include "documents/content.h"
#include "documents/document.h"
#include "documents/numbers.h"

namespace orderd::documents {

inline constexpr Refused kSellerIncomplete{
    409, "seller_incomplete",
    "Invoices have to name their seller, and the shop's settings do not yet. missing lists what they lack: fill in the "
    "settings seller and shop_address first."};
inline constexpr Refused kNumbersInUse{
    409, "numbers_in_use",
    "The shop has issued documents, so how they are numbered is settled: another format would begin their count anew. "
    "Leave the formats and digits as they are."};

/// When an invoice is issued automatically.
enum class Issue {
    by_hand,     ///< never: staff issue each
    at_payment,  ///< when the order is paid, or with its first parcel if that leaves before
    at_shipping  ///< with its first parcel
};

/// The setting `documents`.
struct Settings {
    Issue issue = Issue::by_hand;
    Numbering invoices;
    Numbering credit_notes;  ///< the same series, unless it is set otherwise
    std::int64_t retention_years = 10;

    /// Corrections are invoices, and numbered as those.
    const Numbering& numbers_of(Kind kind) const { return kind == Kind::credit_note ? credit_notes : invoices; }
};

inline constexpr std::string_view kDocuments = "documents";
Settings read_settings(const storage::View& view);
Json to_json(const Settings& settings);
api::Shape settings_shape();
void check_settings(const Json& value, std::vector<Fault>& faults);

/// When the setting changes: what numbers look like is settled with the first document.
///
/// @throws Refusal 409 `numbers_in_use`
void require_same_numbers(const storage::View& view, const Json& before);

/// The setting `seller`: what the law wants documents to say of the shop.
struct Seller {
    std::string legal_name;  ///< with the legal form: "Tide & Clay GmbH"
    std::string vat_id;
    std::string tax_number;
    std::string register_entry;
    std::string email;
    std::optional<accounts::Address> address;  ///< nullopt: `shop_address`
    std::string payment_terms;
    std::string foot;
};

inline constexpr std::string_view kSeller = "seller";
Seller read_seller(const storage::View& view);
Json to_json(const Seller& seller);
api::Shape seller_shape();
void check_seller(const Json& value, std::vector<Fault>& faults);

/// The seller as documents name it.
///
/// @throws Refusal 409 `seller_incomplete` without a legal name or an address, and, in the EU and the UK, without a VAT ID
///         or a tax number (Directive 2006/112/EC, article 226)
Party require_seller(const storage::View& view);

/// The same, only where it is needed: documents are issued automatically, or there are some, whose corrections name it.
void require_seller_if_used(const storage::View& view);

}  // namespace orderd::documents
