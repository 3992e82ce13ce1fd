#include "documents/content.h"

#include <fmt/format.h>

#include <stdexcept>

namespace orderd::documents {

namespace {

__extension__ using Wide = __int128;

// Short lists instead of objects with names: every document has them, and all of its bytes are kept for years.

Json party_list(const Party& party) {
    return Json::array({party.name, party.company, party.vat_id, party.tax_number, party.register_entry, party.email,
                        accounts::to_list(party.address)});
}

Party party_from(const Json& list) {
    return {.name = list.at(0).get<std::string>(),
            .company = list.at(1).get<std::string>(),
            .vat_id = list.at(2).get<std::string>(),
            .tax_number = list.at(3).get<std::string>(),
            .register_entry = list.at(4).get<std::string>(),
            .email = list.at(5).get<std::string>(),
            .address = accounts::address_from(list.at(6))};
}

Json line_list(const Line& line) {
    return Json::array({to_text(line.kind), line.sku, line.name, line.quantity, line.unit_price.minor,
                        line.discount.minor, line.rate.ppm, line.net.minor, line.tax.minor});
}

LineKind line_kind(const std::string& text) {
    return text == "item" ? LineKind::item : text == "delivery" ? LineKind::delivery : LineKind::sum;
}

Line line_from(const Json& list) {
    const auto money = [&](std::size_t at) { return Money{list.at(at).get<std::int64_t>()}; };
    return {.kind = line_kind(list.at(0).get<std::string>()),
            .sku = list.at(1).get<std::string>(),
            .name = list.at(2).get<std::string>(),
            .quantity = list.at(3).get<Quantity>(),
            .unit_price = money(4),
            .discount = money(5),
            .rate = Rate{list.at(6).get<std::int64_t>()},
            .net = money(7),
            .tax = money(8)};
}

void put(Json& json, const char* name, const std::string& text) {
    if (!text.empty()) {
        json[name] = text;
    }
}

void put(Json& json, const char* name, const std::optional<Day>& day) {
    if (day) {
        json[name] = orderd::to_text(*day);
    }
}

std::optional<Day> day_in(const Json& json, const char* name) { return parse_day(text_member(json, name)); }

}  // namespace

std::string_view to_text(LineKind kind) {
    switch (kind) {
        case LineKind::item: return "item";
        case LineKind::delivery: return "delivery";
        case LineKind::sum: return "sum";
    }
    throw std::logic_error("a line of no kind");
}

Json to_json(const Content& content) {
    Json json{{"seller", party_list(content.seller)},
              {"buyer", party_list(content.buyer)},
              {"currency", content.currency},
              {"gross", content.prices_include_tax},
              {"ordered_on", orderd::to_text(content.ordered_on)}};
    auto lines = Json::array();
    for (const auto& line : content.lines) {
        lines.push_back(line_list(line));
    }
    json["lines"] = std::move(lines);
    if (content.delivered_to) {
        json["delivered_to"] = accounts::to_list(*content.delivered_to);
    }
    put(json, "exemption", content.exemption);
    put(json, "supplied_on", content.supplied_on);
    put(json, "paid_on", content.paid_on);
    put(json, "paid_by", content.paid_by);
    put(json, "terms", content.payment_terms);
    put(json, "foot", content.foot);
    put(json, "reason", content.reason);
    if (content.refers_to) {
        json["refers_to"] = Json::array({content.refers_to->number, orderd::to_text(content.refers_to->issued_on)});
    }
    return json;
}

Content content_from(const Json& json) {
    Content content{.seller = party_from(json.at("seller")),
                    .buyer = party_from(json.at("buyer")),
                    .delivered_to = {},
                    .currency = json.at("currency").get<std::string>(),
                    .prices_include_tax = json.at("gross").get<bool>(),
                    .exemption = text_member(json, "exemption"),
                    .lines = {},
                    .ordered_on = day_in(json, "ordered_on").value(),
                    .supplied_on = day_in(json, "supplied_on"),
                    .paid_on = day_in(json, "paid_on"),
                    .paid_by = text_member(json, "paid_by"),
                    .payment_terms = text_member(json, "terms"),
                    .foot = text_member(json, "foot"),
                    .refers_to = {},
                    .reason = text_member(json, "reason")};
    for (const auto& line : json.at("lines")) {
        content.lines.push_back(line_from(line));
    }
    if (const auto& address = member_or_null(json, "delivered_to"); !address.is_null()) {
        content.delivered_to = accounts::address_from(address);
    }
    if (const auto& reference = member_or_null(json, "refers_to"); !reference.is_null()) {
        content.refers_to = {.number = reference.at(0).get<std::string>(),
                             .issued_on = parse_day(reference.at(1).get<std::string>()).value()};
    }
    return content;
}

std::string net_unit_price(const Line& line, bool prices_include_tax, std::string_view currency) {
    if (!prices_include_tax || line.rate.ppm == 0) {
        return decimal_money(line.unit_price, currency);
    }
    constexpr std::int64_t kMillion = 1'000'000;
    constexpr std::int64_t kHundredths = 100;
    const auto whole = kMillion + line.rate.ppm;
    // Half of a last digit is rounded up. The largest price of a unit, times 10^8, has 64 bits.
    const auto scaled = static_cast<Wide>(line.unit_price.minor) * kMillion * kHundredths;
    const auto net = static_cast<std::int64_t>((scaled + whole / 2) / whole);
    const auto minor = decimal_money(Money{net / kHundredths}, currency);
    if (net % kHundredths == 0) {
        return minor;
    }
    return fmt::format("{}{}{:02}", minor, minor.find('.') == std::string::npos ? "." : "", net % kHundredths);
}

}  // namespace orderd::documents
