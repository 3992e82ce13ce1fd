#include "app/bench.h"

#include <fmt/format.h>
#include <httplib.h>
#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <ostream>

#include "accounts/admin.h"
#include "accounts/passwords.h"
#include "app/app.h"
#include "app/config.h"
#include "app/made_up.h"
#include "app/scratch.h"
#include "app/signals.h"
#include "base/mutex.h"
#include "base/progress_bar.h"
#include "base/random.h"
#include "base/thread.h"
#include "storage/store.h"

namespace orderd::app {

namespace {

using std::chrono::steady_clock;

constexpr int kProducts = 200;
constexpr int kClients = 16;     ///< connections that place orders at the same time
constexpr int kQuestions = 400;  ///< for each kind of list, and no more than orders

/// The duration of each request, in milliseconds.
using Times = std::vector<double>;

void print_line(std::ostream& out, std::string_view what, Times times) {
    std::sort(times.begin(), times.end());
    const auto at = [&](double part) {
        return times.empty() ? 0 : times[static_cast<std::size_t>(static_cast<double>(times.size() - 1) * part)];
    };
    out << fmt::format("{:<32}{:>10.2f} ms{:>10.2f} ms\n", what, at(0.50), at(0.99)) << std::flush;
}

double peak_memory_mib() {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
#ifdef __APPLE__
    constexpr double kUnit = 1;  // bytes
#else
    constexpr double kUnit = 1024;
#endif
    return static_cast<double>(usage.ru_maxrss) * kUnit / (1024 * 1024);
}

/// A client that keeps its connection, and measures each request.
class Client {
public:
    explicit Client(int port, std::string token = {}) : http_("127.0.0.1", port), token_(std::move(token)) {
        http_.set_keep_alive(true);
        http_.set_tcp_nodelay(true);
    }

    Json post(const std::string& path, const Json& body, const std::string& idempotency_key) {
        httplib::Headers headers;
        if (!idempotency_key.empty()) {
            headers.emplace("Idempotency-Key", idempotency_key);
        }
        return timed([&] { return http_.Post(path, headers, body.dump(), "application/json"); });
    }

    Json get(const std::string& path) {
        httplib::Headers headers;
        if (!token_.empty()) {
            headers.emplace("Authorization", "Bearer " + token_);
        }
        return timed([&] { return http_.Get(path, headers); });
    }

    Times& times() { return times_; }

private:
    template <class Ask>
    Json timed(Ask ask) {
        const auto began = steady_clock::now();
        const auto answer = ask();
        const std::chrono::duration<double, std::milli> took = steady_clock::now() - began;
        if (!answer) {
            throw std::runtime_error(
                fmt::format("the scratch shop did not answer: {}", httplib::to_string(answer.error())));
        }
        if (answer->status < 200 || answer->status > 299) {
            throw std::runtime_error(fmt::format("the scratch shop answered {}: {}", answer->status, answer->body));
        }
        times_.push_back(took.count());
        return Json::parse(answer->body);
    }

    httplib::Client http_;
    const std::string token_;
    Times times_;
};

/// Places orders through several connections at once, until all are placed or stop() is called.
class Customers {
public:
    Customers(int port, std::int64_t orders) : port_(port), orders_(orders) {
        for (int i = 0; i < kClients; ++i) {
            threads_.emplace_back([this](const Thread::Stop&) { place(); });
        }
    }
    Customers(const Customers&) = delete;
    Customers& operator=(const Customers&) = delete;
    ~Customers() { stop(); }

    void stop() { stopping_ = true; }
    bool done() const { return at_work_ == 0; }
    double part_done() const { return static_cast<double>(next_) / static_cast<double>(orders_); }

    /// Call it when done(). @throws what a client threw
    Times times() {
        threads_.clear();
        const MutexLock lock(mutex_);
        if (failure_) {
            std::rethrow_exception(failure_);
        }
        return std::move(times_);
    }

private:
    void place() {
        Client client(port_);
        std::exception_ptr failure;
        try {
            for (auto n = next_++; n < orders_ && !stopping_; n = next_++) {
                client.post("/orders", made_up_order(static_cast<std::uint64_t>(n), 0, kProducts),
                            fmt::format("bench-{}", n));
            }
        } catch (...) {
            failure = std::current_exception();
            stopping_ = true;
        }
        {
            const MutexLock lock(mutex_);
            times_.insert(times_.end(), client.times().begin(), client.times().end());
            failure_ = failure ? failure : failure_;
        }
        --at_work_;
    }

    // constant after construction
    const int port_;
    const std::int64_t orders_;

    std::atomic<std::int64_t> next_ = 0;
    std::atomic<int> at_work_ = kClients;
    std::atomic<bool> stopping_ = false;

    Mutex mutex_;
    Times times_ GUARDED_BY(mutex_);
    std::exception_ptr failure_ GUARDED_BY(mutex_);

