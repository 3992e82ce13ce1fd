#include "catalog/commands.h"

#include <fmt/format.h>
#include <fmt/ostream.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <system_error>

#include "base/budgets.h"
#include "base/errors.h"
#include "base/progress_bar.h"
#include "catalog/csv.h"
#include "catalog/export.h"
#include "catalog/import.h"
#include "storage/settings.h"

namespace orderd::catalog {

namespace {

std::uintmax_t size_of(const std::filesystem::path& path) {
    std::error_code error;
    const auto size = std::filesystem::file_size(path, error);
    if (error) {
        throw std::runtime_error(fmt::format("{} cannot be read: {}", path.string(), error.message()));
    }
    return size;
}

std::string read_file(const std::filesystem::path& path) {
    if (size_of(path) > budget::kImportOfFile) {
        throw std::runtime_error(
            fmt::format("{} is larger than {} MiB; import it in parts", path.string(), budget::kImportOfFile >> 20U));
    }
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    if (!file || !text) {
        throw std::runtime_error(fmt::format("{} cannot be read", path.string()));
    }
    return std::move(text).str();
}

std::string shown(std::string_view name, const Json& value, std::string_view currency) {
    if (value.is_number_integer() && name.ends_with("price")) {
        return decimal_money({value.get<std::int64_t>()}, currency);
    }
    if (value.is_null()) {
        return "none";
    }
    return value.is_string() ? value.get<std::string>() : value.dump();
}

/// "price 12.50 → 13.00 EUR, on_hand 4 → 40"; long texts are named, not shown.
std::string describe(const Json& changes, std::string_view currency) {
    std::string text;
    for (const auto& [name, change] : changes.items()) {
        text += text.empty() ? "" : ", ";
        text += name;
        if (!name.ends_with("description")) {
            text += fmt::format(" {} → {}", shown(name, change.at("from"), currency),
                                shown(name, change.at("to"), currency));
            text += name.ends_with("price") ? fmt::format(" {}", currency) : "";
        }
    }
    return text;
}

void print_row(std::ostream& out, const ImportReport::Row& row, std::string_view currency) {
    fmt::print(out, "line {}: {}", row.line, to_text(row.outcome));
    if (!row.sku.empty()) {
        fmt::print(out, " {}", row.sku);
    }
    switch (row.outcome) {
        case ImportReport::Outcome::added: fmt::print(out, " ({})", row.name); break;
        case ImportReport::Outcome::updated: fmt::print(out, ": {}", describe(row.changes, currency)); break;
        case ImportReport::Outcome::skipped: fmt::print(out, ": {}", row.reason); break;
    }
    out << '\n';
    for (const auto& note : row.notes) {
        fmt::print(out, "  note: {}\n", note);
    }
}

void print_report(std::ostream& out, const ImportReport& report, bool dry_run, std::string_view currency) {
    for (const auto& row : report.rows) {
        print_row(out, row, currency);
    }
    if (report.left_out > 0) {
        fmt::print(out, "… and {} rows more.\n", report.left_out);
    }
    if (report.noted > 0) {
        fmt::print(out, "{} of the rows have notes: the file says what this shop cannot keep.\n", report.noted);
    }
    if (report.form.separator != ',' || report.form.encoding != csv::Encoding::utf8) {
        fmt::print(out, "The file was read as {}, with a {} between its fields.\n", csv::to_text(report.form.encoding),
                   csv::separator_name(report.form.separator));
    }
    if (report.same_file_as) {
        fmt::print(out, "This is the file of import {}.\n", number(*report.same_file_as));
    }
    fmt::print(out, "{}{} added, {} updated, {} skipped{}.\n", dry_run ? "Nothing was changed. It would be: " : "",
               report.added, report.updated, report.skipped,
               report.faulty > 0 ? fmt::format(", {} of them faulty", report.faulty) : "");
    if (report.id) {
        fmt::print(
            out,
            "This was import {0}; `orderd import --undo {0}` takes it back while nothing of it was sold or changed.\n",
            number(*report.id));
    }
}

int undo(storage::Store& store, ImportId id, Time now, std::ostream& out) {
    const auto undone =
        store.writer().run([&](storage::Transaction& tx) { return undo_import(tx, id, Actor::command_line(), now); });
    fmt::print(out, "Import {} is undone: {} products removed, {} as they were before.\n", number(id), undone.added,
               undone.updated);
    return 0;
}

int import_file(storage::Store& store, const Clock& clock, const ImportOptions& options, std::ostream& out,
                std::ostream& errors) {
    const auto currency = settings::currency(store.read());
    const auto text = read_file(options.file);
    std::optional<ProgressBar> bar(std::in_place, errors, "Reading  ", options.bar);
    auto sheet = read_sheet(text, currency, [&](double done) { bar->show(done); });
    sheet.counted_at = options.counted_at;
    ImportReport report;
    if (options.dry_run) {
        report = preview(store.read(), sheet, [&](double done) { bar->show(done); });
    } else {
        bar.emplace(errors, "Importing", options.bar);
        ImportRun run(sheet, Actor::command_line(), clock.now());
        while (store.writer().run([&](storage::Transaction& tx) { return run.next(tx); })) {
            bar->show(run.done());
        }
        report = run.report();
    }
    bar.reset();
    print_report(out, report, options.dry_run, currency);
    if (report.faulty > 0 && report.faulty == report.all()) {
        fmt::print(errors, "orderd: no row of {} could be imported\n", options.file.string());
        return 1;
    }
    return 0;
}

/// Runs something that may throw a refusal, and prints the reason if it does.
template <class Run>
int guarded_run(std::ostream& errors, Run run) {
    try {
        return run();
    } catch (const Refusal& refusal) {
        fmt::print(errors, "orderd: {}\n", refusal.detail());
        if (const auto products = refusal.extra().find("products"); products != refusal.extra().end()) {
            for (const auto& product : *products) {
                fmt::print(errors, "  {}: {}\n", product.at("sku").get<std::string>(),
                           product.at("reason").get<std::string>());
            }
        }
    } catch (const std::runtime_error& error) {
        fmt::print(errors, "orderd: {}\n", error.what());
    }
    return 1;
}

}  // namespace

void require_import_file(const std::filesystem::path& file) {
    if (std::filesystem::is_regular_file(file) && size_of(file) == 0) {
        throw std::runtime_error(fmt::format("{}: the file is empty", file.string()));
    }
    if (!std::ifstream(file, std::ios::binary)) {
        throw std::runtime_error(fmt::format("{} cannot be read: {}", file.string(), std::strerror(errno)));
    }
}

int import_command(storage::Store& store, const Clock& clock, const ImportOptions& options, std::ostream& out,
                   std::ostream& errors) {
    return guarded_run(errors, [&] {
        return options.undo ? undo(store, *options.undo, clock.now(), out)
                            : import_file(store, clock, options, out, errors);
    });
}

int export_products_command(storage::Store& store, const ExportOptions& options, std::ostream& out,
                            std::ostream& errors) {
    return guarded_run(errors, [&] {
        const auto currency = settings::currency(store.read());
        ProgressBar bar(errors, "Exporting", options.bar);
        const auto progress = [&](double done) { bar.show(done); };
        csv::save(options.file, out, [&](const csv::Send& send) {
            return export_products(store, currency, send, options.style, progress);
        });
        return 0;
    });
}

}  // namespace orderd::catalog
