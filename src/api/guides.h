#pragma once

#include <string>

#include "base/embedded.h"

namespace orderd::api {

/// A guide for programmers as a page, which leads to the others and to the reference. It works offline.
std::string guide_page(const embedded::Guide& guide);

/// The guides as a part of the documentation's navigation. `shown`: the name of the one that is open, or empty.
std::string guide_links(std::string_view shown);

}  // namespace orderd::api
