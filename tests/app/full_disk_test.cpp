// A shop whose disk is full or read-only still starts, is read, and lets people sign in.

#include <fmt/format.h>
#include <httplib.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <thread>

#include <catch2/catch_test_macros.hpp>

#include "support/program.h"
#include "support/shop.h"

using namespace orderd;
using namespace orderd::tests;

namespace {

constexpr auto kPassword = "a quiet harbour in winter";

/// A separate disk, where this user may mount one.
class SmallDisk {
public:
    SmallDisk() : mounted_(::mount("tmpfs", path().c_str(), "tmpfs", 0, "size=24m,mode=0700") == 0) {}
    ~SmallDisk() {
        if (mounted_) {
            ::umount2(path().c_str(), MNT_DETACH);
        }
    }

    bool is_there() const { return mounted_; }
    std::filesystem::path path() const { return folder_.path(); }

    /// Takes all the space that is left.
    void fill() {
        std::ofstream file(path() / "filler", std::ios::binary);
        const std::string piece(4096, 'x');
        while (file.write(piece.data(), static_cast<std::streamsize>(piece.size())) && file.flush()) {
        }
        file.close();
        REQUIRE(std::filesystem::space(path()).available == 0);
    }
    void make_room() { std::filesystem::remove(path() / "filler"); }

    void make_read_only(bool so) {
        const unsigned long flags = MS_REMOUNT | (so ? MS_RDONLY : 0);
        REQUIRE(::mount("tmpfs", path().c_str(), "tmpfs", flags, "size=24m,mode=0700") == 0);
    }

private:
    TemporaryFolder folder_;
    bool mounted_;
};

/// No file may be written to by what is started meanwhile: a full disk for everyone, whoever they are.
class NoSpace {
public:
    NoSpace() {
        ::getrlimit(RLIMIT_FSIZE, &before_);
        const rlimit none{.rlim_cur = 0, .rlim_max = before_.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &none);
    }
    ~NoSpace() { ::setrlimit(RLIMIT_FSIZE, &before_); }

    static void end(const Served& served) {
        rlimit now{};
        REQUIRE(::prlimit(served.pid(), RLIMIT_FSIZE, nullptr, &now) == 0);
        now.rlim_cur = now.rlim_max;
        REQUIRE(::prlimit(served.pid(), RLIMIT_FSIZE, &now, nullptr) == 0);
    }

private:
    rlimit before_{};
};

class Client {
public:
    explicit Client(const Served& served) : client_("127.0.0.1", served.port()) {
        client_.set_read_timeout(std::chrono::seconds(120));
    }

    httplib::Result get(const std::string& path, const std::string& token = {}) {
        return client_.Get(path, token.empty() ? httplib::Headers{} : httplib::Headers{bearer(token)});
    }
    int place() {
        const auto answer = client_.Post("/orders", Shop::order_body({{1, 1}}).dump(), "application/json");
        return answer ? answer->status : 0;
    }
    /// @returns a token, or the refusal's code
    std::string sign_in(const std::string& password, const std::string& totp = {}) {
        const Json body{{"username", "ada"}, {"password", password}, {"totp", totp}};
        const auto answer = client_.Post("/auth/login", body.dump(), "application/json");
        REQUIRE(answer);
        const auto said = Json::parse(answer->body);
        return said.value("access_token", said.value("code", ""));
    }
    int sign_out(const std::string& token) {
        const auto answer = client_.Post("/auth/logout", httplib::Headers{bearer(token)}, "", "application/json");
        return answer ? answer->status : 0;
    }
    bool becomes_ready() {
        const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(60);
        while (std::chrono::steady_clock::now() < end) {
            if (const auto answer = get("/readyz"); answer && answer->status == 200) {
                return true;
            }
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
        }
        return false;
    }

private:
    static std::pair<const std::string, std::string> bearer(const std::string& token) {
        return {"Authorization", "Bearer " + token};
    }

