// What clients do with orders and their money. Each operation has a kind, how often it comes, and what it does, which
// answers whether it came to something.
import net from 'node:net';

import {Browser} from './browser.mjs';
import {newOrder, returnedOf, shippedOf} from './model.mjs';
import {pause} from './server.mjs';

const kCards = {
    good: ['4242424242424242', '5555555555554444', '378282246310005'],
    declined: ['4000000000000002', '4000000000009995', '4000000000000069', '4000000000000127', '4000000000000119'],
    asksCustomer: ['4000002500003155', '4000002760003184'],
    timesOut: ['4000000000006009'],
    losesAnswer: ['4000000000007007'],
    slow: ['4000000000008005'],
};

const addressOf = random => ({line1: `${random.pick(['Allee', 'Rue', 'Road'])} ${random.between(1, 99)}`, city: 'Berlin',
    postal_code: '10115', country: random.pick(['DE', 'DE', 'FR', 'GB'])});

/** An order that fits, of the newest mostly. */
function someOrder(c, random, fits) {
    const all = c.orderIds;
    for (let tries = 0; tries < 12 && all.length; ++tries) {
        const from = random.chance(0.8) ? Math.max(0, all.length - 120) : 0;
        const order = c.state.orders.get(all[random.between(from, all.length - 1)]);
        if (order && fits(order)) {
            return order;
        }
    }
    return null;
}

async function place(c, random, {token, staff = false, customer = null, from = 'guest'} = {}) {
    const products = [...c.state.products.values()].filter(it => !it.isDeleted);
    if (!products.length) {
        return false;
    }
    const n = c.next();
    const email = customer ? customer.email : random.chance(0.1) && from === 'guest' ? 'again@example.test' : `guest-${n}@example.test`;
    const note = `note ${n}`;
    const items = random.shuffled(products).slice(0, random.between(1, 3)).map(product => ({
        ...(random.chance(0.5) ? {sku: product.sku} : {product_id: product.id}),
        quantity: random.pick([1, 1, 1, 2, 3, product.isScarce ? 2 : 25]),
    }));
    const body = {items, note};
    if (!customer || random.chance(0.5)) {
        body.customer = {name: `Ada Number${n}`, email, phone: '+49 30 1234567', shipping_address: addressOf(random)};
    }
    const answer = await c.client.ask('POST', '/orders', {body, token, key: random.uuid()});
    if (answer.status === 401 && customer) {
        return c.expect(customer.isErased || customer.mayBeGone, 'a customer is known by their session', `${customer.email}: 401`);
    }
    if (answer.code === 'insufficient_stock') {
        c.note('place.short');
        c.expect(answer.body.items?.every(it => it.available < it.requested), 'an order that is short says what is there', answer.text);
        return false;
    }
    if (!c.expect(answer.status === 201 || answer.code === 'unknown_product' || (customer && answer.code === 'validation_failed'),
        'an order is taken or short', `${answer.status} ${answer.text}`)) {
        return false;
    }
    if (answer.status !== 201) {
        return false;
    }
    const order = newOrder(answer.body, {staff, customer: customer?.id ?? null, email: body.customer?.email ?? email, note});
    order.request = answer.doubts === 0 && !answer.headers['idempotent-replayed'] ? {body, token} : null;
    c.given('order', order.id);
    order.items.forEach(item => c.given('order item', item.id));
    for (const item of answer.body.items) {
        const product = c.state.products.get(item.product_id);
        c.expect(product?.prices.has(item.unit_price), 'a line has a price that its product had', `order ${order.id}: ${item.unit_price}`);
    }
    const b = answer.body;
    c.expect(b.subtotal === b.items.reduce((s, i) => s + i.unit_price * i.quantity, 0)
        && b.total === b.subtotal - b.discount + b.shipping + b.tax, 'a total is the sum of its parts', answer.text);
    c.addOrder(order);
    return true;
}

const byStaff = {kind: 'place.staff', weight: 4, run: (c, random) => place(c, random, {token: c.staffToken(random), staff: true, from: 'staff'})};
const byCustomer = {
    kind: 'place.customer', weight: 6,
    run: (c, random) => {
        const known = [...c.state.customers.values()].filter(it => it.token && !it.isErased);
        const customer = known.length ? random.pick(known) : null;
        return customer ? place(c, random, {token: customer.token, customer}) : false;
    },
};

/** The order as staff see it; notes how it stands. */
async function look(c, order) {
    const answer = await c.client.ask('GET', `/admin/orders/${order.id}`, {token: c.ownerToken});
    if (c.expect(answer.status === 200, 'an order that was acknowledged is there', `order ${order.id}: ${answer.status} ${answer.text}`)) {
        c.saw(order, answer.body);
    }
    return answer.body;
}

