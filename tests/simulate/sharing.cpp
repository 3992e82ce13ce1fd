// Operations of staff with each other: tags, comments, and what each of them is told of.

#include <fmt/format.h>

#include <algorithm>

#include "notify/notice.h"
#include "simulate/simulation.h"
#include "simulate/tables.h"

namespace orderd::tests {

namespace {

using Reply = Simulation::Reply;

Model::Order* any_order(Simulation& sim) {
    return sim.some_order([](const Model::Order&) { return true; });
}

bool tag_order(Simulation& sim) {
    const auto* order = any_order(sim);
    if (order == nullptr) {
        return false;
    }
    static const std::vector<std::string> words{"gift", "Fragile", "call first", "VIP", "später"};
    const auto added = sim.dice().one_of(words);
    const auto removed = sim.dice().one_of(words);
    Json body{{"add", Json::array({added})}};
    if (removed != added) {
        body["remove"] = Json::array({removed});
    }
    sim.ask(sim.by_staff(fmt::format("/admin/orders/{}/tags", order->number), body),
            [&sim, added, removed](const Reply& reply) {
                if (reply.status != 200) {
                    return;
                }
                const auto& tags = reply.body.at("tags");
                const auto has = [&](const std::string& tag) {
                    return std::find(tags.begin(), tags.end(), Json(tag)) != tags.end();
                };
                if (!has(added) || (removed != added && has(removed))) {
                    sim.fail(fmt::format("{} was added, {} removed, and the tags are {}", added, removed, tags.dump()));
                }
                sim.count("order tagged");
            });
    return true;
}

bool write_comment(Simulation& sim) {
    const auto* order = any_order(sim);
    if (order == nullptr) {
        return false;
    }
    const auto text = fmt::format("They called at step {}.", sim.step());
    sim.ask(sim.by_owner(fmt::format("/admin/orders/{}/comments", order->number), {{"text", text}}),
            [&sim, text](const Reply& reply) {
                if (reply.status == 201) {
                    sim.model().comments[reply.body.at("id").get<std::int64_t>()] = text;
                    sim.count("comment written");
                }
            });
    return true;
}

bool remove_comment(Simulation& sim) {
    const auto* order = sim.some_order([](const Model::Order& it) { return !it.comments.empty(); });
    if (order == nullptr) {
        return false;
    }
    const auto path = fmt::format("/admin/orders/{}/comments/{}", order->number, *order->comments.begin());
    sim.ask(sim.remove(path, sim.owner()), sim.counting(204, "comment removed"));
    return true;
}

/// What was sealed opens, also after the key was changed.
bool read_comments(Simulation& sim) {
    const auto* order = sim.some_order([](const Model::Order& it) { return !it.comments.empty(); });
    if (order == nullptr) {
        return false;
    }
    sim.ask(sim.get(fmt::format("/admin/orders/{}/comments", order->number)), [&sim](const Reply& reply) {
        if (reply.status != 200) {
            return;
        }
        for (const auto& comment : reply.body.at("data")) {
            const auto known = sim.model().comments.find(comment.at("id").get<std::int64_t>());
            if (known != sim.model().comments.end() && comment.at("text") != known->second) {
                sim.fail(fmt::format("a comment says {}; it must say {}", comment.at("text").dump(), known->second));
            }
            sim.count("comment read");
        }
    });
    return true;
}

bool choose_notices(Simulation& sim) {
    const bool by_mail = sim.dice().chance(500);
    const std::string path = by_mail ? "/admin/notices/mail" : "/admin/notices/post";
    if (sim.dice().chance(250)) {
        sim.ask(sim.remove(path, sim.owner()), sim.counting(204, "notices ended"));
        return true;
    }
    auto about = Json::array({"order_paid"});
    for (const auto& name : notify::kAbouts.list()) {
        if (name != "order_paid" && sim.dice().chance(500)) {
            about.push_back(name);
        }
    }
    Json body{{"about", std::move(about)}};
    body[by_mail ? "address" : "url"] = by_mail ? Outside::kStaffMail : Outside::kNotices;
    sim.ask(sim.put(path, body, sim.owner()), sim.counting(200, "notices chosen"));
    return true;
}

}  // namespace

std::vector<Operation> sharing() {
    return {
        {"tag an order", 15, tag_order},         {"write a comment", 15, write_comment},
        {"remove a comment", 5, remove_comment}, {"read comments", 8, read_comments},
        {"choose notices", 6, choose_notices},
    };
}

}  // namespace orderd::tests
