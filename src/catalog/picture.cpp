#include "catalog/picture.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "base/budgets.h"
#include "base/errors.h"
#include "storage/events.h"

namespace orderd::catalog {

namespace {

constexpr auto kOfProduct = R"sql(
    SELECT p.id, p.alt, c.hash, c.width, c.height
      FROM picture p JOIN picture_content c ON c.id = p.content_id
     WHERE p.product_id = ?1 ORDER BY p.position, p.id
)sql";
constexpr auto kOfGroup = R"sql(
    SELECT p.id, p.alt, c.hash, c.width, c.height
      FROM picture p JOIN picture_content c ON c.id = p.content_id
     WHERE p.group_id = ?1 ORDER BY p.position, p.id
)sql";
constexpr auto kOfProducts = R"sql(
    SELECT p.id, p.alt, c.hash, c.width, c.height, p.product_id
      FROM json_each(?1) AS wanted
           JOIN picture p ON p.product_id = wanted.value JOIN picture_content c ON c.id = p.content_id
     ORDER BY p.product_id, p.position, p.id
)sql";
constexpr auto kOfGroups = R"sql(
    SELECT p.id, p.alt, c.hash, c.width, c.height, p.group_id
      FROM json_each(?1) AS wanted
           JOIN picture p ON p.group_id = wanted.value JOIN picture_content c ON c.id = p.content_id
     ORDER BY p.group_id, p.position, p.id
)sql";
constexpr auto kInsertPicture = R"sql(
    INSERT INTO picture (product_id, group_id, position, alt, content_id, created_at)
    VALUES (iif(?1, NULL, ?2), iif(?1, ?2, NULL), ?3, ?4, ?5, ?6)
)sql";
constexpr auto kContentOf = "SELECT hash, width, height FROM picture_content WHERE id = ?1";
constexpr auto kArrange = "UPDATE picture SET position = ?2, alt = ?3 WHERE id = ?1";
constexpr auto kRemovePicture = "DELETE FROM picture WHERE id = ?1";
constexpr auto kLastOfProduct = "SELECT coalesce(max(position), 0) FROM picture WHERE product_id = ?1";
constexpr auto kLastOfGroup = "SELECT coalesce(max(position), 0) FROM picture WHERE group_id = ?1";
constexpr auto kProductChanged = "UPDATE product SET version = version + 1, updated_at = ?2 WHERE id = ?1";
constexpr auto kGroupChanged = "UPDATE product_group SET version = version + 1, updated_at = ?2 WHERE id = ?1";
constexpr auto kSkuOf = "SELECT sku FROM product WHERE id = ?1";
constexpr auto kVersionOfProduct = "SELECT version FROM product WHERE id = ?1";
constexpr auto kVersionOfGroup = "SELECT version FROM product_group WHERE id = ?1";

bool is_group(const PictureOwner& owner) { return owner.kind == PictureOwner::Kind::group; }

Extent read_extent(const storage::Row& row, int column) {
    return {.width = static_cast<std::size_t>(row.get<std::int64_t>(column)),
            .height = static_cast<std::size_t>(row.get<std::int64_t>(column + 1))};
}

Picture read_row_of_picture(const storage::Row& row) {
    return {.id = row.get<PictureId>(0),
            .alt = row.get<std::string>(1),
            .hash = row.get<std::string>(2),
            .extent = read_extent(row, 3)};
}

/// As events and the audit log tell of pictures.
Json briefly(const std::vector<Picture>& pictures) {
    Json list = Json::array();
    for (const auto& picture : pictures) {
        list.push_back({{"id", number(picture.id)}, {"alt", picture.alt}});
    }
    return list;
}

/// A change of its pictures is a change of a product, with its version.
void note_change(storage::Transaction& tx, const PictureOwner& owner, std::string_view action,
                 const std::vector<Picture>& before, Json after, const Actor& actor, Time now) {
    Json ids = Json::array();
    for (const auto& picture : pictures_of(tx, owner)) {
        ids.push_back(number(picture.id));
    }
    const events::Subject subject{is_group(owner) ? "product_group" : "product", owner.id};
    Json body{{"pictures", std::move(ids)}};
    if (is_group(owner)) {
        tx.run(kGroupChanged, owner.id, now);
        events::record(tx, "product_group.pictures_changed", subject, body, actor, now);
    } else {
        tx.run(kProductChanged, owner.id, now);
        body["sku"] = tx.value<std::string>(kSkuOf, owner.id).value();
        events::record(tx, "product.pictures_changed", subject, body, actor, now);
    }
    audit::record(tx, action, subject, {{"pictures", briefly(before)}}, after, actor, now);
    tx.touched(storage::Topic::catalog);
}

Picture insert_picture(storage::Transaction& tx, const PictureOwner& owner, const KeptContent& kept,
                       const std::string& alt, std::string_view file_name, const Actor& actor, Time now) {
    version_of(tx, owner);  // it is there
    const auto before = pictures_of(tx, owner);
    if (before.size() >= budget::kPicturesOfProduct) {
        throw Refusal(kTooManyPictures,
                      fmt::format("there are {} pictures already, which is the most that it may have", before.size()));
    }
    const auto last = tx.value<std::int64_t>(is_group(owner) ? kLastOfGroup : kLastOfProduct, owner.id).value();
    const PictureId id{
        tx.insert(kInsertPicture, is_group(owner), owner.id, kept.position.value_or(last + 1), alt, kept.content, now)};
    auto picture =
        tx.first(
              kContentOf,
              [&](const storage::Row& row) {
                  return Picture{.id = id, .alt = alt, .hash = row.get<std::string>(0), .extent = read_extent(row, 1)};
              },
              kept.content)
            .value();
    Json after{{"pictures", briefly(pictures_of(tx, owner))}};
    if (!file_name.empty()) {
        after["file"] = file_name;
    }
    note_change(tx, owner, "product.picture_add", before, std::move(after), actor, now);
    return picture;
}

}  // namespace

