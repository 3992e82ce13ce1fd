import createClient from 'openapi-fetch';

import {card, customer, type Shop} from './buys';
import type {paths} from './openapi_typescript';

const bearer = (token: string) => ({Authorization: `Bearer ${token}`});

/** What was answered, unless it is a problem. */
function taken<T>({data, error}: {data?: T; error?: {code: string}}): T {
    if (data === undefined) {
        throw new Error(error?.code ?? 'nothing was answered');
    }
    return data;
}

export function shopAt(baseUrl: string): Shop {
    const client = createClient<paths>({baseUrl});
    return {
        async signIn(username, password) {
            return taken(await client.POST('/auth/login', {body: {username, password}})).access_token;
        },
        async find(text) {
            return taken(await client.GET('/products', {params: {query: {q: text, limit: 5}}})).data;
        },
        async place(productId, quantity) {
            return taken(await client.POST('/orders', {
                params: {header: {'Idempotency-Key': crypto.randomUUID()}}, body: {customer, items: [{product_id: productId, quantity}]}}));
        },
        async pay(orderId, token) {
            const payment = taken(await client.POST('/payments', {headers: bearer(token), body: {order_id: orderId, method: card}}));
            return {...payment, last4: payment.method.last4};
        },
        async refund(paymentId, amount, token) {
            return taken(await client.POST('/payments/{id}/refunds', {
                headers: bearer(token), params: {path: {id: paymentId}}, body: {amount, reason: 'a chip'}}));
        },
        async read(orderId, token) {
            const order = taken(await client.GET('/admin/orders/{id}', {headers: bearer(token), params: {path: {id: orderId}}}));
            return {...order, paid: order.payment?.captured ?? 0, refunded: order.payment?.refunded ?? 0, city: order.customer?.shipping_address.city ?? ''};
        },
        async readRefused(orderId) {
            const {error} = await client.GET('/admin/orders/{id}', {params: {path: {id: orderId}}});
            return error?.code ?? '';
        },
    };
}
