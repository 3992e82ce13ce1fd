#pragma once

#include <memory>
#include <string>

#include "base/time.h"
#include "jobs/jobs.h"
#include "notify/smtp.h"
#include "outgoing/client.h"

namespace orderd::fulfillment {
class EasyPost;
}
namespace orderd::api {
class Server;
}
namespace orderd::payments {
struct Desk;
class Sandbox;
}  // namespace orderd::payments
namespace orderd::storage {
class Store;
}

namespace orderd::app {

struct Config;

/// Replaces threads and the network, for a simulation.
struct World {
    Others& at_commit;      ///< run while a mutation waits for its commit: their mutations may join it
    Others& while_waiting;  ///< run while an outside call or a payment is waited for
    outgoing::Client::Carry carry;
    notify::Post post;
    std::function<void(const jobs::Job& job)> at_job;
    int log_pages;  ///< as storage::Writer::Limits
};

/// A running shop. It is built, started and drained by one thread. Its parts and their wiring are in app.cpp,
/// so that code that serves a shop does not depend on all of them.
class App {
public:
    /// `world`: null for a shop that is served. With one, the shop has no threads and no connections: whoever made it
    /// calls work_one(), look() and api::Server::answer(). It outlives the shop.
    ///
    /// @throws storage::OpenError, std::runtime_error for an invalid setting
    static std::unique_ptr<App> make(const Config& config, const Clock& clock, const World* world = nullptr);

    virtual ~App() = default;  ///< drain()

    /// @returns the port; @throws std::system_error when it is in use
    virtual int bind() = 0;

    /// Answers requests and runs jobs, until drain().
    virtual void start() = 0;

    /// Reloads the certificate. If the new one is invalid, that is logged, and the old one stays in use.
    virtual void reload() = 0;

    /// Accepts no new requests; requests and jobs under way finish, and queued mutations are committed. Safe
    /// to call twice.
    virtual void drain() = 0;

    virtual storage::Store& store() = 0;
    virtual jobs::Workers& jobs() = 0;
    virtual api::Server& server() = 0;
    virtual payments::Desk& payments() = 0;
    virtual payments::Sandbox* sandbox() = 0;  ///< null if it is off
    virtual fulfillment::EasyPost& easypost() = 0;
    virtual const std::string& url() const = 0;

    /// The one-time link for claiming the first owner, or empty if it is claimed. Each call makes a new link,
    /// and invalidates the ones before it.
    /// @throws storage::NotStored
    virtual std::string setup_link() = 0;

    /// Handles new events and runs due jobs on this thread, until none are left. For tests. @returns how many
    /// jobs ran
    virtual int work_off() = 0;

    /// Acts on some of what the event log has new, or runs one of the jobs that are due, on this thread. @returns
    /// whether there was something
    virtual bool work_one(const jobs::Workers::Pick& pick) = 0;

    /// Looks at what may have changed from outside (the disk, the database, its key): a shop that is served does so
    /// automatically, every quarter of a second.
    virtual void look() = 0;

protected:
    App() = default;
};

}  // namespace orderd::app
