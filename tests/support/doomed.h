#pragma once

#include <sys/types.h>

#include <functional>
#include <string>

namespace orderd::tests {

/// A separate process that is expected to kill itself. To be made before any other thread is there: what is forked
/// has one thread alone, and locks that the others held (of AddressSanitizer's allocator, say) stay held in it for
/// ever.
class Doomed {
public:
    /// `life` runs in that process, and is given `told`, which waits for tell().
    explicit Doomed(const std::function<void(const std::function<std::string()>& told)>& life);
    Doomed(const Doomed&) = delete;
    Doomed& operator=(const Doomed&) = delete;
    ~Doomed();

    /// Says what was not known yet when it was made. Once.
    void tell(const std::string& text);

    /// Waits for its end. @returns whether SIGKILL was that
    [[nodiscard]] bool was_killed();

private:
    pid_t child_ = -1;
    int to_child_ = -1;
};

}  // namespace orderd::tests
