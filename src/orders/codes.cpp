#include "orders/codes.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/errors.h"
#include "base/folding.h"
#include "base/text.h"
#include "catalog/price_step.h"
#include "storage/events.h"
#include "storage/settings.h"

namespace orderd::orders {

namespace {

constexpr auto kCodeColumns =
    "id, code, kind, rate_ppm, amount, minimum, valid_from, valid_until, most_uses, most_uses_of_one, products, "
    "active, uses, created_at, updated_at, version";
constexpr auto kInsertCode = R"sql(
    INSERT INTO discount_code (code, code_key, kind, rate_ppm, amount, minimum, valid_from, valid_until, most_uses,
                               most_uses_of_one, products, active, created_at, updated_at)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?13)
)sql";
constexpr auto kUpdateCode = R"sql(
    UPDATE discount_code
       SET code = ?2, code_key = ?3, kind = ?4, rate_ppm = ?5, amount = ?6, minimum = ?7, valid_from = ?8,
           valid_until = ?9, most_uses = ?10, most_uses_of_one = ?11, products = ?12, active = ?13, updated_at = ?14,
           version = version + 1
     WHERE id = ?1
)sql";
constexpr auto kTakeUse = R"sql(
    UPDATE discount_code SET uses = uses + 1
     WHERE id = ?1 AND active AND (most_uses IS NULL OR uses < most_uses)
)sql";
constexpr auto kUsesOfCustomer = R"sql(
    SELECT count(*) FROM orders WHERE discount_code_id = ?1 AND customer_id = ?2 AND discount_counts
)sql";
constexpr auto kUncount = "UPDATE orders SET discount_counts = 0 WHERE id = ?1 AND discount_counts";
constexpr auto kGiveBack = "UPDATE discount_code SET uses = uses - 1 WHERE id = ?1";

DiscountCode read_code(const storage::Row& row) {
    DiscountCode code;
    code.id = row.get<DiscountCodeId>(0);
    code.code = row.get<std::string>(1);
    code.kind = kCodeKinds.stored(row.get<std::string_view>(2));
    code.rate_ppm = row.get<Rate>(3);
    code.amount = row.get<Money>(4);
    code.minimum = row.get<Money>(5);
    code.valid_from = row.get<std::optional<Time>>(6);
    code.valid_until = row.get<std::optional<Time>>(7);
    code.most_uses = row.get<std::optional<std::int64_t>>(8);
    code.most_uses_of_one = row.get<std::optional<std::int64_t>>(9);
    for (const auto& product : stored_json(row.get<std::string_view>(10))) {
        code.products.push_back(ProductId{product.get<std::int64_t>()});
    }
    code.active = row.get<bool>(11);
    code.uses = row.get<std::int64_t>(12);
    code.created_at = row.get<Time>(13);
    code.updated_at = row.get<Time>(14);
    code.version = row.get<std::int64_t>(15);
    return code;
}

std::optional<DiscountCode> find_by_text(const storage::View& view, std::string_view text) {
    static const auto sql = fmt::format("SELECT {} FROM discount_code WHERE code_key = ?1", kCodeColumns);
    return view.first(sql, read_code, identifier_key(text));
}

Json rules_json(const CodeRules& code) {
    return {{"code", code.code},
            {"kind", kCodeKinds[code.kind]},
            {"rate_ppm", code.rate_ppm.ppm},
            {"amount", code.amount.minor},
            {"minimum", code.minimum.minor},
            {"valid_from", or_null(code.valid_from)},
            {"valid_until", or_null(code.valid_until)},
            {"most_uses", or_null(code.most_uses)},
            {"most_uses_of_one", or_null(code.most_uses_of_one)},
            {"products", numbers_json(code.products)},
            {"active", code.active}};
}

void check_value(const CodeRules& code, std::vector<Fault>& faults) {
    if (code.kind == CodeKind::percent && (code.rate_ppm.ppm < 1 || code.rate_ppm.ppm > 1'000'000)) {
        faults.push_back({"/rate_ppm", fmt::format("{} is not 1 to 1000000, which is 100 %", code.rate_ppm.ppm)});
    }
    if (code.kind == CodeKind::amount && code.amount.minor < 1) {
        faults.push_back({"/amount", "is what a code of this kind takes off: 1 or more"});
    }
    if (code.kind != CodeKind::percent && code.rate_ppm.ppm != 0) {
        faults.push_back({"/rate_ppm", "is for codes of kind percent"});
    }
    if (code.kind != CodeKind::amount && code.amount.minor != 0) {
        faults.push_back({"/amount", "is for codes of kind amount"});
    }
}

void check_products(const storage::View& view, const CodeRules& code, std::vector<Fault>& faults) {
    std::set<ProductId> seen;
    for (std::size_t i = 0; i < code.products.size(); ++i) {
        if (!catalog::find(view, code.products[i])) {
            faults.push_back(
                {fmt::format("/products/{}", i), fmt::format("there is no product {}", number(code.products[i]))});
        } else if (!seen.insert(code.products[i]).second) {
            faults.push_back({fmt::format("/products/{}", i), "is there twice"});
        }
    }
}

