#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "base/errors.h"

namespace orderd {

inline constexpr Refused kIllegalTransition{
    409, "illegal_transition",
    "The order, payment, parcel or return cannot go from its present state to the one that you asked for. The problem "
    "names the present state, and allowed lists those that can follow. Read it again before you decide."};

/// A state machine as a table: one row for each status, in the order of the enum. A row has at least
/// `status`, its `text`, and the statuses that may follow (`next`).
template <class Row, std::size_t N>
class StateTable {
public:
    using Status = decltype(Row::status);

    explicit StateTable(std::array<Row, N> rows) : rows_(std::move(rows)) {}

    const Row& operator[](Status status) const { return rows_[static_cast<std::size_t>(status)]; }

    std::optional<Status> parse(std::string_view text) const {
        const auto found = std::find_if(rows_.begin(), rows_.end(), [&](const Row& row) { return row.text == text; });
        return found == rows_.end() ? std::nullopt : std::optional(found->status);
    }

    bool allows(Status from, Status to) const {
        const auto& allowed = (*this)[from].next;
        return std::find(allowed.begin(), allowed.end(), to) != allowed.end();
    }

    /// The texts of the statuses that may follow.
    std::vector<std::string_view> names_after(Status from) const {
        std::vector<std::string_view> names;
        for (const auto status : (*this)[from].next) {
            names.push_back((*this)[status].text);
        }
        return names;
    }

    auto begin() const { return rows_.begin(); }
    auto end() const { return rows_.end(); }

private:
    const std::array<Row, N> rows_;
};

/// @param what  the subject, with its article: "an order"
/// @throws Refusal 409 `illegal_transition`, with members `status_member` ("order_status") and "allowed"
[[noreturn]] void refuse_step(std::string_view what, ProblemMember status_member, std::string_view from,
                              std::string_view to, const std::vector<std::string_view>& allowed);

}  // namespace orderd
