#!/usr/bin/env node
// Whether the API keeps what its clients rely on: compares its document with the released one, tests/api/released.json,
// and names each breaking change. What is new breaks nobody: clients pass over members and values that they do not know.
//
//   tests/clients/compare.mjs [ORDERD]            names what would break clients of the released document
//   tests/clients/compare.mjs [ORDERD] --write    makes the document of now the released one
//
// Closes with "N passed, N failed".
import {mkdtempSync, readFileSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join, resolve} from 'node:path';
import {fileURLToPath, pathToFileURL} from 'node:url';

import {Server} from '../campaign/server.mjs';
import {openShop, Promises} from '../engines/shop.mjs';

const top = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const kReleased = join(top, 'tests/api/released.json');

/** Breaking changes that were decided on, as they are named, and why. CHANGELOG.md tells clients. */
export const kAllowed = {};

const kOfSchema = ['$ref', 'type', 'format', 'pattern', 'enum', 'const', 'properties', 'required', 'additionalProperties', 'items', 'minItems', 'maxItems',
    'minLength', 'maxLength', 'minimum', 'maximum', 'anyOf', 'oneOf', 'allOf'];
const mapped = (of, change) => Object.fromEntries(Object.entries(of ?? {}).sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, it]) => [name, change(it)]));

/** Any integer of JSON, any length: it bounds nothing. */
const isNoBound = (name, value) => (/^(minimum|maximum)$/.test(name) && Math.abs(value) === Number.MAX_SAFE_INTEGER) || (/^min(Items|Length)$/.test(name) && value === 0);

function schemaOf(schema) {
    if (typeof schema !== 'object' || Array.isArray(schema)) {
        return schema;
    }
    const kept = Object.fromEntries(kOfSchema.filter(name => name in schema && !isNoBound(name, schema[name])).map(name => [name, schema[name]]));
    for (const name of ['items', 'additionalProperties'].filter(it => it in kept)) {
        kept[name] = schemaOf(kept[name]);
    }
    for (const name of ['anyOf', 'oneOf', 'allOf'].filter(it => it in kept)) {
        kept[name] = kept[name].map(schemaOf);
    }
    return 'properties' in kept ? {...kept, properties: mapped(kept.properties, schemaOf)} : kept;
}

/** What clients rely on in a document: without words and examples; of a problem, its codes. */
export function contractOf(document) {
    const at = ref => ref.slice(2).split('/').reduce((node, name) => node[name], document);
    const resolved = it => (it.$ref ? at(it.$ref) : it);
    const isProblem = schema => schema.allOf?.[0]?.$ref === '#/components/schemas/Problem';
    const codesOf = ({content}) => resolved(content['application/problem+json'].schema).allOf[1].properties.code.enum;
    const contentOf = content => mapped(content, it => schemaOf(it.schema ?? {}));
    const answerOf = it => (it.$ref ? it.$ref.split('/').pop() : it.content?.['application/problem+json'] && Object.keys(it.content).length === 1 ? codesOf(it)
        : {headers: Object.keys(it.headers ?? {}).sort(), ...(it.content ? {content: contentOf(it.content)} : {})});
    const operation = it => ({
        who: it['x-who'],
        parameters: mapped(Object.fromEntries((it.parameters ?? []).map(resolved).map(one => [`${one.in} ${one.name}`, one])),
            ({required, schema}) => ({required: required ?? false, schema: schemaOf(schema)})),
        ...(it.requestBody ? {body: {required: it.requestBody.required ?? false, content: contentOf(it.requestBody.content)}} : {}),
        answers: mapped(it.responses, answerOf),
    });
    const flat = (items, nameOf) => mapped(Object.fromEntries(Object.entries(items ?? {})
        .flatMap(([path, item]) => Object.entries(item).map(([method, it]) => [nameOf(method, path), it]))), operation);
    const schemas = Object.entries(document.components?.schemas ?? {}).filter(([, schema]) => !isProblem(schema));
    return {
        operations: flat(document.paths, (method, path) => `${method.toUpperCase()} ${path}`),
        webhooks: flat(document.webhooks, (_, name) => name),
        answers: mapped(document.components?.responses, answerOf),
        schemas: mapped(Object.fromEntries(schemas), schemaOf),
    };
}

