const plain = text => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&apos;', "'").replaceAll('&amp;', '&');
const attribute = (tag, name) => plain(new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1] ?? '');

/** Somebody with a browser that runs no scripts: keeps cookies, follows where answers lead, presses the buttons of forms. */
export class Browser {
    #cookies = new Map();
    status = 0;
    page = '';
    path = '';

    /** `ask(method, path, {headers, raw, type})` answers {status, headers, text}. */
    constructor(ask) {
        this.request = ask;
    }
    get headers() {
        return this.#cookies.size ? {Cookie: [...this.#cookies].map(pair => pair.join('=')).join('; ')} : {};
    }
    /** Goes to a page, or sends a form. `form`: what filled() made */
    async go(path, form) {
        const answer = await this.request(form ? 'POST' : 'GET', path,
            {headers: this.headers, ...(form ? {raw: String(form), type: 'application/x-www-form-urlencoded'} : {})});
        for (const cookie of [answer.headers['set-cookie'] ?? []].flat()) {
            const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie);
            this.#cookies.set(name, value);
        }
        if (answer.status === 303) {
            return this.go(answer.headers.location.replace(/^https?:\/\/[^/]+/, ''));
        }
        this.status = answer.status;
        this.page = answer.text;
        this.path = path;
        return this;
    }
    /** The same, where nothing else than the page can come. */
    async must(path, form) {
        await this.go(path, form);
        if (this.status !== 200) {
            throw new Error(`the page ${path} answered ${this.status}: ${this.text.slice(0, 600)}`);
        }
        return this;
    }
    /** What a person reads. */
    get text() {
        return plain(this.page.replace(/<(style|script)[\s\S]*?<\/\1>/g, '').replace(/<[^>]*>/g, '')).replace(/\s+/g, ' ').trim();
    }
    /** The first form of the page that posts: what is hidden and what is chosen in it, with `typed` in its fields. */
    filled(typed) {
        const form = /<form method="post"[\s\S]*?<\/form>/.exec(this.page)?.[0] ?? '';
        const sent = new URLSearchParams([...form.matchAll(/<input [^>]*>/g)].map(([tag]) => tag)
            .filter(tag => attribute(tag, 'type') === 'hidden' || (attribute(tag, 'type') === 'radio' && tag.includes(' checked')))
            .map(tag => [attribute(tag, 'name'), attribute(tag, 'value')]));
        for (const [name, value] of Object.entries(typed)) {
            sent.set(name, value);
        }
        return sent;
    }
}
