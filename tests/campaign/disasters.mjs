// What happens to a shop's process and files: kills, restarts, backups, restores, new keys.
import {copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';

import {HANG_MS, pause} from './server.mjs';
import {readLog, settled, verify} from './verify.mjs';

/** How the next process is started: cards are charged at once or only authorized, and requests wait for them or not. */
function options(random) {
    return ['--sandbox-payments', '--sandbox-slowness-ms', '300', '--private-webhooks', '--rate-per-minute', '0',
        '--payment-wait-ms', random.pick(['0', '300', '2000', '2000']), ...(random.chance(0.3) ? ['--authorize-only'] : [])];
}

export async function startServer(c, random) {
    await c.server.start(options(random));
}

/** `orderd check`: every invariant holds. */
async function check(c, when) {
    const {code, said} = await c.server.run(['check']);
    c.expect(code === 0, `orderd check is clean after ${when}`, `code ${code}: ${said}`);
}

async function kill(c, random) {
    await c.server.end('SIGKILL');
    await check(c, 'kill -9');
    await startServer(c, random);
    return true;
}

/** Twice in a row: the second one finds a server that has just begun to put things right. */
async function killTwice(c, random) {
    await c.server.end('SIGKILL');
    await startServer(c, random);
    await pause(random.between(0, 120));
    return kill(c, random);
}

async function terminate(c, random) {
    const {code, took} = await c.server.end('SIGTERM');
    c.expect(code === 0 && took < HANG_MS, 'SIGTERM ends the server in good order', `code ${code} after ${took} ms`);
    await check(c, 'SIGTERM');
    await startServer(c, random);
    return true;
}

/** A copy beside all that goes on: it checks, and it is a beginning of what the shop's log tells. */
async function backupBesideLoad(c, random) {
    const file = join(c.server.folder, `beside-${c.next()}.db`);
    if (random.chance(0.3)) {
        await c.server.run(['backup', file], {killAfter: random.between(1, 60)});
        rmSync(file, {force: true});
    }
    const {code, said} = await c.server.run(['backup', file]);
    c.expect(code === 0, 'a backup is made beside the server', said);
    const scratch = join(c.server.folder, `scratch-${c.next()}`);
    mkdirSync(scratch, {mode: 0o700});
    copyFileSync(join(c.server.data, 'shop.key'), join(scratch, 'shop.key'));
    const restored = await c.server.run(['restore', file], {data: scratch});
    c.expect(restored.code === 0, 'a backup that was made beside the server can be restored', restored.said);
    const checked = await c.server.run(['check'], {data: scratch});
    c.expect(checked.code === 0, 'a backup that was restored checks', checked.said);
    rmSync(scratch, {recursive: true, force: true});
    rmSync(file, {force: true});
    return true;
}

async function drill(c) {
    const {code, said} = await c.server.run(['backup', '--drill']);
    return c.expect(code === 0, 'a drill of a backup is good', said);
}

/** A backup at a moment of which the model is known, with the key that it opens under. */
async function backup(c, random) {
    await c.alone(async () => {
        await settled(c);
        await readLog(c);
        const file = join(c.server.folder, `backup-${c.next()}.db`);
        copyFileSync(join(c.server.data, 'shop.key'), `${file}.key`);
        const {code, said} = await c.server.run(['backup', file]);
        if (c.expect(code === 0, 'a backup is made', said)) {
            c.backups.push({file, state: structuredClone(c.state)});
            for (const old of c.backups.splice(0, Math.max(0, c.backups.length - 3))) {
                rmSync(old.file, {force: true});
            }
        }
    });
    return true;
}

/** An older backup takes the shop's place, and the model goes back with it. */
async function restore(c, random) {
    if (!c.backups.length) {
        return false;
    }
    await c.alone(async () => {
        const {file, state} = random.chance(0.7) ? c.backups.at(-1) : random.pick(c.backups);
        await settled(c);
        await c.server.end(random.pick(['SIGKILL', 'SIGTERM']));
        const old = join(c.server.folder, 'old');
        rmSync(old, {recursive: true, force: true});
        mkdirSync(old);
        for (const name of readdirSync(c.server.data).filter(it => it.startsWith('shop.db'))) {
            renameSync(join(c.server.data, name), join(old, name));
        }
        copyFileSync(`${file}.key`, join(c.server.data, 'shop.key'));
        if (random.chance(0.4) || !c.counts.has('restore.killed')) {
            await c.server.run(['restore', file], {killAfter: random.between(1, 80)});
            c.note('restore.killed');
        }
        if (!existsSync(join(c.server.data, 'shop.db'))) {
            const {code, said} = await c.server.run(['restore', file]);
            c.expect(code === 0, 'a backup is restored', said);
        }
        await check(c, 'a restore');
        c.goBack(structuredClone(state));
        await startServer(c, random);
        c.ownerToken = await c.signIn();
        await gatewayAsked(c);
        await verify(c, random);
    });
    return true;
}

/** A restored shop asks the card network at once what it did since. */
async function gatewayAsked(c) {
    for (let i = 0; i < 1200; ++i) {
        await readLog(c);
        if (c.newest.some(([, kind]) => kind === 'shop.gateway_asked')) {
            return;
        }
        await pause(50);
    }
    c.expect(false, 'a restored shop asks its gateways', JSON.stringify(c.newest.slice(-20)));
}

/** A new key while the shop is served; interrupted, it goes on when it is called again. */
async function rotate(c, random) {
    await c.lock('key')(async () => {
        const {code, said} = await c.server.run(['key', 'rotate', '--keep-old', join(c.server.folder, `old-${c.next()}.key`)]);
        c.expect(code === 0, 'the key is rotated beside the server', said);
    });
    return true;
}

async function rotateInterrupted(c, random) {
    for (let i = random.between(1, 3); i > 0; --i) {
        const rotating = c.server.run(['key', 'rotate'], {killAfter: random.between(1, 150)});
        if (random.chance(0.5)) {
            await pause(random.between(1, 100));
            await c.server.end('SIGKILL');
            await rotating;
            await startServer(c, random);
        }
        await rotating;
    }
    const {code, said} = await c.server.run(['key', 'rotate']);
    c.expect(code === 0, 'a rotation that was interrupted goes on', said);
    return true;
}

/** An import by the command line, beside the server. */
async function importFile(c, random) {
    return c.lock('imports')(async () => {
        const file = join(c.server.folder, 'products.csv');
        const sku = `C-${c.next()}`;
        const quantity = random.between(1, 30);
        writeFileSync(file, `Handle,Title,Variant SKU,Variant Inventory Qty,Variant Price\n${sku.toLowerCase()},By hand,${sku},${quantity},3.50\n`);
        const {code, said} = await c.server.run(['import', file]);
        if (!c.expect(code === 0, 'a file is imported beside the server', said)) {
            return false;
        }
        const found = await c.client.ask('GET', `/admin/inventory?q=${sku}`, {token: c.ownerToken});
        const body = found.body?.data?.find(it => it.sku === sku);
        if (!c.expect(body?.price === 350 && body.on_hand === quantity, 'what the command imported is there', found.text)) {
            return false;
        }
        c.given('product', body.id);
        c.state.products.set(body.id, {id: body.id, sku, counted: quantity, prices: new Set([350]), fields: {}, isPlain: false, isImported: true, isDeleted: false});
        return true;
    });
}

async function compare(c, random) {
    await c.alone(() => verify(c, random));
    return true;
}

export const disasters = [
    {kind: 'kill', weight: 44, run: kill, kills: 1},
    {kind: 'kill.twice', weight: 8, run: killTwice, kills: 2},
    {kind: 'terminate', weight: 14, run: terminate},
    {kind: 'backup', weight: 9, run: backup},
    {kind: 'backup.beside_load', weight: 4, run: backupBesideLoad},
    {kind: 'backup.drill', weight: 2, run: drill},
    {kind: 'restore', weight: 6, run: restore},
    {kind: 'key.rotate', weight: 3, run: rotate},
    {kind: 'key.rotate.interrupted', weight: 4, run: rotateInterrupted},
    {kind: 'import.command', weight: 3, run: importFile},
    {kind: 'compare', weight: 5, run: compare},
];
