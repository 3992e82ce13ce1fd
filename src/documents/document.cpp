#include "documents/document.h"

#include <fmt/format.h>

#include <stdexcept>

#include "base/text.h"
#include "documents/numbers.h"
#include "documents/settings.h"
#include "storage/events.h"
#include "storage/shop_zone.h"

namespace orderd::documents {

namespace {

#define ORDERD_DOCUMENT_COLUMNS                                                                                \
    "SELECT id, kind, series, number_in_series, number, order_id, refers_to, refund_id, issued_on, net, tax, " \
    "total, taxes, tax_country, tax_treatment, locale, created_at FROM document "

constexpr auto kGet = ORDERD_DOCUMENT_COLUMNS "WHERE id = ?1";
constexpr auto kOfOrder = ORDERD_DOCUMENT_COLUMNS "WHERE order_id = ?1 ORDER BY id";
constexpr auto kByDocumentNumber = ORDERD_DOCUMENT_COLUMNS "WHERE number = ?1";
constexpr auto kContent = "SELECT content_sealed FROM document WHERE id = ?1";
constexpr auto kAny = "SELECT 1 FROM document LIMIT 1";
constexpr auto kInsert = R"sql(
    INSERT INTO document (kind, series, number_in_series, number, order_id, refers_to, refund_id, issued_on, net, tax,
                          total, taxes, tax_country, tax_treatment, locale, created_at, content_sealed)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, x'')
)sql";
// Only here a row is written a second time: what it says is sealed to its id, which SQLite gives. In the same
// transaction, so that nobody sees it without.
constexpr auto kSetContent = "UPDATE document SET content_sealed = ?2 WHERE id = ?1";

// Each is read from its index in the order of the page, so that page 10,000 costs what page 1 costs.
constexpr auto kOfKind = ORDERD_DOCUMENT_COLUMNS R"sql(
     WHERE kind = ?1 AND issued_on >= ?2 AND issued_on < ?3 AND (issued_on, id) < (?4, ?5)
     ORDER BY issued_on DESC, id DESC LIMIT ?6
)sql";
constexpr auto kOfAny = ORDERD_DOCUMENT_COLUMNS R"sql(
     WHERE issued_on >= ?1 AND issued_on < ?2 AND (issued_on, id) < (?3, ?4)
     ORDER BY issued_on DESC, id DESC LIMIT ?5
)sql";
constexpr auto kOfOneOrder = ORDERD_DOCUMENT_COLUMNS R"sql(
     WHERE order_id = ?1 AND (?2 IS NULL OR kind = ?2) AND issued_on >= ?3 AND issued_on < ?4
       AND (issued_on, id) < (?5, ?6)
     ORDER BY issued_on DESC, id DESC LIMIT ?7
)sql";

constexpr auto kNewestOfCustomer = R"sql(
    SELECT max(issued_on) FROM document WHERE order_id IN (SELECT id FROM orders WHERE customer_id = ?1)
)sql";
// By day, so that a run with nothing to remove looks at nothing. ?3 and ?4: the series that go on.
constexpr auto kOld = R"sql(
    SELECT id FROM document d INDEXED BY document_by_day
     WHERE issued_on < ?1
       AND NOT (series IN (?3, ?4) AND number_in_series = (SELECT max(number_in_series) FROM document WHERE series = d.series))
     ORDER BY issued_on, id LIMIT ?2
)sql";
constexpr auto kRemove = "DELETE FROM document WHERE id = ?1";

#undef ORDERD_DOCUMENT_COLUMNS

constexpr auto kAfterAllDays = "9999-99-99";

constexpr auto kTable = "document";
constexpr auto kColumn = "content_sealed";

std::string taxes_text(const std::vector<RateSum>& taxes) {
    auto list = Json::array();
    for (const auto& sum : taxes) {
        list.push_back(Json::array({sum.rate.ppm, sum.base.minor, sum.tax.minor}));
    }
    return list.dump();
}

std::vector<RateSum> taxes_from(std::string_view text) {
    std::vector<RateSum> taxes;
    for (const auto& sum : stored_json(text)) {
        taxes.push_back({Rate{sum.at(0).get<std::int64_t>()}, Money{sum.at(1).get<std::int64_t>()},
                         Money{sum.at(2).get<std::int64_t>()}});
    }
    return taxes;
}

/// A language that is not there any more is English.
const Language& language_from(std::string_view locale) {
    const auto* const found = Language::find(locale);
    return found == nullptr ? Language::english() : *found;
}

Document read_document(const storage::Row& row) {
    return {.id = row.get<DocumentId>(0),
            .kind = parse_kind(row.get<std::string_view>(1)).value(),
            .series = row.get<std::string>(2),
            .number_in_series = row.get<std::int64_t>(3),
            .number = row.get<std::string>(4),
            .order = row.get<OrderId>(5),
            .refers_to = row.get<std::optional<DocumentId>>(6),
            .refund = row.get<std::optional<RefundId>>(7),
            .issued_on = parse_day(row.get<std::string_view>(8)).value(),
            .net = row.get<Money>(9),
            .tax = row.get<Money>(10),
            .total = row.get<Money>(11),
            .taxes = taxes_from(row.get<std::string_view>(12)),
            .tax_country = row.get<std::string>(13),
            .tax_treatment = row.get<std::string>(14),
            .language = &language_from(row.get<std::string_view>(15)),
            .created_at = row.get<Time>(16)};
}

/// Where a page begins: after a day and an id of the page before.
struct Begin {
    std::string day = kAfterAllDays;
    std::int64_t id = 0;
};

