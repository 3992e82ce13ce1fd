#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/language.h"
#include "base/mutex.h"
#include "base/templates.h"
#include "orders/legal_texts.h"
#include "storage/store.h"
#include "storefront/settings.h"

namespace orderd::storefront {

/// What all pages show of the shop. Immutable.
struct Face {
    Settings settings;
    std::string currency;
    const Language* language = &Language::english();  ///< for who asks for none
    std::map<const Language*, Json> shop;  ///< shop_name and shop_address, as every template has them, by the language
    std::string style;                     ///< shop.css in the shop's colours
    std::string style_etag;                ///< with its quotes
    std::map<const Language*, std::vector<orders::LegalVersion>> legal = {};  ///< that hold, by the language
    std::uint64_t generation = 0;  ///< another one after each change of the settings

    std::string style_version() const { return style_etag.substr(1, style_etag.size() - 2); }
};

/// Reads it once for each change of the settings. Thread-safe. May be called by a thread that holds a reader.
class FaceCache {
public:
    FaceCache(storage::Store& store, const Templates& templates) : store_(store), templates_(templates) {}

    std::shared_ptr<const Face> get() EXCLUDES(mutex_);

private:
    storage::Store& store_;
    const Templates& templates_;

    SharedMutex mutex_;
    std::shared_ptr<const Face> face_ GUARDED_BY(mutex_);
};

/// The style's text with these settings' colours, for a face or for a preview of one.
std::string style_of(const Templates& templates, const Settings& settings);

}  // namespace orderd::storefront
