#pragma once

#include <httplib.h>

#include <map>
#include <mutex>
#include <string>
#include <thread>

namespace orderd::tests {

/// Somebody's server of pictures, on loopback: what was put there, and how often it was asked for.
class PictureServer {
public:
    PictureServer();
    PictureServer(const PictureServer&) = delete;
    PictureServer& operator=(const PictureServer&) = delete;
    ~PictureServer();

    void put(const std::string& path, const std::string& body, int status = 200, const std::string& location = "");
    int asked(const std::string& path);
    int asked();  ///< for any of them
    std::string url(const std::string& path) const;

private:
    struct File {
        std::string body;
        std::string location;
        int status = 200;
    };

    httplib::Server server_;
    std::thread thread_;
    int port_ = 0;
    std::mutex mutex_;
    std::map<std::string, File> files_;  // guarded by mutex_
    std::map<std::string, int> asked_;   // guarded by mutex_
};

}  // namespace orderd::tests
