#include "notify/words_routes.h"

#include <fmt/format.h>

#include "api/path_language.h"
#include "api/refusals.h"
#include "base/errors.h"
#include "base/random.h"
#include "base/text.h"
#include "notify/mail_routes.h"
#include "notify/own_words.h"
#include "notify/words_bodies.h"
#include "notify/writing.h"

namespace orderd::notify {

namespace {

using api::Answer;
using api::Request;
using api::Shape;
using api::Who;

Answer list_words(Request& in, Desk& desk);
Answer show_words(Request& in, Desk& desk);
Answer put_words(Request& in, Desk& desk, OwnTextBody wanted);
Answer preview_mail(Request& in, Desk& desk, MailPreview wanted);
Answer try_mail(Request& in, Desk& desk, MailTrial wanted);

Shape words_shape() {
    const auto text = Shape::text(1, budget::kOwnWords);
    return Shape::object(
               {{"name", Shape::text(1, 80).described("of the text: the mail or the page, and what it is there")},
                {"original", text},
                {"text", Shape::text(1, budget::kOwnWords).nullable().described("the shop's own; null: the original")},
                {"placeholders", Shape::list(Shape::text(1, 80)).described("in whose place values stand")},
                {"version", Shape::integer(0, INT64_MAX)}})
        .named("Words");
}

Shape written_shape() {
    return Shape::object({{"subject", Shape::text(0, 10'000)},
                          {"text", Shape::lines(0, 1'000'000)},
                          {"html", Shape::lines(0, 1'000'000)}})
        .named("WrittenMail");
}

}  // namespace

void add_words_routes(api::RouteTable& routes, Desk& desk) {
    const auto add = api::rows_of(routes, "Settings", desk);
    add({.method = "GET",
         .path = "/admin/words/{language}",
         .name = "words.list",
         .who = Who::viewer,
         .summary = "List the texts of mails and pages in a language, and which the shop says in its own words",
         .answers = {{200, Shape::object({{"data", Shape::list(words_shape(), 0, kMostTexts)}}).named("AllWords")}}},
        list_words);
    add({.method = "GET",
         .path = "/admin/words/{language}/{name}",
         .name = "words.get",
         .who = Who::viewer,
         .summary = "Read a text of mails and pages in a language",
         .answers = {{200, words_shape()}}},
        show_words);
    add({.method = "PUT",
         .path = "/admin/words/{language}/{name}",
         .name = "words.save",
         .who = Who::owner,
         .summary = "Say a text of mails and pages in the shop's own words, or as it was again",
         .answers = {{200, words_shape()}},
         .if_match = true},
        put_words);
    add({.method = "POST",
         .path = "/admin/mails/preview",
         .name = "words.preview",
         .who = Who::owner,
         .summary = "Show how a mail about an order reads; nothing is sent",
         .answers = {{200, written_shape()}},
         .refuses = {kNotFound}},
        preview_mail);
    add({.method = "POST",
         .path = "/admin/mails/test",
         .name = "words.testMail",
         .who = Who::owner,
         .summary = "Send a mail about an order to oneself, as its customer would get it",
         .answers = {{200, sent_shape()}},
         .refuses = {kNotFound, kMailNotSetUp, kMailRefused, kMailNotSent, kTooManyWait, api::kTooManyRequests}},
        try_mail);
}

namespace {

Json words_json(const Language& language, const OwnText& own) {
    const auto& original = language.texts().at(own.name);
    return json_object({{"name", own.name},
                        {"original", original},
                        {"text", own.text ? Json(*own.text) : Json(nullptr)},
                        {"placeholders", placeholders_of(original)},
                        {"version", own.version}});
}

std::string name_of_words(const Request& in) {
    auto name = in.path_text("name");
    if (!may_be_own(name)) {
        throw not_found("text");
    }
    return name;
}

Answer list_words(Request& in, Desk&) {
    const auto& language = api::language_in_path(in);
    std::map<std::string, OwnText, std::less<>> own;
    for (auto& text : own_texts(in.read(), language)) {
        own.emplace(text.name, std::move(text));
    }
    auto rows = Json::array();
    for (const auto& [name, original] : language.texts()) {
        if (may_be_own(name)) {
            const auto found = own.find(name);
            rows.push_back(words_json(
                language, found != own.end()
                              ? found->second
                              : OwnText{.language = language.code(), .name = name, .text = {}, .version = 0}));
        }
    }
    return api::ok({{"data", std::move(rows)}});
}

Answer show_words(Request& in, Desk&) {
    const auto& language = api::language_in_path(in);
    const auto own = own_text(in.read(), language, name_of_words(in));
    return api::ok(words_json(language, own), own.version);
}

Answer put_words(Request& in, Desk&, OwnTextBody wanted) {
    const auto& language = api::language_in_path(in);
    const auto name = name_of_words(in);
    const auto& original = language.texts().at(name);
    if (wanted.text) {
        wanted.text = std::string(trimmed(*wanted.text));
        if (auto fault = fault_of_own(original, *wanted.text); !fault.empty()) {
            throw invalid("/text", fault);
        }
        if (*wanted.text == original) {
            wanted.text.reset();
        }
    }
    return in.mutate([&](storage::Transaction& tx) {
        const auto before = own_text(tx, language, name);
        in.check_version(before.version);
        const auto saved = save_own(tx, before, wanted.text, in.actor(), in.now());
        return api::ok(words_json(language, saved), saved.version);
    });
}

/// The shop's words with those that are tried out.
std::shared_ptr<const OwnWords> words_with(const Desk& desk, const MailPreview& wanted, const Language& language) {
    auto all = desk.words()->texts();
    std::vector<Fault> faults;
    for (std::size_t i = 0; i < wanted.words.size(); ++i) {
        const auto& [name, text] = wanted.words[i];
        if (!may_be_own(name)) {
            faults.push_back({fmt::format("/words/{}/name", i), "is not the name of a text"});
        } else if (auto fault = fault_of_own(language.texts().at(name), text); !fault.empty()) {
            faults.push_back({fmt::format("/words/{}/text", i), std::move(fault)});
        } else {
            all[language.code()].insert_or_assign(name, text);
        }
    }
    if (!faults.empty()) {
        throw Refusal(std::move(faults));
    }
    return std::make_shared<const OwnWords>(std::move(all));
}

/// What a mail about an order would be, for whoever it goes to.
Message write_sample(const storage::View& view, const Desk& desk, const MailPreview& wanted, const Outbox& box,
                     const Mailbox& to, Time now) {
    auto order = orders::get(view, wanted.order);
    if (wanted.language) {
        order.language = Language::find(*wanted.language);
    }
    const OwnWords::Scope own(words_with(desk, wanted, *order.language));
    const auto values = sample_values(view, desk, order, wanted.mail);
    if (!values) {
        throw invalid("/order_id", "is an order whose customer was erased");
    }
    return write_mail(desk.templates, box, to, wanted.mail, *values, *order.language, random_token("sample-"), now);
}

Answer preview_mail(Request& in, Desk& desk, MailPreview wanted) {
    Outbox nobody;
    nobody.from = {.name = "", .address = "shop@example.com"};
    const auto mail =
        write_sample(in.read(), desk, wanted, nobody, {.name = "", .address = "customer@example.com"}, in.now());
    return api::ok({{"subject", mail.subject}, {"text", mail.text}, {"html", mail.html}});
}

Answer try_mail(Request& in, Desk& desk, MailTrial wanted) {
    return send_at_once(in, desk, wanted.to, [&](const storage::View& view, const Outbox& box) {
        return write_sample(view, desk, wanted, box, {.name = "", .address = wanted.to}, in.now());
    });
}

}  // namespace

}  // namespace orderd::notify
