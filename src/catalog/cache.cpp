#include "catalog/cache.h"

#include "base/text.h"
#include "storage/vault.h"

namespace orderd::catalog {

namespace {

std::size_t size_of(const std::string& key, const Printed& printed) {
    constexpr std::size_t kOverhead = 256;  // rough size of the map and list nodes
    return key.size() + printed.text->size() + kOverhead;
}

}  // namespace

Printed print(const Json& body) {
    auto text = std::make_shared<const std::string>(json_text(body));
    constexpr std::size_t kHashBytes = 12;
    auto etag = '"' + to_base64url(storage::hash_of_token(*text).substr(0, kHashBytes)) + '"';
    return {.text = std::move(text), .etag = std::move(etag)};
}

std::shared_ptr<const Printed> PrintedCache::get(const std::string& key,
                                                 const std::function<Printed(const storage::View&)>& make) {
    // Read before the snapshot is taken, so that the snapshot is at least as new as this number.
    const auto generation = store_.generation(storage::Topic::catalog);
    {
        const ReadLock lock(mutex_);
        const auto found = entries_.find(key);
        if (found != entries_.end() && found->second.generation == generation) {
            return found->second.printed;
        }
    }
    auto printed = std::make_shared<const Printed>(make(store_.read()));
    keep(key, {generation, printed});
    return printed;
}

void PrintedCache::keep(const std::string& key, Entry entry) {
    const auto size = size_of(key, *entry.printed);
    if (size > most_bytes_) {
        return;
    }
    const WriteLock lock(mutex_);
    if (const auto old = entries_.find(key); old != entries_.end()) {
        if (old->second.generation > entry.generation) {
            return;  // another thread stored a newer entry meanwhile
        }
        bytes_ -= size_of(key, *old->second.printed);
        entries_.erase(old);
    }
    if (bytes_ + size > most_bytes_) {
        std::erase_if(entries_, [&](const auto& kept) REQUIRES(mutex_) {
            const bool is_old = kept.second.generation != entry.generation;
            bytes_ -= is_old ? size_of(kept.first, *kept.second.printed) : 0;
            return is_old;
        });
    }
    if (bytes_ + size > most_bytes_) {
        entries_.clear();
        bytes_ = 0;
    }
    bytes_ += size;
    entries_.emplace(key, std::move(entry));
}

std::size_t PrintedCache::bytes() const {
    const ReadLock lock(mutex_);
    return bytes_;
}

}  // namespace orderd::catalog
