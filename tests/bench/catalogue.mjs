// What a large catalogue costs: lists and searches of 100,000 products in 20,000 groups with pictures, and an import of
// 100,000 rows with orders beside it.
//
//   node catalogue.mjs BUILD-FOLDER [--products 100000]

import {performance} from 'node:perf_hooks';
import {join} from 'node:path';
import {parseArgs} from 'node:util';
import {writeFileSync} from 'node:fs';

import {load, newFolder, report, round, scratch, shop, tokenOfOwner} from './programs.mjs';

const {values: option} = parseArgs({allowPositionals: true, options: {products: {type: 'string', default: '100000'}}});
const products = Number(option.products);
const count = 200;

/** First and later pages, as each of them is asked for. `staff`: with the owner's token. */
const lists = [
    ['/products?limit=50', '/products?limit=50&sort=price', '/products?limit=50&sort=name', '/products?q=glaze&limit=50', '/products?q=glaze&limit=50&sort=price',
        '/products?q=mug%20blue&limit=50&sort=-price', '/products?q=a&limit=50', '/product-groups?limit=50', '/product-groups?limit=50&sort=price',
        '/product-groups?q=glaze&limit=50', '/product-groups?q=mug&limit=50&sort=price', '/product-groups?q=m&limit=50&sort=name',
        '/products?q=s&limit=50&sort=name', '/products?q=zz%20glaze&limit=50&sort=name', '/products?q=%E8%8C%B6&limit=50', '/product-groups?q=glaze&limit=50&sort=price'].map(path => ({path})),
    ['/admin/inventory?limit=50', '/admin/inventory?limit=50&sort=name', '/admin/inventory?limit=50&low_stock=true', '/admin/inventory?q=glaze&limit=50',
        '/admin/inventory?q=glaze&limit=50&sort=price', '/admin/inventory?q=bl&limit=50&sort=sku', '/admin/product-groups?limit=50',
        '/admin/product-groups?q=glaze&limit=50', '/admin/product-groups?q=mug&limit=50&sort=name'].map(path => ({path, staff: true})),
].flat();

/** Each list with `paths` of its first page, and of the pages behind it. What customers see is remembered, so each path asks for what none did: with a bound on prices that holds back nothing, or with less on a page. */
async function withDeepPages(server, token) {
    const all = [];
    for (const {path, staff} of lists) {
        all.push({name: path, staff, paths: Array.from({length: count}, (_, n) => (staff ? path : `${path}&max_price=${1e9 + n}`))});
        const deep = [];
        let cursor = '';
        while (deep.length < count) {
            const asked = `${path}${cursor}`;
            const answer = await fetch(`http://127.0.0.1:${server.port}${asked}`, {headers: staff ? {authorization: `Bearer ${token}`} : {}});
            if (answer.status !== 200) throw new Error(`${asked}: ${answer.status} ${await answer.text()}`);
            const next = (await answer.json()).next_cursor;
            if (!next) break;
            cursor = `&cursor=${encodeURIComponent(next)}`;
            deep.push(`${path.replace('limit=50', 'limit=49')}${cursor}`);
        }
        if (deep.length > 1) all.push({name: `${path}, pages 2 to ${deep.length + 1}`, staff, paths: deep});
    }
    return all;
}

async function measureLists() {
    const folder = await newFolder('catalogue', 1_000, '--products', products, '--groups', products / 5, '--pictures');
    const server = await shop(folder);
    const token = await tokenOfOwner(server);
    const rows = [];
    for (const {name, paths, staff} of await withDeepPages(server, token)) {
        const file = join(scratch, 'list.paths');
        writeFileSync(file, `${paths.join('\n')}\n`);
        const {p50_ms, p99_ms} = await load(server.port, '--paths', file, '--count', paths.length, '--connections', 1, ...(staff ? ['--token', token] : []));
        rows.push({name, p99_ms});
        report(`  ${name}: p50 ${round(p50_ms)} ms, p99 ${round(p99_ms)} ms`);
    }
    await server.stop();
    const worst = rows.reduce((a, b) => (a.p99_ms > b.p99_ms ? a : b));
    console.log(`| lists and searches of ${products.toLocaleString('en')} products, first and deep pages | p99 under 15 ms | **p99 ${round(worst.p99_ms, 1)} ms** at worst (${worst.name}) |`);
}

/** A file of new products: five variants a handle. */
function file() {
    const rows = ['Handle,Title,Body (HTML),Option1 Name,Option1 Value,Variant SKU,Variant Inventory Tracker,Variant Inventory Qty,Variant Price,Status'];
    for (let i = 0; i < products; ++i) {
        const group = Math.floor(i / 5);
        rows.push(`bowl-${group},${i % 5 ? '' : `Bowl ${group}`},${i % 5 ? '' : '<p>Thrown by hand and glazed twice.</p>'},Size,${i % 5 + 1},BOWL-${i},shopify,${i % 40},${10 + i % 90}.50,active`);
    }
    return `${rows.join('\n')}\n`;
}

async function measureImport() {
    const server = await shop(await newFolder('imported', 100, '--products', 20));
    const url = `http://127.0.0.1:${server.port}`;
    const token = await tokenOfOwner(server);
    const {data} = await (await fetch(`${url}/products?limit=20`)).json();
    const begun = performance.now();
    let isDone = false;
    const imported = fetch(`${url}/admin/inventory/import`, {method: 'POST', body: file(), headers: {'content-type': 'text/csv', authorization: `Bearer ${token}`}})
        .then(async answer => {
            isDone = true;
            return {status: answer.status, text: (await answer.text()).slice(0, 300), seconds: (performance.now() - begun) / 1000};
        });
    const times = [];
    for (let i = 0; !isDone; ++i) {
        const asked = performance.now();
        const answer = await fetch(`${url}/orders`, {method: 'POST', headers: {'content-type': 'application/json'}, body: JSON.stringify({
            customer: {name: 'Ada Lovelace', email: `guest-${i}@example.com`, shipping_address: {line1: 'Allee 12', city: 'Berlin', postal_code: '10115', country: 'DE'}},
            items: [{product_id: data[i % data.length].id, quantity: 1}]})});
        await answer.text();
        if (answer.status === 201) times.push(performance.now() - asked);
        await new Promise(done => setTimeout(done, 20));
    }
    const {status, text, seconds} = await imported;
    if (status !== 201) throw new Error(`the import answered ${status}: ${text}`);
    times.sort((a, b) => a - b);
    const at = part => times[Math.min(times.length - 1, Math.floor(times.length * part))];
    console.log(`| an import of ${products.toLocaleString('en')} rows | under 300 s | **${round(seconds, 0)} s**; memory at its peak ${round(server.memory('VmHWM'), 0)} MiB |`);
    console.log(`| orders beside it, one at a time | within 100 ms | **p99 ${round(at(0.99), 0)} ms**, at worst ${round(times.at(-1), 0)} ms; p50 ${round(at(0.5), 1)} ms; ${times.length} orders |`);
    await server.stop();
}

console.log('| what | wanted | measured |\n|---|---|---|');
await measureLists();
await measureImport();
process.exit(0);
