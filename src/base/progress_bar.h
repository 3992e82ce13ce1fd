#pragma once

#include <ostream>
#include <string>

namespace orderd {

/// A bar on a terminal: "Importing  [#########           ]  45%". Redrawn only if its percentage changes, and
/// erased by the destructor, so that the next output starts on an empty line.
class ProgressBar {
public:
    /// Draws nothing unless `shown`.
    ProgressBar(std::ostream& terminal, std::string label, bool shown);
    ProgressBar(const ProgressBar&) = delete;
    ProgressBar& operator=(const ProgressBar&) = delete;
    ~ProgressBar();

    void show(double done);  ///< from 0 to 1

private:
    std::ostream& terminal_;
    const std::string label_;
    const bool shown_;
    int percent_ = -1;
};

}  // namespace orderd
