// Compares the shop with the model while nobody changes it.
import {spawn} from 'node:child_process';
import {join} from 'node:path';

import {isClosed, replay, returnedOf, shippedOf, stockOf} from './model.mjs';
import {pause} from './server.mjs';

const kLedger = `
import json, sqlite3, sys
ledger = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True)
print(json.dumps(ledger.execute("SELECT order_id, amount, status, captured, refunded FROM charge").fetchall()))
`;

/** What the simulated card network charged and gave back: [order, amount, status, captured, refunded] of each charge. */
function ledgerOf(c) {
    return new Promise((done, failed) => {
        const child = spawn('python3', ['-c', kLedger, join(c.server.data, 'sandbox.db')], {stdio: ['ignore', 'pipe', 'inherit']});
        let said = '';
        child.stdout.on('data', text => (said += text));
        child.on('close', code => (code === 0 ? done(JSON.parse(said)) : failed(new Error('the ledger of the sandbox cannot be read'))));
    });
}

/** Waits until no work is left that changes orders: charges, refunds, labels. */
export async function settled(c) {
    for (let i = 0; i < 2400; ++i) {
        const answer = await c.client.ask('GET', '/admin/job-lanes', {token: c.ownerToken});
        const busy = answer.body.data.filter(lane => ['money', 'parcels'].includes(lane.lane) && lane.running + lane.waiting > 0);
        if (!busy.length) {
            return;
        }
        for (const party of busy.flatMap(lane => lane.paused)) {
            await c.client.ask('POST', `/admin/job-parties/${party.party}/try`, {token: c.ownerToken, again: true});
        }
        await pause(50);
    }
    const jobs = await c.client.ask('GET', '/admin/jobs?limit=20', {token: c.ownerToken});
    c.expect(false, 'work on money and parcels comes to an end', jobs.text.slice(0, 2000));
}

/** Reads the log on from where it was read before. */
export async function readLog(c) {
    const {log} = c.state;
    for (;;) {
        const answer = await c.client.ask('GET', `/admin/events?after=${log.last}&limit=200${log.name ? `&log=${log.name}` : ''}`, {token: c.ownerToken});
        if (!c.expect(answer.status === 200, 'the log goes on from what was read', `${answer.status} ${answer.text}`)) {
            return;
        }
        log.name = answer.body.log;
        for (const event of answer.body.data) {
            c.expect(event.sequence === log.last + 1, 'the event log has no gap', `${event.sequence} after ${log.last}`);
            log.last = event.sequence;
            c.told(event);
            const wrong = replay(log, event);
            c.expect(!wrong, 'the log alone tells the stock', wrong);
        }
        if (answer.body.data.length < 200) {
            return;
        }
    }
}

function checkLines(c, order, shown) {
    const isWholeCancelled = shown.status === 'cancelled' || shown.status === 'expired';
    for (const item of order.items) {
        const line = shown.items.find(it => it.id === item.id);
        const shipped = shippedOf(order, item.id);
        const cancelled = isWholeCancelled || order.isRestCancelled ? item.quantity - shipped : 0;
        c.expect(line && line.quantity === item.quantity && line.quantity_shipped === shipped && line.quantity_cancelled === cancelled
            && line.quantity_returned === returnedOf(order, item.id), 'a line is as the model has it',
        `order ${order.id}: ${JSON.stringify(line)}; ${shipped} shipped, ${cancelled} cancelled, ${returnedOf(order, item.id)} returned`);
    }
}

function checkStatus(c, order, shown) {
    const {status} = shown;
    c.expect((status === 'cancelled') === order.isCancelled, 'a cancelled order stays so, and no other is', `order ${order.id}: ${status}`);
    c.expect(status !== 'expired' || order.mayExpire, 'an order expires when it may', `order ${order.id} expired`);
    const left = order.items.some(item => shippedOf(order, item.id) > 0);
    c.expect(left === ['partially_shipped', 'shipped', 'delivered', 'returned'].includes(status), 'a status says whether parcels left', `order ${order.id}: ${status}`);
    const overdue = status === 'pending' && shown.expires_at && Date.now() - Date.parse(shown.expires_at) > 60_000;
    c.expect(!overdue, 'an order whose time is over expires', `order ${order.id}: ${shown.expires_at}`);
    c.expect(shown.note === (order.isErased ? shown.note : order.note), 'a note of a customer is kept', `order ${order.id}: ${shown.note}`);
    c.expect((shown.customer === null) === order.isErased, 'an erased customer is gone, and no other', `order ${order.id}: ${JSON.stringify(shown.customer)}`);
    c.expect(order.isErased || !order.staffNote || shown.staff_note === order.staffNote.value, 'a note of staff is kept', `order ${order.id}: ${shown.staff_note}, not ${order.staffNote?.value}`);
}

