// A real orderd: its process, which campaigns kill and start again, and its commands.
import {spawn} from 'node:child_process';
import {appendFileSync, createWriteStream} from 'node:fs';
import {join} from 'node:path';

/** Whatever takes longer hangs: a machine that stalls for some seconds is not what is looked for. */
export const HANG_MS = 60_000;

export const pause = ms => new Promise(done => setTimeout(done, ms));

const running = new Set();
process.on('exit', () => running.forEach(child => child.kill('SIGKILL')));

/** Ends a process without a word, and waits until it is gone. */
function killed(child, signal) {
    return new Promise(done => {
        child.once('close', (code, by) => done({code, by}));
        child.kill(signal);
    });
}

export class Server {
    /** Counts the times that it was ended: whoever got no answer sees whether that was why. */
    endings = 0;
    /** Where it answers; null while it does not. */
    port = null;
    starts = 0;
    /** Commands that found the database locked for as long as they waited. */
    lockedOut = 0;
    /** What the newest process printed. */
    said = '';
    #child = null;
    #waiting = [];

    /** `folder`: a scratch folder, which gets the log; the shop is its folder `shop`. */
    constructor(orderd, folder) {
        this.orderd = orderd;
        this.folder = folder;
        this.data = join(folder, 'shop');
        this.log = createWriteStream(join(folder, 'log'), {flags: 'a'});
    }

    get pid() {
        return this.#child?.pid;
    }

    async start(options = []) {
        const args = ['serve', '--data', this.data, '--listen', '127.0.0.1:0', '--log-level', 'warning', ...options];
        const child = spawn(this.orderd, args, {stdio: ['ignore', 'pipe', 'pipe']});
        running.add(child);
        child.stderr.on('data', text => this.log.write(text));
        let exited = false;
        child.once('close', (code, signal) => {
            exited = true;
            running.delete(child);
            if (this.#child === child) {
                this.#child = null;
                this.port = null;
                if (!this.ending) {
                    this.died = `the server ended with ${signal ?? code}, and nobody had asked it to`;
                }
            }
        });
        this.#child = child;
        this.ending = false;
        const port = await new Promise((found, failed) => {
            this.said = '';
            child.stdout.on('data', text => {
                this.said += text;
                const match = /answers at \S+:(\d+)\n/.exec(this.said);
                if (match) {
                    found(Number(match[1]));
                }
            });
            child.once('close', code => failed(new Error(`orderd serve ended with ${code} before it answered: see ${this.folder}/log`)));
            setTimeout(() => failed(new Error('orderd serve does not answer')), HANG_MS).unref();
        });
        if (exited) {
            return false;
        }
        ++this.starts;
        this.port = port;
        for (const go of this.#waiting.splice(0)) {
            go();
        }
        return true;
    }

    /** Ends it. @returns its exit code and how long that took */
    async end(signal) {
        const child = this.#child;
        if (!child) {
            return {code: null, took: 0};
        }
        ++this.endings;
        this.ending = true;
        this.port = null;
        const begun = Date.now();
        const {code} = await killed(child, signal);
        return {code, took: Date.now() - begun};
    }

    /** Waits until it answers. */
    async served() {
        while (this.port === null) {
            await new Promise(go => this.#waiting.push(go));
        }
        return this.port;
    }

    /**
     * Runs a command of orderd's on the shop. `killAfter`: after so many milliseconds it is killed. One that writes beside
     * a busy server may find no turn, and is run again.
     * @returns code (null: it was killed), and all that it said
     */
    async run(args, options = {}) {
        for (let tries = 0; ; ++tries) {
            const result = await this.#runOnce(args, options);
            if (result.code !== 1 || !/keeps the shop.s database locked/.test(result.said) || tries === 5) {
                return result;
            }
            ++this.lockedOut;
            await pause(200);
        }
    }

    #runOnce(args, {input = '', killAfter, data = this.data} = {}) {
        return new Promise(done => {
            const child = spawn(this.orderd, [...args, '--data', data], {stdio: ['pipe', 'pipe', 'pipe']});
            running.add(child);
            let said = '';
            child.stdout.on('data', text => (said += text));
            child.stderr.on('data', text => (said += text));
            child.stdin.on('error', () => {});
            child.stdin.end(input);
            const timer = setTimeout(() => child.kill('SIGKILL'), killAfter ?? HANG_MS * 6);
            child.once('close', code => {
                clearTimeout(timer);
                running.delete(child);
                if (code !== 0 && killAfter === undefined) {
                    appendFileSync(join(this.folder, 'log'), `orderd ${args.join(' ')} ended with ${code}: ${said}\n`);
                }
                done({code, said});
            });
        });
    }
}
