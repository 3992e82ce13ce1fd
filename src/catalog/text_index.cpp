#include "catalog/text_index.h"

#include <algorithm>
#include <optional>

#include "base/folding.h"
#include "storage/every_row.h"

namespace orderd::catalog {

namespace {

// A group's row is its id below 0.
constexpr auto kForgetText = "DELETE FROM product_text WHERE rowid = ?1";
constexpr auto kForgetWords = "DELETE FROM product_word WHERE rowid = ?1";
constexpr auto kIndexText = "INSERT INTO product_text (rowid, sku, name, description) VALUES (?1, ?2, ?3, ?4)";
constexpr auto kIndexWords = "INSERT INTO product_word (rowid, sku, name) VALUES (?1, ?2, ?3)";
constexpr auto kTexts = "SELECT sku, name_key, description FROM product WHERE id = ?1";
constexpr auto kEveryProduct = "SELECT id FROM product WHERE id > ?1 ORDER BY id LIMIT ?2";
constexpr auto kEveryGroup = "SELECT id FROM product_group WHERE id > ?1 ORDER BY id LIMIT ?2";

void index(storage::Transaction& tx, std::int64_t row, const Texts& texts) {
    tx.run(kForgetText, row);
    tx.run(kForgetWords, row);
    tx.run(kIndexText, row, texts.sku, texts.name, texts.description);
    tx.run(kIndexWords, row, words_apart(texts.sku), words_apart(texts.name) + ' ' + single_words(texts.description));
}

std::string name_and_values(const Group& group) {
    auto name = group.name;
    for (const auto& option : group.options) {
        for (const auto& value : option.values) {
            name += ' ' + value;
        }
    }
    return name;
}

Texts texts_of(const Group& group) {
    return {search_form(group.handle), search_form(name_and_values(group)), search_form(group.description)};
}

bool has_all(const Words& words, const std::string& sku, const std::string& name, std::string_view description) {
    const auto begins = [&](const std::string& word) { return has_beginning(sku, word) || has_beginning(name, word); };
    std::optional<std::string> folded_description;
    const auto is_anywhere = [&](const std::string& word) {
        if (sku.find(word) != std::string::npos || name.find(word) != std::string::npos) {
            return true;
        }
        if (!folded_description) {
            folded_description = search_form(description);
        }
        return folded_description->find(word) != std::string::npos;
    };
    return std::all_of(words.beginning.begin(), words.beginning.end(), begins) &&
           std::all_of(words.anywhere.begin(), words.anywhere.end(), is_anywhere);
}

}  // namespace

Texts texts_of(const Product& product) {
    return {search_form(product.sku), search_form(product.name), search_form(product.description)};
}

bool has_words(const storage::View& view, ProductId id, const Words& words) {
    return view
        .first(
            kTexts,
            [&](const storage::Row& row) {
                return has_all(words, search_form(row.get<std::string_view>(0)), row.get<std::string>(1),
                               row.get<std::string_view>(2));
            },
            id)
        .value();
}

bool has_words(const Group& group, const Words& words) {
    return has_all(words, search_form(group.handle), search_form(name_and_values(group)), group.description);
}

void index_texts(storage::Transaction& tx, const Product& product) { index(tx, number(product.id), texts_of(product)); }

void index_texts(storage::Transaction& tx, const Group& group) { index(tx, -number(group.id), texts_of(group)); }

void index_all_texts(storage::Transaction& tx) {
    storage::for_each_row(tx, kEveryProduct, [&](std::int64_t id) { index_texts(tx, get(tx, ProductId{id})); });
    storage::for_each_row(tx, kEveryGroup, [&](std::int64_t id) { index_texts(tx, get_group(tx, GroupId{id})); });
}

}  // namespace orderd::catalog
