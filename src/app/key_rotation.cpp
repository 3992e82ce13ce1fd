#include "app/key_rotation.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <functional>
#include <ostream>
#include <stdexcept>
#include <thread>

#include "accounts/customer.h"
#include "api/idempotency.h"
#include "base/progress_bar.h"
#include "base/random.h"
#include "orders/search.h"
#include "payments/reference.h"
#include "storage/events.h"
#include "storage/key_file.h"
#include "storage/opening.h"

namespace orderd::app {

namespace {

constexpr std::int64_t kRows = 200;          ///< the size of a slice,
constexpr std::size_t kBytes = 1024 * 1024;  ///< or this many bytes, since labels are large
constexpr int kMostPasses = 20;
constexpr int kClearTries = 20;
constexpr int kLockTries = 12;  ///< of some seconds each

/// Pauses between slices, so that a server's transactions can run.
constexpr auto kLeastPause = std::chrono::milliseconds(2);
constexpr auto kLongestPause = std::chrono::milliseconds(100);

/// A column of sealed values, each sealed for its table, column and row id.
Keyed sealed(const std::string& table, const std::string& column) {
    const auto rows =
        fmt::format("SELECT id, {1} FROM {0} WHERE id > ?1 AND {1} IS NOT NULL ORDER BY id LIMIT ?2", table, column);
    const auto one = fmt::format("SELECT {1} FROM {0} WHERE id = ?1 AND {1} IS NOT NULL", table, column);
    const auto update = fmt::format("UPDATE {0} SET {1} = ?2 WHERE id = ?1", table, column);
    return {.table = table,
            .columns = {column},
            .find =
                [=](const storage::View& view, std::int64_t after) {
                    KeyedSlice slice;
                    std::size_t bytes = 0;
                    view.each(
                        rows,
                        [&](const storage::Row& row) {
                            if (bytes > kBytes) {
                                return;
                            }
                            const auto id = row.get<std::int64_t>(0);
                            const auto value = row.get<std::string_view>(1);
                            bytes += value.size();
                            slice.last = id;
                            if (!view.vault().is_under_newest({table, column, id}, value)) {
                                slice.old.push_back(id);
                            }
                        },
                        after, kRows);
                    return slice;
                },
            .renew =
                [=](storage::Transaction& tx, std::int64_t id) {
                    const auto value = tx.value<std::string>(one, id);
                    const storage::Place place{table, column, id};
                    if (value && !tx.vault().is_under_newest(place, *value)) {
                        const auto renewed = tx.vault().seal(place, tx.vault().open(place, *value));
                        tx.run(update, id, storage::Blob{renewed});
                    }
                }};
}

template <class Slice>
KeyedSlice keyed_slice(const Slice& found) {
    KeyedSlice slice;
    for (const auto id : found.old) {
        slice.old.push_back(number(id));
    }
    slice.last = found.last ? std::optional(number(*found.last)) : std::nullopt;
    return slice;
}

/// A customer's blind index, and what customers are found by.
Keyed customer_indexes() {
    return {.table = "customer",
            .columns = {"email_index"},
            .find =
                [](const storage::View& view, std::int64_t after) {
                    return keyed_slice(accounts::find_old_indexes(view, CustomerId{after}, kRows));
                },
            .renew = [](storage::Transaction& tx, std::int64_t id) { accounts::renew_indexes(tx, CustomerId{id}); }};
}

/// What orders are found by. In the same table as what customers are found by.
Keyed search_words() {
    return {.table = "search_word",
            .columns = {"word"},
            .find = [](const storage::View& view,
                       std::int64_t after) { return keyed_slice(orders::find_old_index(view, after, kRows)); },
            .renew = [](storage::Transaction& tx, std::int64_t id) { orders::index_order(tx, OrderId{id}); }};
}

/// The words that a payment's reference is found by.
Keyed reference_words() {
    return {
        .table = "payment_word",
        .columns = {"word_index"},
        .find =
            [](const storage::View& view, std::int64_t after) {
                return keyed_slice(payments::find_old_references(view, PaymentId{after}, kRows));
            },
        .renew = [](storage::Transaction& tx, std::int64_t id) { payments::renew_reference_words(tx, PaymentId{id}); }};
}

/// Stored answers are sealed with their key's hash.
Keyed stored_answers() {
    return {.table = "idempotency_key",
            .columns = {"answer_sealed"},
            .find =
                [](const storage::View& view, std::int64_t after) {
                    auto [old, last] = api::find_old_answers(view, after, kRows);
                    return KeyedSlice{std::move(old), last};
                },
            .renew = [](storage::Transaction& tx, std::int64_t id) { api::renew_answer(tx, id); }};
}

std::string lock_of(const storage::Files& files) { return files.key.string() + ".lock"; }

/// A lock: only one rotation of a shop at a time.
class Turn {
public:
    explicit Turn(const storage::Files& files)
        : fd_(::open(lock_of(files).c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)) {
        if (fd_ < 0 || ::flock(fd_, LOCK_EX | LOCK_NB) != 0) {
            const auto why = errno == EWOULDBLOCK ? "another `orderd key rotate` is running"
                                                  : std::string("its lock cannot be made: ") + std::strerror(errno);
            if (fd_ >= 0) {
                ::close(fd_);
            }
            throw std::runtime_error(fmt::format("the key {} cannot be rotated: {}", files.key.string(), why));
        }
    }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;
    ~Turn() { ::close(fd_); }

private:
    const int fd_;
};

/// Copies the old key, as it was alone in its file; not again if an interrupted run did.
void keep_old_key(const storage::KeyFile& there, const std::filesystem::path& to) {
    storage::KeyFile old;
    old.keys = {there.keys.back()};
    if (there.lasting != storage::lasting_secret_of(old.keys.front())) {
        old.lasting = there.lasting;
    }
    const bool kept =
        there.keys.size() > 1 && storage::FileStamp::of(to).size >= 0 && storage::read_key_file(to).keys == old.keys;
    if (!kept) {
        storage::save_key_file(to, old);
    }
}

/// Adds a new key before the existing one. @returns whether an interrupted run had done that already
bool add_key(const storage::Files& files, const RotateOptions& options) {
    const auto there = storage::read_key_file(files.key);
    if (!options.keep_old.empty()) {
        keep_old_key(there, options.keep_old);
    }
    if (there.keys.size() > 1) {
        storage::replace_key_file(files.key, there);  // the interrupted run may have ended before it was durable
        return true;
    }
    storage::KeyFile both;
    both.lasting = there.lasting.empty() ? storage::lasting_secret_of(there.keys.front()) : there.lasting;
    both.keys = {random_bytes(storage::kKeyBytes), there.keys.front()};
    storage::replace_key_file(files.key, both);
    return false;
}

void remove_old_key(const storage::Files& files) {
    auto content = storage::read_key_file(files.key);
    content.keys.resize(1);
    storage::replace_key_file(files.key, content);
}

/// Writes beside a server that may be so busy that its database is locked whenever this looks. What the mutation does
/// must not depend on whether it ran before.
void write(storage::Store& store, const std::function<void(storage::Transaction&)>& mutate) {
    for (int tries = 1;; ++tries) {
        try {
            return store.writer().run(mutate);
        } catch (const storage::CommitFailed& failed) {
            if ((failed.sqlite_code() & 0xff) != SQLITE_BUSY || tries == kLockTries) {
                throw;
            }
        }
    }
}

class Rotation {
public:
    Rotation(storage::Store& store, const RotateOptions& options, std::ostream& terminal)
        : store_(store), options_(options), bar_(terminal, "Rotating the key", options.bar) {}

