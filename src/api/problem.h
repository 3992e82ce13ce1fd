#pragma once

#include <exception>
#include <string>
#include <string_view>

#include "api/answer.h"
#include "base/errors.h"

namespace orderd::api {

/// A status in the words of RFC 9110: "Not found" for 404.
std::string_view title_of(int status);

/// Converts an exception to a refusal. Refusals stay as they are; a full disk, a busy writer or an overflow
/// become the refusal that a client understands; everything else becomes `internal`, without details.
///
/// @param has_stored  whether a part of the request is stored. Where the disk or the memory fails then, the refusal is
///                    `outcome_unknown`: nothing else would be true.
/// @param inner       set to the text of a defect or of a fault of the server, for the log; otherwise left empty
Refusal as_refusal(const std::exception_ptr& error, bool has_stored, std::string& inner);

/// The problem document (RFC 9457) of a refusal, with the headers that belong to its status.
Answer problem(const Refusal& refusal, std::string_view request_id);

}  // namespace orderd::api
