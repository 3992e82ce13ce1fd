-- The whole current schema of an orderd shop. It is embedded in the executable, which runs it once for a new
-- database; older databases are brought to the same schema by storage/migrations.cpp.
--
-- Money is a count of minor units of the shop's currency. Times are Unix milliseconds, UTC. Columns named *_sealed
-- hold personal data, encrypted under the shop's key file and bound to their table, column and row (storage/vault.h);
-- columns named *_index hold 64-bit keyed hashes of it, for lookup by whole value. `version` grows by one at each
-- change.
--
-- "owner" names the folder of src that the tables below it belong to: it alone writes them, and it and the folders
-- above it read them. A test keeps that (tests/tidy_ownership_test.cpp).

PRAGMA application_id = 0x6f726465;  -- "orde"
PRAGMA user_version = 7;

-- ---------------------------------------------------------------------------------------------------- the shop itself
-- owner: storage

CREATE TABLE setting (
    name        TEXT PRIMARY KEY,
    value       TEXT NOT NULL CHECK (json_valid(value)),
    version     INTEGER NOT NULL DEFAULT 1,
    updated_at  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Keys and passwords of outside services. They are written, and never shown again.
CREATE TABLE secret (
    id            INTEGER PRIMARY KEY,
    name          TEXT NOT NULL UNIQUE,              -- "stripe_secret_key"
    value_sealed  BLOB,                              -- NULL: taken away
    version       INTEGER NOT NULL DEFAULT 1,
    updated_at    INTEGER NOT NULL
) STRICT;

-- The one log that everything downstream reads. The sequence has no gap from the oldest that is kept: rows are added at
-- its end, and removed from its beginning alone, where the shop sets a term.
CREATE TABLE event (
    sequence    INTEGER PRIMARY KEY,
    kind        TEXT NOT NULL,                       -- "order.placed"
    subject     TEXT NOT NULL,                       -- "order"
    subject_id  INTEGER NOT NULL,
    body        TEXT NOT NULL CHECK (json_valid(body)),   -- without personal data
    actor       TEXT NOT NULL,                       -- "admin:3:anna", "guest", "system"
    at          INTEGER NOT NULL
) STRICT;
CREATE INDEX event_by_subject ON event (subject, subject_id);

-- The log's names. A restore gives it a new one: what was recorded between the backup and the restore is not
-- in this file, and its sequence numbers are used again.
CREATE TABLE event_log (
    id     INTEGER PRIMARY KEY,
    name   TEXT NOT NULL,                            -- random; '': of before logs had names
    after  INTEGER NOT NULL,                         -- its first event is the one after this sequence
    at     INTEGER NOT NULL
) STRICT;

CREATE TABLE event_start (                           -- one row, once events were removed
    id     INTEGER PRIMARY KEY CHECK (id = 1),
    after  INTEGER NOT NULL                          -- the oldest kept event is the one after this sequence
) STRICT;

-- How many bytes of the database were in use each day, to calculate its growth.
CREATE TABLE database_size (
    day    INTEGER PRIMARY KEY,                      -- since 1970-01-01, UTC
    bytes  INTEGER NOT NULL
) STRICT;

-- Upper bounds of the ids that a restored shop may have given out after its backup was made. New rows
-- continue above them.
CREATE TABLE number_floor (
    name   TEXT PRIMARY KEY,                         -- of the table
    after  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Who did what. Each row contains a hash of itself and of the row before it, keyed with the shop's key, so
-- that no row can be changed or removed unnoticed. Rows older than the shop's term are removed, oldest first.
CREATE TABLE audit_entry (
    id            INTEGER PRIMARY KEY,
    at            INTEGER NOT NULL,
    actor_kind    TEXT NOT NULL,
    actor_id      INTEGER NOT NULL,
    actor_name    TEXT NOT NULL,
    address       TEXT NOT NULL,
    action        TEXT NOT NULL,                     -- "product.update"
    subject       TEXT NOT NULL,
    subject_id    INTEGER NOT NULL,
    before        TEXT NOT NULL,                     -- JSON, or ''; without personal data and secrets
    after         TEXT NOT NULL,
    hash          BLOB NOT NULL                      -- its first 8 bytes: the log's end has the whole of the last one
) STRICT;

CREATE TABLE audit_anchor (                          -- one row: where the audit log ends, so that a cut end is seen
    id            INTEGER PRIMARY KEY CHECK (id = 1),
    entries       INTEGER NOT NULL,                  -- that were ever written
    unkeyed       INTEGER NOT NULL,                  -- the first entries' hashes are not keyed: schema 1 wrote them
    hash          BLOB NOT NULL,                     -- of the last entry
    removed       INTEGER NOT NULL DEFAULT 0,        -- the first entries, by their age
    removed_hash  BLOB NOT NULL DEFAULT (zeroblob(32)),   -- of the last of those: the oldest that is kept hangs on it
    seal          BLOB NOT NULL                      -- keyed hash of all that
) STRICT;

-- owner: jobs
CREATE TABLE job (
    id            INTEGER PRIMARY KEY,
    kind          TEXT NOT NULL,                     -- "order.expire"
    lane          TEXT NOT NULL CHECK (lane IN ('money', 'parcels', 'mail', 'webhooks', 'upkeep')),
    party         TEXT NOT NULL DEFAULT '',          -- whom it asks outside: "stripe", "webhook-3"; '': nobody
    dedupe_key    TEXT UNIQUE,                       -- while such a job waits, it is not added again
    payload       TEXT NOT NULL CHECK (json_valid(payload)),
    status        TEXT NOT NULL CHECK (status IN ('ready', 'running', 'dead')),   -- a job that is done is removed
    run_at        INTEGER NOT NULL,                  -- not before
    attempts      INTEGER NOT NULL DEFAULT 0,
    max_attempts  INTEGER NOT NULL,
    last_error    TEXT NOT NULL DEFAULT '',
    created_at    INTEGER NOT NULL,
    updated_at    INTEGER NOT NULL
) STRICT;
-- The order of jobs: those of a party are adjacent, and jobs that were never tried come first.
CREATE INDEX job_by_turn ON job (lane, party, attempts > 0, run_at) WHERE status = 'ready';
CREATE INDEX job_running ON job (id) WHERE status = 'running';
CREATE INDEX job_dead ON job (id) WHERE status = 'dead';

-- owner: api
-- Rows are stored in order of arrival, since answers are large and keys are random: in a tree ordered by key, each
-- insert would touch different pages. They are removed in that order.
CREATE TABLE idempotency_key (
    id             INTEGER PRIMARY KEY,
    key_hash       BLOB NOT NULL UNIQUE,             -- of route, caller and key
    request_hash   BLOB NOT NULL,                    -- of the body: another body under the same key is refused
    status         INTEGER NOT NULL,
    created_at     INTEGER NOT NULL,                 -- before the answer, which may go over several pages
    about          TEXT NOT NULL DEFAULT '',         -- ["order 1001", "customer 7"]: erased with them
    answer_sealed  BLOB NOT NULL
) STRICT;

-- ------------------------------------------------------------------------------------------------------------- people
-- owner: accounts

CREATE TABLE admin_user (
    id             INTEGER PRIMARY KEY,
    username       TEXT NOT NULL UNIQUE COLLATE NOCASE,
    password_hash  TEXT,                             -- Argon2id; NULL: the first owner, before the set-up link was used
    role           TEXT NOT NULL CHECK (role IN ('owner', 'staff', 'viewer')),
    active         INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
    totp_sealed    BLOB,                             -- the secret that codes are checked against; NULL: none are asked for
    totp_pending_sealed BLOB,                        -- one that was shown, and takes over with its first right code
    totp_last_step INTEGER NOT NULL DEFAULT 0,       -- a code is good once (RFC 6238, section 5.2)
    created_at     INTEGER NOT NULL,
    updated_at     INTEGER NOT NULL,
    version        INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE TABLE recovery_code (                         -- in place of a TOTP code, each once: a used one is removed
    admin_id   INTEGER NOT NULL REFERENCES admin_user (id) ON DELETE CASCADE,
    code_hash  BLOB NOT NULL,                        -- keyed
    PRIMARY KEY (admin_id, code_hash)
) STRICT, WITHOUT ROWID;

-- A guest's row is found again by e-mail address; an account's row (with a password) is never shared with
-- guests.
CREATE TABLE customer (
    id              INTEGER PRIMARY KEY,
    contact_sealed  BLOB,                            -- [name, email, phone]; NULL once erased on request
    address_sealed  BLOB,
    email_index     INTEGER,
    phone_index     INTEGER,
    password_hash   TEXT,                            -- NULL: a guest
    created_at      INTEGER NOT NULL,
    updated_at      INTEGER NOT NULL,
    version         INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX customer_by_email ON customer (email_index);
CREATE INDEX customer_by_phone ON customer (phone_index);
-- One account for an address, but for accounts from before schema 5 whose addresses are equal as they are compared now
-- (mail_identity() of base/domain.h); `orderd check` names those.
CREATE INDEX customer_account ON customer (email_index) WHERE password_hash IS NOT NULL;

CREATE TABLE customer_word (                         -- keyed hashes of the words of a customer's name
    word_index   INTEGER NOT NULL,
    customer_id  INTEGER NOT NULL REFERENCES customer (id) ON DELETE CASCADE,
    PRIMARY KEY (word_index, customer_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX customer_word_by_customer ON customer_word (customer_id);

CREATE TABLE former_email (                           -- whom a change of e-mail address is told to, until that mail went out
    id              INTEGER PRIMARY KEY,
    customer_id     INTEGER NOT NULL REFERENCES customer (id) ON DELETE CASCADE,
    event_sequence  INTEGER NOT NULL UNIQUE,                   -- of the change
    contact_sealed  BLOB NOT NULL,                   -- [name, email, phone] as they were
    changed_at      INTEGER NOT NULL
) STRICT;
CREATE INDEX former_email_by_customer ON former_email (customer_id);

CREATE TABLE session (
    id            INTEGER PRIMARY KEY,
    token_hash    BLOB NOT NULL UNIQUE,
    admin_id      INTEGER REFERENCES admin_user (id) ON DELETE CASCADE,
    customer_id   INTEGER REFERENCES customer (id) ON DELETE CASCADE,
    address       TEXT NOT NULL,                     -- that an admin signed in from; '' of customers
    user_agent    TEXT NOT NULL,
    created_at    INTEGER NOT NULL,
    expires_at    INTEGER NOT NULL,
    last_used_at  INTEGER NOT NULL,
    CHECK ((admin_id IS NULL) <> (customer_id IS NULL))
) STRICT;
CREATE INDEX session_by_admin ON session (admin_id) WHERE admin_id IS NOT NULL;
CREATE INDEX session_by_customer ON session (customer_id) WHERE customer_id IS NOT NULL;

-- Devices that a user has signed in on before: other people's wrong passwords do not lock them out. The token
-- alone gives no access.
CREATE TABLE known_device (
    id            INTEGER PRIMARY KEY,
    token_hash    BLOB NOT NULL UNIQUE,
    admin_id      INTEGER REFERENCES admin_user (id) ON DELETE CASCADE,
    customer_id   INTEGER REFERENCES customer (id) ON DELETE CASCADE,
    created_at    INTEGER NOT NULL,
    last_used_at  INTEGER NOT NULL,
    CHECK ((admin_id IS NULL) <> (customer_id IS NULL))
) STRICT;
CREATE INDEX known_device_by_admin ON known_device (admin_id) WHERE admin_id IS NOT NULL;
CREATE INDEX known_device_by_customer ON known_device (customer_id) WHERE customer_id IS NOT NULL;

CREATE TABLE api_key (
    id            INTEGER PRIMARY KEY,
    label         TEXT NOT NULL,
    token_hash    BLOB NOT NULL UNIQUE,
    scopes        TEXT NOT NULL CHECK (json_valid(scopes)),   -- ["orders:read"]; []: all that the role may
    role          TEXT NOT NULL CHECK (role IN ('staff', 'viewer')),
    created_by    INTEGER NOT NULL REFERENCES admin_user (id),
    held_by       INTEGER NOT NULL REFERENCES admin_user (id),   -- who answers for it: it ends with this admin's access
    created_at    INTEGER NOT NULL,
    expires_at    INTEGER,
    last_used_at  INTEGER,
    revoked_at    INTEGER
) STRICT;
CREATE INDEX api_key_held ON api_key (held_by) WHERE revoked_at IS NULL;

-- ------------------------------------------------------------------------------------------------------------ catalog
-- owner: catalog

-- Before schema 5, two SKUs could be equal as they are compared now ("É1" and "é1"). All but the oldest of them have
-- a line break and the product's id after their sku_key, which no SKU can have; `orderd check` names them.
CREATE TABLE product (
    id                   INTEGER PRIMARY KEY AUTOINCREMENT,   -- never given again: events, audit and imports name it
    sku                  TEXT NOT NULL,
    sku_key              TEXT NOT NULL UNIQUE,                -- as it is compared (base/folding.h); see below
    name                 TEXT NOT NULL,
    name_key             TEXT NOT NULL,                       -- as it is sorted and searched (base/folding.h)
    description          TEXT NOT NULL,
    price                INTEGER NOT NULL CHECK (price >= 0),
    on_hand              INTEGER NOT NULL DEFAULT 0,
    reserved             INTEGER NOT NULL DEFAULT 0 CHECK (0 <= reserved AND reserved <= on_hand),
    low_stock_threshold  INTEGER CHECK (low_stock_threshold >= 0),   -- NULL: no alert
    status               TEXT NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'archived')),
    weight_g             INTEGER CHECK (weight_g > 0),               -- NULL: unknown, which is not 0
    tax_class            TEXT NOT NULL DEFAULT 'standard' CHECK (tax_class IN ('standard', 'reduced', 'second_reduced',
                                                                               'super_reduced', 'zero')),
    last_order           INTEGER,                    -- the newest order's number that it was ordered with; NULL: never
    created_at           INTEGER NOT NULL,
    updated_at           INTEGER NOT NULL,
    version              INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX product_by_status ON product (status, id);
CREATE INDEX product_by_name ON product (name_key, id);
CREATE INDEX product_by_price ON product (price, id);
CREATE INDEX product_mostly_held ON product (id) WHERE on_hand < 2 * reserved;

-- The indexes that products are found by. Their texts are folded (base/folding.h) by catalog/product.cpp, which adds
-- them: an index keeps no copy of its text.
CREATE VIRTUAL TABLE product_text USING fts5 (sku, name, description, content = '', contentless_delete = 1,
                                              tokenize = 'trigram case_sensitive 1');
CREATE TRIGGER product_text_removed AFTER DELETE ON product BEGIN
    DELETE FROM product_text WHERE rowid = old.id;
END;

-- For words of one or two letters, which are too short for trigrams: found at the start of a word.
CREATE VIRTUAL TABLE product_word USING fts5 (sku, name, content = '', contentless_delete = 1, detail = none,
                                              prefix = '1 2',
                                              tokenize = "unicode61 remove_diacritics 0 categories 'L* N* M* Co'");
CREATE TRIGGER product_word_removed AFTER DELETE ON product BEGIN
    DELETE FROM product_word WHERE rowid = old.id;
END;

-- Append-only. on_hand is the sum of a product's movements.
CREATE TABLE inventory_movement (
    id          INTEGER PRIMARY KEY,
    product_id  INTEGER NOT NULL REFERENCES product (id) ON DELETE CASCADE,
    delta       INTEGER NOT NULL CHECK (delta <> 0),
    reason      TEXT NOT NULL CHECK (reason IN ('received', 'adjusted', 'sold', 'returned', 'damaged', 'corrected')),
    order_id    INTEGER REFERENCES orders (id),
    import_id   INTEGER REFERENCES import (id),
    actor       TEXT NOT NULL,
    note        TEXT NOT NULL DEFAULT '',
    at          INTEGER NOT NULL
) STRICT;
CREATE INDEX inventory_movement_by_product ON inventory_movement (product_id, id);
CREATE INDEX inventory_movement_by_import ON inventory_movement (import_id) WHERE import_id IS NOT NULL;
CREATE INDEX inventory_movement_noted ON inventory_movement (order_id) WHERE order_id IS NOT NULL AND note <> '';

CREATE TABLE import (                                -- one run of `orderd import`, so that it can be undone
    id          INTEGER PRIMARY KEY,
    file_hash   BLOB NOT NULL,
    changes     TEXT NOT NULL CHECK (json_valid(changes)),   -- each product before and after it (catalog/import.h)
    actor       TEXT NOT NULL,
    at          INTEGER NOT NULL,
    undone_at   INTEGER
) STRICT;

CREATE TABLE alert (
    id           INTEGER PRIMARY KEY,
    product_id   INTEGER NOT NULL REFERENCES product (id) ON DELETE CASCADE,
    level        INTEGER NOT NULL,                   -- what was available when it opened
    opened_at    INTEGER NOT NULL,
    resolved_at  INTEGER
) STRICT;
CREATE UNIQUE INDEX alert_open ON alert (product_id) WHERE resolved_at IS NULL;
CREATE INDEX alert_by_product ON alert (product_id);

-- ------------------------------------------------------------------------------------------------------------- orders
-- owner: orders

CREATE TABLE orders (
    id                 INTEGER PRIMARY KEY CHECK (id > 1000),   -- the order number
    customer_id        INTEGER NOT NULL REFERENCES customer (id),
    status             TEXT NOT NULL CHECK (status IN ('pending', 'paid', 'processing', 'partially_shipped', 'shipped',
                                                       'delivered', 'returned', 'cancelled', 'expired')),
    subtotal           INTEGER NOT NULL,             -- sum of unit price x quantity
    discount           INTEGER NOT NULL CHECK (0 <= discount AND discount <= subtotal),
    shipping           INTEGER NOT NULL CHECK (shipping >= 0),
    tax                INTEGER NOT NULL CHECK (tax >= 0),            -- added to the prices; 0 if they include it
    tax_included       INTEGER NOT NULL CHECK (tax_included >= 0),   -- contained in prices and shipping
    total              INTEGER NOT NULL CHECK (total = subtotal - discount + shipping + tax),
    tax_rate_ppm       INTEGER NOT NULL,             -- millionths, as it was when the order was placed; of several: of most
                                                     -- of the goods
    managed_by         INTEGER NOT NULL REFERENCES admin_user (id),
    contact_sealed     BLOB,                         -- [name, email, phone, note] as they were; NULL once erased
    address_sealed     BLOB,                         -- the shipping address as it was
    access_token_hash  BLOB NOT NULL,                -- of the capability for this order alone
    staff_note_sealed  BLOB,
    delivery_note_sealed BLOB,                       -- when it comes, as staff told the customer
    placed_at          INTEGER NOT NULL,
    expires_at         INTEGER,                      -- of the reservation, while pending; NULL: staff agreed to hold it
    updated_at         INTEGER NOT NULL,
    version            INTEGER NOT NULL DEFAULT 1,
    placed_from        INTEGER,                      -- keyed hash of the network that it was placed from; NULL: not counted
    payment_status     TEXT NOT NULL DEFAULT '',     -- of its payment, as payments said last; '': it has none
    payment_method     TEXT NOT NULL DEFAULT '',
    money_goes_back    INTEGER NOT NULL DEFAULT 0,   -- all that was captured went back, or is on its way
    parcel_trouble     INTEGER NOT NULL DEFAULT 0,   -- a parcel has no label, or its carrier reports a problem
    tax_country        TEXT NOT NULL DEFAULT '',     -- whose tax it has; '': erased before schema 6
    tax_treatment      TEXT NOT NULL DEFAULT 'taxed' CHECK (tax_treatment IN ('taxed', 'untaxed', 'export',
                                                                              'reverse_charge', 'small_business')),
    rounded_by         TEXT NOT NULL DEFAULT 'rate' CHECK (rounded_by IN ('rate', 'line')),   -- line: before schema 6
    shipping_taxes     TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(shipping_taxes)),   -- of each rate: [ppm, price, tax]
    delivery           TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(delivery)),   -- the method, as it was
    discount_code_id   INTEGER REFERENCES discount_code (id),
    discount_reason    TEXT NOT NULL DEFAULT '',     -- the code, as it was
    discount_counts    INTEGER NOT NULL DEFAULT 0,   -- whether the order uses its code up: not once it ended unpaid
    billing_sealed     BLOB,                         -- who is billed, where it is not the recipient
    staff_discount_reason TEXT NOT NULL DEFAULT '',  -- why staff gave a discount; '': they gave none
    locale             TEXT NOT NULL DEFAULT '',     -- the language of all that goes to the customer; '': the shop's
    -- Why it may be packed: 'paid'; 'free', and pending; or how it is paid later, which the shop's settings allow or do
    -- not. What failed or went back is no payment that comes later. NULL: it may not.
    packing            TEXT GENERATED ALWAYS AS (
        CASE WHEN status = 'pending'
             THEN CASE WHEN total = 0 THEN 'free'
                       WHEN payment_method IN ('bank_transfer', 'cash_on_delivery')
                            AND payment_status NOT IN ('failed', 'voided', 'refunded', 'disputed') THEN payment_method
                  END
             WHEN status IN ('paid', 'processing', 'partially_shipped')
                  AND payment_status NOT IN ('voided', 'refunded', 'disputed') AND NOT money_goes_back THEN 'paid'
        END) VIRTUAL
) STRICT;
CREATE INDEX orders_in_trouble ON orders (id) WHERE parcel_trouble;
CREATE INDEX orders_to_pack ON orders (packing, status) WHERE packing IS NOT NULL;
CREATE INDEX orders_by_status ON orders (status);
CREATE INDEX orders_by_customer ON orders (customer_id, status);
CREATE INDEX orders_by_manager ON orders (managed_by, status);
CREATE INDEX orders_expiring ON orders (expires_at) WHERE status = 'pending' AND expires_at IS NOT NULL;
CREATE INDEX orders_unpaid_from ON orders (placed_from) WHERE status = 'pending' AND placed_from IS NOT NULL;
CREATE INDEX orders_by_discount_code ON orders (discount_code_id, customer_id) WHERE discount_counts;

CREATE TABLE order_item (
    id          INTEGER PRIMARY KEY,
    order_id    INTEGER NOT NULL REFERENCES orders (id),
    product_id  INTEGER NOT NULL REFERENCES product (id),
    sku         TEXT NOT NULL,                       -- SKU, name, price and weight as they were
    name        TEXT NOT NULL,
    unit_price  INTEGER NOT NULL,
    weight_g    INTEGER CHECK (weight_g > 0),        -- NULL: unknown
    tax         INTEGER NOT NULL,                    -- of the line: added, or contained where prices include it
    quantity    INTEGER NOT NULL CHECK (quantity > 0),
    shipped     INTEGER NOT NULL DEFAULT 0,
    cancelled   INTEGER NOT NULL DEFAULT 0,
    returned    INTEGER NOT NULL DEFAULT 0,
    tax_rate_ppm  INTEGER NOT NULL DEFAULT 0,
    listed_price  INTEGER,                           -- of the product, where unit_price is without the tax in it; NULL: as that
    discount    INTEGER NOT NULL DEFAULT 0 CHECK (0 <= discount AND discount <= unit_price * quantity),
    staff_discount INTEGER NOT NULL DEFAULT 0 CHECK (0 <= staff_discount AND staff_discount <= discount),   -- what of it
                                                     -- staff gave
    tax_class   TEXT NOT NULL DEFAULT 'standard',
    CHECK (0 <= shipped AND 0 <= cancelled AND shipped + cancelled <= quantity),
    CHECK (0 <= returned AND returned <= shipped)
) STRICT;
CREATE INDEX order_item_by_order ON order_item (order_id);
CREATE INDEX order_item_by_product ON order_item (product_id, order_id);

-- How orders get to their customers, and what that costs. Orders keep their own copy of what was agreed.
CREATE TABLE delivery_method (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,   -- never given again: orders name it
    name         TEXT NOT NULL,
    names        TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(names)),   -- in other languages: {"de": "Paket"}
    kind         TEXT NOT NULL CHECK (kind IN ('shipping', 'pickup', 'own_delivery')),
    days         TEXT NOT NULL DEFAULT '',           -- for people: "2–3"
    tax_class    TEXT CHECK (tax_class IN ('standard', 'reduced', 'second_reduced', 'super_reduced', 'zero')),   -- NULL: as
                                                     -- its goods are
    active       INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
    position     INTEGER NOT NULL,                   -- in lists, lowest first
    zones        TEXT NOT NULL CHECK (json_valid(zones)),   -- places and prices (orders/delivery_zones.h)
    pickup       TEXT CHECK (json_valid(pickup)),    -- the place, and its opening hours
    note         TEXT NOT NULL DEFAULT '',
    created_at   INTEGER NOT NULL,
    updated_at   INTEGER NOT NULL,
    version      INTEGER NOT NULL DEFAULT 1
) STRICT;

-- What customers type in to pay less.
CREATE TABLE discount_code (
    id                 INTEGER PRIMARY KEY AUTOINCREMENT,   -- never given again: orders and events name it
    code               TEXT NOT NULL,
    code_key           TEXT NOT NULL UNIQUE,         -- as it is compared (base/folding.h)
    kind               TEXT NOT NULL CHECK (kind IN ('percent', 'amount', 'free_delivery')),
    rate_ppm           INTEGER NOT NULL DEFAULT 0 CHECK (rate_ppm BETWEEN 0 AND 1000000),   -- of 'percent'
    amount             INTEGER NOT NULL DEFAULT 0 CHECK (amount >= 0),                      -- of 'amount'
    minimum            INTEGER NOT NULL DEFAULT 0 CHECK (minimum >= 0),   -- that the goods must cost
    valid_from         INTEGER,                      -- NULL: since ever
    valid_until        INTEGER,                      -- before this time; NULL: without an end
    most_uses          INTEGER CHECK (most_uses > 0),             -- in all; NULL: any number
    most_uses_of_one   INTEGER CHECK (most_uses_of_one > 0),      -- of one customer
    uses               INTEGER NOT NULL DEFAULT 0 CHECK (uses >= 0),
    products           TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(products)),   -- their ids; []: all
    active             INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
    created_at         INTEGER NOT NULL,
    updated_at         INTEGER NOT NULL,
    version            INTEGER NOT NULL DEFAULT 1
) STRICT;

-- ----------------------------------------------------------------------------------------------------------- payments
-- owner: payments

-- One row per order. No card number, CVC or key is in any of these tables: a card is turned into its
-- gateway's token before the transaction that writes here.
CREATE TABLE payment (
    id                 INTEGER PRIMARY KEY,
    order_id           INTEGER NOT NULL UNIQUE REFERENCES orders (id),
    amount             INTEGER NOT NULL CHECK (amount >= 0),
    method             TEXT NOT NULL CHECK (method IN ('card', 'bank_transfer', 'cash_on_delivery')),
    status             TEXT NOT NULL CHECK (status IN ('processing', 'requires_action', 'authorized', 'succeeded',
                                                       'failed', 'voided', 'partially_refunded', 'refunded', 'disputed')),
    gateway            TEXT NOT NULL,
    gateway_reference  TEXT,                         -- of the attempt that counts
    reference_sealed   BLOB,                         -- what an admin wrote on receipt: a transfer's text names its sender
    card_brand         TEXT,
    card_last4         TEXT,
    action_url         TEXT,                         -- where the customer confirms (3-D Secure)
    failure_code       TEXT,
    captured           INTEGER NOT NULL DEFAULT 0,
    captured_at        INTEGER,
    refunded           INTEGER NOT NULL DEFAULT 0,   -- or on its way back, or to be sent
    to_be_sent         INTEGER NOT NULL DEFAULT 0,   -- of refunded: what staff are still to send by hand
    created_at         INTEGER NOT NULL,
    updated_at         INTEGER NOT NULL,
    version            INTEGER NOT NULL DEFAULT 1,
    CHECK (0 <= refunded AND refunded <= captured AND captured <= amount),
    CHECK (0 <= to_be_sent AND to_be_sent <= refunded)
) STRICT;
CREATE INDEX payment_by_status ON payment (status, id);
CREATE INDEX payment_by_capture ON payment (captured_at) WHERE captured_at IS NOT NULL;
CREATE INDEX payment_by_creation ON payment (created_at);
CREATE INDEX payment_by_amount ON payment (amount);

CREATE TABLE payment_word (                          -- keyed hashes of the words of reference_sealed
    word_index  INTEGER NOT NULL,
    payment_id  INTEGER NOT NULL REFERENCES payment (id),
    PRIMARY KEY (word_index, payment_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX payment_word_by_payment ON payment_word (payment_id);

CREATE TABLE payment_attempt (                       -- append-only, but for its outcome and reference
    id                 INTEGER PRIMARY KEY,
    payment_id         INTEGER NOT NULL REFERENCES payment (id),
    gateway            TEXT NOT NULL,
    idempotency_key    TEXT NOT NULL UNIQUE,         -- what the gateway is told: one charge for one key, however often asked
    instrument         TEXT NOT NULL,                -- the gateway's token of the card; '' once it is decided
    return_url         TEXT NOT NULL,                -- where the customer comes back to from a confirmation; likewise
    request_key        BLOB,                         -- keyed hash of the client's Idempotency-Key: found again after a crash
    outcome            TEXT NOT NULL CHECK (outcome IN ('open', 'requires_action', 'authorized', 'succeeded', 'failed',
                                                        'voided', 'returned')),
    failure_code       TEXT,
    gateway_reference  TEXT,
    at                 INTEGER NOT NULL
) STRICT;
CREATE INDEX payment_attempt_by_payment ON payment_attempt (payment_id);
CREATE UNIQUE INDEX payment_attempt_by_reference ON payment_attempt (gateway, gateway_reference)
    WHERE gateway_reference IS NOT NULL;
CREATE INDEX payment_attempt_open ON payment_attempt (at) WHERE outcome IN ('open', 'requires_action');
CREATE INDEX payment_attempt_failed ON payment_attempt (at) WHERE outcome = 'failed';

CREATE TABLE refund (                                -- append-only, but for its outcome
    id                 INTEGER PRIMARY KEY,
    payment_id         INTEGER NOT NULL REFERENCES payment (id),
    amount             INTEGER NOT NULL CHECK (amount > 0),
    reason             TEXT NOT NULL,
    status             TEXT NOT NULL CHECK (status IN ('pending', 'to_be_sent', 'succeeded', 'failed')),
    idempotency_key    TEXT NOT NULL UNIQUE,
    gateway_reference  TEXT,
    failure_code       TEXT,
    actor              TEXT NOT NULL,
    at                 INTEGER NOT NULL,
    sent_at            INTEGER,                      -- when staff said that they sent it; NULL: a gateway does
    units              TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(units))   -- that it pays back: [item, quantity] each;
                                                     -- []: it is a sum
) STRICT;
CREATE INDEX refund_by_payment ON refund (payment_id);
CREATE INDEX refund_pending ON refund (at) WHERE status = 'pending';
CREATE INDEX refund_to_be_sent ON refund (payment_id) WHERE status = 'to_be_sent';
CREATE INDEX refund_by_time ON refund (coalesce(sent_at, at));
CREATE INDEX refund_by_reference ON refund (gateway_reference) WHERE gateway_reference IS NOT NULL;

CREATE TABLE dispute (                               -- a customer asked the bank for the money back
    id                 INTEGER PRIMARY KEY,
    payment_id         INTEGER NOT NULL REFERENCES payment (id),
    gateway_reference  TEXT NOT NULL UNIQUE,
    amount             INTEGER NOT NULL,
    reason             TEXT NOT NULL,                -- the gateway's word: "fraudulent"
    status             TEXT NOT NULL CHECK (status IN ('open', 'won', 'lost')),
    respond_by         INTEGER,                      -- until when the shop can send its evidence
    at                 INTEGER NOT NULL,
    updated_at         INTEGER NOT NULL
) STRICT;
CREATE INDEX dispute_by_payment ON dispute (payment_id);

CREATE TABLE gateway_event (                         -- webhooks that were taken: each counts once
    gateway   TEXT NOT NULL,
    event_id  TEXT NOT NULL,
    at        INTEGER NOT NULL,
    PRIMARY KEY (gateway, event_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX gateway_event_by_age ON gateway_event (at);

-- -------------------------------------------------------------------------------------------------------- fulfillment
-- owner: fulfillment

CREATE TABLE shipment (
    id                 INTEGER PRIMARY KEY,
    order_id           INTEGER NOT NULL REFERENCES orders (id),
    carrier            TEXT NOT NULL CHECK (carrier IN ('local', 'easypost', 'pickup', 'own_delivery')),   -- who makes the
                                                     -- label; of the last two there is none
    service            TEXT NOT NULL,
    status             TEXT NOT NULL CHECK (status IN ('label_pending', 'label_ready', 'ready', 'in_transit',
                                                       'out_for_delivery', 'delivered', 'exception', 'returned',
                                                       'voided', 'failed')),
    tracking_number    TEXT,
    tracked_by         TEXT,                         -- whose number it is ("ups"), if that is known
    tracking_url       TEXT,
    carrier_reference  TEXT,                         -- the carrier's own id, kept before anything is bought under it
    cost               INTEGER,                      -- of the label, in minor units of cost_currency
    cost_currency      TEXT,
    weight_g           INTEGER CHECK (weight_g > 0), -- NULL: unknown
    length_mm          INTEGER,
    width_mm           INTEGER,
    height_mm          INTEGER,
    label_sealed       BLOB,                         -- PNG: it shows name and street; NULL: drawn when asked for
    zpl_sealed         BLOB,                         -- the same in a label printer's language
    failure            TEXT NOT NULL DEFAULT '',
    follow_at          INTEGER,                      -- when its carrier is asked for news; NULL: not asked
    follow_wait        INTEGER,                      -- and how long after the time before
    shipped_at         INTEGER,
    delivered_at       INTEGER,
    created_at         INTEGER NOT NULL,
    updated_at         INTEGER NOT NULL,
    version            INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX shipment_by_order ON shipment (order_id);
CREATE INDEX shipment_to_follow ON shipment (follow_at) WHERE follow_at IS NOT NULL;
CREATE INDEX shipment_by_tracking ON shipment (tracking_number) WHERE tracking_number IS NOT NULL;
CREATE UNIQUE INDEX shipment_by_reference ON shipment (carrier, carrier_reference) WHERE carrier_reference IS NOT NULL;

CREATE TABLE shipment_item (
    shipment_id  INTEGER NOT NULL REFERENCES shipment (id),
    item_id      INTEGER NOT NULL REFERENCES order_item (id),
    quantity     INTEGER NOT NULL CHECK (quantity > 0),
    PRIMARY KEY (shipment_id, item_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX shipment_item_by_item ON shipment_item (item_id);

CREATE TABLE tracking_event (                        -- append-only
    id           INTEGER PRIMARY KEY,
    shipment_id  INTEGER NOT NULL REFERENCES shipment (id),
    status       TEXT NOT NULL,
    description  TEXT NOT NULL,
    location     TEXT NOT NULL,
    at           INTEGER NOT NULL,                   -- never ahead of when it was told
    told_at      INTEGER NOT NULL,                   -- as the sender's clock has it
    UNIQUE (shipment_id, told_at, status, description)   -- carriers tell the same thing more than once
) STRICT;

CREATE TABLE order_return (                          -- append-only
    id           INTEGER PRIMARY KEY,
    order_id     INTEGER NOT NULL REFERENCES orders (id),
    reason       TEXT NOT NULL,
    restocked    INTEGER NOT NULL CHECK (restocked IN (0, 1)),
    refund       INTEGER NOT NULL CHECK (refund >= 0),   -- what was asked of the payment
    actor        TEXT NOT NULL,
    at           INTEGER NOT NULL
) STRICT;
CREATE INDEX order_return_by_order ON order_return (order_id);

CREATE TABLE order_return_item (
    return_id  INTEGER NOT NULL REFERENCES order_return (id),
    item_id    INTEGER NOT NULL REFERENCES order_item (id),
    quantity   INTEGER NOT NULL CHECK (quantity > 0),
    PRIMARY KEY (return_id, item_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX order_return_item_by_item ON order_return_item (item_id);

-- ---------------------------------------------------------------------------------------------------------- documents
-- owner: documents

-- Invoices, and what corrects them. Append-only: a row is never changed, and removed only once its term is over. Within
-- a series, numbers have no gap. Amounts are signed: a credit note's are negative, so that sums of rows are what stands.
CREATE TABLE document (
    id                INTEGER PRIMARY KEY AUTOINCREMENT,   -- never given again: links and events name it
    kind              TEXT NOT NULL CHECK (kind IN ('invoice', 'credit_note', 'correction')),
    series            TEXT NOT NULL,                 -- its numbers, with * for the counter: "2026-*"; "2026-*B" since a restore
    number_in_series  INTEGER NOT NULL CHECK (number_in_series > 0),
    number            TEXT NOT NULL UNIQUE,          -- "2026-00001"
    order_id          INTEGER NOT NULL REFERENCES orders (id),
    refers_to         INTEGER REFERENCES document (id) ON DELETE SET NULL,   -- what it corrects
    refund_id         INTEGER REFERENCES refund (id),                        -- that a credit note is for
    issued_on         TEXT NOT NULL,                 -- the day of the shop's time zone: "2026-11-24"
    net               INTEGER NOT NULL,
    tax               INTEGER NOT NULL,
    total             INTEGER NOT NULL CHECK (total = net + tax AND (total >= 0) = (kind <> 'credit_note' OR total = 0)),
    taxes             TEXT NOT NULL CHECK (json_valid(taxes)),   -- of each rate: [ppm, base, tax]
    tax_country       TEXT NOT NULL,                 -- whose tax it is
    tax_treatment     TEXT NOT NULL,                 -- as the order's
    locale            TEXT NOT NULL,                 -- the language that it is printed in
    content_sealed    BLOB NOT NULL,                 -- all else that is printed (documents/content.h)
    created_at        INTEGER NOT NULL,
    UNIQUE (series, number_in_series)
) STRICT;
CREATE INDEX document_by_order ON document (order_id);
CREATE INDEX document_by_day ON document (issued_on);
CREATE INDEX document_by_kind ON document (kind, issued_on);
CREATE INDEX document_by_reference ON document (refers_to) WHERE refers_to IS NOT NULL;

-- -------------------------------------------------------------------------------------------------------------- notify
-- owner: notify

CREATE TABLE log_reader (                            -- how far the event log was read, and acted upon
    name      TEXT PRIMARY KEY,
    sequence  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Mails that events cause: at most one per template and event. The recipient is read when it is sent.
CREATE TABLE mail (
    id              INTEGER PRIMARY KEY,
    event_sequence  INTEGER NOT NULL REFERENCES event (sequence),
    template        TEXT NOT NULL,                   -- "order_placed"
    order_id        INTEGER REFERENCES orders (id),  -- NULL: it is about no order
    status          TEXT NOT NULL CHECK (status IN ('waiting', 'sent', 'failed', 'skipped')),
    attempts        INTEGER NOT NULL DEFAULT 0,
    last_error      TEXT NOT NULL DEFAULT '',        -- names nobody
    created_at      INTEGER NOT NULL,
    updated_at      INTEGER NOT NULL,
    UNIQUE (event_sequence, template)
) STRICT;
CREATE INDEX mail_by_order ON mail (order_id, id) WHERE order_id IS NOT NULL;
CREATE INDEX mail_by_status ON mail (status, id);

CREATE TABLE webhook_endpoint (                      -- others' programs that are told of events
    id                      INTEGER PRIMARY KEY AUTOINCREMENT,   -- never given again: secrets are sealed to their row
    url_sealed              BLOB NOT NULL,           -- it may hold a key
    secret_sealed           BLOB NOT NULL,           -- what deliveries are signed with
    previous_secret_sealed  BLOB,                    -- and until previous_until also with this one
    previous_until          INTEGER,
    description             TEXT NOT NULL,
    kinds                   TEXT NOT NULL CHECK (json_valid(kinds)),   -- ["order.*", "payment.refunded"]
    enabled                 INTEGER NOT NULL CHECK (enabled IN (0, 1)),
    disabled_because        TEXT NOT NULL DEFAULT '',   -- '' where an admin did it
    created_at              INTEGER NOT NULL,
    updated_at              INTEGER NOT NULL,
    version                 INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE TABLE webhook_delivery (                      -- one event to one endpoint
    id               INTEGER PRIMARY KEY,
    endpoint_id      INTEGER NOT NULL REFERENCES webhook_endpoint (id) ON DELETE CASCADE,
    event_sequence   INTEGER NOT NULL REFERENCES event (sequence),
    status           TEXT NOT NULL CHECK (status IN ('pending', 'delivered', 'failed')),
    tries            INTEGER NOT NULL DEFAULT 0,     -- since it was last asked for
    attempts         INTEGER NOT NULL DEFAULT 0,     -- all of them
    response_status  INTEGER,                        -- of the last answer
    last_error       TEXT NOT NULL DEFAULT '',
    next_attempt_at  INTEGER,                        -- while pending
    created_at       INTEGER NOT NULL,
    updated_at       INTEGER NOT NULL,
    UNIQUE (event_sequence, endpoint_id)
) STRICT;
CREATE INDEX webhook_delivery_by_status ON webhook_delivery (status, id);
CREATE INDEX webhook_delivery_by_endpoint ON webhook_delivery (endpoint_id, id);
