#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "api/shape.h"
#include "base/actor.h"
#include "base/json.h"
#include "base/time.h"
#include "catalog/pixels.h"
#include "storage/view.h"
#include "storage/writer.h"

namespace orderd::catalog {

// The shop's logo: at the head of its pages and mails. A file that was sent is kept, so that it can be looked at before it
// is chosen; the setting "logo" names the one that is shown.

inline constexpr auto kLogo = "logo";  ///< the setting's name: null, or a hash

struct Logo {
    std::string hash;  ///< 40 hexadecimal digits
    Extent extent;

    std::string path() const;  ///< from the shop's root: "logo/<hash>.webp". What it names never changes.
};

/// A file that is ready to be kept.
struct MadeLogo {
    Logo logo;
    std::string bytes;  ///< WebP
};

/// Makes a file into a logo, outside any transaction, as make_picture() does. @throws Refusal as read_picture()
MadeLogo make_logo(std::string file);

/// Keeps it. Of those that are not shown, the last ten are kept.
/// Records "logo.added".
void keep_logo(storage::Transaction& tx, const MadeLogo& made, const Actor& actor, Time now);

std::optional<Logo> find_logo(const storage::View& view, std::string_view hash);

/// The one that is shown. nullopt: the shop has none, and its name stands there.
std::optional<Logo> logo_of_shop(const storage::View& view);

/// @returns null if no logo has this hash
std::shared_ptr<const std::string> logo_bytes(const storage::View& view, std::string_view hash);

api::Shape logo_setting_shape();
Json read_logo_setting(const storage::View& view);
/// @throws Refusal 422 if the setting names a logo that is not kept
void require_logo(const storage::View& view);

/// What templates need of it: {"path", "width", "height"}; null for none.
Json logo_values(const std::optional<Logo>& logo);

}  // namespace orderd::catalog
