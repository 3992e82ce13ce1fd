#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/actor.h"
#include "base/ids.h"
#include "base/json.h"
#include "base/refused.h"
#include "base/time.h"
#include "catalog/picture_content.h"
#include "storage/writer.h"

namespace orderd::catalog {

constexpr std::size_t kMaxAlt = 500;  ///< code points of a picture's text

inline constexpr Refused kTooManyPictures{
    409, "too_many_pictures",
    "The product has as many pictures as it may have; detail says how many. Remove one of them first."};
inline constexpr Refused kOtherPictures{
    409, "other_pictures",
    "The list does not name exactly the pictures that are there: one was added or removed since it was read. `pictures` "
    "has the ids as they are now; read them again."};

/// What a picture shows: a product, or a group of them. Its version grows with each change of its pictures.
struct PictureOwner {
    enum class Kind { product, group };

    Kind kind = Kind::product;
    std::int64_t id = 0;

    static PictureOwner product(ProductId product) { return {Kind::product, number(product)}; }
    static PictureOwner group(GroupId group) { return {Kind::group, number(group)}; }

    bool operator==(const PictureOwner&) const = default;
};

struct Picture {
    PictureId id{};
    std::string alt;
    std::string hash;  ///< bytes
    Extent extent;     ///< of the largest size
};

/// @throws Refusal 404 `not_found`
std::int64_t version_of(const storage::View& view, const PictureOwner& owner);

/// The pictures of one, in their order.
std::vector<Picture> pictures_of(const storage::View& view, const PictureOwner& owner);

/// Adds a picture after the others. Records `product.pictures_changed` (or
/// `product_group.pictures_changed`) and an audit entry, as the functions below do.
///
/// @param file_name  as it was sent, for the audit log; may be empty
/// @throws Refusal 404 `not_found`; 409 `too_many_pictures`
Picture add_picture(storage::Transaction& tx, const PictureOwner& owner, const MadePicture& made,
                    const std::string& alt, std::string_view file_name, const Actor& actor, Time now);

/// A content that is kept already, and where its picture goes.
struct KeptContent {
    std::int64_t content = 0;
    std::optional<std::int64_t> position = {};  ///< nullopt: after the others
};
Picture add_picture(storage::Transaction& tx, const PictureOwner& owner, const KeptContent& kept,
                    const std::string& alt, const Actor& actor, Time now);

struct ArrangedPicture {
    PictureId id{};
    std::optional<std::string> alt = {};  ///< nullopt: stays as it is
};

/// Sets the order of all pictures, and their texts. If nothing differs, nothing is done.
///
/// @throws Refusal 404 `not_found`; 409 `other_pictures` if they are not exactly those that are there
void arrange_pictures(storage::Transaction& tx, const PictureOwner& owner, const std::vector<ArrangedPicture>& wanted,
                      const Actor& actor, Time now);

/// @throws Refusal 404 `not_found`
void remove_picture(storage::Transaction& tx, const PictureOwner& owner, PictureId picture, const Actor& actor,
                    Time now);

/// {"id", "url", "width", "height", "alt", "sizes": [{"width", "height", "url"}]}; url, width and height are those of the
/// largest size.
Json to_json(const Picture& picture);
Json to_json(const std::vector<Picture>& pictures);

/// Adds the member "pictures" to each of some descriptions, which have an "id": by one query for products, and one for
/// groups. They are of this kind, unless they say another ("kind": "group").
Json with_pictures(const storage::View& view, Json list, PictureOwner::Kind kind = PictureOwner::Kind::product);

}  // namespace orderd::catalog
