#pragma once

#include <filesystem>
#include <ostream>
#include <string>
#include <vector>

#include "base/time.h"
#include "catalog/csv.h"
#include "storage/store.h"

namespace orderd::app {

/// What `orderd export orders` and `orderd export customers` are asked for. What is empty does not filter.
struct ExportWish {
    std::filesystem::path file;         ///< empty: to `out`
    std::vector<std::string> statuses;  ///< of orders
    std::string from;                   ///< orders placed then or later: what check_time() accepts
    std::string to;                     ///< before then; a date alone counts to its end
    std::string search;                 ///< as in the dashboard's list
    csv::Style style;
};

std::vector<std::string> order_statuses();  ///< what ExportWish::statuses can have

// Each is in the audit log.

void export_orders_command(storage::Store& store, const ExportWish& wish, const Clock& clock, std::ostream& out);
void export_customers_command(storage::Store& store, const ExportWish& wish, const Clock& clock, std::ostream& out);

}  // namespace orderd::app
