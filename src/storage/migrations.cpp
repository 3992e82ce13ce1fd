#include "storage/migrations.h"

#include <fmt/format.h>

#include <array>
#include <functional>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include "base/domain.h"
#include "base/embedded.h"
#include "base/folding.h"
#include "base/json.h"
#include "base/text.h"
#include "storage/audit.h"
#include "storage/every_row.h"
#include "storage/opening.h"
#include "storage/reshaping.h"

namespace orderd::storage {

namespace {

/// Version 2, in the order of schema.sql's parts. A step only converts data: afterwards, tables, indexes and
/// triggers are reshaped to schema.sql, and columns that both have are kept. A column that changes its
/// meaning is therefore renamed here first.
constexpr auto kTo2 = R"sql(
    -- the shop itself
    CREATE TABLE event_log (
        id     INTEGER PRIMARY KEY,
        name   TEXT NOT NULL,
        after  INTEGER NOT NULL,
        at     INTEGER NOT NULL
    ) STRICT;
    INSERT INTO event_log (name, after, at) VALUES ('', 0, 0),
        (lower(hex(randomblob(8))), (SELECT coalesce(max(sequence), 0) FROM event), 0);
    ALTER TABLE idempotency_key ADD COLUMN about TEXT NOT NULL DEFAULT '';

    -- Jobs have lanes, and parties. What this process finds running, no other one can be running any more.
    ALTER TABLE job ADD COLUMN lane TEXT NOT NULL DEFAULT 'upkeep';
    ALTER TABLE job ADD COLUMN party TEXT NOT NULL DEFAULT '';
    UPDATE job
       SET lane = CASE WHEN kind IN ('payment.charge', 'payment.look_up', 'payment.return', 'payment.capture',
                                     'payment.void', 'payment.refund', 'payment.settle') THEN 'money'
                       WHEN kind GLOB 'shipment.*' THEN 'parcels'
                       WHEN kind = 'mail.send' THEN 'mail'
                       WHEN kind = 'webhook.deliver' THEN 'webhooks'
                       ELSE 'upkeep' END,
           party = CASE kind
                WHEN 'mail.send' THEN 'mail'
                WHEN 'webhook.deliver' THEN coalesce((SELECT 'webhook-' || endpoint_id FROM webhook_delivery
                                                       WHERE id = json_extract(payload, '$.delivery_id')), '')
                ELSE '' END,
           run_at = CASE status WHEN 'running' THEN updated_at ELSE run_at END;

    -- people: keys of those who have left, or who may do less than their keys, worked until now
    ALTER TABLE session ADD COLUMN address TEXT NOT NULL DEFAULT '';
    ALTER TABLE session ADD COLUMN user_agent TEXT NOT NULL DEFAULT '';
    ALTER TABLE api_key ADD COLUMN held_by INTEGER;
    UPDATE api_key SET held_by = created_by;
    UPDATE api_key SET revoked_at = unixepoch() * 1000
     WHERE revoked_at IS NULL AND held_by IN (SELECT id FROM admin_user
        WHERE active = 0 OR (admin_user.role = 'viewer' AND api_key.role = 'staff'));

    -- catalog: a weight of 0 was one that nobody had typed
    ALTER TABLE product RENAME COLUMN weight_g TO weight_was;
    ALTER TABLE product ADD COLUMN weight_g INTEGER;
    UPDATE product SET weight_g = nullif(weight_was, 0);

    -- orders: no stock is held without an end that no person agreed to
    UPDATE orders SET expires_at = unixepoch() * 1000 + 7 * 86400000 WHERE status = 'pending' AND expires_at IS NULL;
    ALTER TABLE order_item RENAME COLUMN weight_g TO weight_was;
    ALTER TABLE order_item ADD COLUMN weight_g INTEGER;
    UPDATE order_item SET weight_g = nullif(weight_was, 0);

    -- payments

    -- fulfillment
    ALTER TABLE shipment RENAME COLUMN weight_g TO weight_was;
    ALTER TABLE shipment ADD COLUMN weight_g INTEGER;
    UPDATE shipment SET weight_g = nullif(weight_was, 1);
    ALTER TABLE tracking_event ADD COLUMN told_at INTEGER;
    UPDATE tracking_event SET told_at = at;

