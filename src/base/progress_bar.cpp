#include "base/progress_bar.h"

#include <fmt/format.h>

#include <algorithm>

namespace orderd {

ProgressBar::ProgressBar(std::ostream& terminal, std::string label, bool shown)
    : terminal_(terminal), label_(std::move(label)), shown_(shown) {}

ProgressBar::~ProgressBar() {
    if (percent_ >= 0) {
        terminal_ << "\r\x1b[K" << std::flush;
    }
}

void ProgressBar::show(double done) {
    constexpr int kWidth = 40;
    const auto percent = static_cast<int>(std::clamp(done, 0.0, 1.0) * 100);
    if (!shown_ || percent == percent_) {
        return;
    }
    percent_ = percent;
    const auto full = static_cast<std::size_t>(percent * kWidth / 100);
    terminal_ << fmt::format("\r{}  [{:<{}}] {:3}%", label_, std::string(full, '#'), kWidth, percent) << std::flush;
}

}  // namespace orderd
