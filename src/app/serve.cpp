#include "app/serve.h"

#include <fmt/format.h>
#include <unistd.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

#include <ostream>

#include "app/commands.h"
#include "app/config.h"
#include "app/signals.h"
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

}  // namespace

void serve(const Config& config, const Clock& clock, std::ostream& out, const std::function<void(App&)>& ready) {
    give_large_memory_back();
    const Signals signals(true);
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
    const bool on_terminal = ::isatty(STDIN_FILENO) == 1;  // a closing terminal sends SIGHUP: it has to end
    while (signals.wait() == Signals::Kind::reload && !on_terminal) {
        app.reload();
    }
    signals.end_at_next();
    app.drain();
}

}  // namespace orderd::app