    -- notify
)sql";

/// Version 3: orders store the status of their payment, and products their newest order, so that no
/// department reads tables of a layer above it.
constexpr auto kTo3 = R"sql(
    ALTER TABLE orders ADD COLUMN payment_status TEXT NOT NULL DEFAULT '';
    ALTER TABLE orders ADD COLUMN payment_method TEXT NOT NULL DEFAULT '';
    ALTER TABLE orders ADD COLUMN money_goes_back INTEGER NOT NULL DEFAULT 0;
    UPDATE orders
       SET payment_status = p.status, payment_method = p.method,
           money_goes_back = p.captured > 0 AND p.refunded = p.captured
      FROM payment p WHERE p.order_id = orders.id;
    ALTER TABLE orders ADD COLUMN parcel_trouble INTEGER NOT NULL DEFAULT 0;
    UPDATE orders SET parcel_trouble = 1
     WHERE id IN (SELECT order_id FROM shipment WHERE status IN ('failed', 'exception'));
    ALTER TABLE product ADD COLUMN last_order INTEGER;
    UPDATE product SET last_order = (SELECT max(order_id) FROM order_item WHERE product_id = product.id);
)sql";

/// Version 4: old rows can be removed, and rows repeat less of what other rows contain.
constexpr auto kTo4 = R"sql(
    UPDATE audit_entry SET hash = substr(hash, 1, 8);
    UPDATE payment_attempt SET instrument = '', return_url = '' WHERE outcome NOT IN ('open', 'requires_action');
)sql";

/// Version 5: SKUs, names and e-mail addresses are compared in a folded form. fold_products() and
/// renew_email_indexes() fill what is only given a place here: a line break begins no folded SKU.
constexpr auto kTo5 = R"sql(
    ALTER TABLE product ADD COLUMN sku_key TEXT;
    ALTER TABLE product ADD COLUMN name_key TEXT;
    UPDATE product SET sku_key = char(10) || id, name_key = '';
)sql";

/// Version 6: lines and deliveries have their own tax rates. An old order has one rate, which rounded each line; what its
/// lines do not have of its tax is its delivery's. fill_tax_countries() reads whose tax it is.
constexpr auto kTo6 = R"sql(
    ALTER TABLE orders ADD COLUMN rounded_by TEXT NOT NULL DEFAULT 'line';
    ALTER TABLE orders ADD COLUMN shipping_taxes TEXT NOT NULL DEFAULT '[]';
    ALTER TABLE orders ADD COLUMN tax_treatment TEXT NOT NULL DEFAULT 'taxed';
    ALTER TABLE order_item ADD COLUMN tax_rate_ppm INTEGER NOT NULL DEFAULT 0;
    UPDATE order_item SET tax_rate_ppm = (SELECT tax_rate_ppm FROM orders WHERE id = order_id);
    UPDATE orders SET tax_treatment = 'untaxed' WHERE tax_rate_ppm = 0;
    UPDATE orders
       SET shipping_taxes = json_array(json_array(iif(rest.tax > 0, orders.tax_rate_ppm, 0), orders.shipping, rest.tax))
      FROM (SELECT o.id AS id, o.tax + o.tax_included - sum(i.tax) AS tax
              FROM orders o JOIN order_item i ON i.order_id = o.id GROUP BY o.id) rest
     WHERE rest.id = orders.id AND orders.shipping > 0;
    UPDATE setting SET value = json_set(value, '$.untaxed_prices', 'same') WHERE name = 'tax';
)sql";

/// Version 7: make_delivery_method() makes one of the prices by country. Orders of before have no documents.
constexpr auto kTo7 = "";

