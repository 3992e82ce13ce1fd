// Makes a shop with some years of orders, quickly: rows go into the database directly, indexes are built at the end.
// What comes out passes `orderd check`, and every sealed column opens.
//
//   bench_fill --data DIR --orders N [--products M] [--groups G] [--pictures]
//
// With groups, all products are variants: of each group as many, and they differ in their glaze. With pictures, each group
// has one of its own, and each product one of a hundred. They are small, so that the file is not mostly pictures.
//
// Its owner is "owner", with the password "bench-owner".

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "accounts/admin.h"
#include "accounts/customer.h"
#include "accounts/passwords.h"
#include "app/made_up.h"
#include "app/open_shop.h"
#include "app/search_index.h"
#include "catalog/group.h"
#include "catalog/picture.h"
#include "catalog/picture_file.h"
#include "catalog/product.h"
#include "orders/search.h"
#include "storage/connection.h"
#include "storage/store.h"
#include "storage/writer.h"

namespace orderd::bench {

namespace {

constexpr std::int64_t kFirstNumber = 1001;
constexpr auto kPassword = "bench-owner";

/// How an order ended: what it says, and what of it exists besides.
struct Fate {
    const char* status;
    bool captured;
    bool shipped;
    bool released;  ///< its stock was given back
};

constexpr Fate kPending{"pending", false, false, false};
constexpr Fate kPaid{"paid", true, false, false};
constexpr Fate kShipped{"shipped", true, true, false};
constexpr Fate kDelivered{"delivered", true, true, false};
constexpr Fate kCancelled{"cancelled", false, false, true};
constexpr Fate kExpired{"expired", false, false, true};

/// Old orders were delivered, but for some that never went through; the newest fiftieth is under way.
const Fate& fate_of(std::int64_t n, std::int64_t orders) {
    if (n % 25 == 7) return kCancelled;
    if (n % 50 == 31) return kExpired;
    if (n < orders - orders / 50) return kDelivered;
    return n % 4 == 0 ? kPending : n % 4 == 1 ? kPaid : kShipped;
}

struct Stocked {
    std::int64_t id;
    std::string sku;
    std::string name;
    std::int64_t price;
    std::int64_t units = 0;  ///< moved, summed up
    std::int64_t reserved = 0;
    std::optional<OrderId> last_order = {};
};

/// Spreads products over groups of as many variants each.
void spread(storage::Transaction& tx, std::vector<catalog::NewProduct>& products, int groups, Time now) {
    std::vector<GroupId> made;
    for (int n = 1; n <= groups; ++n) {
        const catalog::NewGroup group{.name = fmt::format("Stoneware bowl of kind {}", n),
                                      .description = "Thrown by hand, in several glazes.",
                                      .options = {{"Glaze", {}}}};
        made.push_back(catalog::create_group(tx, group, Actor::system(), now).id);
    }
    for (std::size_t i = 0; groups > 0 && i < products.size(); ++i) {
        products[i].variant =
            catalog::Variant{.group = made[i % made.size()], .values = {fmt::format("Glaze {}", i / made.size())}};
    }
}

/// A small picture, another one for each number.
catalog::MadePicture picture(std::size_t n) {
    catalog::Pixels pixels{.extent = {48, 36}, .rgba = {}};
    for (std::size_t i = 0; i < pixels.extent.pixels(); ++i) {
        // A bit of the number for each stripe, so that compression keeps them apart.
        const bool bright = (n >> (i % pixels.extent.width / 3) & 1U) == 1;
        const auto shade = static_cast<std::uint8_t>(bright ? 220 : 60);
        pixels.rgba.insert(pixels.rgba.end(), {shade, static_cast<std::uint8_t>(n % 200), 90, 255});
    }
    return catalog::make_picture(catalog::write_webp(std::move(pixels)));
}

void add_pictures(storage::Store& store, Time now) {
    constexpr std::size_t kShared = 100;
    std::vector<catalog::MadePicture> made;
    const auto groups = store.read().value<std::int64_t>("SELECT count(*) FROM product_group").value();
    for (std::size_t n = 0; n < kShared + static_cast<std::size_t>(groups); ++n) {
        made.push_back(picture(n));
    }
    store.writer().run([&](storage::Transaction& tx) {
        const auto add = [&](const catalog::PictureOwner& owner, std::size_t n) {
            catalog::add_picture(tx, owner, made.at(n), "A bowl, seen from the side", "bowl.webp", Actor::system(),
                                 now);
        };
        std::vector<std::int64_t> products;
        tx.each("SELECT id FROM product",
                [&](const storage::Row& row) { products.push_back(row.get<std::int64_t>(0)); });
        for (const auto id : products) {
            add({catalog::PictureOwner::Kind::product, id}, static_cast<std::size_t>(id) % kShared);
        }
        for (std::int64_t id = 1; id <= groups; ++id) {
            add({catalog::PictureOwner::Kind::group, id}, kShared + static_cast<std::size_t>(id - 1));
        }
    });
}

struct Wish {
    int products = 200;
    int groups = 0;
    bool pictures = false;
};

void make_shop(const std::filesystem::path& folder, const Wish& wish, const Clock& clock) {
    const auto store = app::open_shop(folder, clock, true);
    const auto hash = accounts::PasswordHasher().hash(kPassword);
    store->writer().run([&](storage::Transaction& tx) {
        const auto now = clock.now();
        accounts::add_admin(tx, "owner", Role::owner, hash, Actor::command_line(), now);
        for (const auto* name : {"anna", "ben", "carla", "dan"}) {
            accounts::add_admin(tx, name, Role::staff, hash, Actor::command_line(), now);
        }
        auto products = app::made_up_products(wish.products);
        spread(tx, products, wish.groups, now);
        for (const auto& product : products) {
            catalog::create(tx, product, Actor::system(), now);
        }
    });
    if (wish.pictures) {
        add_pictures(*store, clock.now());
    }
}

/// Fills one database. All of it is one transaction, and nothing reaches the disk before it ends.
class Filler {
public:
    Filler(const std::filesystem::path& folder, std::int64_t orders)
        : files_(folder),
          vault_(storage::Vault::open(files_.key)),
          connection_(files_.database, storage::Connection::Mode::read_write),
          tx_(connection_, vault_),
          orders_(orders) {
        tx_.each("SELECT id, sku, name, price, on_hand FROM product ORDER BY id", [&](const storage::Row& row) {
            products_.push_back({row.get<std::int64_t>(0), row.get<std::string>(1), row.get<std::string>(2),
                                 row.get<std::int64_t>(3), row.get<std::int64_t>(4)});
        });
    }