/** One operation, one schema a line: a change shows in the history as what it is. */
const printed = contract => `{${Object.entries(contract).map(([part, lines]) =>
    `"${part}": {\n${Object.entries(lines).map(([name, it]) => `${JSON.stringify(name)}: ${JSON.stringify(it)}`).join(',\n')}\n}`).join(',\n')}}\n`;

/** A schema with what it refers to, with the parts of allOf in one, and "or null" as one of its types. */
function whole(schema, contract) {
    if (schema.$ref) {
        return whole({...contract.schemas[schema.$ref.split('/').pop()]}, contract);
    }
    if (schema.allOf) {
        const parts = schema.allOf.map(part => whole(part, contract));
        return {...Object.assign({}, ...parts), properties: Object.assign({}, ...parts.map(it => it.properties)), required: parts.flatMap(it => it.required ?? [])};
    }
    const one = schema.anyOf?.filter(it => it.type !== 'null');
    if (one?.length === 1) {
        const inner = whole(one[0], contract);
        return {...inner, type: [...typesOf(inner), 'null']};
    }
    return schema;
}

const typesOf = schema => [schema.type ?? (schema.oneOf || schema.anyOf ? 'object' : [])].flat();
const lacking = (from, of) => (from ?? []).filter(it => !(of ?? []).includes(it));
const below = (place, found) => found.map(it => place + it);
/** An alternative by what tells it apart: its first constant member. */
const keyOf = schema => Object.entries(schema.properties ?? {}).filter(([, it]) => 'const' in it).map(([name, it]) => `${name}=${it.const}`)[0] ?? typesOf(schema).join();

class Comparison {
    #known = new Map();

    constructor(was, is) {
        this.was = was;
        this.is = is;
    }

    /**
     * What a client sends must still be taken (`isSent`); what it reads must still be there.
     * @returns what is not so, each after its place in the schema
     */
    schemas(was, is, isSent) {
        if (!was.$ref && !is.$ref) {
            return this.whole(was, is, isSent);
        }
        // Named ones are compared once; within themselves, not again.
        const pair = `${JSON.stringify(was)} ${JSON.stringify(is)} ${isSent}`;
        if (!this.#known.has(pair)) {
            this.#known.set(pair, []);
            this.#known.set(pair, this.whole(was, is, isSent));
        }
        return this.#known.get(pair);
    }

    whole(was, is, isSent) {
        const [old, now] = [whole(was, this.was), whole(is, this.is)];
        const [narrow, wide] = isSent ? [old, now] : [now, old];
        const types = lacking(typesOf(narrow), typesOf(wide)).filter(it => !(it === 'integer' && typesOf(wide).includes('number')));
        if (typesOf(wide).length > 0 && (types.length > 0 || typesOf(narrow).length === 0)) {
            return [`: its type was ${typesOf(old)}, and is ${typesOf(now)}`];
        }
        const changed = ['format', 'pattern', 'const'].filter(it => old[it] !== now[it] && (isSent ? it in now : it in old));
        const inner = (name, place) => (typeof old[name] === 'object' && typeof now[name] === 'object' ? below(place, this.schemas(old[name], now[name], isSent)) : []);
        return [
            ...changed.map(name => `: its ${name} was ${old[name] ?? 'none'}, and is ${now[name] ?? 'none'}`),
            ...(now.enum ? lacking(old.enum, now.enum) : []).map(value => `: the value ${value} is gone`),
            ...(isSent ? this.bounds(old, now) : []),
            ...this.members(old, now, isSent),
            ...inner('items', '[]'),
            ...inner('additionalProperties', '{}'),
            ...this.alternatives(old, now, isSent),
        ];
    }

    bounds(old, now) {
        const tighter = [...['minItems', 'minLength', 'minimum'].filter(it => (now[it] ?? -Infinity) > (old[it] ?? -Infinity)),
            ...['maxItems', 'maxLength', 'maximum'].filter(it => (now[it] ?? Infinity) < (old[it] ?? Infinity))];
        return [...tighter.map(name => `: its ${name} was ${old[name] ?? 'none'}, and is ${now[name]}`),
            ...(now.enum && !old.enum && !('const' in old) && old.type ? [': only some values are taken'] : [])];
    }

