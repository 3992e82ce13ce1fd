#include "support/picture_server.h"

#include <fmt/format.h>

namespace orderd::tests {

PictureServer::PictureServer() {
    server_.Get(".*", [this](const httplib::Request& request, httplib::Response& response) {
        const std::lock_guard lock(mutex_);
        ++asked_[request.path];
        const auto found = files_.find(request.path);
        response.status = found == files_.end() ? 404 : found->second.status;
        if (found != files_.end()) {
            response.set_content(found->second.body, "image/jpeg");
            if (!found->second.location.empty()) {
                response.set_header("Location", found->second.location);
            }
        }
    });
    server_.set_read_timeout(60);  // a stalled machine is not what a test looks for
    port_ = server_.bind_to_any_port("127.0.0.1");
    thread_ = std::thread([this] { server_.listen_after_bind(); });
    server_.wait_until_ready();
}

PictureServer::~PictureServer() {
    server_.stop();
    thread_.join();
}

void PictureServer::put(const std::string& path, const std::string& body, int status, const std::string& location) {
    const std::lock_guard lock(mutex_);
    files_[path] = {body, location, status};
}

int PictureServer::asked(const std::string& path) {
    const std::lock_guard lock(mutex_);
    return asked_[path];
}

int PictureServer::asked() {
    const std::lock_guard lock(mutex_);
    int all = 0;
    for (const auto& [path, count] : asked_) {
        all += count;
    }
    return all;
}

std::string PictureServer::url(const std::string& path) const {
    return fmt::format("http://127.0.0.1:{}{}", port_, path);
}

}  // namespace orderd::tests
