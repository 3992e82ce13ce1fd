// Signs bodies as Stripe's webhooks are signed, by Stripe's official client (packaging/dependencies.sh --tests brings it).
//
//   node tests/payments/sign.mjs PATH-OF-THE-CLIENT <requests.json
//
// Takes [{payload, secret, timestamp}, …], prints a header a line.
import {readFileSync} from 'node:fs';
import {pathToFileURL} from 'node:url';

const {default: Stripe} = await import(pathToFileURL(process.argv[2] + '/esm/stripe.esm.node.js'));
const stripe = new Stripe('sk_test_none');
for (const request of JSON.parse(readFileSync(0, 'utf8'))) {
    console.log(stripe.webhooks.generateTestHeaderString(request));
}
