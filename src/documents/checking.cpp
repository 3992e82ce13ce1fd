#include "documents/checking.h"

#include <fmt/format.h>

#include <array>

#include "documents/document.h"
#include "documents/following.h"
#include "documents/lines.h"

namespace orderd::documents {

namespace {

// The oldest of a series are removed once their term is over: so it need not begin with 1.
constexpr auto kGaps = R"sql(
    SELECT format('series %s has %d documents with numbers %d to %d', series, count(*), min(number_in_series),
                  max(number_in_series))
      FROM document GROUP BY series HAVING count(*) <> max(number_in_series) - min(number_in_series) + 1
)sql";
constexpr auto kRates = R"sql(
    SELECT format('document %s: net %d and tax %d, and its rates sum up to %d and %d', d.number, d.net, d.tax,
                  coalesce(sum(t.value ->> 1), 0), coalesce(sum(t.value ->> 2), 0))
      FROM document d LEFT JOIN json_each(d.taxes) t
     GROUP BY d.id HAVING d.net <> coalesce(sum(t.value ->> 1), 0) OR d.tax <> coalesce(sum(t.value ->> 2), 0)
)sql";
// As should_stand() has it. Orders whose oldest documents were removed by their term are left out, and those with a job
// that will follow; where something was credited that no refund is behind, less may stand.
constexpr auto kStands = R"sql(
    WITH documents (order_id, stands, credited, oldest) AS (
             SELECT order_id, sum(total), sum(kind = 'credit_note' AND refund_id IS NULL), min(id)
               FROM document GROUP BY order_id),
         money (order_id, total, ended, captured, back) AS (
             SELECT o.id, o.total, o.status IN ('cancelled', 'expired'), coalesce(p.captured - p.given_back, 0),
                    coalesce((SELECT sum(amount) FROM refund
                               WHERE payment_id = p.id AND status = 'succeeded' AND NOT of_total), 0)
               FROM documents d JOIN orders o ON o.id = d.order_id LEFT JOIN payment p ON p.order_id = o.id),
         wanted (order_id, amount) AS (
             SELECT order_id,
                    iif(ended, max(captured - back, 0), max(total - back, 0))
               FROM money)
    SELECT format('order %d: its documents sum up to %d, and %d should stand', d.order_id, d.stands, w.amount)
      FROM documents d JOIN wanted w ON w.order_id = d.order_id
     WHERE (SELECT kind FROM document WHERE id = d.oldest) = 'invoice'
       AND (d.stands > w.amount OR d.stands < 0 OR (d.credited = 0 AND d.stands <> w.amount))
       AND NOT EXISTS (SELECT 1 FROM job
                        WHERE kind = 'document.follow' AND status <> 'dead'
                          AND json_extract(payload, '$.order_id') = d.order_id)
)sql";
constexpr auto kAll = "SELECT id FROM document ORDER BY id";

/// What is wrong with a document's content; empty: nothing.
std::string content_fault(const storage::View& view, DocumentId id) {
    const auto document = get(view, id);
    try {
        auto sums = sums_of(content_of(view, document).lines);
        if (document.kind == Kind::credit_note) {
            sums = negated(std::move(sums));
        }
        return total_of(sums) == document.total
                   ? ""
                   : fmt::format("document {}: its lines sum up to {}, and its total is {}", document.number,
                                 total_of(sums).minor, document.total.minor);
    } catch (const std::exception& error) {
        return fmt::format("document {} cannot be read: {}", document.number, error.what());
    }
}

}  // namespace

std::vector<std::string> faults_of(const storage::View& view, std::size_t most) {
    static_assert(kFollowJob.name == std::string_view("document.follow"));  // as kStands has it
    std::vector<std::string> faults;
    for (const auto* rule : {kGaps, kRates, kStands}) {
        std::size_t found = 0;
        view.each(rule, [&](const storage::Row& row) {
            if (++found <= most) {
                faults.push_back(row.get<std::string>(0));
            }
        });
    }
    std::vector<DocumentId> ids;
    view.each(kAll, [&](const storage::Row& row) { ids.push_back(row.get<DocumentId>(0)); });
    std::size_t unreadable = 0;
    for (const auto id : ids) {
        if (auto fault = content_fault(view, id); !fault.empty() && ++unreadable <= most) {
            faults.push_back(std::move(fault));
        }
    }
    return faults;
}

}  // namespace orderd::documents
