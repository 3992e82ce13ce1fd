#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace orderd::storage {

/// Where a sealed value lives; it opens nowhere else. `row` is the row's id.
struct Place {
    std::string_view table;
    std::string_view column;
    std::int64_t row = 0;
};

/// The shop's keys, and what is done with them: XChaCha20-Poly1305 for personal columns, keyed BLAKE2b for blind
/// indexes and hashes (separate subkeys, by crypto_kdf). A database, WAL or backup without the key file shows no
/// customer. Thread-safe.
///
/// `orderd key rotate` changes the key while the shop is served. What follows the key: every sealed value, and every
/// index(). app/key_rotation.cpp lists both; a column that holds either belongs in its list. What does not follow it:
/// keyed_hash(), whose secret lasts, so that links in mails, recovery codes and signatures stay good.
class Vault {
public:
    /// Reads the key file, or makes one (mode 0600, written and synced before it is used).
    ///
    /// @throws std::runtime_error when the file is not a key file, or can be read by others, or cannot be made
    static Vault open_or_create(const std::filesystem::path& key_file);

    /// @throws std::runtime_error also when there is no such file
    static Vault open(const std::filesystem::path& key_file);

    explicit Vault(std::string_view master_key);  ///< 32 bytes
    Vault(Vault&&) noexcept;
    Vault& operator=(Vault&&) noexcept;
    ~Vault();  ///< wipes the keys

    /// Under the newest key: 24 bytes of random nonce, then ciphertext and tag; the place is associated data.
    std::string seal(const Place& place, std::string_view plain) const;

    /// Under any of the keys. One that was put into the key file since is taken up first.
    ///
    /// @throws std::runtime_error when it was not sealed for this place under one of them
    std::string open(const Place& place, std::string_view sealed) const;

    /// Whether the newest key opens it.
    bool is_under_newest(const Place& place, std::string_view sealed) const;

    /// The blind index of a value under the newest key, to be stored; for equality only. `purpose` ("email", "phone",
    /// "name word") keeps indexes apart. If one is made outside the transaction that stores it, generation() tells
    /// whether it is still of the newest key.
    std::int64_t index(std::string_view purpose, std::string_view value) const;

    /// The indexes that a value may be stored under, newest first: one, or two while the key is rotated. For lookups.
    std::vector<std::int64_t> indexes(std::string_view purpose, std::string_view value) const;

    /// A keyed 256-bit hash, for what must not be guessed from the database alone. Rotation does not change it.
    std::string keyed_hash(std::string_view purpose, std::string_view value) const;

    /// The first 64 bits of the same.
    std::int64_t keyed_number(std::string_view purpose, std::string_view value) const;

    /// Counts the newest keys that this vault has had.
    std::uint64_t generation() const;

    /// Whether rows may be under an older key.
    bool has_older() const;

    /// Takes up what the key file holds by now. The writer calls it at the start of each transaction: from the first
    /// transaction after the key file was replaced, nothing is written under the older key. An older key that is gone
    /// from the file is kept in memory for snapshots that are older.
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

/// What keyed_hash() is keyed with in a shop whose key was never rotated; a rotation writes it down beside the new key.
std::string lasting_secret_of(std::string_view master_key);

/// SHA-256: what is stored of a token of 256 random bits, which needs no key and no salt.
std::string hash_of_token(std::string_view token);

}  // namespace orderd::storage