/// Of several SKUs that are equal now, the oldest product's gets the key. The others get one that no SKU has, and stay
/// as they are.
void fold_products(Transaction& tx) {
    for_each_row(tx, "SELECT id FROM product WHERE id > ?1 ORDER BY id LIMIT ?2", [&](std::int64_t id) {
        std::string sku;
        std::string name;
        std::string description;
        tx.each(
            "SELECT sku, name, description FROM product WHERE id = ?1",
            [&](const Row& row) {
                sku = row.get<std::string>(0);
                name = row.get<std::string>(1);
                description = row.get<std::string>(2);
            },
            id);
        auto key = identifier_key(sku);
        if (key.empty() || tx.value<bool>("SELECT 1 FROM product WHERE sku_key = ?1", key)) {
            key += fmt::format("\n{}", id);
        }
        sku = search_form(sku);
        name = search_form(name);
        tx.run("UPDATE product SET sku_key = ?2, name_key = ?3 WHERE id = ?1", id, key, name);
        tx.run("INSERT INTO product_text (rowid, sku, name, description) VALUES (?1, ?2, ?3, ?4)", id, sku, name,
               search_form(description));
    });
}

/// Short words are found in East Asian scripts, and in what has signs, by the index too.
void index_short_words(Transaction& tx) {
    for_each_row(tx, "SELECT id FROM product WHERE id > ?1 ORDER BY id LIMIT ?2", [&](std::int64_t id) {
        tx.run("DELETE FROM product_word WHERE rowid = ?1", id);
        tx.each(
            "SELECT sku, name, description FROM product WHERE id = ?1",
            [&](const Row& row) {
                const auto text = [&](int column) { return search_form(row.get<std::string_view>(column)); };
                tx.run("INSERT INTO product_word (rowid, sku, name) VALUES (?1, ?2, ?3)", id, words_apart(text(0)),
                       words_apart(text(1)) + ' ' + single_words(text(2)));
            },
            id);
    });
}

/// The address in a stored contact, which older rows have as an object.
std::string email_in(const Json& contact) {
    return contact.is_array() ? contact.at(1).get<std::string>() : contact.at("email").get<std::string>();
}

/// Only the indexes of addresses beyond ASCII change.
void renew_email_indexes(Transaction& tx) {
    const auto* next = "SELECT id FROM customer WHERE id > ?1 AND contact_sealed IS NOT NULL ORDER BY id LIMIT ?2";
    for_each_row(tx, next, [&](std::int64_t id) {
        const auto sealed = *tx.value<std::string>("SELECT contact_sealed FROM customer WHERE id = ?1", id);
        const Place place{.table = "customer", .column = "contact_sealed", .row = id};
        const auto email = email_in(stored_json(tx.vault().open(place, sealed)));
        if (!is_ascii(email)) {
            tx.run("UPDATE customer SET email_index = ?2 WHERE id = ?1", id,
                   tx.vault().index("email", mail_identity(email)));
        }
    });
}

/// Which country's tax an order has is plain, for reports; its address is not.
void fill_tax_countries(Transaction& tx) {
    const auto* next = "SELECT id FROM orders WHERE id > ?1 AND address_sealed IS NOT NULL ORDER BY id LIMIT ?2";
    for_each_row(tx, next, [&](std::int64_t id) {
        const auto sealed = *tx.value<std::string>("SELECT address_sealed FROM orders WHERE id = ?1", id);
        const Place place{.table = "orders", .column = "address_sealed", .row = id};
        const auto address = stored_json(tx.vault().open(place, sealed));
        const auto country = address.is_array() ? address.back() : address.at("country");
        tx.run("UPDATE orders SET tax_country = ?2 WHERE id = ?1", id, country.get<std::string>());
    });
}

/// What staff wrote when a payment arrived is found by its words.
void add_reference_words(Transaction& tx) {
    const auto* next = "SELECT id FROM payment WHERE id > ?1 AND reference_sealed IS NOT NULL ORDER BY id LIMIT ?2";
    for_each_row(tx, next, [&](std::int64_t id) {
        const auto sealed = *tx.value<std::string>("SELECT reference_sealed FROM payment WHERE id = ?1", id);
        const Place place{.table = "payment", .column = "reference_sealed", .row = id};
        for (const auto& word : reference_words(tx.vault().open(place, sealed))) {
            tx.run("INSERT INTO payment_word (word_index, payment_id) VALUES (?1, ?2)",
                   tx.vault().index("reference word", word), id);
        }
    });
}

