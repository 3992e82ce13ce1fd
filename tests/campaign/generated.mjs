#!/usr/bin/env node
// Asks a whole server what its own /openapi.json says can be asked: right requests, requests with one fault, strange paths
// and headers, by every kind of caller. Every answer conforms to what the document says of its status, a problem's code
// is one that the operation declares and /docs explains, so is each header, nobody does what they may not, nothing hangs,
// and a connection that is used again stays in step. Prints which statuses of each operation were seen; an operation that
// never succeeded fails the run.
//
//   tests/campaign/generated.mjs [ORDERD] [--seed N] [--seconds 60]
//   tests/campaign/generated.mjs [ORDERD] --seed 18 --requests 4000    the contract's test: so many requests, then it ends
//
// Closes with "N passed, N failed": operations that succeeded, and promises that were looked at.
import http from 'node:http';
import {mkdirSync, mkdtempSync, rmSync} from 'node:fs';
import net from 'node:net';
import {tmpdir} from 'node:os';
import {dirname, join, resolve} from 'node:path';
import {fileURLToPath} from 'node:url';
import {parseArgs} from 'node:util';

import {kStrangeIds, withOneFault} from './faults.mjs';
import {Random} from './random.mjs';
import {MailServer} from './receivers.mjs';
import {Schemas} from './schema.mjs';
import {pause, Server} from './server.mjs';
import {fixtures, World} from './world.mjs';

const top = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const {values: option, positionals} = parseArgs({allowPositionals: true, options: {seed: {type: 'string'}, requests: {type: 'string'}, seconds: {type: 'string', default: '60'}}});
const orderd = resolve(positionals[0] ?? join(top, 'build/orderd'));
const seed = Number(option.seed ?? Math.floor(Math.random() * 2 ** 31));
const random = new Random(seed, 'generated');
const isOver = () => (option.requests ? requests >= Number(option.requests) : Date.now() - begun >= Number(option.seconds) * 1000);
const kHang = 60_000;
/** Refusals that a server under no other load does not give; a mail server that refuses is the outside's. */
const kCaused = new Set(['mail_not_sent', 'too_many_streams', 'busy', 'overloaded', 'too_many_wait', 'too_costly', 'method_unknown']);

const folder = mkdtempSync(join(tmpdir(), 'orderd-generated-'));
const begun = Date.now();
const failures = [];
const promises = new Map();
const seen = new Map();
let requests = 0;

function expect(holds, promise, detail) {
    promises.set(promise, (promises.get(promise) ?? 0) + 1);
    if (!holds) {
        const text = `${promise}: ${detail()}`;
        failures.push(text);
        if (failures.length < 60) {
            console.error(`FAILED: ${text}`.slice(0, 1500));
        }
    }
    return holds;
}

/** One request. @returns {status, headers, raw, text, body}; null where the connection ended instead */
function send(port, agent, {method, path, headers = {}, raw, isChunked}) {
    ++requests;
    const length = raw === undefined ? (method === 'GET' || method === 'HEAD' ? {} : {'Content-Length': 0}) : isChunked ? {'Transfer-Encoding': 'chunked'} : {'Content-Length': Buffer.byteLength(raw)};
    const asked = Date.now();
    return new Promise(done => {
        let isDone = false;
        const end = answer => {
            if (!isDone) {
                isDone = true;
                expect(Date.now() - asked < kHang, 'nothing takes a minute', () => `${method} ${path}`);
                done(answer);
            }
        };
        let request;
        try {
            request = http.request({host: '127.0.0.1', port, method, path, agent, headers: {...headers, ...length}}, response => {
                const isStream = /event-stream/.test(response.headers['content-type'] ?? '');
                const pieces = [];
                const finish = () => {
                    const whole = Buffer.concat(pieces);
                    let body;
                    try {
                        body = /json/.test(response.headers['content-type'] ?? '') ? JSON.parse(whole) : undefined;
                    } catch {
                        expect(method === 'HEAD' || whole.length === 0, 'JSON is JSON', () => `${method} ${path}: ${whole.toString().slice(0, 300)}`);
                    }
                    end({status: response.statusCode, headers: response.headers, names: response.rawHeaders.filter((_, i) => i % 2 === 0), bytes: whole, text: whole.toString(), body});
                };
                response.on('data', piece => pieces.push(piece));
                response.on('error', () => end(null));
                response.on('end', finish);
                if (isStream) {
                    setTimeout(() => (finish(), request.destroy()), 30);
                }
            });
        } catch {
            end(undefined);  // node itself refuses to send it
            return;
        }
        request.setTimeout(kHang, () => request.destroy());
        request.on('error', error => {
            expect(!/HPE_|Parse/.test(`${error.code} ${error.message}`), 'a connection that is used again stays in step', () => `${method} ${path}: ${error.code} ${error.message}`);
            end(null);
        });
        request.end(raw);
    });
}

