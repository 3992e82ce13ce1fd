#include "notify/mail.h"

#include <fmt/format.h>

#include "base/names.h"
#include "jobs/jobs.h"
#include "storage/numbering.h"

namespace orderd::notify {

namespace {

constexpr Names<MailStatus, 4> kMailStatuses{{{{MailStatus::waiting, "waiting"},
                                               {MailStatus::sent, "sent"},
                                               {MailStatus::failed, "failed"},
                                               {MailStatus::skipped, "skipped"}}}};

constexpr auto kInsertMail =
    "INSERT INTO mail (id, event_sequence, template, order_id, status, created_at, updated_at) "
    "VALUES (" ORDERD_NEXT_ID(
        "mail") R"sql(, ?1, ?2, ?3, 'waiting', ?4, ?4) ON CONFLICT (event_sequence, template) DO NOTHING RETURNING id
)sql";
constexpr auto kWaiting = "SELECT 1 FROM mail WHERE order_id = ?1 AND template = ?2 AND status = 'waiting' LIMIT 1";
const std::string kMailColumns = R"sql(
    SELECT id, event_sequence, template, order_id, status, attempts, last_error, sent_again, created_at,
           updated_at
      FROM mail
)sql";
const std::string kGetMail = kMailColumns + " WHERE id = ?1";
const std::string kListMails = kMailColumns + R"sql(
     WHERE id < ?1 AND (?2 IS NULL OR order_id = ?2) AND (?3 IS NULL OR status = ?3)
     ORDER BY id DESC LIMIT ?4
)sql";
constexpr auto kSave = R"sql(
    UPDATE mail SET status = ?2, attempts = attempts + ?3, last_error = ?4, updated_at = ?5 WHERE id = ?1
)sql";
constexpr auto kSendAgain = R"sql(
    UPDATE mail SET status = 'waiting', last_error = '', sent_again = sent_again + 1, updated_at = ?2
     WHERE id = ?1 AND status <> 'waiting'
)sql";
constexpr auto kOldMails = R"sql(
    SELECT id, created_at, status <> 'waiting' AND updated_at < ?3 FROM mail WHERE id > ?1 ORDER BY id LIMIT ?2
)sql";
constexpr auto kRemoveMail = "DELETE FROM mail WHERE id = ?1";

Mail read(const storage::Row& row) {
    return {.id = row.get<MailId>(0),
            .event = row.get<std::int64_t>(1),
            .name = row.get<std::string>(2),
            .order = row.get<std::optional<OrderId>>(3),
            .status = kMailStatuses.stored(row.get<std::string_view>(4)),
            .attempts = row.get<std::int64_t>(5),
            .last_error = row.get<std::string>(6),
            .sent_again = row.get<std::int64_t>(7),
            .created_at = row.get<Time>(8),
            .updated_at = row.get<Time>(9)};
}

void add_job(storage::Transaction& tx, MailId id, Time at, Time now) {
    const auto number = static_cast<std::int64_t>(id);
    jobs::add(tx,
              {.kind = kMailJob,
               .payload = {{"mail_id", number}},
               .run_at = at,
               .dedupe_key = jobs::key_of(kMailJob, number),
               .party = kMailParty},
              now);
}

}  // namespace

std::string_view to_text(MailStatus status) { return kMailStatuses[status]; }
std::vector<std::string> mail_statuses() { return kMailStatuses.list(); }

void add_mail(storage::Transaction& tx, std::int64_t event, std::string_view name, std::optional<OrderId> order,
              Time at, Time now) {
    if (const auto id = tx.value<MailId>(kInsertMail, event, name, order, now)) {
        add_job(tx, *id, at, now);
    }
}

bool send_again(storage::Transaction& tx, const Mail& mail, Time now) {
    if (tx.run(kSendAgain, mail.id, now) == 0) {
        return false;
    }
    add_job(tx, mail.id, now, now);
    return true;
}

bool is_waiting(const storage::View& view, OrderId order, std::string_view name) {
    return view.value<bool>(kWaiting, order, name).value_or(false);
}

std::optional<Mail> find_mail(const storage::View& view, MailId id) { return view.first(kGetMail, read, id); }

std::vector<Mail> list_mails(const storage::View& view, const MailFilter& filter, const storage::Page& page) {
    std::vector<Mail> found;
    view.each(
        kListMails, [&](const storage::Row& row) { found.push_back(read(row)); }, storage::below_id(page), filter.order,
        filter.status, storage::rows_to_read(page));
    return found;
}

void save_mail(storage::Transaction& tx, MailId id, MailStatus status, bool attempted, std::string_view error,
               Time now) {
    tx.run(kSave, id, to_text(status), attempted ? 1 : 0, error, now);
}

storage::Pruned remove_old_mails(storage::Transaction& tx, const storage::Slice& slice) {
    return storage::remove_old(tx, slice, kOldMails, kRemoveMail);
}

Json to_json(const Mail& mail) {
    return {{"id", static_cast<std::int64_t>(mail.id)},
            {"kind", mail.name},
            {"order_id", mail.order ? Json(number(*mail.order)) : Json(nullptr)},
            {"event_sequence", mail.event},
            {"status", to_text(mail.status)},
            {"attempts", mail.attempts},
            {"last_error", mail.last_error},
            {"sent_again", mail.sent_again},
            {"created_at", rfc3339(mail.created_at)},
            {"updated_at", rfc3339(mail.updated_at)}};
}

}  // namespace orderd::notify
