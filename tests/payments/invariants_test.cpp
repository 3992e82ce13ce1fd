// What `orderd check` finds, where a payment breaks its promises.

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "app/check.h"
#include "payments/support.h"

using namespace orderd;
using namespace orderd::tests;

namespace {

std::vector<std::string> faults_of(Shop& shop, const std::string& invariant) {
    std::vector<std::string> faults;
    for (const auto& finding : app::check(shop.store().read())) {
        if (finding.name == invariant) {
            faults = finding.faults;
        }
    }
    return faults;
}

}  // namespace

TEST_CASE("a payment that breaks a promise is found, by the name of what it breaks") {
    struct Broken {
        std::string invariant;
        std::string sql;
        std::string says;
    };
    const auto broken = GENERATE(values<Broken>({
        {"money", "UPDATE payment SET captured = 900", "captured 900"},  // and 1000 of it went back
        {"money", "UPDATE payment SET captured_at = NULL", "has no time of it"},
        {"money", "UPDATE payment SET status = 'disputed'", "0 open disputes"},
        {"money", "UPDATE payment SET status = 'succeeded'", "is succeeded"},
        {"money", "UPDATE payment SET amount = amount + 1", "its order's total is"},
        {"money", "UPDATE payment SET refunded = refunded - 1", "its refunds sum up to"},
        {"money", "UPDATE payment SET status = 'voided'", "is voided"},
        {"money", "UPDATE payment SET waived = 100", "are owed, and of"},
        {"money", "UPDATE payment SET given_back = 100", "were given back since its total fell"},
        {"money", "UPDATE orders SET balance = 100", "are owed"},
        {"money", "UPDATE refund SET amount = 1300", "of it went back"},
        {"money", "UPDATE orders SET status = 'pending'", "is pending, and its payment captured"},
        {"money", "UPDATE orders SET status = 'expired'", "neither given back nor about to be"},
        {"money", "DELETE FROM refund", "its refunds sum up to 0"},
        {"charges", "UPDATE payment_attempt SET outcome = 'failed'", "without an attempt that succeeded"},
        {"charges", "UPDATE payment_attempt SET gateway_reference = 'pi_other'", "without an attempt that succeeded"},
        {"charges", "UPDATE payment SET captured = 0, refunded = 0, status = 'failed'", "captured nothing"},
        {"charges",
         "INSERT INTO payment_attempt (payment_id, gateway, idempotency_key, instrument, return_url, outcome, at) "
         "SELECT payment_id, gateway, 'other', instrument, return_url, 'authorized', at FROM payment_attempt",
         "2 attempts that hold or took"},
        {"charges", "UPDATE payment SET captured = 0, refunded = 0, status = 'authorized'", "no attempt at it is"},
    }));
    StripeShop it;
    const auto paid = it.paid(place(it.shop, it.shop.product({})));
    REQUIRE(it.shop.post(path_of(paid) + "/refunds", {{"amount", 1000}}, it.shop.staff()).status == 202);
    it.shop.drain();
    it.shop.check_invariants();
    it.shop.store().writer().run([&](storage::Transaction& tx) {
        tx.run("PRAGMA ignore_check_constraints = ON");
        tx.run(broken.sql);
        tx.run("PRAGMA ignore_check_constraints = OFF");
    });
    const auto faults = faults_of(it.shop, broken.invariant);
    INFO(broken.sql);
    REQUIRE_FALSE(faults.empty());
    std::string all;
    for (const auto& fault : faults) {
        all += fault + '\n';
    }
    INFO(all);
    CHECK(all.find(broken.says) != std::string::npos);
}