/**
 * Staff's or a holder's request about an order, until it is answered. One in doubt may be answered only after its
 * customer was erased: it was carried out, and what came of it is learned from the order.
 */
export async function askAbout(c, order, method, path, options) {
    const answer = await c.client.ask(method, path, options);
    if (answer.code !== 'erased') {
        return answer;
    }
    c.expect(answer.doubts > 0 && order.isErased, 'an answer is gone once its customer is erased, and not before', `order ${order.id}: ${path}`);
    const shown = await look(c, order);
    const returns = await c.client.ask('GET', `/orders/${order.id}/returns`, {token: c.ownerToken});
    for (const it of returns.body.returns.filter(one => !order.returns.has(one.id))) {
        order.returns.set(it.id, {items: it.items, restocked: it.restocked, refund: it.refund, reason: ''});
    }
    order.isCancelled = shown.status === 'cancelled';
    order.isRestCancelled = !order.isCancelled && shown.status !== 'expired' && shown.items.some(item => item.quantity_cancelled > 0);
    for (const parcel of shown.shipments) {
        const left = !['label_pending', 'label_ready', 'failed', 'voided'].includes(parcel.status);
        order.shipments.set(parcel.id, {...order.shipments.get(parcel.id), items: parcel.items, left, voided: parcel.status === 'voided'});
    }
    return {...answer, status: 409};
}

const tokenFor = (c, random, order) => (order.token && random.chance(0.5) ? order.token : c.staffToken(random));

function pay(type, cards, weight) {
    return {
        kind: `pay.${type}`, weight,
        async run(c, random) {
            const order = someOrder(c, random, it => it.last.status === 'pending' && !it.isErased);
            if (!order) {
                return false;
            }
            const number = cards ? random.pick(cards) : null;
            const method = number ? {type: 'card', number, exp_month: 12, exp_year: 2040, cvc: number.startsWith('3') ? '1234' : '123'} : {type};
            order.cards.push(type);
            const answer = await askAbout(c, order, 'POST', '/payments', {token: tokenFor(c, random, order), key: random.uuid(),
                body: {order_id: order.id, method, ...(random.chance(0.3) ? {amount: order.total} : {})}});
            const refused = ['erased', 'order_not_payable', 'already_paid', 'payment_under_way', 'method_not_offered'].includes(answer.code);
            if (answer.status === 402) {
                c.expect(order.cards.some(it => ['declined', 'asksCustomer'].includes(it)), 'a good card is not declined', `order ${order.id}: ${answer.text}`);
            } else {
                c.expect(refused || answer.status === 201 || answer.status === 202, 'a payment is taken or refused', `${answer.status} ${answer.text}`);
            }
            if (answer.status < 300) {
                order.payment = answer.body.id;
                let payment = answer.body;
                for (let i = 0; cards === kCards.asksCustomer && payment?.status === 'processing' && i < 30; ++i) {
                    await pause(100);  // it was not waited for
                    payment = (await c.client.ask('GET', `/payments/${order.payment}`, {token: c.ownerToken})).body;
                }
                if (payment?.status === 'requires_action' && payment.action_url) {
                    await confirm(c, random, order, payment);
                }
            } else if (answer.body?.payment_id) {
                order.payment = answer.body.payment_id;
            }
            await look(c, order);
            return !refused;
        },
    };
}

/** The customer at the bank's page: approves, refuses, or goes away. */
async function confirm(c, random, order, payment) {
    const unseen = Object.entries({leave: 'pay.left', refuse: 'pay.refused', approve: 'pay.approved'}).find(([, kind]) => !c.counts.has(kind));
    const choice = unseen?.[0] ?? random.pick(['approve', 'approve', 'refuse', 'leave']);
    const path = payment.action_url.replace(/^https?:\/\/[^/]+/, '');
    if (choice === 'leave') {
        (order.leftAtBank ??= []).push(path);
        c.note('pay.left');
        return;
    }
    const told = await c.client.ask('POST', path, {raw: `decision=${choice}`, type: 'application/x-www-form-urlencoded', again: true});
    c.expect(told.status === 200 || told.status === 404, 'the bank takes a decision', `${told.status} ${told.text}`);
    const answer = await c.client.ask('POST', `/payments/${payment.id}/confirm`, {body: {}, token: tokenFor(c, random, order), again: true});
    c.expect([201, 202, 402].includes(answer.status) || answer.code === 'order_not_payable', 'a confirmation is answered', `${answer.status} ${answer.text}`);
    c.note(choice === 'approve' ? 'pay.approved' : 'pay.refused');
}

