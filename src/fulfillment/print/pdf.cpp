#include "fulfillment/print/pdf.h"

#include <fmt/format.h>
#include <utf8proc.h>
#include <zlib.h>

#include <cmath>
#include <map>
#include <set>

namespace orderd::fulfillment::print {

namespace {

constexpr std::string_view kHeader = "%PDF-1.7\n%\xE2\xE3\xCF\xD3\n";  // the second line marks the file as binary

std::string deflated(std::string_view bytes) {
    auto size = compressBound(static_cast<uLong>(bytes.size()));
    std::string small(size, '\0');
    if (compress2(reinterpret_cast<Bytef*>(small.data()), &size, reinterpret_cast<const Bytef*>(bytes.data()),
                  static_cast<uLong>(bytes.size()), Z_DEFAULT_COMPRESSION) != Z_OK) {
        throw std::bad_alloc();
    }
    small.resize(size);
    return small;
}

/// Text as a PDF's hexadecimal UTF-16.
std::string utf16_hex(std::string_view text) {
    std::string hex;
    const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
    for (std::size_t at = 0; at < text.size();) {
        utf8proc_int32_t code = 0;
        const auto size = utf8proc_iterate(bytes + at, static_cast<utf8proc_ssize_t>(text.size() - at), &code);
        if (size <= 0) {
            break;
        }
        if (code >= 0x10000) {
            fmt::format_to(std::back_inserter(hex), "{:04X}{:04X}", 0xD800 + ((code - 0x10000) >> 10),
                           0xDC00 + ((code - 0x10000) & 0x3FF));
        } else {
            fmt::format_to(std::back_inserter(hex), "{:04X}", code);
        }
        at += static_cast<std::size_t>(size);
    }
    return hex;
}

/// The parts of a font that the document uses.
struct Used {
    std::set<std::uint32_t> glyphs;
    std::map<std::uint32_t, std::string> letters;  ///< the letters of each glyph, for copying and searching
};

/// A file of numbered objects (ISO 32000-1, section 7.5).
class File {
public:
    int reserve() {
        offsets_.push_back(0);
        return static_cast<int>(offsets_.size());
    }
    void write(int object, std::string_view body) {
        offsets_[static_cast<std::size_t>(object) - 1] = bytes_.size();
        fmt::format_to(std::back_inserter(bytes_), "{} 0 obj\n{}\nendobj\n", object, body);
    }
    int add(std::string_view body) {
        const int object = reserve();
        write(object, body);
        return object;
    }
    int add_stream(std::string_view content, std::string_view entries = "") {
        return add_deflated(deflated(content), entries);
    }
    int add_deflated(std::string_view content, std::string_view entries) {
        return add(fmt::format("<< /Filter /FlateDecode /Length {}{} >>\nstream\n{}\nendstream", content.size(),
                               entries, content));
    }
    std::string finish(int root, int info) && {
        const auto start = bytes_.size();
        fmt::format_to(std::back_inserter(bytes_), "xref\n0 {}\n0000000000 65535 f \n", offsets_.size() + 1);
        for (const auto offset : offsets_) {
            fmt::format_to(std::back_inserter(bytes_), "{:010} 00000 n \n", offset);
        }
        fmt::format_to(std::back_inserter(bytes_),
                       "trailer\n<< /Size {} /Root {} 0 R /Info {} 0 R >>\nstartxref\n{}\n%%EOF\n", offsets_.size() + 1,
                       root, info, start);
        return std::move(bytes_);
    }

private:
    std::string bytes_{kHeader};
    std::vector<std::size_t> offsets_;
};

void draw(std::string& out, const Page& page, const Box& box) {
    fmt::format_to(std::back_inserter(out), "{:.3f} {:.3f} {:.3f} {:.3f} re f\n", box.x,
                   page.height - box.y - box.height, box.width, box.height);
}

void draw(std::string& out, const Page& page, const Barcode& code) {
    double x = code.x;
    bool bar = true;
    for (const auto width : code.widths) {
        if (bar) {
            draw(out, page, Box{x, code.y, width * code.module, code.height});
        }
        x += width * code.module;
        bar = !bar;
    }
}

/// Draws each glyph at its position; a glyph that directly follows the one before, by that one's width, needs
/// no move.
void draw(std::string& out, const Typeface& typeface, const Page& page, const Text& text, std::vector<Used>& used) {
    auto to = std::back_inserter(out);
    std::size_t font = typeface.fonts();
    double pen = 0;
    double height = 0;
    bool open = false;
    const auto close = [&] {
        if (open) {
            fmt::format_to(to, ">] TJ\n");
        }
        open = false;
    };
    fmt::format_to(to, "BT\n");
    for (const auto& piece : text.line.pieces) {
        if (piece.font != font || std::abs(piece.y - height) > 1e-6) {
            close();
            if (piece.font != font) {
                fmt::format_to(to, "/F{} {:.2f} Tf\n", piece.font, text.size);
            }
            font = piece.font;
            height = piece.y;
            pen = piece.x;
            fmt::format_to(to, "1 0 0 1 {:.3f} {:.3f} Tm [<", text.x + piece.x * text.size,
                           page.height - text.baseline + piece.y * text.size);
            open = true;
        } else if (std::abs(piece.x - pen) > 5e-4) {
            fmt::format_to(to, "> {:.0f} <", (pen - piece.x) * 1000);
            pen = piece.x;
        }
        fmt::format_to(to, "{:04X}", piece.glyph);
        pen += typeface.font(font).advance(piece.glyph);
        used[font].glyphs.insert(piece.glyph);
        if (!piece.letters.empty()) {
            used[font].letters.try_emplace(piece.glyph, piece.letters);
        }
    }
    close();
    fmt::format_to(to, "ET\n");
}

/// PNG's rows are what PDF calls predictor 15 (section 7.4.4.4). @returns the picture's object
int add_picture(File& file, const Png& png) {
    std::string colours = png.samples == 3 ? "/DeviceRGB" : "/DeviceGray";
    if (!png.palette.empty() && png.samples == 1) {
        std::string hex;
        for (const auto byte : png.palette) {
            fmt::format_to(std::back_inserter(hex), "{:02X}", static_cast<unsigned char>(byte));
        }
        colours = fmt::format("[/Indexed /DeviceRGB {} <{}>]", png.palette.size() / 3 - 1, hex);
    }
    return file.add_deflated(
        png.rows,
        fmt::format(" /Type /XObject /Subtype /Image /Width {0} /Height {1} /BitsPerComponent {2} /ColorSpace {3} "
                    "/DecodeParms << /Predictor 15 /Colors {4} /BitsPerComponent {2} /Columns {0} >>",
                    png.width, png.height, png.bits, colours, png.samples));
}

std::string to_unicode(const Used& used) {
    std::string map =
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo << /Registry (Adobe) /Ordering "
        "(UCS) /Supplement 0 >> def\n/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n1 begincodespacerange\n<0000> "
        "<FFFF>\nendcodespacerange\n";
    constexpr std::size_t kMost = 100;  // entries in a block
    auto it = used.letters.begin();
    for (std::size_t left = used.letters.size(); left > 0;) {
        const auto count = std::min(left, kMost);
        fmt::format_to(std::back_inserter(map), "{} beginbfchar\n", count);
        for (std::size_t i = 0; i < count; ++i, ++it) {
            fmt::format_to(std::back_inserter(map), "<{:04X}> <{}>\n", it->first, utf16_hex(it->second));
        }
        map += "endbfchar\n";
        left -= count;
    }
    return map + "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n";
}

/// Adds a font as a composite font whose codes are its glyph ids (section 9.7). @returns its object
int add_font(File& file, const Font& font, const Used& used, std::size_t index) {
    const auto subset = font.subset(used.glyphs);
    const int program = file.add_stream(subset, fmt::format(" /Length1 {}", subset.size()));
    const auto name = fmt::format("ORDERD+Label{}", index);
    const int descriptor = file.add(fmt::format(
        "<< /Type /FontDescriptor /FontName /{} /Flags 4 /FontBBox [-1000 {:.0f} 2000 {:.0f}] /ItalicAngle 0 /Ascent "
        "{:.0f} /Descent {:.0f} /CapHeight {:.0f} /StemV 80 /FontFile2 {} 0 R >>",
        name, font.descent() * 1000, font.ascent() * 1000, font.ascent() * 1000, font.descent() * 1000,
        font.ascent() * 800, program));
    std::string widths;
    for (const auto glyph : used.glyphs) {
        fmt::format_to(std::back_inserter(widths), "{} [{:.1f}] ", glyph, font.advance(glyph) * 1000);
    }
    const int descendant = file.add(fmt::format(
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{} /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) "
        "/Supplement 0 >> /FontDescriptor {} 0 R /DW 0 /W [{}] /CIDToGIDMap /Identity >>",
        name, descriptor, widths));
    const int unicode = file.add_stream(to_unicode(used));
    return file.add(
        fmt::format("<< /Type /Font /Subtype /Type0 /BaseFont /{} /Encoding /Identity-H /DescendantFonts [{} 0 R] "
                    "/ToUnicode {} 0 R >>",
                    name, descendant, unicode));
}

}  // namespace

