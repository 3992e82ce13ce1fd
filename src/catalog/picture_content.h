#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/mutex.h"
#include "base/time.h"
#include "catalog/pixels.h"
#include "storage/pruning.h"
#include "storage/store.h"

namespace orderd::catalog {

/// Pictures are kept so that no side is longer than these: for lists, pages, and looking closely.
inline constexpr std::array<std::size_t, 3> kPictureSides{320, 800, 1600};

/// One of the sizes of a kept picture.
struct PictureSize {
    std::size_t side;
    Extent extent;
};

/// The sizes of a picture whose largest one has this extent: each that makes it smaller, and the first that does not.
/// A picture is never enlarged, so that a small one has fewer sizes.
std::vector<PictureSize> sizes_of(Extent largest);

/// A picture that is ready to be kept.
struct MadePicture {
    std::string hash;  ///< 20 bytes, of the sizes' bytes
    Extent extent;     ///< of the largest size
    struct Size {
        std::size_t side;
        std::string bytes;  ///< WebP
    };
    std::vector<Size> sizes;
};

/// Held while a file is read and written anew.
Mutex& one_picture_at_a_time();

/// Makes a file into what is kept of it, outside any transaction: it takes up to seconds. One is made at a time, and
/// others wait, so that memory is needed for one. The file's bytes are released as soon as its pixels are read.
///
/// The colours are taken as sRGB. A profile is not applied, and is lost with all other metadata: of shops' pictures, few
/// have another one, and to apply it takes a library as large as all decoders together.
///
/// @throws Refusal as read_picture()
MadePicture make_picture(std::string file);

/// Keeps a picture, or finds the equal one that is kept. Until a picture row names it, it is unused.
/// @returns its id in picture_content
std::int64_t keep_content(storage::Transaction& tx, const MadePicture& made, Time now);

/// The hash in URLs: 40 hexadecimal digits.
std::string hash_text(std::string_view hash);

/// "/pictures/<hash>-<side>.webp". What it names never changes.
std::string picture_url(std::string_view hash, std::size_t side);

/// What a URL's last part names.
struct PictureName {
    std::string hash;  ///< bytes
    std::size_t side;
};
std::optional<PictureName> parse_picture_name(std::string_view name);

/// The bytes of pictures that were asked for lately, each once, however many clients are receiving it. Thread-safe.
class PictureCache {
public:
    /// @returns null if there is no such picture
    std::shared_ptr<const std::string> get(storage::Store& store, const PictureName& name) EXCLUDES(mutex_);

private:
    struct Entry {
        std::string url;
        std::shared_ptr<const std::string> bytes;
    };

    std::shared_ptr<const std::string> find(std::string_view url) EXCLUDES(mutex_);
    void keep(std::string url, std::shared_ptr<const std::string> bytes) EXCLUDES(mutex_);

    Mutex mutex_;
    std::vector<Entry> entries_ GUARDED_BY(mutex_);  ///< what was asked for last is last
    std::size_t bytes_ GUARDED_BY(mutex_) = 0;
};

/// Removes a slice of the contents that no picture has, if they are old enough.
storage::Pruned remove_unused_pictures(storage::Transaction& tx, const storage::Slice& slice);

/// For `orderd check`: what is wrong with the kept pictures, at most `most` lines. Reads all of their bytes.
std::vector<std::string> picture_faults(const storage::View& view, std::size_t most);

}  // namespace orderd::catalog
