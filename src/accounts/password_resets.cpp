#include "accounts/password_resets.h"

#include <fmt/format.h>

#include <vector>

#include "accounts/customer.h"
#include "accounts/password_rules.h"
#include "base/address.h"
#include "base/budgets.h"
#include "base/domain.h"
#include "base/errors.h"
#include "base/random.h"
#include "base/text.h"
#include "storage/events.h"

namespace orderd::accounts {

namespace {

constexpr std::size_t kNonce = 16;                                              ///< bytes
constexpr std::size_t kCodeLetters = 8;                                         ///< of 32: 2^40 codes
constexpr std::string_view kCodeAlphabet = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";  // without those that look like others

constexpr auto kAddReset = R"sql(
    INSERT INTO password_reset (asked_for, customer_id, event_sequence, nonce, network, locale, asked_at)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
)sql";
constexpr auto kCountResetsOfAddress = R"sql(
    SELECT count(*) FROM (SELECT 1 FROM password_reset WHERE asked_for = ?1 AND asked_at > ?2 LIMIT ?3)
)sql";
constexpr auto kCountResetsOfNetwork = R"sql(
    SELECT count(*) FROM (SELECT 1 FROM password_reset WHERE network = ?1 AND asked_at > ?2 LIMIT ?3)
)sql";
constexpr auto kResetOfEvent = R"sql(
    SELECT customer_id, nonce, locale, asked_at FROM password_reset WHERE event_sequence = ?1
)sql";
constexpr auto kGoodResets = R"sql(
    SELECT id, customer_id, nonce FROM password_reset
     WHERE asked_for = ?1 AND asked_at > ?2 AND nonce IS NOT NULL AND tries < ?3
)sql";
constexpr auto kCountTry = R"sql(
    UPDATE password_reset SET tries = tries + 1
     WHERE asked_for = ?1 AND asked_at > ?2 AND nonce IS NOT NULL AND tries < ?3
)sql";
constexpr auto kIsGood = "SELECT 1 FROM password_reset WHERE id = ?1 AND nonce IS NOT NULL";
constexpr auto kVoidResets = "UPDATE password_reset SET nonce = NULL WHERE customer_id = ?1";
constexpr auto kEraseResets = "DELETE FROM password_reset WHERE customer_id = ?1";
constexpr auto kOldResets = R"sql(
    SELECT id, asked_at, asked_at < ?3 FROM password_reset WHERE id > ?1 ORDER BY id LIMIT ?2
)sql";
constexpr auto kRemoveReset = "DELETE FROM password_reset WHERE id = ?1";

std::int64_t asked_for(const storage::View& view, std::string_view email) {
    return view.vault().keyed_number("password reset address", mail_identity(email));
}

/// The code's letters: another code for each nonce and account, which only the shop's key makes.
std::string code_of(const storage::View& view, CustomerId customer, std::string_view nonce) {
    const auto hash = view.vault().keyed_hash("password reset code", fmt::format("{} {}", number(customer), nonce));
    std::string code;
    for (const char byte : hash.substr(0, kCodeLetters)) {
        code += kCodeAlphabet[static_cast<unsigned char>(byte) % kCodeAlphabet.size()];
    }
    return code;
}

/// A typed code without what people put between its letters.
std::string letters_of(std::string_view typed) {
    std::string letters;
    for (const char c : in_capitals(typed)) {
        if (is_digit(c) || is_capital(c)) {
            letters += c;
        }
    }
    return letters;
}

bool is_at_bound(const storage::View& view, std::string_view counting, std::int64_t of, Time since,
                 std::int64_t bound) {
    return view.value<std::int64_t>(counting, of, since, bound).value_or(0) >= bound;
}

/// A code that somebody typed and that is right.
struct GoodCode {
    std::int64_t id;
    CustomerId customer;
};

/// Counts the try, and finds the code among those that are good. In one mutation: of many at once, each is counted before
/// the next is compared.
std::optional<GoodCode> try_code(storage::Transaction& tx, const PasswordReset& typed, Time now) {
    const auto address = asked_for(tx, typed.email);
    const auto letters = letters_of(typed.code);
    std::optional<GoodCode> found;
    tx.each(
        kGoodResets,
        [&](const storage::Row& row) {
            const auto customer = row.get<std::optional<CustomerId>>(1);
            const auto code = code_of(tx, customer.value_or(CustomerId{}), row.get<std::string_view>(2));
            if (equal_in_constant_time(letters, code) && customer) {
                found = {.id = row.get<std::int64_t>(0), .customer = *customer};
            }
        },
        address, now - kResetLifetime, budget::kResetTries);
    tx.run(kCountTry, address, now - kResetLifetime, budget::kResetTries);
    return found;
}