std::int64_t version_of(const storage::View& view, const PictureOwner& owner) {
    const auto version = view.value<std::int64_t>(is_group(owner) ? kVersionOfGroup : kVersionOfProduct, owner.id);
    if (!version) {
        throw not_found(is_group(owner) ? "product group" : "product");
    }
    return *version;
}

std::vector<Picture> pictures_of(const storage::View& view, const PictureOwner& owner) {
    std::vector<Picture> found;
    view.each(
        is_group(owner) ? kOfGroup : kOfProduct,
        [&](const storage::Row& row) { found.push_back(read_row_of_picture(row)); }, owner.id);
    return found;
}

Picture add_picture(storage::Transaction& tx, const PictureOwner& owner, const MadePicture& made,
                    const std::string& alt, std::string_view file_name, const Actor& actor, Time now) {
    return insert_picture(tx, owner, {.content = keep_content(tx, made, now)}, alt, file_name, actor, now);
}

Picture add_picture(storage::Transaction& tx, const PictureOwner& owner, const KeptContent& kept,
                    const std::string& alt, const Actor& actor, Time now) {
    return insert_picture(tx, owner, kept, alt, "", actor, now);
}

void arrange_pictures(storage::Transaction& tx, const PictureOwner& owner, const std::vector<ArrangedPicture>& wanted,
                      const Actor& actor, Time now) {
    version_of(tx, owner);  // it is there
    const auto before = pictures_of(tx, owner);
    std::unordered_map<std::int64_t, const Picture*> known;
    Json ids = Json::array();
    for (const auto& picture : before) {
        known.emplace(number(picture.id), &picture);
        ids.push_back(number(picture.id));
    }
    std::vector<Picture> after;
    for (const auto& [id, alt] : wanted) {
        const auto found = known.find(number(id));
        if (found == known.end()) {
            break;  // there is no such picture, or it is named twice
        }
        after.push_back(*found->second);
        after.back().alt = alt.value_or(after.back().alt);
        known.erase(found);
    }
    if (after.size() != wanted.size() || !known.empty()) {
        throw Refusal(kOtherPictures, "the list does not name each picture that is there once, and no others")
            .with("pictures", std::move(ids));
    }
    const bool same = std::equal(after.begin(), after.end(), before.begin(), before.end(),
                                 [](const auto& a, const auto& b) { return a.id == b.id && a.alt == b.alt; });
    if (same) {
        return;
    }
    std::int64_t position = 0;
    for (const auto& picture : after) {
        tx.run(kArrange, picture.id, ++position, picture.alt);
    }
    note_change(tx, owner, "product.picture_arrange", before, {{"pictures", briefly(after)}}, actor, now);
}

void remove_picture(storage::Transaction& tx, const PictureOwner& owner, PictureId picture, const Actor& actor,
                    Time now) {
    version_of(tx, owner);  // it is there
    const auto before = pictures_of(tx, owner);
    if (std::none_of(before.begin(), before.end(), [&](const Picture& one) { return one.id == picture; })) {
        throw not_found("picture");
    }
    tx.run(kRemovePicture, picture);
    note_change(tx, owner, "product.picture_remove", before, {{"pictures", briefly(pictures_of(tx, owner))}}, actor,
                now);
}

Json to_json(const Picture& picture) {
    Json sizes = Json::array();
    std::string url;
    for (const auto& [side, extent] : sizes_of(picture.extent)) {
        url = picture_url(picture.hash, side);
        sizes.push_back(json_object({{"width", extent.width}, {"height", extent.height}, {"url", url}}));
    }
    return {{"id", number(picture.id)},        {"url", url},         {"width", picture.extent.width},
            {"height", picture.extent.height}, {"alt", picture.alt}, {"sizes", std::move(sizes)}};
}

Json to_json(const std::vector<Picture>& pictures) {
    Json list = Json::array();
    for (const auto& picture : pictures) {
        list.push_back(to_json(picture));
    }
    return list;
}

Json with_pictures(const storage::View& view, Json list, PictureOwner::Kind kind) {
    std::unordered_map<std::int64_t, Json*> of_products;
    std::unordered_map<std::int64_t, Json*> of_groups;
    for (auto& one : list) {
        auto& pictures = one["pictures"] = Json::array();
        const auto said = one.value("kind", kind == PictureOwner::Kind::group ? "group" : "product");
        (said == "group" ? of_groups : of_products).emplace(one.at("id").get<std::int64_t>(), &pictures);
    }
    const auto fill = [&](const char* sql, const std::unordered_map<std::int64_t, Json*>& lists) {
        Json ids = Json::array();
        for (const auto& [id, pictures] : lists) {
            ids.push_back(id);
        }
        const auto add = [&](const storage::Row& row) {
            lists.at(row.get<std::int64_t>(5))->push_back(to_json(read_row_of_picture(row)));
        };
        if (!lists.empty()) {
            view.each(sql, add, json_text(ids));
        }
    };
    fill(kOfProducts, of_products);
    fill(kOfGroups, of_groups);
    return list;
}

}  // namespace orderd::catalog
