#include "fulfillment/print/font.h"

#include <hb-ot.h>
#include <hb.h>

#include <array>
#include <cmath>
#include <stdexcept>

namespace orderd::fulfillment::print {

namespace {

template <class T, void (*destroy)(T*)>
struct Destroy {
    void operator()(T* it) const { destroy(it); }
};
template <class T, void (*destroy)(T*)>
using Owned = std::unique_ptr<T, Destroy<T, destroy>>;

using Blob = Owned<hb_blob_t, hb_blob_destroy>;
using Buffer = Owned<hb_buffer_t, hb_buffer_destroy>;

// The tables that a font in a PDF needs (ISO 32000, section 9.9): those of its glyphs and their hinting.
constexpr std::array kKept{"cvt ", "fpgm", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "prep"};

// Flags of a composite glyph's parts (OpenType, "glyf").
constexpr unsigned kArgumentsAreWords = 0x0001;
constexpr unsigned kHasScale = 0x0008;
constexpr unsigned kMoreParts = 0x0020;
constexpr unsigned kHasTwoScales = 0x0040;
constexpr unsigned kHasMatrix = 0x0080;

unsigned byte_at(std::string_view bytes, std::size_t at) {
    if (at >= bytes.size()) {
        throw std::runtime_error("the font is cut off");
    }
    return static_cast<unsigned char>(bytes[at]);
}

unsigned u16(std::string_view bytes, std::size_t at) { return byte_at(bytes, at) << 8 | byte_at(bytes, at + 1); }
std::uint32_t u32(std::string_view bytes, std::size_t at) {
    return std::uint32_t{u16(bytes, at)} << 16 | u16(bytes, at + 2);
}

void put16(std::string& bytes, std::uint32_t value) {
    bytes += static_cast<char>(value >> 8 & 0xff);
    bytes += static_cast<char>(value & 0xff);
}

void put32(std::string& bytes, std::uint32_t value) {
    put16(bytes, value >> 16);
    put16(bytes, value & 0xffff);
}

void set16(std::string& bytes, std::size_t at, std::uint32_t value) {
    bytes.at(at) = static_cast<char>(value >> 8 & 0xff);
    bytes.at(at + 1) = static_cast<char>(value & 0xff);
}

/// The glyphs in a font file.
class Outlines {
public:
    Outlines(std::string_view head, std::string_view loca, std::string_view glyf)
        : long_(u16(head, 50) != 0), loca_(loca), glyf_(glyf) {}

    std::string_view of(std::uint32_t glyph) const {
        const auto begin = offset(glyph);
        const auto end = offset(glyph + 1);
        if (begin > end || end > glyf_.size()) {
            throw std::runtime_error("the font's table of glyphs is broken");
        }
        return glyf_.substr(begin, end - begin);
    }

    /// Adds the glyphs that a composite glyph consists of.
    void add_parts(std::uint32_t glyph, std::set<std::uint32_t>& all) const {
        const auto outline = of(glyph);
        if (outline.empty() || (u16(outline, 0) & 0x8000) == 0) {
            return;
        }
        std::size_t at = 10;
        for (unsigned flags = kMoreParts; (flags & kMoreParts) != 0;) {
            flags = u16(outline, at);
            const auto part = u16(outline, at + 2);
            if (all.insert(part).second) {
                add_parts(part, all);
            }
            at += 4;
            at += (flags & kArgumentsAreWords) != 0 ? 4 : 2;
            at += (flags & kHasScale) != 0 ? 2 : (flags & kHasTwoScales) != 0 ? 4 : (flags & kHasMatrix) != 0 ? 8 : 0;
        }
    }

private:
    std::size_t offset(std::uint32_t glyph) const {
        return long_ ? std::size_t{u32(loca_, std::size_t{glyph} * 4)}
                     : std::size_t{u16(loca_, std::size_t{glyph} * 2)} * 2;
    }

