#include "notify/notice.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/budgets.h"
#include "base/json.h"
#include "jobs/jobs.h"
#include "notify/follower.h"
#include "notify/mail.h"
#include "notify/mail_settings.h"
#include "storage/events.h"

namespace orderd::notify {

namespace {

const std::string kWayColumns = R"sql(
    SELECT w.id, w.admin_id, w.way, w.about, w.address_sealed, w.messages, w.sent_at, w.last_error,
           coalesce(a.active, 1)
      FROM notice_way w LEFT JOIN admin_user a ON a.id = w.admin_id
)sql";
const std::string kWaysInUse = kWayColumns + " WHERE coalesce(a.active, 1) = 1 ORDER BY w.id";
const std::string kWaysOf = kWayColumns + " WHERE w.admin_id = ?1 ORDER BY w.way";
const std::string kWayOf = kWayColumns + " WHERE w.admin_id = ?1 AND w.way = ?2";
const std::string kWayById = kWayColumns + " WHERE w.id = ?1";
constexpr auto kAnyWay = "SELECT 1 FROM notice_way LIMIT 1";
constexpr auto kWayOfShop = "SELECT 1 FROM notice_way WHERE admin_id IS NULL LIMIT 1";
constexpr auto kAddWay = "INSERT INTO notice_way (admin_id, way, about, updated_at) VALUES (?1, ?2, ?3, ?4)";
constexpr auto kChangeWay = R"sql(
    UPDATE notice_way SET about = ?2, last_error = '', updated_at = ?3, version = version + 1 WHERE id = ?1
)sql";
constexpr auto kSetAddress = "UPDATE notice_way SET address_sealed = ?2 WHERE id = ?1";
constexpr auto kRemoveWay = "DELETE FROM notice_way WHERE id = ?1";
constexpr auto kSaveTold = R"sql(
    UPDATE notice_way SET messages = messages + 1, sent_at = ?2, last_error = '' WHERE id = ?1
)sql";
constexpr auto kSaveNotTold = "UPDATE notice_way SET last_error = ?2, updated_at = ?3 WHERE id = ?1";

constexpr auto kLines = "SELECT count(*) FROM notice_item WHERE way_id = ?1 AND text <> ''";
constexpr auto kAddItem = "INSERT INTO notice_item (way_id, about, text, link) VALUES (?1, ?2, ?3, ?4)";
constexpr auto kCountItem = R"sql(
    INSERT INTO notice_item (way_id, about, text, link) VALUES (?1, ?2, '', '')
        ON CONFLICT (way_id, about) WHERE text = '' DO UPDATE SET count = count + 1
)sql";
constexpr auto kItemsOf = "SELECT id, about, text, link, count FROM notice_item WHERE way_id = ?1 ORDER BY id";
constexpr auto kItemTold = "UPDATE notice_item SET count = count - ?2 WHERE id = ?1";
constexpr auto kForgetTold = "DELETE FROM notice_item WHERE way_id = ?1 AND count <= 0";
constexpr auto kForgetItems = "DELETE FROM notice_item WHERE way_id = ?1";

storage::Place place(NoticeWayId id) { return {"notice_way", "address_sealed", static_cast<std::int64_t>(id)}; }

std::string about_text(const std::vector<About>& about) {
    auto names = Json::array();
    for (const auto one : about) {
        names.push_back(kAbouts[one]);
    }
    return names.dump();
}

NoticeWay read_way(const storage::Row& row, const storage::Vault& vault) {
    NoticeWay way{.id = row.get<NoticeWayId>(0),
                  .admin = row.get<std::optional<AdminId>>(1),
                  .way = kWays.stored(row.get<std::string_view>(2)),
                  .about = {},
                  .address = {},
                  .messages = row.get<std::int64_t>(5),
                  .sent_at = row.get<std::optional<Time>>(6),
                  .last_error = row.get<std::string>(7),
                  .active = row.get<bool>(8)};
    const auto about = stored_json(row.get<std::string_view>(3));
    for (const auto& name : about) {
        way.about.push_back(kAbouts.stored(name.get_ref<const std::string&>()));
    }
    if (!row.is_null(4)) {
        way.address = vault.open(place(way.id), row.get<std::string_view>(4));
    }
    return way;
}

template <class... Args>
std::vector<NoticeWay> read_ways(const storage::View& view, const std::string& sql, const Args&... args) {
    std::vector<NoticeWay> found;
    view.each(
        sql, [&](const storage::Row& row) { found.push_back(read_way(row, view.vault())); }, args...);
    return found;
}

template <class... Args>
std::optional<NoticeWay> read_first(const storage::View& view, const std::string& sql, const Args&... args) {
    return view.first(
        sql, [&](const storage::Row& row) { return read_way(row, view.vault()); }, args...);
}

bool has_address(const Json& mail) { return !mail.is_null() && !text_member(mail, "alerts_to").empty(); }

bool shop_has_address(const storage::View& view) { return has_address(mail_json(view)); }

std::string party_of(const NoticeWay& way) {
    return way.way == Way::mail ? kMailParty : fmt::format("notice-{}", static_cast<std::int64_t>(way.id));
}