/// Names every fault at once.
void check(const storage::View& view, const CodeRules& code, std::int64_t uses) {
    std::vector<Fault> faults;
    if (identifier_key(code.code).empty()) {
        faults.push_back({"/code", "has nothing in it that can be seen"});
    }
    check_value(code, faults);
    if (code.valid_from && code.valid_until && *code.valid_until <= *code.valid_from) {
        faults.push_back({"/valid_until", "is not after valid_from"});
    }
    if (code.most_uses && *code.most_uses < uses) {
        faults.push_back({"/most_uses", fmt::format("it was used {} times already", uses)});
    }
    check_products(view, code, faults);
    if (!faults.empty()) {
        throw Refusal(std::move(faults));
    }
    const auto step = catalog::price_step(view);
    const auto currency = settings::currency(view);
    catalog::require_on_step(code.amount, step, currency, "the discount", "/amount");
}

void require_free(const storage::View& view, const CodeRules& wanted, std::optional<DiscountCodeId> own) {
    if (const auto other = find_by_text(view, wanted.code); other && other->id != own) {
        throw Refusal(kCodeTaken, fmt::format("code: {} is another discount code, {}", wanted.code, number(other->id)))
            .with("discount_code_id", number(other->id))
            .at({{"/code", "is another discount code"}});
    }
}

[[noreturn]] void refuse(std::string_view reason, std::string detail) {
    throw Refusal(kCodeNotValid, std::move(detail)).with("reason", reason).at({{"/discount_code", "does not hold"}});
}

[[noreturn]] void refuse_used_up(const DiscountCode& code, std::string_view scope) {
    throw Refusal(kCodeUsedUp, fmt::format("{} was used as often as it may be", code.code))
        .with("scope", scope)
        .at({{"/discount_code", "was used as often as it may be"}});
}

}  // namespace

DiscountCode add_code(storage::Transaction& tx, const CodeRules& wanted, const Actor& actor, Time now) {
    auto rules = wanted;
    rules.code = std::string(trimmed(rules.code));
    check(tx, rules, 0);
    require_free(tx, rules, std::nullopt);
    const DiscountCodeId id{tx.insert(kInsertCode, rules.code, identifier_key(rules.code), kCodeKinds[rules.kind],
                                      rules.rate_ppm, rules.amount, rules.minimum, rules.valid_from, rules.valid_until,
                                      rules.most_uses, rules.most_uses_of_one, numbers_json(rules.products).dump(),
                                      rules.active, now)};
    const events::Subject subject{"discount_code", number(id)};
    events::record(tx, "discount_code.created", subject, rules_json(rules), actor, now);
    audit::record(tx, "discount_code.create", subject, nullptr, rules_json(rules), actor, now);
    return get_code(tx, id);
}

DiscountCode change_code(storage::Transaction& tx, const DiscountCode& before, const CodeRules& wanted,
                         const Actor& actor, Time now) {
    auto rules = wanted;
    rules.code = std::string(trimmed(rules.code));
    check(tx, rules, before.uses);
    require_free(tx, rules, before.id);
    if (rules_json(rules) == rules_json(before)) {
        return before;
    }
    tx.run(kUpdateCode, before.id, rules.code, identifier_key(rules.code), kCodeKinds[rules.kind], rules.rate_ppm,
           rules.amount, rules.minimum, rules.valid_from, rules.valid_until, rules.most_uses, rules.most_uses_of_one,
           numbers_json(rules.products).dump(), rules.active, now);
    const events::Subject subject{"discount_code", number(before.id)};
    events::record(tx, "discount_code.updated", subject, rules_json(rules), actor, now);
    audit::record(tx, "discount_code.update", subject, rules_json(before), rules_json(rules), actor, now);
    return get_code(tx, before.id);
}

DiscountCode get_code(const storage::View& view, DiscountCodeId id) {
    static const auto sql = fmt::format("SELECT {} FROM discount_code WHERE id = ?1", kCodeColumns);
    auto code = view.first(sql, read_code, id);
    if (!code) {
        throw not_found("discount code");
    }
    return std::move(*code);
}

Codes list_codes(const storage::View& view, std::string_view text, const storage::Page& page) {
    static const auto all =
        fmt::format("SELECT {} FROM discount_code WHERE id < ?1 ORDER BY id DESC LIMIT ?2", kCodeColumns);
    static const auto some = fmt::format(R"sql(
        SELECT {} FROM discount_code
         WHERE id < ?1 AND code_key >= ?3 AND code_key < ?3 || char(1114111) ORDER BY id DESC LIMIT ?2
    )sql",
                                         kCodeColumns);
    Codes found;
    const auto take = [&](const storage::Row& row) { found.rows.push_back(read_code(row)); };
    const auto before = storage::below_id(page);
    if (text.empty()) {
        view.each(all, take, before, storage::rows_to_read(page));
    } else {
        view.each(some, take, before, storage::rows_to_read(page), identifier_key(text));
    }
    if (storage::cut(found.rows, page)) {
        found.after = number(found.rows.back().id);
    }
    return found;
}

