// What clients do with accounts: customers', staff's, programs'.

const kPassword = 'correct horse battery staple';

const signUp = {
    kind: 'customer.sign_up', weight: 3,
    async run(c, random) {
        const n = c.next();
        const body = {name: `Grace Number${n}`, email: `account-${n}@example.test`, password: kPassword,
            shipping_address: {line1: 'Road 1', city: 'London', postal_code: 'N1', country: 'GB'}};
        const answer = await c.client.ask('POST', '/customers', {body, key: random.uuid()});
        if (!c.expect(answer.status === 201, 'an account is made', `${answer.status} ${answer.text}`)) {
            return false;
        }
        c.given('customer', answer.body.id);
        c.state.customers.set(answer.body.id, {id: answer.body.id, email: body.email, name: {value: body.name, version: answer.body.version},
            token: null, isErased: false, mayBeGone: false});
        const twice = await c.client.ask('POST', '/customers', {body: {...body, name: 'Again'}, key: random.uuid()});
        return c.expect(twice.code === 'email_taken', 'an address has one account', `${twice.status} ${twice.text}`);
    },
};

const accounts = c => [...c.state.customers.values()].filter(it => !it.isErased && !it.isErasing);

const signIn = {
    kind: 'customer.sign_in', weight: 3,
    async run(c, random) {
        const known = accounts(c);
        const customer = known.length && random.pick(known);
        if (!customer) {
            return false;
        }
        const answer = await c.client.ask('POST', '/auth/login', {body: {email: customer.email, password: kPassword}, again: true});
        if (!c.expect(answer.status === 200 || customer.isErasing, 'a customer signs in', `${customer.email}: ${answer.status} ${answer.text}`) || answer.status !== 200) {
            return false;
        }
        customer.token = answer.body.access_token;
        return true;
    },
};

const editAccount = {
    kind: 'customer.edit', weight: 3,
    async run(c, random) {
        const known = accounts(c).filter(it => it.token);
        const customer = known.length && random.pick(known);
        if (!customer) {
            return false;
        }
        const name = `Grace Renamed${c.next()}`;
        const answer = await c.client.ask('PUT', '/customers/me', {token: customer.token, body: {name}});
        if (answer.status === 200 && customer.name.version < answer.body.version) {
            customer.name = {value: name, version: answer.body.version};
        }
        return c.expect(answer.status === 200 || customer.isErasing, 'an account is edited', `${customer.email}: ${answer.status} ${answer.text}`);
    },
};

const ownOrders = {
    kind: 'customer.orders', weight: 3,
    async run(c, random) {
        const known = accounts(c).filter(it => it.token);
        const customer = known.length && random.pick(known);
        if (!customer) {
            return false;
        }
        const placed = [...c.state.orders.values()].filter(it => it.customer === customer.id).slice(-40).map(it => it.id);
        const answer = await c.client.ask('GET', '/customers/me/orders?limit=200', {token: customer.token});
        if (customer.isErasing || !c.expect(answer.status === 200, 'a customer sees their orders', `${answer.status} ${answer.text}`)) {
            return false;
        }
        return c.expect(placed.every(id => answer.body.data.some(it => it.id === id)), 'no order of a customer is missing', `${customer.email}: ${placed}`);
    },
};

function markErased(c, id) {
    for (const order of c.state.orders.values()) {
        if (order.customerId === id || order.customer === id) {
            order.isErased = true;
        }
    }
}

/** By themselves. */
const leave = {
    kind: 'customer.leave', weight: 4,
    async run(c, random) {
        const known = accounts(c).filter(it => it.token);
        const customer = known.length && random.pick(known);
        if (!customer) {
            return false;
        }
        customer.isErasing = true;
        const answer = await c.client.ask('DELETE', '/customers/me', {token: customer.token});
        const isGone = answer.status === 204 || (answer.doubts > 0 && answer.status === 401);
        if (isGone) {
            customer.isErased = true;
            markErased(c, customer.id);
            const after = await c.client.ask('GET', '/customers/me', {token: customer.token});
            c.expect(after.status === 401, 'a session ends with its account', `${after.status}`);
        }
        customer.isErasing = isGone;
        c.expect(isGone || answer.code === 'order_under_way', 'an account is erased, or has an order under way', `${answer.status} ${answer.text}`);
        return isGone;
    },
};

