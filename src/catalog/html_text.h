#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace orderd::catalog {

/// The text of a piece of HTML, as a browser would lay it out without style: a run of white space is one
/// space, blocks and <br> break the line, list items start with "- ", <pre> keeps its lines; scripts, styles
/// and comments are left out. The text has no white space at either end, and no more than one empty line in a
/// row. Input that is not HTML comes back as one paragraph.
/// <br> break the line, list items start with "- ", <pre> keeps its lines, scripts, styles and comments are left out.
/// No white space at either end, no more than one empty line in a row. Text that was not HTML comes back as one
/// paragraph.
///
/// @returns nullopt if the input is larger than 512 KiB, or its elements are nested hundreds deep: the parser
///          recurses into them, and no description needs that
std::optional<std::string> html_to_text(std::string_view html);

/// HTML that html_to_text() turns back into exactly this text, if the text is trimmed.
std::string text_to_html(std::string_view text);

}  // namespace orderd::catalog
