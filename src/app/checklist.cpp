#include "app/checklist.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/errors.h"
#include "notify/mail_settings.h"
#include "orders/delivery_methods.h"
#include "orders/rates.h"
#include "payments/choosing.h"
#include "storage/events.h"
#include "storage/settings.h"
#include "storage/shop_zone.h"

namespace orderd::app {

namespace {

struct Confirmation {
    bool confirmed = false;
};

}  // namespace

}  // namespace orderd::app

namespace orderd {

template <>
struct api::Fields<app::Confirmation> {
    static Declared<app::Confirmation> value() {
        return object<app::Confirmation>("ChecklistConfirmation",
                                         {field("confirmed", &app::Confirmation::confirmed, Shape::boolean())});
    }
};

}  // namespace orderd

namespace orderd::app {

namespace {

using api::Answer;
using api::Request;
using api::Shape;
using api::Who;
using storage::View;

constexpr auto kSetting = "checklist";
constexpr auto kHasProduct = "SELECT EXISTS (SELECT 1 FROM product)";

/// Whether an owner's word alone can settle a step.
enum class Word {
    does_not_count,        ///< it must be done, or what needs it be turned off
    counts_without_rates,  ///< that the shop charges no tax: not once it has rates
    counts,
};

struct Step {
    std::string_view name;
    Word word;
    bool (*done)(const View& view, const ChecklistFacts& facts);
};

bool can_pay_by_bank(const View& view, const ChecklistFacts& facts) {
    return !payments::read_methods(view).bank_transfer || payments::can_pay_by(facts.payments, view, "bank_transfer");
}

bool can_pay_by_card(const View& view, const ChecklistFacts& facts) {
    return !payments::read_methods(view).card || payments::can_pay_by(facts.payments, view, "card");
}

bool can_be_paid(const View& view, const ChecklistFacts& facts) {
    return !payments::describe_methods(facts.payments, view).at("methods").empty();
}

/// How many tax rates are from the list of defaults, and no owner has confirmed them.
std::int64_t unconfirmed_rates(const View& view) {
    const auto rates = orders::read_tax_settings(view).rates;
    return std::count_if(rates.begin(), rates.end(), [](const orders::TaxRate& rate) { return !rate.confirmed; });
}

bool has_tax_rates(const View& view) { return !orders::read_tax_settings(view).rates.empty(); }

/// The steps, in the order in which a shop is set up.
constexpr std::array kSteps{
    Step{"shop_address", Word::counts,
         [](const View& view, const ChecklistFacts&) {
             return settings::read(view, "shop_address").value_or(nullptr).is_object();
         }},
    Step{"time_zone", Word::does_not_count,
         [](const View& view, const ChecklistFacts&) {
             const auto name = settings::time_zone_json(view);
             return name.is_string() && find_time_zone(name.get_ref<const std::string&>()) != nullptr;
         }},
    Step{"product", Word::does_not_count,
         [](const View& view, const ChecklistFacts&) { return view.value<bool>(kHasProduct).value_or(false); }},
    Step{"tax", Word::counts_without_rates,
         [](const View& view, const ChecklistFacts&) { return has_tax_rates(view) && unconfirmed_rates(view) == 0; }},
    Step{"shipping", Word::counts, [](const View& view, const ChecklistFacts&) { return orders::has_methods(view); }},
    Step{"payment_methods", Word::does_not_count, can_be_paid},
    Step{"bank_details", Word::does_not_count, can_pay_by_bank},
    Step{"cards", Word::does_not_count, can_pay_by_card},
    Step{"mail", Word::counts, [](const View& view, const ChecklistFacts&) { return notify::is_mail_set_up(view); }},
    Step{"public_url", Word::counts, [](const View&, const ChecklistFacts& facts) { return facts.has_public_url; }},
    Step{"backups", Word::counts, [](const View&, const ChecklistFacts& facts) { return facts.makes_backups; }},
    Step{"key_kept", Word::counts, [](const View&, const ChecklistFacts&) { return false; }},
};

std::vector<std::string> step_names() {
    std::vector<std::string> names;
    for (const auto& step : kSteps) {
        names.emplace_back(step.name);
    }
    return names;
}

/// The steps that an owner confirmed.
Json confirmed(const View& view) {
    const auto setting = settings::read(view, kSetting);
    return setting ? setting->value("confirmed", Json::array()) : Json::array();
}

bool holds(const Json& list, std::string_view name) { return std::find(list.begin(), list.end(), name) != list.end(); }

bool may_be_confirmed(const View& view, const Step& step) {
    return step.word == Word::counts || (step.word == Word::counts_without_rates && !has_tax_rates(view));
}

Json describe_checklist(const View& view, const ChecklistFacts& facts) {
    const auto said = confirmed(view);
    auto steps = Json::array();
    int open = 0;
    for (const auto& step : kSteps) {
        const bool confirmable = may_be_confirmed(view, step);
        const bool is_confirmed = confirmable && holds(said, step.name);
        const bool done = is_confirmed || step.done(view, facts);
        open += done ? 0 : 1;
        steps.push_back(
            {{"step", step.name}, {"done", done}, {"confirmable", confirmable}, {"confirmed", is_confirmed}});
    }
    return {{"steps", std::move(steps)}, {"open", open}, {"unconfirmed_rates", unconfirmed_rates(view)}};
}

Shape checklist_shape() {
    const auto step =
        Shape::object({
                          {"step", Shape::one_of(step_names())},
                          {"done", Shape::boolean()},
                          {"confirmable", Shape::boolean().described("an owner may say that it is settled")},
                          {"confirmed", Shape::boolean().described("an owner said so")},
                      })
            .named("ChecklistStep");
    return Shape::object({{"steps", Shape::list(step, 1, 100)},
                          {"open", Shape::integer(0, 100).described("how many are not done")},
                          {"unconfirmed_rates", Shape::integer(0, 500).described(
                                                    "tax rates that are defaults, and no owner has confirmed")}})
        .named("Checklist");
}

constexpr Refused kNotConfirmable{
    409, "not_confirmable", "This step is not settled by saying so: do what it asks for, or turn off what needs it."};

Answer confirm(Request& in, const ChecklistFacts& facts, Confirmation said) {
    const auto name = in.path_text("step");
    const auto* step = std::find_if(kSteps.begin(), kSteps.end(), [&](const Step& it) { return it.name == name; });
    if (step == kSteps.end()) {
        throw not_found("step");
    }
    return in.mutate([&](storage::Transaction& tx) {
        if (step->word == Word::does_not_count || (said.confirmed && !may_be_confirmed(tx, *step))) {
            throw Refusal(kNotConfirmable,
                          fmt::format("{} is settled by doing it, or by turning off what needs it", name));
        }
        const auto before = confirmed(tx);
        auto after = before;
        if (said.confirmed && !holds(before, name)) {
            after.push_back(name);
        } else if (!said.confirmed) {
            after.erase(std::remove(after.begin(), after.end(), Json(name)), after.end());
        }
        if (after != before) {
            settings::write(tx, kSetting, {{"confirmed", after}}, in.now());
            events::record(tx, "setting.changed", {"setting", 0}, {{"name", kSetting}}, in.actor(), in.now());
            audit::record(tx, "setting.update", {"setting", 0}, {{kSetting, before}}, {{kSetting, after}}, in.actor(),
                          in.now());
        }
        return api::ok(describe_checklist(tx, facts));
    });
}

}  // namespace

void add_checklist_routes(api::RouteTable& routes, const ChecklistFacts& facts) {
    routes.add({.method = "GET",
                .path = "/admin/checklist",
                .name = "checklist.get",
                .who = Who::viewer,
                .summary = "What a new shop still needs",
                .tag = "Settings",
                .answers = {{200, checklist_shape()}}},
               [facts](Request& in) { return api::ok(describe_checklist(in.read(), facts)); });
    routes.add<Confirmation>({.method = "PUT",
                              .path = "/admin/checklist/{step}",
                              .name = "checklist.confirm",
                              .who = Who::owner,
                              .summary = "Confirm that a step is settled",
                              .tag = "Settings",
                              .answers = {{200, checklist_shape()}},
                              .refuses = {kNotConfirmable}},
                             api::declared<Confirmation>(),
                             [facts](Request& in, Confirmation said) { return confirm(in, facts, said); });
}

}  // namespace orderd::app
