#!/usr/bin/env node
// A shop under load that Litestream replicates; both are killed, and the shop is restored on another machine, as the README
// says. What was acknowledged before the last sync is there, and nothing is numbered twice.
//
//   tests/engines/litestream.mjs [ORDERD] [--seconds 15] [--clients 8]
import {spawn, spawnSync} from 'node:child_process';
import {randomUUID} from 'node:crypto';
import {copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, statSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join, resolve} from 'node:path';
import {fileURLToPath} from 'node:url';
import {parseArgs} from 'node:util';

import {Client} from '../campaign/client.mjs';
import {Random} from '../campaign/random.mjs';
import {pause, Server} from '../campaign/server.mjs';
import {readmeBlock} from './readme_block.mjs';
import {buys, openShop, orderOf, Promises, signIn, startShop} from './shop.mjs';

const top = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const {values: option, positionals} = parseArgs({allowPositionals: true, options: {
    seconds: {type: 'string', default: '15'}, clients: {type: 'string', default: '8'}}});
const orderd = resolve(positionals[0] ?? join(top, 'build/orderd'));
const litestream = join(top, 'build/deps/litestream/litestream');
if (!existsSync(litestream)) {
    console.error('Litestream is not here: packaging/dependencies.sh --engines brings it');
    process.exit(2);
}

const promises = new Promises();
const expect = promises.expect.bind(promises);
const folder = mkdtempSync(join(tmpdir(), 'orderd-litestream-'));
const server = new Server(orderd, folder);
const client = new Client(server, new Random(1), text => promises.failures.push(text));
const replica = join(folder, 'replica');

/** The newest file of the log that the replica has; its time in ms. */
function newestSegment() {
    let newest = 0;
    for (const name of existsSync(replica) ? readdirSync(replica, {recursive: true}) : []) {
        if (name.endsWith('.wal.lz4')) {
            newest = Math.max(newest, statSync(join(replica, name), {throwIfNoEntry: false})?.mtimeMs ?? 0);
        }
    }
    return newest;
}

/** Waits until what was stored before now is in the replica: a second segment was begun after the first one's end. */
async function synced() {
    let after = Date.now();
    for (let segments = 0, left = 1200; segments < 2; --left) {
        if (left === 0) {
            throw new Error('Litestream copies nothing');
        }
        await pause(100);
        const newest = newestSegment();
        if (newest > after) {
            ++segments;
            after = newest + 1000;  // its interval: the next one reads the log anew
        }
    }
}

/** The parts of an order that may not change by a restore. */
const kept = ({id, status, payment_status, total, items}) =>
    JSON.stringify({id, status, payment_status, total, items: items.map(({sku, quantity}) => [sku, quantity])});

async function main() {
    await openShop(server);

    // The README's configuration, for this folder.
    const config = join(folder, 'litestream.yml');
    writeFileSync(config, readmeBlock('litestream.yml').replaceAll('/var/lib/orderd', server.data).replace(/^( *)path: \/mnt\S*$/m, `$1path: ${replica}`));
    const copying = spawn(litestream, ['replicate', '-config', config], {stdio: ['ignore', 'pipe', 'pipe']});
    process.on('exit', () => copying.kill('SIGKILL'));
    let said = '';
    for (const stream of [copying.stdout, copying.stderr]) {
        stream.on('data', text => (said += text));
    }

    const acknowledged = [];
    const ends = {now: false};
    const buyers = Array.from({length: Number(option.clients)}, () => buys(client, ends, {paysEvery: 3, acknowledged: order => acknowledged.push(order)}));
    await pause(Number(option.seconds) * 1000);
    const before = acknowledged.length;
    await synced();
    const gone = new Promise(done => copying.once('close', done));
    copying.kill('SIGKILL');
    await server.end('SIGKILL');  // at once, as when the machine goes
    ends.now = true;
    await Promise.all(buyers);
    await gone;
    expect(copying.signalCode === 'SIGKILL', 'Litestream was killed, and had not ended', said);

    const elsewhere = join(folder, 'elsewhere');
    mkdirSync(elsewhere, {mode: 0o700});
    copyFileSync(join(server.data, 'shop.key'), join(elsewhere, 'shop.key'));
    const arrived = join(folder, 'arrived.db');
    const fetched = spawnSync(litestream, ['restore', '-o', arrived, `file://${replica}`], {encoding: 'utf8'});
    expect(fetched.status === 0, 'Litestream restores', fetched.stderr);
    const restored = await server.run(['restore', arrived], {data: elsewhere});
    expect(restored.code === 0, 'orderd takes what Litestream restored as a backup', restored.said);
    const checked = await server.run(['check'], {data: elsewhere});
    expect(checked.code === 0, 'the restored shop checks', checked.said);

    server.data = elsewhere;
    await startShop(server);
    const token = await signIn(client);
    const missing = [];
    const different = [];
    for (const order of acknowledged.slice(0, before)) {
        const found = await client.ask('GET', `/admin/orders/${order.id}`, {token});
        if (found.status !== 200) {
            missing.push(order.id);
        } else if (kept(found.body) !== kept(order)) {
            different.push(`${kept(order)} is ${kept(found.body)}`);
        }
    }
    expect(missing.length === 0, 'nothing that was acknowledged before the last sync is missing', `${missing.length}, first ${missing.slice(0, 5).join(', ')}`);
    expect(different.length === 0, 'what is there is as it was acknowledged', different.slice(0, 3).join('; '));
    const next = await client.ask('POST', '/orders', {key: randomUUID(), body: orderOf('eve@example.com', [{sku: 'MUG', quantity: 1}])});
    const largest = Math.max(...acknowledged.map(({id}) => id));
    expect(next.status === 201 && next.body.id > largest, 'no order number is used twice', `${next.body?.id} after ${largest}`);
    await server.end('SIGTERM');
    const lost = acknowledged.length - before;
    console.log(`${acknowledged.length} orders were acknowledged, ${lost} of them while the last sync was waited for`);
    console.log(`the replica has ${Math.round(readdirSync(replica, {recursive: true}).reduce((sum, name) => sum + statSync(join(replica, name)).size, 0) / 1024)} KiB`);
}

await main().catch(error => promises.failures.push(error.stack));
promises.close(folder);
