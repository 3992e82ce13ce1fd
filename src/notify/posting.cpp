#include "notify/posting.h"

#include <fmt/format.h>

#include <stdexcept>
#include <utility>

#include "base/version.h"
#include "outgoing/public_address.h"

namespace orderd::notify {

namespace {

constexpr std::chrono::milliseconds kConnectWithin{10'000};
constexpr std::chrono::milliseconds kAnswerWithin{15'000};

}  // namespace

Posted post_to(Desk& desk, const std::string& url, outgoing::Fields headers, const std::string& body,
               const std::string& content_type) {
    outgoing::Request request;
    if (!desk.private_webhooks) {
        // Checked here too, for addresses that were added while the configuration allowed it, or by an older
        // orderd.
        if (!outgoing::fault_of_fetched_url(url, false).empty()) {
            return {.error = "its address or port is not public"};
        }
        std::string problem;
        const auto address = outgoing::public_address_of(desk.outgoing, outgoing::host_of_url(url), problem);
        if (!address) {
            return {.error = problem};
        }
        request.at_address = *address;
    }
    headers.emplace_back("User-Agent", fmt::format("orderd/{}", version()));
    request.method = "POST";
    request.url = url;
    request.headers = std::move(headers);
    request.body = body;
    request.content_type = content_type;
    request.connect_within = kConnectWithin;
    request.answer_within = kAnswerWithin;
    request.plain_anywhere = desk.private_webhooks;
    try {
        const auto answer = desk.outgoing.send(request);
        Posted done{.status = answer.status};
        if (!done.delivered()) {
            done.error = fmt::format("it answered {}", answer.status);
        }
        return done;
    } catch (const outgoing::NeverSent&) {
        return {.error = "it was not reached", .silent = true};
    } catch (const outgoing::AnswerLost&) {
        return {.error = "it did not answer in time", .silent = true};
    } catch (const std::invalid_argument& error) {
        return {.error = error.what()};
    }
}

}  // namespace orderd::notify
