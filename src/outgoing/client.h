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

/// A request to a service outside: a gateway, a carrier, somebody's webhook.
struct Request {
    std::string method = "GET";
    std::string url;  ///< absolute, percent-encoded where it must be; https, or http to this machine alone
    Fields headers = {};
    std::string body = {};
    std::string content_type = {};
    std::chrono::milliseconds connect_within{10'000};  ///< the TLS handshake has as long again
    std::chrono::milliseconds answer_within{30'000};   ///< for the whole answer, from when the request was sent
    std::size_t most_answer = 4 << 20;                 ///< bytes; a longer body is an answer that was lost
    bool plain_anywhere = false;  ///< http to other machines too: only for what carries no secret of the shop
    std::string at_address = {};  ///< connects to this IP address, whatever the host's name resolves to by then; the
                                  ///< certificate is checked against the name anyway
};

struct Answer {
    int status = 0;
    Fields headers;
    std::string body;

    /// The first header with that name, in any case; empty if there is none.
    std::string header(std::string_view name) const;
};

/// There is no answer. The text names the service's address, and nothing of what was to be sent.
class Trouble : public std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// The service was not reached, or is not who it should be: nothing was sent.
class NeverSent : public Trouble {
    using Trouble::Trouble;
};

/// The request, or a part of it, was sent, and what the service did is not known.
class AnswerLost : public Trouble {
    using Trouble::Trouble;
};

/// What speaks to services outside, over HTTPS: certificates are verified, redirects are answers like others, and each
/// request has its own connection. It never retries automatically: only the caller knows whether that is safe. One for
/// the whole program. Thread-safe.
class Client {
public:
    /// What carries a request in place of the network, with the exceptions of send().
    using Carry = std::function<Answer(const Request&)>;

    /// `ca_file`: the certificates to trust, in PEM; empty: the system's.
    explicit Client(std::filesystem::path ca_file = {}, Carry carry = {}, Others* others = nullptr);

    /// Blocks for as long as the request's time-outs say. Never called inside a transaction.
    ///
    /// @throws NeverSent, AnswerLost; std::invalid_argument for an invalid URL, or one that is not allowed
    Answer send(const Request& request);

    /// Ends the requests under way as AnswerLost, at once, wherever they hang, and every later one as NeverSent: the
    /// program ends.
    void stop() { apart_.stop(); }
    bool stopped() const { return apart_.stopped(); }

    /// For other calls that block, such as resolving a name: they end with stop() too.
    Apart& apart() { return apart_; }

    /// The certificates that services are held to, PEM; empty if there are none.
    const std::filesystem::path& ca_file() const { return ca_file_; }

private:
    const std::filesystem::path ca_file_;
    const Carry carry_;  ///< empty: the network
    Apart apart_;
};

/// A body of `application/x-www-form-urlencoded`, or a query.
std::string form_encoded(const Fields& fields);

/// The host of a URL that send() takes, without brackets; empty for any other.
std::string host_of_url(std::string_view url);

/// Whether a host's name or address can only be this machine.
bool is_this_machine(std::string_view host);

/// Its port, said or not; 0 for any other.
int port_of_url(std::string_view url);

/// Whether a text is an absolute http or https URL that send() takes; `plain_anywhere` as there.
bool is_outgoing_url(std::string_view url, bool plain_anywhere = false);

}  // namespace orderd::outgoing
