// What clients do with products, their stock, and imports of them.
import {wrote} from './model.mjs';

const live = c => [...c.state.products.values()].filter(it => !it.isDeleted);

/** Takes a product into the model. `counted`: its stock by what was counted, received and imported, orders aside. */
function know(c, body, {counted, isPlain = true, isImported = false, isScarce = false}) {
    c.given('product', body.id);
    const product = {id: body.id, sku: body.sku, counted, prices: new Set([body.price]), fields: {}, isPlain, isImported, isScarce, isDeleted: false};
    for (const name of ['name', 'price', 'description', 'status']) {
        wrote(product.fields, name, body[name], body.version);
    }
    c.state.products.set(body.id, product);
    return product;
}

async function addProduct(c, random, {quantity, isPlain = true, isScarce = false, threshold} = {}) {
    const n = c.next();
    const body = {sku: `P-${n}`, name: `Product ${n}`, description: `of seed ${c.seed}`, price: random.between(100, 5000),
        quantity: quantity ?? random.between(0, 60), low_stock_threshold: threshold ?? (random.chance(0.3) ? 5 : null), weight_g: random.between(1, 900)};
    const answer = await c.client.ask('POST', random.pick(['/products', '/admin/inventory']), {body, token: c.staffToken(random), key: random.uuid()});
    if (!c.expect(answer.status === 201 && answer.body.on_hand === body.quantity, 'a product is added', `${answer.status} ${answer.text}`)) {
        return null;
    }
    return know(c, answer.body, {counted: body.quantity, isPlain, isScarce});
}

const add = {
    kind: 'product.add', weight: 4,
    run: async (c, random) => live(c).length < 60 && (await addProduct(c, random, {isPlain: false, isScarce: random.chance(0.5), quantity: random.between(0, 30)})) !== null,
};

/** What a PUT's unique note moved: the answer may have been lost. */
async function movedBy(c, product, note) {
    for (let path = `/admin/inventory/${product.id}/movements?limit=200`; path; ) {
        const answer = await c.client.ask('GET', path, {token: c.ownerToken});
        if (answer.status !== 200) {
            return null;
        }
        const found = answer.body.data.filter(it => it.note === note);
        if (found.length) {
            c.expect(found.length === 1, 'a count is written down once', `${product.sku}: ${note}: ${found.length}`);
            return found.reduce((sum, it) => sum + it.delta, 0);
        }
        const next = answer.body.next_cursor;
        path = next && `/admin/inventory/${product.id}/movements?limit=200&cursor=${encodeURIComponent(next)}`;
    }
    return 0;
}

function stocktaking(kind, weight, change) {
    return {
        kind, weight,
        async run(c, random) {
            const product = random.pick(live(c).filter(it => !it.isImported));
            if (!product) {
                return false;
            }
            const note = `count ${c.next()}`;
            const body = {...change(random, product), note};
            // Not idempotent, and without a key: one in doubt is not sent again, but looked for.
            let answer = null;
            const endings = c.server.endings;
            try {
                await c.server.served();
                answer = await c.client.once('PUT', `/products/${product.id}`, {body, token: c.staffToken(random)});
            } catch {
                await c.lost(endings, `PUT /products/${product.id}`);
            }
            if (answer && answer.status !== 200) {
                c.expect([404, 409, 422].includes(answer.status), 'a count is taken or refused', `${answer.status} ${answer.text}`);
                return false;
            }
            const delta = await movedBy(c, product, note);
            product.counted += delta ?? 0;
            if (answer) {
                c.expect(delta === null || body.adjust === undefined || delta === body.adjust, 'a movement is what was asked', `${product.sku}: ${delta} for ${JSON.stringify(body)}`);
                c.expect(body.quantity === undefined || answer.body.on_hand === body.quantity, 'a count is what was asked', answer.text);
            }
            return answer !== null || delta !== 0;
        },
    };
}

const adjust = stocktaking('stock.adjust', 10, random => random.pick([{adjust: random.between(1, 40), reason: 'received'}, {adjust: -random.between(1, 3), reason: 'damaged'},
    {adjust: random.pick([-2, 5]), reason: 'adjusted'}]));
const count = stocktaking('stock.count', 4, random => ({quantity: random.between(10, 120), reason: 'corrected'}));

const edit = {
    kind: 'product.edit', weight: 7,
    async run(c, random) {
        const product = random.pick(live(c).filter(it => !it.isImported));
        const body = random.pick([{name: `Renamed ${c.next()}`}, {price: random.between(100, 5000)}, {description: `text ${c.next()}`}]);
        if (body.price) {
            product.prices.add(body.price);
        }
        const answer = await c.client.ask('PUT', `/products/${product.id}`, {body, token: c.staffToken(random)});
        if (answer.status === 200) {
            for (const [name, value] of Object.entries(body)) {
                wrote(product.fields, name, value, answer.body.version);
            }
        }
        return c.expect(answer.status === 200 || product.isDeleted, 'a product is edited', `${product.sku}: ${answer.status} ${answer.text}`) && answer.status === 200;
    },
};