/** A customer who comes back to the bank's page late: the order may be paid otherwise, cancelled or expired by then. */
const approveLate = {
    kind: 'pay.approved_late', weight: 5,
    async run(c, random) {
        const order = someOrder(c, random, it => it.leftAtBank?.length > 0);
        if (!order) {
            return false;
        }
        const told = await c.client.ask('POST', order.leftAtBank.shift(), {raw: 'decision=approve', type: 'application/x-www-form-urlencoded', again: true});
        await look(c, order);
        return c.expect(told.status === 200 || told.status === 404, 'the bank takes a decision', `${told.status} ${told.text}`) && told.status === 200;
    },
};

/** An operation of staff on the payment of an order that fits. */
function onPayment(kind, weight, fits, act) {
    return {
        kind, weight, act,
        async run(c, random) {
            const order = someOrder(c, random, it => it.payment && fits(it));
            if (!order) {
                return false;
            }
            const done = await act(c, random, order);
            await look(c, order);
            return done;
        },
    };
}

const capture = onPayment('capture', 12, it => ['authorized', 'processing'].includes(it.last.payment) && it.last.status === 'pending',
    async (c, random, order) => {
        const amount = random.chance(0.2) ? random.between(1, order.total) : undefined;
        const answer = await askAbout(c, order, 'POST', `/payments/${order.payment}/capture`,
            {token: c.staffToken(random), key: random.uuid(), body: amount ? {amount} : {}});
        c.expect([200, 202, 409].includes(answer.status) || answer.status === 422, 'a capture is carried out or refused', `${answer.status} ${answer.text}`);
        return answer.status < 300;
    });

const release = onPayment('void', 3, it => ['authorized', 'processing', 'requires_action'].includes(it.last.payment),
    async (c, random, order) => {
        const answer = await askAbout(c, order, 'POST', `/payments/${order.payment}/void`, {token: c.staffToken(random), key: random.uuid(), body: {}});
        c.expect([200, 202, 409].includes(answer.status), 'a void is carried out or refused', `${answer.status} ${answer.text}`);
        return answer.status < 300;
    });

const isTaken = it => ['succeeded', 'partially_refunded'].includes(it.last.payment);

function refundOf(kind, weight, isWhole, withRestock = false) {
    return onPayment(kind, weight, it => isTaken(it) && (!withRestock || it.items.some(i => shippedOf(it, i.id) > returnedOf(it, i.id))),
        async (c, random, order) => {
            const reason = `refund ${c.next()}`;
            const body = {reason, ...(isWhole ? {} : {amount: random.between(1, Math.max(1, Math.floor(order.total / 3)))})};
            if (withRestock) {
                const item = order.items.find(i => shippedOf(order, i.id) > returnedOf(order, i.id));
                body.restock = [{item_id: item.id, quantity: 1}];
            }
            const answer = await askAbout(c, order, 'POST', `/payments/${order.payment}/refunds`, {token: c.staffToken(random), key: random.uuid(), body});
            if (answer.status < 300) {
                c.given('refund', answer.body.id);
                order.refunds.set(answer.body.id, {amount: answer.body.amount, reason, items: body.restock ?? [], restocked: true, isUnsent: false});
                if (answer.body.status === 'to_be_sent') {
                    (order.toBeSent ??= []).push(answer.body.id);
                }
                return true;
            }
            c.expect(answer.status === 409, 'a refund is made or refused', `${answer.status} ${answer.text}`);
            return false;
        });
}

/** What is to be sent by hand: sent, or given up; where nothing is, a part of a bank transfer is refunded first. */
function byHand(kind, word, weight) {
    return onPayment(kind, weight, it => it.toBeSent?.length > 0 || (it.gateway === 'manual' && isTaken(it)), async (c, random, order) => {
        if (!order.toBeSent?.length) {
            await refundPart.act(c, random, order);
        }
        if (!order.toBeSent?.length) {
            return false;
        }
        const id = random.pick(order.toBeSent);
        const answer = await askAbout(c, order, 'POST', `/payments/${order.payment}/refunds/${id}/${word}`, {token: c.staffToken(random), key: random.uuid()});
        c.expect([200, 409].includes(answer.status), 'a refund by hand is decided or refused', `${answer.status} ${answer.text}`);
        if (answer.status === 200 && word === 'cancel' && order.refunds.has(id)) {
            order.refunds.get(id).isUnsent = true;
        }
        order.toBeSent = order.toBeSent.filter(it => it !== id);
        return answer.status === 200;
    });
}

const refundPart = refundOf('refund.part', 5, false);

