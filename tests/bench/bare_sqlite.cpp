// What placing orders is checked against: a loop that writes the very rows that a served shop wrote, with nothing
// around it.
//
//   bench_bare_sqlite --served DIR --scratch DIR [--batch 128]
//
// Reads what POST /orders left in the shop of the first folder (which nobody serves by now), and writes it again into a
// new database with the same schema, products, and settings of SQLite (WAL, synchronous=FULL): one thread, every row
// bound from memory to a statement that was prepared before, a commit after each batch. Nothing is looked up, sealed,
// hashed, printed or parsed. Then both databases must hold the same. Prints one line of JSON.

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <filesystem>
#include <iostream>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>

#include <CLI/CLI.hpp>

#include "base/embedded.h"
#include "base/json.h"
#include "storage/connection.h"
#include "storage/store.h"

namespace orderd::bench {

namespace {

using storage::Connection;

struct Bytes {
    std::string bytes;
};
using Value = std::variant<std::nullptr_t, std::int64_t, std::string, Bytes>;
using Values = std::vector<Value>;

Value value_at(sqlite3_stmt* row, int column) {
    const auto text = [&] {
        const auto* data = static_cast<const char*>(sqlite3_column_blob(row, column));
        return std::string(data == nullptr ? "" : data, static_cast<std::size_t>(sqlite3_column_bytes(row, column)));
    };
    switch (sqlite3_column_type(row, column)) {
        case SQLITE_INTEGER: return sqlite3_column_int64(row, column);
        case SQLITE_TEXT: return text();
        case SQLITE_BLOB: return Bytes{text()};
        default: return nullptr;
    }
}

std::vector<Values> rows_of(Connection& connection, const std::string& sql) {
    std::vector<Values> rows;
    auto lease = connection.lease(sql);
    while (lease.step()) {
        auto& row = rows.emplace_back();
        for (int column = 0; column < sqlite3_column_count(lease.get()); ++column) {
            row.push_back(value_at(lease.get(), column));
        }
    }
    return rows;
}

std::int64_t integer(const Value& value) { return std::get<std::int64_t>(value); }

/// The rows of a table, without the columns that SQLite computes.
struct Table {
    std::vector<std::string> columns;
    std::vector<Values> rows;

