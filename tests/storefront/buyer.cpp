#include "storefront/buyer.h"

#include <fmt/format.h>

#include <algorithm>
#include <regex>

#include <catch2/catch_test_macros.hpp>

#include "storefront/settings.h"
#include "wire/head.h"

namespace orderd::tests {

namespace {

/// A value of an attribute, as a browser reads it.
std::string unescaped(std::string text) {
    for (const auto& [entity, sign] : {std::pair{"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&apos;", "'"}}) {
        for (auto at = text.find(entity); at != std::string::npos; at = text.find(entity)) {
            text.replace(at, std::string(entity).size(), sign);
        }
    }
    for (auto at = text.find("&amp;"); at != std::string::npos; at = text.find("&amp;", at + 1)) {
        text.replace(at, 5, "&");
    }
    return text;
}

std::string attribute(const std::string& tag, const std::string& name) {
    std::smatch found;
    return std::regex_search(tag, found, std::regex(" " + name + "=\"([^\"]*)\"")) ? unescaped(found[1]) : "";
}

}  // namespace

std::string form_body(const FormFields& fields) {
    std::string body;
    for (const auto& [name, value] : fields) {
        body +=
            fmt::format("{}{}={}", body.empty() ? "" : "&", wire::percent_encoded(name), wire::percent_encoded(value));
    }
    return body;
}

Headers Buyer::headers(const Headers& more) const {
    Headers all{{"Accept", "text/html,*/*;q=0.8"}, {"Accept-Language", "en"}};
    std::string cookies;
    for (const auto& [name, value] : cookies_) {
        cookies += fmt::format("{}{}={}", cookies.empty() ? "" : "; ", name, value);
    }
    if (!cookies.empty()) {
        all["Cookie"] = cookies;
    }
    for (const auto& [name, value] : more) {
        all[name] = value;
    }
    return all;
}

const Reply& Buyer::keep(const Reply& reply) {
    const auto [begin, end] = reply.headers.equal_range("Set-Cookie");
    for (auto it = begin; it != end; ++it) {
        const auto pair = it->second.substr(0, it->second.find(';'));
        const auto equals = pair.find('=');
        if (it->second.find("Max-Age=0") != std::string::npos) {
            cookies_.erase(pair.substr(0, equals));
        } else {
            cookies_[pair.substr(0, equals)] = pair.substr(equals + 1);
        }
    }
    if (reply.header("Content-Type").starts_with("text/html")) {
        page_ = reply.text;
    }
    return reply;
}

Reply Buyer::get(const std::string& path) { return keep(shop_.get(path, "", headers({}))); }

Reply Buyer::post(const std::string& path, const FormFields& fields, const Headers& more) {
    Headers all{{"Origin", fmt::format("http://127.0.0.1:{}", shop_.port())}};
    for (const auto& [name, value] : more) {
        all[name] = value;
    }
    return keep(shop_.send("POST", path, form_body(fields), "application/x-www-form-urlencoded", "", headers(all)));
}

Reply Buyer::follow(const Reply& reply) {
    auto at = reply.header("Location");
    const auto own = fmt::format("http://127.0.0.1:{}", shop_.port());
    if (at.starts_with(own)) {
        at = at.substr(own.size());
    }
    return at.empty() ? reply : follow(get(at));
}

void Buyer::add(const std::string& sku, Quantity quantity) {
    REQUIRE(post("/basket", {{"sku", sku}, {"quantity", std::to_string(quantity)}}).status == 303);
}

FormFields Buyer::hidden() const {
    FormFields fields;
    const auto begin = page_.find("<form method=\"post\"");
    const auto form = begin == std::string::npos ? "" : page_.substr(begin, page_.find("</form>", begin) - begin);
    static const std::regex of_input("<input [^>]*>");
    for (std::sregex_iterator at(form.begin(), form.end(), of_input), end; at != end; ++at) {
        const auto tag = at->str();
        const auto type = attribute(tag, "type");
        if (type == "hidden" || (type == "radio" && tag.find(" checked") != std::string::npos)) {
            fields.emplace_back(attribute(tag, "name"), attribute(tag, "value"));
        }
    }
    return fields;
}

FormFields Buyer::checkout_fields(const std::string& email) {
    auto fields = hidden();
    for (const auto& [name, value] : FormFields{{"email", email},
                                                {"name", "Ada Lovelace"},
                                                {"phone", ""},
                                                {"country", "DE"},
                                                {"line1", "Analytische Allee 12"},
                                                {"line2", ""},
                                                {"postal_code", "10115"},
                                                {"city", "Berlin"},
                                                {"note", ""},
                                                {"code", ""},
                                                {"website", ""}}) {
        fields = with(std::move(fields), name, value);
    }
    return fields;
}

Reply Buyer::check_out(const std::string& email) {
    REQUIRE(get("/checkout").status == 200);
    REQUIRE(post("/checkout", with(checkout_fields(email), "action", "update")).status == 200);
    return post("/checkout", with(checkout_fields(email), "action", "order"));
}

OpenShop::OpenShop(const std::function<void(app::Config&)>& configure)
    : Shop([&](app::Config& config) {
          config.sandbox_payments = true;
          config.job_workers = 2;
          config.payment_wait_ms = 120'000;  // a stalled machine is not what a test looks for
          if (configure) {
              configure(config);
          }
      }) {
    storefront::Settings pages;
    pages.on = true;
    REQUIRE(put("/admin/settings", {{"storefront", storefront::to_json(pages)}}, owner()).status == 200);
}

std::string Buyer::order_mug() {
    add("MUG");
    auto link = check_out().header("Location");
    get(link);
    return link;
}

FormFields with(FormFields fields, const std::string& name, const std::string& value) {
    const auto found =
        std::find_if(fields.begin(), fields.end(), [&](const auto& field) { return field.first == name; });
    if (found == fields.end()) {
        fields.emplace_back(name, value);
    } else {
        found->second = value;
    }
    return fields;
}

FormFields card_fields(const Buyer& buyer, const std::string& number) {
    auto fields = with(buyer.hidden(), "number", number);
    return with(with(std::move(fields), "expiry", "12/30"), "cvc", "123");
}

}  // namespace orderd::tests