const cancel = {
    kind: 'cancel', weight: 7,
    async run(c, random) {
        const order = someOrder(c, random, it => ['pending', 'paid', 'processing'].includes(it.last.status) && !it.isCancelled);
        if (!order) {
            return false;
        }
        const answer = await askAbout(c, order, 'POST', `/orders/${order.id}/cancel`,
            {token: tokenFor(c, random, order), key: random.uuid(), body: {reason: `cancel ${c.next()}`}});
        if (answer.status === 200) {
            order.isCancelled = true;
        }
        c.expect(answer.status === 200 || answer.status === 409, 'an order is cancelled or not any more', `${answer.status} ${answer.text}`);
        await look(c, order);
        return answer.status === 200;
    },
};

/** Its stock is held for a second more, and then it expires. */
const expire = {
    kind: 'hold', weight: 5,
    async run(c, random) {
        const order = someOrder(c, random, it => it.last.status === 'pending' && !it.isCancelled);
        if (!order) {
            return false;
        }
        order.mayExpire = true;
        const until = new Date(Date.now() + random.between(700, 2500)).toISOString();
        const answer = await c.client.ask('PUT', `/admin/orders/${order.id}`, {token: c.staffToken(random), body: {hold_until: until}});
        c.expect([200, 409, 422].includes(answer.status), 'a hold is set or refused', `${answer.status} ${answer.text}`);
        return answer.status === 200;
    },
};

const annotate = {
    kind: 'order.note', weight: 4,
    async run(c, random) {
        const order = someOrder(c, random, it => !it.isErased);
        if (!order) {
            return false;
        }
        const note = `staff note ${c.next()}`;
        const answer = await c.client.ask('PUT', `/admin/orders/${order.id}`, {token: c.staffToken(random), body: {staff_note: note}});
        if (answer.status === 200 && (!order.staffNote || order.staffNote.version < answer.body.version)) {
            order.staffNote = {value: note, version: answer.body.version};
        }
        return c.expect(answer.status === 200 || (order.isErased && answer.status === 409), 'a note is kept', `${answer.status} ${answer.text}`);
    },
};

/** The very same request once more: the same answer, and nothing is done twice. */
const sendAgain = {
    kind: 'sent.again', weight: 4,
    async run(c, random) {
        const n = c.next();
        const product = random.pick([...c.state.products.values()].filter(it => !it.isDeleted && it.isPlain));
        const key = random.uuid();
        const body = {items: [{sku: product.sku, quantity: 1}],
            customer: {name: 'Twice', email: `twice-${n}@example.test`, shipping_address: addressOf(random)}, note: `note ${n}`};
        const first = await c.client.ask('POST', '/orders', {body, key});
        if (first.status !== 201) {
            return false;
        }
        c.addOrder(newOrder(first.body, {email: `twice-${n}@example.test`, note: body.note}));
        c.given('order', first.body.id);
        const twice = await c.client.ask('POST', '/orders', {body, key});
        c.expect(twice.status === 201 && twice.body.id === first.body.id && twice.headers['idempotent-replayed'] === 'true',
            'a key and body that come again get the first answer', `${first.text} then ${twice.status} ${twice.text}`);
        const other = await c.client.ask('POST', '/orders', {body: {...body, note: 'other'}, key});
        return c.expect(other.code === 'idempotency_key_reused', 'a key is good for one body', `${other.status} ${other.text}`);
    },
};

/** The order that somebody with this address placed, whose number they were not told; null if there is none. */
async function placedBy(c, email) {
    for (let tries = 0; tries < 20; ++tries) {
        const {body} = await c.client.ask('GET', `/admin/orders?q=${encodeURIComponent(email)}`, {token: c.ownerToken});
        if (body.data.length) {
            return body.data[0].id;
        }
        await pause(100);  // the index is behind the log by a second at most
    }
    return null;
}

/**
 * A guest who buys by the shop's pages, and may pay there. A form that got no answer is sent again, as browsers offer, and some
 * press its button twice: it places one order.
 */
