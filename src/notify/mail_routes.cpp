#include "notify/mail_routes.h"

#include <fmt/format.h>

#include <chrono>

#include "api/pages.h"
#include "api/refusals.h"
#include "base/errors.h"
#include "base/random.h"
#include "base/waiting_places.h"
#include "fulfillment/shop_values.h"
#include "notify/mail.h"
#include "notify/mail_settings.h"
#include "notify/values.h"
#include "notify/writing.h"
#include "orders/links.h"

namespace orderd::notify {

namespace {

struct MailTest {
    std::string to;
};

}  // namespace

}  // namespace orderd::notify

namespace orderd {

template <>
struct api::Fields<notify::MailTest> {
    static Declared<notify::MailTest> value() {
        return object<notify::MailTest>("MailTest", {field("to", &notify::MailTest::to, Shape::email())});
    }
};

}  // namespace orderd

namespace orderd::notify {

namespace {

using api::Answer;
using api::Request;
using api::Shape;
using api::Who;

constexpr Refused kMailNotSetUp{409, "mail_not_set_up",
                                "No mail server is set up: the setting mail is null. Set it first."};
constexpr Refused kMailRefused{
    409, "mail_refused",
    "The mail server refused the mail; detail is the server's own reason. Correct the settings or the address."};
constexpr Refused kMailNotSent{
    503, "mail_not_sent",
    "The mail server did not answer, or not sensibly; detail says what happened. Check host, port and TLS in the "
    "settings, or try again."};

Answer send_test(Request& in, Desk& desk, MailTest wanted) {
    // Without a limit, this could scan a network, since the settings may name any host and port.
    const RateLimiter::Instant now{std::chrono::milliseconds(in.now().ms)};
    if (const int seconds = desk.mail_tests.take("", now); seconds > 0) {
        throw Refusal(api::kTooManyRequests,
                      fmt::format("mail is tried at most {} times a minute; try again in {} s", kMailTests, seconds))
            .retry_after(seconds);
    }
    std::optional<Outbox> box;
    Json values;
    {
        const auto view = in.read();
        box = read_outbox(view, *desk.smtp_password, desk.outgoing, desk.smtp_answer_within);
        values = fulfillment::shop_values(view);
    }
    if (!box) {
        throw Refusal(kMailNotSetUp, "no mail server is set up: the setting \"mail\" is null");
    }
    const auto place = desk.places.take(in.caller());
    if (!place) {
        throw too_many_wait();
    }
    try {
        send(desk.post, *box,
             write_mail(desk.templates, *box, {.name = "", .address = wanted.to}, "test", values, Language::english(),
                        random_token("test-"), in.now()));
    } catch (const SmtpError& error) {
        if (error.outcome() == SmtpError::Outcome::refused) {
            throw Refusal(kMailRefused, error.what());
        }
        throw Refusal(kMailNotSent, error.what());
    }
    return api::ok({{"sent_to", wanted.to}});
}

Shape mail_shape_of_list() {
    return Shape::object({{"id", Shape::id()},
                          {"kind", Shape::text(1, 40).described("of its templates: order_placed, shipped, …")},
                          {"order_id", Shape::id().nullable().described("null: it is about stock or an account")},
                          {"event_sequence", Shape::id().described("of the event that asked for it")},
                          {"status", Shape::one_of(mail_statuses())},
                          {"attempts", Shape::integer(0, 1'000'000)},
                          {"last_error", Shape::text(0, 1000).described("or why it was skipped")},
                          {"created_at", Shape::time()},
                          {"updated_at", Shape::time()}})
        .named("Mail");
}

Answer mails_page(Request& in, Desk&) {
    const auto page = in.page();
    auto found = list_mails(in.read(), {.order = in.query_integer("order_id"), .status = in.query("status")}, page);
    const bool more = storage::cut(found, page);
    auto rows = Json::array();
    for (const auto& mail : found) {
        rows.push_back(to_json(mail));
    }
    const Json after = more ? rows.back().at("id") : Json(nullptr);
    return api::page(std::move(rows), after);
}

Answer show_receipt(Request& in, Desk& desk) {
    const auto view = in.read();
    const auto order = orders::order_of_receipt(view.vault(), in.path_text("link"));
    if (!order) {
        throw not_found("page");
    }
    const auto shown = orders::get(view, *order);
    return api::page(desk.templates, "receipt.html", order_values(view, shown, desk.url(), desk.simulated),
                     *shown.language);
}

}  // namespace

void add_mail_routes(api::RouteTable& routes, Desk& desk) {
    const auto add = api::rows_of(routes, "Settings", desk);
    add({.method = "POST",
         .path = "/admin/settings/mail/test",
         .name = "mails.test",
         .who = Who::owner,
         .summary = "Send a test mail with the current settings",
         .answers = {{200, Shape::object({{"sent_to", Shape::email()}}).named("MailTestSent")}},
         .refuses = {kMailNotSetUp, kMailRefused, kMailNotSent, kTooManyWait, api::kTooManyRequests}},
        send_test);
    const auto add_to_orders = api::rows_of(routes, "Orders", desk);
    add_to_orders({.method = "GET",
                   .path = "/admin/mails",
                   .name = "mails.list",
                   .who = Who::viewer,
                   .summary = "List the mails that were sent or will be",
                   .query = {{"order_id", Shape::id(), "about this order"},
                             {"status", Shape::one_of(mail_statuses()), "in this state"}},
                   .paged = true,
                   .answers = {{200, Shape::page(mail_shape_of_list())}}},
                  mails_page);
    add_to_orders({.method = "GET",
                   .path = "/receipt/{link}",
                   .name = "receipts.page",
                   .who = Who::anyone,
                   .summary = "An order's receipt as a page, for whoever has its link",
                   .answers = {{200, std::nullopt, "text/html; charset=utf-8"}}},
                  show_receipt);
}

}  // namespace orderd::notify
