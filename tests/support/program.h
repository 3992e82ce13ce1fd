#pragma once

#include <sys/types.h>

#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace orderd::tests {

/// What a run of orderd left behind.
struct Outcome {
    int exit_code = -1;  ///< -1: ended by a signal
    std::string out;
    std::string error;
};

/// Whether it printed that, to its output or its errors.
bool says(const Outcome& outcome, std::string_view text);

using Environment = std::vector<std::pair<std::string, std::string>>;

/// Runs the executable that was built beside the tests, to its end.
Outcome run_orderd(const std::vector<std::string>& arguments, const std::string& input = {},
                   const Environment& environment = {});

/// Runs orderd with its standard error on a terminal, and ends it with SIGKILL as soon as it has written `text` there.
/// @returns whether it came to that
bool kill_orderd_at(const std::vector<std::string>& arguments, const std::string& text);

/// `orderd serve` (or demo) as its own process, on a free port.
class Served {
public:
    /// Returns once it answers.
    explicit Served(const std::filesystem::path& data, const std::vector<std::string>& more = {},
                    const std::string& command = "serve", const Environment& environment = {});
    Served(const Served&) = delete;
    Served& operator=(const Served&) = delete;
    ~Served();  ///< kill()

    int port() const { return port_; }
    pid_t pid() const { return pid_; }
    const std::string& first_line() const { return first_line_; }

    void kill();  ///< SIGKILL: no warning, no last words
    /// SIGTERM. @returns the exit code, and how long it took (ms)
    std::pair<int, std::int64_t> terminate();

private:
    pid_t pid_ = -1;
    int out_ = -1;
    int port_ = 0;
    std::string first_line_;
};

}  // namespace orderd::tests
