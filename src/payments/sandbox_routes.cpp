#include "payments/sandbox_routes.h"

#include <fmt/format.h>

#include "payments/charge_jobs.h"

namespace orderd::payments {

namespace {

using api::Answer;
using api::Request;
using api::Who;

constexpr std::size_t kMaxForm = 1024;

/// The page may only submit its form to this server; everything else is blocked.
constexpr auto kPolicy = "default-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

Answer page(const std::string& content) {
    auto html = fmt::format(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
        "<meta name=\"viewport\" content=\"width=device-width\"><title>Simulated bank</title></head>"
        "<body><main><h1>Simulated bank</h1>"
        "<p>This is orderd's sandbox: no money moves.</p>{}</main></body></html>\n",
        content);
    return Answer{.text = std::make_shared<const std::string>(std::move(html)),
                  .content_type = "text/html; charset=utf-8"}
        .header("Content-Security-Policy", kPolicy)
        .header("Cache-Control", "no-store");
}

Sandbox& switched_on(Sandbox* sandbox) {
    if (sandbox == nullptr) {
        throw not_found("page: the sandbox is off");
    }
    return *sandbox;
}

Answer ask_customer(Request& in, Sandbox& sandbox) {
    const auto waiting = sandbox.waiting(in.path_text("reference"));
    if (!waiting) {
        throw not_found("payment to confirm");
    }
    if (!waiting->open) {
        return page("<p>This payment was decided already. You can close this page.</p>");
    }
    return page(
        fmt::format("<p>Confirm the payment of <strong>{}</strong> for order {}?</p>"
                    "<form method=\"post\"><button name=\"decision\" value=\"approve\">Approve</button> "
                    "<button name=\"decision\" value=\"refuse\">Refuse</button></form>",
                    format_money(waiting->amount, waiting->currency), waiting->order));
}

/// Leads the customer back to the shop's page that took the card, as a bank does.
Answer decided(bool approved, const std::optional<Attempt>& attempt) {
    const std::string said = approved ? "Approved." : "Refused.";
    const auto back = attempt ? attempt->return_url : std::string();
    if (back.empty() || back.find_first_of("\"<>& '\r\n;,") != std::string::npos) {
        return page(fmt::format("<p>{} You can close this page.</p>", said));
    }
    return page(fmt::format("<p>{} <a href=\"{}\">Back to the shop</a></p>", said, back))
        .header("Refresh", "1; url=" + back);
}

Answer decide(Request& in, Desk& desk, Sandbox& sandbox) {
    const auto reference = in.path_text("reference");
    const auto& form = in.raw_body();
    const bool approved = form == "decision=approve";
    if (!approved && form != "decision=refuse") {
        throw Refusal(kValidationFailed, "decision is approve or refuse");
    }
    if (!sandbox.waiting(reference)) {
        throw not_found("payment to confirm");
    }
    sandbox.decide(reference, approved);
    // Like a gateway's webhook: it tells the shop that something changed, and the shop asks.
    const auto attempt = in.store().writer().run([&](storage::Transaction& tx) {
        auto found = find_attempt(tx, Sandbox::kName, reference);
        if (found) {
            ask_to_look_up(tx, found->id, reference, desk.clock.now());
        }
        return found;
    });
    return decided(approved, attempt);
}

}  // namespace

void add_sandbox_routes(api::RouteTable& routes, Desk& desk, Sandbox* sandbox) {
    const std::string path = std::string(Sandbox::kPage) + "{reference}";
    routes.add({.method = "GET",
                .path = path,
                .name = "sandbox.ask",
                .who = Who::anyone,
                .summary = "Confirm a simulated payment",
                .tag = "Payments",
                .answers = {{200, std::nullopt, "text/html"}}},
               [sandbox](Request& in) { return ask_customer(in, switched_on(sandbox)); });
    routes.add({.method = "POST",
                .path = path,
                .name = "sandbox.decide",
                .who = Who::anyone,
                .summary = "Approve or refuse a simulated payment",
                .tag = "Payments",
                .raw_body = "application/x-www-form-urlencoded",
                .max_body = kMaxForm,
                .answers = {{200, std::nullopt, "text/html"}}},
               [&desk, sandbox](Request& in) { return decide(in, desk, switched_on(sandbox)); });
}

}  // namespace orderd::payments
