#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.h"
#include "base/language.h"
#include "base/money.h"
#include "base/refused.h"
#include "base/time.h"
#include "base/time_zone.h"
#include "documents/content.h"
#include "orders/taxes.h"
#include "storage/paging.h"
#include "storage/pruning.h"
#include "storage/writer.h"

namespace orderd::documents {

enum class DocumentId : std::int64_t {};

enum class Kind {
    invoice,
    credit_note,  ///< takes back all or a part of an invoice
    correction    ///< a new invoice, for a credit note whose refund failed later
};

std::string_view to_text(Kind kind);
std::optional<Kind> parse_kind(std::string_view text);
std::vector<std::string> kinds();

/// What a kind is called on paper: "Invoice".
const std::string& title_of(Kind kind, const Language& language);

using orders::RateSum;

/// A document's row. Amounts are signed: a credit note's are negative, so that the sum of an order's documents is what
/// stands.
struct Document {
    DocumentId id{};
    Kind kind = Kind::invoice;
    std::string series = {};
    std::int64_t number_in_series = 0;
    std::string number = {};
    OrderId order{};
    std::optional<DocumentId> refers_to = {};  ///< what it corrects, unless that was removed after its term
    std::optional<RefundId> refund = {};
    Day issued_on = {};
    Money net = {};
    Money tax = {};
    Money total = {};
    std::vector<RateSum> taxes = {};  ///< of each rate, highest first
    std::string tax_country = {};
    std::string tax_treatment = {};
    const Language* language = &Language::english();  ///< that it is printed in; never null
    Time created_at = {};
};

/// @throws Refusal 404 `not_found`
Document get(const storage::View& view, DocumentId id);

/// The document with a number, in any case: "2026-00001".
std::optional<Document> find_by_number(const storage::View& view, std::string_view number);

/// All of an order, oldest first.
std::vector<Document> documents_of(const storage::View& view, OrderId order);

Content content_of(const storage::View& view, const Document& document);

bool are_any(const storage::View& view);

/// Numbers the document by the setting `documents`, dates it by the shop's day, stores it, and records
/// "document.issued". The number is the series' next one in this transaction: if that is rolled back, the next document
/// gets it.
///
/// @returns the document with id, series, number and date
Document add(storage::Transaction& tx, Document document, const Content& content, const Actor& actor, Time now);

struct Filter {
    std::optional<OrderId> order = {};
    std::optional<Kind> kind = {};
    std::optional<Day> from = {};    ///< issued on this day or later
    std::optional<Day> before = {};  ///< issued before this day
};

struct Documents {
    std::vector<Document> rows;
    Json after = nullptr;  ///< null: the last page
};

/// A page of documents, newest day first. The sort key is the day and the id.
///
/// @throws Refusal 400 `invalid_cursor`
Documents list(const storage::View& view, const Filter& filter, const storage::Page& page);

/// The last day on which a document that names the customer is kept; nullopt: there is none.
std::optional<Day> kept_until(const storage::View& view, CustomerId customer);

/// Removes a slice of the documents whose term is over, oldest first; the newest of a series that goes on stays, so that
/// no number is given again. A document is kept until the end of a calendar year: with a term of ten years, one of 2026 is removed
/// in 2037.
storage::Pruned remove_old(storage::Transaction& tx, const storage::Slice& slice);

}  // namespace orderd::documents
