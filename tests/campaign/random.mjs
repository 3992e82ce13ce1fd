// Random choices that follow from a seed. Each client of a campaign has a stream of its own, so that what one draws does
// not depend on how fast another is.

/** The stream of numbers that belongs to a seed and a name. */
export class Random {
    #a;
    #b;
    #c;
    #counter = 1;

    constructor(seed, name = '') {
        const hash = salt => [...`${seed} ${name} ${salt}`].reduce((h, c) => Math.imul(h ^ c.codePointAt(0), 16777619), 2166136261);
        [this.#a, this.#b, this.#c] = ['a', 'b', 'c'].map(salt => hash(salt) >>> 0);
        for (let i = 0; i < 16; ++i) {
            this.#next();
        }
    }

    #next() {
        // sfc32: small, fast, and good enough for choosing.
        const sum = (this.#a + this.#b + this.#counter) >>> 0;
        this.#counter = (this.#counter + 1) >>> 0;
        this.#a = (this.#b ^ (this.#b >>> 9)) >>> 0;
        this.#b = (this.#c + (this.#c << 3)) >>> 0;
        this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) >>> 0;
        return sum;
    }

    /** A whole number from 0 up to, and without, `end`. */
    below(end) {
        return Math.floor((this.#next() / 2 ** 32) * end);
    }
    between(first, last) {
        return first + this.below(last - first + 1);
    }
    chance(probability) {
        return this.#next() / 2 ** 32 < probability;
    }
    pick(list) {
        return list[this.below(list.length)];
    }
    /** One of `rows`, each as often as its member `weight` says. */
    weighted(rows) {
        let left = this.below(rows.reduce((sum, row) => sum + row.weight, 0));
        return rows.find(row => (left -= row.weight) < 0);
    }
    shuffled(list) {
        const all = [...list];
        for (let i = all.length - 1; i > 0; --i) {
            const j = this.below(i + 1);
            [all[i], all[j]] = [all[j], all[i]];
        }
        return all;
    }
    bytes(count) {
        return Buffer.from(Array.from({length: count}, () => this.below(256)));
    }
    uuid() {
        const bytes = this.bytes(16);
        bytes[6] = (bytes[6] & 0x0f) | 0x40;
        bytes[8] = (bytes[8] & 0x3f) | 0x80;
        return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
    }
}
