#include "app/serve.h"

#include <fmt/format.h>
#include <unistd.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

#include <ostream>

#include "app/commands.h"
#include "app/config.h"
#include "app/service_manager.h"
#include "app/signals.h"
#include "base/thread.h"
#include "storage/settings.h"

namespace orderd::app {

namespace {

/// Returns freed blocks of a megabyte or more to the system. Otherwise glibc learns from the first body of
/// that size to keep such memory, in the heap of each thread that had one.
void give_large_memory_back() {
#ifdef __GLIBC__
    ::mallopt(M_MMAP_THRESHOLD, 256 * 1024);
    ::mallopt(M_TRIM_THRESHOLD, 512 * 1024);
#endif
}

/// Tells the service manager that the shop is alive for as long as its writer answers. What it answers does not matter: a
/// disk that takes no writes, or a full queue, is not mended by a new start.
Thread pulse(const ServiceManager& manager, App& app) {
    if (!manager.patience()) {
        return {};
    }
    return Thread([&manager, &app, beat = *manager.patience() / 3](const Thread::Stop& stop) {
        do {
            try {
                app.store().writer().run([](storage::Transaction&) {});
            } catch (const std::exception&) {
                // The log and the dashboard tell of it.
            }
            manager.alive();
        } while (!stop.wait_for(beat));
    });
}

}  // namespace

void serve(const Config& config, const Clock& clock, std::ostream& out, const std::function<void(App&)>& ready) {
    give_large_memory_back();
    const Signals signals(true);
    const ServiceManager manager;
    const bool is_new = !std::filesystem::exists(storage::Files(config.data).database);
    const auto made = App::make(config, clock);
    auto& app = *made;
    app.bind();
    app.start();
    out << fmt::format("orderd answers at {}\n", app.url()) << std::flush;
    if (is_new) {
        out << told_of_new_shop(config.data, settings::currency(app.store().read())) << std::flush;
    }
    try {
        if (const auto link = app.setup_link(); !link.empty()) {
            out << fmt::format("Set up the shop, once, at {}\n", link) << std::flush;
        }
    } catch (const storage::NotStored& error) {
        out << error.what() << std::endl;
    }
    if (ready) {
        ready(app);
    }
    manager.ready();
    auto beats = pulse(manager, app);
    const bool on_terminal = ::isatty(STDIN_FILENO) == 1;  // a closing terminal sends SIGHUP: it has to end
    while (signals.wait() == Signals::Kind::reload && !on_terminal) {
        manager.reloading();
        app.reload();
        manager.ready();
    }
    manager.stopping();
    beats.stop();
    signals.end_at_next();
    app.drain();
}

}  // namespace orderd::app
