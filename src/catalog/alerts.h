#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/json.h"
#include "catalog/product.h"
#include "jobs/jobs.h"
#include "storage/paging.h"

namespace orderd::catalog {

// A low-stock alert is open exactly while its product is on sale, has a threshold, and has no more available than that.
// It opens once (a unique index holds it to that) and resolves when there is more again, or nothing to warn of.

struct Alert {
    AlertId id{};
    ProductId product{};
    std::string sku;
    std::string name;
    Quantity level = 0;                 ///< what was available when it opened
    Quantity available = 0;             ///< what is available now
    std::optional<Quantity> threshold;  ///< as it is now
    Time opened_at;
    std::optional<Time> resolved_at;
};

/// Opens the alert of a product that is low, resolves that of one that is not; does nothing where that is so already.
/// An alert that opens is the event `alert.opened` and a job `alert.notify`, one that resolves `alert.resolved`.
/// `order`: whose units took the product to its threshold, for the event.
void keep_alert(storage::Transaction& tx, const Product& product, Time now, std::optional<OrderId> order = {});

enum class AlertFilter { all, open, resolved };

struct Alerts {
    std::vector<Alert> rows;
    Json after = nullptr;  ///< null: no more follow
};

/// A page of the alerts, newest first. The sort key is the alert's id.
Alerts alerts(const storage::View& view, AlertFilter filter, const storage::Page& page);

std::optional<Alert> open_alert(const storage::View& view, ProductId product);

Json to_json(const Alert& alert);

/// Has `alert.notify` handled: a warning in the log and the event `alert.notified`, once an alert, unless it was
/// resolved before its turn came.
void add_jobs(jobs::Workers& workers, storage::Store& store, const Clock& clock);

}  // namespace orderd::catalog
