#include "support/statistics.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <stdexcept>

namespace orderd::tests {

namespace {

struct SmallTable {
    std::string_view name;
    double rows;
    std::string_view reason;
};

/// What stays short however long a shop trades.
constexpr std::array kSmallTables{
    SmallTable{"setting", 40, "there are as many as the source names"},
    SmallTable{"secret", 10, "there are as many as the source names"},
    SmallTable{"number_floor", 10, "a row a table"},
    SmallTable{"audit_anchor", 1, "it has one row"},
    SmallTable{"log_reader", 4, "a row a reader of the event log"},
    SmallTable{"event_log", 3, "a row a restore"},
    SmallTable{"search_renewal", 2, "a row a kind"},
    SmallTable{"event_start", 1, "it has one row"},
    SmallTable{"database_size", 91, "a row a day, for 90 days"},
    SmallTable{"admin_user", 10, "people who work in the shop"},
    SmallTable{"recovery_code", 100, "ten a person who works in the shop"},
    SmallTable{"api_key", 20, "made by hand"},
    SmallTable{"delivery_method", 10, "made by hand"},
    SmallTable{"collection", 50, "made by hand"},
    SmallTable{"discount_code", 200, "made by hand"},
    SmallTable{"logo", 10, "the last ones that were sent"},
    SmallTable{"legal_text", 200, "made by hand"},
    SmallTable{"own_words", 200, "made by hand"},
    SmallTable{"webhook_endpoint", 5, "made by hand"},
    SmallTable{"saved_list", 100, "made by hand"},
    SmallTable{"tag", 500, "no more are possible"},
    SmallTable{"notice_way", 20, "two a person who works in the shop"},
    SmallTable{"notice_item", 400, "the lines of the next messages"},
};

/// Rows of the tables that grow: so many an order, and so many a product.
struct LongTable {
    std::string_view name;
    double of_order;
    double of_product;
};

constexpr std::array kLongTables{
    LongTable{"event", 3, 1},
    LongTable{"audit_entry", 1, 1},
    LongTable{"job", 0.02, 0},
    LongTable{"idempotency_key", 0.01, 0},
    LongTable{"customer", 0.67, 0},
    LongTable{"search_word", 25, 0},
    LongTable{"former_email", 0.001, 0},
    LongTable{"password_reset", 0.001, 0},
    LongTable{"session", 0.01, 0},
    LongTable{"known_device", 0.05, 0},
    LongTable{"product", 0, 1},
    LongTable{"product_group", 0, 0.2},
    LongTable{"product_price", 0, 1.3},
    LongTable{"collection_product", 0, 1.5},
    LongTable{"inventory_movement", 2, 1},
    LongTable{"import", 0.001, 0},
    LongTable{"import_change", 0, 5},
    LongTable{"alert", 0, 2},
    LongTable{"picture", 0, 2},
    LongTable{"picture_content", 0, 1.5},
    LongTable{"picture_size", 0, 4},
    LongTable{"picture_wanted", 0, 2},
    LongTable{"orders", 1, 0},
    LongTable{"order_item", 2, 0},
    LongTable{"order_tag", 0.5, 0},
    LongTable{"order_comment", 0.3, 0},
    LongTable{"payment", 0.95, 0},
    LongTable{"payment_word", 0.5, 0},
    LongTable{"payment_attempt", 1, 0},
    LongTable{"refund", 0.05, 0},
    LongTable{"dispute", 0.001, 0},
    LongTable{"gateway_event", 0.5, 0},
    LongTable{"shipment", 0.95, 0},
    LongTable{"shipment_item", 1.9, 0},
    LongTable{"tracking_event", 4, 0},
    LongTable{"order_return", 0.03, 0},
    LongTable{"order_return_item", 0.05, 0},
    LongTable{"return_request", 0.03, 0},
    LongTable{"document", 1.1, 0},
    LongTable{"mail", 4, 0},
    LongTable{"webhook_delivery", 5, 0},
    LongTable{"product_text", 0, 1},
    LongTable{"product_word", 0, 1},
};

/// Columns with few different values. Others have as many as the table that they refer to has rows; or are all
/// different.
struct FewValues {
    std::string_view name;  ///< table.column, or index.place of an expression
    double values;
};

constexpr std::array kFewValues{
    FewValues{"event.subject", 8},
    FewValues{"job.lane", 6},
    FewValues{"job.party", 6},
    FewValues{"job_by_turn.2", 2},  // attempts > 0
    FewValues{"search_word.word", 200'000},
    FewValues{"password_reset.network", 100},
    FewValues{"product.status", 2},
    FewValues{"import_change.subject", 3},
    FewValues{"picture_size.side", 3},
    FewValues{"picture_wanted.status", 3},
    FewValues{"product.price", 2000},
    FewValues{"product_group.price_from", 2000},
    FewValues{"orders.status", 9},
    FewValues{"orders.packing", 4},
    FewValues{"payment.gateway", 3},
    FewValues{"payment.amount", 1000},
    FewValues{"payment_word.word_index", 5000},
    FewValues{"payment.status", 9},
    FewValues{"payment_attempt.gateway", 3},
    FewValues{"gateway_event.gateway", 2},
    FewValues{"shipment.status", 9},
    FewValues{"shipment.carrier", 2},
    FewValues{"return_request.network", 1000},
    FewValues{"document.series", 20},
    FewValues{"document.issued_on", 2000},
    FewValues{"document.kind", 3},
    FewValues{"mail.template", 12},
    FewValues{"mail.status", 4},
    FewValues{"webhook_delivery.status", 3},
};

/// Of an index with a condition: which part of the table's rows it has. A quarter of the orders is open.
struct Share {
    std::string_view name;
    double share;
};

constexpr std::array kShares{
    Share{"job_by_turn", 0.9},
    Share{"job_running", 0.01},
    Share{"job_dead", 0.05},
    Share{"customer_account", 0.2},
    Share{"password_reset_by_customer", 0.9},
    Share{"session_by_admin", 0.05},
    Share{"session_by_customer", 0.95},
    Share{"known_device_by_admin", 0.01},
    Share{"known_device_by_customer", 0.99},
    Share{"api_key_held", 0.5},
    Share{"product_mostly_held", 0.01},
    Share{"product_low_stock", 0.05},
    Share{"product_out_of_stock", 0.05},
    Share{"product_by_barcode", 0.8},
    Share{"product_by_group", 0.7},
    Share{"product_by_handle", 0.3},
    Share{"product_alone_by_time", 0.3},
    Share{"product_alone_by_name", 0.3},
    Share{"product_alone_by_price", 0.3},
    Share{"product_group_shown_by_time", 0.9},
    Share{"product_group_shown_by_name", 0.9},
    Share{"product_group_shown_by_price", 0.9},
    Share{"inventory_movement_by_import", 0.05},
    Share{"inventory_movement_by_order", 0.9},
    Share{"alert_open", 0.05},
    Share{"import_change_of_product", 0.9},
    Share{"picture_content_unused", 0.01},
    Share{"picture_by_product", 0.9},
    Share{"picture_by_group", 0.1},
    Share{"picture_wanted_by_product", 0.9},
    Share{"picture_wanted_by_group", 0.1},
    Share{"picture_wanted_by_picture", 0.9},
    Share{"orders_in_trouble", 0.001},
    Share{"orders_awaiting", 0.01},
    Share{"orders_to_pack", 0.2},
    Share{"order_item_awaited", 0.01},
    Share{"orders_expiring", 0.05},
    Share{"orders_unpaid_from", 0.05},
    Share{"orders_by_discount_code", 0.2},
    Share{"payment_by_reference", 0.9},
    Share{"payment_by_capture", 0.95},
    Share{"payment_attempt_by_reference", 0.9},
    Share{"payment_attempt_open", 0.005},
    Share{"payment_attempt_failed", 0.05},
    Share{"refund_pending", 0.02},
    Share{"refund_by_reference", 0.9},
    Share{"refund_to_be_sent", 0.02},
    Share{"refund_by_attempt", 0.9},
    Share{"shipment_to_follow", 0.05},
    Share{"return_request_open", 0.02},
    Share{"return_request_by_order", 0.95},
    Share{"return_request_unmatched", 0.05},
    Share{"shipment_by_tracking", 0.98},
    Share{"shipment_by_reference", 0.5},
    Share{"document_by_reference", 0.05},
    Share{"mail_by_order", 0.95},
    Share{"notice_item_counted", 0.1},
};

template <class Rows>
auto named(const Rows& rows, std::string_view name) {
    const auto* found = std::find_if(rows.begin(), rows.end(), [&](const auto& row) { return row.name == name; });
    return found == rows.end() ? std::nullopt : std::optional(*found);
}

double rows_of(const std::string& table, ShopSize size) {
    if (const auto small = named(kSmallTables, table)) {
        return small->rows;
    }
    if (const auto growing = named(kLongTables, table)) {
        return std::max(1.0, growing->of_order * static_cast<double>(size.orders) +
                                 growing->of_product * static_cast<double>(size.products));
    }
    throw std::runtime_error(fmt::format(
        "how long the table {} gets is not said: add it to kLongTables (or kSmallTables, with a reason)", table));
}

/// The first column of each row, as text.
std::vector<std::string> texts(SQLite::Database& database, const std::string& sql) {
    std::vector<std::string> found;
    SQLite::Statement all(database, sql);
    while (all.executeStep()) {
        found.push_back(all.getColumn(0).getString());
    }
    return found;
}

}  // namespace

Statistics::Statistics(SQLite::Database& schema, ShopSize size) {
    for (const auto& table : texts(schema,
                                   "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN "
                                   "('table', 'virtual') AND name NOT LIKE 'sqlite_%' ORDER BY name")) {
        rows_.emplace(table, rows_of(table, size));
    }
    for (const auto& table : texts(schema,
                                   "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' "
                                   "AND name NOT LIKE 'sqlite_%' ORDER BY name")) {
        bool told = false;
        SQLite::Statement indexes(schema, "SELECT name, \"unique\", partial FROM pragma_index_list(?1)");
        indexes.bind(1, table);
        while (indexes.executeStep()) {
            const bool partial = indexes.getColumn(2).getInt() != 0;
            add_index(schema, table, indexes.getColumn(0).getString(), indexes.getColumn(1).getInt() != 0, partial);
            told = told || !partial;
        }
        if (!told) {
            all_.push_back({table, "", {std::llround(rows(table))}});
        }
    }
}

void Statistics::add_index(SQLite::Database& schema, const std::string& table, const std::string& index, bool unique,
                           bool partial) {
    auto in_index = rows(table);
    if (partial) {
        const auto share = named(kShares, index);
        if (!share) {
            throw std::runtime_error(
                fmt::format("which part of {} the index {} has is not said: add it to kShares", table, index));
        }
        in_index = std::max(1.0, in_index * share->share);
    }
    IndexFigures figures{table, index, {std::llround(in_index)}};
    SQLite::Statement columns(schema,
                              "SELECT c.name, f.\"table\", (SELECT count(*) FROM pragma_index_xinfo(?1) WHERE key) "
                              "FROM pragma_index_xinfo(?1) c LEFT JOIN pragma_foreign_key_list(?2) f ON f.\"from\" = "
                              "c.name WHERE c.key ORDER BY c.seqno");
    columns.bind(1, index);
    columns.bind(2, table);
    double different = 1;
    for (int place = 0; columns.executeStep(); ++place) {
        const auto name = columns.isColumnNull(0) ? fmt::format("{}.{}", index, place)
                                                  : fmt::format("{}.{}", table, columns.getColumn(0).getString());
        const auto few = named(kFewValues, name);
        const auto values = few                       ? few->values
                            : columns.isColumnNull(1) ? in_index
                                                      : rows(columns.getColumn(1).getString());
        different = std::min(in_index, different * std::min(values, in_index));
        const bool last = place + 1 == columns.getColumn(2).getInt();
        figures.figures.push_back(unique && last ? 1 : std::llround(std::ceil(in_index / different)));
    }
    all_.push_back(std::move(figures));
}

void Statistics::write(SQLite::Database& database) const {
    database.exec("ANALYZE sqlite_schema");  // makes the table
    SQLite::Transaction transaction(database);
    SQLite::Statement add(database, "INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES (?1, nullif(?2, ''), ?3)");
    for (const auto& [table, index, figures] : all_) {
        add.reset();
        add.bind(1, table);
        // What a table without row numbers is kept by has its name.
        const bool is_table =
            index.starts_with("sqlite_autoindex_") &&
            database.execAndGet(fmt::format("SELECT wr FROM pragma_table_list WHERE name = '{}'", table)).getInt() != 0;
        add.bind(2, is_table ? table : index);
        add.bind(3, fmt::format("{}", fmt::join(figures, " ")));
        add.exec();
    }
    transaction.commit();
}

bool Statistics::is_partial(std::string_view index) const { return named(kShares, index).has_value(); }

bool Statistics::is_catalogue(std::string_view table) const {
    const auto growing = named(kLongTables, table);
    return growing && growing->of_order == 0 && growing->of_product <= 1;
}

bool Statistics::grows(std::string_view table) const { return !named(kSmallTables, table); }

double Statistics::found(std::string_view index, std::size_t columns) const {
    const auto at = std::find_if(all_.begin(), all_.end(), [&](const auto& one) { return one.index == index; });
    return at == all_.end() || columns >= at->figures.size() ? 1 : static_cast<double>(at->figures[columns]);
}

}  // namespace orderd::tests
