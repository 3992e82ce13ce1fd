#include "fulfillment/label.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.h"

namespace orderd::fulfillment {

namespace {

using print::Block;
using print::Page;
using print::Typeface;

constexpr double kWidth = 4 * print::kInch;
constexpr double kHeight = 6 * print::kInch;
constexpr double kMargin = 14;
constexpr double kInner = kWidth - 2 * kMargin;
constexpr double kCaption = 6.5;

/// Countries in which the postal code follows the town (UPU, addressing systems of its members).
constexpr std::array<std::string_view, 20> kTownFirst{"AU", "BR", "CA", "GB", "HK", "ID", "IE", "IN", "JP", "KR",
                                                      "NG", "NZ", "PK", "SG", "TH", "TW", "UA", "US", "VN", "ZA"};

/// Lays out a text, and refuses letters without a font and text that is too long.
template <class Lay>
auto printable(std::string_view what, const Lay& lay) {
    try {
        return lay();
    } catch (const print::Unprintable& error) {
        throw CarrierRefused(
            fmt::format("{} cannot be printed: {}; start orderd with --label-font and a TrueType font that has them",
                        what, error.what()));
    }
}

Block fitted(const Typeface& typeface, std::string_view what, const std::vector<std::string>& paragraphs, double width,
             double height, double largest, double smallest) {
    auto block = printable(what, [&] { return print::fitted(typeface, paragraphs, width, height, largest, smallest); });
    if (!block) {
        throw CarrierRefused(fmt::format("{} is too long for a label, even in small letters: shorten it", what));
    }
    return std::move(*block);
}

void caption(Page& page, const Typeface& typeface, double x, double y, std::string_view text) {
    page.text(x, y + kCaption * Typeface::kAscent, kCaption, typeface.set(text));
}

void rule(Page& page, double y) { page.boxes.push_back({kMargin, y, kInner, 1.5}); }

std::string weight_text(std::int64_t grams) {
    return grams < 1000 ? fmt::format("{} g", grams) : fmt::format("{:.2f} kg", static_cast<double>(grams) / 1000);
}

std::string grouped(std::string_view number) {
    std::string text;
    for (std::size_t i = 0; i < number.size(); i += 4) {
        text += (i == 0 ? "" : " ") + std::string(number.substr(i, 4));
    }
    return text;
}

std::vector<std::string> with_name(const std::string& name, std::vector<std::string> lines) {
    lines.insert(lines.begin(), name);
    return lines;
}

/// Each address names its country if the other one is in another country.
std::vector<std::string> sender_address(const Consignment& consignment, const Language& language) {
    return address_lines(consignment.from.address, consignment.to.address.country, language);
}

std::vector<std::string> sender_lines(const Consignment& consignment) {
    return with_name(consignment.from.name, sender_address(consignment, Language::english()));
}

std::vector<std::string> recipient_lines(const Consignment& consignment, const Language& language) {
    return with_name(consignment.to.contact.name,
                     address_lines(consignment.to.address, consignment.from.address.country, language));
}

void cell(Page& page, const Typeface& typeface, double x, double y, double width, std::string_view title,
          const std::string& value) {
    caption(page, typeface, x, y, title);
    fitted(typeface, title, {value}, width, 14, 11, 5).place(page, x, y + kCaption * Typeface::kLeading + 1, width);
}

}  // namespace

std::vector<std::string> address_lines(const accounts::Address& address, std::string_view from_country,
                                       const Language& language) {
    std::vector<std::string> lines;
    const auto add = [&](std::string line) {
        if (!trimmed(line).empty()) {
            lines.emplace_back(trimmed(line));
        }
    };
    add(address.line1);
    add(address.line2);
    if (std::find(kTownFirst.begin(), kTownFirst.end(), address.country) != kTownFirst.end()) {
        const auto region = address.region.empty() ? "" : ", " + address.region;
        add(fmt::format("{}{} {}", address.city, region, address.postal_code));
    } else {
        add(fmt::format("{} {}", address.postal_code, address.city));
        add(address.region);
    }
    if (address.country != from_country && !address.country.empty()) {
        add(in_capitals(language.country(address.country)));
    }
    return lines;
}

Page label_page(const Typeface& typeface, const Consignment& consignment) {
    const auto& shipment = consignment.shipment;
    const auto& number = shipment.tracking_number.value_or("");
    Page page{.width = kWidth, .height = kHeight};

    caption(page, typeface, kMargin, kMargin, "FROM");
    fitted(typeface, "the shop's name and address", sender_lines(consignment), 172, 60, 9.5, 5)
        .place(page, kMargin, kMargin + 9, 172);
    const double right = kMargin + 184;
    const double right_width = kInner - 184;
    caption(page, typeface, right, kMargin, "SERVICE");
    fitted(typeface, "the service", {shipment.service}, right_width, 30, 13, 5)
        .place(page, right, kMargin + 9, right_width);
    if (const auto weight = shipment.parcel.weight_g) {
        caption(page, typeface, right, kMargin + 42, "WEIGHT");
        fitted(typeface, "the weight", {weight_text(*weight)}, right_width, 16, 11, 6)
            .place(page, right, kMargin + 51, right_width);
    }

    rule(page, 90);
    caption(page, typeface, kMargin, 97, "TO");
    fitted(typeface, "the recipient's name and address", recipient_lines(consignment, Language::english()), kInner - 12,
           162, 18, 6.5)
        .place(page, kMargin + 8, 108, kInner - 12);

    rule(page, 276);
    const double third = kInner / 3;
    cell(page, typeface, kMargin, 283, third - 6, "ORDER", fmt::format("{}", orderd::number(shipment.order)));
    cell(page, typeface, kMargin + third, 283, third - 6, "PARCEL", fmt::format("{}", orderd::number(shipment.id)));
    cell(page, typeface, kMargin + 2 * third, 283, third - 6, "DATE", consignment.made_on);
    rule(page, 311);

    if (number.empty() || !page.barcode(kMargin / 2, 322, kWidth - kMargin, 70, number)) {
        throw CarrierRefused(fmt::format(
            "the tracking number has {} letters and digits: a barcode that scanners read on 4 inches has less",
            number.size()));
    }
    const auto text = fitted(typeface, "the tracking number", {grouped(number)}, kInner, 18, 13, 6);
    const auto width = text.lines.front().width * text.size;
    text.place(page, (kWidth - width) / 2, 396, kInner);
    return page;
}

Page label_page(std::string_view png) {
    try {
        auto picture = std::make_shared<const print::Png>(print::parse_png(png));
        Page page{.width = kWidth, .height = kHeight};
        const auto scale = std::min(kWidth / picture->width, kHeight / picture->height);
        const auto width = picture->width * scale;
        const auto height = picture->height * scale;
        page.pictures.push_back({(kWidth - width) / 2, (kHeight - height) / 2, width, height, std::move(picture)});
        return page;
    } catch (const std::runtime_error& error) {
        throw CarrierRefused(fmt::format("the carrier's label cannot be printed: {}", error.what()));
    }
}

namespace {

/// The pages of a packing slip, as they fill.
class Slip {
public:
    Slip(const Typeface& typeface, const Consignment& consignment, const orders::Order& order,
         const std::vector<NotInParcel>& missing)
        : typeface_(typeface), consignment_(consignment), order_(order), missing_(missing), words_(*order.language) {
        const bool letter = is_letter_country(consignment.from.address.country);
        width_ = letter ? 8.5 * print::kInch : 595.28;
        height_ = letter ? 11 * print::kInch : 841.89;
        start_page();
    }