const staleEdit = {
    kind: 'product.edit.stale', weight: 2,
    async run(c, random) {
        const product = random.pick(live(c).filter(it => it.isPlain));
        const answer = await c.client.ask('PUT', `/products/${product.id}`, {body: {name: 'never'}, token: c.staffToken(random), match: '"0"'});
        return c.expect(answer.code === 'stale_version', 'a stale version changes nothing', `${answer.status} ${answer.text}`);
    },
};

const archive = {
    kind: 'product.archive', weight: 2,
    async run(c, random) {
        const product = random.pick(live(c).filter(it => !it.isPlain && !it.isImported));
        if (!product) {
            return false;
        }
        const status = product.fields.status.value === 'archived' ? 'active' : 'archived';
        const answer = await c.client.ask('PUT', `/products/${product.id}`, {body: {status}, token: c.staffToken(random)});
        if (answer.status === 200) {
            wrote(product.fields, 'status', status, answer.body.version);
        }
        return answer.status === 200;
    },
};

/** Archived once it has been ordered, else deleted. */
const remove = {
    kind: 'product.delete', weight: 2,
    async run(c, random) {
        const product = random.pick(live(c).filter(it => !it.isPlain && !it.isImported));
        if (!product) {
            return false;
        }
        const answer = await c.client.ask('DELETE', `/products/${product.id}`, {token: c.staffToken(random)});
        const isGone = answer.status === 204 || answer.status === 404;
        if (isGone) {
            product.isDeleted = true;
        } else if (answer.status === 200) {
            wrote(product.fields, 'status', 'archived', answer.body.version);
        }
        return c.expect(isGone || answer.status === 200, 'a product is deleted or archived', `${product.sku}: ${answer.status} ${answer.text}`);
    },
};

/** A file of a few products, new ones and those of earlier files, with a faulty row now and then. */
function fileOf(c, random) {
    const known = live(c).filter(it => it.isImported);
    const rows = random.shuffled(known).slice(0, random.between(0, 4)).map(product => ({sku: product.sku, price: random.between(100, 4000),
        quantity: random.between(0, 80)}));
    for (let i = random.between(rows.length ? 0 : 1, known.length > 40 ? 0 : 3); i > 0; --i) {
        rows.push({sku: `I-${c.next()}`, price: random.between(100, 4000), quantity: random.between(0, 50)});
    }
    if (!rows.length) {
        rows.push({sku: `I-${c.next()}`, price: 100, quantity: 1});
    }
    const csv = ['Handle,Title,Variant SKU,Variant Inventory Qty,Variant Price',
        ...rows.map(row => `${row.sku.toLowerCase()},Imported ${c.next()},${row.sku},${row.quantity},${(row.price / 100).toFixed(2)}`),
        ...(random.chance(0.2) ? ['broken,Broken,BROKEN,1,not a price'] : [])].join('\r\n') + '\r\n';
    return {rows, csv};
}

/** Imports go one after another, so that each report says what changed since the one before. */
const imports = c => c.lock('imports');

async function takeReport(c, rows, report) {
    for (const told of report.rows.filter(it => it.outcome !== 'skipped')) {
        const row = rows.find(it => it.sku === told.sku);
        const product = live(c).find(it => it.sku === told.sku);
        const stock = told.changes.on_hand;
        c.expect(row && (!stock || stock.to === row.quantity), 'an import sets what its file says', `${told.sku}: ${JSON.stringify(told)}`);
        if (product) {
            product.prices.add(row.price);
            product.counted += stock ? stock.to - stock.from : 0;
            for (const [name, change] of Object.entries(told.changes)) {
                if (product.fields[name]) {
                    product.fields[name] = {value: change.to, version: 0};
                }
            }
        } else if (told.outcome === 'added') {
            const found = await c.client.ask('GET', `/admin/inventory?q=${told.sku}&limit=200`, {token: c.ownerToken});
            const body = found.body?.data?.find(it => it.sku === told.sku);
            if (c.expect(body, 'what an import added is there', `${told.sku}: ${found.text}`)) {
                know(c, {...body, price: row.price}, {counted: row.quantity, isImported: true, isPlain: false});
            }
        }
    }
}

const runImport = {
    kind: 'import', weight: 8,
    run: (c, random) => imports(c)(async () => {
        const {rows, csv} = fileOf(c, random);
        rows.forEach(row => live(c).find(it => it.sku === row.sku)?.prices.add(row.price));
        const answer = await c.client.ask('POST', '/admin/inventory/import', {raw: csv, type: 'text/csv', token: c.staffToken(random), key: random.uuid()});
        if (!c.expect(answer.status === 201 || answer.status === 200, 'a file is imported', `${answer.status} ${answer.text}`)) {
            return false;
        }
        const before = new Map(live(c).map(it => [it.sku, it.counted]));
        await takeReport(c, rows, answer.body);
        if (answer.body.id !== null) {
            c.given('import', answer.body.id);
            c.state.imports.set(answer.body.id, {rows: answer.body.rows.filter(it => it.outcome !== 'skipped'), isUndone: false,
                before: [...before].filter(([sku]) => rows.some(it => it.sku === sku))});
            c.lastImport = answer.body.id;
        }
        return true;
    }),
};

