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
PRAGMA user_version = 8;

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
    lane          TEXT NOT NULL CHECK (lane IN ('money', 'parcels', 'mail', 'webhooks', 'pictures', 'upkeep')),
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
    password_hash   TEXT,                            -- NULL: a guest
    created_at      INTEGER NOT NULL,
    updated_at      INTEGER NOT NULL,
    version         INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX customer_by_email ON customer (email_index);
-- One account for an address, but for accounts from before schema 5 whose addresses are equal as they are compared now
-- (mail_identity() of base/domain.h); `orderd check` names those.
CREATE INDEX customer_account ON customer (email_index) WHERE password_hash IS NOT NULL;

-- What orders and customers are found by: keyed hashes of names' words and of the words' beginnings, of towns and
-- postcodes, and of the ends of telephone numbers (accounts/found_by.h). A reader of the event log adds them; a change
-- removes in its own transaction what it makes untrue.
CREATE TABLE search_word (
    word     INTEGER NOT NULL,                       -- 48 bits; an order's and a customer's differ
    subject  INTEGER NOT NULL,                       -- the order or the customer
    PRIMARY KEY (word, subject)
) STRICT, WITHOUT ROWID;

CREATE TABLE search_renewal (                        -- of what the index is being made anew: no row, once it is
    kind   TEXT PRIMARY KEY CHECK (kind IN ('customer', 'order')),
    after  INTEGER NOT NULL                          -- up to this one it is done
) STRICT, WITHOUT ROWID;

CREATE TABLE former_email (                           -- whom a change of e-mail address is told to, until that mail went out
    id              INTEGER PRIMARY KEY,
    customer_id     INTEGER NOT NULL REFERENCES customer (id) ON DELETE CASCADE,
    event_sequence  INTEGER NOT NULL UNIQUE,                   -- of the change
    contact_sealed  BLOB NOT NULL,                   -- [name, email, phone] as they were
    changed_at      INTEGER NOT NULL
) STRICT;
CREATE INDEX former_email_by_customer ON former_email (customer_id);

-- A customer who forgot the password asks for a code, which comes by mail. It is stored nowhere: it is made of the nonce with
-- the shop's key. An address without an account has a row as well, so that both cost the same, and are bounded alike.
CREATE TABLE password_reset (
    id              INTEGER PRIMARY KEY,
    asked_for       INTEGER NOT NULL,                -- keyed hash of the e-mail address
    customer_id     INTEGER REFERENCES customer (id) ON DELETE CASCADE,   -- NULL: no account has the address
    event_sequence  INTEGER UNIQUE,                  -- that the mail goes out for; NULL likewise
    nonce           BLOB,                            -- NULL: the code is good no more
    tries           INTEGER NOT NULL DEFAULT 0,      -- codes that were typed since
    network         INTEGER NOT NULL,                -- keyed hash of who asked; 0: this machine
    locale          TEXT NOT NULL,                   -- the mail's language
    asked_at        INTEGER NOT NULL
) STRICT;
CREATE INDEX password_reset_by_address ON password_reset (asked_for, asked_at);
CREATE INDEX password_reset_by_network ON password_reset (network, asked_at);
CREATE INDEX password_reset_by_customer ON password_reset (customer_id) WHERE customer_id IS NOT NULL;

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

CREATE TABLE saved_list (                            -- a list's filters under a name
    id            INTEGER PRIMARY KEY AUTOINCREMENT,   -- never given again: what is sealed is sealed to its row
    admin_id      INTEGER NOT NULL REFERENCES admin_user (id) ON DELETE CASCADE,   -- whose it is
    list          TEXT NOT NULL,                     -- "orders"
    shared        INTEGER NOT NULL CHECK (shared IN (0, 1)),   -- with everybody who works here
    said_sealed   BLOB NOT NULL,                     -- [name, query]: who is searched for may be in both
    created_at    INTEGER NOT NULL
) STRICT;
CREATE INDEX saved_list_by_admin ON saved_list (admin_id);

-- ------------------------------------------------------------------------------------------------------------ catalog
-- owner: catalog