    std::vector<Thread> threads_;
};

std::string add_owner(storage::Store& store, const Clock& clock) {
    auto password = random_token("");
    const auto hash = accounts::PasswordHasher().hash(password);
    store.writer().run([&](storage::Transaction& tx) {
        accounts::add_admin(tx, "owner", Role::owner, hash, Actor::command_line(), clock.now());
        for (const auto& product : made_up_products(kProducts)) {
            catalog::create(tx, product, Actor::command_line(), clock.now());
        }
    });
    return password;
}

/// The measurement, step by step; each returns false when a signal came.
class Bench {
public:
    Bench(const BenchOptions& options, const Clock& clock, const std::filesystem::path& folder, const Signals& signals,
          std::ostream& out, std::ostream& errors)
        : options_(options), signals_(signals), out_(out), errors_(errors), app_(App::make(config(folder), clock)) {
        const auto password = add_owner(app_->store(), clock);
        port_ = app_->bind();
        app_->start();
        const auto session = Client(port_).post("/auth/login", {{"username", "owner"}, {"password", password}}, "");
        token_ = session.at("access_token").get<std::string>();
    }

    bool run() { return place() && read() && report_size(); }

private:
    static Config config(const std::filesystem::path& folder) {
        Config config;
        config.data = folder;
        config.listen = "127.0.0.1:0";
        config.log_level = "warning";
        return config;
    }

    bool place() {
        const auto began = steady_clock::now();
        Customers customers(port_, options_.orders);
        {
            ProgressBar bar(errors_, "Placing", options_.bar);
            while (!customers.done()) {
                bar.show(customers.part_done());
                if (signals_.wait_for(std::chrono::milliseconds(20))) {
                    return false;
                }
            }
        }
        const std::chrono::duration<double> took = steady_clock::now() - began;
        auto times = customers.times();
        out_ << fmt::format(
                    "{} orders in {:.1f} s over {} connections: {:.0f} a second, each on disk before its answer\n\n",
                    times.size(), took.count(), kClients, static_cast<double>(times.size()) / took.count())
             << fmt::format("{:<32}{:>13}{:>13}\n", "", "p50", "p99");
        print_line(out_, "placing an order", std::move(times));
        return true;
    }

    bool read() {
        const auto someone =
            made_up_guest(made_up_guest_of_order(static_cast<std::uint64_t>(options_.orders / 2), 0)).contact;
        const auto surname = someone.name.substr(someone.name.find(' ') + 1);
        return ask("the products", "/products", false) && ask("a search for products", "/products?q=bowl", false) &&
               ask("the list of orders, page by page", "/admin/orders", true) &&
               ask("… those of one product", "/admin/orders?product_id=7", true) &&
               ask("… those that are not paid", "/admin/orders?status=pending", true) &&
               ask("a search for an e-mail address", "/admin/orders?q=" + someone.email, false) &&
               ask("a search for a surname", "/admin/orders?q=" + surname, true);
    }

    /// Sends one request many times; if it has pages, for one page after the other.
    bool ask(std::string_view what, const std::string& path, bool paged) {
        Client client(port_, token_);
        std::string cursor;
        const auto questions = std::min<std::int64_t>(kQuestions, options_.orders);
        for (std::int64_t i = 0; i < questions; ++i) {
            if (i % 20 == 0 && signals_.wait_for(std::chrono::milliseconds(0))) {
                return false;
            }
            const auto separator = path.find('?') == std::string::npos ? '?' : '&';
            const auto page = client.get(cursor.empty() ? path : fmt::format("{}{}cursor={}", path, separator, cursor));
            const auto& next = page.at("next_cursor");
            cursor = paged && next.is_string() ? next.get<std::string>() : "";
        }
        print_line(out_, what, std::move(client.times()));
        return true;
    }

    bool report_size() {
        const storage::Files files(app_->store().files());
        // Includes the log: a short run never reaches the checkpoint that empties it.
        const auto log = std::filesystem::path(files.database.string() + "-wal");
        const auto bytes = std::filesystem::file_size(files.database) + std::filesystem::file_size(log);
        out_ << fmt::format("\nthe database: {:.1f} MiB\nthe most memory, with these {} clients: {:.0f} MiB\n",
                            static_cast<double>(bytes) / (1024 * 1024), kClients, peak_memory_mib());
        return true;
    }

    const BenchOptions& options_;
    const Signals& signals_;
    std::ostream& out_;
    std::ostream& errors_;
    std::unique_ptr<App> app_;
    int port_ = 0;
    std::string token_;
};

}  // namespace

bool bench(const BenchOptions& options, const Clock& clock, std::ostream& out, std::ostream& errors) {
    const Signals signals;  // before any thread or the folder exists, so that no signal leaves it behind
    const Scratch scratch(options.place, "bench");
    out << fmt::format("a scratch shop in {}\n", scratch.path().string()) << std::flush;
    Bench measurement(options, clock, scratch.path(), signals, out, errors);
    const bool whole = measurement.run();
    if (!whole) {
        out << "ended by a signal; the scratch shop is gone\n";
    }
    return whole;
}

}  // namespace orderd::app
