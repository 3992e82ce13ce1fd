#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace orderd::api {

/// What an operation does, by its name (Route::name).
using OperationWords = std::map<std::string, std::string, std::less<>>;

/// The words of api/operations/, which are in the executable compressed. They are read anew at each call: only the document
/// and its page need them, once each.
OperationWords operation_words();

/// Reads such a file: a line with the name, then lines of text, up to an empty line. A line that begins with # is a comment.
///
/// @throws std::logic_error for a name without words, or that is there twice
OperationWords parse_operation_words(std::string_view text);

}  // namespace orderd::api