Begin begin_of(const storage::Page& page) {
    if (!page.after) {
        return {};
    }
    const auto& key = *page.after;
    if (!key.is_array() || key.size() != 2 || !key[0].is_string() || !key[1].is_number_integer()) {
        throw storage::bad_cursor();
    }
    return {key[0].get<std::string>(), key[1].get<std::int64_t>()};
}

}  // namespace

std::string_view to_text(Kind kind) {
    switch (kind) {
        case Kind::invoice: return "invoice";
        case Kind::credit_note: return "credit_note";
        case Kind::correction: return "correction";
    }
    throw std::logic_error("a document of no kind");
}

std::optional<Kind> parse_kind(std::string_view text) {
    for (const auto kind : {Kind::invoice, Kind::credit_note, Kind::correction}) {
        if (to_text(kind) == text) {
            return kind;
        }
    }
    return std::nullopt;
}

std::vector<std::string> kinds() { return {"invoice", "credit_note", "correction"}; }

const std::string& title_of(Kind kind, const Language& language) {
    switch (kind) {
        case Kind::invoice: return language.text("document.invoice");
        case Kind::credit_note: return language.text("document.credit_note");
        case Kind::correction: return language.text("document.correction");
    }
    throw std::logic_error("a document of no kind");
}

std::optional<Document> find_by_number(const storage::View& view, std::string_view number) {
    auto found = view.first(kByDocumentNumber, read_document, number);
    return found ? found : view.first(kByDocumentNumber, read_document, in_capitals(number));
}

Document get(const storage::View& view, DocumentId id) {
    auto found = view.first(kGet, read_document, id);
    if (!found) {
        throw not_found("document");
    }
    return std::move(*found);
}

std::vector<Document> documents_of(const storage::View& view, OrderId order) {
    std::vector<Document> all;
    view.each(
        kOfOrder, [&](const storage::Row& row) { all.push_back(read_document(row)); }, order);
    return all;
}

Content content_of(const storage::View& view, const Document& document) {
    const auto sealed = view.value<std::string>(kContent, document.id).value();
    return content_from(stored_json(view.vault().open({kTable, kColumn, number(document.id)}, sealed)));
}

bool are_any(const storage::View& view) { return view.value<bool>(kAny).has_value(); }

Document add(storage::Transaction& tx, Document document, const Content& content, const Actor& actor, Time now) {
    document.issued_on = settings::time_zone(tx)->day_of(now);
    const auto next = next_number(tx, read_settings(tx).numbers_of(document.kind), document.issued_on);
    document.series = next.series;
    document.number_in_series = next.in_series;
    document.number = next.text;
    document.created_at = now;
    document.id = DocumentId{tx.insert(kInsert, to_text(document.kind), document.series, document.number_in_series,
                                       document.number, document.order, document.refers_to, document.refund,
                                       orderd::to_text(document.issued_on), document.net, document.tax, document.total,
                                       taxes_text(document.taxes), document.tax_country, document.tax_treatment,
                                       document.language->code(), now)};
    const auto sealed = tx.vault().seal({kTable, kColumn, number(document.id)}, json_text(to_json(content)));
    tx.run(kSetContent, document.id, storage::Blob{sealed});
    events::record(tx, "document.issued", {"document", number(document.id)},
                   {{"order_id", number(document.order)},
                    {"kind", to_text(document.kind)},
                    {"number", document.number},
                    {"total", document.total.minor}},
                   actor, now);
    return document;
}

Documents list(const storage::View& view, const Filter& filter, const storage::Page& page) {
    const auto [day, id] = begin_of(page);
    const auto from = filter.from ? orderd::to_text(*filter.from) : std::string();
    const auto before = filter.before ? orderd::to_text(*filter.before) : std::string(kAfterAllDays);
    const auto kind = filter.kind ? std::optional(to_text(*filter.kind)) : std::nullopt;
    const auto most = storage::rows_to_read(page);
    Documents found;
    const auto take = [&](const storage::Row& row) { found.rows.push_back(read_document(row)); };
    if (filter.order) {
        view.each(kOfOneOrder, take, *filter.order, kind, from, before, day, id, most);
    } else if (kind) {
        view.each(kOfKind, take, *kind, from, before, day, id, most);
    } else {
        view.each(kOfAny, take, from, before, day, id, most);
    }
    if (storage::cut(found.rows, page)) {
        const auto& last = found.rows.back();
        found.after = Json::array({orderd::to_text(last.issued_on), number(last.id)});
    }
    return found;
}

std::optional<Day> kept_until(const storage::View& view, CustomerId customer) {
    const auto newest = view.value<std::optional<std::string>>(kNewestOfCustomer, customer).value();
    if (!newest) {
        return std::nullopt;
    }
    const auto year = std::stoll(newest->substr(0, 4)) + read_settings(view).retention_years;
    return parse_day(fmt::format("{:04}-12-31", year));
}

storage::Pruned remove_old(storage::Transaction& tx, const storage::Slice& slice) {
    const auto today = settings::time_zone(tx)->day_of(slice.now);
    const auto settings = read_settings(tx);
    const auto year = std::stoll(orderd::to_text(today).substr(0, 4)) - settings.retention_years;
    std::vector<DocumentId> old;
    tx.each(
        kOld, [&](const storage::Row& row) { old.push_back(row.get<DocumentId>(0)); }, fmt::format("{:04}-01-01", year),
        slice.most, next_number(tx, settings.invoices, today).series,
        next_number(tx, settings.credit_notes, today).series);
    for (const auto id : old) {
        tx.run(kRemove, id);
    }
    return storage::Pruned::again_if(std::ssize(old));
}

}  // namespace orderd::documents
