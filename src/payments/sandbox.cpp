#include "payments/sandbox.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/errors.h"
#include "base/log.h"
#include "base/random.h"
#include "storage/health.h"
#include "storage/view.h"

namespace orderd::payments {

namespace {

constexpr auto kSchema = R"sql(
    CREATE TABLE IF NOT EXISTS token (
        token     TEXT PRIMARY KEY,
        behaviour TEXT NOT NULL,
        brand     TEXT NOT NULL,
        last4     TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS charge (
        reference    TEXT PRIMARY KEY,
        key          TEXT NOT NULL UNIQUE,
        token        TEXT NOT NULL REFERENCES token (token),
        order_id     INTEGER NOT NULL,
        amount       INTEGER NOT NULL,
        currency     TEXT NOT NULL,
        capture      INTEGER NOT NULL,
        status       TEXT NOT NULL CHECK (status IN ('requires_action', 'authorized', 'captured', 'voided', 'declined')),
        failure_code TEXT NOT NULL DEFAULT '',
        captured     INTEGER NOT NULL DEFAULT 0,
        refunded     INTEGER NOT NULL DEFAULT 0 CHECK (refunded <= captured AND captured <= amount)
    ) STRICT;
    CREATE TABLE IF NOT EXISTS refund (
        reference TEXT PRIMARY KEY,
        key       TEXT NOT NULL UNIQUE,
        charge    TEXT NOT NULL REFERENCES charge (reference),
        amount    INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE IF NOT EXISTS timed_out (key TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
)sql";

struct TestCard {
    std::string_view number;
    std::string_view behaviour;  ///< succeed, confirm, time_out, lose_answer, slow, or a failure code
};

constexpr std::array<TestCard, 18> kTestCards{{
    {"4242424242424242", "succeed"},
    {"4111111111111111", "succeed"},
    {"5555555555554444", "succeed"},
    {"2223003122003222", "succeed"},
    {"378282246310005", "succeed"},
    {"6011111111111117", "succeed"},
    {"4000000000000002", "card_declined"},
    {"4000000000009995", "insufficient_funds"},
    {"4000000000009987", "lost_card"},
    {"4000000000009979", "stolen_card"},
    {"4000000000000069", "expired_card"},
    {"4000000000000127", "incorrect_cvc"},
    {"4000000000000119", "processing_error"},
    {"4000002500003155", "confirm"},
    {"4000002760003184", "confirm"},
    {"4000000000006009", "time_out"},
    {"4000000000007007", "lose_answer"},
    {"4000000000008005", "slow"},
}};

#define ORDERD_CHARGES                                                                                             \
    "SELECT c.reference, c.status, c.failure_code, c.captured, c.amount, c.key, c.order_id, t.behaviour, t.brand " \
    "FROM charge c JOIN token t ON t.token = c.token "
constexpr auto kCharges = ORDERD_CHARGES "ORDER BY c.rowid";
constexpr auto kByReference = ORDERD_CHARGES "WHERE c.reference = ?1";
constexpr auto kByKey = ORDERD_CHARGES "WHERE c.key = ?1";
#undef ORDERD_CHARGES

/// What stands for a way to pay that is no card.
struct OtherWay {
    std::string_view token;
    std::string_view behaviour;
    std::string_view brand;
};
constexpr std::array<OtherWay, 2> kOtherWays{
    {{Sandbox::kRedirect, "redirect", "simulated bank"}, {Sandbox::kDebit, "debit", "simulated debit"}}};

/// Reads and writes the ledger. run() returns how many rows it changed.
class Ledger : public storage::View {
public:
    using View::View;

    template <class... Args>
    int run(std::string_view sql, const Args&... args) {
        auto lease = connection_->lease(sql);
        bind_all(lease, args...);
        while (lease.step()) {
        }
        return connection_->database().getChanges();
    }
};

Ledger ledger_of(storage::Connection& connection) {
    static const storage::Vault unused(std::string(32, '\0'));  // nothing in the ledger is sealed
    return {connection, unused};
}

Outcome outcome_of(const storage::Row& row) {
    const auto status = row.get<std::string_view>(1);
    Outcome outcome{.reference = row.get<std::string>(0), .failure_code = row.get<std::string>(2)};
    if (status == "requires_action" && row.get<std::string_view>(7) == "debit") {
        return outcome;  // processing, until somebody decides it
    }
    if (status == "requires_action") {
        outcome.state = Outcome::State::requires_action;
        outcome.action_url = fmt::format("{}{}", Sandbox::kPage, outcome.reference);
    } else if (status == "authorized") {
        outcome.state = Outcome::State::authorized;
    } else if (status == "captured") {
        outcome.state = Outcome::State::succeeded;
        outcome.captured = row.get<Money>(3);
    } else if (status == "voided") {
        outcome.state = Outcome::State::voided;
    } else {
        outcome.state = Outcome::State::declined;
    }
    return outcome;
}

Outcome get(Ledger& ledger, std::string_view reference) {
    const auto found = ledger.first(kByReference, outcome_of, reference);
    if (!found) {
        throw GatewayRefused("no_such_charge", "the sandbox has no such charge");
    }
    return *found;
}

bool is_decline(std::string_view behaviour) {
    constexpr std::array<std::string_view, 7> kOthers{"succeed",  "confirm",     "redirect", "debit",
                                                      "time_out", "lose_answer", "slow"};
    return std::find(kOthers.begin(), kOthers.end(), behaviour) == kOthers.end();
}

void make_charge(Ledger& ledger, const Charge& charge, const std::string& behaviour) {
    const bool declines = is_decline(behaviour);
    const bool asks = behaviour == "confirm" || behaviour == "redirect" || behaviour == "debit";
    const std::string_view status = declines         ? "declined"
                                    : asks           ? "requires_action"
                                    : charge.capture ? "captured"
                                                     : "authorized";
    ledger.run(R"sql(
        INSERT INTO charge (reference, key, token, order_id, amount, currency, capture, status, failure_code, captured)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
    )sql",
               random_token("sc_"), charge.key, charge.instrument, charge.order, charge.amount, charge.currency,
               charge.capture, status, declines ? std::string_view(behaviour) : std::string_view(),
               status == "captured" ? charge.amount : Money{0});
}

}  // namespace

Sandbox::Sandbox(const std::filesystem::path& shop_folder, std::chrono::milliseconds slowness)
    : file_(shop_folder / "sandbox.db"), slowness_(slowness) {
    const MutexLock lock(mutex_);
    try {
        ledger_connection();
    } catch (const SQLite::Exception& error) {
        if (storage::trouble_of(error.getErrorCode()) == storage::Trouble::none) {
            throw;
        }
        log::warning("the sandbox's ledger cannot be opened yet", {{"error", error.what()}});
    }
}

Sandbox::~Sandbox() = default;

/// Opens the ledger when it is first needed, and again if that failed: a shop whose disk is full starts
/// without it.
storage::Connection& Sandbox::ledger_connection() {
    if (!connection_) {
        auto opened = std::make_unique<storage::Connection>(file_, storage::Connection::Mode::create);
        opened->execute("PRAGMA wal_autocheckpoint = 1000");  // nobody else writes or checkpoints here
        opened->execute(kSchema);
        connection_ = std::move(opened);
    }
    return *connection_;
}

void Sandbox::stop() {
    {
        const MutexLock lock(mutex_);
        stopping_ = true;
    }
    stopped_.notify_all();
}

Instrument Sandbox::tokenize(const Card& card) {
    const auto known = std::find_if(kTestCards.begin(), kTestCards.end(),
                                    [&](const TestCard& one) { return one.number == card.number; });
    const auto behaviour = known == kTestCards.end() ? std::string_view("test_card_required") : known->behaviour;
    Instrument instrument{.token = random_token("tok_"),
                          .brand = std::string(brand_of(card.number)),
                          .last4 = card.number.substr(card.number.size() - 4)};
    const MutexLock lock(mutex_);
    ledger_of(ledger_connection())
        .run("INSERT INTO token (token, behaviour, brand, last4) VALUES (?1, ?2, ?3, ?4)", instrument.token, behaviour,
             instrument.brand, instrument.last4);
    return instrument;
}

Instrument Sandbox::from_token(std::string_view token) {
    const MutexLock lock(mutex_);
    for (const auto& way : kOtherWays) {
        if (token == way.token) {
            ledger_of(ledger_connection())
                .run("INSERT OR IGNORE INTO token (token, behaviour, brand, last4) VALUES (?1, ?2, ?3, '')", way.token,
                     way.behaviour, way.brand);
        }
    }
    const auto known =
        ledger_of(ledger_connection())
            .first(
                "SELECT token, brand, last4 FROM token WHERE token = ?1",
                [](const storage::Row& row) {
                    return Instrument{row.get<std::string>(0), row.get<std::string>(1), row.get<std::string>(2)};
                },
                token);
    if (!known) {
        throw invalid("/method/token", "is not a token of the sandbox; send one of its test cards");
    }
    return *known;
}

Outcome Sandbox::charge(const Charge& charge) {
    const MutexLock lock(mutex_);
    auto ledger = ledger_of(ledger_connection());
    if (const auto made = ledger.first(kByKey, outcome_of, charge.key)) {
        return *made;
    }
    const auto behaviour = ledger.value<std::string>("SELECT behaviour FROM token WHERE token = ?1", charge.instrument);
    if (!behaviour) {
        return {.state = Outcome::State::declined, .failure_code = "test_card_required"};
    }
    if (*behaviour == "time_out" && ledger.run("INSERT OR IGNORE INTO timed_out (key) VALUES (?1)", charge.key) == 1) {
        throw GatewayTrouble("the sandbox did not answer in time");
    }
    if (*behaviour == "slow") {
        const auto until = std::chrono::steady_clock::now() + slowness_;
        while (!stopping_ && stopped_.wait_until(mutex_, until)) {
        }
        if (stopping_) {
            throw GatewayTrouble("the sandbox was not waited for: orderd is stopping");
        }
        if (const auto made = ledger.first(kByKey, outcome_of, charge.key)) {
            return *made;
        }
    }
    make_charge(ledger, charge, *behaviour);
    if (*behaviour == "lose_answer") {
        throw GatewayTrouble("the sandbox's answer was lost");
    }
    return ledger.first(kByKey, outcome_of, charge.key).value();
}

std::optional<Outcome> Sandbox::find(const Charge& charge) {
    const MutexLock lock(mutex_);
    return ledger_of(ledger_connection()).first(kByKey, outcome_of, charge.key);
}

Report Sandbox::report(std::string_view reference) {
    const MutexLock lock(mutex_);
    auto ledger = ledger_of(ledger_connection());
    Report report{.charge = get(ledger, reference)};
    ledger.each(
        "SELECT reference, key, amount FROM refund WHERE charge = ?1 ORDER BY rowid",
        [&](const storage::Row& row) {
            report.refunds.push_back(
                {.reference = row.get<std::string>(0), .key = row.get<std::string>(1), .amount = row.get<Money>(2)});
        },
        reference);
    return report;
}

std::vector<ChargeSeen> Sandbox::touched_since(Time since) {
    const MutexLock lock(mutex_);
    std::vector<ChargeSeen> all;  // the ledger has no times, and is small
    ledger_of(ledger_connection()).each(kCharges, [&](const storage::Row& row) {
        ChargeSeen seen{.outcome = outcome_of(row),
                        .order = row.get<OrderId>(6),
                        .is_ours = true,
                        .amount = row.get<Money>(4),
                        .at = since};
        seen.outcome.key = row.get<std::string>(5);
        all.push_back(std::move(seen));
    });
    return all;
}

Outcome Sandbox::capture(std::string_view reference, Money amount) {
    const MutexLock lock(mutex_);
    auto ledger = ledger_of(ledger_connection());
    ledger.run(
        "UPDATE charge SET status = 'captured', captured = ?2 WHERE reference = ?1 AND status = 'authorized' AND "
        "amount >= ?2",
        reference, amount);
    auto outcome = get(ledger, reference);
    if (outcome.state != Outcome::State::succeeded) {
        throw GatewayRefused("not_capturable", "the sandbox's charge is not authorized any more");
    }
    return outcome;
}

Outcome Sandbox::cancel(std::string_view reference) {
    const MutexLock lock(mutex_);
    auto ledger = ledger_of(ledger_connection());
    ledger.run(
        "UPDATE charge SET status = 'voided' WHERE reference = ?1 AND status IN ('authorized', 'requires_action')",
        reference);
    return get(ledger, reference);
}

RefundSeen Sandbox::refund(const RefundOrder& order) {
    const MutexLock lock(mutex_);
    auto ledger = ledger_of(ledger_connection());
    auto made = ledger.first(
        "SELECT reference, amount FROM refund WHERE key = ?1",
        [&](const storage::Row& row) {
            return RefundSeen{.reference = row.get<std::string>(0), .key = order.key, .amount = row.get<Money>(1)};
        },
        order.key);
    if (made) {
        return std::move(*made);
    }
    ledger_connection().execute("BEGIN IMMEDIATE");
    const auto left =
        ledger.value<Money>("SELECT captured - refunded FROM charge WHERE reference = ?1", order.reference)
            .value_or(Money{});
    const RefundSeen seen{.reference = random_token("sr_"), .key = order.key, .amount = order.amount.value_or(left)};
    const bool fits = left.minor > 0 && seen.amount <= left;
    if (fits) {
        ledger.run("UPDATE charge SET refunded = refunded + ?2 WHERE reference = ?1", order.reference, seen.amount);
        ledger.run("INSERT INTO refund (reference, key, charge, amount) VALUES (?1, ?2, ?3, ?4)", seen.reference,
                   order.key, order.reference, seen.amount);
    }
    ledger_connection().execute("COMMIT");
    if (left.minor == 0) {
        throw GatewayRefused(std::string(kNothingLeftToRefund), "nothing is left of the sandbox's charge");
    }
    if (!fits) {
        throw GatewayRefused("refund_exceeds_charge", "the sandbox's charge has not so much left");
    }
    return seen;
}

std::optional<Sandbox::Waiting> Sandbox::waiting(std::string_view reference) {
    const MutexLock lock(mutex_);
    return ledger_of(ledger_connection())
        .first(
            "SELECT amount, currency, order_id, status = 'requires_action' FROM charge WHERE reference = ?1",
            [](const storage::Row& row) {
                return Waiting{row.get<Money>(0), row.get<std::string>(1), row.get<std::int64_t>(2), row.get<bool>(3)};
            },
            reference);
}

void Sandbox::decide(std::string_view reference, bool approved) {
    const MutexLock lock(mutex_);
    ledger_of(ledger_connection())
        .run(R"sql(
            UPDATE charge SET status = CASE WHEN NOT ?2 THEN 'declined' WHEN capture THEN 'captured' ELSE 'authorized' END,
                              captured = CASE WHEN ?2 AND capture THEN amount ELSE 0 END,
                              failure_code = CASE WHEN ?2 THEN '' WHEN token = ?3 THEN 'insufficient_funds'
                                                  ELSE 'authentication_failed' END
             WHERE reference = ?1 AND status = 'requires_action'
        )sql",
             reference, approved, kDebit);
}

const std::array<Sandbox::ShownCard, 4>& Sandbox::shown_cards() {
    static constexpr std::array<ShownCard, 4> kShown{{{"4242424242424242", "succeed"},
                                                      {"4000002500003155", "confirm"},
                                                      {"4000000000000002", "card_declined"},
                                                      {"4000000000009995", "insufficient_funds"}}};
    return kShown;
}

std::vector<Sandbox::Entry> Sandbox::ledger() {
    const MutexLock lock(mutex_);
    std::vector<Entry> entries;
    ledger_of(ledger_connection())
        .each("SELECT reference, key, order_id, status, amount, captured, refunded FROM charge ORDER BY rowid",
              [&](const storage::Row& row) {
                  entries.push_back({.reference = row.get<std::string>(0),
                                     .key = row.get<std::string>(1),
                                     .order = row.get<std::int64_t>(2),
                                     .status = row.get<std::string>(3),
                                     .amount = row.get<Money>(4),
                                     .captured = row.get<Money>(5),
                                     .refunded = row.get<Money>(6)});
              });
    return entries;
}

}  // namespace orderd::payments
