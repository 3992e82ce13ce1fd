#include "payments/reference.h"

#include <algorithm>
#include <functional>

#include "base/json.h"
#include "base/text.h"

namespace orderd::payments {

namespace {

constexpr std::string_view kPurpose = "reference word";

constexpr auto kReference = "SELECT reference_sealed FROM payment WHERE id = ?1";
constexpr auto kSetReference = "UPDATE payment SET reference_sealed = ?2 WHERE id = ?1";
constexpr auto kAddWord = "INSERT INTO payment_word (word_index, payment_id) VALUES (?1, ?2)";
constexpr auto kRemoveWords = "DELETE FROM payment_word WHERE payment_id = ?1";
constexpr auto kWords = "SELECT word_index FROM payment_word WHERE payment_id = ?1";
constexpr auto kAfter = R"sql(
    SELECT id FROM payment WHERE id > ?1 AND reference_sealed IS NOT NULL ORDER BY id LIMIT ?2
)sql";
constexpr auto kEraseWords = R"sql(
    DELETE FROM payment_word
     WHERE payment_id IN (SELECT p.id FROM payment p JOIN orders o ON o.id = p.order_id WHERE o.customer_id = ?1)
)sql";
constexpr auto kErase = R"sql(
    UPDATE payment SET reference_sealed = NULL WHERE order_id IN (SELECT id FROM orders WHERE customer_id = ?1)
)sql";
constexpr auto kByWords = R"sql(
    SELECT payment_id FROM payment_word AS hit
     WHERE word_index = ?1
       AND NOT EXISTS (SELECT 1 FROM json_each(?2) AS wanted
                        WHERE NOT EXISTS (SELECT 1 FROM json_each(wanted.value) AS form, payment_word AS other
                                           WHERE other.word_index = form.value
                                             AND other.payment_id = hit.payment_id))
     ORDER BY payment_id DESC LIMIT ?3
)sql";

/// Of the reference's words, under the newest key. Sorted.
std::vector<std::int64_t> hashes_of(const storage::Vault& vault, std::string_view reference) {
    std::vector<std::int64_t> hashes;
    for (const auto& word : reference_words(reference)) {
        hashes.push_back(vault.index(kPurpose, word));
    }
    std::sort(hashes.begin(), hashes.end());
    hashes.erase(std::unique(hashes.begin(), hashes.end()), hashes.end());
    return hashes;
}

void add_words(storage::Transaction& tx, PaymentId payment, std::string_view reference) {
    for (const auto hash : hashes_of(tx.vault(), reference)) {
        tx.run(kAddWord, hash, payment);
    }
}

/// Adds the payments that have all of the words.
void find_all(const storage::View& view, const std::vector<std::string>& words, std::int64_t most,
              std::vector<PaymentId>& found) {
    // Reads the rows of the longest word, which is probably the rarest, and looks the other words up.
    const auto longest =
        std::max_element(words.begin(), words.end(), [](const auto& a, const auto& b) { return a.size() < b.size(); });
    auto others = Json::array();
    for (auto word = words.begin(); word != words.end(); ++word) {
        if (word != longest) {
            others.push_back(view.vault().indexes(kPurpose, *word));
        }
    }
    const auto wanted = others.dump();
    for (const auto hash : view.vault().indexes(kPurpose, *longest)) {
        view.each(
            kByWords, [&](const storage::Row& row) { found.push_back(row.get<PaymentId>(0)); }, hash, wanted, most);
    }
}

}  // namespace

void set_reference(storage::Transaction& tx, PaymentId payment, std::string_view reference) {
    const auto sealed = tx.vault().seal({"payment", "reference_sealed", number(payment)}, reference);
    tx.run(kSetReference, payment, storage::Blob{sealed});
    tx.run(kRemoveWords, payment);
    add_words(tx, payment, reference);
}

std::optional<std::string> reference_of(const storage::View& view, PaymentId payment) {
    const auto sealed = view.value<std::optional<std::string>>(kReference, payment).value_or(std::nullopt);
    return sealed ? std::optional(view.vault().open({"payment", "reference_sealed", number(payment)}, *sealed))
                  : std::nullopt;
}

void erase_references(storage::Transaction& tx, CustomerId customer) {
    tx.run(kEraseWords, customer);
    tx.run(kErase, customer);
}

std::vector<PaymentId> find_by_reference(const storage::View& view, std::string_view text, std::int64_t most) {
    const auto words = folded_words(text);
    std::vector<PaymentId> found;
    if (words.empty()) {
        return found;
    }
    find_all(view, words, most, found);
    if (words.size() > 1) {
        find_all(view, {joined_words(text)}, most, found);
    }
    std::sort(found.begin(), found.end(), std::greater<>());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    if (static_cast<std::int64_t>(found.size()) > most) {
        found.resize(static_cast<std::size_t>(most));
    }
    return found;
}

ReferenceSlice find_old_references(const storage::View& view, PaymentId after, std::int64_t most) {
    std::vector<PaymentId> seen;
    view.each(
        kAfter, [&](const storage::Row& row) { seen.push_back(row.get<PaymentId>(0)); }, after, most);
    ReferenceSlice slice;
    for (const auto id : seen) {
        std::vector<std::int64_t> stored;
        view.each(
            kWords, [&](const storage::Row& row) { stored.push_back(row.get<std::int64_t>(0)); }, id);
        std::sort(stored.begin(), stored.end());
        if (stored != hashes_of(view.vault(), reference_of(view, id).value())) {
            slice.old.push_back(id);
        }
        slice.last = id;
    }
    return slice;
}

void renew_reference_words(storage::Transaction& tx, PaymentId payment) {
    tx.run(kRemoveWords, payment);
    if (const auto reference = reference_of(tx, payment)) {
        add_words(tx, payment, *reference);
    }
}

}  // namespace orderd::payments
