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

// A low-stock alert opens when a product on sale has no more available than its threshold. It resolves when stock is
// added, when there is nothing to warn of any more, or when staff dismiss it; not when an order that nobody paid gives
// its units back, since carts come and go. While there is enough by that alone it is quiet: it is not shown as open,
// and opens again without another notice. There is one unresolved alert a product, by a unique index.

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
    std::optional<Quantity> threshold;  ///< as it is now
    Time opened_at;
    std::optional<Time> resolved_at;
    bool low = false;  ///< now
};

/// Opens the alert of a product that is low, resolves that of one that is not; does nothing if that is so already.
/// An alert that opens is the event `alert.opened` and a job `alert.notify`, one that resolves `alert.resolved`.
/// `order`: whose units took the product to its threshold, for the event.
void keep_alert(storage::Transaction& tx, const Product& product, Time now, std::optional<OrderId> order = {});

enum class AlertFilter { all, open, quiet, resolved };

struct Alerts {
    std::vector<Alert> rows;
    Json after = nullptr;  ///< null: no more follow
};

/// A page of the alerts, newest first. The sort key is the alert's id.
Alerts alerts(const storage::View& view, AlertFilter filter, const storage::Page& page);

/// The alert of a product that is low now.
std::optional<Alert> open_alert(const storage::View& view, ProductId product);

/// Staff have seen it: it is resolved, and another opens when the stock falls to the threshold again.
///
/// @throws Refusal 404; 409 `alert_resolved`
Alert dismiss(storage::Transaction& tx, AlertId id, const Actor& actor, Time now);

Json to_json(const Alert& alert);

/// Has `alert.notify` handled: a warning in the log and the event `alert.notified`, once an alert, unless it was
/// resolved before its turn came.
void add_jobs(jobs::Workers& workers, storage::Store& store, const Clock& clock);

}  // namespace orderd::catalog
