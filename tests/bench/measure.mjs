// Measures what run.sh promises: starts what is measured, in a scratch folder and on loopback, and ends all of it.
//
//   node measure.mjs BUILD-FOLDER [--quick] [--keep] [--without-handwritten]

import {existsSync, readFileSync, readdirSync, statSync, writeFileSync} from 'node:fs';
import {cpus} from 'node:os';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';

import {freePort} from '../support/free_port.mjs';
import {bench, build, load, median, newFolder, orderd, perSecond, printed, report, round, scratch, serve, shop, spread,
    tokenOfOwner} from './programs.mjs';

const quick = process.argv.includes('--quick');
const rounds = quick ? 2 : 3;
const manyOrders = quick ? 100_000 : 1_000_000;
const products = 200;

const placeOrders = (port, count, first, connections = 64) =>
    load(port, '--orders', count, '--products', products, '--first', first, '--connections', connections);

const table = [];
function row(what, wanted, measured) {
    table.push([what, wanted, measured]);
    report(`${what}: ${measured} (wanted: ${wanted})`);
}

// Figures that mean the same on each machine: ratios, and counts. Those of an earlier run are kept beside this file.
const here = dirname(fileURLToPath(import.meta.url));  // Node.js 18 has no import.meta.dirname
const keptFile = join(here, quick ? 'kept-quick.json' : 'kept.json');
const figures = {};
/** Notes what each round measured. `better`: 'more' or 'less'. */
function note(name, better, values) {
    figures[name] = {better, values: values.map(value => Number(value.toPrecision(3)))};
}

/** Which figures are worse than the kept ones by more than noise: none of this run's is as good as the kept run's worst. */
function worseThanKept() {
    const kept = existsSync(keptFile) ? JSON.parse(readFileSync(keptFile, 'utf8')) : {};
    return Object.entries(figures).filter(([name, {better, values}]) => {
        if (!kept[name]) return false;
        return better === 'more' ? Math.max(...values) < Math.min(...kept[name].values)
                                 : Math.min(...values) > Math.max(...kept[name].values);
    }).map(([name, {values}]) => `${name}: ${values.join(', ')}, and ${kept[name].values.join(', ')} before`);
}

/** Orders over HTTP against the same rows written by a bare loop. @returns the last shop, and its memory under load */
async function measureOrders() {
    const count = quick ? 8_000 : 20_000;
    const ratios = [], served = [], bare = [], memory = [];
    let folder;
    for (let i = 0; i < rounds; ++i) {
        folder = await newFolder(`served-${i}`, 0, '--products', products);
        const server = await shop(folder);
        served.push(await placeOrders(server.port, count, 0));
        memory.push(server.memory('VmHWM'));
        await server.stop();
        bare.push(await bench('bare_sqlite', '--served', folder, '--scratch', await newFolder(`bare-${i}`)));
        ratios.push(served[i].rate / bare[i].rate);
    }
    report(`rows of ${count} orders: ${JSON.stringify(bare[0].rows)}`);
    note('durable orders, x a bare loop', 'more', ratios);
    row('durable orders over HTTP (2 items, idempotency key, event), 64 connections', '0.6 × a bare SQLite loop; aim 0.8',
        `**${round(median(ratios))} ×** (${spread(ratios)}); ${perSecond(median(served.map(one => one.rate)))}, ` +
        `p50 ${round(median(served.map(one => one.p50_ms)), 1)} ms, p99 ${round(median(served.map(one => one.p99_ms)), 1)} ms`);
    return {folder, memory: Math.max(...memory)};
}

/** Orders over HTTP beside a shop written by hand, in turns: at many connections, at some, and at one. */
async function measureBesideHandwritten() {
    for (const [connections, count, wanted] of [[64, 20_000, 5], [16, 8_000, 4], [1, 1_500, 1.2]]) {
        const ratios = [], tails = [], ours = [], theirs = [];
        for (let i = 0; i < rounds; ++i) {
            const orders = quick ? count / 5 : count;
            const server = await shop(await newFolder(`beside-${connections}-${i}`, 0, '--products', products));
            ours.push(await placeOrders(server.port, orders, 0, connections));
            await server.stop();
            const other = await serve('node', [join(here, 'handwritten', 'shop.mjs'),
                                               join(scratch, `handwritten-${connections}-${i}.db`), '--products', `${products}`]);
            theirs.push(await placeOrders(other.port, orders / 2, 0, connections));
            await other.stop();
            ratios.push(ours[i].rate / theirs[i].rate);
            tails.push(ours[i].p99_ms / theirs[i].p99_ms);
        }
        note(`orders at ${connections}, x the hand-written shop`, 'more', ratios);
        note(`p99 of orders at ${connections}, x the hand-written shop`, 'less', tails);
        const times = all => ['p50_ms', 'p99_ms'].map(name => round(median(all.map(one => one[name])), 1)).join(' / ');
        row(`durable orders beside a hand-written shop (fastify, better-sqlite3), ${connections} connections`,
            `${wanted} × its orders; p99 no longer than its${connections === 64 ? ", and within 4 × our p50" : ''}`,
            `**${round(median(ratios))} ×** (${spread(ratios)}), p99 **${round(median(tails))} ×** (${spread(tails)}); ` +
            `${perSecond(median(ours.map(one => one.rate)))}, p50 / p99 ${times(ours)} ms, its ${times(theirs)} ms`);
    }
}

