#pragma once

#include <strings.h>

#include <algorithm>
#include <atomic>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "api/router.h"
#include "app/app.h"
#include "app/config.h"
#include "app/restoring.h"
#include "base/errors.h"
#include "base/json.h"
#include "storage/store.h"
#include "support/manual_clock.h"
#include "support/temporary_folder.h"

namespace orderd::tests {

/// Names of headers are the same whatever their case.
struct AnyCase {
    bool operator()(const std::string& one, const std::string& other) const {
        return ::strcasecmp(one.c_str(), other.c_str()) < 0;
    }
};

/// What came back over HTTP.
struct Reply {
    int status = 0;
    Json body;  ///< null if it was not JSON
    std::string text;
    std::multimap<std::string, std::string, AnyCase> headers;

    std::string header(const std::string& name) const {
        const auto found = headers.find(name);
        return found == headers.end() ? "" : found->second;
    }
    std::string code() const { return body.is_object() ? body.value("code", "") : ""; }
};

using Headers = std::map<std::string, std::string>;

/// The product's route for staff.
inline std::string inventory(std::int64_t id) { return "/admin/inventory/" + std::to_string(id); }

/// A whole real shop for one test: a database in a temporary folder, a server on a free port, and a clock that tests
/// move. Jobs run when a test says so (drain()), and never by themselves.
class Shop {
public:
    explicit Shop(const std::function<void(app::Config&)>& configure = {});
    /// On a copy of a closed Shop's folder.
    explicit Shop(const std::filesystem::path& copy_of, const std::function<void(app::Config&)>& configure = {});
    ~Shop();

    // Over HTTP. `token`: a bearer token, or empty.
    Reply get(const std::string& path, const std::string& token = {}, const Headers& headers = {});
    Reply post(const std::string& path, const Json& body, const std::string& token = {}, const Headers& headers = {});
    Reply put(const std::string& path, const Json& body, const std::string& token = {}, const Headers& headers = {});
    Reply remove(const std::string& path, const std::string& token = {}, const Headers& headers = {});
    Reply send(const std::string& method, const std::string& path, const std::string& body,
               const std::string& content_type, const std::string& token = {}, const Headers& headers = {});

    // Bearer tokens of people who are there from the start.
    const std::string& owner() const { return owner_; }
    const std::string& staff() const { return staff_; }
    const std::string& viewer() const { return viewer_; }

    struct ProductSpec {
        std::string sku = "MUG";
        std::string name = "Mug";
        std::int64_t price = 1250;
        Quantity on_hand = 10;
        std::optional<Quantity> threshold = {};
        std::optional<std::int64_t> weight_g = {};
    };
    /// Adds a product over HTTP. @returns its id
    std::int64_t product(const ProductSpec& spec);

    /// What delivery to a country costs; "*": to all others.
    struct DeliveryPrice {
        std::string country;
        std::int64_t price;
        std::optional<std::int64_t> free_from = {};
    };
    /// The body of a delivery method, "Parcel", with these prices.
    static Json parcel_method(const std::vector<DeliveryPrice>& prices);
    /// Adds a delivery method over HTTP. @returns its id
    std::int64_t delivery_method(const Json& body);
    /// Deletes all of them, and adds a parcel_method() unless there are no prices: then delivery is free. @returns its id, or
    /// 0
    std::int64_t deliver(const std::vector<DeliveryPrice>& prices);

    struct Line {
        std::int64_t product;
        Quantity quantity;
    };
    /// The body of an order by a believable guest.
    static Json order_body(const std::vector<Line>& lines, const std::string& email = "ada@example.com");
    Reply order(const std::vector<Line>& lines, const Headers& headers = {});

    /// Calls from `count` threads at the same moment. @returns what they answered
    template <class Call>
    std::vector<Reply> at_once(int count, Call call);

    /// New sessions for the three of them: the ones before end after a night.
    void sign_in_again();

    void advance(Duration by) { clock_.move(by); }
    /// Acts on new events, and runs the jobs that are due. @returns how many jobs
    int drain();

    /// The kinds of the events so far, in order.
    std::vector<std::string> events();

    /// Fails the test with what `orderd check` would say.
    void check_invariants();

    /// Stops the server and starts it again on the same folder; `meanwhile` is called while it is stopped.
    void restart(const std::function<void()>& meanwhile = {});

    /// Puts a backup in the shop's place, as `orderd restore` does. What this test signed in with is in it or not.
    app::Restoration restore(const std::filesystem::path& backup, const app::RestoreWish& wish = {});

    app::App& app() { return *app_; }
    storage::Store& store() { return app_->store(); }
    const ManualClock& clock() const { return clock_; }
    int port() const { return port_; }
    const std::filesystem::path& folder() const { return folder_.path(); }

private:
    void configure_with(const std::function<void(app::Config&)>& configure);
    void start();
    std::string cause_of(const std::string& method, const std::string& target) const;
    std::string session_of(const std::string& username);
    bool was_in_a_stall(const Reply& reply) const;

    TemporaryFolder folder_;
    ManualClock clock_;
    app::Config config_;
    std::unique_ptr<app::App> app_;
    std::unique_ptr<api::Router> router_;  ///< of its routes
    int port_ = 0;
    std::atomic<bool> crowded_ = false;  ///< at_once() is under way
    std::string owner_;
    std::string staff_;
    std::string viewer_;
};

/// How many of the answers have a status.
int count(const std::vector<Reply>& replies, int status);

template <class Call>
std::vector<Reply> Shop::at_once(int count, Call call) {
    std::vector<Reply> replies(static_cast<std::size_t>(count));
    std::vector<std::thread> threads;
    std::atomic<int> waiting = count;
    crowded_ = true;
    for (int i = 0; i < count; ++i) {
        threads.emplace_back([&, i] {
            --waiting;
            while (waiting > 0) {
                std::this_thread::yield();
            }
            replies[static_cast<std::size_t>(i)] = call(i);
        });
    }
    for (auto& thread : threads) {
        thread.join();
    }
    crowded_ = false;
    return replies;
}

}  // namespace orderd::tests
