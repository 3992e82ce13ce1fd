#include "documents/settings.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <stdexcept>

#include "accounts/customer_shapes.h"
#include "storage/settings.h"

namespace orderd::documents {

namespace {

using api::Shape;

constexpr std::int64_t kMostYears = 100;
constexpr int kMostDigits = 9;
constexpr int kMostFootLines = 6;

/// Where a seller has to name its VAT ID or tax number: the member states, Monaco and the UK.
constexpr std::array<std::string_view, 29> kNeedsTaxNumber{"AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI",
                                                           "FR", "GB", "GR", "HR", "HU", "IE", "IT", "LT", "LU", "LV",
                                                           "MC", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK"};

std::string_view to_text(Issue issue) {
    switch (issue) {
        case Issue::by_hand: return "by_hand";
        case Issue::at_payment: return "at_payment";
        case Issue::at_shipping: return "at_shipping";
    }
    throw std::logic_error("an unknown time of issue");
}

Issue issue_from(const std::string& text) {
    return text == "at_payment" ? Issue::at_payment : text == "at_shipping" ? Issue::at_shipping : Issue::by_hand;
}

Json numbering_json(const Numbering& numbering) { return {{"format", numbering.format}, {"digits", numbering.digits}}; }

Numbering numbering_from(const Json& json) {
    return {.format = json.at("format").get<std::string>(), .digits = json.at("digits").get<int>()};
}

Shape numbering_shape() {
    return Shape::object(
               {{"format",
                 Shape::text(1, 30).described("ends with {number}, and may have {year}").example("{year}-{number}")},
                {"digits", Shape::integer(1, kMostDigits).described("of the number, with zeros in front").example(5)}})
        .named("DocumentNumbering");
}

}  // namespace

Settings read_settings(const storage::View& view) {
    Settings read;
    if (const auto json = settings::read(view, kDocuments)) {
        read = {.issue = issue_from(json->at("issue").get<std::string>()),
                .invoices = numbering_from(json->at("invoices")),
                .credit_notes = numbering_from(json->at("credit_notes")),
                .retention_years = json->at("retention_years").get<std::int64_t>()};
    }
    return read;
}

Json to_json(const Settings& settings) {
    return {{"issue", to_text(settings.issue)},
            {"invoices", numbering_json(settings.invoices)},
            {"credit_notes", numbering_json(settings.credit_notes)},
            {"retention_years", settings.retention_years}};
}

Shape settings_shape() {
    return Shape::object(
               {{"issue", Shape::one_of({"by_hand", "at_payment", "at_shipping"})
                              .described("when an order's invoice is issued automatically")
                              .example("by_hand")},
                {"invoices", numbering_shape()},
                {"credit_notes", numbering_shape()},
                {"retention_years",
                 Shape::integer(1, kMostYears)
                     .described("how many years after that of their issue documents are kept, also those of customers "
                                "who were erased")
                     .example(10)}})
        .named("DocumentSettings")
        .described("invoices and credit notes; how they are numbered is settled with the first one");
}

void check_settings(const Json& value, std::vector<Fault>& faults) {
    for (const auto* of : {"invoices", "credit_notes"}) {
        if (auto fault = format_fault(value.at(of).at("format").get<std::string>()); !fault.empty()) {
            faults.push_back({fmt::format("/documents/{}/format", of), std::move(fault)});
        }
    }
    const auto invoices = numbering_from(value.at("invoices"));
    const auto credit_notes = numbering_from(value.at("credit_notes"));
    if (invoices.format == credit_notes.format && invoices.digits != credit_notes.digits) {
        faults.push_back({"/documents/credit_notes/digits",
                          "differs from that of invoices, with the same format: a series has one number of digits"});
    }
}

void require_same_numbers(const storage::View& view, const Json& before) {
    const auto now = read_settings(view);
    const auto same = numbering_from(before.at("invoices")) == now.invoices &&
                      numbering_from(before.at("credit_notes")) == now.credit_notes;
    if (!same && are_any(view)) {
        throw Refusal(kNumbersInUse, "there are documents already, so their numbers stay as they are");
    }
}

Seller read_seller(const storage::View& view) {
    Seller seller;
    if (const auto json = settings::read(view, kSeller)) {
        seller = {.legal_name = json->at("legal_name").get<std::string>(),
                  .vat_id = json->at("vat_id").get<std::string>(),
                  .tax_number = json->at("tax_number").get<std::string>(),
                  .register_entry = json->at("register_entry").get<std::string>(),
                  .email = json->at("email").get<std::string>(),
                  .address = {},
                  .payment_terms = json->at("payment_terms").get<std::string>(),
                  .foot = json->at("foot").get<std::string>()};
        if (const auto& address = json->at("address"); !address.is_null()) {
            seller.address = accounts::address_from(address);
        }
    }
    return seller;
}

Json to_json(const Seller& seller) {
    return {{"legal_name", seller.legal_name},
            {"vat_id", seller.vat_id},
            {"tax_number", seller.tax_number},
            {"register_entry", seller.register_entry},
            {"email", seller.email},
            {"address", seller.address ? accounts::to_json(*seller.address) : Json(nullptr)},
            {"payment_terms", seller.payment_terms},
            {"foot", seller.foot}};
}

Shape seller_shape() {
    return Shape::object(
               {{"legal_name",
                 Shape::text(0, 200).described("with its legal form; empty: not set").example("Tide & Clay GmbH")},
                {"vat_id", Shape::text(0, 20).example("DE123456789")},
                {"tax_number", Shape::text(0, 40).example("")},
                {"register_entry", Shape::text(0, 200).example("Amtsgericht Charlottenburg, HRB 12345")},
                {"email", Shape::text(0, 254).example("books@example.com")},
                {"address", accounts::address_shape().nullable().described("null: shop_address")},
                {"payment_terms", Shape::lines(0, 400)
                                      .described("printed while an invoice is not paid")
                                      .example("Payable within 14 days.")},
                {"foot", Shape::lines(0, 1000).described("at the end of each document").example("")}})
        .named("Seller")
        .described("who sells, as invoices name it");
}

void check_seller(const Json& value, std::vector<Fault>& faults) {
    if (const auto email = value.at("email").get<std::string>(); !email.empty()) {
        Shape::email().check(email, "/seller/email", faults);
    }
    const auto foot = value.at("foot").get<std::string>();
    if (std::count(foot.begin(), foot.end(), '\n') >= kMostFootLines) {
        faults.push_back(
            {"/seller/foot", fmt::format("has more than {} lines: no more fit on a page", kMostFootLines)});
    }
}

namespace {

Party party_of(const storage::View& view, std::vector<std::string>& missing) {
    const auto seller = read_seller(view);
    Party party{.name = seller.legal_name,
                .company = {},
                .vat_id = seller.vat_id,
                .tax_number = seller.tax_number,
                .register_entry = seller.register_entry,
                .email = seller.email,
                .address = seller.address.value_or(accounts::Address{})};
    if (!seller.address) {
        if (const auto address = settings::read(view, "shop_address"); address && address->is_object()) {
            party.address = accounts::address_from(*address);
        }
    }
    if (party.name.empty()) {
        missing.emplace_back("legal_name");
    }
    if (party.address.line1.empty() || party.address.country.empty()) {
        missing.emplace_back("address");
    }
    const auto needs = std::find(kNeedsTaxNumber.begin(), kNeedsTaxNumber.end(), party.address.country);
    if (needs != kNeedsTaxNumber.end() && party.vat_id.empty() && party.tax_number.empty()) {
        missing.emplace_back("vat_id");
    }
    return party;
}

}  // namespace

Party require_seller(const storage::View& view) {
    std::vector<std::string> missing;
    auto party = party_of(view, missing);
    if (!missing.empty()) {
        throw Refusal(kSellerIncomplete,
                      fmt::format("invoices name their seller, and the settings lack its {}", fmt::join(missing, ", ")))
            .with("missing", missing);
    }
    return party;
}

void require_seller_if_used(const storage::View& view) {
    if (read_settings(view).issue != Issue::by_hand || are_any(view)) {
        require_seller(view);
    }
}

}  // namespace orderd::documents