DiscountCode usable_code(const storage::View& view, std::string_view text, const std::vector<catalog::Line>& lines,
                         Time now) {
    auto code = find_by_text(view, text);
    if (!code) {
        refuse("unknown", "this shop has no such discount code");
    }
    if (!code->active) {
        refuse("off", fmt::format("{} is not taken any more", code->code));
    }
    if (code->valid_from && now < *code->valid_from) {
        refuse("not_yet", fmt::format("{} is not taken yet", code->code));
    }
    if (code->valid_until && now >= *code->valid_until) {
        refuse("over", fmt::format("{} is over", code->code));
    }
    Money goods;
    bool fits = code->products.empty();
    for (const auto& line : lines) {
        goods += line.unit_price * line.quantity;
        const auto& products = code->products;
        fits = fits || std::find(products.begin(), products.end(), line.product) != products.end();
    }
    if (!fits) {
        refuse("products", fmt::format("{} is for other products", code->code));
    }
    if (goods < code->minimum) {
        throw Refusal(kCodeNotValid,
                      fmt::format("{} is for orders of {} minor units or more", code->code, code->minimum.minor))
            .with("reason", "minimum")
            .with("minimum", code->minimum.minor)
            .at({{"/discount_code", "does not hold"}});
    }
    if (code->most_uses && code->uses >= *code->most_uses) {
        refuse_used_up(*code, "all");
    }
    return std::move(*code);
}

Discount discount_of(const DiscountCode& code) {
    return {.rate = code.rate_ppm,
            .amount = code.amount,
            .free_delivery = code.kind == CodeKind::free_delivery,
            .products = code.products};
}

void take_use(storage::Transaction& tx, const DiscountCode& code, CustomerId customer) {
    if (code.most_uses_of_one &&
        tx.value<std::int64_t>(kUsesOfCustomer, code.id, customer).value_or(0) >= *code.most_uses_of_one) {
        refuse_used_up(code, "customer");
    }
    if (tx.run(kTakeUse, code.id) != 1) {
        refuse_used_up(code, "all");
    }
}

void give_back_use(storage::Transaction& tx, const Order& order) {
    if (order.discount_code && tx.run(kUncount, order.id) == 1) {
        tx.run(kGiveBack, *order.discount_code);
    }
}

Json to_json(const DiscountCode& code) {
    auto json = rules_json(code);
    json["id"] = number(code.id);
    json["uses"] = code.uses;
    json["created_at"] = rfc3339(code.created_at);
    json["updated_at"] = rfc3339(code.updated_at);
    json["version"] = code.version;
    return json;
}

const api::Shape& code_shape() {
    using api::Shape;
    static const auto shape =
        api::shape_of<CodeRules>()
            .with({{"id", Shape::id()},
                   {"uses", Shape::integer(0, kMaxQuantity).described("by orders that have not ended unpaid")},
                   {"created_at", Shape::time()},
                   {"updated_at", Shape::time()},
                   {"version", Shape::id()}})
            .named("DiscountCode");
    return shape;
}

}  // namespace orderd::orders

namespace orderd::api {

using orders::CodeKind;
using orders::CodeRules;

namespace {

std::optional<CodeKind> parse_code_kind(std::string_view name) { return orders::kCodeKinds.parse(name); }

}  // namespace

Declared<CodeRules> Fields<CodeRules>::value() {
    const auto uses = Shape::integer(1, kMaxQuantity).nullable();
    return object<CodeRules>(
        "NewDiscountCode",
        {field("code", &CodeRules::code, Shape::text(1, 60).example("SPRING")),
         field("kind", &CodeRules::kind,
               Shape::one_of(orders::kCodeKinds.list())
                   .described("percent of what the goods cost, an amount off them, or free delivery"),
               parse_code_kind),
         optional("rate_ppm", &CodeRules::rate_ppm,
                  Shape::integer(0, 1'000'000).described("of percent, in millionths: 100000 is 10 %").example(100'000)),
         optional("amount", &CodeRules::amount, Shape::money().described("of amount")).not_in_example(),
         optional("minimum", &CodeRules::minimum,
                  Shape::money().described("what the goods must cost before any discount")),
         optional("valid_from", &CodeRules::valid_from, Shape::time().nullable()).not_in_example(),
         optional("valid_until", &CodeRules::valid_until, Shape::time().nullable().described("before this time"))
             .not_in_example(),
         optional("most_uses", &CodeRules::most_uses, Shape(uses).described("in all; null: any number")),
         optional("most_uses_of_one", &CodeRules::most_uses_of_one,
                  Shape(uses).described("of one customer, who is known by account or e-mail address")),
         optional("products", &CodeRules::products,
                  Shape::list(Shape::id(), 0, 500).described("that it is for; none: all"))
             .not_in_example(),
         optional("active", &CodeRules::active, Shape::boolean())});
}

}  // namespace orderd::api
