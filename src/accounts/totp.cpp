#include "accounts/totp.h"

#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <optional>
#include <stdexcept>

#include "accounts/admin.h"
#include "base/errors.h"
#include "base/random.h"
#include "base/text.h"
#include "storage/events.h"

namespace orderd::accounts {

namespace {

constexpr std::size_t kSecretBytes = 20;  ///< the size of the hash (RFC 4226, section 4)
constexpr std::int64_t kStepMs = 30'000;
constexpr int kRecoveryCodes = 10;
constexpr std::size_t kRecoveryBytes = 10;  ///< 16 letters and digits

constexpr auto kGetSecret = "SELECT totp_sealed FROM admin_user WHERE id = ?1";
constexpr auto kGetPending = "SELECT totp_pending_sealed FROM admin_user WHERE id = ?1";
constexpr auto kSetPending = "UPDATE admin_user SET totp_pending_sealed = ?2, updated_at = ?3 WHERE id = ?1";
constexpr auto kSetSecret = R"sql(
    UPDATE admin_user SET totp_sealed = ?2, totp_pending_sealed = NULL, totp_last_step = ?3, updated_at = ?4,
                          version = version + 1
     WHERE id = ?1
)sql";
constexpr auto kUseStep = "UPDATE admin_user SET totp_last_step = ?2 WHERE id = ?1 AND totp_last_step < ?2";
constexpr auto kLastStep = "SELECT totp_last_step FROM admin_user WHERE id = ?1";
constexpr auto kHasRecovery = "SELECT 1 FROM recovery_code WHERE admin_id = ?1 AND code_hash = ?2";
constexpr auto kAddRecovery = "INSERT INTO recovery_code (admin_id, code_hash) VALUES (?1, ?2)";
constexpr auto kUseRecovery = "DELETE FROM recovery_code WHERE admin_id = ?1 AND code_hash = ?2";
constexpr auto kRemoveRecovery = "DELETE FROM recovery_code WHERE admin_id = ?1";

storage::Place place(AdminId admin) { return {.table = "admin_user", .column = "totp_sealed", .row = number(admin)}; }

storage::Place pending_place(AdminId admin) {
    return {.table = "admin_user", .column = "totp_pending_sealed", .row = number(admin)};
}

std::optional<std::string> sealed(const storage::View& view, std::string_view sql, AdminId admin) {
    return view.value<std::optional<std::string>>(sql, admin).value_or(std::nullopt);
}

/// The step in which the secret has this code: the present one, or the one before or after it.
std::optional<std::int64_t> step_of(std::string_view secret, std::string_view code, Time now) {
    const auto current = now.ms / kStepMs;
    for (const auto step : {current, current - 1, current + 1}) {
        if (equal_in_constant_time(totp_code(secret, step), code)) {
            return step;
        }
    }
    return std::nullopt;
}

std::string recovery_hash(const storage::View& view, std::string_view code) {
    std::string letters;
    for (const char c : folded(code)) {
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
            letters += c;
        }
    }
    return view.vault().keyed_hash("recovery code", letters);
}

std::string percent_encoded(std::string_view text) {
    std::string encoded;
    for (const char c : text) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                           c == '.' || c == '_';
        encoded += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
    return encoded;
}

}  // namespace

