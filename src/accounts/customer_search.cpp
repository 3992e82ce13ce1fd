#include <limits>

#include "accounts/customer.h"
#include "base/domain.h"
#include "base/text.h"

namespace orderd::accounts {

namespace {

constexpr auto kListCustomers = "SELECT id FROM customer WHERE id < ?1 ORDER BY id DESC LIMIT ?2";
constexpr auto kByEmail = R"sql(
    SELECT id, contact_sealed FROM customer WHERE email_index = ?1 AND id < ?2 ORDER BY id DESC
)sql";

std::int64_t before_or_newest(std::optional<CustomerId> before) {
    return before ? number(*before) : std::numeric_limits<std::int64_t>::max();
}

Found find_by_email(const storage::View& view, std::string_view email, std::int64_t most, std::int64_t before) {
    const auto wanted = mail_identity(email);
    Found found;
    for (const auto index : view.vault().indexes("email", wanted)) {
        view.each(
            kByEmail,
            [&](const storage::Row& row) {
                const auto id = row.get<CustomerId>(0);
                const auto contact = open_contact(view, id, row.get<std::optional<std::string_view>>(1));
                if (contact && mail_identity(contact->email) == wanted) {
                    found.ids.push_back(number(id));
                }
            },
            index, before);
    }
    found.tidy(most);
    return found;
}

}  // namespace

Found find_customers(const storage::View& view, std::string_view text, std::int64_t most,
                     std::optional<CustomerId> before) {
    const auto wanted = trimmed(text);
    const auto below = before_or_newest(before);
    return wanted.find('@') != std::string_view::npos ? find_by_email(view, wanted, most, below)
                                                      : find(view, Kind::customer, wanted, below, most);
}

Found list_customers(const storage::View& view, std::int64_t most, std::optional<CustomerId> before) {
    Found found;
    view.each(
        kListCustomers, [&](const storage::Row& row) { found.ids.push_back(row.get<std::int64_t>(0)); },
        before_or_newest(before), most);
    return found;
}

}  // namespace orderd::accounts
