#include "documents/taxes.h"

namespace orderd::documents {

namespace {

constexpr auto kByRate = R"sql(
    SELECT d.tax_country, d.tax_treatment, t.value ->> 0, count(*), sum(t.value ->> 1), sum(t.value ->> 2)
      FROM document d INDEXED BY document_by_day CROSS JOIN json_each(d.taxes) t
     WHERE d.issued_on >= ?1 AND d.issued_on <= ?2
     GROUP BY 1, 2, 3 ORDER BY 1, d.tax_treatment <> 'taxed', 2, 3 DESC
)sql";

}  // namespace

std::vector<TaxOfRate> tax_by_rate(const storage::View& view, Day first, Day last) {
    std::vector<TaxOfRate> found;
    view.each(
        kByRate,
        [&](const storage::Row& row) {
            found.push_back({.country = row.get<std::string>(0),
                             .treatment = row.get<std::string>(1),
                             .rate = row.get<Rate>(2),
                             .documents = row.get<std::int64_t>(3),
                             .net = row.get<Money>(4),
                             .tax = row.get<Money>(5)});
        },
        to_text(first), to_text(last));
    return found;
}

}  // namespace orderd::documents