    const bool long_;
    const std::string_view loca_;
    const std::string_view glyf_;
};

std::uint32_t checksum(std::string_view bytes) {
    std::uint32_t sum = 0;
    for (std::size_t at = 0; at < bytes.size(); at += 4) {
        std::uint32_t word = 0;
        for (std::size_t i = 0; i < 4; ++i) {
            word = word << 8 | (at + i < bytes.size() ? byte_at(bytes, at + i) : 0);
        }
        sum += word;
    }
    return sum;
}

/// A font file with these tables, in the order of their tags (OpenType, "Organization of an OpenType Font").
std::string font_file(const std::vector<std::pair<std::string, std::string>>& tables) {
    std::uint32_t power = 1;
    std::uint32_t exponent = 0;
    while (power * 2 <= tables.size()) {
        power *= 2;
        ++exponent;
    }
    const auto count = static_cast<std::uint32_t>(tables.size());
    std::string file;
    put32(file, 0x00010000);
    put16(file, count);
    put16(file, power * 16);
    put16(file, exponent);
    put16(file, (count - power) * 16);
    std::string body;
    for (const auto& [tag, table] : tables) {
        file += tag;
        put32(file, checksum(table));
        put32(file, static_cast<std::uint32_t>(12 + tables.size() * 16 + body.size()));
        put32(file, static_cast<std::uint32_t>(table.size()));
        body += table;
        body.resize((body.size() + 3) / 4 * 4);
    }
    return file + body;
}

/// Collects the outlines that HarfBuzz draws, with curves as short lines.
struct Pen {
    std::vector<Contour> contours;
    double scale = 1;
    Point at;

