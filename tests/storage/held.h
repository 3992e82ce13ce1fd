#pragma once

#include <latch>
#include <thread>

#include "storage/store.h"

namespace orderd::tests {

/// Holds the writer until `release`, so that what comes meanwhile waits for it.
class Held {
public:
    explicit Held(storage::Store& store)
        : thread_([this, &store] {
              store.writer().outside_transaction([this](storage::Connection&) {
                  holding_.count_down();
                  go_.wait();
              });
          }) {
        holding_.wait();
    }
    ~Held() { thread_.join(); }
    void release() { go_.count_down(); }

private:
    std::latch holding_{1};
    std::latch go_{1};
    std::thread thread_;
};

inline void wait_until_waiting(storage::Store& store, std::size_t count) {
    while (store.writer().figures().waiting < count) {
        std::this_thread::yield();
    }
}

}  // namespace orderd::tests
