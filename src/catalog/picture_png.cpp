// read_png(), by libpng.

#include <png.h>

#include <csetjmp>
#include <cstring>
#include <type_traits>

#include "base/budgets.h"
#include "catalog/picture_file.h"

namespace orderd::catalog {

namespace {

/// Whether the pixels depend on a chunk. Text, times, profiles and all others are kept from libpng: it would unpack and
/// store them.
bool matters(std::string_view type) {
    return type == "IHDR" || type == "PLTE" || type == "tRNS" || type == "IDAT" || type == "IEND";
}

/// libpng's state of one picture, and the file that it reads.
class PngReader {
public:
    explicit PngReader(std::string_view file)
        : piece_(file.substr(0, kPngSignature)), rest_(file.substr(kPngSignature)) {
        png_ = png_create_read_struct(PNG_LIBPNG_VER_STRING, this, leave, ignore);
        info_ = png_ == nullptr ? nullptr : png_create_info_struct(png_);
        if (info_ == nullptr) {
            png_destroy_read_struct(&png_, &info_, nullptr);
            throw std::bad_alloc();
        }
        png_set_read_fn(png_, this, read);
    }
    PngReader(const PngReader&) = delete;
    PngReader& operator=(const PngReader&) = delete;
    ~PngReader() { png_destroy_read_struct(&png_, &info_, nullptr); }

    /// Runs a step of libpng. It must not own anything, since a fault leaves it by longjmp.
    ///
    /// @throws Refusal `broken_picture`
    template <class Step>
    void guarded(Step step) {
        static_assert(std::is_trivially_destructible_v<Step>);
        if (setjmp(jump_) != 0) {
            throw broken_picture(cut_off_ ? "it is cut off" : "its data is damaged");
        }
        step(png_, info_);
    }

private:
    [[noreturn]] static void leave(png_structp png, png_const_charp) {
        std::longjmp(static_cast<PngReader*>(png_get_error_ptr(png))->jump_, 1);
    }

    static void ignore(png_structp, png_const_charp) {}

    static void read(png_structp png, png_bytep into, std::size_t size) {
        auto& reader = *static_cast<PngReader*>(png_get_io_ptr(png));
        while (size > 0) {
            while (reader.piece_.empty()) {
                const auto chunk = take_png_chunk(reader.rest_);
                if (!chunk) {
                    reader.cut_off_ = true;
                    leave(png, "");
                }
                reader.piece_ = matters(chunk->type) ? chunk->whole : std::string_view();
            }
            const auto some = std::min(size, reader.piece_.size());
            std::memcpy(into, reader.piece_.data(), some);
            reader.piece_.remove_prefix(some);
            into += some;
            size -= some;
        }
    }

    std::jmp_buf jump_{};
    png_structp png_ = nullptr;
    png_infop info_ = nullptr;
    std::string_view piece_;  ///< not read yet, of the chunk that is being read
    std::string_view rest_;   ///< the chunks after it
    bool cut_off_ = false;
};

/// Lets libpng give every picture as 8-bit RGBA.
void ask_for_rgba(png_structp png) {
    png_set_expand(png);    // palettes, 1 to 4 bits, transparent colours
    png_set_scale_16(png);  // rounded, not cut
    png_set_gray_to_rgb(png);
    png_set_add_alpha(png, 255, PNG_FILLER_AFTER);
}

Pixels read_in_order(PngReader& reader, Extent whole, Extent to, std::uint8_t* row) {
    RowShrinker shrinker(whole, to);
    reader.guarded([&shrinker, whole, row](png_structp png, png_infop) {
        for (std::size_t y = 0; y < whole.height; ++y) {
            png_read_row(png, row, nullptr);
            shrinker.take(row);
        }
        png_read_end(png, nullptr);
    });
    return std::move(shrinker).finish();
}

/// An interlaced PNG comes as seven pictures, each of some of the pixels (PNG, section 8). Each pixel goes to its place at
/// once, so that the whole picture is never there.
Pixels read_interlaced(PngReader& reader, Extent whole, Extent to, std::uint8_t* row) {
    GridShrinker shrinker(whole, to);
    reader.guarded([&shrinker, whole, row](png_structp png, png_infop) {
        const auto width = static_cast<png_uint_32>(whole.width);
        const auto height = static_cast<png_uint_32>(whole.height);
        for (unsigned pass = 0; pass < PNG_INTERLACE_ADAM7_PASSES; ++pass) {
            const png_uint_32 columns = PNG_PASS_COLS(width, pass);
            const png_uint_32 rows = columns == 0 ? 0 : PNG_PASS_ROWS(height, pass);
            for (png_uint_32 y = 0; y < rows; ++y) {
                png_read_row(png, row, nullptr);
                for (png_uint_32 x = 0; x < columns; ++x) {
                    shrinker.take(PNG_COL_FROM_PASS_COL(x, pass), PNG_ROW_FROM_PASS_ROW(y, pass), row + x * kChannels);
                }
            }
        }
        png_read_end(png, nullptr);
    });
    return std::move(shrinker).finish();
}

}  // namespace

Pixels read_png(std::string_view file, const PictureFacts& facts, std::size_t side) {
    PngReader reader(file);
    std::size_t row_bytes = 0;
    bool interlaced = false;
    reader.guarded([&row_bytes, &interlaced](png_structp png, png_infop info) {
        png_set_user_limits(png, static_cast<png_uint_32>(budget::kPictureSide),
                            static_cast<png_uint_32>(budget::kPictureSide));
        png_read_info(png, info);
        ask_for_rgba(png);
        interlaced = png_get_interlace_type(png, info) != PNG_INTERLACE_NONE;
        png_read_update_info(png, info);
        row_bytes = png_get_rowbytes(png, info);
    });
    if (row_bytes != facts.extent.width * kChannels) {
        throw broken_picture("its colours are of a kind that is not known");
    }
    std::vector<std::uint8_t> row(row_bytes);
    const auto to = fitted(facts.extent, side);
    return interlaced ? read_interlaced(reader, facts.extent, to, row.data())
                      : read_in_order(reader, facts.extent, to, row.data());
}

}  // namespace orderd::catalog
