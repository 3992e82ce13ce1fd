#pragma once

#include <fcntl.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include "support/temporary_folder.h"

namespace orderd::tests {

/// What this process writes to standard error meanwhile.
class Said {
public:
    Said() : before_(::dup(STDERR_FILENO)) {
        const int file = ::open(path().c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
        ::dup2(file, STDERR_FILENO);
        ::close(file);
    }
    ~Said() { end(); }

    std::vector<std::string> end() {
        if (before_ >= 0) {
            ::dup2(before_, STDERR_FILENO);
            ::close(std::exchange(before_, -1));
        }
        std::vector<std::string> lines;
        std::ifstream file(path());
        for (std::string line; std::getline(file, line);) {
            lines.push_back(line);
        }
        return lines;
    }

private:
    std::filesystem::path path() const { return folder_.path() / "log"; }

    TemporaryFolder folder_;
    int before_;
};

}  // namespace orderd::tests
