#include "documents/routes.h"

#include <fmt/format.h>

#include <algorithm>

#include "documents/bodies.h"
#include "documents/describe.h"
#include "documents/issuing.h"
#include "documents/paper.h"
#include "documents/settings.h"
#include "fulfillment/print/pdf.h"
#include "orders/links.h"
#include "storage/events.h"

namespace orderd::documents {

namespace {

using api::Answer;
using api::Request;
using api::Shape;
using api::Who;

constexpr Refused kNotPrintable{
    409, "document_not_printable",
    "A document has letters that no font here has; detail names the document and the letters. Start orderd with "
    "--label-font and a TrueType font that has them."};
constexpr Refused kNoDocuments{409, "no_documents",
                               "No document was issued in the month, so there is nothing to print."};

constexpr auto kPdf = "application/pdf";

Answer list_documents(Request& in, Desk& desk);
Answer show_document(Request& in, Desk& desk);
Answer print_document(Request& in, Desk& desk);
Answer print_documents(Request& in, Desk& desk, PrintRequest wanted);
Answer issue_by_hand(Request& in, Desk& desk, NewDocument wanted);
Answer print_for_holder(Request& in, Desk& desk);

}  // namespace

void add_routes(api::RouteTable& routes, Desk& desk) {
    const auto add = api::rows_of(routes, "Documents", desk);
    add({.method = "GET",
         .path = "/admin/documents",
         .name = "documents.list",
         .who = Who::viewer,
         .summary = "List invoices, credit notes and corrections, newest first",
         .query = {{"order_id", Shape::id(), "of this order"},
                   {"kind", Shape::one_of(kinds()), "of this kind"},
                   {"month", Shape::text(7, 7).example("2026-11"), "issued in this month of the shop's time zone"}},
         .paged = true,
         .answers = {{200, Shape::page(document_shape())}}},
        list_documents);
    add({.method = "GET",
         .path = "/admin/documents/{id}",
         .name = "documents.get",
         .who = Who::viewer,
         .summary = "Read a document, with all that it says",
         .answers = {{200, whole_document_shape()}}},
        show_document);
    add({.method = "GET",
         .path = "/admin/documents/{id}.pdf",
         .name = "documents.pdf",
         .who = Who::viewer,
         .summary = "Print a document, as PDF",
         .answers = {{200, std::nullopt, kPdf}},
         .refuses = {kNotPrintable}},
        print_document);
    add({.method = "POST",
         .path = "/admin/documents/pdf",
         .name = "documents.printMany",
         .who = Who::viewer,
         .summary = "Print many documents, or all of a month, in one PDF",
         .answers = {{200, std::nullopt, kPdf}},
         .refuses = {kNotPrintable, kNoDocuments, kNotFound}},
        print_documents);
    add({.method = "POST",
         .path = "/admin/orders/{id}/documents",
         .name = "documents.issue",
         .who = Who::staff,
         .summary = "Issue an order's invoice by hand, or a credit note for an unpaid one",
         .answers = {{201, document_shape()}},
         .refuses = {kAlreadyInvoiced, kNothingToInvoice, kSellerIncomplete, kBuyerErased, kRefundInstead,
                     kCreditExceedsInvoice},
         .idempotent = true},
        issue_by_hand);
    add({.method = "GET",
         .path = "/receipt/{link}/documents/{id}",
         .name = "receipts.document",
         .who = Who::anyone,
         .summary = "One of an order's documents as PDF, for whoever has the link to its receipt",
         .answers = {{200, std::nullopt, kPdf}},
         .refuses = {kNotPrintable}},
        print_for_holder);
}

namespace {

Month month_at(const std::string& text, std::string_view place) {
    const auto month = parse_month(text);
    if (!month) {
        throw invalid(std::string(place),
                      fmt::format("\"{}\" is not a month; it is a year and a month: 2026-11", text));
    }
    return *month;
}

Answer list_documents(Request& in, Desk& desk) {
    Filter filter;
    if (const auto order = in.query_integer("order_id")) {
        filter.order = OrderId{*order};
    }
    if (const auto kind = in.query("kind")) {
        filter.kind = parse_kind(*kind);
    }
    if (const auto text = in.query("month")) {
        const auto month = month_at(*text, "?month");
        filter.from = month.first;
        filter.before = month.next;
    }
    const auto found = list(in.read(), filter, in.page());
    auto rows = Json::array();
    for (const auto& document : found.rows) {
        rows.push_back(describe(document, desk.currency.code()));
    }
    return api::page(std::move(rows), found.after);
}

Answer show_document(Request& in, Desk&) {
    const auto view = in.read();
    return api::ok(describe_whole(view, get(view, DocumentId{in.id()})));
}

/// A file's name: what is in a number and not in names is replaced.
std::string file_name(std::string name) {
    std::replace(name.begin(), name.end(), '/', '-');
    return name + ".pdf";
}

std::string print_all(const storage::View& view, const Desk& desk, const std::vector<Document>& documents,
                      std::string_view title) {
    std::vector<print::Page> pages;
    for (const auto& document : documents) {
        try {
            for (auto& page : pages_of(desk.printer.typeface(), document, content_of(view, document))) {
                pages.push_back(std::move(page));
            }
        } catch (const print::Unprintable& error) {
            throw Refusal(kNotPrintable, fmt::format("{} cannot be printed: {}", document.number, error.what()));
        }
    }
    return print::pdf(desk.printer.typeface(), pages, title);
}

Answer pdf_file(std::string bytes, const std::string& name) {
    Answer answer;
    answer.text = std::make_shared<const std::string>(std::move(bytes));
    answer.content_type = kPdf;
    answer.headers = {{"Content-Disposition", fmt::format("inline; filename=\"{}\"", name)},
                      {"Cache-Control", "private, no-store"}};
    return answer;
}

Answer print_one(const storage::View& view, const Desk& desk, const Document& document) {
    return pdf_file(print_all(view, desk, {document}, document.number), file_name(document.number));
}

Answer print_document(Request& in, Desk& desk) {
    const auto view = in.read();
    return print_one(view, desk, get(view, DocumentId{in.id()}));
}

/// All of a month, oldest first.
std::vector<Document> documents_in(const storage::View& view, const Month& month, std::optional<Kind> kind) {
    const storage::Page all{.limit = static_cast<std::int64_t>(kMostPrinted), .after = std::nullopt};
    auto found = list(view, {.kind = kind, .from = month.first, .before = month.next}, all);
    if (!found.after.is_null()) {
        throw invalid("/month", fmt::format("has more than {} documents: print those of one kind, or some of them by "
                                            "document_ids",
                                            kMostPrinted));
    }
    if (found.rows.empty()) {
        throw Refusal(kNoDocuments, "no such document was issued in the month");
    }
    std::reverse(found.rows.begin(), found.rows.end());
    return std::move(found.rows);
}

Answer print_documents(Request& in, Desk& desk, PrintRequest wanted) {
    if (wanted.document_ids.has_value() == wanted.month.has_value()) {
        throw invalid("", "either document_ids or month is needed");
    }
    if (wanted.kind && !wanted.month) {
        throw invalid("/kind", "goes with month; document_ids name what is printed");
    }
    const auto view = in.read();
    std::vector<Document> documents;
    if (wanted.month) {
        documents = documents_in(view, month_at(*wanted.month, "/month"), wanted.kind);
    } else {
        for (const auto id : *wanted.document_ids) {
            documents.push_back(get(view, id));
        }
    }
    return pdf_file(print_all(view, desk, documents, fmt::format("{} documents", documents.size())), "documents.pdf");
}

Answer issue_by_hand(Request& in, Desk& desk, NewDocument wanted) {
    if (wanted.kind == Kind::invoice && wanted.amount) {
        throw invalid("/amount", "an invoice is over the whole order; leave amount out");
    }
    return in.mutate([&](storage::Transaction& tx) {
        const auto order = orders::get(tx, OrderId{in.id()});
        const auto issued = wanted.kind == Kind::invoice
                                ? issue_invoice(tx, order, in.actor(), in.now())
                                : issue_credit_note(tx, order, wanted.amount, wanted.reason, in.actor(), in.now());
        audit::record(tx, "document.issue", {"document", number(issued.id)}, nullptr,
                      {{"order_id", number(order.id)}, {"kind", to_text(issued.kind)}, {"number", issued.number}},
                      in.actor(), in.now());
        Answer answer{.status = 201, .body = describe(issued, desk.currency.code())};
        answer.headers = {{"Location", fmt::format("/admin/documents/{}", number(issued.id))}};
        return answer;
    });
}

Answer print_for_holder(Request& in, Desk& desk) {
    const auto view = in.read();
    const auto order = orders::order_of_receipt(view.vault(), in.path_text("link"));
    const auto document = get(view, DocumentId{in.id()});
    if (document.order != order) {
        throw not_found("document");
    }
    return print_one(view, desk, document);
}

}  // namespace

}  // namespace orderd::documents
