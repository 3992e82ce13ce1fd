#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/fields.h"
#include "documents/document.h"

namespace orderd::documents {

/// A document that staff issue by hand.
struct NewDocument {
    Kind kind = Kind::invoice;
    std::optional<Money> amount;  ///< of a credit note; nullopt: all that stands
    std::string reason;
};

/// Which documents are printed in one file.
struct PrintRequest {
    std::optional<std::vector<DocumentId>> document_ids;
    std::optional<std::string> month;  ///< "2026-11"
    std::optional<Kind> kind;
};

constexpr std::size_t kMostPrinted = 1000;  ///< documents in one file

/// The days of a month ("2026-11"): its first, and that of the next. nullopt: it is no month.
struct Month {
    Day first;
    Day next;
};
std::optional<Month> parse_month(std::string_view text);

}  // namespace orderd::documents

namespace orderd {

template <>
struct api::Fields<documents::NewDocument> {
    static Declared<documents::NewDocument> value();
};
template <>
struct api::Fields<documents::PrintRequest> {
    static Declared<documents::PrintRequest> value();
};

}  // namespace orderd