const byPage = {
    kind: 'place.page', weight: 7,
    async run(c, random) {
        const n = c.next();
        const bought = random.shuffled([...c.state.products.values()].filter(it => !it.isDeleted && it.isPlain)).slice(0, random.between(1, 3));
        let doubts = 0;
        const browser = new Browser(async (method, path, options) => {
            const answer = await c.client.ask(method, path, {...options, again: true});
            doubts += answer.doubts;
            return answer;
        });
        const typed = {...addressOf(random), name: `Ada Number${n}`, email: `guest-${n}@example.test`, note: `note ${n}`};
        await browser.go(`/checkout?items=${bought.map(it => `${it.sku}:${random.between(1, 3)}`)}`);
        await browser.go('/checkout', browser.filled({...typed, action: 'update'}));
        const form = browser.filled({...typed, action: 'order'});
        await browser.go('/checkout', form);
        const isPlaced = browser.path.startsWith('/pay/');
        c.expect(isPlaced || [403, 409, 422].includes(browser.status), 'a page takes an order or says why not', `${browser.status} ${browser.text}`);
        if (isPlaced && random.chance(0.2)) {
            const {path} = browser;
            await browser.go('/checkout', form);
            c.expect(browser.path === path, 'a form that comes twice is one order', `${path}, then ${browser.path}: ${browser.status} ${browser.text}`);
        }
        const id = isPlaced ? Number(/\border (\d+)/i.exec(browser.text)?.[1]) : doubts > 0 ? await placedBy(c, typed.email) : null;
        if (!id) {
            return c.expect(!isPlaced, 'a page says which order is paid on it', browser.text) && false;
        }
        const shown = await c.client.ask('GET', `/admin/orders/${id}`, {token: c.ownerToken});
        if (!c.expect(shown.status === 200, 'an order that was acknowledged is there', `order ${id}: ${shown.status} ${shown.text}`)) {
            return false;
        }
        const order = newOrder(shown.body, {email: typed.email, note: typed.note});
        c.given('order', id);
        order.items.forEach(item => c.given('order item', item.id));
        c.addOrder(order);
        if (isPlaced && random.chance(0.6)) {
            order.cards.push('good');
            await browser.go(browser.path, browser.filled({number: random.pick(kCards.good.slice(0, 2)), expiry: '12/40', cvc: '123'}));
            c.expect([200, 409].includes(browser.status), 'a page takes a payment or says why not', `${browser.status} ${browser.text}`);
            const {payment_status: paid} = await look(c, order);
            if (['authorized', 'succeeded'].includes(paid)) {
                c.note('pay.page');
            }
        }
        return isPlaced;
    },
};

/**
 * A client that goes away: in the middle of its request, of which nothing comes, or right after it, when it cannot know
 * what came of it and asks again with its key.
 */
function goAway(kind, weight, isWhole) {
    return {
        kind, weight,
        async run(c, random) {
            const n = c.next();
            const product = random.pick([...c.state.products.values()].filter(it => !it.isDeleted && it.isPlain));
            const key = random.uuid();
            const body = {items: [{sku: product.sku, quantity: 1}],
                customer: {name: 'Gone', email: `gone-${n}@example.test`, shipping_address: addressOf(random)}, note: `note ${n}`};
            const text = JSON.stringify(body);
            const request = `POST /orders HTTP/1.1\r\nHost: shop\r\nContent-Type: application/json\r\nIdempotency-Key: ${key}\r\nContent-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
            const port = await c.server.served();
            await new Promise(done => {
                const socket = net.connect(port, '127.0.0.1', () => {
                    socket.write(isWhole ? request : request.slice(0, random.between(1, request.length - 1)));
                    setTimeout(() => socket.destroy(), random.between(0, 6));
                });
                socket.on('error', () => {});
                socket.on('close', done);
            });
            if (!isWhole) {
                return true;
            }
            const answer = await c.client.ask('POST', '/orders', {body, key});
            if (answer.status === 201) {
                c.given('order', answer.body.id);
                c.addOrder(newOrder(answer.body, {email: body.customer.email, note: body.note}));
            }
            return c.expect(answer.status === 201 || answer.code === 'insufficient_stock', 'who went away comes back with the key', `${answer.status} ${answer.text}`) && answer.status === 201;
        },
    };
}

export {look, someOrder};

export const orderOperations = [
    {kind: 'place.guest', weight: 16, run: (c, random) => place(c, random)},
    byStaff, byCustomer, byPage, sendAgain, goAway('client.cut_off', 3, false), goAway('client.gone', 4, true),
    pay('good', kCards.good, 16), pay('declined', kCards.declined, 4), pay('asksCustomer', kCards.asksCustomer, 5),
    pay('timesOut', kCards.timesOut, 3), pay('losesAnswer', kCards.losesAnswer, 4), pay('slow', kCards.slow, 3),
    approveLate, pay('bank_transfer', null, 7), pay('cash_on_delivery', null, 4),
    capture, release, refundPart, refundOf('refund.whole', 3, true), refundOf('refund.restock', 6, false, true),
    byHand('refund.sent', 'sent', 4), byHand('refund.given_up', 'cancel', 3),
    cancel, expire, annotate,
];
