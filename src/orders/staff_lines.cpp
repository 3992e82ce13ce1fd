#include "orders/staff_lines.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/errors.h"
#include "orders/staff_discount.h"

namespace orderd::orders {

namespace {

/// Lines in making, and what is wrong with those that are not made.
class StaffLinesInMaking {
public:
    StaffLinesInMaking(const storage::View& view, Rate most, std::string_view pointer)
        : view_(view), most_(most), pointer_(pointer) {}

    void add(const StaffLine& wanted, std::size_t place) {
        const auto at = fmt::format("{}/{}", pointer_, place);
        const int named =
            int{wanted.product_id.has_value()} + int{wanted.sku.has_value()} + int{wanted.text.has_value()};
        if (named != 1) {
            faults_.push_back({at, "one of product_id, sku and text is needed, and no other"});
        } else if (wanted.text) {
            add_text(wanted, at);
        } else {
            add_product(wanted, at);
        }
    }

    std::vector<catalog::Line> done() && {
        if (!faults_.empty()) {
            throw Refusal(std::move(faults_));
        }
        return std::move(lines_);
    }

private:
    void add_text(const StaffLine& wanted, const std::string& at) {
        if (!wanted.unit_price) {
            faults_.push_back({at + "/unit_price", "is needed beside text"});
            return;
        }
        lines_.push_back({.product = {},
                          .sku = {},
                          .name = *wanted.text,
                          .unit_price = *wanted.unit_price,
                          .weight_g = std::nullopt,
                          .tax_class = wanted.tax_class.value_or(catalog::TaxClass::standard),
                          .quantity = wanted.quantity,
                          .counted = false});
    }

    void add_product(const StaffLine& wanted, const std::string& at) {
        if (wanted.tax_class) {
            faults_.push_back({at + "/tax_class", "is the product's; give it beside text alone"});
            return;
        }
        auto line = priced(wanted, at);
        if (!line) {
            return;
        }
        if (!seen_.insert(line->product).second) {
            faults_.push_back({at, fmt::format("{} is there twice; give its quantity in one line", line->sku)});
            return;
        }
        if (wanted.unit_price && *wanted.unit_price != line->unit_price) {
            set_price(*line, wanted, at);
        }
        lines_.push_back(std::move(*line));
    }

    std::optional<catalog::Line> priced(const StaffLine& wanted, const std::string& at) {
        constexpr std::string_view kOnly = "/items/0";
        try {
            return catalog::price(
                       view_,
                       {{.product_id = wanted.product_id, .sku = wanted.sku.value_or(""), .quantity = wanted.quantity}})
                .front();
        } catch (const Refusal& refusal) {
            for (const auto& fault : refusal.faults()) {
                faults_.push_back(
                    {at + fault.pointer.substr(std::min(kOnly.size(), fault.pointer.size())), fault.detail});
            }
            return std::nullopt;
        }
    }

    void set_price(catalog::Line& line, const StaffLine& wanted, const std::string& at) {
        if (wanted.reason.empty()) {
            faults_.push_back({at + "/reason", fmt::format("is needed: the product costs {}", line.unit_price.minor)});
            return;
        }
        const auto off = line.unit_price - *wanted.unit_price;
        if (off > tax_on(line.unit_price, most_)) {
            throw Refusal(kDiscountTooLarge, fmt::format("{} minor units of {} are more than staff may take off",
                                                         off.minor, line.unit_price.minor))
                .with("most", most_.ppm);
        }
        line.unit_price = *wanted.unit_price;
        line.price_reason = wanted.reason;
    }

    const storage::View& view_;
    const Rate most_;
    const std::string pointer_;
    std::vector<catalog::Line> lines_;
    std::set<ProductId> seen_;
    std::vector<Fault> faults_;
};

}  // namespace

std::vector<catalog::Line> lines_of(const storage::View& view, const std::vector<StaffLine>& wanted, Rate most,
                                    std::string_view pointer) {
    StaffLinesInMaking lines(view, most, pointer);
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        lines.add(wanted[i], i);
    }
    return std::move(lines).done();
}

}  // namespace orderd::orders

namespace orderd::api {

using orders::StaffLine;

namespace {

std::optional<catalog::TaxClass> parse_class(std::string_view text) { return catalog::kTaxClasses.parse(text); }

}  // namespace

Declared<StaffLine> Fields<StaffLine>::value() {
    return object<StaffLine>(
        "StaffLine",
        {optional("product_id", &StaffLine::product_id, Shape::id()),
         optional("sku", &StaffLine::sku, Shape::text(1, 100).described("instead of product_id")).not_in_example(),
         optional("text", &StaffLine::text,
                  Shape::text(1, 200).described("instead of a product: what the line is for").example("Engraving"))
             .not_in_example(),
         optional("unit_price", &StaffLine::unit_price,
                  Shape::money().described("another price than the product's; of a text, its price"))
             .not_in_example(),
         optional("reason", &StaffLine::reason, Shape::text(0, 200).described("why it has another price"))
             .not_in_example(),
         optional("tax_class", &StaffLine::tax_class, catalog::tax_class_shape().described("of a text; else standard"),
                  parse_class)
             .not_in_example(),
         field("quantity", &StaffLine::quantity, Shape::integer(1, kMaxOrderQuantity))});
}

}  // namespace orderd::api
