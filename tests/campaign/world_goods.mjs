// For each operation on goods, codes and papers, a request that it should carry out: see world.mjs.

import {pause} from './server.mjs';

// Four pixels.
const kPng = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAF0lEQVR42mO4ubOnft1cBvvQ8vcv7wMANDwHqzL9qsMAAAAASUVORK5CYII=', 'base64');

const newGroup = w => ({name: `Shirt ${w.next()}`, options: [{name: 'Size', values: ['S', 'M']}], generate: {price: 900, quantity: 3}});
const group = w => w.owner('POST', '/admin/product-groups', newGroup(w));

/** A collection; those of before are deleted, since a shop has only so many. */
async function collection(w) {
    const {data} = await w.must('GET', '/admin/collections?limit=200', {token: w.tokens.owner});
    for (const {id} of data.slice(20)) {
        await w.must('DELETE', `/admin/collections/${id}`, {token: w.tokens.owner});
    }
    return w.owner('POST', '/admin/collections', {name: `All ${w.next()}`});
}

const upload = (w, path) => w.must('POST', path, {token: w.tokens.owner, raw: kPng, type: 'image/png'});
async function pictured(w) {
    const product = await w.some();
    return {product, picture: await upload(w, `/admin/inventory/${product.id}/pictures`)};
}
async function picturedGroup(w) {
    const made = await group(w);
    return {group: made, picture: await upload(w, `/admin/product-groups/${made.id}/pictures`)};
}
const lastOf = url => url.slice(url.lastIndexOf('/') + 1);

const newCode = w => ({code: `CODE${w.next()}`, kind: 'percent', rate_ppm: 100_000});
const code = w => w.owner('POST', '/admin/discount-codes', newCode(w));

/** An order that has an invoice. */
async function invoiced(w) {
    const {order} = await w.paid();
    const document = await w.owner('POST', `/admin/orders/${order.id}/documents`, {kind: 'invoice'});
    return {order, document};
}

/** A delivery that is being booked in. */
const delivery = async w => ({id: (await w.owner('POST', '/admin/inventory/deliveries', {reference: `LS-${w.next()}`})).id});

/** A text that an owner may have in words of their own. */
const ownWord = {language: 'en', name: 'shop.add'};
const legal = {kind: 'terms', language: 'en'};
async function legalText(w) {
    await w.must('PUT', '/admin/texts/terms/en', {token: w.tokens.owner, body: {text: `# Terms\n\nWe sell mugs. ${w.next()}`}, headers: {'If-Match': '*'}});
    return legal;
}
const logo = w => upload(w, '/admin/logos');

const byTelephone = w => ({
    customer: {name: `Grete ${w.next()}`, shipping_address: {line1: 'Markt 1', city: 'Ulm', postal_code: '89073', country: 'DE'}},
    items: [{product_id: w.product.id, quantity: 1}],
});
const draft = w => w.owner('POST', '/admin/orders', {...byTelephone(w), status: 'draft'});

/** A mail that was sent about an order. */
async function mailed(w) {
    const {id} = await w.order();
    for (let left = 100; left > 0; --left) {
        const {data: [mail]} = await w.must('GET', `/admin/mails?order_id=${id}&status=sent`, {token: w.tokens.owner});
        if (mail) {
            return mail;
        }
        await pause(50);
    }
    throw new Error(`no mail about order ${id} was sent`);
}

