#include "app/following.h"

#include "documents/following.h"
#include "orders/awaited.h"

namespace orderd::app {

void follow(storage::Transaction& tx) {
    orders::share_out_stock(tx);
    documents::follow(tx);
}

}  // namespace orderd::app
