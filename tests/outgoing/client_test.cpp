// What orderd asks of services outside: whom it trusts, and what it can say of a request that got no answer.

#include "outgoing/client.h"

#include <httplib.h>

#include <atomic>
#include <chrono>
#include <fstream>
#include <thread>

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "support/certificate.h"
#include "support/closed_port.h"
#include "support/in_time.h"
#include "support/temporary_folder.h"

using namespace orderd;
using outgoing::Client;

namespace {

/// A service on a free port of this machine.
template <class Server>
class Service {
public:
    template <class... Args>
    explicit Service(const Args&... args) : server_(args...) {
        server_.Post("/echo", [this](const httplib::Request& request, httplib::Response& answer) {
            ++asked_;
            answer.set_header("X-Seen", request.get_header_value("Authorization"));
            answer.set_content(request.body, "text/plain");
        });
        server_.Get("/moved", [](const httplib::Request&, httplib::Response& answer) {
            answer.set_redirect("http://192.0.2.1/");
        });
        server_.Get("/long", [](const httplib::Request&, httplib::Response& answer) {
            answer.set_content(std::string(100'000, 'x'), "text/plain");
        });
        server_.Get("/never", [this](const httplib::Request&, httplib::Response&) {
            ++asked_;
            while (!ends_) {
                std::this_thread::yield();
            }
        });
        server_.set_read_timeout(60);  // a stalled machine is not what a test looks for
        port_ = server_.bind_to_any_port("127.0.0.1");
        thread_ = std::thread([this] { server_.listen_after_bind(); });
        server_.wait_until_ready();
    }
    Service(const Service&) = delete;
    Service& operator=(const Service&) = delete;
    ~Service() {
        ends_ = true;
        server_.stop();
        thread_.join();
    }

    std::string at(const std::string& path, const std::string& scheme = "http") const {
        return scheme + "://localhost:" + std::to_string(port_) + path;
    }
    int asked() const { return asked_; }

private:
    Server server_;
    std::thread thread_;
    int port_ = 0;
    std::atomic<int> asked_ = 0;
    std::atomic<bool> ends_ = false;
};

using Plain = Service<httplib::Server>;
using Secure = Service<httplib::SSLServer>;

std::filesystem::path written(const tests::TemporaryFolder& folder, const std::string& name, const std::string& text) {
    std::ofstream(folder.path() / name) << text;
    return folder.path() / name;
}

}  // namespace

TEST_CASE("a service over TLS is asked when its certificate is trusted, and is sent nothing when it is not") {
    const tests::TemporaryFolder folder;
    const auto mine = tests::self_signed();
    const auto certificate = written(folder, "mine.pem", mine.certificate);
    const Secure service(certificate.c_str(), written(folder, "key.pem", mine.key).c_str());
    outgoing::Client trusting(certificate);
    const auto answer = trusting.send({.method = "POST",
                                       .url = service.at("/echo", "https"),
                                       .headers = {{"Authorization", "Bearer s"}},
                                       .body = "a=1&b=%20",
                                       .content_type = "application/x-www-form-urlencoded"});
    CHECK(answer.status == 200);
    CHECK(answer.body == "a=1&b=%20");
    CHECK(answer.header("x-seen") == "Bearer s");
    CHECK(service.asked() == 1);

    outgoing::Client other(written(folder, "other.pem", tests::self_signed().certificate));
    CHECK_THROWS_AS(other.send({.method = "POST", .url = service.at("/echo", "https"), .body = "secret"}),
                    outgoing::NeverSent);
    CHECK(service.asked() == 1);
}

TEST_CASE("what was never sent is told from an answer that was lost") {
    outgoing::Client client;
    const Plain service;
    CHECK_THROWS_AS(client.send({.url = service.at("/never"), .answer_within = std::chrono::milliseconds(50)}),
                    outgoing::AnswerLost);
    // It may come to read the request only when nobody waits any more.
    CHECK(tests::comes_true([&] { return service.asked() > 0; }));
    CHECK(service.asked() == 1);
    CHECK_THROWS_AS(client.send({.url = service.at("/long"), .most_answer = 1000}), outgoing::AnswerLost);
    CHECK(client.send({.url = service.at("/long")}).body.size() == 100'000);
    const tests::ClosedPort nobody;
    CHECK_THROWS_AS(client.send({.method = "POST", .url = nobody.url() + "/echo"}), outgoing::NeverSent);
}

TEST_CASE("a redirect is an answer, and is not followed") {
    const Plain service;
    outgoing::Client client;
    const auto answer = client.send({.url = service.at("/moved")});
    CHECK(answer.status == 302);
    CHECK(answer.header("location") == "http://192.0.2.1/");
}

TEST_CASE("a stop ends the request that waits, and every one after it") {
    const Plain service;
    outgoing::Client client;
    std::thread stopper([&] {
        while (service.asked() == 0) {
            std::this_thread::yield();
        }
        client.stop();
    });
    CHECK_THROWS_AS(client.send({.url = service.at("/never")}), outgoing::AnswerLost);
    stopper.join();
    CHECK_THROWS_AS(client.send({.method = "POST", .url = service.at("/echo")}), outgoing::NeverSent);
}

TEST_CASE("an invalid address, or one that would carry secrets in the clear, is refused") {
    outgoing::Client client;
    for (const auto* url :
         {"http://api.stripe.com/v1", "ftp://localhost/", "https://", "https://a b/", "https://h:port/", "//localhost/",
          "https://user:password@host/", "https://h/#part", "http://localhost.evil.com/"}) {
        INFO(url);
        CHECK_FALSE(outgoing::is_outgoing_url(url));
        CHECK_THROWS_AS(client.send({.url = url}), std::invalid_argument);
    }
    CHECK(outgoing::is_outgoing_url("http://example.com/hook", true));
    CHECK(outgoing::is_outgoing_url("http://[::1]:8080/x?y=1"));
    CHECK(outgoing::is_outgoing_url("https://api.stripe.com"));
}

TEST_CASE("form fields come through their encoding unharmed") {
    CHECK(outgoing::form_encoded({{"metadata[order_id]", "1001"}, {"text", "50 % & ü=+"}}) ==
          "metadata%5Border_id%5D=1001&text=50+%25+%26+%C3%BC%3D%2B");
}