/// The zones of a delivery method (orders/delivery_zones.h) with the prices of the setting "shipping", which had a price
/// for each country: the first that was given, or for "*", everywhere else, the last.
Json zones_of_rates(const Json& rates) {
    Json by_country = Json::object();
    for (const auto& rate : rates) {
        const auto country = rate.at("country").get<std::string>();
        if (country == "*" || !by_country.contains(country)) {
            by_country[country] =
                json_object({{"price", rate.at("amount")}, {"free_from", rate.value("free_above", Json())}});
        }
    }
    auto zones = Json::array();
    std::map<std::string, std::size_t> known;  // by what it costs
    for (const auto& [country, costs] : by_country.items()) {
        const auto [zone, is_new] = known.try_emplace(costs.dump(), zones.size());
        if (is_new) {
            const auto band = json_object({{"from", 0}, {"to", nullptr}, {"price", costs.at("price")}});
            zones.push_back(json_object({{"places", Json::array()},
                                         {"by", "value"},
                                         {"bands", Json::array({band})},
                                         {"free_from", costs.at("free_from")}}));
        }
        zones.at(zone->second)
            .at("places")
            .push_back(json_object({{"country", country}, {"region", ""}, {"postal_codes", Json::array()}}));
    }
    return zones;
}

/// What shipping cost by country becomes a delivery method. Without rates, shipping was free, as it is without methods.
void make_delivery_method(Transaction& tx) {
    const auto setting = tx.value<std::string>("SELECT value FROM setting WHERE name = 'shipping'");
    const auto rates = setting ? stored_json(*setting).at("rates") : Json::array();
    if (!rates.empty()) {
        tx.run(R"sql(
            INSERT INTO delivery_method (name, names, kind, position, zones, created_at, updated_at)
            VALUES ('Shipping', '{"de":"Versand"}', 'shipping', 1, ?1, unixepoch() * 1000, unixepoch() * 1000)
        )sql",
               json_text(zones_of_rates(rates)));
    }
    tx.run("DELETE FROM setting WHERE name = 'shipping'");
}

/// Products get a handle of their name, or of name and id. There are no groups yet.
void fill_handles(Transaction& tx) {
    constexpr std::size_t kMostOfName = 60;
    for_each_row(tx, "SELECT id FROM product WHERE id > ?1 ORDER BY id LIMIT ?2", [&](std::int64_t id) {
        const auto name = tx.value<std::string>("SELECT name FROM product WHERE id = ?1", id).value();
        const auto is_taken = [&](const std::string& handle) {
            return tx.value<bool>("SELECT 1 FROM product WHERE handle = ?1 AND handle <> ''", handle).has_value();
        };
        auto handle = handle_form(name, kMostOfName);
        if (handle.empty()) {
            handle = "product";
        }
        while (is_taken(handle)) {
            handle += fmt::format("-{}", id);
        }
        tx.run("UPDATE product SET handle = ?2 WHERE id = ?1", id, handle);
    });
}

/// What imports did to products was one text for each import.
void move_import_changes(Transaction& tx) {
    tx.run(R"sql(
        INSERT INTO import_change (import_id, subject, subject_id, kept)
        SELECT import.id, 'product', json_extract(row.value, '$.product_id'),
               json_set(json_remove(row.value, '$.product_id'),
                        '$.last_order', json_extract(import.changes, '$.last_order'))
          FROM import, json_each(import.changes, '$.rows') AS row
         ORDER BY import.id, row.key
    )sql");
    tx.run(R"sql(
        UPDATE import SET changes = json_set(json_remove(changes, '$.rows', '$.last_order'), '$.complete', json('true'))
    )sql");
}

/// Payments had one charge, and refunds went back on that.
void name_charges(Transaction& tx) {
    tx.run("UPDATE payment SET waived = amount - captured WHERE captured > 0");
    tx.run(R"sql(
        UPDATE payment_attempt
           SET amount = p.amount, captured = iif(payment_attempt.outcome = 'succeeded', p.captured, 0)
          FROM payment p WHERE p.id = payment_id
    )sql");
    tx.run(R"sql(
        UPDATE refund SET attempt_id = (SELECT a.id FROM payment p
                                          JOIN payment_attempt a
                                            ON a.gateway = p.gateway AND a.gateway_reference = p.gateway_reference
                                         WHERE p.id = refund.payment_id)
    )sql");
}