-- Before schema 5, two SKUs could be equal as they are compared now ("É1" and "é1"). All but the oldest of them have
-- a line break and the product's id after their sku_key, which no SKU can have; `orderd check` names them.
CREATE TABLE product (
    id                   INTEGER PRIMARY KEY AUTOINCREMENT,   -- never given again: events, audit and imports name it
    sku                  TEXT NOT NULL,
    sku_key              TEXT NOT NULL UNIQUE,                -- as it is compared (base/folding.h); see below
    handle               TEXT NOT NULL DEFAULT '',            -- in the address of its page; '': a variant, on its group's
    name                 TEXT NOT NULL,
    name_key             TEXT NOT NULL,                       -- as it is sorted and searched (base/folding.h)
    description          TEXT NOT NULL,
    price                INTEGER NOT NULL CHECK (price >= 0),
    compare_at_price     INTEGER CHECK (compare_at_price > price),   -- what it is reduced from; NULL: it is not reduced
    lowest_price         INTEGER,                    -- of the 30 days before it was reduced; NULL: it is not reduced
    on_hand              INTEGER NOT NULL DEFAULT 0 CHECK (on_hand >= 0),
    reserved             INTEGER NOT NULL DEFAULT 0 CHECK (reserved >= 0),
    stock_policy         TEXT NOT NULL DEFAULT 'counted' CHECK (stock_policy IN ('counted', 'uncounted', 'beyond')),
    beyond_limit         INTEGER NOT NULL DEFAULT 0 CHECK (beyond_limit >= 0 AND (beyond_limit = 0
                                                                                  OR stock_policy = 'beyond')),
    expected_on          TEXT,                       -- the day on which more comes, where it is sold beyond its stock
    most_per_order       INTEGER CHECK (most_per_order > 0),
    low_stock_threshold  INTEGER CHECK (low_stock_threshold >= 0),   -- NULL: no alert
    status               TEXT NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'hidden', 'archived')),
    weight_g             INTEGER CHECK (weight_g > 0),               -- NULL: unknown, which is not 0
    tax_class            TEXT NOT NULL DEFAULT 'standard' CHECK (tax_class IN ('standard', 'reduced', 'second_reduced',
                                                                               'super_reduced', 'zero')),
    barcode              TEXT NOT NULL DEFAULT '',   -- a GTIN with its check digit
    content              INTEGER CHECK (content > 0),                -- in content_unit; NULL: not sold by measure
    content_unit         TEXT CHECK (content_unit IN ('g', 'ml', 'mm') AND (content_unit IS NULL) = (content IS NULL)),
    shelf                TEXT NOT NULL DEFAULT '',
    customs_code         TEXT NOT NULL DEFAULT '',   -- of the Harmonized System, digits alone
    origin_country       TEXT NOT NULL DEFAULT '',   -- where it was made, ISO 3166-1
    group_id             INTEGER REFERENCES product_group (id),      -- whose variant it is; NULL: it stands alone
    group_position       INTEGER NOT NULL DEFAULT 0,
    option1              TEXT NOT NULL DEFAULT '',   -- its values of the group's options
    option2              TEXT NOT NULL DEFAULT '',
    option3              TEXT NOT NULL DEFAULT '',
    last_order           INTEGER,                    -- the newest order's number that it was ordered with; NULL: never
    created_at           INTEGER NOT NULL,
    updated_at           INTEGER NOT NULL,
    version              INTEGER NOT NULL DEFAULT 1,
    CHECK (reserved <= on_hand + beyond_limit),
    CHECK (stock_policy <> 'uncounted' OR (on_hand = 0 AND reserved = 0))
) STRICT;
CREATE INDEX product_by_status ON product (status, id);
CREATE INDEX product_by_name ON product (name_key, id);
CREATE INDEX product_by_price ON product (price, id);
CREATE INDEX product_mostly_held ON product (id) WHERE on_hand + beyond_limit < 2 * reserved;
CREATE INDEX product_low_stock ON product (id) WHERE low_stock_threshold >= on_hand - reserved;
CREATE INDEX product_out_of_stock ON product (id) WHERE on_hand <= reserved AND stock_policy <> 'uncounted';
CREATE INDEX product_by_barcode ON product (barcode) WHERE barcode <> '';
CREATE INDEX product_by_group ON product (group_id, group_position) WHERE group_id IS NOT NULL;
CREATE UNIQUE INDEX product_by_handle ON product (handle) WHERE handle <> '';
-- What customers see beside groups (catalog/window.h), by each order of the list.
CREATE INDEX product_alone_by_time ON product (created_at, id) WHERE group_id IS NULL AND status = 'active';
CREATE INDEX product_alone_by_name ON product (name_key, id) WHERE group_id IS NULL AND status = 'active';
CREATE INDEX product_alone_by_price ON product (price, id) WHERE group_id IS NULL AND status = 'active';

