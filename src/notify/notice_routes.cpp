#include "notify/notice_routes.h"

#include <fmt/format.h>

#include <algorithm>

#include "accounts/signing_in.h"
#include "api/refusals.h"
#include "base/errors.h"
#include "base/random.h"
#include "notify/mail_routes.h"
#include "notify/noticing.h"
#include "outgoing/public_address.h"

namespace orderd::notify {

namespace {

struct MailNotices {
    std::string address;
    std::vector<std::string> about;
};

struct PostNotices {
    std::string url;
    std::vector<std::string> about;
};

api::Shape about_shape() {
    return api::Shape::list(api::Shape::one_of(kAbouts.list()), 1, kAbouts.all.size())
        .described("what to be told of")
        .example(Json::array({"order_paid", "low_stock"}));
}

api::Shape address_shape() { return api::Shape::email().described("where to").example("anna@example.com"); }

api::Shape post_url_shape() {
    return api::Shape::text(1, 2000)
        .described("https://…, at a public address: a topic of ntfy, or what takes a text by POST")
        .example("https://ntfy.sh/a-topic-that-nobody-guesses");
}

}  // namespace

}  // namespace orderd::notify

namespace orderd {

template <>
struct api::Fields<notify::MailNotices> {
    static Declared<notify::MailNotices> value() {
        using notify::MailNotices;
        return object<MailNotices>("MailNotices", {field("address", &MailNotices::address, notify::address_shape()),
                                                   field("about", &MailNotices::about, notify::about_shape())});
    }
};

template <>
struct api::Fields<notify::PostNotices> {
    static Declared<notify::PostNotices> value() {
        using notify::PostNotices;
        return object<PostNotices>("PostNotices", {field("url", &PostNotices::url, notify::post_url_shape()),
                                                   field("about", &PostNotices::about, notify::about_shape())});
    }
};

}  // namespace orderd

