// What clients do with parcels: packing, labels, shipping, news of carriers, returns.
import {packedOf, returnedOf, shippedOf} from './model.mjs';
import {askAbout, look, someOrder} from './orders.mjs';

/** Parcels that the shop has and the model does not: those of a request that got no answer. */
function adopt(c, order, parcels) {
    for (const parcel of parcels) {
        const known = order.shipments.get(parcel.id);
        if (!known) {
            c.given('shipment', parcel.id);
            order.shipments.set(parcel.id, {items: parcel.items, left: false, voided: false});
        }
    }
}

/** One client at a time packs an order, so that a parcel is known by who asked for it. */
function packing(kind, weight, fits, act) {
    return {
        kind, weight,
        async run(c, random) {
            const order = someOrder(c, random, it => !it.isCancelled && !it.isPacking && fits(it));
            if (!order) {
                return false;
            }
            order.isPacking = true;
            try {
                return await act(c, random, order);
            } finally {
                order.isPacking = false;
            }
        },
    };
}

const open = (order, item) => item.quantity - shippedOf(order, item.id) - packedOf(order, item.id);

const start = packing('fulfil', 18, it => ['paid', 'processing', 'partially_shipped', 'pending'].includes(it.last.status)
    && it.items.some(item => open(it, item) > 0), async (c, random, order) => {
    const before = await look(c, order);
    const left = order.items.filter(item => open(order, item) > 0);
    const isWhole = random.chance(0.5);
    const item = random.pick(left);
    const body = {carrier: 'local', service: 'standard', parcel: {weight_g: 500},
        ...(isWhole ? {} : {items: [{item_id: item.id, quantity: random.between(1, Math.min(2, open(order, item)))}]})};
    const endings = c.server.endings;
    const answer = await c.client.ask('PUT', `/orders/${order.id}/fulfillment`, {token: c.staffToken(random), body, match: `"${before?.version}"`});
    if (answer.status === 202) {
        adopt(c, order, [answer.body]);
    } else {
        c.expect([409, 412].includes(answer.status) || answer.status === 422, 'a parcel is begun or refused', `${answer.status} ${answer.text}`);
    }
    if (c.server.endings !== endings) {
        const now = await look(c, order);
        const unknown = now.shipments.filter(it => !order.shipments.has(it.id));
        c.expect(unknown.length <= 1, 'a request in doubt makes one parcel at most', `order ${order.id}: ${JSON.stringify(unknown)}`);
        adopt(c, order, unknown);
        return unknown.length + (answer.status === 202) > 0;
    }
    return answer.status === 202;
});

/** Moves a parcel on, and learns from the shop which parcels left. */
function learn(c, order, parcels) {
    for (const parcel of parcels) {
        const known = order.shipments.get(parcel.id);
        if (known) {
            known.left ||= !['label_pending', 'label_ready', 'failed', 'voided'].includes(parcel.status);
            known.voided ||= parcel.status === 'voided';
            known.isUnderWay = ['in_transit', 'out_for_delivery', 'exception'].includes(parcel.status);
        }
    }
}

const inHouse = order => [...order.shipments].filter(([, it]) => !it.left && !it.voided);
const underWay = order => [...order.shipments].filter(([, it]) => it.left);

const ship = packing('ship', 22, it => inHouse(it).length > 0, async (c, random, order) => {
    const [id] = random.pick(inHouse(order));
    const answer = await c.client.ask('PUT', `/orders/${order.id}/fulfillment`, {token: c.staffToken(random), body: {status: 'shipped', shipment_id: id}});
    c.expect([200, 409].includes(answer.status), 'a parcel leaves or is refused', `${answer.status} ${answer.text}`);
    const now = await look(c, order);
    learn(c, order, now.shipments);
    if (answer.status === 200) {
        c.expect(order.shipments.get(id).left, 'a parcel that was said to leave has left', `order ${order.id}, shipment ${id}`);
    }
    return answer.status === 200;
});

const deliver = packing('deliver', 8, it => underWay(it).some(([, p]) => p.isUnderWay), async (c, random, order) => {
    const [id] = random.pick(underWay(order).filter(([, p]) => p.isUnderWay));
    const answer = await c.client.ask('PUT', `/orders/${order.id}/fulfillment`, {token: c.staffToken(random), body: {status: 'delivered', shipment_id: id}});
    c.expect([200, 409].includes(answer.status), 'a parcel arrives or is refused', `${answer.status} ${answer.text}`);
    learn(c, order, (await look(c, order)).shipments);
    return answer.status === 200;
});

const news = packing('tracking.event', 6, it => it.shipments.size > 0, async (c, random, order) => {
    const id = random.pick([...order.shipments.keys()]);
    const status = random.pick(['in_transit', 'out_for_delivery', 'delivered', 'exception']);
    const answer = await askAbout(c, order, 'POST', `/shipments/${id}/events`,
        {token: c.staffToken(random), key: random.uuid(), body: {status, description: `seen ${c.next()}`, location: 'Berlin'}});
    c.expect([201, 409].includes(answer.status), 'news of a parcel is taken or refused', `${answer.status} ${answer.text}`);
    learn(c, order, (await look(c, order)).shipments);
    return answer.status === 201;
});

