#pragma once

#include <algorithm>
#include <array>
#include <exception>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"

namespace orderd {

/// Why a request is refused. One place (api/problem.cpp) maps each to its HTTP status.
enum class Reason {
    malformed,              ///< 400: cannot be read at all
    unauthenticated,        ///< 401: nobody is signed in, or the credentials are wrong
    declined,               ///< 402: the payment was declined
    forbidden,              ///< 403: signed in, without the role
    not_found,              ///< 404: not there, or not yours
    method_not_allowed,     ///< 405
    not_acceptable,         ///< 406
    timeout,                ///< 408: the client took too long to send it
    conflict,               ///< 409: the state of the thing does not allow it
    stale,                  ///< 412: If-Match names an older version
    too_large,              ///< 413
    uri_too_long,           ///< 414
    unsupported_media,      ///< 415
    invalid,                ///< 422: readable, with faults in it
    precondition_required,  ///< 428: an edit without If-Match
    too_many_requests,      ///< 429
    headers_too_large,      ///< 431
    internal,               ///< 500: a defect of ours
    not_implemented,        ///< 501: a method that nothing here has
    unavailable,            ///< 503: try again later
    out_of_space,           ///< 507: the disk is full
};

/// One fault in a request: where (RFC 6901 pointer into the body, or `?name` for a query parameter), and what would be
/// right.
struct Fault {
    std::string pointer;
    std::string detail;

    bool operator==(const Fault&) const = default;
};

/// The name of a further member of a problem document. One that every such document has, with a meaning of its own (RFC
/// 9457, section 3.1), does not compile: `status` is the answer's, whatever the thing's own status is.
class ProblemMember {
public:
    consteval ProblemMember(const char* name) : name_(name) {
        constexpr std::array<std::string_view, 8> kOfEvery{"type",     "title", "status", "detail",
                                                           "instance", "code",  "errors", "request_id"};
        if (std::find(kOfEvery.begin(), kOfEvery.end(), name_) != kOfEvery.end()) {
            throw "every problem document has this member already";
        }
    }

    std::string_view name() const { return name_; }

private:
    std::string_view name_;
};

/// What was asked cannot be done as asked, and nothing has changed: the savepoint around a mutation that throws one is
/// rolled back. Carries what the caller needs to act on. Code decides on `code()`, never on the text.
class Refusal : public std::exception {
public:
    Refusal(Reason reason, std::string code, std::string detail)
        : reason_(reason), code_(std::move(code)), detail_(std::move(detail)) {}

    /// Every fault of a body at once; `invalid`, code `validation_failed`.
    explicit Refusal(std::vector<Fault> faults);

    Reason reason() const { return reason_; }
    const std::string& code() const { return code_; }      ///< stable, snake_case
    const std::string& detail() const { return detail_; }  ///< for a person: what was wrong, and what would be right
    const std::vector<Fault>& faults() const { return faults_; }
    const Json& extra() const { return extra_; }  ///< further members of the problem document (an object, or null)
    int retry_after_seconds() const { return retry_after_seconds_; }  ///< 0: not said

    Refusal&& with(ProblemMember member, Json value) &&;
    Refusal&& at(std::vector<Fault> faults) &&;  ///< says which places of the request it is about
    Refusal&& retry_after(int seconds) &&;

    const char* what() const noexcept override { return detail_.c_str(); }

private:
    Reason reason_;
    std::string code_;
    std::string detail_;
    std::vector<Fault> faults_;
    Json extra_;
    int retry_after_seconds_ = 0;
};

Refusal invalid(std::string pointer, std::string detail);  ///< `validation_failed` with one fault
Refusal not_found(std::string_view what);                  ///< `not_found`: "there is no such <what>"
Refusal stale(std::int64_t current);                       ///< `stale_version`, with member `version`: the current one

}  // namespace orderd