namespace orderd::notify {

namespace {

using api::Answer;
using api::Request;
using api::Shape;
using api::Who;

Shape last_sent_shape() { return Shape::time().nullable().described("null: nothing went out yet"); }
Shape last_error_shape() { return Shape::text(0, 1000).described("why the last try failed; empty if it did not"); }

Shape mail_notices_shape() {
    return api::shape_of<MailNotices>()
        .with({{"last_sent_at", last_sent_shape()}, {"last_error", last_error_shape()}})
        .named("MailNoticesState");
}

Shape post_notices_shape() {
    return api::shape_of<PostNotices>()
        .with({{"last_sent_at", last_sent_shape()}, {"last_error", last_error_shape()}})
        .named("PostNoticesState");
}

Shape notices_shape() {
    return Shape::object({{"mail", mail_notices_shape().nullable().described("null: nothing by mail")},
                          {"post", post_notices_shape().nullable().described("null: nothing by POST")},
                          {"mail_set_up", Shape::boolean().described("whether the shop can send mail")}})
        .named("Notices");
}

Shape told_shape() { return Shape::object({{"sent_to", Shape::text(1, 2000)}}).named("NoticeTestSent"); }

/// Behind an API key there is nobody to tell.
AdminId who_asks(const Request& in) {
    return accounts::require_admin(in.caller(), "an API key is told of nothing: sign in first");
}

Json to_json(const NoticeWay& way) {
    auto about = Json::array();
    for (const auto one : way.about) {
        about.push_back(kAbouts[one]);
    }
    return {{way.way == Way::mail ? "address" : "url", way.address},
            {"about", std::move(about)},
            {"last_sent_at", way.sent_at ? Json(rfc3339(*way.sent_at)) : Json(nullptr)},
            {"last_error", way.last_error}};
}

Json way_json(const storage::View& view, AdminId admin, Way way) {
    const auto found = find_way(view, admin, way);
    return found ? to_json(*found) : Json(nullptr);
}

/// In the order of About, each once.
std::vector<About> abouts_of(const std::vector<std::string>& names) {
    std::vector<About> about;
    for (const auto& [value, name] : kAbouts.all) {
        if (std::find(names.begin(), names.end(), name) != names.end()) {
            about.push_back(value);
        }
    }
    return about;
}

Answer show_notices(Request& in, Desk&) {
    const auto admin = who_asks(in);
    const auto view = in.read();
    return api::ok({{"mail", way_json(view, admin, Way::mail)},
                    {"post", way_json(view, admin, Way::post)},
                    {"mail_set_up", is_mail_set_up(view)}});
}

Answer set_notices(Request& in, Way way, const std::string& address, const std::vector<std::string>& about) {
    const auto admin = who_asks(in);
    return in.mutate([&](storage::Transaction& tx) {
        return api::ok(to_json(set_way(tx, admin, way, address, abouts_of(about), in.actor(), in.now())));
    });
}

Answer set_mail_notices(Request& in, Desk&, MailNotices wanted) {
    return set_notices(in, Way::mail, wanted.address, wanted.about);
}

Answer set_post_notices(Request& in, Desk& desk, PostNotices wanted) {
    const auto fault = outgoing::fault_of_fetched_url(wanted.url, desk.private_webhooks);
    if (!fault.empty()) {
        throw invalid("/url", fault);
    }
    return set_notices(in, Way::post, wanted.url, wanted.about);
}

Answer end_notices(Request& in, Way way) {
    const auto admin = who_asks(in);
    return in.mutate([&](storage::Transaction& tx) {
        if (!remove_way(tx, admin, way, in.actor(), in.now())) {
            throw not_found("notice");
        }
        return api::no_content();
    });
}

Answer end_mail_notices(Request& in, Desk&) { return end_notices(in, Way::mail); }
Answer end_post_notices(Request& in, Desk&) { return end_notices(in, Way::post); }

NoticeWay own_way(Request& in, Way way) {
    const auto found = find_way(in.read(), who_asks(in), way);
    if (!found) {
        throw not_found("notice");
    }
    return *found;
}

Answer test_mail_notices(Request& in, Desk& desk) {
    const auto way = own_way(in, Way::mail);
    return send_at_once(in, desk, way.address, [&](const storage::View& view, const Outbox& box) {
        return notice_mail(view, desk, box, way.address, test_notice(desk.url()), random_token("notice-test-"),
                           in.now());
    });
}

Answer test_post_notices(Request& in, Desk& desk) {
    const auto way = own_way(in, Way::post);
    limit_tests(in, desk);
    const auto place = desk.places.take(in.caller());
    if (!place) {
        throw too_many_wait();
    }
    const auto done = post_notice(desk, way.address, test_notice(desk.url()));
    if (done.silent) {
        throw Refusal(kNoticeNotSent, done.error);
    }
    if (!done.delivered()) {
        throw Refusal(kNoticeNotTaken, done.error);
    }
    return api::ok({{"sent_to", way.address}});
}

}  // namespace

void add_notice_routes(api::RouteTable& routes, Desk& desk) {
    const auto add = api::rows_of(routes, "Users and keys", desk);
    add({.method = "GET",
         .path = "/admin/notices",
         .name = "notices.show",
         .who = Who::viewer,
         .summary = "What one is told of, and how",
         .answers = {{200, notices_shape()}},
         .refuses = {accounts::kSessionRequired}},
        show_notices);
    add({.method = "PUT",
         .path = "/admin/notices/mail",
         .name = "notices.setMail",
         .who = Who::viewer,
         .summary = "Be told of things by mail",
         .answers = {{200, mail_notices_shape()}},
         .refuses = {accounts::kSessionRequired}},
        set_mail_notices);
    add({.method = "PUT",
         .path = "/admin/notices/post",
         .name = "notices.setPost",
         .who = Who::viewer,
         .summary = "Be told of things by a POST to an address, as ntfy takes it",
         .answers = {{200, post_notices_shape()}},
         .refuses = {accounts::kSessionRequired}},
        set_post_notices);
    add({.method = "DELETE",
         .path = "/admin/notices/mail",
         .name = "notices.endMail",
         .who = Who::viewer,
         .summary = "Be told of nothing by mail any more",
         .answers = {{204, std::nullopt}},
         .refuses = {kNotFound, accounts::kSessionRequired}},
        end_mail_notices);
    add({.method = "DELETE",
         .path = "/admin/notices/post",
         .name = "notices.endPost",
         .who = Who::viewer,
         .summary = "Be told of nothing by POST any more",
         .answers = {{204, std::nullopt}},
         .refuses = {kNotFound, accounts::kSessionRequired}},
        end_post_notices);
    add({.method = "POST",
         .path = "/admin/notices/mail/test",
         .name = "notices.testMail",
         .who = Who::viewer,
         .summary = "Send oneself a test by mail",
         .answers = {{200, told_shape()}},
         .refuses = {kNotFound, accounts::kSessionRequired, kMailNotSetUp, kMailRefused, kMailNotSent, kTooManyWait,
                     api::kTooManyRequests}},
        test_mail_notices);
    add({.method = "POST",
         .path = "/admin/notices/post/test",
         .name = "notices.testPost",
         .who = Who::viewer,
         .summary = "Send oneself a test by POST",
         .answers = {{200, told_shape()}},
         .refuses = {kNotFound, accounts::kSessionRequired, kNoticeNotTaken, kNoticeNotSent, kTooManyWait,
                     api::kTooManyRequests}},
        test_post_notices);
}

}  // namespace orderd::notify