export const fixturesOfGoods = {
    'GET /admin/mails/{id}': async w => ({params: {id: (await mailed(w)).id}}),
    'POST /admin/mails/{id}/send-again': async w => ({params: {id: (await mailed(w)).id}}),
    'GET /admin/orders/{id}/links': async w => ({params: {id: (await w.order()).id}}),
    'GET /admin/words/{language}': async () => ({params: {language: 'de'}}),
    'GET /admin/words/{language}/{name}': async () => ({params: ownWord}),
    'PUT /admin/words/{language}/{name}': async w => ({params: ownWord, body: {text: `Into the basket ${w.next()}`}, headers: {'If-Match': '*'}}),
    'GET /admin/texts/{kind}/{language}': async w => ({params: await legalText(w)}),
    'GET /admin/texts/{kind}/{language}/versions': async w => ({params: await legalText(w)}),
    'PUT /admin/texts/{kind}/{language}': async w => ({params: legal, body: {text: `# Terms\n\nWe sell pots. ${w.next()}`}, headers: {'If-Match': '*'}}),
    'GET /legal/{kind}': async w => ({params: {kind: (await legalText(w)).kind}}),
    'GET /legal-texts': async () => ({query: {language: 'en'}}),
    'POST /admin/mails/preview': async w => ({body: {mail: 'order_placed', order_id: (await w.order()).id}}),
    'POST /admin/mails/test': async w => ({body: {mail: 'order_placed', order_id: (await w.order()).id, to: 'ada@example.test'}}),
    'POST /admin/logos': async () => ({raw: kPng}),
    'GET /logo/{hash}.webp': async w => ({params: {hash: lastOf((await logo(w)).url).replace('.webp', '')}}),
    'POST /admin/orders': async w => ({body: byTelephone(w)}),
    'POST /admin/orders/{id}/place': async w => ({params: {id: (await draft(w)).id}}),
    'DELETE /admin/orders/{id}': async w => ({params: {id: (await draft(w)).id}}),
    'POST /admin/orders/{id}/edits': async w => {
        const {id, items} = await w.owner('POST', '/admin/orders', byTelephone(w));
        return {params: {id}, body: {change: [{item_id: items[0].id, quantity: 2}], add: [{text: 'Engraving', unit_price: 500, quantity: 1}]}};
    },
    'POST /admin/orders/{id}/payment-link': async w => ({params: {id: (await w.order()).id}}),
    'POST /admin/orders/{id}/payment-link/mail': async w => ({params: {id: (await w.order()).id}}),
    'POST /admin/product-groups': async w => ({body: newGroup(w)}),
    'GET /product-groups/{handle}': async w => ({params: {handle: (await group(w)).handle}}),
    'GET /admin/product-groups/{id}': async w => ({params: {id: (await group(w)).id}}),
    'PUT /admin/product-groups/{id}': async w => ({params: {id: (await group(w)).id}, body: {name: `Blouse ${w.next()}`}}),
    'DELETE /admin/product-groups/{id}': async w => ({params: {id: (await group(w)).id}}),
    'PUT /admin/product-groups/{id}/variants': async w => ({params: {id: (await group(w)).id}, body: {set: {price: 950}}}),
    'POST /admin/product-groups/{id}/variants': async w => ({params: {id: (await group(w)).id}, body: {sku: `L-${w.next()}`, values: ['L'], price: 900}}),
    'PUT /admin/product-groups/{id}/variants/{product_id}': async w => ({params: {id: (await group(w)).id, product_id: (await w.some()).id}, body: {values: ['XL']}}),
    'DELETE /admin/product-groups/{id}/variants/{product_id}': async w => {
        const {id, variants} = await group(w);
        return {params: {id, product_id: variants[0].id}};
    },
    'POST /admin/inventory/bulk': async w => ({body: {ids: [(await w.some()).id], price: 700}}),
    'POST /admin/inventory/bulk/{id}/undo': async w => ({params: {id: (await w.owner('POST', '/admin/inventory/bulk', {ids: [(await w.some()).id], price: 700})).id}}),
    'GET /admin/inventory/deliveries/{id}': async w => ({params: await delivery(w)}),
    'PUT /admin/inventory/deliveries/{id}': async w => ({params: await delivery(w), body: {reference: 'LS-4711'}}),
    'POST /admin/inventory/deliveries/{id}/lines': async w => ({params: await delivery(w), body: {product_id: w.product.id, units: 12}}),
    'POST /admin/inventory/counts': async w => {
        const {id} = await w.some();
        return {body: {products: [{product_id: id, counted: 2, seen: 0}], note: '', dry_run: false}};
    },
    'POST /admin/collections': async w => {
        await collection(w);
        return {body: {name: `Gifts ${w.next()}`}};
    },
    'GET /admin/collections/{id}': async w => ({params: {id: (await collection(w)).id}}),
    'PUT /admin/collections/{id}': async w => ({params: {id: (await collection(w)).id}, body: {name: `Sale ${w.next()}`}, headers: {'If-Match': '*'}}),
    'DELETE /admin/collections/{id}': async w => ({params: {id: (await collection(w)).id}}),
    'POST /admin/collections/{id}/products': async w => ({params: {id: (await collection(w)).id}, body: {add: [w.product.id]}}),
    'GET /c/{handle}': async w => ({params: {handle: (await collection(w)).handle}}),
    'GET /p/{handle}': async w => ({params: {handle: (await group(w)).handle}}),
    'GET /admin/inventory/{id}/pictures': async w => ({params: {id: (await pictured(w)).product.id}}),
    'POST /admin/inventory/{id}/pictures': async w => ({params: {id: (await w.some()).id}, raw: kPng}),
    'PUT /admin/inventory/{id}/pictures': async w => {
        const {product, picture} = await pictured(w);
        return {params: {id: product.id}, body: {pictures: [{id: picture.id, alt: 'from above'}]}};
    },
    'DELETE /admin/inventory/{id}/pictures/{picture_id}': async w => {
        const {product, picture} = await pictured(w);
        return {params: {id: product.id, picture_id: picture.id}};
    },
    'GET /admin/product-groups/{id}/pictures': async w => ({params: {id: (await group(w)).id}}),
    'POST /admin/product-groups/{id}/pictures': async w => ({params: {id: (await group(w)).id}, raw: kPng}),
    'PUT /admin/product-groups/{id}/pictures': async w => {
        const made = await picturedGroup(w);
        return {params: {id: made.group.id}, body: {pictures: [{id: made.picture.id, alt: 'from above'}]}};
    },
    'DELETE /admin/product-groups/{id}/pictures/{picture_id}': async w => {
        const made = await picturedGroup(w);
        return {params: {id: made.group.id, picture_id: made.picture.id}};
    },
    'GET /admin/inventory/imports/{id}/pictures': async w => ({params: {id: (await w.imported()).id}}),
    'GET /pictures/{name}': async w => ({params: {name: lastOf((await pictured(w)).picture.url)}}),
    'POST /orders/quote': async w => ({body: {items: [{product_id: w.product.id, quantity: 1}], customer: {shipping_address: {country: 'DE'}}}}),
    'PUT /admin/orders/{id}/discount': async w => ({params: {id: (await w.order()).id}, body: {reason: 'The box is scratched', rate_ppm: 100_000}}),
    'DELETE /admin/orders/{id}/discount': async w => {
        const {id} = await w.order();
        await w.owner('PUT', `/admin/orders/${id}/discount`, {reason: 'The box is scratched', rate_ppm: 100_000});
        return {params: {id}};
    },
    'POST /admin/discount-codes': async w => ({body: newCode(w)}),
    'GET /admin/discount-codes/{id}': async w => ({params: {id: (await code(w)).id}}),
    'PUT /admin/discount-codes/{id}': async w => ({params: {id: (await code(w)).id}, body: {...newCode(w), rate_ppm: 50_000}}),
    'POST /admin/orders/{id}/documents': async w => ({params: {id: (await w.paid()).order.id}, body: {kind: 'invoice'}}),
    'GET /admin/documents/{id}': async w => ({params: {id: (await invoiced(w)).document.id}}),
    'GET /admin/documents/{id}.pdf': async w => ({params: {id: (await invoiced(w)).document.id}}),
    'POST /admin/documents/pdf': async w => ({body: {document_ids: [(await invoiced(w)).document.id]}}),
    'GET /receipt/{link}/documents/{id}': async w => {
        const {order, document} = await invoiced(w);
        return {params: {link: lastOf(order.receipt_url), id: document.id}};
    },
};
