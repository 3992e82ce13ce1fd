// Starts what is measured, in a scratch folder and on loopback, and ends all of it: for the measurements beside this file,
// whose first argument is the folder of a release build.

import {spawn} from 'node:child_process';
import {mkdirSync, mkdtempSync, openSync, readFileSync, rmSync} from 'node:fs';
import {join, resolve} from 'node:path';

export const build = resolve(process.argv[2]);
export const orderd = join(build, 'orderd');
export const password = 'bench-owner';  // bench_fill's

// On the disk of the build, since a temporary folder may be in memory, where nothing is durable.
export const scratch = mkdtempSync(join(build, 'bench-'));
const children = new Set();

function cleanUp() {
    for (const child of children) child.kill('SIGKILL');
    rmSync(scratch, {recursive: true, force: true});
}
process.on('exit', cleanUp);
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(130));

export function start(program, args, {stderr = 'inherit'} = {}) {
    const child = spawn(program, args, {stdio: ['ignore', 'pipe', stderr]});
    children.add(child);
    child.ended = new Promise(done => child.on('close', code => {
        children.delete(child);
        done(code);
    }));
    child.stdout.setEncoding('utf8');
    return child;
}

/** What a program prints, once it has ended well. */
export async function printed(program, ...args) {
    const child = start(program, args.map(String));
    let text = '';
    child.stdout.on('data', piece => text += piece);
    const code = await child.ended;
    if (code !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${code}: ${text}`);
    return text;
}

export const bench = async (name, ...args) => {
    const text = await printed(join(build, `bench_${name}`), ...args);
    return text ? JSON.parse(text) : null;
};

/** A server that says on its first line where it answers. */
export async function serve(program, args, options) {
    const child = start(program, args, options);
    const line = await new Promise((done, failed) => {
        child.stdout.once('data', done);
        child.ended.then(code => failed(new Error(`${program} ended with ${code}`)));
    });
    child.stdout.resume();
    return {
        port: Number(line.match(/(\d+)\s*\n/)[1]),
        memory: name => Number(readFileSync(`/proc/${child.pid}/status`, 'utf8').match(`${name}:\\s*(\\d+)`)[1]) / 1024,
        stop: () => (child.kill('SIGTERM'), child.ended),
    };
}

export const shop = folder => serve(orderd, ['serve', '--data', folder, '--listen', '127.0.0.1:0'],
                             {stderr: openSync(join(scratch, 'log'), 'w')});

export const load = async (port, ...args) => {
    const result = await bench('load', '--port', port, ...args);
    if (result.errors > 0) throw new Error(`${result.errors} of ${result.answers} answers were not successful`);
    return result;
};

/** An empty folder; with `orders`, one with a shop that has so many. `more`: what else bench_fill is told. */
export async function newFolder(name, orders, ...more) {
    const folder = join(scratch, name);
    mkdirSync(folder);
    if (orders !== undefined) await bench('fill', '--data', folder, '--orders', orders, ...more);
    return folder;
}

export async function tokenOfOwner(server) {
    const sign = await fetch(`http://127.0.0.1:${server.port}/auth/login`, {
        method: 'POST', headers: {'content-type': 'application/json'}, body: JSON.stringify({username: 'owner', password})});
    return (await sign.json()).access_token;
}

export const median = numbers => numbers.slice().sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
export const round = (number, digits = 2) => number.toFixed(digits);
export const spread = (numbers, digits = 2) => `${round(Math.min(...numbers), digits)} to ${round(Math.max(...numbers), digits)}`;
export const perSecond = number => `${Math.round(number).toLocaleString('en')}/s`;
export const report = text => process.stderr.write(`${text}\n`);
