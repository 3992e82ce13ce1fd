#include "catalog/picture_content.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>

#include "base/budgets.h"
#include "base/text.h"
#include "catalog/picture_file.h"
#include "storage/vault.h"

namespace orderd::catalog {

namespace {

constexpr std::size_t kHash = 20;  ///< bytes

constexpr auto kContentByHash = "SELECT id FROM picture_content WHERE hash = ?1";
constexpr auto kInsertContent = "INSERT INTO picture_content (hash, width, height, created_at) VALUES (?1, ?2, ?3, ?4)";
constexpr auto kInsertSize = "INSERT INTO picture_size (content_id, side, bytes) VALUES (?1, ?2, ?3)";
constexpr auto kBytes = R"sql(
    SELECT s.bytes FROM picture_content c JOIN picture_size s ON s.content_id = c.id
     WHERE c.hash = ?1 AND s.side = ?2
)sql";
constexpr auto kUnused = R"sql(
    SELECT id, created_at FROM picture_content WHERE unused AND id > ?1 ORDER BY id LIMIT ?2
)sql";
constexpr auto kRemoveContent = "DELETE FROM picture_content WHERE id = ?1 AND unused";
constexpr auto kContents = R"sql(
    SELECT c.id, c.hash, c.width, c.height, c.unused, EXISTS (SELECT 1 FROM picture p WHERE p.content_id = c.id)
      FROM picture_content c ORDER BY c.id
)sql";
constexpr auto kSizesOfContent = "SELECT side, bytes FROM picture_size WHERE content_id = ?1 ORDER BY side";

/// Hashes the sizes one by one, so that none of them is copied.
class ContentHash {
public:
    void add(std::string_view bytes) { hashes_ += storage::hash_of_token(bytes); }
    std::string text() const { return storage::hash_of_token(hashes_).substr(0, kHash); }

private:
    std::string hashes_;
};

bool looks_like_webp(std::string_view bytes) {
    return bytes.size() > 16 && bytes.starts_with("RIFF") && bytes.substr(8, 4) == "WEBP";
}

std::string fault_of_sizes(const storage::View& view, std::int64_t content, const std::string& hash, Extent largest) {
    std::vector<std::size_t> wanted;
    for (const auto& size : sizes_of(largest)) {
        wanted.push_back(size.side);
    }
    std::vector<std::size_t> there;
    ContentHash computed;
    std::string fault;
    view.each(
        kSizesOfContent,
        [&](const storage::Row& row) {
            there.push_back(static_cast<std::size_t>(row.get<std::int64_t>(0)));
            const auto bytes = row.get<std::string_view>(1);
            computed.add(bytes);
            if (!looks_like_webp(bytes)) {
                fault = fmt::format("its size {} is not a picture", there.back());
            }
        },
        content);
    if (there != wanted) {
        return "it does not have all of its sizes, or others";
    }
    return !fault.empty() || computed.text() == hash ? fault : "its bytes do not have its hash";
}

}  // namespace

Mutex& one_picture_at_a_time() {
    static Mutex one_at_a_time;
    return one_at_a_time;
}

std::vector<PictureSize> sizes_of(Extent largest) {
    std::vector<PictureSize> sizes;
    for (const auto side : kPictureSides) {
        sizes.push_back({side, fitted(largest, side)});
        if (sizes.back().extent == largest) {
            break;
        }
    }
    return sizes;
}

MadePicture make_picture(std::string file) {
    const MutexLock lock(one_picture_at_a_time());
    auto pixels = read_picture(file, kPictureSides.back());
    std::string().swap(file);  // perhaps 20 MB, and not needed any more
    MadePicture made{.hash = {}, .extent = pixels.extent, .sizes = {}};
    const auto sizes = sizes_of(pixels.extent);
    std::vector<Pixels> shrunk_ones;  // from large to small, each from the one before it
    shrunk_ones.push_back(std::move(pixels));
    for (auto size = sizes.rbegin() + 1; size != sizes.rend(); ++size) {
        shrunk_ones.push_back(shrunk(shrunk_ones.back(), size->extent));
    }
    ContentHash hash;
    for (const auto& size : sizes) {
        made.sizes.push_back({size.side, write_webp(std::move(shrunk_ones.back()))});
        shrunk_ones.pop_back();
        hash.add(made.sizes.back().bytes);
    }
    made.hash = hash.text();
    return made;
}

