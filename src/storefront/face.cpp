#include "storefront/face.h"

#include "api/response.h"
#include "fulfillment/shop_values.h"
#include "storage/settings.h"
#include "storage/shop_language.h"
#include "storefront/colours.h"

namespace orderd::storefront {

namespace {

// The grounds of pages in shop.css, by day and by night.
constexpr Colour kDay{255, 255, 255};
constexpr Colour kNight{20, 20, 19};

Face read_face(const storage::View& view, const Templates& templates) {
    Face face{.settings = read_settings(view),
              .currency = settings::currency(view),
              .language = &settings::language(view),
              .shop = {},
              .style = {},
              .style_etag = {}};
    for (const auto& language : Language::all()) {
        face.shop.emplace(&language, fulfillment::shop_values(view, language));
        face.legal.emplace(&language, orders::texts_for(view, language));
    }
    face.style = style_of(templates, face.settings);
    face.style_etag = api::etag_of(face.style);
    return face;
}

}  // namespace

std::string style_of(const Templates& templates, const Settings& settings) {
    const auto accent = parse_colour(settings.accent).value_or(*parse_colour(Settings().accent));
    const auto at_night = readable_on(accent, kNight);
    return templates.render("shop.css",
                            {{"accent", to_text(accent)},
                             {"on_accent", to_text(text_on(accent))},
                             {"link", to_text(readable_on(accent, kDay))},
                             {"accent_at_night", to_text(at_night)},
                             {"on_accent_at_night", to_text(text_on(at_night))},
                             {"serif", settings.headings == Lettering::serif}},
                            Language::english());
}

std::shared_ptr<const Face> FaceCache::get() {
    // Read before the snapshot is taken, so that the snapshot is at least as new as this number.
    const auto generation = store_.generation(storage::Topic::settings);
    {
        const ReadLock lock(mutex_);
        if (face_ && face_->generation == generation) {
            return face_;
        }
    }
    auto face = read_face(store_.read_apart(), templates_);
    face.generation = generation;
    auto fresh = std::make_shared<const Face>(std::move(face));
    const WriteLock lock(mutex_);
    face_ = fresh;
    return fresh;
}

}  // namespace orderd::storefront
