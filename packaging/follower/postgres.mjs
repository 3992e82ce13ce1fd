// PostgreSQL as a target: events and position are written in one transaction.
import pg from 'pg';

const SCHEMA = `
    CREATE TABLE IF NOT EXISTS orderd_event (
        log        text        NOT NULL,
        sequence   bigint      NOT NULL,
        kind       text        NOT NULL,
        subject    text        NOT NULL,
        subject_id bigint      NOT NULL,
        body       jsonb       NOT NULL,
        actor      text        NOT NULL,
        at         timestamptz NOT NULL,
        PRIMARY KEY (log, sequence)
    );
    CREATE TABLE IF NOT EXISTS orderd_position (
        one      boolean PRIMARY KEY DEFAULT true CHECK (one),
        log      text    NOT NULL,
        sequence bigint  NOT NULL
    );
    -- The log as the shop has it now: after a restore, what the shop lost is not in it.
    CREATE OR REPLACE VIEW orderd_now AS
        SELECT e.* FROM orderd_event e JOIN orderd_position p ON e.log = p.log;
`;

const INSERT = `
    INSERT INTO orderd_event (log, sequence, kind, subject, subject_id, body, actor, at)
    SELECT $1, e.sequence, e.kind, e.subject, e.subject_id, e.body, e.actor, e.at
      FROM jsonb_to_recordset($2::jsonb)
           AS e(sequence bigint, kind text, subject text, subject_id bigint, body jsonb, actor text, at timestamptz)
`;

export class Postgres {
    #client = null;

    constructor(url) {
        this.url = url;
    }

    async open() {
        if (this.#client) {
            return;
        }
        const client = new pg.Client({connectionString: this.url, connectionTimeoutMillis: 10_000, query_timeout: 60_000});
        client.on('error', () => {});  // the next query fails, too
        await client.connect();
        this.#client = client;
        await client.query('BEGIN');
        await client.query("SELECT pg_advisory_xact_lock(hashtext('orderd_follower'))");  // two would make the tables at once
        await client.query(SCHEMA);
        await client.query('COMMIT');
    }

    async close() {
        const client = this.#client;
        this.#client = null;
        await client?.end();
    }

    /** The last event that was written; null if there is none. */
    async position() {
        const {rows} = await this.#client.query('SELECT log, sequence FROM orderd_position');
        return rows.length ? {log: rows[0].log, sequence: Number(rows[0].sequence)} : null;
    }

    /** Goes on from another position, such as in another log. What is there of that log, it will write again. */
    async begin(from, to) {
        await this.#inTransaction(async client => {
            await this.#move(client, from, to);
            await client.query('DELETE FROM orderd_event WHERE log = $1 AND sequence > $2', [to.log, to.sequence]);
            if (from && from.log !== to.log && from.sequence === to.sequence) {  // the same log by another name
                await client.query('UPDATE orderd_event SET log = $1 WHERE log = $2', [to.log, from.log]);
            }
        });
    }

    async take(from, events) {
        await this.#inTransaction(async client => {
            await this.#move(client, from, {log: from.log, sequence: events.at(-1).sequence});
            await client.query(INSERT, [from.log, JSON.stringify(events)]);
        });
    }

    /** @throws if another follower has moved meanwhile */
    async #move(client, from, to) {
        const moved = from
            ? await client.query('UPDATE orderd_position SET log = $3, sequence = $4 WHERE log = $1 AND sequence = $2',
                                 [from.log, from.sequence, to.log, to.sequence])
            : await client.query('INSERT INTO orderd_position (log, sequence) VALUES ($1, $2) ON CONFLICT DO NOTHING', [to.log, to.sequence]);
        if (moved.rowCount !== 1) {
            throw new Error('another follower writes to the same database');
        }
    }

    async #inTransaction(work) {
        const client = this.#client;
        await client.query('BEGIN');
        await work(client);  // where it throws, the connection is closed, and nothing of it stays
        await client.query('COMMIT');
    }
}
