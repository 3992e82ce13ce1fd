// What Lighthouse says of the shop's own pages: accessibility, best practices and search engines must be 100, and speed, as
// the median of five visits with a slow phone's processor and network, at least 95.
//
//   node pages.mjs ORDERD [--visits 5]
//
// Starts a demo shop in a scratch folder and on loopback, with an order of its own, and ends it. Prints a row for each
// page; what Lighthouse found missing is named below it, and the command fails.
import {spawn} from 'node:child_process';
import {existsSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import {parseArgs} from 'node:util';

import {launch} from 'chrome-launcher';
import lighthouse from 'lighthouse';

const {values: option, positionals} = parseArgs({allowPositionals: true, options: {visits: {type: 'string', default: '5'}}});
const orderd = resolve(positionals[0]);
const visits = Number(option.visits);
const kCategories = {accessibility: 100, 'best-practices': 100, seo: 100, performance: 95};
const scratch = mkdtempSync(join(tmpdir(), 'orderd-lighthouse-'));
let shop;
let browser;

function cleanUp() {
    shop?.kill('SIGKILL');
    browser?.kill();
    rmSync(scratch, {recursive: true, force: true});
}
process.on('exit', cleanUp);
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(130));

shop = spawn(orderd, ['demo', '--data', join(scratch, 'shop'), '--listen', '127.0.0.1:0', '--password', 'a long password of tests'],
    {stdio: ['ignore', 'pipe', 'ignore']});
const url = await new Promise((found, failed) => {
    let text = '';
    shop.stdout.on('data', piece => {
        text += piece;
        const [, address] = /(http:\/\/127\.0\.0\.1:\d+)/.exec(text) ?? [];
        if (address) found(address);
    });
    shop.on('exit', () => failed(new Error('the demo does not start')));
});

async function ask(method, path, body) {
    const answer = await fetch(url + path, {method, headers: {'Content-Type': 'application/json'}, body: body && JSON.stringify(body)});
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
}

/** The pages, and whether search engines may have them: not lists that were searched, nor what is one visitor's. */
async function pages() {
    const {data} = await ask('GET', '/product-groups?limit=50');
    const {sku} = (await ask('GET', '/products?limit=50')).data.find(({available}) => available > 3);
    const order = await ask('POST', '/orders', {
        customer: {name: 'Ada Lovelace', email: 'ada@example.com', phone: '', shipping_address:
            {line1: 'Allee 12', line2: '', city: 'Berlin', region: '', postal_code: '10115', country: 'DE'}},
        items: [{sku, quantity: 1}]});
    const link = order.receipt_url ? new URL(order.receipt_url).pathname : null;
    return [['/', true], [`/p/${data[0].handle}`, true], ['/?q=a', false], ['/basket', false], [`/checkout?items=${sku}:1`, false],
        ['/withdraw', false], ...(link ? [[link, false]] : [])];
}

const median = numbers => numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

async function look(path, isForEngines) {
    const scores = Object.fromEntries(Object.keys(kCategories).map(name => [name, []]));
    const missing = new Set();
    for (let visit = 0; visit < visits; visit++) {
        const {lhr} = await lighthouse(url + path, {port: browser.port, logLevel: 'error', output: 'json', onlyCategories: Object.keys(kCategories),
            skipAudits: isForEngines ? [] : ['is-crawlable']});
        if (lhr.runtimeError) throw new Error(`${path}: ${lhr.runtimeError.message}`);
        for (const [name, category] of Object.entries(lhr.categories)) {
            scores[name].push(Math.round(category.score * 100));
            for (const {id, weight} of category.auditRefs) {
                const audit = lhr.audits[id];
                if (name !== 'performance' && weight > 0 && audit.score !== null && audit.score < 1) missing.add(`${id}: ${audit.title}`);
            }
        }
    }
    return {path, scores: Object.fromEntries(Object.entries(scores).map(([name, all]) => [name, median(all)])), missing};
}

browser = await launch({chromePath: ['/usr/bin/chromium', process.env.CHROME_PATH].find(path => path && existsSync(path)),
    chromeFlags: ['--headless=new', '--no-sandbox', `--user-data-dir=${join(scratch, 'profile')}`]});
console.log(`| page | ${Object.keys(kCategories).join(' | ')} |\n|---|${'---|'.repeat(Object.keys(kCategories).length)}`);
let failed = false;
for (const [path, isForEngines] of await pages()) {
    const {scores, missing} = await look(path, isForEngines);
    console.log(`| ${path.replace(/[\w-]{22,}/, '…')} | ${Object.values(scores).join(' | ')} |`);
    for (const text of missing) console.log(`    ${text}`);
    failed ||= Object.entries(kCategories).some(([name, least]) => scores[name] < least);
}
process.exit(failed ? 1 : 0);
