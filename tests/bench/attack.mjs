// What one party costs another: attackers and a quiet client at the same server, on loopback, each attack bounded in
// time and count. Prints the quiet client's latency alone and under each attack, and their ratio.
//
//   node attack.mjs BUILD-FOLDER [--only X1,X6] [--seconds 4]
//
// The server has one core of its own where `taskset` can give it one; attackers and the quiet client share the others.
// BUILD-FOLDER has a release build of orderd and of bench_fill (run.sh makes one).

import {spawn, spawnSync} from 'node:child_process';
import {mkdirSync, mkdtempSync, openSync, readFileSync, rmSync} from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import {cpus} from 'node:os';
import {join, resolve} from 'node:path';

const option = (name, otherwise) => {
    const at = process.argv.indexOf(`--${name}`);
    return at < 0 ? otherwise : process.argv[at + 1];
};
const build = resolve(process.argv[2]);
const only = option('only', '').split(',').filter(Boolean);
const seconds = Number(option('seconds', 4));
const password = 'bench-owner';  // bench_fill's

const hasTaskset = cpus().length > 1 && spawnSync('taskset', ['-c', '0', 'true']).status === 0;
const scratch = mkdtempSync(join(build, 'attack-'));
const children = new Set();
process.on('exit', () => {
    for (const child of children) child.kill('SIGKILL');
    rmSync(scratch, {recursive: true, force: true});
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(130));

const pause = ms => new Promise(done => setTimeout(done, ms));

async function serve(folder, ...more) {
    const args = ['serve', '--data', folder, '--listen', '127.0.0.1:0', '--log-level', 'error', ...more];
    const command = hasTaskset ? ['taskset', ['-c', '0', join(build, 'orderd'), ...args]] : [join(build, 'orderd'), args];
    const child = spawn(command[0], command[1], {stdio: ['ignore', 'pipe', openSync(join(scratch, 'log'), 'a')]});
    children.add(child);
    child.on('close', () => children.delete(child));
    child.stdout.setEncoding('utf8');
    const line = await new Promise((done, failed) => {
        child.stdout.once('data', done);
        child.once('close', code => failed(new Error(`orderd ended with ${code}`)));
    });
    child.stdout.resume();
    return {
        port: Number(line.match(/(\d+)\s*\n/)[1]),
        memory: name => Number(readFileSync(`/proc/${child.pid}/status`, 'utf8').match(`${name}:\\s*(\\d+)`)[1]) / 1024,
        stop: () => new Promise(done => (child.once('close', done), child.kill('SIGTERM'))),
    };
}

/** One request. @returns its status and text; status 0 if there was no answer */
function ask(port, method, path, {body, headers = {}, agent, from} = {}) {
    return new Promise(done => {
        const length = body === undefined || headers['Transfer-Encoding'] ? {} : {'Content-Length': Buffer.byteLength(body)};
        const type = body === undefined ? {} : {'Content-Type': 'application/json'};
        const request = http.request({port, method, path, host: '127.0.0.1', localAddress: from, agent,
                                      headers: {...type, ...length, ...headers}}, answer => {
            let text = '';
            answer.setEncoding('utf8');
            answer.on('data', piece => text += piece);
            answer.on('end', () => done({status: answer.statusCode, text}));
            answer.on('error', () => done({status: 0, text: ''}));
        });
        request.setTimeout(30_000, () => request.destroy());
        request.on('error', () => done({status: 0, text: ''}));
        request.end(body);
    });
}

function percentile(sorted, part) {
    return sorted.length === 0 ? NaN : sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
}

/** Asks again and again for a while. @returns latencies (ms) and how many answers were a success */
async function measure(probe) {
    const times = [];
    let good = 0;
    const until = performance.now() + seconds * 1000;
    while (performance.now() < until) {
        const begun = performance.now();
        good += await probe() ? 1 : 0;
        times.push(performance.now() - begun);
        await pause(probe.gap ?? 2);
    }
    times.sort((a, b) => a - b);
    return {p50: percentile(times, 0.5), p99: percentile(times, 0.99), asked: times.length, good};
}

/** An attacker is a separate process, so that its work does not delay the quiet client's clock. */
async function under(name, port, token, work) {
    const attacker = spawn(process.execPath, [process.argv[1], build, '--attack', name, '--port', String(port), '--seconds',
        String(seconds + 3), ...(token ? ['--token', token] : [])], {stdio: ['ignore', 'pipe', 'inherit']});
    children.add(attacker);
    attacker.stdout.setEncoding('utf8');
    let said = '';
    const begun = new Promise(done => attacker.stdout.on('data', piece => (said += piece).includes('\n') && done()));
    const ended = new Promise(done => attacker.on('close', done));
    await begun;
    const result = await work();
    attacker.kill('SIGTERM');
    await ended;
    children.delete(attacker);
    return result;
}

// ---- the attackers: each says that it has begun, and goes on until its time is over

const raw = (port, text, from) => new Promise(done => {
    const socket = net.connect({port, host: '127.0.0.1', localAddress: from}, () => {
        socket.write(text);
        done(socket);
    });
    socket.on('error', () => done(null));
    socket.on('data', () => {});
});

const over = (until, count, work) => Promise.all(Array.from({length: count}, async (_, i) => {
    while (performance.now() < until) {
        if (await work(i) === false) return;
    }
}));

const attacks = {
    async X1(port, until) {
        const body = `{"items":[${Array(Math.floor(((1 << 20) - 13) / 3)).fill('{}').join(',')}]}`;
        await over(until, 30, () => ask(port, 'POST', '/orders', {body}));
    },
    async X2(port, until) {
        let n = 0;
        const letters = 'abcdefghijklmnopqrstuvwxyz';
        const word = i => letters[i % 26] + letters[Math.floor(i / 26) % 26];
        const agent = new http.Agent({keepAlive: true, maxSockets: 32});
        await over(until, 32, () => ask(port, 'GET',
            `/products?q=${Array.from({length: 66}, (_, i) => word(n++ * 7 + i)).join('+')}`, {agent}));
    },
    async X6(port, until) {
        for (let address = 2; address < 6; ++address) {
            for (let i = 0; i < 256; ++i) await raw(port, 'GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n', `127.0.0.${address}`);
        }
        process.stdout.write('begun\n');
        await pause(until - performance.now());
    },
    async X7(port, until) {
        await over(until, 40, i => ask(port, 'POST', '/auth/login',
            {headers: {'X-Forwarded-For': '203.0.113.7'},
             body: JSON.stringify({username: `nobody-${i}`, password: 'a wrong password'})}));
    },
    async X9(port, until) {
        await over(until, 64, async i => {
            const socket = await raw(port, 'POST /webhooks/stripe HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n' +
                'Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n', `127.0.1.${i + 1}`);
            await pause(200);
            socket?.destroy();
        });
    },
    async X10(port, until) {
        const token = option('token');
        await over(until, 64, async () => {
            const socket = await raw(port, `GET /admin/events/stream HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${token}\r\n\r\n`);
            if (socket) await new Promise(done => (socket.on('close', done), setTimeout(done, Math.max(0, until - performance.now()))));
            socket?.destroy();
            await pause(20);
        });
    },
    async X11(port, until) {
        const orders = [];
        const body = JSON.stringify({items: [{product_id: 1, quantity: 1}], customer: {name: 'Ada', email: 'ada@example.com',
            phone: '+49 30 1234567', shipping_address: {line1: 'Allee 1', city: 'Berlin', postal_code: '10115', country: 'DE'}}});
        for (let i = 0; i < 280; ++i) orders.push(JSON.parse((await ask(port, 'POST', '/orders', {body})).text || '{}'));
        process.stdout.write('begun\n');
        await Promise.all(orders.map(order => order.id && ask(port, 'POST', '/payments', {
            headers: {Authorization: `Bearer ${order.access_token}`},
            body: JSON.stringify({order_id: order.id, method: {type: 'card', number: '4000000000008005', exp_month: 12,
                                                               exp_year: 2035, cvc: '123'}})})));
        await pause(Math.max(0, until - performance.now()));
    },
};

if (option('attack')) {
    const name = option('attack');
    const port = Number(option('port'));
    process.on('SIGTERM', () => process.exit(0));
    setTimeout(() => process.exit(0), (seconds + 30) * 1000).unref();
    if (name !== 'X6' && name !== 'X11') setTimeout(() => process.stdout.write('begun\n'), 500);
    await attacks[name](port, performance.now() + seconds * 1000);
    process.exit(0);
}

// ---- the quiet client

const folder = join(scratch, 'shop');
mkdirSync(folder);
const filled = spawnSync(join(build, 'bench_fill'), ['--data', folder, '--orders', '0', '--products', '12000'], {encoding: 'utf8'});
if (filled.status !== 0) throw new Error(`bench_fill ended with ${filled.status}: ${filled.stderr}`);

/** @returns a session's token */
async function signIn(port, account) {
    return JSON.parse((await ask(port, 'POST', '/auth/login', {body: JSON.stringify(account)})).text).access_token;
}

/** @returns a session's token of somebody who may only look */
async function viewer(port, owner) {
    const account = {username: 'viewer', password: 'looks at everything'};
    await ask(port, 'POST', '/admin/users', {headers: {Authorization: `Bearer ${owner}`}, body: JSON.stringify({...account, role: 'viewer'})});
    return signIn(port, account);
}

const rows = [];
let people = 0;  // each signs in once, from an address of their own
for (const name of Object.keys(attacks).filter(each => only.length === 0 || only.includes(each))) {
    const server = await serve(folder, '--trusted-proxy', '127.0.0.1', ...(name === 'X11' ? ['--sandbox-payments', '--sandbox-slowness-ms', '4000'] : []));
    const {port} = server;
    const agent = new http.Agent({keepAlive: true, maxSockets: 1});
    const token = await signIn(port, {username: 'owner', password});
    const attackers = name === 'X10' ? await viewer(port, token) : token;
    const small = async () => (await ask(port, 'GET', '/products/1', {agent})).status === 200;
    const probes = {
        'a small read': small,
        ...(name === 'X6' && {'a new connection': async () => (await ask(port, 'GET', '/products/1', {from: '127.0.0.9'})).status === 200}),
        ...(name === 'X7' && {'the right password': async () =>
            (await ask(port, 'POST', '/auth/login', {headers: {'X-Forwarded-For': `198.51.100.${++people % 250}`},
                                                     body: JSON.stringify({username: 'owner', password})})).status === 200}),
        ...(name === 'X9' && {'a chunked body of staff': async () => (await ask(port, 'POST', '/admin/inventory/import?dry_run=true', {
            headers: {Authorization: `Bearer ${token}`, 'Content-Type': 'text/csv', 'Transfer-Encoding': 'chunked'},
            body: 'Handle,Title,Variant SKU,Variant Price\na,A,A,1\n'})).status === 200}),
        ...(name === 'X10' && {"the owner's live view": Object.assign(() => new Promise(done => {
            const request = http.get({port, path: '/admin/events/stream', host: '127.0.0.1',
                                      headers: {Authorization: `Bearer ${token}`}}, answer => {
                answer.on('error', () => {});
                request.destroy();
                done(answer.statusCode === 200);
            });
            request.on('error', () => done(false));
        }), {gap: 300})}),  // a session has four streams, and the server has to see that one ended
        ...(name === 'X11' && {"the owner's list": async () =>
            (await ask(port, 'GET', '/admin/orders', {agent, headers: {Authorization: `Bearer ${token}`}})).status === 200}),
    };
    for (const [what, probe] of Object.entries(probes)) {
        await measure(probe);
        const quiet = await measure(probe);
        const attacked = await under(name, port, attackers, () => measure(probe));
        rows.push([name, what, quiet, attacked, server.memory('VmHWM')]);
    }
    agent.destroy();
    await server.stop();
}

const ms = number => number.toFixed(1).padStart(8);
process.stdout.write('attack  quiet client              quiet p50, p99 (ms)   attacked p50, p99 (ms)  ratio p50, p99   good  peak RSS\n');
for (const [name, what, quiet, attacked, memory] of rows) {
    process.stdout.write(`${name.padEnd(7)} ${what.padEnd(24)}${ms(quiet.p50)} ${ms(quiet.p99)}       ${ms(attacked.p50)} ${ms(attacked.p99)}` +
        `      ${ms(attacked.p50 / quiet.p50)} ${ms(attacked.p99 / quiet.p99)}   ${attacked.good}/${attacked.asked}  ${memory.toFixed(0)} MiB\n`);
}
