#include "app/demo_shop.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <utility>

#include "accounts/admin.h"
#include "app/demo_delivery.h"
#include "app/demo_pictures.h"
#include "base/errors.h"
#include "base/random.h"
#include "catalog/seed.h"
#include "documents/settings.h"
#include "fulfillment/labelling.h"
#include "fulfillment/local_carrier.h"
#include "orders/codes.h"
#include "orders/delivery_methods.h"
#include "orders/lifecycle.h"
#include "orders/placing.h"
#include "orders/readdressing.h"
#include "orders/tax_rates.h"
#include "payments/capturing.h"
#include "payments/refunds.h"
#include "payments/sandbox.h"
#include "payments/settling.h"
#include "payments/starting.h"
#include "storage/settings.h"
#include "storage/shop_zone.h"
#include "storefront/settings.h"

namespace orderd::app {

namespace {

struct Person {
    const char* name;
    const char* email;
    const char* phone;
    accounts::Address address;
};

/// Invented people, at addresses that no post reaches.
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

constexpr int kOrders = 64;
constexpr auto kMonth = days(30);

constexpr auto kGoodCard = "4242424242424242";
constexpr auto kOtherGoodCard = "5555555555554444";
constexpr auto kDeclinedCard = "4000000000009995";

/// The usual rates of the countries that people() are in, as an owner confirmed them.
Json confirmed_rates() {
    std::vector<orders::TaxRate> rates;
    for (auto& rate : orders::default_rates()) {
        const bool is_needed = std::any_of(people().begin(), people().end(), [&](const Person& person) {
            return person.address.country == rate.country;
        });
        if (is_needed) {
            rate.confirmed = true;
            rates.push_back(std::move(rate));
        }
    }
    return orders::to_json(rates);
}

/// Sets up a shop in Germany, with its rates.
void set_up_shop(storage::Transaction& tx, Time now) {
    settings::write(tx, "shop_name", "Tide & Clay", now);
    settings::write(tx, settings::kTimeZone, "Europe/Berlin", now);
    settings::write(tx, "shop_address",
                    {{"line1", "Werkstattweg 1"},
                     {"line2", ""},
                     {"city", "Berlin"},
                     {"region", ""},
                     {"postal_code", "10997"},
                     {"country", "DE"}},
                    now);
    settings::write(tx, "tax", {{"prices_include_tax", true}, {"shipping_taxed", true}, {"rates", confirmed_rates()}},
                    now);
    settings::write(tx, "seller",
                    {{"legal_name", "Tide & Clay GmbH"},
                     {"vat_id", "DE000000000"},
                     {"tax_number", ""},
                     {"register_entry", "Amtsgericht Charlottenburg, HRB 000000"},
                     {"email", "books@example.com"},
                     {"address", nullptr},
                     {"payment_terms", "Payable within 14 days."},
                     {"foot", "This shop is a demonstration: it sells nothing."}},
                    now);
    auto documents = documents::to_json(documents::Settings());
    documents["issue"] = "at_payment";
    settings::write(tx, std::string(documents::kDocuments), documents, now);
    settings::write(tx, "bank_details", "Tide & Clay\nIBAN DE02 1203 0000 0000 2020 51\nBIC BYLADEM1001", now);
    settings::write(tx, "bank_account",
                    {{"name", "Tide & Clay"}, {"iban", "DE02120300000000202051"}, {"bic", "BYLADEM1001"}}, now);
    settings::write(tx, "checklist", {{"confirmed", {"mail", "public_url", "backups", "key_kept"}}}, now);
    settings::write(
        tx, storefront::kStorefront,
        storefront::to_json({.on = true,
                             .accent = "#27514a",
                             .headings = storefront::Lettering::serif,
                             .intro = "Stoneware for every day, thrown and glazed by hand beside the canal.",
                             .foot = "This shop is a demonstration: it sells nothing, and its payments are simulated.",
                             .links = {}}),
        now);
    settings::write(tx, "reservation_minutes", 7 * 24 * 60, now);
}

Actor guest() { return {.kind = Actor::Kind::guest, .id = 0, .name = {}, .address = {}}; }

/// The events of a shop, in the order of time. A step may schedule later ones; what would be after the end is
/// left out.
class History {
public:
    using Step = std::function<void(Time)>;

