#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>
#include <utility>

#include "api/answer.h"
#include "base/language.h"
#include "base/mutex.h"
#include "base/templates.h"
#include "storage/store.h"

namespace orderd::api {

/// The page that a browser gets instead of a problem document: the template error.html with the shop's name, in the
/// language that the browser asks for, or else the shop's. Thread-safe.
class ErrorPages {
public:
    /// @param shop_values  the shop's values that every page shows: shop_name, shop_address
    ErrorPages(storage::Store& store, const Templates& templates, std::function<Json(const storage::View&)> shop_values)
        : store_(store), templates_(templates), shop_values_(std::move(shop_values)) {}

    /// The page for a problem, with the problem's status and headers. If the database cannot be read, it
    /// shows the last known values of the shop.
    ///
    /// @param path  of the request, as it was sent: the page links its style relative to it
    /// @param accept_language  the request's header
    Answer page(const Answer& problem, std::string_view path, std::string_view accept_language);

private:
    using Clock = std::chrono::steady_clock;

    /// What is known of the shop.
    struct Shop {
        Json values{{"shop_name", ""}, {"shop_address", Json::array()}};
        const Language* language = &Language::english();
    };
    Shop shop() EXCLUDES(mutex_);

    storage::Store& store_;
    const Templates& templates_;
    const std::function<Json(const storage::View&)> shop_values_;

    Mutex mutex_;
    Shop known_ GUARDED_BY(mutex_);
    std::optional<std::uint64_t> generation_ GUARDED_BY(mutex_);  ///< of the settings in `known_`; nullopt: never read
    Clock::time_point next_try_ GUARDED_BY(mutex_);
};

}  // namespace orderd::api
