// HTTP as a careful client speaks it: a request that got no answer is in doubt, and is sent again with the same
// Idempotency-Key until one comes.
import http from 'node:http';

import {HANG_MS, pause} from './server.mjs';

/** The connection ended, or nobody took it, before there was an answer. */
export class NoAnswer extends Error {}

export class Client {
    /** Requests that got no answer, those of them that had been carried out, how often places were full; and twins. */
    counts = {inDoubt: 0, replayed: 0, full: 0, twins: 0};

    /** `report(text)`: told what a server must not do. `random`: which requests are sent twice at once. */
    constructor(server, random, report) {
        this.server = server;
        this.random = random;
        this.report = report;
        // An idle connection is ended here, and not by the server after 15 s, when the next request may be on its way.
        this.agent = new http.Agent({keepAlive: true, maxSockets: 32, timeout: 10_000});
    }

    /** One request on a server that answers now. @throws NoAnswer */
    once(method, path, {token, key, body, raw, type, match, headers = {}} = {}) {
        const port = this.server.port;
        if (port === null) {
            throw new NoAnswer('nobody serves');
        }
        const text = raw ?? (body === undefined ? undefined : JSON.stringify(body));
        const sent = {...headers};
        if (text !== undefined) {
            sent['Content-Type'] = type ?? 'application/json';
            sent['Content-Length'] = Buffer.byteLength(text);
        } else if (method !== 'GET') {
            sent['Content-Length'] = 0;
        }
        if (token) {
            sent.Authorization = `Bearer ${token}`;
        }
        if (key) {
            sent['Idempotency-Key'] = key;
        }
        if (match) {
            sent['If-Match'] = match;
        }
        return new Promise((done, failed) => {
            const request = http.request({host: '127.0.0.1', port, method, path, agent: this.agent, headers: sent}, answer => {
                const pieces = [];
                answer.on('data', piece => pieces.push(piece));
                answer.on('aborted', () => failed(new NoAnswer('the answer broke off')));
                answer.on('error', error => failed(new NoAnswer(error.message)));
                answer.on('end', () => {
                    const whole = Buffer.concat(pieces);
                    const isJson = /json/.test(answer.headers['content-type'] ?? '');
                    let parsed = null;
                    try {
                        parsed = isJson && whole.length ? JSON.parse(whole) : null;
                    } catch {
                        this.report(`${method} ${path} answered ${answer.statusCode} with what is not JSON: ${whole}`);
                    }
                    done({status: answer.statusCode, headers: answer.headers, body: parsed, text: whole.toString(),
                          code: parsed?.code, etag: answer.headers.etag});
                });
            });
            request.setTimeout(HANG_MS, () => {
                this.report(`${method} ${path} was not answered within ${HANG_MS / 1000} s`);
                request.destroy(new Error('it hangs'));
            });
            request.on('error', error => failed(new NoAnswer(error.message)));
            request.end(text);
        });
    }

    /**
     * A request until it is answered. A POST that has no key is not sent again unless `again` says so.
     * @returns the answer; null for a POST in doubt that was not sent again
     */
    async ask(method, path, options = {}) {
        for (let doubts = 0, waits = 0; ;) {
            await this.server.served();
            const endings = this.server.endings;
            let answer;
            // As an impatient client or proxy does it: the same request beside itself.
            const twin = options.key && this.random.chance(0.05) ? this.once(method, path, options).catch(() => null) : null;
            try {
                answer = await this.once(method, path, options);
            } catch (error) {
                if (!(error instanceof NoAnswer)) {
                    throw error;
                }
                await pause(30);
                if (this.server.endings === endings && this.server.port !== null) {
                    this.report(`${method} ${path} got no answer from a server that runs: ${error.message}`);
                }
                ++this.counts.inDoubt;
                ++doubts;
                if (method === 'POST' && !options.key && !options.again) {
                    return null;
                }
                continue;
            }
            const other = await twin;
            if (other) {
                ++this.counts.twins;
                if (other.status < 300 && answer.status < 300 && other.body?.id !== answer.body?.id) {
                    this.report(`${method} ${path}, sent twice at once, was carried out twice: ${answer.text} and ${other.text}`);
                }
                const isSecond = answer.headers['idempotent-replayed'] || answer.code === 'idempotency_key_in_use';
                if (isSecond && other.status < 300) {
                    answer = other;  // the first, which alone shows a secret
                }
            }
            const isFull = answer.status === 503 && ['busy', 'too_costly', 'overloaded', 'too_many_wait', 'not_ready'].includes(answer.code);
            const isTaken = ['idempotency_key_in_use', 'import_under_way'].includes(answer.code);
            if ((isFull || isTaken) && ++waits < 400) {
                this.counts.full += isFull ? 1 : 0;
                await pause(50);
                continue;
            }
            if (answer.status >= 500 && answer.code !== 'mail_not_sent') {
                this.report(`${method} ${path} answered ${answer.status}: ${answer.text.slice(0, 400)}`);
            }
            this.counts.replayed += doubts > 0 && answer.headers['idempotent-replayed'] ? 1 : 0;
            answer.doubts = doubts;
            return answer;
        }
    }

    close() {
        this.agent.destroy();
    }
}
