#include "catalog/few.h"

#include <fmt/format.h>

namespace orderd::catalog {

namespace {

constexpr auto kFewHavePrice = R"sql(
    SELECT count(*) <= ?3 FROM (SELECT 1 FROM product INDEXED BY product_by_price
                                 WHERE )sql" ORDERD_HAS_PRICE " LIMIT ?3 + 1)";
constexpr auto kFewAreOutOfStock = R"sql(
    SELECT count(*) <= ?1 FROM (SELECT 1 FROM product p INDEXED BY product_out_of_stock
                                 WHERE )sql" ORDERD_IS_OUT_OF_STOCK " LIMIT ?1 + 1)";
constexpr auto kFewAreLow = R"sql(
    SELECT count(*) <= ?1 FROM (SELECT 1 FROM product p INDEXED BY product_low_stock
                                 WHERE )sql" ORDERD_IS_LOW " LIMIT ?1 + 1)";
constexpr auto kFewHaveStatus =
    "SELECT count(*) <= ?2 FROM (SELECT 1 FROM product INDEXED BY product_by_status WHERE status = ?1 LIMIT ?2 + 1)";
constexpr auto kFewAreInCollection =
    "SELECT count(*) <= ?2 FROM (SELECT 1 FROM collection_product WHERE collection_id = ?1 LIMIT ?2 + 1)";

}  // namespace

bool few_have_price(const storage::View& view, const Search& wanted, std::int64_t few) {
    return (wanted.least_price || wanted.most_price) &&
           view.value<bool>(kFewHavePrice, wanted.least_price, wanted.most_price, few).value();
}

bool few_are_out_of_stock(const storage::View& view, const Search& wanted, std::int64_t few) {
    return wanted.in_stock == false && view.value<bool>(kFewAreOutOfStock, few).value();
}

bool few_are_low(const storage::View& view, const Search& wanted, std::int64_t few) {
    return wanted.low_stock == true && view.value<bool>(kFewAreLow, few).value();
}

bool few_have_status(const storage::View& view, const Search& wanted, std::int64_t few) {
    return wanted.status && view.value<bool>(kFewHaveStatus, kProductStatuses[*wanted.status], few).value();
}

bool few_are_in_collection(const storage::View& view, const Search& wanted, std::int64_t few) {
    return wanted.collection && view.value<bool>(kFewAreInCollection, wanted.collection, few).value();
}

std::string looked_up(std::string_view ids) {
    return fmt::format("({}) CROSS JOIN product p NOT INDEXED ON p.id = found", ids);
}

}  // namespace orderd::catalog
