#!/usr/bin/env node
// What others make of the API's document: linters and validators find nothing in it, the released one is kept
// (compare.mjs), and three generators make clients of it that compile in strict mode and go from sign-in to refund.
//
//   tests/clients/run.mjs [ORDERD]
//
// Closes with "N passed, N failed". Its packages: npm ci --prefix tests/clients
import {spawn} from 'node:child_process';
import {cpSync, mkdtempSync, symlinkSync, writeFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {tmpdir} from 'node:os';
import {dirname, join, resolve} from 'node:path';
import {fileURLToPath} from 'node:url';

import {Server} from '../campaign/server.mjs';
import {openShop, owner, Promises} from '../engines/shop.mjs';
import {keeps} from './compare.mjs';
import {validate} from './validate.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'orderd-clients-'));
const promises = new Promises();
const expect = promises.expect.bind(promises);
const server = new Server(resolve(process.argv[2] ?? join(here, '../../build/orderd')), folder);
await openShop(server);
const url = `http://127.0.0.1:${server.port}`;
const document = await (await fetch(`${url}/openapi.json`)).json();

/** Runs a command of the packages, beside others; what it says is told if it fails. */
async function run(what, command, ...args) {
    const child = spawn(process.execPath, [join(here, 'node_modules', command), ...args],
        {cwd: folder, env: {...process.env, NO_COLOR: '1'}, stdio: ['ignore', 'pipe', 'pipe']});
    let said = '';
    for (const stream of [child.stdout, child.stderr]) {
        stream.on('data', text => (said += text));
    }
    const status = await new Promise(done => child.once('close', done));
    expect(status === 0, what, said);
}

async function generate() {
    writeFileSync(join(folder, 'openapi.json'), JSON.stringify(document));
    writeFileSync(join(folder, 'orval.config.cjs'), `module.exports = ${JSON.stringify({
        shop: {input: {target: 'openapi.json'}, output: {target: 'orval_client.ts', client: 'fetch', baseUrl: url}}})}`);
    await Promise.all([
        run('openapi-typescript generates', 'openapi-typescript/bin/cli.js', 'openapi.json', '--output', 'openapi_typescript.d.ts'),
        run('hey-api generates', '@hey-api/openapi-ts/bin/run.js', '--input', 'openapi.json', '--output', 'hey_api_client', '--client', '@hey-api/client-fetch'),
        run('orval generates', 'orval/dist/bin/orval.js', '--config', 'orval.config.cjs'),
    ]);
}

async function compile() {
    cpSync(join(here, 'programs'), folder, {recursive: true});
    symlinkSync(join(here, 'node_modules'), join(folder, 'node_modules'));
    writeFileSync(join(folder, 'package.json'), '{}');  // CommonJS: the generated files import each other without ".js"
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({
        compilerOptions: {strict: true, noUncheckedIndexedAccess: true, target: 'es2022', module: 'nodenext', lib: ['es2022', 'dom', 'dom.iterable'],
            types: [], outDir: 'out'},
        include: ['*.ts', 'hey_api_client']}));
    await run('the clients compile in strict mode', 'typescript/bin/tsc');
}

async function buys(name) {
    const program = createRequire(join(folder, 'out/'));
    const {product, order, payment, refund, read, refused} = await program('./buys.js').buys(program(`./${name}.js`).shopAt(url), owner.username, owner.password);
    expect(product.name === 'Mug' && product.price === 1250, `${name}: a product is found`, JSON.stringify(product));
    expect(order.total === 2500, `${name}: an order is placed`, JSON.stringify(order));
    expect(payment.amount === 2500 && payment.status === 'succeeded' && payment.last4 === '4242', `${name}: it is paid`, JSON.stringify(payment));
    expect(refund.amount === 1250 && refund.status === 'succeeded', `${name}: it is refunded`, JSON.stringify(refund));
    expect(read.paid === 2500 && read.refunded === 1250 && read.city === 'Berlin' && read.items[0]?.sku === 'MUG' && read.items[0].quantity === 2,
        `${name}: the order says so`, JSON.stringify(read));
    expect(refused === 'unauthenticated', `${name}: a refusal has its code`, refused);
}

keeps(document, expect);
await Promise.all([generate().then(compile), validate(document, expect)]);
for (const name of ['openapi_fetch', 'hey_api', 'orval']) {
    await buys(name).catch(error => expect(false, `${name} goes from sign-in to refund`, `${error.stack} ${error.cause}`));
}
await server.end('SIGTERM');
promises.close(folder);
