#pragma once

#include <httplib.h>

#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace orderd::tests {

/// Somebody's program that takes a POST at /hook, and answers what a test says.
class Receiver {
public:
    Receiver() {
        server_.Post("/hook", [this](const httplib::Request& request, httplib::Response& response) {
            const std::lock_guard lock(mutex_);
            taken_.push_back(request);
            response.status = status_;
        });
        server_.set_read_timeout(60);  // a stalled machine is not what a test looks for
        port_ = server_.bind_to_any_port("127.0.0.1");
        thread_ = std::thread([this] { server_.listen_after_bind(); });
        server_.wait_until_ready();
    }
    Receiver(const Receiver&) = delete;
    Receiver& operator=(const Receiver&) = delete;
    ~Receiver() {
        server_.stop();
        thread_.join();
    }

    std::string url() const { return "http://127.0.0.1:" + std::to_string(port_) + "/hook"; }
    void answer(int status) {
        const std::lock_guard lock(mutex_);
        status_ = status;
    }
    std::vector<httplib::Request> taken() {
        const std::lock_guard lock(mutex_);
        return taken_;
    }

private:
    httplib::Server server_;
    std::thread thread_;
    int port_ = 0;
    std::mutex mutex_;
    int status_ = 204;                     // guarded by mutex_
    std::vector<httplib::Request> taken_;  // guarded by mutex_
};

}  // namespace orderd::tests
