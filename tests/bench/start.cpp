// Starts orderd on a shop again and again, and measures from the start of the process to its first answer. Prints one
// line of JSON.
//
//   bench_start --orderd EXECUTABLE --data DIR --port P [--times 15]

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <iostream>
#include <string>
#include <string_view>
#include <system_error>
#include <thread>
#include <vector>

#include <CLI/CLI.hpp>

#include "base/json.h"

namespace orderd::bench {

namespace {

using std::chrono::steady_clock;

/// Whether something at the port answers 200.
bool answers(int port) {
    constexpr std::string_view kQuestion = "GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n";
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    std::array<char, 512> answer{};
    const bool came = ::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 &&
                      ::send(socket, kQuestion.data(), kQuestion.size(), MSG_NOSIGNAL) > 0 &&
                      ::recv(socket, answer.data(), answer.size(), 0) > 0;
    ::close(socket);
    return came && std::string_view(answer.data(), answer.size()).starts_with("HTTP/1.1 200");
}

double start_once(const std::string& executable, const std::string& folder, int port) {
    const auto listen = "127.0.0.1:" + std::to_string(port);
    std::array<const char*, 7> arguments{"orderd",   "serve",        "--data", folder.c_str(),
                                         "--listen", listen.c_str(), nullptr};
    posix_spawn_file_actions_t quiet;
    ::posix_spawn_file_actions_init(&quiet);
    ::posix_spawn_file_actions_addopen(&quiet, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    ::posix_spawn_file_actions_addopen(&quiet, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    pid_t process = 0;
    const auto began = steady_clock::now();
    const int failed = ::posix_spawn(&process, executable.c_str(), &quiet, nullptr,
                                     const_cast<char* const*>(arguments.data()), environ);
    ::posix_spawn_file_actions_destroy(&quiet);
    if (failed != 0) {
        throw std::system_error(failed, std::generic_category(), executable);
    }
    bool there = false;
    while (!(there = answers(port)) && steady_clock::now() - began < std::chrono::seconds(10)) {
        std::this_thread::sleep_for(std::chrono::microseconds(200));
    }
    const std::chrono::duration<double, std::milli> took = steady_clock::now() - began;
    ::kill(process, SIGTERM);
    ::waitpid(process, nullptr, 0);
    if (!there) {
        throw std::runtime_error("orderd did not answer in 10 seconds");
    }
    return took.count();
}

}  // namespace

}  // namespace orderd::bench

int main(int argc, char** argv) {
    std::string executable;
    std::string folder;
    int port = 0;
    std::size_t times = 15;
    CLI::App line("Measures how long orderd takes to its first answer");
    line.add_option("--orderd", executable)->required()->check(CLI::ExistingFile);
    line.add_option("--data", folder)->required()->check(CLI::ExistingDirectory);
    line.add_option("--port", port)->required();
    line.add_option("--times", times)->check(CLI::Range(1, 1000));
    CLI11_PARSE(line, argc, argv);
    try {
        std::vector<double> took;
        while (took.size() < times) {
            took.push_back(orderd::bench::start_once(executable, folder, port));
        }
        std::sort(took.begin(), took.end());
        std::cout << orderd::Json{{"median_ms", took[took.size() / 2]}, {"slowest_ms", took.back()}}.dump() << '\n';
    } catch (const std::exception& error) {
        std::cerr << "bench_start: " << error.what() << '\n';
        return 1;
    }
    return 0;
}
