#include "notify/noticing.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <map>

#include "base/language.h"
#include "base/text.h"
#include "notify/mail.h"
#include "notify/mailing.h"
#include "notify/values.h"
#include "notify/writing.h"
#include "storage/settings.h"

namespace orderd::notify {

namespace {

/// How long a message to an address that does not answer is tried. Then what it says waits for the next event.
constexpr Duration kPatience = hours(12);

constexpr auto kOrderTotal = "SELECT total FROM orders WHERE id = ?1";
constexpr auto kProductName = "SELECT name FROM product WHERE id = ?1";

struct Kind {
    std::string_view event;
    About about;
};
constexpr auto kTold = std::to_array<Kind>({
    {"order.paid", About::order_paid},
    {"payment.failed", About::payment_failed},
    {"payment.capture_failed", About::payment_failed},
    {"payment.unknown_charge", About::payment_failed},
    {"payment.disputed", About::payment_disputed},
    {"payment.dispute_lost", About::payment_disputed},
    {"payment.refund_failed", About::refund_failed},
    {"payment.refunding", About::refund_to_send},
    {"return_request.received", About::withdrawal},
    {"job.died", About::dead_job},
    {"backup.late", About::late_backup},
    {"alert.notified", About::low_stock},
});

/// How many of a kind, in words, and whether it is something that went wrong.
struct Words {
    About about;
    std::string_view one;
    std::string_view other;
    std::string_view tag;
};
constexpr auto kCountedWords = std::to_array<Words>({
    {About::order_paid, "order paid", "orders paid", "moneybag"},
    {About::payment_failed, "payment failed", "payments failed", "warning"},
    {About::payment_disputed, "payment disputed", "payments disputed", "rotating_light"},
    {About::refund_failed, "refund failed", "refunds failed", "warning"},
    {About::refund_to_send, "refund to send", "refunds to send", "money_with_wings"},
    {About::withdrawal, "withdrawal or return", "withdrawals or returns", "leftwards_arrow_with_hook"},
    {About::dead_job, "job given up", "jobs given up", "warning"},
    {About::late_backup, "backup late", "backups late", "warning"},
    {About::low_stock, "product low in stock", "products low in stock", "package"},
});

const Words& words_of(About about) {
    return *std::find_if(kCountedWords.begin(), kCountedWords.end(),
                         [&](const Words& it) { return it.about == about; });
}

struct Line {
    std::string text;
    std::string link;
};

std::string in_money(const storage::View& view, std::int64_t minor) {
    return Language::english().money(Money{minor}, settings::currency(view));
}

/// "Low stock: Mug (MUG), 2 available; the threshold is 5", with the name cut where it is long.
Line about_product(const storage::View& view, const Json& body) {
    const auto name = view.value<std::string>(kProductName, body.at("product_id").get<std::int64_t>()).value_or("");
    const auto rest = fmt::format("{} available; the threshold is {}", body.at("available").get<std::int64_t>(),
                                  body.at("threshold").get<std::int64_t>());
    constexpr std::size_t kName = 80;
    constexpr std::size_t kSku = 30;
    return {
        fmt::format("Low stock: {} ({}), {}", shortened(name, kName), shortened(text_member(body, "sku"), kSku), rest),
        "alerts"};
}

Line about_job(const Json& body) {
    return {fmt::format("A job failed for good: {}", text_member(body, "kind")), "jobs"};
}

Line about_backup() { return {"There is no new backup: the last ones failed", "settings"}; }

Line about_request(const Json& body) {
    const auto& order = body.at("order_id");
    return {
        fmt::format("{} {}", text_member(body, "kind") == "withdrawal" ? "A customer withdraws from" : "A return of",
                    order.is_null() ? "an order that is not known" : fmt::format("order {}", order.dump())),
        "return-requests"};
}

Line about_order(const storage::View& view, About about, std::int64_t order, const Json& body) {
    const auto total = view.value<std::int64_t>(kOrderTotal, order).value_or(0);
    const auto amount = in_money(view, body.value("amount", total));
    const auto link = fmt::format("orders/{}", order);
    switch (about) {
        case About::payment_failed: return {fmt::format("Order {}: the payment of {} failed", order, amount), link};
        case About::payment_disputed:
            return {fmt::format("Order {}: the payment of {} is disputed", order, amount), link};
        case About::refund_failed: return {fmt::format("Order {}: the refund of {} failed", order, amount), link};
        case About::refund_to_send:
            return {fmt::format("Order {}: {} are to be sent back by hand", order, amount), link};
        default: return {fmt::format("Order {} was paid: {}", order, amount), link};
    }
}

/// Whether the event is one to tell of, among its kind.
bool is_worth_telling(const LoggedEvent& event, const Json& body) {
    if (event.kind == "payment.refunding") {
        return body.value("to_be_sent", false);
    }
    if (event.kind == "job.died") {
        const auto kind = text_member(body, "kind");
        return kind != kNoticeMailJob.name && kind != kNoticePostJob.name;
    }
    return true;
}

Line line_of(const storage::View& view, const LoggedEvent& event, About about, const Json& body) {
    switch (about) {
        case About::low_stock: return about_product(view, body);
        case About::dead_job: return about_job(body);
        case About::late_backup: return about_backup();
        case About::withdrawal: return about_request(body);
        default: break;
    }
    const bool of_payment = event.kind.starts_with("payment.") && body.contains("order_id");
    return about_order(view, about, of_payment ? body.at("order_id").get<std::int64_t>() : event.subject_id, body);
}

void note(storage::Transaction& tx, const std::vector<NoticeWay>& ways, const LoggedEvent& event, Time now) {
    const auto* kind = std::find_if(kTold.begin(), kTold.end(), [&](const Kind& it) { return it.event == event.kind; });
    if (kind == kTold.end()) {
        return;
    }
    const auto body = stored_json(event.body);
    if (!is_worth_telling(event, body)) {
        return;
    }
    std::optional<Line> line;
    for (const auto& way : ways) {
        if (std::find(way.about.begin(), way.about.end(), kind->about) != way.about.end()) {
            if (!line) {
                line = line_of(tx, event, kind->about, body);
            }
            add_item(tx, way, kind->about, line->text, line->link, now);
        }
    }
}

/// "2 orders paid, 1 refund failed": in the order of About.
std::string counted(const std::vector<NoticeItem>& items, bool only_without_line) {
    std::map<About, std::int64_t> counts;
    for (const auto& item : items) {
        if (!only_without_line || item.text.empty()) {
            counts[item.about] += item.count;
        }
    }
    std::vector<std::string> parts;
    for (const auto& [about, count] : counts) {
        const auto& words = words_of(about);
        parts.push_back(fmt::format("{} {}", count, count == 1 ? words.one : words.other));
    }
    return fmt::format("{}", fmt::join(parts, ", "));
}

std::string dashboard(const std::string& shop_url, std::string_view link) {
    return fmt::format("{}/dashboard/{}", shop_url, link);
}

// ---------------------------------------------------------------------------------------------------- sending

/// The message of a job, as it is now.
struct Waiting {
    NoticeWay way;
    std::vector<NoticeItem> items;
};

/// What a job has to send; nullopt if there is nothing.
std::optional<Waiting> waiting_for(const storage::View& view, const jobs::Job& job) {
    const auto way = find_way(view, NoticeWayId{job.payload.at("way_id").get<std::int64_t>()});
    if (!way || way->messages != job.payload.at("before").get<std::int64_t>()) {
        return std::nullopt;  // it was removed, or this job runs again after a crash
    }
    auto items = items_of(view, way->id);
    return items.empty() ? std::nullopt : std::optional(Waiting{*way, std::move(items)});
}

void forget(Desk& desk, NoticeWayId id) {
    desk.store.writer().run([&](storage::Transaction& tx) { forget_items(tx, id); });
}

void save_success(Desk& desk, const Waiting& sent) {
    desk.store.writer().run(
        [&](storage::Transaction& tx) { save_told(tx, sent.way.id, sent.items, desk.clock.now()); });
}

void save_failure(Desk& desk, NoticeWayId id, std::string_view error) {
    desk.store.writer().run([&](storage::Transaction& tx) { save_not_told(tx, id, error, desk.clock.now()); });
}

void send_by_post(Desk& desk, const jobs::Job& job) {
    std::optional<Waiting> waiting;
    {
        const auto view = desk.store.read();
        waiting = waiting_for(view, job);
    }
    if (!waiting) {
        return;
    }
    if (!waiting->way.active) {
        return forget(desk, waiting->way.id);
    }
    const auto done = post_notice(desk, waiting->way.address, notice_of(waiting->items, desk.url()));
    if (done.delivered()) {
        return save_success(desk, *waiting);
    }
    job.end_if_stopping();  // the call may have been cut off because this server stops
    save_failure(desk, waiting->way.id, done.error);
    if (done.silent) {
        const Time since{job.payload.at("since").get<std::int64_t>()};
        throw jobs::NoAnswer(done.error, desk.clock.now() - since > kPatience);
    }
    throw std::runtime_error(done.error);
}

std::optional<Message> compose(const storage::View& view, const Desk& desk, const Waiting& waiting,
                               const std::optional<Outbox>& box) {
    const auto to = !box ? "" : waiting.way.admin ? waiting.way.address : box->alerts_to;
    if (!waiting.way.active || to.empty()) {
        return std::nullopt;
    }
    const auto name = fmt::format("{}-{}", static_cast<std::int64_t>(waiting.way.id), waiting.way.messages);
    const auto hash = to_base64url(view.vault().keyed_hash("notice", name)).substr(0, 16);
    return notice_mail(view, desk, *box, to, notice_of(waiting.items, desk.url()),
                       fmt::format("notice-{}.{}", name, hash), desk.clock.now());
}

void send_by_mail(Desk& desk, const jobs::Job& job) {
    std::optional<Waiting> waiting;
    std::optional<Outbox> box;
    std::optional<Message> message;
    {
        const auto view = desk.store.read();
        waiting = waiting_for(view, job);
        if (!waiting) {
            return;
        }
        box = outbox_of(view, desk);
        message = compose(view, desk, *waiting, box);
    }
    if (!message) {
        return forget(desk, waiting->way.id);
    }
    send_for_job(desk, job, *box, *message,
                 [&](bool, std::string_view why) { save_failure(desk, waiting->way.id, why); });
    save_success(desk, *waiting);
}

}  // namespace

Notice notice_of(const std::vector<NoticeItem>& items, const std::string& shop_url) {
    Notice notice{.title = counted(items, false), .url = dashboard(shop_url, ""), .tag = "bell"};
    std::int64_t without_line = 0;
    for (const auto& item : items) {
        if (item.text.empty()) {
            without_line += item.count;
        } else {
            notice.lines.push_back({item.text, dashboard(shop_url, item.link)});
        }
    }
    if (without_line > 0) {
        const auto rest = counted(items, true);
        notice.more = notice.lines.empty() ? rest : fmt::format("and {} more: {}", without_line, rest);
    }
    if (notice.lines.size() == 1 && notice.more.empty()) {
        notice.url = notice.lines.front().url;
    }
    const auto about = items.front().about;
    if (std::all_of(items.begin(), items.end(), [&](const NoticeItem& item) { return item.about == about; })) {
        notice.tag = words_of(about).tag;
    }
    return notice;
}

Notice test_notice(const std::string& shop_url) {
    return {.title = "A test",
            .lines = {{"It works: this is how you are told", dashboard(shop_url, "account")}},
            .more = {},
            .url = dashboard(shop_url, "account"),
            .tag = "bell"};
}

Message notice_mail(const storage::View& view, const Desk& desk, const Outbox& box, const std::string& to,
                    const Notice& notice, const std::string& id, Time date) {
    auto values = mail_values(view, Language::english(), desk.url());
    auto lines = Json::array();
    for (const auto& line : notice.lines) {
        lines.push_back({{"text", line.text}, {"url", line.url}});
    }
    const bool alone = notice.lines.size() == 1 && notice.more.empty();
    values["title"] = notice.title;
    values["subject"] = alone ? notice.lines.front().text : notice.title;
    values["lines"] = std::move(lines);
    values["more"] = notice.more;
    values["dashboard_url"] = dashboard(desk.url(), "");
    return write_mail(desk.templates, box, {.name = "", .address = to}, "notice", values, Language::english(), id,
                      date);
}

Posted post_notice(Desk& desk, const std::string& url, const Notice& notice) {
    std::string body;
    for (const auto& line : notice.lines) {
        body += (body.empty() ? "" : "\n") + line.text;
    }
    if (!notice.more.empty()) {
        body += (body.empty() ? "" : "\n") + notice.more;
    }
    return post_to(desk, url, {{"Title", notice.title}, {"Tags", notice.tag}, {"Click", notice.url}}, body,
                   "text/plain; charset=utf-8");
}

LogReader notice_reader() {
    return {.name = kNoticeReader, .listens = anyone_is_told, .begin = [](storage::Transaction& tx, Time now) {
                keep_way_of_shop(tx, now);
                return [&tx, now, ways = ways_in_use(tx)](const LoggedEvent& event) { note(tx, ways, event, now); };
            }};
}

void add_notice_jobs(jobs::Workers& workers, Desk& desk) {
    workers.handle(kNoticeMailJob, [&desk](const jobs::Job& job) { send_by_mail(desk, job); });
    workers.handle(kNoticePostJob, [&desk](const jobs::Job& job) { send_by_post(desk, job); });
}

}  // namespace orderd::notify
