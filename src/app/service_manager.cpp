#include "app/service_manager.h"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <cstring>

namespace orderd::app {

namespace {

std::string in_environment(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? std::string() : value;
}

/// 0 if it is not a whole number.
std::int64_t whole_number_in(const std::string& text) {
    std::int64_t value = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
    return fault == std::errc() && end == text.data() + text.size() ? value : 0;
}

}  // namespace

ServiceManager::ServiceManager() : socket_(in_environment("NOTIFY_SOCKET")) {
    const auto microseconds = whole_number_in(in_environment("WATCHDOG_USEC"));
    const auto whose = in_environment("WATCHDOG_PID");
    if (microseconds > 0 && (whose.empty() || whole_number_in(whose) == ::getpid())) {
        patience_ = std::chrono::milliseconds(std::max<std::int64_t>(1, microseconds / 1000));
    }
}

void ServiceManager::say(std::string_view state) const noexcept {
    sockaddr_un to{};
    to.sun_family = AF_UNIX;
    if (socket_.empty() || socket_.size() >= sizeof(to.sun_path)) {
        return;
    }
    std::memcpy(to.sun_path, socket_.data(), socket_.size());
    if (to.sun_path[0] == '@') {  // in the abstract namespace
        to.sun_path[0] = '\0';
    }
    const int out = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (out < 0) {
        return;
    }
    const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + socket_.size());
    ::sendto(out, state.data(), state.size(), MSG_NOSIGNAL | MSG_DONTWAIT, reinterpret_cast<const sockaddr*>(&to),
             size);
    ::close(out);
}

}  // namespace orderd::app
