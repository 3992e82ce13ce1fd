// A shop beside the engines: what is in it, who buys, and how a test of theirs ends.
import {randomUUID} from 'node:crypto';
import {mkdirSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';

import {NoAnswer} from '../campaign/client.mjs';
import {pause} from '../campaign/server.mjs';

export const owner = {username: 'ada', password: 'brine and lanterns'};
const options = ['--sandbox-payments', '--rate-per-minute', '0', '--payment-wait-ms', '30000'];

export const startShop = server => server.start(options);

/** Makes the shop of a Server, with two products and an owner, and starts it. */
export async function openShop(server) {
    mkdirSync(server.data, {mode: 0o700});
    const products = join(server.folder, 'products.csv');
    writeFileSync(products, 'Handle,Title,Variant SKU,Variant Inventory Qty,Variant Price\nmug,Mug,MUG,1000000,12.50\npot,Pot,POT,1000000,29.00\n');
    await server.run(['import', products]);
    await server.run(['admin', 'add', owner.username, '--role', 'owner', '--password-stdin'], {input: `${owner.password}\n`});
    await startShop(server);
}

/** The owner's token. */
export async function signIn(client) {
    const {body} = await client.ask('POST', '/auth/login', {body: owner, again: true});
    return body.access_token;
}

export const orderOf = (email, items) => ({
    customer: {name: 'Ada Lovelace', email, shipping_address: {line1: 'Allee 12', city: 'Berlin', postal_code: '10115', country: 'DE'}}, items});

/**
 * Places orders until told to stop, and pays each `paysEvery`th. What got no answer is left, and so is what was too much.
 * `acknowledged(order)`: told of each that is as it was answered.
 */
export async function buys(client, ends, {paysEvery, rest = 0, acknowledged = () => {}}) {
    for (let turn = 0; !ends.now; ++turn) {
        try {
            const items = [{sku: turn % 2 ? 'MUG' : 'POT', quantity: 1 + turn % 3}];
            const placed = await client.once('POST', '/orders', {key: randomUUID(), body: orderOf(`ada${turn % 50}@example.com`, items)});
            if (placed.status === 503) {  // so much is waiting: the order was not taken
                await pause(100);
                continue;
            }
            if (placed.status !== 201) {
                throw new Error(`an order is answered ${placed.status}: ${placed.text}`);
            }
            const order = {...placed.body};
            if (turn % paysEvery === 0) {
                const paid = await client.once('POST', '/payments', {key: randomUUID(), token: order.access_token, body: {
                    order_id: order.id, method: {type: 'card', number: '4242424242424242', exp_month: 12, exp_year: 2035, cvc: '123'}}});
                if (paid.status !== 201) {
                    continue;
                }
                Object.assign(order, {status: 'paid', payment_status: 'succeeded'});
            }
            acknowledged(order);
        } catch (error) {
            if (!(error instanceof NoAnswer)) {
                throw error;
            }
            await pause(10);
        }
        if (rest > 0) {
            await pause(rest);
        }
    }
}

/** Promises that were looked at. */
export class Promises {
    passed = 0;
    failures = [];

    expect(holds, promise, why = '') {
        holds ? ++this.passed : this.failures.push(`${promise}: ${why}`);
    }

    /** Says what failed, and the totals; the folder is kept then. */
    close(folder) {
        for (const failure of this.failures) {
            console.error(`FAILED: ${failure.slice(0, 3000)}`);
        }
        console.log(`${this.passed} passed, ${this.failures.length} failed`);
        if (this.failures.length === 0) {
            rmSync(folder, {recursive: true, force: true, maxRetries: 20, retryDelay: 100});
        } else {
            console.error(`its folder: ${folder}`);
        }
        process.exit(this.failures.length === 0 ? 0 : 1);
    }
}
