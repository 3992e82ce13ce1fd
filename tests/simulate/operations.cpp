#include "simulate/tables.h"

namespace orderd::tests {

const std::vector<Operation>& operations() {
    static const auto all = [] {
        std::vector<Operation> rows;
        for (const auto& part : {selling(), packing(), keeping(), pricing(), accidents()}) {
            rows.insert(rows.end(), part.begin(), part.end());
        }
        return rows;
    }();
    return all;
}

const std::vector<std::string_view>& further_kinds() {
    static const std::vector<std::string_view> all{
        "answer late",
        "asked again after no answer",
        "beside another",
        "call late",
        "call lost after its effect",
        "call lost before its effect",
        "call never sent",
        "call refused for now",
        "call twice",
        "card captured",
        "card declined",
        "credit_note read",
        "customer erased",
        "delivery method changed",
        "delivery method made",
        "disk full",
        "discount code made",
        "discount of staff",
        "file imported",
        "import undone",
        "invoice issued by hand",
        "invoice read",
        "large file imported",
        "job order.expire",
        "job payment.ask_after_restore",
        "job payment.capture",
        "job payment.charge",
        "job payment.refund",
        "job payment.settle",
        "job payment.void",
        "job shipment.label",
        "job shipment.void",
        "job tidy",
        "mail lost after it was taken",
        "mail taken",
        "money received by hand",
        "order cancelled",
        "order moved",
        "order not moved, as it is paid",
        "order placed",
        "order placed that is fetched",
        "order placed that is shipped",
        "order placed with a code",
        "order ready to be fetched",
        "order refused for its code",
        "order refused for stock",
        "parcel given up",
        "parcel started",
        "parcels said to be delivered",
        "parcels said to be in_transit",
        "payment answered 201",
        "payment answered 202",
        "payment voided",
        "power failed",
        "power fails in a restore",
        "power fails while it starts",
        "product removed",
        "read error",
        "receiver refuses",
        "refund by card",
        "refund given up",
        "refund sent by hand",
        "refund to be sent by hand",
        "rest cancelled",
        "sector kept that was not synced",
        "sector lost that was not synced",
        "settings changed",
        "stock adjusted",
        "sync error",
        "torn file",
        "truncation undone",
        "units came back",
        "webhook delivered",
        "webhook of the gateway not taken",
        "webhook of the gateway taken",
        "write error",
    };
    return all;
}

}  // namespace orderd::tests
