#pragma once

#include <vector>

#include "simulate/simulation.h"
#include "storage/store.h"

namespace orderd::tests {

/// Reads the shop for the model, which no failing disk may keep from that: its failing ends.
storage::Reader read_for_model(Simulation& sim);

/// Takes over a product's price from an answer. Where something else happened meanwhile, that may have changed it since:
/// then it is read from the log (Model::hear), and of a new product from the shop.
void take_price(Simulation& sim, Model::Product& product, std::int64_t answered);

// The parts of operations().

std::vector<Operation> selling();      ///< customers, and the gateway
std::vector<Operation> packing();      ///< staff, with an order
std::vector<Operation> keeping();      ///< staff, with the shop
std::vector<Operation> grouping();     ///< staff, with groups of products
std::vector<Operation> pricing();      ///< staff, with what orders cost
std::vector<Operation> cataloguing();  ///< staff, with many products at once
std::vector<Operation> picturing();    ///< staff, with pictures
std::vector<Operation> sharing();      ///< staff, with each other
std::vector<Operation> accidents();    ///< time, power, disk, backups

}  // namespace orderd::tests