    members(old, now, isSent) {
        const isTakenAnyway = isSent && now.additionalProperties !== false;
        return [
            ...Object.entries(old.properties ?? {}).flatMap(([name, member]) => {
                const there = now.properties?.[name];
                if (there) {
                    return below(`.${name}`, this.schemas(member, there, isSent));
                }
                return isTakenAnyway ? [] : [`: the member ${name} is gone`];
            }),
            ...(isSent ? lacking(now.required, old.required) : []).map(name => `: the member ${name} is demanded`),
            ...(isSent ? [] : lacking(old.required, now.required).filter(it => now.properties?.[it])).map(name => `: the member ${name} may be missing`),
        ];
    }

    alternatives(old, now, isSent) {
        const all = (schema, contract) => new Map((schema.oneOf ?? schema.anyOf ?? []).map(it => whole(it, contract)).map(it => [keyOf(it), it]));
        const there = all(now, this.is);
        return [...all(old, this.was)].flatMap(([key, one]) =>
            (there.has(key) ? below(`(${key})`, this.schemas(one, there.get(key), isSent)) : [`: the alternative ${key} is gone`]));
    }

    content(was, is, isSent) {
        return Object.entries(was ?? {}).flatMap(([type, schema]) => (is?.[type] ? below(` ${type}`, this.schemas(schema, is[type], isSent)) : [`: ${type} is gone`]));
    }

    parameters(was, is) {
        return [
            ...Object.entries(was).flatMap(([name, {schema}]) =>
                (is[name] ? below(`: the parameter ${name}`, this.schemas(schema, is[name].schema, true)) : [`: the parameter ${name} is gone`])),
            ...Object.entries(is).filter(([name, {required}]) => required && !was[name]?.required).map(([name]) => `: the parameter ${name} is demanded`),
        ];
    }

    /** Each may be the name of one that operations share. */
    answer(named, there) {
        const [was, is] = [[this.was, named], [this.is, there]].map(([contract, it]) => (typeof it === 'string' ? contract.answers[it] : it));
        if (Array.isArray(was)) {
            return Array.isArray(is) ? lacking(was, is).map(code => `: the code ${code} is gone`) : [];
        }
        return [...lacking(was.headers, is.headers).map(header => `: the header ${header} is gone`), ...this.content(was.content, is.content, false)];
    }

    /** `isSent`: whether clients send its body; a webhook's is sent to them. */
    operation(was, is, isSent) {
        const answers = Object.entries(isSent ? was.answers : {});
        return [
            ...(was.who === is.who ? [] : [`: it was for ${was.who}, and is for ${is.who}`]),
            ...this.parameters(was.parameters, is.parameters),
            ...(is.body?.required && !was.body?.required && isSent ? [': a body is demanded'] : []),
            ...below(' body', this.content(was.body?.content, is.body?.content, isSent)),
            ...answers.flatMap(([status, answer]) => (is.answers[status] ? below(` ${status}`, this.answer(answer, is.answers[status])) : [`: the status ${status} is gone`])),
        ];
    }
}

/** @returns what breaks clients of the contract `was` where `is` holds, each as a line */
export function breaksBetween(was, is) {
    const comparison = new Comparison(was, is);
    return [['operations', true], ['webhooks', false]].flatMap(([part, isSent]) => Object.entries(was[part])
        .flatMap(([name, it]) => below(name, is[part][name] ? comparison.operation(it, is[part][name], isSent) : [' is gone'])));
}

function dropCode({components: {schemas}}, answer, code) {
    const {properties} = schemas[answer.content['application/problem+json'].schema.$ref.split('/').pop()].allOf[1];
    properties.code.enum = properties.code.enum.filter(it => it !== code);
}

