#!/usr/bin/env node
// Random operations of every kind over HTTP from several clients at once, on a real orderd that is killed, stopped,
// restored and given new keys meanwhile, beside a model of what was acknowledged.
//
//   tests/campaign/real.mjs [ORDERD] [--seed N] [--seconds 60 | --kills 1000] [--clients 6]
//
// What was acknowledged is there after every kill; a request that got no answer is sent again with its Idempotency-Key,
// and comes to one outcome. The seed decides what is done and when; how far a run repeats depends on the machine. A kind
// of operation that never came to something fails the run. Closes with "N passed, N failed": kinds that came to
// something, and promises that were looked at. The folder is kept where something failed.
import {existsSync, mkdirSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join, resolve} from 'node:path';
import {fileURLToPath} from 'node:url';
import {parseArgs} from 'node:util';

import {addProduct, catalogOperations} from './catalog.mjs';
import {Client} from './client.mjs';
import {disasters, startServer} from './disasters.mjs';
import {newState} from './model.mjs';
import {orderOperations} from './orders.mjs';
import {parcelOperations} from './parcels.mjs';
import {kPassword, peopleOperations} from './people.mjs';
import {Random} from './random.mjs';
import {MailServer, WebhookReceiver} from './receivers.mjs';
import {pause, Server} from './server.mjs';
import {addHook, Stream, upkeepOperations} from './upkeep.mjs';
import {readLog, settled, verify} from './verify.mjs';

const top = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const {values: option, positionals} = parseArgs({allowPositionals: true, options: {
    seed: {type: 'string'}, seconds: {type: 'string'}, kills: {type: 'string'}, clients: {type: 'string', default: '6'}, keep: {type: 'boolean'}}});
const orderd = resolve(positionals[0] ?? join(top, 'build/orderd'));
const seed = Number(option.seed ?? Math.floor(Math.random() * 2 ** 31));
const wantedKills = option.kills ? Number(option.kills) : Infinity;
const seconds = option.seconds ? Number(option.seconds) : option.kills ? Infinity : 60;

const operations = [...orderOperations, ...parcelOperations, ...catalogOperations, ...peopleOperations, ...upkeepOperations];
/** Kinds that are seen, not asked for. */
const noted = ['place.short', 'expired', 'pay.page', 'pay.approved', 'pay.refused', 'pay.left', 'restore.killed'];

class Campaign {
    counts = new Map();
    promises = new Map();
    failures = [];
    touched = new Set();
    orderIds = [];
    backups = [];
    /** Sequence and kind of the newest events. */
    newest = [];
    lastImport = null;
    #number = 0;
    #given = new Map();
    #locks = new Map();
    #soft = null;
    #isClosed = false;
    #busy = 0;
    #idle = [];
    #opened = [];

    constructor(folder) {
        this.seed = seed;
        this.state = newState();
        this.server = new Server(orderd, folder);
        this.client = new Client(this.server, new Random(seed, 'twins'), text => this.fail(text));
        this.receiver = new WebhookReceiver(text => this.fail(text));
        this.mailServer = new MailServer();
    }

    next() {
        return ++this.#number;
    }
    note(kind) {
        this.counts.set(kind, (this.counts.get(kind) ?? 0) + 1);
    }
    fail(text) {
        if (this.#soft) {
            this.#soft.push(text);
            return;
        }
        this.failures.push(text);
        console.error(`FAILED (${((Date.now() - begun) / 1000).toFixed(1)} s, start ${this.server.starts}): ${text}`);
    }
    /** A promise, and whether it held. @returns that */
    expect(holds, promise, detail = '') {
        this.promises.set(promise, (this.promises.get(promise) ?? 0) + 1);
        if (!holds) {
            this.fail(`${promise}: ${detail}`);
        }
        return Boolean(holds);
    }
    /** Runs what may find failures that do not last. @returns whether it found some; they are not counted */
    async softly(look) {
        this.#soft = [];
        try {
            await look();
            return this.#soft.length > 0;
        } finally {
            this.#soft = null;
        }
    }