    void at(Time when, Step step) { steps_.emplace(when.ms, std::move(step)); }
    void pass(Time until) {
        while (!steps_.empty() && steps_.begin()->first <= until.ms) {
            const auto next = steps_.extract(steps_.begin());
            next.mapped()(Time{next.key()});
        }
    }

private:
    std::multimap<std::int64_t, Step> steps_;
};

/// What happens to each order, and when.
class Month {
public:
    Month(storage::Store& store, const std::filesystem::path& shop_folder, std::vector<catalog::Product> products)
        : store_(store),
          products_(std::move(products)),
          rates_(orders::read_rates(store.read())),
          pickup_(orders::list_methods(store.read()).back().id),
          currency_(settings::currency(store.read())),
          sandbox_(shop_folder),
          carrier_(printer_) {
        const auto owner = accounts::list_admins(store.read()).front();
        staff_ = {.kind = Actor::Kind::admin,
                  .id = static_cast<std::int64_t>(owner.id),
                  .name = owner.username,
                  .address = {}};
    }

    void pass(Time begin, Time now) {
        for (int turn = 0; turn < kOrders; ++turn) {
            // Denser towards today.
            const double left = 1.0 - static_cast<double>(turn + 1) / kOrders;
            const Duration before{static_cast<std::int64_t>(left * left * static_cast<double>((now - begin).ms))};
            history_.at(now - before - minutes(4), [this, turn](Time at) { order_comes(turn, at); });
        }
        for (auto at = begin; at < now; at = at + days(1)) {
            history_.at(at, [this](Time day) { run([&](auto& tx) { orders::expire_due(tx, day); }); });
        }
        run([&](auto& tx) { orders::add_code(tx, tea_time(), staff_, begin); });
        for (const auto before : {days(6), hours(26)}) {
            history_.at(now - before, [this](Time at) { someone_uses_the_code(at); });
        }
        history_.at(now - hours(50), [this](Time at) { a_business_orders(kVerified, at); });
        history_.at(now - hours(3), [this](Time at) { a_business_orders(kToBeVerified, at); });
        history_.at(now - minutes(40), [this](Time at) { someone_holds_most_of_a_product(at); });
        history_.pass(now);
        run([&](auto& tx) { orders::expire_due(tx, now); });
    }

private:
    void run(const std::function<void(storage::Transaction&)>& change) { store_.writer().run(change); }

    void order_comes(int turn, Time at) {
        const auto id = placed(turn, at);
        if (turn % 11 == 7) {
            history_.at(at + minutes(5), [this, id](Time then) {
                run([&](auto& tx) { orders::cancel(tx, orders::get(tx, id), "ordered twice", guest(), then); });
            });
        } else if (turn % 13 == 4) {
            // Nobody pays it.
        } else if (turn % 12 == 9) {
            history_.at(at + minutes(1), [this, id](Time then) { is_charged(id, kDeclinedCard, then); });
        } else if (turn % 10 == 5) {
            history_.at(at + minutes(1), [this, id](Time then) { is_to_be_transferred(id, then); });
            history_.at(at + hours(30), [this, id](Time then) { transfer_arrives(id, then); });
            history_.at(at + hours(50), [this, id](Time then) { is_shipped(id, then); });
            history_.at(at + hours(98), [this, id](Time then) { arrives(id, then); });
            if (turn == 35) {  // staff are still to send it
                history_.at(at + hours(110), [this, id](Time then) { is_partly_refunded(id, then); });
            }
        } else {
            is_paid_and_sent(id, turn % 3 == 0 ? kOtherGoodCard : kGoodCard, at + minutes(1));
            if (turn == kOrders / 4) {
                history_.at(at + hours(90), [this, id](Time then) { is_partly_refunded(id, then); });
            }
        }
    }

    void is_paid_and_sent(OrderId id, const char* card, Time at) {
        history_.at(at, [this, id, card](Time then) { is_charged(id, card, then); });
        history_.at(at + hours(20), [this, id](Time then) { is_shipped(id, then); });
        history_.at(at + hours(68), [this, id](Time then) { arrives(id, then); });
    }

    static orders::NewOrder order_by_someone(const storage::View& view, std::string note) {
        return order_by(view, people()[random_below(static_cast<std::uint32_t>(people().size()))], std::move(note));
    }

