#pragma once

#include <openssl/types.h>
#include <sys/types.h>

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>

#include "base/mutex.h"
#include "base/time.h"

namespace orderd::wire {

/// TLS over one client's socket, which does not block: the server's side. Used by one thread at a time.
class TlsStream {
public:
    explicit TlsStream(SSL* ssl);  ///< takes it over
    TlsStream(const TlsStream&) = delete;
    TlsStream& operator=(const TlsStream&) = delete;
    ~TlsStream();

    bool established() const { return established_; }

    /// Goes on with the handshake, as far as what came allows. @returns whether it may still succeed, or has
    bool shake_hands();

    // As recv(2) and send(2): -1 with EAGAIN where the socket has to be ready for awaited() first, and 0 from read()
    // when the client has said that nothing more comes. Only once the handshake is done.
    ssize_t read(char* to, std::size_t most);
    ssize_t write(const char* data, std::size_t size);

    /// What poll(2) has to wait for before the call that did not get through is made again.
    short awaited() const { return awaited_; }

    /// Whether bytes have been read from the socket already, of which poll(2) says nothing.
    bool holds_more() const;

    /// Whether the client has not said its goodbye, as far as can be told without waiting.
    bool alive();

    /// Tells the client that nothing more comes, without waiting for it.
    void say_goodbye();

private:
    /// Sorts out what became of a call. @returns as read()
    ssize_t outcome(int result);

    struct Free {
        void operator()(SSL* ssl) const;
    };
    const std::unique_ptr<SSL, Free> ssl_;
    short awaited_;
    bool established_ = false;
    bool broken_ = false;
};

/// The certificate and its key, as files in PEM, with what our TLS is: version 1.2 or newer with forward secrecy, and
/// HTTP/1.1 on top. Thread-safe.
class Tls {
public:
    struct Files {
        std::filesystem::path certificate;  ///< with the ones between it and the authority's below
        std::filesystem::path key;          ///< without a passphrase
    };

    /// @throws std::runtime_error that names the file, and what is wrong with it
    explicit Tls(Files files);
    ~Tls();

    /// Reads both files again. Connections that are there go on with what they have; those to come use the new ones.
    ///
    /// @throws as the constructor; what was there stays then
    void reload();

    std::unique_ptr<TlsStream> accept(int socket) const;

    /// When the certificate runs out.
    Time expires() const;

    /// Whether the certificate is for a host: a name, or an address.
    bool is_for(const std::string& host) const;

private:
    struct Free {
        void operator()(SSL_CTX* context) const;
    };
    using Context = std::unique_ptr<SSL_CTX, Free>;

    Context load() const;

    const Files files_;
    mutable Mutex mutex_;
    Context context_ GUARDED_BY(mutex_);  ///< each connection holds on to its own
};

}  // namespace orderd::wire
