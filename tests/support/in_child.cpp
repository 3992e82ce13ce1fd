#include "support/in_child.h"

#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <exception>
#include <iostream>
#include <stdexcept>

namespace orderd::tests {

namespace {

constexpr char kDone = '+';
constexpr char kThrew = '-';

[[noreturn]] void live(const std::function<std::string()>& life, int to_parent) {
    std::string said;
    try {
        said = kDone + life();
    } catch (const std::exception& error) {
        said = kThrew + std::string(error.what());
    } catch (...) {
        said = kThrew + std::string("an exception of unknown type");
    }
    for (std::size_t done = 0; done < said.size();) {
        const auto size = ::write(to_parent, said.data() + done, said.size() - done);
        if (size <= 0) {
            break;
        }
        done += static_cast<std::size_t>(size);
    }
    std::cout.flush();
    ::_exit(0);  // what the parent has open is its own
}

/// @returns whether the child closed its end in time
bool hear_out(int from_child, std::chrono::seconds at_most, std::string& heard) {
    const auto end = std::chrono::steady_clock::now() + at_most;
    std::array<char, 4096> piece{};
    for (;;) {
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(end - std::chrono::steady_clock::now()).count();
        pollfd wanted{from_child, POLLIN, 0};
        if (left <= 0 || ::poll(&wanted, 1, static_cast<int>(left)) == 0) {
            return false;
        }
        const auto got = ::read(from_child, piece.data(), piece.size());
        if (got <= 0) {
            return true;
        }
        heard.append(piece.data(), static_cast<std::size_t>(got));
    }
}

}  // namespace

Ending in_child(const std::function<std::string()>& life, std::chrono::seconds at_most) {
    std::array<int, 2> ends{};
    if (::pipe(ends.data()) != 0) {
        throw std::runtime_error("no pipe can be made");
    }
    std::cout.flush();
    const pid_t child = ::fork();
    if (child < 0) {
        throw std::runtime_error("no process can be made");
    }
    if (child == 0) {
        ::close(ends[0]);
        live(life, ends[1]);
    }
    ::close(ends[1]);
    std::string heard;
    const bool in_time = hear_out(ends[0], at_most, heard);
    ::close(ends[0]);
    if (!in_time) {
        ::kill(child, SIGKILL);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    if (!in_time) {
        return {.said = {}, .trouble = fmt::format("it did not end within {} s", at_most.count())};
    }
    if (WIFSIGNALED(status)) {
        return {.said = {}, .trouble = fmt::format("it was ended by {}", ::strsignal(WTERMSIG(status)))};
    }
    if (WEXITSTATUS(status) != 0 || heard.empty()) {
        return {.said = {}, .trouble = fmt::format("it ended with status {}", WEXITSTATUS(status))};
    }
    auto text = heard.substr(1);
    return heard.front() == kDone ? Ending{.said = std::move(text), .trouble = {}}
                                  : Ending{.said = {}, .trouble = "it threw: " + text};
}

}  // namespace orderd::tests
