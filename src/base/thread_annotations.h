#pragma once

/// What a mutex guards, written where the compiler reads it: clang checks it with -Wthread-safety, which this project's
/// builds have as an error. For other compilers these words are nothing.
///
///     Mutex mutex_;
///     int count_ GUARDED_BY(mutex_) = 0;     // read and written under mutex_ alone
///     void grow() REQUIRES(mutex_);          // whoever calls it holds mutex_
///     int count() EXCLUDES(mutex_);          // it takes mutex_ itself: whoever calls it must not hold it
///
/// clang does not look into constructors and destructors. A lambda is a function of its own, which holds nothing unless
/// it says REQUIRES.

#ifdef __clang__
#define ORDERD_CHECKED(attribute) __attribute__((attribute))
#else
#define ORDERD_CHECKED(attribute)
#endif

// Of members.
#define GUARDED_BY(mutex) ORDERD_CHECKED(guarded_by(mutex))

// Of functions.
#define REQUIRES(...) ORDERD_CHECKED(requires_capability(__VA_ARGS__))
#define EXCLUDES(...) ORDERD_CHECKED(locks_excluded(__VA_ARGS__))

// Of what is a lock, in base/mutex.h.
#define CAPABILITY(what) ORDERD_CHECKED(capability(what))
#define SCOPED_CAPABILITY ORDERD_CHECKED(scoped_lockable)
#define ACQUIRE(...) ORDERD_CHECKED(acquire_capability(__VA_ARGS__))
#define ACQUIRE_SHARED(...) ORDERD_CHECKED(acquire_shared_capability(__VA_ARGS__))
#define RELEASE(...) ORDERD_CHECKED(release_capability(__VA_ARGS__))
#define RELEASE_SHARED(...) ORDERD_CHECKED(release_shared_capability(__VA_ARGS__))
#define RELEASE_EITHER(...) ORDERD_CHECKED(release_generic_capability(__VA_ARGS__))
