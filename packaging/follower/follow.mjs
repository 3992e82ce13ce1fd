#!/usr/bin/env node
// Follows a shop's event log into PostgreSQL or NATS JetStream, each event exactly once: where it is, is kept beside what it
// wrote, in the same step. It can be killed at any time, and started anew. A second one of the same target does no harm: the
// one that comes too late starts over from where the other one is.
//
//   follow.mjs SHOP TARGET       SHOP as http://127.0.0.1:8080; TARGET as postgres://… or nats://…
//
// ORDERD_TOKEN_FILE names a file with an API key of the role viewer. Messages are JSON lines on the error output.
import {readFileSync} from 'node:fs';

import {Nats} from './nats.mjs';
import {Postgres} from './postgres.mjs';

/** How long to wait for news when there were none: it bounds how far the target is behind. */
const EVERY_MS = 500;
const ANSWER_MS = 20_000;
const LONGEST_WAIT_MS = 10_000;
/** The most that a page of the log has. */
const AT_ONCE = 200;

const pause = ms => new Promise(done => setTimeout(done, ms));

function say(level, message, more = {}) {
    console.error(JSON.stringify({time: new Date().toISOString(), level, message, ...more}));
}

/** The log goes on elsewhere than at `position`: it is another one, or what comes next was removed. */
class StartOver extends Error {
    constructor(log, first) {
        super(`the log goes on as ${log}, from ${first}`);
        this.log = log;
        this.first = first;
    }
}

class Shop {
    constructor(url, token) {
        this.url = url;
        this.token = token;
    }

    /**
     * The events after a position, oldest first, and the log's name. Without a position: from the oldest that are kept.
     * @throws StartOver
     */
    async after(position) {
        const query = new URLSearchParams({limit: String(AT_ONCE)});
        if (position) {
            query.set('log', position.log);
            query.set('after', String(position.sequence));
        }
        const answer = await fetch(`${this.url}/admin/events?${query}`, {
            headers: {Authorization: `Bearer ${this.token}`, Accept: 'application/json'}, signal: AbortSignal.timeout(ANSWER_MS)});
        const body = await answer.json().catch(() => ({}));
        if (answer.ok) {
            return {log: body.log, events: body.data};
        }
        if (body.code === 'another_log') {
            throw new StartOver(body.log, 1);
        }
        if (body.code === 'events_pruned') {
            throw new StartOver(body.log, body.first_sequence);
        }
        throw new Error(`the shop answers ${answer.status}: ${body.detail ?? ''}`);
    }
}

/** Events follow each other without a gap: what does not is not written. */
function checkOrder(events, position) {
    let before = position?.sequence ?? (events.length ? events[0].sequence - 1 : 0);
    for (const {sequence} of events) {
        if (sequence !== before + 1) {
            throw new Error(`event ${sequence} follows ${before}`);
        }
        before = sequence;
    }
}

/** One step: a page of the log. @returns how many events it wrote */
async function step(shop, target) {
    let position = await target.position();
    let page;
    try {
        page = await shop.after(position);
    } catch (error) {
        if (!(error instanceof StartOver)) {
            throw error;
        }
        say('warning', 'the shop was restored, or removed old events: its log is read again', {log: error.log, first: error.first});
        await target.begin(position, {log: error.log, sequence: error.first - 1});
        return 1;
    }
    if (!position || position.log !== page.log) {  // the log has another name, and goes on from here
        const from = {log: page.log, sequence: page.events.length ? page.events[0].sequence - 1 : position?.sequence ?? 0};
        await target.begin(position, from);
        position = from;
    }
    checkOrder(page.events, position);
    if (page.events.length) {
        await target.take(position, page.events);
    }
    return page.events.length;
}

async function main() {
    const [url, to] = process.argv.slice(2);
    if (!url || !to || !process.env.ORDERD_TOKEN_FILE) {
        console.error('usage: ORDERD_TOKEN_FILE=FILE follow.mjs SHOP TARGET');
        process.exit(2);
    }
    const shop = new Shop(url.replace(/\/$/, ''), readFileSync(process.env.ORDERD_TOKEN_FILE, 'utf8').trim());
    const target = to.startsWith('nats:') ? new Nats(to) : new Postgres(to);
    let ends = false;
    for (const signal of ['SIGINT', 'SIGTERM']) {
        process.on(signal, () => (ends = true));
    }
    for (let wait = 0; !ends;) {
        try {
            await target.open();
            const wrote = await step(shop, target);
            if (wait > 0) {
                say('info', 'it goes on');
            }
            wait = 0;
            if (wrote === 0) {
                await pause(EVERY_MS);
            }
        } catch (error) {
            wait = Math.min(LONGEST_WAIT_MS, wait * 2 || 200);
            say('error', error.message || error.code || String(error), {again_in_ms: wait});
            await target.close().catch(() => {});
            await pause(wait);
        }
    }
    await target.close();
}

await main();
