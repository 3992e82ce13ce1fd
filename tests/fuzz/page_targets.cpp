// What browsers send to the shop's own pages: forms, and the cookies that pages give them.

#include <algorithm>
#include <string>

#include "api/form.h"
#include "base/budgets.h"
#include "base/errors.h"
#include "base/ids.h"
#include "base/text.h"
#include "fuzz/target.h"
#include "storefront/basket.h"
#include "storefront/signing.h"

namespace orderd::fuzz {

namespace {

void form(std::string_view bytes) {
    try {
        const auto form = api::Form::parse(bytes);
        require(form.fields().size() <= budget::kFormFields, "a form has so many fields at most");
        for (const auto& [name, value] : form.fields()) {
            require(name.size() <= budget::kFormName && value.size() <= budget::kFormValue,
                    "a field is so long at most");
            require(valid_utf8(name) && valid_utf8(value), "a field is text");
            require(value.find_first_of(std::string_view("\r\0\x7F", 3)) == std::string::npos,
                    "a field has no control characters but tabs and line ends");
            const auto all = form.all(name);
            require(form.has(name) && all.front() == form.value(name), "a field's value is its first one");
            require(std::find(all.begin(), all.end(), value) != all.end(), "no value is lost");
        }
    } catch (const Refusal& refusal) {
        require(refusal.status() == 422, "a form is read, or is not one");
    }
}

const storage::Vault& vault() {
    static const storage::Vault one(std::string(32, 'k'));
    return one;
}

void basket(std::string_view bytes) {
    Input input(bytes);
    require(storefront::basket_from_cookie(vault(), bytes).empty(), "a cookie that the shop did not make is no basket");
    require(!storefront::text_of_signed(vault(), "basket", bytes), "what the shop did not sign is not signed");

    storefront::Basket basket;
    while (!input.empty()) {
        const auto wanted = storefront::wanted_quantity(std::to_string(input.number(60'000)));
        const auto sku = std::string(input.line());
        const bool sets = input.byte() % 2 == 0;
        if (wanted && valid_utf8(sku)) {
            sets ? basket.set(sku, *wanted) : basket.add(sku, *wanted);
        }
    }
    require(basket.lines().size() <= budget::kBasketLines, "a basket has so many lines at most");
    for (const auto& line : basket.lines()) {
        require(line.quantity > 0 && line.quantity <= kMaxOrderQuantity, "a line has units that can be ordered");
        require(std::count_if(basket.lines().begin(), basket.lines().end(),
                              [&](const auto& other) { return other.sku == line.sku; }) == 1,
                "a product has one line");
    }
    const auto cookie = storefront::to_cookie(vault(), basket);
    require(storefront::basket_from_cookie(vault(), cookie) == basket, "a basket comes back from its cookie");
    require(cookie.find_first_of(" ;,\"\r\n") == std::string::npos, "a cookie's value is one");
    auto other = cookie;
    if (!other.empty()) {
        other.front() = other.front() == 'A' ? 'B' : 'A';
        require(storefront::basket_from_cookie(vault(), other) != basket || basket.empty(),
                "a forged cookie is refused");
    }
}

}  // namespace

std::vector<Target> page_targets() { return {{"form", form}, {"basket", basket}}; }

}  // namespace orderd::fuzz
