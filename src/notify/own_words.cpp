#include "notify/own_words.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <iterator>

#include "storage/events.h"
#include "storage/numbering.h"

namespace orderd::notify {

namespace {

constexpr auto kOwnTexts = "SELECT language, name, text, version FROM own_words WHERE language = ?1 ORDER BY name";
constexpr auto kOwnText = "SELECT language, name, text, version FROM own_words WHERE language = ?1 AND name = ?2";
constexpr auto kAllOwnTexts = "SELECT language, name, text, version FROM own_words WHERE text IS NOT NULL";
constexpr auto kSaveOwn =
    "INSERT INTO own_words (id, language, name, text, updated_at) "
    "VALUES (" ORDERD_NEXT_ID("own_words") ", ?1, ?2, ?3, ?4) "
    "ON CONFLICT (language, name) DO UPDATE SET text = excluded.text, version = version + 1, "
    "updated_at = excluded.updated_at";
constexpr auto kIdOfOwn = "SELECT id FROM own_words WHERE language = ?1 AND name = ?2";

OwnText own_of_row(const storage::Row& row) {
    return {.language = row.get<std::string>(0),
            .name = row.get<std::string>(1),
            .text = row.get<std::optional<std::string>>(2),
            .version = row.get<std::int64_t>(3)};
}

/// The placeholders of one text that another has not: "{order_number}, {total}".
std::string missing_in(const std::set<std::string>& wanted, const std::set<std::string>& given) {
    std::vector<std::string> missing;
    for (const auto& name : wanted) {
        if (!given.contains(name)) {
            missing.push_back(fmt::format("{{{}}}", name));
        }
    }
    return fmt::format("{}", fmt::join(missing, ", "));
}

}  // namespace

bool may_be_own(std::string_view name) {
    constexpr std::array<std::string_view, 7> kOthers{"format.",   "currency.", "country.", "language.",
                                                      "document.", "paid_by.",  "slip."};
    return Language::english().texts().contains(name) &&
           std::none_of(kOthers.begin(), kOthers.end(),
                        [&](std::string_view other) { return name.starts_with(other); });
}

std::string fault_of_own(std::string_view original, std::string_view text) {
    if (!has_whole_placeholders(text)) {
        return "has a brace that is not of a placeholder such as {shop_name}";
    }
    const auto wanted = placeholders_of(original);
    const auto given = placeholders_of(text);
    if (const auto missing = missing_in(wanted, given); !missing.empty()) {
        return fmt::format("has lost {}, in whose place a value stands", missing);
    }
    if (const auto unknown = missing_in(given, wanted); !unknown.empty()) {
        return fmt::format("has {}, for which there is no value here", unknown);
    }
    return "";
}

std::vector<OwnText> own_texts(const storage::View& view, const Language& language) {
    std::vector<OwnText> texts;
    view.each(
        kOwnTexts, [&](const storage::Row& row) { texts.push_back(own_of_row(row)); }, language.code());
    return texts;
}

OwnText own_text(const storage::View& view, const Language& language, const std::string& name) {
    return view.first(kOwnText, own_of_row, language.code(), name)
        .value_or(OwnText{.language = language.code(), .name = name, .text = {}, .version = 0});
}

OwnWords read_own_words(const storage::View& view) {
    OwnWords::ByLanguage texts;
    view.each(kAllOwnTexts, [&](const storage::Row& row) {
        auto own = own_of_row(row);
        const auto* language = Language::find(own.language);
        if (language != nullptr && may_be_own(own.name) &&
            fault_of_own(language->texts().at(own.name), *own.text).empty()) {
            texts[own.language].insert_or_assign(own.name, std::move(*own.text));
        }
    });
    return OwnWords(std::move(texts));
}

OwnText save_own(storage::Transaction& tx, const OwnText& before, const std::optional<std::string>& text,
                 const Actor& actor, Time now) {
    if (before.text == text) {
        return before;
    }
    tx.run(kSaveOwn, before.language, before.name, text, now);
    const events::Subject subject{"words", tx.value<std::int64_t>(kIdOfOwn, before.language, before.name).value()};
    const Json what{{"language", before.language}, {"name", before.name}};
    events::record(tx, "words.changed", subject, what, actor, now);
    const auto entry = [&](const std::optional<std::string>& own) {
        auto json = what;
        json["text"] = own ? Json(*own) : Json(nullptr);
        return json;
    };
    audit::record(tx, "words.change", subject, entry(before.text), entry(text), actor, now);
    tx.touched(storage::Topic::settings);
    return {.language = before.language, .name = before.name, .text = text, .version = before.version + 1};
}

}  // namespace orderd::notify