const giveUp = packing('label.void', 3, it => inHouse(it).length > 0, async (c, random, order) => {
    const [id] = random.pick(inHouse(order));
    const answer = await askAbout(c, order, 'POST', `/shipments/${id}/void`, {token: c.staffToken(random), key: random.uuid()});
    c.expect([200, 409].includes(answer.status), 'a label is voided or refused', `${answer.status} ${answer.text}`);
    learn(c, order, (await look(c, order)).shipments);
    if (answer.status === 200) {
        c.expect(order.shipments.get(id).voided, 'a label that was voided stays so', `order ${order.id}, shipment ${id}`);
    }
    return answer.status === 200;
});

const print = {
    kind: 'label.print', weight: 4,
    async run(c, random) {
        const order = someOrder(c, random, it => inHouse(it).length > 0 && !it.isErased);
        if (!order) {
            return false;
        }
        const {shipments} = await look(c, order);
        const id = shipments.find(it => it.status === 'label_ready')?.id;
        if (!id) {
            return false;
        }
        const path = random.pick([`/shipments/${id}/label.pdf`, `/shipments/${id}/label.zpl`, `/shipments/${id}/packing-slip`]);
        const answer = await c.client.ask('GET', path, {token: c.staffToken(random)});
        c.expect([200, 409].includes(answer.status), 'a label is printed', `${answer.status} ${answer.text.slice(0, 200)}`);
        return answer.status === 200 && answer.text.length > 100;
    },
};

const follow = {
    kind: 'tracking.page', weight: 4,
    async run(c, random) {
        const order = someOrder(c, random, it => it.token && it.shipments.size > 0);
        if (!order) {
            return false;
        }
        const answer = await c.client.ask('GET', `/orders/${order.id}/tracking`, {token: order.token});
        if (!c.expect(answer.status === 200, 'a holder follows the parcels', `order ${order.id}: ${answer.status} ${answer.text}`)) {
            return false;
        }
        const page = await c.client.ask('GET', answer.body.page_url.replace(/^https?:\/\/[^/]+/, ''));
        return c.expect(page.status === 200 && page.text.includes('<html'), 'the tracking page opens', `order ${order.id}: ${page.status}`);
    },
};

function returning(kind, restock, weight) {
    const isBackable = (order, item) => shippedOf(order, item.id) > returnedOf(order, item.id);
    return {
        kind, weight,
        async run(c, random) {
            const order = someOrder(c, random, it => it.items.some(item => isBackable(it, item)));
            if (!order) {
                return false;
            }
            const item = random.pick(order.items.filter(it => isBackable(order, it)));
            const reason = `return ${c.next()}`;
            const items = [{item_id: item.id, quantity: random.between(1, shippedOf(order, item.id) - returnedOf(order, item.id))}];
            const body = {items, reason, restock, ...(random.chance(0.5) ? {} : {refund: random.pick([0, 0, 1, 50])})};
            const answer = await askAbout(c, order, 'POST', `/orders/${order.id}/returns`, {token: c.staffToken(random), key: random.uuid(), body});
            if (answer.status === 201) {
                c.given('return', answer.body.id);
                order.returns.set(answer.body.id, {items, restocked: restock, refund: answer.body.refund, reason});
            } else {
                c.expect(answer.status === 409, 'a return is taken or refused', `${answer.status} ${answer.text}`);
            }
            await look(c, order);
            return answer.status === 201;
        },
    };
}

const cancelRest = packing('cancel.rest', 5, it => it.last.status === 'partially_shipped', async (c, random, order) => {
    const answer = await askAbout(c, order, 'POST', `/orders/${order.id}/cancel-unshipped`,
        {token: c.staffToken(random), key: random.uuid(), body: {reason: `rest ${c.next()}`}});
    if (answer.status === 200) {
        order.isRestCancelled = true;
    }
    c.expect([200, 409].includes(answer.status), 'the rest is cancelled or not any more', `${answer.status} ${answer.text}`);
    learn(c, order, (await look(c, order)).shipments);
    return answer.status === 200;
});

const bulk = {
    kind: 'fulfil.bulk', weight: 3,
    async run(c, random) {
        const ready = [...new Set([1, 2, 3].map(() => someOrder(c, random, it => it.last.status === 'paid' && !it.isCancelled && !it.isPacking && !it.shipments.size))
            .filter(Boolean))];
        if (!ready.length) {
            return false;
        }
        ready.forEach(order => (order.isPacking = true));
        try {
            const answer = await c.client.ask('POST', '/orders/bulk/fulfillment', {token: c.staffToken(random), key: random.uuid(),
                body: {order_ids: ready.map(it => it.id), carrier: 'local', service: 'standard', parcel: {weight_g: 700}}});
            c.expect(answer.status === 200, 'many orders are packed at once', `${answer.status} ${answer.text}`);
            for (const order of ready) {
                adopt(c, order, (await look(c, order)).shipments);
            }
            return answer.status === 200;
        } finally {
            ready.forEach(order => (order.isPacking = false));
        }
    },
};

export const parcelOperations = [start, ship, deliver, news, giveUp, print, follow, cancelRest, bulk,
    returning('return.restock', true, 14), returning('return.written_off', false, 10)];
