#include "notify/message.h"

#include <stdexcept>

#include <catch2/catch_test_macros.hpp>

using namespace orderd;
using notify::compose;
using notify::Message;

namespace {

Message plain() {
    return {.from = {"Shop", "shop@example.com"},
            .to = {"Ada", "ada@example.com"},
            .reply_to = "",
            .subject = "Hello",
            .text = "Text\n",
            .html = "<p>HTML</p>\n",
            .id = "1@example.com",
            .date = {1'795'000'000'000}};
}

std::string header_of(const std::string& message) { return message.substr(0, message.find("\r\n\r\n")); }

}  // namespace

TEST_CASE("nothing that is put into a mail's header starts another one") {
    for (const std::string evil : {"x\r\nBcc: evil@example.com", "x\nBcc: evil@example.com", "x\rBcc: evil@example.com",
                                   "x\r\n\r\n<p>body</p>", "=?utf-8?B?DQpCY2M6?=\r\n\tBcc: evil@example.com"}) {
        auto message = plain();
        message.subject = evil;
        message.to.name = evil;
        message.from.name = evil;
        const auto header = header_of(compose(message));
        CAPTURE(header);
        CHECK(header.find("\r\nBcc:") == std::string::npos);
        CHECK(header.find("\nBcc:") == std::string::npos);
        CHECK(header.find("Content-Type: multipart/alternative") != std::string::npos);
    }
}

TEST_CASE("addresses that are none are sent nowhere") {
    for (const std::string evil : {"a@b.example>\r\nX: y", "a@b.example, c@d.example", "<a@b.example>", "a b@c.example",
                                   "\"a\"@b.example", "a@b.example\n", "", "a"}) {
        CAPTURE(evil);
        auto message = plain();
        message.to.address = evil;
        CHECK_THROWS_AS(compose(message), std::invalid_argument);
        message = plain();
        message.from.address = evil;
        CHECK_THROWS_AS(compose(message), std::invalid_argument);
        message = plain();
        message.id = evil;
        CHECK_THROWS_AS(compose(message), std::invalid_argument);
        message = plain();
        message.reply_to = evil.empty() ? "x" : evil;
        CHECK_THROWS_AS(compose(message), std::invalid_argument);
    }
}

TEST_CASE("names are quoted or encoded as RFC 5322 and RFC 2047 say") {
    CHECK(notify::encoded_mailbox({"", "a@b.example"}, 6) == "a@b.example");
    CHECK(notify::encoded_mailbox({"Ada Lovelace", "a@b.example"}, 6) == "Ada Lovelace <a@b.example>");
    CHECK(notify::encoded_mailbox({"Lovelace, Ada \"the\" <x> \\", "a@b.example"}, 6) ==
          R"("Lovelace, Ada \"the\" <x> \\" <a@b.example>)");
    CHECK(notify::encoded_mailbox({"Zoë", "a@b.example"}, 6) == "=?utf-8?B?Wm/Dqw==?= <a@b.example>");
    CHECK(notify::encoded_text("=?utf-8?Q?x?=", 0).starts_with("=?utf-8?B?"));
}

TEST_CASE("a mail's date and text are as the standards write them") {
    CHECK(notify::mail_date({0}) == "Thu, 01 Jan 1970 00:00:00 +0000");
    CHECK(notify::quoted_printable("a=b ü \nend \t\n") == "a=3Db =C3=BC=20\r\nend =09\r\n");
    const auto long_line = notify::quoted_printable(std::string(200, 'x'));
    CHECK(long_line.find("=\r\n") == 75);
    CHECK(compose(plain()) == compose(plain()));
}
