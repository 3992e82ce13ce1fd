#include "catalog/logo.h"

#include <fmt/format.h>

#include "base/errors.h"
#include "base/text.h"
#include "catalog/picture_content.h"
#include "catalog/picture_file.h"
#include "storage/events.h"
#include "storage/numbering.h"
#include "storage/settings.h"
#include "storage/vault.h"

namespace orderd::catalog {

namespace {

constexpr std::size_t kLogoSide = 480;  ///< pixels: it is shown at most a third as wide, on screens of three per dot
constexpr std::size_t kLogoHash = 40;   ///< digits

constexpr auto kKeepLogo =
    "INSERT INTO logo (id, hash, width, height, bytes, created_at) VALUES (" ORDERD_NEXT_ID("logo") ", ?1, ?2, ?3, ?4, ?5) "
    "ON CONFLICT (hash) DO UPDATE SET created_at = excluded.created_at";
constexpr auto kRemoveLogos = R"sql(
    DELETE FROM logo WHERE hash <> ?1 AND id NOT IN (SELECT id FROM logo ORDER BY created_at DESC, id DESC LIMIT 10)
)sql";
constexpr auto kFindLogo = "SELECT width, height FROM logo WHERE hash = ?1";
constexpr auto kIdOfLogo = "SELECT id FROM logo WHERE hash = ?1";
constexpr auto kLogoBytes = "SELECT bytes FROM logo WHERE hash = ?1";

std::string hash_in_setting(const storage::View& view) {
    const auto value = read_logo_setting(view);
    return value.is_string() ? value.get<std::string>() : "";
}

}  // namespace

std::string Logo::path() const { return fmt::format("logo/{}.webp", hash); }

MadeLogo make_logo(std::string file) {
    const MutexLock lock(one_picture_at_a_time());
    auto pixels = read_picture(file, kLogoSide);
    std::string().swap(file);
    MadeLogo made{.logo = {.hash = {}, .extent = pixels.extent}, .bytes = {}};
    made.bytes = write_webp(std::move(pixels));
    made.logo.hash = to_hex(storage::hash_of_token(made.bytes)).substr(0, kLogoHash);
    return made;
}

void keep_logo(storage::Transaction& tx, const MadeLogo& made, const Actor& actor, Time now) {
    const auto& [hash, extent] = made.logo;
    tx.run(kKeepLogo, hash, extent.width, extent.height, storage::Blob{made.bytes}, now);
    tx.run(kRemoveLogos, hash_in_setting(tx));
    const events::Subject subject{"logo", tx.value<std::int64_t>(kIdOfLogo, hash).value()};
    const Json what{{"hash", hash}};
    events::record(tx, "logo.added", subject, what, actor, now);
    audit::record(tx, "logo.add", subject, nullptr, what, actor, now);
}

std::optional<Logo> find_logo(const storage::View& view, std::string_view hash) {
    const auto read = [&](const storage::Row& row) {
        return Logo{.hash = std::string(hash),
                    .extent = {.width = static_cast<std::size_t>(row.get<std::int64_t>(0)),
                               .height = static_cast<std::size_t>(row.get<std::int64_t>(1))}};
    };
    return view.first(kFindLogo, read, hash);
}

std::optional<Logo> logo_of_shop(const storage::View& view) {
    const auto hash = hash_in_setting(view);
    return hash.empty() ? std::nullopt : find_logo(view, hash);
}

std::shared_ptr<const std::string> logo_bytes(const storage::View& view, std::string_view hash) {
    auto bytes = view.value<std::string>(kLogoBytes, hash);
    return bytes ? std::make_shared<const std::string>(std::move(*bytes)) : nullptr;
}

api::Shape logo_setting_shape() {
    return api::Shape::text(kLogoHash, kLogoHash)
        .nullable()
        .described(
            "the hash of a logo that POST /admin/logos took; it stands at the head of pages and mails. null: the "
            "shop's name does")
        .example("0123456789abcdef0123456789abcdef01234567");
}

Json read_logo_setting(const storage::View& view) { return settings::read(view, kLogo).value_or(nullptr); }

void require_logo(const storage::View& view) {
    const auto hash = hash_in_setting(view);
    if (!hash.empty() && !find_logo(view, hash)) {
        throw invalid("/logo", "is not the hash of a logo that was sent; send its file again");
    }
}

Json logo_values(const std::optional<Logo>& logo) {
    if (!logo) {
        return nullptr;
    }
    return {{"path", logo->path()}, {"width", logo->extent.width}, {"height", logo->extent.height}};
}

}  // namespace orderd::catalog
