#pragma once

#include "api/shape.h"

namespace orderd::catalog {

api::Shape public_product_shape();     ///< the result of public_json()
api::Shape admin_product_shape();      ///< the result of admin_json()
api::Shape product_shape();            ///< either of them, for a path that both customers and admins read
api::Shape explained_product_shape();  ///< a product with its holds, movements and open alert
api::Shape movement_shape();
api::Shape alert_shape();
api::Shape import_shape();
api::Shape import_report_shape();

}  // namespace orderd::catalog
