#pragma once

#include <string>
#include <vector>

#include "api/shape.h"
#include "base/json.h"
#include "base/names.h"
#include "storage/view.h"

namespace orderd::storefront {

inline constexpr auto kStorefront = "storefront";  ///< the setting's name

constexpr std::size_t kMaxIntro = 300;  ///< code points
constexpr std::size_t kMaxFoot = 1'000;
constexpr std::size_t kMaxLinks = 12;  ///< at the foot of each page

/// The letters of headings.
enum class Lettering { serif, sans };

inline constexpr Names<Lettering, 2> kLetterings{{{{Lettering::serif, "serif"}, {Lettering::sans, "sans"}}}};

/// A link at the foot of each page: to the shop's terms, its imprint.
struct FootLink {
    std::string text;
    std::string url;  ///< https://…, or a path of this shop
};

/// The shop's own pages: whether it has them, and how they look.
struct Settings {
    bool on = false;  ///< off: `/` leads to the dashboard
    std::string accent = "#1f4e46";
    Lettering headings = Lettering::serif;
    std::string intro = {};  ///< on the first page
    std::string foot = {};
    std::vector<FootLink> links = {};
    /// What the law of the EU asks of who sells to consumers there: each page leads to /withdraw, and an order accepts
    /// the legal texts, which its mail has below it.
    bool withdrawal = true;
};

api::Shape settings_shape();
Settings read_settings(const storage::View& view);
Json to_json(const Settings& settings);
void check_settings(const Json& value, std::vector<Fault>& faults);

}  // namespace orderd::storefront
