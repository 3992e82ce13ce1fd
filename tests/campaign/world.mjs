// A shop with something of everything, and for each operation of the API a request that it should carry out.
import {createHmac} from 'node:crypto';

import {fixturesOfGoods} from './world_goods.mjs';
import {fixturesOfPages} from './world_pages.mjs';

export const kPassword = 'correct horse battery staple';
const kStripeSecret = 'whsec_campaign';
const kEasypostSecret = 'easypost-campaign';

const kAddress = {line1: 'Allee 12', city: 'Berlin', postal_code: '10115', country: 'DE'};
const card = number => ({type: 'card', number, exp_month: 12, exp_year: 2040, cvc: '123'});

/** RFC 6238, as an authenticator app does it. */
function totpOf(secret) {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
    const bits = [...secret.replace(/=+$/, '')].map(c => alphabet.indexOf(c).toString(2).padStart(5, '0')).join('');
    const key = Buffer.from(bits.match(/.{8}/g).map(byte => parseInt(byte, 2)));
    const counter = Buffer.alloc(8);
    counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
    const hash = createHmac('sha1', key).update(counter).digest();
    const at = hash[19] & 15;
    return String((hash.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

export class World {
    password = kPassword;
    tokens = {};
    ids = {};
    #number = 0;

    /** `ask(method, path, {token, body, …})` answers {status, body, headers}. */
    constructor(ask, mailServer, urls) {
        this.ask = ask;
        this.mailServer = mailServer;
        this.urls = urls;
    }
    next() {
        return ++this.#number;
    }
    async must(method, path, options = {}) {
        let answer = await this.ask(method, path, options);
        for (let left = 20; left > 0 && answer.status === 503 && ['busy', 'too_costly'].includes(answer.body?.code); --left) {
            answer = await this.ask(method, path, options);  // the machine stalled, and nothing was done
        }
        if (answer.status >= 300) {
            throw new Error(`the world cannot be made: ${method} ${path}: ${answer.status} ${answer.text}`);
        }
        return answer.body;
    }
    owner(method, path, body, more = {}) {
        return this.must(method, path, {token: this.tokens.owner, body, ...more});
    }

    /** The settings that everything else needs; put back now and then. */
    settings() {
        return this.owner('PUT', '/admin/settings', {
            shop_name: 'Tide & Clay', bank_details: 'IBAN DE00', bank_account: {name: 'Tide & Clay', iban: 'DE02120300000000202051', bic: ''}, shop_address: kAddress, reservation_minutes: 600,
            ship_before_payment: {bank_transfer: true, cash_on_delivery: true}, tax: {prices_include_tax: true, shipping_taxed: true, rates: [{country: 'DE', rate_ppm: 190000}]},
            guest_limits: {orders_per_email: null, orders_per_network: null, units_per_network: null},
            payment_methods: {card: true, bank_transfer: true, cash_on_delivery: true}, card_gateway: 'sandbox', stripe_webhook_secret: kStripeSecret,
            easypost_webhook_secret: kEasypostSecret, login_limit: {failures: 20, window_minutes: 1},
            seller: {legal_name: 'Tide & Clay GmbH', vat_id: 'DE123456789', tax_number: '', register_entry: '', email: '', address: null, payment_terms: '', foot: ''},
            storefront: {on: true, accent: '#1f4e46', headings: 'serif', intro: '', foot: '', links: [], withdrawal: true},
            mail: {host: '127.0.0.1', port: this.urls.mail, security: 'none', from_address: 'shop@example.test'}});
    }

    async make(setupToken) {
        await this.must('POST', '/auth/setup/check', {body: {token: setupToken}});
        const session = await this.must('POST', '/auth/setup', {body: {token: setupToken, username: 'ada', password: kPassword, shop_name: 'Tide', currency: 'EUR'}});
        this.tokens.owner = session.access_token;
        this.ids.owner = session.user.id;
        await this.settings();
        for (const role of ['staff', 'viewer']) {
            await this.owner('POST', '/admin/users', {username: role, password: kPassword, role});
        }
        await this.signIn();
        const key = async body => (await this.owner('POST', '/admin/api-keys', body)).secret;
        this.tokens.key = await key({label: 'all', role: 'staff'});
        this.tokens.narrow = await key({label: 'narrow', role: 'staff', scopes: ['stats:read']});
        this.product = await this.owner('POST', '/products', {sku: 'MUG', name: 'Mug', price: 1250, quantity: 900_000, weight_g: 350});
        await this.owner('POST', '/admin/delivery-methods', {name: 'Parcel', kind: 'shipping',
            zones: [{places: [{country: '*'}], bands: [{from: 0, to: null, price: 490}]}]});
        this.tokens.customer = (await this.customer()).token;
        await this.owner('POST', '/admin/webhooks', {url: this.urls.hook, events: ['order.placed']});
    }
    /** The sessions of those who stay. */
    async signIn() {
        for (const [name, username] of [['owner', 'ada'], ['staff', 'staff'], ['viewer', 'viewer']]) {
            const session = await this.must('POST', '/auth/login', {body: {username, password: kPassword}});
            this.tokens[name] = session.access_token;
            this.csrf = name === 'owner' ? session.csrf_token : this.csrf;
        }
    }

    async customer() {
        const email = `customer${this.next()}@example.test`;
        const account = await this.must('POST', '/customers', {body: {name: 'Grace Hopper', email, password: kPassword, shipping_address: kAddress}});
        const session = await this.must('POST', '/auth/login', {body: {email, password: kPassword}});
        return {id: account.id, email, token: session.access_token};
    }
    async user(role = 'viewer') {
        const username = `user${this.next()}`;
        const user = await this.owner('POST', '/admin/users', {username, password: kPassword, role});
        const session = await this.must('POST', '/auth/login', {body: {username, password: kPassword}});
        return {...user, token: session.access_token};
    }
    async withTotp(isOn) {
        const user = await this.user('staff');
        const {secret} = await this.must('POST', '/auth/totp', {token: user.token, body: {password: kPassword}});
        if (isOn) {
            const codes = await this.must('POST', '/auth/totp/confirm', {token: user.token, body: {code: totpOf(secret)}});
            return {...user, secret, recovery: codes.recovery_codes};
        }
        return {...user, secret};
    }

    newOrder(more = {}) {
        return {customer: {name: 'Ada Lovelace', email: `guest${this.next()}@example.test`, phone: '+49 30 1', shipping_address: {...kAddress, ...more}},
            items: [{product_id: this.product.id, quantity: 2}], note: 'ring twice'};
    }
    order(more) {
        return this.must('POST', '/orders', {body: this.newOrder(more)});
    }
    async paid(method = card('4242424242424242'), more = {}) {
        const order = await this.order(more);
        const payment = await this.must('POST', '/payments', {token: order.access_token, body: {order_id: order.id, method}});
        return {order, payment};
    }
    async received() {
        const {order, payment} = await this.paid({type: 'bank_transfer'});
        await this.owner('POST', `/payments/${payment.id}/capture`, {});
        return {order, payment};
    }
    /** A parcel of one of two units, or of both, whose label is ready. */
    async labelled(quantity = 2, more = {}) {
        const {order} = await this.paid(undefined, more);
        const items = [{item_id: order.items[0].id, quantity}];
        const shipment = await this.owner('PUT', `/orders/${order.id}/fulfillment`, {carrier: 'local', service: 'standard', parcel: {weight_g: 500}, items});
        return {order, shipment: await this.until(`/shipments/${shipment.id}`, it => it.status !== 'label_pending')};
    }
    async shipped(quantity = 2) {
        const made = await this.labelled(quantity);
        await this.owner('PUT', `/orders/${made.order.id}/fulfillment`, {status: 'shipped', shipment_id: made.shipment.id});
        return made;
    }
    /** A parcel whose label shows an address that its order does not have any more. */
    async outdated() {
        const made = await this.labelled();
        await this.owner('PUT', `/admin/orders/${made.order.id}`, {customer: {shipping_address: {...kAddress, line1: 'Lange Straße 7'}}});
        return made;
    }
    async toBeSent() {
        const {order, payment} = await this.received();
        const refund = await this.owner('POST', `/payments/${payment.id}/refunds`, {amount: 100});
        return {order, payment, refund};
    }
    async until(path, isSo) {
        for (let i = 0; i < 600; ++i) {
            const {body} = await this.ask('GET', path, {token: this.tokens.owner});
            if (isSo(body)) {
                return body;
            }
            await new Promise(done => setTimeout(done, 100));
        }
        throw new Error(`it did not come to what was waited for: ${path}`);
    }
    some() {
        return this.owner('POST', '/products', {sku: `S-${this.next()}`, name: 'Some', price: 500});
    }
    csv() {
        const sku = `CSV-${this.next()}`;
        return `Handle,Title,Variant SKU,Variant Inventory Qty,Variant Price\n${sku},${sku},${sku},5,3.50\n`;
    }
    async imported() {
        return this.owner('POST', '/admin/inventory/import', undefined, {raw: this.csv(), type: 'text/csv'});
    }
    async hook() {
        return this.owner('POST', '/admin/webhooks', {url: this.urls.hook, events: ['*']});
    }
    /** A mail that its server refuses for good. */
    async deadJob(random) {
        this.mailServer.mode = 'rejecting';
        await this.order();
        const dead = await this.until('/admin/jobs?status=dead&lane=mail&limit=200', it => it.data.length > 0);
        this.mailServer.mode = 'good';
        return random.pick(dead.data);
    }
    signedByStripe(raw) {
        const time = Math.floor(Date.now() / 1000);
        return {'Stripe-Signature': `t=${time},v1=${createHmac('sha256', kStripeSecret).update(`${time}.${raw}`).digest('hex')}`};
    }
    signedByEasypost(raw) {
        return {'X-Hmac-Signature': `hmac-sha256-hex=${createHmac('sha256', kEasypostSecret).update(raw).digest('hex')}`};
    }
}

const local = url => url.replace(/^https?:\/\/[^/]+/, '');
const last = path => path.slice(path.lastIndexOf('/') + 1);

/** Somebody who is told of paid orders in that way. */
async function told(w, way, where) {
    const {token} = await w.user();
    await w.must('PUT', `/admin/notices/${way}`, {token, body: {...where, about: ['order_paid']}});
    return {token};
}

/**
 * For each operation: who may ask, and a request that should succeed: {params, query, body | raw, token, headers}. What is
 * left out is generated. An operation that is not here is asked with what is generated alone.
 */
export const fixtures = {
    ...fixturesOfGoods,
    ...fixturesOfPages,
    'GET /products': async w => ({query: {q: 'mug', limit: 5}}),
    'GET /products/{id}': async w => ({params: {id: w.product.id}}),
    'POST /products': async w => ({body: {sku: `S-${w.next()}`, name: 'Some', price: 500, quantity: 2, low_stock_threshold: 5}}),
    'POST /admin/inventory': async w => ({body: {sku: `S-${w.next()}`, name: 'Some', price: 500, quantity: 2, low_stock_threshold: 5}}),
    'PUT /products/{id}': async w => ({params: {id: (await w.some()).id}, body: {name: `Mug ${w.next()}`, price: 1250}}),
    'PUT /admin/inventory/{id}': async w => ({params: {id: (await w.some()).id}, body: {adjust: 3, reason: 'received', note: 'more'}}),
    'DELETE /products/{id}': async w => ({params: {id: (await w.some()).id}}),
    'DELETE /admin/inventory/{id}': async w => ({params: {id: (await w.some()).id}}),
    'GET /admin/inventory/{id}': async w => ({params: {id: w.product.id}}),
    'GET /admin/inventory/{id}/movements': async w => ({params: {id: w.product.id}}),
    'POST /admin/alerts/{id}/dismiss': async w => {
        await w.owner('POST', '/products', {sku: `S-${w.next()}`, name: 'Low', price: 500, quantity: 1, low_stock_threshold: 5});
        return {params: {id: (await w.must('GET', '/admin/alerts?status=open&limit=1', {token: w.tokens.owner})).data[0].id}};
    },
    'POST /admin/inventory/import': async (w, random) => ({raw: w.csv(), query: random.chance(0.5) ? {dry_run: 'true'} : {}}),
    'POST /admin/inventory/imports/{id}/undo': async w => ({params: {id: (await w.imported()).id}}),
    'POST /orders': async w => ({body: w.newOrder()}),
    'GET /orders/{id}': async w => holder(await w.order()),
    'POST /orders/{id}/cancel': async w => ({...holder(await w.order()), body: {reason: 'changed my mind'}}),
    'GET /admin/orders/{id}': async w => ({params: {id: (await w.shipped()).order.id}}),
    'PUT /admin/orders/{id}': async w => ({params: {id: (await w.order()).id}, body: {staff_note: 'call', customer: {name: 'Eva'}}}),
    'POST /payments': async (w, random) => {
        const order = await w.order();
        return {token: order.access_token, body: {order_id: order.id, method: random.pick([card('4242424242424242'), card('4000000000000002'), card('4000002500003155'), {type: 'bank_transfer'}])}};
    },
    'POST /payments/{id}/confirm': async w => {
        const {order, payment} = await w.paid(card('4000002500003155'));
        await w.ask('POST', local(payment.action_url), {raw: 'decision=approve', type: 'application/x-www-form-urlencoded'});
        return {params: {id: payment.id}, token: order.access_token, body: {}};
    },
    'GET /payments/{id}': async w => {
        const {order, payment} = await w.paid();
        return {params: {id: payment.id}, token: order.access_token};
    },
    'POST /payments/{id}/capture': async w => ({params: {id: (await w.paid({type: 'bank_transfer'})).payment.id}, body: {reference: 'statement 7'}}),
    'POST /payments/{id}/void': async w => ({params: {id: (await w.paid({type: 'bank_transfer'})).payment.id}, body: {}}),
    'POST /payments/{id}/refunds': async w => ({params: {id: (await w.received()).payment.id}, body: {amount: 100, reason: 'goodwill'}}),
    'POST /payments/{id}/refunds/{refund_id}/sent': async w => {
        const {payment, refund} = await w.toBeSent();
        return {params: {id: payment.id, refund_id: refund.id}};
    },
    'POST /payments/{id}/refunds/{refund_id}/cancel': async w => {
        const {payment, refund} = await w.toBeSent();
        return {params: {id: payment.id, refund_id: refund.id}};
    },
    'GET /admin/payments/{id}': async w => ({params: {id: (await w.paid()).payment.id}}),
    'GET /sandbox/3ds/{reference}': async w => ({params: {reference: last((await w.paid(card('4000002500003155'))).payment.action_url)}}),
    'POST /sandbox/3ds/{reference}': async w => ({params: {reference: last((await w.paid(card('4000002500003155'))).payment.action_url)}, raw: 'decision=refuse'}),
    'POST /webhooks/stripe': async w => {
        const raw = JSON.stringify({id: `evt_${w.next()}`, type: 'payment_intent.succeeded', data: {object: {id: 'pi_none', object: 'payment_intent'}}});
        return {raw, headers: w.signedByStripe(raw)};
    },
    'POST /webhooks/easypost': async w => {
        const raw = JSON.stringify({description: 'tracker.updated', result: {tracking_code: 'NONE', status: 'in_transit', tracking_details: []}});
        return {raw, headers: w.signedByEasypost(raw)};
    },
    'PUT /orders/{id}/fulfillment': async (w, random) => {
        if (random.chance(0.5)) {
            const {order, shipment} = await w.labelled();
            return {params: {id: order.id}, body: {status: 'shipped', shipment_id: shipment.id}};
        }
        return {params: {id: (await w.paid()).order.id}, body: {carrier: 'local', service: 'standard', parcel: {weight_g: 900}}};
    },
    'POST /orders/bulk/fulfillment': async w => ({body: {order_ids: [(await w.paid()).order.id, (await w.order()).id], carrier: 'local', service: 'standard'}}),
    'POST /orders/{id}/rates': async w => ({params: {id: (await w.paid()).order.id}, body: {carrier: 'local', parcel: {weight_g: 100}}}),
    'GET /orders/{id}/tracking': async w => holder((await w.shipped()).order),
    'GET /track/{link}': async w => {
        const {order} = await w.shipped();
        return {params: {link: last((await w.must('GET', `/orders/${order.id}/tracking`, {token: order.access_token})).page_url)}};
    },
    'GET /shipments/{id}': async w => ({params: {id: (await w.labelled()).shipment.id}}),
    'POST /shipments/{id}/void': async w => ({params: {id: (await w.labelled()).shipment.id}}),
    'POST /shipments/{id}/retry': async w => ({params: {id: (await w.labelled(2, {city: '北京市'})).shipment.id}}),
    'POST /shipments/{id}/keep-label': async w => ({params: {id: (await w.outdated()).shipment.id}}),
    'POST /shipments/{id}/replace-label': async w => ({params: {id: (await w.outdated()).shipment.id}}),
    'POST /admin/packing/sheets': async w => ({body: {order_ids: [(await w.labelled()).order.id]}}),
    'POST /orders/{id}/short-pick': async w => {
        const {order} = await w.paid();
        return {params: {id: order.id}, body: {missing: [{item_id: order.items[0].id, quantity: 1}], rest: 'hold', missing_units: 'put_back', reason: 'broken'}};
    },
    'GET /admin/packing/{id}': async w => ({params: {id: (await w.paid()).order.id}}),
    'GET /admin/search': async () => ({query: {q: 'mug'}}),
    'GET /docs/guides/{name}': async () => ({params: {name: '1-take-an-order'}}),
    'POST /shipments/{id}/events': async w => ({params: {id: (await w.shipped()).shipment.id}, body: {status: 'out_for_delivery', description: 'on the van', location: 'Berlin'}}),
    'GET /shipments/{id}/label': async w => ({params: {id: (await w.labelled()).shipment.id}}),
    'GET /shipments/{id}/label.pdf': async w => ({params: {id: (await w.labelled()).shipment.id}}),
    'GET /shipments/{id}/label.zpl': async w => ({params: {id: (await w.labelled()).shipment.id}}),
    'GET /shipments/{id}/packing-slip': async w => ({params: {id: (await w.labelled()).shipment.id}}),
    'POST /shipments/labels': async w => ({body: {shipment_ids: [(await w.labelled()).shipment.id]}}),
    'GET /orders/{id}/returns': async w => ({params: {id: (await w.shipped()).order.id}}),
    'POST /orders/{id}/returns': async w => {
        const {order} = await w.shipped();
        return {params: {id: order.id}, body: {items: [{item_id: order.items[0].id, quantity: 1}], reason: 'too small', restock: true}};
    },
    'POST /orders/{id}/cancel-unshipped': async w => ({params: {id: (await w.shipped(1)).order.id}, body: {reason: 'out of it'}}),
    'POST /auth/login': async w => ({body: {username: 'viewer', password: kPassword}}),
    'POST /auth/logout': async w => ({token: (await w.user()).token}),
    'PUT /auth/password': async w => ({token: (await w.user()).token, body: {current_password: kPassword, new_password: 'another horse battery'}}),
    'POST /auth/totp': async w => ({token: (await w.user()).token, body: {password: kPassword}}),
    'POST /auth/totp/confirm': async w => {
        const user = await w.withTotp(false);
        return {token: user.token, body: {code: totpOf(user.secret)}};
    },
    'POST /auth/totp/disable': async w => {
        const user = await w.withTotp(true);
        return {token: user.token, body: {password: kPassword, recovery_code: user.recovery[0]}};
    },
    'GET /auth/me': async w => ({token: w.tokens.viewer}),
    'DELETE /auth/sessions': async w => ({token: (await w.user()).token}),
    'DELETE /auth/sessions/{id}': async w => {
        const {token} = await w.user();
        return {token, params: {id: (await w.must('GET', '/auth/sessions', {token})).data[0].id}};
    },
    'GET /admin/users/{id}/sessions': async w => ({params: {id: w.ids.owner}}),
    'DELETE /admin/users/{id}/sessions': async w => ({params: {id: (await w.user()).id}}),
    'DELETE /admin/users/{id}/sessions/{session}': async w => {
        const user = await w.user();
        return {params: {id: user.id, session: (await w.must('GET', '/auth/sessions', {token: user.token})).data[0].id}};
    },
    'POST /customers': async w => ({body: {name: 'New', email: `new${w.next()}@example.test`, password: kPassword}}),
    'POST /customers/password-resets': async w => ({body: {email: (await w.customer()).email}}),
    'PUT /customers/password-resets': async w => {
        const {email} = await w.customer();
        await w.must('POST', '/customers/password-resets', {body: {email}});
        for (let i = 0; i < 600; ++i) {
            const [code] = /\b[A-Z2-9]{4}-[A-Z2-9]{4}\b/.exec(w.mailServer.mails.find(it => it.to === email)?.text ?? '') ?? [];
            if (code) {
                return {body: {email, code, password: 'another horse battery'}};
            }
            await new Promise(done => setTimeout(done, 100));
        }
        throw new Error('no mail brings the code');
    },
    'PUT /customers/me': async w => ({token: (await w.customer()).token, body: {name: 'Renamed'}}),
    'DELETE /customers/me': async w => ({token: (await w.customer()).token}),
    'GET /admin/customers/{id}': async w => ({params: {id: (await w.customer()).id}}),
    'POST /admin/customers/{id}/erase': async w => ({params: {id: (await w.customer()).id}}),
    'GET /admin/customers/{id}/export': async w => ({params: {id: (await w.customer()).id}}),
    'POST /admin/users': async w => ({body: {username: `u${w.next()}`, password: kPassword, role: 'viewer'}}),
    'GET /admin/users/{id}': async w => ({params: {id: w.ids.owner}}),
    'PUT /admin/users/{id}': async w => ({params: {id: (await w.user()).id}, body: {active: false}}),
    'DELETE /admin/users/{id}': async w => ({params: {id: (await w.user()).id}}),
    'POST /admin/users/{id}/reset-totp': async w => ({params: {id: (await w.withTotp(true)).id}}),
    'POST /admin/api-keys': async w => ({body: {label: 'till', role: 'viewer', scopes: ['orders:read']}}),
    'DELETE /admin/api-keys/{id}': async w => ({params: {id: (await w.owner('POST', '/admin/api-keys', {label: 'gone', role: 'viewer'})).id}}),
    'POST /admin/delivery-methods': async w => ({body: deliveryMethod(w)}),
    'GET /admin/delivery-methods/{id}': async w => ({params: {id: await spareMethod(w)}}),
    'PUT /admin/delivery-methods/{id}': async w => ({params: {id: await spareMethod(w)}, body: {active: false, days: '2'}}),
    'DELETE /admin/delivery-methods/{id}': async w => ({params: {id: await spareMethod(w)}}),
    'POST /admin/orders/{id}/tags': async w => ({params: {id: (await w.order()).id}, body: {add: ['gift'], remove: ['vip']}}),
    'GET /admin/orders/{id}/comments': async w => ({params: {id: (await w.order()).id}}),
    'POST /admin/orders/{id}/comments': async w => ({params: {id: (await w.order()).id}, token: w.tokens.staff, body: {text: 'Called her.'}}),
    'DELETE /admin/orders/{id}/comments/{comment}': async w => {
        const order = await w.order();
        return {params: {id: order.id, comment: (await w.owner('POST', `/admin/orders/${order.id}/comments`, {text: 'x'})).id}, token: w.tokens.owner};
    },
    'GET /admin/saved-lists': async w => ({token: w.tokens.viewer}),
    'POST /admin/saved-lists': async w => ({token: (await w.user()).token, body: {list: 'orders', name: 'Gifts', query: 'tag=gift'}}),
    'DELETE /admin/saved-lists/{id}': async w => {
        const user = await w.user();
        const saved = await w.must('POST', '/admin/saved-lists', {token: user.token, body: {list: 'orders', name: 'Gifts', query: 'tag=gift'}});
        return {params: {id: saved.id}, token: user.token};
    },
    'GET /admin/notices': async w => ({token: w.tokens.viewer}),
    'PUT /admin/notices/mail': async w => ({token: w.tokens.viewer, body: {address: 'anna@example.test', about: ['order_paid']}}),
    'PUT /admin/notices/post': async w => ({token: w.tokens.viewer, body: {url: w.urls.hook, about: ['order_paid', 'low_stock']}}),
    'DELETE /admin/notices/mail': async w => told(w, 'mail', {address: 'anna@example.test'}),
    'DELETE /admin/notices/post': async w => told(w, 'post', {url: w.urls.hook}),
    'POST /admin/notices/mail/test': async w => told(w, 'mail', {address: 'anna@example.test'}),
    'POST /admin/notices/post/test': async w => told(w, 'post', {url: w.urls.hook}),
    'POST /admin/webhooks': async w => ({body: {url: w.urls.hook, events: ['order.*']}}),
    'GET /admin/webhooks/{id}': async w => ({params: {id: (await w.hook()).id}}),
    'PUT /admin/webhooks/{id}': async w => ({params: {id: (await w.hook()).id}, body: {enabled: false, description: 'off'}}),
    'DELETE /admin/webhooks/{id}': async w => ({params: {id: (await w.hook()).id}}),
    'POST /admin/webhooks/{id}/rotate-secret': async w => ({params: {id: (await w.hook()).id}}),
    'POST /admin/webhooks/{id}/test': async w => ({params: {id: (await w.hook()).id}}),
    'GET /admin/webhook-deliveries/{id}': async w => delivery(w),
    'POST /admin/webhook-deliveries/{id}/replay': async w => delivery(w),
    'POST /admin/settings/mail/test': async () => ({body: {to: 'ada@example.test'}}),
    'GET /receipt/{link}': async w => ({params: {link: last((await w.order()).receipt_url)}}),
    'PUT /admin/settings': async w => ({body: {shop_name: `Shop ${w.next()}`, reservation_minutes: 500}}),
    'POST /admin/jobs/{id}/retry': async (w, random) => ({params: {id: (await w.deadJob(random)).id}}),
    'DELETE /admin/jobs/{id}': async (w, random) => ({params: {id: (await w.deadJob(random)).id}}),
    'POST /admin/job-parties/{party}/try': async w => {
        await w.owner('POST', '/admin/webhooks', {url: 'http://127.0.0.1:1/nobody', events: ['order.placed']});
        await w.order();
        const paused = lanes => lanes.data.flatMap(lane => lane.paused);
        return {params: {party: paused(await w.until('/admin/job-lanes', it => paused(it).length > 0))[0].party}};
    },
    'GET /orders/{id}/return-requests': async w => ({params: {id: (await w.shipped()).order.id}}),
    'PUT /admin/checklist/{step}': async () => ({params: {step: 'key_kept'}, body: {confirmed: true}}),
};

/** A method that no order takes. */
const deliveryMethod = w => ({name: `Courier ${w.next()}`, kind: 'shipping', active: false,
    zones: [{places: [{country: 'DE', postal_codes: ['10']}], by: 'weight', bands: [{from: 0, to: 2000, price: 990}]}]});

/** One of them; the others of before are deleted, since a shop has only so many. */
async function spareMethod(w) {
    const methods = (await w.must('GET', '/admin/delivery-methods?limit=200', {token: w.tokens.owner})).data;
    for (const method of methods.filter(it => !it.active)) {
        await w.must('DELETE', `/admin/delivery-methods/${method.id}`, {token: w.tokens.owner});
    }
    return (await w.owner('POST', '/admin/delivery-methods', deliveryMethod(w))).id;
}

const holder = order => ({params: {id: order.id}, token: order.access_token});

async function delivery(w) {
    await w.must('POST', '/orders', {body: w.newOrder()});
    await w.until('/admin/webhook-deliveries?status=delivered&limit=1', it => it.data.length > 0);
    return {params: {id: (await w.must('GET', '/admin/webhook-deliveries?status=delivered&limit=1', {token: w.tokens.owner})).data[0].id}};
}