/// A served shop makes the search index of what is there in slices; its reader of the event log begins after that.
void ask_for_search_words(Transaction& tx) {
    tx.run("INSERT INTO search_renewal (kind, after) VALUES ('customer', 0), ('order', 0)");
    tx.run("INSERT INTO log_reader (name, sequence) SELECT 'search', coalesce(max(sequence), 0) FROM event");
}

/// The part of a step that SQL cannot do, since it needs the shop's key or folded text. Runs once all tables have their
/// new form.
void beyond_sql(Transaction& tx, int from) {
    if (from == 1) {
        audit::anchor_as_found(tx);
    } else if (from == 4) {
        fold_products(tx);
        renew_email_indexes(tx);
    } else if (from == 5) {
        fill_tax_countries(tx);
        add_reference_words(tx);
    } else if (from == 6) {
        make_delivery_method(tx);
    } else if (from == 7) {  // what it cost before is not known
        tx.run("INSERT INTO product_price (product_id, since, price) SELECT id, created_at, price FROM product");
        index_short_words(tx);
        fill_handles(tx);
        name_charges(tx);
        move_import_changes(tx);
        ask_for_search_words(tx);
        // Notices are told from where mails are: low stock was told by them.
        tx.run(
            "INSERT INTO log_reader (name, sequence) SELECT 'notices', sequence FROM log_reader WHERE name = 'mail'");
    }
}

constexpr std::array kMigrations{Migration{.from = 1, .sql = kTo2}, Migration{.from = 2, .sql = kTo3},
                                 Migration{.from = 3, .sql = kTo4}, Migration{.from = 4, .sql = kTo5},
                                 Migration{.from = 5, .sql = kTo6}, Migration{.from = 6, .sql = kTo7},
                                 Migration{.from = 7, .sql = ""}};

constexpr Schema kSchema{.version = kSchemaVersion, .migrations = kMigrations, .whole = &embedded::schema_sql};

void require_references(Connection& connection) {
    SQLite::Statement broken(connection.database(), "PRAGMA foreign_key_check");
    if (broken.executeStep()) {
        throw std::runtime_error(fmt::format("a row of {} would refer to a row of {} that does not exist",
                                             broken.getColumn(0).getString(), broken.getColumn(2).getString()));
    }
}

int version_of(Connection& connection) {
    SQLite::Statement version(connection.database(), "PRAGMA user_version");
    return version.executeStep() ? version.getColumn(0).getInt() : 0;
}

/// Switches foreign keys off while tables are rebuilt. SQLite ignores the switch inside a transaction.
class WithoutForeignKeys {
public:
    explicit WithoutForeignKeys(Connection& connection) : handle_(connection.database().getHandle()) { set(0); }
    WithoutForeignKeys(const WithoutForeignKeys&) = delete;
    WithoutForeignKeys& operator=(const WithoutForeignKeys&) = delete;
    ~WithoutForeignKeys() { set(1); }

private:
    void set(int on) const { sqlite3_db_config(handle_, SQLITE_DBCONFIG_ENABLE_FKEY, on, nullptr); }

    sqlite3* const handle_;
};

}  // namespace

const Schema& current_schema() { return kSchema; }

std::filesystem::path copy_before_migration(const std::filesystem::path& folder, int version) {
    return folder / fmt::format("shop-before-migration-from-{}.db", version);
}

void migrate(Connection& connection, const Vault& vault, const Schema& to) {
    const WithoutForeignKeys meanwhile(connection);
    SQLite::Transaction all(connection.database(), SQLite::TransactionBehavior::IMMEDIATE);
    const int from = version_of(connection);  // read again, now that no other process can migrate
    if (from >= to.version) {
        return;
    }
    for (const auto& step : to.migrations) {
        if (step.from >= from) {
            connection.execute(step.sql);
        }
    }
    if (to.whole != nullptr) {
        reshape(connection, to.whole());
    }
    for (const auto& step : to.whole != nullptr ? to.migrations : std::span<const Migration>()) {
        if (step.from >= from) {
            Transaction tx(connection, vault);
            beyond_sql(tx, step.from);
        }
    }
    require_references(connection);
    connection.execute(fmt::format("PRAGMA user_version = {}", to.version));
    all.commit();
}

}  // namespace orderd::storage
