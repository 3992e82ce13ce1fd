#pragma once

#include <string>
#include <string_view>

namespace orderd {

// What a shop writes at length: plain text with a few marks. An empty line ends a paragraph. A line that begins with
// "# " is a heading, one with "## " a smaller one, and one with "- " an item of a list. [text](address) is a link, if the
// address begins with https://, http:// or mailto:.

/// The text as HTML. All of it is escaped; what is no mark stays as it was typed.
std::string marked_html(std::string_view text);

/// The text without its marks, for mails: headings stand alone, and a link's address follows its text.
std::string marked_plain(std::string_view text);

}  // namespace orderd
