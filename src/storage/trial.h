#pragma once

#include <exception>
#include <functional>

#include "storage/writer.h"

namespace orderd::storage {

/// Runs `part` of a mutation and rolls it back, to learn whether it would be refused, and what would come of it.
///
/// @throws the exception of `part`
inline void try_out(Transaction& tx, const std::function<void()>& part) {
    struct TriedOut {};
    const auto ended = tx.try_apart([&] {
        part();
        throw TriedOut{};
    });
    try {
        std::rethrow_exception(ended);
    } catch (const TriedOut&) {
        return;
    }
}

}  // namespace orderd::storage