    void fill(Time now) {
        connection_.execute("PRAGMA journal_mode = MEMORY");  // a crash leaves no database that anyone would want
        connection_.execute("PRAGMA synchronous = OFF");
        connection_.execute("PRAGMA foreign_keys = OFF");  // `orderd check` looks at them afterwards
        connection_.execute("PRAGMA cache_size = -524288");
        connection_.execute("BEGIN");
        const auto indexes = drop_indexes();
        for (std::int64_t n = 0; n < orders_; ++n) {
            add_order(n, now - Duration{(orders_ - n) * kYears.ms / orders_});
        }
        for (const auto& product : products_) {
            tx_.run("UPDATE product SET on_hand = ?2, reserved = ?3, last_order = ?4 WHERE id = ?1", product.id,
                    product.units, product.reserved, product.last_order);
        }
        for (const auto& sql : indexes) {
            connection_.execute(sql);
        }
        notify::read_on_from_now(tx_, app::search_reader().name);
        connection_.execute("COMMIT");
        connection_.execute("PRAGMA journal_mode = WAL");
    }

private:
    static constexpr Duration kYears = days(3 * 365);

    std::vector<std::string> drop_indexes() {
        std::vector<std::string> made_by;
        std::vector<std::string> names;
        tx_.each(
            "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL AND tbl_name <> 'product'",
            [&](const storage::Row& row) {
                names.push_back(row.get<std::string>(0));
                made_by.push_back(row.get<std::string>(1));
            });
        for (const auto& name : names) {
            connection_.execute(fmt::format("DROP INDEX {}", name));
        }
        return made_by;
    }

    void add_customer(std::int64_t id, const accounts::PreparedCustomer& who, Time at) {
        const auto contact = vault_.seal({"customer", "contact_sealed", id}, who.contact_text);
        const auto address = vault_.seal({"customer", "address_sealed", id}, *who.address_text);
        tx_.run(R"sql(
            INSERT INTO customer (id, contact_sealed, address_sealed, email_index, created_at, updated_at)
            VALUES (?1, ?2, ?3, ?4, ?5, ?5)
        )sql",
                id, storage::Blob{contact}, storage::Blob{address}, who.email_index, at);
        accounts::index_customer(tx_, CustomerId{id});
    }

