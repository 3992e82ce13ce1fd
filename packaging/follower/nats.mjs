// NATS JetStream as a target: each message says in its headers where in the log it is, so that the last one of the stream is
// the position. A message is only taken right after the one that was last when the position was read.
import {jetstream, jetstreamManager} from '@nats-io/jetstream';
import {connect, headers} from '@nats-io/transport-node';

const STREAM = 'ORDERD';
/** Subjects: orderd.KIND, as orderd.order.placed; and orderd.reset, where another log begins or a part is missing. */
const PREFIX = 'orderd';
const ANSWER_MS = 20_000;

export class Nats {
    #connection = null;
    #last = 0;  // the stream's own sequence of its last message

    constructor(url) {
        this.url = url;
    }

    async open() {
        if (this.#connection && !this.#connection.isClosed()) {
            return;
        }
        this.#connection = await connect({servers: this.url, reconnect: false, timeout: ANSWER_MS});
        this.manager = await jetstreamManager(this.#connection, {timeout: ANSWER_MS});
        this.stream = jetstream(this.#connection, {timeout: ANSWER_MS});
        await this.manager.streams.info(STREAM).catch(async error => {
            if (error.code !== 10059 && !/not found/.test(error.message)) {
                throw error;
            }
            await this.manager.streams.add({name: STREAM, subjects: [`${PREFIX}.>`]});
        });
    }

    async close() {
        const connection = this.#connection;
        this.#connection = null;
        await connection?.close();
    }

    async position() {
        const {state} = await this.manager.streams.info(STREAM);
        this.#last = state.last_seq;
        if (state.last_seq === 0) {
            return null;
        }
        const message = await this.manager.streams.getMessage(STREAM, {seq: state.last_seq});
        return {log: message.header.get('Orderd-Log'), sequence: Number(message.header.get('Orderd-Sequence'))};
    }

    async begin(from, to) {
        await this.#publish(`${PREFIX}.reset`, to, `${to.log}-${to.sequence}-reset`, {from, to});
    }

    async take(from, events) {
        for (const event of events) {
            await this.#publish(`${PREFIX}.${event.kind}`, {log: from.log, sequence: event.sequence}, `${from.log}-${event.sequence}`, event);
        }
    }

    async #publish(subject, at, id, body) {
        const head = headers();
        head.set('Orderd-Log', at.log);
        head.set('Orderd-Sequence', String(at.sequence));
        const taken = await this.stream.publish(subject, JSON.stringify(body),
                                                {msgID: id, headers: head, expect: {lastSequence: this.#last}, timeout: ANSWER_MS});
        if (taken.duplicate) {
            throw new Error(`the stream has ${id} already, and not as its last message`);
        }
        this.#last = taken.seq;
    }
}
