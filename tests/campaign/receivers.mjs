// The outside world of a shop, on 127.0.0.1: a receiver of webhooks and a mail server, both of which misbehave when they
// are told to.
import {createHmac, timingSafeEqual} from 'node:crypto';
import http from 'node:http';
import net from 'node:net';

const listening = server => new Promise(done => server.listen(0, '127.0.0.1', () => done(server.address().port)));

/** Whether a Standard Webhooks signature is right under one of the secrets. */
function isSigned(headers, body, secrets) {
    const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
    return secrets.some(secret => {
        const wanted = createHmac('sha256', Buffer.from(secret.replace('whsec_', ''), 'base64')).update(signed).digest();
        return (headers['webhook-signature'] ?? '').split(' ').some(one => {
            const given = Buffer.from(one.replace('v1,', ''), 'base64');
            return given.length === wanted.length && timingSafeEqual(given, wanted);
        });
    });
}

export class WebhookReceiver {
    /** good, slow, hanging, dead, or failing (500 for what comes the first time): how it takes what comes. */
    mode = 'good';
    /** For each path: {isReady: whether all its secrets are known, secrets, seen: sequence by webhook-id, taken: sequences that it answered with 2xx}. */
    hooks = new Map();
    received = 0;
    #held = new Set();

    constructor(report) {
        this.report = report;
        this.server = http.createServer((request, response) => this.#take(request, response));
    }

    async open() {
        this.port = await listening(this.server);
    }
    url(path) {
        return `http://127.0.0.1:${this.port}${path}`;
    }
    hook(path) {
        if (!this.hooks.has(path)) {
            this.hooks.set(path, {isReady: false, secrets: [], seen: new Map(), taken: new Set()});
        }
        return this.hooks.get(path);
    }
    set(mode) {
        this.mode = mode;
        if (mode !== 'hanging') {
            for (const response of this.#held) {
                response.destroy();
            }
            this.#held.clear();
        }
    }
    close() {
        this.server.closeAllConnections();
        this.server.close();
    }

    #take(request, response) {
        let body = '';
        request.on('data', piece => (body += piece));
        request.on('error', () => {});
        request.on('end', () => {
            const hook = this.hook(request.url);
            const again = hook.seen.has(request.headers['webhook-id']);
            const sequence = this.#note(hook, request.headers, body);
            if (this.mode === 'dead') {
                request.socket.destroy();
            } else if (this.mode === 'hanging') {
                this.#held.add(response);
            } else {
                const status = this.mode === 'failing' && !again ? 500 : 204;
                const answer = () => {
                    if (status === 204) {
                        hook.taken.add(sequence);
                    }
                    response.writeHead(status).end();
                };
                this.mode === 'slow' ? setTimeout(answer, 300) : answer();
            }
        });
    }

    /** @returns the event's sequence */
    #note(hook, headers, body) {
        ++this.received;
        if (hook.isReady && !isSigned(headers, body, hook.secrets)) {
            this.report(`a webhook's signature is wrong: ${headers['webhook-id']}, ${headers['webhook-signature']}`);
        }
        const event = JSON.parse(body);
        const id = headers['webhook-id'];
        const said = `${event.type} ${event.data.sequence}`;
        const before = hook.seen.get(id);
        if (before && before.said !== said) {
            this.report(`webhook ${id} first told ${before.said}, then ${said}`);
        }
        hook.seen.set(id, {said});
        return event.data.sequence;
    }
}

/** A mail server that speaks plain SMTP, and keeps what it took. */
export class MailServer {
    /** good, slow, dead (hangs up at once), refusing (450), rejecting (550), losing (takes a mail, and hangs up before it says so). */
    mode = 'good';
    mails = [];

    constructor() {
        this.server = net.createServer(socket => this.#serve(socket));
    }
    async open() {
        this.port = await listening(this.server);
    }
    close() {
        this.server.close();
    }

    #serve(socket) {
        socket.on('error', () => {});
        socket.setEncoding('latin1');
        if (this.mode === 'dead') {
            socket.destroy();
            return;
        }
        const say = line => (this.mode === 'slow' ? setTimeout(() => socket.write(`${line}\r\n`), 40) : socket.write(`${line}\r\n`));
        let buffer = '';
        let envelope = null;
        let inData = false;
        say('220 mail.test ESMTP');
        socket.on('data', text => {
            buffer += text;
            for (;;) {
                const end = buffer.indexOf(inData ? '\r\n.\r\n' : '\r\n');
                if (end < 0) {
                    return;
                }
                const line = buffer.slice(0, end);
                buffer = buffer.slice(end + (inData ? 5 : 2));
                if (inData) {
                    inData = false;
                    this.#keep(envelope, line);
                    if (this.mode === 'losing') {
                        socket.destroy();
                        return;
                    }
                    say('250 taken');
                } else if (/^MAIL/i.test(line)) {
                    envelope = {to: []};
                    say(this.mode === 'refusing' ? '450 later' : '250 good');
                } else if (/^RCPT/i.test(line)) {
                    envelope?.to.push(/<(.*)>/.exec(line)[1]);
                    say(this.mode === 'rejecting' ? '550 no such mailbox' : '250 good');
                } else if (/^DATA/i.test(line)) {
                    inData = true;
                    say('354 go on');
                } else if (/^QUIT/i.test(line)) {
                    say('221 bye');
                    socket.end();
                } else {
                    say('250 mail.test');
                }
            }
        });
    }

    #keep(envelope, text) {
        const head = text.slice(0, text.indexOf('\r\n\r\n')).replace(/\r\n[ \t]+/g, ' ');
        const header = name => new RegExp(`^${name}: *(.*)$`, 'mi').exec(head)?.[1].trim() ?? '';
        this.mails.push({to: envelope.to[0], id: header('Message-ID'), subject: header('Subject'), text});
    }
}
