#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace orderd::catalog {

/// The text of a piece of HTML, as a browser would lay it out without style: white space runs are one space, blocks and
/// <br> break the line, list items start with "- ", <pre> keeps its lines, scripts, styles and comments are left out.
/// No white space at either end, no more than one empty line in a row. Text that was not HTML comes back as one
/// paragraph.
///
/// @returns nothing for what is larger than 512 KiB, or has its elements nested hundreds deep: parsing follows the
///          nesting, and no description needs it
std::optional<std::string> html_to_text(std::string_view html);

/// HTML that html_to_text() turns back into exactly this text, for text that is trimmed.
std::string text_to_html(std::string_view text);

}  // namespace orderd::catalog
