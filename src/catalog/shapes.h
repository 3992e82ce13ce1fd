#pragma once

#include "api/shape.h"

namespace orderd::catalog {

api::Shape handle_shape();             ///< of a page
api::Shape price_per_shape();          ///< the result of price_per_json()
api::Shape public_product_shape();     ///< the result of public_json()
api::Shape admin_product_shape();      ///< the result of admin_json()
api::Shape product_shape();            ///< either of them, for a path that both customers and admins read
api::Shape explained_product_shape();  ///< a product with its holds, movements and open alert
api::Shape group_shape();              ///< the result of group_json()
api::Shape whole_group_shape();        ///< … with its variants
api::Shape entry_shape();              ///< an element of entries_json()
api::Shape whole_entry_shape();        ///< … with the variants that are for sale
api::Shape picture_shape();
api::Shape pictures_shape();         ///< a product's
api::Shape import_pictures_shape();  ///< the result of pictures_of_import()
api::Shape movement_shape();
api::Shape alert_shape();
api::Shape import_shape();
api::Shape import_report_shape();

}  // namespace orderd::catalog
