#include "wire/tls.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <poll.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <ctime>
#include <new>
#include <stdexcept>
#include <string_view>
#include <utility>

namespace orderd::wire {
namespace {

/// For TLS 1.2: only ciphers with forward secrecy and authenticated encryption. All ciphers of TLS 1.3 have both.
constexpr auto kCiphers =
    "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:"
    "ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305";

constexpr std::string_view kProtocol = "http/1.1";

int choose_protocol(SSL* /*ssl*/, const unsigned char** chosen, unsigned char* length, const unsigned char* offered,
                    unsigned int offered_length, void* /*argument*/) {
    // Each name follows its length (RFC 7301, section 3.1).
    for (unsigned int at = 0; at < offered_length; at += 1 + offered[at]) {
        const auto size = std::min<unsigned int>(offered[at], offered_length - at - 1);
        if (std::string_view(reinterpret_cast<const char*>(offered + at + 1), size) == kProtocol) {
            *chosen = offered + at + 1;
            *length = static_cast<unsigned char>(size);
            return SSL_TLSEXT_ERR_OK;
        }
    }
    return SSL_TLSEXT_ERR_ALERT_FATAL;
}

/// Refuses a key with a passphrase: otherwise OpenSSL would ask for it on the terminal.
int no_passphrase(char* /*buffer*/, int /*size*/, int /*writing*/, void* /*argument*/) { return 0; }

[[noreturn]] void fail_file(const std::filesystem::path& file, const std::string& what) {
    const auto code = ERR_peek_last_error();
    const char* reason = code == 0 ? nullptr : ERR_reason_error_string(code);
    ERR_clear_error();
    throw std::runtime_error(reason == nullptr ? fmt::format("{} {}", file.string(), what)
                                               : fmt::format("{} {} ({})", file.string(), what, reason));
}

}  // namespace

void TlsStream::Free::operator()(SSL* ssl) const { SSL_free(ssl); }

TlsStream::TlsStream(SSL* ssl) : ssl_(ssl), awaited_(POLLIN) {}

TlsStream::~TlsStream() { say_goodbye(); }

ssize_t TlsStream::outcome(int result) {
    if (result > 0) {
        return result;
    }
    switch (SSL_get_error(ssl_.get(), result)) {
        case SSL_ERROR_WANT_READ: awaited_ = POLLIN; break;
        case SSL_ERROR_WANT_WRITE: awaited_ = POLLOUT; break;
        case SSL_ERROR_ZERO_RETURN: return 0;
        default:
            broken_ = true;
            ERR_clear_error();
            errno = ECONNRESET;
            return -1;
    }
    errno = EAGAIN;
    return -1;
}

bool TlsStream::shake_hands() {
    ERR_clear_error();
    const auto done = outcome(SSL_accept(ssl_.get()));
    established_ = done > 0;
    return established_ || (done < 0 && !broken_);
}

ssize_t TlsStream::read(char* to, std::size_t most) {
    ERR_clear_error();
    std::size_t got = 0;
    const int result = SSL_read_ex(ssl_.get(), to, most, &got);
    return result > 0 ? static_cast<ssize_t>(got) : outcome(result);
}

ssize_t TlsStream::write(const char* data, std::size_t size) {
    ERR_clear_error();
    std::size_t sent = 0;
    const int result = SSL_write_ex(ssl_.get(), data, size, &sent);
    return result > 0 ? static_cast<ssize_t>(sent) : outcome(result);
}

bool TlsStream::holds_more() const { return established_ && SSL_has_pending(ssl_.get()) == 1; }

bool TlsStream::alive() {
    ERR_clear_error();
    char byte = 0;
    const auto got = outcome(SSL_peek(ssl_.get(), &byte, 1));
    return got > 0 || (got < 0 && errno == EAGAIN);
}

void TlsStream::say_goodbye() {
    if (established_ && !broken_) {
        ERR_clear_error();
        SSL_shutdown(ssl_.get());
        ERR_clear_error();
    }
}

void Tls::Free::operator()(SSL_CTX* context) const { SSL_CTX_free(context); }

Tls::Tls(Files files) : files_(std::move(files)), context_(load()) {}

Tls::~Tls() = default;

Tls::Context Tls::load() const {
    ERR_clear_error();
    Context context(SSL_CTX_new(TLS_server_method()));
    if (!context) {
        throw std::bad_alloc();
    }
    auto* raw = context.get();
    SSL_CTX_set_min_proto_version(raw, TLS1_2_VERSION);
    SSL_CTX_set_cipher_list(raw, kCiphers);
    SSL_CTX_set_options(raw, SSL_OP_NO_RENEGOTIATION);
    SSL_CTX_set_session_cache_mode(raw, SSL_SESS_CACHE_OFF);  // clients resume with tickets, which they store
    // Writes may be partial, and may be retried from another buffer. Idle connections hold no buffers.
    SSL_CTX_set_mode(raw,
                     SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_RELEASE_BUFFERS);
    // One record at a time: otherwise endless key updates from a client would keep a single read from returning.
    SSL_CTX_clear_mode(raw, SSL_MODE_AUTO_RETRY);
    SSL_CTX_set_alpn_select_cb(raw, choose_protocol, nullptr);
    SSL_CTX_set_default_passwd_cb(raw, no_passphrase);
    if (SSL_CTX_use_certificate_chain_file(raw, files_.certificate.c_str()) != 1) {
        fail_file(files_.certificate, "cannot be read, or is not a certificate in PEM");
    }
    if (SSL_CTX_use_PrivateKey_file(raw, files_.key.c_str(), SSL_FILETYPE_PEM) != 1) {
        const auto error = ERR_peek_last_error();
        if (ERR_GET_LIB(error) == ERR_LIB_X509 && ERR_GET_REASON(error) == X509_R_KEY_VALUES_MISMATCH) {
            fail_file(files_.key, "is not the key of the certificate in " + files_.certificate.string());
        }
        fail_file(files_.key, "cannot be read, or is not a key in PEM without a passphrase");
    }
    if (SSL_CTX_check_private_key(raw) != 1) {
        fail_file(files_.key, "is not the key of the certificate in " + files_.certificate.string());
    }
    return context;
}

void Tls::reload() {
    auto fresh = load();
    const MutexLock lock(mutex_);
    std::swap(context_, fresh);
}

std::unique_ptr<TlsStream> Tls::accept(int socket) const {
    const MutexLock lock(mutex_);
    SSL* ssl = SSL_new(context_.get());
    if (ssl == nullptr) {
        throw std::bad_alloc();
    }
    auto stream = std::make_unique<TlsStream>(ssl);
    SSL_set_fd(ssl, socket);
    return stream;
}

Time Tls::expires() const {
    const MutexLock lock(mutex_);
    std::tm parts{};
    ASN1_TIME_to_tm(X509_get0_notAfter(SSL_CTX_get0_certificate(context_.get())), &parts);
    return {static_cast<std::int64_t>(::timegm(&parts)) * 1000};
}

bool Tls::is_for(const std::string& host) const {
    if (host.empty() || host.front() == '.') {
        return false;  // OpenSSL matches an empty name with every certificate, and ".x" with any name below x
    }
    // OpenSSL's own parser of addresses ignores text after the address.
    std::array<unsigned char, sizeof(in6_addr)> address{};
    const std::size_t size = ::inet_pton(AF_INET, host.c_str(), address.data()) == 1    ? sizeof(in_addr)
                             : ::inet_pton(AF_INET6, host.c_str(), address.data()) == 1 ? sizeof(in6_addr)
                                                                                        : 0;
    const MutexLock lock(mutex_);
    auto* certificate = SSL_CTX_get0_certificate(context_.get());
    return size == 0 ? X509_check_host(certificate, host.data(), host.size(), 0, nullptr) == 1
                     : X509_check_ip(certificate, address.data(), size, 0) == 1;
}

}  // namespace orderd::wire
