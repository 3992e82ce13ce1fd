#include "outgoing/client.h"

#include <fmt/format.h>
#include <httplib.h>
#include <strings.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <optional>
#include <system_error>

namespace orderd::outgoing {

namespace {

/// Where systems keep their trusted certificates. The executable is static, so OpenSSL's default would be a
/// path of the build machine.
constexpr std::array<const char*, 6> kBundles{
    "/etc/ssl/certs/ca-certificates.crt",                 // Debian, Alpine, Arch
    "/etc/pki/tls/certs/ca-bundle.crt",                   // Fedora, RHEL
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",  // newer Fedora and RHEL
    "/etc/ssl/ca-bundle.pem",                             // openSUSE
    "/opt/homebrew/etc/ca-certificates/cert.pem",         // Homebrew
    "/etc/ssl/cert.pem",                                  // macOS, BSDs
};

std::filesystem::path system_bundle() {
    if (const char* named = std::getenv("SSL_CERT_FILE"); named != nullptr && *named != '\0') {
        return named;
    }
    const auto* found = std::find_if(kBundles.begin(), kBundles.end(), [](const char* file) {
        std::error_code ignored;
        return std::filesystem::exists(file, ignored);
    });
    return found == kBundles.end() ? std::filesystem::path() : std::filesystem::path(*found);
}

struct Url {
    std::string origin;  ///< "https://api.stripe.com"
    std::string host;
    int port = 0;
    std::string target;  ///< path and query
    bool plain = false;
};

std::optional<Url> parse_url(std::string_view text) {
    Url url;
    url.plain = text.starts_with("http://");
    if (!url.plain && !text.starts_with("https://")) {
        return std::nullopt;
    }
    const auto begin = text.find("//") + 2;
    const auto end = std::min(text.find_first_of("/?", begin), text.size());
    const auto authority = text.substr(begin, end - begin);
    const bool bracketed = authority.starts_with('[');
    const auto host_end = bracketed ? authority.find(']') : std::min(authority.find(':'), authority.size());
    if (host_end == std::string_view::npos || host_end == 0) {
        return std::nullopt;
    }
    url.host = authority.substr(bracketed ? 1 : 0, host_end - (bracketed ? 1 : 0));
    const auto port = authority.substr(host_end + (bracketed ? 1 : 0));
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    const bool port_fits = port.empty() || (port.size() >= 2 && port.size() <= 6 && port.front() == ':' &&
                                            std::all_of(port.begin() + 1, port.end(), is_digit));
    const bool clean = std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < '\x7f'; });
    const bool host_fits = std::all_of(url.host.begin(), url.host.end(), [&](char c) {
        return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '.' || c == '-' || c == '_' ||
               (bracketed && c == ':');
    });
    if (url.host.empty() || !port_fits || !clean || !host_fits || text.find('#') != std::string_view::npos) {
        return std::nullopt;
    }
    url.port = port.empty() ? (url.plain ? 80 : 443) : std::stoi(std::string(port.substr(1)));
    url.origin = text.substr(0, end);
    url.target = text.substr(end);
    if (!url.target.starts_with('/')) {
        url.target.insert(0, "/");
    }
    return url;
}

bool may_go_to(const Url& url, bool plain_anywhere) {
    return url.port >= 1 && url.port <= 65'535 && (!url.plain || plain_anywhere || is_this_machine(url.host));
}

bool was_sent(httplib::Error error) {
    using enum httplib::Error;
    switch (error) {
        case Connection:
        case BindIPAddress:
        case SSLConnection:
        case SSLLoadingCerts:
        case SSLServerVerification:
        case SSLServerHostnameVerification:
        case ConnectionTimeout:
        case ProxyConnection: return false;
        default: return true;
    }
}

httplib::Request request_of(const Request& wanted, const Url& url) {
    httplib::Request request;
    request.method = wanted.method;
    request.path = url.target;
    request.body = wanted.body;
    for (const auto& [name, value] : wanted.headers) {
        request.set_header(name, value);
    }
    if (!wanted.content_type.empty()) {
        request.set_header("Content-Type", wanted.content_type);
    }
    return request;
}

}  // namespace

std::string Answer::header(std::string_view name) const {
    const auto found = std::find_if(headers.begin(), headers.end(), [&](const auto& field) {
        return field.first.size() == name.size() && ::strncasecmp(field.first.data(), name.data(), name.size()) == 0;
    });
    return found == headers.end() ? "" : found->second;
}

