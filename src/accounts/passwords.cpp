#include "accounts/passwords.h"

#ifdef __linux__
#include <sched.h>
#endif
#include <sodium.h>

#include <algorithm>
#include <new>
#include <thread>

#include "base/errors.h"

namespace orderd::accounts {

std::size_t PasswordHasher::at_once() {
    std::size_t cores = std::thread::hardware_concurrency();
#ifdef __linux__
    // That counts the machine's, also those that this process may not use.
    cpu_set_t usable;
    if (::sched_getaffinity(0, sizeof usable, &usable) == 0) {
        cores = static_cast<std::size_t>(CPU_COUNT(&usable));
    }
#endif
    return std::clamp<std::size_t>(cores, 1, budget::kHashesAtOnce);
}

std::string PasswordHasher::hash(std::string_view password, const Asker& asker) {
    const FairQueue::Turn turn(queue_, asker);
    computed_.fetch_add(1, std::memory_order_relaxed);
    std::string text(crypto_pwhash_STRBYTES, '\0');
    if (crypto_pwhash_argon2id_str(text.data(), password.data(), password.size(), cost_.passes, cost_.memory) != 0) {
        throw std::bad_alloc();
    }
    text.resize(text.find('\0'));
    return text;
}

bool PasswordHasher::verify(const std::string& hash, std::string_view password, const Asker& asker) {
    const FairQueue::Turn turn(queue_, asker);
    computed_.fetch_add(1, std::memory_order_relaxed);
    return crypto_pwhash_argon2id_str_verify(hash.c_str(), password.data(), password.size()) == 0;
}

bool PasswordHasher::verify_nobody(std::string_view password, const Asker& asker) {
    hash(password, asker);
    return false;
}

bool PasswordHasher::outdated(const std::string& hash) const {
    return crypto_pwhash_argon2id_str_needs_rehash(hash.c_str(), cost_.passes, cost_.memory) != 0;
}

}  // namespace orderd::accounts