    /** A number that the shop gave out: never the same for two things, restores or not. */
    given(kind, id) {
        const seen = this.#given.get(kind) ?? this.#given.set(kind, new Set()).get(kind);
        this.expect(!seen.has(id), 'no number is given twice', `${kind} ${id}`);
        seen.add(id);
    }
    addOrder(order) {
        this.state.orders.set(order.id, order);
        this.orderIds.push(order.id);
        this.touched.add(order.id);
    }
    saw(order, shown) {
        this.touched.add(order.id);
        order.last = {status: shown.status, payment: shown.payment_status};
        order.payment = shown.payment?.id ?? order.payment;
        order.gateway = shown.payment?.gateway;
        order.customerId = shown.customer_id;
    }
    told(event) {
        this.newest.push([event.sequence, event.kind]);
        if (this.newest.length > 400) {
            this.newest.splice(0, 200);
        }
        const order = event.subject === 'order' ? this.state.orders.get(event.subject_id) : null;
        if (order && event.kind === 'order.expired') {
            order.last.status = 'expired';
            this.note('expired');
        }
        if (order) {
            this.touched.add(order.id);
        }
    }
    goBack(state) {
        this.state = state;
        this.orderIds = [...state.orders.keys()];
        this.touched = new Set(this.orderIds);
        this.lastImport = null;
        this.newest = [];
        for (const order of state.orders.values()) {
            order.isRestored = true;
        }
        state.log.name = '';
    }

    staffToken(random) {
        return random.chance(0.5) ? this.staffKey : this.ownerToken;
    }
    async signIn() {
        const answer = await this.client.ask('POST', '/auth/login', {body: {username: 'ada', password: kPassword}, again: true});
        if (!this.expect(answer.status === 200, 'the owner signs in', `${answer.status} ${answer.text}`)) {
            throw new Error('the owner cannot sign in');
        }
        this.ownerId = answer.body.user.id;
        return answer.body.access_token;
    }

    /** After a request that got no answer: waits for the server. */
    async lost(endings, what) {
        await pause(30);
        this.expect(this.server.endings !== endings || this.server.port === null, 'a server that runs answers', what);
        ++this.client.counts.inDoubt;
        await this.server.served();
    }

    /** Runs one after another what shares a name. */
    lock(name) {
        return work => {
            const before = this.#locks.get(name) ?? Promise.resolve();
            const after = before.then(work, work);
            this.#locks.set(name, after.catch(() => {}));
            return after;
        };
    }

