#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/apart.h"

namespace orderd::outgoing {

using Fields = std::vector<std::pair<std::string, std::string>>;

/// A request to an outside service: a gateway, a carrier, a webhook endpoint.
struct Request {
    std::string method = "GET";
    std::string url;  ///< absolute and percent-encoded; https, or http only to this machine
    Fields headers = {};
    std::string body = {};
    std::string content_type = {};
    std::chrono::milliseconds connect_within{10'000};  ///< the TLS handshake may take as long again
    std::chrono::milliseconds answer_within{30'000};   ///< for the whole answer, after the request was sent
    std::size_t most_answer = 4 << 20;                 ///< bytes; a longer answer counts as lost
    bool plain_anywhere = false;  ///< http to other machines too; only for requests without secrets of the shop
    std::string at_address = {};  ///< connects to this IP address, whatever the host's name resolves to by then; the
                                  ///< certificate is still checked against the name
};

struct Answer {
    int status = 0;
    Fields headers;
    std::string body;

    /// The first header with that name, ignoring case; empty if there is none.
    std::string header(std::string_view name) const;
};

/// There is no answer. The text names the service's address, but nothing of the request's content.
class Trouble : public std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// The service was not reached, or its certificate is not valid: nothing was sent.
class NeverSent : public Trouble {
    using Trouble::Trouble;
};

/// The request, or a part of it, was sent. It is unknown what the service did.
class AnswerLost : public Trouble {
    using Trouble::Trouble;
};

/// The answer is longer than the request allows.
class AnswerTooLong : public AnswerLost {
    using AnswerLost::AnswerLost;
};

/// The HTTPS client for outside services. It verifies certificates, returns redirects like other answers, and
/// opens a connection for each request. It never retries: only the caller knows whether that is safe. There
/// is one client for the whole program. Thread-safe.
class Client {
public:
    /// What carries a request in place of the network, with the exceptions of send().
    using Carry = std::function<Answer(const Request&)>;

    /// `ca_file`: the certificates to trust, in PEM; empty: the system's.
    explicit Client(std::filesystem::path ca_file = {}, Carry carry = {}, Others* others = nullptr);

    /// Blocks up to the request's time-outs. Never call it inside a transaction.
    ///
    /// @throws NeverSent, AnswerLost, AnswerTooLong; std::invalid_argument for a URL that is invalid or not allowed
    Answer send(const Request& request);

    /// For the program's end: makes running requests throw AnswerLost at once, wherever they hang, and later
    /// ones NeverSent.
    void stop() { apart_.stop(); }
    bool stopped() const { return apart_.stopped(); }

    /// For other blocking calls, such as resolving a name: stop() ends them too.
    Apart& apart() { return apart_; }

    /// The certificates to trust, in PEM; empty if there is no such file.
    const std::filesystem::path& ca_file() const { return ca_file_; }

private:
    const std::filesystem::path ca_file_;
    const Carry carry_;  ///< empty: the network
    Apart apart_;
};

/// Encodes a body of `application/x-www-form-urlencoded`, or a query.
std::string form_encoded(const Fields& fields);

/// The host of a URL that send() accepts, without brackets; empty for other URLs.
std::string host_of_url(std::string_view url);

/// Whether a host's name or address always means this machine.
bool is_this_machine(std::string_view host);

/// The port of a URL that send() accepts, given or implied; 0 for other URLs.
int port_of_url(std::string_view url);

/// Whether a text is an absolute http or https URL that send() accepts. `plain_anywhere`: as in Request.
bool is_outgoing_url(std::string_view url, bool plain_anywhere = false);

}  // namespace orderd::outgoing
