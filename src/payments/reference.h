#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.h"
#include "storage/writer.h"

namespace orderd::payments {

// What staff write when a payment arrives: a transfer's text, a receipt's number. It may name who paid, so it is sealed,
// and found by the keyed hashes of its words, as customers are found by their names.

void set_reference(storage::Transaction& tx, PaymentId payment, std::string_view reference);
std::optional<std::string> reference_of(const storage::View& view, PaymentId payment);

/// Erases what was written about the payments of a customer's orders, and its words.
void erase_references(storage::Transaction& tx, CustomerId customer);

/// The payments whose reference has all of these words, or is written like this but for blanks and signs ("RF18 5390"
/// and "rf185390"). Only whole words match. Newest first, at most `most`.
std::vector<PaymentId> find_by_reference(const storage::View& view, std::string_view text, std::int64_t most);

// For `orderd key rotate`: a new key needs new hashes.

struct ReferenceSlice {
    std::vector<PaymentId> old;     ///< payments whose words are not hashed with the newest key
    std::optional<PaymentId> last;  ///< the slice's last payment; nullopt: there are no more
};
ReferenceSlice find_old_references(const storage::View& view, PaymentId after, std::int64_t most);

/// Hashes the words of a payment's reference anew.
void renew_reference_words(storage::Transaction& tx, PaymentId payment);

}  // namespace orderd::payments
