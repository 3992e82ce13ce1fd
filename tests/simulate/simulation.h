#pragma once

#include <cstdint>
#include <deque>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <ostream>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/app.h"
#include "app/config.h"
#include "base/json.h"
#include "simulate/dice.h"
#include "simulate/disk.h"
#include "simulate/machine_time.h"
#include "simulate/model.h"
#include "simulate/outside.h"
#include "support/temporary_folder.h"

namespace orderd::tests {

/// One run: a real shop whose disk, clock, network, gateway, carrier, mail server and randomness follow from a seed, on
/// one thread. Each step does something of the table of operations, and compares the shop with the model. Where the
/// shop waits (for a commit, for an answer from outside, for a payment), other operations may happen meanwhile, on top
/// of the same stack.
class Simulation {
public:
    /// How often each kind of operation and fault happened.
    using Counts = std::map<std::string, std::int64_t, std::less<>>;

    Simulation(std::uint64_t seed, std::filesystem::path folder);
    ~Simulation();

    /// @returns what differed; nullopt: nothing
    std::optional<std::string> run(std::int64_t steps);

    /// Tells all that happens, each line with what the run has thrown and answered so far: where two runs of a seed part,
    /// their lines do. `story` outlives the run; null: nowhere.
    void tell_to(std::ostream* story) { story_ = story; }

    const Counts& counts() const { return counts_; }
    std::int64_t step() const { return step_; }
    const std::deque<std::string>& last_operations() const { return told_; }
    std::string digest();  ///< of all answers, and of the database at the end

    // What operations use.

    struct Reply {
        int status = 0;
        Json body;
        std::string text;
        std::map<std::string, std::string> headers;  ///< names in lower case
    };

    struct Request {
        std::string method = "GET";
        std::string path;
        Json body = nullptr;
        std::string token = {};
        std::string key = {};  ///< Idempotency-Key
        std::map<std::string, std::string> headers = {};
        std::string text = {};  ///< in place of `body`
        std::string type = "application/json";
    };
    using Told = std::function<void(const Reply&)>;

    /// Sends a request, and hands its answer to `told`, once: where none came, or one that does not say what was done,
    /// the request is sent again after the shop's recovery. It must be safe to repeat.
    void ask(const Request& request, const Told& told);

    Request get(const std::string& path) const { return {.path = path, .token = staff_key_}; }
    Request post(const std::string& path, const Json& body, const std::string& token);
    /// A POST whose route takes no Idempotency-Key: said twice, it is done twice, which does no harm.
    Request say(const std::string& path, const Json& body, const std::string& token) const {
        return {.method = "POST", .path = path, .body = body, .token = token};
    }
    Request put(const std::string& path, const Json& body, const std::string& token) const;
    Request remove(const std::string& path, const std::string& token) const {
        return {.method = "DELETE", .path = path, .token = token};
    }
    /// As the shop's staff, with a random key.
    Request by_staff(const std::string& path, const Json& body) { return post(path, body, staff_key_); }
    Request by_owner(const std::string& path, const Json& body);

    Dice& dice() { return dice_; }
    Model& model() { return model_; }
    Outside& outside() { return outside_; }
    Disk& disk() { return disk_; }
    app::App& app() { return *app_; }
    const Clock& clock() const { return clock_; }
    const std::string& staff() const { return staff_key_; }
    const std::string& owner();

    void count(std::string_view kind);
    /// What counts an answer of that status. `kind`: a literal, since the answer may come later.
    Told counting(int status, std::string_view kind) {
        return [this, status, kind](const Reply& reply) {
            if (reply.status == status) {
                count(kind);
            }
        };
    }
    void fail(const std::string& what);  ///< the first one ends the run
    bool failed() const { return !failure_.empty(); }
    /// Whether nothing else happened in this step, so that an answer can be held against the model as it was.
    bool is_alone() const { return alone_; }
    bool is_troubled() const { return troubled_ || disk_.is_failing(); }
    std::string random_key();

    void pass(Duration time);         ///< for everybody
    void set_clock_off(Duration by);  ///< the shop's clock says another time than there is
    Duration clock_off() const { return off_; }
    bool work();  ///< a job, or the followers of the log
    /// From now on the disk fails, for so many steps: an answer may say that nothing is stored.
    void expect_trouble(int steps);
    bool restart();
    bool back_up();
    bool restore();
    bool rotate_key();
    void tell_news(const std::string& id);  ///< a webhook of the gateway's about it
    /// The gateway tells all that is left, since it does not try for more than days. @returns whether all was taken
    bool hear_gateway();
    bool settle();  ///< everything ends that was begun, and is compared
    bool check();   ///< `orderd check`, and the model against all of the shop

