// Batches, mutations and the write-ahead log: just below their bounds, at them, just above them and far above them.

#include <fmt/format.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include <catch2/catch_test_macros.hpp>

#include "accounts/bare_shop.h"
#include "storage/held.h"
#include "storage/key_file.h"
#include "storage/settings.h"
#include "storage/soundness.h"

using namespace orderd;
using namespace orderd::tests;

namespace {

constexpr std::size_t kPageBytes = 4096;
constexpr std::size_t kCheckpointAt = 16'000;  ///< pages

constexpr auto kPutBytes = "INSERT OR REPLACE INTO setting (name, value, updated_at) VALUES (?1, ?2, 0)";

/// JSON of so many bytes, which no other one of that size is like.
std::string text_of(std::size_t bytes, std::size_t seed) {
    std::string text = "\"";
    for (std::size_t page = 0; text.size() + 1 < bytes; ++page) {
        const auto line = fmt::format("{} of {},", page, seed) + std::string(kPageBytes, 'x');
        text.append(line, 0, std::min(line.size(), bytes - 1 - text.size()));
    }
    return text + '"';
}

std::uintmax_t log_size(const BareShop& shop) {
    return std::filesystem::file_size(shop.store.files().database.string() + "-wal");
}

}  // namespace

TEST_CASE("so many mutations wait as may, and are committed a batch at a time", "[concurrency]") {
    constexpr std::size_t kBatch = 8;
    constexpr std::size_t kQueue = 40;
    for (const std::size_t callers :
         {kBatch - 1, kBatch, kBatch + 1, 3 * kBatch + 1, kQueue - 1, kQueue, kQueue + 1, 2 * kQueue}) {
        CAPTURE(callers);
        const TemporaryFolder folder;
        storage::Store::Options options;
        options.limits = {.batch = kBatch, .queue = kQueue};
        options.make_new = [](storage::Transaction& tx) { settings::write(tx, "currency", "EUR", {}); };
        storage::Store store(folder.path(), options);
        const auto before = store.writer().figures();
        const auto waiting = std::min(callers, kQueue);
        std::atomic<std::size_t> refused = 0;
        std::vector<std::thread> threads;
        {
            Held held(store);
            for (std::size_t i = 0; i < callers; ++i) {
                threads.emplace_back([&, i] {
                    try {
                        store.writer().run(
                            [&](storage::Transaction& tx) { tx.run(kPutBytes, fmt::format("batch{}", i), "1"); });
                    } catch (const storage::Busy&) {
                        ++refused;
                    }
                });
            }
            wait_until_waiting(store, waiting);
            while (refused < callers - waiting) {
                std::this_thread::yield();
            }
            held.release();
        }
        for (auto& thread : threads) {
            thread.join();
        }
        CHECK(refused == callers - waiting);
        const auto after = store.writer().figures();
        CHECK(after.mutations - before.mutations == waiting);
        CHECK(after.commits - before.commits == (waiting + kBatch - 1) / kBatch);
        CHECK(store.read().value<std::size_t>("SELECT count(*) FROM setting WHERE name LIKE 'batch%'") == waiting);
    }
}

TEST_CASE("a mutation of any number of pages is in the log whole, where readers find it") {
    BareShop shop;
    std::vector<std::size_t> sizes;
    // Around what is written at once (64 KiB), and what waits to be (4 MiB), each with what a page's frame adds.
    for (const std::size_t pages : std::vector<std::size_t>{1, 15, 16, 17, 1017, 1018, 1024, 2036, 8192}) {
        sizes.insert(sizes.end(), {pages * kPageBytes - 200, pages * kPageBytes, pages * kPageBytes + 200});
    }
    for (std::size_t i = 0; i < sizes.size(); ++i) {
        CAPTURE(sizes[i]);
        const auto text = text_of(sizes[i], i);
        shop.write([&](storage::Transaction& tx) { tx.run(kPutBytes, "large", text); });
        CHECK(shop.store.read().value<std::string>("SELECT value FROM setting WHERE name = 'large'") == text);
    }
    shop.store.stop();
    CHECK_FALSE(storage::first_fault(shop.store.files().database, storage::Depth::thorough));
}

TEST_CASE("the log is copied into the database when it is long, and goes on from its beginning") {
    BareShop shop;
    const auto write_pages = [&](std::size_t pages, std::size_t seed) {
        const auto text = text_of(pages * kPageBytes, seed);
        shop.write([&](storage::Transaction& tx) { tx.run(kPutBytes, "large", text); });
        shop.store.writer().outside_transaction([](storage::Connection&) {});  // once the copying beside it is done
        return text;
    };
    constexpr std::size_t kAtOnce = 1'000;
    std::uintmax_t longest = 0;
    std::string last;
    for (std::size_t pages = 0; pages < kCheckpointAt + kCheckpointAt / 2; pages += kAtOnce) {
        last = write_pages(kAtOnce, pages);
        longest = std::max(longest, log_size(shop));
        if (pages + 2 * kAtOnce < kCheckpointAt / 2) {    // a page is written twice where it is freed first
            CHECK(log_size(shop) >= pages * kPageBytes);  // nothing was copied yet
        }
    }
    CHECK(longest >= kCheckpointAt * kPageBytes / 2);
    CHECK(longest <= (kCheckpointAt + 4 * kAtOnce) * (kPageBytes + 24));
    CHECK(shop.store.read().value<std::string>("SELECT value FROM setting WHERE name = 'large'") == last);

    last = write_pages(kCheckpointAt + kAtOnce, 7);  // one mutation, longer than all that
    CHECK(shop.store.read().value<std::string>("SELECT value FROM setting WHERE name = 'large'") == last);
    shop.write([&](storage::Transaction& tx) { tx.run(kPutBytes, "small", "1"); });
    CHECK(shop.count("SELECT count(*) FROM setting WHERE name IN ('large', 'small')") == 2);
}

TEST_CASE("a key file is as long as a key, or at most 1 KiB with two keys in it") {
    const TemporaryFolder folder;
    const auto file = folder.path() / "shop.key";
    const auto can_be_read = [&](const std::string& bytes) {
        std::ofstream(file, std::ios::binary) << bytes;
        std::filesystem::permissions(file, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
        try {
            storage::read_key_file(file);
            return true;
        } catch (const std::runtime_error&) {
            return false;
        }
    };
    CHECK_FALSE(can_be_read(""));
    for (const std::size_t size : std::vector<std::size_t>{1, 31, 33, 64, 1023, 1024, 1025, 100'000}) {
        CHECK_FALSE(can_be_read(std::string(size, 'k')));
    }
    CHECK(can_be_read(std::string(32, 'k')));
    const std::string key = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    const auto keys = [&](std::size_t count, std::size_t size) {
        auto text = "orderd keys 1\nlasting " + key + '\n';
        for (std::size_t i = 0; i < count; ++i) {
            text += "key " + key + '\n';
        }
        text.resize(std::max(size, text.size()), '\n');
        return text;
    };
    CHECK_FALSE(can_be_read(keys(0, 0)));
    CHECK(can_be_read(keys(1, 0)));
    CHECK(can_be_read(keys(2, 0)));
    CHECK_FALSE(can_be_read(keys(3, 0)));
    CHECK(can_be_read(keys(2, 1023)));
    CHECK(can_be_read(keys(2, 1024)));
    CHECK_FALSE(can_be_read(keys(2, 1025)));
}
