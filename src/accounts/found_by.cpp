#include "accounts/found_by.h"

#include <algorithm>
#include <functional>
#include <iterator>
#include <set>

#include "base/budgets.h"
#include "base/domain.h"
#include "base/folding.h"
#include "base/names.h"
#include "base/text.h"
#include "storage/settings.h"

namespace orderd::accounts {

namespace {

constexpr auto kAddFoundBy = "INSERT OR IGNORE INTO search_word (word, subject) VALUES (?1, ?2)";
constexpr auto kRemoveFoundBy = "DELETE FROM search_word WHERE word = ?1 AND subject = ?2";
constexpr auto kHasFoundBy = "SELECT 1 FROM search_word WHERE word = ?1 AND subject = ?2";
constexpr auto kSomeFoundBy = R"sql(
    SELECT subject FROM search_word WHERE word = ?1 AND subject < ?2 ORDER BY subject DESC LIMIT ?3
)sql";
constexpr auto kCountFoundBy = R"sql(
    SELECT count(*) FROM (SELECT 1 FROM search_word WHERE word = ?1 AND subject < ?2 LIMIT ?3)
)sql";

constexpr auto kRowsFrom = "SELECT word, subject FROM search_word WHERE word >= ?1 ORDER BY word, subject LIMIT ?2";
constexpr auto kRenewal = "SELECT kind, after FROM search_renewal ORDER BY kind LIMIT 1";
constexpr auto kAskForRenewal =
    "INSERT OR REPLACE INTO search_renewal (kind, after) VALUES ('customer', 0), ('order', 0)";
constexpr auto kRenewed = "UPDATE search_renewal SET after = ?2 WHERE kind = ?1";
constexpr auto kAllRenewed = "DELETE FROM search_renewal WHERE kind = ?1";

constexpr Names<Kind, 2> kKinds{{{{Kind::customer, "customer"}, {Kind::order, "order"}}}};

constexpr std::size_t kShortestBeginning = 3;  ///< letters
constexpr std::size_t kPhoneEnd = 6;           ///< digits: in front of them, people write what they like
constexpr std::size_t kLongestPostcode = 12;
constexpr std::int64_t kSlice = 500;  ///< rows of a word that are read at once

using Terms = std::vector<std::string>;
using Hashes = std::vector<std::int64_t>;

/// Words of names and places; none has a sign in it, as the other terms have.
Terms words_in(std::string_view text) { return folded_words(search_form(text)); }

std::string phone_term(std::string_view phone) {
    const auto digits = phone_digits(phone);
    return '+' + digits.substr(digits.size() - std::min(digits.size(), kPhoneEnd));
}

/// Where the character after `letters` characters begins.
std::size_t end_of(std::string_view word, std::size_t letters) {
    std::size_t at = 0;
    for (; letters > 0 && at < word.size(); --letters) {
        do {
            ++at;
        } while (at < word.size() && (static_cast<unsigned char>(word[at]) & 0xC0U) == 0x80U);
    }
    return at;
}

/// Whole words come first, so that those without beginnings are always the first of those with them.
Terms terms_of(const FoundBy& by, bool beginnings) {
    Terms terms;
    std::set<std::string> seen;
    const auto add = [&](std::string term) {
        if (terms.size() < budget::kFoundBy && seen.insert(term).second) {
            terms.push_back(std::move(term));
        }
    };
    for (const auto& phone : by.phones) {
        if (!phone_digits(phone).empty()) {
            add(phone_term(phone));
        }
    }
    for (const auto& email : by.emails) {
        if (!email.empty()) {
            add(mail_identity(email));
        }
    }
    for (const auto* texts : {&by.names, &by.places}) {
        for (const auto& text : *texts) {
            for (auto& word : words_in(text)) {
                add(std::move(word));
            }
        }
    }
    for (const auto& name : beginnings ? by.names : Terms()) {
        for (const auto& word : words_in(name)) {
            for (auto letters = kShortestBeginning; letters <= budget::kLongestBeginning; ++letters) {
                if (const auto end = end_of(word, letters); end < word.size()) {
                    add(word.substr(0, end));
                }
            }
        }
    }
    return terms;
}

std::string_view purpose_of(Kind kind) { return kind == Kind::order ? "order found by" : "customer found by"; }

/// 48 bits: SQLite stores them in six bytes, and a million words have no two that are the same.
std::int64_t of_48_bits(std::int64_t hash) { return hash >> 16; }