    void add_order(std::int64_t n, Time at) {
        const OrderId id{kFirstNumber + n};
        const auto order = number(id);
        const auto& fate = fate_of(n, orders_);
        const auto guest_number = app::made_up_guest_of_order(static_cast<std::uint64_t>(n), 0);
        const auto customer = static_cast<std::int64_t>(guest_number) + 1;
        auto [contact, address] = app::made_up_guest(guest_number);
        const orders::Recipient recipient{contact, address, ""};
        if (customer > customers_) {
            customers_ = customer;
            add_customer(customer, accounts::prepare(vault_, contact, address), at);
        }
        auto& product = products_[static_cast<std::size_t>(n) % products_.size()];
        auto& other = products_[static_cast<std::size_t>(n * 7 + 3) % products_.size()];
        const auto quantity = 1 + n % 3;
        const auto total = product.price * quantity + other.price;
        const auto sealed_contact = orders::seal_contact(vault_, id, recipient);
        const auto sealed_address = orders::seal_address(vault_, id, address);
        const auto token_hash = storage::hash_of_token(fmt::format("ot_{}", order));
        tx_.run(R"sql(
            INSERT INTO orders (id, customer_id, status, subtotal, discount, shipping, tax, tax_included, total,
                                tax_rate_ppm, managed_by, contact_sealed, address_sealed, access_token_hash, placed_at,
                                expires_at, updated_at, payment_status, payment_method)
            VALUES (?1, ?2, ?3, ?4, 0, 0, 0, 0, ?4, 0, ?5, ?6, ?7, ?8, ?9, NULL, ?9, ?10, ?11)
        )sql",
                id, customer, fate.status, total, 1 + order % 5, storage::Blob{sealed_contact},
                storage::Blob{sealed_address}, storage::Blob{token_hash}, at, fate.captured ? "succeeded" : "",
                fate.captured ? "bank_transfer" : "");
        orders::index_order(tx_, id);
        product.last_order = other.last_order = id;
        const auto first_item = add_item(id, product, quantity, fate, at);
        const auto second_item = add_item(id, other, 1, fate, at);
        if (fate.captured) {
            add_payment(id, total, at);
        }
        if (fate.shipped) {
            add_shipment(id, {{first_item, quantity}, {second_item, 1}}, at);
        }
        add_event("order.placed", id, at,
                  {{"total", total},
                   {"managed_by", 1 + order % 5},
                   {"items",
                    {{{"product_id", product.id}, {"sku", product.sku}, {"quantity", quantity}},
                     {{"product_id", other.id}, {"sku", other.sku}, {"quantity", 1}}}}});
        if (fate.status != std::string_view("pending")) {
            add_event(fmt::format("order.{}", fate.status), id, at + hours(1), Json::object());
        }
    }

    std::int64_t add_item(OrderId order, Stocked& product, Quantity quantity, const Fate& fate, Time at) {
        const auto id = tx_.insert(R"sql(
            INSERT INTO order_item (order_id, product_id, sku, name, unit_price, weight_g, tax, quantity, shipped, cancelled)
            VALUES (?1, ?2, ?3, ?4, ?5, 500, 0, ?6, ?7, ?8)
        )sql",
                                   order, product.id, product.sku, product.name, product.price, quantity,
                                   fate.shipped ? quantity : 0, fate.released ? quantity : 0);
        if (fate.shipped) {
            tx_.run(R"sql(
                INSERT INTO inventory_movement (product_id, delta, reason, order_id, actor, at)
                VALUES (?1, ?2, 'sold', ?3, 'admin:1:owner', ?4)
            )sql",
                    product.id, -quantity, order, at + hours(1));
            product.units -= quantity;
        } else if (!fate.released) {
            product.reserved += quantity;
        }
        return id;
    }

    void add_payment(OrderId order, std::int64_t total, Time at) {
        tx_.run(R"sql(
            INSERT INTO payment (order_id, amount, method, status, gateway, captured, captured_at, created_at, updated_at)
            VALUES (?1, ?2, 'bank_transfer', 'succeeded', 'manual', ?2, ?3, ?3, ?3)
        )sql",
                order, total, at + minutes(5));
    }

    void add_shipment(OrderId order, const std::vector<std::pair<std::int64_t, Quantity>>& items, Time at) {
        const auto shipment = tx_.insert(R"sql(
            INSERT INTO shipment (order_id, carrier, service, status, tracking_number, weight_g, shipped_at, created_at, updated_at)
            VALUES (?1, 'local', 'standard', 'delivered', ?2, 1000, ?3, ?3, ?3)
        )sql",
                                         order, fmt::format("OD{:010}", number(order)), at + hours(1));
        for (const auto& [item, quantity] : items) {
            tx_.run("INSERT INTO shipment_item (shipment_id, item_id, quantity) VALUES (?1, ?2, ?3)", shipment, item,
                    quantity);
        }
    }

    void add_event(std::string_view kind, OrderId order, Time at, const Json& body) {
        tx_.run(
            "INSERT INTO event (kind, subject, subject_id, body, actor, at) VALUES (?1, 'order', ?2, ?3, 'guest', ?4)",
            kind, order, body.dump(), at);
    }

    storage::Files files_;
    storage::Vault vault_;
    storage::Connection connection_;
    storage::Transaction tx_;
    std::int64_t orders_;
    std::int64_t customers_ = 0;
    std::vector<Stocked> products_;
};

}  // namespace

}  // namespace orderd::bench

int main(int argc, char** argv) {
    std::filesystem::path folder;
    std::int64_t orders = 0;
    orderd::bench::Wish wish;
    CLI::App line("Makes a shop with many orders");
    line.add_option("--data", folder)->required();
    line.add_option("--orders", orders)->required();
    line.add_option("--products", wish.products)->check(CLI::Range(3, 100'000));
    line.add_option("--groups", wish.groups)->check(CLI::Range(0, 100'000));
    line.add_flag("--pictures", wish.pictures);
    CLI11_PARSE(line, argc, argv);
    try {
        const orderd::SystemClock clock;
        std::filesystem::create_directories(folder);
        orderd::bench::make_shop(folder, wish, clock);
        orderd::bench::Filler(folder, orders).fill(clock.now());
    } catch (const std::exception& error) {
        std::cerr << "bench_fill: " << error.what() << '\n';
        return 1;
    }
    return 0;
}
