#pragma once

#include <vector>

#include "simulate/simulation.h"

namespace orderd::tests {

// The parts of operations().

std::vector<Operation> selling();    ///< customers, and the gateway
std::vector<Operation> packing();    ///< staff, with an order
std::vector<Operation> keeping();    ///< staff, with the shop
std::vector<Operation> pricing();    ///< staff, with what orders cost
std::vector<Operation> accidents();  ///< time, power, disk, backups

}  // namespace orderd::tests
