// What a shop says to its customers, and what they tell it of themselves.

#include "faults/requests.h"

namespace orderd::tests {

namespace {

Json nothing(Shop&) { return Json::object(); }

Reply save_terms(Shop& shop, const Json&) {
    return shop.put("/admin/texts/terms/en", {{"text", "# Terms\n\nWe sell mugs."}}, shop.owner(),
                    {{"If-Match", "\"0\""}});
}

Reply say_basket(Shop& shop, const Json&) {
    return shop.put("/admin/words/en/shop.basket", {{"text", "Bag"}}, shop.owner(), {{"If-Match", "\"0\""}});
}

Reply make_account(Shop& shop, const Json&) {
    return shop.post("/customers",
                     {{"name", "Grace Hopper"},
                      {"email", "grace@shop.example"},
                      {"password", "correct horse battery staple"},
                      {"shipping_address",
                       {{"line1", "Allee 12"}, {"city", "Berlin"}, {"postal_code", "10115"}, {"country", "DE"}}}});
}

}  // namespace

std::vector<RequestAction> words_requests() {
    return {
        {.name = "terms", .prepare = nothing, .ask = save_terms, .times = "SELECT count(*) FROM legal_text"},
        {.name = "words", .prepare = nothing, .ask = say_basket, .times = "SELECT count(*) FROM own_words"},
        {.name = "account", .prepare = nothing, .ask = make_account, .times = "SELECT count(*) FROM customer"},
    };
}

}  // namespace orderd::tests