    httplib::Client client_;
};

/// A closed shop with a product, an order and an owner.
void make_shop_with_order(const std::filesystem::path& folder) {
    const auto file = folder / "products.csv";
    std::ofstream(file) << "Handle,Title,Variant SKU,Variant Inventory Qty,Variant Price\nmug,Mug,MUG,500,12.50\n";
    REQUIRE(run_orderd({"import", "--data", folder.string(), file.string()}).exit_code == 0);
    REQUIRE(
        run_orderd({"admin", "add", "ada", "--role", "owner", "--password-stdin", "--data", folder.string()}, kPassword)
            .exit_code == 0);
    Served served(folder);
    REQUIRE(Client(served).place() == 201);
    REQUIRE(served.terminate().first == 0);
}

void check_that_it_is_read(const Served& served, const std::string& reason, int refusal) {
    Client client(served);
    const auto products = client.get("/products");
    REQUIRE(products);
    CHECK(products->status == 200);
    CHECK(products->body.find("MUG") != std::string::npos);
    CHECK(client.sign_in("a wrong password, surely") == "invalid_credentials");
    const auto token = client.sign_in(kPassword);
    REQUIRE(token.starts_with("os_"));
    const auto orders = client.get("/admin/orders", token);
    REQUIRE(orders);
    CHECK(orders->status == 200);
    CHECK(Json::parse(orders->body)["data"].size() == 1);
    const auto stats = client.get("/admin/stats", token);
    REQUIRE(stats);
    CHECK(Json::parse(stats->body)["storage_trouble"]["kind"] == reason);
    CHECK(client.get("/readyz")->status == 503);
    CHECK(client.place() == refusal);
    const auto second = client.sign_in(kPassword);
    CHECK(client.sign_out(second) == 204);
    CHECK(client.get("/auth/me", second)->status == 401);
}

void check_that_it_is_over(Served& served, const std::filesystem::path& folder) {
    Client client(served);
    CHECK(client.becomes_ready());
    CHECK(client.place() == 201);
    CHECK(client.get("/products")->status == 200);
    const auto token = client.sign_in(kPassword);
    CHECK(client.get("/auth/me", token)->status == 200);
    CHECK(served.terminate().first == 0);
    const auto check = run_orderd({"check", "--data", folder.string()});
    INFO(check.out);
    CHECK(check.exit_code == 0);
}

}  // namespace

TEST_CASE("R5: a shop starts on a full disk, is read, lets people sign in, and goes on when there is room") {
    SmallDisk disk;
    if (!disk.is_there()) {
        SKIP("only root may mount a disk; the next test does without");
    }
    make_shop_with_order(disk.path());
    SECTION("after a clean end") {}
    SECTION("after a crash") {
        Served served(disk.path());
        served.kill();
    }
    disk.fill();
    Served served(disk.path());
    check_that_it_is_read(served, "no_space", 507);
    Client client(served);
    const auto token = client.sign_in(kPassword);
    disk.make_room();
    CHECK(client.becomes_ready());
    CHECK(client.get("/auth/me", token)->status == 200);  // who signed in meanwhile stays so
    check_that_it_is_over(served, disk.path());

    Served again(disk.path());
    CHECK(Client(again).get("/auth/me", token)->status == 200);  // and is stored by now
}

TEST_CASE("R5: a shop starts on a read-only disk, is read, and goes on when it can be written to") {
    SmallDisk disk;
    if (!disk.is_there()) {
        SKIP("only root may mount a disk");
    }
    make_shop_with_order(disk.path());
    SECTION("after a clean end") {}
    SECTION("after a crash") {
        Served served(disk.path());
        served.kill();
    }
    disk.make_read_only(true);
    Served served(disk.path());
    check_that_it_is_read(served, "read_only", 503);
    disk.make_read_only(false);
    check_that_it_is_over(served, disk.path());
}

TEST_CASE("R5: a shop starts where no file may grow, and goes on when it may") {
    const TemporaryFolder folder;
    make_shop_with_order(folder.path());
    std::optional<Served> served;
    {
        const NoSpace meanwhile;
        served.emplace(folder.path());
    }
    check_that_it_is_read(*served, "no_space", 507);
    NoSpace::end(*served);
    check_that_it_is_over(*served, folder.path());
}
