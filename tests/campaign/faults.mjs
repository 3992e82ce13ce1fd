// One fault in a request that would be right without it.

/** All places of a value: [holder, key] pairs. */
function placesOf(value, found = []) {
    if (value && typeof value === 'object') {
        for (const key of Object.keys(value)) {
            found.push([value, key]);
            placesOf(value[key], found);
        }
    }
    return found;
}

const nested = (levels, open, close) => `${open.repeat(levels)}1${close.repeat(levels)}`;

/** Faults of a JSON value. Each changes it in place, or answers what takes its place. */
const kOfValue = [
    ['wrong type', (random, places) => swap(random, places, was => random.pick([true, 12, 'text', [], {}, null, 1.5].filter(it => typeof it !== typeof was)))],
    ['missing member', (random, places) => {
        const [holder, key] = random.pick(places.filter(([it]) => !Array.isArray(it)));
        delete holder[key];
    }],
    ['unknown member', (random, places, value) => {
        const holder = random.pick([value, ...places.map(([it, key]) => it[key]).filter(it => it && typeof it === 'object' && !Array.isArray(it))]);
        holder[random.pick(['surprise', '__proto__x', '', 'constructor', 'Quantity'])] = 1;
    }],
    ['too long', (random, places) => swap(random, places.filter(([it, key]) => typeof it[key] === 'string'), was => was + 'x'.repeat(random.pick([300, 5000, 70_000])))],
    ['too short', (random, places) => swap(random, places.filter(([it, key]) => typeof it[key] === 'string'), () => random.pick(['', ' ', '\u0000', '\n']))],
    ['out of range', (random, places) => swap(random, places.filter(([it, key]) => typeof it[key] === 'number'),
        () => random.pick([-1, 0, -(2 ** 53), 2 ** 53, 1e18, 1e300, 0.1, -0]))],
    ['too many', (random, places) => swap(random, places.filter(([it, key]) => Array.isArray(it[key])), was => Array.from({length: random.pick([201, 1001, 25_000])}, () => was[0] ?? 1))],
    ['too few', (random, places) => swap(random, places.filter(([it, key]) => Array.isArray(it[key])), () => [])],
    ['twice the same item', (random, places) => swap(random, places.filter(([it, key]) => it[key]?.length > 0 && Array.isArray(it[key])), was => [...was, was[0]])],
    ['control characters', (random, places) => swap(random, places.filter(([it, key]) => typeof it[key] === 'string'), was => `${was}\u0007\u001b[31m\r\nX: y`)],
    ['unpaired surrogate', (random, places) => swap(random, places.filter(([it, key]) => typeof it[key] === 'string'), was => `${was}\ud800`)],
];

function swap(random, places, make) {
    if (places.length) {
        const [holder, key] = random.pick(places);
        holder[key] = make(holder[key]);
    }
}

/** Faults of its text. */
const kOfText = [
    ['huge number', text => text.replace(/\d+/, '9'.repeat(400))],
    ['number beyond doubles', text => text.replace(/\d+/, '1e999')],
    ['number that is no JSON', text => text.replace(/\d+/, '0x10')],
    ['duplicate key', text => text.replace(/"(\w+)":/, '"$1":null,"$1":')],
    ['trailing comma', text => text.replace(/\}$/, ',}')],
    ['text after it', text => `${text} {}`],
    ['cut off', text => text.slice(0, Math.max(1, text.length >> 1))],
    ['single quotes', text => text.replaceAll('"', "'")],
    ['comment', text => `/* a */${text}`],
    ['byte order mark', text => `\ufeff${text}`],
    ['NaN', text => text.replace(/\d+/, 'NaN')],
    ['broken escape', text => text.replace(/"(\w)/, '"\\u12$1')],
    ['deep arrays', () => nested(100, '[', ']')],
    ['very deep objects', () => nested(20_000, '{"a":', '}')],
    ['no object', () => '"text"'],
    ['nothing', () => ''],
    ['spaces', () => '   '],
    ['too long a body', text => text.replace(/\}$/, `${' '.repeat(1_200_000)}}`)],
    ['many values', () => JSON.stringify({items: Array.from({length: 30_000}, () => 1)})],
    ['broken UTF-8', text => Buffer.concat([Buffer.from(text.replace(/"\}?$/, '')), Buffer.from([0xc3, 0x28, 0xff]), Buffer.from('"}')])],
    ['UTF-16', text => Buffer.from(text, 'utf16le')],
    ['overlong UTF-8', text => Buffer.concat([Buffer.from('{"'), Buffer.from([0xc0, 0xaf]), Buffer.from(`":1,${text.slice(1)}`)])],
];

/** Faults of the headers around it. */
const kOfHeaders = [
    ['another content type', headers => ({...headers, 'Content-Type': 'text/plain'})],
    ['no content type', headers => {
        const {'Content-Type': _, ...others} = headers;
        return others;
    }],
    ['another charset', headers => ({...headers, 'Content-Type': 'application/json; charset=utf-16'})],
    ['compressed', headers => ({...headers, 'Content-Encoding': 'gzip'})],
    ['a key that is none', headers => ({...headers, 'Idempotency-Key': 'ä'})],
    ['a long key', headers => ({...headers, 'Idempotency-Key': 'k'.repeat(256)})],
    ['an If-Match that is none', headers => ({...headers, 'If-Match': 'version 7'})],
    ['a stale If-Match', headers => ({...headers, 'If-Match': '"999999"'})],
    ['If-None-Match on a change', headers => ({...headers, 'If-None-Match': '*'})],
    ['an Accept that excludes all', headers => ({...headers, Accept: 'image/avif'})],
    ['an Accept that is none', headers => ({...headers, Accept: ';;q=x'})],
];

/**
 * A request body with one fault; without a body (`value` undefined), headers with one.
 * @returns {name, raw, headers, value}; value: the JSON where the fault is in the value, so that a schema can judge it
 */
export function withOneFault(random, value, headers) {
    const kind = value === undefined ? 'headers' : random.weighted([{weight: 6, of: 'value'}, {weight: 3, of: 'text'}, {weight: 3, of: 'headers'}]).of;
    if (kind === 'headers') {
        const [name, change] = random.pick(kOfHeaders);
        return {name, raw: JSON.stringify(value), headers: change(headers)};
    }
    if (kind === 'text' || !value || typeof value !== 'object') {
        const [name, change] = random.pick(kOfText);
        return {name, raw: change(JSON.stringify(value)), headers};
    }
    const changed = structuredClone(value);
    const places = placesOf(changed);
    const [name, change] = random.pick(places.some(([it]) => !Array.isArray(it)) ? kOfValue : [kOfValue[2]]);
    change(random, places, changed);
    return {name, raw: JSON.stringify(changed), headers, value: changed};
}

/** Ids that nothing has, and text that is no id. */
export const kStrangeIds = ['0', '-1', '1', '9007199254740991', '9007199254740992', '99999999999999999999999', 'abc', '1.5', '%00', '%2e%2e', '1%2F2', 'null', '+1', '01', '%F0%9F%98%80',
    '%FF', 'x'.repeat(300), "1'--", '%20', '1;2', 'me'];
