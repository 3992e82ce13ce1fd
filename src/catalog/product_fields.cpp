#include "catalog/product_fields.h"

#include <fmt/format.h>

#include <algorithm>
#include <type_traits>
#include <utility>

#include "base/folding.h"
#include "base/language.h"
#include "base/text.h"
#include "catalog/handle.h"

namespace orderd::catalog {

namespace {

/// Turns "\r\n" and "\r" into "\n", so that descriptions compare equal whatever they were typed on.
std::string with_plain_line_ends(std::string_view text) {
    std::string plain;
    plain.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '\r') {
            plain += text[i];
        } else if (i + 1 == text.size() || text[i + 1] != '\n') {
            plain += '\n';
        }
    }
    return plain;
}

/// Without what people put between the groups of a number.
std::string without_marks(std::string_view text) {
    std::string digits;
    std::copy_if(text.begin(), text.end(), std::back_inserter(digits),
                 [](char c) { return c != ' ' && c != '-' && c != '.'; });
    return digits;
}

bool are_digits(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

void check_text(std::string_view text, std::string_view pointer, std::size_t least, std::size_t most, bool lines,
                std::vector<Fault>& faults) {
    if (!valid_utf8(text)) {
        faults.push_back({std::string(pointer), "is not well-formed UTF-8"});
    } else if (has_control(text, lines)) {
        faults.push_back({std::string(pointer), "has a control character in it"});
    } else if (const auto length = code_points(text); length < least || length > most) {
        faults.push_back(
            {std::string(pointer), fmt::format("has {} characters; {} to {} are allowed", length, least, most)});
    }
}

void check_range(std::int64_t value, std::string_view pointer, std::int64_t least, std::int64_t most,
                 std::vector<Fault>& faults) {
    if (value < least || value > most) {
        faults.push_back({std::string(pointer), fmt::format("{} is not allowed; it is {} to {}", value, least, most)});
    }
}

void check_texts(const ProductFields& fields, std::vector<Fault>& faults) {
    check_text(fields.sku, "/sku", 1, kMaxSku, false, faults);
    if (faults.empty() && identifier_key(fields.sku).empty()) {
        faults.push_back({"/sku", "has nothing in it that can be seen"});
    }
    check_handle(fields.handle, faults);
    check_text(fields.name, "/name", 1, kMaxName, false, faults);
    check_text(fields.description, "/description", 0, kMaxDescription, true, faults);
    check_text(fields.shelf, "/shelf", 0, kMaxShelf, false, faults);
}

void check_prices(const ProductFields& fields, std::vector<Fault>& faults) {
    check_range(fields.price.minor, "/price", 0, kMaxPrice.minor, faults);
    if (fields.compare_at_price) {
        check_range(fields.compare_at_price->minor, "/compare_at_price", 0, kMaxPrice.minor, faults);
        if (*fields.compare_at_price <= fields.price) {
            faults.push_back({"/compare_at_price",
                              fmt::format("is what the price is reduced from: more than {}, or null for a price that "
                                          "is not reduced",
                                          fields.price.minor)});
        }
    }
}

/// The numbers that others gave: of the trade and of customs.
void check_codes(const ProductFields& fields, std::vector<Fault>& faults) {
    if (!fields.barcode.empty() && !is_gtin(fields.barcode)) {
        faults.push_back({"/barcode", fmt::format("{} is no GTIN: it has 8, 12, 13 or 14 digits, and the last one "
                                                  "checks the others",
                                                  fields.barcode)});
    }
    const auto& customs = fields.customs_code;
    if (!customs.empty() &&
        (!are_digits(customs) || customs.size() < kMinCustomsCode || customs.size() > kMaxCustomsCode)) {
        faults.push_back({"/customs_code", fmt::format("{} is no code of the Harmonized System: it has {} to {} digits",
                                                       customs, kMinCustomsCode, kMaxCustomsCode)});
    }
    const auto& origin = fields.origin_country;
    if (!origin.empty() && (origin.size() != 2 || Language::english().country(origin) == origin)) {
        faults.push_back({"/origin_country", fmt::format("{} is no country's code, such as DE", origin)});
    }
}

void check_stock_policy(const ProductFields& fields, std::vector<Fault>& faults) {
    check_range(fields.beyond_limit, "/beyond_limit", 0, kMaxQuantity, faults);
    if (fields.stock_policy != StockPolicy::beyond) {
        if (fields.beyond_limit != 0) {
            faults.push_back({"/beyond_limit", "goes with the stock policy beyond"});
        }
        if (fields.expected_on) {
            faults.push_back({"/expected_on", "goes with the stock policy beyond"});
        }
    }
    check_range(fields.most_per_order.value_or(1), "/most_per_order", 1, kMaxOrderQuantity, faults);
    check_range(fields.low_stock_threshold.value_or(0), "/low_stock_threshold", 0, kMaxQuantity, faults);
    if (fields.stock_policy == StockPolicy::uncounted && fields.low_stock_threshold) {
        faults.push_back({"/low_stock_threshold", "needs stock that is counted"});
    }
}

// How each kind of field is written as JSON, and read from it.

template <class T>
constexpr bool is_optional = false;
template <class T>
constexpr bool is_optional<std::optional<T>> = true;

template <class T>
Json written(const T& value) {
    if constexpr (is_optional<T>) {
        return value ? written(*value) : Json(nullptr);
    } else if constexpr (std::is_same_v<T, Money>) {
        return value.minor;
    } else if constexpr (std::is_same_v<T, Day>) {
        return to_text(value);
    } else if constexpr (std::is_same_v<T, ProductStatus>) {
        return kProductStatuses[value];
    } else if constexpr (std::is_same_v<T, StockPolicy>) {
        return kStockPolicies[value];
    } else if constexpr (std::is_same_v<T, TaxClass>) {
        return kTaxClasses[value];
    } else if constexpr (std::is_same_v<T, Content>) {
        return {{"quantity", value.quantity}, {"unit", kContentUnits[value.unit]}};
    } else {
        return value;
    }
}

template <class T>
T read(const Json& json) {
    if constexpr (is_optional<T>) {
        return json.is_null() ? T() : T(read<typename T::value_type>(json));
    } else if constexpr (std::is_same_v<T, Money>) {
        return Money{json.get<std::int64_t>()};
    } else if constexpr (std::is_same_v<T, Day>) {
        return parse_day(json.get_ref<const std::string&>()).value();
    } else if constexpr (std::is_same_v<T, ProductStatus>) {
        return kProductStatuses.stored(json.get_ref<const std::string&>());
    } else if constexpr (std::is_same_v<T, StockPolicy>) {
        return kStockPolicies.stored(json.get_ref<const std::string&>());
    } else if constexpr (std::is_same_v<T, TaxClass>) {
        return kTaxClasses.stored(json.get_ref<const std::string&>());
    } else if constexpr (std::is_same_v<T, Content>) {
        return {.quantity = json.at("quantity").get<std::int64_t>(),
                .unit = kContentUnits.stored(json.at("unit").get_ref<const std::string&>())};
    } else {
        return json.get<T>();
    }
}

}  // namespace

