#include "support/statements.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sqlite3.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <stdexcept>
#include <string_view>
#include <unordered_set>
#include <utility>

#include <catch2/catch_test_macros.hpp>
#include <catch2/reporters/catch_reporter_event_listener.hpp>
#include <catch2/reporters/catch_reporter_registrars.hpp>

#include "paths.h"

namespace orderd::tests {

namespace {

namespace fs = std::filesystem;

constexpr char kAfterCause = '\t';
constexpr char kAfterRecord = '\0';

/// What this process ran. A record: the cause, a tab, the SQL.
struct Collected {
    std::mutex mutex;
    std::vector<std::string> causes;  ///< under way
    std::unordered_set<std::string> records;
};

Collected& collected() {
    static auto* const all = new Collected;  // never destroyed: threads may run statements to the very end
    return *all;
}

int note_run(unsigned /*event*/, void* /*context*/, void* statement, void* /*text*/) {
    const char* sql = sqlite3_sql(static_cast<sqlite3_stmt*>(statement));
    if (sql != nullptr) {
        auto& all = collected();
        const std::lock_guard lock(all.mutex);
        std::string record = all.causes.size() == 1 ? all.causes.front() : "";
        record += kAfterCause;
        record += sql;
        all.records.insert(std::move(record));
    }
    return 0;
}

int watch(sqlite3* database, char** /*error*/, const sqlite3_api_routines* /*api*/) {
    return sqlite3_trace_v2(database, SQLITE_TRACE_STMT, note_run, nullptr);
}

/// Of this build: other tests are other statements, so that what an older build ran is not looked at.
fs::path file_of_this_build() {
    const auto folder = fs::path(kExecutable).parent_path();
    const auto built = fs::last_write_time(folder / "orderd_tests").time_since_epoch().count();
    return folder / "statements" / std::to_string(built);
}

std::unordered_set<std::string> records_in(const fs::path& file) {
    std::unordered_set<std::string> records;
    std::ifstream in(file, std::ios::binary);
    for (std::string record; std::getline(in, record, kAfterRecord);) {
        records.insert(record);
    }
    return records;
}

/// Adds what the file does not have. Tests run beside each other: one at a time looks and adds.
void keep(const std::unordered_set<std::string>& records) {
    const auto file = file_of_this_build();
    fs::create_directories(file.parent_path());
    const int fd = ::open(file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    if (fd < 0 || ::flock(fd, LOCK_EX) != 0) {
        throw std::runtime_error(fmt::format("{} cannot be written", file.string()));
    }
    const auto known = records_in(file);
    std::string added;
    for (const auto& record : records) {
        if (!known.contains(record)) {
            added.append(record).append(1, kAfterRecord);
        }
    }
    if (::write(fd, added.data(), added.size()) != static_cast<ssize_t>(added.size())) {
        throw std::runtime_error(fmt::format("{} cannot be written", file.string()));
    }
    if (known.empty()) {
        for (const auto& other : fs::directory_iterator(file.parent_path())) {
            if (other.path() != file) {
                fs::remove(other.path());
            }
        }
    }
    ::close(fd);
}

/// Watches every connection that the tests of this process open. Not where a sanitizer looks: a lock in each statement
/// would hide races from it.
class StatementListener final : public Catch::EventListenerBase {
public:
    using EventListenerBase::EventListenerBase;

    void testRunStarting(const Catch::TestRunInfo& /*run*/) override {
        if (std::string_view(kSanitizers).empty()) {
            sqlite3_auto_extension(reinterpret_cast<void (*)()>(watch));
        }
    }

    void testRunEnded(const Catch::TestRunStats& /*stats*/) override {
        auto& all = collected();
        const std::lock_guard lock(all.mutex);
        if (!all.records.empty()) {
            keep(all.records);
        }
    }
};

}  // namespace

Because::Because(std::string cause) : cause_(std::move(cause)) {
    auto& all = collected();
    const std::lock_guard lock(all.mutex);
    all.causes.push_back(cause_);
}

Because::~Because() {
    auto& all = collected();
    const std::lock_guard lock(all.mutex);
    all.causes.erase(std::find(all.causes.begin(), all.causes.end(), cause_));
}

std::set<RanStatement> ran_statements() {
    std::set<RanStatement> ran;
    for (const auto& record : records_in(file_of_this_build())) {
        const auto tab = record.find(kAfterCause);
        ran.insert({record.substr(0, tab), record.substr(tab + 1)});
    }
    return ran;
}

CATCH_REGISTER_LISTENER(StatementListener)

}  // namespace orderd::tests
