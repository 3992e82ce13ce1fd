#pragma once

#include <cstddef>
#include <span>
#include <string_view>

/// What the build put inside the executable: the schema, the font of labels, the templates, and the dashboard's files.
/// All of it is constant, lives as long as the program, and may be read from any thread.
namespace orderd::embedded {

/// schema.sql, whole.
std::string_view schema_sql();

/// Bytes that zlib's deflate made smaller.
struct Deflated {
    std::size_t size;  ///< of what was deflated
    std::string_view bytes;
};

/// The TrueType font of labels and packing slips.
Deflated label_font();

struct File {
    std::string_view path;  ///< relative to the dashboard's root, without a leading slash: "assets/index-3f2a.js"
    std::string_view content_type;  ///< as it goes into the header, charset included
    std::string_view etag;          ///< quoted, of the identity bytes
    std::string_view identity;      ///< the bytes as they are
    std::string_view gzip;          ///< the same compressed; empty if that would not be smaller
    std::string_view brotli;        ///< likewise
};

/// The file of that path, or nullptr. A build without the dashboard has none.
const File* web_file(std::string_view path);

/// A file of a department's templates/ folder.
struct Template {
    std::string_view name;  ///< without its folders: "receipt.html"
    std::string_view text;
};

/// All of them, by name.
std::span<const Template> templates();

/// The one with that name, or nullptr.
const Template* find_template(std::string_view name);

}  // namespace orderd::embedded
