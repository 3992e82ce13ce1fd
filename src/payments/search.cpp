#include "payments/search.h"

#include <algorithm>
#include <cctype>
#include <functional>
#include <limits>
#include <string>

#include "accounts/found_by.h"
#include "base/text.h"
#include "payments/reference.h"
#include "storage/settings.h"

namespace orderd::payments {

namespace {

/// A text that finds more references than this is too common to be looked for.
constexpr std::int64_t kMostSought = 500;
/// Of the orders that it finds, the newest are looked at.
constexpr std::int64_t kMostOrders = 2'000;

constexpr auto kFoundOfOrder = "SELECT id FROM payment WHERE order_id = ?1";
constexpr auto kByCharge = R"sql(
    SELECT payment_id FROM payment_attempt WHERE gateway IN ('sandbox', 'stripe') AND gateway_reference = ?1
)sql";
constexpr auto kByRefund = "SELECT payment_id FROM refund WHERE gateway_reference = ?1";
constexpr auto kByDispute = "SELECT payment_id FROM dispute WHERE gateway_reference = ?1";

/// The text without the currency's code at either end.
std::string_view without_code(std::string_view text, std::string_view code) {
    if (text.size() > code.size()) {
        if (equal_ignoring_case(text.substr(0, code.size()), code)) {
            text.remove_prefix(code.size());
        } else if (equal_ignoring_case(text.substr(text.size() - code.size()), code)) {
            text.remove_suffix(code.size());
        }
    }
    return trimmed(text);
}

std::string without(std::string_view text, char c) {
    std::string rest(text);
    std::erase(rest, c);
    return rest;
}

/// Digits with points and commas: the last of them begins the decimals if there may be as many, else all of them
/// separate thousands.
std::optional<Money> amount_in(std::string_view text, std::string_view currency) {
    const auto digits = without_code(text, currency);
    const auto mark = digits.find_last_of(".,");
    if (digits.empty() || digits.find_first_not_of("0123456789.,") != std::string_view::npos) {
        return std::nullopt;
    }
    const auto whole = without(without(digits, '.'), ',');
    if (mark == std::string_view::npos) {
        return parse_money(whole, currency);
    }
    const auto decimals = digits.size() - mark - 1;
    if (decimals == 0 || digits.find_first_of(digits[mark]) != mark) {  // "1.234.567"
        return decimals == 3 ? parse_money(whole, currency) : std::nullopt;
    }
    const auto before = without(without(digits.substr(0, mark), '.'), ',');
    if (auto amount = parse_money(before + '.' + std::string(digits.substr(mark + 1)), currency)) {
        return amount;
    }
    return decimals == 3 ? parse_money(whole, currency) : std::nullopt;
}

void add_payments(const storage::View& view, std::string_view wanted, Hits& hits) {
    const auto add = [&](const storage::Row& row) { hits.payments.push_back(row.get<PaymentId>(0)); };
    if (const auto order = parse_integer(wanted.starts_with('#') ? wanted.substr(1) : wanted)) {
        view.each(kFoundOfOrder, add, *order);
    }
    for (const auto* by_reference : {kByCharge, kByRefund, kByDispute}) {
        view.each(by_reference, add, wanted);
    }
    const auto written = find_by_reference(view, wanted, kMostSought);
    hits.complete = hits.complete && static_cast<std::int64_t>(written.size()) < kMostSought;
    hits.payments.insert(hits.payments.end(), written.begin(), written.end());
    std::sort(hits.payments.begin(), hits.payments.end(), std::greater<>());
    hits.payments.erase(std::unique(hits.payments.begin(), hits.payments.end()), hits.payments.end());
}

}  // namespace

Hits search(const storage::View& view, std::string_view text) {
    const auto wanted = trimmed(text);
    Hits hits;
    hits.amount = amount_in(wanted, settings::currency(view));
    const auto found =
        accounts::find(view, accounts::Kind::order, wanted, std::numeric_limits<std::int64_t>::max(), kMostOrders);
    for (const auto id : found.ids) {
        hits.orders.push_back(OrderId{id});
    }
    hits.complete = !found.looked_to;
    add_payments(view, wanted, hits);
    return hits;
}

}  // namespace orderd::payments