std::string totp_code(std::string_view secret, std::int64_t step) {
    std::array<unsigned char, 8> counter{};
    for (std::size_t i = 0; i < counter.size(); ++i) {
        counter[i] = static_cast<unsigned char>(static_cast<std::uint64_t>(step) >> (8 * (7 - i)));
    }
    std::array<unsigned char, EVP_MAX_MD_SIZE> hash{};
    unsigned int size = 0;
    if (HMAC(EVP_sha1(), secret.data(), static_cast<int>(secret.size()), counter.data(), counter.size(), hash.data(),
             &size) == nullptr) {
        throw std::runtime_error("OpenSSL cannot compute HMAC-SHA-1");
    }
    const std::size_t offset = hash[size - 1] & 0x0F;  // dynamic truncation (RFC 4226, section 5.3)
    std::uint32_t number = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        number = number << 8 | hash[offset + i];
    }
    return fmt::format("{:06}", (number & 0x7FFF'FFFF) % 1'000'000);
}

std::string to_base32(std::string_view bytes) {
    constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    std::string text;
    std::uint32_t bits = 0;
    int count = 0;
    for (const char byte : bytes) {
        bits = bits << 8 | static_cast<unsigned char>(byte);
        for (count += 8; count >= 5; count -= 5) {
            text += kAlphabet[bits >> (count - 5) & 31];
        }
    }
    if (count > 0) {
        text += kAlphabet[bits << (5 - count) & 31];
    }
    return text;
}

TotpSecret prepare_totp(storage::Transaction& tx, AdminId admin, std::string_view shop_name, Time now) {
    const auto who = get_admin(tx, admin);
    if (who.totp) {
        throw Refusal(kTotpOn, "codes are asked for already: turn them off first");
    }
    const auto secret = random_bytes(kSecretBytes);
    const auto pending = tx.vault().seal(pending_place(admin), secret);
    tx.run(kSetPending, admin, storage::Blob{pending}, now);
    const auto text = to_base32(secret);
    return {.secret = text,
            .uri = fmt::format("otpauth://totp/{0}:{1}?secret={2}&issuer={0}", percent_encoded(shop_name),
                               percent_encoded(who.username), text)};
}

std::vector<std::string> confirm_totp(storage::Transaction& tx, AdminId admin, std::string_view code,
                                      const Actor& actor, Time now) {
    const auto pending = sealed(tx, kGetPending, admin);
    if (!pending) {
        throw Refusal(kTotpNotPrepared, "there is no secret that waits for its first code");
    }
    const auto secret = tx.vault().open(pending_place(admin), *pending);
    const auto step = step_of(secret, code, now);
    if (!step) {
        throw Refusal({Fault{"/code", "is not the code of now: check the clock of the device that shows it"}});
    }
    const auto kept = tx.vault().seal(place(admin), secret);
    tx.run(kSetSecret, admin, storage::Blob{kept}, *step, now);
    tx.run(kRemoveRecovery, admin);
    std::vector<std::string> codes;
    for (int i = 0; i < kRecoveryCodes; ++i) {
        auto letters = folded(to_base32(random_bytes(kRecoveryBytes)));
        const auto hash = recovery_hash(tx, letters);
        tx.run(kAddRecovery, admin, storage::Blob{hash});
        codes.push_back(fmt::format("{}-{}-{}-{}", letters.substr(0, 4), letters.substr(4, 4), letters.substr(8, 4),
                                    letters.substr(12)));
    }
    tx.touched(storage::Topic::admins);
    audit::record(tx, "admin.totp", {"admin", number(admin)}, {{"totp", false}}, {{"totp", true}}, actor, now);
    return codes;
}

void disable_totp(storage::Transaction& tx, AdminId admin, const Actor& actor, Time now) {
    const bool was_on = get_admin(tx, admin).totp;
    tx.run(kSetSecret, admin, std::nullopt, 0, now);
    tx.run(kRemoveRecovery, admin);
    tx.touched(storage::Topic::admins);
    audit::record(tx, "admin.totp", {"admin", number(admin)}, {{"totp", was_on}}, {{"totp", false}}, actor, now);
}

bool is_totp_code(const storage::View& view, AdminId admin, std::string_view code, Time now) {
    const auto secret = sealed(view, kGetSecret, admin);
    const auto step = secret ? step_of(view.vault().open(place(admin), *secret), code, now) : std::nullopt;
    return step && view.value<std::int64_t>(kLastStep, admin).value_or(0) < *step;
}

bool is_recovery_code(const storage::View& view, AdminId admin, std::string_view code) {
    const auto hash = recovery_hash(view, code);
    return !code.empty() && view.value<std::int64_t>(kHasRecovery, admin, storage::Blob{hash}).has_value();
}

bool use_totp_code(storage::Transaction& tx, AdminId admin, std::string_view code, Time now) {
    const auto secret = sealed(tx, kGetSecret, admin);
    const auto step = secret ? step_of(tx.vault().open(place(admin), *secret), code, now) : std::nullopt;
    return step && tx.run(kUseStep, admin, *step) == 1;
}

std::optional<std::int64_t> totp_step(const storage::View& view, AdminId admin, std::string_view code, Time now) {
    const auto secret = sealed(view, kGetSecret, admin);
    const auto step = secret ? step_of(view.vault().open(place(admin), *secret), code, now) : std::nullopt;
    return step && *step > view.value<std::int64_t>(kLastStep, admin).value() ? step : std::nullopt;
}

void note_totp_step(storage::Transaction& tx, AdminId admin, std::int64_t step) { tx.run(kUseStep, admin, step); }

bool use_recovery_code(storage::Transaction& tx, AdminId admin, std::string_view code) {
    const auto hash = recovery_hash(tx, code);
    return tx.run(kUseRecovery, admin, storage::Blob{hash}) == 1;
}

}  // namespace orderd::accounts