-- What variants share. Each variant is a product.
CREATE TABLE product_group (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    handle       TEXT NOT NULL UNIQUE,               -- in the address of its page; no product has it
    name         TEXT NOT NULL,
    name_key     TEXT NOT NULL,                      -- as it is sorted and searched (base/folding.h)
    description  TEXT NOT NULL,
    options      TEXT NOT NULL CHECK (json_valid(options)),   -- up to three: [{"name": "Size", "values": ["S", "M"]}]
    price_from   INTEGER,                            -- the least of its active variants; NULL: it has none
    created_at   INTEGER NOT NULL,
    updated_at   INTEGER NOT NULL,
    version      INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX product_group_by_name ON product_group (name_key, id);
CREATE INDEX product_group_shown_by_time ON product_group (created_at, id) WHERE price_from IS NOT NULL;
CREATE INDEX product_group_shown_by_name ON product_group (name_key, id) WHERE price_from IS NOT NULL;
CREATE INDEX product_group_shown_by_price ON product_group (price_from, id) WHERE price_from IS NOT NULL;

-- Which prices a product had, each from its moment on; what ended over 30 days before is removed with the next change.
CREATE TABLE product_price (
    product_id  INTEGER NOT NULL REFERENCES product (id) ON DELETE CASCADE,
    since       INTEGER NOT NULL,
    price       INTEGER NOT NULL,
    PRIMARY KEY (product_id, since)
) STRICT, WITHOUT ROWID;

-- Products that customers find together: "Gifts".
CREATE TABLE collection (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    handle      TEXT NOT NULL UNIQUE,
    name        TEXT NOT NULL,
    position    INTEGER NOT NULL,
    created_at  INTEGER NOT NULL,
    updated_at  INTEGER NOT NULL,
    version     INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE TABLE collection_product (
    collection_id  INTEGER NOT NULL REFERENCES collection (id) ON DELETE CASCADE,
    product_id     INTEGER NOT NULL REFERENCES product (id) ON DELETE CASCADE,
    PRIMARY KEY (collection_id, product_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX collection_product_by_product ON collection_product (product_id);

-- The indexes that products are found by, and groups, whose rowid is their id below 0. Their texts are folded
-- (base/folding.h) by catalog/product.cpp and catalog/group.cpp, which add them: an index keeps no copy of its text.
CREATE VIRTUAL TABLE product_text USING fts5 (sku, name, description, content = '', contentless_delete = 1,
                                              tokenize = 'trigram case_sensitive 1');
CREATE TRIGGER product_text_removed AFTER DELETE ON product BEGIN
    DELETE FROM product_text WHERE rowid = old.id;
END;
CREATE TRIGGER product_group_text_removed AFTER DELETE ON product_group BEGIN
    DELETE FROM product_text WHERE rowid = -old.id;
END;

-- For words of one or two letters, which are too short for trigrams: found at the start of a word. East Asian letters and
-- signs are words of their own (words_apart() in base/folding.h), those of descriptions too.
CREATE VIRTUAL TABLE product_word USING fts5 (sku, name, content = '', contentless_delete = 1, detail = none,
                                              prefix = '1 2',
                                              tokenize = "unicode61 remove_diacritics 0 categories 'L* N* M* Co'");
CREATE TRIGGER product_word_removed AFTER DELETE ON product BEGIN
    DELETE FROM product_word WHERE rowid = old.id;
END;
CREATE TRIGGER product_group_word_removed AFTER DELETE ON product_group BEGIN
    DELETE FROM product_word WHERE rowid = -old.id;
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
CREATE INDEX inventory_movement_by_order ON inventory_movement (order_id) WHERE order_id IS NOT NULL;

CREATE TABLE import (                                -- a file that was imported or a bulk edit, so that it can be undone
    id          INTEGER PRIMARY KEY,
    file_hash   BLOB NOT NULL,
    changes     TEXT NOT NULL CHECK (json_valid(changes)),   -- its kind and figures (catalog/import_record.h)
    actor       TEXT NOT NULL,
    at          INTEGER NOT NULL,
    undone_at   INTEGER
) STRICT;
CREATE TABLE import_change (                         -- what it did to one product, group or collection, in its order
    id          INTEGER PRIMARY KEY,
    import_id   INTEGER NOT NULL REFERENCES import,
    subject     TEXT NOT NULL CHECK (subject IN ('product', 'group', 'collection')),
    subject_id  INTEGER NOT NULL,                    -- which may be gone by now
    kept        TEXT NOT NULL CHECK (json_valid(kept))       -- it before and after (catalog/import_record.h)
) STRICT;
CREATE INDEX import_change_of_import ON import_change (import_id, subject);
CREATE INDEX import_change_of_product ON import_change (subject_id, import_id) WHERE subject = 'product';

-- Pictures are kept in the sizes that are shown, each written anew as WebP (catalog/picture_file.h). Equal ones are kept
-- once, under the hash of their sizes' bytes, which is in their URL.
CREATE TABLE picture_content (
    id          INTEGER PRIMARY KEY,
    hash        BLOB NOT NULL UNIQUE,                -- catalog/picture_content.h
    width       INTEGER NOT NULL CHECK (width > 0),  -- of the largest size
    height      INTEGER NOT NULL CHECK (height > 0),
    unused      INTEGER NOT NULL DEFAULT 1 CHECK (unused IN (0, 1)),   -- no picture has it; see the triggers
    created_at  INTEGER NOT NULL
) STRICT;
CREATE INDEX picture_content_unused ON picture_content (id) WHERE unused;

CREATE TABLE picture_size (
    content_id  INTEGER NOT NULL REFERENCES picture_content (id) ON DELETE CASCADE,
    side        INTEGER NOT NULL CHECK (side IN (320, 800, 1600)),   -- no side of it is longer
    bytes       BLOB NOT NULL,
    UNIQUE (content_id, side)
) STRICT;

CREATE TABLE picture (                               -- of a product or of a group
    id          INTEGER PRIMARY KEY AUTOINCREMENT,   -- never given again: events and imports name it
    product_id  INTEGER REFERENCES product (id) ON DELETE CASCADE,
    group_id    INTEGER REFERENCES product_group (id) ON DELETE CASCADE,
    position    INTEGER NOT NULL,                    -- the lowest is shown first
    alt         TEXT NOT NULL DEFAULT '',            -- what is to be seen, in words
    content_id  INTEGER NOT NULL REFERENCES picture_content (id),
    created_at  INTEGER NOT NULL,
    CHECK ((product_id IS NULL) <> (group_id IS NULL))
) STRICT;
CREATE INDEX picture_by_product ON picture (product_id, position, id) WHERE product_id IS NOT NULL;
CREATE INDEX picture_by_group ON picture (group_id, position, id) WHERE group_id IS NOT NULL;
CREATE INDEX picture_by_content ON picture (content_id);
CREATE TRIGGER picture_added AFTER INSERT ON picture BEGIN
    UPDATE picture_content SET unused = 0 WHERE id = new.content_id AND unused;
END;
CREATE TRIGGER picture_removed AFTER DELETE ON picture BEGIN
    UPDATE picture_content SET unused = 1
     WHERE id = old.content_id AND NOT EXISTS (SELECT 1 FROM picture WHERE content_id = old.content_id);
END;

-- What the shop's logo is chosen from, written anew as WebP. The setting "logo" names the one that is shown.
CREATE TABLE logo (
    id          INTEGER PRIMARY KEY,
    hash        TEXT NOT NULL UNIQUE,                -- of the bytes; it is in the URL
    width       INTEGER NOT NULL CHECK (width > 0),
    height      INTEGER NOT NULL CHECK (height > 0),
    bytes       BLOB NOT NULL,
    created_at  INTEGER NOT NULL
) STRICT;

-- The pictures that imported files name by their address, to be fetched by jobs. A row stays when that is done, so that
-- the same file again fetches nothing again.
CREATE TABLE picture_wanted (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,   -- never given again: jobs name it
    import_id   INTEGER NOT NULL REFERENCES import (id),
    product_id  INTEGER REFERENCES product (id) ON DELETE CASCADE,
    group_id    INTEGER REFERENCES product_group (id) ON DELETE CASCADE,
    url         TEXT NOT NULL,
    position    INTEGER NOT NULL,                    -- in the file
    alt         TEXT NOT NULL,
    status      TEXT NOT NULL DEFAULT 'wanted' CHECK (status IN ('wanted', 'stored', 'failed')),
    fault       TEXT NOT NULL DEFAULT '',            -- why the last try failed
    picture_id  INTEGER REFERENCES picture (id) ON DELETE SET NULL,   -- once stored; NULL again: it was removed since
    CHECK ((product_id IS NULL) <> (group_id IS NULL))
) STRICT;
CREATE INDEX picture_wanted_by_import ON picture_wanted (import_id, status);
CREATE INDEX picture_wanted_by_url ON picture_wanted (url);
CREATE INDEX picture_wanted_by_product ON picture_wanted (product_id) WHERE product_id IS NOT NULL;
CREATE INDEX picture_wanted_by_group ON picture_wanted (group_id) WHERE group_id IS NOT NULL;
CREATE INDEX picture_wanted_by_picture ON picture_wanted (picture_id) WHERE picture_id IS NOT NULL;

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
    status             TEXT NOT NULL CHECK (status IN ('draft', 'pending', 'paid', 'processing', 'partially_shipped',
                                                       'shipped', 'delivered', 'returned', 'cancelled', 'expired')),
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
    balance            INTEGER NOT NULL DEFAULT 0,   -- owed since its total changed after it was paid, as payments said last;
                                                     -- negative: to be refunded
    parcel_trouble     INTEGER NOT NULL DEFAULT 0,   -- a parcel has no label, or its carrier reports a problem
    tax_country        TEXT NOT NULL DEFAULT '',     -- whose tax it has; '': erased before schema 6
    tax_treatment      TEXT NOT NULL DEFAULT 'taxed' CHECK (tax_treatment IN ('taxed', 'untaxed', 'export',
                                                                              'reverse_charge', 'small_business')),
    rounded_by         TEXT NOT NULL DEFAULT 'rate' CHECK (rounded_by IN ('rate', 'line')),   -- line: before schema 6
    shipping_taxes     TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(shipping_taxes)),   -- of each rate: [ppm, price, tax]
    owed_agreed        INTEGER NOT NULL DEFAULT 0,   -- staff said that it ships though some of it is owed
    delivery           TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(delivery)),   -- the method, as it was
    discount_code_id   INTEGER REFERENCES discount_code (id),
    discount_reason    TEXT NOT NULL DEFAULT '',     -- the code, as it was
    discount_counts    INTEGER NOT NULL DEFAULT 0,   -- whether the order uses its code up: not once it ended unpaid
    billing_sealed     BLOB,                         -- who is billed, where it is not the recipient
    staff_discount_reason TEXT NOT NULL DEFAULT '',  -- why staff gave a discount; '': they gave none
    locale             TEXT NOT NULL DEFAULT '',     -- the language of all that goes to the customer; '': the shop's
    accepted_terms     TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(accepted_terms)),   -- the legal texts that its customer
                                                     -- accepted: of each [kind, version, language]
    awaits             TEXT NOT NULL DEFAULT 'none' CHECK (awaits IN ('none', 'some', 'all')),   -- how much of what is
                                                     -- to be shipped is not in stock yet: see order_item.awaited
    payment_links      INTEGER NOT NULL DEFAULT 0,   -- how often staff renewed the link to the page on which it is paid
    -- Why it may be packed: 'paid'; 'free', and pending; or how it is paid later, which the shop's settings allow or do
    -- not. What failed or went back is no payment that comes later. NULL: it may not. With '_awaited' after it: it might,
    -- but nothing of it is in stock yet.
    packing            TEXT GENERATED ALWAYS AS (
        CASE WHEN status = 'pending'
             THEN CASE WHEN balance > 0 THEN iif(owed_agreed, 'paid', NULL)
                       WHEN total = 0 THEN 'free'
                       WHEN payment_method IN ('bank_transfer', 'cash_on_delivery')
                            AND payment_status NOT IN ('failed', 'voided', 'refunded', 'disputed') THEN payment_method
                  END
             WHEN status IN ('paid', 'processing', 'partially_shipped') AND (balance <= 0 OR owed_agreed)
                  AND payment_status NOT IN ('voided', 'refunded', 'disputed') AND NOT money_goes_back THEN 'paid'
        END || iif(awaits = 'all', '_awaited', '')) VIRTUAL
) STRICT;
CREATE INDEX orders_in_trouble ON orders (id) WHERE parcel_trouble;
CREATE INDEX orders_awaiting ON orders (id) WHERE awaits <> 'none';
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
    product_id  INTEGER REFERENCES product (id),     -- NULL: a line that staff wrote, of no product
    sku         TEXT NOT NULL,                       -- SKU, name, price and weight as they were; '' without a product
    name        TEXT NOT NULL,
    unit_price  INTEGER NOT NULL,
    weight_g    INTEGER CHECK (weight_g > 0),        -- NULL: unknown
    tax         INTEGER NOT NULL,                    -- of the line: added, or contained where prices include it
    quantity    INTEGER NOT NULL CHECK (quantity >= 0),   -- 0: an edit took it out
    shipped     INTEGER NOT NULL DEFAULT 0,
    cancelled   INTEGER NOT NULL DEFAULT 0,
    returned    INTEGER NOT NULL DEFAULT 0,
    tax_rate_ppm  INTEGER NOT NULL DEFAULT 0,
    listed_price  INTEGER,                           -- of the product, where unit_price is without the tax in it; NULL: as that
    discount    INTEGER NOT NULL DEFAULT 0 CHECK (0 <= discount AND discount <= unit_price * quantity),
    staff_discount INTEGER NOT NULL DEFAULT 0 CHECK (0 <= staff_discount AND staff_discount <= discount),   -- what of it
                                                     -- staff gave
    tax_class   TEXT NOT NULL DEFAULT 'standard',
    counted     INTEGER NOT NULL DEFAULT 1 CHECK (counted IN (0, 1)),   -- whether it takes stock, as its product did
                                                     -- when it was ordered
    awaited     INTEGER NOT NULL DEFAULT 0,          -- of the units to be shipped: not in stock yet. What is in stock is
                                                     -- given to the product's lines by order, oldest first
    expected_on TEXT,                                -- the day on which they were to come, as the customer was told
    price_reason TEXT NOT NULL DEFAULT '',           -- why staff gave it another price than the product's; '': they did not
    CHECK (product_id IS NOT NULL OR NOT counted),
    CHECK (0 <= shipped AND 0 <= cancelled AND shipped + cancelled <= quantity),
    CHECK (0 <= returned AND returned <= shipped),
    CHECK (0 <= awaited AND awaited <= counted * (quantity - shipped - cancelled))
) STRICT;
CREATE INDEX order_item_by_order ON order_item (order_id);
CREATE INDEX order_item_by_product ON order_item (product_id, order_id);
CREATE INDEX order_item_awaited ON order_item (product_id, order_id, awaited) WHERE awaited > 0;

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

