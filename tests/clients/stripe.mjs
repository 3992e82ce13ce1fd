#!/usr/bin/env node
// What orderd sends to Stripe, checked against Stripe's own client for Node.js, in the version whose types describe the
// API's version that orderd speaks.
//
//   tests/clients/stripe.mjs [FILE]
//
// FILE has the requests that the tests' stand-in of Stripe accepted (tests/support/stripe_like.h); tests/run.sh writes it.
// Each distinct one is compiled in strict mode as an object literal of the client's type, so that a parameter which Stripe
// does not have, one that is missing and a value of another kind fail. Then the client is called with it, in this process
// alone, and must send what orderd sent. Closes with "N passed, N failed". Its packages: npm ci --prefix tests/clients
import {existsSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join, resolve} from 'node:path';
import {fileURLToPath} from 'node:url';

import Stripe from 'stripe';
import ts from 'typescript';

import {Promises} from '../engines/shop.mjs';

/** Whatever orderd asks of Stripe: the client's method for it, and the type of that method's parameters. */
const kRoutes = {
    'POST /v1/payment_intents': {method: 'paymentIntents.create', type: 'PaymentIntentCreateParams'},
    'GET /v1/payment_intents': {method: 'paymentIntents.list', type: 'PaymentIntentListParams'},
    'GET /v1/payment_intents/{id}': {method: 'paymentIntents.retrieve', type: 'PaymentIntentRetrieveParams'},
    'POST /v1/payment_intents/{id}/capture': {method: 'paymentIntents.capture', type: 'PaymentIntentCaptureParams'},
    'POST /v1/payment_intents/{id}/cancel': {method: 'paymentIntents.cancel', type: 'PaymentIntentCancelParams'},
    'POST /v1/refunds': {method: 'refunds.create', type: 'RefundCreateParams'},
    'GET /v1/refunds': {method: 'refunds.list', type: 'RefundListParams'},
    'GET /v1/disputes': {method: 'disputes.list', type: 'DisputeListParams'},
};

const kInvented = 'no_parameter_of_stripe';
const kUnknownProperty = 2353;  // TypeScript's codes
const kNotAssignable = 2322;

const here = dirname(fileURLToPath(import.meta.url));
const top = resolve(here, '../..');
const file = resolve(process.argv[2] ?? join(top, 'build/logs/stripe_requests.jsonl'));
const folder = mkdtempSync(join(tmpdir(), 'orderd-stripe-'));
const promises = new Promises();
const expect = promises.expect.bind(promises);

const version = /kStripeVersion = "([^"]+)"/.exec(readFileSync(join(top, 'src/payments/stripe_api.h'), 'utf8'))?.[1];
const json = value => JSON.stringify(value);

const isMetadata = name => name.startsWith('metadata[');

/** A form's values are text: what looks like a number or a boolean is one. Metadata stays text. */
function guessed(text) {
    return text === 'true' || text === 'false' ? text === 'true' : /^(0|-?[1-9]\d{0,14})$/.test(text) ? Number(text) : text;
}

/** Objects whose members are 0, 1, … become arrays. */
function withArrays(value) {
    if (typeof value !== 'object') {
        return value;
    }
    const members = Object.entries(value).map(([name, member]) => [name, name === 'metadata' ? member : withArrays(member)]);
    const isArray = members.length > 0 && members.every(([name], i) => name === `${i}`);
    return isArray ? members.map(([, member]) => member) : Object.fromEntries(members);
}

/** Fields with bracketed names as the object that they stand for: expand[0]=x is {expand: ['x']}. */
function nested(params) {
    const all = {};
    for (const [name, text] of params) {
        if (!/^\w+(\[\w+\])*$/.test(name)) {
            throw new Error(`${name} is not a parameter's name`);
        }
        const parts = name.match(/\w+/g);
        const last = parts.pop();
        let at = all;
        for (const part of parts) {
            at = at[part] ??= {};
        }
        if (typeof at !== 'object' || Object.hasOwn(at, last)) {
            throw new Error(`${name} is sent twice`);
        }
        at[last] = isMetadata(name) ? text : guessed(text);
    }
    return withArrays(all);
}

/** The values that may be one of a type's choices, as "manual" is. */
const wordsOf = params => params.filter(([name, text]) => /^[a-z_]+$/.test(text) && !isMetadata(name));

/** The requests that differ: by method, path without its id, names of parameters, or words among their values. */
function shapesIn(requests) {
    const shapes = new Map();
    for (const {method, path, params} of requests) {
        const id = /(?<=\/)[a-z]+_(?=\w*\d)\w+/.exec(path)?.[0];
        const route = `${method} ${id ? path.replace(id, '{id}') : path}`;
        const key = json([route, params.map(([name]) => name).sort(), wordsOf(params).sort()]);
        if (!shapes.has(key)) {
            shapes.set(key, {route, id, method, path, params, name: `${route} with ${params.map(([name]) => name).join(', ')}`});
        }
    }
    return [...shapes.values()];
}