    /** Runs an operation of a client, between the moments in which clients are kept away. */
    async operate(work) {
        while (this.#isClosed) {
            await new Promise(go => this.#opened.push(go));
        }
        ++this.#busy;
        try {
            return await work();
        } finally {
            if (--this.#busy === 0) {
                this.#idle.splice(0).forEach(go => go());
            }
        }
    }
    /** Runs `work` while no client does anything, and nothing is in doubt. */
    async alone(work) {
        this.#isClosed = true;
        if (this.#busy > 0) {
            await new Promise(go => this.#idle.push(go));
        }
        try {
            await work();
        } finally {
            this.#isClosed = false;
            this.#opened.splice(0).forEach(go => go());
        }
    }
}

const begun = Date.now();
const folder = mkdtempSync(join(tmpdir(), 'orderd-campaign-'));
const c = new Campaign(folder);
let isOver = false;

async function open() {
    const random = new Random(seed, 'opening');
    mkdirSync(c.server.data, {mode: 0o700});
    await c.receiver.open();
    await c.mailServer.open();
    const made = await c.server.run(['admin', 'add', 'ada', '--role', 'owner', '--password-stdin'], {input: `${kPassword}\n`});
    c.expect(made.code === 0, 'a shop is made', made.said);
    await startServer(c, random);
    c.ownerToken = await c.signIn();
    const key = await c.client.ask('POST', '/admin/api-keys', {token: c.ownerToken, body: {label: 'staff', role: 'staff'}, key: random.uuid()});
    c.staffKey = key.body.secret;
    const settings = await c.client.ask('PUT', '/admin/settings', {token: c.ownerToken, body: {
        bank_details: 'IBAN DE00', ship_before_payment: {bank_transfer: true, cash_on_delivery: true},
        payment_methods: {card: true, bank_transfer: true, cash_on_delivery: true}, card_gateway: 'sandbox',
        storefront: {on: true, accent: '#1f4e46', headings: 'serif', intro: '', foot: '', links: [], withdrawal: false},
        mail: {host: '127.0.0.1', port: c.mailServer.port, security: 'none', from_address: 'shop@example.test'}}});
    c.expect(settings.status === 200, 'settings are changed', settings.text);
    for (let i = 0; i < 14; ++i) {
        const isScarce = i >= 11;
        await addProduct(c, random, {quantity: isScarce ? 3 : 400, isScarce});
    }
    await addHook(c, random, '/hook/main');
    await addHook(c, random, '/hook/orders', ['order.*']);
}

async function client(name) {
    const random = new Random(seed, name);
    while (!isOver) {
        await c.operate(async () => {
            // What never came to something yet comes more often.
            const rare = random.chance(0.25) ? operations.filter(it => !c.counts.get(it.kind)) : [];
            const operation = random.weighted(rare.length ? rare : operations);
            if (await operation.run(c, random)) {
                c.note(operation.kind);
            }
        });
        await pause(random.between(0, 40));
    }
}

async function ruin() {
    const random = new Random(seed, 'disasters');
    let kills = 0;
    // Each kind once, then by weight.
    const first = [...random.shuffled(disasters.filter(it => it.kind !== 'restore')), disasters.find(it => it.kind === 'restore')];
    const isTime = () => first.length > 0 || (kills < wantedKills && Date.now() - begun < seconds * 1000);
    while (isTime() && c.failures.length < 20) {
        await pause(random.between(50, 900));
        const disaster = first.shift() ?? random.weighted(disasters);
        if (await disaster.run(c, random)) {
            c.note(disaster.kind);
            kills += disaster.kills ?? 0;
        }
        if (c.server.died) {
            c.fail(c.server.died);
            return kills;
        }
    }
    return kills;
}

/** Goes on, without disasters, until every kind came to something: some need others before them. */
async function lastRound() {
    const random = new Random(seed, 'last round');
    const isMissing = kind => !c.counts.get(kind);
    const wanted = [...operations.map(it => it.kind), ...noted].filter(kind => kind !== 'restore.killed');
    const until = Date.now() + 60_000;
    while (wanted.some(isMissing) && Date.now() < until) {
        const others = Array.from({length: 8}, () => random.weighted(operations));
        for (const operation of [...operations.filter(it => isMissing(it.kind)), ...others]) {
            if (await operation.run(c, random)) {
                c.note(operation.kind);
            }
        }
        await settled(c);
        await readLog(c);
    }
}

/** Lets all that waits go out, and looks whether everything arrived. */
async function drained() {
    c.receiver.set('good');
    c.mailServer.mode = 'good';
    for (let left = Infinity, tries = 0; tries < 100; ++tries) {
        const lanes = await c.client.ask('GET', '/admin/job-lanes', {token: c.ownerToken});
        for (const party of lanes.body.data.flatMap(lane => lane.paused)) {
            await c.client.ask('POST', `/admin/job-parties/${encodeURIComponent(party.party)}/try`, {token: c.ownerToken, again: true});
        }
        const pending = await c.client.ask('GET', '/admin/webhook-deliveries?status=pending&limit=200', {token: c.ownerToken});
        const mails = await c.client.ask('GET', '/admin/mails?status=waiting&limit=200', {token: c.ownerToken});
        const jobs = await c.client.ask('GET', '/admin/jobs?lane=mail&limit=200', {token: c.ownerToken});
        // A mail that was refused for now, or is about a card that was declined, goes out in minutes.
        const later = jobs.body.data.filter(it => Date.parse(it.run_at) > Date.now() + 30_000).length;
        if (!pending.body.data.length && mails.body.data.length <= later) {
            return;
        }
        const waiting = lanes.body.data.reduce((sum, lane) => sum + lane.waiting, 0);
        tries = waiting < left ? 0 : tries;
        left = Math.min(left, waiting);
        await pause(100);
    }
    const left = await c.client.ask('GET', '/admin/jobs?limit=20', {token: c.ownerToken});
    c.expect(false, 'mails and webhooks all go out once they are taken', left.text.slice(0, 3000));
}

const fits = (filters, kind) => filters.some(filter => filter === '*' || filter === kind || (filter.endsWith('.*') && kind.startsWith(filter.slice(0, -1))));

/** Every event since an endpoint is there reached it. */
async function checkHooks() {
    const events = [];
    for (let after = Math.max(0, Math.min(...[...c.state.hooks.values()].map(it => it.from)));;) {
        const {body} = await c.client.ask('GET', `/admin/events?after=${after}&limit=200`, {token: c.ownerToken});
        events.push(...body.data);
        if (body.data.length < 200) {
            break;
        }
        after = body.data.at(-1).sequence;
    }
    for (const hook of c.state.hooks.values()) {
        const taken = c.receiver.hook(hook.path).taken;
        const missing = events.filter(it => it.sequence > hook.from && it.kind !== 'webhook.test' && fits(hook.events, it.kind) && !taken.has(it.sequence));
        c.expect(missing.length === 0, 'every event reaches every webhook', `${hook.path} from ${hook.from}: ${missing.slice(0, 5).map(it => `${it.sequence} ${it.kind}`)} (${missing.length})`);
    }
}

/** Each order's customer was told, and each mail has one Message-ID however often it came. */
async function checkMails() {
    const byAddress = Map.groupBy ? Map.groupBy(c.mailServer.mails, it => it.to)
        : c.mailServer.mails.reduce((map, it) => map.set(it.to, [...(map.get(it.to) ?? []), it]), new Map());
    const some = c.orderIds.map(id => c.state.orders.get(id)).filter(it => !it.isErased && it.email?.startsWith('guest-')).slice(-300);
    for (const order of some) {
        const got = byAddress.get(order.email) ?? [];
        const {body} = await c.client.ask('GET', `/admin/mails?order_id=${order.id}&limit=200`, {token: c.ownerToken});
        const sent = body.data.filter(it => it.status === 'sent');
        const ids = new Set(got.map(it => it.id));
        // A server that took a mail twice and never said so is not sent it again: the customer has it.
        const told = body.data.find(it => it.kind === 'order_placed');
        c.expect(told?.status === 'sent' || (told?.attempts > 0 && (told.status === 'waiting' || got.length > 0)), 'a customer is told of an order', `order ${order.id}: ${JSON.stringify(body.data)}`);
        const unsure = body.data.length - sent.length;
        c.expect(ids.size >= sent.length && (order.isRestored || ids.size <= sent.length + unsure), 'a mail that comes twice has one Message-ID',
            `order ${order.id}: ${sent.length} sent, ${ids.size} different: ${JSON.stringify(got)}`);
    }
}

async function close() {
    const random = new Random(seed, 'closing');
    c.receiver.set('good');
    c.mailServer.mode = 'good';
    await verify(c, random, {isWhole: true});
    await drained();
    await readLog(c);
    await checkHooks();
    await checkMails();
    const {code} = await c.server.end('SIGTERM');
    c.expect(code === 0, 'SIGTERM ends the server in good order', `code ${code}`);
    const checked = await c.server.run(['check']);
    c.expect(checked.code === 0, 'orderd check is clean at the end', checked.said);
}

function tell(kills, stream) {
    const kinds = [...operations.map(it => it.kind), ...disasters.map(it => it.kind), ...noted];
    console.log(kinds.map(kind => `${kind} ${c.counts.get(kind) ?? 0}`).join(', '));
    const {inDoubt, replayed, full, twins} = c.client.counts;
    console.log(`${kills} kills, ${c.server.starts} starts; ${inDoubt} requests in doubt, ${replayed} of them had been carried out; ${full} turned away and sent again; ${twins} sent twice at once; ${c.server.lockedOut} commands locked out`);
    console.log(`${c.state.log.last} events, ${stream.events} of them live over ${stream.resumed} resumptions; ${c.receiver.received} webhooks, ${c.mailServer.mails.length} mails, ${c.state.orders.size} orders`);
    const missing = kinds.filter(kind => !c.counts.get(kind));
    for (const kind of missing) {
        console.error(`FAILED: ${kind} never came to something`);
    }
    const failed = c.failures.length + missing.length;
    console.log(`seed ${seed}, ${Math.round((Date.now() - begun) / 1000)} s`);
    console.log(`${kinds.length - missing.length + c.promises.size} passed, ${failed} failed`);
    return failed;
}

console.log(`seed ${seed}, in ${folder}`);
const stream = new Stream(c);
let kills = 0;
try {
    await open();
    stream.run();
    const clients = Array.from({length: Number(option.clients)}, (_, i) => client(`client ${i}`));
    const all = Promise.all(clients).catch(error => c.fail(error.stack));
    kills = await ruin();
    isOver = true;
    if (!c.server.died) {
        await all;
        await lastRound();
        await close();
    }
} catch (error) {
    c.fail(error.stack);
}
stream.close();
if (c.server.pid) {
    await c.server.end('SIGKILL');
}
c.client.close();
c.receiver.close();
c.mailServer.close();
const failed = tell(kills, stream);
if (failed === 0 && !option.keep) {
    rmSync(folder, {recursive: true, force: true});
} else if (existsSync(folder)) {
    console.log(`kept: ${folder}`);
}
process.exit(failed ? 1 : 0);