std::string pdf(const Typeface& typeface, const std::vector<Page>& pages, std::string_view title) {
    File file;
    std::vector<Used> used(typeface.fonts());
    const int root = file.reserve();
    const int tree = file.reserve();
    const int resources = file.reserve();
    std::string kids;
    std::string pictures;
    for (const auto& page : pages) {
        std::string content;
        for (const auto& picture : page.pictures) {
            const int object = add_picture(file, *picture.png);
            fmt::format_to(std::back_inserter(pictures), "/I{0} {0} 0 R ", object);
            fmt::format_to(std::back_inserter(content), "q {:.3f} 0 0 {:.3f} {:.3f} {:.3f} cm /I{} Do Q\n",
                           picture.width, picture.height, picture.x, page.height - picture.y - picture.height, object);
        }
        for (const auto& box : page.boxes) {
            draw(content, page, box);
        }
        for (const auto& barcode : page.barcodes) {
            draw(content, page, barcode);
        }
        for (const auto& text : page.texts) {
            draw(content, typeface, page, text, used);
        }
        const int stream = file.add_stream(content);
        const int object = file.add(fmt::format(
            "<< /Type /Page /Parent {} 0 R /MediaBox [0 0 {:.2f} {:.2f}] /Resources {} 0 R /Contents {} 0 R >>", tree,
            page.width, page.height, resources, stream));
        fmt::format_to(std::back_inserter(kids), "{} 0 R ", object);
    }
    std::string fonts;
    for (std::size_t i = 0; i < used.size(); ++i) {
        if (!used[i].glyphs.empty()) {
            fmt::format_to(std::back_inserter(fonts), "/F{} {} 0 R ", i, add_font(file, typeface.font(i), used[i], i));
        }
    }
    file.write(resources, fmt::format("<< /Font << {}>> /XObject << {}>> >>", fonts, pictures));
    file.write(tree, fmt::format("<< /Type /Pages /Count {} /Kids [{}] >>", pages.size(), kids));
    file.write(root, fmt::format("<< /Type /Catalog /Pages {} 0 R >>", tree));
    const int info = file.add(fmt::format("<< /Title <FEFF{}> /Producer (orderd) >>", utf16_hex(title)));
    return std::move(file).finish(root, info);
}

}  // namespace orderd::fulfillment::print