const preview = {
    kind: 'import.preview', weight: 4,
    async run(c, random) {
        const {csv} = fileOf(c, random);
        const answer = await c.client.ask('POST', '/admin/inventory/import?dry_run=true', {raw: csv, type: 'text/csv', token: c.staffToken(random), again: true});
        return c.expect(answer.status === 200 && answer.body.id === null, 'a preview imports nothing', `${answer.status} ${answer.text}`);
    },
};

const undo = {
    kind: 'import.undo', weight: 5,
    run: (c, random) => imports(c)(async () => {
        const id = c.lastImport;
        const known = c.state.imports.get(id);
        if (!known || known.isUndone) {
            return false;
        }
        const answer = await c.client.ask('POST', `/admin/inventory/imports/${id}/undo`, {token: c.staffToken(random), key: random.uuid()});
        if (answer.status !== 200) {
            return !c.expect(answer.code === 'import_in_use', 'an import is undone, or in use', `${answer.status} ${answer.text}`);
        }
        known.isUndone = true;
        for (const row of known.rows) {
            const product = live(c).find(it => it.sku === row.sku);
            if (!product) {
                continue;
            }
            if (row.outcome === 'added') {
                product.isDeleted = true;
                continue;
            }
            const stock = row.changes.on_hand;
            product.counted -= stock ? stock.to - stock.from : 0;
            for (const [name, change] of Object.entries(row.changes)) {
                if (product.fields[name]) {
                    product.fields[name] = {value: change.from, version: 0};
                }
            }
        }
        return true;
    }),
};

const exports = {
    kind: 'export', weight: 3,
    async run(c, random) {
        const path = random.pick(['/admin/inventory/export', '/admin/orders/export', '/admin/customers/export']);
        const acknowledged = [...c.state.orders.keys()].at(-1);
        const answer = await c.client.ask('GET', path, {token: c.ownerToken});
        c.expect(answer.status === 200, 'an export is answered', `${path}: ${answer.status} ${answer.text.slice(0, 200)}`);
        if (path === '/admin/orders/export' && acknowledged && answer.status === 200) {
            return c.expect(answer.text.includes(`#${acknowledged},`), 'an export has what was acknowledged before it', `order ${acknowledged}`);
        }
        return answer.status === 200;
    },
};

const browse = {
    kind: 'browse', weight: 8,
    async run(c, random) {
        const product = random.pick(live(c));
        const path = random.pick(['/products?limit=5', `/products?q=${product.sku}`, `/products/${product.id}`, '/admin/orders?limit=10',
            '/admin/stats', '/admin/payments?limit=5', '/admin/alerts', '/admin/checklist', `/admin/inventory/${product.id}`, '/admin/jobs', '/metrics',
            '/admin/audit?limit=5', '/admin/stats/sales', '/admin/stats/payments', '/admin/mails?limit=5', '/readyz', '/payment-methods']);
        const answer = await c.client.ask('GET', path, {token: c.ownerToken});
        return c.expect(answer.status === 200 || (answer.status === 404 && product.isDeleted), 'a page is answered', `${path}: ${answer.status} ${answer.text.slice(0, 200)}`);
    },
};

/** Page by page, so that nothing is left out or comes twice. */
const paging = {
    kind: 'list.pages', weight: 2,
    async run(c) {
        const acknowledged = [...c.state.orders.keys()].slice(-40);
        const seen = [];
        for (let cursor = '', pages = 0; pages < 5; ++pages) {
            const answer = await c.client.ask('GET', `/admin/orders?limit=20${cursor}`, {token: c.ownerToken});
            if (!c.expect(answer.status === 200, 'a list is answered', answer.text)) {
                return false;
            }
            seen.push(...answer.body.data.map(it => it.id));
            if (!answer.body.next_cursor) {
                break;
            }
            cursor = `&cursor=${encodeURIComponent(answer.body.next_cursor)}`;
        }
        c.expect(new Set(seen).size === seen.length, 'no order comes twice in a list', `${seen}`);
        const oldest = Math.min(...seen);
        const missing = acknowledged.filter(id => id > oldest && !seen.includes(id));
        return c.expect(missing.length === 0, 'no order is missing in a list', `${missing}`);
    },
};

export {addProduct};
export const catalogOperations = [add, adjust, count, edit, staleEdit, archive, remove, runImport, preview, undo, exports, browse, paging];
