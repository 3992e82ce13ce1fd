// Made by `npm run types` from orderd's own /openapi.json; not to be edited.
export interface paths {
    "/products": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what is on sale
         * @description For anyone.
         */
        get: operations["products.list"];
        put?: never;
        /**
         * Add a product
         * @description For admins from staff up.
         */
        post: operations["products.add"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/products/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a product
         * @description For anyone.
         */
        get: operations["products.get"];
        /**
         * Set a product's stock or other fields
         * @description For admins from staff up.
         */
        put: operations["products.update"];
        post?: never;
        /**
         * Remove a product: 200 if it was ordered and is archived, 204 if it is gone
         * @description For admins from staff up.
         */
        delete: operations["products.remove"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/inventory": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List products and their stock
         * @description For admins from viewer up.
         */
        get: operations["inventory.list"];
        put?: never;
        /**
         * Add a product
         * @description For admins from staff up.
         */
        post: operations["inventory.add"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/inventory/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a product, and what explains its stock
         * @description For admins from viewer up.
         */
        get: operations["inventory.explain"];
        /**
         * Set a product's stock or other fields
         * @description For admins from staff up.
         */
        put: operations["inventory.update"];
        post?: never;
        /**
         * Remove a product: 200 if it was ordered and is archived, 204 if it is gone
         * @description For admins from staff up.
         */
        delete: operations["inventory.remove"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/inventory/{id}/movements": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List a product's movements, newest first
         * @description For admins from viewer up.
         */
        get: operations["inventory.movements"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/alerts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List low-stock alerts, newest first
         * @description For admins from viewer up.
         */
        get: operations["alerts.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/alerts/{id}/dismiss": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Dismiss a low-stock alert: the next one opens when stock falls to the threshold again
         * @description For admins from staff up.
         */
        post: operations["alerts.dismiss"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/inventory/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Import Shopify's product CSV, or show what that would change
         * @description For admins from staff up.
         */
        post: operations["inventory.import"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/inventory/imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List imports, newest first
         * @description For admins from viewer up.
         */
        get: operations["imports.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/inventory/imports/{id}/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Undo an import, if none of its products was ordered or changed since
         * @description For admins from staff up.
         */
        post: operations["imports.undo"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/inventory/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export all products as Shopify's product CSV
         * @description For admins from viewer up.
         */
        get: operations["inventory.export"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Place an order
         * @description For anyone.
         */
        post: operations["orders.place"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orders/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read an order
         * @description For the order's holder (its access_token, or the customer whose it is), or an admin.
         */
        get: operations["orders.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orders/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel an order
         * @description For the order's holder (its access_token, or the customer whose it is), or an admin from staff up.
         */
        post: operations["orders.cancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/customers/me/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List your own orders
         * @description For a signed-in customer.
         */
        get: operations["account.orders"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List orders, newest first
         * @description For admins from viewer up.
         */
        get: operations["orders.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/orders/large-holds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List unpaid orders that hold over half of a product's stock
         * @description For admins from viewer up.
         */
        get: operations["orders.largeHolds"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/orders/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read an order, with its history
         * @description For admins from viewer up.
         */
        get: operations["orders.show"];
        /**
         * Change an order's status, recipient, language, notes or manager
         * @description For admins from staff up.
         */
        put: operations["orders.update"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/orders/{id}/discount": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Take a share or an amount off an order, or off its lines, in place of what staff gave before
         * @description For admins from staff up.
         */
        put: operations["orders.discount"];
        post?: never;
        /**
         * Take back the discount that staff gave
         * @description For admins from staff up.
         */
        delete: operations["orders.takeBackDiscount"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/delivery-methods": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the shop's delivery methods, by their position
         * @description For admins from viewer up.
         */
        get: operations["delivery.list"];
        put?: never;
        /**
         * Add a delivery method, at the end of the list
         * @description For admins from staff up.
         */
        post: operations["delivery.add"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/delivery-methods/offers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Which methods a parcel could take, and what they cost
         * @description For admins from viewer up.
         */
        get: operations["delivery.preview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/delivery-methods/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a delivery method
         * @description For admins from viewer up.
         */
        get: operations["delivery.get"];
        /**
         * Change a delivery method, or its place in the list; orders keep it as it was
         * @description For admins from staff up.
         */
        put: operations["delivery.update"];
        post?: never;
        /**
         * Delete a delivery method; orders keep it as it was
         * @description For admins from staff up.
         */
        delete: operations["delivery.remove"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orders/quote": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Compute what an order would cost; nothing is placed or held
         * @description For anyone.
         */
        post: operations["orders.quote"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/tax-rates/defaults": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the usual tax rates of the European Union and the United Kingdom, to begin with
         * @description For admins from viewer up.
         */
        get: operations["taxRates.defaults"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/discount-codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List discount codes, newest first
         * @description For admins from viewer up.
         */
        get: operations["discountCodes.list"];
        put?: never;
        /**
         * Add a discount code
         * @description For admins from staff up.
         */
        post: operations["discountCodes.add"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/discount-codes/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a discount code, with how often it was used
         * @description For admins from viewer up.
         */
        get: operations["discountCodes.get"];
        /**
         * Replace the rules of a discount code; active: false ends it
         * @description For admins from staff up.
         */
        put: operations["discountCodes.replace"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/payments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Pay an order
         * @description For the order's holder (its access_token, or the customer whose it is), or an admin from staff up.
         */
        post: operations["payments.pay"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/payment-methods": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read how this shop can be paid
         * @description For anyone.
         */
        get: operations["payments.methods"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/payments/{id}/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Report that the customer came back from a confirmation: the gateway is asked for the payment's state
         * @description For the order's holder (its access_token, or the customer whose it is), or an admin from staff up.
         */
        post: operations["payments.confirm"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/payments/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a payment
         * @description For the order's holder (its access_token, or the customer whose it is), or an admin.
         */
        get: operations["payments.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/payments/{id}/capture": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Capture what was authorized, or mark a manual payment received
         * @description For admins from staff up.
         */
        post: operations["payments.capture"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/payments/{id}/void": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Void a payment that was not captured
         * @description For admins from staff up.
         */
        post: operations["payments.void"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/payments/{id}/refunds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Refund all or a part of a payment
         * @description For admins from staff up.
         */
        post: operations["refunds.add"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/payments/{id}/refunds/{refund_id}/sent": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Record that a refund was sent by hand: the customer is told now
         * @description For admins from staff up.
         */
        post: operations["refunds.markSent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/payments/{id}/refunds/{refund_id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel a refund that was to be sent by hand
         * @description For admins from staff up.
         */
        post: operations["refunds.cancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/payments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List payments, newest first
         * @description For admins from viewer up.
         */
        get: operations["payments.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/payments/totals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Add up the payments that the filters of the list find
         * @description For admins from viewer up.
         */
        get: operations["payments.totals"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/payments/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a payment, with its attempts
         * @description For admins from viewer up.
         */
        get: operations["payments.show"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/stats/payments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read what came in and went back by day, and what is open
         * @description For admins from viewer up.
         */
        get: operations["stats.payments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sandbox/3ds/{reference}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Confirm a simulated payment
         * @description For anyone.
         */
        get: operations["sandbox.ask"];
        put?: never;
        /**
         * Approve or refuse a simulated payment
         * @description For anyone.
         */
        post: operations["sandbox.decide"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhooks/stripe": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Receive Stripe's events
         * @description For anyone.
         */
        post: operations["webhooks.fromStripe"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orders/{id}/fulfillment": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Start a parcel of an order, or move its parcels on
         * @description For admins from staff up.
         */
        put: operations["orders.fulfill"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orders/bulk/fulfillment": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The same for many orders, with a result for each
         * @description For admins from staff up.
         */
        post: operations["orders.fulfillMany"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/carriers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the carriers that make labels
         * @description For admins from viewer up.
         */
        get: operations["carriers.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orders/{id}/rates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask a carrier for its prices for a parcel
         * @description For admins from staff up.
         */
        post: operations["orders.rates"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orders/{id}/tracking": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read where an order's parcels are
         * @description For the order's holder (its access_token, or the customer whose it is), or an admin.
         */
        get: operations["orders.tracking"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/track/{link}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The same as a page, for whoever has its link
         * @description For anyone.
         */
        get: operations["tracking.page"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shipments/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a shipment
         * @description For admins from viewer up.
         */
        get: operations["shipments.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shipments/{id}/void": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Void a parcel whose label was not used
         * @description For admins from staff up.
         */
        post: operations["shipments.void"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shipments/{id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Retry a label that failed
         * @description For admins from staff up.
         */
        post: operations["shipments.retry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shipments/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Record by hand what happened to a parcel
         * @description For admins from staff up.
         */
        post: operations["shipments.addEvent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shipments/{id}/label": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Print a label, 4 by 6 inches: PDF, or ZPL if Accept allows only that
         * @description For admins from staff up.
         */
        get: operations["shipments.label"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shipments/{id}/label.pdf": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Print a label as PDF
         * @description For admins from staff up.
         */
        get: operations["shipments.labelPdf"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shipments/{id}/label.zpl": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Print a label as ZPL
         * @description For admins from staff up.
         */
        get: operations["shipments.labelZpl"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shipments/labels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Print many labels, in one PDF or for a ZPL printer
         * @description For admins from staff up.
         */
        post: operations["shipments.labels"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shipments/{id}/packing-slip": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Print what is in a parcel, as PDF
         * @description For admins from staff up.
         */
        get: operations["shipments.packingSlip"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orders/{id}/returns": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List an order's returns, oldest first
         * @description For admins from viewer up.
         */
        get: operations["returns.list"];
        put?: never;
        /**
         * Take shipped units back, and refund them
         * @description For admins from staff up.
         */
        post: operations["returns.add"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orders/{id}/cancel-unshipped": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel the unshipped units of a partly shipped order, and refund them
         * @description For admins from staff up.
         */
        post: operations["orders.cancelUnshipped"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhooks/easypost": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Receive EasyPost's events about parcels; signed (X-Hmac-Signature)
         * @description For anyone.
         */
        post: operations["webhooks.fromEasypost"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/documents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List invoices, credit notes and corrections, newest first
         * @description For admins from viewer up.
         */
        get: operations["documents.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/documents/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a document, with all that it says
         * @description For admins from viewer up.
         */
        get: operations["documents.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/documents/{id}.pdf": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Print a document, as PDF
         * @description For admins from viewer up.
         */
        get: operations["documents.pdf"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/documents/pdf": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Print many documents, or all of a month, in one PDF
         * @description For admins from viewer up.
         */
        post: operations["documents.printMany"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/orders/{id}/documents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Issue an order's invoice by hand, or a credit note for an unpaid one
         * @description For admins from staff up.
         */
        post: operations["documents.issue"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/receipt/{link}/documents/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One of an order's documents as PDF, for whoever has the link to its receipt
         * @description For anyone.
         */
        get: operations["receipts.document"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign in, as an admin or a customer
         * @description For anyone.
         */
        post: operations["auth.signIn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End this session at once
         * @description For anyone who is signed in.
         */
        post: operations["auth.signOut"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who is signed in
         * @description For anyone who is signed in.
         */
        get: operations["auth.me"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether somebody is signed in, and who: no mistake where nobody is
         * @description For anyone.
         */
        get: operations["auth.session"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Change one's password; other sessions end, and other devices are known no more
         * @description For anyone who is signed in.
         */
        put: operations["auth.changePassword"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/setup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether the shop still waits for its owner
         * @description For anyone.
         */
        get: operations["setup.state"];
        put?: never;
        /**
         * Claim a new shop with the token of its set-up link
         * @description For anyone.
         */
        post: operations["setup.claim"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/setup/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Whether a set-up link still works, before anything is filled in
         * @description For anyone.
         */
        post: operations["setup.check"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/totp": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Prepare codes of an authenticator app for one's own signing in
         * @description For admins from viewer up.
         */
        post: operations["totp.begin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/totp/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask for codes from now on; shows the recovery codes, once
         * @description For admins from viewer up.
         */
        post: operations["totp.confirm"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/totp/disable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask for no codes any more; takes the password, and a code or a recovery code
         * @description For admins from viewer up.
         */
        post: operations["totp.disable"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One's own sessions, newest first
         * @description For anyone who is signed in.
         */
        get: operations["sessions.list"];
        put?: never;
        post?: never;
        /**
         * End all of one's sessions but this one, and know no other device any more
         * @description For anyone who is signed in.
         */
        delete: operations["sessions.endOthers"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * End one of one's own sessions at once
         * @description For anyone who is signed in.
         */
        delete: operations["sessions.end"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/users/{id}/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A user's sessions, newest first
         * @description For owners.
         */
        get: operations["users.sessions"];
        put?: never;
        post?: never;
        /**
         * Sign a user out everywhere (oneself: everywhere else), and know their devices no more
         * @description For owners.
         */
        delete: operations["users.endSessions"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/users/{id}/sessions/{session}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * End one of a user's sessions at once
         * @description For owners.
         */
        delete: operations["users.endSession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/customers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make an account
         * @description For anyone.
         */
        post: operations["account.register"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/customers/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One's own account
         * @description For a signed-in customer.
         */
        get: operations["account.get"];
        /**
         * Change one's own account; what is absent stays
         * @description For a signed-in customer.
         */
        put: operations["account.update"];
        post?: never;
        /**
         * Erase one's own account and all personal data with it
         * @description For a signed-in customer.
         */
        delete: operations["account.close"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/customers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List customers, newest first
         * @description For admins from viewer up.
         */
        get: operations["customers.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/customers/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a customer
         * @description For admins from viewer up.
         */
        get: operations["customers.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/customers/{id}/erase": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Erase a customer's personal data, at their request; orders stay, without it
         * @description For owners.
         */
        post: operations["customers.erase"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the shop's users
         * @description For admins from viewer up.
         */
        get: operations["users.list"];
        put?: never;
        /**
         * Add a user
         * @description For owners.
         */
        post: operations["users.add"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/users/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a user
         * @description For admins from viewer up.
         */
        get: operations["users.get"];
        /**
         * Change a user; what is absent stays
         * @description For owners.
         */
        put: operations["users.update"];
        post?: never;
        /**
         * Take a user's access away; the name stays in the history of what they did
         * @description For owners.
         */
        delete: operations["users.remove"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/users/{id}/reset-totp": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Let another user who lost the authenticator app sign in without a code
         * @description For owners.
         */
        post: operations["users.resetTotp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List API keys, newest first, revoked ones included
         * @description For owners.
         */
        get: operations["apiKeys.list"];
        put?: never;
        /**
         * Make an API key; its secret is shown this once
         * @description For owners.
         */
        post: operations["apiKeys.add"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api-keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revoke an API key at once
         * @description For owners.
         */
        delete: operations["apiKeys.revoke"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List webhooks
         * @description For owners.
         */
        get: operations["webhooks.list"];
        put?: never;
        /**
         * Add a webhook; its secret is shown only once
         * @description For owners.
         */
        post: operations["webhooks.add"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/webhooks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a webhook
         * @description For owners.
         */
        get: operations["webhooks.get"];
        /**
         * Change, disable or enable a webhook
         * @description For owners.
         */
        put: operations["webhooks.update"];
        post?: never;
        /**
         * Remove a webhook, with its deliveries
         * @description For owners.
         */
        delete: operations["webhooks.remove"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/webhooks/{id}/rotate-secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give a webhook a new secret; the old one also signs for a day
         * @description For owners.
         */
        post: operations["webhooks.rotateSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/webhooks/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a webhook an event of kind webhook.test
         * @description For owners.
         */
        post: operations["webhooks.test"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/webhook-deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List deliveries, newest first
         * @description For owners.
         */
        get: operations["deliveries.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/webhook-deliveries/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a delivery, with its body
         * @description For owners.
         */
        get: operations["deliveries.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/webhook-deliveries/{id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a delivery again, with the same webhook-id
         * @description For owners.
         */
        post: operations["deliveries.replay"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/settings/mail/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a test mail with the current settings
         * @description For owners.
         */
        post: operations["mails.test"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/mails": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the mails that were sent or will be
         * @description For admins from viewer up.
         */
        get: operations["mails.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/receipt/{link}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * An order's receipt as a page, for whoever has its link
         * @description For anyone.
         */
        get: operations["receipts.page"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/pages/page.css": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The style of customers' pages
         * @description For anyone.
         */
        get: operations["pages.style"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the shop's settings
         * @description For admins from viewer up.
         */
        get: operations["settings.get"];
        /**
         * Change some of the shop's settings
         * @description For owners.
         */
        put: operations["settings.update"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The event log, oldest first, from a sequence on
         * @description For admins from viewer up.
         */
        get: operations["events.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/events/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The event log, live (server-sent events; Last-Event-ID resumes; an event `reset` says that the log is another one since, or does not go back so far: read again what you keep of it)
         * @description For admins from viewer up.
         */
        get: operations["events.stream"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the audit log, newest first
         * @description For owners.
         */
        get: operations["audit.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/customers/{id}/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export all data about a customer; the audit log records who asked
         * @description For admins from staff up.
         */
        get: operations["customers.export"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/orders/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export orders as CSV, in Shopify's columns: all, or those that the filters leave
         * @description For admins from viewer up.
         */
        get: operations["orders.export"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/customers/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export customers as CSV, in Shopify's columns: all, or those that the search finds
         * @description For admins from viewer up.
         */
        get: operations["customers.exportList"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/reports/takings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read what came in and went back in a month, by day and method; CSV if Accept allows only that
         * @description For admins from viewer up.
         */
        get: operations["reports.takings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/reports/takings.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read what came in and went back in a month, by day and method, as CSV
         * @description For admins from viewer up.
         */
        get: operations["reports.takingsCsv"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/reports/tax": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the tax of a month's invoices and credit notes, by country and rate; CSV if Accept allows only that
         * @description For admins from viewer up.
         */
        get: operations["reports.tax"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/reports/tax.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the tax of a month's invoices and credit notes, by country and rate, as CSV
         * @description For admins from viewer up.
         */
        get: operations["reports.taxCsv"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/reports/sales": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read what a month's orders sold, by product; CSV if Accept allows only that
         * @description For admins from viewer up.
         */
        get: operations["reports.sales"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/reports/sales.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read what a month's orders sold, by product, as CSV
         * @description For admins from viewer up.
         */
        get: operations["reports.salesCsv"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/reports/open-payments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read which of a month's orders are still owed something; CSV if Accept allows only that
         * @description For admins from viewer up.
         */
        get: operations["reports.openPayments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/reports/open-payments.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read which of a month's orders are still owed something, as CSV
         * @description For admins from viewer up.
         */
        get: operations["reports.openPaymentsCsv"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/reports/refunds-to-send": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read which refunds of a month staff are still to send by hand; CSV if Accept allows only that
         * @description For admins from viewer up.
         */
        get: operations["reports.refundsToSend"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/reports/refunds-to-send.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read which refunds of a month staff are still to send by hand, as CSV
         * @description For admins from viewer up.
         */
        get: operations["reports.refundsToSendCsv"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Jobs that wait, run or died
         * @description For admins from viewer up.
         */
        get: operations["jobs.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/jobs/{id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Try a dead job again
         * @description For admins from staff up.
         */
        post: operations["jobs.retry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/jobs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Discard a dead job
         * @description For admins from staff up.
         */
        delete: operations["jobs.discard"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/job-lanes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the lanes that jobs run in, and the parties that are paused since they do not answer
         * @description For admins from viewer up.
         */
        get: operations["jobs.lanes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/job-parties/{party}/try": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End a party's pause: try it now
         * @description For admins from staff up.
         */
        post: operations["jobs.tryParty"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/stats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Count what needs attention now
         * @description For admins from viewer up.
         */
        get: operations["stats.today"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/stats/sales": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Orders and takings by day, and what sold most
         * @description For admins from viewer up.
         */
        get: operations["stats.sales"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/checklist": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What a new shop still needs
         * @description For admins from viewer up.
         */
        get: operations["checklist.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/checklist/{step}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Confirm that a step is settled
         * @description For owners.
         */
        put: operations["checklist.confirm"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether the process answers
         * @description For anyone.
         */
        get: operations["service.health"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/readyz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether requests can be answered now
         * @description For anyone.
         */
        get: operations["service.readiness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Figures for Prometheus
         * @description For admins from viewer up.
         */
        get: operations["service.metrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * This API, described for programs
         * @description For anyone.
         */
        get: operations["service.openapi"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/docs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * This API, described for people
         * @description For anyone.
         */
        get: operations["docs.page"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/docs/style.css": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The documentation's style
         * @description For anyone.
         */
        get: operations["docs.style"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/docs/script.js": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The documentation's search
         * @description For anyone.
         */
        get: operations["docs.script"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @example {
         *       "type": "/docs#validation_failed",
         *       "title": "Unprocessable content",
         *       "status": 422,
         *       "code": "validation_failed",
         *       "detail": "/items/0/quantity: 0 is not allowed; it is 1 to 10000",
         *       "request_id": "req_3f2a9c1b7d5e4f60",
         *       "errors": [
         *         {
         *           "pointer": "/items/0/quantity",
         *           "detail": "0 is not allowed; it is 1 to 10000"
         *         }
         *       ]
         *     } */
        Problem: {
            /** @description a URI that names the kind of problem */
            type: string;
            title: string;
            /** Format: int64 */
            status: number;
            /** @description stable: what a program decides on */
            code: string;
            /** @description for a person: what was wrong, and what would be right */
            detail: string;
            request_id: string;
            errors?: components["schemas"]["ProblemPart"][];
        } & {
            [key: string]: unknown;
        };
        ProblemPart: {
            /** @description where: a JSON pointer into the body, or ?name for a query parameter */
            pointer: string;
            detail: string;
        };
        ProductForAnyonePage: {
            data: components["schemas"]["ProductForAnyone"][];
            next_cursor: string | null;
        };
        ProductForAnyone: {
            /** Format: int64 */
            id: number;
            /**
             * @description unique: case, wide letters and zero-width characters make no difference
             * @example MUG
             */
            sku: string;
            /** @example Mug */
            name: string;
            description: string;
            /**
             * Format: int64
             * @description of one, in minor units
             * @example 1250
             */
            price: number;
            currency: string;
            /** Format: int64 */
            available: number;
            /** @enum {string} */
            status: "active" | "archived";
            /**
             * Format: int64
             * @description grams; null: unknown, and so is 0
             */
            weight_g: number | null;
            /**
             * @description which of a place's tax rates holds; where the place has none for the class, that of the class before it: of second_reduced that of reduced, and of all that of standard
             * @enum {string}
             */
            tax_class: "standard" | "reduced" | "second_reduced" | "super_reduced" | "zero";
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            /** Format: int64 */
            version: number;
            /**
             * Format: int64
             * @description for admins
             */
            on_hand?: number;
            /**
             * Format: int64
             * @description for admins
             */
            reserved?: number;
            /**
             * Format: int64
             * @description an alert opens when no more than this is available; null: never
             */
            low_stock_threshold?: number | null;
        };
        Problem400: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "bad_request";
        };
        Problem401: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "invalid_token" | "unauthenticated";
        };
        Problem406: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "not_acceptable";
        };
        Problem412: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "stale_version" | "weak_etag";
        };
        Problem422: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "invalid_cursor" | "validation_failed";
        };
        Problem500: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "internal";
        };
        Problem503: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "busy" | "database_damaged" | "overloaded" | "read_only" | "storage_failed" | "storage_lost" | "too_costly";
        };
        Problem404: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "not_found";
        };
        Problem422Variant2: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "validation_failed";
        };
        ProductPage: {
            data: components["schemas"]["Product"][];
            next_cursor: string | null;
        };
        Product: {
            /** Format: int64 */
            id: number;
            /**
             * @description unique: case, wide letters and zero-width characters make no difference
             * @example MUG
             */
            sku: string;
            /** @example Mug */
            name: string;
            description: string;
            /**
             * Format: int64
             * @description of one, in minor units
             * @example 1250
             */
            price: number;
            currency: string;
            /** Format: int64 */
            available: number;
            /** @enum {string} */
            status: "active" | "archived";
            /**
             * Format: int64
             * @description grams; null: unknown, and so is 0
             */
            weight_g: number | null;
            /**
             * @description which of a place's tax rates holds; where the place has none for the class, that of the class before it: of second_reduced that of reduced, and of all that of standard
             * @enum {string}
             */
            tax_class: "standard" | "reduced" | "second_reduced" | "super_reduced" | "zero";
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            /** Format: int64 */
            version: number;
            /**
             * Format: int64
             * @description units in the house
             */
            on_hand: number;
            /**
             * Format: int64
             * @description of them promised to open orders
             */
            reserved: number;
            /**
             * Format: int64
             * @description an alert opens when no more than this is available; null: never
             */
            low_stock_threshold: number | null;
        };
        Problem403: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "forbidden" | "out_of_scope";
        };
        ExplainedProduct: {
            /** Format: int64 */
            id: number;
            /**
             * @description unique: case, wide letters and zero-width characters make no difference
             * @example MUG
             */
            sku: string;
            /** @example Mug */
            name: string;
            description: string;
            /**
             * Format: int64
             * @description of one, in minor units
             * @example 1250
             */
            price: number;
            currency: string;
            /** Format: int64 */
            available: number;
            /** @enum {string} */
            status: "active" | "archived";
            /**
             * Format: int64
             * @description grams; null: unknown, and so is 0
             */
            weight_g: number | null;
            /**
             * @description which of a place's tax rates holds; where the place has none for the class, that of the class before it: of second_reduced that of reduced, and of all that of standard
             * @enum {string}
             */
            tax_class: "standard" | "reduced" | "second_reduced" | "super_reduced" | "zero";
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            /** Format: int64 */
            version: number;
            /**
             * Format: int64
             * @description units in the house
             */
            on_hand: number;
            /**
             * Format: int64
             * @description of them promised to open orders
             */
            reserved: number;
            /**
             * Format: int64
             * @description an alert opens when no more than this is available; null: never
             */
            low_stock_threshold: number | null;
            /** @description the newest 100 */
            holds: components["schemas"]["Hold"][];
            /** @description the newest 20 */
            movements: components["schemas"]["Movement"][];
            alert: components["schemas"]["Alert"] | null;
        };
        Hold: {
            /** Format: int64 */
            order_id: number;
            /** @description of the order */
            status: string;
            /** Format: int64 */
            quantity: number;
            /** Format: date-time */
            placed_at: string;
            /**
             * Format: date-time
             * @description null: until it is shipped or cancelled
             */
            expires_at: string | null;
        };
        Movement: {
            /** Format: int64 */
            id: number;
            /** Format: int64 */
            delta: number;
            /** @enum {string} */
            reason: "received" | "adjusted" | "sold" | "returned" | "damaged" | "corrected";
            /** Format: int64 */
            order_id: number | null;
            /** Format: int64 */
            import_id: number | null;
            actor: string;
            note: string;
            /** Format: date-time */
            at: string;
        };
        Alert: {
            /** Format: int64 */
            id: number;
            /** Format: int64 */
            product_id: number;
            /**
             * @description unique: case, wide letters and zero-width characters make no difference
             * @example MUG
             */
            sku: string;
            /** @example Mug */
            name: string;
            /**
             * @description quiet: enough is available since units were given back, and it opens again without a notice
             * @enum {string}
             */
            status: "open" | "quiet" | "resolved";
            /**
             * Format: int64
             * @description what was available when it opened
             */
            level: number;
            /**
             * Format: int64
             * @description what is available now
             */
            available: number;
            /**
             * Format: int64
             * @description an alert opens when no more than this is available; null: never
             */
            low_stock_threshold: number | null;
            /** Format: date-time */
            opened_at: string;
            /** Format: date-time */
            resolved_at: string | null;
        };
        MovementPage: {
            data: components["schemas"]["Movement"][];
            next_cursor: string | null;
        };
        AlertPage: {
            data: components["schemas"]["Alert"][];
            next_cursor: string | null;
        };
        Problem403Variant2: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "csrf_token_required" | "forbidden" | "out_of_scope";
        };
        Problem404Variant2: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "erased" | "not_found";
        };
        AlertsDismiss409: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "alert_resolved" | "idempotency_key_in_use";
        };
        Problem422Variant3: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "idempotency_key_reused" | "invalid_idempotency_key" | "validation_failed";
        };
        Problem500Variant2: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "internal" | "outcome_unknown";
        };
        Problem507: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "out_of_space";
        };
        NewProduct: {
            /**
             * @description unique: case, wide letters and zero-width characters make no difference
             * @example MUG
             */
            sku: string;
            /** @example Mug */
            name: string;
            description?: string;
            /**
             * Format: int64
             * @description of one, in minor units
             * @example 1250
             */
            price: number;
            /** @description the shop's: it has only one */
            currency?: string;
            /**
             * Format: int64
             * @description the initial stock; 0 if absent
             */
            quantity?: number;
            /**
             * Format: int64
             * @description an alert opens when no more than this is available; null: never
             */
            low_stock_threshold?: number | null;
            /**
             * Format: int64
             * @description grams; null: unknown, and so is 0
             */
            weight_g?: number | null;
            /**
             * @description which of a place's tax rates holds; where the place has none for the class, that of the class before it: of second_reduced that of reduced, and of all that of standard
             * @enum {string}
             */
            tax_class?: "standard" | "reduced" | "second_reduced" | "super_reduced" | "zero";
        };
        Problem400Variant2: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "bad_request" | "body_incomplete" | "duplicate_member" | "json_too_deep" | "json_too_large" | "malformed_json";
        };
        Problem404Variant3: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "erased";
        };
        ProductsAdd409: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "idempotency_key_in_use" | "sku_taken";
        };
        Problem413: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "body_too_large";
        };
        Problem415: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "unsupported_content_encoding" | "unsupported_media_type";
        };
        ProductsAdd422: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "idempotency_key_reused" | "invalid_idempotency_key" | "out_of_range" | "price_off_step" | "validation_failed";
        };
        ProductUpdate: {
            /**
             * @description unique: case, wide letters and zero-width characters make no difference
             * @example MUG
             */
            sku?: string;
            /** @example Mug */
            name?: string;
            description?: string;
            /**
             * Format: int64
             * @description of one, in minor units
             * @example 1250
             */
            price?: number;
            /** @description the shop's: it has only one */
            currency?: string;
            /**
             * Format: int64
             * @description an alert opens when no more than this is available; null: never
             */
            low_stock_threshold?: number | null;
            /**
             * Format: int64
             * @description grams; null: unknown, and so is 0
             */
            weight_g?: number | null;
            /**
             * @description which of a place's tax rates holds; where the place has none for the class, that of the class before it: of second_reduced that of reduced, and of all that of standard
             * @enum {string}
             */
            tax_class?: "standard" | "reduced" | "second_reduced" | "super_reduced" | "zero";
            /** @enum {string} */
            status?: "active" | "archived";
            /**
             * Format: int64
             * @description sets what is on hand
             */
            quantity?: number;
            /**
             * Format: int64
             * @description adds to what is on hand, or takes off; needs a reason
             */
            adjust?: number;
            /** @enum {string} */
            reason?: "received" | "adjusted" | "damaged" | "corrected";
            /** @description goes with the movement of stock */
            note?: string;
        };
        ProductsUpdate409: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "below_reserved" | "sku_taken";
        };
        Problem412Variant2: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "exists_already" | "stale_version" | "weak_etag";
        };
        ProductsUpdate422: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "out_of_range" | "price_off_step" | "validation_failed";
        };
        Problem428: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "if_match_required";
        };
        InventoryAdd409: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "idempotency_key_in_use" | "sku_taken";
        };
        InventoryAdd422: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "idempotency_key_reused" | "invalid_idempotency_key" | "out_of_range" | "price_off_step" | "validation_failed";
        };
        InventoryUpdate409: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "below_reserved" | "sku_taken";
        };
        InventoryUpdate422: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "out_of_range" | "price_off_step" | "validation_failed";
        };
        ImportReport: {
            /**
             * Format: int64
             * @description for undoing it; null: it changed nothing
             */
            id: number | null;
            /**
             * Format: int64
             * @description the import that this file was before
             */
            same_file_as: number | null;
            /** Format: int64 */
            added: number;
            /** Format: int64 */
            updated: number;
            /** Format: int64 */
            skipped: number;
            /**
             * Format: int64
             * @description of the skipped rows
             */
            faulty: number;
            /**
             * Format: int64
             * @description how many of the others have notes
             */
            noted: number;
            /** @description between the file's fields: comma, semicolon, tab, or the character itself */
            separator: unknown;
            /**
             * @description of the file
             * @enum {string}
             */
            encoding: "UTF-8" | "Windows-1252";
            /** @description all that are faulty, and the first of those with notes and of the others */
            rows: components["schemas"]["ImportedRow"][];
            /**
             * Format: int64
             * @description how many are not among rows
             */
            rows_left_out: number;
        };
        ImportedRow: {
            /** Format: int64 */
            line: number;
            /** @enum {string} */
            outcome: "added" | "updated" | "skipped";
            sku: unknown;
            name: unknown;
            reason?: unknown;
            /** @description skipped: it has a fault; false: there is nothing to do for it */
            faulty?: boolean;
            /** @description what the row says and is not taken as that */
            notes?: string[];
            /** @description added: its initial values, from null */
            changes?: {
                [key: string]: components["schemas"]["ImportedChange"];
            };
        };
        ImportedChange: {
            from: unknown;
            to: unknown;
        };
        Problem400Variant3: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "bad_request" | "body_incomplete";
        };
        InventoryImport409: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "idempotency_key_in_use" | "import_under_way";
        };
        InventoryImport422: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "file_too_large" | "idempotency_key_reused" | "invalid_idempotency_key" | "not_a_product_file" | "too_many_faults" | "validation_failed";
        };
        InventoryImport503: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "busy" | "database_damaged" | "import_ended" | "overloaded" | "read_only" | "storage_failed" | "storage_lost" | "too_costly";
        };
        ProductImportPage: {
            data: components["schemas"]["ProductImport"][];
            next_cursor: string | null;
        };
        ProductImport: {
            /** Format: int64 */
            id: number;
            /** Format: int64 */
            added: number;
            /** Format: int64 */
            updated: number;
            actor: string;
            /** Format: date-time */
            at: string;
            /** Format: date-time */
            undone_at: string | null;
        };
        ImportsUndo409: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "already_undone" | "idempotency_key_in_use" | "import_in_use";
        };
        ImportsUndo422: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "idempotency_key_reused" | "invalid_idempotency_key" | "price_off_step" | "validation_failed";
        };
        InventoryExport503: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "busy" | "database_damaged" | "overloaded" | "read_only" | "storage_failed" | "storage_lost" | "too_costly" | "too_many_streams";
        };
        NewOrder: {
            /** @description may be left out by a signed-in customer: their account's */
            customer?: components["schemas"]["OrderCustomer"];
            items: components["schemas"]["NewOrderItem"][];
            note?: string;
            /**
             * @description the language of all that goes to the customer; without it, what the header Accept-Language asks for, or else the shop's
             * @enum {string}
             */
            locale?: "de" | "en";
            /** @example SPRING */
            discount_code?: string;
            /** @description who is billed, where it is not the recipient */
            billing?: components["schemas"]["Billing"];
            /**
             * Format: int64
             * @description the total that the customer saw. If the order would cost anything else, it is refused, with the new quote
             */
            expected_total?: number;
            /**
             * Format: int64
             * @description how it is delivered; the cheapest that fits if absent, but never a pickup, which needs no shipping_address
             */
            delivery_method_id?: number;
        };
        OrderCustomer: {
            /**
             * @description as it is written on a parcel
             * @example Ada Lovelace
             */
            name: string;
            /** Format: email */
            email: string;
            /** @example +49 30 1234567 */
            phone?: string;
            /** @description needed for all orders but those that are picked up */
            shipping_address?: components["schemas"]["Address"];
        };
        Address: {
            /** @example Analytische Allee 12 */
            line1: string;
            /** @example  */
            line2?: string;
            /** @example Berlin */
            city: string;
            /**
             * @description state, province or county
             * @example
             */
            region?: string;
            /** @example 10115 */
            postal_code?: string;
            country: string;
        };
        NewOrderItem: {
            /** Format: int64 */
            product_id?: number;
            /** @description instead of product_id */
            sku?: string;
            /** Format: int64 */
            quantity: number;
        };
        Billing: {
            /** @example Ada Lovelace */
            name?: string;
            /** @example Analytical Engines GmbH */
            company?: string;
            /**
             * @description of a business; tax is charged until staff verified it
             * @example DE123456789
             */
            vat_id?: string;
            /** @description null: the shipping address */
            address?: components["schemas"]["Address"] | null;
        };
        PlacedOrder: {
            /**
             * Format: int64
             * @description the order number
             */
            id: number;
            /** @enum {string} */
            status: "pending" | "paid" | "processing" | "partially_shipped" | "shipped" | "delivered" | "returned" | "cancelled" | "expired";
            /** @description null: no payment yet */
            payment_status: string | null;
            items: components["schemas"]["OrderItem"][];
            /** Format: int64 */
            subtotal: number;
            /** Format: int64 */
            discount: number;
            /** Format: int64 */
            shipping: number;
            /**
             * Format: int64
             * @description added to the prices; 0 where they include it
             */
            tax: number;
            /**
             * Format: int64
             * @description contained in prices and shipping
             */
            tax_included: number;
            /**
             * Format: int64
             * @description in millionths: 190000 is 19 %; of several, that of most of the goods
             */
            tax_rate_ppm: number;
            /** @description by rate, highest first; bases and taxes add up to the total */
            taxes: components["schemas"]["TaxOfRate"][];
            /**
             * @description why it has this tax, or none
             * @enum {string}
             */
            tax_treatment: "taxed" | "untaxed" | "export" | "reverse_charge" | "small_business";
            /**
             * Format: int64
             * @description subtotal − discount + shipping + tax
             */
            total: number;
            currency: string;
            customer: components["schemas"]["Contact"] | null;
            /** @description null: the recipient is billed */
            billing: components["schemas"]["OrderBilling"] | null;
            /** @description the discount code */
            discount_reason: string;
            /** @description why staff gave a discount; empty: they did not */
            staff_discount_reason: string;
            note: string;
            /**
             * @description the language of all that goes to the customer
             * @enum {string}
             */
            locale: "de" | "en";
            /** @description as it was agreed; null: free, as in a shop without methods */
            delivery: components["schemas"]["OrderDelivery"] | null;
            /** @description when it comes, or can be fetched, as the shop says */
            delivery_note: string;
            /** @description a page to print or keep; its link is its key */
            receipt_url: string;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            /**
             * Format: date-time
             * @description when unpaid stock is given back
             */
            expires_at: string | null;
            /** Format: int64 */
            version: number;
            /** @description opens this order alone; it is shown once */
            access_token: string;
        };
        OrderItem: {
            /** Format: int64 */
            id: number;
            /** Format: int64 */
            product_id: number;
            sku: string;
            name: string;
            /** Format: int64 */
            unit_price: number;
            /** Format: int64 */
            quantity: number;
            /** Format: int64 */
            quantity_shipped: number;
            /** Format: int64 */
            quantity_cancelled: number;
            /** Format: int64 */
            quantity_returned: number;
            /**
             * @description which of a place's tax rates holds; where the place has none for the class, that of the class before it: of second_reduced that of reduced, and of all that of standard
             * @enum {string}
             */
            tax_class: "standard" | "reduced" | "second_reduced" | "super_reduced" | "zero";
            /** Format: int64 */
            tax_rate_ppm: number;
            /**
             * Format: int64
             * @description of the line; total is before it
             */
            discount: number;
            /**
             * Format: int64
             * @description what of it staff gave
             */
            staff_discount: number;
            /**
             * Format: int64
             * @description of the line: added to it, or contained in it
             */
            tax: number;
            /**
             * Format: int64
             * @description unit_price × quantity
             */
            total: number;
        };
        TaxOfRate: {
            /** Format: int64 */
            rate_ppm: number;
            /**
             * Format: int64
             * @description what is taxed at the rate, without its tax
             */
            base: number;
            /** Format: int64 */
            tax: number;
        };
        Contact: {
            /**
             * @description as it is written on a parcel
             * @example Ada Lovelace
             */
            name: string;
            /** Format: email */
            email: string;
            /** @example +49 30 1234567 */
            phone: string;
            shipping_address: components["schemas"]["Address"];
        };
        OrderBilling: {
            name: string;
            company: string;
            vat_id: string;
            /** @description staff looked it up */
            vat_id_verified: boolean;
            address: components["schemas"]["Address"] | null;
        };
        OrderDelivery: {
            /**
             * Format: int64
             * @description the method may have changed since, or be gone
             */
            method_id: number;
            /**
             * @description as customers read it
             * @example Parcel
             */
            name: string;
            /**
             * @description shipping: in parcels, by a carrier. pickup: the customer comes. own_delivery: the shop brings it
             * @enum {string}
             */
            kind: "shipping" | "pickup" | "own_delivery";
            /**
             * @description how many days it takes, as customers read it
             * @example 2–3
             */
            days: string;
            /** @description what customers should know of it, such as the days on which the shop brings orders */
            note: string;
            pickup: components["schemas"]["PickupPlace"] | null;
        };
        PickupPlace: {
            /**
             * @description empty: the shop's
             * @example Workshop
             */
            name?: string;
            address: components["schemas"]["Address"];
            /** @example Monday to Friday, 10 to 18 */
            opening_hours?: string;
        };
        Problem403Variant3: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "csrf_token_required";
        };
        OrdersPlace409: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "code_used_up" | "idempotency_key_in_use" | "insufficient_stock" | "too_many_unpaid" | "total_changed";
        };
        OrdersPlace422: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "code_not_valid" | "delivery_not_possible" | "idempotency_key_reused" | "invalid_idempotency_key" | "not_shipped_there" | "out_of_range" | "price_off_step" | "region_not_taxed" | "total_out_of_range" | "unknown_product" | "validation_failed";
        };
        Problem429: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "too_many_requests";
        };
        Order: {
            /**
             * Format: int64
             * @description the order number
             */
            id: number;
            /** @enum {string} */
            status: "pending" | "paid" | "processing" | "partially_shipped" | "shipped" | "delivered" | "returned" | "cancelled" | "expired";
            /** @description null: no payment yet */
            payment_status: string | null;
            items: components["schemas"]["OrderItem"][];
            /** Format: int64 */
            subtotal: number;
            /** Format: int64 */
            discount: number;
            /** Format: int64 */
            shipping: number;
            /**
             * Format: int64
             * @description added to the prices; 0 where they include it
             */
            tax: number;
            /**
             * Format: int64
             * @description contained in prices and shipping
             */
            tax_included: number;
            /**
             * Format: int64
             * @description in millionths: 190000 is 19 %; of several, that of most of the goods
             */
            tax_rate_ppm: number;
            /** @description by rate, highest first; bases and taxes add up to the total */
            taxes: components["schemas"]["TaxOfRate"][];
            /**
             * @description why it has this tax, or none
             * @enum {string}
             */
            tax_treatment: "taxed" | "untaxed" | "export" | "reverse_charge" | "small_business";
            /**
             * Format: int64
             * @description subtotal − discount + shipping + tax
             */
            total: number;
            currency: string;
            customer: components["schemas"]["Contact"] | null;
            /** @description null: the recipient is billed */
            billing: components["schemas"]["OrderBilling"] | null;
            /** @description the discount code */
            discount_reason: string;
            /** @description why staff gave a discount; empty: they did not */
            staff_discount_reason: string;
            note: string;
            /**
             * @description the language of all that goes to the customer
             * @enum {string}
             */
            locale: "de" | "en";
            /** @description as it was agreed; null: free, as in a shop without methods */
            delivery: components["schemas"]["OrderDelivery"] | null;
            /** @description when it comes, or can be fetched, as the shop says */
            delivery_note: string;
            /** @description a page to print or keep; its link is its key */
            receipt_url: string;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            /**
             * Format: date-time
             * @description when unpaid stock is given back
             */
            expires_at: string | null;
            /** Format: int64 */
            version: number;
        };
        Cancellation: {
            reason?: string;
        };
        OrdersCancel409: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "idempotency_key_in_use" | "illegal_transition";
        };
        Problem422Variant4: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "idempotency_key_reused" | "invalid_idempotency_key" | "out_of_range" | "validation_failed";
        };
        OrderSummaryPage: {
            data: components["schemas"]["OrderSummary"][];
            next_cursor: string | null;
        };
        OrderSummary: {
            /**
             * Format: int64
             * @description the order number
             */
            id: number;
            /** @enum {string} */
            status: "pending" | "paid" | "processing" | "partially_shipped" | "shipped" | "delivered" | "returned" | "cancelled" | "expired";
            /** @description null: no payment yet */
            payment_status: string | null;
            payment_method: string | null;
            /** Format: int64 */
            units: number;
            /** Format: int64 */
            total: number;
            currency: string;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            expires_at: string | null;
            /** Format: int64 */
            version: number;
        };
        AdminOrderSummaryPage: {
            data: components["schemas"]["AdminOrderSummary"][];
            next_cursor: string | null;
        };
        AdminOrderSummary: {
            /**
             * Format: int64
             * @description the order number
             */
            id: number;
            /** @enum {string} */
            status: "pending" | "paid" | "processing" | "partially_shipped" | "shipped" | "delivered" | "returned" | "cancelled" | "expired";
            /** @description null: no payment yet */
            payment_status: string | null;
            payment_method: string | null;
            /** Format: int64 */
            units: number;
            /** Format: int64 */
            total: number;
            currency: string;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            expires_at: string | null;
            /** Format: int64 */
            version: number;
            /** Format: int64 */
            customer_id: number;
            customer_name: string;
            managed_by: components["schemas"]["OrderManager"];
            /** @description whether it may be packed now, paid or by the setting ship_before_payment */
            packable: boolean;
            /**
             * @description null: shipping that was free
             * @enum {string|null}
             */
            delivery_kind: "shipping" | "pickup" | "own_delivery" | null;
            /**
             * @description of the parcels that are still in the house; null: there are none
             * @enum {string|null}
             */
            label: "ready" | "pending" | "failed" | null;
            /** @description what would not be refused now, of what can be done with many orders at once */
            can: ("start_packing" | "fulfil" | "mark_ready" | "print_labels" | "mark_shipped" | "mark_delivered")[];
        };
        OrderManager: {
            /** Format: int64 */
            id: number;
            username: string;
        };
        LargeHolds: {
            data: components["schemas"]["LargeHold"][];
        };
        LargeHold: {
            /** Format: int64 */
            order_id: number;
            /** Format: int64 */
            product_id: number;
            sku: string;
            name: string;
            /** Format: int64 */
            quantity: number;
            /** Format: int64 */
            on_hand: number;
            payment_method: string | null;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            expires_at: string;
            /**
             * Format: int64
             * @description of the order
             */
            version: number;
        };
        AdminOrder: {
            /**
             * Format: int64
             * @description the order number
             */
            id: number;
            /** @enum {string} */
            status: "pending" | "paid" | "processing" | "partially_shipped" | "shipped" | "delivered" | "returned" | "cancelled" | "expired";
            /** @description null: no payment yet */
            payment_status: string | null;
            items: components["schemas"]["OrderItem"][];
            /** Format: int64 */
            subtotal: number;
            /** Format: int64 */
            discount: number;
            /** Format: int64 */
            shipping: number;
            /**
             * Format: int64
             * @description added to the prices; 0 where they include it
             */
            tax: number;
            /**
             * Format: int64
             * @description contained in prices and shipping
             */
            tax_included: number;
            /**
             * Format: int64
             * @description in millionths: 190000 is 19 %; of several, that of most of the goods
             */
            tax_rate_ppm: number;
            /** @description by rate, highest first; bases and taxes add up to the total */
            taxes: components["schemas"]["TaxOfRate"][];
            /**
             * @description why it has this tax, or none
             * @enum {string}
             */
            tax_treatment: "taxed" | "untaxed" | "export" | "reverse_charge" | "small_business";
            /**
             * Format: int64
             * @description subtotal − discount + shipping + tax
             */
            total: number;
            currency: string;
            customer: components["schemas"]["Contact"] | null;
            /** @description null: the recipient is billed */
            billing: components["schemas"]["OrderBilling"] | null;
            /** @description the discount code */
            discount_reason: string;
            /** @description why staff gave a discount; empty: they did not */
            staff_discount_reason: string;
            note: string;
            /**
             * @description the language of all that goes to the customer
             * @enum {string}
             */
            locale: "de" | "en";
            /** @description as it was agreed; null: free, as in a shop without methods */
            delivery: components["schemas"]["OrderDelivery"] | null;
            /** @description when it comes, or can be fetched, as the shop says */
            delivery_note: string;
            /** @description a page to print or keep; its link is its key */
            receipt_url: string;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            /**
             * Format: date-time
             * @description when unpaid stock is given back
             */
            expires_at: string | null;
            /** Format: int64 */
            version: number;
            /** Format: int64 */
            customer_id: number;
            managed_by: components["schemas"]["OrderManager"];
            staff_note: string;
            payment: components["schemas"]["PaymentSummary"] | null;
            shipments: components["schemas"]["ShipmentSummary"][];
            history: components["schemas"]["HistoryEntry"][];
            /** @description where the state machine lets it go */
            next_statuses: ("pending" | "paid" | "processing" | "partially_shipped" | "shipped" | "delivered" | "returned" | "cancelled" | "expired")[];
            /** @description whether it may be packed now, paid or by the setting ship_before_payment */
            packable: boolean;
        };
        PaymentSummary: {
            /** Format: int64 */
            id: number;
            method: string;
            status: string;
            gateway: string;
            /** Format: int64 */
            amount: number;
            /** Format: int64 */
            captured: number;
            /** Format: int64 */
            refunded: number;
            /**
             * Format: int64
             * @description of refunded: what staff are to send by hand
             */
            to_be_sent: number;
            card_brand: string | null;
            card_last4: string | null;
            failure_code: string | null;
        };
        ShipmentSummary: {
            /** Format: int64 */
            id: number;
            carrier: string;
            service: string;
            status: string;
            tracking_number: string | null;
            tracking_url: string | null;
            items: components["schemas"]["ItemUnits"][];
            /**
             * Format: int64
             * @description of the label
             */
            cost: number | null;
            cost_currency: string | null;
            /** @description why there is no label */
            failure: string;
            /** Format: date-time */
            created_at: string;
            /** Format: int64 */
            version: number;
        };
        ItemUnits: {
            /** Format: int64 */
            item_id: number;
            /** Format: int64 */
            quantity: number;
        };
        HistoryEntry: {
            /** Format: int64 */
            sequence: number;
            kind: string;
            actor: string;
            body: unknown;
            /** Format: date-time */
            at: string;
        };
        OrderUpdate: {
            /**
             * @description processing (packing began) or cancelled; the other steps follow from payments and shipments
             * @example processing
             * @enum {string}
             */
            status?: "pending" | "paid" | "processing" | "partially_shipped" | "shipped" | "delivered" | "returned" | "cancelled" | "expired";
            customer?: components["schemas"]["OrderCustomerChanges"];
            /** @description the customer's note */
            note?: string;
            staff_note?: string;
            /**
             * @description when it comes, or can be fetched; the customer reads it
             * @example Tuesday, 17 to 19
             */
            delivery_note?: string;
            /**
             * Format: int64
             * @description an active owner's or staff member's id
             */
            managed_by?: number;
            /**
             * @description the language of all that goes to the customer from now on
             * @enum {string}
             */
            locale?: "de" | "en";
            /** @description why it is cancelled */
            reason?: string;
            /**
             * Format: date-time
             * @description until when an unpaid order holds its stock; null: without an end. Cash on delivery is confirmed by it
             */
            hold_until?: string | null;
            /** @description true: the sums stay as they are, though the new address has another tax or delivery. Otherwise they are computed anew while nothing is paid */
            keep_total?: boolean;
            /** @description null: the recipient is billed */
            billing?: components["schemas"]["Billing"] | null;
            /** @description that staff looked the VAT ID up. An order to a business in another member state of the European Union has no tax then, if it is not paid yet */
            vat_id_verified?: boolean;
        };
        OrderCustomerChanges: {
            /**
             * @description as it is written on a parcel
             * @example Ada Lovelace
             */
            name?: string;
            /** Format: email */
            email?: string;
            /** @example +49 30 1234567 */
            phone?: string;
            shipping_address?: components["schemas"]["Address"];
        };
        OrdersUpdate409: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "address_of_pickup" | "already_shipped" | "customer_erased" | "follows_from_elsewhere" | "illegal_transition" | "not_paid" | "not_pending" | "payment_not_held" | "total_would_change";
        };
        OrdersUpdate422: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "not_shipped_there" | "out_of_range" | "price_off_step" | "region_not_taxed" | "total_out_of_range" | "validation_failed";
        };
        StaffDiscount: {
            /**
             * @description why; the customer may read it
             * @example The box is scratched
             */
            reason: string;
            /**
             * Format: int64
             * @description of all that the items leave
             * @example 100000
             */
            rate_ppm?: number;
            /**
             * Format: int64
             * @description in minor units, instead of rate_ppm
             */
            amount?: number;
            items?: components["schemas"]["LineDiscount"][];
        };
        LineDiscount: {
            /** Format: int64 */
            item_id: number;
            /**
             * Format: int64
             * @description a share, in millionths: 100000 is 10 %
             * @example 100000
             */
            rate_ppm?: number;
            /**
             * Format: int64
             * @description in minor units, instead of rate_ppm
             */
            amount?: number;
        };
        OrdersDiscount403: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "csrf_token_required" | "discount_too_large" | "forbidden" | "out_of_scope";
        };
        OrdersDiscount409: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "customer_erased" | "order_closed" | "total_would_change";
        };
        OrdersDiscount422: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "out_of_range" | "price_off_step" | "region_not_taxed" | "total_out_of_range" | "validation_failed";
        };
        OrdersTakeBackDiscount409: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "customer_erased" | "order_closed" | "total_would_change";
        };
        OrdersTakeBackDiscount422: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "price_off_step" | "region_not_taxed" | "total_out_of_range" | "validation_failed";
        };
        DeliveryMethodPage: {
            data: components["schemas"]["DeliveryMethod"][];
            next_cursor: string | null;
        };
        DeliveryMethod: {
            /** Format: int64 */
            id: number;
            /**
             * @description as customers read it
             * @example Parcel
             */
            name: string;
            /**
             * @description the name in other languages, by their two letters; where an order's language has none, name holds
             * @example {
             *       "de": "Paket"
             *     }
             */
            names: {
                [key: string]: string;
            };
            /**
             * @description shipping: in parcels, by a carrier. pickup: the customer comes. own_delivery: the shop brings it
             * @enum {string}
             */
            kind: "shipping" | "pickup" | "own_delivery";
            /**
             * @description how many days it takes, as customers read it
             * @example 2–3
             */
            days: string;
            /**
             * @description the tax class of the delivery; null: it is taxed as its goods are, in proportion to what they cost
             * @enum {string|null}
             */
            tax_class: "standard" | "reduced" | "second_reduced" | "super_reduced" | "zero" | null;
            active: boolean;
            /**
             * Format: int64
             * @description in lists, lowest first
             */
            position: number;
            /** @description where it goes, and what it costs there. Of the zones that an address is in, the most exact holds: the longest beginning of a postcode, a region, a country, *. A pickup has one zone without places at most */
            zones: components["schemas"]["DeliveryZone"][];
            pickup: components["schemas"]["PickupPlace"] | null;
            /** @description what customers should know of it, such as the days on which the shop brings orders */
            note: string;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            /** Format: int64 */
            version: number;
        };
        DeliveryZone: {
            places?: components["schemas"]["DeliveryPlace"][];
            /**
             * @description what the bands count: what the goods cost after discount, which is so if absent; or what they weigh: then the method does not fit while a weight is unknown
             * @enum {string}
             */
            by?: "value" | "weight";
            /** @description one from 0 to null is one price for all; none: the method does not go there */
            bands: components["schemas"]["DeliveryPriceBand"][];
            /**
             * Format: int64
             * @description free where the goods cost this or more, after discount
             * @example 6000
             */
            free_from?: number | null;
        };
        DeliveryPlace: {
            /**
             * @description ISO 3166-1 alpha-2, or * for every country that is not named
             * @example DE
             */
            country: string;
            /**
             * @description a region of the country, by ISO 3166-2 code or name
             * @example
             */
            region?: string;
            /** @description how postcodes begin, instead of a region; empty: all of them */
            postal_codes?: string[];
        };
        DeliveryPriceBand: {
            /**
             * Format: int64
             * @description grams or minor units; the first band begins at 0, each other one where the one before ends, plus 1
             * @example 0
             */
            from: number;
            /**
             * Format: int64
             * @description likewise, and still in the band; null: without an end
             */
            to?: number | null;
            /**
             * Format: int64
             * @example 490
             */
            price: number;
        };
        NewDeliveryMethod: {
            /**
             * @description as customers read it
             * @example Parcel
             */
            name: string;
            /**
             * @description the name in other languages, by their two letters; where an order's language has none, name holds
             * @example {
             *       "de": "Paket"
             *     }
             */
            names?: {
                [key: string]: string;
            };
            /**
             * @description shipping: in parcels, by a carrier. pickup: the customer comes. own_delivery: the shop brings it
             * @example shipping
             * @enum {string}
             */
            kind: "shipping" | "pickup" | "own_delivery";
            /**
             * @description how many days it takes, as customers read it
             * @example 2–3
             */
            days?: string;
            /**
             * @description the tax class of the delivery; null: it is taxed as its goods are, in proportion to what they cost
             * @enum {string|null}
             */
            tax_class?: "standard" | "reduced" | "second_reduced" | "super_reduced" | "zero" | null;
            /**
             * @description true if absent
             * @example true
             */
            active?: boolean;
            /** @description where it goes, and what it costs there. Of the zones that an address is in, the most exact holds: the longest beginning of a postcode, a region, a country, *. A pickup has one zone without places at most */
            zones?: components["schemas"]["DeliveryZone"][];
            pickup?: components["schemas"]["PickupPlace"] | null;
            /** @description what customers should know of it, such as the days on which the shop brings orders */
            note?: string;
        };
        DeliveryAdd409: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "idempotency_key_in_use" | "too_many_methods";
        };
        DeliveryAdd422: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "idempotency_key_reused" | "invalid_idempotency_key" | "out_of_range" | "price_off_step" | "validation_failed";
        };
        DeliveryOffers: {
            /** @description what fits, cheapest first */
            delivery_methods: components["schemas"]["DeliveryOffer"][];
            /** @description the other methods, with why they do not fit */
            unavailable: components["schemas"]["UnavailableDelivery"][];
        };
        DeliveryOffer: {
            /** Format: int64 */
            id: number;
            /**
             * @description as customers read it
             * @example Parcel
             */
            name: string;
            /**
             * @description shipping: in parcels, by a carrier. pickup: the customer comes. own_delivery: the shop brings it
             * @enum {string}
             */
            kind: "shipping" | "pickup" | "own_delivery";
            /** Format: int64 */
            price: number;
            /**
             * @description how many days it takes, as customers read it
             * @example 2–3
             */
            days: string;
            /** @description what customers should know of it, such as the days on which the shop brings orders */
            note: string;
            pickup: components["schemas"]["PickupPlace"] | null;
        };
        UnavailableDelivery: {
            /** Format: int64 */
            id: number;
            /** @description not_to_that_address, weight_unknown, too_heavy, value_out_of_range, or a refusal's code */
            reason: string;
            detail: string;
        };
        DeliveryMethodChanges: {
            /**
             * @description as customers read it
             * @example Parcel
             */
            name?: string;
            /**
             * @description the name in other languages, by their two letters; where an order's language has none, name holds
             * @example {
             *       "de": "Paket"
             *     }
             */
            names?: {
                [key: string]: string;
            };
            /**
             * @description shipping: in parcels, by a carrier. pickup: the customer comes. own_delivery: the shop brings it
             * @example shipping
             * @enum {string}
             */
            kind?: "shipping" | "pickup" | "own_delivery";
            /**
             * @description how many days it takes, as customers read it
             * @example 2–3
             */
            days?: string;
            /**
             * @description the tax class of the delivery; null: it is taxed as its goods are, in proportion to what they cost
             * @enum {string|null}
             */
            tax_class?: "standard" | "reduced" | "second_reduced" | "super_reduced" | "zero" | null;
            /** @example true */
            active?: boolean;
            /** @description where it goes, and what it costs there. Of the zones that an address is in, the most exact holds: the longest beginning of a postcode, a region, a country, *. A pickup has one zone without places at most */
            zones?: components["schemas"]["DeliveryZone"][];
            pickup?: components["schemas"]["PickupPlace"] | null;
            /** @description what customers should know of it, such as the days on which the shop brings orders */
            note?: string;
            /**
             * Format: int64
             * @description its new place in the list, from 1; the others move
             */
            position?: number;
        };
        DeliveryUpdate422: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "out_of_range" | "price_off_step" | "validation_failed";
        };
        QuoteRequest: {
            /** @description may be left out by a signed-in customer: their account's */
            customer?: components["schemas"]["QuoteCustomer"];
            items: components["schemas"]["NewOrderItem"][];
            /** @example SPRING */
            discount_code?: string;
            /**
             * Format: int64
             * @description as POST /orders takes it; with a pickup, customer may be left out
             */
            delivery_method_id?: number;
        };
        QuoteCustomer: {
            shipping_address: components["schemas"]["QuoteAddress"];
        };
        QuoteAddress: {
            country: string;
            /** @example  */
            region?: string;
            /** @example 10115 */
            postal_code?: string;
            /** @example Berlin */
            city?: string;
        };
        Quote: {
            items: components["schemas"]["QuoteItem"][];
            /** @description by rate, highest first; bases and taxes add up to the total */
            taxes: components["schemas"]["TaxOfRate"][];
            /** @enum {string} */
            tax_treatment: "taxed" | "untaxed" | "export" | "reverse_charge" | "small_business";
            discount_code: string | null;
            /**
             * Format: int64
             * @description the one that shipping is of; null: delivered free, by a shop without methods
             */
            delivery_method_id: number | null;
            /** @description what fits, cheapest first */
            delivery_methods: components["schemas"]["DeliveryOffer"][];
            /** @description the other methods, with why they do not fit */
            unavailable: components["schemas"]["UnavailableDelivery"][];
            /** Format: int64 */
            subtotal: number;
            /** Format: int64 */
            discount: number;
            /** Format: int64 */
            shipping: number;
            /**
             * Format: int64
             * @description added to the prices; 0 where they include it
             */
            tax: number;
            /**
             * Format: int64
             * @description contained in prices and shipping
             */
            tax_included: number;
            /**
             * Format: int64
             * @description subtotal − discount + shipping + tax
             */
            total: number;
            currency: string;
        };
        QuoteItem: {
            /** Format: int64 */
            product_id: number;
            sku: string;
            name: string;
            /**
             * Format: int64
             * @description without the tax in the product's price, where no tax is due
             */
            unit_price: number;
            /** Format: int64 */
            quantity: number;
            /**
             * Format: int64
             * @description of the line
             */
            discount: number;
            /** Format: int64 */
            tax_rate_ppm: number;
            /**
             * Format: int64
             * @description of the line: added to it, or contained in it
             */
            tax: number;
            /**
             * Format: int64
             * @description unit_price × quantity
             */
            total: number;
        };
        OrdersQuote409: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "code_used_up";
        };
        OrdersQuote422: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "code_not_valid" | "delivery_not_possible" | "not_shipped_there" | "out_of_range" | "price_off_step" | "region_not_taxed" | "total_out_of_range" | "unknown_product" | "validation_failed";
        };
        DefaultRates: {
            data: components["schemas"]["TaxRate"][];
        };
        TaxRate: {
            country: string;
            /** @description a region in the country, by ISO 3166-2 code or name; goes before the country. Where one has a rate, addresses need a known region */
            region?: string;
            /**
             * @description which of a place's tax rates holds; where the place has none for the class, that of the class before it: of second_reduced that of reduced, and of all that of standard
             * @enum {string}
             */
            tax_class?: "standard" | "reduced" | "second_reduced" | "super_reduced" | "zero";
            /**
             * @description the day from which it holds, in the shop's time zone, in place of an earlier one; null: it always did
             * @example 2026-01-01
             */
            from?: string | null;
            /**
             * Format: int64
             * @description in millionths: 190000 is 19 %; 1000000, which is 100 %, at most
             * @example 190000
             */
            rate_ppm: number;
            /** @description false: it is a default, and no owner has looked at it yet */
            confirmed?: boolean;
            /** @description where a default comes from */
            source?: string;
        };
        DiscountCodePage: {
            data: components["schemas"]["DiscountCode"][];
            next_cursor: string | null;
        };
        DiscountCode: {
            /** @example SPRING */
            code: string;
            /**
             * @description percent of what the goods cost, an amount off them, or free delivery
             * @enum {string}
             */
            kind: "percent" | "amount" | "free_delivery";
            /**
             * Format: int64
             * @description of percent, in millionths: 100000 is 10 %
             * @example 100000
             */
            rate_ppm?: number;
            /**
             * Format: int64
             * @description of amount
             */
            amount?: number;
            /**
             * Format: int64
             * @description what the goods must cost before any discount
             */
            minimum?: number;
            /** Format: date-time */
            valid_from?: string | null;
            /**
             * Format: date-time
             * @description before this time
             */
            valid_until?: string | null;
            /**
             * Format: int64
             * @description in all; null: any number
             */
            most_uses?: number | null;
            /**
             * Format: int64
             * @description of one customer, who is known by account or e-mail address
             */
            most_uses_of_one?: number | null;
            /** @description that it is for; none: all */
            products?: number[];
            active?: boolean;
            /** Format: int64 */
            id: number;
            /**
             * Format: int64
             * @description by orders that have not ended unpaid
             */
            uses: number;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            /** Format: int64 */
            version: number;
        };
        NewDiscountCode: {
            /** @example SPRING */
            code: string;
            /**
             * @description percent of what the goods cost, an amount off them, or free delivery
             * @enum {string}
             */
            kind: "percent" | "amount" | "free_delivery";
            /**
             * Format: int64
             * @description of percent, in millionths: 100000 is 10 %
             * @example 100000
             */
            rate_ppm?: number;
            /**
             * Format: int64
             * @description of amount
             */
            amount?: number;
            /**
             * Format: int64
             * @description what the goods must cost before any discount
             */
            minimum?: number;
            /** Format: date-time */
            valid_from?: string | null;
            /**
             * Format: date-time
             * @description before this time
             */
            valid_until?: string | null;
            /**
             * Format: int64
             * @description in all; null: any number
             */
            most_uses?: number | null;
            /**
             * Format: int64
             * @description of one customer, who is known by account or e-mail address
             */
            most_uses_of_one?: number | null;
            /** @description that it is for; none: all */
            products?: number[];
            active?: boolean;
        };
        DiscountCodesAdd409: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "code_taken" | "idempotency_key_in_use";
        };
        DiscountCodesAdd422: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "idempotency_key_reused" | "invalid_idempotency_key" | "out_of_range" | "price_off_step" | "validation_failed";
        };
        DiscountCodesReplace409: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "code_taken";
        };
        DiscountCodesReplace422: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "out_of_range" | "price_off_step" | "validation_failed";
        };
        NewPayment: {
            /**
             * Format: int64
             * @example 1001
             */
            order_id: number;
            method: components["schemas"]["CardPayment"] | components["schemas"]["BankTransferPayment"] | components["schemas"]["CashOnDeliveryPayment"];
            /**
             * Format: int64
             * @description if present, it must be what is owed
             */
            amount?: number;
            /**
             * @description where the customer returns after a confirmation (3-D Secure); the shop's own address if absent
             * @example https://shop.example.com/thanks
             */
            return_url?: string;
        };
        CardPayment: {
            /**
             * @description with the sandbox alone; real cards go to their gateway from the browser
             * @example 4242 4242 4242 4242
             */
            number?: string;
            /**
             * Format: int64
             * @example 12
             */
            exp_month?: number;
            /**
             * Format: int64
             * @example 2040
             */
            exp_year?: number;
            /** @example 123 */
            cvc?: string;
            /** @description instead of the card: the gateway's, such as pm_… */
            token?: string;
            /** @constant */
            type: "card";
        };
        BankTransferPayment: {
            /** @constant */
            type: "bank_transfer";
        };
        CashOnDeliveryPayment: {
            /** @constant */
            type: "cash_on_delivery";
        };
        Payment: {
            /** Format: int64 */
            id: number;
            /** Format: int64 */
            order_id: number;
            /** Format: int64 */
            amount: number;
            currency: string;
            method: components["schemas"]["PaidBy"];
            /** @enum {string} */
            status: "processing" | "requires_action" | "authorized" | "succeeded" | "failed" | "voided" | "partially_refunded" | "refunded" | "disputed";
            /** @description sandbox, stripe, or manual */
            gateway: string;
            /** @description no money moved: say so wherever the payment is shown */
            simulated: boolean;
            /** Format: int64 */
            captured: number;
            /**
             * Format: int64
             * @description or on its way back, or to be sent
             */
            refunded: number;
            /**
             * Format: int64
             * @description of refunded: what staff are still to send by hand
             */
            to_be_sent: number;
            /** @description requires_action: where the customer confirms the payment */
            action_url: string | null;
            failure: components["schemas"]["PaymentFailure"] | null;
            refunds: components["schemas"]["Refund"][];
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            /** Format: int64 */
            version: number;
        };
        PaidBy: {
            /** @enum {string} */
            type: "card" | "bank_transfer" | "cash_on_delivery";
            brand: string | null;
            last4: string | null;
        };
        PaymentFailure: {
            code: string;
            /** @description for the customer, in the order's language; English for staff */
            text: string;
        };
        Refund: {
            /** Format: int64 */
            id: number;
            /** Format: int64 */
            payment_id: number;
            /** Format: int64 */
            amount: number;
            currency: string;
            reason: string;
            /**
             * @description to_be_sent: staff send it by hand
             * @enum {string}
             */
            status: "pending" | "to_be_sent" | "succeeded" | "failed";
            failure_code: string | null;
            /**
             * Format: date-time
             * @description by hand
             */
            sent_at: string | null;
            /** Format: date-time */
            created_at: string;
        };
        PaymentsPay402: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "amount_too_large" | "amount_too_small" | "authentication_failed" | "card_declined" | "card_not_supported" | "expired_card" | "incorrect_cvc" | "incorrect_number" | "insufficient_funds" | "invalid_expiry" | "processing_error" | "test_card_required" | "token_unknown";
        };
        PaymentsPay404: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "erased" | "not_found";
        };
        PaymentsPay409: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "already_paid" | "currency_not_charged" | "gateway_not_configured" | "gateway_refused" | "idempotency_key_in_use" | "order_not_payable" | "payment_under_way";
        };
        PaymentsPay422: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "amount_mismatch" | "amount_off_step" | "idempotency_key_reused" | "invalid_idempotency_key" | "method_not_offered" | "out_of_range" | "raw_card_refused" | "validation_failed";
        };
        PaymentMethods: {
            methods: components["schemas"]["OfferedMethod"][];
            currency: string;
            /** @description card payments move no money */
            simulated: boolean;
            /** @description to be shown prominently; null: nothing to show */
            notice: string | null;
        };
        OfferedMethod: {
            /** @enum {string} */
            type: "card" | "bank_transfer" | "cash_on_delivery";
            gateway: string;
            /**
             * @description what POST /payments wants beside the type
             * @enum {string}
             */
            takes: "number" | "token" | "nothing";
            /** @description for Stripe.js */
            publishable_key: string | null;
        };
        PaymentConfirmation: Record<string, never>;
        PaymentsConfirm402: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "amount_too_large" | "amount_too_small" | "authentication_failed" | "card_declined" | "card_not_supported" | "expired_card" | "incorrect_cvc" | "incorrect_number" | "insufficient_funds" | "invalid_expiry" | "processing_error" | "test_card_required" | "token_unknown";
        };
        PaymentsConfirm409: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "gateway_refused" | "order_not_payable";
        };
        Problem422Variant5: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "out_of_range" | "validation_failed";
        };
        Capture: {
            /**
             * Format: int64
             * @description all of it if absent
             */
            amount?: number;
            /** @description a bank transfer's text, a receipt's number */
            reference?: string;
        };
        PaymentsCapture409: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "capture_under_way" | "idempotency_key_in_use" | "illegal_payment_transition" | "illegal_transition" | "not_capturable";
        };
        PaymentsCapture422: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "amount_off_step" | "idempotency_key_reused" | "invalid_idempotency_key" | "out_of_range" | "validation_failed";
        };
        PaymentVoid: Record<string, never>;
        PaymentsVoid409: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "idempotency_key_in_use" | "illegal_payment_transition" | "not_voidable";
        };
        NewRefund: {
            /**
             * Format: int64
             * @description all that is left if absent
             */
            amount?: number;
            reason?: string;
            /** @description units that came back and are on sale again */
            restock?: components["schemas"]["ItemUnits"][];
        };
        RefundsAdd409: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "gateway_not_asked" | "idempotency_key_in_use" | "illegal_payment_transition" | "illegal_transition" | "not_shipped" | "nothing_captured" | "payment_disputed" | "refund_exceeds_captured";
        };
        RefundsAdd422: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "amount_off_step" | "idempotency_key_reused" | "invalid_idempotency_key" | "out_of_range" | "validation_failed";
        };
        RefundsMarkSent409: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "idempotency_key_in_use" | "illegal_payment_transition" | "refund_not_to_be_sent";
        };
        RefundsCancel409: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "idempotency_key_in_use" | "illegal_payment_transition" | "refund_not_to_be_sent";
        };
        AdminPaymentPage: {
            data: components["schemas"]["AdminPayment"][];
            next_cursor: string | null;
        };
        AdminPayment: {
            /** Format: int64 */
            id: number;
            /** Format: int64 */
            order_id: number;
            /** Format: int64 */
            amount: number;
            currency: string;
            method: components["schemas"]["PaidBy"];
            /** @enum {string} */
            status: "processing" | "requires_action" | "authorized" | "succeeded" | "failed" | "voided" | "partially_refunded" | "refunded" | "disputed";
            /** @description sandbox, stripe, or manual */
            gateway: string;
            /** @description no money moved: say so wherever the payment is shown */
            simulated: boolean;
            /** Format: int64 */
            captured: number;
            /**
             * Format: int64
             * @description or on its way back, or to be sent
             */
            refunded: number;
            /**
             * Format: int64
             * @description of refunded: what staff are still to send by hand
             */
            to_be_sent: number;
            /** @description requires_action: where the customer confirms the payment */
            action_url: string | null;
            failure: components["schemas"]["PaymentFailure"] | null;
            refunds: components["schemas"]["Refund"][];
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            /** Format: int64 */
            version: number;
            gateway_reference: string | null;
            /** @description what was written on receipt */
            reference: string | null;
            /** @description as on the order; empty once erased */
            customer_name: string;
            attempts: components["schemas"]["PaymentAttempt"][];
            disputes: components["schemas"]["Dispute"][];
        };
        PaymentAttempt: {
            /** Format: int64 */
            id: number;
            gateway: string;
            outcome: string;
            /** @description the gateway's own */
            failure_code: string | null;
            gateway_reference: string | null;
            /** Format: date-time */
            created_at: string;
        };
        Dispute: {
            /** Format: int64 */
            id: number;
            /** Format: int64 */
            amount: number;
            currency: string;
            /** @description the gateway's word */
            reason: string;
            /** @enum {string} */
            status: "open" | "won" | "lost";
            gateway_reference: string;
            /**
             * Format: date-time
             * @description until when evidence can be sent, at the gateway
             */
            respond_by: string | null;
            /** Format: date-time */
            created_at: string;
        };
        PaymentTotals: {
            /** @description false: there are more payments to look through than are added up for one answer, and the sums are null; choose days, or search */
            complete: boolean;
            /**
             * Format: int64
             * @description how many are looked through
             */
            most: number;
            currency: string;
            /**
             * Format: int64
             * @description payments
             */
            count: number | null;
            /**
             * Format: int64
             * @description what was to be paid
             */
            amount: number | null;
            /**
             * Format: int64
             * @description what has come in
             */
            captured: number | null;
            /**
             * Format: int64
             * @description what went back, is on its way or is to be sent
             */
            refunded: number | null;
            /**
             * Format: int64
             * @description of refunded: what staff are still to send by hand
             */
            to_be_sent: number | null;
            /**
             * Format: int64
             * @description what is owed: not captured, of orders that were neither cancelled nor expired
             */
            outstanding: number | null;
        };
        Takings: {
            /** @description each day of the span, today last */
            days: components["schemas"]["TakingsOfDay"][];
            /** @description what is not decided now */
            open: components["schemas"]["OpenPayments"];
        };
        TakingsOfDay: {
            /** @example 2026-11-24 */
            date: string;
            /**
             * Format: int64
             * @description captured on that day
             */
            payments: number;
            /**
             * Format: int64
             * @description how much, in minor units
             */
            captured: number;
            /**
             * Format: int64
             * @description begun on that day, or sent by hand on it, and not failed since
             */
            refunds: number;
            /**
             * Format: int64
             * @description how much, in minor units
             */
            refunded: number;
            /**
             * Format: int64
             * @description tries at a payment that were declined
             */
            failures: number;
        };
        OpenPayments: {
            processing: components["schemas"]["PaymentSum"];
            requires_action: components["schemas"]["PaymentSum"];
            authorized: components["schemas"]["PaymentSum"];
            disputed: components["schemas"]["PaymentSum"];
            refunds_to_send: components["schemas"]["PaymentSum"];
        };
        PaymentSum: {
            /**
             * Format: int64
             * @description payments
             */
            count: number;
            /**
             * Format: int64
             * @description in minor units
             */
            amount: number;
        };
        WebhookTaken: {
            received: boolean;
        };
        WebhooksFromStripe400: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "bad_request" | "bad_signature" | "body_incomplete" | "duplicate_member" | "json_too_deep" | "json_too_large" | "malformed_json";
        };
        WebhooksFromStripe404: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "not_found";
        };
        FulfillmentRequest: {
            /**
             * @description local if absent
             * @example local
             */
            carrier?: string;
            /** @example standard */
            service?: string;
            parcel?: components["schemas"]["Parcel"];
            /** @description left out: all that is in no parcel yet */
            items?: components["schemas"]["ItemUnits"][];
            /** @description of a label that was bought elsewhere */
            tracking_number?: string;
            /**
             * @description moves parcels on, instead of starting one. Of an order that is picked up, or that the shop brings itself: ready says that it can be fetched or comes next, delivered that it was handed over
             * @enum {string}
             */
            status?: "ready" | "shipped" | "delivered";
            /**
             * Format: int64
             * @description with status: this parcel alone
             */
            shipment_id?: number;
        };
        Parcel: {
            /**
             * Format: int64
             * @description left out: what its items weigh, where that is known of all
             * @example 450
             */
            weight_g?: number;
            /**
             * Format: int64
             * @example 200
             */
            length_mm?: number;
            /**
             * Format: int64
             * @example 200
             */
            width_mm?: number;
            /**
             * Format: int64
             * @example 200
             */
            height_mm?: number;
        };
        Shipment: {
            /** Format: int64 */
            id: number;
            /** Format: int64 */
            order_id: number;
            /** @description who makes the label */
            carrier: string;
            service: string;
            /** @enum {string} */
            status: "label_pending" | "label_ready" | "ready" | "in_transit" | "out_for_delivery" | "delivered" | "exception" | "returned" | "voided" | "failed";
            next_statuses: ("label_pending" | "label_ready" | "ready" | "in_transit" | "out_for_delivery" | "delivered" | "exception" | "returned" | "voided" | "failed")[];
            tracking_number: string | null;
            /** @description whose number it is, where that is known */
            tracked_by: string | null;
            tracking_url: string | null;
            parcel: components["schemas"]["ParcelSize"];
            items: components["schemas"]["ItemUnits"][];
            /**
             * Format: int64
             * @description of the label, in minor units of cost_currency
             */
            cost: number | null;
            cost_currency: string | null;
            /** @description why there is no label */
            failure: string;
            /** Format: date-time */
            shipped_at: string | null;
            /** Format: date-time */
            delivered_at: string | null;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            /** Format: int64 */
            version: number;
        };
        ParcelSize: {
            /**
             * Format: int64
             * @description null: unknown
             */
            weight_g: number | null;
            /** Format: int64 */
            length_mm: number | null;
            /** Format: int64 */
            width_mm: number | null;
            /** Format: int64 */
            height_mm: number | null;
        };
        Fulfillment: {
            /** Format: int64 */
            order_id: number;
            /** @description of the order */
            status: string;
            shipments: components["schemas"]["Shipment"][];
            /**
             * Format: int64
             * @description of the order
             */
            version: number;
        };
        OrdersFulfill409: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "illegal_transition" | "label_refused" | "no_shipment" | "not_open" | "not_paid" | "nothing_to_ship" | "payment_not_held" | "picked_up" | "shipped_in_parcels" | "weight_unknown";
        };
        BulkFulfillmentRequest: {
            /**
             * @description local if absent
             * @example local
             */
            carrier?: string;
            /** @example standard */
            service?: string;
            parcel?: components["schemas"]["Parcel"];
            /** @description left out: all that is in no parcel yet */
            items?: components["schemas"]["ItemUnits"][];
            /** @description of a label that was bought elsewhere */
            tracking_number?: string;
            /**
             * @description moves parcels on, instead of starting one. Of an order that is picked up, or that the shop brings itself: ready says that it can be fetched or comes next, delivered that it was handed over
             * @enum {string}
             */
            status?: "ready" | "shipped" | "delivered";
            /**
             * Format: int64
             * @description with status: this parcel alone
             */
            shipment_id?: number;
            order_ids: number[];
        };
        BulkResults: {
            results: components["schemas"]["BulkResult"][];
        };
        BulkResult: {
            /** Format: int64 */
            order_id: number;
            /**
             * Format: int64
             * @description as PUT /orders/{id}/fulfillment would say it
             */
            status: number;
            /** @description why not */
            code: string | null;
            detail: string;
            /** @description as they are then */
            shipments: components["schemas"]["Shipment"][];
        };
        Problem409: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "idempotency_key_in_use";
        };
        Carriers: {
            carriers: components["schemas"]["Carrier"][];
        };
        Carrier: {
            name: string;
            /** @description whether it is set up */
            ready: boolean;
        };
        RatesRequest: {
            /**
             * @description easypost if absent
             * @example easypost
             */
            carrier?: string;
            parcel?: components["schemas"]["Parcel"];
            /** @description left out: all that is in no parcel yet */
            items?: components["schemas"]["ItemUnits"][];
        };
        Rates: {
            /** @description cheapest first */
            rates: components["schemas"]["Rate"][];
        };
        Rate: {
            /** @description what to ask for with fulfillment */
            service: string;
            /** Format: int64 */
            cost: number;
            currency: string;
            /** Format: int64 */
            days: number | null;
        };
        OrdersRates409: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "not_open" | "nothing_to_ship" | "rates_refused" | "weight_unknown";
        };
        OrdersRates503: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "busy" | "carrier_unavailable" | "database_damaged" | "overloaded" | "read_only" | "storage_failed" | "storage_lost" | "too_costly" | "too_many_wait";
        };
        Tracking: {
            /** Format: int64 */
            order_id: number;
            status: string;
            /** @description a page that shows the same to whoever has this link */
            page_url: string;
            shipments: components["schemas"]["TrackedShipment"][];
        };
        TrackedShipment: {
            /** Format: int64 */
            id: number;
            carrier: string;
            tracking_number: string | null;
            tracking_url: string | null;
            /** @enum {string} */
            status: "label_pending" | "label_ready" | "ready" | "in_transit" | "out_for_delivery" | "delivered" | "exception" | "returned" | "voided" | "failed";
            items: components["schemas"]["ItemUnits"][];
            /** Format: date-time */
            shipped_at: string | null;
            /** Format: date-time */
            delivered_at: string | null;
            events: components["schemas"]["TrackingEvent"][];
        };
        TrackingEvent: {
            /** Format: date-time */
            at: string;
            /** @enum {string} */
            status: "label_pending" | "label_ready" | "ready" | "in_transit" | "out_for_delivery" | "delivered" | "exception" | "returned" | "voided" | "failed";
            description: string;
            location: string;
        };
        ShipmentsVoid409: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "idempotency_key_in_use" | "illegal_transition";
        };
        ShipmentsRetry409: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "idempotency_key_in_use" | "illegal_transition" | "label_refused";
        };
        NewTrackingEvent: {
            /** @enum {string} */
            status: "in_transit" | "out_for_delivery" | "delivered" | "exception" | "returned";
            description?: string;
            /** @example Berlin */
            location?: string;
            /**
             * Format: date-time
             * @description now if absent or in the future
             */
            at?: string;
        };
        ShipmentsAddEvent409: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "already_told" | "idempotency_key_in_use" | "illegal_transition" | "newer_known" | "not_open";
        };
        ShipmentsLabel409: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "labels_refused";
        };
        ShipmentsLabelPdf409: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "labels_refused";
        };
        ShipmentsLabelZpl409: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "labels_refused";
        };
        LabelsRequest: {
            shipment_ids?: number[];
            /** @description every parcel of these that waits to be shipped */
            order_ids?: number[];
        };
        ShipmentsLabels404: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "not_found";
        };
        ShipmentsLabels409: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "labels_refused" | "no_shipment";
        };
        ShipmentsPackingSlip409: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "label_refused";
        };
        OrderReturns: {
            /** Format: int64 */
            order_id: number;
            returns: components["schemas"]["OrderReturn"][];
        };
        OrderReturn: {
            /** Format: int64 */
            id: number;
            /** Format: int64 */
            order_id: number;
            items: components["schemas"]["ItemUnits"][];
            reason: string;
            restocked: boolean;
            /**
             * Format: int64
             * @description what was asked of the payment
             */
            refund: number;
            /** Format: date-time */
            at: string;
        };
        NewReturn: {
            items: components["schemas"]["ItemUnits"][];
            reason?: string;
            /** @description put back into stock; true if absent */
            restock?: boolean;
            /**
             * Format: int64
             * @description left out: what the units cost, as far as it was not given back before; 0: nothing goes back
             */
            refund?: number;
        };
        ReturnsAdd409: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "gateway_not_asked" | "idempotency_key_in_use" | "illegal_payment_transition" | "illegal_transition" | "not_shipped" | "nothing_captured" | "payment_disputed" | "refund_exceeds_captured";
        };
        ReturnsAdd422: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "amount_off_step" | "idempotency_key_reused" | "invalid_idempotency_key" | "out_of_range" | "validation_failed";
        };
        CancelUnshipped: {
            reason?: string;
            /**
             * Format: int64
             * @description left out: what the units cost, as far as it was not given back before; 0: nothing goes back
             */
            refund?: number;
        };
        OrdersCancelUnshipped409: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "gateway_not_asked" | "idempotency_key_in_use" | "illegal_payment_transition" | "illegal_transition" | "nothing_captured" | "payment_disputed" | "refund_exceeds_captured";
        };
        OrdersCancelUnshipped422: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "amount_off_step" | "idempotency_key_reused" | "invalid_idempotency_key" | "out_of_range" | "validation_failed";
        };
        WebhooksFromEasypost400: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "bad_request" | "bad_signature" | "body_incomplete";
        };
        WebhooksFromEasypost404: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "not_found";
        };
        SalesDocumentPage: {
            data: components["schemas"]["SalesDocument"][];
            next_cursor: string | null;
        };
        SalesDocument: {
            /** Format: int64 */
            id: number;
            /**
             * @description correction: a new invoice, for a credit note whose refund failed
             * @enum {string}
             */
            kind: "invoice" | "credit_note" | "correction";
            /** @example 2026-00001 */
            number: string;
            /** Format: int64 */
            order_id: number;
            /**
             * Format: int64
             * @description the document that it corrects
             */
            refers_to: number | null;
            /**
             * Format: int64
             * @description that a credit note is for
             */
            refund_id: number | null;
            /**
             * @description a day of the shop's time zone
             * @example 2026-11-24
             */
            issued_on: string;
            /**
             * Format: int64
             * @description a credit note's amounts are negative
             */
            net: number;
            /** Format: int64 */
            tax: number;
            /** Format: int64 */
            total: number;
            currency: string;
            /** @description by rate, highest first */
            taxes: components["schemas"]["DocumentTax"][];
            /** @description whose tax it is; empty: not known */
            tax_country: string;
            /** @enum {string} */
            tax_treatment: "taxed" | "untaxed" | "export" | "reverse_charge" | "small_business";
            /**
             * @description the language that it is printed in
             * @enum {string}
             */
            locale: "de" | "en";
            /** Format: date-time */
            created_at: string;
        };
        DocumentTax: {
            /** Format: int64 */
            rate_ppm: number;
            /** Format: int64 */
            base: number;
            /** Format: int64 */
            tax: number;
        };
        WholeSalesDocument: {
            /** Format: int64 */
            id: number;
            /**
             * @description correction: a new invoice, for a credit note whose refund failed
             * @enum {string}
             */
            kind: "invoice" | "credit_note" | "correction";
            /** @example 2026-00001 */
            number: string;
            /** Format: int64 */
            order_id: number;
            /**
             * Format: int64
             * @description the document that it corrects
             */
            refers_to: number | null;
            /**
             * Format: int64
             * @description that a credit note is for
             */
            refund_id: number | null;
            /**
             * @description a day of the shop's time zone
             * @example 2026-11-24
             */
            issued_on: string;
            /**
             * Format: int64
             * @description a credit note's amounts are negative
             */
            net: number;
            /** Format: int64 */
            tax: number;
            /** Format: int64 */
            total: number;
            currency: string;
            /** @description by rate, highest first */
            taxes: components["schemas"]["DocumentTax"][];
            /** @description whose tax it is; empty: not known */
            tax_country: string;
            /** @enum {string} */
            tax_treatment: "taxed" | "untaxed" | "export" | "reverse_charge" | "small_business";
            /**
             * @description the language that it is printed in
             * @enum {string}
             */
            locale: "de" | "en";
            /** Format: date-time */
            created_at: string;
            seller: components["schemas"]["DocumentParty"];
            buyer: components["schemas"]["DocumentParty"];
            /** @description null: the buyer's address */
            delivered_to: components["schemas"]["Address"] | null;
            /** @description of unit_price and discount */
            prices_include_tax: boolean;
            exemption: string;
            /** @description as on paper: positive in a credit note too */
            lines: components["schemas"]["DocumentLine"][];
            /** @example 2026-11-24 */
            ordered_on: string;
            /**
             * @description the first parcel's day
             * @example 2026-11-24
             */
            supplied_on: string | null;
            /** @example 2026-11-24 */
            paid_on: string | null;
            paid_by: string;
            payment_terms: string;
            foot: string;
            refers_to_number: string | null;
            reason: string;
        };
        DocumentParty: {
            name: string;
            company: string;
            vat_id: string;
            tax_number: string;
            register_entry: string;
            email: string;
            /** @description null: not known */
            address: components["schemas"]["Address"] | null;
        };
        DocumentLine: {
            /**
             * @description sum: a part of a sum that was paid back
             * @enum {string}
             */
            kind: "item" | "delivery" | "sum";
            sku: string;
            name: string;
            /** Format: int64 */
            quantity: number;
            /**
             * Format: int64
             * @description as it was sold: with tax where the shop's prices include it
             */
            unit_price: number;
            /**
             * @description a decimal, with two more digits than the currency has where it is not exact
             * @example 10.5042
             */
            net_unit_price: string;
            /**
             * Format: int64
             * @description of the line
             */
            discount: number;
            /** Format: int64 */
            rate_ppm: number;
            /** Format: int64 */
            net: number;
            /** Format: int64 */
            tax: number;
            /** Format: int64 */
            total: number;
        };
        DocumentsPdf409: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "document_not_printable";
        };
        DocumentPrintRequest: {
            document_ids?: number[];
            /**
             * @description instead of document_ids: all issued in it
             * @example 2026-11
             */
            month?: string;
            /**
             * @description only these of the month
             * @enum {string}
             */
            kind?: "invoice" | "credit_note" | "correction";
        };
        DocumentsPrintMany404: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "not_found";
        };
        DocumentsPrintMany409: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "document_not_printable" | "no_documents";
        };
        NewDocument: {
            /** @enum {string} */
            kind: "invoice" | "credit_note";
            /**
             * Format: int64
             * @description of a credit note; all that stands if absent
             */
            amount?: number;
            /** @description printed on a credit note */
            reason?: string;
        };
        DocumentsIssue409: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "already_invoiced" | "buyer_erased" | "credit_exceeds_invoice" | "idempotency_key_in_use" | "nothing_to_invoice" | "refund_instead" | "seller_incomplete";
        };
        ReceiptsDocument409: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "document_not_printable";
        };
        Credentials: {
            /**
             * @description an admin's
             * @example ada
             */
            username?: string;
            /** @description a customer's */
            email?: string;
            /** @example seven rowing boats, one lantern */
            password: string;
            /**
             * @description the code of an authenticator app
             * @example 123456
             */
            totp?: string;
            /** @description instead of a code, once */
            recovery_code?: string;
        };
        Session: {
            access_token: string;
            /** @enum {string} */
            token_type: "Bearer";
            /**
             * Format: date-time
             * @description later where an admin's session is used
             */
            expires_at: string;
            user: components["schemas"]["User"];
            /** @description goes with changes by cookie, as X-CSRF-Token */
            csrf_token: string;
        };
        User: {
            /** Format: int64 */
            id: number;
            /** @description a customer's is the e-mail address */
            username: string;
            /** @enum {string} */
            role: "owner" | "staff" | "viewer" | "customer";
        };
        AuthSignIn401: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "invalid_credentials" | "invalid_token" | "totp_invalid" | "totp_required" | "unauthenticated";
        };
        AuthSignIn429: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "too_many_attempts" | "too_many_requests";
        };
        Me: {
            user: components["schemas"]["User"];
            /** @description signs in with a code as well */
            totp: boolean;
            csrf_token: string;
        };
        SessionState: {
            session: components["schemas"]["Me"] | null;
        };
        PasswordChange: {
            /** @example seven rowing boats, one lantern */
            current_password: string;
            /**
             * @description admins': at least 12 characters, or 8 with codes of an authenticator app; customers': at least 8; common ones and names are refused
             * @example a quiet harbour under nine clouds
             */
            new_password: string;
        };
        AuthChangePassword429: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "too_many_attempts";
        };
        SetupState: {
            open: boolean;
        };
        SetupLink: {
            /** @description of the set-up link */
            token: string;
        };
        SetupLinkState: {
            valid: boolean;
        };
        Setup: {
            /** @description of the set-up link */
            token: string;
            /** @example ada */
            username: string;
            /**
             * @description at least 12 characters, or 8 where the user signs in with a code as well; common ones and names are refused
             * @example seven rowing boats, one lantern
             */
            password: string;
            /** @example Ada's pottery */
            shop_name: string;
            currency?: string;
            address?: components["schemas"]["Address"] | null;
            /**
             * @description of the shop, as the IANA calls it; the browser knows its own
             * @example Europe/Berlin
             */
            time_zone?: string;
        };
        SetupClaim401: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "invalid_setup_token" | "invalid_token" | "unauthenticated";
        };
        SetupClaim409: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "already_set_up" | "currency_in_use" | "username_taken";
        };
        OwnPassword: {
            /** @example seven rowing boats, one lantern */
            password: string;
        };
        TotpSecret: {
            secret: string;
            /** @description to show as a QR code */
            uri: string;
        };
        TotpBegin403: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "csrf_token_required" | "forbidden" | "out_of_scope" | "session_required";
        };
        TotpBegin409: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "totp_on";
        };
        TotpBegin429: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "too_many_attempts";
        };
        TotpCode: {
            /** @example 123456 */
            code: string;
        };
        RecoveryCodes: {
            recovery_codes: string[];
        };
        TotpConfirm403: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "csrf_token_required" | "forbidden" | "out_of_scope" | "session_required";
        };
        TotpConfirm409: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "totp_not_prepared";
        };
        TotpEnd: {
            /** @example seven rowing boats, one lantern */
            password: string;
            /**
             * @description the code of the authenticator app
             * @example 123456
             */
            totp?: string;
            /** @description instead of a code */
            recovery_code?: string;
        };
        TotpDisable403: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "csrf_token_required" | "forbidden" | "out_of_scope" | "session_required";
        };
        TotpDisable409: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "password_too_short";
        };
        TotpDisable429: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "too_many_attempts";
        };
        OpenSessionPage: {
            data: components["schemas"]["OpenSession"][];
            next_cursor: string | null;
        };
        OpenSession: {
            /** Format: int64 */
            id: number;
            /** @description the one that asks */
            current: boolean;
            /** @description that it began from; empty: not kept, as of customers */
            address: string;
            /** @description the program, by its own word */
            user_agent: string;
            /** Format: date-time */
            created_at: string;
            /**
             * Format: date-time
             * @description to the minute
             */
            last_used_at: string;
            /** Format: date-time */
            expires_at: string;
        };
        SessionsEnded: {
            /**
             * Format: int64
             * @description how many
             */
            ended: number;
        };
        NewAccount: {
            /** @example Ada Lovelace */
            name: string;
            /** Format: email */
            email: string;
            /** @example +49 30 1234567 */
            phone?: string;
            shipping_address?: components["schemas"]["Address"] | null;
            /**
             * @description at least 8 characters; common ones and names are refused
             * @example seven rowing boats, one lantern
             */
            password: string;
        };
        Account: {
            /** Format: int64 */
            id: number;
            /**
             * @description as it is written on a parcel
             * @example Ada Lovelace
             */
            name: string;
            /** Format: email */
            email: string;
            /** @example +49 30 1234567 */
            phone: string;
            shipping_address: components["schemas"]["Address"] | null;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            /** Format: int64 */
            version: number;
        };
        AccountRegister409: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "email_taken" | "idempotency_key_in_use";
        };
        AccountChanges: {
            /** @example Ada Lovelace */
            name?: string;
            /** Format: email */
            email?: string;
            /** @example +49 30 1234567 */
            phone?: string;
            shipping_address?: components["schemas"]["Address"] | null;
            /**
             * @description the account's: needed where the e-mail address changes, which signs in and gets what the shop writes
             * @example seven rowing boats, one lantern
             */
            password?: string;
        };
        AccountUpdate409: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "email_taken";
        };
        AccountUpdate429: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "too_many_attempts";
        };
        AccountClose409: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "order_under_way";
        };
        CustomerPage: {
            data: components["schemas"]["Customer"][];
            next_cursor: string | null;
        };
        Customer: {
            /** Format: int64 */
            id: number;
            /**
             * @description as it is written on a parcel
             * @example Ada Lovelace
             */
            name: string | null;
            /** Format: email */
            email: string | null;
            /** @example +49 30 1234567 */
            phone: string | null;
            shipping_address: components["schemas"]["Address"] | null;
            /** @description can sign in; guests cannot */
            has_account: boolean;
            /** @description its personal data was erased on request */
            erased: boolean;
            /**
             * @description the last day on which invoices that name the customer are kept, as the law demands, also once it was erased; null: there are none. Not in lists
             * @example 2036-12-31
             */
            documents_kept_until?: string | null;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            /** Format: int64 */
            version: number;
        };
        CustomersErase409: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "idempotency_key_in_use" | "order_under_way";
        };
        AdminUserPage: {
            data: components["schemas"]["AdminUser"][];
            next_cursor: string | null;
        };
        AdminUser: {
            /** Format: int64 */
            id: number;
            /**
             * @description ASCII letters, digits, dots, hyphens and underscores
             * @example ada
             */
            username: string;
            /** @enum {string} */
            role: "owner" | "staff" | "viewer";
            /** @description may sign in */
            active: boolean;
            /** @description false: the owner of a shop that was not set up */
            claimed: boolean;
            /** @description signs in with a code as well */
            totp: boolean;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            /** Format: int64 */
            version: number;
        };
        NewAdminUser: {
            /**
             * @description ASCII letters, digits, dots, hyphens and underscores
             * @example ada
             */
            username: string;
            /**
             * @description at least 12 characters, or 8 where the user signs in with a code as well; common ones and names are refused
             * @example seven rowing boats, one lantern
             */
            password: string;
            /** @enum {string} */
            role: "owner" | "staff" | "viewer";
        };
        UsersAdd409: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "idempotency_key_in_use" | "username_taken";
        };
        AdminUserChanges: {
            /**
             * @description ASCII letters, digits, dots, hyphens and underscores
             * @example ada
             */
            username?: string;
            /**
             * @description of another user, whose sessions end; one's own is PUT /auth/password
             * @example seven rowing boats, one lantern
             */
            password?: string;
            /**
             * @example staff
             * @enum {string}
             */
            role?: "owner" | "staff" | "viewer";
            active?: boolean;
            /**
             * Format: int64
             * @description who looks after the user's orders from now on, where there are some under way
             */
            hand_over_to?: number;
            /**
             * Format: int64
             * @description who answers from now on for the API keys that the user answers for and may not any more; without it they end
             */
            keys_to?: number;
        };
        UsersUpdate409: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "has_open_orders" | "last_owner" | "own_account" | "username_taken";
        };
        UsersRemove409: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "has_open_orders" | "last_owner";
        };
        UsersResetTotp409: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "own_account";
        };
        ApiKeyPage: {
            data: components["schemas"]["ApiKey"][];
            next_cursor: string | null;
        };
        ApiKey: {
            /** Format: int64 */
            id: number;
            label: string;
            /** @enum {string} */
            role: "staff" | "viewer";
            /** @description what of its role the key may use; to write includes to read; none: all of it */
            scopes: ("orders:read" | "orders:write" | "products:read" | "products:write" | "inventory:read" | "inventory:write" | "payments:read" | "payments:write" | "documents:read" | "documents:write" | "fulfillment:read" | "fulfillment:write" | "customers:read" | "customers:write" | "users:read" | "users:write" | "settings:read" | "settings:write" | "webhooks:read" | "webhooks:write" | "stats:read" | "stats:write" | "events:read" | "events:write" | "jobs:read" | "jobs:write" | "audit:read" | "audit:write" | "service:read" | "service:write")[];
            /** Format: int64 */
            created_by: number;
            /**
             * Format: int64
             * @description the user who answers for it: with their access it ends
             */
            held_by: number;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            expires_at: string | null;
            /** Format: date-time */
            last_used_at: string | null;
            /** Format: date-time */
            revoked_at: string | null;
        };
        NewApiKey: {
            /** @description what it is for */
            label: string;
            /** @enum {string} */
            role: "staff" | "viewer";
            /** @description what of its role the key may use; to write includes to read; none: all of it */
            scopes?: ("orders:read" | "orders:write" | "products:read" | "products:write" | "inventory:read" | "inventory:write" | "payments:read" | "payments:write" | "documents:read" | "documents:write" | "fulfillment:read" | "fulfillment:write" | "customers:read" | "customers:write" | "users:read" | "users:write" | "settings:read" | "settings:write" | "webhooks:read" | "webhooks:write" | "stats:read" | "stats:write" | "events:read" | "events:write" | "jobs:read" | "jobs:write" | "audit:read" | "audit:write" | "service:read" | "service:write")[];
            /**
             * Format: date-time
             * @example 2036-11-24T00:00:00.000Z
             */
            expires_at?: string | null;
        };
        AddedApiKey: {
            /** Format: int64 */
            id: number;
            label: string;
            /** @enum {string} */
            role: "staff" | "viewer";
            /** @description what of its role the key may use; to write includes to read; none: all of it */
            scopes: ("orders:read" | "orders:write" | "products:read" | "products:write" | "inventory:read" | "inventory:write" | "payments:read" | "payments:write" | "documents:read" | "documents:write" | "fulfillment:read" | "fulfillment:write" | "customers:read" | "customers:write" | "users:read" | "users:write" | "settings:read" | "settings:write" | "webhooks:read" | "webhooks:write" | "stats:read" | "stats:write" | "events:read" | "events:write" | "jobs:read" | "jobs:write" | "audit:read" | "audit:write" | "service:read" | "service:write")[];
            /** Format: int64 */
            created_by: number;
            /**
             * Format: int64
             * @description the user who answers for it: with their access it ends
             */
            held_by: number;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            expires_at: string | null;
            /** Format: date-time */
            last_used_at: string | null;
            /** Format: date-time */
            revoked_at: string | null;
            /** @description shown this once: an answer that is given again for its Idempotency-Key is without it */
            secret?: string;
        };
        WebhookPage: {
            data: components["schemas"]["Webhook"][];
            next_cursor: string | null;
        };
        Webhook: {
            /** Format: int64 */
            id: number;
            /**
             * @description https://…, at a public address
             * @example https://hooks.example.com/orderd
             */
            url: string;
            description: string;
            /**
             * @description the events it is told of: order.placed, order.*, or *
             * @example [
             *       "order.*"
             *     ]
             */
            events: string[];
            enabled: boolean;
            /** @description empty where an admin did it */
            disabled_because: string;
            /**
             * Format: date-time
             * @description it does not answer: its deliveries wait, in their order
             */
            paused_until: string | null;
            paused_because: string;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            /** Format: int64 */
            version: number;
        };
        NewWebhook: {
            /**
             * @description https://…, at a public address
             * @example https://hooks.example.com/orderd
             */
            url: string;
            description?: string;
            /**
             * @description the events it is told of: order.placed, order.*, or *
             * @example [
             *       "order.*"
             *     ]
             */
            events: string[];
        };
        AddedWebhook: {
            /** Format: int64 */
            id: number;
            /**
             * @description https://…, at a public address
             * @example https://hooks.example.com/orderd
             */
            url: string;
            description: string;
            /**
             * @description the events it is told of: order.placed, order.*, or *
             * @example [
             *       "order.*"
             *     ]
             */
            events: string[];
            enabled: boolean;
            /** @description empty where an admin did it */
            disabled_because: string;
            /**
             * Format: date-time
             * @description it does not answer: its deliveries wait, in their order
             */
            paused_until: string | null;
            paused_because: string;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            /** Format: int64 */
            version: number;
            /** @description whsec_…: what deliveries are signed with (Standard Webhooks); shown once */
            secret?: string;
        };
        WebhookChanges: {
            /**
             * @description https://…, at a public address
             * @example https://hooks.example.com/orderd
             */
            url?: string;
            description?: string;
            /**
             * @description the events it is told of: order.placed, order.*, or *
             * @example [
             *       "order.*"
             *     ]
             */
            events?: string[];
            enabled?: boolean;
        };
        WebhookWithSecret: {
            /** Format: int64 */
            id: number;
            /**
             * @description https://…, at a public address
             * @example https://hooks.example.com/orderd
             */
            url: string;
            description: string;
            /**
             * @description the events it is told of: order.placed, order.*, or *
             * @example [
             *       "order.*"
             *     ]
             */
            events: string[];
            enabled: boolean;
            /** @description empty where an admin did it */
            disabled_because: string;
            /**
             * Format: date-time
             * @description it does not answer: its deliveries wait, in their order
             */
            paused_until: string | null;
            paused_because: string;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            /** Format: int64 */
            version: number;
            /** @description whsec_…: what deliveries are signed with (Standard Webhooks); shown once */
            secret: string;
        };
        WebhooksTest409: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "idempotency_key_in_use" | "webhook_disabled";
        };
        WebhookDeliveryPage: {
            data: components["schemas"]["WebhookDelivery"][];
            next_cursor: string | null;
        };
        WebhookDelivery: {
            /** Format: int64 */
            id: number;
            /** Format: int64 */
            webhook_id: number;
            /** Format: int64 */
            event_sequence: number;
            /** @description the header webhook-id: the same however often it is sent */
            event_id: string;
            event_kind: string;
            /** @enum {string} */
            status: "pending" | "delivered" | "failed";
            /** Format: int64 */
            attempts: number;
            /**
             * Format: int64
             * @description of the last answer; null: none came
             */
            response_status: number | null;
            last_error: string;
            /**
             * Format: date-time
             * @description while it is pending
             */
            next_attempt_at: string | null;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
        };
        WebhookDeliveryWithPayload: {
            /** Format: int64 */
            id: number;
            /** Format: int64 */
            webhook_id: number;
            /** Format: int64 */
            event_sequence: number;
            /** @description the header webhook-id: the same however often it is sent */
            event_id: string;
            event_kind: string;
            /** @enum {string} */
            status: "pending" | "delivered" | "failed";
            /** Format: int64 */
            attempts: number;
            /**
             * Format: int64
             * @description of the last answer; null: none came
             */
            response_status: number | null;
            last_error: string;
            /**
             * Format: date-time
             * @description while it is pending
             */
            next_attempt_at: string | null;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            payload: unknown;
        };
        DeliveriesReplay409: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "delivery_pending" | "idempotency_key_in_use" | "webhook_disabled";
        };
        MailTest: {
            /** Format: email */
            to: string;
        };
        MailTestSent: {
            /** Format: email */
            sent_to: string;
        };
        MailsTest409: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "mail_not_set_up" | "mail_refused";
        };
        MailsTest429: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "too_many_requests";
        };
        MailsTest503: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "busy" | "database_damaged" | "mail_not_sent" | "overloaded" | "read_only" | "storage_failed" | "storage_lost" | "too_costly" | "too_many_wait";
        };
        MailPage: {
            data: components["schemas"]["Mail"][];
            next_cursor: string | null;
        };
        Mail: {
            /** Format: int64 */
            id: number;
            /** @description of its templates: order_placed, shipped, … */
            kind: string;
            /**
             * Format: int64
             * @description null: it is about stock or an account
             */
            order_id: number | null;
            /**
             * Format: int64
             * @description of the event that asked for it
             */
            event_sequence: number;
            /** @enum {string} */
            status: "waiting" | "sent" | "failed" | "skipped";
            /** Format: int64 */
            attempts: number;
            /** @description or why it was skipped */
            last_error: string;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
        };
        Settings: {
            /** Format: int64 */
            version: number;
            /** @description of all amounts; it can change while nothing has a price */
            currency: string;
            shop_name: string;
            shop_address: components["schemas"]["Address"] | null;
            /**
             * @description the shop's, as the IANA calls it: its days are those of reports, papers, pages, mails and exports; null: not set, which is UTC
             * @example Europe/Berlin
             */
            time_zone: string | null;
            /**
             * @description the shop's language: of pages and mails to customers who ask for none
             * @enum {string}
             */
            locale: "de" | "en";
            tax: components["schemas"]["TaxSettings"];
            /**
             * Format: int64
             * @description how long an order that is to be paid by card holds its stock
             */
            reservation_minutes: number;
            /** @description how long an unpaid order holds its stock where its money takes days */
            unpaid_holds: components["schemas"]["UnpaidHolds"];
            /**
             * Format: int64
             * @description the largest share of an order, and of each line, that staff may take off, in millionths; owners may take off any
             */
            staff_discount_ppm: number;
            /** @description how much of customers may wait for its payment at a time, by e-mail address and by network address (IPv6: /64); null: as much as they like. Staff, API keys and this machine are not counted */
            guest_limits: components["schemas"]["GuestLimits"];
            login_limit: components["schemas"]["LoginLimit"];
            /** @description which orders may be shipped before they are paid */
            ship_before_payment: components["schemas"]["ShipBeforePayment"];
            /** @description whether tracking numbers of labels that were bought elsewhere are followed through EasyPost, which takes money for each */
            follow_typed_numbers: boolean;
            /** @description which ways to pay are offered; cards also need a gateway, and bank transfers bank_details */
            payment_methods: components["schemas"]["OfferedWays"];
            /**
             * @description which gateway takes cards; null: stripe if both its keys are set, else the sandbox if it is on
             * @enum {string|null}
             */
            card_gateway: "stripe" | "sandbox" | null;
            /**
             * @description pk_…: what the shop's pages give to Stripe.js; no secret
             * @example pk_live_51
             */
            stripe_publishable_key: string;
            /** @description where customers transfer to: stands in the mail about an order that is paid by bank transfer, and on its receipt page; bank transfers are not offered while this is empty */
            bank_details: string;
            /** @description who sells, as invoices name it */
            seller: components["schemas"]["Seller"];
            /** @description invoices and credit notes; how they are numbered is settled with the first one */
            documents: components["schemas"]["DocumentSettings"];
            /** @description Stripe's secret key (sk_… or rk_…); written as text, null takes it away; never shown */
            stripe_secret_key: components["schemas"]["SecretState"];
            /** @description the signing secret of Stripe's webhook (whsec_…); written as text, null takes it away; never shown */
            stripe_webhook_secret: components["schemas"]["SecretState"];
            /** @description EasyPost's API key; written as text, null takes it away; never shown */
            easypost_api_key: components["schemas"]["SecretState"];
            /** @description the secret of EasyPost's webhook; written as text, null takes it away; never shown */
            easypost_webhook_secret: components["schemas"]["SecretState"];
            /** @description the mail server, and as whose mails go out; null: no mails are sent */
            mail: components["schemas"]["MailSettings"] | null;
            /** @description the mail server's password; written as text, null takes it away; never shown */
            smtp_password: components["schemas"]["SecretState"];
            /** @description how many days of the shop's logs are kept */
            log_terms: components["schemas"]["LogTerms"];
        };
        TaxSettings: {
            /** @description whether product prices contain the tax */
            prices_include_tax: boolean;
            /** @description whether shipping is taxed */
            shipping_taxed: boolean;
            /**
             * @description the class that shipping is taxed at; null: it is taxed as the goods are, in proportion to what they cost
             * @enum {string|null}
             */
            shipping_class?: "standard" | "reduced" | "second_reduced" | "super_reduced" | "zero" | null;
            /**
             * @description what prices that include tax become where no tax is due: without the tax of the shop's own country (net), or the same
             * @enum {string}
             */
            untaxed_prices?: "net" | "same";
            /** @description if the shop is exempt from tax as a small business, the sentence that says so on its documents: no order is taxed then, whatever the rates */
            small_business?: string | null;
            rates: components["schemas"]["TaxRate"][];
        };
        UnpaidHolds: {
            /** Format: int64 */
            bank_transfer_days: number;
            /**
             * Format: int64
             * @description after so many days of them the customer is reminded once; 0: never
             */
            reminder_days: number;
            /**
             * Format: int64
             * @description until staff confirm the order
             */
            cash_on_delivery_days: number;
            /**
             * Format: int64
             * @description at most, while a gateway decides for days
             */
            gateway_days: number;
        };
        GuestLimits: {
            /** Format: int64 */
            orders_per_email: number | null;
            /** Format: int64 */
            orders_per_network: number | null;
            /** Format: int64 */
            units_per_network: number | null;
        };
        LoginLimit: {
            /**
             * Format: int64
             * @description wrong passwords before an account is slowed
             */
            failures: number;
            /**
             * Format: int64
             * @description after which they are forgotten
             */
            window_minutes: number;
        };
        ShipBeforePayment: {
            bank_transfer: boolean;
            cash_on_delivery: boolean;
        };
        OfferedWays: {
            card: boolean;
            bank_transfer: boolean;
            cash_on_delivery: boolean;
        };
        Seller: {
            /**
             * @description with its legal form; empty: not set
             * @example Tide & Clay GmbH
             */
            legal_name: string;
            /** @example DE123456789 */
            vat_id: string;
            /** @example  */
            tax_number: string;
            /** @example Amtsgericht Charlottenburg, HRB 12345 */
            register_entry: string;
            /** @example books@example.com */
            email: string;
            /** @description null: shop_address */
            address: components["schemas"]["Address"] | null;
            /**
             * @description printed while an invoice is not paid
             * @example Payable within 14 days.
             */
            payment_terms: string;
            /**
             * @description at the end of each document
             * @example
             */
            foot: string;
        };
        DocumentSettings: {
            /**
             * @description when an order's invoice is issued automatically
             * @example by_hand
             * @enum {string}
             */
            issue: "by_hand" | "at_payment" | "at_shipping";
            invoices: components["schemas"]["DocumentNumbering"];
            credit_notes: components["schemas"]["DocumentNumbering"];
            /**
             * Format: int64
             * @description how many years after that of their issue documents are kept, also those of customers who were erased
             * @example 10
             */
            retention_years: number;
        };
        DocumentNumbering: {
            /**
             * @description ends with {number}, and may have {year}
             * @example {year}-{number}
             */
            format: string;
            /**
             * Format: int64
             * @description of the number, with zeros in front
             * @example 5
             */
            digits: number;
        };
        SecretState: {
            set: boolean;
            /** @enum {string|null} */
            from: "configuration" | "settings" | null;
        };
        MailSettings: {
            /** @example smtp.example.com */
            host: string;
            /**
             * Format: int64
             * @example 587
             */
            port: number;
            /**
             * @description starttls: usually port 587; tls: usually port 465; none: for a mail server on this machine alone
             * @enum {string}
             */
            security: "starttls" | "tls" | "none";
            /** @description empty: no sign-in; the password is smtp_password */
            username?: string;
            /**
             * Format: email
             * @description the address that mails come from
             */
            from_address: string;
            /** @description empty: the shop's name */
            from_name?: string;
            /**
             * Format: email
             * @description where answers go; null: to from_address
             */
            reply_to?: string | null;
            /**
             * Format: email
             * @description who is told of low stock; null: nobody
             */
            alerts_to?: string | null;
        };
        LogTerms: {
            /**
             * Format: int64
             * @description of the event log, which is each order's history; null: for ever
             */
            events_days: number | null;
            /**
             * Format: int64
             * @description of the audit log: who did what; null: for ever
             */
            audit_days: number | null;
        };
        SettingsUpdate: {
            /** @description of all amounts; it can change while nothing has a price */
            currency?: string;
            shop_name?: string;
            shop_address?: components["schemas"]["Address"] | null;
            /**
             * @description the shop's, as the IANA calls it: its days are those of reports, papers, pages, mails and exports; null: not set, which is UTC
             * @example Europe/Berlin
             */
            time_zone?: string | null;
            /**
             * @description the shop's language: of pages and mails to customers who ask for none
             * @enum {string}
             */
            locale?: "de" | "en";
            tax?: components["schemas"]["TaxSettings"];
            /**
             * Format: int64
             * @description how long an order that is to be paid by card holds its stock
             */
            reservation_minutes?: number;
            /** @description how long an unpaid order holds its stock where its money takes days */
            unpaid_holds?: components["schemas"]["UnpaidHolds"];
            /**
             * Format: int64
             * @description the largest share of an order, and of each line, that staff may take off, in millionths; owners may take off any
             */
            staff_discount_ppm?: number;
            /** @description how much of customers may wait for its payment at a time, by e-mail address and by network address (IPv6: /64); null: as much as they like. Staff, API keys and this machine are not counted */
            guest_limits?: components["schemas"]["GuestLimits"];
            login_limit?: components["schemas"]["LoginLimit"];
            /** @description which orders may be shipped before they are paid */
            ship_before_payment?: components["schemas"]["ShipBeforePayment"];
            /** @description whether tracking numbers of labels that were bought elsewhere are followed through EasyPost, which takes money for each */
            follow_typed_numbers?: boolean;
            /** @description which ways to pay are offered; cards also need a gateway, and bank transfers bank_details */
            payment_methods?: components["schemas"]["OfferedWays"];
            /**
             * @description which gateway takes cards; null: stripe if both its keys are set, else the sandbox if it is on
             * @enum {string|null}
             */
            card_gateway?: "stripe" | "sandbox" | null;
            /**
             * @description pk_…: what the shop's pages give to Stripe.js; no secret
             * @example pk_live_51
             */
            stripe_publishable_key?: string;
            /** @description where customers transfer to: stands in the mail about an order that is paid by bank transfer, and on its receipt page; bank transfers are not offered while this is empty */
            bank_details?: string;
            /** @description who sells, as invoices name it */
            seller?: components["schemas"]["Seller"];
            /** @description invoices and credit notes; how they are numbered is settled with the first one */
            documents?: components["schemas"]["DocumentSettings"];
            /** @description Stripe's secret key (sk_… or rk_…) */
            stripe_secret_key?: string | null;
            /** @description the signing secret of Stripe's webhook (whsec_…) */
            stripe_webhook_secret?: string | null;
            /** @description EasyPost's API key */
            easypost_api_key?: string | null;
            /** @description the secret of EasyPost's webhook */
            easypost_webhook_secret?: string | null;
            /** @description the mail server, and as whose mails go out; null: no mails are sent */
            mail?: components["schemas"]["MailSettings"] | null;
            /** @description the mail server's password */
            smtp_password?: string | null;
            /** @description how many days of the shop's logs are kept */
            log_terms?: components["schemas"]["LogTerms"];
        };
        SettingsUpdate409: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "currency_in_use" | "numbers_in_use" | "seller_incomplete";
        };
        SettingsUpdate422: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "out_of_range" | "price_off_step" | "validation_failed";
        };
        ShopEvents: {
            /** @description the log's name: a restore begins another */
            log: string;
            data: components["schemas"]["ShopEvent"][];
            next_cursor: string | null;
        };
        ShopEvent: {
            /** Format: int64 */
            sequence: number;
            kind: string;
            subject: string;
            /** Format: int64 */
            subject_id: number;
            body: unknown;
            actor: string;
            /** Format: date-time */
            at: string;
        };
        EventsList409: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "another_log";
        };
        EventsList410: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "events_pruned";
        };
        EventsStream503: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "busy" | "database_damaged" | "overloaded" | "read_only" | "storage_failed" | "storage_lost" | "too_costly" | "too_many_streams";
        };
        AuditEntryPage: {
            data: components["schemas"]["AuditEntry"][];
            next_cursor: string | null;
        };
        AuditEntry: {
            /** Format: int64 */
            id: number;
            /** Format: date-time */
            at: string;
            actor: components["schemas"]["AuditActor"];
            address: string;
            action: string;
            subject: string;
            /** Format: int64 */
            subject_id: number;
            before: unknown;
            after: unknown;
        };
        AuditActor: {
            kind: string;
            /** Format: int64 */
            id: number;
            name: string;
        };
        CustomerExport: {
            /** Format: date-time */
            exported_at: string;
            customer: unknown;
            sessions: unknown[];
            events: unknown[];
            orders: unknown[];
        };
        OrdersExport503: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "busy" | "database_damaged" | "overloaded" | "read_only" | "storage_failed" | "storage_lost" | "too_costly" | "too_many_streams";
        };
        CustomersExportList503: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "busy" | "database_damaged" | "overloaded" | "read_only" | "storage_failed" | "storage_lost" | "too_costly" | "too_many_streams";
        };
        TakingsReport: {
            /** @example 2026-11 */
            month: string;
            currency: string;
            /** @description whose days and months these are */
            time_zone: string;
            /**
             * Format: int64
             * @description rows that there are
             */
            row_count: number;
            /** @description the first of them; the CSV has all */
            rows: components["schemas"]["TakingsReportRow"][];
            /** @description of all rows, those of parts first: the last is the whole */
            sums: components["schemas"]["TakingsReportSums"][];
        };
        TakingsReportRow: {
            /**
             * @description on which the money came or went
             * @example 2026-11-24
             */
            date: string;
            /**
             * @description empty: not chosen yet
             * @enum {string}
             */
            method: "card" | "bank_transfer" | "cash_on_delivery" | "";
            /**
             * Format: int64
             * @description that came in
             */
            payments: number;
            /**
             * Format: int64
             * @description what was captured or received
             * @example 1999
             */
            captured: number;
            /**
             * Format: int64
             * @description begun, or sent by hand, and not failed since
             */
            refunds: number;
            /**
             * Format: int64
             * @description what they returned
             * @example 1999
             */
            refunded: number;
            /**
             * Format: int64
             * @description captured less refunded
             * @example 1999
             */
            net: number;
        };
        TakingsReportSums: {
            /**
             * @description on which the money came or went
             * @example 2026-11-24
             */
            date: string | null;
            /**
             * @description empty: not chosen yet
             * @enum {string|null}
             */
            method: "card" | "bank_transfer" | "cash_on_delivery" | "" | null;
            /**
             * Format: int64
             * @description that came in
             */
            payments: number | null;
            /**
             * Format: int64
             * @description what was captured or received
             * @example 1999
             */
            captured: number | null;
            /**
             * Format: int64
             * @description begun, or sent by hand, and not failed since
             */
            refunds: number | null;
            /**
             * Format: int64
             * @description what they returned
             * @example 1999
             */
            refunded: number | null;
            /**
             * Format: int64
             * @description captured less refunded
             * @example 1999
             */
            net: number | null;
        };
        ReportsTakings503: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "busy" | "database_damaged" | "overloaded" | "read_only" | "storage_failed" | "storage_lost" | "too_costly" | "too_many_streams";
        };
        ReportsTakingsCsv503: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "busy" | "database_damaged" | "overloaded" | "read_only" | "storage_failed" | "storage_lost" | "too_costly" | "too_many_streams";
        };
        TaxReport: {
            /** @example 2026-11 */
            month: string;
            currency: string;
            /** @description whose days and months these are */
            time_zone: string;
            /**
             * Format: int64
             * @description rows that there are
             */
            row_count: number;
            /** @description the first of them; the CSV has all */
            rows: components["schemas"]["TaxReportRow"][];
            /** @description of all rows, those of parts first: the last is the whole */
            sums: components["schemas"]["TaxReportSums"][];
        };
        TaxReportRow: {
            /** @description whose tax it is; empty: not known */
            country: string;
            /** @enum {string} */
            treatment: "taxed" | "untaxed" | "export" | "reverse_charge" | "small_business";
            /**
             * Format: int64
             * @example 190000
             */
            rate_ppm: number;
            /**
             * Format: int64
             * @description that have the rate; one can have several
             */
            documents: number;
            /**
             * Format: int64
             * @description invoiced less credited
             * @example 1999
             */
            net: number;
            /**
             * Format: int64
             * @description on it
             * @example 1999
             */
            tax: number;
            /**
             * Format: int64
             * @description net and tax
             * @example 1999
             */
            total: number;
        };
        TaxReportSums: {
            /** @description whose tax it is; empty: not known */
            country: string | null;
            /** @enum {string|null} */
            treatment: "taxed" | "untaxed" | "export" | "reverse_charge" | "small_business" | null;
            /**
             * Format: int64
             * @example 190000
             */
            rate_ppm: number | null;
            /**
             * Format: int64
             * @description that have the rate; one can have several
             */
            documents: number | null;
            /**
             * Format: int64
             * @description invoiced less credited
             * @example 1999
             */
            net: number | null;
            /**
             * Format: int64
             * @description on it
             * @example 1999
             */
            tax: number | null;
            /**
             * Format: int64
             * @description net and tax
             * @example 1999
             */
            total: number | null;
        };
        ReportsTax503: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "busy" | "database_damaged" | "overloaded" | "read_only" | "storage_failed" | "storage_lost" | "too_costly" | "too_many_streams";
        };
        ReportsTaxCsv503: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "busy" | "database_damaged" | "overloaded" | "read_only" | "storage_failed" | "storage_lost" | "too_costly" | "too_many_streams";
        };
        SalesReport: {
            /** @example 2026-11 */
            month: string;
            currency: string;
            /** @description whose days and months these are */
            time_zone: string;
            /**
             * Format: int64
             * @description rows that there are
             */
            row_count: number;
            /** @description the first of them; the CSV has all */
            rows: components["schemas"]["SalesReportRow"][];
            /** @description of all rows, those of parts first: the last is the whole */
            sums: components["schemas"]["SalesReportSums"][];
        };
        SalesReportRow: {
            sku: string;
            /** @description as it is called now */
            product: string;
            /**
             * Format: int64
             * @description that it was sold with; one order can be of several products
             */
            orders: number;
            /**
             * Format: int64
             * @description sold, less what was cancelled or came back
             */
            units: number;
            /**
             * Format: int64
             * @description what they cost less than their prices
             * @example 1999
             */
            discount: number;
            /**
             * Format: int64
             * @description unit price × units − discounts; with tax where prices include it
             * @example 1999
             */
            revenue: number;
        };
        SalesReportSums: {
            sku: string | null;
            /** @description as it is called now */
            product: string | null;
            /**
             * Format: int64
             * @description that it was sold with; one order can be of several products
             */
            orders: number | null;
            /**
             * Format: int64
             * @description sold, less what was cancelled or came back
             */
            units: number | null;
            /**
             * Format: int64
             * @description what they cost less than their prices
             * @example 1999
             */
            discount: number | null;
            /**
             * Format: int64
             * @description unit price × units − discounts; with tax where prices include it
             * @example 1999
             */
            revenue: number | null;
        };
        ReportsSales503: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "busy" | "database_damaged" | "overloaded" | "read_only" | "storage_failed" | "storage_lost" | "too_costly" | "too_many_streams";
        };
        ReportsSalesCsv503: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "busy" | "database_damaged" | "overloaded" | "read_only" | "storage_failed" | "storage_lost" | "too_costly" | "too_many_streams";
        };
        OpenPaymentsReport: {
            /** @example 2026-11 */
            month: string;
            currency: string;
            /** @description whose days and months these are */
            time_zone: string;
            /**
             * Format: int64
             * @description rows that there are
             */
            row_count: number;
            /** @description the first of them; the CSV has all */
            rows: components["schemas"]["OpenPaymentsReportRow"][];
            /** @description of all rows, those of parts first: the last is the whole */
            sums: components["schemas"]["OpenPaymentsReportSums"][];
        };
        OpenPaymentsReportRow: {
            /**
             * Format: int64
             * @example 1042
             */
            order_id: number;
            /** @example 2026-11-24 */
            date: string;
            /** @description empty once erased */
            customer: string;
            /**
             * @description empty: not chosen yet
             * @enum {string}
             */
            method: "card" | "bank_transfer" | "cash_on_delivery" | "";
            /**
             * @description empty: none was begun
             * @enum {string}
             */
            payment_status: "processing" | "requires_action" | "authorized" | "failed" | "voided" | "succeeded" | "partially_refunded" | "refunded" | "disputed" | "";
            /**
             * Format: int64
             * @description of the order
             * @example 1999
             */
            total: number;
            /**
             * Format: int64
             * @description of it
             * @example 1999
             */
            captured: number;
            /**
             * Format: int64
             * @description total less received
             * @example 1999
             */
            owed: number;
        };
        OpenPaymentsReportSums: {
            /**
             * Format: int64
             * @example 1042
             */
            order_id: number | null;
            /** @example 2026-11-24 */
            date: string | null;
            /** @description empty once erased */
            customer: string | null;
            /**
             * @description empty: not chosen yet
             * @enum {string|null}
             */
            method: "card" | "bank_transfer" | "cash_on_delivery" | "" | null;
            /**
             * @description empty: none was begun
             * @enum {string|null}
             */
            payment_status: "processing" | "requires_action" | "authorized" | "failed" | "voided" | "succeeded" | "partially_refunded" | "refunded" | "disputed" | "" | null;
            /**
             * Format: int64
             * @description of the order
             * @example 1999
             */
            total: number | null;
            /**
             * Format: int64
             * @description of it
             * @example 1999
             */
            captured: number | null;
            /**
             * Format: int64
             * @description total less received
             * @example 1999
             */
            owed: number | null;
        };
        ReportsOpenPayments503: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "busy" | "database_damaged" | "overloaded" | "read_only" | "storage_failed" | "storage_lost" | "too_costly" | "too_many_streams";
        };
        ReportsOpenPaymentsCsv503: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "busy" | "database_damaged" | "overloaded" | "read_only" | "storage_failed" | "storage_lost" | "too_costly" | "too_many_streams";
        };
        RefundsToSendReport: {
            /** @example 2026-11 */
            month: string;
            currency: string;
            /** @description whose days and months these are */
            time_zone: string;
            /**
             * Format: int64
             * @description rows that there are
             */
            row_count: number;
            /** @description the first of them; the CSV has all */
            rows: components["schemas"]["RefundsToSendReportRow"][];
            /** @description of all rows, those of parts first: the last is the whole */
            sums: components["schemas"]["RefundsToSendReportSums"][];
        };
        RefundsToSendReportRow: {
            /**
             * Format: int64
             * @example 1042
             */
            order_id: number;
            /** @example 2026-11-24 */
            date: string;
            /** @description empty once erased */
            customer: string;
            /**
             * @description empty: not chosen yet
             * @enum {string}
             */
            method: "card" | "bank_transfer" | "cash_on_delivery" | "";
            /** @description what staff wrote */
            reason: string;
            /**
             * Format: int64
             * @description what staff are to send by hand
             * @example 1999
             */
            amount: number;
        };
        RefundsToSendReportSums: {
            /**
             * Format: int64
             * @example 1042
             */
            order_id: number | null;
            /** @example 2026-11-24 */
            date: string | null;
            /** @description empty once erased */
            customer: string | null;
            /**
             * @description empty: not chosen yet
             * @enum {string|null}
             */
            method: "card" | "bank_transfer" | "cash_on_delivery" | "" | null;
            /** @description what staff wrote */
            reason: string | null;
            /**
             * Format: int64
             * @description what staff are to send by hand
             * @example 1999
             */
            amount: number | null;
        };
        ReportsRefundsToSend503: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "busy" | "database_damaged" | "overloaded" | "read_only" | "storage_failed" | "storage_lost" | "too_costly" | "too_many_streams";
        };
        ReportsRefundsToSendCsv503: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "busy" | "database_damaged" | "overloaded" | "read_only" | "storage_failed" | "storage_lost" | "too_costly" | "too_many_streams";
        };
        JobPage: {
            data: components["schemas"]["Job"][];
            next_cursor: string | null;
        };
        Job: {
            /** Format: int64 */
            id: number;
            kind: string;
            /** @enum {string} */
            lane: "money" | "parcels" | "mail" | "webhooks" | "upkeep";
            /** @description the outside service that it calls */
            party: string | null;
            /**
             * Format: date-time
             * @description its party does not answer
             */
            paused_until: string | null;
            payload: unknown;
            /** @enum {string} */
            status: "ready" | "running" | "dead";
            /**
             * Format: date-time
             * @description not before
             */
            run_at: string;
            /** Format: int64 */
            attempts: number;
            /** Format: int64 */
            max_attempts: number;
            last_error: string;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
        };
        JobsRetry409: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "idempotency_key_in_use" | "job_not_dead";
        };
        JobsDiscard409: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "job_not_dead";
        };
        Lanes: {
            data: components["schemas"]["Lane"][];
        };
        Lane: {
            /** @enum {string} */
            lane: "money" | "parcels" | "mail" | "webhooks" | "upkeep";
            /**
             * Format: int64
             * @description jobs at once, at most
             */
            workers: number;
            /** Format: int64 */
            running: number;
            /**
             * Format: int64
             * @description jobs that are due
             */
            waiting: number;
            paused: components["schemas"]["PausedParty"][];
        };
        PausedParty: {
            /** @description stripe, easypost, mail, webhook-3 */
            party: string;
            /** @description of the last time that it did not answer */
            reason: string;
            /**
             * Format: int64
             * @description in a row
             */
            failures: number;
            /** Format: date-time */
            since: string;
            /**
             * Format: date-time
             * @description from then on it is tried again, with one job at first
             */
            until: string;
            /**
             * Format: int64
             * @description jobs that are due
             */
            waiting: number;
        };
        Stats: {
            /**
             * Format: int64
             * @description orders that are paid or may be packed before they are, in packing or partly shipped
             */
            to_pack: number;
            /**
             * Format: int64
             * @description orders that wait for their payment before they are packed
             */
            pending: number;
            /**
             * Format: int64
             * @description payments that failed, of pending orders
             */
            failed_payments: number;
            /**
             * Format: int64
             * @description payments that the customer disputes
             */
            disputed_payments: number;
            /**
             * Format: int64
             * @description orders with a parcel that has no label or is held up
             */
            troubled_orders: number;
            /**
             * Format: int64
             * @description unpaid orders that hold over half of a product's stock; 100 at most
             */
            large_holds: number;
            /**
             * Format: int64
             * @description refunds that staff are to send by hand
             */
            refunds_to_send: number;
            /**
             * Format: int64
             * @description open low-stock alerts
             */
            low_stock: number;
            /**
             * Format: int64
             * @description jobs that failed too often
             */
            dead_jobs: number;
            /** @description whether the server makes backups automatically */
            backups_scheduled: boolean;
            /**
             * Format: date-time
             * @description when the newest of them was made
             */
            last_backup_at: string | null;
            /** @description why nothing can be stored just now; null: all is well */
            storage_trouble: components["schemas"]["StorageTrouble"] | null;
            database: components["schemas"]["DatabaseSize"];
            /**
             * Format: date-time
             * @description when it is so old that one after it failed; null: there is none yet
             */
            backup_late_at: string | null;
        };
        StorageTrouble: {
            /** @enum {string} */
            kind: "no_space" | "read_only" | "failed" | "damaged" | "files_gone";
            /** @description what is wrong, and what to do */
            text: string;
        };
        DatabaseSize: {
            /**
             * Format: int64
             * @description of the database's file
             */
            bytes: number;
            /**
             * Format: int64
             * @description how much more are in use each week; null: not known yet
             */
            week_bytes: number | null;
            /**
             * Format: int64
             * @description free on its disk
             */
            disk_free_bytes: number;
            /**
             * Format: date-time
             * @description when the disk is full at that rate; null: not in ten years
             */
            full_at: string | null;
            /** @description that is within two months */
            is_short: boolean;
        };
        Sales: {
            /** @description each day of the span, today last */
            days: components["schemas"]["SalesOfDay"][];
            top_products: components["schemas"]["SoldProduct"][];
        };
        SalesOfDay: {
            /** @example 2026-11-24 */
            date: string;
            /**
             * Format: int64
             * @description placed on that day and not cancelled or expired since
             */
            orders: number;
            /**
             * Format: int64
             * @description what was captured on that day, less what was refunded on it, in minor units
             */
            takings: number;
        };
        SoldProduct: {
            /** Format: int64 */
            product_id: number;
            sku: string;
            name: string;
            /**
             * Format: int64
             * @description sold, less what was cancelled or came back
             */
            units: number;
            /**
             * Format: int64
             * @description unit price × units, less discounts
             */
            revenue: number;
        };
        Checklist: {
            steps: components["schemas"]["ChecklistStep"][];
            /**
             * Format: int64
             * @description how many are not done
             */
            open: number;
            /**
             * Format: int64
             * @description tax rates that are defaults, and no owner has confirmed
             */
            unconfirmed_rates: number;
        };
        ChecklistStep: {
            /** @enum {string} */
            step: "shop_address" | "time_zone" | "product" | "tax" | "shipping" | "payment_methods" | "bank_details" | "cards" | "mail" | "public_url" | "backups" | "key_kept";
            done: boolean;
            /** @description an owner may say that it is settled */
            confirmable: boolean;
            /** @description an owner said so */
            confirmed: boolean;
        };
        ChecklistConfirmation: {
            confirmed: boolean;
        };
        ChecklistConfirm409: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "not_confirmable";
        };
        Health: {
            /** @enum {string} */
            status: "ok";
        };
        ServiceReadiness503: components["schemas"]["Problem"] & {
            /** @enum {unknown} */
            code?: "busy" | "database_damaged" | "not_ready" | "overloaded" | "read_only" | "storage_failed" | "storage_lost" | "too_costly";
        };
    };
    responses: {
        /** @description Bad request */
        Problem400: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem400"];
            };
        };
        /** @description Unauthorized */
        Problem401: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem401"];
            };
        };
        /** @description Not acceptable */
        Problem406: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem406"];
            };
        };
        /** @description Precondition failed */
        Problem412: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem412"];
            };
        };
        /** @description Unprocessable content */
        Problem422: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem422"];
            };
        };
        /** @description Internal server error */
        Problem500: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem500"];
            };
        };
        /** @description Service unavailable */
        Problem503: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                "Retry-After": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem503"];
            };
        };
        /** @description Not found */
        Problem404: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem404"];
            };
        };
        /** @description Unprocessable content */
        Problem422Variant2: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem422Variant2"];
            };
        };
        /** @description Forbidden */
        Problem403: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem403"];
            };
        };
        /** @description Forbidden */
        Problem403Variant2: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem403Variant2"];
            };
        };
        /** @description Not found */
        Problem404Variant2: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem404Variant2"];
            };
        };
        /** @description Unprocessable content */
        Problem422Variant3: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem422Variant3"];
            };
        };
        /** @description Internal server error */
        Problem500Variant2: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem500Variant2"];
            };
        };
        /** @description Insufficient storage */
        Problem507: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem507"];
            };
        };
        /** @description Bad request */
        Problem400Variant2: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem400Variant2"];
            };
        };
        /** @description Not found */
        Problem404Variant3: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem404Variant3"];
            };
        };
        /** @description Content too large */
        Problem413: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem413"];
            };
        };
        /** @description Unsupported media type */
        Problem415: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem415"];
            };
        };
        /** @description Precondition failed */
        Problem412Variant2: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem412Variant2"];
            };
        };
        /** @description Precondition required */
        Problem428: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem428"];
            };
        };
        /** @description Bad request */
        Problem400Variant3: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem400Variant3"];
            };
        };
        /** @description Forbidden */
        Problem403Variant3: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem403Variant3"];
            };
        };
        /** @description Too many requests */
        Problem429: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                "Retry-After": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem429"];
            };
        };
        /** @description Unprocessable content */
        Problem422Variant4: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem422Variant4"];
            };
        };
        /** @description Unprocessable content */
        Problem422Variant5: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem422Variant5"];
            };
        };
        /** @description Conflict */
        Problem409: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem409"];
            };
        };
        /** @description What the client has, by If-None-Match, is still so. */
        NotModified: {
            headers: {
                [name: string]: unknown;
            };
            content?: never;
        };
    };
    parameters: {
        /** @description A key of the client's own for this request. The same key and body get the first answer again, for 24 hours, without what is shown only once; the same key with another body is 422; one that is still under way is 409. Without credentials take a random key, such as a UUID of version 4 or 7: any other counts for your network address and User-Agent alone. */
        IdempotencyKey: string;
        /** @description The ETag that was read. Another version meanwhile is 412. Needed when the caller is known by cookie (428). */
        IfMatch: string;
        /** @description The ETag that is known. If it is still so: 304. */
        IfNoneMatch: string;
    };
    requestBodies: never;
    headers: {
        /** @description The request's id: the client's own X-Request-Id, or one that was made. */
        RequestId: string;
        /** @description The version, for If-Match and If-None-Match. */
        ETag: string;
        /** @description Where it is. */
        Location: string;
        /** @description The next page, rel="next" (RFC 8288); not there on the last one. */
        Link: string;
        /** @description true, on an answer that is given again for its Idempotency-Key. */
        IdempotentReplayed: string;
        /** @description Seconds after which to try again. */
        RetryAfter: string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    "products.list": {
        parameters: {
            query?: {
                /** @description words that all occur in SKU, name or description; of one or two letters, at the start of a word of SKU or name; more than six are not looked for */
                q?: string;
                /** @description this price or more */
                min_price?: number;
                /** @description this price or less */
                max_price?: number;
                /** @description whether something is available */
                in_stock?: boolean;
                /** @description newest if absent */
                sort?: "newest" | "oldest" | "name" | "-name" | "price" | "-price" | "available" | "-available" | "sku" | "updated";
                /** @description how many at most; 50 without it */
                limit?: number;
                /** @description where to go on: next_cursor of the page before */
                cursor?: string;
            };
            header?: {
                /** @description The ETag that is known. If it is still so: 304. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "data": [
                     *         {
                     *           "id": 1,
                     *           "sku": "MUG",
                     *           "name": "Mug",
                     *           "description": "description",
                     *           "price": 1250,
                     *           "currency": "EUR",
                     *           "available": 1,
                     *           "status": "active",
                     *           "weight_g": 1,
                     *           "tax_class": "standard",
                     *           "created_at": "2026-11-24T05:46:03.000Z",
                     *           "updated_at": "2026-11-24T05:46:03.000Z",
                     *           "version": 1,
                     *           "on_hand": 1,
                     *           "reserved": 1,
                     *           "low_stock_threshold": 1
                     *         }
                     *       ],
                     *       "next_cursor": "next cursor"
                     *     } */
                    "application/json": components["schemas"]["ProductForAnyonePage"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            406: components["responses"]["Problem406"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "products.add": {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the client's own for this request. The same key and body get the first answer again, for 24 hours, without what is shown only once; the same key with another body is 422; one that is still under way is 409. Without credentials take a random key, such as a UUID of version 4 or 7: any other counts for your network address and User-Agent alone. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {
                 *       "sku": "MUG",
                 *       "name": "Mug",
                 *       "description": "description",
                 *       "price": 1250,
                 *       "currency": "EUR",
                 *       "quantity": 1,
                 *       "low_stock_threshold": 1,
                 *       "weight_g": 1,
                 *       "tax_class": "standard"
                 *     } */
                "application/json": components["schemas"]["NewProduct"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "id": 1,
                     *       "sku": "MUG",
                     *       "name": "Mug",
                     *       "description": "description",
                     *       "price": 1250,
                     *       "currency": "EUR",
                     *       "available": 1,
                     *       "status": "active",
                     *       "weight_g": 1,
                     *       "tax_class": "standard",
                     *       "created_at": "2026-11-24T05:46:03.000Z",
                     *       "updated_at": "2026-11-24T05:46:03.000Z",
                     *       "version": 1,
                     *       "on_hand": 1,
                     *       "reserved": 1,
                     *       "low_stock_threshold": 1
                     *     } */
                    "application/json": components["schemas"]["Product"];
                };
            };
            400: components["responses"]["Problem400Variant2"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403Variant2"];
            404: components["responses"]["Problem404Variant3"];
            406: components["responses"]["Problem406"];
            /** @description Conflict */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProductsAdd409"];
                };
            };
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            /** @description Unprocessable content */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProductsAdd422"];
                };
            };
            500: components["responses"]["Problem500Variant2"];
            503: components["responses"]["Problem503"];
            507: components["responses"]["Problem507"];
        };
    };
    "products.get": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that is known. If it is still so: 304. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "id": 1,
                     *       "sku": "MUG",
                     *       "name": "Mug",
                     *       "description": "description",
                     *       "price": 1250,
                     *       "currency": "EUR",
                     *       "available": 1,
                     *       "status": "active",
                     *       "weight_g": 1,
                     *       "tax_class": "standard",
                     *       "created_at": "2026-11-24T05:46:03.000Z",
                     *       "updated_at": "2026-11-24T05:46:03.000Z",
                     *       "version": 1,
                     *       "on_hand": 1,
                     *       "reserved": 1,
                     *       "low_stock_threshold": 1
                     *     } */
                    "application/json": components["schemas"]["ProductForAnyone"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            404: components["responses"]["Problem404"];
            406: components["responses"]["Problem406"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422Variant2"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "products.update": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that was read. Another version meanwhile is 412. Needed when the caller is known by cookie (428). */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {
                 *       "sku": "MUG",
                 *       "name": "Mug",
                 *       "description": "description",
                 *       "price": 1250,
                 *       "currency": "EUR",
                 *       "low_stock_threshold": 1,
                 *       "weight_g": 1,
                 *       "tax_class": "standard",
                 *       "status": "active",
                 *       "adjust": 1,
                 *       "reason": "received",
                 *       "note": "note"
                 *     } */
                "application/json": components["schemas"]["ProductUpdate"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "id": 1,
                     *       "sku": "MUG",
                     *       "name": "Mug",
                     *       "description": "description",
                     *       "price": 1250,
                     *       "currency": "EUR",
                     *       "available": 1,
                     *       "status": "active",
                     *       "weight_g": 1,
                     *       "tax_class": "standard",
                     *       "created_at": "2026-11-24T05:46:03.000Z",
                     *       "updated_at": "2026-11-24T05:46:03.000Z",
                     *       "version": 1,
                     *       "on_hand": 1,
                     *       "reserved": 1,
                     *       "low_stock_threshold": 1
                     *     } */
                    "application/json": components["schemas"]["Product"];
                };
            };
            400: components["responses"]["Problem400Variant2"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403Variant2"];
            404: components["responses"]["Problem404"];
            406: components["responses"]["Problem406"];
            /** @description Conflict */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProductsUpdate409"];
                };
            };
            412: components["responses"]["Problem412Variant2"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            /** @description Unprocessable content */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProductsUpdate422"];
                };
            };
            428: components["responses"]["Problem428"];
            500: components["responses"]["Problem500Variant2"];
            503: components["responses"]["Problem503"];
            507: components["responses"]["Problem507"];
        };
    };
    "products.remove": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that was read. Another version meanwhile is 412. Needed when the caller is known by cookie (428). */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "id": 1,
                     *       "sku": "MUG",
                     *       "name": "Mug",
                     *       "description": "description",
                     *       "price": 1250,
                     *       "currency": "EUR",
                     *       "available": 1,
                     *       "status": "active",
                     *       "weight_g": 1,
                     *       "tax_class": "standard",
                     *       "created_at": "2026-11-24T05:46:03.000Z",
                     *       "updated_at": "2026-11-24T05:46:03.000Z",
                     *       "version": 1,
                     *       "on_hand": 1,
                     *       "reserved": 1,
                     *       "low_stock_threshold": 1
                     *     } */
                    "application/json": components["schemas"]["Product"];
                };
            };
            /** @description No content */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403Variant2"];
            404: components["responses"]["Problem404"];
            406: components["responses"]["Problem406"];
            412: components["responses"]["Problem412Variant2"];
            422: components["responses"]["Problem422Variant2"];
            428: components["responses"]["Problem428"];
            500: components["responses"]["Problem500Variant2"];
            503: components["responses"]["Problem503"];
            507: components["responses"]["Problem507"];
        };
    };
    "inventory.list": {
        parameters: {
            query?: {
                /** @description words that all occur in SKU, name or description; of one or two letters, at the start of a word of SKU or name; more than six are not looked for */
                q?: string;
                /** @description this price or more */
                min_price?: number;
                /** @description this price or less */
                max_price?: number;
                /** @description whether something is available */
                in_stock?: boolean;
                /** @description newest if absent */
                sort?: "newest" | "oldest" | "name" | "-name" | "price" | "-price" | "available" | "-available" | "sku" | "updated";
                /** @description both if absent */
                status?: "active" | "archived";
                /** @description whether no more is available than the threshold says */
                low_stock?: boolean;
                /** @description how many at most; 50 without it */
                limit?: number;
                /** @description where to go on: next_cursor of the page before */
                cursor?: string;
            };
            header?: {
                /** @description The ETag that is known. If it is still so: 304. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "data": [
                     *         {
                     *           "id": 1,
                     *           "sku": "MUG",
                     *           "name": "Mug",
                     *           "description": "description",
                     *           "price": 1250,
                     *           "currency": "EUR",
                     *           "available": 1,
                     *           "status": "active",
                     *           "weight_g": 1,
                     *           "tax_class": "standard",
                     *           "created_at": "2026-11-24T05:46:03.000Z",
                     *           "updated_at": "2026-11-24T05:46:03.000Z",
                     *           "version": 1,
                     *           "on_hand": 1,
                     *           "reserved": 1,
                     *           "low_stock_threshold": 1
                     *         }
                     *       ],
                     *       "next_cursor": "next cursor"
                     *     } */
                    "application/json": components["schemas"]["ProductPage"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            406: components["responses"]["Problem406"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "inventory.add": {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the client's own for this request. The same key and body get the first answer again, for 24 hours, without what is shown only once; the same key with another body is 422; one that is still under way is 409. Without credentials take a random key, such as a UUID of version 4 or 7: any other counts for your network address and User-Agent alone. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {
                 *       "sku": "MUG",
                 *       "name": "Mug",
                 *       "description": "description",
                 *       "price": 1250,
                 *       "currency": "EUR",
                 *       "quantity": 1,
                 *       "low_stock_threshold": 1,
                 *       "weight_g": 1,
                 *       "tax_class": "standard"
                 *     } */
                "application/json": components["schemas"]["NewProduct"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "id": 1,
                     *       "sku": "MUG",
                     *       "name": "Mug",
                     *       "description": "description",
                     *       "price": 1250,
                     *       "currency": "EUR",
                     *       "available": 1,
                     *       "status": "active",
                     *       "weight_g": 1,
                     *       "tax_class": "standard",
                     *       "created_at": "2026-11-24T05:46:03.000Z",
                     *       "updated_at": "2026-11-24T05:46:03.000Z",
                     *       "version": 1,
                     *       "on_hand": 1,
                     *       "reserved": 1,
                     *       "low_stock_threshold": 1
                     *     } */
                    "application/json": components["schemas"]["Product"];
                };
            };
            400: components["responses"]["Problem400Variant2"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403Variant2"];
            404: components["responses"]["Problem404Variant3"];
            406: components["responses"]["Problem406"];
            /** @description Conflict */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["InventoryAdd409"];
                };
            };
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            /** @description Unprocessable content */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["InventoryAdd422"];
                };
            };
            500: components["responses"]["Problem500Variant2"];
            503: components["responses"]["Problem503"];
            507: components["responses"]["Problem507"];
        };
    };
    "inventory.explain": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that is known. If it is still so: 304. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "id": 1,
                     *       "sku": "MUG",
                     *       "name": "Mug",
                     *       "description": "description",
                     *       "price": 1250,
                     *       "currency": "EUR",
                     *       "available": 1,
                     *       "status": "active",
                     *       "weight_g": 1,
                     *       "tax_class": "standard",
                     *       "created_at": "2026-11-24T05:46:03.000Z",
                     *       "updated_at": "2026-11-24T05:46:03.000Z",
                     *       "version": 1,
                     *       "on_hand": 1,
                     *       "reserved": 1,
                     *       "low_stock_threshold": 1,
                     *       "holds": [
                     *         {
                     *           "order_id": 1,
                     *           "status": "status",
                     *           "quantity": 1,
                     *           "placed_at": "2026-11-24T05:46:03.000Z",
                     *           "expires_at": "2026-11-24T05:46:03.000Z"
                     *         }
                     *       ],
                     *       "movements": [
                     *         {
                     *           "id": 1,
                     *           "delta": 1,
                     *           "reason": "received",
                     *           "order_id": 1,
                     *           "import_id": 1,
                     *           "actor": "actor",
                     *           "note": "note",
                     *           "at": "2026-11-24T05:46:03.000Z"
                     *         }
                     *       ],
                     *       "alert": {
                     *         "id": 1,
                     *         "product_id": 1,
                     *         "sku": "MUG",
                     *         "name": "Mug",
                     *         "status": "open",
                     *         "level": 1,
                     *         "available": 1,
                     *         "low_stock_threshold": 1,
                     *         "opened_at": "2026-11-24T05:46:03.000Z",
                     *         "resolved_at": "2026-11-24T05:46:03.000Z"
                     *       }
                     *     } */
                    "application/json": components["schemas"]["ExplainedProduct"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            406: components["responses"]["Problem406"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422Variant2"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "inventory.update": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that was read. Another version meanwhile is 412. Needed when the caller is known by cookie (428). */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {
                 *       "sku": "MUG",
                 *       "name": "Mug",
                 *       "description": "description",
                 *       "price": 1250,
                 *       "currency": "EUR",
                 *       "low_stock_threshold": 1,
                 *       "weight_g": 1,
                 *       "tax_class": "standard",
                 *       "status": "active",
                 *       "adjust": 1,
                 *       "reason": "received",
                 *       "note": "note"
                 *     } */
                "application/json": components["schemas"]["ProductUpdate"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "id": 1,
                     *       "sku": "MUG",
                     *       "name": "Mug",
                     *       "description": "description",
                     *       "price": 1250,
                     *       "currency": "EUR",
                     *       "available": 1,
                     *       "status": "active",
                     *       "weight_g": 1,
                     *       "tax_class": "standard",
                     *       "created_at": "2026-11-24T05:46:03.000Z",
                     *       "updated_at": "2026-11-24T05:46:03.000Z",
                     *       "version": 1,
                     *       "on_hand": 1,
                     *       "reserved": 1,
                     *       "low_stock_threshold": 1
                     *     } */
                    "application/json": components["schemas"]["Product"];
                };
            };
            400: components["responses"]["Problem400Variant2"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403Variant2"];
            404: components["responses"]["Problem404"];
            406: components["responses"]["Problem406"];
            /** @description Conflict */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["InventoryUpdate409"];
                };
            };
            412: components["responses"]["Problem412Variant2"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            /** @description Unprocessable content */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["InventoryUpdate422"];
                };
            };
            428: components["responses"]["Problem428"];
            500: components["responses"]["Problem500Variant2"];
            503: components["responses"]["Problem503"];
            507: components["responses"]["Problem507"];
        };
    };
    "inventory.remove": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that was read. Another version meanwhile is 412. Needed when the caller is known by cookie (428). */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "id": 1,
                     *       "sku": "MUG",
                     *       "name": "Mug",
                     *       "description": "description",
                     *       "price": 1250,
                     *       "currency": "EUR",
                     *       "available": 1,
                     *       "status": "active",
                     *       "weight_g": 1,
                     *       "tax_class": "standard",
                     *       "created_at": "2026-11-24T05:46:03.000Z",
                     *       "updated_at": "2026-11-24T05:46:03.000Z",
                     *       "version": 1,
                     *       "on_hand": 1,
                     *       "reserved": 1,
                     *       "low_stock_threshold": 1
                     *     } */
                    "application/json": components["schemas"]["Product"];
                };
            };
            /** @description No content */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403Variant2"];
            404: components["responses"]["Problem404"];
            406: components["responses"]["Problem406"];
            412: components["responses"]["Problem412Variant2"];
            422: components["responses"]["Problem422Variant2"];
            428: components["responses"]["Problem428"];
            500: components["responses"]["Problem500Variant2"];
            503: components["responses"]["Problem503"];
            507: components["responses"]["Problem507"];
        };
    };
    "inventory.movements": {
        parameters: {
            query?: {
                /** @description how many at most; 50 without it */
                limit?: number;
                /** @description where to go on: next_cursor of the page before */
                cursor?: string;
            };
            header?: {
                /** @description The ETag that is known. If it is still so: 304. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "data": [
                     *         {
                     *           "id": 1,
                     *           "delta": 1,
                     *           "reason": "received",
                     *           "order_id": 1,
                     *           "import_id": 1,
                     *           "actor": "actor",
                     *           "note": "note",
                     *           "at": "2026-11-24T05:46:03.000Z"
                     *         }
                     *       ],
                     *       "next_cursor": "next cursor"
                     *     } */
                    "application/json": components["schemas"]["MovementPage"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            406: components["responses"]["Problem406"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "alerts.list": {
        parameters: {
            query?: {
                /** @description all if absent */
                status?: "open" | "quiet" | "resolved";
                /** @description how many at most; 50 without it */
                limit?: number;
                /** @description where to go on: next_cursor of the page before */
                cursor?: string;
            };
            header?: {
                /** @description The ETag that is known. If it is still so: 304. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "data": [
                     *         {
                     *           "id": 1,
                     *           "product_id": 1,
                     *           "sku": "MUG",
                     *           "name": "Mug",
                     *           "status": "open",
                     *           "level": 1,
                     *           "available": 1,
                     *           "low_stock_threshold": 1,
                     *           "opened_at": "2026-11-24T05:46:03.000Z",
                     *           "resolved_at": "2026-11-24T05:46:03.000Z"
                     *         }
                     *       ],
                     *       "next_cursor": "next cursor"
                     *     } */
                    "application/json": components["schemas"]["AlertPage"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            406: components["responses"]["Problem406"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "alerts.dismiss": {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the client's own for this request. The same key and body get the first answer again, for 24 hours, without what is shown only once; the same key with another body is 422; one that is still under way is 409. Without credentials take a random key, such as a UUID of version 4 or 7: any other counts for your network address and User-Agent alone. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "id": 1,
                     *       "product_id": 1,
                     *       "sku": "MUG",
                     *       "name": "Mug",
                     *       "status": "open",
                     *       "level": 1,
                     *       "available": 1,
                     *       "low_stock_threshold": 1,
                     *       "opened_at": "2026-11-24T05:46:03.000Z",
                     *       "resolved_at": "2026-11-24T05:46:03.000Z"
                     *     } */
                    "application/json": components["schemas"]["Alert"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403Variant2"];
            404: components["responses"]["Problem404Variant2"];
            406: components["responses"]["Problem406"];
            /** @description Conflict */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["AlertsDismiss409"];
                };
            };
            422: components["responses"]["Problem422Variant3"];
            500: components["responses"]["Problem500Variant2"];
            503: components["responses"]["Problem503"];
            507: components["responses"]["Problem507"];
        };
    };
    "inventory.import": {
        parameters: {
            query?: {
                /** @description true: nothing changes */
                dry_run?: boolean;
            };
            header?: {
                /** @description A key of the client's own for this request. The same key and body get the first answer again, for 24 hours, without what is shown only once; the same key with another body is 422; one that is still under way is 409. Without credentials take a random key, such as a UUID of version 4 or 7: any other counts for your network address and User-Agent alone. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "text/csv": string;
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "id": 1,
                     *       "same_file_as": 1,
                     *       "added": 1,
                     *       "updated": 1,
                     *       "skipped": 1,
                     *       "faulty": 1,
                     *       "noted": 1,
                     *       "separator": {},
                     *       "encoding": "UTF-8",
                     *       "rows": [
                     *         {
                     *           "line": 1,
                     *           "outcome": "added",
                     *           "sku": {},
                     *           "name": {},
                     *           "reason": {},
                     *           "faulty": true,
                     *           "notes": [
                     *             "notes"
                     *           ],
                     *           "changes": {
                     *             "name": {
                     *               "from": {},
                     *               "to": {}
                     *             }
                     *           }
                     *         }
                     *       ],
                     *       "rows_left_out": 1
                     *     } */
                    "application/json": components["schemas"]["ImportReport"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "id": 1,
                     *       "same_file_as": 1,
                     *       "added": 1,
                     *       "updated": 1,
                     *       "skipped": 1,
                     *       "faulty": 1,
                     *       "noted": 1,
                     *       "separator": {},
                     *       "encoding": "UTF-8",
                     *       "rows": [
                     *         {
                     *           "line": 1,
                     *           "outcome": "added",
                     *           "sku": {},
                     *           "name": {},
                     *           "reason": {},
                     *           "faulty": true,
                     *           "notes": [
                     *             "notes"
                     *           ],
                     *           "changes": {
                     *             "name": {
                     *               "from": {},
                     *               "to": {}
                     *             }
                     *           }
                     *         }
                     *       ],
                     *       "rows_left_out": 1
                     *     } */
                    "application/json": components["schemas"]["ImportReport"];
                };
            };
            400: components["responses"]["Problem400Variant3"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403Variant2"];
            404: components["responses"]["Problem404Variant3"];
            406: components["responses"]["Problem406"];
            /** @description Conflict */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["InventoryImport409"];
                };
            };
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            /** @description Unprocessable content */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["InventoryImport422"];
                };
            };
            500: components["responses"]["Problem500Variant2"];
            /** @description Service unavailable */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["InventoryImport503"];
                };
            };
            507: components["responses"]["Problem507"];
        };
    };
    "imports.list": {
        parameters: {
            query?: {
                /** @description how many at most; 50 without it */
                limit?: number;
                /** @description where to go on: next_cursor of the page before */
                cursor?: string;
            };
            header?: {
                /** @description The ETag that is known. If it is still so: 304. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "data": [
                     *         {
                     *           "id": 1,
                     *           "added": 1,
                     *           "updated": 1,
                     *           "actor": "actor",
                     *           "at": "2026-11-24T05:46:03.000Z",
                     *           "undone_at": "2026-11-24T05:46:03.000Z"
                     *         }
                     *       ],
                     *       "next_cursor": "next cursor"
                     *     } */
                    "application/json": components["schemas"]["ProductImportPage"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            406: components["responses"]["Problem406"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "imports.undo": {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the client's own for this request. The same key and body get the first answer again, for 24 hours, without what is shown only once; the same key with another body is 422; one that is still under way is 409. Without credentials take a random key, such as a UUID of version 4 or 7: any other counts for your network address and User-Agent alone. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "id": 1,
                     *       "added": 1,
                     *       "updated": 1,
                     *       "actor": "actor",
                     *       "at": "2026-11-24T05:46:03.000Z",
                     *       "undone_at": "2026-11-24T05:46:03.000Z"
                     *     } */
                    "application/json": components["schemas"]["ProductImport"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403Variant2"];
            404: components["responses"]["Problem404Variant2"];
            406: components["responses"]["Problem406"];
            /** @description Conflict */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ImportsUndo409"];
                };
            };
            /** @description Unprocessable content */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ImportsUndo422"];
                };
            };
            500: components["responses"]["Problem500Variant2"];
            503: components["responses"]["Problem503"];
            507: components["responses"]["Problem507"];
        };
    };
    "inventory.export": {
        parameters: {
            query?: {
                /** @description between the fields: a comma if absent; with ; amounts have a decimal comma, as spreadsheets expect in much of Europe */
                separator?: "," | ";";
                /** @description true: the file begins with a UTF-8 byte order mark, by which Excel knows letters */
                bom?: boolean;
            };
            header?: {
                /** @description The ETag that is known. If it is still so: 304. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            406: components["responses"]["Problem406"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422Variant2"];
            500: components["responses"]["Problem500"];
            /** @description Service unavailable */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["InventoryExport503"];
                };
            };
        };
    };
    "orders.place": {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the client's own for this request. The same key and body get the first answer again, for 24 hours, without what is shown only once; the same key with another body is 422; one that is still under way is 409. Without credentials take a random key, such as a UUID of version 4 or 7: any other counts for your network address and User-Agent alone. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {
                 *       "customer": {
                 *         "name": "Ada Lovelace",
                 *         "email": "ada@example.com",
                 *         "phone": "+49 30 1234567",
                 *         "shipping_address": {
                 *           "line1": "Analytische Allee 12",
                 *           "line2": "",
                 *           "city": "Berlin",
                 *           "region": "",
                 *           "postal_code": "10115",
                 *           "country": "DE"
                 *         }
                 *       },
                 *       "items": [
                 *         {
                 *           "product_id": 1,
                 *           "quantity": 1
                 *         }
                 *       ],
                 *       "note": "note",
                 *       "locale": "de"
                 *     } */
                "application/json": components["schemas"]["NewOrder"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "id": 1,
                     *       "status": "pending",
                     *       "payment_status": "payment status",
                     *       "items": [
                     *         {
                     *           "id": 1,
                     *           "product_id": 1,
                     *           "sku": "sku",
                     *           "name": "name",
                     *           "unit_price": 1,
                     *           "quantity": 1,
                     *           "quantity_shipped": 1,
                     *           "quantity_cancelled": 1,
                     *           "quantity_returned": 1,
                     *           "tax_class": "standard",
                     *           "tax_rate_ppm": 1,
                     *           "discount": 1,
                     *           "staff_discount": 1,
                     *           "tax": 1,
                     *           "total": 1
                     *         }
                     *       ],
                     *       "subtotal": 1,
                     *       "discount": 1,
                     *       "shipping": 1,
                     *       "tax": 1,
                     *       "tax_included": 1,
                     *       "tax_rate_ppm": 1,
                     *       "taxes": [
                     *         {
                     *           "rate_ppm": 1,
                     *           "base": 1,
                     *           "tax": 1
                     *         }
                     *       ],
                     *       "tax_treatment": "taxed",
                     *       "total": 1,
                     *       "currency": "EUR",
                     *       "customer": {
                     *         "name": "Ada Lovelace",
                     *         "email": "ada@example.com",
                     *         "phone": "+49 30 1234567",
                     *         "shipping_address": {
                     *           "line1": "Analytische Allee 12",
                     *           "line2": "",
                     *           "city": "Berlin",
                     *           "region": "",
                     *           "postal_code": "10115",
                     *           "country": "DE"
                     *         }
                     *       },
                     *       "billing": {
                     *         "name": "name",
                     *         "company": "company",
                     *         "vat_id": "vat id",
                     *         "vat_id_verified": true,
                     *         "address": {
                     *           "line1": "Analytische Allee 12",
                     *           "line2": "",
                     *           "city": "Berlin",
                     *           "region": "",
                     *           "postal_code": "10115",
                     *           "country": "DE"
                     *         }
                     *       },
                     *       "discount_reason": "discount reason",
                     *       "staff_discount_reason": "staff discount reason",
                     *       "note": "note",
                     *       "locale": "de",
                     *       "delivery": {
                     *         "method_id": 1,
                     *         "name": "Parcel",
                     *         "kind": "shipping",
                     *         "days": "2–3",
                     *         "note": "note",
                     *         "pickup": {
                     *           "name": "Workshop",
                     *           "address": {
                     *             "line1": "Analytische Allee 12",
                     *             "line2": "",
                     *             "city": "Berlin",
                     *             "region": "",
                     *             "postal_code": "10115",
                     *             "country": "DE"
                     *           },
                     *           "opening_hours": "Monday to Friday, 10 to 18"
                     *         }
                     *       },
                     *       "delivery_note": "delivery note",
                     *       "receipt_url": "receipt url",
                     *       "created_at": "2026-11-24T05:46:03.000Z",
                     *       "updated_at": "2026-11-24T05:46:03.000Z",
                     *       "expires_at": "2026-11-24T05:46:03.000Z",
                     *       "version": 1,
                     *       "access_token": "access token text text text text text text"
                     *     } */
                    "application/json": components["schemas"]["PlacedOrder"];
                };
            };
            400: components["responses"]["Problem400Variant2"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403Variant3"];
            404: components["responses"]["Problem404Variant3"];
            406: components["responses"]["Problem406"];
            /** @description Conflict */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["OrdersPlace409"];
                };
            };
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            /** @description Unprocessable content */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["OrdersPlace422"];
                };
            };
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500Variant2"];
            503: components["responses"]["Problem503"];
            507: components["responses"]["Problem507"];
        };
    };
    "orders.get": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that is known. If it is still so: 304. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "id": 1,
                     *       "status": "pending",
                     *       "payment_status": "payment status",
                     *       "items": [
                     *         {
                     *           "id": 1,
                     *           "product_id": 1,
                     *           "sku": "sku",
                     *           "name": "name",
                     *           "unit_price": 1,
                     *           "quantity": 1,
                     *           "quantity_shipped": 1,
                     *           "quantity_cancelled": 1,
                     *           "quantity_returned": 1,
                     *           "tax_class": "standard",
                     *           "tax_rate_ppm": 1,
                     *           "discount": 1,
                     *           "staff_discount": 1,
                     *           "tax": 1,
                     *           "total": 1
                     *         }
                     *       ],
                     *       "subtotal": 1,
                     *       "discount": 1,
                     *       "shipping": 1,
                     *       "tax": 1,
                     *       "tax_included": 1,
                     *       "tax_rate_ppm": 1,
                     *       "taxes": [
                     *         {
                     *           "rate_ppm": 1,
                     *           "base": 1,
                     *           "tax": 1
                     *         }
                     *       ],
                     *       "tax_treatment": "taxed",
                     *       "total": 1,
                     *       "currency": "EUR",
                     *       "customer": {
                     *         "name": "Ada Lovelace",
                     *         "email": "ada@example.com",
                     *         "phone": "+49 30 1234567",
                     *         "shipping_address": {
                     *           "line1": "Analytische Allee 12",
                     *           "line2": "",
                     *           "city": "Berlin",
                     *           "region": "",
                     *           "postal_code": "10115",
                     *           "country": "DE"
                     *         }
                     *       },
                     *       "billing": {
                     *         "name": "name",
                     *         "company": "company",
                     *         "vat_id": "vat id",
                     *         "vat_id_verified": true,
                     *         "address": {
                     *           "line1": "Analytische Allee 12",
                     *           "line2": "",
                     *           "city": "Berlin",
                     *           "region": "",
                     *           "postal_code": "10115",
                     *           "country": "DE"
                     *         }
                     *       },
                     *       "discount_reason": "discount reason",
                     *       "staff_discount_reason": "staff discount reason",
                     *       "note": "note",
                     *       "locale": "de",
                     *       "delivery": {
                     *         "method_id": 1,
                     *         "name": "Parcel",
                     *         "kind": "shipping",
                     *         "days": "2–3",
                     *         "note": "note",
                     *         "pickup": {
                     *           "name": "Workshop",
                     *           "address": {
                     *             "line1": "Analytische Allee 12",
                     *             "line2": "",
                     *             "city": "Berlin",
                     *             "region": "",
                     *             "postal_code": "10115",
                     *             "country": "DE"
                     *           },
                     *           "opening_hours": "Monday to Friday, 10 to 18"
                     *         }
                     *       },
                     *       "delivery_note": "delivery note",
                     *       "receipt_url": "receipt url",
                     *       "created_at": "2026-11-24T05:46:03.000Z",
                     *       "updated_at": "2026-11-24T05:46:03.000Z",
                     *       "expires_at": "2026-11-24T05:46:03.000Z",
                     *       "version": 1
                     *     } */
                    "application/json": components["schemas"]["Order"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            406: components["responses"]["Problem406"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422Variant2"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "orders.cancel": {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the client's own for this request. The same key and body get the first answer again, for 24 hours, without what is shown only once; the same key with another body is 422; one that is still under way is 409. Without credentials take a random key, such as a UUID of version 4 or 7: any other counts for your network address and User-Agent alone. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description The ETag that was read. Another version meanwhile is 412. Needed when the caller is known by cookie (428). */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {
                 *       "reason": "reason"
                 *     } */
                "application/json": components["schemas"]["Cancellation"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "id": 1,
                     *       "status": "pending",
                     *       "payment_status": "payment status",
                     *       "items": [
                     *         {
                     *           "id": 1,
                     *           "product_id": 1,
                     *           "sku": "sku",
                     *           "name": "name",
                     *           "unit_price": 1,
                     *           "quantity": 1,
                     *           "quantity_shipped": 1,
                     *           "quantity_cancelled": 1,
                     *           "quantity_returned": 1,
                     *           "tax_class": "standard",
                     *           "tax_rate_ppm": 1,
                     *           "discount": 1,
                     *           "staff_discount": 1,
                     *           "tax": 1,
                     *           "total": 1
                     *         }
                     *       ],
                     *       "subtotal": 1,
                     *       "discount": 1,
                     *       "shipping": 1,
                     *       "tax": 1,
                     *       "tax_included": 1,
                     *       "tax_rate_ppm": 1,
                     *       "taxes": [
                     *         {
                     *           "rate_ppm": 1,
                     *           "base": 1,
                     *           "tax": 1
                     *         }
                     *       ],
                     *       "tax_treatment": "taxed",
                     *       "total": 1,
                     *       "currency": "EUR",
                     *       "customer": {
                     *         "name": "Ada Lovelace",
                     *         "email": "ada@example.com",
                     *         "phone": "+49 30 1234567",
                     *         "shipping_address": {
                     *           "line1": "Analytische Allee 12",
                     *           "line2": "",
                     *           "city": "Berlin",
                     *           "region": "",
                     *           "postal_code": "10115",
                     *           "country": "DE"
                     *         }
                     *       },
                     *       "billing": {
                     *         "name": "name",
                     *         "company": "company",
                     *         "vat_id": "vat id",
                     *         "vat_id_verified": true,
                     *         "address": {
                     *           "line1": "Analytische Allee 12",
                     *           "line2": "",
                     *           "city": "Berlin",
                     *           "region": "",
                     *           "postal_code": "10115",
                     *           "country": "DE"
                     *         }
                     *       },
                     *       "discount_reason": "discount reason",
                     *       "staff_discount_reason": "staff discount reason",
                     *       "note": "note",
                     *       "locale": "de",
                     *       "delivery": {
                     *         "method_id": 1,
                     *         "name": "Parcel",
                     *         "kind": "shipping",
                     *         "days": "2–3",
                     *         "note": "note",
                     *         "pickup": {
                     *           "name": "Workshop",
                     *           "address": {
                     *             "line1": "Analytische Allee 12",
                     *             "line2": "",
                     *             "city": "Berlin",
                     *             "region": "",
                     *             "postal_code": "10115",
                     *             "country": "DE"
                     *           },
                     *           "opening_hours": "Monday to Friday, 10 to 18"
                     *         }
                     *       },
                     *       "delivery_note": "delivery note",
                     *       "receipt_url": "receipt url",
                     *       "created_at": "2026-11-24T05:46:03.000Z",
                     *       "updated_at": "2026-11-24T05:46:03.000Z",
                     *       "expires_at": "2026-11-24T05:46:03.000Z",
                     *       "version": 1
                     *     } */
                    "application/json": components["schemas"]["Order"];
                };
            };
            400: components["responses"]["Problem400Variant2"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403Variant2"];
            404: components["responses"]["Problem404Variant2"];
            406: components["responses"]["Problem406"];
            /** @description Conflict */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["OrdersCancel409"];
                };
            };
            412: components["responses"]["Problem412Variant2"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422Variant4"];
            428: components["responses"]["Problem428"];
            500: components["responses"]["Problem500Variant2"];
            503: components["responses"]["Problem503"];
            507: components["responses"]["Problem507"];
        };
    };
    "account.orders": {
        parameters: {
            query?: {
                /** @description how many at most; 50 without it */
                limit?: number;
                /** @description where to go on: next_cursor of the page before */
                cursor?: string;
            };
            header?: {
                /** @description The ETag that is known. If it is still so: 304. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "data": [
                     *         {
                     *           "id": 1,
                     *           "status": "pending",
                     *           "payment_status": "payment status",
                     *           "payment_method": "payment method",
                     *           "units": 1,
                     *           "total": 1,
                     *           "currency": "EUR",
                     *           "created_at": "2026-11-24T05:46:03.000Z",
                     *           "expires_at": "2026-11-24T05:46:03.000Z",
                     *           "version": 1
                     *         }
                     *       ],
                     *       "next_cursor": "next cursor"
                     *     } */
                    "application/json": components["schemas"]["OrderSummaryPage"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            406: components["responses"]["Problem406"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "orders.list": {
        parameters: {
            query?: {
                /** @description any of these */
                status?: ("pending" | "paid" | "processing" | "partially_shipped" | "shipped" | "delivered" | "returned" | "cancelled" | "expired")[];
                /** @description placed at this time or later; a date alone is a day of the shop's time zone */
                from?: string;
                /** @description placed before this time; a date alone is a day of the shop's time zone, and counts to its end */
                to?: string;
                /** @description of this customer */
                customer_id?: number;
                /** @description with this product in it */
                product_id?: number;
                /** @description managed by this admin */
                managed_by?: number;
                /** @description true: may be packed now or is in packing; false: neither */
                packable?: boolean;
                /** @description true: with a parcel that has no label or is held up */
                in_trouble?: boolean;
                /** @description an order number, or the customer's e-mail, telephone, or words of the name */
                q?: string;
                /** @description how many at most; 50 without it */
                limit?: number;
                /** @description where to go on: next_cursor of the page before */
                cursor?: string;
            };
            header?: {
                /** @description The ETag that is known. If it is still so: 304. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "data": [
                     *         {
                     *           "id": 1,
                     *           "status": "pending",
                     *           "payment_status": "payment status",
                     *           "payment_method": "payment method",
                     *           "units": 1,
                     *           "total": 1,
                     *           "currency": "EUR",
                     *           "created_at": "2026-11-24T05:46:03.000Z",
                     *           "expires_at": "2026-11-24T05:46:03.000Z",
                     *           "version": 1,
                     *           "customer_id": 1,
                     *           "customer_name": "customer name",
                     *           "managed_by": {
                     *             "id": 1,
                     *             "username": "username"
                     *           },
                     *           "packable": true,
                     *           "delivery_kind": "shipping",
                     *           "label": "ready",
                     *           "can": [
                     *             "start_packing"
                     *           ]
                     *         }
                     *       ],
                     *       "next_cursor": "next cursor"
                     *     } */
                    "application/json": components["schemas"]["AdminOrderSummaryPage"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            406: components["responses"]["Problem406"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "orders.largeHolds": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that is known. If it is still so: 304. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "data": [
                     *         {
                     *           "order_id": 1,
                     *           "product_id": 1,
                     *           "sku": "sku",
                     *           "name": "name",
                     *           "quantity": 1,
                     *           "on_hand": 1,
                     *           "payment_method": "payment method",
                     *           "created_at": "2026-11-24T05:46:03.000Z",
                     *           "expires_at": "2026-11-24T05:46:03.000Z",
                     *           "version": 1
                     *         }
                     *       ]
                     *     } */
                    "application/json": components["schemas"]["LargeHolds"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            406: components["responses"]["Problem406"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422Variant2"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "orders.show": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that is known. If it is still so: 304. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "id": 1,
                     *       "status": "pending",
                     *       "payment_status": "payment status",
                     *       "items": [
                     *         {
                     *           "id": 1,
                     *           "product_id": 1,
                     *           "sku": "sku",
                     *           "name": "name",
                     *           "unit_price": 1,
                     *           "quantity": 1,
                     *           "quantity_shipped": 1,
                     *           "quantity_cancelled": 1,
                     *           "quantity_returned": 1,
                     *           "tax_class": "standard",
                     *           "tax_rate_ppm": 1,
                     *           "discount": 1,
                     *           "staff_discount": 1,
                     *           "tax": 1,
                     *           "total": 1
                     *         }
                     *       ],
                     *       "subtotal": 1,
                     *       "discount": 1,
                     *       "shipping": 1,
                     *       "tax": 1,
                     *       "tax_included": 1,
                     *       "tax_rate_ppm": 1,
                     *       "taxes": [
                     *         {
                     *           "rate_ppm": 1,
                     *           "base": 1,
                     *           "tax": 1
                     *         }
                     *       ],
                     *       "tax_treatment": "taxed",
                     *       "total": 1,
                     *       "currency": "EUR",
                     *       "customer": {
                     *         "name": "Ada Lovelace",
                     *         "email": "ada@example.com",
                     *         "phone": "+49 30 1234567",
                     *         "shipping_address": {
                     *           "line1": "Analytische Allee 12",
                     *           "line2": "",
                     *           "city": "Berlin",
                     *           "region": "",
                     *           "postal_code": "10115",
                     *           "country": "DE"
                     *         }
                     *       },
                     *       "billing": {
                     *         "name": "name",
                     *         "company": "company",
                     *         "vat_id": "vat id",
                     *         "vat_id_verified": true,
                     *         "address": {
                     *           "line1": "Analytische Allee 12",
                     *           "line2": "",
                     *           "city": "Berlin",
                     *           "region": "",
                     *           "postal_code": "10115",
                     *           "country": "DE"
                     *         }
                     *       },
                     *       "discount_reason": "discount reason",
                     *       "staff_discount_reason": "staff discount reason",
                     *       "note": "note",
                     *       "locale": "de",
                     *       "delivery": {
                     *         "method_id": 1,
                     *         "name": "Parcel",
                     *         "kind": "shipping",
                     *         "days": "2–3",
                     *         "note": "note",
                     *         "pickup": {
                     *           "name": "Workshop",
                     *           "address": {
                     *             "line1": "Analytische Allee 12",
                     *             "line2": "",
                     *             "city": "Berlin",
                     *             "region": "",
                     *             "postal_code": "10115",
                     *             "country": "DE"
                     *           },
                     *           "opening_hours": "Monday to Friday, 10 to 18"
                     *         }
                     *       },
                     *       "delivery_note": "delivery note",
                     *       "receipt_url": "receipt url",
                     *       "created_at": "2026-11-24T05:46:03.000Z",
                     *       "updated_at": "2026-11-24T05:46:03.000Z",
                     *       "expires_at": "2026-11-24T05:46:03.000Z",
                     *       "version": 1,
                     *       "customer_id": 1,
                     *       "managed_by": {
                     *         "id": 1,
                     *         "username": "username"
                     *       },
                     *       "staff_note": "staff note",
                     *       "payment": {
                     *         "id": 1,
                     *         "method": "method",
                     *         "status": "status",
                     *         "gateway": "gateway",
                     *         "amount": 1,
                     *         "captured": 1,
                     *         "refunded": 1,
                     *         "to_be_sent": 1,
                     *         "card_brand": "card brand",
                     *         "card_last4": "card",
                     *         "failure_code": "failure code"
                     *       },
                     *       "shipments": [
                     *         {
                     *           "id": 1,
                     *           "carrier": "carrier",
                     *           "service": "service",
                     *           "status": "status",
                     *           "tracking_number": "tracking number",
                     *           "tracking_url": "tracking url",
                     *           "items": [
                     *             {
                     *               "item_id": 1,
                     *               "quantity": 1
                     *             }
                     *           ],
                     *           "cost": 1,
                     *           "cost_currency": "EUR",
                     *           "failure": "failure",
                     *           "created_at": "2026-11-24T05:46:03.000Z",
                     *           "version": 1
                     *         }
                     *       ],
                     *       "history": [
                     *         {
                     *           "sequence": 1,
                     *           "kind": "kind",
                     *           "actor": "actor",
                     *           "body": {},
                     *           "at": "2026-11-24T05:46:03.000Z"
                     *         }
                     *       ],
                     *       "next_statuses": [
                     *         "pending"
                     *       ],
                     *       "packable": true
                     *     } */
                    "application/json": components["schemas"]["AdminOrder"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            406: components["responses"]["Problem406"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422Variant2"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "orders.update": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that was read. Another version meanwhile is 412. Needed when the caller is known by cookie (428). */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {
                 *       "status": "processing",
                 *       "customer": {
                 *         "name": "Ada Lovelace",
                 *         "email": "ada@example.com",
                 *         "phone": "+49 30 1234567",
                 *         "shipping_address": {
                 *           "line1": "Analytische Allee 12",
                 *           "line2": "",
                 *           "city": "Berlin",
                 *           "region": "",
                 *           "postal_code": "10115",
                 *           "country": "DE"
                 *         }
                 *       },
                 *       "note": "note",
                 *       "staff_note": "staff note",
                 *       "delivery_note": "Tuesday, 17 to 19",
                 *       "managed_by": 1,
                 *       "locale": "de"
                 *     } */
                "application/json": components["schemas"]["OrderUpdate"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "id": 1,
                     *       "status": "pending",
                     *       "payment_status": "payment status",
                     *       "items": [
                     *         {
                     *           "id": 1,
                     *           "product_id": 1,
                     *           "sku": "sku",
                     *           "name": "name",
                     *           "unit_price": 1,
                     *           "quantity": 1,
                     *           "quantity_shipped": 1,
                     *           "quantity_cancelled": 1,
                     *           "quantity_returned": 1,
                     *           "tax_class": "standard",
                     *           "tax_rate_ppm": 1,
                     *           "discount": 1,
                     *           "staff_discount": 1,
                     *           "tax": 1,
                     *           "total": 1
                     *         }
                     *       ],
                     *       "subtotal": 1,
                     *       "discount": 1,
                     *       "shipping": 1,
                     *       "tax": 1,
                     *       "tax_included": 1,
                     *       "tax_rate_ppm": 1,
                     *       "taxes": [
                     *         {
                     *           "rate_ppm": 1,
                     *           "base": 1,
                     *           "tax": 1
                     *         }
                     *       ],
                     *       "tax_treatment": "taxed",
                     *       "total": 1,
                     *       "currency": "EUR",
                     *       "customer": {
                     *         "name": "Ada Lovelace",
                     *         "email": "ada@example.com",
                     *         "phone": "+49 30 1234567",
                     *         "shipping_address": {
                     *           "line1": "Analytische Allee 12",
                     *           "line2": "",
                     *           "city": "Berlin",
                     *           "region": "",
                     *           "postal_code": "10115",
                     *           "country": "DE"
                     *         }
                     *       },
                     *       "billing": {
                     *         "name": "name",
                     *         "company": "company",
                     *         "vat_id": "vat id",
                     *         "vat_id_verified": true,
                     *         "address": {
                     *           "line1": "Analytische Allee 12",
                     *           "line2": "",
                     *           "city": "Berlin",
                     *           "region": "",
                     *           "postal_code": "10115",
                     *           "country": "DE"
                     *         }
                     *       },
                     *       "discount_reason": "discount reason",
                     *       "staff_discount_reason": "staff discount reason",
                     *       "note": "note",
                     *       "locale": "de",
                     *       "delivery": {
                     *         "method_id": 1,
                     *         "name": "Parcel",
                     *         "kind": "shipping",
                     *         "days": "2–3",
                     *         "note": "note",
                     *         "pickup": {
                     *           "name": "Workshop",
                     *           "address": {
                     *             "line1": "Analytische Allee 12",
                     *             "line2": "",
                     *             "city": "Berlin",
                     *             "region": "",
                     *             "postal_code": "10115",
                     *             "country": "DE"
                     *           },
                     *           "opening_hours": "Monday to Friday, 10 to 18"
                     *         }
                     *       },
                     *       "delivery_note": "delivery note",
                     *       "receipt_url": "receipt url",
                     *       "created_at": "2026-11-24T05:46:03.000Z",
                     *       "updated_at": "2026-11-24T05:46:03.000Z",
                     *       "expires_at": "2026-11-24T05:46:03.000Z",
                     *       "version": 1,
                     *       "customer_id": 1,
                     *       "managed_by": {
                     *         "id": 1,
                     *         "username": "username"
                     *       },
                     *       "staff_note": "staff note",
                     *       "payment": {
                     *         "id": 1,
                     *         "method": "method",
                     *         "status": "status",
                     *         "gateway": "gateway",
                     *         "amount": 1,
                     *         "captured": 1,
                     *         "refunded": 1,
                     *         "to_be_sent": 1,
                     *         "card_brand": "card brand",
                     *         "card_last4": "card",
                     *         "failure_code": "failure code"
                     *       },
                     *       "shipments": [
                     *         {
                     *           "id": 1,
                     *           "carrier": "carrier",
                     *           "service": "service",
                     *           "status": "status",
                     *           "tracking_number": "tracking number",
                     *           "tracking_url": "tracking url",
                     *           "items": [
                     *             {
                     *               "item_id": 1,
                     *               "quantity": 1
                     *             }
                     *           ],
                     *           "cost": 1,
                     *           "cost_currency": "EUR",
                     *           "failure": "failure",
                     *           "created_at": "2026-11-24T05:46:03.000Z",
                     *           "version": 1
                     *         }
                     *       ],
                     *       "history": [
                     *         {
                     *           "sequence": 1,
                     *           "kind": "kind",
                     *           "actor": "actor",
                     *           "body": {},
                     *           "at": "2026-11-24T05:46:03.000Z"
                     *         }
                     *       ],
                     *       "next_statuses": [
                     *         "pending"
                     *       ],
                     *       "packable": true
                     *     } */
                    "application/json": components["schemas"]["AdminOrder"];
                };
            };
            400: components["responses"]["Problem400Variant2"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403Variant2"];
            404: components["responses"]["Problem404"];
            406: components["responses"]["Problem406"];
            /** @description Conflict */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["OrdersUpdate409"];
                };
            };
            412: components["responses"]["Problem412Variant2"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            /** @description Unprocessable content */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["OrdersUpdate422"];
                };
            };
            428: components["responses"]["Problem428"];
            500: components["responses"]["Problem500Variant2"];
            503: components["responses"]["Problem503"];
            507: components["responses"]["Problem507"];
        };
    };
    "orders.discount": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that was read. Another version meanwhile is 412. Needed when the caller is known by cookie (428). */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {
                 *       "reason": "The box is scratched",
                 *       "rate_ppm": 100000
                 *     } */
                "application/json": components["schemas"]["StaffDiscount"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "id": 1,
                     *       "status": "pending",
                     *       "payment_status": "payment status",
                     *       "items": [
                     *         {
                     *           "id": 1,
                     *           "product_id": 1,
                     *           "sku": "sku",
                     *           "name": "name",
                     *           "unit_price": 1,
                     *           "quantity": 1,
                     *           "quantity_shipped": 1,
                     *           "quantity_cancelled": 1,
                     *           "quantity_returned": 1,
                     *           "tax_class": "standard",
                     *           "tax_rate_ppm": 1,
                     *           "discount": 1,
                     *           "staff_discount": 1,
                     *           "tax": 1,
                     *           "total": 1
                     *         }
                     *       ],
                     *       "subtotal": 1,
                     *       "discount": 1,
                     *       "shipping": 1,
                     *       "tax": 1,
                     *       "tax_included": 1,
                     *       "tax_rate_ppm": 1,
                     *       "taxes": [
                     *         {
                     *           "rate_ppm": 1,
                     *           "base": 1,
                     *           "tax": 1
                     *         }
                     *       ],
                     *       "tax_treatment": "taxed",
                     *       "total": 1,
                     *       "currency": "EUR",
                     *       "customer": {
                     *         "name": "Ada Lovelace",
                     *         "email": "ada@example.com",
                     *         "phone": "+49 30 1234567",
                     *         "shipping_address": {
                     *           "line1": "Analytische Allee 12",
                     *           "line2": "",
                     *           "city": "Berlin",
                     *           "region": "",
                     *           "postal_code": "10115",
                     *           "country": "DE"
                     *         }
                     *       },
                     *       "billing": {
                     *         "name": "name",
                     *         "company": "company",
                     *         "vat_id": "vat id",
                     *         "vat_id_verified": true,
                     *         "address": {
                     *           "line1": "Analytische Allee 12",
                     *           "line2": "",
                     *           "city": "Berlin",
                     *           "region": "",
                     *           "postal_code": "10115",
                     *           "country": "DE"
                     *         }
                     *       },
                     *       "discount_reason": "discount reason",
                     *       "staff_discount_reason": "staff discount reason",
                     *       "note": "note",
                     *       "locale": "de",
                     *       "delivery": {
                     *         "method_id": 1,
                     *         "name": "Parcel",
                     *         "kind": "shipping",
                     *         "days": "2–3",
                     *         "note": "note",
                     *         "pickup": {
                     *           "name": "Workshop",
                     *           "address": {
                     *             "line1": "Analytische Allee 12",
                     *             "line2": "",
                     *             "city": "Berlin",
                     *             "region": "",
                     *             "postal_code": "10115",
                     *             "country": "DE"
                     *           },
                     *           "opening_hours": "Monday to Friday, 10 to 18"
                     *         }
                     *       },
                     *       "delivery_note": "delivery note",
                     *       "receipt_url": "receipt url",
                     *       "created_at": "2026-11-24T05:46:03.000Z",
                     *       "updated_at": "2026-11-24T05:46:03.000Z",
                     *       "expires_at": "2026-11-24T05:46:03.000Z",
                     *       "version": 1,
                     *       "customer_id": 1,
                     *       "managed_by": {
                     *         "id": 1,
                     *         "username": "username"
                     *       },
                     *       "staff_note": "staff note",
                     *       "payment": {
                     *         "id": 1,
                     *         "method": "method",
                     *         "status": "status",
                     *         "gateway": "gateway",
                     *         "amount": 1,
                     *         "captured": 1,
                     *         "refunded": 1,
                     *         "to_be_sent": 1,
                     *         "card_brand": "card brand",
                     *         "card_last4": "card",
                     *         "failure_code": "failure code"
                     *       },
                     *       "shipments": [
                     *         {
                     *           "id": 1,
                     *           "carrier": "carrier",
                     *           "service": "service",
                     *           "status": "status",
                     *           "tracking_number": "tracking number",
                     *           "tracking_url": "tracking url",
                     *           "items": [
                     *             {
                     *               "item_id": 1,
                     *               "quantity": 1
                     *             }
                     *           ],
                     *           "cost": 1,
                     *           "cost_currency": "EUR",
                     *           "failure": "failure",
                     *           "created_at": "2026-11-24T05:46:03.000Z",
                     *           "version": 1
                     *         }
                     *       ],
                     *       "history": [
                     *         {
                     *           "sequence": 1,
                     *           "kind": "kind",
                     *           "actor": "actor",
                     *           "body": {},
                     *           "at": "2026-11-24T05:46:03.000Z"
                     *         }
                     *       ],
                     *       "next_statuses": [
                     *         "pending"
                     *       ],
                     *       "packable": true
                     *     } */
                    "application/json": components["schemas"]["AdminOrder"];
                };
            };
            400: components["responses"]["Problem400Variant2"];
            401: components["responses"]["Problem401"];
            /** @description Forbidden */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["OrdersDiscount403"];
                };
            };
            404: components["responses"]["Problem404"];
            406: components["responses"]["Problem406"];
            /** @description Conflict */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["OrdersDiscount409"];
                };
            };
            412: components["responses"]["Problem412Variant2"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            /** @description Unprocessable content */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["OrdersDiscount422"];
                };
            };
            428: components["responses"]["Problem428"];
            500: components["responses"]["Problem500Variant2"];
            503: components["responses"]["Problem503"];
            507: components["responses"]["Problem507"];
        };
    };
    "orders.takeBackDiscount": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that was read. Another version meanwhile is 412. Needed when the caller is known by cookie (428). */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "id": 1,
                     *       "status": "pending",
                     *       "payment_status": "payment status",
                     *       "items": [
                     *         {
                     *           "id": 1,
                     *           "product_id": 1,
                     *           "sku": "sku",
                     *           "name": "name",
                     *           "unit_price": 1,
                     *           "quantity": 1,
                     *           "quantity_shipped": 1,
                     *           "quantity_cancelled": 1,
                     *           "quantity_returned": 1,
                     *           "tax_class": "standard",
                     *           "tax_rate_ppm": 1,
                     *           "discount": 1,
                     *           "staff_discount": 1,
                     *           "tax": 1,
                     *           "total": 1
                     *         }
                     *       ],
                     *       "subtotal": 1,
                     *       "discount": 1,
                     *       "shipping": 1,
                     *       "tax": 1,
                     *       "tax_included": 1,
                     *       "tax_rate_ppm": 1,
                     *       "taxes": [
                     *         {
                     *           "rate_ppm": 1,
                     *           "base": 1,
                     *           "tax": 1
                     *         }
                     *       ],
                     *       "tax_treatment": "taxed",
                     *       "total": 1,
                     *       "currency": "EUR",
                     *       "customer": {
                     *         "name": "Ada Lovelace",
                     *         "email": "ada@example.com",
                     *         "phone": "+49 30 1234567",
                     *         "shipping_address": {
                     *           "line1": "Analytische Allee 12",
                     *           "line2": "",
                     *           "city": "Berlin",
                     *           "region": "",
                     *           "postal_code": "10115",
                     *           "country": "DE"
                     *         }
                     *       },
                     *       "billing": {
                     *         "name": "name",
                     *         "company": "company",
                     *         "vat_id": "vat id",
                     *         "vat_id_verified": true,
                     *         "address": {
                     *           "line1": "Analytische Allee 12",
                     *           "line2": "",
                     *           "city": "Berlin",
                     *           "region": "",
                     *           "postal_code": "10115",
                     *           "country": "DE"
                     *         }
                     *       },
                     *       "discount_reason": "discount reason",
                     *       "staff_discount_reason": "staff discount reason",
                     *       "note": "note",
                     *       "locale": "de",
                     *       "delivery": {
                     *         "method_id": 1,
                     *         "name": "Parcel",
                     *         "kind": "shipping",
                     *         "days": "2–3",
                     *         "note": "note",
                     *         "pickup": {
                     *           "name": "Workshop",
                     *           "address": {
                     *             "line1": "Analytische Allee 12",
                     *             "line2": "",
                     *             "city": "Berlin",
                     *             "region": "",
                     *             "postal_code": "10115",
                     *             "country": "DE"
                     *           },
                     *           "opening_hours": "Monday to Friday, 10 to 18"
                     *         }
                     *       },
                     *       "delivery_note": "delivery note",
                     *       "receipt_url": "receipt url",
                     *       "created_at": "2026-11-24T05:46:03.000Z",
                     *       "updated_at": "2026-11-24T05:46:03.000Z",
                     *       "expires_at": "2026-11-24T05:46:03.000Z",
                     *       "version": 1,
                     *       "customer_id": 1,
                     *       "managed_by": {
                     *         "id": 1,
                     *         "username": "username"
                     *       },
                     *       "staff_note": "staff note",
                     *       "payment": {
                     *         "id": 1,
                     *         "method": "method",
                     *         "status": "status",
                     *         "gateway": "gateway",
                     *         "amount": 1,
                     *         "captured": 1,
                     *         "refunded": 1,
                     *         "to_be_sent": 1,
                     *         "card_brand": "card brand",
                     *         "card_last4": "card",
                     *         "failure_code": "failure code"
                     *       },
                     *       "shipments": [
                     *         {
                     *           "id": 1,
                     *           "carrier": "carrier",
                     *           "service": "service",
                     *           "status": "status",
                     *           "tracking_number": "tracking number",
                     *           "tracking_url": "tracking url",
                     *           "items": [
                     *             {
                     *               "item_id": 1,
                     *               "quantity": 1
                     *             }
                     *           ],
                     *           "cost": 1,
                     *           "cost_currency": "EUR",
                     *           "failure": "failure",
                     *           "created_at": "2026-11-24T05:46:03.000Z",
                     *           "version": 1
                     *         }
                     *       ],
                     *       "history": [
                     *         {
                     *           "sequence": 1,
                     *           "kind": "kind",
                     *           "actor": "actor",
                     *           "body": {},
                     *           "at": "2026-11-24T05:46:03.000Z"
                     *         }
                     *       ],
                     *       "next_statuses": [
                     *         "pending"
                     *       ],
                     *       "packable": true
                     *     } */
                    "application/json": components["schemas"]["AdminOrder"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403Variant2"];
            404: components["responses"]["Problem404"];
            406: components["responses"]["Problem406"];
            /** @description Conflict */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["OrdersTakeBackDiscount409"];
                };
            };
            412: components["responses"]["Problem412Variant2"];
            /** @description Unprocessable content */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["OrdersTakeBackDiscount422"];
                };
            };
            428: components["responses"]["Problem428"];
            500: components["responses"]["Problem500Variant2"];
            503: components["responses"]["Problem503"];
            507: components["responses"]["Problem507"];
        };
    };
    "delivery.list": {
        parameters: {
            query?: {
                /** @description how many at most; 50 without it */
                limit?: number;
                /** @description where to go on: next_cursor of the page before */
                cursor?: string;
            };
            header?: {
                /** @description The ETag that is known. If it is still so: 304. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "data": [
                     *         {
                     *           "id": 1,
                     *           "name": "Parcel",
                     *           "names": {
                     *             "de": "Paket"
                     *           },
                     *           "kind": "shipping",
                     *           "days": "2–3",
                     *           "tax_class": "standard",
                     *           "active": true,
                     *           "position": 1,
                     *           "zones": [
                     *             {
                     *               "places": [
                     *                 {
                     *                   "country": "DE",
                     *                   "region": "",
                     *                   "postal_codes": [
                     *                     "10"
                     *                   ]
                     *                 }
                     *               ],
                     *               "by": "value",
                     *               "bands": [
                     *                 {
                     *                   "from": 0,
                     *                   "to": 1,
                     *                   "price": 490
                     *                 }
                     *               ],
                     *               "free_from": 6000
                     *             }
                     *           ],
                     *           "pickup": {
                     *             "name": "Workshop",
                     *             "address": {
                     *               "line1": "Analytische Allee 12",
                     *               "line2": "",
                     *               "city": "Berlin",
                     *               "region": "",
                     *               "postal_code": "10115",
                     *               "country": "DE"
                     *             },
                     *             "opening_hours": "Monday to Friday, 10 to 18"
                     *           },
                     *           "note": "note",
                     *           "created_at": "2026-11-24T05:46:03.000Z",
                     *           "updated_at": "2026-11-24T05:46:03.000Z",
                     *           "version": 1
                     *         }
                     *       ],
                     *       "next_cursor": "next cursor"
                     *     } */
                    "application/json": components["schemas"]["DeliveryMethodPage"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            406: components["responses"]["Problem406"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "delivery.add": {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the client's own for this request. The same key and body get the first answer again, for 24 hours, without what is shown only once; the same key with another body is 422; one that is still under way is 409. Without credentials take a random key, such as a UUID of version 4 or 7: any other counts for your network address and User-Agent alone. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {
                 *       "name": "Parcel",
                 *       "names": {
                 *         "de": "Paket"
                 *       },
                 *       "kind": "shipping",
                 *       "days": "2–3",
                 *       "tax_class": "standard",
                 *       "active": true,
                 *       "zones": [
                 *         {
                 *           "places": [
                 *             {
                 *               "country": "DE",
                 *               "region": "",
                 *               "postal_codes": [
                 *                 "10"
                 *               ]
                 *             }
                 *           ],
                 *           "by": "value",
                 *           "bands": [
                 *             {
                 *               "from": 0,
                 *               "to": 1,
                 *               "price": 490
                 *             }
                 *           ],
                 *           "free_from": 6000
                 *         }
                 *       ],
                 *       "note": "note"
                 *     } */
                "application/json": components["schemas"]["NewDeliveryMethod"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "id": 1,
                     *       "name": "Parcel",
                     *       "names": {
                     *         "de": "Paket"
                     *       },
                     *       "kind": "shipping",
                     *       "days": "2–3",
                     *       "tax_class": "standard",
                     *       "active": true,
                     *       "position": 1,
                     *       "zones": [
                     *         {
                     *           "places": [
                     *             {
                     *               "country": "DE",
                     *               "region": "",
                     *               "postal_codes": [
                     *                 "10"
                     *               ]
                     *             }
                     *           ],
                     *           "by": "value",
                     *           "bands": [
                     *             {
                     *               "from": 0,
                     *               "to": 1,
                     *               "price": 490
                     *             }
                     *           ],
                     *           "free_from": 6000
                     *         }
                     *       ],
                     *       "pickup": {
                     *         "name": "Workshop",
                     *         "address": {
                     *           "line1": "Analytische Allee 12",
                     *           "line2": "",
                     *           "city": "Berlin",
                     *           "region": "",
                     *           "postal_code": "10115",
                     *           "country": "DE"
                     *         },
                     *         "opening_hours": "Monday to Friday, 10 to 18"
                     *       },
                     *       "note": "note",
                     *       "created_at": "2026-11-24T05:46:03.000Z",
                     *       "updated_at": "2026-11-24T05:46:03.000Z",
                     *       "version": 1
                     *     } */
                    "application/json": components["schemas"]["DeliveryMethod"];
                };
            };
            400: components["responses"]["Problem400Variant2"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403Variant2"];
            404: components["responses"]["Problem404Variant3"];
            406: components["responses"]["Problem406"];
            /** @description Conflict */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["DeliveryAdd409"];
                };
            };
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            /** @description Unprocessable content */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["DeliveryAdd422"];
                };
            };
            500: components["responses"]["Problem500Variant2"];
            503: components["responses"]["Problem503"];
            507: components["responses"]["Problem507"];
        };
    };
    "delivery.preview": {
        parameters: {
            query?: {
                /** @description where it goes; left out: nowhere, as of a pickup */
                country?: string;
                /** @description of the country, by ISO 3166-2 code or name */
                region?: string;
                /** @description whole */
                postal_code?: string;
                /** @description what the goods cost after discount; 0 if absent */
                value?: number;
                /** @description what they weigh; left out: not known */
                weight_g?: number;
            };
            header?: {
                /** @description The ETag that is known. If it is still so: 304. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "delivery_methods": [
                     *         {
                     *           "id": 1,
                     *           "name": "Parcel",
                     *           "kind": "shipping",
                     *           "price": 1,
                     *           "days": "2–3",
                     *           "note": "note",
                     *           "pickup": {
                     *             "name": "Workshop",
                     *             "address": {
                     *               "line1": "Analytische Allee 12",
                     *               "line2": "",
                     *               "city": "Berlin",
                     *               "region": "",
                     *               "postal_code": "10115",
                     *               "country": "DE"
                     *             },
                     *             "opening_hours": "Monday to Friday, 10 to 18"
                     *           }
                     *         }
                     *       ],
                     *       "unavailable": [
                     *         {
                     *           "id": 1,
                     *           "reason": "reason",
                     *           "detail": "detail"
                     *         }
                     *       ]
                     *     } */
                    "application/json": components["schemas"]["DeliveryOffers"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            406: components["responses"]["Problem406"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422Variant2"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "delivery.get": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that is known. If it is still so: 304. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "id": 1,
                     *       "name": "Parcel",
                     *       "names": {
                     *         "de": "Paket"
                     *       },
                     *       "kind": "shipping",
                     *       "days": "2–3",
                     *       "tax_class": "standard",
                     *       "active": true,
                     *       "position": 1,
                     *       "zones": [
                     *         {
                     *           "places": [
                     *             {
                     *               "country": "DE",
                     *               "region": "",
                     *               "postal_codes": [
                     *                 "10"
                     *               ]
                     *             }
                     *           ],
                     *           "by": "value",
                     *           "bands": [
                     *             {
                     *               "from": 0,
                     *               "to": 1,
                     *               "price": 490
                     *             }
                     *           ],
                     *           "free_from": 6000
                     *         }
                     *       ],
                     *       "pickup": {
                     *         "name": "Workshop",
                     *         "address": {
                     *           "line1": "Analytische Allee 12",
                     *           "line2": "",
                     *           "city": "Berlin",
                     *           "region": "",
                     *           "postal_code": "10115",
                     *           "country": "DE"
                     *         },
                     *         "opening_hours": "Monday to Friday, 10 to 18"
                     *       },
                     *       "note": "note",
                     *       "created_at": "2026-11-24T05:46:03.000Z",
                     *       "updated_at": "2026-11-24T05:46:03.000Z",
                     *       "version": 1
                     *     } */
                    "application/json": components["schemas"]["DeliveryMethod"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            406: components["responses"]["Problem406"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422Variant2"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "delivery.update": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that was read. Another version meanwhile is 412. Needed when the caller is known by cookie (428). */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {
                 *       "name": "Parcel",
                 *       "names": {
                 *         "de": "Paket"
                 *       },
                 *       "kind": "shipping",
                 *       "days": "2–3",
                 *       "tax_class": "standard",
                 *       "active": true,
                 *       "zones": [
                 *         {
                 *           "places": [
                 *             {
                 *               "country": "DE",
                 *               "region": "",
                 *               "postal_codes": [
                 *                 "10"
                 *               ]
                 *             }
                 *           ],
                 *           "by": "value",
                 *           "bands": [
                 *             {
                 *               "from": 0,
                 *               "to": 1,
                 *               "price": 490
                 *             }
                 *           ],
                 *           "free_from": 6000
                 *         }
                 *       ],
                 *       "note": "note",
                 *       "position": 1
                 *     } */
                "application/json": components["schemas"]["DeliveryMethodChanges"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "id": 1,
                     *       "name": "Parcel",
                     *       "names": {
                     *         "de": "Paket"
                     *       },
                     *       "kind": "shipping",
                     *       "days": "2–3",
                     *       "tax_class": "standard",
                     *       "active": true,
                     *       "position": 1,
                     *       "zones": [
                     *         {
                     *           "places": [
                     *             {
                     *               "country": "DE",
                     *               "region": "",
                     *               "postal_codes": [
                     *                 "10"
                     *               ]
                     *             }
                     *           ],
                     *           "by": "value",
                     *           "bands": [
                     *             {
                     *               "from": 0,
                     *               "to": 1,
                     *               "price": 490
                     *             }
                     *           ],
                     *           "free_from": 6000
                     *         }
                     *       ],
                     *       "pickup": {
                     *         "name": "Workshop",
                     *         "address": {
                     *           "line1": "Analytische Allee 12",
                     *           "line2": "",
                     *           "city": "Berlin",
                     *           "region": "",
                     *           "postal_code": "10115",
                     *           "country": "DE"
                     *         },
                     *         "opening_hours": "Monday to Friday, 10 to 18"
                     *       },
                     *       "note": "note",
                     *       "created_at": "2026-11-24T05:46:03.000Z",
                     *       "updated_at": "2026-11-24T05:46:03.000Z",
                     *       "version": 1
                     *     } */
                    "application/json": components["schemas"]["DeliveryMethod"];
                };
            };
            400: components["responses"]["Problem400Variant2"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403Variant2"];
            404: components["responses"]["Problem404"];
            406: components["responses"]["Problem406"];
            412: components["responses"]["Problem412Variant2"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            /** @description Unprocessable content */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["DeliveryUpdate422"];
                };
            };
            428: components["responses"]["Problem428"];
            500: components["responses"]["Problem500Variant2"];
            503: components["responses"]["Problem503"];
            507: components["responses"]["Problem507"];
        };
    };
    "delivery.remove": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that was read. Another version meanwhile is 412. Needed when the caller is known by cookie (428). */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No content */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403Variant2"];
            404: components["responses"]["Problem404"];
            412: components["responses"]["Problem412Variant2"];
            422: components["responses"]["Problem422Variant2"];
            428: components["responses"]["Problem428"];
            500: components["responses"]["Problem500Variant2"];
            503: components["responses"]["Problem503"];
            507: components["responses"]["Problem507"];
        };
    };
    "orders.quote": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {
                 *       "customer": {
                 *         "shipping_address": {
                 *           "country": "DE",
                 *           "region": "",
                 *           "postal_code": "10115",
                 *           "city": "Berlin"
                 *         }
                 *       },
                 *       "items": [
                 *         {
                 *           "product_id": 1,
                 *           "quantity": 1
                 *         }
                 *       ]
                 *     } */
                "application/json": components["schemas"]["QuoteRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "items": [
                     *         {
                     *           "product_id": 1,
                     *           "sku": "sku",
                     *           "name": "name",
                     *           "unit_price": 1,
                     *           "quantity": 1,
                     *           "discount": 1,
                     *           "tax_rate_ppm": 1,
                     *           "tax": 1,
                     *           "total": 1
                     *         }
                     *       ],
                     *       "taxes": [
                     *         {
                     *           "rate_ppm": 1,
                     *           "base": 1,
                     *           "tax": 1
                     *         }
                     *       ],
                     *       "tax_treatment": "taxed",
                     *       "discount_code": "discount code",
                     *       "delivery_method_id": 1,
                     *       "delivery_methods": [
                     *         {
                     *           "id": 1,
                     *           "name": "Parcel",
                     *           "kind": "shipping",
                     *           "price": 1,
                     *           "days": "2–3",
                     *           "note": "note",
                     *           "pickup": {
                     *             "name": "Workshop",
                     *             "address": {
                     *               "line1": "Analytische Allee 12",
                     *               "line2": "",
                     *               "city": "Berlin",
                     *               "region": "",
                     *               "postal_code": "10115",
                     *               "country": "DE"
                     *             },
                     *             "opening_hours": "Monday to Friday, 10 to 18"
                     *           }
                     *         }
                     *       ],
                     *       "unavailable": [
                     *         {
                     *           "id": 1,
                     *           "reason": "reason",
                     *           "detail": "detail"
                     *         }
                     *       ],
                     *       "subtotal": 1,
                     *       "discount": 1,
                     *       "shipping": 1,
                     *       "tax": 1,
                     *       "tax_included": 1,
                     *       "total": 1,
                     *       "currency": "EUR"
                     *     } */
                    "application/json": components["schemas"]["Quote"];
                };
            };
            400: components["responses"]["Problem400Variant2"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403Variant3"];
            406: components["responses"]["Problem406"];
            /** @description Conflict */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["OrdersQuote409"];
                };
            };
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            /** @description Unprocessable content */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["OrdersQuote422"];
                };
            };
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500Variant2"];
            503: components["responses"]["Problem503"];
            507: components["responses"]["Problem507"];
        };
    };
    "taxRates.defaults": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that is known. If it is still so: 304. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "data": [
                     *         {
                     *           "country": "DE",
                     *           "region": "region",
                     *           "tax_class": "standard",
                     *           "from": "2026-01-01",
                     *           "rate_ppm": 190000,
                     *           "confirmed": true,
                     *           "source": "source"
                     *         }
                     *       ]
                     *     } */
                    "application/json": components["schemas"]["DefaultRates"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            406: components["responses"]["Problem406"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422Variant2"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "discountCodes.list": {
        parameters: {
            query?: {
                /** @description what the code begins with */
                q?: string;
                /** @description how many at most; 50 without it */
                limit?: number;
                /** @description where to go on: next_cursor of the page before */
                cursor?: string;
            };
            header?: {
                /** @description The ETag that is known. If it is still so: 304. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "data": [
                     *         {
                     *           "code": "SPRING",
                     *           "kind": "percent",
                     *           "rate_ppm": 100000,
                     *           "minimum": 1,
                     *           "most_uses": 1,
                     *           "most_uses_of_one": 1,
                     *           "active": true,
                     *           "id": 1,
                     *           "uses": 1,
                     *           "created_at": "2026-11-24T05:46:03.000Z",
                     *           "updated_at": "2026-11-24T05:46:03.000Z",
                     *           "version": 1
                     *         }
                     *       ],
                     *       "next_cursor": "next cursor"
                     *     } */
                    "application/json": components["schemas"]["DiscountCodePage"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            406: components["responses"]["Problem406"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "discountCodes.add": {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the client's own for this request. The same key and body get the first answer again, for 24 hours, without what is shown only once; the same key with another body is 422; one that is still under way is 409. Without credentials take a random key, such as a UUID of version 4 or 7: any other counts for your network address and User-Agent alone. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {
                 *       "code": "SPRING",
                 *       "kind": "percent",
                 *       "rate_ppm": 100000,
                 *       "minimum": 1,
                 *       "most_uses": 1,
                 *       "most_uses_of_one": 1,
                 *       "active": true
                 *     } */
                "application/json": components["schemas"]["NewDiscountCode"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "code": "SPRING",
                     *       "kind": "percent",
                     *       "rate_ppm": 100000,
                     *       "minimum": 1,
                     *       "most_uses": 1,
                     *       "most_uses_of_one": 1,
                     *       "active": true,
                     *       "id": 1,
                     *       "uses": 1,
                     *       "created_at": "2026-11-24T05:46:03.000Z",
                     *       "updated_at": "2026-11-24T05:46:03.000Z",
                     *       "version": 1
                     *     } */
                    "application/json": components["schemas"]["DiscountCode"];
                };
            };
            400: components["responses"]["Problem400Variant2"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403Variant2"];
            404: components["responses"]["Problem404Variant3"];
            406: components["responses"]["Problem406"];
            /** @description Conflict */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["DiscountCodesAdd409"];
                };
            };
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            /** @description Unprocessable content */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["DiscountCodesAdd422"];
                };
            };
            500: components["responses"]["Problem500Variant2"];
            503: components["responses"]["Problem503"];
            507: components["responses"]["Problem507"];
        };
    };
    "discountCodes.get": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that is known. If it is still so: 304. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "code": "SPRING",
                     *       "kind": "percent",
                     *       "rate_ppm": 100000,
                     *       "minimum": 1,
                     *       "most_uses": 1,
                     *       "most_uses_of_one": 1,
                     *       "active": true,
                     *       "id": 1,
                     *       "uses": 1,
                     *       "created_at": "2026-11-24T05:46:03.000Z",
                     *       "updated_at": "2026-11-24T05:46:03.000Z",
                     *       "version": 1
                     *     } */
                    "application/json": components["schemas"]["DiscountCode"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            406: components["responses"]["Problem406"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422Variant2"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "discountCodes.replace": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that was read. Another version meanwhile is 412. Needed when the caller is known by cookie (428). */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {
                 *       "code": "SPRING",
                 *       "kind": "percent",
                 *       "rate_ppm": 100000,
                 *       "minimum": 1,
                 *       "most_uses": 1,
                 *       "most_uses_of_one": 1,
                 *       "active": true
                 *     } */
                "application/json": components["schemas"]["NewDiscountCode"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "code": "SPRING",
                     *       "kind": "percent",
                     *       "rate_ppm": 100000,
                     *       "minimum": 1,
                     *       "most_uses": 1,
                     *       "most_uses_of_one": 1,
                     *       "active": true,
                     *       "id": 1,
                     *       "uses": 1,
                     *       "created_at": "2026-11-24T05:46:03.000Z",
                     *       "updated_at": "2026-11-24T05:46:03.000Z",
                     *       "version": 1
                     *     } */
                    "application/json": components["schemas"]["DiscountCode"];
                };
            };
            400: components["responses"]["Problem400Variant2"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403Variant2"];
            404: components["responses"]["Problem404"];
            406: components["responses"]["Problem406"];
            /** @description Conflict */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["DiscountCodesReplace409"];
                };
            };
            412: components["responses"]["Problem412Variant2"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            /** @description Unprocessable content */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["DiscountCodesReplace422"];
                };
            };
            428: components["responses"]["Problem428"];
            500: components["responses"]["Problem500Variant2"];
            503: components["responses"]["Problem503"];
            507: components["responses"]["Problem507"];
        };
    };
    "payments.pay": {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the client's own for this request. The same key and body get the first answer again, for 24 hours, without what is shown only once; the same key with another body is 422; one that is still under way is 409. Without credentials take a random key, such as a UUID of version 4 or 7: any other counts for your network address and User-Agent alone. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {
                 *       "order_id": 1001,
                 *       "method": {
                 *         "type": "card",
                 *         "number": "4242 4242 4242 4242",
                 *         "exp_month": 12,
                 *         "exp_year": 2040,
                 *         "cvc": "123"
                 *       },
                 *       "return_url": "https://shop.example.com/thanks"
                 *     } */
                "application/json": components["schemas"]["NewPayment"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "id": 1,
                     *       "order_id": 1,
                     *       "amount": 1,
                     *       "currency": "EUR",
                     *       "method": {
                     *         "type": "card",
                     *         "brand": "brand",
                     *         "last4": "last"
                     *       },
                     *       "status": "processing",
                     *       "gateway": "gateway",
                     *       "simulated": true,
                     *       "captured": 1,
                     *       "refunded": 1,
                     *       "to_be_sent": 1,
                     *       "action_url": "action url",
                     *       "failure": {
                     *         "code": "code",
                     *         "text": "text"
                     *       },
                     *       "refunds": [
                     *         {
                     *           "id": 1,
                     *           "payment_id": 1,
                     *           "amount": 1,
                     *           "currency": "EUR",
                     *           "reason": "reason",
                     *           "status": "pending",
                     *           "failure_code": "failure code",
                     *           "sent_at": "2026-11-24T05:46:03.000Z",
                     *           "created_at": "2026-11-24T05:46:03.000Z"
                     *         }
                     *       ],
                     *       "created_at": "2026-11-24T05:46:03.000Z",
                     *       "updated_at": "2026-11-24T05:46:03.000Z",
                     *       "version": 1
                     *     } */
                    "application/json": components["schemas"]["Payment"];
                };
            };
            /** @description Accepted */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    Location: components["headers"]["Location"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "id": 1,
                     *       "order_id": 1,
                     *       "amount": 1,
                     *       "currency": "EUR",
                     *       "method": {
                     *         "type": "card",
                     *         "brand": "brand",
                     *         "last4": "last"
                     *       },
                     *       "status": "processing",
                     *       "gateway": "gateway",
                     *       "simulated": true,
                     *       "captured": 1,
                     *       "refunded": 1,
                     *       "to_be_sent": 1,
                     *       "action_url": "action url",
                     *       "failure": {
                     *         "code": "code",
                     *         "text": "text"
                     *       },
                     *       "refunds": [
                     *         {
                     *           "id": 1,
                     *           "payment_id": 1,
                     *           "amount": 1,
                     *           "currency": "EUR",
                     *           "reason": "reason",
                     *           "status": "pending",
                     *           "failure_code": "failure code",
                     *           "sent_at": "2026-11-24T05:46:03.000Z",
                     *           "created_at": "2026-11-24T05:46:03.000Z"
                     *         }
                     *       ],
                     *       "created_at": "2026-11-24T05:46:03.000Z",
                     *       "updated_at": "2026-11-24T05:46:03.000Z",
                     *       "version": 1
                     *     } */
                    "application/json": components["schemas"]["Payment"];
                };
            };
            400: components["responses"]["Problem400Variant2"];
            401: components["responses"]["Problem401"];
            /** @description Payment required */
            402: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["PaymentsPay402"];
                };
            };
            403: components["responses"]["Problem403Variant2"];
            /** @description Not found */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["PaymentsPay404"];
                };
            };
            406: components["responses"]["Problem406"];
            /** @description Conflict */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["PaymentsPay409"];
                };
            };
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            /** @description Unprocessable content */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["PaymentsPay422"];
                };
            };
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500Variant2"];
            503: components["responses"]["Problem503"];
            507: components["responses"]["Problem507"];
        };
    };
    "payments.methods": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that is known. If it is still so: 304. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "methods": [
                     *         {
                     *           "type": "card",
                     *           "gateway": "gateway",
                     *           "takes": "number",
                     *           "publishable_key": "publishable key"
                     *         }
                     *       ],
                     *       "currency": "EUR",
                     *       "simulated": true,
                     *       "notice": "notice"
                     *     } */
                    "application/json": components["schemas"]["PaymentMethods"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            406: components["responses"]["Problem406"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422Variant2"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "payments.confirm": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {} */
                "application/json": components["schemas"]["PaymentConfirmation"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "id": 1,
                     *       "order_id": 1,
                     *       "amount": 1,
                     *       "currency": "EUR",
                     *       "method": {
                     *         "type": "card",
                     *         "brand": "brand",
                     *         "last4": "last"
                     *       },
                     *       "status": "processing",
                     *       "gateway": "gateway",
                     *       "simulated": true,
                     *       "captured": 1,
                     *       "refunded": 1,
                     *       "to_be_sent": 1,
                     *       "action_url": "action url",
                     *       "failure": {
                     *         "code": "code",
                     *         "text": "text"
                     *       },
                     *       "refunds": [
                     *         {
                     *           "id": 1,
                     *           "payment_id": 1,
                     *           "amount": 1,
                     *           "currency": "EUR",
                     *           "reason": "reason",
                     *           "status": "pending",
                     *           "failure_code": "failure code",
                     *           "sent_at": "2026-11-24T05:46:03.000Z",
                     *           "created_at": "2026-11-24T05:46:03.000Z"
                     *         }
                     *       ],
                     *       "created_at": "2026-11-24T05:46:03.000Z",
                     *       "updated_at": "2026-11-24T05:46:03.000Z",
                     *       "version": 1
                     *     } */
                    "application/json": components["schemas"]["Payment"];
                };
            };
            /** @description Accepted */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "id": 1,
                     *       "order_id": 1,
                     *       "amount": 1,
                     *       "currency": "EUR",
                     *       "method": {
                     *         "type": "card",
                     *         "brand": "brand",
                     *         "last4": "last"
                     *       },
                     *       "status": "processing",
                     *       "gateway": "gateway",
                     *       "simulated": true,
                     *       "captured": 1,
                     *       "refunded": 1,
                     *       "to_be_sent": 1,
                     *       "action_url": "action url",
                     *       "failure": {
                     *         "code": "code",
                     *         "text": "text"
                     *       },
                     *       "refunds": [
                     *         {
                     *           "id": 1,
                     *           "payment_id": 1,
                     *           "amount": 1,
                     *           "currency": "EUR",
                     *           "reason": "reason",
                     *           "status": "pending",
                     *           "failure_code": "failure code",
                     *           "sent_at": "2026-11-24T05:46:03.000Z",
                     *           "created_at": "2026-11-24T05:46:03.000Z"
                     *         }
                     *       ],
                     *       "created_at": "2026-11-24T05:46:03.000Z",
                     *       "updated_at": "2026-11-24T05:46:03.000Z",
                     *       "version": 1
                     *     } */
                    "application/json": components["schemas"]["Payment"];
                };
            };
            400: components["responses"]["Problem400Variant2"];
            401: components["responses"]["Problem401"];
            /** @description Payment required */
            402: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["PaymentsConfirm402"];
                };
            };
            403: components["responses"]["Problem403Variant2"];
            404: components["responses"]["Problem404"];
            406: components["responses"]["Problem406"];
            /** @description Conflict */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["PaymentsConfirm409"];
                };
            };
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422Variant5"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500Variant2"];
            503: components["responses"]["Problem503"];
            507: components["responses"]["Problem507"];
        };
    };
    "payments.get": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that is known. If it is still so: 304. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "id": 1,
                     *       "order_id": 1,
                     *       "amount": 1,
                     *       "currency": "EUR",
                     *       "method": {
                     *         "type": "card",
                     *         "brand": "brand",
                     *         "last4": "last"
                     *       },
                     *       "status": "processing",
                     *       "gateway": "gateway",
                     *       "simulated": true,
                     *       "captured": 1,
                     *       "refunded": 1,
                     *       "to_be_sent": 1,
                     *       "action_url": "action url",
                     *       "failure": {
                     *         "code": "code",
                     *         "text": "text"
                     *       },
                     *       "refunds": [
                     *         {
                     *           "id": 1,
                     *           "payment_id": 1,
                     *           "amount": 1,
                     *           "currency": "EUR",
                     *           "reason": "reason",
                     *           "status": "pending",
                     *           "failure_code": "failure code",
                     *           "sent_at": "2026-11-24T05:46:03.000Z",
                     *           "created_at": "2026-11-24T05:46:03.000Z"
                     *         }
                     *       ],
                     *       "created_at": "2026-11-24T05:46:03.000Z",
                     *       "updated_at": "2026-11-24T05:46:03.000Z",
                     *       "version": 1
                     *     } */
                    "application/json": components["schemas"]["Payment"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            406: components["responses"]["Problem406"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422Variant2"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "payments.capture": {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the client's own for this request. The same key and body get the first answer again, for 24 hours, without what is shown only once; the same key with another body is 422; one that is still under way is 409. Without credentials take a random key, such as a UUID of version 4 or 7: any other counts for your network address and User-Agent alone. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {
                 *       "reference": "reference"
                 *     } */
                "application/json": components["schemas"]["Capture"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "id": 1,
                     *       "order_id": 1,
                     *       "amount": 1,
                     *       "currency": "EUR",
                     *       "method": {
                     *         "type": "card",
                     *         "brand": "brand",
                     *         "last4": "last"
                     *       },
                     *       "status": "processing",
                     *       "gateway": "gateway",
                     *       "simulated": true,
                     *       "captured": 1,
                     *       "refunded": 1,
                     *       "to_be_sent": 1,
                     *       "action_url": "action url",
                     *       "failure": {
                     *         "code": "code",
                     *         "text": "text"
                     *       },
                     *       "refunds": [
                     *         {
                     *           "id": 1,
                     *           "payment_id": 1,
                     *           "amount": 1,
                     *           "currency": "EUR",
                     *           "reason": "reason",
                     *           "status": "pending",
                     *           "failure_code": "failure code",
                     *           "sent_at": "2026-11-24T05:46:03.000Z",
                     *           "created_at": "2026-11-24T05:46:03.000Z"
                     *         }
                     *       ],
                     *       "created_at": "2026-11-24T05:46:03.000Z",
                     *       "updated_at": "2026-11-24T05:46:03.000Z",
                     *       "version": 1
                     *     } */
                    "application/json": components["schemas"]["Payment"];
                };
            };
            /** @description Accepted */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    Location: components["headers"]["Location"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "id": 1,
                     *       "order_id": 1,
                     *       "amount": 1,
                     *       "currency": "EUR",
                     *       "method": {
                     *         "type": "card",
                     *         "brand": "brand",
                     *         "last4": "last"
                     *       },
                     *       "status": "processing",
                     *       "gateway": "gateway",
                     *       "simulated": true,
                     *       "captured": 1,
                     *       "refunded": 1,
                     *       "to_be_sent": 1,
                     *       "action_url": "action url",
                     *       "failure": {
                     *         "code": "code",
                     *         "text": "text"
                     *       },
                     *       "refunds": [
                     *         {
                     *           "id": 1,
                     *           "payment_id": 1,
                     *           "amount": 1,
                     *           "currency": "EUR",
                     *           "reason": "reason",
                     *           "status": "pending",
                     *           "failure_code": "failure code",
                     *           "sent_at": "2026-11-24T05:46:03.000Z",
                     *           "created_at": "2026-11-24T05:46:03.000Z"
                     *         }
                     *       ],
                     *       "created_at": "2026-11-24T05:46:03.000Z",
                     *       "updated_at": "2026-11-24T05:46:03.000Z",
                     *       "version": 1
                     *     } */
                    "application/json": components["schemas"]["Payment"];
                };
            };
            400: components["responses"]["Problem400Variant2"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403Variant2"];
            404: components["responses"]["Problem404Variant2"];
            406: components["responses"]["Problem406"];
            /** @description Conflict */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["PaymentsCapture409"];
                };
            };
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            /** @description Unprocessable content */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["PaymentsCapture422"];
                };
            };
            500: components["responses"]["Problem500Variant2"];
            503: components["responses"]["Problem503"];
            507: components["responses"]["Problem507"];
        };
    };
    "payments.void": {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the client's own for this request. The same key and body get the first answer again, for 24 hours, without what is shown only once; the same key with another body is 422; one that is still under way is 409. Without credentials take a random key, such as a UUID of version 4 or 7: any other counts for your network address and User-Agent alone. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {} */
                "application/json": components["schemas"]["PaymentVoid"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "id": 1,
                     *       "order_id": 1,
                     *       "amount": 1,
                     *       "currency": "EUR",
                     *       "method": {
                     *         "type": "card",
                     *         "brand": "brand",
                     *         "last4": "last"
                     *       },
                     *       "status": "processing",
                     *       "gateway": "gateway",
                     *       "simulated": true,
                     *       "captured": 1,
                     *       "refunded": 1,
                     *       "to_be_sent": 1,
                     *       "action_url": "action url",
                     *       "failure": {
                     *         "code": "code",
                     *         "text": "text"
                     *       },
                     *       "refunds": [
                     *         {
                     *           "id": 1,
                     *           "payment_id": 1,
                     *           "amount": 1,
                     *           "currency": "EUR",
                     *           "reason": "reason",
                     *           "status": "pending",
                     *           "failure_code": "failure code",
                     *           "sent_at": "2026-11-24T05:46:03.000Z",
                     *           "created_at": "2026-11-24T05:46:03.000Z"
                     *         }
                     *       ],
                     *       "created_at": "2026-11-24T05:46:03.000Z",
                     *       "updated_at": "2026-11-24T05:46:03.000Z",
                     *       "version": 1
                     *     } */
                    "application/json": components["schemas"]["Payment"];
                };
            };
            /** @description Accepted */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    Location: components["headers"]["Location"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "id": 1,
                     *       "order_id": 1,
                     *       "amount": 1,
                     *       "currency": "EUR",
                     *       "method": {
                     *         "type": "card",
                     *         "brand": "brand",
                     *         "last4": "last"
                     *       },
                     *       "status": "processing",
                     *       "gateway": "gateway",
                     *       "simulated": true,
                     *       "captured": 1,
                     *       "refunded": 1,
                     *       "to_be_sent": 1,
                     *       "action_url": "action url",
                     *       "failure": {
                     *         "code": "code",
                     *         "text": "text"
                     *       },
                     *       "refunds": [
                     *         {
                     *           "id": 1,
                     *           "payment_id": 1,
                     *           "amount": 1,
                     *           "currency": "EUR",
                     *           "reason": "reason",
                     *           "status": "pending",
                     *           "failure_code": "failure code",
                     *           "sent_at": "2026-11-24T05:46:03.000Z",
                     *           "created_at": "2026-11-24T05:46:03.000Z"
                     *         }
                     *       ],
                     *       "created_at": "2026-11-24T05:46:03.000Z",
                     *       "updated_at": "2026-11-24T05:46:03.000Z",
                     *       "version": 1
                     *     } */
                    "application/json": components["schemas"]["Payment"];
                };
            };
            400: components["responses"]["Problem400Variant2"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403Variant2"];
            404: components["responses"]["Problem404Variant2"];
            406: components["responses"]["Problem406"];
            /** @description Conflict */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["PaymentsVoid409"];
                };
            };
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422Variant4"];
            500: components["responses"]["Problem500Variant2"];
            503: components["responses"]["Problem503"];
            507: components["responses"]["Problem507"];
        };
    };
    "refunds.add": {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the client's own for this request. The same key and body get the first answer again, for 24 hours, without what is shown only once; the same key with another body is 422; one that is still under way is 409. Without credentials take a random key, such as a UUID of version 4 or 7: any other counts for your network address and User-Agent alone. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {
                 *       "amount": 1,
                 *       "reason": "reason"
                 *     } */
                "application/json": components["schemas"]["NewRefund"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "id": 1,
                     *       "payment_id": 1,
                     *       "amount": 1,
                     *       "currency": "EUR",
                     *       "reason": "reason",
                     *       "status": "pending",
                     *       "failure_code": "failure code",
                     *       "sent_at": "2026-11-24T05:46:03.000Z",
                     *       "created_at": "2026-11-24T05:46:03.000Z"
                     *     } */
                    "application/json": components["schemas"]["Refund"];
                };
            };
            /** @description Accepted */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    Location: components["headers"]["Location"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "id": 1,
                     *       "payment_id": 1,
                     *       "amount": 1,
                     *       "currency": "EUR",
                     *       "reason": "reason",
                     *       "status": "pending",
                     *       "failure_code": "failure code",
                     *       "sent_at": "2026-11-24T05:46:03.000Z",
                     *       "created_at": "2026-11-24T05:46:03.000Z"
                     *     } */
                    "application/json": components["schemas"]["Refund"];
                };
            };
            400: components["responses"]["Problem400Variant2"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403Variant2"];
            404: components["responses"]["Problem404Variant2"];
            406: components["responses"]["Problem406"];
            /** @description Conflict */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["RefundsAdd409"];
                };
            };
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            /** @description Unprocessable content */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["RefundsAdd422"];
                };
            };
            500: components["responses"]["Problem500Variant2"];
            503: components["responses"]["Problem503"];
            507: components["responses"]["Problem507"];
        };
    };
    "refunds.markSent": {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the client's own for this request. The same key and body get the first answer again, for 24 hours, without what is shown only once; the same key with another body is 422; one that is still under way is 409. Without credentials take a random key, such as a UUID of version 4 or 7: any other counts for your network address and User-Agent alone. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                id: number;
                refund_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "id": 1,
                     *       "payment_id": 1,
                     *       "amount": 1,
                     *       "currency": "EUR",
                     *       "reason": "reason",
                     *       "status": "pending",
                     *       "failure_code": "failure code",
                     *       "sent_at": "2026-11-24T05:46:03.000Z",
                     *       "created_at": "2026-11-24T05:46:03.000Z"
                     *     } */
                    "application/json": components["schemas"]["Refund"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403Variant2"];
            404: components["responses"]["Problem404Variant2"];
            406: components["responses"]["Problem406"];
            /** @description Conflict */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["RefundsMarkSent409"];
                };
            };
            422: components["responses"]["Problem422Variant3"];
            500: components["responses"]["Problem500Variant2"];
            503: components["responses"]["Problem503"];
            507: components["responses"]["Problem507"];
        };
    };
    "refunds.cancel": {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the client's own for this request. The same key and body get the first answer again, for 24 hours, without what is shown only once; the same key with another body is 422; one that is still under way is 409. Without credentials take a random key, such as a UUID of version 4 or 7: any other counts for your network address and User-Agent alone. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                id: number;
                refund_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "id": 1,
                     *       "payment_id": 1,
                     *       "amount": 1,
                     *       "currency": "EUR",
                     *       "reason": "reason",
                     *       "status": "pending",
                     *       "failure_code": "failure code",
                     *       "sent_at": "2026-11-24T05:46:03.000Z",
                     *       "created_at": "2026-11-24T05:46:03.000Z"
                     *     } */
                    "application/json": components["schemas"]["Refund"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403Variant2"];
            404: components["responses"]["Problem404Variant2"];
            406: components["responses"]["Problem406"];
            /** @description Conflict */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["RefundsCancel409"];
                };
            };
            422: components["responses"]["Problem422Variant3"];
            500: components["responses"]["Problem500Variant2"];
            503: components["responses"]["Problem503"];
            507: components["responses"]["Problem507"];
        };
    };
    "payments.list": {
        parameters: {
            query?: {
                /** @description any of these */
                status?: ("processing" | "requires_action" | "authorized" | "succeeded" | "failed" | "voided" | "partially_refunded" | "refunded" | "disputed")[];
                /** @description paid this way */
                method?: "card" | "bank_transfer" | "cash_on_delivery";
                /** @description through this gateway */
                gateway?: "sandbox" | "stripe" | "manual";
                /** @description of this order */
                order_id?: number;
                /** @description true: with a refund that staff are to send by hand */
                refund_to_be_sent?: boolean;
                /** @description of orders in any of these */
                order_status?: ("pending" | "paid" | "processing" | "partially_shipped" | "shipped" | "delivered" | "returned" | "cancelled" | "expired")[];
                /** @description made at this time or later; a date alone is a day of the shop's time zone */
                from?: string;
                /** @description made before this time; a date alone is a day of the shop's time zone, and counts to its end */
                to?: string;
                /** @description an order's number, an amount, a gateway's reference, words of what was written on receipt, or a customer's e-mail, telephone or name */
                q?: string;
                /** @description how many at most; 50 without it */
                limit?: number;
                /** @description where to go on: next_cursor of the page before */
                cursor?: string;
            };
            header?: {
                /** @description The ETag that is known. If it is still so: 304. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "data": [
                     *         {
                     *           "id": 1,
                     *           "order_id": 1,
                     *           "amount": 1,
                     *           "currency": "EUR",
                     *           "method": {
                     *             "type": "card",
                     *             "brand": "brand",
                     *             "last4": "last"
                     *           },
                     *           "status": "processing",
                     *           "gateway": "gateway",
                     *           "simulated": true,
                     *           "captured": 1,
                     *           "refunded": 1,
                     *           "to_be_sent": 1,
                     *           "action_url": "action url",
                     *           "failure": {
                     *             "code": "code",
                     *             "text": "text"
                     *           },
                     *           "refunds": [
                     *             {
                     *               "id": 1,
                     *               "payment_id": 1,
                     *               "amount": 1,
                     *               "currency": "EUR",
                     *               "reason": "reason",
                     *               "status": "pending",
                     *               "failure_code": "failure code",
                     *               "sent_at": "2026-11-24T05:46:03.000Z",
                     *               "created_at": "2026-11-24T05:46:03.000Z"
                     *             }
                     *           ],
                     *           "created_at": "2026-11-24T05:46:03.000Z",
                     *           "updated_at": "2026-11-24T05:46:03.000Z",
                     *           "version": 1,
                     *           "gateway_reference": "gateway reference",
                     *           "reference": "reference",
                     *           "customer_name": "customer name",
                     *           "attempts": [
                     *             {
                     *               "id": 1,
                     *               "gateway": "gateway",
                     *               "outcome": "outcome",
                     *               "failure_code": "failure code",
                     *               "gateway_reference": "gateway reference",
                     *               "created_at": "2026-11-24T05:46:03.000Z"
                     *             }
                     *           ],
                     *           "disputes": [
                     *             {
                     *               "id": 1,
                     *               "amount": 1,
                     *               "currency": "EUR",
                     *               "reason": "reason",
                     *               "status": "open",
                     *               "gateway_reference": "gateway reference",
                     *               "respond_by": "2026-11-24T05:46:03.000Z",
                     *               "created_at": "2026-11-24T05:46:03.000Z"
                     *             }
                     *           ]
                     *         }
                     *       ],
                     *       "next_cursor": "next cursor"
                     *     } */
                    "application/json": components["schemas"]["AdminPaymentPage"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            406: components["responses"]["Problem406"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "payments.totals": {
        parameters: {
            query?: {
                /** @description any of these */
                status?: ("processing" | "requires_action" | "authorized" | "succeeded" | "failed" | "voided" | "partially_refunded" | "refunded" | "disputed")[];
                /** @description paid this way */
                method?: "card" | "bank_transfer" | "cash_on_delivery";
                /** @description through this gateway */
                gateway?: "sandbox" | "stripe" | "manual";
                /** @description of this order */
                order_id?: number;
                /** @description true: with a refund that staff are to send by hand */
                refund_to_be_sent?: boolean;
                /** @description of orders in any of these */
                order_status?: ("pending" | "paid" | "processing" | "partially_shipped" | "shipped" | "delivered" | "returned" | "cancelled" | "expired")[];
                /** @description made at this time or later; a date alone is a day of the shop's time zone */
                from?: string;
                /** @description made before this time; a date alone is a day of the shop's time zone, and counts to its end */
                to?: string;
                /** @description an order's number, an amount, a gateway's reference, words of what was written on receipt, or a customer's e-mail, telephone or name */
                q?: string;
            };
            header?: {
                /** @description The ETag that is known. If it is still so: 304. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "complete": true,
                     *       "most": 1,
                     *       "currency": "EUR",
                     *       "count": 1,
                     *       "amount": 1,
                     *       "captured": 1,
                     *       "refunded": 1,
                     *       "to_be_sent": 1,
                     *       "outstanding": 1
                     *     } */
                    "application/json": components["schemas"]["PaymentTotals"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            406: components["responses"]["Problem406"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422Variant2"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "payments.show": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that is known. If it is still so: 304. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "id": 1,
                     *       "order_id": 1,
                     *       "amount": 1,
                     *       "currency": "EUR",
                     *       "method": {
                     *         "type": "card",
                     *         "brand": "brand",
                     *         "last4": "last"
                     *       },
                     *       "status": "processing",
                     *       "gateway": "gateway",
                     *       "simulated": true,
                     *       "captured": 1,
                     *       "refunded": 1,
                     *       "to_be_sent": 1,
                     *       "action_url": "action url",
                     *       "failure": {
                     *         "code": "code",
                     *         "text": "text"
                     *       },
                     *       "refunds": [
                     *         {
                     *           "id": 1,
                     *           "payment_id": 1,
                     *           "amount": 1,
                     *           "currency": "EUR",
                     *           "reason": "reason",
                     *           "status": "pending",
                     *           "failure_code": "failure code",
                     *           "sent_at": "2026-11-24T05:46:03.000Z",
                     *           "created_at": "2026-11-24T05:46:03.000Z"
                     *         }
                     *       ],
                     *       "created_at": "2026-11-24T05:46:03.000Z",
                     *       "updated_at": "2026-11-24T05:46:03.000Z",
                     *       "version": 1,
                     *       "gateway_reference": "gateway reference",
                     *       "reference": "reference",
                     *       "customer_name": "customer name",
                     *       "attempts": [
                     *         {
                     *           "id": 1,
                     *           "gateway": "gateway",
                     *           "outcome": "outcome",
                     *           "failure_code": "failure code",
                     *           "gateway_reference": "gateway reference",
                     *           "created_at": "2026-11-24T05:46:03.000Z"
                     *         }
                     *       ],
                     *       "disputes": [
                     *         {
                     *           "id": 1,
                     *           "amount": 1,
                     *           "currency": "EUR",
                     *           "reason": "reason",
                     *           "status": "open",
                     *           "gateway_reference": "gateway reference",
                     *           "respond_by": "2026-11-24T05:46:03.000Z",
                     *           "created_at": "2026-11-24T05:46:03.000Z"
                     *         }
                     *       ]
                     *     } */
                    "application/json": components["schemas"]["AdminPayment"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            406: components["responses"]["Problem406"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422Variant2"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "stats.payments": {
        parameters: {
            query?: {
                /** @description how many days of the shop's time zone, today included; 30 if absent */
                days?: number;
            };
            header?: {
                /** @description The ETag that is known. If it is still so: 304. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "days": [
                     *         {
                     *           "date": "2026-11-24",
                     *           "payments": 1,
                     *           "captured": 1,
                     *           "refunds": 1,
                     *           "refunded": 1,
                     *           "failures": 1
                     *         }
                     *       ],
                     *       "open": {
                     *         "processing": {
                     *           "count": 1,
                     *           "amount": 1
                     *         },
                     *         "requires_action": {
                     *           "count": 1,
                     *           "amount": 1
                     *         },
                     *         "authorized": {
                     *           "count": 1,
                     *           "amount": 1
                     *         },
                     *         "disputed": {
                     *           "count": 1,
                     *           "amount": 1
                     *         },
                     *         "refunds_to_send": {
                     *           "count": 1,
                     *           "amount": 1
                     *         }
                     *       }
                     *     } */
                    "application/json": components["schemas"]["Takings"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            406: components["responses"]["Problem406"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422Variant2"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "sandbox.ask": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that is known. If it is still so: 304. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                reference: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            404: components["responses"]["Problem404"];
            406: components["responses"]["Problem406"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422Variant2"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "sandbox.decide": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                reference: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/x-www-form-urlencoded": string;
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            400: components["responses"]["Problem400Variant3"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403Variant3"];
            404: components["responses"]["Problem404"];
            406: components["responses"]["Problem406"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422Variant2"];
            500: components["responses"]["Problem500Variant2"];
            503: components["responses"]["Problem503"];
            507: components["responses"]["Problem507"];
        };
    };
    "webhooks.fromStripe": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": string;
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "received": true
                     *     } */
                    "application/json": components["schemas"]["WebhookTaken"];
                };
            };
            /** @description Bad request */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["WebhooksFromStripe400"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403Variant3"];
            /** @description Not found */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["WebhooksFromStripe404"];
                };
            };
            406: components["responses"]["Problem406"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422Variant2"];
            500: components["responses"]["Problem500Variant2"];
            503: components["responses"]["Problem503"];
            507: components["responses"]["Problem507"];
        };
    };
    "orders.fulfill": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that was read. Another version meanwhile is 412. Needed when the caller is known by cookie (428). */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {
                 *       "carrier": "local",
                 *       "service": "standard",
                 *       "parcel": {
                 *         "weight_g": 450,
                 *         "length_mm": 200,
                 *         "width_mm": 200,
                 *         "height_mm": 200
                 *       }
                 *     } */
                "application/json": components["schemas"]["FulfillmentRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "order_id": 1,
                     *       "status": "status",
                     *       "shipments": [
                     *         {
                     *           "id": 1,
                     *           "order_id": 1,
                     *           "carrier": "carrier",
                     *           "service": "service",
                     *           "status": "label_pending",
                     *           "next_statuses": [
                     *             "label_pending"
                     *           ],
                     *           "tracking_number": "tracking number",
                     *           "tracked_by": "tracked by",
                     *           "tracking_url": "tracking url",
                     *           "parcel": {
                     *             "weight_g": 1,
                     *             "length_mm": 1,
                     *             "width_mm": 1,
                     *             "height_mm": 1
                     *           },
                     *           "items": [
                     *             {
                     *               "item_id": 1,
                     *               "quantity": 1
                     *             }
                     *           ],
                     *           "cost": 1,
                     *           "cost_currency": "EUR",
                     *           "failure": "failure",
                     *           "shipped_at": "2026-11-24T05:46:03.000Z",
                     *           "delivered_at": "2026-11-24T05:46:03.000Z",
                     *           "created_at": "2026-11-24T05:46:03.000Z",
                     *           "updated_at": "2026-11-24T05:46:03.000Z",
                     *           "version": 1
                     *         }
                     *       ],
                     *       "version": 1
                     *     } */
                    "application/json": components["schemas"]["Fulfillment"];
                };
            };
            /** @description Accepted */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "id": 1,
                     *       "order_id": 1,
                     *       "carrier": "carrier",
                     *       "service": "service",
                     *       "status": "label_pending",
                     *       "next_statuses": [
                     *         "label_pending"
                     *       ],
                     *       "tracking_number": "tracking number",
                     *       "tracked_by": "tracked by",
                     *       "tracking_url": "tracking url",
                     *       "parcel": {
                     *         "weight_g": 1,
                     *         "length_mm": 1,
                     *         "width_mm": 1,
                     *         "height_mm": 1
                     *       },
                     *       "items": [
                     *         {
                     *           "item_id": 1,
                     *           "quantity": 1
                     *         }
                     *       ],
                     *       "cost": 1,
                     *       "cost_currency": "EUR",
                     *       "failure": "failure",
                     *       "shipped_at": "2026-11-24T05:46:03.000Z",
                     *       "delivered_at": "2026-11-24T05:46:03.000Z",
                     *       "created_at": "2026-11-24T05:46:03.000Z",
                     *       "updated_at": "2026-11-24T05:46:03.000Z",
                     *       "version": 1
                     *     } */
                    "application/json": components["schemas"]["Shipment"];
                };
            };
            400: components["responses"]["Problem400Variant2"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403Variant2"];
            404: components["responses"]["Problem404"];
            406: components["responses"]["Problem406"];
            /** @description Conflict */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["OrdersFulfill409"];
                };
            };
            412: components["responses"]["Problem412Variant2"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422Variant5"];
            428: components["responses"]["Problem428"];
            500: components["responses"]["Problem500Variant2"];
            503: components["responses"]["Problem503"];
            507: components["responses"]["Problem507"];
        };
    };
    "orders.fulfillMany": {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the client's own for this request. The same key and body get the first answer again, for 24 hours, without what is shown only once; the same key with another body is 422; one that is still under way is 409. Without credentials take a random key, such as a UUID of version 4 or 7: any other counts for your network address and User-Agent alone. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {
                 *       "carrier": "local",
                 *       "service": "standard",
                 *       "parcel": {
                 *         "weight_g": 450,
                 *         "length_mm": 200,
                 *         "width_mm": 200,
                 *         "height_mm": 200
                 *       },
                 *       "order_ids": [
                 *         1001
                 *       ]
                 *     } */
                "application/json": components["schemas"]["BulkFulfillmentRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "results": [
                     *         {
                     *           "order_id": 1,
                     *           "status": 200,
                     *           "code": "code",
                     *           "detail": "detail",
                     *           "shipments": [
                     *             {
                     *               "id": 1,
                     *               "order_id": 1,
                     *               "carrier": "carrier",
                     *               "service": "service",
                     *               "status": "label_pending",
                     *               "next_statuses": [
                     *                 "label_pending"
                     *               ],
                     *               "tracking_number": "tracking number",
                     *               "tracked_by": "tracked by",
                     *               "tracking_url": "tracking url",
                     *               "parcel": {
                     *                 "weight_g": 1,
                     *                 "length_mm": 1,
                     *                 "width_mm": 1,
                     *                 "height_mm": 1
                     *               },
                     *               "items": [
                     *                 {
                     *                   "item_id": 1,
                     *                   "quantity": 1
                     *                 }
                     *               ],
                     *               "cost": 1,
                     *               "cost_currency": "EUR",
                     *               "failure": "failure",
                     *               "shipped_at": "2026-11-24T05:46:03.000Z",
                     *               "delivered_at": "2026-11-24T05:46:03.000Z",
                     *               "created_at": "2026-11-24T05:46:03.000Z",
                     *               "updated_at": "2026-11-24T05:46:03.000Z",
                     *               "version": 1
                     *             }
                     *           ]
                     *         }
                     *       ]
                     *     } */
                    "application/json": components["schemas"]["BulkResults"];
                };
            };
            400: components["responses"]["Problem400Variant2"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403Variant2"];
            404: components["responses"]["Problem404Variant3"];
            406: components["responses"]["Problem406"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422Variant4"];
            500: components["responses"]["Problem500Variant2"];
            503: components["responses"]["Problem503"];
            507: components["responses"]["Problem507"];
        };
    };
    "carriers.list": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that is known. If it is still so: 304. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "carriers": [
                     *         {
                     *           "name": "name",
                     *           "ready": true
                     *         }
                     *       ]
                     *     } */
                    "application/json": components["schemas"]["Carriers"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            406: components["responses"]["Problem406"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422Variant2"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "orders.rates": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {
                 *       "carrier": "easypost",
                 *       "parcel": {
                 *         "weight_g": 450,
                 *         "length_mm": 200,
                 *         "width_mm": 200,
                 *         "height_mm": 200
                 *       }
                 *     } */
                "application/json": components["schemas"]["RatesRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "rates": [
                     *         {
                     *           "service": "service",
                     *           "cost": 1,
                     *           "currency": "EUR",
                     *           "days": 1
                     *         }
                     *       ]
                     *     } */
                    "application/json": components["schemas"]["Rates"];
                };
            };
            400: components["responses"]["Problem400Variant2"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403Variant2"];
            404: components["responses"]["Problem404"];
            406: components["responses"]["Problem406"];
            /** @description Conflict */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["OrdersRates409"];
                };
            };
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422Variant5"];
            500: components["responses"]["Problem500Variant2"];
            /** @description Service unavailable */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["OrdersRates503"];
                };
            };
            507: components["responses"]["Problem507"];
        };
    };
    "orders.tracking": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that is known. If it is still so: 304. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "order_id": 1,
                     *       "status": "status",
                     *       "page_url": "page url",
                     *       "shipments": [
                     *         {
                     *           "id": 1,
                     *           "carrier": "carrier",
                     *           "tracking_number": "tracking number",
                     *           "tracking_url": "tracking url",
                     *           "status": "label_pending",
                     *           "items": [
                     *             {
                     *               "item_id": 1,
                     *               "quantity": 1
                     *             }
                     *           ],
                     *           "shipped_at": "2026-11-24T05:46:03.000Z",
                     *           "delivered_at": "2026-11-24T05:46:03.000Z",
                     *           "events": [
                     *             {
                     *               "at": "2026-11-24T05:46:03.000Z",
                     *               "status": "label_pending",
                     *               "description": "description",
                     *               "location": "location"
                     *             }
                     *           ]
                     *         }
                     *       ]
                     *     } */
                    "application/json": components["schemas"]["Tracking"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            406: components["responses"]["Problem406"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422Variant2"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "tracking.page": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that is known. If it is still so: 304. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                link: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html; charset=utf-8": string;
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            404: components["responses"]["Problem404"];
            406: components["responses"]["Problem406"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422Variant2"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "shipments.get": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that is known. If it is still so: 304. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "id": 1,
                     *       "order_id": 1,
                     *       "carrier": "carrier",
                     *       "service": "service",
                     *       "status": "label_pending",
                     *       "next_statuses": [
                     *         "label_pending"
                     *       ],
                     *       "tracking_number": "tracking number",
                     *       "tracked_by": "tracked by",
                     *       "tracking_url": "tracking url",
                     *       "parcel": {
                     *         "weight_g": 1,
                     *         "length_mm": 1,
                     *         "width_mm": 1,
                     *         "height_mm": 1
                     *       },
                     *       "items": [
                     *         {
                     *           "item_id": 1,
                     *           "quantity": 1
                     *         }
                     *       ],
                     *       "cost": 1,
                     *       "cost_currency": "EUR",
                     *       "failure": "failure",
                     *       "shipped_at": "2026-11-24T05:46:03.000Z",
                     *       "delivered_at": "2026-11-24T05:46:03.000Z",
                     *       "created_at": "2026-11-24T05:46:03.000Z",
                     *       "updated_at": "2026-11-24T05:46:03.000Z",
                     *       "version": 1
                     *     } */
                    "application/json": components["schemas"]["Shipment"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            406: components["responses"]["Problem406"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422Variant2"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "shipments.void": {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the client's own for this request. The same key and body get the first answer again, for 24 hours, without what is shown only once; the same key with another body is 422; one that is still under way is 409. Without credentials take a random key, such as a UUID of version 4 or 7: any other counts for your network address and User-Agent alone. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description The ETag that was read. Another version meanwhile is 412. Needed when the caller is known by cookie (428). */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "id": 1,
                     *       "order_id": 1,
                     *       "carrier": "carrier",
                     *       "service": "service",
                     *       "status": "label_pending",
                     *       "next_statuses": [
                     *         "label_pending"
                     *       ],
                     *       "tracking_number": "tracking number",
                     *       "tracked_by": "tracked by",
                     *       "tracking_url": "tracking url",
                     *       "parcel": {
                     *         "weight_g": 1,
                     *         "length_mm": 1,
                     *         "width_mm": 1,
                     *         "height_mm": 1
                     *       },
                     *       "items": [
                     *         {
                     *           "item_id": 1,
                     *           "quantity": 1
                     *         }
                     *       ],
                     *       "cost": 1,
                     *       "cost_currency": "EUR",
                     *       "failure": "failure",
                     *       "shipped_at": "2026-11-24T05:46:03.000Z",
                     *       "delivered_at": "2026-11-24T05:46:03.000Z",
                     *       "created_at": "2026-11-24T05:46:03.000Z",
                     *       "updated_at": "2026-11-24T05:46:03.000Z",
                     *       "version": 1
                     *     } */
                    "application/json": components["schemas"]["Shipment"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403Variant2"];
            404: components["responses"]["Problem404Variant2"];
            406: components["responses"]["Problem406"];
            /** @description Conflict */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ShipmentsVoid409"];
                };
            };
            412: components["responses"]["Problem412Variant2"];
            422: components["responses"]["Problem422Variant3"];
            428: components["responses"]["Problem428"];
            500: components["responses"]["Problem500Variant2"];
            503: components["responses"]["Problem503"];
            507: components["responses"]["Problem507"];
        };
    };
    "shipments.retry": {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the client's own for this request. The same key and body get the first answer again, for 24 hours, without what is shown only once; the same key with another body is 422; one that is still under way is 409. Without credentials take a random key, such as a UUID of version 4 or 7: any other counts for your network address and User-Agent alone. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description The ETag that was read. Another version meanwhile is 412. Needed when the caller is known by cookie (428). */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "id": 1,
                     *       "order_id": 1,
                     *       "carrier": "carrier",
                     *       "service": "service",
                     *       "status": "label_pending",
                     *       "next_statuses": [
                     *         "label_pending"
                     *       ],
                     *       "tracking_number": "tracking number",
                     *       "tracked_by": "tracked by",
                     *       "tracking_url": "tracking url",
                     *       "parcel": {
                     *         "weight_g": 1,
                     *         "length_mm": 1,
                     *         "width_mm": 1,
                     *         "height_mm": 1
                     *       },
                     *       "items": [
                     *         {
                     *           "item_id": 1,
                     *           "quantity": 1
                     *         }
                     *       ],
                     *       "cost": 1,
                     *       "cost_currency": "EUR",
                     *       "failure": "failure",
                     *       "shipped_at": "2026-11-24T05:46:03.000Z",
                     *       "delivered_at": "2026-11-24T05:46:03.000Z",
                     *       "created_at": "2026-11-24T05:46:03.000Z",
                     *       "updated_at": "2026-11-24T05:46:03.000Z",
                     *       "version": 1
                     *     } */
                    "application/json": components["schemas"]["Shipment"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403Variant2"];
            404: components["responses"]["Problem404Variant2"];
            406: components["responses"]["Problem406"];
            /** @description Conflict */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ShipmentsRetry409"];
                };
            };
            412: components["responses"]["Problem412Variant2"];
            422: components["responses"]["Problem422Variant3"];
            428: components["responses"]["Problem428"];
            500: components["responses"]["Problem500Variant2"];
            503: components["responses"]["Problem503"];
            507: components["responses"]["Problem507"];
        };
    };
    "shipments.addEvent": {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the client's own for this request. The same key and body get the first answer again, for 24 hours, without what is shown only once; the same key with another body is 422; one that is still under way is 409. Without credentials take a random key, such as a UUID of version 4 or 7: any other counts for your network address and User-Agent alone. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description The ETag that was read. Another version meanwhile is 412. Needed when the caller is known by cookie (428). */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {
                 *       "status": "in_transit",
                 *       "description": "description",
                 *       "location": "Berlin",
                 *       "at": "2026-11-24T05:46:03.000Z"
                 *     } */
                "application/json": components["schemas"]["NewTrackingEvent"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "id": 1,
                     *       "order_id": 1,
                     *       "carrier": "carrier",
                     *       "service": "service",
                     *       "status": "label_pending",
                     *       "next_statuses": [
                     *         "label_pending"
                     *       ],
                     *       "tracking_number": "tracking number",
                     *       "tracked_by": "tracked by",
                     *       "tracking_url": "tracking url",
                     *       "parcel": {
                     *         "weight_g": 1,
                     *         "length_mm": 1,
                     *         "width_mm": 1,
                     *         "height_mm": 1
                     *       },
                     *       "items": [
                     *         {
                     *           "item_id": 1,
                     *           "quantity": 1
                     *         }
                     *       ],
                     *       "cost": 1,
                     *       "cost_currency": "EUR",
                     *       "failure": "failure",
                     *       "shipped_at": "2026-11-24T05:46:03.000Z",
                     *       "delivered_at": "2026-11-24T05:46:03.000Z",
                     *       "created_at": "2026-11-24T05:46:03.000Z",
                     *       "updated_at": "2026-11-24T05:46:03.000Z",
                     *       "version": 1
                     *     } */
                    "application/json": components["schemas"]["Shipment"];
                };
            };
            400: components["responses"]["Problem400Variant2"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403Variant2"];
            404: components["responses"]["Problem404Variant2"];
            406: components["responses"]["Problem406"];
            /** @description Conflict */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ShipmentsAddEvent409"];
                };
            };
            412: components["responses"]["Problem412Variant2"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422Variant4"];
            428: components["responses"]["Problem428"];
            500: components["responses"]["Problem500Variant2"];
            503: components["responses"]["Problem503"];
            507: components["responses"]["Problem507"];
        };
    };
    "shipments.label": {
        parameters: {
            query?: {
                /** @description dots per inch of a ZPL printer; 203 if absent */
                dpi?: "203" | "300";
            };
            header?: {
                /** @description The ETag that is known. If it is still so: 304. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": string;
                    "application/zpl": string;
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            406: components["responses"]["Problem406"];
            /** @description Conflict */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ShipmentsLabel409"];
                };
            };
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422Variant2"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "shipments.labelPdf": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that is known. If it is still so: 304. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": string;
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            406: components["responses"]["Problem406"];
            /** @description Conflict */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ShipmentsLabelPdf409"];
                };
            };
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422Variant2"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "shipments.labelZpl": {
        parameters: {
            query?: {
                /** @description dots per inch of a ZPL printer; 203 if absent */
                dpi?: "203" | "300";
            };
            header?: {
                /** @description The ETag that is known. If it is still so: 304. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/zpl": string;
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            406: components["responses"]["Problem406"];
            /** @description Conflict */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ShipmentsLabelZpl409"];
                };
            };
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422Variant2"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "shipments.labels": {
        parameters: {
            query?: {
                /** @description dots per inch of a ZPL printer; 203 if absent */
                dpi?: "203" | "300";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {
                 *       "shipment_ids": [
                 *         1
                 *       ]
                 *     } */
                "application/json": components["schemas"]["LabelsRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": string;
                    "application/zpl": string;
                };
            };
            400: components["responses"]["Problem400Variant2"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403Variant2"];
            /** @description Not found */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ShipmentsLabels404"];
                };
            };
            406: components["responses"]["Problem406"];
            /** @description Conflict */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ShipmentsLabels409"];
                };
            };
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422Variant5"];
            500: components["responses"]["Problem500Variant2"];
            503: components["responses"]["Problem503"];
            507: components["responses"]["Problem507"];
        };
    };
    "shipments.packingSlip": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that is known. If it is still so: 304. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": string;
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            406: components["responses"]["Problem406"];
            /** @description Conflict */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ShipmentsPackingSlip409"];
                };
            };
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422Variant2"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "returns.list": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that is known. If it is still so: 304. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "order_id": 1,
                     *       "returns": [
                     *         {
                     *           "id": 1,
                     *           "order_id": 1,
                     *           "items": [
                     *             {
                     *               "item_id": 1,
                     *               "quantity": 1
                     *             }
                     *           ],
                     *           "reason": "reason",
                     *           "restocked": true,
                     *           "refund": 1,
                     *           "at": "2026-11-24T05:46:03.000Z"
                     *         }
                     *       ]
                     *     } */
                    "application/json": components["schemas"]["OrderReturns"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            406: components["responses"]["Problem406"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422Variant2"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "returns.add": {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the client's own for this request. The same key and body get the first answer again, for 24 hours, without what is shown only once; the same key with another body is 422; one that is still under way is 409. Without credentials take a random key, such as a UUID of version 4 or 7: any other counts for your network address and User-Agent alone. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description The ETag that was read. Another version meanwhile is 412. Needed when the caller is known by cookie (428). */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {
                 *       "items": [
                 *         {
                 *           "item_id": 1,
                 *           "quantity": 1
                 *         }
                 *       ],
                 *       "reason": "reason",
                 *       "restock": true,
                 *       "refund": 1
                 *     } */
                "application/json": components["schemas"]["NewReturn"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "id": 1,
                     *       "order_id": 1,
                     *       "items": [
                     *         {
                     *           "item_id": 1,
                     *           "quantity": 1
                     *         }
                     *       ],
                     *       "reason": "reason",
                     *       "restocked": true,
                     *       "refund": 1,
                     *       "at": "2026-11-24T05:46:03.000Z"
                     *     } */
                    "application/json": components["schemas"]["OrderReturn"];
                };
            };
            400: components["responses"]["Problem400Variant2"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403Variant2"];
            404: components["responses"]["Problem404Variant2"];
            406: components["responses"]["Problem406"];
            /** @description Conflict */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ReturnsAdd409"];
                };
            };
            412: components["responses"]["Problem412Variant2"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            /** @description Unprocessable content */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ReturnsAdd422"];
                };
            };
            428: components["responses"]["Problem428"];
            500: components["responses"]["Problem500Variant2"];
            503: components["responses"]["Problem503"];
            507: components["responses"]["Problem507"];
        };
    };
    "orders.cancelUnshipped": {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the client's own for this request. The same key and body get the first answer again, for 24 hours, without what is shown only once; the same key with another body is 422; one that is still under way is 409. Without credentials take a random key, such as a UUID of version 4 or 7: any other counts for your network address and User-Agent alone. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description The ETag that was read. Another version meanwhile is 412. Needed when the caller is known by cookie (428). */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {
                 *       "reason": "reason",
                 *       "refund": 1
                 *     } */
                "application/json": components["schemas"]["CancelUnshipped"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "order_id": 1,
                     *       "status": "status",
                     *       "shipments": [
                     *         {
                     *           "id": 1,
                     *           "order_id": 1,
                     *           "carrier": "carrier",
                     *           "service": "service",
                     *           "status": "label_pending",
                     *           "next_statuses": [
                     *             "label_pending"
                     *           ],
                     *           "tracking_number": "tracking number",
                     *           "tracked_by": "tracked by",
                     *           "tracking_url": "tracking url",
                     *           "parcel": {
                     *             "weight_g": 1,
                     *             "length_mm": 1,
                     *             "width_mm": 1,
                     *             "height_mm": 1
                     *           },
                     *           "items": [
                     *             {
                     *               "item_id": 1,
                     *               "quantity": 1
                     *             }
                     *           ],
                     *           "cost": 1,
                     *           "cost_currency": "EUR",
                     *           "failure": "failure",
                     *           "shipped_at": "2026-11-24T05:46:03.000Z",
                     *           "delivered_at": "2026-11-24T05:46:03.000Z",
                     *           "created_at": "2026-11-24T05:46:03.000Z",
                     *           "updated_at": "2026-11-24T05:46:03.000Z",
                     *           "version": 1
                     *         }
                     *       ],
                     *       "version": 1
                     *     } */
                    "application/json": components["schemas"]["Fulfillment"];
                };
            };
            400: components["responses"]["Problem400Variant2"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403Variant2"];
            404: components["responses"]["Problem404Variant2"];
            406: components["responses"]["Problem406"];
            /** @description Conflict */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["OrdersCancelUnshipped409"];
                };
            };
            412: components["responses"]["Problem412Variant2"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            /** @description Unprocessable content */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["OrdersCancelUnshipped422"];
                };
            };
            428: components["responses"]["Problem428"];
            500: components["responses"]["Problem500Variant2"];
            503: components["responses"]["Problem503"];
            507: components["responses"]["Problem507"];
        };
    };
    "webhooks.fromEasypost": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": string;
            };
        };
        responses: {
            /** @description No content */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad request */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["WebhooksFromEasypost400"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403Variant3"];
            /** @description Not found */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["WebhooksFromEasypost404"];
                };
            };
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422Variant2"];
            500: components["responses"]["Problem500Variant2"];
            503: components["responses"]["Problem503"];
            507: components["responses"]["Problem507"];
        };
    };
    "documents.list": {
        parameters: {
            query?: {
                /** @description of this order */
                order_id?: number;
                /** @description of this kind */
                kind?: "invoice" | "credit_note" | "correction";
                /** @description issued in this month of the shop's time zone */
                month?: string;
                /** @description how many at most; 50 without it */
                limit?: number;
                /** @description where to go on: next_cursor of the page before */
                cursor?: string;
            };
            header?: {
                /** @description The ETag that is known. If it is still so: 304. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "data": [
                     *         {
                     *           "id": 1,
                     *           "kind": "invoice",
                     *           "number": "2026-00001",
                     *           "order_id": 1,
                     *           "refers_to": 1,
                     *           "refund_id": 1,
                     *           "issued_on": "2026-11-24",
                     *           "net": 1,
                     *           "tax": 1,
                     *           "total": 1,
                     *           "currency": "EUR",
                     *           "taxes": [
                     *             {
                     *               "rate_ppm": 1,
                     *               "base": 1,
                     *               "tax": 1
                     *             }
                     *           ],
                     *           "tax_country": "ta",
                     *           "tax_treatment": "taxed",
                     *           "locale": "de",
                     *           "created_at": "2026-11-24T05:46:03.000Z"
                     *         }
                     *       ],
                     *       "next_cursor": "next cursor"
                     *     } */
                    "application/json": components["schemas"]["SalesDocumentPage"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            406: components["responses"]["Problem406"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "documents.get": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that is known. If it is still so: 304. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "id": 1,
                     *       "kind": "invoice",
                     *       "number": "2026-00001",
                     *       "order_id": 1,
                     *       "refers_to": 1,
                     *       "refund_id": 1,
                     *       "issued_on": "2026-11-24",
                     *       "net": 1,
                     *       "tax": 1,
                     *       "total": 1,
                     *       "currency": "EUR",
                     *       "taxes": [
                     *         {
                     *           "rate_ppm": 1,
                     *           "base": 1,
                     *           "tax": 1
                     *         }
                     *       ],
                     *       "tax_country": "ta",
                     *       "tax_treatment": "taxed",
                     *       "locale": "de",
                     *       "created_at": "2026-11-24T05:46:03.000Z",
                     *       "seller": {
                     *         "name": "name",
                     *         "company": "company",
                     *         "vat_id": "vat id",
                     *         "tax_number": "tax number",
                     *         "register_entry": "register entry",
                     *         "email": "email",
                     *         "address": {
                     *           "line1": "Analytische Allee 12",
                     *           "line2": "",
                     *           "city": "Berlin",
                     *           "region": "",
                     *           "postal_code": "10115",
                     *           "country": "DE"
                     *         }
                     *       },
                     *       "buyer": {
                     *         "name": "name",
                     *         "company": "company",
                     *         "vat_id": "vat id",
                     *         "tax_number": "tax number",
                     *         "register_entry": "register entry",
                     *         "email": "email",
                     *         "address": {
                     *           "line1": "Analytische Allee 12",
                     *           "line2": "",
                     *           "city": "Berlin",
                     *           "region": "",
                     *           "postal_code": "10115",
                     *           "country": "DE"
                     *         }
                     *       },
                     *       "delivered_to": {
                     *         "line1": "Analytische Allee 12",
                     *         "line2": "",
                     *         "city": "Berlin",
                     *         "region": "",
                     *         "postal_code": "10115",
                     *         "country": "DE"
                     *       },
                     *       "prices_include_tax": true,
                     *       "exemption": "exemption",
                     *       "lines": [
                     *         {
                     *           "kind": "item",
                     *           "sku": "sku",
                     *           "name": "name",
                     *           "quantity": 1,
                     *           "unit_price": 1,
                     *           "net_unit_price": "10.5042",
                     *           "discount": 1,
                     *           "rate_ppm": 1,
                     *           "net": 1,
                     *           "tax": 1,
                     *           "total": 1
                     *         }
                     *       ],
                     *       "ordered_on": "2026-11-24",
                     *       "supplied_on": "2026-11-24",
                     *       "paid_on": "2026-11-24",
                     *       "paid_by": "paid by",
                     *       "payment_terms": "payment terms",
                     *       "foot": "foot",
                     *       "refers_to_number": "refers to number",
                     *       "reason": "reason"
                     *     } */
                    "application/json": components["schemas"]["WholeSalesDocument"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            406: components["responses"]["Problem406"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422Variant2"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "documents.pdf": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that is known. If it is still so: 304. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": string;
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            406: components["responses"]["Problem406"];
            /** @description Conflict */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["DocumentsPdf409"];
                };
            };
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422Variant2"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "documents.printMany": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {
                 *       "document_ids": [
                 *         1
                 *       ]
                 *     } */
                "application/json": components["schemas"]["DocumentPrintRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": string;
                };
            };
            400: components["responses"]["Problem400Variant2"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403Variant2"];
            /** @description Not found */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["DocumentsPrintMany404"];
                };
            };
            406: components["responses"]["Problem406"];
            /** @description Conflict */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["DocumentsPrintMany409"];
                };
            };
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422Variant5"];
            500: components["responses"]["Problem500Variant2"];
            503: components["responses"]["Problem503"];
            507: components["responses"]["Problem507"];
        };
    };
    "documents.issue": {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the client's own for this request. The same key and body get the first answer again, for 24 hours, without what is shown only once; the same key with another body is 422; one that is still under way is 409. Without credentials take a random key, such as a UUID of version 4 or 7: any other counts for your network address and User-Agent alone. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {
                 *       "kind": "invoice"
                 *     } */
                "application/json": components["schemas"]["NewDocument"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "id": 1,
                     *       "kind": "invoice",
                     *       "number": "2026-00001",
                     *       "order_id": 1,
                     *       "refers_to": 1,
                     *       "refund_id": 1,
                     *       "issued_on": "2026-11-24",
                     *       "net": 1,
                     *       "tax": 1,
                     *       "total": 1,
                     *       "currency": "EUR",
                     *       "taxes": [
                     *         {
                     *           "rate_ppm": 1,
                     *           "base": 1,
                     *           "tax": 1
                     *         }
                     *       ],
                     *       "tax_country": "ta",
                     *       "tax_treatment": "taxed",
                     *       "locale": "de",
                     *       "created_at": "2026-11-24T05:46:03.000Z"
                     *     } */
                    "application/json": components["schemas"]["SalesDocument"];
                };
            };
            400: components["responses"]["Problem400Variant2"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403Variant2"];
            404: components["responses"]["Problem404Variant2"];
            406: components["responses"]["Problem406"];
            /** @description Conflict */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["DocumentsIssue409"];
                };
            };
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422Variant4"];
            500: components["responses"]["Problem500Variant2"];
            503: components["responses"]["Problem503"];
            507: components["responses"]["Problem507"];
        };
    };
    "receipts.document": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that is known. If it is still so: 304. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                link: string;
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": string;
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            404: components["responses"]["Problem404"];
            406: components["responses"]["Problem406"];
            /** @description Conflict */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ReceiptsDocument409"];
                };
            };
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422Variant2"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "auth.signIn": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {
                 *       "username": "ada",
                 *       "password": "seven rowing boats, one lantern"
                 *     } */
                "application/json": components["schemas"]["Credentials"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "access_token": "access token",
                     *       "token_type": "Bearer",
                     *       "expires_at": "2026-11-24T05:46:03.000Z",
                     *       "user": {
                     *         "id": 1,
                     *         "username": "username",
                     *         "role": "owner"
                     *       },
                     *       "csrf_token": "csrf token"
                     *     } */
                    "application/json": components["schemas"]["Session"];
                };
            };
            400: components["responses"]["Problem400Variant2"];
            /** @description Unauthorized */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["AuthSignIn401"];
                };
            };
            403: components["responses"]["Problem403Variant3"];
            406: components["responses"]["Problem406"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422Variant5"];
            /** @description Too many requests */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["AuthSignIn429"];
                };
            };
            500: components["responses"]["Problem500Variant2"];
            503: components["responses"]["Problem503"];
            507: components["responses"]["Problem507"];
        };
    };
    "auth.signOut": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No content */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403Variant2"];
            422: components["responses"]["Problem422Variant2"];
            500: components["responses"]["Problem500Variant2"];
            503: components["responses"]["Problem503"];
            507: components["responses"]["Problem507"];
        };
    };
    "auth.me": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that is known. If it is still so: 304. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "user": {
                     *         "id": 1,
                     *         "username": "username",
                     *         "role": "owner"
                     *       },
                     *       "totp": true,
                     *       "csrf_token": "csrf token"
                     *     } */
                    "application/json": components["schemas"]["Me"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            406: components["responses"]["Problem406"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422Variant2"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "auth.session": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that is known. If it is still so: 304. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "session": {
                     *         "user": {
                     *           "id": 1,
                     *           "username": "username",
                     *           "role": "owner"
                     *         },
                     *         "totp": true,
                     *         "csrf_token": "csrf token"
                     *       }
                     *     } */
                    "application/json": components["schemas"]["SessionState"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            406: components["responses"]["Problem406"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422Variant2"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "auth.changePassword": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {
                 *       "current_password": "seven rowing boats, one lantern",
                 *       "new_password": "a quiet harbour under nine clouds"
                 *     } */
                "application/json": components["schemas"]["PasswordChange"];
            };
        };
        responses: {
            /** @description No content */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400Variant2"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403Variant2"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422Variant5"];
            /** @description Too many requests */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["AuthChangePassword429"];
                };
            };
            500: components["responses"]["Problem500Variant2"];
            503: components["responses"]["Problem503"];
            507: components["responses"]["Problem507"];
        };
    };
    "setup.state": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that is known. If it is still so: 304. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "open": true
                     *     } */
                    "application/json": components["schemas"]["SetupState"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            406: components["responses"]["Problem406"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422Variant2"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "setup.claim": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {
                 *       "token": "token",
                 *       "username": "ada",
                 *       "password": "seven rowing boats, one lantern",
                 *       "shop_name": "Ada's pottery",
                 *       "currency": "EUR",
                 *       "address": {
                 *         "line1": "Analytische Allee 12",
                 *         "line2": "",
                 *         "city": "Berlin",
                 *         "region": "",
                 *         "postal_code": "10115",
                 *         "country": "DE"
                 *       },
                 *       "time_zone": "Europe/Berlin"
                 *     } */
                "application/json": components["schemas"]["Setup"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "access_token": "access token",
                     *       "token_type": "Bearer",
                     *       "expires_at": "2026-11-24T05:46:03.000Z",
                     *       "user": {
                     *         "id": 1,
                     *         "username": "username",
                     *         "role": "owner"
                     *       },
                     *       "csrf_token": "csrf token"
                     *     } */
                    "application/json": components["schemas"]["Session"];
                };
            };
            400: components["responses"]["Problem400Variant2"];
            /** @description Unauthorized */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["SetupClaim401"];
                };
            };
            403: components["responses"]["Problem403Variant3"];
            406: components["responses"]["Problem406"];
            /** @description Conflict */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["SetupClaim409"];
                };
            };
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422Variant5"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500Variant2"];
            503: components["responses"]["Problem503"];
            507: components["responses"]["Problem507"];
        };
    };
    "setup.check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {
                 *       "token": "token"
                 *     } */
                "application/json": components["schemas"]["SetupLink"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "valid": true
                     *     } */
                    "application/json": components["schemas"]["SetupLinkState"];
                };
            };
            400: components["responses"]["Problem400Variant2"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403Variant3"];
            406: components["responses"]["Problem406"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422Variant5"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500Variant2"];
            503: components["responses"]["Problem503"];
            507: components["responses"]["Problem507"];
        };
    };
    "totp.begin": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {
                 *       "password": "seven rowing boats, one lantern"
                 *     } */
                "application/json": components["schemas"]["OwnPassword"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "secret": "secret",
                     *       "uri": "uri"
                     *     } */
                    "application/json": components["schemas"]["TotpSecret"];
                };
            };
            400: components["responses"]["Problem400Variant2"];
            401: components["responses"]["Problem401"];
            /** @description Forbidden */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["TotpBegin403"];
                };
            };
            406: components["responses"]["Problem406"];
            /** @description Conflict */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["TotpBegin409"];
                };
            };
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422Variant5"];
            /** @description Too many requests */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["TotpBegin429"];
                };
            };
            500: components["responses"]["Problem500Variant2"];
            503: components["responses"]["Problem503"];
            507: components["responses"]["Problem507"];
        };
    };
    "totp.confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {
                 *       "code": "123456"
                 *     } */
                "application/json": components["schemas"]["TotpCode"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "recovery_codes": [
                     *         "recovery codes"
                     *       ]
                     *     } */
                    "application/json": components["schemas"]["RecoveryCodes"];
                };
            };
            400: components["responses"]["Problem400Variant2"];
            401: components["responses"]["Problem401"];
            /** @description Forbidden */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["TotpConfirm403"];
                };
            };
            406: components["responses"]["Problem406"];
            /** @description Conflict */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["TotpConfirm409"];
                };
            };
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422Variant5"];
            500: components["responses"]["Problem500Variant2"];
            503: components["responses"]["Problem503"];
            507: components["responses"]["Problem507"];
        };
    };
    "totp.disable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {
                 *       "password": "seven rowing boats, one lantern",
                 *       "totp": "123456"
                 *     } */
                "application/json": components["schemas"]["TotpEnd"];
            };
        };
        responses: {
            /** @description No content */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400Variant2"];
            401: components["responses"]["Problem401"];
            /** @description Forbidden */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["TotpDisable403"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["TotpDisable409"];
                };
            };
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422Variant5"];
            /** @description Too many requests */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["TotpDisable429"];
                };
            };
            500: components["responses"]["Problem500Variant2"];
            503: components["responses"]["Problem503"];
            507: components["responses"]["Problem507"];
        };
    };
    "sessions.list": {
        parameters: {
            query?: {
                /** @description how many at most; 50 without it */
                limit?: number;
                /** @description where to go on: next_cursor of the page before */
                cursor?: string;
            };
            header?: {
                /** @description The ETag that is known. If it is still so: 304. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "data": [
                     *         {
                     *           "id": 1,
                     *           "current": true,
                     *           "address": "address",
                     *           "user_agent": "user agent",
                     *           "created_at": "2026-11-24T05:46:03.000Z",
                     *           "last_used_at": "2026-11-24T05:46:03.000Z",
                     *           "expires_at": "2026-11-24T05:46:03.000Z"
                     *         }
                     *       ],
                     *       "next_cursor": "next cursor"
                     *     } */
                    "application/json": components["schemas"]["OpenSessionPage"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            406: components["responses"]["Problem406"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "sessions.endOthers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "ended": 1
                     *     } */
                    "application/json": components["schemas"]["SessionsEnded"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403Variant2"];
            406: components["responses"]["Problem406"];
            422: components["responses"]["Problem422Variant2"];
            500: components["responses"]["Problem500Variant2"];
            503: components["responses"]["Problem503"];
            507: components["responses"]["Problem507"];
        };
    };
    "sessions.end": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No content */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403Variant2"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422Variant2"];
            500: components["responses"]["Problem500Variant2"];
            503: components["responses"]["Problem503"];
            507: components["responses"]["Problem507"];
        };
    };
    "users.sessions": {
        parameters: {
            query?: {
                /** @description how many at most; 50 without it */
                limit?: number;
                /** @description where to go on: next_cursor of the page before */
                cursor?: string;
            };
            header?: {
                /** @description The ETag that is known. If it is still so: 304. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "data": [
                     *         {
                     *           "id": 1,
                     *           "current": true,
                     *           "address": "address",
                     *           "user_agent": "user agent",
                     *           "created_at": "2026-11-24T05:46:03.000Z",
                     *           "last_used_at": "2026-11-24T05:46:03.000Z",
                     *           "expires_at": "2026-11-24T05:46:03.000Z"
                     *         }
                     *       ],
                     *       "next_cursor": "next cursor"
                     *     } */
                    "application/json": components["schemas"]["OpenSessionPage"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            406: components["responses"]["Problem406"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "users.endSessions": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "ended": 1
                     *     } */
                    "application/json": components["schemas"]["SessionsEnded"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403Variant2"];
            404: components["responses"]["Problem404"];
            406: components["responses"]["Problem406"];
            422: components["responses"]["Problem422Variant2"];
            500: components["responses"]["Problem500Variant2"];
            503: components["responses"]["Problem503"];
            507: components["responses"]["Problem507"];
        };
    };
    "users.endSession": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
                session: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No content */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403Variant2"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422Variant2"];
            500: components["responses"]["Problem500Variant2"];
            503: components["responses"]["Problem503"];
            507: components["responses"]["Problem507"];
        };
    };
    "account.register": {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the client's own for this request. The same key and body get the first answer again, for 24 hours, without what is shown only once; the same key with another body is 422; one that is still under way is 409. Without credentials take a random key, such as a UUID of version 4 or 7: any other counts for your network address and User-Agent alone. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {
                 *       "name": "Ada Lovelace",
                 *       "email": "ada@example.com",
                 *       "phone": "+49 30 1234567",
                 *       "shipping_address": {
                 *         "line1": "Analytische Allee 12",
                 *         "line2": "",
                 *         "city": "Berlin",
                 *         "region": "",
                 *         "postal_code": "10115",
                 *         "country": "DE"
                 *       },
                 *       "password": "seven rowing boats, one lantern"
                 *     } */
                "application/json": components["schemas"]["NewAccount"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "id": 1,
                     *       "name": "Ada Lovelace",
                     *       "email": "ada@example.com",
                     *       "phone": "+49 30 1234567",
                     *       "shipping_address": {
                     *         "line1": "Analytische Allee 12",
                     *         "line2": "",
                     *         "city": "Berlin",
                     *         "region": "",
                     *         "postal_code": "10115",
                     *         "country": "DE"
                     *       },
                     *       "created_at": "2026-11-24T05:46:03.000Z",
                     *       "updated_at": "2026-11-24T05:46:03.000Z",
                     *       "version": 1
                     *     } */
                    "application/json": components["schemas"]["Account"];
                };
            };
            400: components["responses"]["Problem400Variant2"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403Variant3"];
            404: components["responses"]["Problem404Variant3"];
            406: components["responses"]["Problem406"];
            /** @description Conflict */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["AccountRegister409"];
                };
            };
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422Variant4"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500Variant2"];
            503: components["responses"]["Problem503"];
            507: components["responses"]["Problem507"];
        };
    };
    "account.get": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that is known. If it is still so: 304. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "id": 1,
                     *       "name": "Ada Lovelace",
                     *       "email": "ada@example.com",
                     *       "phone": "+49 30 1234567",
                     *       "shipping_address": {
                     *         "line1": "Analytische Allee 12",
                     *         "line2": "",
                     *         "city": "Berlin",
                     *         "region": "",
                     *         "postal_code": "10115",
                     *         "country": "DE"
                     *       },
                     *       "created_at": "2026-11-24T05:46:03.000Z",
                     *       "updated_at": "2026-11-24T05:46:03.000Z",
                     *       "version": 1
                     *     } */
                    "application/json": components["schemas"]["Account"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            406: components["responses"]["Problem406"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422Variant2"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "account.update": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that was read. Another version meanwhile is 412. Needed when the caller is known by cookie (428). */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {
                 *       "name": "Ada Lovelace",
                 *       "email": "ada@example.com",
                 *       "phone": "+49 30 1234567",
                 *       "shipping_address": {
                 *         "line1": "Analytische Allee 12",
                 *         "line2": "",
                 *         "city": "Berlin",
                 *         "region": "",
                 *         "postal_code": "10115",
                 *         "country": "DE"
                 *       },
                 *       "password": "seven rowing boats, one lantern"
                 *     } */
                "application/json": components["schemas"]["AccountChanges"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "id": 1,
                     *       "name": "Ada Lovelace",
                     *       "email": "ada@example.com",
                     *       "phone": "+49 30 1234567",
                     *       "shipping_address": {
                     *         "line1": "Analytische Allee 12",
                     *         "line2": "",
                     *         "city": "Berlin",
                     *         "region": "",
                     *         "postal_code": "10115",
                     *         "country": "DE"
                     *       },
                     *       "created_at": "2026-11-24T05:46:03.000Z",
                     *       "updated_at": "2026-11-24T05:46:03.000Z",
                     *       "version": 1
                     *     } */
                    "application/json": components["schemas"]["Account"];
                };
            };
            400: components["responses"]["Problem400Variant2"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403Variant2"];
            406: components["responses"]["Problem406"];
            /** @description Conflict */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["AccountUpdate409"];
                };
            };
            412: components["responses"]["Problem412Variant2"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422Variant5"];
            428: components["responses"]["Problem428"];
            /** @description Too many requests */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["AccountUpdate429"];
                };
            };
            500: components["responses"]["Problem500Variant2"];
            503: components["responses"]["Problem503"];
            507: components["responses"]["Problem507"];
        };
    };
    "account.close": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that was read. Another version meanwhile is 412. Needed when the caller is known by cookie (428). */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No content */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403Variant2"];
            /** @description Conflict */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["AccountClose409"];
                };
            };
            412: components["responses"]["Problem412Variant2"];
            422: components["responses"]["Problem422Variant2"];
            428: components["responses"]["Problem428"];
            500: components["responses"]["Problem500Variant2"];
            503: components["responses"]["Problem503"];
            507: components["responses"]["Problem507"];
        };
    };
    "customers.list": {
        parameters: {
            query?: {
                /** @description a whole e-mail address, a telephone number, or words of a name */
                q?: string;
                /** @description how many at most; 50 without it */
                limit?: number;
                /** @description where to go on: next_cursor of the page before */
                cursor?: string;
            };
            header?: {
                /** @description The ETag that is known. If it is still so: 304. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "data": [
                     *         {
                     *           "id": 1,
                     *           "name": "Ada Lovelace",
                     *           "email": "ada@example.com",
                     *           "phone": "+49 30 1234567",
                     *           "shipping_address": {
                     *             "line1": "Analytische Allee 12",
                     *             "line2": "",
                     *             "city": "Berlin",
                     *             "region": "",
                     *             "postal_code": "10115",
                     *             "country": "DE"
                     *           },
                     *           "has_account": true,
                     *           "erased": true,
                     *           "documents_kept_until": "2036-12-31",
                     *           "created_at": "2026-11-24T05:46:03.000Z",
                     *           "updated_at": "2026-11-24T05:46:03.000Z",
                     *           "version": 1
                     *         }
                     *       ],
                     *       "next_cursor": "next cursor"
                     *     } */
                    "application/json": components["schemas"]["CustomerPage"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            406: components["responses"]["Problem406"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "customers.get": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that is known. If it is still so: 304. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "id": 1,
                     *       "name": "Ada Lovelace",
                     *       "email": "ada@example.com",
                     *       "phone": "+49 30 1234567",
                     *       "shipping_address": {
                     *         "line1": "Analytische Allee 12",
                     *         "line2": "",
                     *         "city": "Berlin",
                     *         "region": "",
                     *         "postal_code": "10115",
                     *         "country": "DE"
                     *       },
                     *       "has_account": true,
                     *       "erased": true,
                     *       "documents_kept_until": "2036-12-31",
                     *       "created_at": "2026-11-24T05:46:03.000Z",
                     *       "updated_at": "2026-11-24T05:46:03.000Z",
                     *       "version": 1
                     *     } */
                    "application/json": components["schemas"]["Customer"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            406: components["responses"]["Problem406"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422Variant2"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "customers.erase": {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the client's own for this request. The same key and body get the first answer again, for 24 hours, without what is shown only once; the same key with another body is 422; one that is still under way is 409. Without credentials take a random key, such as a UUID of version 4 or 7: any other counts for your network address and User-Agent alone. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description The ETag that was read. Another version meanwhile is 412. Needed when the caller is known by cookie (428). */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "id": 1,
                     *       "name": "Ada Lovelace",
                     *       "email": "ada@example.com",
                     *       "phone": "+49 30 1234567",
                     *       "shipping_address": {
                     *         "line1": "Analytische Allee 12",
                     *         "line2": "",
                     *         "city": "Berlin",
                     *         "region": "",
                     *         "postal_code": "10115",
                     *         "country": "DE"
                     *       },
                     *       "has_account": true,
                     *       "erased": true,
                     *       "documents_kept_until": "2036-12-31",
                     *       "created_at": "2026-11-24T05:46:03.000Z",
                     *       "updated_at": "2026-11-24T05:46:03.000Z",
                     *       "version": 1
                     *     } */
                    "application/json": components["schemas"]["Customer"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403Variant2"];
            404: components["responses"]["Problem404Variant2"];
            406: components["responses"]["Problem406"];
            /** @description Conflict */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["CustomersErase409"];
                };
            };
            412: components["responses"]["Problem412Variant2"];
            422: components["responses"]["Problem422Variant3"];
            428: components["responses"]["Problem428"];
            500: components["responses"]["Problem500Variant2"];
            503: components["responses"]["Problem503"];
            507: components["responses"]["Problem507"];
        };
    };
    "users.list": {
        parameters: {
            query?: {
                /** @description how many at most; 50 without it */
                limit?: number;
                /** @description where to go on: next_cursor of the page before */
                cursor?: string;
            };
            header?: {
                /** @description The ETag that is known. If it is still so: 304. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "data": [
                     *         {
                     *           "id": 1,
                     *           "username": "ada",
                     *           "role": "owner",
                     *           "active": true,
                     *           "claimed": true,
                     *           "totp": true,
                     *           "created_at": "2026-11-24T05:46:03.000Z",
                     *           "updated_at": "2026-11-24T05:46:03.000Z",
                     *           "version": 1
                     *         }
                     *       ],
                     *       "next_cursor": "next cursor"
                     *     } */
                    "application/json": components["schemas"]["AdminUserPage"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            406: components["responses"]["Problem406"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "users.add": {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the client's own for this request. The same key and body get the first answer again, for 24 hours, without what is shown only once; the same key with another body is 422; one that is still under way is 409. Without credentials take a random key, such as a UUID of version 4 or 7: any other counts for your network address and User-Agent alone. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {
                 *       "username": "ada",
                 *       "password": "seven rowing boats, one lantern",
                 *       "role": "owner"
                 *     } */
                "application/json": components["schemas"]["NewAdminUser"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "id": 1,
                     *       "username": "ada",
                     *       "role": "owner",
                     *       "active": true,
                     *       "claimed": true,
                     *       "totp": true,
                     *       "created_at": "2026-11-24T05:46:03.000Z",
                     *       "updated_at": "2026-11-24T05:46:03.000Z",
                     *       "version": 1
                     *     } */
                    "application/json": components["schemas"]["AdminUser"];
                };
            };
            400: components["responses"]["Problem400Variant2"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403Variant2"];
            404: components["responses"]["Problem404Variant3"];
            406: components["responses"]["Problem406"];
            /** @description Conflict */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["UsersAdd409"];
                };
            };
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422Variant4"];
            500: components["responses"]["Problem500Variant2"];
            503: components["responses"]["Problem503"];
            507: components["responses"]["Problem507"];
        };
    };
    "users.get": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that is known. If it is still so: 304. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "id": 1,
                     *       "username": "ada",
                     *       "role": "owner",
                     *       "active": true,
                     *       "claimed": true,
                     *       "totp": true,
                     *       "created_at": "2026-11-24T05:46:03.000Z",
                     *       "updated_at": "2026-11-24T05:46:03.000Z",
                     *       "version": 1
                     *     } */
                    "application/json": components["schemas"]["AdminUser"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            406: components["responses"]["Problem406"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422Variant2"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "users.update": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that was read. Another version meanwhile is 412. Needed when the caller is known by cookie (428). */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {
                 *       "username": "ada",
                 *       "password": "seven rowing boats, one lantern",
                 *       "role": "staff",
                 *       "active": true
                 *     } */
                "application/json": components["schemas"]["AdminUserChanges"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "id": 1,
                     *       "username": "ada",
                     *       "role": "owner",
                     *       "active": true,
                     *       "claimed": true,
                     *       "totp": true,
                     *       "created_at": "2026-11-24T05:46:03.000Z",
                     *       "updated_at": "2026-11-24T05:46:03.000Z",
                     *       "version": 1
                     *     } */
                    "application/json": components["schemas"]["AdminUser"];
                };
            };
            400: components["responses"]["Problem400Variant2"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403Variant2"];
            404: components["responses"]["Problem404"];
            406: components["responses"]["Problem406"];
            /** @description Conflict */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["UsersUpdate409"];
                };
            };
            412: components["responses"]["Problem412Variant2"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422Variant5"];
            428: components["responses"]["Problem428"];
            500: components["responses"]["Problem500Variant2"];
            503: components["responses"]["Problem503"];
            507: components["responses"]["Problem507"];
        };
    };
    "users.remove": {
        parameters: {
            query?: {
                /** @description an active owner's or staff user's id */
                hand_over_to?: number;
                /** @description likewise, of the API keys; without it they end */
                keys_to?: number;
            };
            header?: {
                /** @description The ETag that was read. Another version meanwhile is 412. Needed when the caller is known by cookie (428). */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No content */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403Variant2"];
            404: components["responses"]["Problem404"];
            /** @description Conflict */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["UsersRemove409"];
                };
            };
            412: components["responses"]["Problem412Variant2"];
            422: components["responses"]["Problem422Variant2"];
            428: components["responses"]["Problem428"];
            500: components["responses"]["Problem500Variant2"];
            503: components["responses"]["Problem503"];
            507: components["responses"]["Problem507"];
        };
    };
    "users.resetTotp": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "id": 1,
                     *       "username": "ada",
                     *       "role": "owner",
                     *       "active": true,
                     *       "claimed": true,
                     *       "totp": true,
                     *       "created_at": "2026-11-24T05:46:03.000Z",
                     *       "updated_at": "2026-11-24T05:46:03.000Z",
                     *       "version": 1
                     *     } */
                    "application/json": components["schemas"]["AdminUser"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403Variant2"];
            404: components["responses"]["Problem404"];
            406: components["responses"]["Problem406"];
            /** @description Conflict */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["UsersResetTotp409"];
                };
            };
            422: components["responses"]["Problem422Variant2"];
            500: components["responses"]["Problem500Variant2"];
            503: components["responses"]["Problem503"];
            507: components["responses"]["Problem507"];
        };
    };
    "apiKeys.list": {
        parameters: {
            query?: {
                /** @description only those that work and that this user answers for */
                held_by?: number;
                /** @description how many at most; 50 without it */
                limit?: number;
                /** @description where to go on: next_cursor of the page before */
                cursor?: string;
            };
            header?: {
                /** @description The ETag that is known. If it is still so: 304. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "data": [
                     *         {
                     *           "id": 1,
                     *           "label": "label",
                     *           "role": "staff",
                     *           "scopes": [
                     *             "orders:read"
                     *           ],
                     *           "created_by": 1,
                     *           "held_by": 1,
                     *           "created_at": "2026-11-24T05:46:03.000Z",
                     *           "expires_at": "2026-11-24T05:46:03.000Z",
                     *           "last_used_at": "2026-11-24T05:46:03.000Z",
                     *           "revoked_at": "2026-11-24T05:46:03.000Z"
                     *         }
                     *       ],
                     *       "next_cursor": "next cursor"
                     *     } */
                    "application/json": components["schemas"]["ApiKeyPage"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            406: components["responses"]["Problem406"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "apiKeys.add": {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the client's own for this request. The same key and body get the first answer again, for 24 hours, without what is shown only once; the same key with another body is 422; one that is still under way is 409. Without credentials take a random key, such as a UUID of version 4 or 7: any other counts for your network address and User-Agent alone. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {
                 *       "label": "label",
                 *       "role": "staff",
                 *       "scopes": [
                 *         "orders:read"
                 *       ],
                 *       "expires_at": "2036-11-24T00:00:00.000Z"
                 *     } */
                "application/json": components["schemas"]["NewApiKey"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "id": 1,
                     *       "label": "label",
                     *       "role": "staff",
                     *       "scopes": [
                     *         "orders:read"
                     *       ],
                     *       "created_by": 1,
                     *       "held_by": 1,
                     *       "created_at": "2026-11-24T05:46:03.000Z",
                     *       "expires_at": "2026-11-24T05:46:03.000Z",
                     *       "last_used_at": "2026-11-24T05:46:03.000Z",
                     *       "revoked_at": "2026-11-24T05:46:03.000Z",
                     *       "secret": "secret"
                     *     } */
                    "application/json": components["schemas"]["AddedApiKey"];
                };
            };
            400: components["responses"]["Problem400Variant2"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403Variant2"];
            404: components["responses"]["Problem404Variant3"];
            406: components["responses"]["Problem406"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422Variant4"];
            500: components["responses"]["Problem500Variant2"];
            503: components["responses"]["Problem503"];
            507: components["responses"]["Problem507"];
        };
    };
    "apiKeys.revoke": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No content */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403Variant2"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422Variant2"];
            500: components["responses"]["Problem500Variant2"];
            503: components["responses"]["Problem503"];
            507: components["responses"]["Problem507"];
        };
    };
    "webhooks.list": {
        parameters: {
            query?: {
                /** @description how many at most; 50 without it */
                limit?: number;
                /** @description where to go on: next_cursor of the page before */
                cursor?: string;
            };
            header?: {
                /** @description The ETag that is known. If it is still so: 304. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "data": [
                     *         {
                     *           "id": 1,
                     *           "url": "https://hooks.example.com/orderd",
                     *           "description": "description",
                     *           "events": [
                     *             "order.*"
                     *           ],
                     *           "enabled": true,
                     *           "disabled_because": "disabled because",
                     *           "paused_until": "2026-11-24T05:46:03.000Z",
                     *           "paused_because": "paused because",
                     *           "created_at": "2026-11-24T05:46:03.000Z",
                     *           "updated_at": "2026-11-24T05:46:03.000Z",
                     *           "version": 1
                     *         }
                     *       ],
                     *       "next_cursor": "next cursor"
                     *     } */
                    "application/json": components["schemas"]["WebhookPage"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            406: components["responses"]["Problem406"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "webhooks.add": {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the client's own for this request. The same key and body get the first answer again, for 24 hours, without what is shown only once; the same key with another body is 422; one that is still under way is 409. Without credentials take a random key, such as a UUID of version 4 or 7: any other counts for your network address and User-Agent alone. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {
                 *       "url": "https://hooks.example.com/orderd",
                 *       "description": "description",
                 *       "events": [
                 *         "order.*"
                 *       ]
                 *     } */
                "application/json": components["schemas"]["NewWebhook"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "id": 1,
                     *       "url": "https://hooks.example.com/orderd",
                     *       "description": "description",
                     *       "events": [
                     *         "order.*"
                     *       ],
                     *       "enabled": true,
                     *       "disabled_because": "disabled because",
                     *       "paused_until": "2026-11-24T05:46:03.000Z",
                     *       "paused_because": "paused because",
                     *       "created_at": "2026-11-24T05:46:03.000Z",
                     *       "updated_at": "2026-11-24T05:46:03.000Z",
                     *       "version": 1,
                     *       "secret": "secret"
                     *     } */
                    "application/json": components["schemas"]["AddedWebhook"];
                };
            };
            400: components["responses"]["Problem400Variant2"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403Variant2"];
            404: components["responses"]["Problem404Variant3"];
            406: components["responses"]["Problem406"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422Variant4"];
            500: components["responses"]["Problem500Variant2"];
            503: components["responses"]["Problem503"];
            507: components["responses"]["Problem507"];
        };
    };
    "webhooks.get": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that is known. If it is still so: 304. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "id": 1,
                     *       "url": "https://hooks.example.com/orderd",
                     *       "description": "description",
                     *       "events": [
                     *         "order.*"
                     *       ],
                     *       "enabled": true,
                     *       "disabled_because": "disabled because",
                     *       "paused_until": "2026-11-24T05:46:03.000Z",
                     *       "paused_because": "paused because",
                     *       "created_at": "2026-11-24T05:46:03.000Z",
                     *       "updated_at": "2026-11-24T05:46:03.000Z",
                     *       "version": 1
                     *     } */
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            406: components["responses"]["Problem406"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422Variant2"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "webhooks.update": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that was read. Another version meanwhile is 412. Needed when the caller is known by cookie (428). */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {
                 *       "url": "https://hooks.example.com/orderd",
                 *       "description": "description",
                 *       "events": [
                 *         "order.*"
                 *       ],
                 *       "enabled": true
                 *     } */
                "application/json": components["schemas"]["WebhookChanges"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "id": 1,
                     *       "url": "https://hooks.example.com/orderd",
                     *       "description": "description",
                     *       "events": [
                     *         "order.*"
                     *       ],
                     *       "enabled": true,
                     *       "disabled_because": "disabled because",
                     *       "paused_until": "2026-11-24T05:46:03.000Z",
                     *       "paused_because": "paused because",
                     *       "created_at": "2026-11-24T05:46:03.000Z",
                     *       "updated_at": "2026-11-24T05:46:03.000Z",
                     *       "version": 1
                     *     } */
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            400: components["responses"]["Problem400Variant2"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403Variant2"];
            404: components["responses"]["Problem404"];
            406: components["responses"]["Problem406"];
            412: components["responses"]["Problem412Variant2"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422Variant5"];
            428: components["responses"]["Problem428"];
            500: components["responses"]["Problem500Variant2"];
            503: components["responses"]["Problem503"];
            507: components["responses"]["Problem507"];
        };
    };
    "webhooks.remove": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that was read. Another version meanwhile is 412. Needed when the caller is known by cookie (428). */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No content */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403Variant2"];
            404: components["responses"]["Problem404"];
            412: components["responses"]["Problem412Variant2"];
            422: components["responses"]["Problem422Variant2"];
            428: components["responses"]["Problem428"];
            500: components["responses"]["Problem500Variant2"];
            503: components["responses"]["Problem503"];
            507: components["responses"]["Problem507"];
        };
    };
    "webhooks.rotateSecret": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "id": 1,
                     *       "url": "https://hooks.example.com/orderd",
                     *       "description": "description",
                     *       "events": [
                     *         "order.*"
                     *       ],
                     *       "enabled": true,
                     *       "disabled_because": "disabled because",
                     *       "paused_until": "2026-11-24T05:46:03.000Z",
                     *       "paused_because": "paused because",
                     *       "created_at": "2026-11-24T05:46:03.000Z",
                     *       "updated_at": "2026-11-24T05:46:03.000Z",
                     *       "version": 1,
                     *       "secret": "secret"
                     *     } */
                    "application/json": components["schemas"]["WebhookWithSecret"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403Variant2"];
            404: components["responses"]["Problem404"];
            406: components["responses"]["Problem406"];
            422: components["responses"]["Problem422Variant2"];
            500: components["responses"]["Problem500Variant2"];
            503: components["responses"]["Problem503"];
            507: components["responses"]["Problem507"];
        };
    };
    "webhooks.test": {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the client's own for this request. The same key and body get the first answer again, for 24 hours, without what is shown only once; the same key with another body is 422; one that is still under way is 409. Without credentials take a random key, such as a UUID of version 4 or 7: any other counts for your network address and User-Agent alone. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No content */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403Variant2"];
            404: components["responses"]["Problem404Variant2"];
            /** @description Conflict */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["WebhooksTest409"];
                };
            };
            422: components["responses"]["Problem422Variant3"];
            500: components["responses"]["Problem500Variant2"];
            503: components["responses"]["Problem503"];
            507: components["responses"]["Problem507"];
        };
    };
    "deliveries.list": {
        parameters: {
            query?: {
                /** @description to this one */
                webhook_id?: number;
                /** @description in this status */
                status?: "pending" | "delivered" | "failed";
                /** @description how many at most; 50 without it */
                limit?: number;
                /** @description where to go on: next_cursor of the page before */
                cursor?: string;
            };
            header?: {
                /** @description The ETag that is known. If it is still so: 304. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "data": [
                     *         {
                     *           "id": 1,
                     *           "webhook_id": 1,
                     *           "event_sequence": 1,
                     *           "event_id": "event id",
                     *           "event_kind": "event kind",
                     *           "status": "pending",
                     *           "attempts": 1,
                     *           "response_status": 1,
                     *           "last_error": "last error",
                     *           "next_attempt_at": "2026-11-24T05:46:03.000Z",
                     *           "created_at": "2026-11-24T05:46:03.000Z",
                     *           "updated_at": "2026-11-24T05:46:03.000Z"
                     *         }
                     *       ],
                     *       "next_cursor": "next cursor"
                     *     } */
                    "application/json": components["schemas"]["WebhookDeliveryPage"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            406: components["responses"]["Problem406"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "deliveries.get": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that is known. If it is still so: 304. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "id": 1,
                     *       "webhook_id": 1,
                     *       "event_sequence": 1,
                     *       "event_id": "event id",
                     *       "event_kind": "event kind",
                     *       "status": "pending",
                     *       "attempts": 1,
                     *       "response_status": 1,
                     *       "last_error": "last error",
                     *       "next_attempt_at": "2026-11-24T05:46:03.000Z",
                     *       "created_at": "2026-11-24T05:46:03.000Z",
                     *       "updated_at": "2026-11-24T05:46:03.000Z",
                     *       "payload": {}
                     *     } */
                    "application/json": components["schemas"]["WebhookDeliveryWithPayload"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            406: components["responses"]["Problem406"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422Variant2"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "deliveries.replay": {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the client's own for this request. The same key and body get the first answer again, for 24 hours, without what is shown only once; the same key with another body is 422; one that is still under way is 409. Without credentials take a random key, such as a UUID of version 4 or 7: any other counts for your network address and User-Agent alone. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "id": 1,
                     *       "webhook_id": 1,
                     *       "event_sequence": 1,
                     *       "event_id": "event id",
                     *       "event_kind": "event kind",
                     *       "status": "pending",
                     *       "attempts": 1,
                     *       "response_status": 1,
                     *       "last_error": "last error",
                     *       "next_attempt_at": "2026-11-24T05:46:03.000Z",
                     *       "created_at": "2026-11-24T05:46:03.000Z",
                     *       "updated_at": "2026-11-24T05:46:03.000Z"
                     *     } */
                    "application/json": components["schemas"]["WebhookDelivery"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403Variant2"];
            404: components["responses"]["Problem404Variant2"];
            406: components["responses"]["Problem406"];
            /** @description Conflict */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["DeliveriesReplay409"];
                };
            };
            422: components["responses"]["Problem422Variant3"];
            500: components["responses"]["Problem500Variant2"];
            503: components["responses"]["Problem503"];
            507: components["responses"]["Problem507"];
        };
    };
    "mails.test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {
                 *       "to": "ada@example.com"
                 *     } */
                "application/json": components["schemas"]["MailTest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "sent_to": "ada@example.com"
                     *     } */
                    "application/json": components["schemas"]["MailTestSent"];
                };
            };
            400: components["responses"]["Problem400Variant2"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403Variant2"];
            406: components["responses"]["Problem406"];
            /** @description Conflict */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["MailsTest409"];
                };
            };
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422Variant5"];
            /** @description Too many requests */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["MailsTest429"];
                };
            };
            500: components["responses"]["Problem500Variant2"];
            /** @description Service unavailable */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["MailsTest503"];
                };
            };
            507: components["responses"]["Problem507"];
        };
    };
    "mails.list": {
        parameters: {
            query?: {
                /** @description about this order */
                order_id?: number;
                /** @description in this state */
                status?: "waiting" | "sent" | "failed" | "skipped";
                /** @description how many at most; 50 without it */
                limit?: number;
                /** @description where to go on: next_cursor of the page before */
                cursor?: string;
            };
            header?: {
                /** @description The ETag that is known. If it is still so: 304. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "data": [
                     *         {
                     *           "id": 1,
                     *           "kind": "kind",
                     *           "order_id": 1,
                     *           "event_sequence": 1,
                     *           "status": "waiting",
                     *           "attempts": 1,
                     *           "last_error": "last error",
                     *           "created_at": "2026-11-24T05:46:03.000Z",
                     *           "updated_at": "2026-11-24T05:46:03.000Z"
                     *         }
                     *       ],
                     *       "next_cursor": "next cursor"
                     *     } */
                    "application/json": components["schemas"]["MailPage"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            406: components["responses"]["Problem406"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "receipts.page": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that is known. If it is still so: 304. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                link: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html; charset=utf-8": string;
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            404: components["responses"]["Problem404"];
            406: components["responses"]["Problem406"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422Variant2"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "pages.style": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that is known. If it is still so: 304. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "text/css; charset=utf-8": string;
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            406: components["responses"]["Problem406"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422Variant2"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "settings.get": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that is known. If it is still so: 304. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "version": 1,
                     *       "currency": "EUR",
                     *       "shop_name": "shop name",
                     *       "shop_address": {
                     *         "line1": "Analytische Allee 12",
                     *         "line2": "",
                     *         "city": "Berlin",
                     *         "region": "",
                     *         "postal_code": "10115",
                     *         "country": "DE"
                     *       },
                     *       "time_zone": "Europe/Berlin",
                     *       "locale": "de",
                     *       "tax": {
                     *         "prices_include_tax": true,
                     *         "shipping_taxed": true,
                     *         "shipping_class": "standard",
                     *         "untaxed_prices": "net",
                     *         "small_business": "small business",
                     *         "rates": [
                     *           {
                     *             "country": "DE",
                     *             "region": "region",
                     *             "tax_class": "standard",
                     *             "from": "2026-01-01",
                     *             "rate_ppm": 190000,
                     *             "confirmed": true,
                     *             "source": "source"
                     *           }
                     *         ]
                     *       },
                     *       "reservation_minutes": 1,
                     *       "unpaid_holds": {
                     *         "bank_transfer_days": 1,
                     *         "reminder_days": 1,
                     *         "cash_on_delivery_days": 1,
                     *         "gateway_days": 1
                     *       },
                     *       "staff_discount_ppm": 1,
                     *       "guest_limits": {
                     *         "orders_per_email": 1,
                     *         "orders_per_network": 1,
                     *         "units_per_network": 1
                     *       },
                     *       "login_limit": {
                     *         "failures": 1,
                     *         "window_minutes": 1
                     *       },
                     *       "ship_before_payment": {
                     *         "bank_transfer": true,
                     *         "cash_on_delivery": true
                     *       },
                     *       "follow_typed_numbers": true,
                     *       "payment_methods": {
                     *         "card": true,
                     *         "bank_transfer": true,
                     *         "cash_on_delivery": true
                     *       },
                     *       "card_gateway": "stripe",
                     *       "stripe_publishable_key": "pk_live_51",
                     *       "bank_details": "bank details",
                     *       "seller": {
                     *         "legal_name": "Tide & Clay GmbH",
                     *         "vat_id": "DE123456789",
                     *         "tax_number": "",
                     *         "register_entry": "Amtsgericht Charlottenburg, HRB 12345",
                     *         "email": "books@example.com",
                     *         "address": {
                     *           "line1": "Analytische Allee 12",
                     *           "line2": "",
                     *           "city": "Berlin",
                     *           "region": "",
                     *           "postal_code": "10115",
                     *           "country": "DE"
                     *         },
                     *         "payment_terms": "Payable within 14 days.",
                     *         "foot": ""
                     *       },
                     *       "documents": {
                     *         "issue": "by_hand",
                     *         "invoices": {
                     *           "format": "{year}-{number}",
                     *           "digits": 5
                     *         },
                     *         "credit_notes": {
                     *           "format": "{year}-{number}",
                     *           "digits": 5
                     *         },
                     *         "retention_years": 10
                     *       },
                     *       "stripe_secret_key": {
                     *         "set": true,
                     *         "from": "configuration"
                     *       },
                     *       "stripe_webhook_secret": {
                     *         "set": true,
                     *         "from": "configuration"
                     *       },
                     *       "easypost_api_key": {
                     *         "set": true,
                     *         "from": "configuration"
                     *       },
                     *       "easypost_webhook_secret": {
                     *         "set": true,
                     *         "from": "configuration"
                     *       },
                     *       "mail": {
                     *         "host": "smtp.example.com",
                     *         "port": 587,
                     *         "security": "starttls",
                     *         "username": "username",
                     *         "from_address": "ada@example.com",
                     *         "from_name": "from name",
                     *         "reply_to": "ada@example.com",
                     *         "alerts_to": "ada@example.com"
                     *       },
                     *       "smtp_password": {
                     *         "set": true,
                     *         "from": "configuration"
                     *       },
                     *       "log_terms": {
                     *         "events_days": 180,
                     *         "audit_days": 365
                     *       }
                     *     } */
                    "application/json": components["schemas"]["Settings"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            406: components["responses"]["Problem406"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422Variant2"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "settings.update": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that was read. Another version meanwhile is 412. Needed when the caller is known by cookie (428). */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {
                 *       "currency": "EUR",
                 *       "shop_name": "shop name",
                 *       "shop_address": {
                 *         "line1": "Analytische Allee 12",
                 *         "line2": "",
                 *         "city": "Berlin",
                 *         "region": "",
                 *         "postal_code": "10115",
                 *         "country": "DE"
                 *       },
                 *       "time_zone": "Europe/Berlin",
                 *       "locale": "de",
                 *       "tax": {
                 *         "prices_include_tax": true,
                 *         "shipping_taxed": true,
                 *         "shipping_class": "standard",
                 *         "untaxed_prices": "net",
                 *         "small_business": "small business",
                 *         "rates": [
                 *           {
                 *             "country": "DE",
                 *             "region": "region",
                 *             "tax_class": "standard",
                 *             "from": "2026-01-01",
                 *             "rate_ppm": 190000,
                 *             "confirmed": true,
                 *             "source": "source"
                 *           }
                 *         ]
                 *       },
                 *       "reservation_minutes": 1,
                 *       "unpaid_holds": {
                 *         "bank_transfer_days": 1,
                 *         "reminder_days": 1,
                 *         "cash_on_delivery_days": 1,
                 *         "gateway_days": 1
                 *       },
                 *       "staff_discount_ppm": 1,
                 *       "guest_limits": {
                 *         "orders_per_email": 1,
                 *         "orders_per_network": 1,
                 *         "units_per_network": 1
                 *       },
                 *       "login_limit": {
                 *         "failures": 1,
                 *         "window_minutes": 1
                 *       },
                 *       "ship_before_payment": {
                 *         "bank_transfer": true,
                 *         "cash_on_delivery": true
                 *       },
                 *       "follow_typed_numbers": true,
                 *       "payment_methods": {
                 *         "card": true,
                 *         "bank_transfer": true,
                 *         "cash_on_delivery": true
                 *       },
                 *       "card_gateway": "stripe",
                 *       "stripe_publishable_key": "pk_live_51",
                 *       "bank_details": "bank details",
                 *       "seller": {
                 *         "legal_name": "Tide & Clay GmbH",
                 *         "vat_id": "DE123456789",
                 *         "tax_number": "",
                 *         "register_entry": "Amtsgericht Charlottenburg, HRB 12345",
                 *         "email": "books@example.com",
                 *         "address": {
                 *           "line1": "Analytische Allee 12",
                 *           "line2": "",
                 *           "city": "Berlin",
                 *           "region": "",
                 *           "postal_code": "10115",
                 *           "country": "DE"
                 *         },
                 *         "payment_terms": "Payable within 14 days.",
                 *         "foot": ""
                 *       },
                 *       "documents": {
                 *         "issue": "by_hand",
                 *         "invoices": {
                 *           "format": "{year}-{number}",
                 *           "digits": 5
                 *         },
                 *         "credit_notes": {
                 *           "format": "{year}-{number}",
                 *           "digits": 5
                 *         },
                 *         "retention_years": 10
                 *       },
                 *       "mail": {
                 *         "host": "smtp.example.com",
                 *         "port": 587,
                 *         "security": "starttls",
                 *         "username": "username",
                 *         "from_address": "ada@example.com",
                 *         "from_name": "from name",
                 *         "reply_to": "ada@example.com",
                 *         "alerts_to": "ada@example.com"
                 *       },
                 *       "log_terms": {
                 *         "events_days": 180,
                 *         "audit_days": 365
                 *       }
                 *     } */
                "application/json": components["schemas"]["SettingsUpdate"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "version": 1,
                     *       "currency": "EUR",
                     *       "shop_name": "shop name",
                     *       "shop_address": {
                     *         "line1": "Analytische Allee 12",
                     *         "line2": "",
                     *         "city": "Berlin",
                     *         "region": "",
                     *         "postal_code": "10115",
                     *         "country": "DE"
                     *       },
                     *       "time_zone": "Europe/Berlin",
                     *       "locale": "de",
                     *       "tax": {
                     *         "prices_include_tax": true,
                     *         "shipping_taxed": true,
                     *         "shipping_class": "standard",
                     *         "untaxed_prices": "net",
                     *         "small_business": "small business",
                     *         "rates": [
                     *           {
                     *             "country": "DE",
                     *             "region": "region",
                     *             "tax_class": "standard",
                     *             "from": "2026-01-01",
                     *             "rate_ppm": 190000,
                     *             "confirmed": true,
                     *             "source": "source"
                     *           }
                     *         ]
                     *       },
                     *       "reservation_minutes": 1,
                     *       "unpaid_holds": {
                     *         "bank_transfer_days": 1,
                     *         "reminder_days": 1,
                     *         "cash_on_delivery_days": 1,
                     *         "gateway_days": 1
                     *       },
                     *       "staff_discount_ppm": 1,
                     *       "guest_limits": {
                     *         "orders_per_email": 1,
                     *         "orders_per_network": 1,
                     *         "units_per_network": 1
                     *       },
                     *       "login_limit": {
                     *         "failures": 1,
                     *         "window_minutes": 1
                     *       },
                     *       "ship_before_payment": {
                     *         "bank_transfer": true,
                     *         "cash_on_delivery": true
                     *       },
                     *       "follow_typed_numbers": true,
                     *       "payment_methods": {
                     *         "card": true,
                     *         "bank_transfer": true,
                     *         "cash_on_delivery": true
                     *       },
                     *       "card_gateway": "stripe",
                     *       "stripe_publishable_key": "pk_live_51",
                     *       "bank_details": "bank details",
                     *       "seller": {
                     *         "legal_name": "Tide & Clay GmbH",
                     *         "vat_id": "DE123456789",
                     *         "tax_number": "",
                     *         "register_entry": "Amtsgericht Charlottenburg, HRB 12345",
                     *         "email": "books@example.com",
                     *         "address": {
                     *           "line1": "Analytische Allee 12",
                     *           "line2": "",
                     *           "city": "Berlin",
                     *           "region": "",
                     *           "postal_code": "10115",
                     *           "country": "DE"
                     *         },
                     *         "payment_terms": "Payable within 14 days.",
                     *         "foot": ""
                     *       },
                     *       "documents": {
                     *         "issue": "by_hand",
                     *         "invoices": {
                     *           "format": "{year}-{number}",
                     *           "digits": 5
                     *         },
                     *         "credit_notes": {
                     *           "format": "{year}-{number}",
                     *           "digits": 5
                     *         },
                     *         "retention_years": 10
                     *       },
                     *       "stripe_secret_key": {
                     *         "set": true,
                     *         "from": "configuration"
                     *       },
                     *       "stripe_webhook_secret": {
                     *         "set": true,
                     *         "from": "configuration"
                     *       },
                     *       "easypost_api_key": {
                     *         "set": true,
                     *         "from": "configuration"
                     *       },
                     *       "easypost_webhook_secret": {
                     *         "set": true,
                     *         "from": "configuration"
                     *       },
                     *       "mail": {
                     *         "host": "smtp.example.com",
                     *         "port": 587,
                     *         "security": "starttls",
                     *         "username": "username",
                     *         "from_address": "ada@example.com",
                     *         "from_name": "from name",
                     *         "reply_to": "ada@example.com",
                     *         "alerts_to": "ada@example.com"
                     *       },
                     *       "smtp_password": {
                     *         "set": true,
                     *         "from": "configuration"
                     *       },
                     *       "log_terms": {
                     *         "events_days": 180,
                     *         "audit_days": 365
                     *       }
                     *     } */
                    "application/json": components["schemas"]["Settings"];
                };
            };
            400: components["responses"]["Problem400Variant2"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403Variant2"];
            406: components["responses"]["Problem406"];
            /** @description Conflict */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["SettingsUpdate409"];
                };
            };
            412: components["responses"]["Problem412Variant2"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            /** @description Unprocessable content */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["SettingsUpdate422"];
                };
            };
            428: components["responses"]["Problem428"];
            500: components["responses"]["Problem500Variant2"];
            503: components["responses"]["Problem503"];
            507: components["responses"]["Problem507"];
        };
    };
    "events.list": {
        parameters: {
            query?: {
                /** @description events after this sequence; where it is absent, all that are kept */
                after?: number;
                /** @description the log that `after` is of: another one is refused */
                log?: string;
                /** @description of this kind of thing: order, product, … */
                subject?: string;
                /** @description of this thing */
                subject_id?: number;
                /** @description how many at most; 50 without it */
                limit?: number;
                /** @description where to go on: next_cursor of the page before */
                cursor?: string;
            };
            header?: {
                /** @description The ETag that is known. If it is still so: 304. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "log": "log",
                     *       "data": [
                     *         {
                     *           "sequence": 1,
                     *           "kind": "kind",
                     *           "subject": "subject",
                     *           "subject_id": 1,
                     *           "body": {},
                     *           "actor": "actor",
                     *           "at": "2026-11-24T05:46:03.000Z"
                     *         }
                     *       ],
                     *       "next_cursor": "next cursor"
                     *     } */
                    "application/json": components["schemas"]["ShopEvents"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            406: components["responses"]["Problem406"];
            /** @description Conflict */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["EventsList409"];
                };
            };
            /** @description Gone */
            410: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["EventsList410"];
                };
            };
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "events.stream": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that is known. If it is still so: 304. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            406: components["responses"]["Problem406"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422Variant2"];
            500: components["responses"]["Problem500"];
            /** @description Service unavailable */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["EventsStream503"];
                };
            };
        };
    };
    "audit.list": {
        parameters: {
            query?: {
                /** @description an admin's username */
                actor?: string;
                /** @description of this kind of thing */
                subject?: string;
                /** @description of this thing */
                subject_id?: number;
                /** @description how many at most; 50 without it */
                limit?: number;
                /** @description where to go on: next_cursor of the page before */
                cursor?: string;
            };
            header?: {
                /** @description The ETag that is known. If it is still so: 304. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "data": [
                     *         {
                     *           "id": 1,
                     *           "at": "2026-11-24T05:46:03.000Z",
                     *           "actor": {
                     *             "kind": "kind",
                     *             "id": 1,
                     *             "name": "name"
                     *           },
                     *           "address": "address",
                     *           "action": "action",
                     *           "subject": "subject",
                     *           "subject_id": 1,
                     *           "before": {},
                     *           "after": {}
                     *         }
                     *       ],
                     *       "next_cursor": "next cursor"
                     *     } */
                    "application/json": components["schemas"]["AuditEntryPage"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            406: components["responses"]["Problem406"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "customers.export": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that is known. If it is still so: 304. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "exported_at": "2026-11-24T05:46:03.000Z",
                     *       "customer": {},
                     *       "sessions": [
                     *         {}
                     *       ],
                     *       "events": [
                     *         {}
                     *       ],
                     *       "orders": [
                     *         {}
                     *       ]
                     *     } */
                    "application/json": components["schemas"]["CustomerExport"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            406: components["responses"]["Problem406"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422Variant2"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "orders.export": {
        parameters: {
            query?: {
                /** @description any of these */
                status?: ("pending" | "paid" | "processing" | "partially_shipped" | "shipped" | "delivered" | "returned" | "cancelled" | "expired")[];
                /** @description placed at this time or later; a date alone is a day of the shop's time zone */
                from?: string;
                /** @description placed before this time; a date alone is a day of the shop's time zone, and counts to its end */
                to?: string;
                /** @description of this customer */
                customer_id?: number;
                /** @description with this product in it */
                product_id?: number;
                /** @description managed by this admin */
                managed_by?: number;
                /** @description true: may be packed now or is in packing; false: neither */
                packable?: boolean;
                /** @description true: with a parcel that has no label or is held up */
                in_trouble?: boolean;
                /** @description an order number, or the customer's e-mail, telephone, or words of the name */
                q?: string;
                /** @description between the fields: a comma if absent; with ; amounts have a decimal comma, as spreadsheets expect in much of Europe */
                separator?: "," | ";";
                /** @description true: the file begins with a UTF-8 byte order mark, by which Excel knows letters */
                bom?: boolean;
            };
            header?: {
                /** @description The ETag that is known. If it is still so: 304. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            406: components["responses"]["Problem406"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422Variant2"];
            500: components["responses"]["Problem500"];
            /** @description Service unavailable */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["OrdersExport503"];
                };
            };
        };
    };
    "customers.exportList": {
        parameters: {
            query?: {
                /** @description a whole e-mail address, a telephone number, or words of a name */
                q?: string;
                /** @description between the fields: a comma if absent; with ; amounts have a decimal comma, as spreadsheets expect in much of Europe */
                separator?: "," | ";";
                /** @description true: the file begins with a UTF-8 byte order mark, by which Excel knows letters */
                bom?: boolean;
            };
            header?: {
                /** @description The ETag that is known. If it is still so: 304. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            406: components["responses"]["Problem406"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422Variant2"];
            500: components["responses"]["Problem500"];
            /** @description Service unavailable */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["CustomersExportList503"];
                };
            };
        };
    };
    "reports.takings": {
        parameters: {
            query?: {
                /** @description of the shop's time zone, as 2026-11; the present one if absent */
                month?: string;
                /** @description between the fields: a comma if absent; with ; amounts have a decimal comma, as spreadsheets expect in much of Europe */
                separator?: "," | ";";
                /** @description true: the file begins with a UTF-8 byte order mark, by which Excel knows letters */
                bom?: boolean;
            };
            header?: {
                /** @description The ETag that is known. If it is still so: 304. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "month": "2026-11",
                     *       "currency": "EUR",
                     *       "time_zone": "time zone",
                     *       "row_count": 1,
                     *       "rows": [
                     *         {
                     *           "date": "2026-11-24",
                     *           "method": "card",
                     *           "payments": 1,
                     *           "captured": 1999,
                     *           "refunds": 1,
                     *           "refunded": 1999,
                     *           "net": 1999
                     *         }
                     *       ],
                     *       "sums": [
                     *         {
                     *           "date": "2026-11-24",
                     *           "method": "card",
                     *           "payments": 1,
                     *           "captured": 1999,
                     *           "refunds": 1,
                     *           "refunded": 1999,
                     *           "net": 1999
                     *         }
                     *       ]
                     *     } */
                    "application/json": components["schemas"]["TakingsReport"];
                    "text/csv": string;
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            406: components["responses"]["Problem406"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422Variant2"];
            500: components["responses"]["Problem500"];
            /** @description Service unavailable */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ReportsTakings503"];
                };
            };
        };
    };
    "reports.takingsCsv": {
        parameters: {
            query?: {
                /** @description of the shop's time zone, as 2026-11; the present one if absent */
                month?: string;
                /** @description between the fields: a comma if absent; with ; amounts have a decimal comma, as spreadsheets expect in much of Europe */
                separator?: "," | ";";
                /** @description true: the file begins with a UTF-8 byte order mark, by which Excel knows letters */
                bom?: boolean;
            };
            header?: {
                /** @description The ETag that is known. If it is still so: 304. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            406: components["responses"]["Problem406"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422Variant2"];
            500: components["responses"]["Problem500"];
            /** @description Service unavailable */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ReportsTakingsCsv503"];
                };
            };
        };
    };
    "reports.tax": {
        parameters: {
            query?: {
                /** @description of the shop's time zone, as 2026-11; the present one if absent */
                month?: string;
                /** @description between the fields: a comma if absent; with ; amounts have a decimal comma, as spreadsheets expect in much of Europe */
                separator?: "," | ";";
                /** @description true: the file begins with a UTF-8 byte order mark, by which Excel knows letters */
                bom?: boolean;
            };
            header?: {
                /** @description The ETag that is known. If it is still so: 304. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "month": "2026-11",
                     *       "currency": "EUR",
                     *       "time_zone": "time zone",
                     *       "row_count": 1,
                     *       "rows": [
                     *         {
                     *           "country": "country",
                     *           "treatment": "taxed",
                     *           "rate_ppm": 190000,
                     *           "documents": 1,
                     *           "net": 1999,
                     *           "tax": 1999,
                     *           "total": 1999
                     *         }
                     *       ],
                     *       "sums": [
                     *         {
                     *           "country": "country",
                     *           "treatment": "taxed",
                     *           "rate_ppm": 190000,
                     *           "documents": 1,
                     *           "net": 1999,
                     *           "tax": 1999,
                     *           "total": 1999
                     *         }
                     *       ]
                     *     } */
                    "application/json": components["schemas"]["TaxReport"];
                    "text/csv": string;
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            406: components["responses"]["Problem406"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422Variant2"];
            500: components["responses"]["Problem500"];
            /** @description Service unavailable */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ReportsTax503"];
                };
            };
        };
    };
    "reports.taxCsv": {
        parameters: {
            query?: {
                /** @description of the shop's time zone, as 2026-11; the present one if absent */
                month?: string;
                /** @description between the fields: a comma if absent; with ; amounts have a decimal comma, as spreadsheets expect in much of Europe */
                separator?: "," | ";";
                /** @description true: the file begins with a UTF-8 byte order mark, by which Excel knows letters */
                bom?: boolean;
            };
            header?: {
                /** @description The ETag that is known. If it is still so: 304. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            406: components["responses"]["Problem406"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422Variant2"];
            500: components["responses"]["Problem500"];
            /** @description Service unavailable */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ReportsTaxCsv503"];
                };
            };
        };
    };
    "reports.sales": {
        parameters: {
            query?: {
                /** @description of the shop's time zone, as 2026-11; the present one if absent */
                month?: string;
                /** @description between the fields: a comma if absent; with ; amounts have a decimal comma, as spreadsheets expect in much of Europe */
                separator?: "," | ";";
                /** @description true: the file begins with a UTF-8 byte order mark, by which Excel knows letters */
                bom?: boolean;
            };
            header?: {
                /** @description The ETag that is known. If it is still so: 304. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "month": "2026-11",
                     *       "currency": "EUR",
                     *       "time_zone": "time zone",
                     *       "row_count": 1,
                     *       "rows": [
                     *         {
                     *           "sku": "sku",
                     *           "product": "product",
                     *           "orders": 1,
                     *           "units": 1,
                     *           "discount": 1999,
                     *           "revenue": 1999
                     *         }
                     *       ],
                     *       "sums": [
                     *         {
                     *           "sku": "sku",
                     *           "product": "product",
                     *           "orders": 1,
                     *           "units": 1,
                     *           "discount": 1999,
                     *           "revenue": 1999
                     *         }
                     *       ]
                     *     } */
                    "application/json": components["schemas"]["SalesReport"];
                    "text/csv": string;
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            406: components["responses"]["Problem406"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422Variant2"];
            500: components["responses"]["Problem500"];
            /** @description Service unavailable */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ReportsSales503"];
                };
            };
        };
    };
    "reports.salesCsv": {
        parameters: {
            query?: {
                /** @description of the shop's time zone, as 2026-11; the present one if absent */
                month?: string;
                /** @description between the fields: a comma if absent; with ; amounts have a decimal comma, as spreadsheets expect in much of Europe */
                separator?: "," | ";";
                /** @description true: the file begins with a UTF-8 byte order mark, by which Excel knows letters */
                bom?: boolean;
            };
            header?: {
                /** @description The ETag that is known. If it is still so: 304. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            406: components["responses"]["Problem406"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422Variant2"];
            500: components["responses"]["Problem500"];
            /** @description Service unavailable */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ReportsSalesCsv503"];
                };
            };
        };
    };
    "reports.openPayments": {
        parameters: {
            query?: {
                /** @description of the shop's time zone, as 2026-11; the present one if absent */
                month?: string;
                /** @description between the fields: a comma if absent; with ; amounts have a decimal comma, as spreadsheets expect in much of Europe */
                separator?: "," | ";";
                /** @description true: the file begins with a UTF-8 byte order mark, by which Excel knows letters */
                bom?: boolean;
            };
            header?: {
                /** @description The ETag that is known. If it is still so: 304. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "month": "2026-11",
                     *       "currency": "EUR",
                     *       "time_zone": "time zone",
                     *       "row_count": 1,
                     *       "rows": [
                     *         {
                     *           "order_id": 1042,
                     *           "date": "2026-11-24",
                     *           "customer": "customer",
                     *           "method": "card",
                     *           "payment_status": "processing",
                     *           "total": 1999,
                     *           "captured": 1999,
                     *           "owed": 1999
                     *         }
                     *       ],
                     *       "sums": [
                     *         {
                     *           "order_id": 1042,
                     *           "date": "2026-11-24",
                     *           "customer": "customer",
                     *           "method": "card",
                     *           "payment_status": "processing",
                     *           "total": 1999,
                     *           "captured": 1999,
                     *           "owed": 1999
                     *         }
                     *       ]
                     *     } */
                    "application/json": components["schemas"]["OpenPaymentsReport"];
                    "text/csv": string;
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            406: components["responses"]["Problem406"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422Variant2"];
            500: components["responses"]["Problem500"];
            /** @description Service unavailable */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ReportsOpenPayments503"];
                };
            };
        };
    };
    "reports.openPaymentsCsv": {
        parameters: {
            query?: {
                /** @description of the shop's time zone, as 2026-11; the present one if absent */
                month?: string;
                /** @description between the fields: a comma if absent; with ; amounts have a decimal comma, as spreadsheets expect in much of Europe */
                separator?: "," | ";";
                /** @description true: the file begins with a UTF-8 byte order mark, by which Excel knows letters */
                bom?: boolean;
            };
            header?: {
                /** @description The ETag that is known. If it is still so: 304. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            406: components["responses"]["Problem406"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422Variant2"];
            500: components["responses"]["Problem500"];
            /** @description Service unavailable */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ReportsOpenPaymentsCsv503"];
                };
            };
        };
    };
    "reports.refundsToSend": {
        parameters: {
            query?: {
                /** @description of the shop's time zone, as 2026-11; the present one if absent */
                month?: string;
                /** @description between the fields: a comma if absent; with ; amounts have a decimal comma, as spreadsheets expect in much of Europe */
                separator?: "," | ";";
                /** @description true: the file begins with a UTF-8 byte order mark, by which Excel knows letters */
                bom?: boolean;
            };
            header?: {
                /** @description The ETag that is known. If it is still so: 304. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "month": "2026-11",
                     *       "currency": "EUR",
                     *       "time_zone": "time zone",
                     *       "row_count": 1,
                     *       "rows": [
                     *         {
                     *           "order_id": 1042,
                     *           "date": "2026-11-24",
                     *           "customer": "customer",
                     *           "method": "card",
                     *           "reason": "reason",
                     *           "amount": 1999
                     *         }
                     *       ],
                     *       "sums": [
                     *         {
                     *           "order_id": 1042,
                     *           "date": "2026-11-24",
                     *           "customer": "customer",
                     *           "method": "card",
                     *           "reason": "reason",
                     *           "amount": 1999
                     *         }
                     *       ]
                     *     } */
                    "application/json": components["schemas"]["RefundsToSendReport"];
                    "text/csv": string;
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            406: components["responses"]["Problem406"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422Variant2"];
            500: components["responses"]["Problem500"];
            /** @description Service unavailable */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ReportsRefundsToSend503"];
                };
            };
        };
    };
    "reports.refundsToSendCsv": {
        parameters: {
            query?: {
                /** @description of the shop's time zone, as 2026-11; the present one if absent */
                month?: string;
                /** @description between the fields: a comma if absent; with ; amounts have a decimal comma, as spreadsheets expect in much of Europe */
                separator?: "," | ";";
                /** @description true: the file begins with a UTF-8 byte order mark, by which Excel knows letters */
                bom?: boolean;
            };
            header?: {
                /** @description The ETag that is known. If it is still so: 304. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            406: components["responses"]["Problem406"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422Variant2"];
            500: components["responses"]["Problem500"];
            /** @description Service unavailable */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ReportsRefundsToSendCsv503"];
                };
            };
        };
    };
    "jobs.list": {
        parameters: {
            query?: {
                /** @description in this status */
                status?: "ready" | "running" | "dead";
                /** @description in this lane */
                lane?: "money" | "parcels" | "mail" | "webhooks" | "upkeep";
                /** @description how many at most; 50 without it */
                limit?: number;
                /** @description where to go on: next_cursor of the page before */
                cursor?: string;
            };
            header?: {
                /** @description The ETag that is known. If it is still so: 304. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "data": [
                     *         {
                     *           "id": 1,
                     *           "kind": "kind",
                     *           "lane": "money",
                     *           "party": "party",
                     *           "paused_until": "2026-11-24T05:46:03.000Z",
                     *           "payload": {},
                     *           "status": "ready",
                     *           "run_at": "2026-11-24T05:46:03.000Z",
                     *           "attempts": 1,
                     *           "max_attempts": 1,
                     *           "last_error": "last error",
                     *           "created_at": "2026-11-24T05:46:03.000Z",
                     *           "updated_at": "2026-11-24T05:46:03.000Z"
                     *         }
                     *       ],
                     *       "next_cursor": "next cursor"
                     *     } */
                    "application/json": components["schemas"]["JobPage"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            406: components["responses"]["Problem406"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "jobs.retry": {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of the client's own for this request. The same key and body get the first answer again, for 24 hours, without what is shown only once; the same key with another body is 422; one that is still under way is 409. Without credentials take a random key, such as a UUID of version 4 or 7: any other counts for your network address and User-Agent alone. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "id": 1,
                     *       "kind": "kind",
                     *       "lane": "money",
                     *       "party": "party",
                     *       "paused_until": "2026-11-24T05:46:03.000Z",
                     *       "payload": {},
                     *       "status": "ready",
                     *       "run_at": "2026-11-24T05:46:03.000Z",
                     *       "attempts": 1,
                     *       "max_attempts": 1,
                     *       "last_error": "last error",
                     *       "created_at": "2026-11-24T05:46:03.000Z",
                     *       "updated_at": "2026-11-24T05:46:03.000Z"
                     *     } */
                    "application/json": components["schemas"]["Job"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403Variant2"];
            404: components["responses"]["Problem404Variant2"];
            406: components["responses"]["Problem406"];
            /** @description Conflict */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["JobsRetry409"];
                };
            };
            422: components["responses"]["Problem422Variant3"];
            500: components["responses"]["Problem500Variant2"];
            503: components["responses"]["Problem503"];
            507: components["responses"]["Problem507"];
        };
    };
    "jobs.discard": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No content */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403Variant2"];
            404: components["responses"]["Problem404"];
            /** @description Conflict */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["JobsDiscard409"];
                };
            };
            422: components["responses"]["Problem422Variant2"];
            500: components["responses"]["Problem500Variant2"];
            503: components["responses"]["Problem503"];
            507: components["responses"]["Problem507"];
        };
    };
    "jobs.lanes": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that is known. If it is still so: 304. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "data": [
                     *         {
                     *           "lane": "money",
                     *           "workers": 1,
                     *           "running": 1,
                     *           "waiting": 1,
                     *           "paused": [
                     *             {
                     *               "party": "party",
                     *               "reason": "reason",
                     *               "failures": 1,
                     *               "since": "2026-11-24T05:46:03.000Z",
                     *               "until": "2026-11-24T05:46:03.000Z",
                     *               "waiting": 1
                     *             }
                     *           ]
                     *         }
                     *       ]
                     *     } */
                    "application/json": components["schemas"]["Lanes"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            406: components["responses"]["Problem406"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422Variant2"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "jobs.tryParty": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                party: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No content */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403Variant2"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422Variant2"];
            500: components["responses"]["Problem500Variant2"];
            503: components["responses"]["Problem503"];
            507: components["responses"]["Problem507"];
        };
    };
    "stats.today": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that is known. If it is still so: 304. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "to_pack": 1,
                     *       "pending": 1,
                     *       "failed_payments": 1,
                     *       "disputed_payments": 1,
                     *       "troubled_orders": 1,
                     *       "large_holds": 1,
                     *       "refunds_to_send": 1,
                     *       "low_stock": 1,
                     *       "dead_jobs": 1,
                     *       "backups_scheduled": true,
                     *       "last_backup_at": "2026-11-24T05:46:03.000Z",
                     *       "storage_trouble": {
                     *         "kind": "no_space",
                     *         "text": "text"
                     *       },
                     *       "database": {
                     *         "bytes": 1,
                     *         "week_bytes": 1,
                     *         "disk_free_bytes": 1,
                     *         "full_at": "2026-11-24T05:46:03.000Z",
                     *         "is_short": true
                     *       },
                     *       "backup_late_at": "2026-11-24T05:46:03.000Z"
                     *     } */
                    "application/json": components["schemas"]["Stats"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            406: components["responses"]["Problem406"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422Variant2"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "stats.sales": {
        parameters: {
            query?: {
                /** @description how many days of the shop's time zone, today included; 30 if absent */
                days?: number;
            };
            header?: {
                /** @description The ETag that is known. If it is still so: 304. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "days": [
                     *         {
                     *           "date": "2026-11-24",
                     *           "orders": 1,
                     *           "takings": 1
                     *         }
                     *       ],
                     *       "top_products": [
                     *         {
                     *           "product_id": 1,
                     *           "sku": "sku",
                     *           "name": "name",
                     *           "units": 1,
                     *           "revenue": 1
                     *         }
                     *       ]
                     *     } */
                    "application/json": components["schemas"]["Sales"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            406: components["responses"]["Problem406"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422Variant2"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "checklist.get": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that is known. If it is still so: 304. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "steps": [
                     *         {
                     *           "step": "shop_address",
                     *           "done": true,
                     *           "confirmable": true,
                     *           "confirmed": true
                     *         }
                     *       ],
                     *       "open": 1,
                     *       "unconfirmed_rates": 1
                     *     } */
                    "application/json": components["schemas"]["Checklist"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            406: components["responses"]["Problem406"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422Variant2"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "checklist.confirm": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                step: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {
                 *       "confirmed": true
                 *     } */
                "application/json": components["schemas"]["ChecklistConfirmation"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "steps": [
                     *         {
                     *           "step": "shop_address",
                     *           "done": true,
                     *           "confirmable": true,
                     *           "confirmed": true
                     *         }
                     *       ],
                     *       "open": 1,
                     *       "unconfirmed_rates": 1
                     *     } */
                    "application/json": components["schemas"]["Checklist"];
                };
            };
            400: components["responses"]["Problem400Variant2"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403Variant2"];
            404: components["responses"]["Problem404"];
            406: components["responses"]["Problem406"];
            /** @description Conflict */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ChecklistConfirm409"];
                };
            };
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422Variant5"];
            500: components["responses"]["Problem500Variant2"];
            503: components["responses"]["Problem503"];
            507: components["responses"]["Problem507"];
        };
    };
    "service.health": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that is known. If it is still so: 304. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "status": "ok"
                     *     } */
                    "application/json": components["schemas"]["Health"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            406: components["responses"]["Problem406"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422Variant2"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "service.readiness": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that is known. If it is still so: 304. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "status": "ok"
                     *     } */
                    "application/json": components["schemas"]["Health"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            406: components["responses"]["Problem406"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422Variant2"];
            500: components["responses"]["Problem500"];
            /** @description Service unavailable */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ServiceReadiness503"];
                };
            };
        };
    };
    "service.metrics": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that is known. If it is still so: 304. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "text/plain; version=0.0.4; charset=utf-8": string;
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            406: components["responses"]["Problem406"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422Variant2"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "service.openapi": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that is known. If it is still so: 304. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {} */
                    "application/json": unknown;
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            406: components["responses"]["Problem406"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422Variant2"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "docs.page": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that is known. If it is still so: 304. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html; charset=utf-8": string;
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            406: components["responses"]["Problem406"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422Variant2"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "docs.style": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that is known. If it is still so: 304. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "text/css; charset=utf-8": string;
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            406: components["responses"]["Problem406"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422Variant2"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "docs.script": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that is known. If it is still so: 304. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "text/javascript; charset=utf-8": string;
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            406: components["responses"]["Problem406"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422Variant2"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
}
