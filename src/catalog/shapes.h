#pragma once

#include "http/shape.h"

namespace orderd::catalog {

http::Shape public_product_shape();     ///< what public_json() makes
http::Shape admin_product_shape();      ///< what admin_json() makes
http::Shape product_shape();            ///< either: what a path answers that both customers and admins read
http::Shape explained_product_shape();  ///< a product with its holds, movements and open alert
http::Shape new_product_shape();
http::Shape product_update_shape();
http::Shape movement_shape();
http::Shape alert_shape();
http::Shape import_shape();
http::Shape import_report_shape();

}  // namespace orderd::catalog
