#include <fmt/format.h>

#include <atomic>
#include <memory>

#include "api/refusals.h"
#include "base/budgets.h"
#include "base/errors.h"
#include "catalog/csv_routes.h"
#include "catalog/export.h"
#include "catalog/import.h"
#include "catalog/price_step.h"
#include "catalog/routes.h"
#include "catalog/shapes.h"

namespace orderd::catalog {

namespace {

using api::Answer;
using api::Request;
using api::Shape;
using api::Who;

constexpr Refused kImportUnderWay{
    409, "import_under_way",
    "Another file is being imported, and there is one import at a time. Send the file again after the seconds in "
    "Retry-After."};
constexpr Refused kImportEnded{
    503, "import_ended",
    "The import was ended because its client went away or the server stops. What it had done stays, as an import that is "
    "not complete: undo it, or send the file again to go on."};

void begin_import(Request& in, Desk& desk);
Answer import_products(Request& in, Desk& desk);
Answer list_imports(Request& in, Desk& desk);
Answer undo(Request& in, Desk& desk);
Answer export_all(Request& in, Desk& desk);

}  // namespace

void add_import_routes(api::RouteTable& routes, Desk& desk) {
    const auto add = api::rows_of(routes, "Inventory", desk);
    add({.method = "POST",
         .path = "/admin/inventory/import",
         .name = "inventory.import",
         .who = Who::staff,
         .summary = "Import Shopify's product CSV, or show what that would change",
         .query = {{"dry_run", Shape::boolean(), "true: nothing changes"},
                   {"counted_at", Shape::time(),
                    "when the file's stock was counted; its report then says what was sold since"}},
         .raw_body = "text/csv",
         .max_body = budget::kImport,
         .answers = {{200, import_report_shape()}, {201, import_report_shape()}},
         .refuses = {kImportUnderWay, kImportEnded, kNotAProductFile, kFileTooLarge, kTooManyFaults, kAlreadyUndone},
         .idempotent = true,
         .before_body = [&desk](Request& in) { begin_import(in, desk); }},
        import_products);
    add({.method = "GET",
         .path = "/admin/inventory/imports",
         .name = "imports.list",
         .who = Who::viewer,
         .summary = "List imports of files and bulk edits, newest first",
         .paged = true,
         .answers = {{200, Shape::page(import_shape())}}},
        list_imports);
    add({.method = "POST",
         .path = "/admin/inventory/imports/{id}/undo",
         .name = "imports.undo",
         .who = Who::staff,
         .summary = "Undo an import, if none of its products was ordered or changed since",
         .answers = {{200, import_shape()}},
         .refuses = {kAlreadyUndone, kImportInUse, kPriceOffStep},
         .idempotent = true},
        undo);
    add({.method = "GET",
         .path = "/admin/inventory/export",
         .name = "inventory.export",
         .who = Who::viewer,
         .summary = "Export all products as Shopify's product CSV",
         .query = csv::style_parameters(),
         .answers = {{200, std::nullopt, "text/csv"}},
         .refuses = {api::kTooManyStreams}},
        export_all);
}

namespace {

/// Holds the only import slot for its lifetime, unless another import has it.
class ImportTurn {
public:
    explicit ImportTurn(std::atomic_flag& under_way) : under_way_(under_way), has_it_(!under_way.test_and_set()) {}
    ImportTurn(const ImportTurn&) = delete;
    ImportTurn& operator=(const ImportTurn&) = delete;
    ~ImportTurn() {
        if (has_it_) {
            under_way_.clear();
        }
    }

    bool has_it() const { return has_it_; }

private:
    std::atomic_flag& under_way_;
    const bool has_it_;
};

/// Allows one import at a time, from before its body is received: the file, the parsed rows and the record
/// for undoing it are most of the memory that the shop may use.
void begin_import(Request& in, Desk& desk) {
    auto turn = std::make_shared<ImportTurn>(desk.import_under_way);
    if (!turn->has_it()) {
        throw Refusal(kImportUnderWay, "another file is being imported; try again once it is done").retry_after(5);
    }
    in.hold(std::move(turn));
}

/// Ends an import that nobody waits for any more: its client has gone, or the server is stopping.
void require_wanted(const Request& in) {
    if (!in.is_wanted()) {
        throw Refusal(kImportEnded, "the import was ended before its last row");
    }
}

/// The same, while a file is read.
Progress while_wanted(const Request& in) {
    return [&in, rows = 0](double) mutable {
        constexpr int kRowsBetweenLooks = 64;
        if (++rows % kRowsBetweenLooks == 0) {
            require_wanted(in);
        }
    };
}

/// 201 if an import was recorded; 200 if nothing had to change, or for a dry run.
Answer import_products(Request& in, Desk& desk) {
    const auto wanted = while_wanted(in);
    auto sheet = read_sheet(in.raw_body(), desk.currency.code(), wanted);
    if (const auto counted_at = in.query("counted_at")) {
        sheet.counted_at = parse_time(*counted_at);
    }
    if (in.query_flag("dry_run") == true) {
        return api::ok(to_json(preview(in.read(), sheet, wanted)));
    }
    return in.once([&] {
        ImportRun run(sheet, in.actor(), in.now());
        while (in.store().writer().run([&](storage::Transaction& tx) { return run.next(tx); })) {
            require_wanted(in);
        }
        const auto& report = run.report();
        Answer answer{.status = report.id ? 201 : 200, .body = to_json(report)};
        if (report.id) {
            return std::move(answer).header("Location", fmt::format("/admin/inventory/imports/{}", number(*report.id)));
        }
        return answer;
    });
}

Answer list_imports(Request& in, Desk&) {
    const auto found = imports(in.read(), in.page());
    Json rows = Json::array();
    for (const auto& row : found.rows) {
        rows.push_back(to_json(row));
    }
    return api::page(std::move(rows), found.after);
}

Answer undo(Request& in, Desk&) {
    return in.mutate([&](storage::Transaction& tx) {
        return api::ok(to_json(undo_import(tx, ImportId{in.id()}, in.actor(), in.now())));
    });
}

Answer export_all(Request& in, Desk& desk) {
    auto answer = csv::file_answer("products.csv");
    answer.stream = [&store = in.store(), currency = desk.currency.code(),
                     style = csv::style_of(in)](const auto& send) { export_products(store, currency, send, style); };
    return answer;
}

}  // namespace

}  // namespace orderd::catalog
