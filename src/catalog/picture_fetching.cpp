#include "catalog/picture_fetching.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <stdexcept>

#include "base/budgets.h"
#include "base/errors.h"
#include "base/version.h"
#include "catalog/picture_content.h"
#include "catalog/picture_wanted.h"
#include "outgoing/public_address.h"

namespace orderd::catalog {

namespace {

constexpr int kMostRedirects = 5;
constexpr std::chrono::milliseconds kPictureConnectWithin{10'000};
constexpr std::chrono::milliseconds kPictureAnswerWithin{60'000};

/// What became of one try.
struct Fetched {
    std::string file = {};
    std::string fault = {};  ///< empty: there is a file
    bool again = false;      ///< another try may help
    bool silent = false;     ///< the server was not reached, or did not answer

    static Fetched failed(std::string why) { return {.fault = std::move(why)}; }
    static Fetched not_yet(std::string why) { return {.fault = std::move(why), .again = true}; }
};

bool is_redirect(int status) {
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

/// A request for a URL that was checked; or the fault.
std::optional<outgoing::Request> request_for(const PictureFetching& with, const std::string& url, Fetched& result) {
    outgoing::Request request;
    if (const auto fault = outgoing::fault_of_fetched_url(url, with.private_addresses); !fault.empty()) {
        result = Fetched::failed("its address " + fault);
        return std::nullopt;
    }
    if (!with.private_addresses) {
        std::string problem;
        const auto address = outgoing::public_address_of(with.outgoing, outgoing::host_of_url(url), problem);
        if (!address) {
            result = Fetched::not_yet("its server: " + problem);
            return std::nullopt;
        }
        request.at_address = *address;
    }
    request.url = url;
    request.headers = {{"User-Agent", fmt::format("orderd/{}", version())},
                       {"Accept", "image/jpeg, image/png, image/webp"}};
    request.connect_within = kPictureConnectWithin;
    request.answer_within = kPictureAnswerWithin;
    request.most_answer = budget::kPictureFile;
    request.plain_anywhere = with.private_addresses;
    return request;
}

/// The status of an answer that is neither the file nor a redirect.
Fetched refused_by_server(int status) {
    auto why = fmt::format("its server answered {}", status);
    const bool passing = status >= 500 || status == 408 || status == 425 || status == 429;
    return passing ? Fetched::not_yet(std::move(why)) : Fetched::failed(std::move(why));
}

Fetched fetch_file(const PictureFetching& with, std::string url) {
    for (int redirects = 0; redirects <= kMostRedirects; ++redirects) {
        Fetched result;
        const auto request = request_for(with, url, result);
        if (!request) {
            return result;
        }
        auto answer = with.outgoing.send(*request);
        if (answer.status == 200) {
            result.file = std::move(answer.body);
            return result;
        }
        const auto location = answer.header("location");
        if (!is_redirect(answer.status) || location.empty()) {
            return refused_by_server(answer.status);
        }
        url = redirected(url, location);
    }
    return Fetched::failed(fmt::format("it is redirected more than {} times", kMostRedirects));
}

Fetched try_to_fetch(const PictureFetching& with, const std::string& url) {
    try {
        return fetch_file(with, url);
    } catch (const outgoing::AnswerTooLong&) {
        return Fetched::failed(fmt::format("its file is larger than {} MiB", budget::kPictureFile >> 20U));
    } catch (const outgoing::NeverSent&) {
        return {.fault = "its server was not reached", .again = true, .silent = true};
    } catch (const outgoing::AnswerLost&) {
        return {.fault = "its server did not answer in time", .again = true, .silent = true};
    } catch (const std::invalid_argument&) {
        return Fetched::failed("its address is not valid");
    }
}

/// Makes the file into a content and stores it. @returns the fault, if it is not a picture
std::string store_file(const PictureFetching& with, const WantedPicture& wanted, std::string file) {
    try {
        const auto made = make_picture(std::move(file));
        with.store.writer().run([&](storage::Transaction& tx) {
            store_wanted(tx, wanted, keep_content(tx, made, with.clock.now()), with.clock.now());
        });
        return "";
    } catch (const Refusal& refusal) {
        return refusal.detail();
    }
}

void fetch_wanted(const PictureFetching& with, const jobs::Job& job) {
    const auto id = job.payload.at("wanted_id").get<std::int64_t>();
    std::optional<WantedPicture> wanted;
    std::optional<std::int64_t> content;
    {
        const auto view = with.store.read();
        wanted = find_wanted(view, id);
        content = wanted ? content_of_url(view, wanted->url) : std::nullopt;
    }
    if (!wanted) {
        return;
    }
    if (content) {
        const bool stored = with.store.writer().run([&](storage::Transaction& tx) {
            content = content_of_url(tx, wanted->url);  // it may have been removed since
            if (content) {
                store_wanted(tx, *wanted, *content, with.clock.now());
            }
            return content.has_value();
        });
        if (stored) {
            return;
        }
    }
    auto fetched = try_to_fetch(with, wanted->url);
    if (fetched.fault.empty()) {
        fetched.fault = store_file(with, *wanted, std::move(fetched.file));
    }
    if (fetched.fault.empty()) {
        return;
    }
    job.end_if_stopping();  // it may have been cut off because this server stops
    const bool for_good = !fetched.again || job.attempt >= job.max_attempts;
    with.store.writer().run([&](storage::Transaction& tx) { note_fault(tx, id, fetched.fault, for_good); });
    if (fetched.silent) {
        throw jobs::NoAnswer(fetched.fault, for_good);
    }
    if (!for_good) {
        throw std::runtime_error(fetched.fault);
    }
}

}  // namespace

std::string redirected(const std::string& from, const std::string& location) {
    const auto without_fragment = location.substr(0, location.find('#'));
    if (without_fragment.find("://") != std::string::npos &&
        without_fragment.find("://") < without_fragment.find('/')) {
        return without_fragment;
    }
    const auto scheme_end = from.find("://") + 3;
    if (without_fragment.starts_with("//")) {
        return from.substr(0, scheme_end - 2) + without_fragment;
    }
    const auto path = std::min(from.find_first_of("/?", scheme_end), from.size());
    if (without_fragment.starts_with('/')) {
        return from.substr(0, path) + without_fragment;
    }
    const auto query = std::min(from.find('?', path), from.size());
    const auto folder = from.rfind('/', query);
    const bool has_folder = folder != std::string::npos && folder >= path;
    return (has_folder ? from.substr(0, folder + 1) : from.substr(0, path) + '/') + without_fragment;
}

void add_picture_jobs(jobs::Workers& workers, const PictureFetching& fetching) {
    workers.handle(kFetchPictureJob, [fetching](const jobs::Job& job) { fetch_wanted(fetching, job); });
}

}  // namespace orderd::catalog
