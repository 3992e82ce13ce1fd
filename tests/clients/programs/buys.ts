// From sign-in to refund, with whatever client was generated: each of them implements Shop with its own types.

export interface Shop {
    /** @returns the token of the session */
    signIn(username: string, password: string): Promise<string>;
    find(text: string): Promise<{id: number; name: string; price: number}[]>;
    place(productId: number, quantity: number): Promise<{id: number; access_token: string; total: number}>;
    pay(orderId: number, token: string): Promise<{id: number; amount: number; status: string; last4: string | null}>;
    refund(paymentId: number, amount: number, token: string): Promise<{amount: number; status: string}>;
    read(orderId: number, token: string): Promise<{status: string; items: {sku: string; quantity: number}[]; paid: number; refunded: number; city: string}>;
    /** @returns the code of the problem */
    readRefused(orderId: number): Promise<string>;
}

/** An order as the program places it. */
export const customer = {
    name: 'Ada Lovelace', email: 'ada@example.com',
    shipping_address: {line1: 'Allee 12', city: 'Berlin', postal_code: '10115', country: 'DE'},
};

export const card = {type: 'card' as const, number: '4242424242424242', exp_month: 12, exp_year: 2040, cvc: '123'};

export async function buys(shop: Shop, username: string, password: string) {
    const token = await shop.signIn(username, password);
    const [product] = await shop.find('mug');
    if (!product) {
        throw new Error('no product is found');
    }
    const order = await shop.place(product.id, 2);
    const payment = await shop.pay(order.id, order.access_token);
    const refund = await shop.refund(payment.id, product.price, token);
    return {product, order, payment, refund, read: await shop.read(order.id, token), refused: await shop.readRefused(order.id)};
}