    std::size_t place(std::string_view column) const {
        const auto found = std::find(columns.begin(), columns.end(), column);
        if (found == columns.end()) {
            throw std::runtime_error(fmt::format("there is no column {}", column));
        }
        return static_cast<std::size_t>(found - columns.begin());
    }
};

std::vector<std::string> columns_of(Connection& connection, std::string_view table) {
    std::vector<std::string> columns;
    for (const auto& row :
         rows_of(connection, fmt::format("SELECT name FROM pragma_table_xinfo('{}') WHERE hidden = 0", table))) {
        columns.push_back(std::get<std::string>(row[0]));
    }
    return columns;
}

Table table_of(Connection& connection, std::string_view table, std::string_view rest = "") {
    Table read{.columns = columns_of(connection, table), .rows = {}};
    read.rows = rows_of(connection, fmt::format("SELECT {} FROM {} {}", fmt::join(read.columns, ", "), table, rest));
    return read;
}

/// What an order writes, in the order of kTables.
enum Written { customer, order, item, expiry, event, key, product, kinds };

/// The tables that an order adds rows to, and what it says of rows that are there already, as orderd's own statements do.
struct Added {
    const char* table;
    const char* how = "INSERT";
    const char* conflict = "";
};
constexpr std::array<Added, product> kTables{{{"customer"},
                                              {"orders"},
                                              {"order_item"},
                                              {"job", "INSERT", " ON CONFLICT (dedupe_key) DO NOTHING"},
                                              {"event"},
                                              {"idempotency_key", "INSERT OR REPLACE"}}};
constexpr auto kReserve =
    "UPDATE product SET reserved = reserved + ?2, last_order = ?4, updated_at = ?3, version = version + 1 WHERE id = ?1";

std::string statement(Connection& connection, std::size_t kind) {
    if (kind == product) {
        return kReserve;
    }
    const auto& added = kTables.at(kind);
    const auto columns = columns_of(connection, added.table);
    return fmt::format("{} INTO {} ({}) VALUES ({}){}", added.how, added.table, fmt::join(columns, ", "),
                       fmt::join(std::vector<std::string>(columns.size(), "?"), ", "), added.conflict);
}

struct Write {
    Written what;
    Values values;
};
using OrderWrites = std::vector<Write>;

/// What each order wrote, in the order in which the shop wrote it.
std::vector<OrderWrites> read_served(Connection& served) {
    std::map<std::int64_t, Values> customers;
    for (auto& row : table_of(served, "customer").rows) {
        customers.emplace(integer(row[0]), std::move(row));
    }
    std::map<std::string, Values> expiries;
    auto jobs = table_of(served, "job", "WHERE kind = 'order.expire'");
    for (auto& row : jobs.rows) {
        const auto at = std::get<std::string>(row[jobs.place("dedupe_key")]);
        expiries.emplace(at, std::move(row));
    }
    auto items = table_of(served, "order_item", "ORDER BY id");
    auto events = table_of(served, "event", "WHERE kind = 'order.placed' ORDER BY sequence");
    auto keys = table_of(served, "idempotency_key", "ORDER BY id");
    auto orders = table_of(served, "orders", "ORDER BY id");
    if (orders.rows.empty() || events.rows.size() != orders.rows.size() || keys.rows.size() != orders.rows.size()) {
        throw std::runtime_error("the served shop does not hold an event and an idempotency key for each order");
    }

    const auto [its_order, its_product, its_quantity] =
        std::tuple(items.place("order_id"), items.place("product_id"), items.place("quantity"));
    const auto [its_customer, placed_at, expires_at] =
        std::tuple(orders.place("customer_id"), orders.place("placed_at"), orders.place("expires_at"));
    std::vector<OrderWrites> all;
    auto next_item = items.rows.begin();
    for (std::size_t i = 0; i < orders.rows.size(); ++i) {
        auto& writes = all.emplace_back();
        auto& row = orders.rows[i];
        const auto id = integer(row[0]);
        const auto expires = integer(row[expires_at]);
        const auto whose = integer(row[its_customer]);
        auto first_item = next_item;
        for (; next_item != items.rows.end() && integer((*next_item)[its_order]) == id; ++next_item) {
            writes.push_back({product, {(*next_item)[its_product], (*next_item)[its_quantity], row[placed_at], id}});
        }
        if (auto added = customers.extract(whose)) {
            writes.push_back({customer, std::move(added.mapped())});
        }
        writes.push_back({order, std::move(row)});
        for (; first_item != next_item; ++first_item) {
            writes.push_back({item, std::move(*first_item)});
        }
        writes.push_back({expiry, expiries.at(fmt::format("order.expire:{}", (expires + 999) / 1000))});
        writes.push_back({event, std::move(events.rows[i])});
        writes.push_back({key, std::move(keys.rows[i])});
    }
    return all;
}

/// A database in the state that the shop was in before its first order.
void make_scratch(Connection& scratch, const storage::Files& served) {
    scratch.execute(std::string(embedded::schema_sql()));
    scratch.execute(fmt::format("ATTACH 'file:{}?mode=ro' AS served", served.database.string()));
    scratch.execute("BEGIN");
    for (const auto* table : {"setting", "admin_user", "product", "inventory_movement", "audit_entry"}) {
        scratch.execute(fmt::format("INSERT INTO {0} SELECT * FROM served.{0}", table));
    }
    scratch.execute("UPDATE product SET reserved = 0");
    scratch.execute("INSERT INTO event SELECT * FROM served.event WHERE subject <> 'order'");
    scratch.execute("COMMIT");
    scratch.execute("DETACH served");
    scratch.execute("PRAGMA wal_checkpoint(TRUNCATE)");
    scratch.execute("PRAGMA wal_autocheckpoint = 16000");  // as often as orderd's writer
}

class Loop {
public:
    explicit Loop(Connection& connection) : Loop(connection, std::make_index_sequence<kinds>()) {}

