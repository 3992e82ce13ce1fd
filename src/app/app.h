#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "base/time.h"

namespace orderd::fulfillment {
class EasyPost;
}
namespace orderd::api {
class Server;
}
namespace orderd::jobs {
class Workers;
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

/// A running shop. It is built, started and drained by one thread. Its parts and their wiring are in app.cpp,
/// so that code that serves a shop does not depend on all of them.
class App {
public:
    /// @throws storage::OpenError, std::runtime_error for an invalid setting
    static std::unique_ptr<App> make(const Config& config, const Clock& clock);

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

protected:
    App() = default;
};

}  // namespace orderd::app
