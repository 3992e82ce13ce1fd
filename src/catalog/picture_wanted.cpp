#include "catalog/picture_wanted.h"

#include <fmt/format.h>

#include "base/errors.h"
#include "catalog/product.h"
#include "outgoing/client.h"

namespace orderd::catalog {

namespace {

constexpr std::int64_t kMostFaultsShown = 100;

constexpr auto kWantedOfProduct = "SELECT id, status FROM picture_wanted WHERE product_id = ?1 AND url = ?2";
constexpr auto kWantedOfGroup = "SELECT id, status FROM picture_wanted WHERE group_id = ?1 AND url = ?2";
constexpr auto kInsertWanted = R"sql(
    INSERT INTO picture_wanted (import_id, product_id, group_id, url, position, alt)
    VALUES (?1, iif(?2, NULL, ?3), iif(?2, ?3, NULL), ?4, ?5, ?6)
)sql";
constexpr auto kWantAgain = R"sql(
    UPDATE picture_wanted SET status = 'wanted', fault = '', import_id = ?2, position = ?3, alt = ?4 WHERE id = ?1
)sql";
constexpr auto kContentOfUrl = R"sql(
    SELECT p.content_id FROM picture_wanted w JOIN picture p ON p.id = w.picture_id
     WHERE w.url = ?1 AND w.status = 'stored' LIMIT 1
)sql";
constexpr auto kFindWanted = R"sql(
    SELECT id, product_id, group_id, url, position, alt FROM picture_wanted WHERE id = ?1 AND status = 'wanted'
)sql";
constexpr auto kStoredNow = "UPDATE picture_wanted SET status = 'stored', fault = '', picture_id = ?2 WHERE id = ?1";
constexpr auto kFault = R"sql(
    UPDATE picture_wanted SET status = iif(?3, 'failed', status), fault = ?2 WHERE id = ?1 AND status = 'wanted'
)sql";
constexpr auto kCounts = "SELECT status, count(*) FROM picture_wanted WHERE import_id = ?1 GROUP BY status";
constexpr auto kFaultsOfImport = R"sql(
    SELECT url, product_id, group_id, fault FROM picture_wanted
     WHERE import_id = ?1 AND status = 'failed' ORDER BY id LIMIT ?2
)sql";
constexpr auto kOfImport = R"sql(
    SELECT w.picture_id, p.product_id, p.group_id FROM picture_wanted w JOIN picture p ON p.id = w.picture_id
     WHERE w.import_id = ?1 AND w.status = 'stored'
)sql";
constexpr auto kForgetWanted = "DELETE FROM picture_wanted WHERE import_id = ?1";

bool of_group(const PictureOwner& owner) { return owner.kind == PictureOwner::Kind::group; }

PictureOwner read_owner(const storage::Row& row, int column) {
    const auto product = row.get<std::optional<std::int64_t>>(column);
    return product ? PictureOwner{PictureOwner::Kind::product, *product}
                   : PictureOwner{PictureOwner::Kind::group, row.get<std::int64_t>(column + 1)};
}

std::optional<PictureOwner> owner_of(const storage::View& view, const SheetPicture& picture) {
    const auto product = find_by_sku(view, picture.sku);
    if (!product) {
        return std::nullopt;
    }
    const bool of_all = product->variant && !picture.of_variant;
    return of_all ? PictureOwner::group(product->variant->group) : PictureOwner::product(product->id);
}

struct Known {
    std::int64_t id = 0;
    bool failed = false;
};

std::optional<Known> find_known(const storage::View& view, const PictureOwner& owner, const std::string& url) {
    return view.first(
        of_group(owner) ? kWantedOfGroup : kWantedOfProduct,
        [](const storage::Row& row) {
            return Known{row.get<std::int64_t>(0), row.get<std::string_view>(1) == "failed"};
        },
        owner.id, url);
}

void add_fetch_job(storage::Transaction& tx, std::int64_t id, const std::string& url, Time now) {
    jobs::add(tx,
              {.kind = kFetchPictureJob,
               .payload = {{"wanted_id", id}},
               .run_at = now,
               .dedupe_key = jobs::key_of(kFetchPictureJob, id),
               .party = outgoing::host_of_url(url)},
              now);
}

}  // namespace