    static orders::NewOrder order_by(const storage::View& view, const Person& who, std::string note) {
        return {
            .customer = accounts::prepare(view.vault(), accounts::Contact{who.name, who.email, who.phone}, who.address),
            .account = std::nullopt,
            .note = std::move(note),
            .lines = {},
            .access_token_hash = storage::hash_of_token(random_token("ot_"))};
    }

    /// Draws other products where one is sold out by now: an order comes at each turn, also at those that are refunded.
    OrderId placed(int turn, Time at) {
        for (int draws_left = 20;; --draws_left) {
            try {
                return store_.writer().run([&](storage::Transaction& tx) { return place(tx, turn, at); });
            } catch (const Refusal&) {
                if (draws_left == 0) {
                    throw;
                }
            }
        }
    }

    OrderId place(storage::Transaction& tx, int turn, Time at) {
        auto wanted = order_by_someone(tx, turn % 9 == 4 ? "Please wrap it as a gift." : "");
        for (std::uint32_t lines = 1 + random_below(3); lines > 0; --lines) {
            const auto& product = products_[random_below(static_cast<std::uint32_t>(products_.size()))];
            wanted.lines.push_back({.product_id = product.id, .sku = {}, .quantity = 1 + random_below(2)});
        }
        if (turn % 8 == 5) {
            wanted.delivery = pickup_;
        }
        return orders::place(tx, wanted, rates_, guest(), at).id;
    }