const mailServer = new MailServer();
await mailServer.open();
const outside = http.createServer((request, response) => {
    request.resume();
    request.on('end', () => response.writeHead(request.url === '/hook' ? 204 : 404, {'Content-Type': 'application/json'}).end(request.url === '/hook' ? undefined : '{"error": {"message": "none"}}'));
});
const outsidePort = await new Promise(done => outside.listen(0, '127.0.0.1', () => done(outside.address().port)));
const server = new Server(orderd, folder);
mkdirSync(server.data, {mode: 0o700});
const agents = new Map();
// An idle connection is ended here, and not by the server after 15 s, when the next request may be on its way.
const agentOf = name => agents.get(name) ?? agents.set(name, new http.Agent({keepAlive: true, maxSockets: 1, timeout: 10_000})).get(name);

async function ask(method, path, {token, body, raw, type, headers = {}} = {}) {
    const text = raw ?? (body === undefined ? undefined : JSON.stringify(body));
    const answer = await send(server.port, agentOf('world'), {method, path, raw: text,
        headers: {...(text === undefined ? {} : {'Content-Type': type ?? 'application/json'}), ...(token ? {Authorization: `Bearer ${token}`} : {}), ...headers}});
    return answer ?? {status: 0, text: 'no answer', headers: {}};
}

const options = ['--sandbox-payments', '--private-webhooks', '--sandbox-slowness-ms', '50', '--payment-wait-ms', '10000',
    '--stripe-url', `http://127.0.0.1:${outsidePort}`, '--easypost-url', `http://127.0.0.1:${outsidePort}`];
