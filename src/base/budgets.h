#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

/// How much one party may cost the shop: every limit on work, memory and places, with its reason. Only limits
/// that differ between shops (connections, rates, workers) are settings; their defaults are here. All others
/// are constants here, so that no two places disagree.
///
/// Strangers, staff and money never share a limit, and no party can use up another's share.
namespace orderd::budget {

// A request body.
inline constexpr std::size_t kBody = std::size_t{1} << 20U;          ///< bytes; imports may be longer
inline constexpr std::size_t kJsonDepth = 32;                        ///< levels: readers recurse
inline constexpr std::size_t kJsonValues = 20'000;                   ///< each costs about 100 bytes besides its text
inline constexpr std::size_t kJsonMembers = 200;                     ///< of one object: a lookup is linear in them
inline constexpr std::size_t kJsonString = std::size_t{64} * 1024;   ///< bytes
inline constexpr std::size_t kFaults = 100;                          ///< reported for one request: more would not help
inline constexpr std::size_t kQueryParameters = 64;                  ///< each is compared with all before it
inline constexpr std::size_t kShortBody = std::size_t{16} * 1024;    ///< bytes: no thread waits for it
inline constexpr std::size_t kSlowestBody = std::size_t{32} * 1024;  ///< bytes a second, if a thread waits for it
inline constexpr std::chrono::milliseconds kBodyBegins{5'000};       ///< from then on that rate counts

// Longer JSON bodies are parsed one after the other: thirty at once would keep every core from short requests.
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

// Long bodies being received: each holds a thread. There are three kinds, each with its own places.
inline constexpr Places kBodiesOfStaff{24, 8};
inline constexpr Places kBodiesOfStrangers{24, 8};
inline constexpr Places kBodiesOfWebhooks{16, 8};

// Streams: each holds a thread, and a database reader only while it reads.
inline constexpr Places kLiveStreams{64, 4};  ///< `each`: per session
inline constexpr Places kExports{6, 2};       ///< `each`: per person

// Database reads.
inline constexpr std::size_t kReaders = 10;                           ///< most machines have fewer cores
inline constexpr std::size_t kReadersKept = 2;                        ///< reserved: strangers cannot take them
inline constexpr std::chrono::milliseconds kStrangersRead{250};       ///< of processor time for one read
inline constexpr std::chrono::milliseconds kStrangersReadWait{1000};  ///< of time in all, however busy the machine is
inline constexpr std::chrono::milliseconds kStrangersTurn{2000};      ///< longest wait for a reader
inline constexpr std::size_t kSearchesAtOnce = 2;                     ///< of strangers; each keeps a core busy
inline constexpr std::size_t kSearchesWaiting = 48;                   ///< each holds a thread
inline constexpr std::size_t kSearchesWaitingOfAddress = 16;
inline constexpr std::size_t kSearchWords = 6;  ///< further words are ignored

// Threads that answer requests.
inline constexpr std::size_t kThreads = 256;
inline constexpr std::size_t kThreadsKeptPart = 4;  ///< one in four is reserved: not for strangers
inline constexpr std::size_t kWaiting = 1024;       ///< connections that wait for a thread

// Connections and rates. An IPv4 address, or an IPv6 /64, counts as one customer; an IPv6 /48 is a site.
inline constexpr std::size_t kConnections = 1024;
inline constexpr std::size_t kConnectionsOfAddress = 256;
inline constexpr double kRatePerMinute = 60;           ///< sign-ins, orders and payments per address
inline constexpr int kRateBurst = 30;                  ///< of them at once
inline constexpr std::size_t kAddressesOfSite = 4;     ///< a site may use as much as this many addresses
inline constexpr std::size_t kDescriptorsAside = 256;  ///< open files besides connections: the database, outgoing calls

// Jobs.
inline constexpr int kMoneyWorkers = 128;  ///< of the money lane, which mostly waits for gateways

// Signing in: hashing a password takes 19 MiB and about 30 ms.
inline constexpr std::size_t kHashesAtOnce = 2;
inline constexpr std::size_t kSignInsWaiting = 96;  ///< each holds a thread
inline constexpr std::size_t kSignInsWaitingOfAddress = 16;
inline constexpr std::size_t kSignInsWaitingKnown = 16;  ///< additional places, for devices that signed in before

// Sessions that began while the disk took no write: they are in memory, and people sign in to make room.
inline constexpr std::size_t kUnsavedSessions = 200;
inline constexpr std::size_t kUnsavedSessionsOfCustomers = 150;  ///< of them: the others are for who works here
inline constexpr std::size_t kUnsavedSessionsOfOne = 20;         ///< of one person

// An imported CSV file.
inline constexpr std::size_t kImport = std::size_t{32} << 20U;         ///< bytes over HTTP
inline constexpr std::size_t kImportOfFile = std::size_t{512} << 20U;  ///< bytes on the command line
inline constexpr std::size_t kCsvColumns = 250;                        ///< Shopify's own exports have up to 120
inline constexpr std::size_t kCsvField = std::size_t{256} * 1024;      ///< bytes
inline constexpr std::size_t kCsvRows = 250'000;
inline constexpr std::size_t kCsvText = std::size_t{128} << 20U;  ///< bytes of its products' names and descriptions
inline constexpr std::size_t kCsvFaults = 1'000;                  ///< after so many it is the wrong file
inline constexpr std::size_t kCsvRowsShown = 5'000;               ///< in a report, besides the faulty ones

// Figures of a shop's books, for who works here.
inline constexpr std::size_t kReportRows = 2'000;        ///< of a month's report on a screen; its CSV has all
inline constexpr std::int64_t kPaymentsSummed = 10'000;  ///< that a filter's totals look through

}  // namespace orderd::budget
