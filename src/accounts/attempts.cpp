#include "accounts/attempts.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/address.h"
#include "base/errors.h"
#include "storage/settings.h"

namespace orderd::accounts {

namespace {

constexpr std::size_t kMostCounters = 50'000;  // about 6 MiB
constexpr std::size_t kRoom = kMostCounters / 10;
constexpr auto kFirstPause = minutes(1);
constexpr int kWhileAttacked = 3;        ///< an address's limit for an account that many addresses attack
constexpr int kNetworkFactor = 5;        ///< a /48's limit, in limits of one address
constexpr int kAllAccountsFactor = 10;   ///< an address's limit for all accounts together
constexpr int kAllAddressesFactor = 10;  ///< with so many limits' failures an account counts as attacked
constexpr std::size_t kKey = 16;         ///< bytes of a hash, since a stranger may send names of any length

/// How long attempts are refused after the last failure.
Duration pause_after(double failures, double most, Duration longest) {
    Duration pause = kFirstPause;
    for (double n = most; n < failures && pause < longest; ++n) {
        pause.ms *= 2;
    }
    return failures < most ? Duration{} : std::min(pause, longest);
}

std::string key_of(std::initializer_list<std::string_view> parts) {
    std::string text;
    for (const auto part : parts) {
        text.append(std::to_string(part.size())).append(1, ':').append(part);
    }
    return storage::hash_of_token(text).substr(0, kKey);
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

/// The counters that an attempt increments. The whole account's counter is the last one, if there is one.
std::vector<Attempts::Counter> Attempts::counters_of(const Attempt& attempt, const LoginLimit& limit) {
    const auto& account = attempt.account;
    if (!attempt.known_as.empty()) {
        return {{.key = key_of({"known", account, attempt.known_as}),
                 .most = static_cast<double>(limit.failures),
                 .forgotten = true}};
    }
    const auto address = IpAddress::parse(attempt.address);
    const auto network = address ? address->counted_as() : attempt.address;
    std::vector<Counter> counters{
        {.key = key_of({"pair", account, network}), .most = static_cast<double>(limit.failures), .forgotten = true}};
    if (address && !address->version_4()) {
        counters.push_back({.key = key_of({"wide pair", account, network.substr(0, 6)}),
                            .most = static_cast<double>(kNetworkFactor * limit.failures),
                            .runs_off = true});
    }
    if (!address || !address->loopback()) {
        counters.push_back({.key = key_of({"address", network}),
                            .most = static_cast<double>(kAllAccountsFactor * limit.failures),
                            .runs_off = true});
    }
    counters.push_back({.key = key_of({"account", account}),
                        .most = static_cast<double>(kAllAddressesFactor * limit.failures),
                        .runs_off = true,
                        .refuses = false});
    return counters;
}

/// A counter's failures that still count now.
double Attempts::current(const Counter& counter, const LoginLimit& limit, Time now) {
    const auto found = failures_.find(counter.key);
    if (found == failures_.end()) {
        return 0;
    }
    auto& [count, last] = found->second;
    last = std::min(last, now);  // a clock that was set back must not make anyone wait for it to catch up
    const auto passed = now - last;
    if (passed >= limit.window) {
        return 0;
    }
    const auto gone = counter.most * static_cast<double>(passed.ms) / static_cast<double>(limit.window.ms);
    return counter.runs_off ? std::max(0.0, count - gone) : count;
}

Duration Attempts::wait_of(const Counter& counter, const LoginLimit& limit, Time now) {
    const auto count = current(counter, limit, now);
    if (!counter.refuses || count < counter.most) {
        return {};
    }
    if (counter.runs_off) {
        const auto for_one = static_cast<double>(limit.window.ms) / counter.most;
        return {std::max<std::int64_t>(1, std::llround(std::ceil((count - counter.most + 1) * for_one)))};
    }
    return failures_[counter.key].last + pause_after(count, counter.most, limit.window) - now;
}

void Attempts::begin(const Attempt& attempt, const LoginLimit& limit, Time now) {
    const MutexLock lock(mutex_);
    auto counters = counters_of(attempt, limit);
    if (const auto& account = counters.back(); !account.refuses && current(account, limit, now) >= account.most) {
        counters.front().most = std::min(limit.failures, kWhileAttacked);
    }
    Duration wait{};
    for (const auto& counter : counters) {
        wait = std::max(wait, wait_of(counter, limit, now));
    }
    if (wait > Duration{}) {
        throw Refusal(kTooManyAttempts,
                      "too many wrong passwords for this account from where you are: try again later, or from a device "
                      "that signed in before")
            .retry_after(static_cast<int>((wait.ms + 999) / 1000));
    }
    for (const auto& counter : counters) {
        const auto count = current(counter, limit, now);
        if (failures_.size() >= kMostCounters && !failures_.contains(counter.key)) {
            make_room(now);
        }
        failures_[counter.key] = {.count = count + 1, .last = now};
    }
}

void Attempts::succeeded(const Attempt& attempt) { take_back(attempt, true); }

void Attempts::withdraw(const Attempt& attempt) { take_back(attempt, false); }

void Attempts::take_back(const Attempt& attempt, bool success) {
    const MutexLock lock(mutex_);
    for (const auto& counter : counters_of(attempt, {})) {
        const auto found = failures_.find(counter.key);
        if (found == failures_.end()) {
            continue;
        }
        found->second.count -= 1;
        if (found->second.count <= 0 || (success && counter.forgotten)) {
            failures_.erase(found);
        }
    }
}

/// Forgets a tenth of the counters: first those with few failures, then those that refuse somebody, the oldest first.
void Attempts::make_room(Time now) {
    std::vector<std::pair<std::pair<bool, Time>, std::string>> order;
    order.reserve(failures_.size());
    for (const auto& [key, failures] : failures_) {
        const bool keeps_out = failures.count >= kWhileAttacked && now - failures.last < days(1);
        order.push_back({{keeps_out, failures.last}, key});
    }
    std::nth_element(order.begin(), order.begin() + kRoom, order.end());
    for (std::size_t i = 0; i < kRoom; ++i) {
        failures_.erase(order[i].second);
    }
}

}  // namespace orderd::accounts
