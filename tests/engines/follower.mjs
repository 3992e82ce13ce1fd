#!/usr/bin/env node
// The event log into PostgreSQL and NATS JetStream, by packaging/follower: beside load, while each of the three sides is
// killed, connections are cut, and the shop is restored from an older backup. In the end both have just the shop's log, each
// event once.
//
//   tests/engines/follower.mjs [ORDERD] [--seconds 25] [--seed N]
import {spawn, spawnSync} from 'node:child_process';
import {chownSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, writeFileSync} from 'node:fs';
import {createServer, connect as connectTo} from 'node:net';
import {tmpdir} from 'node:os';
import {dirname, join, resolve} from 'node:path';
import {fileURLToPath} from 'node:url';
import {isDeepStrictEqual, parseArgs} from 'node:util';

import {Client} from '../campaign/client.mjs';
import {Random} from '../campaign/random.mjs';
import {pause, Server} from '../campaign/server.mjs';
import {freePort} from '../support/free_port.mjs';
import {buys, openShop, Promises, signIn, startShop} from './shop.mjs';

const top = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const {values: option, positionals} = parseArgs({allowPositionals: true, options: {
    seconds: {type: 'string', default: '25'}, seed: {type: 'string'}}});
const orderd = resolve(positionals[0] ?? join(top, 'build/orderd'));
const seed = Number(option.seed ?? Math.floor(Math.random() * 2 ** 31));
const follower = join(top, 'packaging/follower');
if (!existsSync(join(top, 'build/deps/servers')) || !existsSync(join(follower, 'node_modules'))) {
    console.error('PostgreSQL and NATS are not here: packaging/dependencies.sh --engines brings them');
    process.exit(2);
}
const {default: pg} = await import(join(follower, 'node_modules/pg/lib/index.js'));
const {connect: connectNats} = await import(join(follower, 'node_modules/@nats-io/transport-node/lib/mod.js'));
const {jetstreamManager} = await import(join(follower, 'node_modules/@nats-io/jetstream/lib/mod.js'));

const promises = new Promises();
const expect = promises.expect.bind(promises);
const random = new Random(seed, 'follower');
const folder = mkdtempSync(join(tmpdir(), 'orderd-follower-'));
const server = new Server(orderd, folder);
const client = new Client(server, new Random(seed), text => promises.failures.push(text));
const running = new Set();
process.on('exit', () => running.forEach(child => child.kill('SIGKILL')));

/** A process that is killed and started anew. */
class Program {
    constructor(name, start) {
        this.name = name;
        this.begin = start;
    }
    async start() {
        this.child = this.begin();
        running.add(this.child);
        this.said = '';
        for (const stream of [this.child.stdout, this.child.stderr]) {
            stream.on('data', text => (this.said = (this.said + text).slice(-4000)));
        }
        this.ended = new Promise(done => this.child.once('close', done));
    }
    async kill(signal = 'SIGKILL') {
        this.child.kill(signal);
        await this.ended;
        running.delete(this.child);
    }
}

