#pragma once

#include <atomic>
#include <string>
#include <thread>

namespace orderd::tests {

/// A server that accepts connections, reads nothing, and says nothing: what hangs outside.
class SilentServer {
public:
    SilentServer();
    SilentServer(const SilentServer&) = delete;
    SilentServer& operator=(const SilentServer&) = delete;
    ~SilentServer();

    int port() const { return port_; }
    std::string url(const std::string& scheme = "http") const {
        return scheme + "://127.0.0.1:" + std::to_string(port_);
    }
    int connections() const { return connections_; }  ///< so far

private:
    int listening_ = -1;
    int port_ = 0;
    std::atomic<bool> ends_ = false;
    std::atomic<int> connections_ = 0;
    std::thread thread_;
};

}  // namespace orderd::tests
