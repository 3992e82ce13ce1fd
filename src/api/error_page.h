#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>
#include <utility>

#include "api/answer.h"
#include "base/mutex.h"
#include "base/templates.h"
#include "storage/store.h"

namespace orderd::api {

/// What a person sees in a browser where a program gets a problem document: the template error.html, in the shop's
/// name. Thread-safe.
class ErrorPages {
public:
    /// @param shop_values what every page says of the shop: shop_name, shop_address
    ErrorPages(storage::Store& store, const Templates& templates, std::function<Json(const storage::View&)> shop_values)
        : store_(store), templates_(templates), shop_values_(std::move(shop_values)) {}

    /// The page in place of a problem, with its status and headers. Works without the database, too: it then says what
    /// was last known of the shop.
    ///
    /// @param path of the request, as it was sent: the page names its style relative to it
    Answer page(const Answer& problem, std::string_view path);

private:
    using Clock = std::chrono::steady_clock;

    Json shop() EXCLUDES(mutex_);

    storage::Store& store_;
    const Templates& templates_;
    const std::function<Json(const storage::View&)> shop_values_;

    Mutex mutex_;
    Json known_ GUARDED_BY(mutex_){{"shop_name", ""}, {"shop_address", Json::array()}};
    std::optional<std::uint64_t> generation_
        GUARDED_BY(mutex_);  ///< of the settings that `known_` is of; nothing: of none
    Clock::time_point next_try_ GUARDED_BY(mutex_);
};

/// What a status says to someone who followed a link.
struct ErrorInWords {
    std::string_view title;
    std::string_view text;
};
ErrorInWords error_in_words(int status);

}  // namespace orderd::api
