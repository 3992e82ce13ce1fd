#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/actor.h"
#include "base/ids.h"
#include "base/json.h"
#include "base/time.h"
#include "catalog/picture.h"
#include "catalog/sheet_pictures.h"
#include "jobs/jobs.h"
#include "storage/writer.h"

namespace orderd::catalog {

// The pictures that imported files name by their address. The import writes a row and a job for each, in its own
// transaction; the job fetches the file (picture_fetching.h). The same address is never fetched twice for the same
// product, and what is kept of it is used for others. One that failed is tried again when it is imported again; one that
// staff removed is not.

inline constexpr jobs::Kind kFetchPictureJob{"picture.fetch", jobs::Lane::pictures, 6};

/// How many of the pictures of a file an import would want now.
std::int64_t count_new_pictures(const storage::View& view, const std::vector<SheetPicture>& pictures);

/// Wants these pictures of a file, those of products that are there. `import`: called if one is new.
/// @returns how many were new
std::int64_t want_pictures(storage::Transaction& tx, std::span<const SheetPicture> pictures,
                           const std::function<ImportId()>& import, Time now);

/// Removes the pictures that an import brought, and wants no more of it.
void undo_pictures(storage::Transaction& tx, ImportId import, const Actor& actor, Time now);

/// A picture that is waited for.
struct WantedPicture {
    std::int64_t id = 0;
    PictureOwner owner;
    std::string url;
    std::int64_t position = 0;
    std::string alt;
};

/// @returns nullopt if nobody waits for it any more: it is stored, or its import was undone, or its product removed
std::optional<WantedPicture> find_wanted(const storage::View& view, std::int64_t id);

/// The content that is kept of an address, if any product has it.
std::optional<std::int64_t> content_of_url(const storage::View& view, const std::string& url);

/// Adds the picture, unless somebody did meanwhile: a job may run twice.
void store_wanted(storage::Transaction& tx, const WantedPicture& wanted, std::int64_t content, Time now);

/// Records why a try failed. `for_good`: there is no other try.
void note_fault(storage::Transaction& tx, std::int64_t id, const std::string& fault, bool for_good);

/// How far the pictures of an import are: {"wanted", "waiting", "stored", "failed", "faults": [{"url", "product_id",
/// "group_id", "fault"}]}, of the faults the first hundred.
Json pictures_of_import(const storage::View& view, ImportId import);

}  // namespace orderd::catalog