std::int64_t count_new_pictures(const storage::View& view, const std::vector<SheetPicture>& pictures) {
    std::int64_t count = 0;
    for (const auto& picture : pictures) {
        const auto owner = owner_of(view, picture);
        const auto known = owner ? find_known(view, *owner, picture.url) : std::nullopt;
        count += !known || known->failed ? 1 : 0;
    }
    return count;
}

std::int64_t want_pictures(storage::Transaction& tx, std::span<const SheetPicture> pictures,
                           const std::function<ImportId()>& import, Time now) {
    std::int64_t count = 0;
    for (const auto& picture : pictures) {
        const auto owner = owner_of(tx, picture);
        if (!owner) {
            continue;
        }
        auto known = find_known(tx, *owner, picture.url);
        if (known && !known->failed) {
            continue;
        }
        if (known) {
            tx.run(kWantAgain, known->id, import(), picture.position, picture.alt);
        } else {
            known = Known{.id = tx.insert(kInsertWanted, import(), of_group(*owner), owner->id, picture.url,
                                          picture.position, picture.alt)};
        }
        add_fetch_job(tx, known->id, picture.url, now);
        ++count;
    }
    return count;
}

void undo_pictures(storage::Transaction& tx, ImportId import, const Actor& actor, Time now) {
    struct Stored {
        PictureId picture;
        PictureOwner owner;
    };
    std::vector<Stored> stored;
    tx.each(
        kOfImport,
        [&](const storage::Row& row) {
            stored.push_back({row.get<PictureId>(0), read_owner(row, 1)});
        },
        import);
    for (const auto& [picture, owner] : stored) {
        remove_picture(tx, owner, picture, actor, now);
    }
    tx.run(kForgetWanted, import);
}

std::optional<WantedPicture> find_wanted(const storage::View& view, std::int64_t id) {
    return view.first(
        kFindWanted,
        [](const storage::Row& row) {
            return WantedPicture{.id = row.get<std::int64_t>(0),
                                 .owner = read_owner(row, 1),
                                 .url = row.get<std::string>(3),
                                 .position = row.get<std::int64_t>(4),
                                 .alt = row.get<std::string>(5)};
        },
        id);
}

std::optional<std::int64_t> content_of_url(const storage::View& view, const std::string& url) {
    return view.value<std::int64_t>(kContentOfUrl, url);
}

void store_wanted(storage::Transaction& tx, const WantedPicture& wanted, std::int64_t content, Time now) {
    if (!find_wanted(tx, wanted.id)) {
        return;
    }
    const auto failure = tx.try_apart([&] {
        const auto picture = add_picture(tx, wanted.owner, {.content = content, .position = wanted.position},
                                         wanted.alt, Actor::system(), now);
        tx.run(kStoredNow, wanted.id, picture.id);
    });
    if (!failure) {
        return;
    }
    try {
        std::rethrow_exception(failure);
    } catch (const Refusal& refusal) {  // the product has as many as it may have
        note_fault(tx, wanted.id, refusal.detail(), true);
    }
}

void note_fault(storage::Transaction& tx, std::int64_t id, const std::string& fault, bool for_good) {
    tx.run(kFault, id, fault, for_good);
}

Json pictures_of_import(const storage::View& view, ImportId import) {
    std::int64_t waiting = 0;
    std::int64_t stored = 0;
    std::int64_t failed = 0;
    view.each(
        kCounts,
        [&](const storage::Row& row) {
            const auto status = row.get<std::string_view>(0);
            (status == "stored" ? stored : status == "failed" ? failed : waiting) = row.get<std::int64_t>(1);
        },
        import);
    Json faults = Json::array();
    view.each(
        kFaultsOfImport,
        [&](const storage::Row& row) {
            const auto owner = read_owner(row, 1);
            const auto id = Json(owner.id);
            faults.push_back(json_object({{"url", row.get<std::string>(0)},
                                          {"product_id", of_group(owner) ? Json(nullptr) : id},
                                          {"group_id", of_group(owner) ? id : Json(nullptr)},
                                          {"fault", row.get<std::string>(3)}}));
        },
        import, kMostFaultsShown);
    return {{"wanted", waiting + stored + failed},
            {"waiting", waiting},
            {"stored", stored},
            {"failed", failed},
            {"faults", std::move(faults)}};
}

}  // namespace orderd::catalog
