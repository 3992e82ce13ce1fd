// The shop that orderd's speed is compared with: POST /orders as one would write it by hand in an afternoon. It keeps
// the rows that matter (customer, order, items, stock, event, stored answer) in one transaction with synchronous=FULL,
// and leaves out what makes orderd slower: no validation, no sealed columns, no search, no roles.
//
//   node shop.mjs FILE --products N     serves on a free port of 127.0.0.1, and prints it

import {createHash, randomBytes} from 'node:crypto';
import Database from 'better-sqlite3';
import fastify from 'fastify';

const [file, , products] = process.argv.slice(2);
const db = new Database(file);
db.pragma('journal_mode = WAL');
db.pragma('synchronous = FULL');
db.pragma('foreign_keys = ON');
db.exec(`
    CREATE TABLE customer (id INTEGER PRIMARY KEY, email TEXT NOT NULL UNIQUE, name TEXT, phone TEXT, address TEXT);
    CREATE TABLE product (id INTEGER PRIMARY KEY, sku TEXT NOT NULL UNIQUE, name TEXT NOT NULL, price INTEGER NOT NULL,
                          on_hand INTEGER NOT NULL, reserved INTEGER NOT NULL DEFAULT 0);
    CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL REFERENCES customer (id),
                         status TEXT NOT NULL, total INTEGER NOT NULL, address TEXT NOT NULL, token_hash TEXT NOT NULL,
                         placed_at INTEGER NOT NULL);
    CREATE INDEX orders_by_customer ON orders (customer_id);
    CREATE INDEX orders_by_status ON orders (status, id);
    CREATE TABLE order_item (id INTEGER PRIMARY KEY, order_id INTEGER NOT NULL REFERENCES orders (id),
                             product_id INTEGER NOT NULL REFERENCES product (id), price INTEGER NOT NULL,
                             quantity INTEGER NOT NULL);
    CREATE INDEX order_item_by_order ON order_item (order_id);
    CREATE TABLE event (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, order_id INTEGER NOT NULL, body TEXT NOT NULL,
                        at INTEGER NOT NULL);
    CREATE TABLE idempotency (key TEXT PRIMARY KEY, answer TEXT NOT NULL, at INTEGER NOT NULL) WITHOUT ROWID;
`);
const addProduct = db.prepare('INSERT INTO product (sku, name, price, on_hand) VALUES (?, ?, ?, ?)');
db.transaction(() => {
    for (let n = 1; n <= Number(products); ++n) {
        addProduct.run(`BOWL-${n}`, `Stoneware bowl number ${n}`, 900 + n * 37 % 4000, 1_000_000_000);
    }
})();

const stored = db.prepare('SELECT answer FROM idempotency WHERE key = ?');
const store = db.prepare('INSERT INTO idempotency VALUES (?, ?, ?)');
const findCustomer = db.prepare('SELECT id FROM customer WHERE email = ?').pluck();
const addCustomer = db.prepare('INSERT INTO customer (email, name, phone, address) VALUES (?, ?, ?, ?)');
const productOf = db.prepare('SELECT sku, name, price FROM product WHERE id = ?');
const reserve = db.prepare('UPDATE product SET reserved = reserved + ? WHERE id = ? AND on_hand - reserved >= ?');
const addOrder = db.prepare(`
    INSERT INTO orders (customer_id, status, total, address, token_hash, placed_at) VALUES (?, 'pending', ?, ?, ?, ?)`);
const addItem = db.prepare('INSERT INTO order_item (order_id, product_id, price, quantity) VALUES (?, ?, ?, ?)');
const addEvent = db.prepare("INSERT INTO event (kind, order_id, body, at) VALUES ('order.placed', ?, ?, ?)");

const place = db.transaction((body, key) => {
    const before = stored.get(key);
    if (before) return before.answer;
    const now = Date.now();
    const {name, email, phone, shipping_address: address} = body.customer;
    const customer = findCustomer.get(email)
        ?? addCustomer.run(email, name, phone, JSON.stringify(address)).lastInsertRowid;
    const items = body.items.map(({product_id, quantity}) => ({...productOf.get(product_id), product_id, quantity}));
    for (const item of items) {
        if (reserve.run(item.quantity, item.product_id, item.quantity).changes === 0) {
            throw Object.assign(new Error('insufficient stock'), {statusCode: 409});
        }
    }
    const total = items.reduce((sum, item) => sum + item.price * item.quantity, 0);
    const token = randomBytes(32).toString('base64url');
    const id = addOrder.run(customer, total, JSON.stringify(address),
                            createHash('sha256').update(token).digest('hex'), now).lastInsertRowid;
    for (const item of items) addItem.run(id, item.product_id, item.price, item.quantity);
    addEvent.run(id, JSON.stringify({total, items: items.length}), now);
    const answer = JSON.stringify({id, status: 'pending', total, items, access_token: token, placed_at: now});
    store.run(key, answer, now);
    return answer;
});

const app = fastify();
app.post('/orders', (request, reply) => {
    reply.code(201).type('application/json').send(place.immediate(request.body, request.headers['idempotency-key']));
});
await app.listen({host: '127.0.0.1', port: 0});
console.log(`answers on ${app.server.address().port}`);
process.on('SIGTERM', async () => {
    await app.close();
    db.close();
});
