#include "base/state_table.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace orderd {

void refuse_step(std::string_view what, ProblemMember status_member, std::string_view from, std::string_view to,
                 const std::vector<std::string_view>& allowed) {
    throw Refusal(kIllegalTransition, allowed.empty() ? fmt::format("{} that is {} stays so", what, from)
                                                      : fmt::format("{} that is {} cannot become {}; it can become {}",
                                                                    what, from, to, fmt::join(allowed, ", ")))
        .with(status_member, from)
        .with("allowed", allowed);
}

}  // namespace orderd
