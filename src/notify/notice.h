#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/actor.h"
#include "base/ids.h"
#include "base/json.h"
#include "base/names.h"
#include "base/time.h"
#include "jobs/lanes.h"
#include "storage/writer.h"

namespace orderd::notify {

// Those who work in the shop choose what they are told of, and how: by mail, or by a POST to an address of theirs. What
// comes in quick succession is one message.

/// What one can be told of.
enum class About {
    order_paid,
    payment_failed,
    payment_disputed,
    refund_failed,
    refund_to_send,
    withdrawal,
    dead_job,
    late_backup,
    low_stock,
};
inline constexpr Names<About, 9> kAbouts{{{{About::order_paid, "order_paid"},
                                           {About::payment_failed, "payment_failed"},
                                           {About::payment_disputed, "payment_disputed"},
                                           {About::refund_failed, "refund_failed"},
                                           {About::refund_to_send, "refund_to_send"},
                                           {About::withdrawal, "withdrawal"},
                                           {About::dead_job, "dead_job"},
                                           {About::late_backup, "late_backup"},
                                           {About::low_stock, "low_stock"}}}};

enum class Way { mail, post };
inline constexpr Names<Way, 2> kWays{{{{Way::mail, "mail"}, {Way::post, "post"}}}};

enum class NoticeWayId : std::int64_t {};

/// One way to one person. There is at most one of each kind a person.
struct NoticeWay {
    NoticeWayId id{};
    std::optional<AdminId> admin;  ///< nullopt: the shop's own, to the address for low stock in the setting "mail"
    Way way = Way::mail;
    std::vector<About> about;
    std::string address;        ///< an e-mail address, or a URL; empty: the setting's
    std::int64_t messages = 0;  ///< that went out
    std::optional<Time> sent_at;
    std::string last_error;  ///< of the last try, without the address; empty: it went well
    bool active = true;      ///< the person may sign in: nobody else is told anything
};

constexpr auto kNoticeReader = "notices";  ///< of the event log

/// The shortest time from one message of a way to the next. What comes meanwhile is in the next one.
constexpr Duration kApart = minutes(5);

/// The jobs that send a message. Of one that dies nobody is told: its own notice would die likewise, and so on.
inline constexpr jobs::Kind kNoticeMailJob{"notice.mail", jobs::Lane::mail, 100};
inline constexpr jobs::Kind kNoticePostJob{"notice.post", jobs::Lane::webhooks};

/// A text of at most so many bytes (3 or more); a longer one ends in "…".
std::string shortened(std::string_view text, std::size_t most);

/// Whether anybody is told of anything.
bool anyone_is_told(const storage::View& view);

/// The same, with what the setting "mail" was before a change.
bool was_anyone_told(const storage::View& view, const Json& mail_before);

/// All ways, in which somebody is told of something now.
std::vector<NoticeWay> ways_in_use(const storage::View& view);

std::vector<NoticeWay> ways_of(const storage::View& view, AdminId admin);
std::optional<NoticeWay> find_way(const storage::View& view, AdminId admin, Way way);
std::optional<NoticeWay> find_way(const storage::View& view, NoticeWayId id);

/// Adds an admin's way, or changes it. The audit log has what it tells of, and not its address.
NoticeWay set_way(storage::Transaction& tx, AdminId admin, Way way, std::string_view address,
                  const std::vector<About>& about, const Actor& actor, Time now);

/// Removes an admin's way. What waits for its next message is not sent. @returns false if there is none
bool remove_way(storage::Transaction& tx, AdminId admin, Way way, const Actor& actor, Time now);

/// Adds the shop's own way, if the setting "mail" has an address for low stock and it is not there yet.
void keep_way_of_shop(storage::Transaction& tx, Time now);

/// Call it when somebody may be told who was not before: nobody is told of what happened until now.
/// @param told_before  anyone_is_told() before the change
void skip_untold(storage::Transaction& tx, bool told_before);

/// A line of a way's next message, or the count of those that it has no room for: these have no text.
struct NoticeItem {
    std::int64_t id = 0;
    About about{};
    std::string text;  ///< without personal data
    std::string link;  ///< in the dashboard: "orders/1001"
    std::int64_t count = 1;
};

/// Adds a line to a way's next message, with the job that sends it: at once, or kApart after the message before. Beyond
/// budget::kNoticeLines, it is counted. A text longer than budget::kNoticeLine is cut.
void add_item(storage::Transaction& tx, const NoticeWay& way, About about, std::string_view text, std::string_view link,
              Time now);

std::vector<NoticeItem> items_of(const storage::View& view, NoticeWayId id);

/// Stores that a message went out, and removes what it told. What came meanwhile is in the next message.
void save_told(storage::Transaction& tx, NoticeWayId id, const std::vector<NoticeItem>& told, Time now);

void save_not_told(storage::Transaction& tx, NoticeWayId id, std::string_view error, Time now);

/// Removes what waits to be told.
void forget_items(storage::Transaction& tx, NoticeWayId id);

}  // namespace orderd::notify
