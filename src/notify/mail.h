#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/ids.h"
#include "base/json.h"
#include "base/time.h"
#include "jobs/lanes.h"
#include "storage/paging.h"
#include "storage/writer.h"

namespace orderd::notify {

enum class MailId : std::int64_t {};

enum class MailStatus {
    waiting,
    sent,
    failed,
    skipped  ///< what it was to tell of is no longer so
};
std::string_view to_text(MailStatus status);
std::vector<std::string> mail_statuses();

/// A mail that an event asked for. The recipient is read when it is sent, and not stored with it.
struct Mail {
    MailId id{};
    std::int64_t event = 0;        ///< its sequence number
    std::string name;              ///< of its templates: "order_placed"
    std::optional<OrderId> order;  ///< nothing: it is about stock or an account
    MailStatus status = MailStatus::waiting;
    std::int64_t attempts = 0;
    std::string last_error;  ///< names nobody
    Time created_at;
    Time updated_at;
};

/// Writes one down, with the job that sends it at `at`; once for an event.
void add_mail(storage::Transaction& tx, std::int64_t event, std::string_view name, std::optional<OrderId> order,
              Time at, Time now);

/// Whether a mail of this kind about an order waits.
bool is_waiting(const storage::View& view, OrderId order, std::string_view name);

std::optional<Mail> find_mail(const storage::View& view, MailId id);

struct MailFilter {
    std::optional<std::int64_t> order;
    std::optional<std::string> status;
};
std::vector<Mail> list_mails(const storage::View& view, const MailFilter& filter,
                             const storage::Page& page);  ///< newest first, one more

/// The outcome of an attempt, or why there was none.
void save_mail(storage::Transaction& tx, MailId id, MailStatus status, bool attempted, std::string_view error,
               Time now);

/// A slice of those that were decided a quarter of a year ago. @returns how many; 0: no more
std::int64_t remove_old_mails(storage::Transaction& tx, Time now);

/// The job that sends one.
inline constexpr jobs::Kind kMailJob{"mail.send", jobs::Lane::mail, 100};
constexpr auto kMailParty = "mail";  ///< what jobs call the mail server

Json to_json(const Mail& mail);

}  // namespace orderd::notify
