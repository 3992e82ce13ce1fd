#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace orderd::tests {

/// Numbers that follow from a seed, on every machine the same (SplitMix64).
class Dice {
public:
    explicit Dice(std::uint64_t seed) : state_(seed) {}

    std::uint64_t next() {
        state_ += 0x9e3779b97f4a7c15U;
        auto mixed = state_;
        mixed = (mixed ^ (mixed >> 30U)) * 0xbf58476d1ce4e5b9U;
        mixed = (mixed ^ (mixed >> 27U)) * 0x94d049bb133111ebU;
        return mixed ^ (mixed >> 31U);
    }

    std::size_t below(std::size_t bound) { return static_cast<std::size_t>(next() % bound); }
    std::int64_t between(std::int64_t least, std::int64_t most) {
        return least + static_cast<std::int64_t>(below(static_cast<std::size_t>(most - least + 1)));
    }
    bool chance(int per_mille) { return below(1000) < static_cast<std::size_t>(per_mille); }

    /// Equal in two runs that have thrown the same so far.
    std::uint64_t mark() const { return state_; }

    template <class T>
    const T& one_of(const std::vector<T>& all) {
        return all[below(all.size())];
    }

private:
    std::uint64_t state_;
};

}  // namespace orderd::tests