    /// An order of the last ones that fits, or null.
    Model::Order* some_order(const std::function<bool(const Model::Order&)>& fits);
    Model::Product* some_product(const std::function<bool(const Model::Product&)>& fits = {});

    std::int64_t next_customer = 0;
    std::int64_t next_product = 0;

private:
    /// While it lives, nothing happens beside what the run itself does.
    class Quiet {
    public:
        explicit Quiet(Simulation& of) : of_(of), before_(std::exchange(of.running_, false)) {}
        Quiet(const Quiet&) = delete;
        Quiet& operator=(const Quiet&) = delete;
        ~Quiet() { of_.running_ = before_; }

    private:
        Simulation& of_;
        const bool before_;
    };

    /// A shop's clock, which follows from the run.
    struct SetClock final : Clock {
        Time now() const override { return time; }
        Time time{1'767'225'600'000};  // 2026-01-01T00:00:00Z
    };
    /// What happens while the shop waits.
    struct Beside final : Others {
        Beside(Simulation& of, int often, bool jobs) : simulation(of), per_mille(often), jobs_first(jobs) {}
        bool go_on() override { return simulation.go_on(per_mille, jobs_first); }

        Simulation& simulation;
        const int per_mille;
        const bool jobs_first;
    };
    /// A request whose outcome is not known.
    struct Doubt {
        Request request;
        Told told;
    };
    /// An answer that is given again for its key.
    struct Kept {
        Request request;
        Reply reply;
        Time at;
    };
    struct Backup {
        std::filesystem::path file;
        Model model;
        std::vector<Kept> kept;
        std::string staff_key;
    };

    bool go_on(int per_mille, bool jobs_first);
    void act(bool beside);
    void after_step();
    void recover();
    bool start();
    bool try_start();
    void set_up();
    void answer_doubts();
    std::optional<Reply> send(const Request& request);
    void take(const Request& request, const Told& told, const std::optional<Reply>& reply);
    void compare(bool all);
    void check_deliveries();
    void tell(const std::string& text);
    void digest(std::string text);
    std::string shop_path() const { return folder_ / "shop"; }

    const MachineTime machine_time_;  // first: all others live in it
    const std::uint64_t seed_;
    const std::filesystem::path folder_;
    Dice dice_;
    Disk& disk_;
    SetClock clock_;
    Duration off_{0};
    Model model_;
    Outside outside_;
    app::Config config_;
    Beside at_commit_;
    Beside while_waiting_;
    app::World world_;
    std::unique_ptr<app::App> app_;
    std::string staff_key_;
    std::string owner_;
    Time owner_since_{};
    Time restored_{};

    std::vector<Doubt> doubts_;
    std::vector<Kept> kept_;
    std::vector<Backup> backups_;
    std::set<std::int64_t> numbers_;                ///< of all orders that were ever answered
    std::map<std::string, std::string> delivered_;  ///< webhook-id: what it told
    std::vector<std::string> charged_;              ///< keys of charges that the shop must know of
    int depth_ = 0;
    bool running_ = false;
    bool taking_job_ = false;
    bool alone_ = true;
    bool troubled_ = false;
    int trouble_ends_in_ = 0;
    std::int64_t step_ = 0;
    std::string failure_;
    Counts counts_;
    std::deque<std::string> told_;
    std::ostream* story_ = nullptr;
    std::string digest_;

public:
    // Of operations.cpp's own making.
    const std::vector<Kept>& kept() const { return kept_; }
    void note_number(std::int64_t number);
    void ask_again(const Kept& kept);
};

/// Something that can happen in a step.
struct Operation {
    std::string_view name;
    int weight;                    ///< how often, beside the others
    bool (*act)(Simulation& sim);  ///< @returns whether it could be tried
    bool beside = true;            ///< whether it may happen while another one waits
};

/// All of them. A new one is a function, and a row here.
const std::vector<Operation>& operations();

/// Kinds that are counted besides the operations, and that a long run must have met.
const std::vector<std::string_view>& further_kinds();

}  // namespace orderd::tests
