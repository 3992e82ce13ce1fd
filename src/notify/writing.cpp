#include "notify/writing.h"

#include "base/domain.h"
#include "base/text.h"

namespace orderd::notify {

namespace {

/// Reduces several empty lines to one: a template's empty sections leave theirs behind.
std::string closed_up(std::string_view text) {
    std::string out;
    for (const char c : trimmed(text)) {
        if (c != '\n' || !out.ends_with("\n\n")) {
            out += c;
        }
    }
    return out + '\n';
}

}  // namespace

Message write_mail(const Templates& templates, const Outbox& box, const Mailbox& to, const std::string& name,
                   const Json& values, const Language& language, const std::string& id, Time date) {
    const auto& from = box.from.address;
    return {.from = box.from,
            .to = {to.name, mail_address(to.address)},
            .reply_to = box.reply_to,
            .subject = std::string(trimmed(templates.render(name + ".subject", values, language))),
            .text = closed_up(templates.render(name + ".txt", values, language)),
            .html = templates.render(name + ".html", values, language),
            .id = id + from.substr(from.find('@')),
            .date = date};
}

void send(const Post& post, const Outbox& box, const Message& message) {
    post(box.server, message.from.address, message.to.address, compose(message));
}

}  // namespace orderd::notify
