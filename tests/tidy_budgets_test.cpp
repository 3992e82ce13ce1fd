// Every bound of base/budgets.h has a test that goes below, to and above it. The table says which; it names each bound,
// and tests that are there.

#include <algorithm>
#include <array>
#include <regex>
#include <set>
#include <string>
#include <string_view>

#include <catch2/catch_test_macros.hpp>

#include "support/source_tree.h"

namespace orderd::tests {
namespace {

struct TestedBound {
    std::string_view bound;
    std::string_view test;
};

constexpr std::string_view kRequests =
    "each size of a request: just below its bound, at it, just above it and far above it";
constexpr std::string_view kBodies =
    "a body of any size comes whole, and so does the answer, and the connection goes on";
constexpr std::string_view kPlaces =
    "one source takes its places and no more, and all of them leave the last to none but each other";
constexpr std::string_view kQueues =
    "an address waits in so many places of a queue, all strangers in so many, and who is known in others";
constexpr std::string_view kReads = "X2: a stranger's read has a deadline, and two readers are kept for others";
constexpr std::string_view kUnsaved =
    "sessions in memory have their bounds, and customers who take all of theirs leave staff's";
constexpr std::string_view kFiles =
    "a product file has so many rows, so many faults and so much text, and not one more";
constexpr std::string_view kRecords = "X8: a record has so many fields, and a field so many bytes";

constexpr std::array kTested{
    TestedBound{"kBody", kRequests},
    TestedBound{"kJsonDepth", kRequests},
    TestedBound{"kJsonValues", kRequests},
    TestedBound{"kJsonMembers", kRequests},
    TestedBound{"kJsonString", kRequests},
    TestedBound{"kQueryParameters", kRequests},
    TestedBound{"kFaults", "X1: a list ends at its own bound, and its faults at a hundred"},
    TestedBound{"kShortBody", kBodies},
    TestedBound{"kLongJson", kBodies},
    TestedBound{"kSlowestBody", "X9: a body that comes slower than it may is given up, and one at that rate is read"},
    TestedBound{"kBodyBegins", "X9: a body that comes slower than it may is given up, and one at that rate is read"},
    TestedBound{"kLongJsonAtOnce", kQueues},
    TestedBound{"kLongJsonWaiting", kQueues},
    TestedBound{"kLongJsonWaitingOfAddress", kQueues},
    TestedBound{"kLongJsonWaitingKnown", kQueues},
    TestedBound{"kBodiesOfStaff", kPlaces},
    TestedBound{"kBodiesOfStrangers", kPlaces},
    TestedBound{"kBodiesOfWebhooks", kPlaces},
    TestedBound{"kLiveStreams", kPlaces},
    TestedBound{"kExports", kPlaces},
    TestedBound{"kReaders", kReads},
    TestedBound{"kReadersKept", kReads},
    TestedBound{"kStrangersRead", kReads},
    TestedBound{"kStrangersReadWait", kReads},
    TestedBound{"kStrangersTurn", kReads},
    TestedBound{"kSearchesAtOnce", kQueues},
    TestedBound{"kSearchesWaiting", kQueues},
    TestedBound{"kSearchesWaitingOfAddress", kQueues},
    TestedBound{"kSearchWords", "X2: six words are looked for, and more are not"},
    TestedBound{"kThreads", "a server's limits are the budget's unless the shop sets others"},
    TestedBound{"kThreadsKeptPart", "a quarter of the threads is kept from strangers, whose requests wait meanwhile"},
    TestedBound{"kWaiting", "connections beyond the queue are told to come back"},
    TestedBound{"kConnections", "X6: when all connections are taken, the oldest idle one of whoever holds most goes"},
    TestedBound{"kConnectionsOfAddress", "an address has so many connections, and others have theirs"},
    TestedBound{"kRatePerMinute", "a bucket fills up again with time"},
    TestedBound{"kRateBurst", "an address that asks too often is told when to come back"},
    TestedBound{"kAddressesOfSite", "X6: IPv6 counts by /64 and by /48, and so do rates"},
    TestedBound{"kDescriptorsAside", "a server takes as many connections as the system lets it open files for"},
    TestedBound{"kMoneyWorkers", "a server's limits are the budget's unless the shop sets others"},
    TestedBound{"kHashesAtOnce", kQueues},
    TestedBound{"kSignInsWaiting", kQueues},
    TestedBound{"kSignInsWaitingOfAddress", kQueues},
    TestedBound{"kSignInsWaitingKnown", kQueues},
    TestedBound{"kUnsavedSessions", kUnsaved},
    TestedBound{"kUnsavedSessionsOfCustomers", kUnsaved},
    TestedBound{"kUnsavedSessionsOfOne", kUnsaved},
    TestedBound{"kImport", "a product file has 32 MiB over HTTP, and not a byte more"},
    TestedBound{"kImportOfFile", "a product file on the command line is not read if it is larger than it may be"},
    TestedBound{"kCsvColumns", kRecords},
    TestedBound{"kCsvField", kRecords},
    TestedBound{"kCsvRows", kFiles},
    TestedBound{"kCsvText", kFiles},
    TestedBound{"kCsvFaults", kFiles},
    TestedBound{"kCsvRowsShown", "X8: a report shows the first rows, and counts all"},
    TestedBound{"kReportRows", "a screen has so many rows of a report, and the sums and the CSV are of all"},
    TestedBound{"kPaymentsSummed", "totals are added up to so many payments, and not one more: then they say so"},
};

std::set<std::string> bounds_in(const SourceFile& file) {
    static const std::regex declared(R"(^inline constexpr [\w:]+ (k\w+)\b.*)");
    std::set<std::string> bounds;
    for (const auto& line : file.lines) {
        std::smatch match;
        if (std::regex_match(line, match, declared)) {
            bounds.insert(match.str(1));
        }
    }
    return bounds;
}

}  // namespace

TEST_CASE("every bound of the budget has a test") {
    CHECK(bounds_in(planted("src/base/budgets.h", "inline constexpr std::size_t kNew = 7;  ///< of these\n")) ==
          std::set<std::string>{"kNew"});
    const auto bounds = bounds_in(source_files({"src/base/budgets.h"}, {".h"}).front());
    std::set<std::string> titles;
    for (const auto& file : source_files({"tests"}, {".cpp"})) {
        for (const auto& literal :
             file.path == "tests/tidy_budgets_test.cpp" ? std::vector<std::string>() : literals(file.text())) {
            titles.insert(literal);
        }
    }
    for (const auto& bound : bounds) {
        INFO(bound << " has no test: write one that goes below, to and above it, and name it in kTested");
        CHECK(std::any_of(kTested.begin(), kTested.end(), [&](const auto& row) { return row.bound == bound; }));
    }
    for (const auto& [bound, test] : kTested) {
        INFO(bound << ": \"" << test << "\"");
        CHECK(bounds.contains(std::string(bound)));
        CHECK(titles.contains(std::string(test)));
    }
}

}  // namespace orderd::tests
