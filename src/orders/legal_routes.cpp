#include "api/fields.h"
#include "api/path_language.h"
#include "api/response.h"
#include "base/budgets.h"
#include "base/errors.h"
#include "base/text.h"
#include "orders/legal_texts.h"
#include "orders/routes.h"
#include "storage/shop_language.h"

namespace orderd::orders {

struct LegalTextBody {
    std::string text;
};

}  // namespace orderd::orders

namespace orderd {

template <>
struct api::Fields<orders::LegalTextBody> {
    static Declared<orders::LegalTextBody> value() {
        return object<orders::LegalTextBody>(
            "NewLegalText",
            {field(
                "text", &orders::LegalTextBody::text,
                Shape::lines(0, budget::kLegalText)
                    .described("with marks: # and ## for headings, - for items of lists, [text](https://…) for links; "
                               "empty: the shop has none in this language from here on")
                    .example("# Terms\n\nWe sell mugs."))});
    }
};

}  // namespace orderd

namespace orderd::orders {

namespace {

using api::Answer;
using api::Request;
using api::Shape;
using api::Who;

Answer list_in_force(Request& in, Desk& desk);
Answer list_texts(Request& in, Desk& desk);
Answer show_text(Request& in, Desk& desk);
Answer list_versions(Request& in, Desk& desk);
Answer put_text(Request& in, Desk& desk, LegalTextBody wanted);

Shape head_shape() {
    return Shape::object({{"kind", Shape::one_of(kLegalKinds.list())},
                          {"language", Shape::one_of(Language::codes())},
                          {"version", Shape::integer(0, INT64_MAX).described("0: none was ever written")},
                          {"created_at", Shape::time().nullable()}})
        .named("LegalTextVersion");
}

Shape text_shape() {
    return head_shape()
        .with({{"text", Shape::lines(0, budget::kLegalText).described("empty: there is none")}})
        .named("LegalText");
}

}  // namespace

void add_legal_routes(api::RouteTable& routes, Desk& desk) {
    api::rows_of(routes, "Orders", desk)(
        {.method = "GET",
         .path = "/legal-texts",
         .name = "legalTexts.inForce",
         .who = Who::anyone,
         .summary = "Name the legal texts that hold, as POST /orders takes them in accepted_terms",
         .query = {{"language", Shape::one_of(Language::codes()), "the customer's; the shop's if absent"}},
         .answers = {{200, Shape::object({{"data", Shape::list(legal_version_shape())}}).named("LegalTextsInForce")}}},
        list_in_force);
    const auto add = api::rows_of(routes, "Settings", desk);
    add({.method = "GET",
         .path = "/admin/texts",
         .name = "legalTexts.list",
         .who = Who::viewer,
         .summary = "List the newest version of each legal text in each language",
         .answers = {{200, Shape::object({{"data", Shape::list(head_shape())}}).named("LegalTexts")}}},
        list_texts);
    add({.method = "GET",
         .path = "/admin/texts/{kind}/{language}",
         .name = "legalTexts.get",
         .who = Who::viewer,
         .summary = "Read a legal text in a language, the newest version or an earlier one",
         .query = {{"version", Shape::id(), "the newest if absent"}},
         .answers = {{200, text_shape()}}},
        show_text);
    add({.method = "GET",
         .path = "/admin/texts/{kind}/{language}/versions",
         .name = "legalTexts.versions",
         .who = Who::viewer,
         .summary = "List the versions of a legal text in a language, newest first",
         .paged = true,
         .answers = {{200, Shape::page(head_shape())}}},
        list_versions);
    add({.method = "PUT",
         .path = "/admin/texts/{kind}/{language}",
         .name = "legalTexts.save",
         .who = Who::owner,
         .summary = "Save a legal text in a language as a new version; those before it stay readable",
         .answers = {{200, text_shape()}},
         .if_match = true},
        put_text);
}

namespace {

Json head_json(const LegalText& text) {
    return json_object({{"kind", kLegalKinds[text.of.kind]},
                        {"language", text.of.language},
                        {"version", text.of.version},
                        {"created_at", text.of.version == 0 ? Json(nullptr) : Json(rfc3339(text.created_at))}});
}

Answer answer_with(const LegalText& text) {
    auto json = head_json(text);
    json["text"] = text.text;
    return api::ok(std::move(json), text.of.version);
}

LegalKind kind_in(const Request& in) {
    const auto kind = kLegalKinds.parse(in.path_text("kind"));
    if (!kind) {
        throw not_found("legal text");
    }
    return *kind;
}

Answer list_in_force(Request& in, Desk&) {
    const auto view = in.read();
    const auto wanted = in.query("language");
    const auto& language = wanted ? *Language::find(*wanted) : settings::language(view);
    return api::ok({{"data", to_json(terms_for(view, language))}});
}

Answer list_texts(Request& in, Desk&) {
    auto rows = Json::array();
    for (const auto& text : all_newest(in.read())) {
        rows.push_back(head_json(text));
    }
    return api::ok({{"data", std::move(rows)}});
}

Answer show_text(Request& in, Desk&) {
    const auto kind = kind_in(in);
    const auto& language = api::language_in_path(in);
    const auto view = in.read();
    const auto version = in.query_integer("version");
    if (!version) {
        return answer_with(newest_text(view, kind, language));
    }
    const auto text = find_text(view, {.kind = kind, .version = *version, .language = language.code()});
    if (!text) {
        throw not_found("version");
    }
    return answer_with(*text);
}

Answer list_versions(Request& in, Desk&) {
    const auto page = in.page();
    auto versions = versions_of(in.read(), kind_in(in), api::language_in_path(in), page);
    const bool more = storage::cut(versions, page);
    auto rows = Json::array();
    for (const auto& version : versions) {
        rows.push_back(head_json(version));
    }
    const Json after = more ? rows.back().at("version") : Json(nullptr);
    return api::page(std::move(rows), after);
}

Answer put_text(Request& in, Desk&, LegalTextBody wanted) {
    const auto kind = kind_in(in);
    const auto& language = api::language_in_path(in);
    return in.mutate([&](storage::Transaction& tx) {
        const auto before = newest_text(tx, kind, language);
        in.check_version(before.of.version);
        return answer_with(save_text(tx, before, std::string(trimmed(wanted.text)), in.actor(), in.now()));
    });
}

}  // namespace

}  // namespace orderd::orders
