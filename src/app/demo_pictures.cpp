#include "app/demo_pictures.h"

#include <string>

#include "base/actor.h"
#include "base/embedded.h"
#include "catalog/picture.h"
#include "catalog/product.h"

namespace orderd::app {

void add_demo_pictures(storage::Store& store, Time now) {
    for (const auto& [sku, png] : embedded::demo_pictures()) {
        const auto made = catalog::make_picture(std::string(png));
        store.writer().run([&, sku = sku](storage::Transaction& tx) {
            const auto product = catalog::find_by_sku(tx, sku);
            if (!product) {
                return;
            }
            const auto add = [&](const catalog::PictureOwner& owner) {
                catalog::add_picture(tx, owner, made, product->name, "", Actor::system(), now);
            };
            add(catalog::PictureOwner::product(product->id));
            if (product->variant) {
                add(catalog::PictureOwner::group(product->variant->group));
            }
        });
    }
}

}  // namespace orderd::app
