#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

/// What one party may cost the shop: every bound on work, memory and places, with its reason. Settings exist only where
/// shops differ (connections, rates, workers), and their defaults are here; all else is a constant here, so that no two
/// places disagree.
///
/// A limit never serves strangers, staff and money alike, and what one party uses never takes another's share.
namespace orderd::budget {

// A body.
inline constexpr std::size_t kBody = std::size_t{1} << 20U;          ///< bytes, but for imports
inline constexpr std::size_t kJsonDepth = 32;                        ///< levels: what reads it recurses
inline constexpr std::size_t kJsonValues = 20'000;                   ///< each costs some 100 bytes besides its text
inline constexpr std::size_t kJsonMembers = 200;                     ///< of one object: a look-up is linear in them
inline constexpr std::size_t kJsonString = std::size_t{64} * 1024;   ///< bytes
inline constexpr std::size_t kFaults = 100;                          ///< told of one request: more help nobody
inline constexpr std::size_t kQueryParameters = 64;                  ///< each is compared with those before it
inline constexpr std::size_t kShortBody = std::size_t{16} * 1024;    ///< bytes: no thread waits for it
inline constexpr std::size_t kSlowestBody = std::size_t{32} * 1024;  ///< bytes a second, of one that a thread waits for
inline constexpr std::chrono::milliseconds kBodyBegins{5'000};       ///< before that rate counts

// The JSON of a body longer than that is parsed in turn: thirty at once would keep every core from short requests.
inline constexpr std::size_t kLongJson = std::size_t{64} * 1024;  ///< bytes
inline constexpr std::size_t kLongJsonAtOnce = 1;
inline constexpr std::size_t kLongJsonWaiting = 48;  ///< each holds a thread, and its body
inline constexpr std::size_t kLongJsonWaitingOfAddress = 16;
inline constexpr std::size_t kLongJsonWaitingKnown = 16;

/// How many places there are, and how many of them one party may have.
struct Places {
    std::size_t all;
    std::size_t each;
};

// Long bodies under way: each holds a thread. Three kinds, none of which takes the others' places.
inline constexpr Places kBodiesOfStaff{24, 8};
inline constexpr Places kBodiesOfStrangers{24, 8};
inline constexpr Places kBodiesOfWebhooks{16, 8};

// Streams: each holds a thread, and a reader only while it reads.
inline constexpr Places kLiveStreams{64, 4};  ///< `each`: of a session
inline constexpr Places kExports{6, 2};       ///< `each`: of a person

// Reads.
inline constexpr std::size_t kReaders = 10;                           ///< more than most machines have cores
inline constexpr std::size_t kReadersKept = 2;                        ///< that strangers leave free
inline constexpr std::chrono::milliseconds kStrangersRead{250};       ///< of work that one read may take
inline constexpr std::chrono::milliseconds kStrangersReadWait{1000};  ///< in all, however busy the machine is
inline constexpr std::chrono::milliseconds kStrangersTurn{2000};      ///< to wait for a reader
inline constexpr std::size_t kSearchesAtOnce = 2;                     ///< of strangers; each keeps a core busy
inline constexpr std::size_t kSearchesWaiting = 48;                   ///< each holds a thread
inline constexpr std::size_t kSearchesWaitingOfAddress = 16;
inline constexpr std::size_t kSearchWords = 6;  ///< more are not looked for

// Threads that answer.
inline constexpr std::size_t kThreads = 256;
inline constexpr std::size_t kThreadsKeptPart = 4;  ///< one in four is not for strangers
inline constexpr std::size_t kWaiting = 1024;       ///< connections that wait for a thread

// Connections and rates. A site is a /48 of IPv6; an address of version 4, or a /64, is one customer.
inline constexpr std::size_t kConnections = 1024;
inline constexpr std::size_t kConnectionsOfAddress = 256;
inline constexpr double kRatePerMinute = 60;           ///< sign-ins, orders and payments of an address
inline constexpr int kRateBurst = 30;                  ///< of them at once
inline constexpr std::size_t kAddressesOfSite = 4;     ///< a site has so many addresses' shares
inline constexpr std::size_t kDescriptorsAside = 256;  ///< open files that are not connections: the database, outgoing

// Jobs.
inline constexpr int kMoneyWorkers = 128;  ///< of the lane for money, which waits for gateways most of the time

// Signing in: hashing a password takes 19 MiB and some 30 ms.
inline constexpr std::size_t kHashesAtOnce = 2;
inline constexpr std::size_t kSignInsWaiting = 96;  ///< each holds a thread
inline constexpr std::size_t kSignInsWaitingOfAddress = 16;
inline constexpr std::size_t kSignInsWaitingKnown = 16;  ///< more places, for devices that signed in before

// A CSV that is imported.
inline constexpr std::size_t kImport = std::size_t{32} << 20U;         ///< bytes over HTTP
inline constexpr std::size_t kImportOfFile = std::size_t{512} << 20U;  ///< bytes on the command line
inline constexpr std::size_t kCsvColumns = 250;                        ///< Shopify's own exports have up to 120
inline constexpr std::size_t kCsvField = std::size_t{256} * 1024;      ///< bytes
inline constexpr std::size_t kCsvRows = 250'000;
inline constexpr std::size_t kCsvText = std::size_t{128} << 20U;  ///< bytes of its products' names and descriptions
inline constexpr std::size_t kCsvFaults = 1'000;                  ///< then the file is the wrong one
inline constexpr std::size_t kCsvRowsShown = 5'000;               ///< in a report, beside the faulty ones

}  // namespace orderd::budget