await server.start([...options, '--rate-per-minute', '0']);
const w = new World(ask, mailServer, {mail: mailServer.port, hook: `http://127.0.0.1:${outsidePort}/hook`});
while (!/setup#\S+\n/.test(server.said)) {
    await pause(20);
}
await w.make(/setup#(\S+)/.exec(server.said)[1]);

const document = (await ask('GET', '/openapi.json')).body;
const docs = (await ask('GET', '/docs')).text;
const schemas = new Schemas(document);
const operations = Object.entries(document.paths).flatMap(([path, item]) => Object.entries(item)
    .map(([method, operation]) => ({method: method.toUpperCase(), path, operation, name: `${method.toUpperCase()} ${path}`,
        parameters: (operation.parameters ?? []).map(it => schemas.resolved(it))})));
const methodsOf = new Map(Object.entries(document.paths).map(([path, item]) => [path, Object.keys(item).map(it => it.toUpperCase())]));

function note(name, status) {
    const of = seen.get(name) ?? seen.set(name, new Map()).get(name);
    of.set(status, (of.get(status) ?? 0) + 1);
}
for (const name of ['POST /auth/setup', 'POST /auth/setup/check']) {
    note(name, 200);  // how the shop got its owner
}

/** Whoever asks: their headers, and whether they may do what an operation needs. */
function callers() {
    const bearer = token => ({Authorization: `Bearer ${token}`});
    const ranks = {viewer: ['viewer', 'holder', 'signed_in'], staff: ['viewer', 'staff', 'holder', 'holder_or_staff', 'signed_in']};
    const cookie = {Cookie: `orderd_session=${w.tokens.owner}`};
    const owner = [...ranks.staff, 'owner'];
    return [
        {name: 'stranger', headers: {}, may: () => false},
        {name: 'viewer', headers: bearer(w.tokens.viewer), may: who => ranks.viewer.includes(who)},
        {name: 'staff', headers: bearer(w.tokens.staff), may: who => ranks.staff.includes(who)},
        {name: 'owner', headers: bearer(w.tokens.owner), may: who => owner.includes(who)},
        {name: 'customer', headers: bearer(w.tokens.customer), may: who => ['customer', 'signed_in', 'holder', 'holder_or_staff'].includes(who)},
        {name: 'API key', headers: bearer(w.tokens.key), may: who => ranks.staff.includes(who)},
        {name: 'narrow API key', headers: bearer(w.tokens.narrow), may: (who, it) => it.operation['x-scope'] === 'stats:read'},
        {name: 'made-up token', headers: bearer(random.uuid()), may: () => false, isNobody: true},
        {name: 'broken token', headers: {Authorization: random.pick(['Bearer', 'Basic YTpi', 'Bearer a b', `Bearer ${'x'.repeat(3000)}`])}, may: () => false},
        {name: 'cookie', headers: {...cookie, 'X-CSRF-Token': w.csrf}, may: who => owner.includes(who)},
        {name: 'cookie without CSRF token', headers: cookie, may: (who, it) => it.method === 'GET' && owner.includes(who)},
        {name: 'cookie with a wrong CSRF token', headers: {...cookie, 'X-CSRF-Token': 'x'}, may: (who, it) => it.method === 'GET' && owner.includes(who)},
    ];
}

const kRight = {anyone: ['stranger'], customer: ['customer'], holder: ['owner', 'viewer'], holder_or_staff: ['owner', 'staff', 'API key'],
    viewer: ['viewer', 'staff', 'owner', 'API key', 'cookie'], staff: ['staff', 'owner', 'API key', 'cookie'], owner: ['owner', 'cookie'], signed_in: ['viewer', 'staff', 'owner']};

/** What the generator must not do to the shop that it lives in: send its mail or its users elsewhere, lock itself out. */
function tame(it, request) {
    const body = request.value;
    if (it.path === '/admin/settings' && body && typeof body === 'object') {
        delete body.mail;
        delete body.login_limit;
    }
    // Its own users, keys and product have the first numbers.
    const isOwn = ['/admin/users/{id}', '/admin/api-keys/{id}', '/products/{id}', '/admin/inventory/{id}'].some(path => it.path.startsWith(path)) && it.method !== 'GET';
    if (isOwn && Number(request.params.id) < 4 && !request.isOfFixture) {
        request.params.id = 'abc';
    }
}

/** Headers that any answer of HTTP may have, and those by which a browser protects itself: no operation declares them. */
const kOfHttp = new Set(['access-control-allow-origin', 'access-control-expose-headers', 'cache-control', 'connection', 'content-encoding', 'content-length',
    'content-security-policy', 'content-type', 'cross-origin-opener-policy', 'date', 'keep-alive', 'referrer-policy', 'refresh', 'strict-transport-security',
    'transfer-encoding', 'vary', 'x-accel-buffering', 'x-content-type-options', 'x-frame-options', 'x-robots-tag']);
/** Of which an answer may have several. */
const kMany = new Set(['set-cookie', 'vary']);

function checkHeaders(declared, answer, told) {
    const names = answer.names.map(name => name.toLowerCase());
    const known = new Set(Object.keys(declared.headers ?? {}).map(name => name.toLowerCase()));
    const undeclared = names.filter(name => !kOfHttp.has(name) && !known.has(name));
    expect(undeclared.length === 0, 'a header is one that the operation declares', () => `${undeclared}: ${told()}`);
    const twice = names.filter((name, i) => names.indexOf(name) !== i && !kMany.has(name));
    expect(twice.length === 0, 'no header is there twice', () => `${twice}: ${told()}`);
}

/** Whether a request was carried out. Who sends a page's form is led on. */
const isSuccess = (it, status) => status < 300 || (status === 303 && it.method === 'POST' && it.operation.responses[303] !== undefined);

const kept = new Map();

/** A request that should succeed; for one that should not, mostly the one from before. */
async function fixtureOf(it, plan) {
    const make = fixtures[it.name];
    if (!make || ((plan.isFaulty || plan.isStrangeCaller) && kept.has(it.name) && random.chance(0.85))) {
        return structuredClone(kept.get(it.name) ?? {});
    }
    let made;
    try {
        made = await make(w, random);
    } catch {
        // Settings that were generated are in the way, or somebody was signed out.
        await refresh();
        made = await make(w, random);
    }
    kept.set(it.name, structuredClone(made));
    return made;
}

async function refresh() {
    const {status} = await ask('GET', '/auth/me', {token: w.tokens.owner});
    if (status !== 200) {
        await w.signIn();
    }
    await w.settings();
    if ((await ask('GET', '/customers/me', {token: w.tokens.customer})).status !== 200) {
        w.tokens.customer = (await w.customer()).token;
    }
}

const bodyOf = it => it.operation.requestBody?.content ?? {};
const isRawBody = it => Object.values(bodyOf(it)).some(content => schemas.resolved(content.schema)?.type === 'string' && !content.schema.properties);

/** A request to an operation: how right it is, by `plan`. */
async function requestFor(it, plan) {
    const fixture = plan.isBlind ? {} : await fixtureOf(it, plan);
    const all = callers();
    const who = it.operation['x-who'];
    const right = random.pick(kRight[who]);
    let caller = all.find(one => one.name === right);
    if (plan.isStrangeCaller) {
        // Who changes or ends their own account is one that was made for it.
        const isOfSelf = it.method !== 'GET' && ['signed_in', 'customer', 'viewer'].includes(who) && /^\/(auth|customers)\//.test(it.path);
        caller = random.pick(isOfSelf ? all.filter(one => !one.may(who, it)) : all);
    } else if (fixture.token) {
        caller = {name: 'holder', headers: {Authorization: `Bearer ${fixture.token}`}, may: () => true};
    }
    const params = {...fixture.params};
    for (const parameter of it.parameters.filter(one => one.in === 'path')) {
        if (params[parameter.name] === undefined || plan.isStrangePath) {
            params[parameter.name] = random.chance(0.5) ? random.pick(kStrangeIds) : random.between(1, 3000);
        }
    }
    const query = new URLSearchParams(fixture.query ?? {});
    for (const parameter of it.parameters.filter(one => one.in === 'query')) {
        if (plan.isFull ? random.chance(0.3) : plan.isFaulty && random.chance(0.3)) {
            const value = schemas.value(parameter.schema, random, parameter.name);
            query.set(parameter.name, plan.isFaulty && random.chance(0.5) ? random.pick(['', 'x'.repeat(5000), '-1', '1e9', '\u0000', '%', 'null', '[]']) : [value].flat().join(','));
        }
    }
    if (plan.isFaulty && random.chance(0.1)) {
        query.append(random.pick(['surprise', 'limit', 'cursor', '']), random.pick(['1', 'zzz', '']));
    }
    const headers = {...caller.headers, ...fixture.headers};
    const type = Object.keys(bodyOf(it))[0];
    const request = {method: it.method, params, isOfFixture: fixture.params !== undefined && !plan.isStrangePath, headers, caller, who, isRight: plan.isRight, fault: ''};
    if (type) {
        headers['Content-Type'] = type;
        if (isRawBody(it)) {
            request.raw = plan.isFaulty || fixture.raw === undefined ? random.pick(['', 'a,b\n1,2', '{"a":1}', random.bytes(200), 'decision=approve', fixture.raw ?? '']) : fixture.raw;
        } else {
            const {schema} = bodyOf(it)[type];
            request.value = !plan.isGenerated && fixture.body !== undefined ? structuredClone(fixture.body) : schemas.value(schema, random);
            request.schema = schema;
            tame(it, request);
            request.raw = JSON.stringify(request.value);
            if (plan.isFaulty) {
                const faulty = withOneFault(random, request.value, headers);
                Object.assign(request, {raw: faulty.raw, headers: faulty.headers, fault: faulty.name, value: faulty.value});
            }
        }
    } else {
        tame(it, request);
        if (plan.isFaulty && random.chance(0.5)) {
            const faulty = withOneFault(random, undefined, headers);
            Object.assign(request, {headers: faulty.headers, fault: faulty.name});
        }
    }
    if (it.parameters.some(one => one.name === 'If-Match') && caller.name === 'cookie' && random.chance(0.8) && !request.headers['If-Match']) {
        request.headers['If-Match'] = random.chance(0.8) ? '*' : '"1"';
    }
    if (it.parameters.some(one => one.name === 'Idempotency-Key') && random.chance(0.3) && !request.headers['Idempotency-Key']) {
        request.headers['Idempotency-Key'] = random.uuid();
    }
    if (plan.isForwarded) {
        headers['X-Forwarded-For'] = '203.0.113.7';
    }
    request.isChunked = request.raw !== undefined && random.chance(0.1);
    request.path = it.path.replace(/\{(\w+)\}/g, (_, name) => encodeURI(String(params[name]))) + (query.size ? `?${query}` : '');
    return request;
}

function checkProblem(answer, told) {
    const {body} = answer;
    if (!expect(/^application\/problem\+json/.test(answer.headers['content-type'] ?? '') && body, 'a refusal is a problem document', told)) {
        return;
    }
    const anchor = body.type?.split('#')[1];
    expect(body.type?.startsWith('/docs#') && anchor === body.code && docs.includes(`id="${anchor}"`), 'a problem leads to its explanation', told);
    expect(body.status === answer.status, 'a problem says its status', told);
    expect(answer.status < 500 || kCaused.has(body.code), 'no server error that was not caused', told);
}

function checkAnswer(it, request, answer) {
    const told = () => `${request.method} ${request.path} by ${request.caller.name} (${request.fault || 'no fault'}) ${String(request.raw ?? '').slice(0, 300)} -> ${answer.status} ${answer.text.slice(0, 500)}`;
    note(it.name, answer.status);
    expect(answer.headers['x-request-id'], 'every answer has its request id', told);
    const isRefused = answer.status >= 400;
    const declared = schemas.resolved(it.operation.responses[answer.status]);
    const isPageAgain = /^text\/html/.test(answer.headers['content-type'] ?? '') && Object.keys(declared?.content ?? {}).some(type => type.startsWith('text/html'));
    if (isRefused && !isPageAgain) {
        checkProblem(answer, told);
    }
    const isOfHttp = ['request_timeout', 'headers_too_large', 'uri_too_long', 'bad_request', 'method_unknown'].includes(answer.body?.code);
    if (!expect(declared || isOfHttp, 'a status is one that the operation declares', told) || !declared) {
        return;
    }
    checkHeaders(declared, answer, told);
    if (declared.content) {
        const type = (answer.headers['content-type'] ?? '').split(';')[0];
        const content = Object.entries(declared.content).find(([name]) => name.split(';')[0] === type)?.[1];
        if (expect(content, 'a content type is one that the operation declares', () => `${type}: ${told()}`) && answer.body !== undefined && request.method !== 'HEAD') {
            const faults = it.path === '/openapi.json' && !isRefused ? [] : schemas.faults(answer.body, content.schema ?? {});
            expect(faults.length === 0, 'an answer conforms to its schema', () => `${faults.slice(0, 4).join('; ')}: ${told()}`);
        }
    } else {
        expect(answer.bytes.length === 0, 'an answer without content has none', told);
    }
    if (answer.status < 300) {
        // The shop's pages read no credential, so none is refused.
        const isPage = it.operation.operationId?.startsWith('shop.');
        expect(request.who === 'anyone' ? isPage || !request.caller.isNobody : request.caller.may(request.who, it), 'nobody does what they may not', told);
        if (request.value !== undefined && request.schema) {
            const faults = schemas.faults(request.value, request.schema);
            expect(faults.length === 0, 'a body is carried out only if it conforms', () => `${faults.slice(0, 3).join('; ')}: ${told()}`);
        }
        expect(!['huge number', 'duplicate key', 'broken UTF-8', 'UTF-16', 'overlong UTF-8', 'text after it', 'trailing comma', 'comment', 'NaN', 'broken escape', 'compressed', 'another content type', 'no content type',
            'unpaired surrogate'].includes(request.fault) || request.raw === undefined || !isReal(request), 'what is no JSON is not carried out', told);
    }
}

/** Whether the fault is in the text: a body without a number has no huge one. */
const isReal = request => ({'huge number': /[:[,]9{400}/, 'duplicate key': /"(\w+)":null,"\1"/, NaN: /[:[,]NaN/, 'broken escape': /\\u12/, 'trailing comma': /,\}$/, 'unpaired surrogate': /\\ud800/}[request.fault] ?? /(?:)/)
    .test(String(request.raw));

async function checkConditional(it, request, answer) {
    if (it.method !== 'GET' || answer.status !== 200 || !answer.headers.etag || random.chance(0.6)) {
        return;
    }
    const again = await send(server.port, agentOf(request.caller.name), {...request, headers: {...request.headers, 'If-None-Match': answer.headers.etag}});
    const told = () => `${request.path}: ${answer.headers.etag}, then ${again?.status} ${again?.headers.etag}`;
    note(it.name, again?.status);
    expect(again?.status === 304 ? again.bytes.length === 0 && again.headers.etag === answer.headers.etag : again?.headers.etag !== answer.headers.etag, 'an ETag that still holds is 304', told);
    const head = await send(server.port, agentOf(request.caller.name), {...request, method: 'HEAD'});
    expect(head && head.bytes.length === 0 && [200, 304, 429].includes(head.status), 'HEAD is GET without content', () => `${request.path}: ${head?.status} ${head?.text}`);
}

async function operate(it, plan) {
    const request = await requestFor(it, plan);
    let answer = await send(server.port, agentOf(request.caller.name), request);
    if (answer === null && request.method === 'GET') {
        answer = await send(server.port, agentOf(request.caller.name), request);  // an idle connection ended just then
    }
    if (answer === undefined) {
        return null;
    }
    const isCutOff = ['too long a body', 'many values'].includes(request.fault);  // answered and closed while it was sent
    if (!expect(answer !== null || isCutOff, 'every request is answered', () => `${request.method} ${request.path} by ${request.caller.name} (${request.fault}) ${String(request.raw ?? '').slice(0, 200)}`) || !answer) {
        return null;
    }
    checkAnswer(it, request, answer);
    if (plan.isRight && !isSuccess(it, answer.status) && answer.status !== 402) {
        console.log(`note: ${it.name} was not carried out: ${answer.status} ${answer.text.slice(0, 300)}`);
    }
    await checkConditional(it, request, answer);
    return answer;
}

/** A method that a path does not have. */
async function checkMethods() {
    const [path, methods] = random.pick([...methodsOf]);
    const method = random.pick(['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'QUERY', 'PROPFIND']);
    if (methods.includes(method)) {
        return;
    }
    const concrete = path.replace(/\{\w+\}/g, '7');
    const answer = await send(server.port, agentOf('methods'), {method, path: concrete, headers: random.pick(callers()).headers});
    if (!answer) {
        return;
    }
    const told = () => `${method} ${concrete}: ${answer.status} ${answer.headers.allow} ${answer.text.slice(0, 300)}`;
    // Another path may have this one's place: /orders/bulk/… beside /orders/{id}/….
    const allowed = (answer.headers.allow ?? '').split(/, */).filter(it => !['HEAD', 'OPTIONS'].includes(it)).sort();
    if (answer.status === 405) {
        expect(allowed.join() === [...methods].sort().join(), '405 says what is allowed', told);
    } else {
        expect(answer.body?.code === 'method_unknown', 'a method that a path does not have is 405, and one that nobody knows 501', told);
    }
    checkProblem(answer, told);
}

/** Several requests in one piece, with faults between them: as many answers come, in their order. */
async function checkPipeline() {
    const get = path => `GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`;
    const post = (path, body, type = 'application/json') => `POST ${path} HTTP/1.1\r\nHost: a\r\nContent-Type: ${type}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
    const chunked = (path, body) => `POST ${path} HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`;
    const kinds = [[() => get('/healthz'), 200], [() => get('/products/999999'), 404], [() => get('/nowhere'), 404], [() => get('/admin/orders'), 401],
        [() => post('/orders', '{}'), 422], [() => post('/orders', '{"a":'), 400], [() => post('/orders', 'GET /healthz HTTP/1.1\r\n\r\n', 'text/plain'), 415],
        [() => chunked('/orders', '{"items":[]}'), 422], [() => post('/auth/login', `{"username":"${random.uuid()}","password":"x"}`), 401], [() => post('/admin/users', '{}'), 401]];
    const chosen = Array.from({length: random.between(2, 7)}, () => random.pick(kinds));
    const socket = net.connect(server.port, '127.0.0.1');
    const said = await new Promise(done => {
        let all = '';
        let timer = setTimeout(() => socket.destroy(), kHang);
        socket.setEncoding('latin1');
        socket.on('data', text => {
            all += text;
            if (answersIn(all).length >= chosen.length) {
                clearTimeout(timer);
                timer = setTimeout(() => socket.destroy(), 20);
            }
        });
        socket.on('error', () => {});
        socket.on('close', () => {
            clearTimeout(timer);
            done(all);
        });
        socket.write(chosen.map(([make]) => make()).join(''));
    });
    const answers = answersIn(said);
    // A connection may be closed after a body that was not read; what came until then is in order.
    const isClosed = answers.some(it => /\r\nconnection: close/i.test(it.head));
    const wanted = chosen.slice(0, isClosed ? answers.length : chosen.length).map(([, status]) => status);
    expect(answers.map(it => it.status).join() === wanted.join() && (isClosed || answers.length === chosen.length), 'requests in one piece are answered in their order',
        () => `wanted ${chosen.map(([, status]) => status)}, got ${answers.map(it => it.status)}`);
}

function answersIn(text) {
    const found = [];
    while (text) {
        const end = text.indexOf('\r\n\r\n');
        if (end < 0) {
            break;
        }
        const head = text.slice(0, end);
        const length = Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1] ?? 0);
        if (text.length < end + 4 + length) {
            break;
        }
        found.push({status: Number(/^HTTP\/1\.1 (\d+)/.exec(head)?.[1]), head});
        text = text.slice(end + 4 + length);
    }
    return found;
}

/** Each operation that is limited by address, first while it is taken, then when that address has asked enough. */
async function checkLimits() {
    const limited = operations.filter(it => schemas.resolved(it.operation.responses[429])?.headers?.RateLimit);
    await server.end('SIGTERM');
    // An address of this machine is not counted: the requests come through a proxy.
    await server.start([...options, '--trusted-proxy', '127.0.0.1', '--rate-per-minute', '0.001', '--rate-burst', String(limited.length)]);
    for (const it of [...limited, ...limited]) {
        await operate(it, {isBlind: true, isGenerated: true, isForwarded: true});
    }
    const never = limited.filter(it => !seen.get(it.name)?.has(429));
    expect(limited.length > 0 && never.length === 0, 'what is limited by address is refused in the end', () => never.map(it => it.name).join(', '));
}

const kSelf = ['POST /auth/logout', 'DELETE /auth/sessions', 'DELETE /customers/me'];

try {
    for (const it of operations) {
        if (it.name !== 'POST /auth/setup') {
            await operate(it, {isRight: true});
        }
    }
    for (let i = 0; !isOver() && failures.length < 300; ++i) {
        if (i % 40 === 0) {
            await refresh();
        }
        const rare = operations.filter(it => ![...(seen.get(it.name)?.keys() ?? [])].some(status => isSuccess(it, status)));
        const it = rare.length && random.chance(0.1) ? random.pick(rare) : random.pick(operations);
        const plan = random.weighted([
            {weight: 4, isRight: false, isFull: true},
            {weight: 4, isGenerated: true, isFull: true},
            {weight: 8, isFaulty: true},
            {weight: 3, isFaulty: true, isBlind: true, isGenerated: true},
            {weight: 3, isStrangeCaller: true, isFull: true},
            {weight: 3, isStrangeCaller: true, isBlind: true, isGenerated: true},
            {weight: 2, isStrangePath: true, isBlind: true},
        ]);
        await operate(it, plan);
        if (kSelf.includes(it.name)) {
            await refresh();
        }
        if (random.chance(0.1)) {
            await checkMethods();
        }
        if (random.chance(0.05)) {
            await checkPipeline();
        }
        if (server.died) {
            throw new Error(server.died);
        }
    }
} catch (error) {
    expect(false, 'the run goes through', () => error.stack);
}
await checkLimits().catch(error => expect(false, 'limits are looked at', () => error.stack));
await refresh().catch(error => expect(false, 'the shop works after it all', () => error.stack));
const {code} = await server.end('SIGTERM');
expect(code === 0, 'SIGTERM ends the server in good order', () => `code ${code}`);
const checked = await server.run(['check']);
expect(checked.code === 0, 'orderd check is clean at the end', () => checked.said);

const successes = operations.filter(it => [...(seen.get(it.name)?.keys() ?? [])].some(status => isSuccess(it, status)));
for (const it of operations) {
    const of = seen.get(it.name) ?? new Map();
    console.log(`${it.name}: ${Object.keys(it.operation.responses).map(status => `${status} ${of.get(Number(status)) ?? '-'}`).join(', ')}`);
}
const never = operations.flatMap(it => Object.keys(it.operation.responses).filter(status => !seen.get(it.name)?.has(Number(status))).map(status => [status, it.name]));
for (const status of [...new Set(never.map(([it]) => it))].sort()) {
    const names = never.filter(([it]) => it === status).map(([, name]) => name);
    console.log(`${status} never seen of ${names.length}: ${names.length > 40 ? 'most' : names.join(', ')}`);
}
for (const it of operations.filter(one => !successes.includes(one))) {
    console.error(`FAILED: ${it.name} never succeeded`);
}
const failed = failures.length + operations.length - successes.length;
console.log(`${requests} requests, ${[...promises.values()].reduce((sum, it) => sum + it, 0)} checks; seed ${seed}, ${Math.round((Date.now() - begun) / 1000)} s`);
console.log(`${successes.length + promises.size} passed, ${failed} failed`);
mailServer.close();
outside.closeAllConnections();
outside.close();
if (failed === 0) {
    rmSync(folder, {recursive: true, force: true});
} else {
    console.log(`kept: ${folder}`);
}
process.exit(failed ? 1 : 0);