async function checkMoney(c, order, shown, charges) {
    const payment = shown.payment;
    const taken = charges.filter(it => it.captured > it.refunded);
    if (!payment) {
        c.expect(taken.length === 0, 'money was taken for an order that knows of it', `order ${order.id}: ${JSON.stringify(charges)}`);
        return;
    }
    const {body: whole} = await c.client.ask('GET', `/admin/payments/${payment.id}`, {token: c.ownerToken});
    const good = whole.refunds.filter(it => it.status !== 'failed');
    c.expect(good.reduce((sum, it) => sum + it.amount, 0) === whole.refunded, 'refunds add up', `order ${order.id}: ${JSON.stringify(whole)}`);
    for (const [id, refund] of order.refunds) {
        const found = whole.refunds.find(it => it.id === id);
        c.expect(found?.amount === refund.amount && (order.isErased || found.reason === refund.reason), 'a refund that was acknowledged is there', `order ${order.id}: ${id}`);
    }
    const reasons = good.map(it => it.reason).filter(it => /^(refund|return) \d+$/.test(it));
    c.expect(new Set(reasons).size === reasons.length, 'nothing is refunded twice', `order ${order.id}: ${reasons}`);
    const paidOnce = taken.length <= 1 && taken.every(it => it.captured <= order.total);
    c.expect(paidOnce, 'nobody is charged twice', `order ${order.id}: ${JSON.stringify(charges)}`);
    if (whole.gateway === 'sandbox') {
        const net = charges.reduce((sum, it) => sum + it.captured - it.refunded, 0);
        c.expect(net === whole.captured - whole.refunded, 'the shop and the card network agree', `order ${order.id}: ${net} at the network, ${whole.captured} - ${whole.refunded}: ${JSON.stringify(charges)} ${JSON.stringify(whole)}`);
        c.expect(!whole.refunds.some(it => it.status === 'pending'), 'refunds come to an end', `order ${order.id}`);
    }
    if (isClosed(order) && whole.status !== 'disputed') {
        const isKept = whole.refunds.some(it => it.failure_code === 'not_sent');  // staff will not send it after all
        c.expect(whole.captured === whole.refunded || isKept, 'a closed order keeps no money', `order ${order.id} (${shown.status}): ${JSON.stringify(whole)}`);
        c.expect(!charges.some(it => ['authorized', 'requires_action'].includes(it.status)), 'a closed order holds no money', `order ${order.id}: ${JSON.stringify(charges)}`);
    }
    const isPaid = !['pending', 'expired', 'cancelled'].includes(shown.status);
    c.expect(!isPaid || whole.captured > 0 || whole.amount === 0 || ['bank_transfer', 'cash_on_delivery'].includes(whole.method.type),
        'an order that is paid has its money', `order ${order.id}: ${shown.status}, ${JSON.stringify(whole)}`);
}

async function checkOrder(c, order, charges) {
    const {body: shown, status, text} = await c.client.ask('GET', `/admin/orders/${order.id}`, {token: c.ownerToken});
    if (!c.expect(status === 200 && shown.total === order.total, 'an order that was acknowledged is there', `order ${order.id}: ${status} ${text}`)) {
        return;
    }
    c.saw(order, shown);
    for (const parcel of shown.shipments) {
        c.expect(order.shipments.has(parcel.id), 'a parcel is one that was asked for', `order ${order.id}: ${parcel.id}`);
    }
    for (const id of order.shipments.keys()) {
        c.expect(shown.shipments.some(it => it.id === id), 'a parcel that was acknowledged is there', `order ${order.id}: ${id}`);
    }
    checkLines(c, order, shown);
    checkStatus(c, order, shown);
    await checkMoney(c, order, shown, charges);
}

async function checkAllOrders(c) {
    const ids = [];
    for (let cursor = ''; ;) {
        const {body} = await c.client.ask('GET', `/admin/orders?limit=200${cursor}`, {token: c.ownerToken});
        ids.push(...body.data.map(it => it.id));
        if (!body.next_cursor) {
            break;
        }
        cursor = `&cursor=${encodeURIComponent(body.next_cursor)}`;
    }
    const strange = ids.filter(id => !c.state.orders.has(id));
    const missing = [...c.state.orders.keys()].filter(id => !ids.includes(id));
    c.expect(strange.length === 0, 'no order is there that nobody placed', `${strange}`);
    c.expect(missing.length === 0, 'no order that was acknowledged is lost', `${missing}`);
    const unplaced = [...c.state.orders.keys()].filter(id => !c.state.log.placed.has(id));
    c.expect(unplaced.length === 0 && c.state.log.placed.size === c.state.orders.size, 'each order has its event', `${unplaced}`);
}

