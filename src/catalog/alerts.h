#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/actor.h"
#include "base/json.h"
#include "base/refused.h"
#include "catalog/product.h"
#include "jobs/jobs.h"
#include "storage/paging.h"

namespace orderd::catalog {

// A low-stock alert opens when no more of a product on sale is available than its threshold. It resolves when
// stock is added, when there is nothing left to warn about, or when staff dismiss it. Units that an expired
// unpaid order gives back do not resolve it, since carts come and go: while they alone keep the product above
// its threshold, the alert is quiet. A quiet alert is not shown as open, and opens again without another
// notice. A unique index allows one unresolved alert per product.

inline constexpr Refused kAlertResolved{
    409, "alert_resolved",
    "The alert is resolved already: stock was added, or somebody dismissed it. There is nothing left to do."};

struct Alert {
    AlertId id{};
    ProductId product{};
    std::string sku;
    std::string name;
    Quantity level = 0;                 ///< what was available when it opened
    Quantity available = 0;             ///< what is available now
    std::optional<Quantity> threshold;  ///< the current one
    Time opened_at;
    std::optional<Time> resolved_at;
    bool low = false;  ///< available is at or below the threshold now
};

/// Opens the product's alert if it is low, resolves it if it is not; does nothing if the alert is already
/// right. Opening records the event `alert.opened` and adds a job `alert.notify`; resolving records
/// `alert.resolved`. `order`: the one whose units took the product to its threshold, for the event.
void keep_alert(storage::Transaction& tx, const Product& product, Time now, std::optional<OrderId> order = {});

enum class AlertFilter { all, open, quiet, resolved };

struct Alerts {
    std::vector<Alert> rows;
    Json after = nullptr;  ///< null: the last page
};

/// A page of the alerts, newest first. The sort key is the alert's id.
Alerts alerts(const storage::View& view, AlertFilter filter, const storage::Page& page);

/// The open alert of a product, if it has one.
std::optional<Alert> open_alert(const storage::View& view, ProductId product);

/// Resolves an alert that staff have seen. Another opens when the stock falls to the threshold again.
///
/// @throws Refusal 404; 409 `alert_resolved`
Alert dismiss(storage::Transaction& tx, AlertId id, const Actor& actor, Time now);

Json to_json(const Alert& alert);

/// Registers the handler of `alert.notify`: it logs a warning and records the event `alert.notified`, once
/// per alert, unless the alert was resolved before the job ran.
void add_jobs(jobs::Workers& workers, storage::Store& store, const Clock& clock);

}  // namespace orderd::catalog
