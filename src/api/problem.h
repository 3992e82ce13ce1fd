#pragma once

#include <exception>
#include <string>
#include <string_view>

#include "api/answer.h"
#include "base/errors.h"

namespace orderd::api {

/// "Not found" for 404: the status in words, as RFC 9110 has them.
std::string_view title_of(int status);

/// What went wrong as a refusal: refusals as they are; a full disk, a busy writer, an overflow as what they mean to a
/// client; everything else as `internal`, without a word of what it was.
///
/// @param inner is set to the text of a defect or fault of ours, for the log; left empty if there is none
Refusal as_refusal(const std::exception_ptr& error, std::string& inner);

/// The problem document (RFC 9457) of a refusal, with the headers that belong to its status.
Answer problem(const Refusal& refusal, std::string_view request_id);

}  // namespace orderd::api
