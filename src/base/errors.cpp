#include "base/errors.h"

#include <fmt/format.h>

namespace orderd {

Refusal::Refusal(std::vector<Fault> faults) : Refusal(kValidationFailed, "") {
    faults_ = std::move(faults);
    for (const auto& fault : faults_) {
        if (!detail_.empty()) {
            detail_ += "; ";
        }
        detail_ += fmt::format("{}: {}", fault.pointer.empty() ? "/" : fault.pointer, fault.detail);
    }
}

Refusal&& Refusal::with(ProblemMember member, Json value) && {
    extra_[std::string(member.name())] = std::move(value);
    return std::move(*this);
}

Refusal&& Refusal::at(std::vector<Fault> faults) && {
    faults_ = std::move(faults);
    return std::move(*this);
}

Refusal&& Refusal::retry_after(int seconds) && {
    retry_after_seconds_ = seconds;
    return std::move(*this);
}

Refusal invalid(std::string pointer, std::string detail) {
    std::vector<Fault> faults;
    faults.push_back({std::move(pointer), std::move(detail)});
    return Refusal(std::move(faults));
}

Refusal not_found(std::string_view what) { return {kNotFound, fmt::format("there is no such {}", what)}; }

Refusal stale(std::int64_t current) {
    return Refusal(kStaleVersion, fmt::format("it has changed since it was read; its version is now {}", current))
        .with("version", current);
}

}  // namespace orderd