/** Stands between a follower and its target, and cuts what goes through it. */
class Passage {
    #open = new Set();
    async start(to) {
        this.server = createServer(from => {
            const on = connectTo({host: '127.0.0.1', port: to});
            for (const [one, other] of [[from, on], [on, from]]) {
                this.#open.add(one);
                one.on('error', () => other.destroy()).on('close', () => (this.#open.delete(one), other.destroy()));
                one.pipe(other);
            }
        });
        await new Promise(done => this.server.listen(0, '127.0.0.1', done));
        this.port = this.server.address().port;
    }
    cut() {
        this.#open.forEach(socket => socket.destroy());
    }
}

// Neither server runs as root, nor below a folder that only root may enter.
const nobody = process.getuid() === 0 ? {uid: 65534, gid: 65534} : {};
function ownFolder(name) {
    const path = join(folder, name);
    mkdirSync(path, {mode: 0o700});
    if (nobody.uid) {
        chownSync(path, nobody.uid, nobody.gid);
    }
    return path;
}

async function startPostgres() {
    const bin = join(folder, 'servers/usr/lib/postgresql/15/bin');
    const data = ownFolder('postgres');
    const made = spawnSync(join(bin, 'initdb'), ['-D', data, '-U', 'orderd', '-A', 'trust', '--locale', 'C', '-E', 'UTF8'], {...nobody, encoding: 'utf8', cwd: data});
    if (made.status !== 0) {
        throw new Error(`initdb: ${made.stderr}${made.error ?? ''}`);
    }
    const port = await freePort();
    const postgres = new Program('PostgreSQL', () => spawn(join(bin, 'postgres'),
        ['-D', data, '-p', String(port), '-k', data, '-c', 'listen_addresses=127.0.0.1'], {...nobody, cwd: data, stdio: ['ignore', 'pipe', 'pipe']}));
    await postgres.start();
    return {postgres, port};
}

async function startNats() {
    const data = ownFolder('nats');
    const port = await freePort();
    const nats = new Program('NATS', () => spawn(join(folder, 'servers/usr/sbin/nats-server'),
        ['-js', '-sd', data, '-a', '127.0.0.1', '-p', String(port)], {...nobody, cwd: data, stdio: ['ignore', 'pipe', 'pipe']}));
    await nats.start();
    return {nats, port};
}

/** The shop's whole log. */
async function wholeLog() {
    const key = await signIn(client);
    const events = [];
    for (let after = 0; ;) {
        const {body} = await client.ask('GET', `/admin/events?limit=200&after=${after}`, {token: key});
        events.push(...body.data);
        if (body.data.length === 0) {
            return {log: body.log, events};
        }
        after = events.at(-1).sequence;
    }
}

async function inPostgres(port) {
    const db = new pg.Client({connectionString: `postgres://orderd@127.0.0.1:${port}/postgres`});
    await db.connect();
    const {rows} = await db.query('SELECT log, sequence, kind, subject, subject_id, body, actor, at FROM orderd_now ORDER BY sequence');
    await db.end();
    return rows.map(row => ({...row, sequence: Number(row.sequence), subject_id: Number(row.subject_id), at: row.at.toISOString()}));
}

/** The log as somebody who reads the stream from its beginning has it. */
async function inNats(port) {
    const connection = await connectNats({servers: `nats://127.0.0.1:${port}`});
    const manager = await jetstreamManager(connection);
    const {state} = await manager.streams.info('ORDERD');
    let events = [];
    let faults = '';
    for (let seq = 1; seq <= state.last_seq; ++seq) {
        const message = await manager.streams.getMessage('ORDERD', {seq});
        const body = message.json();
        if (message.subject === 'orderd.reset') {
            events = events.filter(({sequence}) => sequence <= body.to.sequence);
            continue;
        }
        if (events.length && body.sequence !== events.at(-1).sequence + 1) {
            faults += `${body.sequence} after ${events.at(-1).sequence}; `;
        }
        events.push(body);
    }
    await connection.close();
    return {events, faults};
}

/** The sequence of the newest event there, without reading all of them. */
async function newestInNats(port) {
    const connection = await connectNats({servers: `nats://127.0.0.1:${port}`});
    const manager = await jetstreamManager(connection);
    const {state} = await manager.streams.info('ORDERD');
    const message = await manager.streams.getMessage('ORDERD', {seq: state.last_seq});
    await connection.close();
    return message.json().sequence ?? 0;
}

const plain = ({sequence, kind, subject, subject_id, body, actor, at}) => ({sequence, kind, subject, subject_id, body, actor, at});
function firstDifference(one, other) {
    const at = one.findIndex((event, index) => !isDeepStrictEqual(plain(event), other[index] && plain(other[index])));
    return at < 0 ? `${one.length} and ${other.length} events` : `${JSON.stringify(one[at])} and ${JSON.stringify(other[at])}`;
}

async function restoreOlder(backup) {
    await server.end('SIGKILL');
    const aside = join(folder, 'aside');
    mkdirSync(aside);
    for (const name of readdirSync(server.data).filter(each => each.startsWith('shop.db'))) {
        renameSync(join(server.data, name), join(aside, name));
    }
    const restored = await server.run(['restore', backup]);
    expect(restored.code === 0, 'the older backup is restored', restored.said);
    await startShop(server);
}

async function main() {
    cpSync(join(top, 'build/deps/servers'), join(folder, 'servers'), {recursive: true});
    spawnSync('chmod', ['0755', folder]);
    await openShop(server);
    const made = await client.ask('POST', '/admin/api-keys', {token: await signIn(client), key: 'follower', body: {label: 'Follower', role: 'viewer'}});
    const keyFile = join(folder, 'key');
    writeFileSync(keyFile, made.body.secret, {mode: 0o600});

    const {postgres, port: postgresPort} = await startPostgres();
    const {nats, port: natsPort} = await startNats();
    const passages = [new Passage(), new Passage(), new Passage()];
    await passages[0].start(postgresPort);
    await passages[1].start(natsPort);
    // The shop's port changes as it is started anew: a passage of its own keeps one.
    const shopPassage = createServer(from => {
        const on = server.port === null ? null : connectTo({host: '127.0.0.1', port: server.port});
        if (!on) {
            from.destroy();
            return;
        }
        from.on('error', () => on.destroy()).pipe(on).on('error', () => from.destroy()).pipe(from);
        on.on('close', () => from.destroy());
    });
    await new Promise(done => shopPassage.listen(0, '127.0.0.1', done));
    const shopUrl = `http://127.0.0.1:${shopPassage.address().port}`;
    const following = to => new Program(to.split(':')[0], () => spawn(process.execPath, [join(follower, 'follow.mjs'), shopUrl, to],
        {env: {...process.env, ORDERD_TOKEN_FILE: keyFile}, stdio: ['ignore', 'pipe', 'pipe']}));
    const toPostgres = following(`postgres://orderd@127.0.0.1:${passages[0].port}/postgres`);
    const toNats = following(`nats://127.0.0.1:${passages[1].port}`);
    await Promise.all([toPostgres.start(), toNats.start()]);

    const ends = {now: false};
    const buyers = Array.from({length: 4}, () => buys(client, ends, {paysEvery: 2, rest: 20}));
    const backup = join(folder, 'older.db');
    const until = Date.now() + Number(option.seconds) * 1000;
    const counts = {};
    const disasters = {
        'a follower is killed': async () => {
            const one = random.pick([toPostgres, toNats]);
            await one.kill();
            await one.start();
        },
        'a target is killed': async () => {
            const one = random.pick([postgres, nats]);
            await one.kill();
            await pause(300);
            await one.start();
        },
        'the shop is killed': async () => {
            await server.end('SIGKILL');
            await startShop(server);
        },
        'connections are cut': async () => passages.slice(0, 2).forEach(passage => passage.cut()),
    };
    for (let turn = 0; turn < 12 || Date.now() < until; ++turn) {  // the restore is at turn 11
        await pause(random.between(300, 1200));
        const [name, happens] = Object.entries(disasters)[turn % 4];
        await happens();
        counts[name] = (counts[name] ?? 0) + 1;
        if (turn === 4) {
            const {code, said} = await server.run(['backup', backup]);
            expect(code === 0, 'a backup is made', said);
        }
        if (turn === 11) {
            await restoreOlder(backup);
            counts['the shop is restored'] = 1;
        }
    }
    ends.now = true;
    await Promise.all(buyers);
    expect(counts['the shop is restored'] === 1, 'it came to a restore', JSON.stringify(counts));

    const {log, events} = await wholeLog();
    let rows = [];
    let stream = {events: [], faults: ''};
    for (let left = 240; left > 0; --left) {
        await pause(500);
        rows = await inPostgres(postgresPort).catch(() => []);
        if (!(rows.at(-1)?.sequence >= events.at(-1).sequence && await newestInNats(natsPort).catch(() => 0) >= events.at(-1).sequence)) {
            continue;
        }
        stream = await inNats(natsPort).catch(error => ({events: [], faults: error.message}));
        // The last event itself: the log before the restore may have as many.
        const last = plain(events.at(-1));
        if ([rows, stream.events].every(followed => followed.some(event => isDeepStrictEqual(plain(event), last)))) {
            break;
        }
    }
    const {events: now} = await wholeLog();
    expect(isDeepStrictEqual(rows.map(plain), now.map(plain)), 'PostgreSQL has the log, each event once', `${firstDifference(now, rows)}\n${toPostgres.said}`);
    expect(rows.every(row => row.log === log), 'under its name of today');
    expect(isDeepStrictEqual(stream.events.map(plain), now.map(plain)), 'JetStream has the log, each event once', `${firstDifference(now, stream.events)}\n${toNats.said}`);
    expect(stream.faults === '', 'its messages follow each other without a gap', stream.faults);
    expect(!JSON.stringify(rows).includes('Lovelace') && !JSON.stringify(rows).includes('ada1@'), 'no customer is in it');
    for (const program of [toPostgres, toNats, postgres, nats]) {
        await program.kill('SIGTERM');
    }
    await server.end('SIGTERM');
    console.log(`${now.length} events; ${Object.entries(counts).map(([name, count]) => `${name}: ${count}`).join(', ')}`);
}

await main().catch(error => promises.failures.push(error.stack));
console.log(`seed ${seed}`);
promises.close(folder);
