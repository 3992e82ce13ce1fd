#include "orders/billing_details.h"

#include <vector>

#include "base/text.h"

namespace orderd::orders {

std::optional<Billing> billing_of(const std::optional<BillingDetails>& details) {
    if (!details) {
        return std::nullopt;
    }
    Billing billing{.name = std::string(trimmed(details->name)),
                    .company = std::string(trimmed(details->company)),
                    .vat_id = vat_id_key(details->vat_id),
                    .address = details->address};
    std::vector<Fault> faults;
    if (!billing.vat_id.empty() && !has_vat_id_form(billing.vat_id)) {
        faults.push_back({"/billing/vat_id", "does not have the form of its country's VAT IDs: DE123456789"});
    }
    if (billing.name.empty() && billing.company.empty()) {
        faults.push_back({"/billing", "needs a name or a company"});
    }
    if (billing.address) {
        billing.address = accounts::without_margins(*billing.address);
        accounts::check(*billing.address, "/billing/address", faults);
    }
    if (!faults.empty()) {
        throw Refusal(std::move(faults));
    }
    return billing;
}

}  // namespace orderd::orders

namespace orderd::api {

using accounts::Address;
using orders::BillingDetails;

Declared<BillingDetails> Fields<BillingDetails>::value() {
    return object<BillingDetails>(
        "Billing",
        {optional("name", &BillingDetails::name, Shape::text(0, 200).example("Ada Lovelace")),
         optional("company", &BillingDetails::company, Shape::text(0, 200).example("Analytical Engines GmbH")),
         optional("vat_id", &BillingDetails::vat_id,
                  Shape::text(0, 30)
                      .described("of a business; tax is charged until staff verified it")
                      .example("DE123456789")),
         optional("address", &BillingDetails::address,
                  shape_of<Address>().nullable().described("null: the shipping address"))});
}

}  // namespace orderd::api