Client::Client(std::filesystem::path ca_file, Carry carry, Others* others)
    : ca_file_(ca_file.empty() ? system_bundle() : std::move(ca_file)), carry_(std::move(carry)), apart_(others) {}

namespace {

/// Blocks up to the time-outs, plus the unlimited time of a name lookup.
Answer send_here(const Request& wanted, const Url& url, const std::string& ca_file) {
    httplib::Client client(url.origin);
    if (!wanted.at_address.empty()) {
        client.set_hostname_addr_map({{url.host, wanted.at_address}});
    }
    client.set_connection_timeout(wanted.connect_within);
    client.set_read_timeout(wanted.answer_within);
    client.set_write_timeout(wanted.answer_within);
    client.set_follow_location(false);
    client.set_url_encode(false);
    if (!url.plain) {
        client.set_ca_cert_path(ca_file);
    }
    Answer answer;
    bool too_long = false;
    auto request = request_of(wanted, url);
    const auto until = std::chrono::steady_clock::now() + 2 * wanted.connect_within + wanted.answer_within;
    request.content_receiver = [&](const char* data, std::size_t size, std::uint64_t, std::uint64_t) {
        too_long = answer.body.size() + size > wanted.most_answer;
        if (too_long || std::chrono::steady_clock::now() > until) {
            return false;
        }
        answer.body.append(data, size);
        return true;
    };
    const auto result = client.send(request);
    if (!result) {
        const auto error = result.error();
        if (too_long) {
            throw AnswerTooLong(fmt::format("{} did not answer: its answer is too long", url.origin));
        }
        if (was_sent(error)) {
            throw AnswerLost(fmt::format("{} did not answer: {}", url.origin, httplib::to_string(error)));
        }
        throw NeverSent(fmt::format("{} was not reached: {}", url.origin, httplib::to_string(error)));
    }
    answer.status = result->status;
    answer.headers.assign(result->headers.begin(), result->headers.end());
    return answer;
}

}  // namespace

Answer Client::send(const Request& wanted) {
    const auto url = parse_url(wanted.url);
    if (!url || !may_go_to(*url, wanted.plain_anywhere)) {
        throw std::invalid_argument(
            "the address of an outside service is https://…; http:// is allowed only for this machine");
    }
    if (stopped()) {
        throw NeverSent(fmt::format("{} was not asked: orderd is stopping", url->origin));
    }
    if (carry_) {
        return carry_(wanted);
    }
    try {
        auto answer =
            apart_.run([wanted, url = *url, ca_file = ca_file_.string()] { return send_here(wanted, url, ca_file); });
        if (!answer) {
            throw AnswerLost(fmt::format("{} did not answer: orderd is stopping", url->origin));
        }
        return std::move(*answer);
    } catch (const std::system_error& error) {
        throw NeverSent(fmt::format("{} was not asked: {}", url->origin, error.what()));
    }
}

std::string form_encoded(const Fields& fields) {
    static constexpr std::string_view kHex = "0123456789ABCDEF";
    std::string out;
    const auto add = [&](std::string_view text) {
        for (const char c : text) {
            const auto byte = static_cast<unsigned char>(c);
            if (std::isalnum(byte) != 0 || c == '-' || c == '.' || c == '_' || c == '*') {
                out += c;
            } else if (c == ' ') {
                out += '+';
            } else {
                out += '%';
                out += kHex[byte >> 4U];
                out += kHex[byte & 15U];
            }
        }
    };
    for (const auto& [name, value] : fields) {
        if (!out.empty()) {
            out += '&';
        }
        add(name);
        out += '=';
        add(value);
    }
    return out;
}

std::string host_of_url(std::string_view text) {
    const auto url = parse_url(text);
    return url ? url->host : "";
}

bool is_this_machine(std::string_view host) { return host == "127.0.0.1" || host == "::1" || host == "localhost"; }

int port_of_url(std::string_view text) {
    const auto url = parse_url(text);
    return url ? url->port : 0;
}

bool is_outgoing_url(std::string_view text, bool plain_anywhere) {
    const auto url = parse_url(text);
    return url && may_go_to(*url, plain_anywhere);
}

}  // namespace orderd::outgoing
