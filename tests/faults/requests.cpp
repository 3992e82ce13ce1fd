// An action that is one request over HTTP. What is answered is held against three looks at the shop: the files as a
// killed process leaves them, the shop that goes on, and the shop that is opened again.

#include "faults/requests.h"

#include <fmt/format.h>

#include <fstream>
#include <set>

#include "api/problem.h"

namespace orderd::tests {

namespace {

constexpr auto kKnown = "known.json";

/// What an answer says of whether it was done.
enum class Told { done, refused, unknown };

std::optional<Told> what_is_told(const Reply& reply) {
    static const std::set<std::string> kRefused{"out_of_space", "storage_failed", "read_only", "busy"};
    if (reply.status < 300) {
        return Told::done;
    }
    if (reply.code() == "outcome_unknown") {
        return Told::unknown;
    }
    return kRefused.contains(reply.code()) ? std::optional(Told::refused) : std::nullopt;
}

void with_simulated_cards(app::Config& config) { config.sandbox_payments = true; }

void hold_against(std::optional<Told> said, std::int64_t times, const std::string& where, Wrongs& wrongs) {
    const bool can_be = times == 1 ? said != Told::refused : times == 0 && said != Told::done;
    if (!can_be) {
        wrongs.push_back(fmt::format("{} was {}, and it was done {} times", where,
                                     said == Told::done      ? "acknowledged"
                                     : said == Told::refused ? "refused"
                                                             : "unknown",
                                     times));
    }
}

void look_at_killed(const RequestAction& request, const std::filesystem::path& files, std::optional<Told> said,
                    Wrongs& wrongs) {
    storage::Store after(files, {});
    hold_against(said, number_in(after.read(), request.times), "after a kill: the request", wrongs);
    check_shop(after.read(), "after a kill", wrongs);
}

/// Without faults: the same request again gets through, once at most.
void ask_again(const RequestAction& request, Shop& shop, const Json& known, Wrongs& wrongs) {
    const auto reply = request.ask(shop, known);
    if (reply.status >= 300 && reply.status != 409 && reply.status != 412) {  // it was done before
        wrongs.push_back(fmt::format("once the faults are over it is still refused: {}", reply.text));
    }
    for (int i = 0; i < 4; ++i) {  // a job that failed waits a while; an unpaid order expires later
        shop.advance(minutes(6));
        shop.drain();
    }
    if (request.after_jobs) {
        request.after_jobs(shop, wrongs);
    }
}

Wrongs ask_under(Faults& faults, const std::filesystem::path& prepared, const RequestAction& request) {
    Wrongs wrongs;
    Shop shop(prepared, with_simulated_cards);
    std::ifstream file(prepared / kKnown);
    const auto known = Json::parse(file);

    faults.begin(shop.folder());
    const auto reply = request.ask(shop, known);
    try {
        shop.drain();
    } catch (const std::exception&) {  // what a job meets is tried again below
    }
    faults.end();

    const auto said = what_is_told(reply);
    if (!said) {
        wrongs.push_back("this is no answer to a failing disk: " + reply.text);
    }
    if (shop.get("/healthz").status != 200) {
        wrongs.emplace_back("/healthz does not answer");
    }
    const TemporaryFolder killed;
    copy_files(shop.folder(), killed.path());
    look_at_killed(request, killed.path(), said, wrongs);
    ask_again(request, shop, known, wrongs);
    shop.restart();
    hold_against(Told::done, number_in(shop.store().read(), request.times), "after a restart: the second request",
                 wrongs);
    check_shop(shop.store().read(), "after a restart", wrongs);
    return wrongs;
}

}  // namespace

Action as_action(const RequestAction& request) {
    return {.name = request.name,
            .prepare =
                [request](const std::filesystem::path& folder) {
                    Shop shop(with_simulated_cards);
                    const auto known = request.prepare(shop);
                    shop.restart([&] { copy_files(shop.folder(), folder); });
                    std::ofstream(folder / kKnown) << known.dump();
                },
            .run = [request](const std::filesystem::path& prepared,
                             Faults& faults) { return ask_under(faults, prepared, request); }};
}

}  // namespace orderd::tests
