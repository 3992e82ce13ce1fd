#include <algorithm>
#include <functional>
#include <limits>

#include "accounts/customer.h"
#include "base/domain.h"
#include "base/json.h"
#include "base/text.h"

namespace orderd::accounts {

namespace {

constexpr auto kListCustomers = "SELECT id FROM customer WHERE id < ?1 ORDER BY id DESC LIMIT ?2";
constexpr auto kByEmail = R"sql(
    SELECT id, contact_sealed FROM customer WHERE email_index = ?1 AND id < ?2 ORDER BY id DESC
)sql";
constexpr auto kByPhone = R"sql(
    SELECT id FROM customer WHERE phone_index = ?1 AND id < ?2 ORDER BY id DESC LIMIT ?3
)sql";
constexpr auto kByWords = R"sql(
    SELECT customer_id FROM customer_word AS hit
     WHERE word_index = ?1 AND customer_id < ?3
       AND NOT EXISTS (SELECT 1 FROM json_each(?2) AS wanted
                        WHERE NOT EXISTS (SELECT 1 FROM json_each(wanted.value) AS form, customer_word AS other
                                           WHERE other.word_index = form.value
                                             AND other.customer_id = hit.customer_id))
     ORDER BY customer_id DESC LIMIT ?4
)sql";

std::int64_t before_or_newest(std::optional<CustomerId> before) {
    return before ? number(*before) : std::numeric_limits<std::int64_t>::max();
}

/// Merges the rows of several indexes: newest first, without duplicates, at most `most`.
std::vector<CustomerId> newest_of(std::vector<CustomerId> found, std::int64_t most) {
    std::sort(found.begin(), found.end(), std::greater<>());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    if (static_cast<std::int64_t>(found.size()) > most) {
        found.resize(static_cast<std::size_t>(most));
    }
    return found;
}

std::vector<CustomerId> find_by_email(const storage::View& view, std::string_view email, std::int64_t most,
                                      std::int64_t before) {
    const auto wanted = mail_identity(email);
    std::vector<CustomerId> found;
    for (const auto index : view.vault().indexes("email", wanted)) {
        view.each(
            kByEmail,
            [&](const storage::Row& row) {
                const auto id = row.get<CustomerId>(0);
                const auto contact = open_contact(view, id, row.get<std::optional<std::string_view>>(1));
                if (contact && mail_identity(contact->email) == wanted) {
                    found.push_back(id);
                }
            },
            index, before);
    }
    return newest_of(std::move(found), most);
}

/// Adds the ids in the first column.
template <class... Args>
void add_ids(std::vector<CustomerId>& found, const storage::View& view, std::string_view sql, const Args&... args) {
    view.each(
        sql, [&](const storage::Row& row) { found.push_back(row.get<CustomerId>(0)); }, args...);
}

std::vector<CustomerId> find_by_phone(const storage::View& view, std::string_view phone, std::int64_t most,
                                      std::int64_t before) {
    std::vector<CustomerId> found;
    for (const auto index : view.vault().indexes("phone", phone_digits(phone))) {
        add_ids(found, view, kByPhone, index, before, most);
    }
    return newest_of(std::move(found), most);
}

std::vector<CustomerId> find_by_words(const storage::View& view, const std::vector<std::string>& words,
                                      std::int64_t most, std::int64_t before) {
    if (words.empty()) {
        return {};
    }
    // Scans the rows of the longest word, which is probably the rarest, and looks the other words up.
    const auto longest =
        std::max_element(words.begin(), words.end(), [](const auto& a, const auto& b) { return a.size() < b.size(); });
    Json others = Json::array();
    for (auto word = words.begin(); word != words.end(); ++word) {
        if (word != longest) {
            others.push_back(view.vault().indexes("name word", *word));
        }
    }
    const auto wanted = others.dump();
    std::vector<CustomerId> found;
    for (const auto index : view.vault().indexes("name word", *longest)) {
        add_ids(found, view, kByWords, index, wanted, before, most);
    }
    return newest_of(std::move(found), most);
}

bool looks_like_a_phone(std::string_view text) {
    return phone_digits(text).size() >= 3 && std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= '0' && c <= '9') || std::string_view("+-/(). ").find(c) != std::string_view::npos;
           });
}

}  // namespace

std::vector<CustomerId> find_customers(const storage::View& view, std::string_view text, std::int64_t most,
                                       std::optional<CustomerId> before) {
    const auto wanted = trimmed(text);
    if (wanted.find('@') != std::string_view::npos) {
        return find_by_email(view, wanted, most, before_or_newest(before));
    }
    if (looks_like_a_phone(wanted)) {
        return find_by_phone(view, wanted, most, before_or_newest(before));
    }
    return find_by_words(view, folded_words(wanted), most, before_or_newest(before));
}

std::vector<CustomerId> list_customers(const storage::View& view, std::int64_t most, std::optional<CustomerId> before) {
    std::vector<CustomerId> found;
    add_ids(found, view, kListCustomers, before_or_newest(before), most);
    return found;
}

}  // namespace orderd::accounts