    std::vector<Page> finish() && {
        for (const auto& units : consignment_.shipment.items) {
            add_line(units);
        }
        add_missing();
        add_note();
        for (std::size_t i = 0; i < pages_.size(); ++i) {
            const auto foot = typeface_.set(
                words_.say("slip.page", {{"page", std::to_string(i + 1)}, {"pages", std::to_string(pages_.size())}}));
            pages_[i].text(width_ - kEdge - foot.width * 8, height_ - kEdge + 14, 8, foot);
        }
        return std::move(pages_);
    }

private:
    static constexpr double kEdge = 50;
    static constexpr double kQuantity = 60;
    static constexpr double kSku = 110;
    static constexpr double kBarcode = 130;

    double inner() const { return width_ - 2 * kEdge; }
    double bottom() const { return height_ - kEdge - 10; }

    void place(const std::vector<std::string>& paragraphs, double x, double& y, double width, double size) {
        const auto block = wrapped("the packing slip", paragraphs, width, size);
        block.place(pages_.back(), x, y, width);
        y += block.height();
    }

    Block wrapped(std::string_view what, const std::vector<std::string>& paragraphs, double width, double size) const {
        return printable(what, [&] { return print::wrapped(typeface_, paragraphs, width, size); });
    }

    void start_page() {
        pages_.push_back({.width = width_, .height = height_});
        y_ = kEdge;
        if (pages_.size() == 1) {
            add_head();
        }
        add_table_head();
    }

    void add_head() {
        const auto half = inner() / 2 - 10;
        auto left = y_;
        place({consignment_.from.name}, kEdge, left, half, 17);
        left += 2;
        place(sender_address(consignment_, words_), kEdge, left, half, 9);
        auto right = y_;
        const auto column = kEdge + inner() / 2 + 10;
        place({words_.text("slip.title")}, column, right, half, 17);
        right += 2;
        place(about_parcel(), column, right, half, 9);
        right += 6;
        pages_.back().barcode(column, right, kBarcode, 26, std::to_string(number(order_.id)));
        right += 26;
        y_ = std::max(left, right) + 22;
        place({words_.text("slip.ship_to")}, kEdge, y_, half, 7);
        place(recipient_lines(consignment_, words_), kEdge, y_, inner(), 12);
        y_ += 24;
    }

