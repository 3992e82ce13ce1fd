#include "notify/writing.h"

#include "base/text.h"

namespace orderd::notify {

Message write_mail(const Templates& templates, const Outbox& box, const Mailbox& to, const std::string& name,
                   const Json& values, const std::string& id, Time date) {
    const auto& from = box.from.address;
    return {.from = box.from,
            .to = to,
            .reply_to = box.reply_to,
            .subject = std::string(trimmed(templates.render(name + ".subject", values))),
            .text = templates.render(name + ".txt", values),
            .html = templates.render(name + ".html", values),
            .id = id + from.substr(from.find('@')),
            .date = date};
}

void send(const Outbox& box, const Message& message) {
    send(box.server, message.from.address, message.to.address, compose(message));
}

}  // namespace orderd::notify