/// A way's next message has one job. Its key contains how many went out before, so that a job that is about to end does not
/// stand in for the next one.
void add_notice_job(storage::Transaction& tx, const NoticeWay& way, Time now) {
    // A time that is ahead was stored while the clock was wrong.
    const auto run_at = way.sent_at ? std::min(std::max(now, *way.sent_at + kApart), now + kApart) : now;
    const auto kind = way.way == Way::mail ? kNoticeMailJob : kNoticePostJob;
    const auto id = static_cast<std::int64_t>(way.id);
    jobs::add(tx,
              {.kind = kind,
               .payload = {{"way_id", id}, {"before", way.messages}, {"since", now.ms}},
               .run_at = run_at,
               .dedupe_key = fmt::format("{}:{}:{}", kind.name, id, way.messages),
               .party = party_of(way)},
              now);
}

Json audited(const NoticeWay& way) { return {{"way", kWays[way.way]}, {"about", Json::parse(about_text(way.about))}}; }

}  // namespace

std::string shortened(std::string_view text, std::size_t most) {
    constexpr std::string_view kMore = "…";
    if (text.size() <= most) {
        return std::string(text);
    }
    auto end = most - kMore.size();
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0U) == 0x80U) {
        --end;  // within a letter
    }
    return std::string(text.substr(0, end)) + std::string(kMore);
}

bool anyone_is_told(const storage::View& view) {
    return view.value<bool>(kAnyWay).value_or(false) || shop_has_address(view);
}

bool was_anyone_told(const storage::View& view, const Json& mail_before) {
    return view.value<bool>(kAnyWay).value_or(false) || has_address(mail_before);
}

std::vector<NoticeWay> ways_in_use(const storage::View& view) {
    auto ways = read_ways(view, kWaysInUse);
    const bool by_mail = is_mail_set_up(view);
    const bool to_shop = by_mail && shop_has_address(view);
    std::erase_if(ways,
                  [&](const NoticeWay& way) { return (way.way == Way::mail && !by_mail) || (!way.admin && !to_shop); });
    return ways;
}

std::vector<NoticeWay> ways_of(const storage::View& view, AdminId admin) { return read_ways(view, kWaysOf, admin); }

std::optional<NoticeWay> find_way(const storage::View& view, AdminId admin, Way way) {
    return read_first(view, kWayOf, admin, kWays[way]);
}

std::optional<NoticeWay> find_way(const storage::View& view, NoticeWayId id) { return read_first(view, kWayById, id); }

NoticeWay set_way(storage::Transaction& tx, AdminId admin, Way way, std::string_view address,
                  const std::vector<About>& about, const Actor& actor, Time now) {
    const auto before = find_way(tx, admin, way);
    skip_untold(tx, anyone_is_told(tx));
    const auto id =
        before ? before->id : NoticeWayId{tx.insert(kAddWay, std::optional(admin), kWays[way], about_text(about), now)};
    if (before) {
        tx.run(kChangeWay, id, about_text(about), now);
    }
    const auto sealed = tx.vault().seal(place(id), address);
    tx.run(kSetAddress, id, storage::Blob{sealed});
    auto after = find_way(tx, id).value();
    auto shown = audited(after);
    if (before && before->address != after.address) {
        shown["address"] = "changed";
    }
    audit::record(tx, "notices.set", {"admin", number(admin)}, before ? audited(*before) : Json(nullptr), shown, actor,
                  now);
    return after;
}

bool remove_way(storage::Transaction& tx, AdminId admin, Way way, const Actor& actor, Time now) {
    const auto before = find_way(tx, admin, way);
    if (!before) {
        return false;
    }
    tx.run(kRemoveWay, before->id);
    audit::record(tx, "notices.remove", {"admin", number(admin)}, audited(*before), nullptr, actor, now);
    return true;
}

void keep_way_of_shop(storage::Transaction& tx, Time now) {
    if (shop_has_address(tx) && !tx.value<bool>(kWayOfShop)) {
        tx.run(kAddWay, std::optional<AdminId>(), kWays[Way::mail], about_text({About::low_stock}), now);
    }
}

void skip_untold(storage::Transaction& tx, bool told_before) {
    if (!told_before) {
        read_on_from_now(tx, kNoticeReader);
    }
}

void add_item(storage::Transaction& tx, const NoticeWay& way, About about, std::string_view text, std::string_view link,
              Time now) {
    if (tx.value<std::int64_t>(kLines, way.id).value() < budget::kNoticeLines) {
        tx.run(kAddItem, way.id, kAbouts[about], shortened(text, budget::kNoticeLine), link);
    } else {
        tx.run(kCountItem, way.id, kAbouts[about]);
    }
    add_notice_job(tx, way, now);
}

std::vector<NoticeItem> items_of(const storage::View& view, NoticeWayId id) {
    std::vector<NoticeItem> found;
    view.each(
        kItemsOf,
        [&](const storage::Row& row) {
            found.push_back({.id = row.get<std::int64_t>(0),
                             .about = kAbouts.stored(row.get<std::string_view>(1)),
                             .text = row.get<std::string>(2),
                             .link = row.get<std::string>(3),
                             .count = row.get<std::int64_t>(4)});
        },
        id);
    return found;
}

void save_told(storage::Transaction& tx, NoticeWayId id, const std::vector<NoticeItem>& told, Time now) {
    for (const auto& item : told) {
        tx.run(kItemTold, item.id, item.count);
    }
    tx.run(kForgetTold, id);
    tx.run(kSaveTold, id, now);
    const auto way = find_way(tx, id);
    if (way && !items_of(tx, id).empty()) {
        add_notice_job(tx, *way, now);
    }
}

void save_not_told(storage::Transaction& tx, NoticeWayId id, std::string_view error, Time now) {
    tx.run(kSaveNotTold, id, error, now);
}

void forget_items(storage::Transaction& tx, NoticeWayId id) { tx.run(kForgetItems, id); }

}  // namespace orderd::notify