/** How many pages each commit in a write-ahead log has, oldest first (https://sqlite.org/fileformat2.html#walformat). */
function commitsInLog(file) {
    const log = readFileSync(file);
    const pageSize = log.readUInt32BE(8), salts = log.subarray(16, 24), commits = [];
    let pages = 0;
    for (let at = 32; at + 24 <= log.length && log.subarray(at + 8, at + 16).equals(salts); at += 24 + pageSize) {
        ++pages;
        if (log.readUInt32BE(at + 4) !== 0) {
            commits.push(pages);
            pages = 0;
        }
    }
    return commits;
}

/** Pages in the log of orders that are placed alone, by people who were not there before. */
async function measurePages(folder) {
    const server = await shop(folder);
    const log = join(folder, readdirSync(folder).find(name => name.endsWith('-wal')));
    const counts = [];
    for (let i = 0; i < 20; ++i) {
        await new Promise(done => setTimeout(done, 300));  // what follows the order before it is written, too
        const before = commitsInLog(log).length;
        await placeOrders(server.port, 1, 20_000_000 + i * 1000, 1);
        counts.push(commitsInLog(log)[before]);
    }
    await server.stop();
    note('pages of an order placed alone', 'less', [median(counts)]);
    row('pages that an order placed alone writes to the log', '12', `**${median(counts)}** (${spread(counts, 0)})`);
}

/** Measures one path of a server against a constant answer of the same size, and reports it. */
async function measureBesideConstant(server, path, what, aim) {
    const count = quick ? 30_000 : 100_000;
    const answer = await fetch(`http://127.0.0.1:${server.port}${path}`, {redirect: 'error'});
    if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}`);
    const file = join(scratch, 'constant.answer');
    writeFileSync(file, Buffer.from(await answer.arrayBuffer()));
    const constant = await serve(join(build, 'bench_constant_server'), [file]);
    const ourPath = join(scratch, 'our.paths'), constantPath = join(scratch, 'constant.paths');
    writeFileSync(ourPath, `${path}\n`);
    writeFileSync(constantPath, '/\n');
    const ratios = [], ours = [];
    for (let i = 0; i < rounds; ++i) {
        const theirs = await load(constant.port, '--paths', constantPath, '--count', count);
        ours.push(await load(server.port, '--paths', ourPath, '--count', count));
        ratios.push(ours[i].rate / theirs.rate);
    }
    await constant.stop();
    note(`GET ${path.split('?')[0]}, x a constant answer`, 'more', ratios);
    row(what, `${aim} × a constant answer of the same size by cpp-httplib`,
        `**${round(median(ratios))} ×** (${spread(ratios)}); ${perSecond(median(ours.map(one => one.rate)))}, ` +
        `p99 ${round(median(ours.map(one => one.p99_ms)), 1)} ms`);
}

/** GET /products against a constant answer. @returns orderd's memory under that load, and at rest after it */
async function measureProducts(folder) {
    const server = await shop(folder);
    await new Promise(done => setTimeout(done, 1000));
    await fetch(`http://127.0.0.1:${server.port}/healthz`);
    const idle = server.memory('VmRSS');
    await measureBesideConstant(server, '/products?limit=50', '`GET /products`, 50 of them, 64 connections', 0.95);
    const peak = server.memory('VmHWM');
    await openPages(server);
    await measureBesideConstant(server, '/', "the shop's first page, 64 connections", 0.8);
    await server.stop();
    return {idle, peak};
}

/** Turns the shop's own pages on. */
async function openPages(server) {
    const url = `http://127.0.0.1:${server.port}/admin/settings`;
    const authorization = `Bearer ${await tokenOfOwner(server)}`;
    const {storefront} = await (await fetch(url, {headers: {authorization}})).json();
    const answer = await fetch(url, {method: 'PUT', headers: {'content-type': 'application/json', authorization},
                                     body: JSON.stringify({storefront: {...storefront, on: true}})});
    if (answer.status !== 200) throw new Error(`the pages cannot be turned on: ${await answer.text()}`);
}

