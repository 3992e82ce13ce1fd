// tests/simulate: a shop's life, simulated from a seed. See simulation.h.

#include <fmt/format.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>

#include <CLI/CLI.hpp>

#include "simulate/simulation.h"
#include "support/temporary_folder.h"

namespace orderd::tests {
namespace {

using Clock = std::chrono::steady_clock;

/// So many steps in all meet every kind that is counted.
constexpr std::int64_t kLongEnough = 60'000;

struct Wanted {
    std::uint64_t seed = 0;  ///< 0: new ones
    std::int64_t steps = 4'000;
    double minutes = 0;
    double hours = 0;
    bool twice = false;
    bool verbose = false;
    std::filesystem::path keep = {};
    std::filesystem::path story = {};
};

struct Outcome {
    std::optional<std::string> failure;
    std::string digest;
    std::int64_t steps = 0;
};

class Campaign {
public:
    explicit Campaign(const Wanted& wanted) : wanted_(wanted) {}

    int run();

private:
    Outcome run_one(std::uint64_t seed);
    bool run_seed(std::uint64_t seed);
    bool report();

    const Wanted wanted_;
    const Clock::time_point begun_ = Clock::now();
    Simulation::Counts counts_;
    std::int64_t steps_ = 0;
    int seeds_ = 0;
};

/// In memory, where the system has a place for that.
std::filesystem::path place() {
    std::error_code ignored;
    const std::filesystem::path memory = "/dev/shm";
    return std::filesystem::is_directory(memory, ignored) ? memory : std::filesystem::temp_directory_path();
}

Outcome Campaign::run_one(std::uint64_t seed) {
    const TemporaryFolder folder;
    Simulation simulation(seed, folder.path());
    std::ofstream story;
    if (!wanted_.story.empty()) {
        story.open(wanted_.story, std::ios::app);
        simulation.tell_to(&story);
    }
    Outcome outcome;
    outcome.failure = simulation.run(wanted_.steps);
    outcome.steps = simulation.step();
    outcome.digest = simulation.digest();
    if (outcome.failure && !wanted_.keep.empty()) {
        std::filesystem::copy(folder.path(), wanted_.keep, std::filesystem::copy_options::recursive);
    }
    for (const auto& [kind, times] : simulation.counts()) {
        counts_[kind] += times;
    }
    const auto& disk = simulation.disk().counts();
    counts_["disk full"] += disk.full;
    counts_["write error"] += disk.write_errors;
    counts_["sync error"] += disk.sync_errors;
    counts_["read error"] += disk.read_errors;
    counts_["torn file"] += disk.torn_files;
    counts_["truncation undone"] += disk.truncations_undone;
    counts_["sector lost that was not synced"] += disk.lost_sectors;
    counts_["sector kept that was not synced"] += disk.kept_sectors;
    if (outcome.failure || wanted_.verbose) {
        for (const auto& line : simulation.last_operations()) {
            fmt::print("  {}\n", line.substr(0, 600));
        }
    }
    return outcome;
}

bool Campaign::run_seed(std::uint64_t seed) {
    const auto outcome = run_one(seed);
    ++seeds_;
    steps_ += outcome.steps;
    const auto command = fmt::format("simulate --seed {} --steps {}", seed, wanted_.steps);
    if (outcome.failure) {
        fmt::print("seed {}, step {}: {}\nRun it again: {}\n", seed, outcome.steps, *outcome.failure, command);
        return false;
    }
    fmt::print("seed {}: {} steps, digest {}\n", seed, outcome.steps, outcome.digest);
    if (wanted_.twice) {
        if (const auto again = run_one(seed); again.digest != outcome.digest) {
            fmt::print("seed {}: the same run had another digest, {}\nRun it again: {} --twice\n", seed, again.digest,
                       command);
            return false;
        }
    }
    std::fflush(stdout);
    return true;
}

/// What happened how often. @returns whether everything did that a long run meets
bool Campaign::report() {
    for (const auto& operation : operations()) {
        counts_[std::string(operation.name)] += 0;
    }
    for (const auto kind : further_kinds()) {
        counts_[std::string(kind)] += 0;
    }
    bool all = true;
    for (const auto& [kind, times] : counts_) {
        fmt::print("{:>10}  {}\n", times, kind);
        all = all && times > 0;
    }
    const std::chrono::duration<double> took = Clock::now() - begun_;
    fmt::print("{} seeds, {} steps in {:.0f} s: {:.0f} a minute\n", seeds_, steps_, took.count(),
               static_cast<double>(steps_) * 60 / took.count());
    if (!all && steps_ >= kLongEnough) {
        fmt::print("a kind with 0 never happened: the simulation does not try what it should\n");
        return false;
    }
    return true;
}

int Campaign::run() {
    std::random_device random;
    const auto minutes = wanted_.minutes + 60 * wanted_.hours;
    const auto until =
        begun_ + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(minutes * 60));
    do {
        const auto drawn = (static_cast<std::uint64_t>(random()) << 16U) + (random() & 0xffffU);
        if (!run_seed(wanted_.seed != 0 ? wanted_.seed : drawn)) {
            report();
            return 1;
        }
    } while (Clock::now() < until);
    return report() ? 0 : 1;
}

}  // namespace
}  // namespace orderd::tests

int main(int count, char** arguments) {
    ::setenv("TMPDIR", orderd::tests::place().c_str(), 0);
    orderd::tests::Wanted wanted;
    CLI::App line("Simulates the life of a shop from a seed, with faults, and compares it with a model of it.",
                  "simulate");
    line.add_option("--seed", wanted.seed, "the run to repeat; new ones without it");
    line.add_option("--steps", wanted.steps, "of each run")->capture_default_str();
    line.add_option("--minutes", wanted.minutes, "goes on with further seeds for so long");
    line.add_option("--hours", wanted.hours, "the same");
    line.add_flag("--twice", wanted.twice, "makes each run twice: both must be the same, to the byte");
    line.add_flag("--verbose", wanted.verbose, "prints the last operations of runs that are good, too");
    line.add_option("--keep", wanted.keep, "where the files of a run that fails are copied to");
    line.add_option("--story", wanted.story, "a file that all that happens is told to: where two runs of a seed part");
    CLI11_PARSE(line, count, arguments);
    return orderd::tests::Campaign(wanted).run();
}
