// For each of the shop's own pages and their forms, a request that it should carry out: see world.mjs.

const kFields = {email: 'ada@example.test', name: 'Ada Lovelace', country: 'DE', line1: 'Allee 12', city: 'Berlin', postal_code: '10115'};

const plain = text => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&apos;', "'").replaceAll('&amp;', '&');

/** Somebody with a browser: keeps cookies, and follows where answers lead. */
class Browser {
    #cookies = new Map();
    page = '';
    path = '';

    constructor(w) {
        this.w = w;
    }
    get headers() {
        return this.#cookies.size ? {Cookie: [...this.#cookies].map(pair => pair.join('=')).join('; ')} : {};
    }
    async ask(method, path, fields) {
        const answer = await this.w.ask(method, path, {headers: this.headers, ...(fields ? {raw: String(new URLSearchParams(fields)), type: 'application/x-www-form-urlencoded'} : {})});
        for (const cookie of [answer.headers['set-cookie'] ?? []].flat()) {
            const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie);
            this.#cookies.set(name, value);
        }
        if (answer.status === 303) {
            return this.ask('GET', answer.headers.location.replace(/^https?:\/\/[^/]+/, ''));
        }
        if (answer.status !== 200) {
            throw new Error(`the page ${path} answered ${answer.status}: ${answer.text.replace(/<[^>]*>/g, '').replace(/\s+/g, ' ').slice(0, 600)}`);
        }
        this.page = answer.text;
        this.path = path;
        return this;
    }
    /** The fields of the first form of the page that posts: hidden ones, and those that are chosen. */
    get fields() {
        const form = /<form method="post"[\s\S]*?<\/form>/.exec(this.page)?.[0] ?? '';
        const value = (tag, name) => plain(new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1] ?? '');
        return Object.fromEntries([...form.matchAll(/<input [^>]*>/g)].map(([tag]) => tag)
            .filter(tag => value(tag, 'type') === 'hidden' || (value(tag, 'type') === 'radio' && tag.includes(' checked')))
            .map(tag => [value(tag, 'name'), value(tag, 'value')]));
    }
    /** What a request has that presses a button of the page's form. */
    pressed(more, params) {
        return {params, raw: String(new URLSearchParams({...this.fields, ...more})), headers: this.headers};
    }
}

async function atCheckout(w) {
    const browser = new Browser(w);
    await browser.ask('GET', '/checkout?items=MUG:1');
    return browser.ask('POST', '/checkout', {...browser.fields, ...kFields, email: `page${w.next()}@example.test`, action: 'update'});
}
const withdrawal = async w => ({name: 'Ada Lovelace', email: 'ada@example.test', order: String((await w.order()).id), text: ''});
const last = path => path.replace(/\?.*/, '').split('/').pop();

/** Somebody who has just ordered, on the page on which the order is paid. */
async function atPayment(w) {
    const browser = await atCheckout(w);
    return browser.ask('POST', '/checkout', {...browser.fields, ...kFields, email: `page${w.next()}@example.test`, action: 'order'});
}

/** The same person on the order's page. */
async function atOrder(w) {
    const browser = await atPayment(w);
    const [, link] = /href="[^"]*\b(o\/[^"]+)"/.exec(browser.page) ?? [];
    return browser.ask('GET', `/${link}`);
}

export const fixturesOfPages = {
    'GET /': async () => ({}),
    'GET /sitemap/{part}.xml': async () => ({params: {part: 1}}),
    'POST /basket': async () => ({raw: 'sku=MUG&quantity=2'}),
    'GET /checkout': async w => ({headers: (await atCheckout(w)).headers}),
    'POST /checkout': async w => (await atCheckout(w)).pressed({...kFields, email: `page${w.next()}@example.test`, action: 'order'}),
    'GET /pay/{link}': async w => ({params: {link: last((await atPayment(w)).path)}}),
    'POST /pay/{link}': async w => {
        const browser = await atPayment(w);
        return browser.pressed({method: 'bank_transfer'}, {link: last(browser.path)});
    },
    'GET /pay/{link}/code.svg': async w => ({params: {link: last((await atPayment(w)).path)}}),
    'GET /o/{link}': async w => ({params: {link: last((await atOrder(w)).path)}}),
    'POST /o/{link}': async w => {
        const browser = await atOrder(w);
        return browser.pressed({action: 'cancel'}, {link: last(browser.path)});
    },
    'POST /account/new': async w => (await new Browser(w).ask('GET', '/account/new')).pressed({name: 'Ada', email: `account${w.next()}@example.test`, new_password: 'quince and medlar', website: ''}),
    'POST /account/password': async w => (await new Browser(w).ask('GET', '/account/password')).pressed({email: 'ada@example.test', action: 'send', website: ''}),
    'POST /account': async w => {
        const {email} = await w.customer();
        return (await new Browser(w).ask('GET', '/account')).pressed({email, password: w.password, action: 'sign_in', website: ''});
    },
    'POST /withdraw': async w => {
        const browser = await new Browser(w).ask('GET', '/withdraw');
        return browser.pressed({...await withdrawal(w), action: 'review'});
    },
    'POST /admin/return-requests/{id}/settle': async w => {
        const browser = await new Browser(w).ask('GET', '/withdraw');
        await browser.ask('POST', '/withdraw', {...browser.fields, ...await withdrawal(w), action: 'review'});
        await browser.ask('POST', '/withdraw', {...browser.fields, action: 'confirm'});
        const {data} = await w.must('GET', '/admin/return-requests?limit=50', {token: w.tokens.owner});
        return {params: {id: data.find(it => !it.settled_at).id}};
    },
};
