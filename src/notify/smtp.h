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
    starttls,  ///< begins in clear text and must change to TLS before anything is said: usually port 587
    tls,       ///< TLS from the first byte: usually port 465
};

/// A mail server that takes the shop's mail.
struct SmtpServer {
    std::string host;
    int port = 587;
    Security security = Security::starttls;
    std::string username;  ///< empty: no sign-in
    std::string password;
    std::string own_name = "localhost";               ///< what EHLO says
    std::filesystem::path ca_file;                    ///< certificates that are trusted, PEM
    std::chrono::milliseconds answer_within{30'000};  ///< the connection, and each reply where nothing else is said
    std::chrono::milliseconds reply_within{0};        ///< each reply; 0: as answer_within
    /// All of it; shorter than a job's lease, so that no second worker starts while one still waits.
    std::chrono::milliseconds whole_within{180'000};
    std::function<bool()> stopped = {};  ///< asked about once a second; true ends the call: the program ends
};

/// A mail was not taken, or it is not known whether it was. The text has the reply's code and what that means, and none
/// of the server's words: it names nobody, and may go into jobs and logs.
class SmtpError : public std::runtime_error {
public:
    enum class Outcome {
        unreachable,  ///< the server did not answer at all
        not_sent,     ///< it does not have the mail, which may be tried again
        refused,      ///< and will not take it, however often it is tried
        unknown,      ///< all of it was handed over, and no answer came
    };

    SmtpError(const std::string& text, Outcome outcome) : std::runtime_error(text), outcome_(outcome) {}

    Outcome outcome() const { return outcome_; }

private:
    Outcome outcome_;
};

/// Hands one message over (RFC 5321, with STARTTLS, AUTH and SMTPUTF8), and returns once the server has taken it.
/// Certificates are checked, also their name; where TLS is asked for, nothing is said without it. Blocks, for job
/// workers; thread-safe.
///
/// `from`, `to`: addresses of valid_email(). `message`: of compose().
///
/// @throws SmtpError; a refusal is for good if it is about the recipient or the mail, and the reply is 5xx
void send(const SmtpServer& server, const std::string& from, const std::string& to, std::string_view message);

/// What hands messages over in place of the network, as send() does.
using Post = std::function<void(const SmtpServer&, const std::string& from, const std::string& to, std::string_view)>;

/// Whether the server can be used: connects, greets, changes to TLS, signs in, and leaves.
///
/// @throws SmtpError
void reach(const SmtpServer& server);

}  // namespace orderd::notify