std::int64_t keep_content(storage::Transaction& tx, const MadePicture& made, Time now) {
    if (const auto kept = tx.value<std::int64_t>(kContentByHash, storage::Blob{made.hash})) {
        return *kept;
    }
    const auto id = tx.insert(kInsertContent, storage::Blob{made.hash}, made.extent.width, made.extent.height, now);
    for (const auto& size : made.sizes) {
        tx.run(kInsertSize, id, size.side, storage::Blob{size.bytes});
    }
    return id;
}

std::string hash_text(std::string_view hash) { return to_hex(hash); }

std::string picture_url(std::string_view hash, std::size_t side) {
    return fmt::format("/pictures/{}-{}.webp", hash_text(hash), side);
}

std::optional<PictureName> parse_picture_name(std::string_view name) {
    constexpr std::string_view kEnd = ".webp";
    constexpr auto kDigits = 2 * kHash;
    if (name.size() < kDigits + 1 + kEnd.size() || name[kDigits] != '-' || !name.ends_with(kEnd)) {
        return std::nullopt;
    }
    PictureName found{.hash = std::string(kHash, '\0'), .side = 0};
    for (std::size_t i = 0; i < kHash; ++i) {
        unsigned byte = 0;
        const auto* at = name.data() + 2 * i;
        if (std::from_chars(at, at + 2, byte, 16).ptr != at + 2) {
            return std::nullopt;
        }
        found.hash[i] = static_cast<char>(byte);
    }
    for (const auto side : kPictureSides) {
        if (name == fmt::format("{}-{}{}", hash_text(found.hash), side, kEnd)) {  // one URL for one picture
            found.side = side;
            return found;
        }
    }
    return std::nullopt;
}

std::shared_ptr<const std::string> PictureCache::get(storage::Store& store, const PictureName& name) {
    auto url = picture_url(name.hash, name.side);
    if (auto cached = find(url)) {
        return cached;
    }
    auto bytes = store.read().value<std::string>(kBytes, storage::Blob{name.hash}, name.side);
    if (!bytes) {
        return nullptr;
    }
    auto shared = std::make_shared<const std::string>(std::move(*bytes));
    keep(std::move(url), shared);
    return shared;
}

std::shared_ptr<const std::string> PictureCache::find(std::string_view url) {
    const MutexLock lock(mutex_);
    const auto found =
        std::find_if(entries_.begin(), entries_.end(), [&](const Entry& entry) { return entry.url == url; });
    if (found == entries_.end()) {
        return nullptr;
    }
    auto bytes = found->bytes;
    std::rotate(found, found + 1, entries_.end());
    return bytes;
}

void PictureCache::keep(std::string url, std::shared_ptr<const std::string> bytes) {
    const MutexLock lock(mutex_);
    bytes_ += bytes->size();
    entries_.push_back({std::move(url), std::move(bytes)});
    auto first = entries_.begin();
    for (; bytes_ > budget::kPicturesCached && first != entries_.end(); ++first) {
        bytes_ -= first->bytes->size();
    }
    entries_.erase(entries_.begin(), first);
}

storage::Pruned remove_unused_pictures(storage::Transaction& tx, const storage::Slice& slice) {
    storage::Pruned pruned;
    std::int64_t looked_at = 0;
    std::vector<std::int64_t> old;
    tx.each(
        kUnused,
        [&](const storage::Row& row) {
            ++looked_at;
            pruned.next = row.get<std::int64_t>(0);
            const auto made = row.get<Time>(1);
            if (made < slice.before && made <= slice.now) {
                old.push_back(*pruned.next);
            }
        },
        slice.after, slice.most);
    for (const auto id : old) {
        pruned.removed += tx.run(kRemoveContent, id);
    }
    if (looked_at < slice.most) {
        pruned.next.reset();
    }
    return pruned;
}

std::vector<std::string> picture_faults(const storage::View& view, std::size_t most) {
    std::vector<std::string> faults;
    view.each(kContents, [&](const storage::Row& row) {
        if (faults.size() >= most) {
            return;
        }
        const auto id = row.get<std::int64_t>(0);
        const Extent largest{.width = static_cast<std::size_t>(row.get<std::int64_t>(2)),
                             .height = static_cast<std::size_t>(row.get<std::int64_t>(3))};
        if (auto fault = fault_of_sizes(view, id, row.get<std::string>(1), largest); !fault.empty()) {
            faults.push_back(fmt::format("picture content {}: {}", id, fault));
        }
        if (row.get<bool>(4) == row.get<bool>(5)) {
            faults.push_back(fmt::format("picture content {} does not know whether a picture has it", id));
        }
    });
    return faults;
}

}  // namespace orderd::catalog
