#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace orderd::app {

/// Tells systemd how the service is, by sd_notify(3)'s protocol: datagrams to the socket that NOTIFY_SOCKET names. Does
/// nothing where that is not set. A message that cannot be delivered is dropped: the shop goes on without.
class ServiceManager {
public:
    ServiceManager();

    void ready() const { say("READY=1"); }
    void stopping() const { say("STOPPING=1"); }
    void reloading() const { say("RELOADING=1"); }  ///< ready() follows
    void alive() const { say("WATCHDOG=1"); }

    /// How long it waits for alive() until it ends this process and starts another; nullopt if it does not.
    std::optional<std::chrono::milliseconds> patience() const { return patience_; }

private:
    void say(std::string_view state) const noexcept;

    std::string socket_;
    std::optional<std::chrono::milliseconds> patience_;
};

}  // namespace orderd::app
