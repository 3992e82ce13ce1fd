// What a campaign's clients know of their shop: a model of plain data that grows by what was acknowledged, so that a
// copy of it goes with each backup.

/** A model of a new shop. */
export function newState() {
    return {
        products: new Map(),
        orders: new Map(),
        customers: new Map(),
        admins: new Map(),
        apiKeys: new Map(),
        imports: new Map(),
        hooks: new Map(),
        settings: {},
        /** The event log as far as it was read, and what follows from it alone. */
        log: {name: '', last: 0, stocks: new Map(), placed: new Set()},
    };
}

/** A field as its writer with the highest version left it. */
export function wrote(fields, name, value, version) {
    if (!fields[name] || fields[name].version < version) {
        fields[name] = {value, version};
    }
}

export function newOrder(body, {staff = false, customer = null, email, note, product}) {
    return {
        id: body.id,
        token: body.access_token ?? null,
        total: body.total,
        email,
        note,
        staff,
        customer,
        items: body.items.map(item => ({id: item.id, product: item.product_id, quantity: item.quantity})),
        mayExpire: false,
        isCancelled: false,
        isRestCancelled: false,
        isErased: false,
        isRestored: false,
        cards: [],
        payment: null,
        shipments: new Map(),
        returns: new Map(),
        refunds: new Map(),
        last: {status: body.status, payment: body.payment_status},
        product,
    };
}

const sum = numbers => numbers.reduce((all, one) => all + one, 0);
const unitsIn = (list, item) => sum(list.filter(unit => unit.item_id === item).map(unit => unit.quantity));

/** How many units of a line left the house, and how many of them came back. */
export const shippedOf = (order, item) =>
    sum([...order.shipments.values()].filter(it => it.left).map(it => unitsIn(it.items, item)));
export const returnedOf = (order, item) =>
    sum([...order.returns.values(), ...order.refunds.values()].map(it => unitsIn(it.items, item)));
/** … and how many are in a parcel that has not left. */
export const packedOf = (order, item) =>
    sum([...order.shipments.values()].filter(it => !it.left && !it.voided).map(it => unitsIn(it.items, item)));

export function isClosed(order) {
    return order.isCancelled || order.last.status === 'expired';
}

/** What a product's stock must be by all that was acknowledged. */
export function stockOf(state) {
    const stocks = new Map();
    for (const product of state.products.values()) {
        if (!product.isDeleted) {
            stocks.set(product.id, {on_hand: product.counted, reserved: 0});
        }
    }
    for (const order of state.orders.values()) {
        for (const item of order.items) {
            const stock = stocks.get(item.product);
            if (!stock) {
                continue;
            }
            const shipped = shippedOf(order, item.id);
            stock.on_hand -= shipped;
            for (const back of [...order.returns.values(), ...order.refunds.values()]) {
                stock.on_hand += back.restocked ? unitsIn(back.items, item.id) : 0;
            }
            if (!isClosed(order) && !order.isRestCancelled) {
                stock.reserved += item.quantity - shipped;
            }
        }
    }
    return stocks;
}

/** Takes an event into what the log alone tells of the stock (the README's rule). @returns what is wrong with it */
export function replay(log, event) {
    const {kind, subject_id: id, body} = event;
    const of = product => {
        if (!log.stocks.has(product)) {
            log.stocks.set(product, {on_hand: 0, reserved: 0});
        }
        return log.stocks.get(product);
    };
    const each = (onHand, reserved) => {
        for (const item of body.items) {
            of(item.product_id).on_hand += onHand * item.quantity;
            of(item.product_id).reserved += reserved * item.quantity;
        }
    };
    if (kind === 'product.created') {
        of(id).on_hand = body.on_hand;
    } else if (kind === 'product.deleted') {
        log.stocks.delete(id);
    } else if (kind === 'stock.adjusted') {
        of(id).on_hand += body.delta;
        if (of(id).on_hand !== body.on_hand) {
            return `event ${event.sequence}: the log comes to ${of(id).on_hand} of product ${id}, and the event says ${body.on_hand}`;
        }
    } else if (kind === 'order.placed') {
        each(0, 1);
        if (log.placed.has(id)) {
            return `order ${id} was placed twice`;
        }
        log.placed.add(id);
    } else if (['order.cancelled', 'order.expired', 'order.rest_cancelled'].includes(kind)) {
        each(0, -1);
    } else if (['shipment.in_transit', 'shipment.delivered'].includes(kind) && body.items) {
        each(-1, -1);
    } else if (kind === 'order.items_returned' && body.restocked) {
        each(1, 0);
    }
    return null;
}
