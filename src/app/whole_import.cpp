#include <fmt/format.h>

#include <fstream>
#include <map>
#include <string>

#include "accounts/customer.h"
#include "accounts/found_by.h"
#include "app/commands.h"
#include "app/open_shop.h"
#include "app/scratch.h"
#include "app/whole_shop.h"
#include "app/whole_tables.h"
#include "base/random.h"
#include "base/text.h"
#include "base/version.h"
#include "catalog/text_index.h"
#include "payments/reference.h"
#include "storage/backup.h"
#include "storage/every_row.h"
#include "storage/key_file.h"
#include "storage/migrations.h"
#include "storage/opening.h"

namespace orderd::app {

namespace {

using storage::OpenError;

constexpr std::size_t kLongestLine = std::size_t{64} * 1024 * 1024;  ///< a picture has 20 MiB, in base64 27
constexpr auto kCustomers = "SELECT id FROM customer WHERE id > ?1 AND contact_sealed IS NOT NULL ORDER BY id LIMIT ?2";
constexpr auto kReferences =
    "SELECT id FROM payment WHERE id > ?1 AND reference_sealed IS NOT NULL ORDER BY id LIMIT ?2";

[[noreturn]] void refuse(std::int64_t line, std::string_view why) {
    throw OpenError(fmt::format("line {} {}: it is no file that `orderd export --everything` made", line, why));
}

std::string bytes_of(const Json& value) {
    if (!value.is_object()) {
        return value.get<std::string>();
    }
    auto bytes = from_base64(value.at("base64").get<std::string>());
    if (!bytes) {
        throw std::invalid_argument("not base64");
    }
    return std::move(*bytes);
}

/// Writes the rows of a file into a shop whose tables are empty.
class Filling {
public:
    explicit Filling(storage::Transaction& tx) : tx_(tx) {
        tx_.run("PRAGMA defer_foreign_keys = ON");
        for (auto& table : whole_tables(tx_)) {
            tx_.run(fmt::format("DELETE FROM \"{}\"", table.name));
            inserts_.emplace(table.name, insert_into(table));
            tables_.emplace(table.name, std::move(table));
        }
    }

    void add(const Json& line) {
        const auto& table = tables_.at(line.at("table").get<std::string>());
        const auto& row = line.at("row");
        auto values = Json::array();
        for (const auto& column : table.columns) {
            values.push_back(stored_value(table, column, row));
        }
        tx_.run(inserts_.at(table.name), json_text(values));
    }

    /// What other columns and tables are computed from.
    void compute() {
        storage::renew_key_check(tx_);
        storage::for_each_row(tx_, kCustomers, [&](std::int64_t id) { accounts::renew_indexes(tx_, CustomerId{id}); });
        storage::for_each_row(tx_, kReferences,
                              [&](std::int64_t id) { payments::renew_reference_words(tx_, PaymentId{id}); });
        catalog::index_all_texts(tx_);
        accounts::ask_for_renewal(tx_);
    }

private:
    static std::string insert_into(const WholeTable& table) {
        std::string names;
        std::string values;
        for (std::size_t i = 0; i < table.columns.size(); ++i) {
            const auto* const comma = i == 0 ? "" : ", ";
            const auto kind = table.columns[i].kind;
            const auto value = fmt::format("json_extract(?1, '$[{}]')", i);
            const bool is_bytes = kind == ColumnKind::bytes || kind == ColumnKind::sealed;
            names += fmt::format("{}\"{}\"", comma, table.columns[i].name);
            values += comma + (is_bytes ? fmt::format("unhex({})", value) : value);
        }
        return fmt::format("INSERT INTO \"{}\" ({}) SELECT {}", table.name, names, values);
    }

