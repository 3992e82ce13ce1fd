#include "accounts/attempts.h"

#include <algorithm>

#include "base/errors.h"
#include "storage/settings.h"

namespace orderd::accounts {

namespace {

constexpr std::size_t kMostAccounts = 10'000;
constexpr auto kFirstPause = minutes(1);

/// How long after its last failure an account takes no attempt.
Duration pause_after(int failures, const LoginLimit& limit) {
    Duration pause = kFirstPause;
    for (int n = limit.failures; n < failures && pause < limit.window; ++n) {
        pause.ms *= 2;
    }
    return failures < limit.failures ? Duration{} : std::min(pause, limit.window);
}

}  // namespace

LoginLimit login_limit(const storage::View& view) {
    LoginLimit limit;
    if (const auto set = settings::read(view, "login_limit")) {
        limit.failures = set->value("failures", limit.failures);
        limit.window = minutes(set->value("window_minutes", limit.window.ms / minutes(1).ms));
    }
    return limit;
}

Json to_json(const LoginLimit& limit) {
    return {{"failures", limit.failures}, {"window_minutes", limit.window.ms / minutes(1).ms}};
}

void Attempts::begin(const std::string& account, const LoginLimit& limit, Time now) {
    const std::lock_guard lock(mutex_);
    if (accounts_.size() >= kMostAccounts && !accounts_.contains(account)) {
        make_room(limit, now);
    }
    auto& failures = accounts_[account];
    if (now - failures.last >= limit.window) {
        failures = {};
    }
    const auto open_again = failures.last + pause_after(failures.count, limit);
    if (now < open_again) {
        throw Refusal(Reason::too_many_requests, "too_many_attempts",
                      "too many wrong passwords for this account: try again later")
            .retry_after(static_cast<int>(((open_again - now).ms + 999) / 1000));
    }
    ++failures.count;
    failures.last = now;
}

void Attempts::succeeded(const std::string& account) {
    const std::lock_guard lock(mutex_);
    accounts_.erase(account);
}

void Attempts::withdraw(const std::string& account) {
    const std::lock_guard lock(mutex_);
    const auto found = accounts_.find(account);
    if (found != accounts_.end() && --found->second.count <= 0) {
        accounts_.erase(found);
    }
}

void Attempts::make_room(const LoginLimit& limit, Time now) {
    std::erase_if(accounts_, [&](const auto& entry) { return now - entry.second.last >= limit.window; });
    if (accounts_.size() >= kMostAccounts) {
        accounts_.erase(std::min_element(accounts_.begin(), accounts_.end(),
                                         [](const auto& a, const auto& b) { return a.second.last < b.second.last; }));
    }
}

}  // namespace orderd::accounts
