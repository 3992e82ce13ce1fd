#include "documents/bodies.h"

#include <fmt/format.h>

namespace orderd::documents {

std::optional<Month> parse_month(std::string_view text) {
    const auto first = text.size() == 7 ? parse_day(fmt::format("{}-01", text)) : std::nullopt;
    if (!first) {
        return std::nullopt;
    }
    // 31 days later is in the next month, whatever month it is.
    constexpr std::int64_t kLongest = 31;
    return Month{*first, parse_day(orderd::to_text(*first + kLongest).substr(0, 8) + "01").value()};
}

}  // namespace orderd::documents

namespace orderd::api {

using documents::NewDocument;
using documents::PrintRequest;

Declared<NewDocument> Fields<NewDocument>::value() {
    using Body = NewDocument;
    return object<Body>(
        "NewDocument",
        {field("kind", &Body::kind, Shape::one_of({"invoice", "credit_note"}), documents::parse_kind),
         optional("amount", &Body::amount, Shape::money().described("of a credit note; all that stands if absent"))
             .not_in_example(),
         optional("reason", &Body::reason, Shape::text(0, 500).described("printed on a credit note"))
             .not_in_example()});
}

Declared<PrintRequest> Fields<PrintRequest>::value() {
    using Body = PrintRequest;
    return object<Body>(
        "DocumentPrintRequest",
        {optional("document_ids", &Body::document_ids, Shape::list(Shape::id(), 1, documents::kMostPrinted)),
         optional("month", &Body::month,
                  Shape::text(7, 7).described("instead of document_ids: all issued in it").example("2026-11"))
             .not_in_example(),
         optional("kind", &Body::kind, Shape::one_of(documents::kinds()).described("only these of the month"),
                  documents::parse_kind)
             .not_in_example()});
}

}  // namespace orderd::api
