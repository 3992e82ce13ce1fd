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

#include <array>
#include <chrono>
#include <filesystem>
#include <iostream>
#include <map>
#include <string>
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

/// The statements that an order is written with, as orderd's own write it: those that may find a row already there say
/// so.
enum Written { customer, word, product, order, item, expiry, event, key, kinds };
constexpr std::array<const char*, kinds> kStatements{
    "INSERT INTO customer VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    "INSERT OR IGNORE INTO customer_word VALUES (?1, ?2)",
    "UPDATE product SET reserved = reserved + ?2, last_order = ?4, updated_at = ?3, version = version + 1 WHERE id = "
    "?1",
    "INSERT INTO orders VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, "
    "?20, ?21, ?22, ?23, ?24)",
    "INSERT INTO order_item VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
    "INSERT INTO job VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13) ON CONFLICT (dedupe_key) DO "
    "NOTHING",
    "INSERT INTO event VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    "INSERT OR REPLACE INTO idempotency_key VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
};

struct Write {
    Written what;
    Values values;
};
using OrderWrites = std::vector<Write>;

/// What each order wrote, in the order in which the shop wrote it.
std::vector<OrderWrites> read_served(Connection& served) {
    std::map<std::int64_t, Values> customers;
    for (auto& row : rows_of(served, "SELECT * FROM customer")) {
        customers.emplace(integer(row[0]), std::move(row));
    }
    std::multimap<std::int64_t, Values> words;
    for (auto& row : rows_of(served, "SELECT * FROM customer_word")) {
        const auto whose = integer(row[1]);
        words.emplace(whose, std::move(row));
    }
    std::map<std::string, Values> expiries;
    for (auto& row : rows_of(served, "SELECT dedupe_key, * FROM job WHERE kind = 'order.expire'")) {
        const auto at = std::get<std::string>(row[0]);
        expiries.emplace(at, Values(row.begin() + 1, row.end()));
    }
    auto items = rows_of(served, "SELECT * FROM order_item ORDER BY id");
    auto events = rows_of(served, "SELECT * FROM event WHERE kind = 'order.placed' ORDER BY sequence");
    auto keys = rows_of(served, "SELECT * FROM idempotency_key ORDER BY id");
    auto orders = rows_of(served, "SELECT * FROM orders ORDER BY id");
    for (auto& row : orders) {
        row.pop_back();  // packing, which is generated
    }
    if (orders.empty() || events.size() != orders.size() || keys.size() != orders.size()) {
        throw std::runtime_error("the served shop does not hold an event and an idempotency key for each order");
    }

    std::vector<OrderWrites> all;
    auto next_item = items.begin();
    for (std::size_t i = 0; i < orders.size(); ++i) {
        auto& writes = all.emplace_back();
        const auto id = integer(orders[i][0]);
        const auto at = orders[i][15];
        const auto expires_at = integer(orders[i][16]);
        const auto whose = integer(orders[i][1]);
        auto first_item = next_item;
        for (; next_item != items.end() && integer((*next_item)[1]) == id; ++next_item) {
            writes.push_back({product, {(*next_item)[2], (*next_item)[8], at, id}});
        }
        if (auto added = customers.extract(whose)) {
            writes.push_back({customer, std::move(added.mapped())});
            const auto [begin, end] = words.equal_range(whose);
            for (auto found = begin; found != end; ++found) {
                writes.push_back({word, found->second});
            }
        }
        writes.push_back({order, std::move(orders[i])});
        for (; first_item != next_item; ++first_item) {
            writes.push_back({item, std::move(*first_item)});
        }
        writes.push_back({expiry, expiries.at(fmt::format("order.expire:{}", (expires_at + 999) / 1000))});
        writes.push_back({event, std::move(events[i])});
        writes.push_back({key, std::move(keys[i])});
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
        : connection_(connection), statements_{connection.lease(kStatements[I])...} {}

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
    for (const auto* table : {"customer", "customer_word", "orders", "order_item", "event", "idempotency_key"}) {
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