    /// Renews everything under an older key. @returns how many rows
    std::int64_t pass() {
        std::int64_t renewed = 0;
        const auto& all = all_keyed();
        for (std::size_t i = 0; i < all.size(); ++i) {
            bar_.show(static_cast<double>(i) / static_cast<double>(all.size()));
            for (std::optional<std::int64_t> after = 0; after;) {
                const auto slice = all[i].find(store_.read(), *after);
                renewed += renew(all[i], slice.old);
                after = slice.last;
            }
        }
        return renewed;
    }

private:
    std::int64_t renew(const Keyed& keyed, const std::vector<std::int64_t>& ids) {
        if (ids.empty()) {
            return 0;
        }
        const auto began = std::chrono::steady_clock::now();
        write(store_, [&](storage::Transaction& tx) {
            for (const auto id : ids) {
                keyed.renew(tx, id);
            }
        });
        tell("slice");
        const auto took =
            std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - began);
        std::this_thread::sleep_for(std::clamp(took, kLeastPause, kLongestPause));
        return static_cast<std::int64_t>(ids.size());
    }

    void tell(std::string_view step) const {
        if (options_.done) {
            options_.done(step);
        }
    }

    storage::Store& store_;
    const RotateOptions& options_;
    ProgressBar bar_;
};

std::int64_t renew_all(storage::Store& store, const RotateOptions& options, std::ostream& terminal) {
    Rotation rotation(store, options, terminal);
    std::int64_t renewed = 0;
    for (int passes = 0; passes < kMostPasses; ++passes) {
        const auto now = rotation.pass();
        renewed += now;
        if (now == 0) {
            return renewed;
        }
    }
    throw std::runtime_error(
        "something still writes under the old key: stop every orderd of this shop that is older than this one, and run "
        "`orderd key rotate` again. Both keys are in the key file until then");
}

void clear_log(storage::Store& store) {
    for (int tries = 0; tries < kClearTries && !store.clear_log(); ++tries) {
        std::this_thread::sleep_for(kLongestPause);
    }
}

}  // namespace

