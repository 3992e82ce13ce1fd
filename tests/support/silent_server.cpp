#include "support/silent_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <stdexcept>
#include <vector>

namespace orderd::tests {

SilentServer::SilentServer() {
    listening_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* generic = reinterpret_cast<sockaddr*>(&address);
    if (::bind(listening_, generic, size) != 0 || ::listen(listening_, 1024) != 0 ||
        ::getsockname(listening_, generic, &size) != 0) {
        throw std::runtime_error("no port can be had");
    }
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] {
        std::vector<int> open;
        while (!ends_) {
            pollfd waiting{listening_, POLLIN, 0};
            if (::poll(&waiting, 1, 20) == 1) {
                open.push_back(::accept(listening_, nullptr, nullptr));
                ++connections_;
            }
        }
        for (const int one : open) {
            ::close(one);
        }
    });
}

SilentServer::~SilentServer() {
    ends_ = true;
    thread_.join();
    ::close(listening_);
}

}  // namespace orderd::tests
