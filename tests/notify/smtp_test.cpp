#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <fstream>
#include <string>
#include <thread>
#include <tuple>

#include <catch2/catch_test_macros.hpp>

#include "notify/desk.h"
#include "notify/mail_support.h"

using namespace orderd;
using namespace orderd::tests;

TEST_CASE("mail that is not set up is not sent, and says so") {
    MailShop it;
    CHECK(it.shop.get("/admin/settings", it.shop.viewer()).body["mail"].is_null());
    CHECK(it.send_test().code() == "mail_not_set_up");
    it.place();
    CHECK(it.mails().empty());
    CHECK(it.shop.get("/admin/mails", it.shop.viewer()).body["data"].empty());
}

TEST_CASE("a test mail arrives by STARTTLS, signed in, with a password that is never shown") {
    MailShop it({"starttls", "shop", "pass word ü"});
    const auto saved = it.set_up({{"security", "starttls"}, {"username", "shop"}});
    CHECK(saved.body["smtp_password"] == Json{{"set", false}, {"from", nullptr}});
    const auto set = it.shop.put("/admin/settings", {{"smtp_password", "pass word ü"}}, it.shop.owner());
    CHECK(set.body["smtp_password"] == Json{{"set", true}, {"from", "settings"}});
    CHECK(set.text.find("pass word") == std::string::npos);

    const auto sent = it.send_test();
    INFO(sent.text);
    REQUIRE(sent.status == 200);
    const auto mail = it.newest();
    CHECK(mail["tls"] == true);
    CHECK(mail["signed_in"] == true);
    CHECK(mail["ehlo"] == "example.com");
    CHECK(mail["envelope_from"] == "shop@example.com");
    CHECK(mail["envelope_to"] == Json{"ada@example.com"});
    CHECK(mail["subject"] == "A test from Zoë's Töpfe");
    CHECK(mail["from"] == Json::parse(R"([["Zoë's Töpfe", "shop@example.com"]])"));
}

TEST_CASE("a test mail arrives by TLS from the first byte, with the password from a file") {
    const TemporaryFolder folder;
    std::ofstream(folder.path() / "smtp") << "from-a-file\n";
    MailShop it({"tls", "shop", "from-a-file"},
                [&](app::Config& config) { config.smtp_password_file = folder.path() / "smtp"; });
    it.set_up({{"security", "tls"}, {"username", "shop"}, {"reply_to", "answers@example.com"}, {"from_name", "Zoë"}});
    const auto sent = it.send_test();
    INFO(sent.text);
    REQUIRE(sent.status == 200);
    CHECK(it.newest()["tls"] == true);
    CHECK(it.newest()["reply_to"] == Json::parse(R"([["", "answers@example.com"]])"));
    CHECK(it.newest()["from"] == Json::parse(R"([["Zoë", "shop@example.com"]])"));
    CHECK(it.shop.put("/admin/settings", {{"smtp_password", "other"}}, it.shop.owner()).status == 422);
}

TEST_CASE("X18: an admin who tries the settings is told what is wrong: the reply's code and what it means") {
    MailShop it({"starttls", "shop", "right"});
    it.set_up({{"security", "starttls"}, {"username", "shop"}});
    it.shop.put("/admin/settings", {{"smtp_password", "wrong"}}, it.shop.owner());
    auto answer = it.send_test();
    CHECK(answer.status == 503);
    CHECK(answer.code() == "mail_not_sent");
    CHECK(has(answer.body["detail"],
              "refused the username or the password: 535 5.7.8, the username or the password is wrong"));
    CHECK_FALSE(has(answer.body["detail"], "credentials"));

    it.set_up({{"security", "tls"}});
    CHECK(has(it.send_test().body["detail"], "does not speak TLS there"));
    it.set_up({{"port", 1}});
    CHECK(has(it.send_test().body["detail"], "localhost:1 cannot be reached"));
    it.set_up({{"host", "no-such-host.invalid"}, {"security", "tls"}});
    CHECK(has(it.send_test().body["detail"], "its name cannot be resolved"));
    CHECK(it.server.mails().empty());

    it.shop.put("/admin/settings", {{"smtp_password", "right"}}, it.shop.owner());
    it.set_up({{"security", "starttls"}, {"username", "shop"}});
    it.server.rules({{"rcpt", "550 5.1.1 <ada@example.com> is not known here"}});
    answer = it.send_test();
    CHECK(answer.status == 409);
    CHECK(answer.code() == "mail_refused");
    CHECK(has(answer.body["detail"], "refused the recipient: 550 5.1.1, there is no such mailbox"));
    CHECK_FALSE(has(answer.body["detail"], "is not known here"));
    CHECK_FALSE(has(answer.body["detail"], "ada@example.com"));
}

namespace {

/// Says one thing to whoever connects, and hangs up.
class Talker {
public:
    explicit Talker(std::string words) : words_(std::move(words)), listening_(::socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in at{};
        at.sin_family = AF_INET;
        at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof at;
        REQUIRE(::bind(listening_, reinterpret_cast<const sockaddr*>(&at), size) == 0);
        REQUIRE(::listen(listening_, 8) == 0);
        REQUIRE(::getsockname(listening_, reinterpret_cast<sockaddr*>(&at), &size) == 0);
        port_ = ntohs(at.sin_port);
        thread_ = std::thread([this] {
            for (int client = 0; (client = ::accept(listening_, nullptr, nullptr)) >= 0; ::close(client)) {
                std::ignore = ::send(client, words_.data(), words_.size(), MSG_NOSIGNAL);
                char heard[256];
                while (::recv(client, heard, sizeof heard, 0) > 0) {
                }
            }
        });
    }
    Talker(const Talker&) = delete;
    Talker& operator=(const Talker&) = delete;
    ~Talker() {
        ::shutdown(listening_, SHUT_RDWR);
        thread_.join();
        ::close(listening_);
    }

    int port() const { return port_; }

private:
    const std::string words_;
    const int listening_;
    int port_ = 0;
    std::thread thread_;
};

}  // namespace

TEST_CASE("X18: what answers and is not a mail server is called that, and nothing that it says is shown") {
    for (const std::string words :
         {"SECRET banner of another service\r\n", "$SECRET\r\n", "-ERR SECRET command\r\n",
          "HTTP/1.1 400 SECRET\r\n\r\n", "220-SECRET and more\r\nSECRET again\r\n", "999 SECRET\r\n"}) {
        CAPTURE(words);
        const Talker talker(words);
        MailShop it;
        it.set_up({{"host", "127.0.0.1"}, {"port", talker.port()}});
        const auto answer = it.send_test();
        CHECK(answer.status == 503);
        CHECK(has(answer.body["detail"], "it is not a mail server"));
        CHECK(answer.text.find("SECRET") == std::string::npos);
        // Nor where the shop's own mails say why they did not go out.
        it.place();
        it.mails();
        CHECK(it.row()["last_error"].get<std::string>().find("SECRET") == std::string::npos);
        CHECK_FALSE(it.row()["last_error"].get<std::string>().empty());
    }
}

TEST_CASE("X18: of a reply only code, status and meaning are shown, whatever stands in it") {
    for (const std::string words : {"554 SECRET\r\n", "554 5.7.1 SECRET\r\n", "554 5.7.SECRET\r\n",
                                    "554 5.7.12345 SECRET\r\n", "421 SECRET\r\n"}) {
        CAPTURE(words);
        const Talker talker(words);
        MailShop it;
        it.set_up({{"host", "127.0.0.1"}, {"port", talker.port()}});
        const auto answer = it.send_test();
        CHECK(has(answer.body["detail"], words.substr(0, 3)));
        CHECK(answer.text.find("SECRET") == std::string::npos);
        CHECK(answer.text.find("12345") == std::string::npos);
    }
}

TEST_CASE("X18: mail is tried at most so often a minute, by the whole shop") {
    MailShop it;
    it.set_up({{"port", 1}});
    for (int i = 0; i < notify::kMailTests; ++i) {
        CHECK(it.send_test().status == 503);
    }
    const auto refused = it.send_test();
    CHECK(refused.status == 429);
    CHECK(refused.code() == "too_many_requests");
    CHECK_FALSE(refused.header("Retry-After").empty());
    it.shop.advance(minutes(1));
    CHECK(it.send_test().status == 503);
}

TEST_CASE("a server whose certificate nobody vouches for gets neither password nor mail") {
    MailShop it({"starttls", "shop", "secret"}, [](app::Config& config) { config.ca_file.clear(); });
    it.shop.put("/admin/settings", {{"smtp_password", "secret"}}, it.shop.owner());
    it.set_up({{"security", "starttls"}, {"username", "shop"}});
    const auto answer = it.send_test();
    CHECK(answer.status == 503);
    CHECK(has(answer.body["detail"], "certificate"));
    CHECK(it.server.mails().empty());
}

TEST_CASE("a server that offers no STARTTLS gets nothing in clear text") {
    MailShop it;
    it.set_up({{"security", "starttls"}});
    CHECK(has(it.send_test().body["detail"], "does not offer STARTTLS; nothing is sent in clear text"));
    CHECK(it.server.mails().empty());
}

TEST_CASE("settings of mail that cannot work are refused by name") {
    MailShop it;
    const auto refused = [&](const Json& mail) {
        const auto reply = it.shop.put("/admin/settings", {{"mail", mail}}, it.shop.owner());
        CHECK(reply.status == 422);
        return reply.status == 422 ? reply.body["errors"].at(0)["pointer"].get<std::string>() : "";
    };
    const Json good{
        {"host", "smtp.example.com"}, {"port", 587}, {"security", "starttls"}, {"from_address", "a@b.example"}};
    const auto with = [&](const char* name, const Json& value) {
        auto mail = good;
        mail[name] = value;
        return mail;
    };
    CHECK(refused(with("security", "none")) == "/mail/security");
    CHECK(refused(with("host", "smtp.example.com/x")) == "/mail/host");
    CHECK(refused(with("host", "smtp.example.com\r\nRCPT TO")) == "/mail/host");
    CHECK(refused(with("from_address", "a@b.example>\r\nX: y")) == "/mail/from_address");
    CHECK(refused(with("from_name", "A\r\nBcc: x@y.example")) == "/mail/from_name");
    CHECK(refused(with("port", 0)) == "/mail/port");
    CHECK(refused(with("password", "x")) == "/mail/password");
    const auto saved = it.shop.put("/admin/settings", {{"mail", good}}, it.shop.owner());
    CHECK(saved.status == 200);
    CHECK(saved.body["mail"]["reply_to"].is_null());
    CHECK(saved.body["mail"]["username"] == "");
    CHECK(it.shop.put("/admin/settings", {{"mail", nullptr}}, it.shop.owner()).body["mail"].is_null());
    CHECK(it.shop.put("/admin/settings", {{"mail", good}}, it.shop.staff()).status == 403);
}
