#include "support/doomed.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <utility>

#include <catch2/catch_test_macros.hpp>

namespace orderd::tests {

namespace {

std::string read_to_end(int from) {
    std::string all;
    std::array<char, 256> piece{};
    for (ssize_t got = 0; (got = ::read(from, piece.data(), piece.size())) > 0;) {
        all.append(piece.data(), static_cast<std::size_t>(got));
    }
    return all;
}

}  // namespace

Doomed::Doomed(const std::function<void(const std::function<std::string()>& told)>& life) {
    std::array<int, 2> ends{};
    REQUIRE(::pipe(ends.data()) == 0);
    child_ = ::fork();
    if (child_ == 0) {
        ::close(ends[1]);
        try {
            life([&] { return read_to_end(ends[0]); });
        } catch (...) {
            ::_exit(2);
        }
        ::_exit(1);
    }
    ::close(ends[0]);
    to_child_ = ends[1];
    REQUIRE(child_ > 0);
}

Doomed::~Doomed() {
    if (to_child_ >= 0) {
        ::close(to_child_);
    }
    if (child_ > 0) {
        ::kill(child_, SIGKILL);
        ::waitpid(child_, nullptr, 0);
    }
}

void Doomed::tell(const std::string& text) {
    REQUIRE(::write(to_child_, text.data(), text.size()) == static_cast<ssize_t>(text.size()));
    ::close(std::exchange(to_child_, -1));
}

bool Doomed::was_killed() {
    int status = 0;
    REQUIRE(::waitpid(std::exchange(child_, -1), &status, 0) > 0);
    return WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
}

}  // namespace orderd::tests
