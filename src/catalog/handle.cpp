#include "catalog/handle.h"

#include <fmt/format.h>

#include "base/folding.h"
#include "base/text.h"

namespace orderd::catalog {

namespace {

constexpr auto kProductWith = "SELECT id FROM product WHERE handle = ?1 AND handle <> ''";
constexpr auto kGroupWith = "SELECT id FROM product_group WHERE handle = ?1";
constexpr auto kNextNumber = R"sql(
    SELECT 1 + max(ifnull((SELECT max(id) FROM product), 0), ifnull((SELECT max(id) FROM product_group), 0))
)sql";

bool is_free(const storage::View& view, std::string_view handle) {
    return !handle.empty() && !view.value<std::int64_t>(kProductWith, handle) &&
           !view.value<std::int64_t>(kGroupWith, handle);
}

}  // namespace

void check_handle(std::string_view handle, std::vector<Fault>& faults) {
    if (!valid_utf8(handle)) {
        faults.push_back({"/handle", "is not well-formed UTF-8"});
    } else if (const auto form = handle_form(handle, kMaxHandle); form != handle) {
        faults.push_back({"/handle", fmt::format("has other characters than small letters, digits and single dashes, "
                                                 "or more than {} of them{}",
                                                 kMaxHandle, form.empty() ? "" : "; it may be " + form)});
    }
}

std::string free_handle(const storage::View& view, std::string_view name, std::string_view second) {
    constexpr std::size_t kMostOfName = 60;  // where there is more: the rest has room, too
    constexpr std::size_t kMostOfSecond = 25;
    constexpr int kSmallNumbers = 9;
    auto handle = handle_form(name, kMaxHandle);
    if (is_free(view, handle)) {
        return handle;
    }
    auto base = handle_form(name, kMostOfName);
    if (const auto more = handle_form(second, kMostOfSecond); !more.empty()) {
        base += base.empty() ? more : '-' + more;
        if (is_free(view, base)) {
            return base;
        }
    }
    if (base.empty()) {
        base = "product";  // a name of signs alone
    }
    for (int number = 2; number <= kSmallNumbers; ++number) {
        if (handle = fmt::format("{}-{}", base, number); is_free(view, handle)) {
            return handle;
        }
    }
    // Of very many that have one name, each is found a handle at once: its number is that of its row.
    auto number = view.value<std::int64_t>(kNextNumber).value();
    do {
        handle = fmt::format("{}-{}", base, number++);
    } while (!is_free(view, handle));
    return handle;
}

void check_handle_is_free(const storage::View& view, std::string_view handle, std::optional<ProductId> product,
                          std::optional<GroupId> group) {
    const auto refusal = [&](std::string_view what, std::int64_t id) {
        return Refusal(kHandleTaken, fmt::format("handle: {} is the handle of {} {}", handle, what, id))
            .at({{"/handle", fmt::format("is the handle of another {}", what)}});
    };
    if (const auto other = view.value<ProductId>(kProductWith, handle); other && other != product) {
        throw refusal("product", number(*other)).with("product_id", number(*other));
    }
    if (const auto other = view.value<GroupId>(kGroupWith, handle); other && other != group) {
        throw refusal("group", number(*other)).with("group_id", number(*other));
    }
}

}  // namespace orderd::catalog
