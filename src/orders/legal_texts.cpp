#include "orders/legal_texts.h"

#include <fmt/format.h>

#include "base/errors.h"
#include "storage/events.h"
#include "storage/numbering.h"
#include "storage/shop_language.h"

namespace orderd::orders {

namespace {

constexpr auto kNewestText = R"sql(
    SELECT version, text, created_at FROM legal_text WHERE kind = ?1 AND language = ?2 ORDER BY version DESC LIMIT 1
)sql";
constexpr auto kNewestHead = R"sql(
    SELECT version, text <> '', created_at FROM legal_text
     WHERE kind = ?1 AND language = ?2 ORDER BY version DESC LIMIT 1
)sql";
constexpr auto kFindText =
    "SELECT version, text, created_at FROM legal_text WHERE kind = ?1 AND language = ?2 AND version = ?3";
constexpr auto kTextVersions = R"sql(
    SELECT version, created_at FROM legal_text
     WHERE kind = ?1 AND language = ?2 AND version < ?3 ORDER BY version DESC LIMIT ?4
)sql";
constexpr auto kInsertText =
    "INSERT INTO legal_text (id, kind, language, version, text, created_at) "
    "VALUES (" ORDERD_NEXT_ID("legal_text") ", ?1, ?2, ?3, ?4, ?5)";

LegalText text_of_row(const storage::Row& row, LegalKind kind, const Language& language) {
    return {.of = {.kind = kind, .version = row.get<std::int64_t>(0), .language = language.code()},
            .text = row.get<std::string>(1),
            .created_at = row.get<Time>(2)};
}

LegalText none_of(LegalKind kind, const Language& language) {
    return {.of = {.kind = kind, .version = 0, .language = language.code()}, .text = {}, .created_at = {}};
}

/// The newest version, and whether it has a text.
struct Head {
    LegalText text;
    bool exists = false;
};

Head newest_head(const storage::View& view, LegalKind kind, const Language& language) {
    const auto read = [&](const storage::Row& row) {
        return Head{.text = {.of = {.kind = kind, .version = row.get<std::int64_t>(0), .language = language.code()},
                             .text = {},
                             .created_at = row.get<Time>(2)},
                    .exists = row.get<bool>(1)};
    };
    return view.first(kNewestHead, read, kLegalKinds[kind], language.code())
        .value_or(Head{.text = none_of(kind, language), .exists = false});
}

/// The version that text_for() finds.
std::optional<LegalVersion> version_for(const storage::View& view, LegalKind kind, const Language& language) {
    for (const auto* of : {&language, &settings::language(view)}) {
        if (auto head = newest_head(view, kind, *of); head.exists) {
            return std::move(head.text.of);
        }
    }
    return std::nullopt;
}

}  // namespace

LegalText newest_text(const storage::View& view, LegalKind kind, const Language& language) {
    const auto read = [&](const storage::Row& row) { return text_of_row(row, kind, language); };
    return view.first(kNewestText, read, kLegalKinds[kind], language.code()).value_or(none_of(kind, language));
}

std::optional<LegalText> find_text(const storage::View& view, const LegalVersion& version) {
    const auto* language = Language::find(version.language);
    if (language == nullptr) {
        return std::nullopt;
    }
    const auto read = [&](const storage::Row& row) { return text_of_row(row, version.kind, *language); };
    return view.first(kFindText, read, kLegalKinds[version.kind], language->code(), version.version);
}

std::optional<LegalText> text_for(const storage::View& view, LegalKind kind, const Language& language) {
    const auto version = version_for(view, kind, language);
    return version ? find_text(view, *version) : std::nullopt;
}

std::vector<LegalVersion> texts_for(const storage::View& view, const Language& language) {
    std::vector<LegalVersion> found;
    for (const auto& [kind, name] : kLegalKinds.all) {
        if (auto version = version_for(view, kind, language)) {
            found.push_back(std::move(*version));
        }
    }
    return found;
}

std::vector<LegalVersion> terms_for(const storage::View& view, const Language& language) {
    auto found = texts_for(view, language);
    std::erase_if(found, [](const LegalVersion& version) { return version.kind == LegalKind::imprint; });
    return found;
}

std::vector<LegalText> versions_of(const storage::View& view, LegalKind kind, const Language& language,
                                   const storage::Page& page) {
    std::vector<LegalText> versions;
    view.each(
        kTextVersions,
        [&](const storage::Row& row) {
            versions.push_back({.of = {.kind = kind, .version = row.get<std::int64_t>(0), .language = language.code()},
                                .text = {},
                                .created_at = row.get<Time>(1)});
        },
        kLegalKinds[kind], language.code(), storage::below_id(page), storage::rows_to_read(page));
    return versions;
}

std::vector<LegalText> all_newest(const storage::View& view) {
    std::vector<LegalText> texts;
    for (const auto& [kind, name] : kLegalKinds.all) {
        for (const auto& language : Language::all()) {
            texts.push_back(newest_head(view, kind, language).text);
        }
    }
    return texts;
}

LegalText save_text(storage::Transaction& tx, const LegalText& before, const std::string& text, const Actor& actor,
                    Time now) {
    if (before.text == text) {
        return before;
    }
    auto saved = before;
    saved.of.version = before.of.version + 1;
    saved.text = text;
    saved.created_at = now;
    const auto kind = kLegalKinds[saved.of.kind];
    const auto id = tx.insert(kInsertText, kind, saved.of.language, saved.of.version, text, now);
    const events::Subject subject{"legal_text", id};
    const Json what{{"kind", kind}, {"language", saved.of.language}, {"version", saved.of.version}};
    events::record(tx, "legal_text.saved", subject, what, actor, now);
    auto was = what;
    was["version"] = before.of.version;
    audit::record(tx, "legal_text.save", subject, was, what, actor, now);
    tx.touched(storage::Topic::settings);
    return saved;
}

Refusal terms_changed(const storage::View& view, const Language& language) {
    return Refusal(kTermsChanged, "a legal text was changed after it was shown")
        .with("terms", to_json(terms_for(view, language)));
}

void require_current(const storage::View& view, const std::vector<LegalVersion>& accepted, const Language& language) {
    for (const auto& version : accepted) {
        const auto* of = Language::find(version.language);
        const auto head = of == nullptr ? Head{} : newest_head(view, version.kind, *of);
        if (!head.exists || head.text.of.version != version.version) {
            throw terms_changed(view, language);
        }
    }
}

Json to_json(const std::vector<LegalVersion>& versions) {
    auto list = Json::array();
    for (const auto& one : versions) {
        list.push_back({{"kind", kLegalKinds[one.kind]}, {"version", one.version}, {"language", one.language}});
    }
    return list;
}

Json to_column(const std::vector<LegalVersion>& versions) {
    auto list = Json::array();
    for (const auto& one : versions) {
        list.push_back(Json::array({kLegalKinds[one.kind], one.version, one.language}));
    }
    return list;
}

std::vector<LegalVersion> versions_from_column(const Json& column) {
    std::vector<LegalVersion> versions;
    for (const auto& one : column) {
        versions.push_back({.kind = kLegalKinds.stored(one.at(0).get_ref<const std::string&>()),
                            .version = one.at(1).get<std::int64_t>(),
                            .language = one.at(2).get<std::string>()});
    }
    return versions;
}

api::Shape legal_version_shape() {
    using api::Shape;
    return Shape::object({{"kind", Shape::one_of(kLegalKinds.list())},
                          {"version", Shape::id()},
                          {"language", Shape::one_of(Language::codes())}})
        .named("LegalVersion");
}

}  // namespace orderd::orders