-- What staff sort orders by. A row is removed with its last order. The words are plain: who finds orders by them reads them.
CREATE TABLE tag (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,       -- never given again: events name it
    text    TEXT NOT NULL,                           -- as it was first typed
    key     TEXT NOT NULL UNIQUE,                    -- as it is compared (base/folding.h)
    orders  INTEGER NOT NULL DEFAULT 0               -- that have it
) STRICT;

CREATE TABLE order_tag (
    tag_id    INTEGER NOT NULL REFERENCES tag (id),
    order_id  INTEGER NOT NULL REFERENCES orders (id),
    PRIMARY KEY (tag_id, order_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX order_tag_by_order ON order_tag (order_id);

-- What staff say to each other about an order. Erased with its customer.
CREATE TABLE order_comment (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,  -- never given again: events name it
    order_id     INTEGER NOT NULL REFERENCES orders (id),
    admin_id     INTEGER NOT NULL REFERENCES admin_user (id),   -- who wrote it
    text_sealed  BLOB NOT NULL,
    at           INTEGER NOT NULL
) STRICT;
CREATE INDEX order_comment_by_order ON order_comment (order_id);

-- The shop's terms and the like. A row is never changed: what is saved is a new version, and orders name the one that
-- was accepted.
CREATE TABLE legal_text (
    id           INTEGER PRIMARY KEY,
    kind         TEXT NOT NULL CHECK (kind IN ('terms', 'privacy', 'withdrawal', 'imprint')),
    language     TEXT NOT NULL,
    version      INTEGER NOT NULL CHECK (version > 0),
    text         TEXT NOT NULL,                      -- with marks (base/marked_text.h); '': there is none from here on
    created_at   INTEGER NOT NULL,
    UNIQUE (kind, language, version)
) STRICT;

-- ----------------------------------------------------------------------------------------------------------- payments
-- owner: payments

-- One row per order. No card number, CVC or key is in any of these tables: a card is turned into its
-- gateway's token before the transaction that writes here.
CREATE TABLE payment (
    id                 INTEGER PRIMARY KEY,
    order_id           INTEGER NOT NULL UNIQUE REFERENCES orders (id),
    amount             INTEGER NOT NULL CHECK (amount >= 0),
    method             TEXT NOT NULL CHECK (method IN ('card', 'bank_transfer', 'cash_on_delivery', 'cash', 'terminal')),
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
    waived             INTEGER NOT NULL DEFAULT 0,   -- of the amount: what staff did not capture, and let go
    given_back         INTEGER NOT NULL DEFAULT 0,   -- of refunded: since the order's total fell, so it is not paid any more
    created_at         INTEGER NOT NULL,
    updated_at         INTEGER NOT NULL,
    version            INTEGER NOT NULL DEFAULT 1,
    CHECK (0 <= refunded AND refunded <= captured),
    CHECK (0 <= to_be_sent AND to_be_sent <= refunded),
    CHECK (0 <= given_back AND given_back <= refunded)
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
    at                 INTEGER NOT NULL,
    amount             INTEGER NOT NULL DEFAULT 0,   -- that the gateway is asked for
    captured           INTEGER NOT NULL DEFAULT 0    -- that it took. What a payment captured beyond its attempts was paid by hand
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
    units              TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(units)),  -- that it pays back: [item, quantity] each;
                                                     -- []: it is a sum
    attempt_id         INTEGER REFERENCES payment_attempt (id),   -- whose charge it goes back on; NULL: what was paid by hand
    of_total           INTEGER NOT NULL DEFAULT 0 CHECK (of_total IN (0, 1))   -- it gives back what the order's total fell by
) STRICT;
CREATE INDEX refund_by_payment ON refund (payment_id);
CREATE INDEX refund_pending ON refund (at) WHERE status = 'pending';
CREATE INDEX refund_to_be_sent ON refund (payment_id) WHERE status = 'to_be_sent';
CREATE INDEX refund_by_time ON refund (coalesce(sent_at, at));
CREATE INDEX refund_by_attempt ON refund (attempt_id) WHERE attempt_id IS NOT NULL;
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
    outdated_at        INTEGER,                      -- since when its order says something else than its label; NULL: not
    leaves_at          INTEGER,                      -- marked shipped, which counts from then on; NULL: not marked
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

CREATE TABLE return_request (                        -- a customer's, to withdraw from an order or to send goods back
    id           INTEGER PRIMARY KEY,
    kind         TEXT NOT NULL CHECK (kind IN ('withdrawal', 'return')),
    order_id     INTEGER REFERENCES orders (id),     -- NULL: no order has the number and the e-mail address that they typed
    said_sealed  BLOB,                               -- [order number, name, email, text]; NULL once erased
    network      INTEGER NOT NULL,                   -- keyed hash of the sender's; 0: this machine
    locale       TEXT NOT NULL,
    received_at  INTEGER NOT NULL,
    settled_at   INTEGER                             -- NULL: open, staff have to deal with it
) STRICT;
CREATE INDEX return_request_open ON return_request (id) WHERE settled_at IS NULL;
CREATE INDEX return_request_by_order ON return_request (order_id) WHERE order_id IS NOT NULL;
CREATE INDEX return_request_unmatched ON return_request (id) WHERE order_id IS NULL;
CREATE INDEX return_request_by_network ON return_request (network, received_at);

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
    sent_again      INTEGER NOT NULL DEFAULT 0,      -- how often staff asked for it
    created_at      INTEGER NOT NULL,
    updated_at      INTEGER NOT NULL,
    UNIQUE (event_sequence, template)
) STRICT;
CREATE INDEX mail_by_order ON mail (order_id, id) WHERE order_id IS NOT NULL;
CREATE INDEX mail_by_status ON mail (status, id);

