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
constexpr std::string_view kForms = "a form has so many fields, and so long ones, and not one more";
constexpr std::string_view kBaskets = "a basket that the shop did not sign is empty, and one of the shop's is bounded";
constexpr std::string_view kPlaces =
    "one source takes its places and no more, and all of them leave the last to none but each other";
constexpr std::string_view kQueues =
    "an address waits in so many places of a queue, all strangers in so many, and who is known in others";
constexpr std::string_view kReads = "X2: a stranger's read has a deadline, and two readers are kept for others";
constexpr std::string_view kUnsaved =
    "sessions in memory have their bounds, and customers who take all of theirs leave staff's";
constexpr std::string_view kFiles =
    "a product file has so many rows, so many faults and so much text, and not one more";
constexpr std::string_view kPixels = "a picture has so many pixels, and so long sides, and not one more";
constexpr std::string_view kUploads = "files of pictures are in memory two at a time, and others wait";
constexpr std::string_view kTags = "an order has so many tags, of so many letters, and the shop so many different ones";
constexpr std::string_view kComments = "a comment has so many letters, and an order so many comments";
constexpr std::string_view kLists = "an admin keeps so many lists, with names and filters of so many letters";
constexpr std::string_view kRecords = "X8: a record has so many fields, and a field so many bytes";

constexpr std::string_view kBulk = "a bulk edit names so many products, and its filter finds so many";

constexpr std::string_view kAskedFor = "a network may ask for so many returns in a day, and so many may name no order";

constexpr std::string_view kCodes = "an address gets so many codes in an hour, and a network asks for so many in a day";

constexpr std::string_view kDeclined =
    "so many cards are declined for an order, and for a network, and then no more are tried";

constexpr std::array kTested{
    TestedBound{"kExpandedLines", "a page of orders has so many lines, and the next one goes on after it"},
    TestedBound{"kDeclinesOfOrder", kDeclined},
    TestedBound{"kDeclinesOfNetwork", kDeclined},
    TestedBound{"kResetsOfAddress", kCodes},
    TestedBound{"kResetsOfNetwork", kCodes},
    TestedBound{"kResetTries", "a code may be tried so many times, from wherever, and by so many at once"},
    TestedBound{"kReturnRequestsOfNetwork", kAskedFor},
    TestedBound{"kUnmatchedReturnRequests", kAskedFor},
    TestedBound{"kBody", kRequests},
    TestedBound{"kJsonDepth", kRequests},
    TestedBound{"kJsonValues", kRequests},
    TestedBound{"kJsonMembers", kRequests},
    TestedBound{"kJsonString", kRequests},
    TestedBound{"kQueryParameters", kRequests},
    TestedBound{"kForm", kForms},
    TestedBound{"kFormFields", kForms},
    TestedBound{"kFormName", kForms},
    TestedBound{"kFormValue", kForms},
    TestedBound{"kBasketLines", kBaskets},
    TestedBound{"kBasketText", kBaskets},
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
    TestedBound{"kFoundBy", "an order or a customer has so many rows in the search index, and not one more"},
    TestedBound{"kLongestBeginning", "an order or a customer has so many rows in the search index, and not one more"},
    TestedBound{"kLookedAt", "a search looks at so many rows of a word, says how far it came, and goes on from there"},
    TestedBound{"kFoundAtOnce", "a list's other filters go on through all that its text finds"},
    TestedBound{"kThreads", "a server's limits are the budget's unless the shop sets others"},
    TestedBound{"kThreadsKeptPart", "a quarter of the threads is kept from strangers, whose requests wait meanwhile"},
    TestedBound{"kWaiting", "connections beyond the queue are told to come back"},
    TestedBound{"kConnections", "X6: when all connections are taken, the oldest idle one of whoever holds most goes"},
    TestedBound{"kConnectionsOfAddress", "an address has so many connections, and others have theirs"},
    TestedBound{"kRatePerMinute", "a bucket fills up again with time"},
    TestedBound{"kOverRateHeld", "who asks too often gets the answer a moment later, and no thread waits for it"},
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
    TestedBound{"kImportSlice", "a file is imported whole, whether its rows fill one slice, a part of one, or several"},
    TestedBound{"kImportOfFile", "a product file on the command line is not read if it is larger than it may be"},
    TestedBound{"kCsvColumns", kRecords},
    TestedBound{"kCsvField", kRecords},
    TestedBound{"kCsvRows", kFiles},
    TestedBound{"kCsvText", kFiles},
    TestedBound{"kCsvFaults", kFiles},
    TestedBound{"kCsvRowsShown", "X8: a report shows the first rows, and counts all"},
    TestedBound{"kLegalText", "a legal text has so many letters, and not one more"},
    TestedBound{"kOwnWords", "a text in the shop's own words has so many letters, and not one more"},
    TestedBound{"kGroupVariants", "a group has so many variants, an option so many values, and not one more"},
    TestedBound{"kOptionValues", "a group has so many variants, an option so many values, and not one more"},
    TestedBound{"kCollections", "a shop has so many collections"},
    TestedBound{"kCollectionMoves", "one request moves so many products"},
    TestedBound{"kBulkIds", kBulk},
    TestedBound{"kBulkProducts", kBulk},
    TestedBound{"kBulkRowsShown", kBulk},
    TestedBound{"kPictureFile", "the file of a picture has 20 MiB, and not a byte more"},
    TestedBound{"kPicturePixels", kPixels},
    TestedBound{"kPictureSide", kPixels},
    TestedBound{"kPictureMemory",
                "a picture whose decoder has to hold all of it is refused where that takes too much memory"},
    TestedBound{"kPictureStored", "each size of a picture has a MiB, and not a byte more: quality gives way"},
    TestedBound{"kPicturesOfProduct", "a product has twenty pictures, and not one more"},
    TestedBound{"kPictureUploads", kUploads},
    TestedBound{"kPictureUploadsWaiting", kUploads},
    TestedBound{"kPicturesCached", "pictures that were asked for lately are in memory, up to their bound"},
    TestedBound{"kTagLetters", kTags},
    TestedBound{"kTagsOfOrder", kTags},
    TestedBound{"kTags", kTags},
    TestedBound{"kComment", kComments},
    TestedBound{"kCommentsOfOrder", kComments},
    TestedBound{"kSavedLists", kLists},
    TestedBound{"kSavedListName", kLists},
    TestedBound{"kSavedListQuery", kLists},
    TestedBound{"kNoticeLines", "a message has so many lines, and counts what it has no room for"},
    TestedBound{"kNoticeLine", "a line of a message is cut where it is too long, between letters"},
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