    void move(double x, double y) {
        contours.emplace_back();
        line(x, y);
    }
    void line(double x, double y) {
        at = {x, y};
        contours.back().push_back({x * scale, y * scale});
    }
    void curve(double control_x, double control_y, double x, double y) {
        constexpr int kSteps = 6;
        const auto from = at;
        for (int i = 1; i <= kSteps; ++i) {
            const double t = static_cast<double>(i) / kSteps;
            const double u = 1 - t;
            line(u * u * from.x + 2 * u * t * control_x + t * t * x,
                 u * u * from.y + 2 * u * t * control_y + t * t * y);
        }
    }
};

using DrawFuncs = Owned<hb_draw_funcs_t, hb_draw_funcs_destroy>;

/// TrueType outlines have no cubic curves.
hb_draw_funcs_t* drawing() {
    static const DrawFuncs funcs = [] {
        DrawFuncs made(hb_draw_funcs_create());
        hb_draw_funcs_set_move_to_func(
            made.get(),
            [](hb_draw_funcs_t*, void* pen, hb_draw_state_t*, float x, float y, void*) {
                static_cast<Pen*>(pen)->move(double{x}, double{y});
            },
            nullptr, nullptr);
        hb_draw_funcs_set_line_to_func(
            made.get(),
            [](hb_draw_funcs_t*, void* pen, hb_draw_state_t*, float x, float y, void*) {
                static_cast<Pen*>(pen)->line(double{x}, double{y});
            },
            nullptr, nullptr);
        hb_draw_funcs_set_quadratic_to_func(
            made.get(),
            [](hb_draw_funcs_t*, void* pen, hb_draw_state_t*, float control_x, float control_y, float x, float y,
               void*) { static_cast<Pen*>(pen)->curve(double{control_x}, double{control_y}, double{x}, double{y}); },
            nullptr, nullptr);
        hb_draw_funcs_make_immutable(made.get());
        return made;
    }();
    return funcs.get();
}

}  // namespace

struct Font::Handles {
    Owned<hb_face_t, hb_face_destroy> face;
    Owned<hb_font_t, hb_font_destroy> font;
};

Font::Font(std::string file) : file_(std::move(file)), handles_(std::make_unique<Handles>()) {
    const Blob blob(
        hb_blob_create(file_.data(), static_cast<unsigned>(file_.size()), HB_MEMORY_MODE_READONLY, nullptr, nullptr));
    handles_->face.reset(hb_face_create(blob.get(), 0));
    hb_face_make_immutable(handles_->face.get());
    handles_->font.reset(hb_font_create(handles_->face.get()));
    hb_font_make_immutable(handles_->font.get());
    for (const auto* tag : {"glyf", "head", "hhea", "hmtx", "loca", "maxp", "cmap"}) {
        if (table(tag).empty()) {
            throw std::runtime_error(std::string("it has no table \"") + tag +
                                     "\": it is not a TrueType font with outlines");
        }
    }
    units_ = hb_face_get_upem(handles_->face.get());
    hb_font_extents_t extents{};
    hb_font_get_h_extents(handles_->font.get(), &extents);
    ascent_ = extents.ascender / units_;
    descent_ = extents.descender / units_;
}

Font::~Font() = default;

bool Font::has(std::uint32_t letter) const {
    hb_codepoint_t glyph = 0;
    return hb_font_get_nominal_glyph(handles_->font.get(), letter, &glyph) != 0;
}

std::vector<Glyph> Font::shape(std::string_view text, std::size_t begin, std::size_t length, bool right_to_left) const {
    const Buffer buffer(hb_buffer_create());
    hb_buffer_add_utf8(buffer.get(), text.data(), static_cast<int>(text.size()), static_cast<unsigned>(begin),
                       static_cast<int>(length));
    hb_buffer_set_direction(buffer.get(), right_to_left ? HB_DIRECTION_RTL : HB_DIRECTION_LTR);
    hb_buffer_guess_segment_properties(buffer.get());
    hb_shape(handles_->font.get(), buffer.get(), nullptr, 0);
    unsigned count = 0;
    const auto* infos = hb_buffer_get_glyph_infos(buffer.get(), &count);
    const auto* positions = hb_buffer_get_glyph_positions(buffer.get(), &count);
    std::vector<Glyph> glyphs;
    glyphs.reserve(count);
    for (unsigned i = 0; i < count; ++i) {
        glyphs.push_back({.id = infos[i].codepoint,
                          .advance = positions[i].x_advance / units_,
                          .x = positions[i].x_offset / units_,
                          .y = positions[i].y_offset / units_,
                          .cluster = infos[i].cluster});
    }
    return glyphs;
}

std::vector<Contour> Font::outline(std::uint32_t glyph) const {
    Pen pen;
    pen.scale = 1 / units_;
    hb_font_draw_glyph(handles_->font.get(), glyph, drawing(), &pen);
    return std::move(pen.contours);
}

double Font::advance(std::uint32_t glyph) const {
    return hb_font_get_glyph_h_advance(handles_->font.get(), glyph) / units_;
}

std::string_view Font::table(const char* tag) const {
    const Blob blob(hb_face_reference_table(handles_->face.get(), hb_tag_from_string(tag, 4)));
    unsigned size = 0;
    const auto* bytes = hb_blob_get_data(blob.get(), &size);  // inside file_, which outlives the blob
    return {bytes == nullptr ? "" : bytes, size};
}

std::string Font::subset(const std::set<std::uint32_t>& glyphs) const {
    const Outlines outlines(table("head"), table("loca"), table("glyf"));
    auto all = glyphs;
    all.insert(0);  // the glyph for missing ones is the first in every font
    for (const auto glyph : glyphs) {
        outlines.add_parts(glyph, all);
    }
    const auto count = *all.rbegin() + 1;  // glyphs keep their ids, up to the last one used

    std::string glyf;
    std::string loca;
    std::string hmtx;
    for (std::uint32_t glyph = 0; glyph < count; ++glyph) {
        put32(loca, static_cast<std::uint32_t>(glyf.size()));
        const bool kept = all.contains(glyph);
        if (kept) {
            glyf += outlines.of(glyph);
            glyf.resize((glyf.size() + 3) / 4 * 4);
        }
        hb_glyph_extents_t extents{};
        hb_font_get_glyph_extents(handles_->font.get(), glyph, &extents);
        put16(hmtx, kept ? static_cast<std::uint32_t>(hb_font_get_glyph_h_advance(handles_->font.get(), glyph)) : 0);
        put16(hmtx, kept ? static_cast<std::uint32_t>(extents.x_bearing) : 0);
    }
    put32(loca, static_cast<std::uint32_t>(glyf.size()));

    std::vector<std::pair<std::string, std::string>> tables;
    for (const std::string tag : kKept) {
        std::string kept(table(tag.c_str()));
        if (kept.empty()) {
            continue;
        }
        if (tag == "glyf") {
            kept = glyf;
        } else if (tag == "loca") {
            kept = loca;
        } else if (tag == "hmtx") {
            kept = hmtx;
        } else if (tag == "head") {
            set16(kept, 50, 1);  // loca has 32-bit offsets
        } else if (tag == "hhea") {
            set16(kept, 34, count);
        } else if (tag == "maxp") {
            set16(kept, 4, count);
        }
        tables.emplace_back(tag, std::move(kept));
    }
    return font_file(tables);
}

}  // namespace orderd::fulfillment::print
