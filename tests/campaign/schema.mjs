// JSON Schema as the API's document uses it: what conforms, and what could be sent.
//
// Strict about the document: a keyword that is not known here is an error, so that none is taken for checked.
const kAnnotations = new Set(['description', 'title', 'examples', 'example', 'default', 'x-enum-varnames', 'contentMediaType']);
const kKnown = new Set(['$ref', 'type', 'properties', 'required', 'additionalProperties', 'items', 'minItems', 'maxItems', 'minLength', 'maxLength',
    'minimum', 'maximum', 'format', 'pattern', 'enum', 'const', 'anyOf', 'discriminator', 'oneOf', 'allOf', ...kAnnotations]);

const typeOf = value => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value === 'number' ? (Number.isInteger(value) ? 'integer' : 'number') : typeof value);

const kFormats = {
    int64: value => Number.isInteger(value),
    'date-time': value => typeof value !== 'string' || (/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(value) && !Number.isNaN(Date.parse(value))),
    date: value => typeof value !== 'string' || (/^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value))),
    email: value => typeof value !== 'string' || /^[^@\s]+@[^@\s]+$/.test(value),
};

export class Schemas {
    constructor(document) {
        this.document = document;
    }

    at(ref) {
        return ref.slice(2).split('/').reduce((node, name) => node[name.replaceAll('~1', '/').replaceAll('~0', '~')], this.document);
    }
    resolved(schema) {
        return schema?.$ref ? this.resolved(this.at(schema.$ref)) : schema;
    }

    /** What a value breaks: texts; none where it conforms. @throws Error for a schema that is not understood */
    faults(value, schema, where = '') {
        for (const keyword of Object.keys(schema)) {
            if (!kKnown.has(keyword)) {
                throw new Error(`the document uses the keyword ${keyword}, which is not checked`);
            }
        }
        const found = [];
        const fault = text => found.push(`${where || '/'}: ${text}`);
        if (schema.$ref) {
            found.push(...this.faults(value, this.at(schema.$ref), where));
        }
        for (const part of schema.allOf ?? []) {
            found.push(...this.faults(value, part, where));
        }
        if (schema.anyOf && !schema.anyOf.some(part => this.faults(value, part, where).length === 0)) {
            fault(`fits none of ${schema.anyOf.length}: ${JSON.stringify(value)?.slice(0, 200)}`);
        }
        if (schema.oneOf && schema.oneOf.filter(part => this.faults(value, part, where).length === 0).length !== 1) {
            fault(`does not fit exactly one of ${schema.oneOf.length}`);
        }
        if (schema.enum && !schema.enum.includes(value)) {
            fault(`${JSON.stringify(value)} is none of ${JSON.stringify(schema.enum).slice(0, 300)}`);
        }
        if ('const' in schema && schema.const !== value) {
            fault(`${JSON.stringify(value)} is not ${JSON.stringify(schema.const)}`);
        }
        const type = typeOf(value);
        const types = schema.type === undefined ? null : [schema.type].flat();
        if (types && !types.includes(type) && !(type === 'integer' && types.includes('number'))) {
            fault(`${JSON.stringify(value)?.slice(0, 100)} is ${type}, not ${types}`);
            return found;
        }
        if (type === 'string') {
            const length = [...value].length;
            if (length < (schema.minLength ?? 0) || length > (schema.maxLength ?? Infinity)) {
                fault(`has ${length} characters, not ${schema.minLength} to ${schema.maxLength}`);
            }
            if (schema.pattern && !new RegExp(schema.pattern, 'u').test(value)) {
                fault(`${value} does not match ${schema.pattern}`);
            }
        }
        if (type === 'integer' || type === 'number') {
            if (value < (schema.minimum ?? -Infinity) || value > (schema.maximum ?? Infinity)) {
                fault(`${value} is not ${schema.minimum} to ${schema.maximum}`);
            }
        }
        if (schema.format) {
            if (!kFormats[schema.format]) {
                throw new Error(`the document uses the format ${schema.format}, which is not checked`);
            }
            if ((type === 'string' || type === 'integer') && !kFormats[schema.format](value)) {
                fault(`${JSON.stringify(value)} is not ${schema.format}`);
            }
        }
        if (type === 'array') {
            if (value.length < (schema.minItems ?? 0) || value.length > (schema.maxItems ?? Infinity)) {
                fault(`has ${value.length} items, not ${schema.minItems} to ${schema.maxItems}`);
            }
            if (schema.items) {
                value.forEach((item, i) => found.push(...this.faults(item, schema.items, `${where}/${i}`)));
            }
        }
        if (type === 'object') {
            for (const name of schema.required ?? []) {
                if (!(name in value)) {
                    fault(`lacks ${name}`);
                }
            }
            for (const [name, member] of Object.entries(value)) {
                const known = schema.properties?.[name];
                if (known) {
                    found.push(...this.faults(member, known, `${where}/${name}`));
                } else if (schema.additionalProperties === false) {
                    fault(`has the member ${name}`);
                } else if (typeof schema.additionalProperties === 'object') {
                    found.push(...this.faults(member, schema.additionalProperties, `${where}/${name}`));
                }
            }
        }
        return found;
    }

