// read_webp() and write_webp(), by libwebp.

#include <webp/decode.h>
#include <webp/encode.h>

#include <array>
#include <cstdint>
#include <stdexcept>

#include "base/budgets.h"
#include "catalog/picture_file.h"

#ifdef ORDERD_WEBP_IS_BOUNDED

// A lossless WebP of some kilobytes can make libwebp allocate a gigabyte: 65,536 sets of Huffman tables, which nothing in
// its header tells. So the linker (--wrap, in packaging/cmake/Dependencies.cmake) gives libwebp these in place of its own
// two functions that allocate, and while a picture is read they end at a bound.

namespace {

thread_local std::size_t webp_bytes_left = SIZE_MAX;

bool may_allocate(std::uint64_t count, std::size_t size) {
    if (webp_bytes_left == SIZE_MAX) {
        return true;
    }
    if (size != 0 && count > webp_bytes_left / size) {
        return false;
    }
    webp_bytes_left -= static_cast<std::size_t>(count) * size;
    return true;
}

}  // namespace

extern "C" {
void* __real_WebPSafeMalloc(std::uint64_t count, std::size_t size);
void* __real_WebPSafeCalloc(std::uint64_t count, std::size_t size);
void* __wrap_WebPSafeMalloc(std::uint64_t count, std::size_t size);
void* __wrap_WebPSafeCalloc(std::uint64_t count, std::size_t size);

void* __wrap_WebPSafeMalloc(std::uint64_t count, std::size_t size) {
    return may_allocate(count, size) ? __real_WebPSafeMalloc(count, size) : nullptr;
}

void* __wrap_WebPSafeCalloc(std::uint64_t count, std::size_t size) {
    return may_allocate(count, size) ? __real_WebPSafeCalloc(count, size) : nullptr;
}
}

#endif

namespace orderd::catalog {

namespace {

/// While it lives, libwebp allocates no more than this on this thread, all in all.
class WebpBound {
public:
    explicit WebpBound([[maybe_unused]] std::size_t bytes) {
#ifdef ORDERD_WEBP_IS_BOUNDED
        webp_bytes_left = bytes;
#endif
    }
    WebpBound(const WebpBound&) = delete;
    WebpBound& operator=(const WebpBound&) = delete;
    ~WebpBound() {
#ifdef ORDERD_WEBP_IS_BOUNDED
        webp_bytes_left = SIZE_MAX;
#endif
    }
};

constexpr int kLossless = 2;  // WebPBitstreamFeatures::format

/// What libwebp holds for the whole picture: all pixels of a lossless one, and an alpha channel both packed and unpacked.
std::size_t planes_of(const WebPBitstreamFeatures& features, Extent whole) {
    return features.format == kLossless ? whole.pixels() * 4 : features.has_alpha != 0 ? whole.pixels() * 5 : 0;
}

const uint8_t* bytes_of(std::string_view file) { return reinterpret_cast<const uint8_t*>(file.data()); }

bool is_opaque(const Pixels& picture) {
    for (std::size_t i = 3; i < picture.rgba.size(); i += kChannels) {
        if (picture.rgba[i] != 255) {
            return false;
        }
    }
    return true;
}

/// A step down in quality, tried until a picture is small enough. Alpha is packed on its own.
struct Quality {
    float colours;
    int alpha;
};
constexpr std::array kQualities{Quality{82, 90}, Quality{70, 80}, Quality{50, 60},
                                Quality{30, 30}, Quality{10, 10}, Quality{0, 0}};

/// A picture as libwebp's encoder has it.
class WebpSource {
public:
    explicit WebpSource(const Pixels& picture) {
        const auto row = static_cast<int>(picture.extent.width * kChannels);
        if (WebPPictureInit(&picture_) == 0) {
            throw std::logic_error("libwebp is another version than its headers");
        }
        picture_.width = static_cast<int>(picture.extent.width);
        picture_.height = static_cast<int>(picture.extent.height);
        has_alpha_ = !picture.opaque;
        const auto import = picture.opaque ? WebPPictureImportRGBX : WebPPictureImportRGBA;
        if (import(&picture_, picture.rgba.data(), row) == 0) {
            WebPPictureFree(&picture_);
            throw std::bad_alloc();
        }
    }
    WebpSource(const WebpSource&) = delete;
    WebpSource& operator=(const WebpSource&) = delete;
    ~WebpSource() { WebPPictureFree(&picture_); }

