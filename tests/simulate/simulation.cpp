#include "simulate/simulation.h"

#include <fmt/format.h>
#include <sodium.h>

#include <algorithm>
#include <fstream>
#include <sstream>
#include <utility>

#include "accounts/admin.h"
#include "accounts/api_keys.h"
#include "accounts/sessions.h"
#include "api/server.h"
#include "app/backups.h"
#include "app/check.h"
#include "app/key_rotation.h"
#include "app/restoring.h"
#include "base/log.h"
#include "base/text.h"
#include "storage/settings.h"
#include "support/stripe_like.h"

namespace orderd::tests {

namespace {

constexpr std::size_t kRemembered = 60;  ///< operations, for the end of a run that fails
constexpr std::size_t kKept = 60;        ///< answers that are asked for again
constexpr Duration kKeysHold = hours(23);

Dice* randomness = nullptr;

/// libsodium draws from the run's seed.
void draw_from(Dice& dice) {
    static randombytes_implementation seeded{.implementation_name = [] { return "simulation"; },
                                             .random = [] { return static_cast<std::uint32_t>(randomness->next()); },
                                             .stir = nullptr,
                                             .uniform = nullptr,
                                             .buf =
                                                 [](void* to, const std::size_t size) {
                                                     for (std::size_t i = 0; i < size; ++i) {
                                                         static_cast<char*>(to)[i] =
                                                             static_cast<char>(randomness->next());
                                                     }
                                                 },
                                             .close = nullptr};
    if (sodium_init() < 0) {  // draws a few itself, and in a process once
        throw std::runtime_error("libsodium does not start");
    }
    randomness = &dice;
    randombytes_set_implementation(&seeded);
}

std::string bytes_of(const Simulation::Request& request) {
    const auto body = request.body.is_null() ? request.text : request.body.dump();
    auto bytes = fmt::format("{} {} HTTP/1.1\r\nHost: shop.simulated\r\n", request.method, request.path);
    const auto add = [&](std::string_view name, std::string_view value) {
        if (!value.empty()) {
            bytes += fmt::format("{}: {}\r\n", name, value);
        }
    };
    add("Authorization", request.token.empty() ? "" : "Bearer " + request.token);
    add("Idempotency-Key", request.key);
    add("Content-Type", body.empty() ? "" : request.type);
    add("Content-Length", request.method == "GET" ? "" : std::to_string(body.size()));
    for (const auto& [name, value] : request.headers) {
        add(name, value);
    }
    return bytes + "\r\n" + body;
}

Simulation::Reply parsed(const std::string& bytes) {
    Simulation::Reply reply;
    const auto end = bytes.find("\r\n\r\n");
    if (end == std::string::npos || bytes.size() < 12) {
        throw std::runtime_error("an answer has no head: " + bytes.substr(0, 100));
    }
    reply.status = std::stoi(bytes.substr(9, 3));
    std::istringstream head(bytes.substr(0, end));
    for (std::string line; std::getline(head, line);) {
        if (const auto colon = line.find(": "); colon != std::string::npos) {
            reply.headers[folded(line.substr(0, colon))] = line.substr(colon + 2, line.find('\r') - colon - 2);
        }
    }
    reply.text = bytes.substr(end + 4);
    if (reply.headers["content-type"].find("json") != std::string::npos && !reply.text.empty()) {
        reply.body = Json::parse(reply.text);
    }
    return reply;
}

std::string code_of(const Simulation::Reply& reply) {
    return reply.body.is_object() ? reply.body.value("code", "") : "";
}

/// An answer without what it says of the machine that the run is on.
std::string of_shop(const Simulation::Reply& reply) {
    if (!reply.body.is_object() || !reply.body.contains("database")) {
        return reply.text;
    }
    auto body = reply.body;
    for (const auto* of_machine : {"disk_free_bytes", "full_at", "is_short"}) {
        body["database"].erase(of_machine);
    }
    return body.dump();
}

/// Too much is under way just now, a read took its whole time on a slow machine, or a service outside does not answer:
/// nothing was done, whatever the disk does.
bool is_for_now(const std::string& code) {
    return code == "busy" || code == "too_costly" || code == "too_many_wait" || code == "carrier_unavailable" ||
           code == "mail_not_sent" || code == "mail_refused" || code == "rates_refused";
}

}  // namespace

Simulation::Simulation(std::uint64_t seed, std::filesystem::path folder)
    : seed_(seed),
      folder_(std::move(folder)),
      dice_(seed),
      disk_(Disk::install()),
      outside_({.dice = dice_,
                .others = [this] { go_on(500, false); },
                .shop_is_up = [this] { return !disk_.is_power_off(); },
                .count = [this](std::string_view kind) { count(kind); }}),
      at_commit_(*this, 200, false),
      while_waiting_(*this, 800, true),
      world_{.at_commit = at_commit_,
             .while_waiting = while_waiting_,
             .carry = [this](const outgoing::Request& request) { return outside_.carry(request); },
             .post = [this](const notify::SmtpServer& server, const std::string& from, const std::string& to,
                            std::string_view message) { outside_.post(server, from, to, message); },
             .at_job =
                 [this](const jobs::Job& job) {
                     taking_job_ = false;
                     count("job " + job.kind);
                 },
             .log_pages = static_cast<int>(dice_.between(20, 2000))} {
    static Dice drawn(0);
    drawn = Dice(seed ^ 0x5eedU);
    draw_from(drawn);
    disk_.begin(seed + 7);
    log::set_level(log::Level::error);
    std::filesystem::create_directory(shop_path());
    config_.data = shop_path();
    config_.public_url = "https://shop.simulated";
    config_.log_level = "error";
    config_.job_workers = 0;
    config_.authorize_only = dice_.chance(300);
    config_.stripe_url = Outside::kStripe;
    config_.easypost_url = Outside::kEasyPost;
    config_.private_webhooks = true;
    config_.backup_folder = folder_ / "backups";
    std::filesystem::create_directory(config_.backup_folder);
}

Simulation::~Simulation() {
    running_ = false;
    app_.reset();
}

void Simulation::count(std::string_view kind) {
    const auto found = counts_.find(kind);
    if (found == counts_.end()) {
        counts_.emplace(kind, 1);
    } else {
        ++found->second;
    }
}

void Simulation::fail(const std::string& what) {
    if (failure_.empty()) {
        failure_ = what;
    }
}

void Simulation::tell(const std::string& text) {
    told_.push_back(
        fmt::format("step {}{} {}", step_, std::string(static_cast<std::size_t>(depth_) * 2 + 1, ' '), text));
    if (story_ != nullptr) {
        *story_ << fmt::format("{} [{:x}{}]\n", told_.back(), dice_.mark(), to_hex(digest_.substr(0, 4)));
    }
    if (told_.size() > kRemembered) {
        told_.pop_front();
    }
}

std::optional<std::string> Simulation::run(std::int64_t steps) {
    start();
    set_up();
    running_ = true;
    for (step_ = 1; step_ <= steps && !failed(); ++step_) {
        pass({dice_.between(0, 20'000)});
        act(false);
        after_step();
    }
    --step_;
    if (!failed()) {
        recover();
        disk_.fail_power_after(0);
        settle();
    }
    running_ = false;
    return failed() ? std::optional(failure_) : std::nullopt;
}

void Simulation::act(bool beside) {
    static const auto whole = [] {
        int sum = 0;
        for (const auto& operation : operations()) {
            sum += operation.weight;
        }
        return static_cast<std::size_t>(sum);
    }();
    auto drawn = static_cast<int>(dice_.below(whole));
    const auto* chosen = operations().data();
    while (drawn >= chosen->weight) {
        drawn -= chosen->weight;
        ++chosen;
    }
    if (beside && !chosen->beside) {
        return;
    }
    tell(std::string(chosen->name));
    try {
        if (chosen->act(*this)) {
            count(chosen->name);
        }
    } catch (const std::exception& error) {
        if (!is_troubled() && !disk_.is_power_off()) {
            fail(fmt::format("{}: {}", chosen->name, error.what()));
        }
    }
}

bool Simulation::go_on(int per_mille, bool jobs_first) {
    if (!running_ || taking_job_ || depth_ >= 3 || failed() || disk_.is_power_off() ||
        storage::Reader::is_held_here() || !dice_.chance(per_mille)) {
        return false;
    }
    ++depth_;
    alone_ = false;
    count("beside another");
    if (!jobs_first || dice_.chance(300) || !work()) {
        act(true);
    }
    --depth_;
    return true;
}

std::optional<Simulation::Reply> Simulation::send(const Request& request) {
    if (!app_ || disk_.is_power_off()) {
        return std::nullopt;
    }
    auto reply = parsed(app_->server().answer(bytes_of(request)));
    if (disk_.is_power_off()) {
        return std::nullopt;  // nobody hears what is said without power
    }
    tell(fmt::format("  {} {} {}: {} {}", request.method, request.path,
                     request.body.is_null() ? "" : request.body.dump(), reply.status, code_of(reply)));
    digest(fmt::format("{} {}\n", reply.status, of_shop(reply)));
    return reply;
}

void Simulation::ask(const Request& request, const Told& told) { take(request, told, send(request)); }

void Simulation::take(const Request& request, const Told& told, const std::optional<Reply>& reply) {
    const bool unknown = !reply || (reply->status >= 500 && !is_for_now(code_of(*reply)));
    if (reply && unknown && !is_troubled()) {
        fail(fmt::format("{} {} was answered with {}: {}", request.method, request.path, reply->status, reply->text));
    }
    if (unknown) {
        if (request.method != "GET") {
            doubts_.push_back({request, told});
        }
        return;
    }
    told(*reply);
    if (request.method == "POST" && !request.key.empty() && reply->status < 300) {
        kept_.push_back({request, *reply, clock_.now()});
        if (kept_.size() > kKept) {
            kept_.erase(kept_.begin());
        }
    }
}

void Simulation::ask_again(const Kept& kept) {
    const auto age = clock_.now() - kept.at;
    if (age.ms < 0 || age > kKeysHold) {
        return;
    }
    const auto reply = send(kept.request);
    if (!reply || (reply->status >= 500 && is_troubled()) || code_of(*reply) == "erased" ||
        code_of(*reply) == "idempotency_key_in_use" || reply->status == 401) {
        return;
    }
    auto expected = kept.reply.body;
    for (const auto* once : {"secret", "token"}) {  // is shown once
        if (expected.is_object() && !(reply->body.is_object() && reply->body.contains(once))) {
            expected.erase(once);
        }
    }
    if (reply->status != kept.reply.status || reply->body != expected) {
        fail(fmt::format("{} {} was answered with {} {}, and under the same key with {} {}", kept.request.method,
                         kept.request.path, kept.reply.status, kept.reply.text, reply->status, reply->text));
    }
}

Simulation::Request Simulation::post(const std::string& path, const Json& body, const std::string& token) {
    return {.method = "POST", .path = path, .body = body, .token = token, .key = random_key()};
}

Simulation::Request Simulation::put(const std::string& path, const Json& body, const std::string& token) const {
    return {.method = "PUT", .path = path, .body = body, .token = token};
}

Simulation::Request Simulation::by_owner(const std::string& path, const Json& body) {
    return post(path, body, owner());
}

std::string Simulation::random_key() {
    std::string bytes(16, '\0');
    std::generate(bytes.begin(), bytes.end(), [this] { return static_cast<char>(dice_.next()); });
    return to_hex(bytes);
}

const std::string& Simulation::owner() {
    const auto age = clock_.now() - owner_since_;
    if (owner_.empty() || age.ms < 0 || age > hours(6)) {
        owner_ = app_->store().writer().run([&](storage::Transaction& tx) {
            return accounts::begin_session(tx, accounts::find_admin(tx, "olga")->id, clock_.now()).token;
        });
        owner_since_ = clock_.now();
    }
    return owner_;
}

void Simulation::note_number(std::int64_t number) {
    if (!numbers_.insert(number).second) {
        fail(fmt::format("the number {} was given to two orders", number));
    }
}

void Simulation::pass(Duration time) {
    clock_.time = clock_.time + time;
    const auto before = (clock_.time - off_ - time).ms / 1000;
    outside_.stripe().move((clock_.time - off_).ms / 1000 - before);
    if (time > hours(24)) {
        outside_.stripe().forget_keys();
    }
}

void Simulation::set_clock_off(Duration by) {
    clock_.time = clock_.time + Duration{by.ms - off_.ms};
    off_ = by;
}

Model::Order* Simulation::some_order(const std::function<bool(const Model::Order&)>& fits) {
    constexpr int kLooked = 80;
    std::vector<Model::Order*> found;
    int looked = 0;
    for (auto it = model_.orders.rbegin(); it != model_.orders.rend() && looked < kLooked; ++it, ++looked) {
        if (fits(it->second)) {
            found.push_back(&it->second);
        }
    }
    return found.empty() ? nullptr : dice_.one_of(found);
}

Model::Product* Simulation::some_product(const std::function<bool(const Model::Product&)>& fits) {
    std::vector<Model::Product*> found;
    for (auto& [id, product] : model_.products) {
        if (!fits || fits(product)) {
            found.push_back(&product);
        }
    }
    return found.empty() ? nullptr : dice_.one_of(found);
}

void Simulation::tell_news(const std::string& id) {
    const auto event = outside_.stripe().event(id.starts_with("pi_")   ? "payment_intent.updated"
                                               : id.starts_with("re_") ? "refund.updated"
                                                                       : "charge.dispute.updated",
                                               id);
    Request request{.method = "POST", .path = "/webhooks/stripe", .text = event};
    request.headers["Stripe-Signature"] =
        stripe_signature(event, "whsec_OrderdTestsSignWithThisOne", (clock_.time - off_).ms / 1000);
    const auto reply = send(request);
    if (!reply || reply->status != 200) {
        outside_.news().push_back(id);  // it is sent again
        count("webhook of the gateway not taken");
    } else {
        count("webhook of the gateway taken");
    }
}

bool Simulation::hear_gateway() {
    const Quiet quiet(*this);
    for (const auto& id : std::exchange(outside_.news(), {})) {
        tell_news(id);
    }
    return outside_.news().empty();
}

/// Takes `text` into the digest, but for the name of the run's folder, which is another one each time.
void Simulation::digest(std::string text) {
    const auto name = folder_.filename().string();
    for (auto at = text.find(name); at != std::string::npos; at = text.find(name, at)) {
        text.replace(at, name.size(), name.size(), '-');
    }
    text.insert(0, digest_);
    digest_.assign(crypto_generichash_BYTES, '\0');
    crypto_generichash(reinterpret_cast<unsigned char*>(digest_.data()), digest_.size(),
                       reinterpret_cast<const unsigned char*>(text.data()), text.size(), nullptr, 0);
}

std::string Simulation::digest() {
    app_.reset();
    std::ifstream file(shop_path() + "/shop.db", std::ios::binary);
    digest(std::string(std::istreambuf_iterator<char>(file), {}));
    return to_hex(digest_).substr(0, 32);
}

}  // namespace orderd::tests
