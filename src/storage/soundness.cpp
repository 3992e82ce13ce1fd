#include "storage/soundness.h"

#include <sqlite3.h>

#include "storage/health.h"
#include "storage/read_errors.h"
#include "storage/view.h"

namespace orderd::storage {

namespace {

constexpr int kStepsBetween = 20'000;  // of SQLite's virtual machine, between two calls of stop()

/// SQLite may report several findings, one a line.
std::string on_one_line(std::string text) {
    for (auto& c : text) {
        c = c == '\n' ? ' ' : c;
    }
    return text;
}

}  // namespace

std::optional<std::string> first_fault(const std::filesystem::path& database, Depth depth,
                                       const std::function<bool()>& stop) {
    const auto refused = refused_reads();
    try {
        Connection connection(database, Connection::Mode::read_only);
        if (stop) {
            sqlite3_progress_handler(
                connection.database().getHandle(), kStepsBetween,
                [](void* asked) { return (*static_cast<const std::function<bool()>*>(asked))() ? 1 : 0; },
                const_cast<std::function<bool()>*>(&stop));
        }
        auto lease = connection.lease(depth == Depth::quick ? "PRAGMA quick_check(1)" : "PRAGMA integrity_check(1)");
        const auto found = lease.step() ? Row(lease.get()).get<std::string>(0) : "the check gave no answer";
        if (found != "ok" && refused_reads() != refused) {
            throw SQLite::Exception("a page could not be read", SQLITE_IOERR_READ);
        }
        return found == "ok" ? std::nullopt : std::optional(on_one_line(found));
    } catch (const SQLite::Exception& error) {
        if (error.getErrorCode() == SQLITE_INTERRUPT) {
            return std::nullopt;
        }
        if (trouble_of(error.getErrorCode()) == Trouble::damaged) {
            return error.what();
        }
        throw;
    }
}

}  // namespace orderd::storage
