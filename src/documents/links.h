#pragma once

#include <fmt/format.h>

#include <string>

#include "documents/document.h"
#include "orders/links.h"

namespace orderd::documents {

/// The path of a document for whoever has its order's receipt link: "/receipt/1001-…/documents/5".
inline std::string document_path(const storage::Vault& vault, OrderId order, DocumentId document) {
    return fmt::format("{}/documents/{}", orders::receipt_path(vault, order), number(document));
}

}  // namespace orderd::documents
