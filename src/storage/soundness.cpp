#include "storage/soundness.h"

#include <sqlite3.h>

#include <cstdlib>
#include <string_view>

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

/// SQLite calls a page damaged that it could not read for another reason, such as too little memory, and names only that
/// reason's code ("unable to get the page. error code=7"). @throws SQLite::Exception with that code
void require_that_it_was_read(const std::string& found) {
    constexpr std::string_view kCode = "error code=";
    const auto at = found.find(kCode);
    const int code = at == std::string::npos ? SQLITE_OK : std::atoi(found.c_str() + at + kCode.size());
    if (code != SQLITE_OK && trouble_of(code) != Trouble::damaged) {
        throw SQLite::Exception("a page could not be read", code);
    }
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
        require_that_it_was_read(found);
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