    /// A parcel that has not been started has no number.
    std::vector<std::string> about_parcel() const {
        const auto& shipment = consignment_.shipment;
        std::vector<std::string> lines{words_.say("slip.order", {{"order", std::to_string(number(order_.id))}}),
                                       words_.say("slip.ordered", {{"date", words_.date(consignment_.ordered_on)}})};
        if (number(shipment.id) != 0) {
            lines.push_back(words_.say("slip.parcel", {{"parcel", std::to_string(number(shipment.id))}}));
        }
        lines.push_back(shipment.tracking_number.value_or(""));
        return lines;
    }

    void add_table_head() {
        auto& page = pages_.back();
        const auto baseline = y_ + 8;
        page.text(kEdge, baseline, 7.5, typeface_.set(words_.text("slip.quantity")));
        page.text(kEdge + kQuantity, baseline, 7.5, typeface_.set(words_.text("slip.sku")));
        page.text(kEdge + kQuantity + kSku, baseline, 7.5, typeface_.set(words_.text("slip.item")));
        y_ += 14;
        page.boxes.push_back({kEdge, y_, inner(), 1});
        y_ += 8;
    }

    void add_line(const Units& units) {
        const auto& item = orders::line(order_, units.item, "/items");
        const auto sku = wrapped("a SKU", {item.sku}, kSku - 10, 10);
        const auto name = wrapped("a product's name", {item.name}, inner() - kQuantity - kSku, 10);
        const auto height = std::max(sku.height(), name.height());
        if (y_ + height > bottom()) {
            start_page();
        }
        auto& page = pages_.back();
        const auto ordered = words_.number(item.quantity);
        const auto quantity =
            units.quantity == item.quantity
                ? ordered
                : words_.say("slip.part", {{"units", words_.number(units.quantity)}, {"ordered", ordered}});
        page.text(kEdge, y_ + 10 * Typeface::kAscent, 10, typeface_.set(quantity));
        sku.place(page, kEdge + kQuantity, y_, kSku - 10);
        name.place(page, kEdge + kQuantity + kSku, y_, inner() - kQuantity - kSku);
        y_ += height + 6;
        page.boxes.push_back({kEdge, y_ - 2, inner(), 0.3});
        y_ += 4;
    }

    /// Says what of the order is not in the parcel, and why.
    void add_missing() {
        if (missing_.empty()) {
            return;
        }
        std::vector<std::string> paragraphs{words_.text("slip.missing")};
        for (const auto& it : missing_) {
            const auto& item = orders::line(order_, it.item, "/items");
            const auto say = [&](std::string_view key, Quantity units) {
                if (units > 0) {
                    paragraphs.push_back(
                        words_.say(key, {{"units", words_.number(units)}, {"sku", item.sku}, {"name", item.name}}));
                }
            };
            say("slip.later", it.later);
            say("slip.elsewhere", it.elsewhere);
            say("slip.cancelled", it.cancelled);
        }
        add_paragraphs("what is missing", paragraphs);
    }

    void add_paragraphs(std::string_view what, const std::vector<std::string>& paragraphs) {
        y_ += 16;
        for (const auto& line : wrapped(what, paragraphs, inner(), 9).lines) {
            if (y_ + 9 * Typeface::kLeading > bottom()) {
                pages_.push_back({.width = width_, .height = height_});
                y_ = kEdge;
            }
            pages_.back().text(kEdge, y_ + 9 * Typeface::kAscent, 9, line, inner());
            y_ += 9 * Typeface::kLeading;
        }
    }

    /// Adds the customer's note to the order, on as many pages as needed.
    void add_note() {
        if (consignment_.to.note.empty()) {
            return;
        }
        std::vector<std::string> paragraphs{words_.text("slip.note")};
        std::string_view rest = consignment_.to.note;
        while (!rest.empty()) {
            const auto end = std::min(rest.find('\n'), rest.size());
            std::string line(trimmed(rest.substr(0, end)));
            std::replace(line.begin(), line.end(), '\t', ' ');
            paragraphs.push_back(std::move(line));
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
        add_paragraphs("the note", paragraphs);
    }

    const Typeface& typeface_;
    const Consignment& consignment_;
    const orders::Order& order_;
    const std::vector<NotInParcel>& missing_;
    const Language& words_;
    double width_ = 0;
    double height_ = 0;
    double y_ = 0;
    std::vector<Page> pages_;
};

}  // namespace

bool is_letter_country(std::string_view country) { return country == "US" || country == "CA" || country == "MX"; }

std::vector<Page> packing_slip(const Typeface& typeface, const Consignment& consignment, const orders::Order& order,
                               const std::vector<NotInParcel>& missing) {
    return Slip(typeface, consignment, order, missing).finish();
}

}  // namespace orderd::fulfillment
