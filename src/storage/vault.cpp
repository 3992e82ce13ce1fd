#include "storage/vault.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <stdexcept>

#include "base/random.h"
#include "storage/durable.h"

namespace orderd::storage {

namespace {

constexpr std::size_t kKeyBytes = crypto_kdf_KEYBYTES;
constexpr std::size_t kNonceBytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t kTagBytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;

const unsigned char* bytes(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }
unsigned char* bytes(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

/// Unambiguous, since neither a table's nor a column's name has a '/'.
std::string associated_data(const Place& place) {
    return fmt::format("{}/{}/{}", place.table, place.column, place.row);
}

[[noreturn]] void fail(const std::filesystem::path& file, std::string_view what) {
    throw std::runtime_error(fmt::format("the key file {} {}", file.string(), what));
}

/// Closes a file descriptor at the end of its scope.
struct Descriptor {
    int fd;
    ~Descriptor() {
        if (fd >= 0) {
            ::close(fd);
        }
    }
};

void create_key(const std::filesystem::path& file) {
    // Written beside and linked: a crash half-way leaves no short key in its place, and where two programs make one at
    // once, the first one's stays, which the other may have sealed with already.
    const auto draft = fmt::format("{}.new.{}", file.string(), ::getpid());
    const Descriptor handle{::open(draft.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600)};
    if (handle.fd < 0) {
        fail(file, fmt::format("cannot be made: {}", std::strerror(errno)));
    }
    auto key = random_bytes(kKeyBytes);
    const bool written = ::write(handle.fd, key.data(), key.size()) == static_cast<ssize_t>(key.size());
    sodium_memzero(key.data(), key.size());
    const bool placed =
        written && sync_to_disk(handle.fd) && (::link(draft.c_str(), file.c_str()) == 0 || errno == EEXIST);
    const int why = errno;
    ::unlink(draft.c_str());
    if (!placed) {
        fail(file, fmt::format("cannot be written: {}", std::strerror(why)));
    }
    sync_folder(file.parent_path());
}

}  // namespace

struct Vault::Keys {
    unsigned char seal[crypto_aead_xchacha20poly1305_ietf_KEYBYTES];
    unsigned char index[crypto_generichash_KEYBYTES];

    Keys() = default;
    Keys(const Keys&) = delete;
    Keys& operator=(const Keys&) = delete;
    ~Keys() {
        sodium_memzero(seal, sizeof seal);
        sodium_memzero(index, sizeof index);
    }
};

Vault::Vault(std::string_view master_key) : keys_(std::make_unique<Keys>()) {
    if (sodium_init() < 0) {
        throw std::runtime_error("libsodium cannot start");
    }
    if (master_key.size() != kKeyBytes) {
        throw std::runtime_error(fmt::format("a key is {} bytes, not {}", kKeyBytes, master_key.size()));
    }
    crypto_kdf_derive_from_key(keys_->seal, sizeof keys_->seal, 1, "orderd-s", bytes(master_key));
    crypto_kdf_derive_from_key(keys_->index, sizeof keys_->index, 2, "orderd-i", bytes(master_key));
}

Vault::Vault(Vault&&) noexcept = default;
Vault& Vault::operator=(Vault&&) noexcept = default;
Vault::~Vault() = default;

Vault Vault::open(const std::filesystem::path& key_file) {
    const Descriptor handle{::open(key_file.c_str(), O_RDONLY | O_CLOEXEC)};
    if (handle.fd < 0) {
        fail(key_file, errno == ENOENT ? "is missing; without it the customers' data cannot be read"
                                       : fmt::format("cannot be read: {}", std::strerror(errno)));
    }
    struct stat about {};
    if (::fstat(handle.fd, &about) != 0 || (about.st_mode & 077) != 0) {
        fail(key_file, "can be read by others; its mode must be 0600");
    }
    std::string key(kKeyBytes + 1, '\0');
    const auto size = ::read(handle.fd, key.data(), key.size());
    if (size != static_cast<ssize_t>(kKeyBytes)) {
        fail(key_file, fmt::format("is not {} bytes long", kKeyBytes));
    }
    key.resize(kKeyBytes);
    Vault vault(key);
    sodium_memzero(key.data(), key.size());
    return vault;
}

Vault Vault::open_or_create(const std::filesystem::path& key_file) {
    if (!std::filesystem::exists(key_file)) {
        create_key(key_file);
    }
    return open(key_file);
}

std::string Vault::seal(const Place& place, std::string_view plain) const {
    const auto context = associated_data(place);
    std::string sealed(kNonceBytes + plain.size() + kTagBytes, '\0');
    randombytes_buf(sealed.data(), kNonceBytes);
    crypto_aead_xchacha20poly1305_ietf_encrypt(bytes(sealed) + kNonceBytes, nullptr, bytes(plain), plain.size(),
                                               bytes(context), context.size(), nullptr, bytes(sealed), keys_->seal);
    return sealed;
}

std::string Vault::open(const Place& place, std::string_view sealed) const {
    const auto context = associated_data(place);
    if (sealed.size() < kNonceBytes + kTagBytes) {
        throw std::runtime_error(fmt::format("the sealed value at {} is too short", context));
    }
    std::string plain(sealed.size() - kNonceBytes - kTagBytes, '\0');
    const int opened = crypto_aead_xchacha20poly1305_ietf_decrypt(
        bytes(plain), nullptr, nullptr, bytes(sealed) + kNonceBytes, sealed.size() - kNonceBytes, bytes(context),
        context.size(), bytes(sealed), keys_->seal);
    if (opened != 0) {
        throw std::runtime_error(fmt::format("the sealed value at {} was not sealed there under this key", context));
    }
    return plain;
}

std::string Vault::keyed_hash(std::string_view purpose, std::string_view value) const {
    std::string hash(32, '\0');
    crypto_generichash_state state;
    crypto_generichash_init(&state, keys_->index, sizeof keys_->index, hash.size());
    const unsigned char zero = 0;  // ends the purpose, so that no purpose runs into a value
    crypto_generichash_update(&state, bytes(purpose), purpose.size());
    crypto_generichash_update(&state, &zero, 1);
    crypto_generichash_update(&state, bytes(value), value.size());
    crypto_generichash_final(&state, bytes(hash), hash.size());
    return hash;
}

std::int64_t Vault::index(std::string_view purpose, std::string_view value) const {
    const auto hash = keyed_hash(purpose, value);
    std::int64_t number = 0;
    std::memcpy(&number, hash.data(), sizeof number);
    return number;
}

std::string hash_of_token(std::string_view token) {
    std::string hash(crypto_hash_sha256_BYTES, '\0');
    crypto_hash_sha256(bytes(hash), bytes(token), token.size());
    return hash;
}

}  // namespace orderd::storage