    std::string written(const Quality& quality) {
        WebPConfig config;
        if (WebPConfigInit(&config) == 0) {
            throw std::logic_error("libwebp is another version than its headers");
        }
        config.quality = quality.colours;
        config.method = has_alpha_ ? 3 : 4;  // 4 takes 16 MiB more for alpha, and gains nothing there
        config.alpha_quality = quality.alpha;
        std::string bytes;
        picture_.custom_ptr = &bytes;
        picture_.writer = append;
        if (WebPEncode(&config, &picture_) == 0) {
            throw std::runtime_error("libwebp could not write a picture");
        }
        return bytes;
    }

private:
    static int append(const uint8_t* data, std::size_t size, const WebPPicture* picture) {
        try {
            static_cast<std::string*>(picture->custom_ptr)->append(reinterpret_cast<const char*>(data), size);
            return 1;
        } catch (const std::bad_alloc&) {
            return 0;
        }
    }

    WebPPicture picture_{};
    bool has_alpha_ = false;
};

}  // namespace

Pixels read_webp(std::string_view file, std::size_t side) {
    WebPDecoderConfig config;
    if (WebPInitDecoderConfig(&config) == 0) {
        throw std::logic_error("libwebp is another version than its headers");
    }
    if (WebPGetFeatures(bytes_of(file), file.size(), &config.input) != VP8_STATUS_OK) {
        throw broken_picture("its header is damaged");
    }
    const Extent whole{.width = static_cast<std::size_t>(config.input.width),
                       .height = static_cast<std::size_t>(config.input.height)};
    require_extent(whole);
    const auto to = fitted(whole, side);
    require_memory(planes_of(config.input, whole) + to.pixels() * kChannels, file.size());
    Pixels made{.extent = to, .rgba = std::vector<std::uint8_t>(to.pixels() * kChannels)};
    config.options.use_scaling = to == whole ? 0 : 1;
    config.options.scaled_width = static_cast<int>(to.width);
    config.options.scaled_height = static_cast<int>(to.height);
    config.output.colorspace = MODE_RGBA;
    config.output.is_external_memory = 1;
    config.output.u.RGBA.rgba = made.rgba.data();
    config.output.u.RGBA.stride = static_cast<int>(to.width * kChannels);
    config.output.u.RGBA.size = made.rgba.size();
    const auto status = [&] {
        const WebpBound bound(budget::kPictureMemory - file.size() - made.rgba.size());
        return WebPDecode(bytes_of(file), file.size(), &config);
    }();
    switch (status) {
        case VP8_STATUS_OK: break;
        case VP8_STATUS_OUT_OF_MEMORY:
            throw Refusal(kPictureTooLarge, "reading this picture takes too much memory: save it as baseline JPEG");
        case VP8_STATUS_NOT_ENOUGH_DATA:
        case VP8_STATUS_SUSPENDED: throw broken_picture("it is cut off");
        default: throw broken_picture("its data is damaged");
    }
    made.opaque = is_opaque(made);
    return made;
}

std::string write_webp(Pixels picture) {
    WebpSource source(picture);
    std::vector<std::uint8_t>().swap(picture.rgba);
    for (const auto& quality : kQualities) {
        auto bytes = source.written(quality);
        if (bytes.size() <= budget::kPictureStored) {
            return bytes;
        }
    }
    throw std::runtime_error("a picture is too large in the lowest quality");
}

}  // namespace orderd::catalog
