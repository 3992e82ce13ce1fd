#pragma once

#include "api/shape.h"
#include "base/json.h"
#include "documents/document.h"

namespace orderd::documents {

/// A document's row as JSON. `currency`: of its amounts.
Json describe(const Document& document, const std::string& currency);
const api::Shape& document_shape();

/// The same with all that it says.
Json describe_whole(const storage::View& view, const Document& document);
const api::Shape& whole_document_shape();

}  // namespace orderd::documents
