#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/actor.h"
#include "base/errors.h"
#include "base/language.h"
#include "base/own_words.h"
#include "base/time.h"
#include "storage/from_settings.h"
#include "storage/writer.h"

namespace orderd::notify {

// The texts of mails and pages that a shop says in its own words, by language and by the name that the catalogue
// (base/languages) has for them.

/// Whether a shop may say a text in its own words: those of mails and pages, not the formats of numbers, the names of
/// countries, nor what is printed on documents and packing slips.
bool may_be_own(std::string_view name);

/// What is wrong with a text in place of the catalogue's; empty: nothing. It needs the same placeholders.
std::string fault_of_own(std::string_view original, std::string_view text);

struct OwnText {
    std::string language;
    std::string name;
    std::optional<std::string> text;  ///< nullopt: the catalogue's holds
    std::int64_t version = 0;         ///< 0: it was never changed
};

/// The texts of a language that were ever changed, by their names.
std::vector<OwnText> own_texts(const storage::View& view, const Language& language);
OwnText own_text(const storage::View& view, const Language& language, const std::string& name);

/// All that differ from the catalogue. What an older release had, and this one has not, or with other placeholders, is
/// left out.
OwnWords read_own_words(const storage::View& view);

/// Saves a text, or with nullopt goes back to the catalogue's. Records "words.changed". It shows from the next request on.
OwnText save_own(storage::Transaction& tx, const OwnText& before, const std::optional<std::string>& text,
                 const Actor& actor, Time now);

/// Those that read_own_words() reads.
class OwnWordsCache : public storage::FromSettings<OwnWords> {
public:
    explicit OwnWordsCache(storage::Store& store) : FromSettings(store, read_own_words) {}
};

}  // namespace orderd::notify
