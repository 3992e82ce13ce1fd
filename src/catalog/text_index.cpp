#include "catalog/text_index.h"

#include "base/folding.h"
#include "storage/every_row.h"

namespace orderd::catalog {

namespace {

// A group's row is its id below 0.
constexpr auto kForgetText = "DELETE FROM product_text WHERE rowid = ?1";
constexpr auto kForgetWords = "DELETE FROM product_word WHERE rowid = ?1";
constexpr auto kIndexText = "INSERT INTO product_text (rowid, sku, name, description) VALUES (?1, ?2, ?3, ?4)";
constexpr auto kIndexWords = "INSERT INTO product_word (rowid, sku, name) VALUES (?1, ?2, ?3)";
constexpr auto kEveryProduct = "SELECT id FROM product WHERE id > ?1 ORDER BY id LIMIT ?2";
constexpr auto kEveryGroup = "SELECT id FROM product_group WHERE id > ?1 ORDER BY id LIMIT ?2";

struct Texts {
    std::string sku;
    std::string name;
    std::string description;
};

void index(storage::Transaction& tx, std::int64_t row, const Texts& texts) {
    tx.run(kForgetText, row);
    tx.run(kForgetWords, row);
    tx.run(kIndexText, row, texts.sku, texts.name, texts.description);
    tx.run(kIndexWords, row, texts.sku, texts.name);
}

}  // namespace

void index_texts(storage::Transaction& tx, const Product& product) {
    index(tx, number(product.id),
          {search_form(product.sku), search_form(product.name), search_form(product.description)});
}

void index_texts(storage::Transaction& tx, const Group& group) {
    auto name = group.name;
    for (const auto& option : group.options) {
        for (const auto& value : option.values) {
            name += ' ' + value;
        }
    }
    index(tx, -number(group.id), {search_form(group.handle), search_form(name), search_form(group.description)});
}

void index_all_texts(storage::Transaction& tx) {
    storage::for_each_row(tx, kEveryProduct, [&](std::int64_t id) { index_texts(tx, get(tx, ProductId{id})); });
    storage::for_each_row(tx, kEveryGroup, [&](std::int64_t id) { index_texts(tx, get_group(tx, GroupId{id})); });
}

}  // namespace orderd::catalog