std::int64_t newest_hash(const storage::Vault& vault, Kind kind, std::string_view term) {
    return of_48_bits(vault.index(purpose_of(kind), term));
}

/// Of each key, newest first: the hashes of all terms.
std::vector<Hashes> hashes_by_key(const storage::Vault& vault, Kind kind, const Terms& terms) {
    std::vector<Hashes> by_key;
    for (const auto& term : terms) {
        const auto all = vault.indexes(purpose_of(kind), term);
        by_key.resize(std::max(by_key.size(), all.size()));
        for (std::size_t key = 0; key < all.size(); ++key) {
            by_key[key].push_back(of_48_bits(all[key]));
        }
    }
    return by_key;
}

std::set<std::int64_t> all_hashes(const storage::Vault& vault, Kind kind, const FoundBy& by) {
    std::set<std::int64_t> all;
    for (const auto& hashes : hashes_by_key(vault, kind, terms_of(by, true))) {
        all.insert(hashes.begin(), hashes.end());
    }
    return all;
}

bool looks_like_a_phone(std::string_view text) {
    return phone_digits(text).size() >= 3 && std::all_of(text.begin(), text.end(), [](char c) {
               return is_digit(c) || std::string_view("+-/(). ").find(c) != std::string_view::npos;
           });
}

/// What a text may mean: each is a list of terms that something must all have.
std::vector<Terms> meanings_of(std::string_view text) {
    const auto wanted = trimmed(text);
    if (wanted.find('@') != std::string_view::npos) {
        return {{mail_identity(wanted)}};
    }
    std::vector<Terms> meanings;
    if (looks_like_a_phone(wanted)) {
        meanings.push_back({phone_term(wanted)});
    }
    auto words = words_in(wanted);
    if (words.size() > 1) {  // "SW1A 1AA" and "SW1A1AA" are one postcode
        if (auto joined = joined_words(search_form(wanted)); joined.size() <= kLongestPostcode) {
            meanings.push_back({std::move(joined)});
        }
    }
    // The longest are probably the rarest.
    std::stable_sort(words.begin(), words.end(), [](const auto& a, const auto& b) { return a.size() > b.size(); });
    words.resize(std::min(words.size(), budget::kSearchWords));
    if (!words.empty()) {
        meanings.push_back(std::move(words));
    }
    return meanings;
}

/// Brings the rarest word to the front, as far as a look at each word's first rows tells.
void put_rarest_first(const storage::View& view, Hashes& words, std::int64_t below) {
    std::vector<std::pair<std::int64_t, std::int64_t>> counted;
    for (const auto word : words) {
        counted.emplace_back(view.value<std::int64_t>(kCountFoundBy, word, below, budget::kLookedAt).value_or(0), word);
    }
    std::stable_sort(counted.begin(), counted.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    std::transform(counted.begin(), counted.end(), words.begin(), [](const auto& one) { return one.second; });
}

/// The newest that have all words. Reads the rows of the rarest, and looks the others up.
Found find_with_all(const storage::View& view, Hashes words, std::int64_t below, std::int64_t most) {
    if (words.size() > 1) {
        put_rarest_first(view, words, below);
    }
    Found found;
    const auto slice = words.size() == 1 ? most : kSlice;
    for (std::int64_t looked = 0; looked < budget::kLookedAt; looked += slice) {
        std::vector<std::int64_t> some;
        view.each(
            kSomeFoundBy, [&](const storage::Row& row) { some.push_back(row.get<std::int64_t>(0)); }, words.front(),
            below, slice);
        for (const auto id : some) {
            below = id;
            if (std::all_of(std::next(words.begin()), words.end(),
                            [&](std::int64_t word) { return view.value<bool>(kHasFoundBy, word, id).has_value(); })) {
                found.ids.push_back(id);
                if (std::ssize(found.ids) == most) {
                    found.looked_to = below;
                    return found;
                }
            }
        }
        if (std::ssize(some) < slice) {
            return found;
        }
    }
    found.looked_to = below;
    return found;
}

}  // namespace

std::vector<std::string> places_of(const Address& address) {
    return {address.city, address.postal_code, joined_words(search_form(address.postal_code))};
}

bool finds_beginnings(const storage::View& view) { return settings::is_on(view, kSearchBeginnings, true); }

