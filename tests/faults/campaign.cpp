#include "faults/campaign.h"

#include <fmt/format.h>
#include <stdlib.h>

#include <algorithm>
#include <iostream>
#include <random>
#include <sstream>

#include <catch2/catch_test_macros.hpp>

#include "support/in_child.h"

namespace orderd::tests {

namespace {

constexpr std::int64_t kMostCalls = 2000;

struct Try {
    std::int64_t at = 0;
    bool and_after = false;
};

struct Tried {
    std::int64_t seen = 0;
    std::int64_t struck = 0;
    Wrongs wrongs;
};

std::string text_of(const char* variable) {
    const char* value = ::getenv(variable);
    return value == nullptr ? "" : value;
}

/// In a process of its own, whose temporary folders are in one that is removed even if it crashes.
Tried try_one(const Action& action, const FaultKind& kind, const std::filesystem::path& prepared, const Try& one) {
    const TemporaryFolder scratch;
    const auto ending = in_child([&] {
        ::setenv("TMPDIR", scratch.path().c_str(), 1);
        const auto faults = kind.make();
        faults->aim(one.at, one.and_after);
        const auto wrongs = action.run(prepared, *faults);
        return Json{{"seen", faults->seen()}, {"struck", faults->struck()}, {"wrongs", wrongs}}.dump(
            -1, ' ', false, Json::error_handler_t::replace);
    });
    if (!ending.trouble.empty()) {
        return {.seen = 0, .struck = 0, .wrongs = {ending.trouble}};
    }
    const auto said = Json::parse(ending.said);
    return {.seen = said.at("seen").get<std::int64_t>(),
            .struck = said.at("struck").get<std::int64_t>(),
            .wrongs = said.at("wrongs").get<Wrongs>()};
}

std::vector<Try> tries_of(std::int64_t calls, std::size_t tries, std::mt19937_64& random) {
    std::vector<Try> all;
    for (std::int64_t at = 1; at <= calls; ++at) {
        all.push_back({at, false});
        all.push_back({at, true});
    }
    const bool every = is_long_campaign() && calls <= kMostCalls;
    const auto most = is_long_campaign() ? static_cast<std::size_t>(2 * kMostCalls) : sample_of(tries);
    if (!every && all.size() > most) {
        std::shuffle(all.begin(), all.end(), random);
        all.resize(most);
    }
    return all;
}

/// The one of ORDERD_FAULT, where that is of this kind.
std::vector<Try> wanted_alone(const std::string& wanted, const std::string& kind) {
    std::istringstream words(wanted);
    std::string name;
    std::string how;
    Try one;
    words >> name >> one.at >> how;
    return name == kind ? std::vector{Try{one.at, how == "after"}} : std::vector<Try>{};
}

}  // namespace

std::uint64_t campaign_seed() {
    constexpr std::uint64_t kUsualSeed = 1;
    static const auto seed = [] {
        const auto given = text_of("ORDERD_FAULTS_SEED");
        return given.empty() ? kUsualSeed : std::stoull(given);
    }();
    return seed;
}

bool is_long_campaign() { return text_of("ORDERD_FAULTS") == "every"; }

std::size_t sample_of(std::size_t usual) {
    const auto given = text_of("ORDERD_FAULTS");
    const auto times = is_long_campaign() ? 30 : given.empty() ? 1 : std::stod(given);
    return std::max<std::size_t>(1, static_cast<std::size_t>(static_cast<double>(usual) * times));
}

void try_every_fault(const Action& action, const std::vector<FaultKind>& kinds, std::size_t tries) {
    const TemporaryFolder prepared;
    const auto ready = in_child([&] {
        action.prepare(prepared.path());
        return std::string();
    });
    REQUIRE(ready.trouble == "");
    std::mt19937_64 random(campaign_seed());
    const auto alone = text_of("ORDERD_FAULT");
    for (const auto& kind : kinds) {
        const auto calm = try_one(action, kind, prepared.path(), {});
        INFO(fmt::format("{}, {}, without a fault", action.name, kind.name));
        CHECK(calm.wrongs == Wrongs{});
        CHECK(calm.seen > 0);
        std::int64_t tried = 0;
        std::int64_t struck = 0;
        const auto all = alone.empty() ? tries_of(calm.seen, tries, random) : wanted_alone(alone, kind.name);
        for (const auto& one : all) {
            const auto result = try_one(action, kind, prepared.path(), one);
            INFO(fmt::format("{}: ORDERD_FAULT=\"{} {} {}\" of {} calls, ORDERD_FAULTS_SEED={}", action.name, kind.name,
                             one.at, one.and_after ? "after" : "once", calm.seen, campaign_seed()));
            CHECK(result.wrongs == Wrongs{});
            ++tried;
            struck += result.struck;
        }
        std::cout << fmt::format("{}: {}: {} calls, {} tries, {} faults (seed {})\n", action.name, kind.name, calm.seen,
                                 tried, struck, campaign_seed());
        CHECK((struck > 0 || !alone.empty()));
    }
}

}  // namespace orderd::tests