/** Those that can be compiled; what is wrong with the others is told. */
function readable(shapes) {
    return shapes.filter(shape => {
        if (!kRoutes[shape.route]) {
            expect(false, shape.name, `${shape.route} is not in kRoutes of tests/clients/stripe.mjs`);
            return false;
        }
        try {
            shape.literal = nested(shape.params);
            return true;
        } catch (error) {
            expect(false, shape.name, error.message);
            return false;
        }
    });
}

/** A shape a line. Each is assigned as a literal, which may have no other members, and given to the client's method. */
function programOf(shapes, {asVersion = version, more = {}} = {}) {
    return ["import type Stripe from 'stripe';", 'declare const stripe: Stripe;',
        `export const version: Stripe.LatestApiVersion = ${json(asVersion)};`,
        ...shapes.map(({route, id, literal}, i) => {
            const {method, type} = kRoutes[route];
            return `export const p${i}: Stripe.${type} = ${json({...literal, ...more})}; void stripe.${method}(${id ? `${json(id)}, ` : ''}p${i});`;
        })].join('\n');
}
const kVersionLine = 3;
const lineOf = i => kVersionLine + 1 + i;

/** Compiles the programs, and returns what the compiler finds in each line: a map from "NAME LINE". */
function compile(programs) {
    symlinkSync(join(here, 'node_modules'), join(folder, 'node_modules'));
    for (const [name, text] of Object.entries(programs)) {
        writeFileSync(join(folder, name), text);
    }
    const compiler = ts.createProgram(Object.keys(programs).map(name => join(folder, name)), {
        strict: true, noEmit: true, skipLibCheck: true, target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.NodeNext, types: []});
    const found = new Map();
    for (const {file: at, start, code, messageText} of ts.getPreEmitDiagnostics(compiler)) {
        const name = at?.fileName.split('/').at(-1);
        const place = name in programs ? `${name} ${at.getLineAndCharacterOfPosition(start).line + 1}` : 'elsewhere';
        found.set(place, [...found.get(place) ?? [], {code, text: `TS${code}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`}]);
    }
    return found;
}

function compileAll(shapes) {
    const found = compile({'requests.mts': programOf(shapes), 'breaches.mts': programOf(shapes, {asVersion: `${version}x`, more: {[kInvented]: 'x'}})});
    const take = place => {
        const all = found.get(place) ?? [];
        found.delete(place);
        return all;
    };
    const fits = (line, what) => {
        const all = take(`requests.mts ${line}`);
        expect(all.length === 0, what, all.map(({text}) => text).join('\n'));
        return all.length === 0;
    };
    const isCaught = (line, code, word) => take(`breaches.mts ${line}`).some(one => one.code === code && one.text.includes(word));
    fits(kVersionLine, `the types are those of ${version}, which orderd speaks`);
    expect(isCaught(kVersionLine, kNotAssignable, version), 'another version does not compile');
    const uncaught = shapes.filter((shape, i) => {
        const caught = isCaught(lineOf(i), kUnknownProperty, kInvented);
        return fits(lineOf(i), `${shape.name} is a ${kRoutes[shape.route].type}`) && !caught;  // the compiler may say no more of what does not fit
    });
    expect(uncaught.length === 0, 'an invented parameter does not compile', uncaught.map(({name}) => name).join('\n'));
    expect(found.size === 0, 'nothing else is found', json([...found]));
}

/** What the client sends for a shape. It is answered here: nothing leaves the process. */
async function sentByClient({route, id, literal}) {
    let sent;
    const stripe = new Stripe('sk_test_none', {telemetry: false, maxNetworkRetries: 0, httpClient: Stripe.createFetchHttpClient(
        async (url, {method, body}) => {
            const {pathname, searchParams} = new URL(url);
            const params = method === 'GET' ? searchParams : new URLSearchParams(body);
            sent = {method, path: pathname, params: [...params]};
            return Response.json({});
        })});
    const [resource, method] = kRoutes[route].method.split('.');
    await stripe[resource][method](...id ? [id] : [], literal);
    return sent;
}

async function compareWithClient(shape) {
    const inOrder = ({method, path, params}) => json({method, path, params: params.map(pair => pair.join('=')).sort()});
    const sent = inOrder(await sentByClient(shape));
    const ours = inOrder(shape);
    expect(sent === ours, `${shape.name} is what Stripe's client sends`, `\n${ours} is orderd's\n${sent} is the client's`);
}

const requests = existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(line => line !== '').map(line => JSON.parse(line)) : [];
expect(requests.length > 0, `${file} has requests`, 'tests/run.sh writes it when it runs the tests of the release build');
const shapes = shapesIn(requests);
for (const route of Object.keys(kRoutes)) {
    expect(shapes.some(shape => shape.route === route), `a test asks for ${route}`, `it is not in ${file}`);
}
const known = readable(shapes);
compileAll(known);
for (const shape of known) {
    await compareWithClient(shape).catch(error => expect(false, `${shape.name} can be sent by Stripe's client`, error.stack));
}
promises.close(folder);