void write_found_by(storage::Transaction& tx, Kind kind, std::int64_t id, const FoundBy& by) {
    const bool beginnings = finds_beginnings(tx);
    std::set<std::int64_t> wanted;
    for (const auto& term : terms_of(by, beginnings)) {
        wanted.insert(newest_hash(tx.vault(), kind, term));
    }
    if (!beginnings || tx.vault().has_older()) {
        for (const auto word : all_hashes(tx.vault(), kind, by)) {
            if (!wanted.contains(word)) {
                tx.run(kRemoveFoundBy, word, id);
            }
        }
    }
    for (const auto word : wanted) {
        tx.run(kAddFoundBy, word, id);
    }
}

void forget_found_by(storage::Transaction& tx, Kind kind, std::int64_t id, const FoundBy& before,
                     const FoundBy& after) {
    const auto kept = all_hashes(tx.vault(), kind, after);
    for (const auto word : all_hashes(tx.vault(), kind, before)) {
        if (!kept.contains(word)) {
            tx.run(kRemoveFoundBy, word, id);
        }
    }
}

bool has_found_by(const storage::View& view, Kind kind, std::int64_t id, const FoundBy& by) {
    const auto terms = terms_of(by, finds_beginnings(view));
    return std::all_of(terms.begin(), terms.end(), [&](const std::string& term) {
        return view.value<bool>(kHasFoundBy, newest_hash(view.vault(), kind, term), id).has_value();
    });
}

bool is_found_by_older(const storage::View& view, Kind kind, std::int64_t id, const FoundBy& by) {
    const auto by_key = hashes_by_key(view.vault(), kind, terms_of(by, true));
    return std::any_of(by_key.begin() + (by_key.empty() ? 0 : 1), by_key.end(), [&](const Hashes& hashes) {
        return std::any_of(hashes.begin(), hashes.end(),
                           [&](std::int64_t word) { return view.value<bool>(kHasFoundBy, word, id).has_value(); });
    });
}

bool is_word_of(const storage::View& view, Kind kind, std::int64_t word, const FoundBy& by) {
    const auto terms = terms_of(by, finds_beginnings(view));
    return std::any_of(terms.begin(), terms.end(),
                       [&](const std::string& term) { return newest_hash(view.vault(), kind, term) == word; });
}

void Found::add(Found more) {
    ids.insert(ids.end(), more.ids.begin(), more.ids.end());
    if (more.looked_to) {
        looked_to = std::max(looked_to.value_or(*more.looked_to), *more.looked_to);
    }
}

void Found::tidy(std::int64_t most) {
    std::sort(ids.begin(), ids.end(), std::greater<>());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    if (looked_to) {  // of what is older, not all is known
        std::erase_if(ids, [&](std::int64_t id) { return id < *looked_to; });
    }
    if (std::ssize(ids) > most) {
        ids.resize(static_cast<std::size_t>(most));
        looked_to = ids.back();
    }
}

Found find(const storage::View& view, Kind kind, std::string_view text, std::int64_t below, std::int64_t most) {
    Found found;
    for (const auto& terms : meanings_of(text)) {
        for (auto& words : hashes_by_key(view.vault(), kind, terms)) {
            found.add(find_with_all(view, std::move(words), below, most));
        }
    }
    found.tidy(most);
    return found;
}

std::optional<Renewal> renewal(const storage::View& view) {
    return view.first(kRenewal, [](const storage::Row& row) {
        return Renewal{.kind = kKinds.parse(row.get<std::string_view>(0)).value(), .after = row.get<std::int64_t>(1)};
    });
}

void ask_for_renewal(storage::Transaction& tx) { tx.run(kAskForRenewal); }

void note_renewal(storage::Transaction& tx, Kind kind, std::optional<std::int64_t> after) {
    if (after) {
        tx.run(kRenewed, kKinds[kind], *after);
    } else {
        tx.run(kAllRenewed, kKinds[kind]);
    }
}

std::vector<IndexRow> rows_from(const storage::View& view, std::int64_t word, std::int64_t most) {
    std::vector<IndexRow> rows;
    view.each(
        kRowsFrom,
        [&](const storage::Row& row) {
            rows.push_back({.word = row.get<std::int64_t>(0), .subject = row.get<std::int64_t>(1)});
        },
        word, most);
    return rows;
}

}  // namespace orderd::accounts
