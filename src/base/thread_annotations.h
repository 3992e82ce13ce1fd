#pragma once

/// Annotations that say what a mutex guards. clang checks them with -Wthread-safety, an error in this
/// project's builds. For other compilers they are empty.
///
///     Mutex mutex_;
///     int count_ GUARDED_BY(mutex_) = 0;     // read and written only under mutex_
///     void grow() REQUIRES(mutex_);          // the caller holds mutex_
///     int count() EXCLUDES(mutex_);          // takes mutex_ itself: the caller must not hold it
///
/// clang does not check constructors and destructors. A lambda is a separate function: it holds nothing
/// unless it says REQUIRES.

#ifdef __clang__
#define ORDERD_CHECKED(attribute) __attribute__((attribute))
#else
#define ORDERD_CHECKED(attribute)
#endif

// For members.
#define GUARDED_BY(mutex) ORDERD_CHECKED(guarded_by(mutex))

// For functions.
#define REQUIRES(...) ORDERD_CHECKED(requires_capability(__VA_ARGS__))
#define EXCLUDES(...) ORDERD_CHECKED(locks_excluded(__VA_ARGS__))

// For lock types, in base/mutex.h.
#define CAPABILITY(what) ORDERD_CHECKED(capability(what))
#define SCOPED_CAPABILITY ORDERD_CHECKED(scoped_lockable)
#define ACQUIRE(...) ORDERD_CHECKED(acquire_capability(__VA_ARGS__))
#define ACQUIRE_SHARED(...) ORDERD_CHECKED(acquire_shared_capability(__VA_ARGS__))
#define RELEASE(...) ORDERD_CHECKED(release_capability(__VA_ARGS__))
#define RELEASE_SHARED(...) ORDERD_CHECKED(release_shared_capability(__VA_ARGS__))
#define RELEASE_EITHER(...) ORDERD_CHECKED(release_generic_capability(__VA_ARGS__))
