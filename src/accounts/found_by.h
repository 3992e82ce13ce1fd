#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "accounts/contact.h"
#include "storage/writer.h"

namespace orderd::accounts {

// The search index of customers and orders: one table of keyed hashes (search_word). What is personal stays sealed; who has
// the key can ask whether somebody is found by a word.

/// Whose rows they are. The hashes of the two differ.
enum class Kind { customer, order };

/// What a customer or an order is found by.
struct FoundBy {
    std::vector<std::string> names = {};   ///< by each word, and by its beginnings from three letters on
    std::vector<std::string> places = {};  ///< towns and postcodes: by whole words
    std::vector<std::string> phones = {};  ///< by the last six digits
    std::vector<std::string> emails = {};  ///< by the whole address

    bool operator==(const FoundBy&) const = default;
};

/// The places of an address.
std::vector<std::string> places_of(const Address& address);

/// Whether names are found by beginnings of their words, too: the setting that is written by this name.
inline constexpr auto kSearchBeginnings = "search_name_beginnings";
bool finds_beginnings(const storage::View& view);

/// Makes the rows of one customer or order what they should be under the newest key and today's setting, wherever `by` was
/// the same before. Changes nothing if they are.
void write_found_by(storage::Transaction& tx, Kind kind, std::int64_t id, const FoundBy& by);

/// Removes the rows of what was true and is no more, under whichever key: in the transaction that makes it untrue.
void forget_found_by(storage::Transaction& tx, Kind kind, std::int64_t id, const FoundBy& before,
                     const FoundBy& after = {});

/// Whether all rows are there that write_found_by() would write.
bool has_found_by(const storage::View& view, Kind kind, std::int64_t id, const FoundBy& by);

/// Whether rows of it are under an older key: write_found_by() makes them anew.
bool is_found_by_older(const storage::View& view, Kind kind, std::int64_t id, const FoundBy& by);

/// Whether a row of the index is one of these.
bool is_word_of(const storage::View& view, Kind kind, std::int64_t word, const FoundBy& by);

/// Some of what a search finds, newest first.
struct Found {
    std::vector<std::int64_t> ids = {};
    std::optional<std::int64_t> looked_to = {};  ///< what was found from this number on is here; nullopt: all is

    void add(Found more);

    /// In order, each once, at most `most`.
    void tidy(std::int64_t most);
};

/// The newest, below a number, that are found by a text: an e-mail address, a telephone number of at least six digits, or
/// words that all have to fit. Looks at no more than budget::kLookedAt rows of a word, and may so find fewer than `most`
/// although there are more: looked_to says where to go on.
Found find(const storage::View& view, Kind kind, std::string_view text, std::int64_t below, std::int64_t most);

/// Of what the index is being made anew, and up to which one that is done: where it was not kept before, or is to be kept in
/// another way. A crash loses no more than the slice under way.
struct Renewal {
    Kind kind{};
    std::int64_t after = 0;
};
std::optional<Renewal> renewal(const storage::View& view);

/// Has all rows made anew; from the beginning, if that was under way.
void ask_for_renewal(storage::Transaction& tx);

/// @param after  nullopt: it is done
void note_renewal(storage::Transaction& tx, Kind kind, std::optional<std::int64_t> after);

/// A row of the index.
struct IndexRow {
    std::int64_t word = 0;
    std::int64_t subject = 0;
};

/// The rows from a word on, at most so many.
std::vector<IndexRow> rows_from(const storage::View& view, std::int64_t word, std::int64_t most);

}  // namespace orderd::accounts
