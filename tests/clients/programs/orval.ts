import {card, customer, type Shop} from './buys';
import * as api from './orval_client';

const bearer = (token: string): RequestInit => ({headers: {Authorization: `Bearer ${token}`}});

const refused = (answer: {status: number}) => new Error(`answered ${answer.status}`);

/** Its client has the address of the shop from its generator. */
export function shopAt(): Shop {
    return {
        async signIn(username, password) {
            const answer = await api.authSignIn({username, password});
            if (answer.status !== 200) {
                throw refused(answer);
            }
            return answer.data.access_token;
        },
        async find(text) {
            const answer = await api.productsList({q: text, limit: 5});
            if (answer.status !== 200) {
                throw refused(answer);
            }
            return answer.data.data;
        },
        async place(productId, quantity) {
            const answer = await api.ordersPlace(
                {customer, items: [{product_id: productId, quantity}]}, {headers: {'Idempotency-Key': crypto.randomUUID()}});
            if (answer.status !== 201) {
                throw refused(answer);
            }
            return answer.data;
        },
        async pay(orderId, token) {
            const answer = await api.paymentsPay({order_id: orderId, method: card}, bearer(token));
            if (answer.status !== 201 && answer.status !== 202) {
                throw refused(answer);
            }
            return {...answer.data, last4: answer.data.method.last4};
        },
        async refund(paymentId, amount, token) {
            const answer = await api.refundsAdd(paymentId, {amount, reason: 'a chip'}, bearer(token));
            if (answer.status !== 201 && answer.status !== 202) {
                throw refused(answer);
            }
            return answer.data;
        },
        async read(orderId, token) {
            const answer = await api.ordersShow(orderId, bearer(token));
            if (answer.status !== 200) {
                throw refused(answer);
            }
            const {data} = answer;
            return {...data, paid: data.payment?.captured ?? 0, refunded: data.payment?.refunded ?? 0, city: data.customer?.shipping_address.city ?? ''};
        },
        async readRefused(orderId) {
            const answer = await api.ordersShow(orderId);
            return answer.status === 401 ? answer.data.code : `${answer.status}`;
        },
    };
}
