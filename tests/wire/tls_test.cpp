// HTTPS by the server itself: who is let in, what they are told, and a certificate that changes under way.

#include "wire/tls.h"

#include <fmt/format.h>
#include <httplib.h>
#include <openssl/ssl.h>
#include <signal.h>

#include <array>
#include <atomic>
#include <chrono>
#include <fstream>
#include <memory>
#include <optional>
#include <string>
#include <thread>

#include <catch2/catch_test_macros.hpp>

#include "base/thread.h"
#include "support/certificate.h"
#include "support/in_time.h"
#include "support/program.h"
#include "support/temporary_folder.h"
#include "wire/desk.h"

using namespace orderd;
using namespace orderd::tests;
using api::Who;
using tests::CertificateFiles;
using tests::self_signed;
using tests::TemporaryFolder;

namespace {

using std::chrono::steady_clock;

/// A desk that speaks HTTPS, and what its clients are to trust.
class SecureDesk {
public:
    explicit SecureDesk(api::Config config = {}) : files(folder_.path()) {
        files.keep(pair);
        config.tls = wire::Tls::Files{.certificate = files.certificate, .key = files.key};
        desk.emplace([this](api::RouteTable& routes) { add_routes(routes); }, std::move(config));
    }

    /// A client that trusts just that certificate.
    std::unique_ptr<httplib::SSLClient> client(const tests::Certificate& trusted) const {
        const auto file = folder_.path() / "trusted.pem";
        std::ofstream(file) << trusted.certificate;
        auto made = std::make_unique<httplib::SSLClient>("localhost", desk->port());
        made->set_ca_cert_path(file.string());
        made->enable_server_certificate_verification(true);
        made->set_keep_alive(true);
        made->set_read_timeout(60);
        made->set_write_timeout(60);
        return made;
    }
    std::unique_ptr<httplib::SSLClient> client() const { return client(pair); }

private:
    void add_routes(api::RouteTable& routes) {
        routes.add({.method = "GET", .path = "/plain", .who = Who::anyone, .summary = "A word", .tag = "Test"},
                   [](api::Request& in) {
                       return api::ok({{"secure", in.secure()}});
                   });
        routes.add({.method = "GET", .path = "/long", .who = Who::anyone, .summary = "Four MiB", .tag = "Test"},
                   [](api::Request&) {
                       return api::ok({{"text", std::string(4 << 20U, 'x')}});
                   });
        routes.add({.method = "POST",
                    .path = "/length",
                    .who = Who::anyone,
                    .summary = "How long the body is",
                    .tag = "Test",
                    .raw_body = "text/plain",
                    .max_body = 8 << 20U},
                   [](api::Request& in) {
                       return api::ok({{"length", in.raw_body().size()}});
                   });
        routes.add({.method = "GET", .path = "/wait", .who = Who::anyone, .summary = "Waits", .tag = "Test"},
                   [this](api::Request&) {
                       waiting = true;
                       while (!go_on) {
                           std::this_thread::yield();
                       }
                       return api::ok({{"ok", true}});
                   });
        routes.add({.method = "GET", .path = "/endless", .who = Who::anyone, .summary = "A stream", .tag = "Test"},
                   [this](api::Request&) {
                       api::Answer answer{.content_type = "text/event-stream"};
                       answer.stream = [this](const api::Send& send) {
                           send("data: first\n\n");
                           while (send("")) {
                               std::this_thread::sleep_for(std::chrono::milliseconds(5));
                           }
                           stream_ended = true;
                       };
                       return answer;
                   });
    }

    const TemporaryFolder folder_;

public:
    const CertificateFiles files;
    const tests::Certificate pair = self_signed();
    std::atomic<bool> waiting = false;
    std::atomic<bool> go_on = false;
    std::atomic<bool> stream_ended = false;
    std::optional<Desk> desk;
};

/// A client of OpenSSL's that trusts everyone, for what httplib's does not say.
class BareClient {
public:
    struct Wants {
        int most_version = 0;   ///< 0: any
        std::string protocols;  ///< for ALPN, each behind its length
    };
    explicit BareClient(int port) : BareClient(port, Wants{}) {}
    BareClient(int port, const Wants& wants) : context_(SSL_CTX_new(TLS_client_method())) {
        SSL_CTX_set_max_proto_version(context_.get(), wants.most_version);
        SSL_CTX_set_security_level(context_.get(), 0);  // what old clients would do
        SSL_CTX_set_cipher_list(context_.get(), "ALL:@SECLEVEL=0");
        const auto address = fmt::format("127.0.0.1:{}", port);
        wire_.reset(BIO_new_connect(address.c_str()));
        ssl_.reset(SSL_new(context_.get()));
        if (!wants.protocols.empty()) {
            SSL_set_alpn_protos(ssl_.get(), reinterpret_cast<const unsigned char*>(wants.protocols.data()),
                                static_cast<unsigned>(wants.protocols.size()));
        }
        BIO_up_ref(wire_.get());
        SSL_set_bio(ssl_.get(), wire_.get(), wire_.get());
        connected_ = BIO_do_connect(wire_.get()) == 1 && SSL_connect(ssl_.get()) == 1;
    }

