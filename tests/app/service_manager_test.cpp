// What systemd learns of a shop: sd_notify(3)'s messages, on a socket of the test's own.

#include <signal.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cstring>

#include <catch2/catch_test_macros.hpp>

#include "support/program.h"
#include "support/temporary_folder.h"

using namespace orderd;
using namespace orderd::tests;

namespace {

class Listener {
public:
    explicit Listener(const std::string& name) : socket_(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        REQUIRE(name.size() < sizeof(address.sun_path));
        std::memcpy(address.sun_path, name.data(), name.size());
        if (name.starts_with('@')) {
            address.sun_path[0] = '\0';
        }
        const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + name.size());
        REQUIRE(::bind(socket_, reinterpret_cast<const sockaddr*>(&address), size) == 0);
        const timeval longest{.tv_sec = 60, .tv_usec = 0};
        REQUIRE(::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &longest, sizeof(longest)) == 0);
    }
    Listener(const Listener&) = delete;
    Listener& operator=(const Listener&) = delete;
    ~Listener() { ::close(socket_); }

    /// The next message; empty if none came in a minute.
    std::string next() {
        std::array<char, 200> text{};
        const auto size = ::recv(socket_, text.data(), text.size(), 0);
        return size > 0 ? std::string(text.data(), static_cast<std::size_t>(size)) : std::string();
    }

    /// The next that is no sign of life.
    std::string next_news() {
        auto text = next();
        while (text == "WATCHDOG=1") {
            text = next();
        }
        return text;
    }

private:
    int socket_;
};

}  // namespace

TEST_CASE("systemd is told that the shop is ready, alive, reloading and stopping") {
    const TemporaryFolder folder;
    const TemporaryFolder sockets;
    const auto name = (sockets.path() / "notify").string();
    Listener systemd(name);
    // A sign of life a second: a socket that nobody reads keeps ten of them, and then loses whatever else comes.
    Served served(folder.path(), {}, "serve", {{"NOTIFY_SOCKET", name}, {"WATCHDOG_USEC", "3000000"}});
    CHECK(systemd.next() == "READY=1");
    for (int beat = 0; beat < 3; ++beat) {
        CHECK(systemd.next() == "WATCHDOG=1");
    }
    ::kill(served.pid(), SIGHUP);
    CHECK(systemd.next_news() == "RELOADING=1");
    CHECK(systemd.next_news() == "READY=1");
    CHECK(served.terminate().first == 0);
    CHECK(systemd.next_news() == "STOPPING=1");
}

TEST_CASE("systemd hears of no life where it does not watch this process, also on an abstract socket") {
    const TemporaryFolder folder;
    const auto name = "@orderd-test-" + std::to_string(::getpid());
    for (const auto& watch : {Environment{}, Environment{{"WATCHDOG_USEC", "20000"}, {"WATCHDOG_PID", "1"}},
                              Environment{{"WATCHDOG_USEC", "often"}}}) {
        Listener systemd(name);
        auto environment = watch;
        environment.emplace_back("NOTIFY_SOCKET", name);
        Served served(folder.path(), {}, "serve", environment);
        CHECK(systemd.next() == "READY=1");
        CHECK(served.terminate().first == 0);
        CHECK(systemd.next() == "STOPPING=1");
    }
}

TEST_CASE("a service manager that cannot be reached does not keep the shop from serving") {
    const TemporaryFolder folder;
    for (const auto& name : {std::string("/nobody/listens"), std::string(500, 'x')}) {
        Served served(folder.path(), {}, "serve", {{"NOTIFY_SOCKET", name}, {"WATCHDOG_USEC", "300000"}});
        CHECK(served.terminate().first == 0);
    }
}
