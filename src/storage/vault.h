#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace orderd::storage {

/// Where a sealed value is stored. It cannot be opened anywhere else. `row` is the row's id.
struct Place {
    std::string_view table;
    std::string_view column;
    std::int64_t row = 0;
};

/// The shop's keys and the operations with them: XChaCha20-Poly1305 for personal columns, keyed BLAKE2b for
/// blind indexes and hashes (with separate subkeys, by crypto_kdf). A database, WAL or backup reveals no
/// customer without the key file. Thread-safe.
///
/// `orderd key rotate` changes the key while the server runs. Every sealed value and every index() then changes;
/// app/key_rotation.cpp lists the columns that hold them, and a new one must be added there. keyed_hash() does not
/// change: its secret is kept, so that links in mails, recovery codes and signatures stay valid.
class Vault {
public:
    /// Reads the key file, or creates one (mode 0600, synced before it is used).
    ///
    /// @throws std::runtime_error if the file is not a key file, can be read by others, or cannot be created
    static Vault open_or_create(const std::filesystem::path& key_file);

    /// @throws std::runtime_error, also if the file does not exist
    static Vault open(const std::filesystem::path& key_file);

    explicit Vault(std::string_view master_key);  ///< 32 bytes
    Vault(Vault&&) noexcept;
    Vault& operator=(Vault&&) noexcept;
    ~Vault();  ///< wipes the keys

    /// Seals under the newest key: 24 bytes of random nonce, then ciphertext and tag. The place is associated data.
    std::string seal(const Place& place, std::string_view plain) const;

    /// Opens with any of the keys. If none fits, it reads keys that were added to the key file since.
    ///
    /// @throws std::runtime_error if the value was not sealed for this place under one of the keys
    std::string open(const Place& place, std::string_view sealed) const;

    /// Whether the newest key opens it.
    bool is_under_newest(const Place& place, std::string_view sealed) const;

    /// The blind index of a value under the newest key, to be stored; it only supports equality. `purpose`
    /// ("email", "phone", "name word") separates indexes. If it is computed outside the transaction that
    /// stores it, compare generation() to see whether the key is still the newest.
    std::int64_t index(std::string_view purpose, std::string_view value) const;

    /// For lookups: the indexes that a value may be stored under, newest first. One, or two during a key rotation.
    std::vector<std::int64_t> indexes(std::string_view purpose, std::string_view value) const;

    /// A keyed 256-bit hash, for values that must not be guessed from the database alone. Rotation does not change it.
    std::string keyed_hash(std::string_view purpose, std::string_view value) const;

    /// The first 64 bits of keyed_hash().
    std::int64_t keyed_number(std::string_view purpose, std::string_view value) const;

    /// Grows whenever this vault gets a newer key.
    std::uint64_t generation() const;

    /// Whether some rows may still be under an older key.
    bool has_older() const;

    /// Reads the key file again if it was replaced. The writer calls it at the start of each transaction, so
    /// that after a replacement no transaction writes under the older key. A key that was removed from the
    /// file is kept in memory for older snapshots.
    ///
    /// @throws std::runtime_error if the file was replaced by one that cannot be read
    void refresh() const;

private:
    struct Key;
    struct Ring;
    struct State;

    Vault();

    const Ring& ring() const;

    std::unique_ptr<State> state_;
};

/// The secret of keyed_hash() in a shop whose key was never rotated. A rotation stores it beside the new key.
std::string lasting_secret_of(std::string_view master_key);

/// The SHA-256 that is stored instead of a token. A token has 256 random bits, so no key or salt is needed.
std::string hash_of_token(std::string_view token);

}  // namespace orderd::storage
