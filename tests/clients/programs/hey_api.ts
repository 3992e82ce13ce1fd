import {card, customer, type Shop} from './buys';
import * as api from './hey_api_client';
import {createClient} from './hey_api_client/client';

export function shopAt(baseUrl: string): Shop {
    const client = createClient({baseUrl, throwOnError: true});
    return {
        async signIn(username, password) {
            const {data} = await api.authSignIn<true>({client, body: {username, password}});
            return data.access_token;
        },
        async find(text) {
            const {data} = await api.productsList<true>({client, query: {q: text, limit: 5}});
            return data.data;
        },
        async place(productId, quantity) {
            const {data} = await api.ordersPlace<true>({
                client, headers: {'Idempotency-Key': crypto.randomUUID()}, body: {customer, items: [{product_id: productId, quantity}]}});
            return data;
        },
        async pay(orderId, token) {
            const {data} = await api.paymentsPay<true>({client, auth: token, body: {order_id: orderId, method: card}});
            return {...data, last4: data.method.last4};
        },
        async refund(paymentId, amount, token) {
            const {data} = await api.refundsAdd<true>({client, auth: token, path: {id: paymentId}, body: {amount, reason: 'a chip'}});
            return data;
        },
        async read(orderId, token) {
            const {data} = await api.ordersShow<true>({client, auth: token, path: {id: orderId}});
            return {...data, paid: data.payment?.captured ?? 0, refunded: data.payment?.refunded ?? 0, city: data.customer?.shipping_address.city ?? ''};
        },
        async readRefused(orderId) {
            const {error} = await api.ordersShow({client, path: {id: orderId}, throwOnError: false});
            return error?.code ?? '';
        },
    };
}