/** By an owner: a guest or an account. */
const erase = {
    kind: 'customer.erase', weight: 9,
    async run(c, random) {
        const done = [...c.state.orders.values()].slice(-400).filter(it => !it.isErased && it.customerId && it.email !== 'again@example.test'
            && (it.isCancelled || ['expired', 'cancelled', 'delivered', 'returned'].includes(it.last.status)));
        const order = done.length ? random.pick(done) : null;
        if (!order) {
            return false;
        }
        const id = order.customerId;
        const customer = c.state.customers.get(id);
        if (customer) {
            customer.isErasing = true;
        }
        const answer = await c.client.ask('POST', `/admin/customers/${id}/erase`, {token: c.ownerToken, key: random.uuid()});
        if (customer) {
            customer.isErasing = answer.status === 200;
            customer.isErased ||= answer.status === 200;
        }
        if (answer.status !== 200) {
            return !c.expect(answer.code === 'order_under_way', 'a customer is erased, or has an order under way', `${answer.status} ${answer.text}`);
        }
        markErased(c, id);
        c.expect(answer.body.erased === true && answer.body.email === null, 'nothing of an erased customer is shown', answer.text);
        const shown = await c.client.ask('GET', `/admin/orders/${order.id}`, {token: c.ownerToken});
        c.expect(shown.body?.customer === null && shown.body?.note === '', 'nothing of an erased customer is in an order', shown.text);
        return true;
    },
};

const exported = {
    kind: 'customer.export', weight: 3,
    async run(c, random) {
        const some = [...c.state.orders.values()].slice(-200).filter(it => it.customerId && !it.isErased);
        const order = some.length ? random.pick(some) : null;
        if (!order) {
            return false;
        }
        const answer = await c.client.ask('GET', `/admin/customers/${order.customerId}/export`, {token: c.ownerToken});
        return c.expect(answer.status === 200 && (order.isErased || answer.body.orders.some(it => (it.id ?? it.order?.id) === order.id)),
            'a person gets all their data', `order ${order.id}: ${answer.status} ${answer.text.slice(0, 300)}`);
    },
};

/** One of the staff comes, works, and goes. */
const admin = {
    kind: 'admin.come_and_go', weight: 2,
    async run(c, random) {
        const n = c.next();
        const body = {username: `staff-${n}`, password: kPassword, role: random.pick(['staff', 'viewer'])};
        const added = await c.client.ask('POST', '/admin/users', {token: c.ownerToken, key: random.uuid(), body});
        if (!c.expect(added.status === 201, 'a user is added', `${added.status} ${added.text}`)) {
            return false;
        }
        const id = added.body.id;
        c.given('admin', id);
        c.state.admins.set(id, {id, role: body.role, isActive: true});
        const login = await c.client.ask('POST', '/auth/login', {body: {username: body.username, password: kPassword}, again: true});
        const token = login.body?.access_token;
        c.expect(login.status === 200, 'a user signs in', `${login.status} ${login.text}`);
        const works = await c.client.ask('GET', '/admin/orders?limit=1', {token});
        c.expect(works.status === 200, 'a session outlives a kill', `${works.status} ${works.text}`);
        const writes = await c.client.ask('PUT', `/products/${random.pick([...c.state.products.keys()])}`, {token, body: {name: 'never'}, match: '"0"'});
        c.expect(writes.status === (body.role === 'viewer' ? 403 : writes.code === 'not_found' ? 404 : 412), 'a role may do what it may', `${body.role}: ${writes.status} ${writes.text}`);
        const isRemoved = random.chance(0.3);
        const gone = isRemoved
            ? await c.client.ask('DELETE', `/admin/users/${id}?hand_over_to=${c.ownerId}`, {token: c.ownerToken})
            : await c.client.ask('PUT', `/admin/users/${id}`, {token: c.ownerToken, body: {active: false, hand_over_to: c.ownerId}});
        c.expect([200, 204].includes(gone.status) || (isRemoved && gone.doubts > 0 && gone.status === 404), 'a user goes', `${gone.status} ${gone.text}`);
        c.state.admins.get(id).isActive = false;
        c.state.admins.get(id).mayBeRemoved = isRemoved;
        const after = await c.client.ask('GET', '/admin/orders?limit=1', {token});
        return c.expect(after.status === 401, 'who went may do nothing more', `${after.status} ${after.text}`);
    },
};