-- What a shop's mails and pages say in other words than orderd's own (base/languages).
CREATE TABLE own_words (
    id           INTEGER PRIMARY KEY,
    language     TEXT NOT NULL,
    name         TEXT NOT NULL,                      -- of the text: "order_placed.subject"
    text         TEXT,                               -- NULL: orderd's own again
    version      INTEGER NOT NULL DEFAULT 1,
    updated_at   INTEGER NOT NULL,
    UNIQUE (language, name)
) STRICT;

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

-- Where those who work here are told of what came, and of what: one row for a person and way. A row without a person is the
-- shop's own address for low stock: the setting "mail" has it.
CREATE TABLE notice_way (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,   -- never given again: what is sealed is sealed to its row
    admin_id        INTEGER REFERENCES admin_user (id) ON DELETE CASCADE,
    way             TEXT NOT NULL CHECK (way IN ('mail', 'post')),
    about           TEXT NOT NULL CHECK (json_valid(about)),   -- ["order_paid", "low_stock"]
    address_sealed  BLOB,                            -- an e-mail address, or a URL; NULL: that of the setting
    messages        INTEGER NOT NULL DEFAULT 0,      -- that went out
    sent_at         INTEGER,                         -- the last of them; NULL: none yet
    last_error      TEXT NOT NULL DEFAULT '',        -- of the last try; '': it went well
    updated_at      INTEGER NOT NULL,
    version         INTEGER NOT NULL DEFAULT 1,
    UNIQUE (admin_id, way)
) STRICT;

-- What the next message of a way says. Beyond some lines, what came is only counted: those have no text.
CREATE TABLE notice_item (
    id      INTEGER PRIMARY KEY,
    way_id  INTEGER NOT NULL REFERENCES notice_way (id) ON DELETE CASCADE,
    about   TEXT NOT NULL,
    text    TEXT NOT NULL,                           -- one line, without personal data
    link    TEXT NOT NULL,                           -- in the dashboard: "orders/1001"
    count   INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX notice_item_by_way ON notice_item (way_id);
CREATE UNIQUE INDEX notice_item_counted ON notice_item (way_id, about) WHERE text = '';
