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
#include "storage/pruning.h"
#include "storage/writer.h"

namespace orderd::notify {

enum class MailId : std::int64_t {};

enum class MailStatus {
    waiting,
    sent,
    failed,
    skipped  ///< not sent, since its reason no longer holds
};
std::string_view to_text(MailStatus status);
std::vector<std::string> mail_statuses();

/// A mail that an event caused. The recipient is read when it is sent, and not stored with it.
struct Mail {
    MailId id{};
    std::int64_t event = 0;        ///< the event's sequence number
    std::string name;              ///< the name of its templates: "order_placed"
    std::optional<OrderId> order;  ///< nullopt: it is about stock or an account
    MailStatus status = MailStatus::waiting;
    std::int64_t attempts = 0;
    std::string last_error;       ///< contains no personal data
    std::int64_t sent_again = 0;  ///< how often staff asked for it: each time has a Message-ID of its own
    Time created_at;
    Time updated_at;

    Time dated() const { return sent_again > 0 ? updated_at : created_at; }
};

/// Stores a mail, with the job that sends it at `at`; once per event.
void add_mail(storage::Transaction& tx, std::int64_t event, std::string_view name, std::optional<OrderId> order,
              Time at, Time now);

/// Has a mail that is no longer waiting sent once more, now. @returns false: it is waiting
bool send_again(storage::Transaction& tx, const Mail& mail, Time now);

/// Whether a mail with this name about an order is waiting.
bool is_waiting(const storage::View& view, OrderId order, std::string_view name);

std::optional<Mail> find_mail(const storage::View& view, MailId id);

struct MailFilter {
    std::optional<std::int64_t> order;
    std::optional<std::string> status;
};
std::vector<Mail> list_mails(const storage::View& view, const MailFilter& filter,
                             const storage::Page& page);  ///< newest first, one more than the page

/// Stores the outcome of an attempt, or why there was none.
void save_mail(storage::Transaction& tx, MailId id, MailStatus status, bool attempted, std::string_view error,
               Time now);

/// Removes a slice of the mails that were sent or given up.
storage::Pruned remove_old_mails(storage::Transaction& tx, const storage::Slice& slice);

/// The job that sends a mail.
inline constexpr jobs::Kind kMailJob{"mail.send", jobs::Lane::mail, 100};
constexpr auto kMailParty = "mail";  ///< the mail server's name in jobs

Json to_json(const Mail& mail);

}  // namespace orderd::notify