    static orders::CodeRules tea_time() {
        orders::CodeRules code;
        code.code = "TEATIME";
        code.kind = orders::CodeKind::percent;
        code.rate_ppm = Rate{100'000};
        code.minimum = Money{2000};
        return code;
    }

    /// A basket with two classes of goods, and a discount.
    void someone_uses_the_code(Time at) {
        const auto id = store_.writer().run([&](storage::Transaction& tx) {
            auto wanted = order_by_someone(tx, "");
            wanted.lines = {{.product_id = {}, .sku = "COFFEE-HOUSE-250", .quantity = 2},
                            {.product_id = {}, .sku = "TEA-ASSAM-100", .quantity = 1},
                            {.product_id = {}, .sku = "FILTER-02-100", .quantity = 1}};
            wanted.discount_code = tea_time().code;
            return orders::place(tx, wanted, rates_, guest(), at).id;
        });
        is_paid_and_sent(id, kGoodCard, at + minutes(2));
    }

    struct Business {
        std::size_t person;  ///< of people()
        const char* company;
        const char* vat_id;
        bool verified;
    };
    static constexpr Business kVerified{8, "De Wit Koffie B.V.", "NL123456789B01", true};
    static constexpr Business kToBeVerified{7, "Kaffeehaus Novák GmbH", "ATU12345678", false};

    /// An order by a business in another member state: without tax once staff have verified its VAT ID. One that
    /// waits for that is not paid yet.
    void a_business_orders(const Business& business, Time at) {
        const auto& who = people()[business.person];
        const auto id = store_.writer().run([&](storage::Transaction& tx) {
            auto wanted = order_by(tx, who, "");
            wanted.lines = {{.product_id = {}, .sku = "COFFEE-HOUSE-250", .quantity = 6},
                            {.product_id = {}, .sku = "FILTER-02-100", .quantity = 3}};
            wanted.billing = orders::Billing{.name = who.name,
                                             .company = business.company,
                                             .vat_id = business.vat_id,
                                             .vat_id_verified = false,
                                             .address = std::nullopt};
            return orders::place(tx, wanted, rates_, guest(), at).id;
        });
        if (!business.verified) {
            return;
        }
        history_.at(at + minutes(30), [this, id](Time then) { vat_id_is_verified(id, then); });
        is_paid_and_sent(id, kGoodCard, at + minutes(45));
    }

    void vat_id_is_verified(OrderId id, Time at) {
        run([&](auto& tx) {
            const auto order = orders::get(tx, id);
            orders::Addressees after{.recipient = order.recipient.value(), .billing = order.billing};
            after.billing.value().vat_id_verified = true;
            orders::readdress(tx, order, after, false, {}, staff_, at);
        });
    }

    /// An unpaid order that Today shows with "Release".
    void someone_holds_most_of_a_product(Time at) {
        run([&](auto& tx) {
            for (auto known = products_.rbegin(); known != products_.rend(); ++known) {
                const auto product = catalog::get(tx, known->id);
                const auto most = product.on_hand / 2 + 1;
                if (most >= 3 && product.available() >= most) {
                    auto wanted = order_by_someone(tx, "");
                    wanted.lines.push_back({.product_id = product.id, .sku = {}, .quantity = most});
                    orders::place(tx, wanted, rates_, guest(), at);
                    return;
                }
            }
        });
    }

    /// Like payments' job: the charge is requested outside any transaction.
    void is_charged(OrderId id, const char* number, Time at) {
        payments::Card card;
        card.number = number;
        const auto instrument = sandbox_.tokenize(card);
        const auto attempt = store_.writer().run([&](storage::Transaction& tx) {
            return payments::begin_card(tx, orders::get(tx, id),
                                        {.gateway = std::string(payments::Sandbox::kName),
                                         .instrument = instrument,
                                         .key = random_id("oc_"),
                                         .return_url = {}},
                                        guest(), at);
        });
        const auto outcome = [&] {
            const auto view = store_.read();
            const auto payment = payments::find_by_order(view, id).value();
            return sandbox_.charge({.key = payments::get_attempt(view, attempt.value()).key,
                                    .instrument = instrument.token,
                                    .amount = payment.amount,
                                    .currency = currency_,
                                    .order = id,
                                    .payment = payment.id,
                                    .return_url = {},
                                    .begun = at});
        }();
        run([&](auto& tx) { payments::settle(tx, attempt.value(), outcome, Actor::system(), at); });
    }

    void is_to_be_transferred(OrderId id, Time at) {
        run([&](auto& tx) {
            payments::begin_manual(tx, orders::get(tx, id), "bank_transfer", std::nullopt, guest(), at);
        });
    }

    void transfer_arrives(OrderId id, Time at) {
        run([&](auto& tx) {
            auto payment = payments::find_by_order(tx, id).value();
            payments::capture(tx, payment, std::nullopt, fmt::format("Order {}, Tide & Clay", number(id)), staff_, at);
        });
    }

    void is_shipped(OrderId id, Time at) {
        run([&](auto& tx) {
            const auto order = orders::get(tx, id);
            if (orders::awaits_stock(order)) {
                return;  // it waits, as Today shows
            }
            if (fulfillment::has_no_parcels(order)) {
                fulfillment::set_ready(tx, order, {}, staff_, at);
                return;
            }
            const auto parcel = fulfillment::start(tx, order, {}, staff_, at);
            fulfillment::make_at_once(tx, carrier_, fulfillment::get_shipment(tx, parcel), staff_, at);
            fulfillment::ship(tx, fulfillment::get_shipment(tx, parcel), staff_, at);
        });
    }

    void arrives(OrderId id, Time at) {
        run([&](auto& tx) {
            for (auto& parcel : fulfillment::shipments_of(tx, id)) {
                fulfillment::deliver(tx, std::move(parcel), staff_, at);
            }
        });
    }

    void is_partly_refunded(OrderId id, Time at) {
        run([&](auto& tx) {
            auto payment = payments::find_by_order(tx, id).value();
            payments::refund(tx, payment,
                             {.amount = Money{payment.captured.minor / 4},
                              .reason = "arrived with a chip",
                              .restock = {},
                              .key = random_token("or_")},
                             staff_, at);
        });
    }

    storage::Store& store_;
    const std::vector<catalog::Product> products_;
    const orders::Rates rates_;
    const DeliveryMethodId pickup_;
    const std::string currency_;
    payments::Sandbox sandbox_;
    fulfillment::Printer printer_{{}};
    fulfillment::LocalCarrier carrier_;
    Actor staff_;
    History history_;
};

}  // namespace

void fill_demo_shop(storage::Store& store, const std::filesystem::path& shop_folder, Time now) {
    const auto opened = now - kMonth;
    auto products = store.writer().run([&](storage::Transaction& tx) {
        set_up_shop(tx, opened);
        add_delivery_methods(tx, opened);
        return catalog::seed(tx, Actor::system(), opened);
    });
    add_demo_pictures(store, opened);
    Month(store, shop_folder, std::move(products)).pass(opened, now);
}

}  // namespace orderd::app
