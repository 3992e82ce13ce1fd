// What owners do: settings, webhooks, mail, alerts; and what programs read of the event log.
import http from 'node:http';

import {addProduct} from './catalog.mjs';
import {pause} from './server.mjs';

const settings = {
    kind: 'settings', weight: 8,
    run: (c, random) => c.lock('settings')(async () => {
        const read = await c.client.ask('GET', '/admin/settings', {token: c.ownerToken});
        if (!c.expect(read.status === 200, 'settings are read', `${read.status} ${read.text}`)) {
            return false;
        }
        for (const [name, value] of Object.entries(c.state.settings)) {
            c.expect(JSON.stringify(read.body[name]) === JSON.stringify(value), 'a setting is as it was set',
                `${name}: ${JSON.stringify(read.body[name])}, set to ${JSON.stringify(value)}`);
        }
        const changes = {shop_name: `Shop ${c.next()}`, ...random.pick([
            {}, {reservation_minutes: random.between(1, 600)},
            {tax: {prices_include_tax: random.chance(0.5), shipping_taxed: random.chance(0.5), rates: random.chance(0.4) ? [] : [{country: 'DE', rate_ppm: 190000}, {country: 'FR', rate_ppm: 200000}]}},
            {bank_details: `IBAN DE00 ${c.next()}`}])};
        if (changes.tax) {
            changes.tax.rates = changes.tax.rates.map(rate => ({...rate, region: ''}));
        }
        const answer = await c.client.ask('PUT', '/admin/settings', {token: c.ownerToken, body: changes, match: read.etag});
        const isThere = answer.status === 200 || (answer.doubts > 0 && answer.status === 412);
        if (!c.expect(isThere, 'settings are changed', `${answer.status} ${answer.text}`)) {
            return false;
        }
        const now = answer.status === 200 ? answer : await c.client.ask('GET', '/admin/settings', {token: c.ownerToken});
        c.expect(now.body.shop_name === changes.shop_name, 'a change that was refused as stale had been carried out', now.text);
        for (const name of Object.keys(changes)) {
            c.state.settings[name] = now.body[name];
        }
        const stale = await c.client.ask('PUT', '/admin/settings', {token: c.ownerToken, body: {shop_name: 'never'}, match: read.etag});
        return c.expect(stale.code === 'stale_version', 'stale settings are refused', `${stale.status} ${stale.text}`);
    }),
};

/** From which event on an endpoint gets everything: the newest one when it was there. */
async function newestEvent(c) {
    const answer = await c.client.ask('GET', '/admin/events?after=9007199254740991', {token: c.ownerToken});
    return answer.body.last_sequence;
}

export async function addHook(c, random, path, events = ['*']) {
    const added = await c.client.ask('POST', '/admin/webhooks', {token: c.ownerToken, key: random.uuid(), body: {url: c.receiver.url(path), events}});
    if (!c.expect(added.status === 201, 'a webhook is added', `${added.status} ${added.text}`)) {
        return null;
    }
    c.given('webhook', added.body.id);
    const hook = {id: added.body.id, path, events, from: 0};
    if (added.body.secret) {
        c.receiver.hook(path).secrets.push(added.body.secret);
        c.receiver.hook(path).isReady = true;
    } else {
        await rotate(c, hook);
    }
    hook.from = await newestEvent(c);
    c.state.hooks.set(hook.id, hook);
    return hook;
}

/** A new secret. It is shown once: one whose answer was lost is asked for again. */
async function rotate(c, hook) {
    const answer = await c.client.ask('POST', `/admin/webhooks/${hook.id}/rotate-secret`, {token: c.ownerToken, again: true});
    const own = c.receiver.hook(hook.path);
    if (answer.status === 200) {
        own.secrets.push(answer.body.secret);
    }
    own.isReady &&= answer.doubts === 0;  // what was signed with a secret that nobody was told of cannot be judged
    return c.expect(answer.status === 200, 'a webhook gets a new secret', `${answer.status} ${answer.text}`);
}

const someHook = (c, random) => random.pick([...c.state.hooks.values()].filter(it => !it.isLeaving));

const hooks = {
    kind: 'webhook.add', weight: 1,
    run: async (c, random) => c.state.hooks.size < 4 && (await addHook(c, random, `/hook/${c.next()}`, random.pick([['*'], ['order.*', 'payment.*'], ['stock.adjusted']]))) !== null,
};
const rotateHook = {kind: 'webhook.rotate', weight: 1, run: (c, random) => c.lock('rotate')(async () => {
    const hook = someHook(c, random);
    return hook.path !== '/hook/main' && rotate(c, hook);  // that one's secret stays, so that all it gets is judged
})};
const editHook = {
    kind: 'webhook.edit', weight: 1,
    async run(c, random) {
        const hook = someHook(c, random);
        const answer = await c.client.ask('PUT', `/admin/webhooks/${hook.id}`, {token: c.ownerToken, body: {description: `hook ${c.next()}`}});
        return c.expect(answer.status === 200 || hook.isLeaving, 'a webhook is edited', `${answer.status} ${answer.text}`);
    },
};
const removeHook = {
    kind: 'webhook.delete', weight: 1,
    async run(c, random) {
        const hook = someHook(c, random);
        if (!hook || hook.path === '/hook/main' || c.state.hooks.size < 3) {
            return false;
        }
        hook.isLeaving = true;
        const answer = await c.client.ask('DELETE', `/admin/webhooks/${hook.id}`, {token: c.ownerToken});
        const isGone = c.expect(answer.status === 204 || (answer.doubts > 0 && answer.status === 404), 'a webhook is removed', `${answer.status} ${answer.text}`);
        c.state.hooks.delete(hook.id);
        return isGone;
    },
};
const testHook = {
    kind: 'webhook.test', weight: 1,
    async run(c, random) {
        const hook = someHook(c, random);
        const answer = await c.client.ask('POST', `/admin/webhooks/${hook.id}/test`, {token: c.ownerToken, key: random.uuid()});
        return c.expect(answer.status === 204 || hook.isLeaving, 'a webhook is tried out', `${answer.status} ${answer.text}`);
    },
};
const replayHook = {
    kind: 'webhook.replay', weight: 2,
    async run(c, random) {
        const hook = someHook(c, random);
        const list = await c.client.ask('GET', `/admin/webhook-deliveries?webhook_id=${hook.id}&limit=50`, {token: c.ownerToken});
        const done = list.body?.data?.filter(it => it.status !== 'pending') ?? [];
        if (!done.length) {
            return false;
        }
        const delivery = random.pick(done);
        const answer = await c.client.ask('POST', `/admin/webhook-deliveries/${delivery.id}/replay`, {token: c.ownerToken, key: random.uuid()});
        c.expect([200, 409].includes(answer.status) || hook.isLeaving, 'a delivery is made again', `${answer.status} ${answer.text}`);
        return answer.status === 200;
    },
};

