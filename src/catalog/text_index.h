#pragma once

#include <string>

#include "catalog/group.h"
#include "catalog/product.h"
#include "catalog/words.h"
#include "storage/writer.h"

namespace orderd::catalog {

// What products and groups are found by (search.h): their texts, folded as a question is. Whoever changes such a text calls
// this in the same transaction.

struct Texts {
    std::string sku;
    std::string name;
    std::string description;
};

Texts texts_of(const Product& product);

/// Whether a search for the words finds a product, or a group (search.h). Its description is folded only where it decides.
bool has_words(const storage::View& view, ProductId id, const Words& words);
bool has_words(const Group& group, const Words& words);

void index_texts(storage::Transaction& tx, const Product& product);

/// A group is found by its name, its values and its description; by the SKU of a variant, too (window.cpp).
void index_texts(storage::Transaction& tx, const Group& group);

/// Those of all products and groups.
void index_all_texts(storage::Transaction& tx);

}  // namespace orderd::catalog
