#pragma once

#include <ostream>
#include <string>

namespace orderd {

/// A bar on a terminal: "Importing  [#########           ]  45%". Redrawn only if its percentage changes, and
/// wiped when its life ends, so that what is printed next stands alone.
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