const mailTest = {
    kind: 'mail.test', weight: 1,
    async run(c) {
        const answer = await c.client.ask('POST', '/admin/settings/mail/test', {token: c.ownerToken, body: {to: 'owner@example.test'}, again: true});
        return c.expect([200, 409, 429].includes(answer.status) || answer.code === 'mail_not_sent', 'a mail is tried out', `${answer.status} ${answer.text}`) && answer.status === 200;
    },
};

const dismiss = {
    kind: 'alert.dismiss', weight: 2,
    async run(c, random) {
        const list = await c.client.ask('GET', '/admin/alerts?status=open&limit=20', {token: c.ownerToken});
        if (!list.body?.data?.length) {
            await addProduct(c, random, {isPlain: false, quantity: 1, threshold: 5});
            return false;
        }
        const answer = await c.client.ask('POST', `/admin/alerts/${random.pick(list.body.data).id}/dismiss`, {token: c.staffToken(random), key: random.uuid()});
        c.expect([200, 404, 409].includes(answer.status), 'an alert is dismissed', `${answer.status} ${answer.text}`);
        return answer.status === 200;
    },
};

const confirmStep = {
    kind: 'checklist', weight: 1,
    async run(c, random) {
        const answer = await c.client.ask('PUT', '/admin/checklist/key_kept', {token: c.ownerToken, body: {confirmed: random.chance(0.5)}});
        return c.expect([200, 409].includes(answer.status), 'a step of the checklist is confirmed', `${answer.status} ${answer.text}`) && answer.status === 200;
    },
};

/** The outside world's moods. */
const outside = {
    kind: 'outside.trouble', weight: 3,
    async run(c, random) {
        c.receiver.set(random.pick(['good', 'good', 'slow', 'hanging', 'dead', 'failing']));
        c.mailServer.mode = random.pick(['good', 'good', 'slow', 'dead', 'refusing', 'losing']);
        await pause(random.between(50, 400));
        c.receiver.set('good');
        c.mailServer.mode = 'good';
        return true;
    },
};

export const upkeepOperations = [settings, hooks, rotateHook, editHook, removeHook, testHook, replayHook, mailTest, dismiss, confirmStep, outside];

/** Follows the event log live, over every kill, and sees that no event is left out or comes twice. */
export class Stream {
    events = 0;
    resumed = 0;
    #last = '';
    #open = true;

    constructor(c) {
        this.c = c;
    }
    close() {
        this.#open = false;
        this.request?.destroy();
    }
    async run() {
        while (this.#open) {
            await this.c.server.served();
            await new Promise(done => this.#listen(done));
            await pause(20);
        }
    }
    #listen(done) {
        const headers = {Authorization: `Bearer ${this.c.ownerToken}`, ...(this.#last ? {'Last-Event-ID': this.#last} : {})};
        const request = http.request({host: '127.0.0.1', port: this.c.server.port, path: '/admin/events/stream', headers, agent: false}, answer => {
            if (answer.statusCode !== 200) {
                answer.resume();
                answer.on('close', done);
                return;
            }
            this.resumed += this.#last ? 1 : 0;
            let buffer = '';
            answer.setEncoding('utf8');
            answer.on('data', text => {
                buffer += text;
                for (let end; (end = buffer.indexOf('\n\n')) >= 0; buffer = buffer.slice(end + 2)) {
                    this.#take(buffer.slice(0, end));
                }
            });
            answer.on('error', () => {});
            answer.on('close', done);
        });
        this.request = request;
        request.on('error', done);
        request.end();
    }
    #take(block) {
        const field = name => new RegExp(`^${name}: ?(.*)$`, 'm').exec(block)?.[1];
        const id = field('id');
        if (field('event') === 'reset' || !this.#last) {
            this.#last = id ?? this.#last;
            return;
        }
        if (!id) {
            return;
        }
        const [name, sequence] = [id.slice(0, id.lastIndexOf('-')), Number(id.slice(id.lastIndexOf('-') + 1))];
        const before = this.#last.slice(0, this.#last.lastIndexOf('-'));
        const last = Number(this.#last.slice(this.#last.lastIndexOf('-') + 1));
        this.c.expect(name === before && sequence === last + 1, 'the live log goes on where it was', `${id} after ${this.#last}`);
        this.#last = id;
        ++this.events;
    }
}
