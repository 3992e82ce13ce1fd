// Not part of any program. clang has to accept it as it is, and to refuse it with each BREACH
// (packaging/cmake/Tests.cmake).

#include "base/mutex.h"

namespace orderd {

class Account {
public:
    void pay(int amount) EXCLUDES(mutex_) {
#if BREACH != 1  // a guarded member without its mutex
        const MutexLock lock(mutex_);
#endif
        balance_ += amount;
        paid_.notify_all();
    }

    int wait_for(int amount) EXCLUDES(mutex_) {
#if BREACH != 2  // a function that requires the mutex, called without it
        const MutexLock lock(mutex_);
#endif
        while (missing(amount) > 0) {
            paid_.wait(mutex_);
        }
        return balance();
    }

    void pay_twice(int amount) EXCLUDES(mutex_) {
#if BREACH == 3  // a mutex that is held already: the thread would wait for itself
        const MutexLock lock(mutex_);
#endif
        pay(amount);
        pay(amount);
    }

private:
    int missing(int amount) const REQUIRES(mutex_) { return amount - balance_; }
    int balance() const REQUIRES(mutex_) { return balance_; }

    mutable Mutex mutex_;
    ConditionVariable paid_;
    int balance_ GUARDED_BY(mutex_) = 0;
};

class Prices {
public:
    int read() const {
        const ReadLock lock(mutex_);
        return price_;
    }

    void write(int price) {
#if BREACH == 4  // written under a lock that is for reading
        const ReadLock lock(mutex_);
#else
        const WriteLock lock(mutex_);
#endif
        price_ = price;
    }

private:
    mutable SharedMutex mutex_;
    int price_ GUARDED_BY(mutex_) = 0;
};

}  // namespace orderd
