#include "storage/vault.h"

#include <fmt/format.h>
#include <sodium.h>

#include <algorithm>
#include <atomic>
#include <cstring>
#include <optional>
#include <stdexcept>
#include <utility>

#include "base/mutex.h"
#include "storage/key_file.h"

namespace orderd::storage {

/// A subkey. The destructor wipes it.
struct Subkey {
    unsigned char bytes[crypto_generichash_KEYBYTES] = {};

    Subkey() = default;
    Subkey(const Subkey&) = delete;
    Subkey& operator=(const Subkey&) = delete;
    ~Subkey() { sodium_memzero(bytes, sizeof bytes); }
};
static_assert(sizeof(Subkey) == crypto_aead_xchacha20poly1305_ietf_KEYBYTES && sizeof(Subkey) == kKeyBytes);

namespace {

constexpr std::size_t kNonceBytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t kTagBytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;

const unsigned char* bytes(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }
unsigned char* bytes(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

/// Unambiguous, since names of tables and columns contain no '/'.
std::string associated_data(const Place& place) {
    return fmt::format("{}/{}/{}", place.table, place.column, place.row);
}

std::string hash_under(const Subkey& key, std::string_view purpose, std::string_view value) {
    std::string hash(32, '\0');
    crypto_generichash_state state;
    crypto_generichash_init(&state, key.bytes, sizeof key.bytes, hash.size());
    const unsigned char zero = 0;  // separates the purpose from the value
    crypto_generichash_update(&state, bytes(purpose), purpose.size());
    crypto_generichash_update(&state, &zero, 1);
    crypto_generichash_update(&state, bytes(value), value.size());
    crypto_generichash_final(&state, bytes(hash), hash.size());
    return hash;
}

std::int64_t first_64_bits(std::string_view hash) {
    std::int64_t number = 0;
    std::memcpy(&number, hash.data(), sizeof number);
    return number;
}

}  // namespace

struct Vault::Key {
    Subkey seal;
    Subkey index;

    explicit Key(std::string_view master) {
        if (sodium_init() < 0) {
            throw std::runtime_error("libsodium cannot start");
        }
        if (master.size() != kKeyBytes) {
            throw std::runtime_error(fmt::format("a key is {} bytes, not {}", kKeyBytes, master.size()));
        }
        crypto_kdf_derive_from_key(seal.bytes, sizeof seal.bytes, 1, "orderd-s", bytes(master));
        crypto_kdf_derive_from_key(index.bytes, sizeof index.bytes, 2, "orderd-i", bytes(master));
    }

    bool operator==(const Key& other) const {
        return sodium_memcmp(seal.bytes, other.seal.bytes, sizeof seal.bytes) == 0;
    }

    std::optional<std::string> open(const std::string& context, std::string_view sealed) const {
        std::string plain(sealed.size() - kNonceBytes - kTagBytes, '\0');
        const int opened = crypto_aead_xchacha20poly1305_ietf_decrypt(
            bytes(plain), nullptr, nullptr, bytes(sealed) + kNonceBytes, sealed.size() - kNonceBytes, bytes(context),
            context.size(), bytes(sealed), seal.bytes);
        return opened == 0 ? std::optional(std::move(plain)) : std::nullopt;
    }
};

/// The keys at one moment. Constant.
struct Vault::Ring {
    std::vector<std::shared_ptr<const Key>> keys;  ///< newest first
    Subkey lasting;
    std::uint64_t generation = 1;

    const Key& newest() const { return *keys.front(); }
};

struct Vault::State {
    std::atomic<const Ring*> ring = nullptr;
    std::filesystem::path file;  ///< empty: the key came from elsewhere

    Mutex mutex;
    FileStamp seen GUARDED_BY(mutex);
    std::vector<std::unique_ptr<const Ring>> all GUARDED_BY(mutex);  ///< all rings are kept: other threads may use them