ProductFields changed(ProductFields fields, const Changes& changes) {
    each_field([&](std::string_view, auto field, auto change) {
        if (changes.*change) {
            fields.*field = *(changes.*change);
        }
    });
    // What went with the former stock policy goes with it, unless the change says it.
    if (changes.stock_policy && fields.stock_policy != StockPolicy::beyond) {
        fields.beyond_limit = changes.beyond_limit.value_or(0);
        fields.expected_on = changes.expected_on.value_or(std::nullopt);
    }
    if (changes.stock_policy == StockPolicy::uncounted) {
        fields.low_stock_threshold = changes.low_stock_threshold.value_or(std::nullopt);
    }
    return fields;
}

ProductFields would_be(const ProductFields& fields, const Changes& changes) {
    auto after = changed(fields, changes);
    tidy(after);
    return after;
}

Changes changes_to(const ProductFields& fields) {
    Changes changes;
    each_field([&](std::string_view, auto field, auto change) { changes.*change = fields.*field; });
    return changes;
}

std::vector<Fault> tidy(ProductFields& fields) {
    fields.sku = trimmed(fields.sku);
    fields.handle = trimmed(fields.handle);
    fields.name = trimmed(fields.name);
    fields.description = trimmed(with_plain_line_ends(fields.description));
    fields.shelf = trimmed(fields.shelf);
    fields.barcode = without_marks(fields.barcode);
    fields.customs_code = without_marks(fields.customs_code);
    fields.origin_country = trimmed(fields.origin_country);
    std::vector<Fault> faults;
    check_texts(fields, faults);
    check_prices(fields, faults);
    check_range(fields.weight_g.value_or(0), "/weight_g", 0, kMaxWeight, faults);
    if (fields.content) {
        check_range(fields.content->quantity, "/content/quantity", 1, kMaxContent, faults);
    }
    check_codes(fields, faults);
    check_stock_policy(fields, faults);
    if (fields.weight_g == 0) {  // forms and files use 0 for an unknown weight
        fields.weight_g.reset();
    }
    return faults;
}

