#!/usr/bin/env node
// Runs each example of the guides at /docs, as it stands there, in a shop of `orderd demo`.
//
//   tests/guides.mjs [ORDERD]
import {execFile, spawn} from 'node:child_process';
import {chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join, resolve} from 'node:path';
import {fileURLToPath} from 'node:url';

import {freePort} from './support/free_port.mjs';

const top = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const orderd = resolve(process.argv[2] ?? join(top, 'build/orderd'));
const scratch = mkdtempSync(join(tmpdir(), 'orderd-guides-'));
const running = new Set();
process.on('exit', () => running.forEach(child => child.kill('SIGKILL')));

let passed = 0;
const failures = [];
function expect(holds, what, why = '') {
    holds ? ++passed : failures.push(`${what}: ${why}`);
}
const pause = ms => new Promise(done => setTimeout(done, ms));

/** Starts a program, and waits until it has said that. */
async function begin(command, args, environment, until) {
    const child = spawn(command, args, {cwd: scratch, env: {...process.env, ...environment}, stdio: ['ignore', 'pipe', 'pipe']});
    running.add(child);
    child.said = '';
    for (const stream of [child.stdout, child.stderr]) {
        stream.on('data', text => (child.said += text));
    }
    for (let left = 3000; left > 0 && !(until && until(child.said)) && child.exitCode === null; --left) {
        await pause(100);
        if (!until) {
            break;
        }
    }
    return child;
}

/** Runs a program to its end. Node goes on meanwhile, and so sees connections that the shop closes: it would use them again. */
function run(command, args, environment) {
    return new Promise(done => execFile(command, args, {cwd: scratch, env: {...process.env, ...environment}, timeout: 300_000},
                                        (error, stdout, stderr) => done({status: error ? error.code ?? error.signal : 0, stdout, stderr})));
}

async function end(child) {
    const gone = new Promise(done => child.once('close', done));
    child.kill('SIGTERM');
    await gone;
    running.delete(child);
}

