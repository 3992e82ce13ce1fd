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

/// The server's side of TLS over one client's non-blocking socket. Used by one thread at a time.
class TlsStream {
public:
    explicit TlsStream(SSL* ssl);  ///< takes ownership
    TlsStream(const TlsStream&) = delete;
    TlsStream& operator=(const TlsStream&) = delete;
    ~TlsStream();

    bool established() const { return established_; }

    /// Continues the handshake as far as the received bytes allow. @returns whether it succeeded or still may
    bool shake_hands();

    // Like recv(2) and send(2): -1 with EAGAIN if the socket must first be ready for awaited(); read()
    // returns 0 when the client has closed its side. Only after the handshake.
    ssize_t read(char* to, std::size_t most);
    ssize_t write(const char* data, std::size_t size);

    /// The events that poll(2) must wait for before the last call is repeated.
    short awaited() const { return awaited_; }

    /// Whether there are bytes that were already read from the socket, so that poll(2) does not report them.
    bool holds_more() const;

    /// Whether the client has not closed its side, as far as this can be seen without waiting.
    bool alive();

    /// Sends close_notify, without waiting for the client.
    void say_goodbye();

private:
    /// Translates the result of an OpenSSL call. @returns like read()
    ssize_t outcome(int result);

    struct Free {
        void operator()(SSL* ssl) const;
    };
    const std::unique_ptr<SSL, Free> ssl_;
    short awaited_;
    bool established_ = false;
    bool broken_ = false;
};

/// The server's TLS: a certificate and its key from PEM files, version 1.2 or newer with forward secrecy, and
/// HTTP/1.1. Thread-safe.
class Tls {
public:
    struct Files {
        std::filesystem::path certificate;  ///< followed by the intermediate certificates
        std::filesystem::path key;          ///< without a passphrase
    };

    /// @throws std::runtime_error that names the file and its fault
    explicit Tls(Files files);
    ~Tls();

    /// Reads both files again. Existing connections keep the old certificate; new connections use the new one.
    ///
    /// @throws like the constructor; the old certificate is then kept
    void reload();

    std::unique_ptr<TlsStream> accept(int socket) const;

    /// When the certificate expires.
    Time expires() const;

    /// Whether the certificate is valid for a host: a name or an address.
    bool is_for(const std::string& host) const;

private:
    struct Free {
        void operator()(SSL_CTX* context) const;
    };
    using Context = std::unique_ptr<SSL_CTX, Free>;

    Context load() const;

    const Files files_;
    mutable Mutex mutex_;
    Context context_ GUARDED_BY(mutex_);  ///< each connection keeps a reference to its own
};

}  // namespace orderd::wire
