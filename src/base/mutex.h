#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <shared_mutex>

#include "base/thread_annotations.h"

/// The standard library's locks with thread-safety annotations, which libstdc++'s own lack: clang refuses
/// code that touches a GUARDED_BY member without its mutex, or that locks a mutex twice.
namespace orderd {

class CAPABILITY("mutex") Mutex {
public:
    Mutex() = default;
    Mutex(const Mutex&) = delete;
    Mutex& operator=(const Mutex&) = delete;

    void lock() ACQUIRE() { mutex_.lock(); }
    void unlock() RELEASE() { mutex_.unlock(); }

private:
    friend class ConditionVariable;

    std::mutex mutex_;
};

/// Holds a mutex while it lives.
class SCOPED_CAPABILITY MutexLock {
public:
    explicit MutexLock(Mutex& mutex) ACQUIRE(mutex) : mutex_(mutex) { mutex_.lock(); }
    MutexLock(const MutexLock&) = delete;
    MutexLock& operator=(const MutexLock&) = delete;
    ~MutexLock() RELEASE() { mutex_.unlock(); }

private:
    Mutex& mutex_;
};

/// Waits for a change that another thread makes under the same mutex. Wake-ups may be spurious, so check the
/// condition in a loop:
///
///     const MutexLock lock(mutex_);
///     while (waiting_.empty() && arrived_.wait_until(mutex_, until)) {
///     }
class ConditionVariable {
public:
    /// Releases the mutex, waits for a notification, and takes the mutex again.
    void wait(Mutex& mutex) REQUIRES(mutex) {
        std::unique_lock lock(mutex.mutex_, std::adopt_lock);
        changed_.wait(lock);
        lock.release();
    }

    /// The same with a deadline. @returns false once it has passed
    bool wait_until(Mutex& mutex, std::chrono::steady_clock::time_point until) REQUIRES(mutex) {
        std::unique_lock lock(mutex.mutex_, std::adopt_lock);
        const auto status = changed_.wait_until(lock, until);
        lock.release();
        return status == std::cv_status::no_timeout;
    }

    void notify_one() { changed_.notify_one(); }
    void notify_all() { changed_.notify_all(); }

private:
    std::condition_variable changed_;
};

/// Held by one writer, or by any number of readers.
class CAPABILITY("mutex") SharedMutex {
public:
    SharedMutex() = default;
    SharedMutex(const SharedMutex&) = delete;
    SharedMutex& operator=(const SharedMutex&) = delete;

    void lock() ACQUIRE() { mutex_.lock(); }
    void unlock() RELEASE() { mutex_.unlock(); }
    void lock_shared() ACQUIRE_SHARED() { mutex_.lock_shared(); }
    void unlock_shared() RELEASE_SHARED() { mutex_.unlock_shared(); }

private:
    std::shared_mutex mutex_;
};

/// Holds a SharedMutex for reading while it lives.
class SCOPED_CAPABILITY ReadLock {
public:
    explicit ReadLock(SharedMutex& mutex) ACQUIRE_SHARED(mutex) : mutex_(mutex) { mutex_.lock_shared(); }
    ReadLock(const ReadLock&) = delete;
    ReadLock& operator=(const ReadLock&) = delete;
    ~ReadLock() RELEASE_EITHER() { mutex_.unlock_shared(); }

private:
    SharedMutex& mutex_;
};

/// Holds a SharedMutex for writing while it lives.
class SCOPED_CAPABILITY WriteLock {
public:
    explicit WriteLock(SharedMutex& mutex) ACQUIRE(mutex) : mutex_(mutex) { mutex_.lock(); }
    WriteLock(const WriteLock&) = delete;
    WriteLock& operator=(const WriteLock&) = delete;
    ~WriteLock() RELEASE() { mutex_.unlock(); }

private:
    SharedMutex& mutex_;
};

}  // namespace orderd