async function checkProducts(c) {
    const wanted = stockOf(c.state);
    const seen = new Set();
    for (let cursor = ''; ;) {
        const {body} = await c.client.ask('GET', `/admin/inventory?limit=200${cursor}`, {token: c.ownerToken});
        for (const shown of body.data) {
            seen.add(shown.id);
            const product = c.state.products.get(shown.id);
            const stock = wanted.get(shown.id);
            const byLog = c.state.log.stocks.get(shown.id);
            if (!c.expect(product && stock, 'a product is one that somebody added', `${shown.sku}`)) {
                continue;
            }
            c.expect(shown.on_hand === stock.on_hand && shown.reserved === stock.reserved, 'stock is as the model has it',
                `${shown.sku}: ${shown.on_hand} on hand, ${shown.reserved} reserved; the model has ${stock.on_hand}, ${stock.reserved}`);
            c.expect(byLog?.on_hand === shown.on_hand && byLog?.reserved === shown.reserved, 'stock is as the log tells it',
                `${shown.sku}: ${shown.on_hand}, ${shown.reserved}; the log has ${byLog?.on_hand}, ${byLog?.reserved}`);
            for (const [name, field] of Object.entries(product.fields)) {
                c.expect(shown[name] === field.value, 'a product is as it was edited', `${shown.sku}: ${name} ${shown[name]}, not ${field.value}`);
            }
        }
        if (!body.next_cursor) {
            break;
        }
        cursor = `&cursor=${encodeURIComponent(body.next_cursor)}`;
    }
    const missing = [...wanted.keys()].filter(id => !seen.has(id));
    c.expect(missing.length === 0, 'no product is lost', `${missing}`);
}

async function checkPeople(c) {
    for (const customer of c.state.customers.values()) {
        const {body} = await c.client.ask('GET', `/admin/customers/${customer.id}`, {token: c.ownerToken});
        const right = customer.isErased ? body.erased && body.email === null : body.email === customer.email && body.name === customer.name.value;
        c.expect(right, 'an account is as it was left', `${customer.email}: ${JSON.stringify(body)}`);
    }
    const {body} = await c.client.ask('GET', '/admin/users?limit=200', {token: c.ownerToken});
    for (const admin of c.state.admins.values()) {
        const found = body.data.find(it => it.id === admin.id);
        const isListed = body.next_cursor === null;
        c.expect(found ? found.active === admin.isActive && found.role === admin.role : admin.mayBeRemoved || !isListed, 'a user is as they were left', `${admin.id}: ${JSON.stringify(found)}`);
    }
    const settings = (await c.client.ask('GET', '/admin/settings', {token: c.ownerToken})).body;
    for (const [name, value] of Object.entries(c.state.settings)) {
        c.expect(JSON.stringify(settings[name]) === JSON.stringify(value), 'a setting is as it was set', `${name}: ${JSON.stringify(settings[name])}`);
    }
}

/**
 * Everything, or (`isWhole` false) what was touched since the last time and some of the rest. Reservations run out at
 * their own time: what does not add up is looked at once more, and counts if it still does not.
 */
export async function verify(c, random, {isWhole = false} = {}) {
    const touched = new Set(c.touched);
    c.touched.clear();
    await settled(c);
    await readLog(c);
    if (await c.softly(() => compare(c, random, touched, isWhole))) {
        await pause(3000);
        await settled(c);
        await readLog(c);
        await compare(c, random, touched, isWhole);
    }
}

async function compare(c, random, touched, isWhole) {
    const charges = new Map();
    for (const [order, amount, status, captured, refunded] of await ledgerOf(c)) {
        charges.set(order, [...(charges.get(order) ?? []), {amount, status, captured, refunded}]);
    }
    const all = [...c.state.orders.keys()];
    const some = new Set(isWhole ? all : [...[...touched].filter(id => c.state.orders.has(id)), ...Array.from({length: Math.min(30, all.length)}, () => random.pick(all))]);
    const left = [...some];
    await Promise.all(Array.from({length: 8}, async () => {
        while (left.length) {
            const order = c.state.orders.get(left.pop());
            await checkOrder(c, order, charges.get(order.id) ?? []);
        }
    }));
    await readLog(c);
    if (isWhole || all.length < 3000) {
        await checkAllOrders(c);
    }
    await checkProducts(c);
    await checkPeople(c);
    const {body: dead} = await c.client.ask('GET', '/admin/jobs?status=dead&limit=200', {token: c.ownerToken});
    const others = dead.data.filter(it => it.kind !== 'mail.send' || !/ended the conversation|hung up/.test(it.last_error));
    c.expect(others.length === 0, 'no job is dead, but for mails of which a server said twice nothing', JSON.stringify(others.slice(0, 3)));
    for (const id of c.orderIds.slice(-60)) {
        const order = c.state.orders.get(id);
        if (order?.token) {
            const own = await c.client.ask('GET', `/orders/${id}`, {token: order.token});
            c.expect(own.status === 200, 'a holder reads their order', `order ${id}: ${own.status} ${own.text}`);
        }
    }
}
