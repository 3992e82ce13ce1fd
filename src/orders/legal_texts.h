#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/shape.h"
#include "base/actor.h"
#include "base/json.h"
#include "base/language.h"
#include "base/names.h"
#include "base/refused.h"
#include "base/time.h"
#include "storage/paging.h"
#include "storage/writer.h"

namespace orderd::orders {

// The shop's terms, and what else the law has it say. Each is written by language, as plain text with a few marks
// (base/marked_text.h). What is saved is a new version, and the ones before it stay readable: orders name those that their
// customers accepted.

enum class LegalKind { terms, privacy, withdrawal, imprint };

inline constexpr Names<LegalKind, 4> kLegalKinds{{{{LegalKind::terms, "terms"},
                                                   {LegalKind::privacy, "privacy"},
                                                   {LegalKind::withdrawal, "withdrawal"},
                                                   {LegalKind::imprint, "imprint"}}}};

/// Names one version of a text.
struct LegalVersion {
    LegalKind kind = LegalKind::terms;
    std::int64_t version = 0;
    std::string language;  ///< a language's code

    bool operator==(const LegalVersion&) const = default;
};

struct LegalText {
    LegalVersion of;
    std::string text;  ///< empty: there is none
    Time created_at;
};

inline constexpr Refused kTermsChanged{
    409, "terms_changed",
    "A legal text that the customer accepts is not the one that holds now: another version came after it was shown. "
    "`terms` names those that hold. Show them, and send their versions."};

/// The newest version in exactly this language; version 0 without a text if none was ever written.
LegalText newest_text(const storage::View& view, LegalKind kind, const Language& language);

/// One version. nullopt if there is none.
std::optional<LegalText> find_text(const storage::View& view, const LegalVersion& version);

/// The text that holds for who reads a language: its own, or else the shop's. nullopt if neither has one.
std::optional<LegalText> text_for(const storage::View& view, LegalKind kind, const Language& language);

/// Names what text_for() finds, of all kinds.
std::vector<LegalVersion> texts_for(const storage::View& view, const Language& language);

/// Those of them that an order accepts: all but the imprint.
std::vector<LegalVersion> terms_for(const storage::View& view, const Language& language);

/// All versions in a language, newest first, without their text.
std::vector<LegalText> versions_of(const storage::View& view, LegalKind kind, const Language& language,
                                   const storage::Page& page);

/// The newest versions of all kinds in all languages, without their text; those with version 0 too.
std::vector<LegalText> all_newest(const storage::View& view);

/// Saves a text as the next version; the same text again changes nothing. Records "legal_text.saved".
LegalText save_text(storage::Transaction& tx, const LegalText& before, const std::string& text, const Actor& actor,
                    Time now);

/// @throws Refusal 409 `terms_changed` if one of them is not the newest version in its language
void require_current(const storage::View& view, const std::vector<LegalVersion>& accepted, const Language& language);

/// The refusal, naming what holds now.
Refusal terms_changed(const storage::View& view, const Language& language);

/// As JSON, and as the column orders.accepted_terms has them.
Json to_json(const std::vector<LegalVersion>& versions);
Json to_column(const std::vector<LegalVersion>& versions);
std::vector<LegalVersion> versions_from_column(const Json& column);
api::Shape legal_version_shape();

}  // namespace orderd::orders