    bool connected() const { return connected_; }
    std::string version() const { return SSL_get_version(ssl_.get()); }
    std::string protocol() const {
        const unsigned char* chosen = nullptr;
        unsigned int length = 0;
        SSL_get0_alpn_selected(ssl_.get(), &chosen, &length);
        return {reinterpret_cast<const char*>(chosen), length};
    }

    /// Tells that its next records come under a new key (RFC 8446, section 4.6.3). @returns whether that went out
    bool renew_key() {
        return SSL_key_update(ssl_.get(), SSL_KEY_UPDATE_NOT_REQUESTED) == 1 && SSL_do_handshake(ssl_.get()) == 1;
    }
    /// In one record.
    void send(const std::string& text) { SSL_write(ssl_.get(), text.data(), static_cast<int>(text.size())); }
    /// All that comes until `count` of these were read, or the end.
    std::string read_until(const std::string& text, int count) {
        std::string all;
        std::array<char, 4096> piece{};
        for (int got = 0; count > 0 && (got = SSL_read(ssl_.get(), piece.data(), piece.size())) > 0;) {
            const auto before = all.size();
            all.append(piece.data(), static_cast<std::size_t>(got));
            for (auto at = all.find(text, before < text.size() ? 0 : before - text.size() + 1);
                 at != std::string::npos && count > 0; at = all.find(text, at + 1)) {
                --count;
            }
        }
        return all;
    }
    /// Whether the server ended the connection as TLS ends it: what came before is whole.
    bool ended_well() {
        char byte = 0;
        const int got = SSL_read(ssl_.get(), &byte, 1);
        return got <= 0 && SSL_get_error(ssl_.get(), got) == SSL_ERROR_ZERO_RETURN;
    }

private:
    template <auto function>
    struct Freed {
        template <class T>
        void operator()(T* it) const {
            function(it);
        }
    };
    const std::unique_ptr<SSL_CTX, Freed<SSL_CTX_free>> context_;
    std::unique_ptr<BIO, Freed<BIO_free_all>> wire_;
    std::unique_ptr<SSL, Freed<SSL_free>> ssl_;
    bool connected_ = false;
};

/// What a client of OpenSSL's says first.
std::string client_hello() {
    const std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context(SSL_CTX_new(TLS_client_method()), SSL_CTX_free);
    const std::unique_ptr<SSL, decltype(&SSL_free)> ssl(SSL_new(context.get()), SSL_free);
    auto* out = BIO_new(BIO_s_mem());
    SSL_set_bio(ssl.get(), BIO_new(BIO_s_mem()), out);
    SSL_connect(ssl.get());
    char* bytes = nullptr;
    const auto size = BIO_get_mem_data(out, &bytes);
    return {bytes, static_cast<std::size_t>(size)};
}

constexpr auto kAsk = "GET /plain HTTP/1.1\r\nHost: localhost\r\n\r\n";

}  // namespace

TEST_CASE("over TLS the server answers those who trust its certificate, and tells them to stay with it", "[tls]") {
    SecureDesk secure;
    const auto client = secure.client();
    for (int i = 0; i < 3; ++i) {
        const auto answer = client->Get("/plain");
        REQUIRE(answer);
        CHECK(answer->status == 200);
        CHECK(Json::parse(answer->body)["secure"] == true);
        CHECK(answer->get_header_value("Strict-Transport-Security") == "max-age=31536000");
    }
    CHECK_FALSE(secure.client(self_signed())->Get("/plain"));
}

