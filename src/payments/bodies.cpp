#include "payments/bodies.h"

namespace orderd::payments {

std::string_view name_of(const PaymentMethod& method) {
    if (std::holds_alternative<ByBankTransfer>(method)) {
        return "bank_transfer";
    }
    if (std::holds_alternative<ByCash>(method)) {
        return "cash";
    }
    if (std::holds_alternative<ByTerminal>(method)) {
        return "terminal";
    }
    return std::holds_alternative<ByCashOnDelivery>(method) ? "cash_on_delivery" : "card";
}

bool is_at_counter(const PaymentMethod& method) {
    return std::holds_alternative<ByCash>(method) || std::holds_alternative<ByTerminal>(method);
}

}  // namespace orderd::payments

namespace orderd::api {

using namespace payments;
using orders::Units;

Declared<ByCard> Fields<ByCard>::value() {
    return object<ByCard>(
        "CardPayment",
        {optional("number", &ByCard::number,
                  Shape::text(1, 40)
                      .described("with the sandbox alone; real cards go to their gateway from the browser")
                      .example("4242 4242 4242 4242")),
         optional("exp_month", &ByCard::exp_month, Shape::integer(1, 12).example(12)),
         optional("exp_year", &ByCard::exp_year, Shape::integer(2000, 2999).example(2040)),
         optional("cvc", &ByCard::cvc, Shape::text(1, 8).example("123")),
         optional("token", &ByCard::token,
                  Shape::text(1, 255).described("instead of the card: the gateway's, such as ctoken_… or pm_…"))
             .not_in_example()});
}

Declared<ByBankTransfer> Fields<ByBankTransfer>::value() { return object<ByBankTransfer>("BankTransferPayment", {}); }

Declared<ByCashOnDelivery> Fields<ByCashOnDelivery>::value() {
    return object<ByCashOnDelivery>("CashOnDeliveryPayment", {});
}

Declared<ByCash> Fields<ByCash>::value() { return object<ByCash>("CashPayment", {}); }
Declared<ByTerminal> Fields<ByTerminal>::value() { return object<ByTerminal>("TerminalPayment", {}); }

Declared<PaymentMethod> Fields<PaymentMethod>::value() {
    return tagged<PaymentMethod>(
        "type",
        {alternative<PaymentMethod, ByCard>("card"), alternative<PaymentMethod, ByBankTransfer>("bank_transfer"),
         alternative<PaymentMethod, ByCashOnDelivery>("cash_on_delivery"), alternative<PaymentMethod, ByCash>("cash"),
         alternative<PaymentMethod, ByTerminal>("terminal")});
}

Declared<NewPayment> Fields<NewPayment>::value() {
    return object<NewPayment>(
        "NewPayment",
        {field("order_id", &NewPayment::order_id, orders::order_number()),
         field("method", &NewPayment::method, shape_of<PaymentMethod>()),
         optional("amount", &NewPayment::amount, Shape::money().described("if present, it must be what is owed"))
             .not_in_example(),
         optional("return_url", &NewPayment::return_url,
                  Shape::text(1, 2000)
                      .described("where the customer returns after a confirmation (3-D Secure); the shop's own "
                                 "address if absent")
                      .example("https://shop.example.com/thanks"))});
}

Declared<PaymentConfirmation> Fields<PaymentConfirmation>::value() {
    return object<PaymentConfirmation>("PaymentConfirmation", {});
}

Declared<Capture> Fields<Capture>::value() {
    return object<Capture>(
        "Capture",
        {optional("amount", &Capture::amount, Shape::integer(1, kMaxTotal.minor).described("all of it if absent"))
             .not_in_example(),
         optional("reference", &Capture::reference,
                  Shape::text(0, 500).described("a bank transfer's text, a receipt's number"))});
}

Declared<PaymentVoid> Fields<PaymentVoid>::value() { return object<PaymentVoid>("PaymentVoid", {}); }

Declared<NewRefund> Fields<NewRefund>::value() {
    return object<NewRefund>(
        "NewRefund",
        {optional("amount", &NewRefund::amount,
                  Shape::integer(1, kMaxTotal.minor).described("all that is left if absent")),
         optional("reason", &NewRefund::reason, Shape::text(0, 500)),
         optional("restock", &NewRefund::restock,
                  Shape::list(shape_of<Units>(), 0, 200).described("units that came back and are on sale again"))
             .not_in_example()});
}

}  // namespace orderd::api
