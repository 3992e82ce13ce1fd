// For each of the shop's own pages and their forms, a request that it should carry out: see world.mjs.
import {Browser} from './browser.mjs';

const kFields = {email: 'ada@example.test', name: 'Ada Lovelace', country: 'DE', line1: 'Allee 12', city: 'Berlin', postal_code: '10115'};

/** Somebody who comes to the shop. */
const visitor = w => new Browser((method, path, options) => w.ask(method, path, options));
/** What a request has that presses a button of the page's form. */
const pressed = (browser, typed, params) => ({params, raw: String(browser.filled(typed)), headers: browser.headers});

async function atCheckout(w) {
    const browser = await visitor(w).must('/checkout?items=MUG:1');
    return browser.must('/checkout', browser.filled({...kFields, email: `page${w.next()}@example.test`, action: 'update'}));
}
const withdrawal = async w => ({name: 'Ada Lovelace', email: 'ada@example.test', order: String((await w.order()).id), text: ''});
const last = path => path.replace(/\?.*/, '').split('/').pop();

/** Somebody who has just ordered, on the page on which the order is paid. */
async function atPayment(w) {
    const browser = await atCheckout(w);
    return browser.must('/checkout', browser.filled({...kFields, email: `page${w.next()}@example.test`, action: 'order'}));
}

/** The same person on the order's page. */
async function atOrder(w) {
    const browser = await atPayment(w);
    const [, link] = /href="[^"]*\b(o\/[^"]+)"/.exec(browser.page) ?? [];
    return browser.must(`/${link}`);
}

export const fixturesOfPages = {
    'GET /': async () => ({}),
    'GET /sitemap/{part}.xml': async () => ({params: {part: 1}}),
    'POST /basket': async () => ({raw: 'sku=MUG&quantity=2'}),
    'GET /checkout': async w => ({headers: (await atCheckout(w)).headers}),
    'POST /checkout': async w => pressed(await atCheckout(w), {...kFields, email: `page${w.next()}@example.test`, action: 'order'}),
    'GET /pay/{link}': async w => ({params: {link: last((await atPayment(w)).path)}}),
    'POST /pay/{link}': async w => {
        const browser = await atPayment(w);
        return pressed(browser, {method: 'bank_transfer'}, {link: last(browser.path)});
    },
    'GET /pay/{link}/code.svg': async w => ({params: {link: last((await atPayment(w)).path)}}),
    'GET /o/{link}': async w => ({params: {link: last((await atOrder(w)).path)}}),
    'POST /o/{link}': async w => {
        const browser = await atOrder(w);
        return pressed(browser, {action: 'cancel'}, {link: last(browser.path)});
    },
    'POST /account/new': async w => pressed(await visitor(w).must('/account/new'), {name: 'Ada', email: `account${w.next()}@example.test`, new_password: 'quince and medlar', website: ''}),
    'POST /account/password': async w => pressed(await visitor(w).must('/account/password'), {email: 'ada@example.test', action: 'send', website: ''}),
    'POST /account': async w => {
        const {email} = await w.customer();
        return pressed(await visitor(w).must('/account'), {email, password: w.password, action: 'sign_in', website: ''});
    },
    'POST /withdraw': async w => {
        const browser = await visitor(w).must('/withdraw');
        return pressed(browser, {...await withdrawal(w), action: 'review'});
    },
    'POST /admin/return-requests/{id}/settle': async w => {
        const browser = await visitor(w).must('/withdraw');
        await browser.must('/withdraw', browser.filled({...await withdrawal(w), action: 'review'}));
        await browser.must('/withdraw', browser.filled({action: 'confirm'}));
        const {data} = await w.must('GET', '/admin/return-requests?limit=50', {token: w.tokens.owner});
        return {params: {id: data.find(it => !it.settled_at).id}};
    },
};