TEST_CASE("TLS is 1.2 or newer, and carries HTTP/1.1", "[tls]") {
    SecureDesk secure;
    const auto port = secure.desk->port();
    CHECK(BareClient(port).version() == "TLSv1.3");
    CHECK(BareClient(port, {.most_version = TLS1_2_VERSION, .protocols = {}}).version() == "TLSv1.2");
    CHECK_FALSE(BareClient(port, {.most_version = TLS1_1_VERSION, .protocols = {}}).connected());
    const BareClient both(port, {.most_version = 0, .protocols = "\x02h2\x08http/1.1"});
    CHECK(both.connected());
    CHECK(both.protocol() == "http/1.1");
    CHECK_FALSE(BareClient(port, {.most_version = 0, .protocols = "\x02h2"}).connected());
}

TEST_CASE("bodies of many records go both ways over TLS", "[tls]") {
    SecureDesk secure;
    const auto client = secure.client();
    for (int i = 0; i < 2; ++i) {
        const auto sent = client->Post("/length", std::string(5'000'001, 'y'), "text/plain");
        REQUIRE(sent);
        CHECK(Json::parse(sent->body)["length"] == 5'000'001);
        const auto got = client->Get("/long");
        REQUIRE(got);
        CHECK(got->body.size() > (4U << 20U));
    }
}

TEST_CASE("requests that come in one TLS record are all answered", "[tls]") {
    SecureDesk secure;
    BareClient client(secure.desk->port());
    client.send("POST /length HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nContent-Length: 6000\r\n\r\n" +
                std::string(6000, 'y') + kAsk + kAsk);
    const auto answers = client.read_until("\"secure\":true", 2);
    CHECK(answers.find("\"length\":6000") != std::string::npos);
}

TEST_CASE("a new certificate is taken without a connection being dropped, and a bad one is not", "[tls]") {
    SecureDesk secure;
    const auto before = secure.client();
    REQUIRE(before->Get("/plain"));
    REQUIRE(before->is_socket_open());

    const auto renewed = self_signed(30);
    secure.files.keep({.certificate = renewed.certificate, .key = secure.pair.key});
    CHECK_THROWS_AS(secure.desk->server->tls()->reload(), std::runtime_error);
    CHECK(secure.client()->Get("/plain"));

    secure.files.keep(renewed);
    secure.desk->server->tls()->reload();
    CHECK(secure.client(renewed)->Get("/plain"));
    CHECK_FALSE(secure.client(secure.pair)->Get("/plain"));
    const auto still = before->Get("/plain");
    REQUIRE(still);
    CHECK(still->status == 200);
    CHECK(secure.desk->server->tls()->expires() < SystemClock().now() + hours(24 * 30 + 1));
}

namespace {

api::Config with_one_worker() {
    api::Config config;
    config.workers.threads = 1;
    return config;
}

/// The same, and a client that asks for nothing is cut off after a second.
api::Config impatient() {
    auto config = with_one_worker();
    config.deadlines.head = wire::Milliseconds{1000};
    return config;
}

}  // namespace

TEST_CASE("a client that does not finish its handshake holds no worker, and is cut off", "[tls][concurrency]") {
    constexpr std::string_view kRecordBegins = "\x16\x03\x01\x02";
    SecureDesk secure(with_one_worker());
    const Wire waiting(secure.desk->port());
    Wire half(secure.desk->port());
    half.send(kRecordBegins);
    CHECK(secure.client()->Get("/plain"));
    Wire nonsense(secure.desk->port());
    nonsense.send(std::string("\x16\x03\x01\x00\x05hello", 10));
    CHECK(nonsense.at_end());
    CHECK(secure.client()->Get("/plain"));

    SecureDesk soon_over(impatient());
    Wire silent(soon_over.desk->port());
    Wire slow(soon_over.desk->port());
    slow.send(kRecordBegins);
    CHECK(silent.at_end());
    CHECK(slow.at_end());
}

TEST_CASE("a handshake may come in pieces, whatever letters are in them", "[tls]") {
    SecureDesk secure;
    Wire wire(secure.desk->port());
    for (const char byte : client_hello()) {
        wire.send(std::string(1, byte));
    }
    CHECK(wire.read_some().starts_with('\x16'));  // a record of the server's handshake
}

TEST_CASE("a client that renews its key for ever, and asks for nothing, is cut off", "[tls][concurrency]") {
    const auto renew_for_ever = [](BareClient& busy, std::atomic<bool>& cut) {
        return Thread([&](const Thread::Stop& stop) {
            while (!stop.requested() && !cut) {
                cut = !busy.renew_key();
            }
        });
    };
    SecureDesk secure(with_one_worker());
    BareClient busy(secure.desk->port());
    REQUIRE(busy.connected());
    std::atomic<bool> cut = false;
    {
        const auto renewing = renew_for_ever(busy, cut);
        CHECK(secure.client()->Get("/plain"));  // by the one worker that there is
    }

    SecureDesk soon_over(impatient());
    std::optional<BareClient> again;
    REQUIRE(comes_true([&] {
        again.emplace(soon_over.desk->port());
        return again->connected();  // where the machine stalls, not within its time
    }));
    cut = false;
    const auto renewing = renew_for_ever(*again, cut);
    CHECK(comes_true([&] { return cut.load(); }));
}

