#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace orderd::notify {

enum class Security {
    none,      ///< for a mail server on the same machine
    starttls,  ///< starts in clear text, and must switch to TLS before anything else: usually port 587
    tls,       ///< TLS from the first byte: usually port 465
};

/// The mail server that accepts the shop's mail.
struct SmtpServer {
    std::string host;
    int port = 587;
    Security security = Security::starttls;
    std::string username;  ///< empty: no sign-in
    std::string password;
    std::string own_name = "localhost";               ///< our name in EHLO
    std::filesystem::path ca_file;                    ///< trusted certificates, PEM
    std::chrono::milliseconds answer_within{30'000};  ///< time-out of the connection, and of each reply by default
    std::chrono::milliseconds reply_within{0};        ///< time-out of each reply; 0: answer_within
    /// Time-out of the whole call; shorter than a job's lease, so that no second worker starts while one
    /// still waits.
    std::chrono::milliseconds whole_within{180'000};
    std::function<bool()> stopped = {};  ///< called about once a second; true ends the call
};

/// A mail was not accepted, or it is unknown whether it was. The text has the reply's code and its meaning,
/// but none of the server's words: it contains no personal data, and may go into jobs and logs.
class SmtpError : public std::runtime_error {
public:
    enum class Outcome {
        unreachable,  ///< the server did not answer at all
        not_sent,     ///< the server does not have the mail; it may be retried
        refused,      ///< the server will never accept it
        unknown,      ///< the whole mail was sent, and no answer came
    };

    SmtpError(const std::string& text, Outcome outcome) : std::runtime_error(text), outcome_(outcome) {}

    Outcome outcome() const { return outcome_; }

private:
    Outcome outcome_;
};

/// Sends one message (RFC 5321, with STARTTLS, AUTH and SMTPUTF8), and returns once the server has accepted
/// it. Certificates and their names are checked; if TLS is required, nothing is sent without it. It blocks,
/// so call it from job workers; thread-safe.
///
/// `from`, `to`: addresses that valid_email() accepts. `message`: from compose().
///
/// @throws SmtpError; a refusal is permanent if it is about the recipient or the mail, and the reply is 5xx
void send(const SmtpServer& server, const std::string& from, const std::string& to, std::string_view message);

/// Replaces send() where there is no network.
using Post = std::function<void(const SmtpServer&, const std::string& from, const std::string& to, std::string_view)>;

/// Checks whether the server can be used: connects, greets, switches to TLS, signs in, and leaves.
///
/// @throws SmtpError
void reach(const SmtpServer& server);

}  // namespace orderd::notify
