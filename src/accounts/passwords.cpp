#include "accounts/passwords.h"

#include <sodium.h>

#include <new>

#include "base/errors.h"

namespace orderd::accounts {

namespace {

constexpr int kMostRunning = 2;
constexpr int kMostWaiting = 32;

}  // namespace

/// One of the places where a hash is computed, for as long as this lives.
class PasswordHasher::Turn {
public:
    explicit Turn(PasswordHasher& hasher) : hasher_(hasher) {
        std::unique_lock lock(hasher_.mutex_);
        if (hasher_.running_ == kMostRunning && hasher_.waiting_ == kMostWaiting) {
            throw Refusal(Reason::unavailable, "busy", "too many people sign in at this moment: try again")
                .retry_after(2);
        }
        ++hasher_.waiting_;
        hasher_.free_.wait(lock, [&] { return hasher_.running_ < kMostRunning; });
        --hasher_.waiting_;
        ++hasher_.running_;
        hasher_.computed_.fetch_add(1, std::memory_order_relaxed);
    }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;
    ~Turn() {
        {
            const std::lock_guard lock(hasher_.mutex_);
            --hasher_.running_;
        }
        hasher_.free_.notify_one();
    }

private:
    PasswordHasher& hasher_;
};

std::string PasswordHasher::hash(std::string_view password) {
    const Turn turn(*this);
    std::string text(crypto_pwhash_STRBYTES, '\0');
    if (crypto_pwhash_argon2id_str(text.data(), password.data(), password.size(), cost_.passes, cost_.memory) != 0) {
        throw std::bad_alloc();
    }
    text.resize(text.find('\0'));
    return text;
}

bool PasswordHasher::verify(const std::string& hash, std::string_view password) {
    const Turn turn(*this);
    return crypto_pwhash_argon2id_str_verify(hash.c_str(), password.data(), password.size()) == 0;
}

bool PasswordHasher::verify_nobody(std::string_view password) {
    hash(password);
    return false;
}

bool PasswordHasher::outdated(const std::string& hash) const {
    return crypto_pwhash_argon2id_str_needs_rehash(hash.c_str(), cost_.passes, cost_.memory) != 0;
}

}  // namespace orderd::accounts
