// read_jpeg(), by libjpeg-turbo.

// The library needs FILE before its own header, and its errors are numbered by what that header says.
// clang-format off
#include <csetjmp>
#include <cstdio>
#include <jpeglib.h>
#include <jerror.h>
// clang-format on
#include <memory>
#include <type_traits>

#include "catalog/picture_file.h"

namespace orderd::catalog {

namespace {

/// A progressive JPEG may have any number of scans, and each goes over all of its pixels. Programs write up to a dozen.
constexpr int kMostScans = 64;

/// Where libjpeg continues after a fault: it must not return from its error handler, and is no C++ that one could throw
/// through.
struct JpegFault {
    jpeg_error_mgr manager;  // the first member: libjpeg has its address
    std::jmp_buf jump;
    int code;
};

[[noreturn]] void leave_jpeg(j_common_ptr info) {
    auto* fault = reinterpret_cast<JpegFault*>(info->err);
    fault->code = info->err->msg_code;
    std::longjmp(fault->jump, 1);
}

/// Of the warnings, those that say that pixels are missing or wrong are faults: half a picture is not one. Odd bytes
/// between segments are not.
void hear_of_jpeg(j_common_ptr info, int level) {
    if (level >= 0) {
        return;
    }
    switch (info->err->msg_code) {
        case JWRN_JPEG_EOF:
        case JWRN_HIT_MARKER:
        case JWRN_HUFF_BAD_CODE:
        case JWRN_ARITH_BAD_CODE:
        case JWRN_BOGUS_PROGRESSION:
        case JWRN_MUST_RESYNC: leave_jpeg(info);
        default: break;
    }
}

void count_scans(j_common_ptr info) {
    if (reinterpret_cast<j_decompress_ptr>(info)->input_scan_number > kMostScans) {
        info->err->msg_code = JERR_BAD_PROGRESSION;
        leave_jpeg(info);
    }
}

void say_nothing(j_common_ptr) {}

/// libjpeg's state of one picture.
class JpegReader {
public:
    explicit JpegReader(std::string_view file) {
        info_.err = jpeg_std_error(&fault_.manager);
        fault_.manager.error_exit = leave_jpeg;
        fault_.manager.emit_message = hear_of_jpeg;
        fault_.manager.output_message = say_nothing;
        progress_.progress_monitor = count_scans;
        guarded([this, file] {
            jpeg_create_decompress(&info_);
            info_.progress = &progress_;
            jpeg_mem_src(&info_, reinterpret_cast<const unsigned char*>(file.data()),
                         static_cast<unsigned long>(file.size()));
        });
    }
    JpegReader(const JpegReader&) = delete;
    JpegReader& operator=(const JpegReader&) = delete;
    ~JpegReader() { jpeg_destroy_decompress(&info_); }

    /// Runs a step of libjpeg. It must not own anything, since a fault leaves it by longjmp.
    ///
    /// @throws Refusal `broken_picture`
    template <class Step>
    void guarded(Step step) {
        static_assert(std::is_trivially_destructible_v<Step>);
        if (setjmp(fault_.jump) != 0) {
            throw broken_picture(why());
        }
        step();
    }

    jpeg_decompress_struct& info() { return info_; }

private:
    std::string_view why() const {
        switch (fault_.code) {
            case JWRN_JPEG_EOF:
            case JERR_INPUT_EOF:
            case JERR_INPUT_EMPTY: return "it is cut off";
            case JERR_BAD_PROGRESSION: return "it has too many scans, or they do not fit together";
            case JERR_CONVERSION_NOTIMPL: return "its colours are of a kind that is not known";
            case JERR_BAD_PRECISION: return "it has more than 8 bits a colour";
            case JERR_OUT_OF_MEMORY:
            case JERR_NO_BACKING_STORE: return "it takes too much memory";
            default: return "its data is damaged";
        }
    }

    JpegFault fault_{};
    jpeg_progress_mgr progress_{};
    jpeg_decompress_struct info_{};
};

/// What libjpeg holds of a picture that has its pixels in several scans: all coefficients, 2 bytes each.
std::size_t coefficients_of(const jpeg_decompress_struct& info) {
    const auto blocks = [](std::size_t length, int factor, int most) {
        const auto in_a_unit = static_cast<std::size_t>(most) * DCTSIZE;
        const auto units = (length + in_a_unit - 1) / in_a_unit;
        return units * static_cast<std::size_t>(factor);
    };
    std::size_t bytes = 0;
    for (int i = 0; i < info.num_components; ++i) {
        const auto& component = info.comp_info[i];
        bytes += blocks(info.image_width, component.h_samp_factor, info.max_h_samp_factor) *
                 blocks(info.image_height, component.v_samp_factor, info.max_v_samp_factor) * sizeof(JBLOCK);
    }
    return bytes;
}

/// Whether a picture is in the inks of a printer, which libjpeg does not turn into light.
bool is_in_inks(const jpeg_decompress_struct& info) {
    return info.jpeg_color_space == JCS_CMYK || info.jpeg_color_space == JCS_YCCK;
}

/// Photoshop writes how much of each ink is *not* there, and so do all programs since; its marker says so.
void inks_to_light(std::uint8_t* row, std::size_t width, bool inverted) noexcept {
    for (std::size_t i = 0; i < width * kChannels; i += kChannels) {
        const unsigned black = inverted ? row[i + 3] : 255U - row[i + 3];
        for (std::size_t c = 0; c < 3; ++c) {
            const unsigned ink = inverted ? row[i + c] : 255U - row[i + c];
            row[i + c] = static_cast<std::uint8_t>((ink * black + 127) / 255);
        }
        row[i + 3] = 255;
    }
}

/// Lets libjpeg leave out what is not needed: it gives the picture in eighths of its size, by what its blocks are made
/// of. The result is no smaller than what is wanted.
void choose_scale(jpeg_decompress_struct& info, std::size_t side) {
    const Extent whole{.width = info.image_width, .height = info.image_height};
    info.scale_denom = DCTSIZE;
    info.scale_num = 1;
    while (info.scale_num < DCTSIZE && whole.longest() * info.scale_num < side * DCTSIZE) {
        ++info.scale_num;
    }
}

}  // namespace

Pixels read_jpeg(std::string_view file, std::size_t side) {
    JpegReader reader(file);
    auto& info = reader.info();
    reader.guarded([&info] { jpeg_read_header(&info, TRUE); });
    const Extent whole{.width = info.image_width, .height = info.image_height};
    require_extent(whole);
    if (jpeg_has_multiple_scans(&info) != 0) {
        require_memory(coefficients_of(info) + fitted(whole, side).pixels() * kChannels, file.size());
    }
    const bool in_inks = is_in_inks(info);
    info.out_color_space = in_inks ? JCS_CMYK : JCS_EXT_RGBA;
    info.do_block_smoothing = FALSE;
    choose_scale(info, side);
    reader.guarded([&info] { jpeg_start_decompress(&info); });

    const Extent given{.width = info.output_width, .height = info.output_height};
    RowShrinker shrinker(given, fitted(whole, side));
    std::vector<std::uint8_t> row(given.width * kChannels);
    reader.guarded([&info, &shrinker, in_inks, width = given.width, at = row.data()] {
        const bool inverted = info.saw_Adobe_marker != 0;
        JSAMPROW rows = at;
        while (info.output_scanline < info.output_height) {
            jpeg_read_scanlines(&info, &rows, 1);
            if (in_inks) {
                inks_to_light(at, width, inverted);
            }
            shrinker.take(at);
        }
        jpeg_finish_decompress(&info);
    });
    return std::move(shrinker).finish();
}

}  // namespace orderd::catalog