Refusal invalid_code() { return {kInvalidResetCode, "the code is not valid, or no longer: ask for another one"}; }

}  // namespace

void ask_for_reset(storage::Transaction& tx, const ResetWish& wish, const Actor& actor, Time now) {
    if (wish.network != 0 &&
        is_at_bound(tx, kCountResetsOfNetwork, wish.network, now - days(1), budget::kResetsOfNetwork)) {
        throw Refusal(kTooManyResets, "too many codes were asked for from your network today; write to the shop");
    }
    const auto address = asked_for(tx, wish.email);
    if (is_at_bound(tx, kCountResetsOfAddress, address, now - kResetLifetime, budget::kResetsOfAddress)) {
        return;
    }
    const auto account = find_account(tx, wish.email);
    const auto customer = account ? std::optional(account->id) : std::nullopt;
    std::optional<std::int64_t> event;
    if (customer) {
        event = events::record(tx, "customer.password_forgotten", {"customer", number(*customer)}, Json::object(),
                               actor, now);
    }
    const auto nonce = random_bytes(kNonce);
    tx.run(kAddReset, address, customer, event, storage::Blob{nonce}, wish.network, wish.language->code(), now);
}

std::optional<ResetMail> reset_mail(const storage::View& view, std::int64_t event, Time now) {
    std::optional<ResetMail> mail;
    view.each(
        kResetOfEvent,
        [&](const storage::Row& row) {
            const auto nonce = row.get<std::optional<std::string_view>>(1);
            const auto contact = get_customer(view, row.get<CustomerId>(0)).contact;
            if (!nonce || !contact || now - row.get<Time>(3) >= kResetLifetime) {
                return;
            }
            const auto* language = Language::find(row.get<std::string_view>(2));
            mail = {.contact = *contact,
                    .code = code_of(view, row.get<CustomerId>(0), *nonce).insert(kCodeLetters / 2, "-"),
                    .language = language == nullptr ? &Language::english() : language};
        },
        event);
    return mail;
}

void reset_password(Desk& desk, storage::Store& store, const PasswordReset& wanted, const std::string& address,
                    Time now) {
    require_password(wanted.password, customer_password_rule(store.read(), "", wanted.email), "/password");
    const Attempt attempt{.account = "password reset:" + mail_identity(wanted.email), .address = address};
    desk.attempts.begin(attempt, login_limit(store.read()), now);
    std::optional<GoodCode> code;
    try {
        code = store.writer().run([&](storage::Transaction& tx) { return try_code(tx, wanted, now); });
    } catch (...) {
        desk.attempts.withdraw(attempt);
        throw;
    }
    if (!code) {
        throw invalid_code();
    }
    desk.attempts.succeeded(attempt);
    // Only now: the rule knows the account's name.
    const auto contact = get_customer(store.read(), code->customer).contact.value_or(Contact{});
    require_password(wanted.password, customer_password_rule(store.read(), contact.name, contact.email), "/password");
    const auto hash = desk.hasher.hash(wanted.password, stranger_at(address));
    store.writer().run([&](storage::Transaction& tx) {
        if (!tx.value<bool>(kIsGood, code->id)) {
            throw invalid_code();  // another request with the same code was faster
        }
        set_customer_password(tx, code->customer, hash, std::nullopt, now);
        audit::record(tx, "password.reset", {"customer", number(code->customer)}, nullptr, nullptr,
                      {.kind = Actor::Kind::customer, .id = number(code->customer), .name = {}, .address = address},
                      now);
    });
}

void void_resets(storage::Transaction& tx, CustomerId customer) { tx.run(kVoidResets, customer); }

void erase_resets(storage::Transaction& tx, CustomerId customer) { tx.run(kEraseResets, customer); }

storage::Pruned remove_old_resets(storage::Transaction& tx, const storage::Slice& slice) {
    return storage::remove_old(tx, slice, kOldResets, kRemoveReset);
}

}  // namespace orderd::accounts
