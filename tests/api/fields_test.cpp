#include "api/fields.h"

#include <string>
#include <vector>

#include <catch2/catch_test_macros.hpp>

#include "api/openapi.h"
#include "base/errors.h"

using namespace orderd;

namespace {

enum class Colour { red, blue };

std::optional<Colour> parse_colour(std::string_view text) { return text == "red" ? Colour::red : Colour::blue; }

struct Part {
    ProductId product{};
    Quantity quantity = 1;
};

struct Cash {};
struct Voucher {
    std::string code;
};
using Means = std::variant<Cash, Voucher>;

struct Common {
    std::string name;
};

struct Wish : Common {
    std::vector<Part> parts;
    Money price{500};
    std::optional<Time> at;
    std::optional<std::optional<std::int64_t>> weight;
    std::optional<Colour> colour;
    std::optional<Means> means;
    bool urgent = true;
};

}  // namespace

namespace orderd {

template <>
struct api::Fields<Part> {
    static Declared<Part> value() {
        return object<Part>("Part", {field("product_id", &Part::product, Shape::id()),
                                     optional("quantity", &Part::quantity, Shape::integer(1, 9))});
    }
};

template <>
struct api::Fields<Cash> {
    static Declared<Cash> value() { return object<Cash>("Cash", {}); }
};

template <>
struct api::Fields<Voucher> {
    static Declared<Voucher> value() {
        return object<Voucher>("Voucher", {field("code", &Voucher::code, Shape::text(1, 10))});
    }
};

template <>
struct api::Fields<Means> {
    static Declared<Means> value() {
        return tagged<Means>("type", {alternative<Means, Cash>("cash"), alternative<Means, Voucher>("voucher")});
    }
};

template <>
struct api::Fields<Wish> {
    static Declared<Wish> value() {
        return object<Wish>("Wish", {field("name", &Wish::name, Shape::text(1, 20)),
                                     field("parts", &Wish::parts, Shape::list(shape_of<Part>(), 1, 5)),
                                     optional("price", &Wish::price, Shape::money()),
                                     optional("at", &Wish::at, Shape::time().nullable()),
                                     optional("weight", &Wish::weight, Shape::integer(0, 99).nullable()),
                                     optional("colour", &Wish::colour, Shape::one_of({"red", "blue"}), parse_colour),
                                     optional("means", &Wish::means, shape_of<Means>()),
                                     optional("urgent", &Wish::urgent, Shape::boolean()).not_in_example()});
    }
};

}  // namespace orderd

namespace {

Wish read(const std::string& text) {
    const auto& wish = api::declared<Wish>();
    const auto body = parse_json(text);
    std::vector<Fault> faults;
    wish.shape.check(body, "", faults);
    REQUIRE(faults.empty());
    Wish wanted;
    wish.read(body, &wanted);
    return wanted;
}

}  // namespace

TEST_CASE("a body is read into its struct as it is declared") {
    const auto wish = read(R"({"name":"Ada","parts":[{"product_id":7,"quantity":3},{"product_id":8}],"price":1250,
        "at":"2026-11-24T05:46:03Z","weight":5,"colour":"blue","means":{"code":"X1","type":"voucher"},"urgent":false})");
    CHECK(wish.name == "Ada");
    REQUIRE(wish.parts.size() == 2);
    CHECK(wish.parts[0].product == ProductId{7});
    CHECK(wish.parts[0].quantity == 3);
    CHECK(wish.parts[1].quantity == 1);
    CHECK(wish.price.minor == 1250);
    CHECK(rfc3339(wish.at.value()) == "2026-11-24T05:46:03.000Z");
    CHECK(wish.weight.value() == 5);
    CHECK(wish.colour == Colour::blue);
    CHECK(std::get<Voucher>(wish.means.value()).code == "X1");
    CHECK_FALSE(wish.urgent);
}

TEST_CASE("a member that is absent keeps its initializer, and is told from null") {
    const auto absent = read(R"({"name":"Ada","parts":[{"product_id":7}]})");
    CHECK(absent.price.minor == 500);
    CHECK(absent.urgent);
    CHECK_FALSE(absent.at);
    CHECK_FALSE(absent.weight);
    CHECK_FALSE(absent.colour);
    CHECK_FALSE(absent.means);

    const auto null = read(R"({"name":"Ada","parts":[{"product_id":7}],"at":null,"weight":null})");
    CHECK_FALSE(null.at);
    REQUIRE(null.weight);
    CHECK_FALSE(*null.weight);
}

TEST_CASE("the example of a declaration fits it, without the members that are left out") {
    const auto& wish = api::declared<Wish>();
    const auto example = api::sample_of(wish.shape);
    CHECK(read(example.dump()).parts.size() == 1);
    CHECK_FALSE(example.contains("urgent"));
    auto components = Json::object();
    wish.shape.schema(components);
    CHECK(components.at("Wish").at("properties").contains("urgent"));
    CHECK(components.at("Voucher").at("properties").at("type").at("const") == "voucher");
}
