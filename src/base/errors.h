#pragma once

#include <algorithm>
#include <array>
#include <exception>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/refused.h"

namespace orderd {

inline constexpr Refused kValidationFailed{
    422, "validation_failed",
    "The body or the query has faults. errors names each of them with its place and what would be right. Correct them "
    "all and send the request again."};
inline constexpr Refused kNotFound{
    404, "not_found",
    "There is nothing at this path, or it belongs to somebody else. Check the id, and who you are signed in as."};
inline constexpr Refused kStaleVersion{
    412, "stale_version",
    "It has changed since you read it: If-Match names an older version. Read it again, apply your change to what is "
    "there now, and send it with the new ETag."};

/// One fault in a request: its place (an RFC 6901 pointer into the body, or `?name` for a query parameter),
/// and what would be right.
struct Fault {
    std::string pointer;
    std::string detail;

    bool operator==(const Fault&) const = default;
};

/// The name of an extension member of a problem document. The names that every document has (RFC 9457,
/// section 3.1) do not compile: `status`, for example, is the HTTP status and never an order's.
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

/// The request cannot be fulfilled, and nothing has changed: a mutation that throws a Refusal is rolled back
/// to its savepoint. It carries what the caller needs to react. Code decides by `code()`, never by the text.
class Refusal : public std::exception {
public:
    Refusal(const Refused& kind, std::string detail) : kind_(kind), detail_(std::move(detail)) {}
    Refusal(const Refused&& undeclared, std::string detail) = delete;  ///< every kind must be declared

    /// kValidationFailed, with every fault of a body at once.
    explicit Refusal(std::vector<Fault> faults);

    int status() const { return kind_.status(); }           ///< HTTP status
    std::string_view code() const { return kind_.code(); }  ///< stable, snake_case
    const std::string& detail() const { return detail_; }   ///< for a person: what was wrong, and what would be right
    const std::vector<Fault>& faults() const { return faults_; }
    const Json& extra() const { return extra_; }  ///< extension members of the problem document (an object, or null)
    int retry_after_seconds() const { return retry_after_seconds_; }  ///< 0: not given

    Refusal&& with(ProblemMember member, Json value) &&;
    Refusal&& at(std::vector<Fault> faults) &&;  ///< names the request's faulty places
    Refusal&& retry_after(int seconds) &&;

    const char* what() const noexcept override { return detail_.c_str(); }

private:
    Refused kind_;
    std::string detail_;
    std::vector<Fault> faults_;
    Json extra_;
    int retry_after_seconds_ = 0;
};

Refusal invalid(std::string pointer, std::string detail);  ///< kValidationFailed with one fault
Refusal not_found(std::string_view what);                  ///< kNotFound: "there is no such <what>"
Refusal stale(std::int64_t current);                       ///< kStaleVersion, with member `version`: the current one

}  // namespace orderd
