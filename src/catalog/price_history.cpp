#include "catalog/price_history.h"

namespace orderd::catalog {

namespace {

constexpr auto kForgetOld = R"sql(
    DELETE FROM product_price
     WHERE product_id = ?1
       AND since < (SELECT max(since) FROM product_price WHERE product_id = ?1 AND since <= ?2)
)sql";
// A clock that was set back leaves moments to come: they are earlier prices all the same.
constexpr auto kLowest = "SELECT min(price) FROM product_price WHERE product_id = ?1";
constexpr auto kLast = "SELECT price FROM product_price WHERE product_id = ?1 ORDER BY since DESC LIMIT 1";
constexpr auto kNote = R"sql(
    INSERT INTO product_price (product_id, since, price)
    VALUES (?1, max(?2, (SELECT ifnull(max(since), 0) + 1 FROM product_price WHERE product_id = ?1)), ?3)
)sql";

}  // namespace

void keep_price(storage::Transaction& tx, Product& product, Time now) {
    constexpr std::int64_t kDay = 86'400'000;
    tx.run(kForgetOld, product.id, now.ms - kPricesComparedDays * kDay);
    product.lowest_price.reset();
    if (product.compare_at_price) {
        product.lowest_price =
            tx.value<std::optional<Money>>(kLowest, product.id).value_or(std::nullopt).value_or(product.price);
    }
    if (tx.value<Money>(kLast, product.id) != product.price) {
        tx.run(kNote, product.id, now, product.price);
    }
}

}  // namespace orderd::catalog