bool is_gtin(std::string_view digits) {
    const auto length = digits.size();
    if (!are_digits(digits) || (length != 8 && length != 12 && length != 13 && length != 14)) {
        return false;
    }
    int sum = 0;
    for (std::size_t i = 0; i < length; ++i) {  // 3 and 1 in turn, with 1 for the check digit
        sum += (digits[i] - '0') * ((length - i) % 2 == 0 ? 3 : 1);
    }
    return sum % 10 == 0;
}

Json to_json(const ProductFields& fields) {
    Json json = Json::object();
    each_field([&](std::string_view name, auto field, auto) { json[std::string(name)] = written(fields.*field); });
    return json;
}

ProductFields fields_from(const Json& json) {
    ProductFields fields;
    each_field([&](std::string_view name, auto field, auto) {
        if (const auto found = json.find(name); found != json.end()) {
            fields.*field = read<std::remove_reference_t<decltype(fields.*field)>>(*found);
        }
    });
    return fields;
}

Changes changes_from(const Json& json) {
    Changes changes;
    each_field([&](std::string_view name, auto field, auto change) {
        if (const auto found = json.find(name); found != json.end()) {
            using Value = std::remove_reference_t<decltype(std::declval<ProductFields&>().*field)>;
            changes.*change = read<Value>(*found);
        }
    });
    return changes;
}

Json difference(const ProductFields& one, const ProductFields& other) {
    Json members = Json::object();
    each_field([&](std::string_view name, auto field, auto) {
        if (one.*field != other.*field) {
            members[std::string(name)] = written(one.*field);
        }
    });
    return members;
}

std::optional<Money> price_per_base(const ProductFields& fields) {
    constexpr std::int64_t kBase = 1'000;  // grams of a kilogram, and so on
    if (!fields.content) {
        return std::nullopt;
    }
    const auto content = fields.content->quantity;  // at most kMaxContent: the sum below is far from overflow
    return Money{(fields.price.minor * kBase + content / 2) / content};
}

Json price_per_json(const ProductFields& fields) {
    const auto price = price_per_base(fields);
    if (!price) {
        return nullptr;
    }
    const auto unit = fields.content->unit;
    return {{"price", price->minor},
            {"unit", unit == ContentUnit::gram         ? "kg"
                     : unit == ContentUnit::millilitre ? "l"
                                                       : "m"}};
}

}  // namespace orderd::catalog
