#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace orderd::csv {

inline constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";  ///< of UTF-8

/// The character set of a file's bytes.
enum class Encoding { utf8, windows_1252 };

/// How a CSV file is written, apart from what it says.
struct Form {
    char separator = ',';  ///< between the fields of a record
    Encoding encoding = Encoding::utf8;
    std::size_t begins_at = 0;    ///< the first record's byte: after a byte order mark and a `sep=` line
    std::int64_t first_line = 1;  ///< the first record's line
};

/// "comma", "semicolon", "tab", or the character itself.
std::string separator_name(char separator);

/// "UTF-8", "Windows-1252".
std::string_view to_text(Encoding encoding);

/// Finds out how a file is written. A first line "sep=;", which spreadsheets write and read, names the
/// separator. Otherwise it is the one of comma, semicolon and tab that finds most of `columns` in the first
/// record, or else the most fields.
///
/// The text is UTF-8 if it has a byte order mark, or any well-formed UTF-8 beyond ASCII: rows with other
/// bytes are then damaged. Otherwise bytes beyond ASCII are Windows-1252, as spreadsheets save "CSV".
Form form_of(std::string_view text, std::span<const std::string_view> columns);

/// Converts Windows-1252 to UTF-8. Nullopt if a byte is no character there: 0x81, 0x8D, 0x8F, 0x90, 0x9D.
std::optional<std::string> from_windows_1252(std::string_view bytes);

/// Whether a text is in UTF-16, as some spreadsheets save "Unicode text". Its byte order mark tells.
bool is_utf16(std::string_view text);

}  // namespace orderd::csv