const std::vector<Keyed>& all_keyed() {
    static const std::vector<Keyed> all{
        sealed("secret", "value_sealed"),
        stored_answers(),
        sealed("admin_user", "totp_sealed"),
        sealed("admin_user", "totp_pending_sealed"),
        sealed("customer", "contact_sealed"),
        sealed("customer", "address_sealed"),
        sealed("former_email", "contact_sealed"),
        sealed("return_request", "said_sealed"),
        sealed("orders", "contact_sealed"),
        sealed("orders", "address_sealed"),
        sealed("orders", "staff_note_sealed"),
        sealed("orders", "billing_sealed"),
        sealed("orders", "delivery_note_sealed"),
        sealed("payment", "reference_sealed"),
        sealed("shipment", "label_sealed"),
        sealed("shipment", "zpl_sealed"),
        sealed("document", "content_sealed"),
        sealed("webhook_endpoint", "url_sealed"),
        sealed("webhook_endpoint", "secret_sealed"),
        sealed("webhook_endpoint", "previous_secret_sealed"),
        sealed("order_comment", "text_sealed"),
        sealed("saved_list", "said_sealed"),
        sealed("notice_way", "address_sealed"),
        customer_indexes(),
        search_words(),
        reference_words(),
    };
    return all;
}

bool is_key_rotating(const storage::Files& files) {
    const int fd = ::open(lock_of(files).c_str(), O_RDONLY | O_CLOEXEC);
    const bool held = fd >= 0 && ::flock(fd, LOCK_SH | LOCK_NB) != 0;
    if (fd >= 0) {
        ::close(fd);
    }
    return held;
}

void rotate_key(storage::Store& store, const RotateOptions& options, const Clock& clock, std::ostream& out,
                std::ostream& terminal) {
    const auto tell = [&](std::string_view step) {
        if (options.done) {
            options.done(step);
        }
    };
    const auto& files = store.files();
    const Turn turn(files);
    const bool goes_on = add_key(files, options);
    tell("key added");
    write(store, [&](storage::Transaction& tx) {
        storage::renew_key_check(tx);
        audit::record(tx, goes_on ? "key.rotate_again" : "key.rotate", {"shop", 0}, nullptr, nullptr,
                      Actor::command_line(), clock.now());
    });
    tell("announced");
    out << fmt::format("{}; the shop can be served meanwhile. Interrupted, run it again\n",
                       goes_on ? "Going on with the rotation that was begun"
                               : fmt::format("{} has a new key beside the old one", files.key.string()))
        << std::flush;
    const auto renewed = renew_all(store, options, terminal);
    tell("renewed");
    remove_old_key(files);
    write(store, [&](storage::Transaction& tx) {
        audit::record(tx, "key.rotated", {"shop", 0}, nullptr, {{"rows", renewed}}, Actor::command_line(), clock.now());
    });
    clear_log(store);
    tell("key removed");
    out << fmt::format(
        "The key is rotated: {0} values were re-encrypted, and {1} holds the new key alone.\n"
        "Copy it once, to paper or a password manager: base64 {1}\n"
        "Backups from before this moment open with the old key only{2}. Keep it apart from them, as long as you keep\n"
        "them, and make a backup now: orderd backup FILE\n",
        renewed, files.key.string(),
        options.keep_old.empty() || goes_on ? ": the copy that you made of it when the shop was set up"
                                            : fmt::format(": {} is a copy of it", options.keep_old.string()));
}

}  // namespace orderd::app
