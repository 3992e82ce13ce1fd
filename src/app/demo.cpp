#include "app/demo.h"

#include <fmt/format.h>

#include <array>
#include <ostream>

#include "accounts/admin.h"
#include "accounts/passwords.h"
#include "app/scratch.h"
#include "app/serve.h"
#include "base/random.h"
#include "catalog/seed.h"
#include "orders/lifecycle.h"
#include "orders/placing.h"
#include "storage/settings.h"

namespace orderd::app {

namespace {

struct Person {
    const char* name;
    const char* email;
    const char* phone;
    accounts::Address address;
};

/// Invented people, at addresses that post never reaches.
const std::array<Person, 12>& people() {
    static const std::array<Person, 12> all{{
        {"Amira Haddad", "amira@example.com", "+49 30 5550101", {"Lindenhof 4", "", "Berlin", "", "10115", "DE"}},
        {"Jonas Vogel",
         "jonas.vogel@example.com",
         "+49 40 5550102",
         {"Am Kai 19", "3. OG", "Hamburg", "", "20457", "DE"}},
        {"Zoë Lambert",
         "zoe.lambert@example.com",
         "+33 1 55501030",
         {"7 rue des Ateliers", "", "Lyon", "", "69001", "FR"}},
        {"Henrik Sørensen", "henrik@example.com", "+45 55501040", {"Havnegade 21", "", "Aarhus", "", "8000", "DK"}},
        {"Marta Kowalska",
         "marta.k@example.com",
         "+48 555010500",
         {"ul. Ogrodowa 8/12", "", "Kraków", "", "31-001", "PL"}},
        {"Luca Ferri",
         "luca.ferri@example.com",
         "+39 055 5550106",
         {"Via dei Vasai 3", "", "Firenze", "FI", "50122", "IT"}},
        {"Inês Carvalho",
         "ines@example.com",
         "+351 215550107",
         {"Rua da Olaria 44", "", "Lisboa", "", "1100-376", "PT"}},
        {"Eva Novák", "eva.novak@example.com", "+43 1 5550108", {"Gartengasse 15", "Tür 6", "Wien", "", "1050", "AT"}},
        {"Pieter de Wit", "pieter@example.com", "+31 20 5550109", {"Molenpad 2", "", "Amsterdam", "", "1016 GL", "NL"}},
        {"Saoirse Byrne",
         "saoirse@example.com",
         "+353 1 5550110",
         {"12 Quay Street", "", "Galway", "", "H91 XY12", "IE"}},
        {"Nora Lindqvist",
         "nora.l@example.com",
         "+46 8 5550111",
         {"Verkstadsgatan 5", "", "Stockholm", "", "117 36", "SE"}},
        {"Tomás Ibáñez",
         "tomas@example.com",
         "+34 91 5550112",
         {"Calle del Barro 30", "2º B", "Madrid", "", "28005", "ES"}},
    }};
    return all;
}

constexpr int kOrders = 36;

/// Rates of a shop in Germany.
void set_up_shop(storage::Transaction& tx, Time now) {
    settings::write(tx, "shop_name", "Tide & Clay", now);
    settings::write(tx, "shop_address",
                    {{"line1", "Werkstattweg 1"},
                     {"line2", ""},
                     {"city", "Berlin"},
                     {"region", ""},
                     {"postal_code", "10997"},
                     {"country", "DE"}},
                    now);
    settings::write(tx, "tax",
                    {{"prices_include_tax", true},
                     {"shipping_taxed", true},
                     {"rates",
                      {{{"country", "DE"}, {"region", ""}, {"rate_ppm", 190'000}},
                       {{"country", "FR"}, {"region", ""}, {"rate_ppm", 200'000}},
                       {{"country", "AT"}, {"region", ""}, {"rate_ppm", 200'000}}}}},
                    now);
    settings::write(tx, "shipping",
                    {{"rates",
                      {{{"country", "DE"}, {"amount", 490}, {"free_above", 6000}},
                       {{"country", "*"}, {"amount", 1290}, {"free_above", nullptr}}}}},
                    now);
    settings::write(tx, "reservation_minutes", 7 * 24 * 60, now);
}

void place_one(storage::Transaction& tx, const std::vector<catalog::Product>& products, const orders::Rates& rates,
               int turn, Time at) {
    const auto& who = people()[random_below(static_cast<std::uint32_t>(people().size()))];
    orders::NewOrder wanted{
        .customer = accounts::prepare(tx.vault(), accounts::Contact{who.name, who.email, who.phone}, who.address),
        .account = std::nullopt,
        .note = turn % 9 == 4 ? "Please wrap it as a gift." : "",
        .lines = {},
        .access_token_hash = storage::hash_of_token(random_token("ot_"))};
    for (std::uint32_t lines = 1 + random_below(3); lines > 0; --lines) {
        const auto& product = products[random_below(static_cast<std::uint32_t>(products.size()))];
        wanted.lines.push_back({.product_id = product.id, .sku = {}, .quantity = 1 + random_below(2)});
    }
    Actor guest;
    guest.kind = Actor::Kind::guest;
    const auto order = orders::place(tx, wanted, rates, guest, at);
    if (turn % 11 == 7) {
        orders::cancel(tx, orders::get(tx, order.id), "ordered twice", guest, at + minutes(5));
    }
}

void seed(storage::Store& store, Time now) {
    const auto opened = now - days(12);
    const auto products = store.writer().run([&](storage::Transaction& tx) {
        set_up_shop(tx, opened);
        return catalog::seed(tx, Actor::system(), opened);
    });
    const auto rates = orders::read_rates(store.read());
    for (int turn = 0; turn < kOrders; ++turn) {
        // Denser towards today.
        const double left = 1.0 - static_cast<double>(turn + 1) / kOrders;
        const auto before = static_cast<std::int64_t>(left * left * static_cast<double>(days(11).ms));
        try {
            store.writer().run([&](storage::Transaction& tx) {
                place_one(tx, products, rates, turn, now - Duration{before} - minutes(4));
            });
        } catch (const Refusal&) {
            continue;  // one of its products is sold out by now, as it happens in a shop: the next order is another one
        }
    }
    store.writer().run([&](storage::Transaction& tx) { orders::expire_due(tx, now); });
}

void set_owner(storage::Store& store, const std::string& password, Time now) {
    const auto hash = accounts::PasswordHasher().hash(password);
    store.writer().run([&](storage::Transaction& tx) {
        if (const auto owner = accounts::find_admin(tx, "owner"); owner && owner->claimed) {
            accounts::set_admin_password(tx, owner->id, hash, std::nullopt, Actor::command_line(), now);
        } else {
            accounts::add_admin(tx, "owner", http::Role::owner, hash, Actor::command_line(), now);
        }
    });
}

}  // namespace

void demo(Config config, const std::string& wanted_password, const Clock& clock, std::ostream& out) {
    std::optional<Scratch> scratch;
    if (config.data.empty()) {
        config.data = scratch.emplace(std::filesystem::temp_directory_path(), "demo").path();
    } else {
        std::filesystem::create_directories(config.data);
    }
    config.sandbox_payments = true;
    const auto password = wanted_password.empty() ? random_token("").substr(0, 12) : wanted_password;
    {
        const bool is_new = !std::filesystem::exists(storage::Files(config.data).database);
        const auto store = open_shop(config.data, clock, true);
        if (is_new) {
            seed(*store, clock.now());
        }
        set_owner(*store, password, clock.now());
    }
    serve(config, clock, out, [&](App& app) {
        out << fmt::format(
                   "Dashboard  {}/dashboard/\nSign in    owner / {}\nAPI        {}/docs\nFolder     {}\n"
                   "Ctrl-C ends it{}.\n",
                   app.url(), password, app.url(), config.data.string(), scratch ? ", and removes the folder" : "")
            << std::flush;
    });
}

}  // namespace orderd::app