    void write(const OrderWrites& writes) {
        for (const auto& one : writes) {
            auto& lease = statements_[one.what];
            for (std::size_t i = 0; i < one.values.size(); ++i) {
                bind(lease, static_cast<int>(i + 1), one.values[i]);
            }
            lease.step();
            sqlite3_reset(lease.get());
        }
    }

    void begin() { connection_.lease("BEGIN IMMEDIATE").step(); }
    void commit() { connection_.lease("COMMIT").step(); }

private:
    template <std::size_t... I>
    Loop(Connection& connection, std::index_sequence<I...>)
        : connection_(connection), statements_{connection.lease(statement(connection, I))...} {}

    static void bind(storage::Lease& lease, int index, const Value& value) {
        if (const auto* number = std::get_if<std::int64_t>(&value)) {
            lease.bind(index, *number);
        } else if (const auto* text = std::get_if<std::string>(&value)) {
            lease.bind_text(index, *text);
        } else if (const auto* bytes = std::get_if<Bytes>(&value)) {
            lease.bind_bytes(index, bytes->bytes);
        } else {
            lease.bind_null(index);
        }
    }

    Connection& connection_;
    std::array<storage::Lease, kinds> statements_;
};

/// How many rows of each kind there are, and what is reserved of each product: the same in both, or the comparison is
/// worth nothing.
Json holdings(Connection& connection) {
    Json all = Json::object();
    for (const auto* table : {"customer", "orders", "order_item", "event", "idempotency_key"}) {
        all[table] = integer(rows_of(connection, fmt::format("SELECT count(*) FROM {}", table))[0][0]);
    }
    all["job"] = integer(rows_of(connection, "SELECT count(*) FROM job WHERE kind = 'order.expire'")[0][0]);
    all["answer_bytes"] = integer(rows_of(connection, "SELECT sum(length(answer_sealed)) FROM idempotency_key")[0][0]);
    auto reserved = Json::array();
    for (const auto& row : rows_of(connection, "SELECT reserved FROM product ORDER BY id")) {
        reserved.push_back(integer(row[0]));
    }
    all["reserved"] = std::move(reserved);
    return all;
}

Json run(const std::filesystem::path& served_folder, const std::filesystem::path& scratch_folder, std::size_t batch) {
    sqlite3_config(SQLITE_CONFIG_URI, 1);
    const storage::Files served(served_folder);
    const storage::Files scratch(scratch_folder);
    Connection from(served.database, Connection::Mode::read_only);
    const auto orders = read_served(from);
    Connection to(scratch.database, Connection::Mode::create);
    make_scratch(to, served);

    const auto began = std::chrono::steady_clock::now();
    {
        Loop loop(to);
        for (std::size_t i = 0; i < orders.size();) {
            loop.begin();
            for (const auto end = std::min(i + batch, orders.size()); i < end; ++i) {
                loop.write(orders[i]);
            }
            loop.commit();
        }
    }
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;

    auto held = holdings(from);
    if (const auto written = holdings(to); written != held) {
        throw std::runtime_error(fmt::format("the loop wrote {}, the shop {}", written.dump(), held.dump()));
    }
    held.erase("reserved");
    return {{"orders", orders.size()},
            {"seconds", took.count()},
            {"rate", static_cast<double>(orders.size()) / took.count()},
            {"rows", std::move(held)}};
}

}  // namespace

}  // namespace orderd::bench

int main(int argc, char** argv) {
    std::filesystem::path served;
    std::filesystem::path scratch;
    std::size_t batch = 128;
    CLI::App line("Writes the rows of a served shop again, with a bare loop");
    line.add_option("--served", served)->required()->check(CLI::ExistingDirectory);
    line.add_option("--scratch", scratch)->required()->check(CLI::ExistingDirectory);
    line.add_option("--batch", batch)->check(CLI::PositiveNumber);
    CLI11_PARSE(line, argc, argv);
    try {
        std::cout << orderd::bench::run(served, scratch, batch).dump() << '\n';
    } catch (const std::exception& error) {
        std::cerr << "bench_bare_sqlite: " << error.what() << '\n';
        return 1;
    }
    return 0;
}