    /** A value that conforms, by chance: bounds, examples, members that may be left out. */
    value(schema, random, name = '', depth = 0) {
        schema = this.resolved(schema);
        const choice = schema.oneOf ?? schema.anyOf;
        if (choice) {
            return this.value(random.pick(choice), random, name, depth);
        }
        if (schema.allOf) {
            return Object.assign({}, ...schema.allOf.map(part => this.value(part, random, name, depth)));
        }
        if ('const' in schema) {
            return schema.const;
        }
        if (schema.enum) {
            return random.pick(schema.enum);
        }
        const types = [schema.type ?? random.pick(['string', 'integer', 'object'])].flat();
        const type = random.pick(types);
        if (type === 'null') {
            return null;
        }
        if (type === 'boolean') {
            return random.chance(0.5);
        }
        if (type === 'integer' || type === 'number') {
            const [least, most] = [schema.minimum ?? 0, schema.maximum ?? 2 ** 53 - 1];
            return random.pick([least, most, random.between(least, Math.min(most, least + 20)), random.between(least, Math.min(most, least + 2000)), Math.min(most, least + 1)]);
        }
        if (type === 'array') {
            const [least, most] = [schema.minItems ?? 0, schema.maxItems ?? 5];
            const count = depth > 3 ? least : Math.min(most, random.pick([least, least + 1, random.between(least, least + 3), random.chance(0.03) ? Math.min(most, 40) : least]));
            return Array.from({length: count}, () => this.value(schema.items ?? {}, random, name, depth + 1));
        }
        if (type === 'object') {
            const all = Object.entries(schema.properties ?? {});
            const share = random.pick([0, 0.3, 0.7, 1]);
            return Object.fromEntries(all.filter(([member]) => schema.required?.includes(member) || random.chance(share))
                .map(([member, part]) => [member, this.value(part, random, member, depth + 1)]));
        }
        return text(schema, random, name);
    }
}

const kWords = ['Ada', 'Straße 7', 'O’Brien & Söhne <b>', 'null', "'; DROP TABLE orders;--", '{{7*7}}', '日本語', '‮gnirts', '😀😀', 'a\tb', '../../etc/passwd', '%00', '   x   ', '-1', 'true', 'İstanbul'];

function text(schema, random, name) {
    if (schema.format === 'date-time') {
        return new Date(Date.now() + random.pick([-1, 1, 60, 86400, -86400 * 400]) * 1000).toISOString();
    }
    if (schema.format === 'date') {
        return new Date(Date.now() + random.pick([-1, 1, 60, -400]) * 86400_000).toISOString().slice(0, 10);
    }
    if (schema.format === 'email') {
        return random.pick([`some${random.below(1e6)}@example.test`, 'a@b.test', `${'x'.repeat(60)}@example.test`, 'üñí@example.test']);
    }
    if (schema.pattern === '^[A-Z]{3}$') {
        return random.pick(['EUR', 'EUR', 'EUR', 'USD', 'CHF', 'JPY']);
    }
    if (schema.pattern === '^[A-Z]{2}$') {
        return random.pick(['DE', 'FR', 'GB', 'US', 'XX']);
    }
    const [least, most] = [schema.minLength ?? 0, schema.maxLength ?? 100];
    const wanted = random.pick([least, Math.min(most, 4000), random.between(least, Math.min(most, least + 30)), random.between(least, Math.min(most, least + 12))]);
    const word = random.chance(0.5) ? `${name} ${random.below(1e9)}` : random.pick(kWords);
    const letters = [...word.padEnd(Math.max(least, random.chance(0.15) ? wanted : 0), 'ab c1é')];
    return letters.slice(0, Math.max(least, Math.min(most, letters.length))).join('');
}
