#!/usr/bin/env node
// Keeps a small database of today's schema.sql, so that every later orderd can be held to opening it: schema-N.db.gz, and
// the key that it was made under. A version that was released is never written again.
//
//   tests/databases/write.mjs [ORDERD]    the executable; build/orderd without it
import {spawn, spawnSync} from 'node:child_process';
import {copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import {gzipSync} from 'node:zlib';

const here = import.meta.dirname ?? new URL('.', import.meta.url).pathname;
const orderd = resolve(process.argv[2] ?? join(here, '../../build/orderd'));
const version = /user_version = (\d+)/.exec(readFileSync(join(here, '../../schema.sql'), 'utf8'))[1];
const scratch = mkdtempSync(join(tmpdir(), 'orderd-write-'));
const data = join(scratch, 'shop');
// Four pixels.
const picture = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAF0lEQVR42mO4ubOnft1cBvvQ8vcv7wMANDwHqzL9qsMAAAAASUVORK5CYII=', 'base64');
let server;

function run(args, input = '') {
    const {status, stderr} = spawnSync(orderd, args, {input, encoding: 'utf8'});
    if (status !== 0) {
        throw new Error(`orderd ${args.join(' ')}: ${stderr}`);
    }
}

try {
    spawnSync('mkdir', ['-p', data]);
    run(['admin', 'add', 'ada', '--role', 'owner', '--password-stdin', '--data', data], 'correct horse battery\n');
    server = spawn(orderd, ['serve', '--data', data, '--listen', '127.0.0.1:0', '--sandbox-payments',
        '--private-webhooks', '--payment-wait-ms', '60000', '--log-level', 'error'], {stdio: ['ignore', 'pipe', 'inherit']});
    const url = await new Promise((found, failed) => {
        server.stdout.on('data', text => found(/answers at (\S+)/.exec(text)[1]));
        server.on('exit', () => failed(new Error('orderd does not serve')));
    });
    let token = '';
    async function ask(method, path, body, as = token) {
        const answer = await fetch(url + path, {
            method,
            headers: {'Content-Type': 'application/json', ...(as ? {Authorization: `Bearer ${as}`} : {})},
            body: body === undefined ? undefined : JSON.stringify(body),
        });
        const text = await answer.text();
        if (!answer.ok) {
            throw new Error(`${method} ${path}: ${answer.status} ${text}`);
        }
        return text ? JSON.parse(text) : null;
    }

    token = (await ask('POST', '/auth/login', {username: 'ada', password: 'correct horse battery'}, '')).access_token;
    const address = {line1: 'Werkstattweg 1', city: 'Berlin', postal_code: '10997', country: 'DE'};
    await ask('PUT', '/admin/settings', {shop_name: 'Tide & Clay', easypost_api_key: 'EZTK_kept', shop_address: address,
        tax: {prices_include_tax: true, shipping_taxed: true, rates: [{country: 'DE', rate_ppm: 190000}]},
        seller: {legal_name: 'Tide & Clay GmbH', vat_id: 'DE123456789', tax_number: '', register_entry: '', email: '',
            address: null, payment_terms: '', foot: ''}});
    await ask('PUT', '/admin/settings', {documents: {issue: 'at_payment', retention_years: 10,
        invoices: {format: '{year}-{number}', digits: 5}, credit_notes: {format: '{year}-{number}', digits: 5}}});
    await ask('POST', '/admin/delivery-methods', {name: 'Parcel', names: {de: 'Paket'}, kind: 'shipping', days: '2–3',
        zones: [{places: [{country: '*'}], bands: [{from: 0, to: null, price: 490}], free_from: 10000}]});
    const pickup = await ask('POST', '/admin/delivery-methods', {name: 'Pickup', kind: 'pickup',
        pickup: {name: 'Workshop', address, opening_hours: 'Fridays'}});
    await ask('POST', '/admin/discount-codes', {code: 'SPRING', kind: 'percent', rate_ppm: 100000});
    await ask('POST', '/admin/users', {username: 'bob', password: 'another horse battery', role: 'staff'});
    await ask('POST', '/admin/api-keys', {label: 'till', role: 'viewer'});
    await ask('POST', '/admin/webhooks', {url: 'http://127.0.0.1:9/hook', events: ['order.placed']});
    const mug = await ask('POST', '/products', {sku: 'MUG', name: 'Mug', description: 'Stoneware', price: 1250,
        quantity: 40, low_stock_threshold: 36, weight_g: 350});
    const pot = await ask('POST', '/products', {sku: 'POT', name: 'Pot', description: 'Porcelain', price: 4900, quantity: 5});
    await ask('PUT', `/products/${pot.id}`, {adjust: -1, reason: 'damaged'});
    const lamp = await ask('POST', '/products', {sku: 'LAMP', name: 'Lamp', price: 9900, compare_at_price: 12900, quantity: 1,
        stock_policy: 'beyond', beyond_limit: 5, expected_on: '2030-12-15', most_per_order: 4, barcode: '4006381333931',
        content: {quantity: 750, unit: 'g'}, shelf: 'A 12', customs_code: '940510', origin_country: 'DE'});
    const card = await ask('POST', '/products', {sku: 'CARD', name: 'Gift card', price: 2500, stock_policy: 'uncounted',
        status: 'hidden'});
    const shirts = await ask('POST', '/admin/product-groups', {name: 'Shirt', options: [{name: 'Size', values: ['S', 'M']}],
        generate: {price: 3900, quantity: 7}});
    const gifts = await ask('POST', '/admin/collections', {name: 'Gifts'});
    await ask('POST', `/admin/collections/${gifts.id}/products`, {add: [mug.id, lamp.id]});
    for (const owner of [`inventory/${mug.id}`, `product-groups/${shirts.id}`]) {
        const sent = await fetch(`${url}/admin/${owner}/pictures?alt=Four%20colours`, {method: 'POST', body: picture,
            headers: {authorization: `Bearer ${token}`, 'content-type': 'image/png'}});
        if (sent.status !== 201) {
            throw new Error(`a picture: ${sent.status} ${await sent.text()}`);
        }
    }
    await ask('POST', '/customers', {name: 'Grace Hopper', email: 'grace@example.com', phone: '+1 555 0100',
        password: 'a third horse battery', shipping_address: {line1: 'Navy Yard 1', city: 'Washington', region: 'DC',
            postal_code: '20003', country: 'US'}}, '');
    const place = (quantity, more = {}) => ask('POST', '/orders', {...more,
        customer: {name: 'Ada Lovelace', email: 'ada@example.com', phone: '+49 30 1234567',
            shipping_address: {line1: 'Analytische Allee 12', city: 'Berlin', postal_code: '10115', country: 'DE'}},
        items: [{product_id: mug.id, quantity}, {sku: 'POT', quantity: 1}], note: 'Please ring twice.'}, '');
    const pay = (order, number) => ask('POST', '/payments', {order_id: order.id,
        method: {type: 'card', number, exp_month: 12, exp_year: 2040, cvc: '123'}}, order.access_token);

    // One that went all the way and came back, one that is paid, one that was cancelled, one that waits.
    const whole = await place(3);
    const payment = await pay(whole, '4242424242424242');
    await ask('PUT', `/orders/${whole.id}/fulfillment`, {carrier: 'local', service: 'standard', parcel: {weight_g: 1500}});
    for (let tries = 0; ; ++tries) {
        const {shipments} = await ask('GET', `/orders/${whole.id}/tracking`);
        if (shipments[0].status === 'label_ready') {
            break;
        }
        if (tries > 600) {
            throw new Error('there is no label');
        }
        await new Promise(then => setTimeout(then, 100));
    }
    await ask('PUT', `/orders/${whole.id}/fulfillment`, {status: 'shipped'});
    await ask('PUT', `/orders/${whole.id}/fulfillment`, {status: 'delivered'});
    await ask('POST', `/payments/${payment.id}/refunds`, {amount: 1250, reason: 'chipped'});
    await pay(await place(1), '4242424242424242');
    const cancelled = await place(1);
    await ask('POST', `/orders/${cancelled.id}/cancel`, {reason: 'ordered twice'}, cancelled.access_token);
    await ask('POST', '/orders', {items: [{product_id: lamp.id, quantity: 3}, {product_id: card.id, quantity: 1}],
        customer: {name: 'Grace Hopper', email: 'grace@example.com', phone: '', shipping_address: address}}, '');
    const waiting = await place(1, {delivery_method_id: pickup.id, discount_code: 'SPRING'});
    await ask('PUT', `/admin/orders/${waiting.id}/discount`, {reason: 'The box is scratched', amount: 100});

    server.removeAllListeners('exit');
    const ended = new Promise(then => server.on('exit', then));
    server.kill('SIGTERM');
    await ended;
    const copy = join(scratch, 'copy.db');
    run(['backup', copy, '--data', data]);
    writeFileSync(join(here, `schema-${version}.db.gz`), gzipSync(readFileSync(copy), {level: 9}));
    copyFileSync(join(data, 'shop.key'), join(here, `schema-${version}.key`));
    console.log(`kept tests/databases/schema-${version}.db.gz`);
} finally {
    server?.kill('SIGKILL');
    rmSync(scratch, {recursive: true});
}
