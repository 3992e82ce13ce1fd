#include "notify/mail_settings.h"

#include <algorithm>

#include "base/domain.h"
#include "base/text.h"

namespace orderd::notify {

namespace {

using api::optional;
using api::Shape;

Security security_of(std::string_view text) {
    return text == "tls" ? Security::tls : text == "none" ? Security::none : Security::starttls;
}

bool is_letter_or_digit(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool is_host(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return is_letter_or_digit(c) || c == '.' || c == '-' || c == '_' || c == ':';
    });
}

/// Our name in EHLO: the domain of the sender address, since a shop's machine seldom has a name that is known
/// outside.
std::string own_name(const std::string& from_address) {
    return ascii_domain(from_address.substr(from_address.find('@') + 1)).value_or("localhost");
}

}  // namespace

Shape mail_shape() {
    return Shape::object({
                             {"host", Shape::text(1, 253).example("smtp.example.com")},
                             {"port", Shape::integer(1, 65'535).example(587)},
                             {"security", Shape::one_of({"starttls", "tls", "none"})
                                              .described("starttls: usually port 587; tls: usually port 465; none: for "
                                                         "a mail server on this machine alone")},
                             optional("username", Shape::text(0, 320).described("empty: no sign-in; the password is "
                                                                                "smtp_password")),
                             {"from_address", Shape::email().described("the address that mails come from")},
                             optional("from_name", Shape::text(0, 100).described("empty: the shop's name")),
                             optional("reply_to", Shape::email().nullable().described("where answers go; null: to "
                                                                                      "from_address")),
                             optional("alerts_to", Shape::email().nullable().described("who is told of low stock; "
                                                                                       "null: nobody")),
                         })
        .named("MailSettings")
        .nullable()
        .described("the mail server, and as whose mails go out; null: no mails are sent");
}

Json mail_json(const storage::View& view) {
    auto json = settings::read(view, kMailSetting).value_or(nullptr);
    if (json.is_null()) {
        return json;
    }
    const auto or_else = [&](const char* name, Json value) {
        return json.contains(name) ? json.at(name) : std::move(value);
    };
    return {{"host", json.at("host")},
            {"port", json.at("port")},
            {"security", json.at("security")},
            {"username", or_else("username", "")},
            {"from_address", json.at("from_address")},
            {"from_name", or_else("from_name", "")},
            {"reply_to", or_else("reply_to", nullptr)},
            {"alerts_to", or_else("alerts_to", nullptr)}};
}

void check_mail(const Json& value, std::vector<Fault>& faults) {
    if (value.is_null()) {
        return;
    }
    const auto host = value.at("host").get<std::string>();
    if (!is_host(host)) {
        faults.push_back({"/mail/host", "is not a host; it is a name or an address, as in smtp.example.com"});
    } else if (value.at("security") == "none" && !outgoing::is_this_machine(host)) {
        faults.push_back(
            {"/mail/security",
             "is none, which is only for a mail server on this machine: passwords and mails would cross the "
             "network in clear text"});
    }
}

bool is_mail_set_up(const storage::View& view) {
    return !settings::read(view, kMailSetting).value_or(nullptr).is_null();
}

std::optional<Outbox> read_outbox(const storage::View& view, const settings::Secret& password,
                                  const outgoing::Client& outgoing, std::chrono::milliseconds answer_within) {
    const auto json = mail_json(view);
    if (json.is_null()) {
        return std::nullopt;
    }
    Outbox box;
    box.server.host = json.at("host").get<std::string>();
    box.server.port = json.at("port").get<int>();
    box.server.security = security_of(json.at("security").get<std::string>());
    box.server.username = json.at("username").get<std::string>();
    if (!box.server.username.empty()) {
        box.server.password = password.value(view).value_or("");
    }
    box.server.ca_file = outgoing.ca_file();
    box.server.answer_within = answer_within;
    box.server.stopped = [&outgoing] { return outgoing.stopped(); };
    const auto name = json.at("from_name").get<std::string>();
    box.from = {name.empty() ? settings::shop_name(view) : name,
                mail_address(json.at("from_address").get<std::string>())};
    box.server.own_name = own_name(box.from.address);
    box.reply_to = mail_address(text_member(json, "reply_to"));
    box.alerts_to = text_member(json, "alerts_to");
    return box;
}

}  // namespace orderd::notify
