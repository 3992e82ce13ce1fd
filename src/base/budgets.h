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

// A page's form, and what a visitor's basket holds: browsers keep 4,096 bytes of a cookie.
inline constexpr std::size_t kForm = std::size_t{64} * 1024;       ///< bytes: a note of 2,000 letters, each escaped
inline constexpr std::size_t kFormFields = 200;                    ///< two of each line of a basket, and an address
inline constexpr std::size_t kFormName = 100;                      ///< bytes of a field's name
inline constexpr std::size_t kFormValue = std::size_t{16} * 1024;  ///< bytes
inline constexpr std::size_t kBasketLines = 50;
inline constexpr std::size_t kBasketText = 1'800;  ///< bytes of all its SKUs, before signing and base64

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

// What orders and customers are found by (accounts/found_by.h). Strangers write it: each row is a page that is changed.
inline constexpr std::size_t kFoundBy = 60;           ///< rows of an order or a customer; most have twenty
inline constexpr std::size_t kLongestBeginning = 15;  ///< letters of a name's beginnings: a longer one is found whole
inline constexpr std::int64_t kLookedAt = 3'000;      ///< rows of the rarest word that a page of a search looks at
inline constexpr std::int64_t kFoundAtOnce = 500;     ///< orders that a page's other filters are asked of

// Threads that answer requests.
inline constexpr std::size_t kThreads = 256;
inline constexpr std::size_t kThreadsKeptPart = 4;  ///< one in four is reserved: not for strangers
inline constexpr std::size_t kWaiting = 1024;       ///< connections that wait for a thread

// Connections and rates. An IPv4 address, or an IPv6 /64, counts as one customer; an IPv6 /48 is a site.
inline constexpr std::size_t kConnections = 1024;
inline constexpr std::size_t kConnectionsOfAddress = 256;
inline constexpr double kRatePerMinute = 60;  ///< sign-ins, orders and payments per address
inline constexpr int kRateBurst = 30;         ///< of them at once
/// How long the answer is held that says so: whoever asks on and on has four of them a second and connection.
inline constexpr std::chrono::milliseconds kOverRateHeld{250};
inline constexpr std::size_t kAddressesOfSite = 4;     ///< a site may use as much as this many addresses
inline constexpr std::size_t kDescriptorsAside = 256;  ///< open files besides connections: the database, outgoing calls

// Jobs.
inline constexpr int kMoneyWorkers = 128;  ///< of the money lane, which mostly waits for gateways

// Signing in: hashing a password takes 19 MiB and about 30 ms.
inline constexpr std::size_t kHashesAtOnce = 2;
inline constexpr std::size_t kSignInsWaiting = 96;  ///< each holds a thread
inline constexpr std::size_t kSignInsWaitingOfAddress = 16;
inline constexpr std::size_t kSignInsWaitingKnown = 16;  ///< additional places, for devices that signed in before

// Declined cards, in an hour: whoever tries stolen ones has many.
inline constexpr std::int64_t kDeclinesOfOrder = 10;    ///< a customer has a few cards, and mistypes them
inline constexpr std::int64_t kDeclinesOfNetwork = 20;  ///< a family, or an office

// Codes for forgotten passwords: each is a mail to an address that somebody typed.
inline constexpr std::int64_t kResetsOfAddress = 3;   ///< in an hour, as long as each is good: one of them has arrived
inline constexpr std::int64_t kResetsOfNetwork = 20;  ///< in a day: a family, or an office
inline constexpr std::int64_t kResetTries = 20;       ///< of one code, from everywhere: there are 2^40 of them

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

// What a shop writes for its customers.
inline constexpr std::size_t kLegalText = 50'000;  ///< letters of a version: a long text of terms has 30,000
inline constexpr std::size_t kOwnWords = 2'000;    ///< letters of a text of mails and pages: they are sentences

// A group of products that differ in options. A page shows it whole, and one mutation may change all of it.
inline constexpr std::size_t kGroupVariants = 250;  ///< more than a person can choose from
inline constexpr std::size_t kOptionValues = 100;   ///< of one option: they are compared with each other

inline constexpr std::size_t kImportSlice = 64;  ///< rows of a file in one mutation: some 20 ms, that others wait

// Collections of products, and changes to many products at once.
inline constexpr std::int64_t kCollections = 500;       ///< a menu of them is read whole
inline constexpr std::size_t kCollectionMoves = 1'000;  ///< products that one request moves
inline constexpr std::size_t kExpandedLines = 4'000;    ///< of a list's orders: 2 MB of one answer
inline constexpr std::size_t kBulkIds = 1'000;          ///< products that a bulk edit names
inline constexpr std::int64_t kBulkProducts = 10'000;   ///< that its filter may find: they change in one mutation
inline constexpr std::size_t kBulkRowsShown = 1'000;    ///< in its answer

// A picture of a product. It is read one at a time: the memory is that of one, besides the files that are waiting.
inline constexpr std::size_t kPictureFile = std::size_t{20} << 20U;    ///< bytes, sent or fetched: what cameras write
inline constexpr std::size_t kPicturePixels = 50'000'000;              ///< cameras of today have up to 45 million
inline constexpr std::size_t kPictureSide = 30'000;                    ///< pixels: a row of it is held
inline constexpr std::size_t kPictureMemory = std::size_t{80} << 20U;  ///< bytes: the file, and what its decoder holds
inline constexpr std::size_t kPictureStored = std::size_t{1} << 20U;   ///< bytes of each size that is kept
inline constexpr std::size_t kPicturesOfProduct = 20;                  ///< a page shows them all
inline constexpr std::size_t kPictureUploads = 2;                      ///< files that are being received
inline constexpr std::size_t kPictureUploadsWaiting = 8;               ///< each holds a thread, and no file yet
inline constexpr std::size_t kPicturesCached = std::size_t{8} << 20U;  ///< bytes of those that were asked for lately

// Withdrawals and returns that are asked for without signing in. Each is answered by a mail to an address that was typed.
inline constexpr std::int64_t kReturnRequestsOfNetwork = 20;  ///< in a day: a family, or an office
inline constexpr std::int64_t kUnmatchedReturnRequests =
    2'000;  ///< that name no order: more are nobody's typing mistakes

// What the shop's people write on orders, and the lists that each of them keeps.
inline constexpr std::size_t kTagLetters = 40;         ///< of a tag: it stands in a row of a list
inline constexpr std::size_t kTagsOfOrder = 20;        ///< its row shows them all
inline constexpr std::int64_t kTags = 500;             ///< in use: all of them are suggested
inline constexpr std::size_t kComment = 2'000;         ///< letters
inline constexpr std::int64_t kCommentsOfOrder = 200;  ///< its page shows them all
inline constexpr std::int64_t kSavedLists = 30;        ///< of one admin: they are a menu
inline constexpr std::size_t kSavedListName = 60;      ///< letters
inline constexpr std::size_t kSavedListQuery = 1'000;  ///< letters of its filters

// A notice to who works here. ntfy takes messages of up to 4,096 bytes.
inline constexpr std::int64_t kNoticeLines = 20;  ///< in one message: what else came is counted
inline constexpr std::size_t kNoticeLine = 180;   ///< bytes: a product's name may be long

// Figures of a shop's books, for who works here.
inline constexpr std::size_t kReportRows = 2'000;        ///< of a month's report on a screen; its CSV has all
inline constexpr std::int64_t kPaymentsSummed = 10'000;  ///< that a filter's totals look through

}  // namespace orderd::budget
