#include "notify/event_table.h"

#include <array>

namespace orderd::notify {

namespace {

constexpr EventMember kOrderPlaced[] = {
    {"total", Is::sum}, {"managed_by", Is::id}, {"items", Is::placed, "units that are reserved"}};
constexpr EventMember kItemsReleased[] = {{"reason", Is::word, "what staff or the customer said of it", Has::absent},
                                          {"items", Is::moved, "units that are on sale again"}};
constexpr EventMember kItemsReturned[] = {{"return_id", Is::id, "the return's number"},
                                          {"restocked", Is::flag, "whether they are in stock again"},
                                          {"refund", Is::sum, "what goes back for them, in minor units"},
                                          {"items", Is::moved, "units that came back"}};
constexpr EventMember kAwaitedChanged[] = {{"item_id", Is::id},
                                           {"product_id", Is::id},
                                           {"awaited_before", Is::count, "units that were not in stock before"},
                                           {"awaited", Is::count, "units that are not in stock yet"}};
constexpr EventMember kTotalChanged[] = {{"total_before", Is::sum, "what it was, in minor units"}, {"total", Is::sum}};
constexpr EventMember kEdited[] = {
    {"reason", Is::word, "why, for the shop's own people"},
    {"added", Is::list, "new lines: item_id, product_id, quantity and unit_price of each"},
    {"changed", Is::list, "lines with another quantity: item_id, product_id, quantity and quantity_before of each"},
    {"subtotal", Is::sum, "what its lines cost now, in minor units"},
    {"discount", Is::sum, "what is taken off that now, in minor units"},
    {"staff_discount", Is::sum, "what of it staff took off, in minor units"}};
constexpr EventMember kTotal[] = {{"total", Is::sum}};
constexpr EventMember kTagsChanged[] = {
    {"added", Is::ids, "tags that it got: their numbers, which only the shop can read"},
    {"removed", Is::ids, "tags that it lost"}};
constexpr EventMember kComment[] = {{"comment_id", Is::id, "the comment's number; its text is in no event"}};
constexpr EventMember kBackupLate[] = {
    {"newest", Is::time, "when the newest one was made; null: there is none", Has::null}};
constexpr EventMember kShipsOwed[] = {{"balance", Is::sum, "what is owed, in minor units"}};
constexpr EventMember kDiscounted[] = {{"staff_discount", Is::sum, "all that staff took off, in minor units"}};
constexpr EventMember kHeld[] = {{"until", Is::time, "null: without an end", Has::null}};
constexpr EventMember kRecipientChanged[] = {{"fields", Is::words, "names of what changed"}};
constexpr EventMember kBillingChanged[] = {{"vat_id_verified", Is::flag, "whether staff verified the VAT ID"}};
constexpr EventMember kLanguageChanged[] = {{"from", Is::word, "the language before"},
                                            {"to", Is::word, "the language now"}};
constexpr EventMember kReassigned[] = {{"from", Is::id, "who managed it"}, {"to", Is::id, "who does now"}};
constexpr EventMember kOfPayment[] = {{"order_id", Is::id}};
constexpr EventMember kPaymentAmount[] = {{"order_id", Is::id}, {"amount", Is::sum}};
constexpr EventMember kPaymentSucceeded[] = {
    {"order_id", Is::id}, {"amount", Is::sum}, {"by_hand", Is::flag, "true: staff recorded it", Has::absent}};
constexpr EventMember kPaymentStarted[] = {
    {"order_id", Is::id}, {"method", Is::word}, {"gateway", Is::word}, {"amount", Is::sum}};
constexpr EventMember kPaymentProcessing[] = {{"order_id", Is::id},
                                              {"attempt_id", Is::id, "the attempt's number"},
                                              {"held_until", Is::time, "for so long the order keeps its stock"}};
constexpr EventMember kPaymentFailed[] = {{"order_id", Is::id}, {"code", Is::word}};
constexpr EventMember kPaymentLate[] = {{"order_id", Is::id},
                                        {"order_status", Is::word, "of the order"},
                                        {"goes_back", Is::flag, "whether the money is given back automatically"}};
constexpr EventMember kChargedTwice[] = {{"order_id", Is::id},
                                         {"goes_back", Is::flag, "whether the money is given back automatically"}};
constexpr EventMember kRefunding[] = {
    {"order_id", Is::id},
    {"refund_id", Is::id, "the refund's number"},
    {"amount", Is::sum},
    {"to_be_sent", Is::flag, "whether staff are to send it by hand", Has::absent},
    {"made_at", Is::word, "the gateway, where it was made and not in the shop", Has::absent}};
constexpr EventMember kRefunded[] = {
    {"order_id", Is::id},
    {"refund_id", Is::id, "the refund's number"},
    {"amount", Is::sum},
    {"made_at", Is::word, "the gateway, where it was made and not in the shop", Has::absent}};
constexpr EventMember kRefundFailed[] = {
    {"order_id", Is::id}, {"refund_id", Is::id, "the refund's number"}, {"amount", Is::sum}, {"code", Is::word}};
constexpr EventMember kReminded[] = {{"order_id", Is::id}, {"expires_at", Is::time, "", Has::null}};
constexpr EventMember kDispute[] = {{"order_id", Is::id}, {"amount", Is::sum}, {"reason", Is::word}};
constexpr EventMember kUnknownCharge[] = {{"gateway", Is::word},
                                          {"reference", Is::word, "the charge's id at the gateway"},
                                          {"amount", Is::sum},
                                          {"captured", Is::sum}};
constexpr EventMember kShipment[] = {{"shipment_id", Is::id, "the parcel's number"}, {"order_id", Is::id}};
constexpr EventMember kShipmentStarted[] = {
    {"shipment_id", Is::id, "the parcel's number"}, {"order_id", Is::id}, {"carrier", Is::word, "", Has::absent}};
constexpr EventMember kShipmentMoved[] = {
    {"shipment_id", Is::id, "the parcel's number"},
    {"order_id", Is::id},
    {"items", Is::moved, "units that left the shop by it; absent: they had left", Has::absent}};
constexpr EventMember kShipmentOutdated[] = {
    {"shipment_id", Is::id, "the parcel's number"}, {"order_id", Is::id}, {"what", Is::words, "names of what changed"}};
constexpr EventMember kReturnRequest[] = {{"kind", Is::word}, {"order_id", Is::id, "", Has::null}};
constexpr EventMember kDocument[] = {
    {"order_id", Is::id}, {"kind", Is::word}, {"number", Is::word}, {"total", Is::sum}};
constexpr EventMember kProductCreated[] = {
    {"sku", Is::word},
    {"handle", Is::word, "of its page; empty: it is a variant"},
    {"name", Is::word},
    {"description", Is::text},
    {"price", Is::sum},
    {"compare_at_price", Is::sum, "what it is reduced from; null: it is not reduced", Has::null},
    {"status", Is::word, "active, hidden or archived"},
    {"weight_g", Is::count, "grams; null: unknown", Has::null},
    {"tax_class", Is::word},
    {"barcode", Is::word},
    {"content", Is::members, "", Has::null},
    {"shelf", Is::word},
    {"customs_code", Is::word, "of the Harmonized System; empty: unknown"},
    {"origin_country", Is::word, "where it was made; empty: unknown"},
    {"stock_policy", Is::word, "counted, uncounted or beyond"},
    {"beyond_limit", Is::count, "units that are sold beyond the stock"},
    {"expected_on", Is::day, "when more comes", Has::null},
    {"most_per_order", Is::count, "units in one order; null: no bound", Has::null},
    {"low_stock_threshold", Is::count, "null: no alert", Has::null},
    {"on_hand", Is::count, "units that it began with"},
    {"variant", Is::members, "its group, place and values; null: it has none", Has::null}};
constexpr EventMember kProductUpdated[] = {
    {"sku", Is::word},
    {"before", Is::members, "the members that changed, as they were", Has::absent},
    {"after", Is::members, "the same members as they are now"}};
constexpr EventMember kProductDeleted[] = {{"sku", Is::word}};
constexpr EventMember kProductPictures[] = {{"sku", Is::word}, {"pictures", Is::ids, "all of them, in their order"}};
constexpr EventMember kStockAdjusted[] = {{"sku", Is::word},
                                          {"delta", Is::sum, "units that came in; below 0: that were taken off"},
                                          {"reason", Is::word},
                                          {"on_hand", Is::count, "units after it"},
                                          {"available", Is::sum, "units after it"}};
constexpr EventMember kChanged[] = {{"before", Is::members, "the members that changed, as they were", Has::absent},
                                    {"after", Is::members, "the same members as they are now"}};
constexpr EventMember kAlertOpened[] = {{"product_id", Is::id},
                                        {"sku", Is::word},
                                        {"available", Is::sum, "units"},
                                        {"threshold", Is::count, "the alert opens at so many", Has::null},
                                        {"order_id", Is::id, "", Has::absent}};
constexpr EventMember kAlertNotified[] = {{"product_id", Is::id},
                                          {"sku", Is::word},
                                          {"available", Is::sum, "units"},
                                          {"threshold", Is::count, "the alert opens at so many", Has::null}};
constexpr EventMember kAlertResolved[] = {{"product_id", Is::id},
                                          {"sku", Is::word},
                                          {"available", Is::sum, "units"},
                                          {"threshold", Is::count, "the alert opens at so many", Has::null},
                                          {"dismissed", Is::flag, "true: by staff", Has::absent}};
constexpr EventMember kGroupCreated[] = {
    {"handle", Is::word}, {"name", Is::word}, {"description", Is::text}, {"options", Is::list, "each with its values"}};
constexpr EventMember kHandle[] = {{"handle", Is::word}};
constexpr EventMember kGroupPictures[] = {{"pictures", Is::ids, "all of them, in their order"}};
constexpr EventMember kCollectionCreated[] = {
    {"handle", Is::word}, {"name", Is::word}, {"position", Is::id, "its place"}};
constexpr EventMember kCollectionMoved[] = {{"added", Is::ids, "those that were put in", Has::absent},
                                            {"removed", Is::ids, "those that were taken out", Has::absent}};
constexpr EventMember kImportApplied[] = {
    {"kind", Is::word}, {"added", Is::count}, {"updated", Is::count}, {"skipped", Is::count}};
constexpr EventMember kAdmin[] = {{"username", Is::word}, {"role", Is::word}, {"active", Is::flag}};
constexpr EventMember kName[] = {{"name", Is::word}};
constexpr EventMember kDeliveryMethod[] = {{"name", Is::word}, {"kind", Is::word}};
constexpr EventMember kDeliveryMethodUpdated[] = {{"fields", Is::words, "names of what changed"}};
constexpr EventMember kDiscountCode[] = {
    {"code", Is::word},
    {"kind", Is::word},
    {"rate_ppm", Is::count, "of percent: millionths"},
    {"amount", Is::sum, "of amount: what it takes off"},
    {"minimum", Is::sum, "what the goods must cost"},
    {"valid_from", Is::time, "", Has::null},
    {"valid_until", Is::time, "before this time; null: for good", Has::null},
    {"most_uses", Is::count, "in all; null: any number", Has::null},
    {"most_uses_of_one", Is::count, "of one customer; null: any number", Has::null},
    {"products", Is::ids, "that it is for; empty: all"},
    {"active", Is::flag}};
constexpr EventMember kLegalText[] = {{"kind", Is::word}, {"language", Is::word, "its code"}, {"version", Is::id}};
constexpr EventMember kLogo[] = {{"hash", Is::word, "as the setting logo names it"}};
constexpr EventMember kWords[] = {{"language", Is::word, "its code"}, {"name", Is::word}};
constexpr EventMember kJobDied[] = {{"kind", Is::word}, {"attempts", Is::count}};
constexpr EventMember kWebhookDisabled[] = {{"because", Is::word, "why"}};
constexpr EventMember kRestored[] = {{"log", Is::word, "the log from now on"},
                                     {"log_before", Is::word, "the log of the backup"},
                                     {"sequence_before", Is::count, "the last event in the backup"},
                                     {"backup_until", Is::time, "the newest time in the backup"},
                                     {"next_order", Is::id, "the number of the next order"},
                                     {"document_letters", Is::word, "what follows documents' numbers from now on"}};
constexpr EventMember kGatewayAsked[] = {
    {"gateway", Is::word}, {"since", Is::time}, {"charges", Is::count, "how many it told of"}};

constexpr std::array kRows{
    EventRow{"order.placed", "order", "An order was placed, and its units are reserved.", "OrderPlaced", kOrderPlaced},
    EventRow{"order.drafted", "order", "Staff drafted an order, which holds no stock.", "OrderDrafted", kTotal},
    EventRow{"order.draft_deleted", "order", "A draft was deleted.", "EventWithoutMore", {}},
    EventRow{"order.edited", "order", "Staff changed what the order has. Reserved units moved by the difference.",
             "OrderEdited", kEdited},
    EventRow{"order.pending",
             "order",
             "A draft was placed, or a paid order got dearer and owes the rest.",
             "EventWithoutMore",
             {}},
    EventRow{"order.tags_changed", "order", "Staff sorted the order by other tags.", "OrderTagsChanged", kTagsChanged},
    EventRow{"order.commented", "order", "Staff commented on the order.", "OrderComment", kComment},
    EventRow{"order.comment_removed", "order", "A comment of staff was removed.", "OrderComment", kComment},
    EventRow{"order.ships_owed", "order", "Staff agreed to ship the order though some of it is owed.", "OrderShipsOwed",
             kShipsOwed},
    EventRow{"order.paid", "order", "The order's money came, or nothing was to be paid.", "EventWithoutMore", {}},
    EventRow{"order.processing", "order", "Packing began.", "EventWithoutMore", {}},
    EventRow{"order.partially_shipped", "order", "A parcel left, and there is more to ship.", "EventWithoutMore", {}},
    EventRow{
        "order.shipped", "order", "All of the order has left, or what had not was cancelled.", "EventWithoutMore", {}},
    EventRow{
        "order.delivered", "order", "The order's last parcel arrived, or it was handed over.", "EventWithoutMore", {}},
    EventRow{"order.returned", "order", "All units that were shipped have come back.", "EventWithoutMore", {}},
    EventRow{"order.cancelled", "order", "The order was cancelled before anything left. Its money goes back.",
             "OrderItemsReleased", kItemsReleased},
    EventRow{"order.expired", "order", "The order was not paid in time.", "OrderItemsReleased", kItemsReleased},
    EventRow{"order.rest_cancelled", "order", "Units that had not been shipped were cancelled.", "OrderItemsReleased",
             kItemsReleased},
    EventRow{"order.items_returned", "order", "Shipped units came back.", "OrderItemsReturned", kItemsReturned},
    EventRow{"order.awaited_changed", "order", "Units came in that a line waited for, or were given to an older order.",
             "OrderAwaitedChanged", kAwaitedChanged},
    EventRow{"order.total_changed", "order", "Tax, delivery or discount were computed anew.", "OrderTotalChanged",
             kTotalChanged},
    EventRow{"order.discounted", "order", "Staff took something off, or took that back.", "OrderDiscounted",
             kDiscounted},
    EventRow{"order.held", "order", "Staff agreed to keep the stock of an unpaid order.", "OrderHeld", kHeld},
    EventRow{"order.recipient_changed", "order", "Recipient, address or the customer's note changed.",
             "OrderRecipientChanged", kRecipientChanged},
    EventRow{"order.billing_changed", "order", "Who is billed has changed.", "OrderBillingChanged", kBillingChanged},
    EventRow{"order.language_changed", "order", "What goes to the customer is in another language from now on.",
             "OrderLanguageChanged", kLanguageChanged},
    EventRow{"order.reassigned", "order", "Another user manages the order.", "OrderReassigned", kReassigned},
    EventRow{"order.noted", "order", "Staff's note changed.", "EventWithoutMore", {}},
    EventRow{
        "order.delivery_noted", "order", "What the customer reads of the delivery changed.", "EventWithoutMore", {}},
    EventRow{"order.payment_asked", "order", "Staff had the link for paying mailed.", "EventWithoutMore", {}},
    EventRow{"order.payment_link_renewed",
             "order",
             "The link for paying is another one from now on.",
             "EventWithoutMore",
             {}},
    EventRow{"payment.started", "payment", "A payment began.", "PaymentStarted", kPaymentStarted},
    EventRow{"payment.processing", "payment", "The gateway decides in days.", "PaymentProcessing", kPaymentProcessing},
    EventRow{"payment.requires_action", "payment", "The customer has to confirm the payment.", "PaymentEvent",
             kOfPayment},
    EventRow{"payment.authorized", "payment", "The money is held, and not captured.", "PaymentAmountEvent",
             kPaymentAmount},
    EventRow{"payment.capturing", "payment", "A capture began.", "PaymentAmountEvent", kPaymentAmount},
    EventRow{"payment.capture_failed", "payment", "The gateway refused a capture.", "PaymentFailed", kPaymentFailed},
    EventRow{"payment.succeeded", "payment", "Money was captured: amount is what came with it.", "PaymentSucceeded",
             kPaymentSucceeded},
    EventRow{"payment.failed", "payment", "A try at paying failed. The order may be paid again.", "PaymentFailed",
             kPaymentFailed},
    EventRow{"payment.late", "payment", "Money came for an order that is cancelled or expired.", "PaymentLate",
             kPaymentLate},
    EventRow{"payment.charged_twice", "payment", "A second charge for the same order succeeded.", "PaymentChargedTwice",
             kChargedTwice},
    EventRow{"payment.voiding", "payment", "Releasing what is held began.", "PaymentEvent", kOfPayment},
    EventRow{"payment.voided", "payment", "What was held is released, or nothing is waited for any more.",
             "PaymentEvent", kOfPayment},
    EventRow{"payment.refunding", "payment", "A refund began.", "PaymentRefunding", kRefunding},
    EventRow{"payment.refunded", "payment", "A refund was paid.", "PaymentRefunded", kRefunded},
    EventRow{"payment.refund_failed", "payment", "A refund was not paid.", "PaymentRefundFailed", kRefundFailed},
    EventRow{"payment.reminded", "payment", "The customer is reminded of a bank transfer.", "PaymentReminded",
             kReminded},
    EventRow{"payment.disputed", "payment", "The customer disputes the payment at the bank.", "PaymentDispute",
             kDispute},
    EventRow{"payment.dispute_won", "payment", "The bank decided for the shop.", "PaymentDispute", kDispute},
    EventRow{"payment.dispute_lost", "payment", "The bank decided for the customer.", "PaymentDispute", kDispute},
    EventRow{"payment.unknown_charge", "order",
             "After a restore, the gateway has a charge that the shop does not know.", "PaymentUnknownCharge",
             kUnknownCharge},
    EventRow{"shipment.label_pending", "shipment", "A parcel was started, or its label is asked for again.",
             "ShipmentStarted", kShipmentStarted},
    EventRow{"shipment.label_ready", "shipment", "The parcel has its label.", "ShipmentEvent", kShipment},
    EventRow{"shipment.failed", "shipment", "The label could not be made.", "ShipmentEvent", kShipment},
    EventRow{"shipment.label_outdated", "shipment", "The order was changed after the label was made.",
             "ShipmentOutdated", kShipmentOutdated},
    EventRow{"shipment.label_kept", "shipment", "Staff keep a label that is outdated.", "ShipmentEvent", kShipment},
    EventRow{"shipment.ready", "shipment", "Goods can be fetched, or are brought next.", "ShipmentStarted",
             kShipmentStarted},
    EventRow{"shipment.leaving", "shipment", "Staff said that the parcel leaves; it can be taken back for a minute.",
             "ShipmentEvent", kShipment},
    EventRow{"shipment.stayed", "shipment", "That was taken back.", "ShipmentEvent", kShipment},
    EventRow{"shipment.in_transit", "shipment", "The parcel left.", "ShipmentMoved", kShipmentMoved},
    EventRow{"shipment.out_for_delivery", "shipment", "The parcel is brought today.", "ShipmentMoved", kShipmentMoved},
    EventRow{"shipment.delivered", "shipment", "The parcel arrived, or the goods were handed over.", "ShipmentMoved",
             kShipmentMoved},
    EventRow{"shipment.exception", "shipment", "The carrier holds the parcel up.", "ShipmentMoved", kShipmentMoved},
    EventRow{"shipment.returned", "shipment", "The parcel came back to the shop.", "ShipmentMoved", kShipmentMoved},
    EventRow{"shipment.voided", "shipment", "The parcel was voided before it left.", "ShipmentEvent", kShipment},
    EventRow{"return_request.received", "return_request", "A customer withdraws, or wants to send goods back.",
             "ReturnRequestEvent", kReturnRequest},
    EventRow{"return_request.settled", "return_request", "Staff dealt with such a request.", "ReturnRequestEvent",
             kReturnRequest},
    EventRow{"document.issued", "document", "An invoice, credit note or correction was issued.", "DocumentIssued",
             kDocument},
    EventRow{"product.created", "product", "A product was added.", "ProductCreated", kProductCreated},
    EventRow{"product.updated", "product", "A product's fields changed, but not its stock.", "ProductUpdated",
             kProductUpdated},
    EventRow{"product.archived", "product", "A product is not on sale any more.", "ProductUpdated", kProductUpdated},
    EventRow{"product.restored", "product", "An archived product is back.", "ProductUpdated", kProductUpdated},
    EventRow{"product.deleted", "product", "A product that was never ordered was deleted.", "ProductDeleted",
             kProductDeleted},
    EventRow{"product.pictures_changed", "product", "A product's pictures changed.", "ProductPicturesChanged",
             kProductPictures},
    EventRow{"stock.adjusted", "product", "Units came in or were taken off, but not by an order.", "StockAdjusted",
             kStockAdjusted},
    EventRow{"stock.repaired", "product", "orderd check corrected a product's counters.", "ChangedEvent", kChanged},
    EventRow{"alert.opened", "alert", "A product's stock has fallen to its threshold.", "AlertOpened", kAlertOpened},
    EventRow{"alert.notified", "alert", "Staff were told of the alert.", "AlertNotified", kAlertNotified},
    EventRow{"alert.resolved", "alert", "Stock was added, or staff dismissed the alert.", "AlertResolved",
             kAlertResolved},
    EventRow{"product_group.created", "product_group", "A group was added.", "ProductGroupCreated", kGroupCreated},
    EventRow{"product_group.updated", "product_group", "A group, or the order of its variants, changed.",
             "ChangedEvent", kChanged},
    EventRow{"product_group.deleted", "product_group", "A group was removed. Its variants stay.", "HandleEvent",
             kHandle},
    EventRow{"product_group.pictures_changed", "product_group", "A group's pictures changed.",
             "ProductGroupPicturesChanged", kGroupPictures},
    EventRow{"collection.created", "collection", "A collection was added.", "CollectionCreated", kCollectionCreated},
    EventRow{"collection.updated", "collection", "A collection changed.", "ChangedEvent", kChanged},
    EventRow{"collection.deleted", "collection", "A collection was deleted. Its products stay.", "HandleEvent",
             kHandle},
    EventRow{"collection.products_changed", "collection", "Products were put into a collection, or taken out of it.",
             "CollectionProductsChanged", kCollectionMoved},
    EventRow{"import.applied", "import", "A file, bulk edit, delivery or count changed products.", "ImportApplied",
             kImportApplied},
    EventRow{"import.changed", "import", "The reference of a delivery changed.", "EventWithoutMore", {}},
    EventRow{"import.undone", "import", "All that an import did was taken back.", "EventWithoutMore", {}},
    EventRow{"customer.registered", "customer", "A customer made an account.", "EventWithoutMore", {}},
    EventRow{"customer.updated", "customer", "A customer changed their account.", "EventWithoutMore", {}},
    EventRow{"customer.email_changed", "customer", "A customer's e-mail address changed.", "EventWithoutMore", {}},
    EventRow{"customer.password_forgotten", "customer", "A customer had a code mailed.", "EventWithoutMore", {}},
    EventRow{"customer.erased",
             "customer",
             "A customer's personal data was erased: erase what you keep.",
             "EventWithoutMore",
             {}},
    EventRow{"admin.added", "admin", "A user was added.", "AdminEvent", kAdmin},
    EventRow{"admin.updated", "admin", "A user changed.", "AdminEvent", kAdmin},
    EventRow{"delivery_method.created", "delivery_method", "A delivery method was added.", "DeliveryMethodCreated",
             kDeliveryMethod},
    EventRow{"delivery_method.updated", "delivery_method", "A delivery method changed.", "DeliveryMethodUpdated",
             kDeliveryMethodUpdated},
    EventRow{"delivery_method.deleted", "delivery_method", "A delivery method was deleted.", "NameEvent", kName},
    EventRow{"discount_code.created", "discount_code", "A discount code was added.", "DiscountCodeEvent",
             kDiscountCode},
    EventRow{"discount_code.updated", "discount_code", "A discount code has other rules.", "DiscountCodeEvent",
             kDiscountCode},
    EventRow{"legal_text.saved", "legal_text", "A legal text has a new version.", "LegalTextSaved", kLegalText},
    EventRow{"logo.added", "logo", "A picture for the logo was kept.", "LogoAdded", kLogo},
    EventRow{"words.changed", "words", "The shop says a text in other words.", "WordsChanged", kWords},
    EventRow{"setting.changed", "setting", "A setting changed.", "NameEvent", kName},
    EventRow{"job.died", "job", "A job failed too often.", "JobDied", kJobDied},
    EventRow{"job.retried", "job", "Staff had a dead job tried again.", "EventWithoutMore", {}},
    EventRow{"job.discarded", "job", "Staff gave a dead job up.", "EventWithoutMore", {}},
    EventRow{"webhook.disabled", "webhook", "A webhook was disabled, since it did not answer or is gone.",
             "WebhookDisabled", kWebhookDisabled},
    EventRow{"webhook.test",
             "webhook",
             "Somebody asked for it, to try a webhook. It goes to that one alone.",
             "EventWithoutMore",
             {}},
    EventRow{"backup.late", "backup", "A backup that was due was not made.", "BackupLate", kBackupLate},
    EventRow{"shop.made", "setting", "The shop was made: the log begins.", "EventWithoutMore", {}},
    EventRow{"shop.restored", "setting", "The shop was restored from a backup. Read again what you keep of it.",
             "ShopRestored", kRestored},
    EventRow{"shop.gateway_asked", "setting", "After a restore, a gateway told what it knows.", "ShopGatewayAsked",
             kGatewayAsked},
};

}  // namespace

std::span<const EventRow> event_rows() { return kRows; }

}  // namespace orderd::notify