TEST_CASE("plain HTTP on the port for TLS is told so", "[tls]") {
    SecureDesk secure;
    for (const auto* method : {"GET", "POST", "DELETE"}) {
        Wire wire(secure.desk->port());
        wire.send(fmt::format("{} /plain HTTP/1.1\r\nHost: localhost\r\n\r\n", method));
        const auto answer = wire.reply();
        CHECK(answer.status == 400);
        CHECK(answer.code() == "https_required");
        CHECK(wire.at_end());
    }
}

TEST_CASE("a stream flows over TLS, and ends with its client", "[tls][concurrency]") {
    SecureDesk secure;
    {
        BareClient client(secure.desk->port());
        client.send("GET /endless HTTP/1.1\r\nHost: localhost\r\n\r\n");
        CHECK(client.read_until("data: first", 1).find("200 OK") != std::string::npos);
        CHECK_FALSE(secure.stream_ended);
    }
    CHECK(comes_true([&] { return secure.stream_ended.load(); }));
}

TEST_CASE("a drain answers what is under way over TLS, and says goodbye", "[tls][concurrency]") {
    SecureDesk secure;
    BareClient idle(secure.desk->port());
    idle.send(kAsk);
    CHECK(idle.read_until("\"secure\":true", 1).find("200 OK") != std::string::npos);
    BareClient stream(secure.desk->port());
    stream.send("GET /endless HTTP/1.1\r\nHost: localhost\r\n\r\n");
    stream.read_until("data: first", 1);
    std::atomic<int> status = 0;
    std::thread asking([&] {
        const auto answer = secure.client()->Get("/wait");
        status = answer ? answer->status : 0;
    });
    CHECK(comes_true([&] { return secure.waiting.load(); }));
    std::thread draining([&] { secure.desk->server->drain(wire::Milliseconds{300'000}); });
    CHECK(idle.ended_well());
    secure.go_on = true;
    asking.join();
    draining.join();
    CHECK(status == 200);
    CHECK(secure.stream_ended);
    CHECK(stream.read_until("0\r\n\r\n", 1).find("0\r\n\r\n") != std::string::npos);
}

TEST_CASE("plain HTTP is sent on to https, for the certificate's hosts alone", "[tls]") {
    api::Config config;
    config.redirect = api::Config::Redirect{.address = "127.0.0.1", .port = 0, .https_port = 443};
    const int https_port = GENERATE(443, 0);
    config.redirect->https_port = https_port;
    SecureDesk secure(std::move(config));
    const auto port = https_port == 0 ? fmt::format(":{}", secure.desk->port()) : std::string();
    const auto ask = [&](const std::string& method, const std::string& host, const std::string& body = "") {
        Wire wire(secure.desk->server->redirect_port());
        wire.send(fmt::format("{} /products?q=a%20b HTTP/1.1\r\nHost: {}\r\nContent-Length: {}\r\n\r\n{}", method, host,
                              body.size(), body));
        return wire.reply(method == "HEAD");
    };
    for (const auto* method : {"GET", "HEAD", "POST"}) {
        for (const auto* host : {"localhost", "LOCALHOST", "localhost:8080", "127.0.0.1:80"}) {
            const auto answer = ask(method, host, std::string(method) == "POST" ? "{}" : "");
            CHECK(answer.status == 308);
            const std::string name(std::string_view(host).substr(0, std::string_view(host).find(':')));
            CHECK(answer.header("Location") == "https://" + name + port + "/products?q=a%20b");
            CHECK(answer.header("Strict-Transport-Security").empty());
        }
    }
    for (const auto* host : {"evil.example", "", "localhost.evil.example", "localhost@evil.example", "127.0.0.2",
                             "127.0.0.1.evil.example", ".localhost"}) {
        const auto answer = ask("GET", host);
        CHECK(answer.status == 400);
        CHECK(answer.header("Location").empty());
    }
    for (const auto* target : {"http://localhost/x", ".evil.example/://", "@evil.example/://"}) {
        Wire wire(secure.desk->server->redirect_port());
        wire.send(fmt::format("GET {} HTTP/1.1\r\nHost: localhost\r\n\r\n", target));
        const auto to = wire.reply().header("Location");
        CHECK((to.empty() || to.starts_with("https://localhost" + port + "/")));
        CHECK(to.find("evil") == std::string::npos);
    }
    CHECK(secure.desk->handled == 0);
}

TEST_CASE("serve speaks HTTPS, signs in with a Secure cookie, and takes a new certificate at SIGHUP", "[tls]") {
    const TemporaryFolder folder;
    const CertificateFiles files(folder.path());
    const auto pair = self_signed();
    files.keep(pair);
    const auto data = folder.path() / "shop";
    std::filesystem::create_directory(data);
    REQUIRE(tests::run_orderd({"admin", "add", "ada", "--role", "owner", "--password-stdin", "--data", data.string()},
                              "correct horse battery\n")
                .exit_code == 0);
    tests::Served served(data, {"--tls-cert", files.certificate.string(), "--tls-key", files.key.string()});
    CHECK(served.first_line().find("https://") != std::string::npos);
    const auto asks = [&](const tests::Certificate& trusted, const std::function<void(httplib::SSLClient&)>& then) {
        const auto file = folder.path() / "trusted.pem";
        std::ofstream(file) << trusted.certificate;
        httplib::SSLClient client("localhost", served.port());
        client.set_ca_cert_path(file.string());
        then(client);
    };
    asks(pair, [](httplib::SSLClient& client) {
        const auto signed_in = client.Post("/auth/login", R"({"username": "ada", "password": "correct horse battery"})",
                                           "application/json");
        REQUIRE(signed_in);
        CHECK(signed_in->get_header_value("Set-Cookie").find("; Secure") != std::string::npos);
    });
    const auto takes = [&](const tests::Certificate& trusted) {
        bool taken = false;
        asks(trusted, [&](httplib::SSLClient& client) { taken = static_cast<bool>(client.Get("/healthz")); });
        return taken;
    };
    const auto renewed = self_signed();
    files.keep(renewed);
    REQUIRE(::kill(served.pid(), SIGHUP) == 0);
    CHECK(comes_true([&] { return takes(renewed); }));

    std::ofstream(files.key) << "no key";
    REQUIRE(::kill(served.pid(), SIGHUP) == 0);
    CHECK(takes(renewed));
    CHECK(served.terminate().first == 0);
}

TEST_CASE("a certificate or key that is no good is told at the start", "[tls]") {
    const TemporaryFolder folder;
    const CertificateFiles files(folder.path());
    const auto pair = self_signed();
    files.keep(pair);
    const auto serve = [&](const std::string& certificate, const std::string& key) {
        return tests::run_orderd({"serve", "--data", folder.path().string(), "--listen", "127.0.0.1:0", "--tls-cert",
                                  certificate, "--tls-key", key});
    };
    const auto refused = [&](const std::string& certificate, const std::string& key, const std::string& why) {
        const auto outcome = serve(certificate, key);
        INFO(outcome.error);
        CHECK(outcome.exit_code == 1);
        CHECK(outcome.error.find(why) != std::string::npos);
    };
    const auto other = folder.path() / "other.pem";
    std::ofstream(other) << self_signed().key;
    refused(files.certificate.string(), other.string(), "is not the key of the certificate in ");
    refused((folder.path() / "nowhere.pem").string(), files.key.string(), "nowhere.pem cannot be read");
    refused(files.key.string(), files.key.string(), "is not a certificate");
    refused(files.certificate.string(), files.certificate.string(), "is not a key");

    const auto data = folder.path().string();
    CHECK(tests::run_orderd({"serve", "--data", data, "--tls-cert", files.certificate.string()}).exit_code == 2);
    CHECK(tests::run_orderd({"serve", "--data", data, "--redirect-listen", "127.0.0.1:0"}).exit_code == 2);
}

TEST_CASE("certificate and key may be systemd credentials", "[tls]") {
    const TemporaryFolder folder;
    const CertificateFiles files(folder.path());
    files.keep(self_signed());
    const auto outcome = tests::run_orderd(
        {"doctor", "--data", folder.path().string(), "--tls-cert", "certificate.pem", "--tls-key", "key.pem"}, {},
        {{"CREDENTIALS_DIRECTORY", folder.path().string()}});
    INFO(outcome.out);
    CHECK(outcome.out.find("ok   certificate: ") != std::string::npos);
}
