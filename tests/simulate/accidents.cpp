// Operations of nobody: time, jobs, power, the disk, backups, restores, keys.

#include "simulate/simulation.h"
#include "simulate/tables.h"

namespace orderd::tests {

namespace {

bool work_some(Simulation& sim) {
    bool some = false;
    for (auto left = sim.dice().between(1, 3); left > 0 && sim.work(); --left) {
        some = true;
    }
    return some;
}

bool look_around(Simulation& sim) {
    sim.app().look();
    return true;
}

bool minutes_pass(Simulation& sim) {
    sim.pass({sim.dice().between(1, 40 * 60'000)});
    return true;
}

bool hours_pass(Simulation& sim) {
    if (!sim.hear_gateway()) {
        return false;
    }
    sim.pass(hours(sim.dice().between(1, 20)));
    return true;
}

bool days_pass(Simulation& sim) {
    if (!sim.hear_gateway()) {
        return false;
    }
    sim.pass(hours(sim.dice().between(25, 24 * 9)));
    return true;
}

/// No further than what the shop makes allowance for after a restore.
bool clock_is_wrong(Simulation& sim) {
    sim.set_clock_off(sim.dice().chance(400) ? Duration{0} : minutes(sim.dice().between(-50, 50)));
    return true;
}

bool power_fails_soon(Simulation& sim) {
    if (sim.dice().chance(150)) {
        sim.disk().fail_power_after_truncation(static_cast<int>(sim.dice().between(1, 4)));
        return true;
    }
    sim.disk().fail_power_after(static_cast<int>(sim.dice().between(1, 30)));
    return true;
}

bool power_fails_now(Simulation& sim) {
    sim.disk().turn_power_off();
    return true;
}

bool disk_fails(Simulation& sim, Disk::Fault fault, std::int64_t most) {
    sim.expect_trouble(static_cast<int>(sim.dice().between(1, 6)));
    sim.disk().fail_next(fault, static_cast<int>(sim.dice().between(1, most)));
    return true;
}

bool disk_is_full(Simulation& sim) { return disk_fails(sim, Disk::Fault::full, 30); }
bool writes_fail(Simulation& sim) { return disk_fails(sim, Disk::Fault::write_error, 4); }
bool syncs_fail(Simulation& sim) { return disk_fails(sim, Disk::Fault::sync_error, 3); }
bool reads_fail(Simulation& sim) { return disk_fails(sim, Disk::Fault::read_error, 3); }

// Of a shop whose disk works.

template <class Act>
bool unless_troubled(Simulation& sim, Act act) {
    return !sim.is_troubled() && act();
}

bool back_up(Simulation& sim) {
    return unless_troubled(sim, [&] { return sim.back_up(); });
}
bool restore(Simulation& sim) {
    return unless_troubled(sim, [&] { return sim.restore(); });
}
bool rotate_key(Simulation& sim) {
    return unless_troubled(sim, [&] { return sim.rotate_key(); });
}
bool stop_and_start(Simulation& sim) {
    return unless_troubled(sim, [&] { return sim.restart(); });
}
bool come_to_rest(Simulation& sim) {
    return unless_troubled(sim, [&] { return sim.settle(); });
}
bool check_all(Simulation& sim) {
    return unless_troubled(sim, [&] { return sim.check(); });
}

}  // namespace

std::vector<Operation> accidents() {
    return {
        {"work on jobs", 500, work_some},
        {"look around", 20, look_around},
        {"minutes pass", 60, minutes_pass, false},
        {"hours pass", 12, hours_pass, false},
        {"days pass", 3, days_pass, false},
        {"the clock is set", 10, clock_is_wrong, false},
        {"the power fails soon", 25, power_fails_soon, false},
        {"the power fails now", 3, power_fails_now, false},
        {"stop and start", 6, stop_and_start, false},
        {"the disk is full", 8, disk_is_full, false},
        {"writes fail", 6, writes_fail, false},
        {"syncs fail", 6, syncs_fail, false},
        {"reads fail", 5, reads_fail, false},
        {"back up", 6, back_up, false},
        {"restore", 3, restore, false},
        {"rotate the key", 2, rotate_key, false},
        {"come to rest", 3, come_to_rest, false},
        {"check everything", 5, check_all, false},
    };
}

}  // namespace orderd::tests