const apiKey = {
    kind: 'api_key', weight: 3,
    async run(c, random) {
        const added = await c.client.ask('POST', '/admin/api-keys', {token: c.ownerToken, key: random.uuid(),
            body: {label: `till ${c.next()}`, role: 'viewer', scopes: ['orders:read']}});
        if (!c.expect(added.status === 201, 'an API key is made', `${added.status} ${added.text}`)) {
            return false;
        }
        const {id, secret} = added.body;
        c.expect(Boolean(secret) !== Boolean(added.headers['idempotent-replayed']), 'a secret is shown once', added.text);
        if (secret) {
            const reads = await c.client.ask('GET', '/admin/orders?limit=1', {token: secret});
            c.expect(reads.status === 200, 'an API key works', `${reads.status} ${reads.text}`);
            const other = await c.client.ask('GET', '/admin/inventory?limit=1', {token: secret});
            c.expect(other.code === 'out_of_scope', 'an API key does what its scopes say', `${other.status} ${other.text}`);
        }
        const ended = await c.client.ask('DELETE', `/admin/api-keys/${id}`, {token: c.ownerToken});
        c.expect(ended.status === 204 || (ended.doubts > 0 && ended.status === 404), 'an API key is revoked', `${ended.status} ${ended.text}`);
        c.state.apiKeys.set(id, {id, isRevoked: true});
        if (!secret) {
            return true;
        }
        const after = await c.client.ask('GET', '/admin/orders?limit=1', {token: secret});
        return c.expect(after.status === 401, 'a revoked API key does nothing more', `${after.status}`);
    },
};

const sessions = {
    kind: 'session.end', weight: 2,
    async run(c) {
        const [first, second] = [await c.signIn(), await c.signIn()];
        const list = await c.client.ask('GET', '/auth/sessions?limit=200', {token: first});
        const current = list.body?.data?.find(it => it.current);
        if (!c.expect(current, 'a session is listed', list.text)) {
            return false;
        }
        const ended = await c.client.ask('DELETE', `/auth/sessions/${current.id}`, {token: second});
        c.expect(ended.status === 204 || (ended.doubts > 0 && ended.status === 404), 'a session is ended', `${ended.status} ${ended.text}`);
        const after = await c.client.ask('GET', '/auth/me', {token: first});
        c.expect(after.status === 401, 'a session that was ended does nothing more', `${after.status}`);
        const other = await c.client.ask('POST', '/auth/logout', {token: second, again: true});
        c.expect(other.status === 204 || (other.doubts > 0 && other.status === 401), 'a session ends itself', `${other.status} ${other.text}`);
        const gone = await c.client.ask('GET', '/auth/me', {token: second});
        return c.expect(gone.status === 401, 'a session that ended itself does nothing more', `${gone.status}`);
    },
};

export {kPassword};
export const peopleOperations = [signUp, signIn, editAccount, ownOrders, leave, erase, exported, admin, apiKey, sessions];