async function measurePlacingAmongMany(few, many) {
    const count = quick ? 3_000 : 8_000;
    const ratios = [], times = {few: [], many: []};
    const servers = {few: await shop(few), many: await shop(many)};
    for (let i = 0; i < rounds + 1; ++i) {
        for (const which of ['few', 'many']) {
            const placed = await placeOrders(servers[which].port, count, 10_000_000 + i * 100_000);
            times[which].push(placed.seconds / placed.answers * 1e6);
        }
        if (i > 0) ratios.push(times.many[i] / times.few[i]);  // the first round warms both
    }
    await servers.few.stop();
    note('placing among many, x the time among few', 'less', ratios);
    row(`placing an order with ${manyOrders.toLocaleString('en')} in the file`, '1.25 × the time with 1,000',
        `**${round(median(ratios))} ×** (${spread(ratios)}); ${round(median(times.many), 0)} µs an order, ` +
        `64 connections, against ${round(median(times.few), 0)} µs`);
    return servers.many;
}

async function measureLists(server, folder) {
    const token = await tokenOfOwner(server);
    const pages = await newFolder('pages');
    await bench('pages', '--data', folder, '--out', pages);
    const lists = [];
    for (const name of readdirSync(pages).sort()) {
        const file = join(pages, name);
        lists.push({name, ...await load(server.port, '--paths', file, '--count', 200, '--connections', 1, '--token', token)});
    }
    for (const {name, p50_ms, p99_ms} of lists) {
        report(`  ${name} page: p50 ${round(p50_ms)} ms, p99 ${round(p99_ms)} ms`);
    }
    const worst = lists.reduce((a, b) => a.p99_ms > b.p99_ms ? a : b);
    row(`the admin's list of orders at ${manyOrders.toLocaleString('en')}, with filters and searches, first and deep pages`,
        'under 15 ms',
        `**p99 ${round(worst.p99_ms, 1)} ms** at worst (${worst.name} page); p50 ${round(median(lists.map(one => one.p50_ms)), 1)} ms`);
}

async function measureStart(folder, many) {
    const small = await bench('start', '--orderd', orderd, '--data', folder, '--port', await freePort());
    const large = await bench('start', '--orderd', orderd, '--data', many, '--port', await freePort());
    row('start to first answer', 'under 40 ms',
        `**${round(small.median_ms, 0)} ms** (${round(large.median_ms, 0)} ms with ${manyOrders.toLocaleString('en')} orders)`);
}

async function measureAll() {
    const began = Date.now();
    const ordered = await measureOrders();
    if (!process.argv.includes('--without-handwritten')) await measureBesideHandwritten();
    const read = await measureProducts(ordered.folder);

    const few = await newFolder('few', 1_000, '--products', products);
    await measurePages(few);
    let moment = Date.now();
    const many = await newFolder('many', manyOrders, '--products', products);
    report(`${manyOrders} orders filled in: ${round((Date.now() - moment) / 1000, 0)} s`);
    moment = Date.now();
    report(await printed(orderd, 'check', '--data', many));
    report(`checked: ${round((Date.now() - moment) / 1000, 0)} s`);
    const server = await measurePlacingAmongMany(few, many);
    await measureLists(server, many);
    const peakOfMany = server.memory('VmHWM');
    await server.stop();
    await measureStart(ordered.folder, many);

    row('memory, idle / at its peak under 64 connections', '30 MiB / 100 MiB',
        `**${round(read.idle, 0)} MiB / ${round(Math.max(ordered.memory, read.peak), 0)} MiB** ` +
        `(${round(peakOfMany, 0)} MiB with ${manyOrders.toLocaleString('en')} orders)`);
    row('the executable, dashboard included', 'under 18 MiB', `**${round(statSync(orderd).size / 2 ** 20, 1)} MiB**`);

    console.log('\n| what | wanted | measured |\n|---|---|---|');
    for (const cells of table) console.log(`| ${cells.join(' | ')} |`);
    const worse = worseThanKept();
    console.log(worse.length === 0 ? '\nNothing is worse than the kept figures.'
                                   : `\nWorse than the kept figures by more than noise:\n  ${worse.join('\n  ')}`);
    if (process.argv.includes('--keep')) writeFileSync(keptFile, `${JSON.stringify(figures, null, 1)}\n`);
    const cpu = cpus();
    console.log(`\n${cpu.length} × ${cpu[0].model.trim()}, load client on the same machine, ${Math.round((Date.now() - began) / 1000)} s.`);
}

await measureAll();
process.exit(0);