const unescaped = html => html.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&quot;/g, '"').replace(/&amp;/g, '&');
const examplesOf = page => [...page.matchAll(/<pre ([^>]*)><code>([\s\S]*?)<\/code><\/pre>/g)].map(([, attributes, code]) => ({
    runs: /data-run="(\w+)"/.exec(attributes)?.[1], file: /data-file="([^"]+)"/.exec(attributes)?.[1], code: unescaped(code)}));

/** What a guide's examples have to print, in that order. */
const wanted = {
    '1-take-an-order': [/"total": \d+/, /"status": "pending"/, /"status": "succeeded"/, /"payment_status": "succeeded"/],
    '2-show-stock': [/https:\/\/www\.shop\.example/, /in stock \/ not on sale/, /^304$/m],
    '4-follow-the-log': [/[1-9]\d* events, up to \d+/],
    '5-print-labels': [/^3$/m, /printed\nprinted\nprinted/, /"status":"(in_transit|shipped)"/],
    '7-versions': [/^\d+\.\d+\.\d+/m, /^0 operations are missing$/m],
    '6-move-from-shopify': [/"added": 3/, /"added": 3/, /"sku":"JACKET-S".*"price":12900/],
};

const demo = await begin(orderd, ['demo', '--password', 'a long password of tests', '--listen', '127.0.0.1:0', '--private-webhooks'], {},
                         said => /answers at http\S+\n[\s\S]*Ctrl-C/.test(said));
const url = /answers at (http\S+)/.exec(demo.said)?.[1];
const signedIn = await (await fetch(`${url}/auth/login`, {method: 'POST', headers: {'Content-Type': 'application/json'},
    body: JSON.stringify({username: 'owner', password: 'a long password of tests'})})).json();
mkdirSync(join(scratch, 'bin'));
writeFileSync(join(scratch, 'bin/lp'), '#!/bin/sh\nfor file; do :; done\nhead -c 5 "$file" | grep -q %PDF- && echo printed\n');
chmodSync(join(scratch, 'bin/lp'), 0o755);
const environment = {PATH: `${join(scratch, 'bin')}:${process.env.PATH}`, ORDERD: url, TOKEN: signedIn.access_token};

// Variables that one example sets are there for the next, as in a terminal.
const shell = (code, more = {}) =>
    run('bash', ['-euo', 'pipefail', '-c', `. ./before 2>/dev/null || true\n${code}\ndeclare -p ID KEY ETAG WEBHOOK_SECRET >before 2>/dev/null || true`],
        {...environment, ...more});
const variable = async name => (await shell(`echo "\${${name}:-}"`)).stdout.trim();

/** What customers bought in a demo's month is drawn by lot: what the examples buy may be sold out. */
async function restock(sku) {
    const headers = {Authorization: `Bearer ${signedIn.access_token}`, 'Content-Type': 'application/json'};
    const {data: [product]} = await (await fetch(`${url}/admin/inventory?q=${sku}`, {headers})).json();
    const answer = await fetch(`${url}/products/${product.id}`, {method: 'PUT', headers, body: JSON.stringify({adjust: 20, reason: 'received'})});
    expect(answer.ok, `${sku} is in stock`, await answer.text());
}
await restock('MUG-NIGHT');
await restock('COFFEE-HOUSE-250');

async function order() {
    await fetch(`${url}/orders`, {method: 'POST', headers: {'Content-Type': 'application/json'}, body: JSON.stringify({
        customer: {name: 'Ada', email: 'ada@example.com', shipping_address: {line1: 'Allee 12', city: 'Berlin', postal_code: '10115', country: 'DE'}},
        items: [{sku: 'COFFEE-HOUSE-250', quantity: 1}]})});
}

/** A receiver is told of an order, and takes nothing that was not signed. */
async function receives(program, file, register) {
    const port = await freePort();
    const registered = await shell(register.code, {RECEIVER: `http://127.0.0.1:${port}/`});
    expect(registered.status === 0, `${file}: the webhook is added`, registered.stdout + registered.stderr);
    const child = await begin(program, [file], {WEBHOOK_SECRET: await variable('WEBHOOK_SECRET'), PORT: String(port)});
    for (let left = 600; left > 0; --left) {
        await pause(100);
        const answer = await fetch(`http://127.0.0.1:${port}/`, {method: 'POST', body: '{"type": "order.placed"}', headers: {
            'webhook-id': 'forged', 'webhook-timestamp': String(Math.floor(Date.now() / 1000)), 'webhook-signature': 'v1,Zm9yZ2Vk'}}).catch(() => null);
        if (answer) {
            expect(answer.status === 401, `${file}: what was not signed is refused`, String(answer.status));
            break;
        }
    }
    await order();
    for (let left = 600; left > 0 && !/ order\.placed\n/.test(child.said); --left) {
        await pause(100);
    }
    expect(/^\S+ order\.placed$/m.test(child.said) && !child.said.includes('forged'), `${file}: an order is told`, child.said);
    await end(child);
}

const reference = await (await fetch(`${url}/docs`)).text();
const names = [...new Set([...reference.matchAll(/href="\/docs\/guides\/([^"]+)"/g)].map(([, name]) => name))];
expect(names.length === 7, 'the reference leads to the guides', names.join(', '));
for (const name of names) {
    const answer = await fetch(`${url}/docs/guides/${name}`);
    expect(answer.status === 200, name, String(answer.status));
    const examples = examplesOf(await answer.text());
    expect(examples.length > 0 && examples.every(({runs}) => runs), `${name}: each example runs`, JSON.stringify(examples.filter(({runs}) => !runs)));
    let said = '';
    for (const {runs, file, code} of examples) {
        if (file) {
            writeFileSync(join(scratch, file), code);
        } else if (runs === 'sh' && name !== '3-consume-webhooks') {
            const {status, stdout, stderr} = await shell(code);
            expect(status === 0, `${name}: ${code.split('\n')[0]}`, stdout + stderr);
            said += stdout;
        } else if (runs === 'node' || runs === 'python') {
            const [program, flag] = runs === 'node' ? ['node', ['--input-type=module', '-e']] : ['python3', ['-c']];
            const {status, stdout, stderr} = await run(program, [...flag, code], {...environment, KEY: await variable('KEY')});
            expect(status === 0, `${name}: ${code.split('\n')[0]}`, stdout + stderr);
            said += stdout;
        }
    }
    if (name === '3-consume-webhooks') {
        const register = examples.find(({runs}) => runs === 'sh');
        await receives('node', 'receiver.mjs', register);
        await receives('python3', 'receiver.py', register);
    }
    let rest = said;
    for (const pattern of wanted[name] ?? []) {
        const found = pattern.exec(rest);
        expect(found, `${name}: it prints ${pattern}`, said);
        rest = found ? rest.slice(found.index + found[0].length) : rest;
    }
}
expect((await fetch(`${url}/docs/guides/8-nothing`)).status === 404, 'a guide that is not there is 404');
await end(demo);
for (const failure of failures) {
    console.error(`FAILED: ${failure.slice(0, 2000)}`);
}
console.log(`${passed} passed, ${failures.length} failed`);
rmSync(scratch, {recursive: true, force: true, maxRetries: 20, retryDelay: 100});
process.exit(failures.length === 0 ? 0 : 1);
