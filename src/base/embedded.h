#pragma once

#include <cstddef>
#include <span>
#include <string_view>

/// The files that are built into the executable: the schema, the font of labels, the templates, the
/// languages, the guides, the words of operations, the demo's pictures, and the dashboard. All are constant, live as long as the program, and may be read from any thread.
namespace orderd::embedded {

/// The text of schema.sql.
std::string_view schema_sql();

/// Bytes compressed with zlib's deflate.
struct Deflated {
    std::size_t size;  ///< before compression
    std::string_view bytes;
};

/// The TrueType font of labels and packing slips.
Deflated label_font();

struct File {
    std::string_view path;  ///< relative to the dashboard's root, without a leading slash: "assets/index-3f2a.js"
    std::string_view content_type;  ///< the header's value, including the charset
    std::string_view etag;          ///< quoted; of the uncompressed bytes
    std::string_view identity;      ///< uncompressed
    std::string_view gzip;          ///< compressed; empty if that would not be smaller
    std::string_view brotli;        ///< likewise
};

/// The file with this path, or nullptr. A build without the dashboard has no files.
const File* web_file(std::string_view path);

/// A file of a department's templates/ folder.
struct Template {
    std::string_view name;  ///< without folders: "receipt.html"
    std::string_view text;
};

/// All templates, sorted by name.
std::span<const Template> templates();

/// A file of base/languages/, which base/language.h reads.
struct LanguageFile {
    std::string_view code;  ///< its name without the ending: "de"
    std::string_view text;
};

/// All languages, sorted by code.
std::span<const LanguageFile> languages();

/// A guide for programmers, as HTML: a file of api/guides/.
struct Guide {
    std::string_view name;  ///< its name without the ending, which begins with its place: "1-take-an-order"
    std::string_view html;
};

/// The files of api/operations/, one after the other: what each operation of the API does.
Deflated operation_words();

/// All guides, in their order.
std::span<const Guide> guides();

/// A picture of one of the demo's products.
struct Picture {
    std::string_view sku;
    std::string_view png;
};

/// All of them, sorted by SKU (packaging/demo_pictures.mjs draws them).
std::span<const Picture> demo_pictures();

/// The template with this name, or nullptr.
const Template* find_template(std::string_view name);

}  // namespace orderd::embedded
