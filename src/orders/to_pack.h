#pragma once

#include "orders/list.h"

namespace orderd::orders {

/// The orders that may be packed now, or are being packed, oldest first.
///
/// @param beside  its parcels_of gives the progress of the parcels of the page's orders
SummaryPage list_to_pack(const storage::View& view, const storage::Page& page, const Beside& beside);

}  // namespace orderd::orders
