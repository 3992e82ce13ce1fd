#include "support/program.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <stdexcept>

#include "base/text.h"
#include "paths.h"

extern char** environ;  // NOLINT: POSIX names it so

namespace orderd::tests {

namespace {

struct Pipe {
    int read_end = -1;
    int write_end = -1;

    Pipe() {
        std::array<int, 2> ends{};
        if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
            throw std::runtime_error("no pipe can be made");
        }
        read_end = ends[0];
        write_end = ends[1];
    }
};

pid_t start(const std::vector<std::string>& arguments, const Environment& environment, int in, int out, int error) {
    std::vector<std::string> words{tests::kExecutable};
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<char*> argv;
    for (auto& word : words) {
        argv.push_back(word.data());
    }
    argv.push_back(nullptr);

    std::vector<std::string> variables;
    for (char** variable = environ; *variable != nullptr; ++variable) {
        if (!std::string_view(*variable).starts_with("ORDERD_")) {
            variables.emplace_back(*variable);
        }
    }
    for (const auto& [name, value] : environment) {
        variables.push_back(name + '=' + value);
    }
    std::vector<char*> envp;
    for (auto& variable : variables) {
        envp.push_back(variable.data());
    }
    envp.push_back(nullptr);

    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, in, STDIN_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions, error, STDERR_FILENO);
    pid_t pid = -1;
    const int failed = ::posix_spawn(&pid, tests::kExecutable, &actions, nullptr, argv.data(), envp.data());
    ::posix_spawn_file_actions_destroy(&actions);
    if (failed != 0) {
        throw std::runtime_error("orderd cannot be started");
    }
    return pid;
}

/// Waits for the end of a process. @returns its exit code, or -1 if a signal ended it
int wait_for(pid_t pid) {
    int status = 0;
    while (::waitpid(pid, &status, 0) < 0) {
        if (errno != EINTR) {
            throw std::runtime_error("the process cannot be waited for");
        }
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/// Reads both to their ends, whichever comes first.
void read_all(int out, int error, Outcome& outcome) {
    std::array<pollfd, 2> open{{{out, POLLIN, 0}, {error, POLLIN, 0}}};
    std::array<char, 4096> buffer{};
    while (open[0].fd >= 0 || open[1].fd >= 0) {
        ::poll(open.data(), open.size(), -1);
        for (auto& it : open) {
            if (it.fd < 0 || it.revents == 0) {
                continue;
            }
            const auto got = ::read(it.fd, buffer.data(), buffer.size());
            if (got <= 0) {
                ::close(it.fd);
                it.fd = -1;
                continue;
            }
            (it.fd == out ? outcome.out : outcome.error).append(buffer.data(), static_cast<std::size_t>(got));
        }
    }
}

}  // namespace

bool says(const Outcome& outcome, std::string_view text) {
    return (outcome.out + outcome.error).find(text) != std::string::npos;
}

Outcome run_orderd(const std::vector<std::string>& arguments, const std::string& input,
                   const Environment& environment) {
    const Pipe in;
    const Pipe out;
    const Pipe error;
    const auto pid = start(arguments, environment, in.read_end, out.write_end, error.write_end);
    ::close(in.read_end);
    ::close(out.write_end);
    ::close(error.write_end);
    ::signal(SIGPIPE, SIG_IGN);
    (void)!::write(in.write_end, input.data(), input.size());
    ::close(in.write_end);
    Outcome outcome;
    read_all(out.read_end, error.read_end, outcome);
    outcome.exit_code = wait_for(pid);
    return outcome;
}

bool kill_orderd_at(const std::vector<std::string>& arguments, const std::string& text) {
    const int terminal = ::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (terminal < 0 || ::grantpt(terminal) != 0 || ::unlockpt(terminal) != 0) {
        throw std::runtime_error("no terminal can be made");
    }
    const int screen = ::open(::ptsname(terminal), O_RDWR | O_NOCTTY | O_CLOEXEC);
    const int nothing = ::open("/dev/null", O_RDWR | O_CLOEXEC);
    const auto pid = start(arguments, {{"TERM", "xterm"}}, nothing, nothing, screen);
    ::close(screen);
    ::close(nothing);
    std::string seen;
    std::array<char, 256> buffer{};
    while (seen.find(text) == std::string::npos) {
        const auto got = ::read(terminal, buffer.data(), buffer.size());
        if (got <= 0) {
            break;
        }
        seen.append(buffer.data(), static_cast<std::size_t>(got));
    }
    ::kill(pid, SIGKILL);
    const bool killed = wait_for(pid) == -1;
    ::close(terminal);
    return killed && seen.find(text) != std::string::npos;
}

Served::Served(const std::filesystem::path& data, const std::vector<std::string>& more, const std::string& command,
               const Environment& environment) {
    std::vector<std::string> arguments{command,       "--data",      data.string(), "--listen",
                                       "127.0.0.1:0", "--log-level", "error"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const Pipe out;
    const int nothing = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
    pid_ = start(arguments, environment, nothing, out.write_end, STDERR_FILENO);
    ::close(nothing);
    ::close(out.write_end);
    out_ = out.read_end;
    char c = 0;
    while (::read(out_, &c, 1) == 1 && c != '\n') {
        first_line_ += c;
    }
    const auto colon = first_line_.rfind(':');
    const auto port = colon == std::string::npos ? std::nullopt : parse_integer(first_line_.substr(colon + 1));
    if (!port) {
        throw std::runtime_error("orderd does not serve: " + first_line_);
    }
    port_ = static_cast<int>(*port);
}

Served::~Served() {
    kill();
    ::close(out_);
}

void Served::kill() {
    if (pid_ > 0) {
        ::kill(pid_, SIGKILL);
        wait_for(pid_);
        pid_ = -1;
    }
}

std::pair<int, std::int64_t> Served::terminate() {
    const auto before = std::chrono::steady_clock::now();
    ::kill(pid_, SIGTERM);
    const int code = wait_for(pid_);
    pid_ = -1;
    const auto took = std::chrono::steady_clock::now() - before;
    return {code, std::chrono::duration_cast<std::chrono::milliseconds>(took).count()};
}

}  // namespace orderd::tests
