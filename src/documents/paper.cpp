#include "documents/paper.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "base/text.h"
#include "fulfillment/label.h"
#include "orders/taxes.h"

namespace orderd::documents {

namespace {

using orders::TaxTreatment;
using print::Page;
using print::Typeface;

constexpr double kEdge = 50;
constexpr double kSmall = 8;
constexpr double kBody = 9;
constexpr double kFootHeight = 40;

/// The widths of the table's columns of numbers, from the left; what is named has the rest.
constexpr double kQuantity = 50;
constexpr double kUnitPrice = 78;
constexpr double kRate = 46;
constexpr double kNet = 70;
constexpr double kGross = 70;

std::vector<std::string> lines_of(std::string_view text) {
    std::vector<std::string> lines;
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        std::string line(trimmed(text.substr(0, end)));
        std::replace(line.begin(), line.end(), '\t', ' ');
        lines.push_back(std::move(line));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

std::vector<std::string> party_lines(const Party& party, std::string_view other_country, const Language& language) {
    std::vector<std::string> lines;
    for (const auto& name : {party.company, party.name}) {
        if (!name.empty() && (lines.empty() || lines.back() != name)) {
            lines.push_back(name);
        }
    }
    for (auto& line : fulfillment::address_lines(party.address, other_country, language)) {
        lines.push_back(std::move(line));
    }
    return lines;
}

/// A decimal with a point, as the language writes it: "1,234.5622".
std::string decimal_text(std::string_view decimal, const Language& language) {
    const bool negative = decimal.starts_with('-');
    decimal.remove_prefix(negative ? 1 : 0);
    const auto point = std::min(decimal.find('.'), decimal.size());
    std::int64_t whole = 0;
    std::from_chars(decimal.data(), decimal.data() + point, whole);
    auto text = (negative ? language.text("format.minus") : "") + language.number(whole);
    if (point < decimal.size()) {
        text += language.text("format.decimal");
        text += decimal.substr(point + 1);
    }
    return text;
}

/// "Paid on 24 November 2026 by card".
std::string paid_text(const std::string& method, const std::string& date, const Language& language) {
    const auto name = fmt::format("paid_by.{}", method);
    return language.say(language.texts().contains(name) ? name : "document.paid", {{"date", date}});
}

/// Why no tax is on a document; empty: it is taxed.
std::string untaxed_text(const Document& document, const Content& content) {
    const auto& language = *document.language;
    switch (orders::kTaxTreatments.stored(document.tax_treatment)) {
        case TaxTreatment::taxed: return "";
        case TaxTreatment::untaxed: return language.text("document.untaxed");
        case TaxTreatment::exported: return language.text("document.exported");
        case TaxTreatment::reverse_charge: return language.text("document.reverse_charge");
        case TaxTreatment::small_business:
            return content.exemption.empty() ? language.text("document.small_business") : content.exemption;
    }
    return "";
}

/// The pages of one document, as they fill.
class Paper {
public:
    Paper(const Typeface& typeface, const Document& document, const Content& content)
        : typeface_(typeface), document_(document), content_(content), language_(*document.language) {
        const auto& country = content.seller.address.country;
        const bool letter = country == "US" || country == "CA" || country == "MX";
        width_ = letter ? 8.5 * print::kInch : 595.28;
        height_ = letter ? 11 * print::kInch : 841.89;
        start_page();
    }

    std::vector<Page> finish() && {
        add_head();
        add_table_head();
        for (const auto& line : content_.lines) {
            add_line(line);
        }
        add_sums();
        add_remarks();
        for (std::size_t i = 0; i < pages_.size(); ++i) {
            add_foot(pages_[i], i + 1);
        }
        return std::move(pages_);
    }

private:
    double inner() const { return width_ - 2 * kEdge; }
    double right() const { return width_ - kEdge; }
    double bottom() const { return height_ - kEdge - kFootHeight; }
    double item_width() const { return inner() - kQuantity - kUnitPrice - kRate - kNet - kGross; }
    Page& page() { return pages_.back(); }

    std::string amount(Money of) const { return decimal_text(decimal_money(of, content_.currency), language_); }

    void start_page() {
        pages_.push_back({.width = width_, .height = height_});
        y_ = kEdge;
    }

    /// Begins a page if less than `height` is left. @returns whether it did
    bool make_room(double height) {
        const bool full = y_ + height > bottom();
        if (full) {
            start_page();
        }
        return full;
    }

    void place(const std::vector<std::string>& paragraphs, double x, double& y, double width, double size) {
        const auto block = print::wrapped(typeface_, paragraphs, width, size);
        block.place(page(), x, y, width);
        y += block.height();
    }

    /// A text that ends at `end`, smaller if it is wider than its column.
    void put_right(std::string_view text, double end, double y, double size, double width) {
        auto line = typeface_.set(text);
        const auto fits = line.width * size <= width ? size : width / line.width;
        const auto begin = end - line.width * fits;
        page().text(begin, y + size * Typeface::kAscent, fits, std::move(line));
    }

    void put(std::string_view text, double x, double y, double size) {
        page().text(x, y + size * Typeface::kAscent, size, typeface_.set(text));
    }

    void rule(double thickness) { page().boxes.push_back({kEdge, y_, inner(), thickness}); }

    void add_head() {
        const auto half = inner() / 2 - 10;
        auto left = y_;
        place({content_.seller.name}, kEdge, left, half, 14);
        left += 2;
        auto seller = fulfillment::address_lines(content_.seller.address, content_.buyer.address.country, language_);
        seller.push_back(content_.seller.email);
        if (!content_.seller.vat_id.empty()) {
            seller.push_back(language_.say("document.vat_id", {{"id", content_.seller.vat_id}}));
        }
        if (!content_.seller.tax_number.empty()) {
            seller.push_back(language_.say("document.tax_number", {{"id", content_.seller.tax_number}}));
        }
        std::erase_if(seller, [](const std::string& line) { return line.empty(); });
        place(seller, kEdge, left, half, kSmall);
        left += 20;
        auto buyer = party_lines(content_.buyer, content_.seller.address.country, language_);
        if (!content_.buyer.vat_id.empty()) {
            buyer.push_back(language_.say("document.vat_id", {{"id", content_.buyer.vat_id}}));
        }
        place(buyer, kEdge, left, half, 10.5);
        auto top = y_;
        const auto column = kEdge + inner() / 2 + 10;
        place({title_of(document_.kind, language_)}, column, top, half, 17);
        top += 4;
        add_facts(column, top, half);
        if (content_.delivered_to) {
            top += 8;
            place({language_.text("document.delivered_to")}, column, top, half, 7);
            place(fulfillment::address_lines(*content_.delivered_to, content_.seller.address.country, language_),
                  column, top, half, kBody);
        }
        y_ = std::max(left, top) + 26;
        add_reference();
    }

    void add_facts(double column, double& top, double width) {
        std::vector<std::pair<std::string_view, std::string>> facts{
            {"document.number", document_.number},
            {"document.date", language_.date(document_.issued_on)},
            {"document.order", std::to_string(number(document_.order))},
            {"document.ordered_on", language_.date(content_.ordered_on)}};
        const bool sells = document_.kind == Kind::invoice;
        if (sells && content_.supplied_on) {
            facts.emplace_back("document.supplied_on", language_.date(*content_.supplied_on));
        }
        if (sells && content_.paid_on) {
            facts.emplace_back("document.paid_on", language_.date(*content_.paid_on));
        }
        constexpr double kLabel = 95;
        for (const auto& [label, value] : facts) {
            put(language_.text(label), column, top, kBody);
            place({value}, column + kLabel, top, width - kLabel, kBody);
            top += 1;
        }
    }

    void add_reference() {
        if (content_.refers_to) {
            const auto* const name = document_.kind == Kind::correction ? "document.reverses" : "document.corrects";
            place({language_.say(name, {{"number", content_.refers_to->number},
                                        {"date", language_.date(content_.refers_to->issued_on)}})},
                  kEdge, y_, inner(), 10);
        }
        if (!content_.reason.empty()) {
            place({language_.say("document.reason", {{"reason", content_.reason}})}, kEdge, y_, inner(), kBody);
        }
        y_ += content_.refers_to || !content_.reason.empty() ? 12 : 0;
    }

    /// The right ends of the columns of numbers.
    double quantity_end() const { return kEdge + item_width() + kQuantity; }
    double unit_price_end() const { return quantity_end() + kUnitPrice; }
    double rate_end() const { return unit_price_end() + kRate; }
    double net_end() const { return rate_end() + kNet; }

    void add_table_head() {
        constexpr double kSize = 7.5;
        put(language_.text("document.item"), kEdge, y_, kSize);
        put_right(language_.text("document.quantity"), quantity_end(), y_, kSize, kQuantity - 4);
        put_right(language_.text("document.unit_price"), unit_price_end(), y_, kSize, kUnitPrice - 6);
        put_right(language_.text("document.rate"), rate_end(), y_, kSize, kRate - 6);
        put_right(language_.text("document.net"), net_end(), y_, kSize, kNet - 6);
        put_right(language_.text("document.gross"), right(), y_, kSize, kGross - 6);
        y_ += 13;
        rule(1);
        y_ += 6;
    }

    std::string name_of(const Line& line) const {
        return line.kind == LineKind::item       ? line.name
               : line.kind == LineKind::delivery ? language_.text("document.delivery")
                                                 : language_.text("document.part_of_sum");
    }

    void add_line(const Line& line) {
        const auto width = item_width() - 8;
        const auto name = print::wrapped(typeface_, {name_of(line)}, width, kBody);
        std::vector<std::string> more;
        if (!line.sku.empty()) {
            more.push_back(language_.say("document.sku", {{"sku", line.sku}}));
        }
        if (line.discount.minor > 0) {
            more.push_back(language_.say("document.discount", {{"amount", amount(Money{} - line.discount)}}));
        }
        const auto rest = print::wrapped(typeface_, more, width, 7.5);
        if (make_room(name.height() + rest.height())) {
            add_table_head();
        }
        name.place(page(), kEdge, y_, width);
        rest.place(page(), kEdge, y_ + name.height(), width);
        // What is a part of a sum has no price of its own.
        if (line.kind == LineKind::item) {
            put_right(std::to_string(line.quantity), quantity_end(), y_, kBody, kQuantity - 4);
            put_right(decimal_text(net_unit_price(line, content_.prices_include_tax, content_.currency), language_),
                      unit_price_end(), y_, kBody, kUnitPrice - 6);
        }
        put_right(language_.percent(line.rate), rate_end(), y_, kBody, kRate - 6);
        put_right(amount(line.net), net_end(), y_, kBody, kNet - 6);
        put_right(amount(line.total()), right(), y_, kBody, kGross - 6);
        y_ += name.height() + rest.height() + 3;
        rule(0.3);
        y_ += 5;
    }

    void add_sum(std::string_view label, const std::string& value, double size) {
        constexpr double kValue = 110;
        put_right(label, right() - kValue, y_, size, inner() - kValue);
        put_right(value, right(), y_, size, kValue - 6);
        y_ += size * 1.5;
    }

    void add_sums() {
        const double sign = document_.kind == Kind::credit_note ? -1 : 1;  // on paper, what is credited is positive
        const auto shown = [&](Money of) { return sign < 0 ? Money{} - of : of; };
        make_room(static_cast<double>(document_.taxes.size() + 3) * 16);
        y_ += 6;
        add_sum(language_.text("document.net_total"), amount(shown(document_.net)), kBody);
        for (const auto& sum : document_.taxes) {
            if (sum.rate.ppm > 0) {
                add_sum(language_.say("document.tax_at",
                                      {{"rate", language_.percent(sum.rate)}, {"base", amount(shown(sum.base))}}),
                        amount(shown(sum.tax)), kBody);
            }
        }
        y_ += 2;
        const auto* const label = document_.kind == Kind::credit_note ? "document.total_credited" : "document.total";
        add_sum(language_.text(label), fmt::format("{} {}", amount(shown(document_.total)), content_.currency), 12);
    }

    void add_remarks() {
        std::vector<std::string> remarks;
        const auto add = [&](std::string text) {
            if (!text.empty()) {
                remarks.push_back(std::move(text));
            }
        };
        add(untaxed_text(document_, content_));
        if (document_.kind == Kind::invoice && content_.paid_on) {
            add(paid_text(content_.paid_by, language_.date(*content_.paid_on), language_));
        }
        for (auto& line : lines_of(content_.payment_terms)) {
            add(std::move(line));
        }
        for (const auto& line : print::wrapped(typeface_, remarks, inner(), kBody).lines) {
            make_room(kBody * Typeface::kLeading + 10);
            page().text(kEdge, y_ + 10 + kBody * Typeface::kAscent, kBody, line, inner());
            y_ += kBody * Typeface::kLeading;
        }
    }

    void add_foot(Page& on, std::size_t number_of_page) {
        auto text = lines_of(content_.foot);
        if (!content_.seller.register_entry.empty()) {
            text.insert(text.begin(), content_.seller.register_entry);
        }
        // Smaller letters if it is long: each page has the same room for it.
        const auto block = print::fitted(typeface_, text, inner() - 90, kFootHeight, 7.5, 3);
        if (block) {
            block->place(on, kEdge, height_ - kEdge - kFootHeight + 14, inner() - 90);
        }
        auto line = typeface_.set(language_.say(
            "document.page", {{"page", std::to_string(number_of_page)}, {"pages", std::to_string(pages_.size())}}));
        const auto begin = right() - line.width * 7.5;
        on.text(begin, height_ - kEdge + 14 - kFootHeight + 7.5, 7.5, std::move(line));
    }

    const Typeface& typeface_;
    const Document& document_;
    const Content& content_;
    const Language& language_;
    double width_ = 0;
    double height_ = 0;
    double y_ = 0;
    std::vector<Page> pages_;
};

}  // namespace

std::vector<Page> pages_of(const Typeface& typeface, const Document& document, const Content& content) {
    return Paper(typeface, document, content).finish();
}

}  // namespace orderd::documents