/** A change of each kind in a document, and how it is named. */
const kPlanted = [
    ['DELETE /products/{id} is gone', it => delete it.paths['/products/{id}'].delete],
    ['GET /orders/{id}: the status 200 is gone', it => delete it.paths['/orders/{id}'].get.responses[200]],
    ['GET /orders/{id} 200: the header ETag is gone', it => delete it.paths['/orders/{id}'].get.responses[200].headers.ETag],
    ['GET /orders/{id} 200: application/json is gone', it => delete it.paths['/orders/{id}'].get.responses[200].content['application/json']],
    ['GET /orders/{id} 200 application/json: the member total is gone', ({components: {schemas}}) => delete schemas.Order.properties.total],
    ['GET /orders/{id} 200 application/json: the member total may be missing', ({components: {schemas}}) => (schemas.Order.required = schemas.Order.required.filter(it => it !== 'total'))],
    ['GET /orders/{id} 200 application/json.total: its type was integer, and is string', ({components: {schemas}}) => (schemas.Order.properties.total = {type: 'string'})],
    ['GET /orders/{id} 200 application/json.total: its type was integer, and is integer,null', ({components: {schemas}}) => (schemas.Order.properties.total.type = ['integer', 'null'])],
    ['GET /orders/{id} 200 application/json.created_at: its format was date-time, and is none', ({components: {schemas}}) => delete schemas.Order.properties.created_at.format],
    ['GET /orders/{id} 200 application/json.status: the value paid is gone',
     ({components: {schemas}}) => (schemas.Order.properties.status.enum = schemas.Order.properties.status.enum.filter(it => it !== 'paid'))],
    ['GET /orders/{id} 200 application/json.items[]: the member sku is gone', ({components: {schemas}}) => delete schemas.OrderItem.properties.sku],
    ['POST /orders body application/json: the member note is gone', ({components: {schemas}}) => delete schemas.NewOrder.properties.note],
    ['POST /orders body application/json: the member note is demanded', ({components: {schemas}}) => schemas.NewOrder.required.push('note')],
    ['POST /orders body application/json.note: its maxLength was 2000, and is 20', ({components: {schemas}}) => (schemas.NewOrder.properties.note.maxLength = 20)],
    ['POST /payments body application/json.method: the alternative type=bank_transfer is gone', ({components: {schemas}}) => schemas.NewPayment.properties.method.oneOf.splice(1, 1)],
    ['GET /products: the parameter query q is gone', it => (it.paths['/products'].get.parameters = it.paths['/products'].get.parameters.filter(one => one.name !== 'q'))],
    ['GET /products: the parameter query q is demanded', it => (it.paths['/products'].get.parameters.find(one => one.name === 'q').required = true)],
    ['POST /orders 409: the code insufficient_stock is gone', it => dropCode(it, it.paths['/orders'].post.responses[409], 'insufficient_stock')],
    ['GET /orders/{id} 401: the code invalid_token is gone', it => dropCode(it, it.components.responses.Problem401, 'invalid_token')],
    ['GET /products: it was for anyone, and is for staff', it => (it.paths['/products'].get['x-who'] = 'staff')],
    ['DELETE /products/{id}: a body is demanded', it => (it.paths['/products/{id}'].delete.requestBody = {required: true, content: {}})],
];

/** Tells `expect` what breaks clients of the released document, and that the comparison would find a change of each kind. */
export function keeps(document, expect) {
    const contract = contractOf(document);
    const broken = breaksBetween(JSON.parse(readFileSync(kReleased, 'utf8')), contract);
    expect(broken.every(it => kAllowed[it]), 'no breaking change but those that are allowed', broken.filter(it => !kAllowed[it]).join('\n'));
    const stale = Object.keys(kAllowed).filter(it => !broken.includes(it));
    expect(stale.length === 0, 'what is allowed is there', stale.join('\n'));
    expect(breaksBetween(contract, contract).length === 0, 'a document keeps itself', breaksBetween(contract, contract).join('\n'));
    for (const [name, plant] of kPlanted) {
        const changed = structuredClone(document);
        plant(changed);
        const found = breaksBetween(contract, contractOf(changed));
        expect(found.includes(name), `found: ${name}`, found.slice(0, 10).join('\n'));
    }
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
    const folder = mkdtempSync(join(tmpdir(), 'orderd-contract-'));
    const isWriting = process.argv.includes('--write');
    const promises = new Promises();
    const server = new Server(resolve(process.argv.slice(2).find(it => !it.startsWith('--')) ?? join(top, 'build/orderd')), folder);
    await openShop(server);
    const document = await (await fetch(`http://127.0.0.1:${server.port}/openapi.json`)).json();
    await server.end('SIGTERM');
    if (isWriting) {
        writeFileSync(kReleased, printed(contractOf(document)));
    }
    keeps(document, promises.expect.bind(promises));
    promises.close(folder);
}
