#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace orderd::storage {

/// Where a sealed value lives; it opens nowhere else. `row` is the row's id.
struct Place {
    std::string_view table;
    std::string_view column;
    std::int64_t row = 0;
};

/// The shop's key, and what is done with it: XChaCha20-Poly1305 for personal columns, keyed BLAKE2b for blind indexes
/// (separate subkeys, by crypto_kdf). A database, WAL or backup without the key file shows no customer. Thread-safe.
class Vault {
public:
    /// Reads the key file, or makes one (mode 0600, written and synced before it is used).
    ///
    /// @throws std::runtime_error when the file is not 32 bytes, or can be read by others, or cannot be made
    static Vault open_or_create(const std::filesystem::path& key_file);

    /// @throws std::runtime_error also when there is no such file
    static Vault open(const std::filesystem::path& key_file);

    explicit Vault(std::string_view master_key);  ///< 32 bytes
    Vault(Vault&&) noexcept;
    Vault& operator=(Vault&&) noexcept;
    ~Vault();  ///< wipes the key

    /// 24 bytes of random nonce, then ciphertext and tag; the place is associated data.
    std::string seal(const Place& place, std::string_view plain) const;

    /// @throws std::runtime_error when it was not sealed for this place under this key
    std::string open(const Place& place, std::string_view sealed) const;

    /// The blind index of a value, for equality only: `purpose` ("email", "phone", "name word") keeps indexes apart.
    std::int64_t index(std::string_view purpose, std::string_view value) const;

    /// A keyed 256-bit hash, for what must not be guessed from the database alone.
    std::string keyed_hash(std::string_view purpose, std::string_view value) const;

private:
    struct Keys;
    std::unique_ptr<Keys> keys_;
};

/// SHA-256: what is stored of a token of 256 random bits, which needs no key and no salt.
std::string hash_of_token(std::string_view token);

}  // namespace orderd::storage
