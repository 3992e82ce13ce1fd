// The clocks of the machine, as a run sees them. Deadlines and caches of the shop follow them (a stranger's read, a log
// line that is not repeated), and must not differ with how busy the machine is: each look at a clock takes a fixed time.
// What the shop's own Clock says is another thing; see Simulation::pass().

#if defined(__linux__)

#include "simulate/machine_time.h"

#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include <cstdint>

namespace orderd::tests {

namespace {

constexpr std::int64_t kLook = 20'000;          ///< nanoseconds
constexpr std::int64_t kBegin = 1'767'225'600;  ///< 2026-01-01T00:00:00Z, in seconds
constexpr std::int64_t kSecond = 1'000'000'000;

bool follows_run = false;
std::int64_t passed = 0;  ///< nanoseconds

}  // namespace

void MachineTime::begin() {
    follows_run = true;
    passed = 0;
}

void MachineTime::end() { follows_run = false; }

}  // namespace orderd::tests

extern "C" int clock_gettime(clockid_t clock, timespec* time) noexcept {
    using namespace orderd::tests;
    if (!follows_run) {
        return static_cast<int>(::syscall(SYS_clock_gettime, clock, time));
    }
    passed += kLook;
    time->tv_sec = kBegin + passed / kSecond;
    time->tv_nsec = passed % kSecond;
    return 0;
}

extern "C" int gettimeofday(timeval* time, void*) noexcept {
    timespec now{};
    ::clock_gettime(CLOCK_REALTIME, &now);
    time->tv_sec = now.tv_sec;
    time->tv_usec = now.tv_nsec / 1000;
    return 0;
}

#endif