    Json stored_value(const WholeTable& table, const WholeColumn& column, const Json& row) const {
        const auto& value = row.at(column.name);
        if (value.is_null() || column.kind == ColumnKind::integer || column.kind == ColumnKind::text) {
            return value;
        }
        const auto bytes = bytes_of(value);
        if (column.kind == ColumnKind::bytes) {
            return to_hex(bytes);
        }
        return to_hex(tx_.vault().seal({table.name, column.name, row.at("id").get<std::int64_t>()}, bytes));
    }

    storage::Transaction& tx_;
    std::map<std::string, WholeTable> tables_;
    std::map<std::string, std::string> inserts_;
};

/// A file's lines, one after another.
class Lines {
public:
    explicit Lines(const std::filesystem::path& file) : in_(file, std::ios::binary) {
        if (!in_) {
            throw OpenError(fmt::format("{} cannot be read", file.string()));
        }
    }

    /// @returns nullopt at the end
    std::optional<Json> next() {
        std::string text;
        if (!std::getline(in_, text)) {
            return std::nullopt;
        }
        ++number_;
        if (text.size() > kLongestLine) {
            refuse(number_, "is too long");
        }
        auto json = Json::parse(text, nullptr, false);
        if (!json.is_object()) {
            refuse(number_, "is no JSON object");
        }
        return json;
    }

    std::int64_t number() const { return number_; }

private:
    std::ifstream in_;
    std::int64_t number_ = 0;
};

std::string lasting_secret_in(const Json& first) {
    const auto schema = first.value("schema", std::int64_t{0});
    if (schema == 0 || !first.contains("lasting_secret")) {
        refuse(1, "does not say which shop follows");
    }
    if (schema != storage::kSchemaVersion) {
        throw OpenError(
            fmt::format("the file is of schema {}, made by orderd {}; this is orderd {}, with schema {}: import it "
                        "with the version that made it, and upgrade then",
                        schema, first.value("orderd", "?"), version(), storage::kSchemaVersion));
    }
    auto secret = from_base64(first.at("lasting_secret").get<std::string>());
    if (!secret || secret->size() != storage::kKeyBytes) {
        refuse(1, "has no lasting_secret");
    }
    return std::move(*secret);
}

void fill(storage::Transaction& tx, Lines& lines) {
    Filling filling(tx);
    std::int64_t rows = 0;
    while (const auto line = lines.next()) {
        if (line->contains("rows")) {
            if (line->at("rows") != rows || lines.next()) {
                refuse(lines.number(), "does not end it as it should");
            }
            filling.compute();
            return;
        }
        try {
            filling.add(*line);
        } catch (const OpenError&) {
            throw;
        } catch (const std::exception& error) {
            refuse(lines.number(), fmt::format("cannot be taken ({})", error.what()));
        }
        ++rows;
    }
    throw OpenError("the file ends too early: it was cut");
}

}  // namespace

void import_everything(const std::filesystem::path& data, const std::filesystem::path& file, const RestoreWish& wish,
                       const Clock& clock, std::ostream& out) {
    const storage::Files files(data);
    if (std::filesystem::exists(files.database) || std::filesystem::exists(files.key)) {
        throw OpenError(
            fmt::format("{} has a shop, or the key of one: a whole shop goes into an empty folder", data.string()));
    }
    Lines lines(file);
    const auto first = lines.next();
    storage::KeyFile key;
    key.lasting = lasting_secret_in(first.value_or(Json::object()));
    key.keys = {random_bytes(storage::kKeyBytes)};

    std::filesystem::create_directories(data);
    const Scratch scratch(data, "import");
    const storage::Files made(scratch.path());
    storage::save_key_file(made.key, key);
    {
        const auto store = open_shop(scratch.path(), clock, true);
        store->writer().run([&](storage::Transaction& tx) { fill(tx, lines); });
    }
    const auto whole = scratch.path() / "whole.backup";
    storage::backup(made.database, whole);
    storage::save_key_file(files.key, key);
    try {
        restore_command(data, whole, wish, clock, out);
    } catch (...) {
        std::filesystem::remove(files.key);
        throw;
    }
}

}  // namespace orderd::app