    void adopt(const KeyFile& content) REQUIRES(mutex) {
        const auto* before = ring.load(std::memory_order_acquire);
        auto next = std::make_unique<Ring>();
        for (const auto& key : content.keys) {
            next->keys.push_back(std::make_shared<Key>(key));
        }
        if (content.lasting.empty()) {
            // Before the first rotation, hashes were keyed with this.
            std::memcpy(next->lasting.bytes, next->newest().index.bytes, sizeof next->lasting.bytes);
        } else {
            std::memcpy(next->lasting.bytes, content.lasting.data(), sizeof next->lasting.bytes);
        }
        if (before != nullptr) {
            next->generation = before->generation + (next->newest() == before->newest() ? 0 : 1);
            for (const auto& known : before->keys) {
                const bool there =
                    std::any_of(next->keys.begin(), next->keys.end(), [&](const auto& key) { return *key == *known; });
                if (!there) {
                    next->keys.push_back(known);
                }
            }
        }
        ring.store(next.get(), std::memory_order_release);
        all.push_back(std::move(next));
    }
};

Vault::Vault() : state_(std::make_unique<State>()) {}

Vault::Vault(std::string_view master_key) : Vault() {
    KeyFile content;
    content.keys.emplace_back(master_key);
    const MutexLock lock(state_->mutex);
    state_->adopt(content);
}

Vault::Vault(Vault&&) noexcept = default;
Vault& Vault::operator=(Vault&&) noexcept = default;
Vault::~Vault() = default;

Vault Vault::open(const std::filesystem::path& key_file) {
    Vault vault;
    vault.state_->file = key_file;
    const MutexLock lock(vault.state_->mutex);
    vault.state_->seen = FileStamp::of(key_file);  // before reading: a file that is replaced in between is read again
    vault.state_->adopt(read_key_file(key_file));
    return vault;
}

Vault Vault::open_or_create(const std::filesystem::path& key_file) {
    if (!std::filesystem::exists(key_file)) {
        create_key_file(key_file);
    }
    return open(key_file);
}

const Vault::Ring& Vault::ring() const { return *state_->ring.load(std::memory_order_acquire); }

void Vault::refresh() const {
    if (state_->file.empty()) {
        return;
    }
    const auto now = FileStamp::of(state_->file);
    const MutexLock lock(state_->mutex);
    if (now.size < 0 || now == state_->seen) {
        return;  // if the file was removed, the keys stay
    }
    state_->adopt(read_key_file(state_->file));
    state_->seen = now;
}

std::string Vault::seal(const Place& place, std::string_view plain) const {
    const auto context = associated_data(place);
    std::string sealed(kNonceBytes + plain.size() + kTagBytes, '\0');
    randombytes_buf(sealed.data(), kNonceBytes);
    crypto_aead_xchacha20poly1305_ietf_encrypt(bytes(sealed) + kNonceBytes, nullptr, bytes(plain), plain.size(),
                                               bytes(context), context.size(), nullptr, bytes(sealed),
                                               ring().newest().seal.bytes);
    return sealed;
}

std::string Vault::open(const Place& place, std::string_view sealed) const {
    const auto context = associated_data(place);
    if (sealed.size() < kNonceBytes + kTagBytes) {
        throw std::runtime_error(fmt::format("the sealed value at {} is too short", context));
    }
    for (const auto* tried = &ring();;) {
        for (const auto& key : tried->keys) {
            if (auto plain = key->open(context, sealed)) {
                return std::move(*plain);
            }
        }
        refresh();
        if (const auto* fresh = &ring(); fresh != std::exchange(tried, fresh)) {
            continue;
        }
        throw std::runtime_error(fmt::format("the sealed value at {} was not sealed there under this key", context));
    }
}

bool Vault::is_under_newest(const Place& place, std::string_view sealed) const {
    return sealed.size() >= kNonceBytes + kTagBytes && ring().newest().open(associated_data(place), sealed).has_value();
}

std::int64_t Vault::index(std::string_view purpose, std::string_view value) const {
    return first_64_bits(hash_under(ring().newest().index, purpose, value));
}

std::vector<std::int64_t> Vault::indexes(std::string_view purpose, std::string_view value) const {
    refresh();  // rows in the caller's snapshot may already be under a newer key
    std::vector<std::int64_t> found;
    for (const auto& key : ring().keys) {
        found.push_back(first_64_bits(hash_under(key->index, purpose, value)));
    }
    return found;
}

std::string Vault::keyed_hash(std::string_view purpose, std::string_view value) const {
    return hash_under(ring().lasting, purpose, value);
}

std::int64_t Vault::keyed_number(std::string_view purpose, std::string_view value) const {
    return first_64_bits(keyed_hash(purpose, value));
}

std::uint64_t Vault::generation() const { return ring().generation; }

bool Vault::has_older() const { return ring().keys.size() > 1; }

std::string lasting_secret_of(std::string_view master_key) {
    std::string secret(kKeyBytes, '\0');
    crypto_kdf_derive_from_key(bytes(secret), secret.size(), 2, "orderd-i", bytes(master_key));
    return secret;
}

std::string hash_of_token(std::string_view token) {
    std::string hash(crypto_hash_sha256_BYTES, '\0');
    crypto_hash_sha256(bytes(hash), bytes(token), token.size());
    return hash;
}

}  // namespace orderd::storage
