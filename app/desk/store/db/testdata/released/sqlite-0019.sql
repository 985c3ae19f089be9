CREATE TABLE goose_db_version (
		id INTEGER PRIMARY KEY AUTOINCREMENT,
		version_id INTEGER NOT NULL,
		is_applied INTEGER NOT NULL,
		tstamp TIMESTAMP DEFAULT (datetime('now'))
	);
CREATE TABLE tickets (
    number      INTEGER PRIMARY KEY AUTOINCREMENT,
    id          BLOB NOT NULL UNIQUE, -- SHA-256 of the ID that the client drew: who knows the ID gets a token
    filed       BLOB NOT NULL,        -- SHA-256 of the content as filed, to know a repetition from a misuse
    state       TEXT NOT NULL,
    title       TEXT NOT NULL,
    description TEXT NOT NULL,
    product     TEXT NOT NULL,
    priority    TEXT NOT NULL CHECK (priority IN ('critical', 'high', 'normal', 'low')),
    name        TEXT NOT NULL,
    contact     TEXT NOT NULL,
    language    TEXT NOT NULL,
    search      TEXT NOT NULL,        -- title and description in lower case, of every script
    created     INTEGER NOT NULL,
    updated     INTEGER NOT NULL
, version INTEGER NOT NULL DEFAULT 1, kind TEXT NOT NULL DEFAULT 'fault', product_version TEXT NOT NULL DEFAULT '', module TEXT NOT NULL DEFAULT '', impact TEXT NOT NULL DEFAULT 'one', critical TEXT NOT NULL DEFAULT '', answers TEXT NOT NULL DEFAULT '', findings TEXT NOT NULL DEFAULT '', signs TEXT NOT NULL DEFAULT '', urgency TEXT NOT NULL DEFAULT '', urgency_reason TEXT NOT NULL DEFAULT '', urgency_by TEXT NOT NULL DEFAULT '', urgency_at INTEGER, effective TEXT NOT NULL DEFAULT 'normal', queue TEXT NOT NULL DEFAULT '', level INTEGER NOT NULL DEFAULT 1, level_at TEXT NOT NULL DEFAULT '', owner TEXT NOT NULL DEFAULT '', waiting_for TEXT NOT NULL DEFAULT '', waiting_since INTEGER, plan TEXT NOT NULL DEFAULT '', parent INTEGER, escalated INTEGER, escalation_reason TEXT NOT NULL DEFAULT '', escalation_by TEXT NOT NULL DEFAULT '', organisation INTEGER, person INTEGER, installation INTEGER, minutes INTEGER NOT NULL DEFAULT 0, due INTEGER, closed INTEGER, closed_by TEXT NOT NULL DEFAULT '', cause TEXT NOT NULL DEFAULT '', solution TEXT NOT NULL DEFAULT '', tried TEXT NOT NULL DEFAULT '', first_check INTEGER NOT NULL DEFAULT 0, helped TEXT NOT NULL DEFAULT '', feedback TEXT NOT NULL DEFAULT '', satisfied INTEGER) STRICT;
CREATE TABLE staff (
    name         TEXT PRIMARY KEY COLLATE NOCASE,
    display_name TEXT NOT NULL,
    password     TEXT NOT NULL,       -- argon2id, PHC string
    created      INTEGER NOT NULL
, roles TEXT NOT NULL DEFAULT 'supporter', version INTEGER NOT NULL DEFAULT 1, disabled INTEGER NOT NULL DEFAULT 0, email TEXT NOT NULL DEFAULT '', language TEXT NOT NULL DEFAULT '', subject TEXT NOT NULL DEFAULT '', handle BLOB NOT NULL DEFAULT x'', totp TEXT NOT NULL DEFAULT '', totp_new TEXT NOT NULL DEFAULT '', totp_step INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE TABLE tokens (
    hash    BLOB PRIMARY KEY,         -- SHA-256 of the token
    ticket  INTEGER REFERENCES tickets (number) ON DELETE CASCADE,
    staff   TEXT REFERENCES staff (name) ON DELETE CASCADE,
    created INTEGER NOT NULL,
    expires INTEGER NOT NULL, how TEXT NOT NULL DEFAULT '', source TEXT NOT NULL DEFAULT '', agent TEXT NOT NULL DEFAULT '', used INTEGER NOT NULL DEFAULT 0, confirmed INTEGER NOT NULL DEFAULT 0,
    CHECK ((ticket IS NULL) <> (staff IS NULL))
) STRICT, WITHOUT ROWID;
CREATE TABLE uploads (
    id       TEXT PRIMARY KEY,
    ticket   INTEGER NOT NULL REFERENCES tickets (number),
    name     TEXT NOT NULL,
    size     INTEGER NOT NULL,
    sha256   TEXT NOT NULL,           -- hex, as announced
    metadata TEXT NOT NULL,           -- as sent, for HEAD
    position INTEGER NOT NULL,        -- bytes that are on disk for certain
    digest   BLOB NOT NULL,           -- SHA-256's state over those bytes; empty: read them again
    created  INTEGER NOT NULL,
    expires  INTEGER NOT NULL
, kind TEXT NOT NULL DEFAULT 'bundle', author TEXT NOT NULL DEFAULT '', type TEXT NOT NULL DEFAULT '') STRICT;
CREATE TABLE bundles (
    id       TEXT PRIMARY KEY,
    ticket   INTEGER NOT NULL REFERENCES tickets (number),
    name     TEXT NOT NULL,
    size     INTEGER NOT NULL,
    sha256   TEXT NOT NULL,
    metadata TEXT NOT NULL,           -- the upload's, for HEAD
    created  INTEGER NOT NULL
, scan TEXT NOT NULL DEFAULT '') STRICT;
CREATE TABLE sessions (
    id           TEXT PRIMARY KEY,
    ticket       INTEGER NOT NULL REFERENCES tickets (number),
    staff        TEXT NOT NULL REFERENCES staff (name),
    supporter    TEXT NOT NULL,       -- the name as it was shown
    organisation TEXT NOT NULL,
    first_part   TEXT NOT NULL,
    asked        INTEGER NOT NULL,
    expires      INTEGER NOT NULL,
    consented    INTEGER,
    started      INTEGER,
    ended        INTEGER,
    ended_by     TEXT NOT NULL DEFAULT '',
    reason       TEXT NOT NULL DEFAULT ''
, rights TEXT NOT NULL DEFAULT 'see', role TEXT NOT NULL DEFAULT 'supporter', desk_key BLOB, signature BLOB, turn INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE TABLE reveals (
    ticket    INTEGER NOT NULL REFERENCES tickets (number),
    pseudonym TEXT NOT NULL,          -- never what it stands for
    asked     INTEGER NOT NULL
, turn INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE TABLE records (
    session  TEXT NOT NULL REFERENCES sessions (id),
    position INTEGER NOT NULL,        -- bytes before this piece
    piece    BLOB NOT NULL,           -- whole lines
    PRIMARY KEY (session, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE watchers (
    staff  TEXT NOT NULL,
    ticket INTEGER NOT NULL REFERENCES tickets (number) ON DELETE CASCADE,
    PRIMARY KEY (staff, ticket)
) STRICT, WITHOUT ROWID;
CREATE TABLE promises (
    ticket   INTEGER NOT NULL REFERENCES tickets (number) ON DELETE CASCADE,
    place    INTEGER NOT NULL, -- in the ticket's list
    what     TEXT NOT NULL,
    due      INTEGER NOT NULL,
    author   TEXT NOT NULL,
    kept     INTEGER,
    remind   INTEGER,          -- as it was wished for; NULL: a day before
    remind_at INTEGER,         -- when a reminder is still to be written; NULL: it was, or none is needed
    PRIMARY KEY (ticket, place)
) STRICT, WITHOUT ROWID;
CREATE TABLE entries (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    ticket     INTEGER NOT NULL REFERENCES tickets (number) ON DELETE CASCADE,
    uid        BLOB UNIQUE,              -- SHA-256 of the ID that its client drew; NULL: the desk's own
    filed      BLOB,                     -- SHA-256 of the content as it was sent, to know a repetition from a misuse
    written    INTEGER NOT NULL,
    kind       TEXT NOT NULL,
    public     INTEGER NOT NULL,
    author     TEXT NOT NULL,            -- a name of staff, "customer", "desk", "rule", or an address
    name       TEXT NOT NULL DEFAULT '', -- of the author, as people are shown it
    party      TEXT NOT NULL DEFAULT '',
    body       TEXT NOT NULL,
    mentions   TEXT NOT NULL DEFAULT '', -- names of staff with spaces between
    sender     TEXT NOT NULL DEFAULT '', -- a mail's
    recipients TEXT NOT NULL DEFAULT '', -- JSON
    subject    TEXT NOT NULL DEFAULT '',
    ref        TEXT NOT NULL DEFAULT '',
    minutes    INTEGER NOT NULL DEFAULT 0,
    files      TEXT NOT NULL DEFAULT '', -- JSON
    wants      TEXT NOT NULL DEFAULT '', -- JSON
    changes    TEXT NOT NULL DEFAULT '', -- JSON
    gone       TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE journal (
    seq     INTEGER PRIMARY KEY,      -- from 1, without a gap
    at      INTEGER NOT NULL,
    kind    TEXT NOT NULL,            -- who did it
    name    TEXT NOT NULL,            -- of that kind; '' where it is an address
    address TEXT,                     -- NULL: none, or erased
    ticket  INTEGER NOT NULL,         -- 0: none
    action  TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail  TEXT,                     -- JSON; NULL: erased
    salt    BLOB,                     -- NULL: erased
    private BLOB NOT NULL,            -- SHA-256 of salt, address and detail
    hash    BLOB NOT NULL             -- SHA-256 of the hash before and everything else, with private for what is personal
) STRICT;
CREATE TABLE journal_cursors (
    name TEXT PRIMARY KEY,
    seq  INTEGER NOT NULL             -- the last one that is done
) STRICT;
CREATE TABLE passkeys (
    id      TEXT PRIMARY KEY,         -- base64url, as authenticators name it
    staff   TEXT NOT NULL REFERENCES staff (name) ON DELETE CASCADE,
    name    TEXT NOT NULL,
    record  BLOB NOT NULL,            -- its public key and counter
    created INTEGER NOT NULL,
    used    INTEGER
) STRICT;
CREATE TABLE recovery_codes (
    hash  BLOB PRIMARY KEY,           -- SHA-256
    staff TEXT NOT NULL REFERENCES staff (name) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE TABLE signins (
    hash    BLOB PRIMARY KEY,         -- SHA-256 of what the one who signs in was given
    kind    TEXT NOT NULL,            -- second, passkey, register, oidc
    staff   TEXT REFERENCES staff (name) ON DELETE CASCADE,
    state   BLOB NOT NULL,            -- what the answer is judged by
    tries   INTEGER NOT NULL DEFAULT 0,
    expires INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE api_keys (
    id      TEXT PRIMARY KEY,
    hash    BLOB NOT NULL UNIQUE,     -- SHA-256
    name    TEXT NOT NULL,
    scopes  TEXT NOT NULL,            -- names with spaces between
    made_by TEXT NOT NULL,
    created INTEGER NOT NULL,
    expires INTEGER NOT NULL,
    used    INTEGER
) STRICT;
CREATE TABLE ticket_links (
    id      TEXT PRIMARY KEY,
    hash    BLOB NOT NULL UNIQUE,     -- SHA-256
    ticket  INTEGER NOT NULL REFERENCES tickets (number) ON DELETE CASCADE,
    made_by TEXT NOT NULL,
    created INTEGER NOT NULL,
    expires INTEGER NOT NULL,
    uses    INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE organisations (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    version      INTEGER NOT NULL,
    name         TEXT NOT NULL,
    folded       TEXT NOT NULL UNIQUE,      -- the name in lower case: told apart and ordered by it
    party        TEXT NOT NULL,
    language     TEXT NOT NULL,
    contract     TEXT NOT NULL,             -- for the team alone
    ways         TEXT NOT NULL DEFAULT '',  -- how to get in; never in a list
    ways_version INTEGER NOT NULL DEFAULT 0,
    ways_by      TEXT NOT NULL DEFAULT '',
    ways_updated INTEGER NOT NULL DEFAULT 0,
    created      INTEGER NOT NULL,
    updated      INTEGER NOT NULL
) STRICT;
CREATE TABLE organisation_domains (
    domain       TEXT PRIMARY KEY,          -- lower case
    organisation INTEGER NOT NULL REFERENCES organisations (id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE TABLE contacts (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    version      INTEGER NOT NULL,
    organisation INTEGER NOT NULL REFERENCES organisations (id) ON DELETE CASCADE,
    name         TEXT NOT NULL,
    folded       TEXT NOT NULL,             -- the name in lower case
    mail         TEXT NOT NULL,             -- lower case
    phone        TEXT NOT NULL,
    language     TEXT NOT NULL,
    company      TEXT NOT NULL,
    roles        TEXT NOT NULL              -- with spaces between
) STRICT;
CREATE TABLE installations (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    version         INTEGER NOT NULL,
    organisation    INTEGER NOT NULL REFERENCES organisations (id) ON DELETE CASCADE,
    product         TEXT NOT NULL,
    folded          TEXT NOT NULL,          -- the product in lower case
    product_version TEXT NOT NULL,
    place           TEXT NOT NULL,
    note            TEXT NOT NULL,
    updated         INTEGER NOT NULL
) STRICT;
CREATE TABLE sightings (
    installation    INTEGER NOT NULL REFERENCES installations (id) ON DELETE CASCADE,
    bundle          TEXT NOT NULL,          -- its ID
    ticket          INTEGER NOT NULL REFERENCES tickets (number) ON DELETE CASCADE,
    product_version TEXT NOT NULL,
    seen            INTEGER NOT NULL,
    PRIMARY KEY (installation, bundle)
) STRICT, WITHOUT ROWID;
CREATE TABLE accesses (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    version      INTEGER NOT NULL,
    state        TEXT NOT NULL,
    organisation INTEGER NOT NULL REFERENCES organisations (id),
    installation INTEGER REFERENCES installations (id) ON DELETE SET NULL,
    ticket       INTEGER REFERENCES tickets (number) ON DELETE SET NULL,
    why          TEXT NOT NULL,
    scope        TEXT NOT NULL,
    author       TEXT NOT NULL,             -- a name of staff
    requested    INTEGER NOT NULL,
    until        INTEGER NOT NULL,
    granted_by   INTEGER REFERENCES contacts (id) ON DELETE SET NULL,
    granted_name TEXT NOT NULL DEFAULT '',  -- as they were called then
    how          TEXT NOT NULL DEFAULT '',
    granted      INTEGER,
    ended        INTEGER,
    ended_by     TEXT NOT NULL DEFAULT '',
    reason       TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE access_people (
    access INTEGER NOT NULL REFERENCES accesses (id) ON DELETE CASCADE,
    staff  TEXT NOT NULL,
    PRIMARY KEY (access, staff)
) STRICT, WITHOUT ROWID;
CREATE TABLE access_uses (
    id     INTEGER PRIMARY KEY AUTOINCREMENT,
    access INTEGER NOT NULL REFERENCES accesses (id) ON DELETE CASCADE,
    used   INTEGER NOT NULL,
    staff  TEXT NOT NULL,
    note   TEXT NOT NULL
) STRICT;
CREATE TABLE bugs (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    version     INTEGER NOT NULL,
    product     TEXT NOT NULL,
    folded      TEXT NOT NULL,           -- the product in lower case
    module      TEXT NOT NULL,
    title       TEXT NOT NULL,
    search      TEXT NOT NULL,           -- title and ref in lower case
    description TEXT NOT NULL,
    ref         TEXT NOT NULL,
    state       TEXT NOT NULL,
    since       TEXT NOT NULL,
    fixed_in    TEXT NOT NULL,
    workaround  TEXT NOT NULL,
    fix         TEXT NOT NULL,
    created     INTEGER NOT NULL,
    updated     INTEGER NOT NULL
) STRICT;
CREATE TABLE bug_tickets (
    bug    INTEGER NOT NULL REFERENCES bugs (id) ON DELETE CASCADE,
    ticket INTEGER NOT NULL REFERENCES tickets (number) ON DELETE CASCADE,
    author TEXT NOT NULL,                -- a name of staff, or 'rule'
    linked INTEGER NOT NULL,
    PRIMARY KEY (bug, ticket)
) STRICT, WITHOUT ROWID;
CREATE TABLE tellings (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    bug     INTEGER NOT NULL REFERENCES bugs (id) ON DELETE CASCADE,
    what    TEXT NOT NULL,
    author  TEXT NOT NULL,
    begun   INTEGER NOT NULL,
    texts   TEXT NOT NULL,               -- JSON: what was known when it was begun
    total   INTEGER NOT NULL,
    done    INTEGER NOT NULL             -- 1: nobody is left
) STRICT;
CREATE TABLE told (
    telling INTEGER NOT NULL REFERENCES tellings (id) ON DELETE CASCADE,
    ticket  INTEGER NOT NULL REFERENCES tickets (number) ON DELETE CASCADE,
    result  TEXT NOT NULL,
    entry   INTEGER NOT NULL DEFAULT 0,
    problem TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (telling, ticket)
) STRICT, WITHOUT ROWID;
CREATE TABLE told_texts (
    bug    INTEGER NOT NULL REFERENCES bugs (id) ON DELETE CASCADE,
    ticket INTEGER NOT NULL REFERENCES tickets (number) ON DELETE CASCADE,
    digest BLOB NOT NULL,                -- SHA-256 of the text
    entry  INTEGER NOT NULL,
    PRIMARY KEY (bug, ticket, digest)
) STRICT, WITHOUT ROWID;
CREATE TABLE releases (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,            -- of this record
    product TEXT NOT NULL,
    folded  TEXT NOT NULL,               -- the product in lower case
    release TEXT NOT NULL,
    day     TEXT NOT NULL,               -- 2026-11-30
    notes   TEXT NOT NULL,
    UNIQUE (folded, release)
) STRICT;
CREATE TABLE release_bugs (
    release INTEGER NOT NULL REFERENCES releases (id) ON DELETE CASCADE,
    bug     INTEGER NOT NULL REFERENCES bugs (id) ON DELETE CASCADE,
    PRIMARY KEY (release, bug)
) STRICT, WITHOUT ROWID;
CREATE TABLE articles (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    version  INTEGER NOT NULL,
    state    TEXT NOT NULL,            -- draft, published, withdrawn
    title    TEXT NOT NULL,
    body     TEXT NOT NULL,            -- Markdown
    product  TEXT NOT NULL,
    since    TEXT NOT NULL,            -- the product version it holds from; '' is every one
    until    TEXT NOT NULL,
    language TEXT NOT NULL,
    of       INTEGER REFERENCES articles (id) ON DELETE SET NULL, -- what it translates
    ticket   INTEGER,                  -- the case that it was made from
    cause    TEXT NOT NULL,
    checks   TEXT NOT NULL,            -- JSON: what an editor has to look at
    author   TEXT NOT NULL,            -- of the last change
    created  INTEGER NOT NULL,
    updated  INTEGER NOT NULL
) STRICT;
CREATE TABLE article_versions (
    article INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    version INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    author  TEXT NOT NULL,
    note    TEXT NOT NULL,
    state   TEXT NOT NULL,
    title   TEXT NOT NULL,
    body    TEXT NOT NULL,
    PRIMARY KEY (article, version)
) STRICT, WITHOUT ROWID;
CREATE TABLE pages (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    product  TEXT NOT NULL,
    version  TEXT NOT NULL,
    language TEXT NOT NULL,
    path     TEXT NOT NULL,
    title    TEXT NOT NULL,
    sha256   TEXT NOT NULL,            -- of the text as it came
    html     TEXT NOT NULL,            -- as it is shown
    imported INTEGER NOT NULL,
    UNIQUE (product, version, language, path)
) STRICT;
CREATE TABLE sections (
    id     INTEGER PRIMARY KEY AUTOINCREMENT,
    page   INTEGER NOT NULL REFERENCES pages (id) ON DELETE CASCADE,
    place  INTEGER NOT NULL,           -- on its page
    anchor TEXT NOT NULL,
    title  TEXT NOT NULL,
    level  INTEGER NOT NULL,
    body   TEXT NOT NULL               -- plain text
) STRICT;
CREATE TABLE outcomes (
    id     INTEGER PRIMARY KEY AUTOINCREMENT,
    at     INTEGER NOT NULL,
    ref    TEXT NOT NULL,              -- article/3; '' is nothing
    ticket INTEGER,                    -- NULL: no case was sent
    first  INTEGER NOT NULL            -- solved at the first check
) STRICT;
CREATE TABLE search_terms (
    id      INTEGER PRIMARY KEY,
-- sqlite only
    term    TEXT NOT NULL UNIQUE,
-- end
-- postgresql only
-- end
    inside  INTEGER NOT NULL DEFAULT 0, -- how many documents that staff alone see have it, of those whose posts are written
    outside INTEGER NOT NULL DEFAULT 0  -- and of those that everybody sees
) STRICT;
CREATE TABLE search_posts (
    term  INTEGER NOT NULL,
    block INTEGER NOT NULL,
    posts BLOB NOT NULL,               -- which documents of the block have the term
    PRIMARY KEY (term, block)
) STRICT, WITHOUT ROWID;
CREATE TABLE search_docs (
    doc      INTEGER PRIMARY KEY,
    fresh    INTEGER NOT NULL,         -- the change that made it so, while its posts are not written; 0: they are
    vector   BLOB NOT NULL,            -- its terms with their weights; empty: it is gone
    posted   BLOB NOT NULL,            -- while fresh: what of other terms may stand in the posts
    product  TEXT NOT NULL,
    version  TEXT NOT NULL,
    language TEXT NOT NULL,
    at       INTEGER NOT NULL,
    helped   INTEGER NOT NULL
) STRICT;
CREATE TABLE search_due (
    doc  INTEGER PRIMARY KEY,
    turn INTEGER NOT NULL              -- one more with each change meanwhile
) STRICT;
CREATE TABLE search_state (
    name  TEXT PRIMARY KEY,
    value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE objects (
    sha256  TEXT PRIMARY KEY,
    name    TEXT NOT NULL,             -- where it lies: the hash and a few digits more
    size    INTEGER NOT NULL,
    created INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE removals (
    name TEXT PRIMARY KEY              -- an object that no row names any more, until its file is gone
) STRICT, WITHOUT ROWID;
CREATE TABLE holds (
    name  TEXT PRIMARY KEY,            -- who reads objects that rows may forget meanwhile: a backup
    until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE upload_parts (
    upload   TEXT NOT NULL REFERENCES uploads (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    name     TEXT NOT NULL,
    size     INTEGER NOT NULL,
    PRIMARY KEY (upload, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE files (
    id       TEXT PRIMARY KEY,         -- its upload's
    ticket   INTEGER NOT NULL REFERENCES tickets (number),
    name     TEXT NOT NULL,
    type     TEXT NOT NULL,
    size     INTEGER NOT NULL,
    sha256   TEXT NOT NULL,
    metadata TEXT NOT NULL,
    used     INTEGER NOT NULL,         -- an entry has it; else it is deleted after some days
    public   INTEGER NOT NULL,         -- the customer sees the entry
    scan     TEXT NOT NULL,
    created  INTEGER NOT NULL
) STRICT;
CREATE TABLE tombstones (
    id     INTEGER PRIMARY KEY AUTOINCREMENT,
    ticket INTEGER NOT NULL REFERENCES tickets (number),
    what   TEXT NOT NULL,
    why    TEXT NOT NULL,
    dug    INTEGER NOT NULL
) STRICT;
CREATE TABLE mails (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    incoming   INTEGER NOT NULL,
    state      TEXT NOT NULL,
    what       TEXT NOT NULL,
    mark       BLOB NOT NULL UNIQUE,        -- in: SHA-256 of what makes it this mail; out: of why it is sent and to whom
    ticket     INTEGER REFERENCES tickets (number) ON DELETE CASCADE,
    entry      INTEGER NOT NULL DEFAULT 0,  -- an entry's ID; 0: none
    message_id TEXT NOT NULL DEFAULT '',    -- without brackets
    side       TEXT NOT NULL DEFAULT '',    -- out: who may answer as whom: customer, third, staff
    address    TEXT NOT NULL,               -- lower case: the sender's, or the recipient's
    name       TEXT NOT NULL DEFAULT '',
    subject    TEXT NOT NULL DEFAULT '',
    quoted     TEXT NOT NULL DEFAULT '',
    signature  TEXT NOT NULL DEFAULT '',
    remarks    TEXT NOT NULL DEFAULT '',    -- JSON
    content    TEXT NOT NULL DEFAULT '',    -- out: JSON of what is sent; '' once it is
    problem    TEXT NOT NULL DEFAULT '',
    tries      INTEGER NOT NULL DEFAULT 0,
    written    INTEGER NOT NULL,
    next       INTEGER,                     -- out: when it is to be tried; NULL: no more
    sent       INTEGER
) STRICT;
CREATE TABLE mail_parties (
    ticket  INTEGER NOT NULL REFERENCES tickets (number) ON DELETE CASCADE,
    address TEXT NOT NULL,                  -- lower case
    party   TEXT NOT NULL,
    public  INTEGER NOT NULL,               -- the customer sees what they answer
    PRIMARY KEY (ticket, address)
) STRICT, WITHOUT ROWID;
CREATE TABLE mail_keys (
    id     INTEGER PRIMARY KEY,             -- 1 is the only one
    secret BLOB NOT NULL,
    since  INTEGER NOT NULL                 -- when this desk began to write mails: nobody is told of what was before
) STRICT;
CREATE TABLE hooks (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    name    TEXT NOT NULL,
    url     TEXT NOT NULL,
    actions TEXT NOT NULL,            -- with spaces between
    secret  BLOB NOT NULL,            -- signs, so it cannot be a hash
    enabled INTEGER NOT NULL,
    made_by TEXT NOT NULL,
    created INTEGER NOT NULL,
    failing INTEGER,
    why     TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE deliveries (
    id      TEXT PRIMARY KEY,
    hook    INTEGER NOT NULL REFERENCES hooks (id) ON DELETE CASCADE,
    action  TEXT NOT NULL,
    ticket  INTEGER NOT NULL,
    body    BLOB NOT NULL,            -- as it is signed
    made    INTEGER NOT NULL,
    tries   INTEGER NOT NULL DEFAULT 0,
    next    INTEGER,                  -- NULL: arrived, or given up
    done    INTEGER,
    status  INTEGER NOT NULL DEFAULT 0,
    error   TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE alarms (
    monitor TEXT NOT NULL,            -- the key's ID
    alarm   TEXT NOT NULL,            -- the monitor's own name for what is wrong
    ticket  INTEGER NOT NULL REFERENCES tickets (number) ON DELETE CASCADE,
    firing  INTEGER NOT NULL,
    times   INTEGER NOT NULL,         -- how often it was said
    told    INTEGER NOT NULL,         -- when an entry was last written
    PRIMARY KEY (monitor, alarm)
) STRICT, WITHOUT ROWID;
CREATE TABLE queues (
    name    TEXT PRIMARY KEY,
    version INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE staff_queues (
    staff TEXT NOT NULL,
    queue TEXT NOT NULL REFERENCES queues (name) ON DELETE CASCADE,
    PRIMARY KEY (staff, queue)
) STRICT, WITHOUT ROWID;
CREATE TABLE filters (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    owner   TEXT NOT NULL,               -- a name of staff
    shared  INTEGER NOT NULL,
    name    TEXT NOT NULL,
    query   TEXT NOT NULL                -- JSON
) STRICT;
CREATE TABLE counted (
    ticket      INTEGER PRIMARY KEY REFERENCES tickets (number) ON DELETE CASCADE,
    filed       INTEGER NOT NULL,
    kind        TEXT NOT NULL,
    product     TEXT NOT NULL,
    module      TEXT NOT NULL,
    answered    INTEGER,                 -- the first public answer
    solved      INTEGER,
    cause       TEXT NOT NULL,
    first_check INTEGER NOT NULL
) STRICT;
CREATE TABLE numbers (
    scope   INTEGER NOT NULL,            -- 0: everything, 1: a product, 2: a module of it
    product TEXT NOT NULL,
    module  TEXT NOT NULL,
    week    INTEGER NOT NULL,            -- days from 1970-01-01 to its Monday
    measure TEXT NOT NULL,
    place   TEXT NOT NULL,               -- which of the measure's: an hour, a cause, a span
    n       INTEGER NOT NULL,
    PRIMARY KEY (scope, product, module, week, measure, place)
) STRICT, WITHOUT ROWID;
CREATE TABLE acme_cache (
    directory TEXT NOT NULL,          -- the server's URL
    name      TEXT NOT NULL,          -- as autocert names it: "desk.example.com", with "+token" an answer to a challenge
    content   BLOB NOT NULL,          -- PEM, with private keys
    PRIMARY KEY (directory, name)
) STRICT;
CREATE INDEX tokens_ticket ON tokens (ticket);
CREATE INDEX tokens_staff ON tokens (staff);
CREATE INDEX tokens_expires ON tokens (expires);
CREATE INDEX uploads_ticket ON uploads (ticket);
CREATE INDEX bundles_ticket ON bundles (ticket);
CREATE INDEX sessions_ticket ON sessions (ticket);
CREATE INDEX reveals_ticket ON reveals (ticket);
CREATE UNIQUE INDEX sessions_open ON sessions (ticket, staff, role) WHERE ended IS NULL;
CREATE INDEX tickets_state ON tickets (state, number);
CREATE INDEX tickets_queue ON tickets (queue, state, number);
CREATE INDEX tickets_owner ON tickets (owner, state, number);
CREATE INDEX tickets_product ON tickets (product, number);
CREATE INDEX tickets_created ON tickets (created);
CREATE INDEX tickets_due ON tickets (due) WHERE due IS NOT NULL;
CREATE INDEX tickets_escalated ON tickets (state, number) WHERE escalated IS NOT NULL;
CREATE INDEX tickets_parent ON tickets (parent) WHERE parent IS NOT NULL;
CREATE INDEX tickets_organisation ON tickets (organisation, number) WHERE organisation IS NOT NULL;
CREATE INDEX tickets_person ON tickets (person) WHERE person IS NOT NULL;
CREATE INDEX tickets_installation ON tickets (installation) WHERE installation IS NOT NULL;
CREATE INDEX watchers_ticket ON watchers (ticket);
CREATE INDEX promises_remind ON promises (remind_at) WHERE remind_at IS NOT NULL;
CREATE INDEX entries_ticket ON entries (ticket, id);
CREATE INDEX entries_requests ON entries (ticket, id) WHERE kind = 'request';
CREATE INDEX journal_ticket ON journal (ticket, seq) WHERE ticket <> 0;
CREATE UNIQUE INDEX staff_subject ON staff (subject) WHERE subject <> '';
CREATE UNIQUE INDEX staff_handle ON staff (handle) WHERE handle <> x'';
CREATE INDEX passkeys_staff ON passkeys (staff);
CREATE INDEX recovery_codes_staff ON recovery_codes (staff);
CREATE INDEX signins_staff ON signins (staff);
CREATE INDEX signins_expires ON signins (expires);
CREATE INDEX ticket_links_ticket ON ticket_links (ticket);
CREATE INDEX ticket_links_expires ON ticket_links (expires);
CREATE INDEX organisation_domains_organisation ON organisation_domains (organisation);
CREATE INDEX contacts_organisation ON contacts (organisation, folded);
CREATE UNIQUE INDEX contacts_mail ON contacts (mail) WHERE mail <> '';
CREATE INDEX installations_organisation ON installations (organisation, folded);
CREATE INDEX sightings_ticket ON sightings (ticket);
CREATE INDEX accesses_organisation ON accesses (organisation, id);
CREATE INDEX accesses_installation ON accesses (installation) WHERE installation IS NOT NULL;
CREATE INDEX accesses_ticket ON accesses (ticket, id) WHERE ticket IS NOT NULL;
CREATE INDEX accesses_granted_by ON accesses (granted_by) WHERE granted_by IS NOT NULL;
CREATE INDEX accesses_until ON accesses (state, until);
CREATE INDEX access_uses_access ON access_uses (access, id);
CREATE INDEX bugs_product ON bugs (folded, id);
CREATE INDEX bug_tickets_ticket ON bug_tickets (ticket, bug);
CREATE INDEX tellings_bug ON tellings (bug, id);
CREATE INDEX tellings_open ON tellings (id) WHERE done = 0;
CREATE INDEX told_ticket ON told (ticket);
CREATE INDEX told_waiting ON told (telling, ticket) WHERE result = 'waiting';
CREATE INDEX told_texts_ticket ON told_texts (ticket);
CREATE INDEX releases_day ON releases (day, id);
CREATE INDEX release_bugs_bug ON release_bugs (bug);
CREATE INDEX articles_state ON articles (state, id);
CREATE INDEX articles_of ON articles (of) WHERE of IS NOT NULL;
CREATE UNIQUE INDEX articles_ticket ON articles (ticket) WHERE ticket IS NOT NULL;
CREATE INDEX sections_page ON sections (page, place);
CREATE INDEX outcomes_at ON outcomes (at);
CREATE INDEX outcomes_ref ON outcomes (ref);
CREATE UNIQUE INDEX outcomes_ticket ON outcomes (ticket) WHERE ticket IS NOT NULL;
CREATE INDEX search_terms_unused ON search_terms (id) WHERE inside = 0 AND outside = 0;
CREATE INDEX search_docs_fresh ON search_docs (fresh) WHERE fresh > 0;
CREATE INDEX uploads_sha256 ON uploads (sha256);
CREATE INDEX uploads_expires ON uploads (expires);
CREATE INDEX bundles_sha256 ON bundles (sha256);
CREATE INDEX bundles_scan ON bundles (created) WHERE scan = 'waiting';
CREATE INDEX files_ticket ON files (ticket);
CREATE INDEX files_sha256 ON files (sha256);
CREATE INDEX files_unused ON files (created) WHERE used = 0;
CREATE INDEX files_scan ON files (created) WHERE scan = 'waiting';
CREATE INDEX tombstones_ticket ON tombstones (ticket);
CREATE INDEX mails_ticket ON mails (ticket, id) WHERE ticket IS NOT NULL;
CREATE INDEX mails_message ON mails (message_id) WHERE message_id <> '';
CREATE INDEX mails_next ON mails (next) WHERE next IS NOT NULL;
CREATE INDEX mails_address ON mails (address, incoming, written);
CREATE INDEX mails_state ON mails (state, id);
CREATE INDEX deliveries_next ON deliveries (next) WHERE next IS NOT NULL;
CREATE INDEX deliveries_hook ON deliveries (hook, made);
CREATE INDEX deliveries_made ON deliveries (made);
CREATE INDEX alarms_ticket ON alarms (ticket);
CREATE INDEX staff_queues_queue ON staff_queues (queue, staff);
CREATE INDEX filters_owner ON filters (owner, id);
CREATE INDEX filters_shared ON filters (id) WHERE shared = 1;
CREATE INDEX numbers_parts ON numbers (measure, week, scope);
CREATE INDEX tickets_promised ON tickets (state, due) WHERE due IS NOT NULL;
CREATE INDEX tickets_open ON tickets (owner, due, number, queue, state) WHERE state IN ('new', 'open', 'waiting-customer', 'waiting-third');
INSERT INTO "goose_db_version" VALUES (1, 0, 1, '2026-11-22 22:29:40');
INSERT INTO "goose_db_version" VALUES (2, 1, 1, '2026-11-22 22:29:40');
INSERT INTO "goose_db_version" VALUES (3, 2, 1, '2026-11-22 22:29:40');
INSERT INTO "goose_db_version" VALUES (4, 3, 1, '2026-11-22 22:29:40');
INSERT INTO "goose_db_version" VALUES (5, 4, 1, '2026-11-22 22:29:40');
INSERT INTO "goose_db_version" VALUES (6, 5, 1, '2026-11-22 22:29:40');
INSERT INTO "goose_db_version" VALUES (7, 6, 1, '2026-11-22 22:29:40');
INSERT INTO "goose_db_version" VALUES (8, 7, 1, '2026-11-22 22:29:40');
INSERT INTO "goose_db_version" VALUES (9, 8, 1, '2026-11-22 22:29:40');
INSERT INTO "goose_db_version" VALUES (10, 9, 1, '2026-11-22 22:29:40');
INSERT INTO "goose_db_version" VALUES (11, 10, 1, '2026-11-22 22:29:40');
INSERT INTO "goose_db_version" VALUES (12, 11, 1, '2026-11-22 22:29:40');
INSERT INTO "goose_db_version" VALUES (13, 12, 1, '2026-11-22 22:29:40');
INSERT INTO "goose_db_version" VALUES (14, 13, 1, '2026-11-22 22:29:40');
INSERT INTO "goose_db_version" VALUES (15, 14, 1, '2026-11-22 22:29:40');
INSERT INTO "goose_db_version" VALUES (16, 15, 1, '2026-11-22 22:29:40');
INSERT INTO "goose_db_version" VALUES (17, 16, 1, '2026-11-22 22:29:40');
INSERT INTO "goose_db_version" VALUES (18, 18, 1, '2026-11-22 22:29:40');
INSERT INTO "goose_db_version" VALUES (19, 19, 1, '2026-11-22 22:29:40');
INSERT INTO "tickets" VALUES (1, X'327FBCAFC916E187D1DD45414A6137EAC8D78AABCE5C531BBD67B1ADA89DC14A', X'F77F32B7DCA18776B1822C868E5BA7AA887EC8564F6BFB7D153E5E7252A81E3F', 'new', 'Ticket 0', 'ä "quoted"
line', '', 'low', '', '', 'de', 'ticket 0
ä "quoted"
line', 1795386580370539, 1795386580370539, 1, 'fault', '', '', 'one', '', '', '', '', '', '', '', NULL, 'low', '', 1, '', '', '', NULL, '', NULL, NULL, '', '', NULL, NULL, NULL, 0, NULL, NULL, '', '', '', '', 0, '', '', NULL);
INSERT INTO "tickets" VALUES (2, X'CD3D4EB485FD695F47E562AF6C692C121544EEF24D6AF74009281479E5607CA1', X'03135A711DBBA6475572430677BDB7DD519B505AABB74AD48E9F9DFB6687830D', 'new', 'Ticket 1', 'ä "quoted"
line', '', 'low', '', '', 'de', 'ticket 1
ä "quoted"
line', 1795386580378559, 1795386580378559, 1, 'fault', '', '', 'one', '', '', '', '', '', '', '', NULL, 'low', '', 1, '', '', '', NULL, '', NULL, NULL, '', '', NULL, NULL, NULL, 0, NULL, NULL, '', '', '', '', 0, '', '', NULL);
INSERT INTO "tickets" VALUES (3, X'CB4AEC889AC858D52812A44CC47D1C108567B04710B514118DD2C827DD19807F', X'DD3EC8ECEE3464A762177C3E06560BED3193648D8F51D7B010B3BD6B67E053CA', 'new', 'Ticket 2', 'ä "quoted"
line', '', 'low', '', '', 'de', 'ticket 2
ä "quoted"
line', 1795386580537485, 1795386580537485, 1, 'fault', '', '', 'one', '', '', '', '', '', '', '', NULL, 'low', '', 1, '', '', '', NULL, '', NULL, NULL, '', '', NULL, NULL, NULL, 0, NULL, NULL, '', '', '', '', 0, '', '', NULL);
INSERT INTO "tickets" VALUES (4, X'3310C60FD7F1131271C4F8BD284D0161DEE2340D92F16FB3E35547A0A8C0E0EA', X'7A841860724D696A48A6A56C1841D26288050A2B8BB94EBA834C6CC559F59079', 'new', 'Ticket 3', 'ä "quoted"
line', '', 'low', '', '', 'de', 'ticket 3
ä "quoted"
line', 1795386580617121, 1795386580617121, 1, 'fault', '', '', 'one', '', '', '', '', '', '', '', NULL, 'low', '', 1, '', '', '', NULL, '', NULL, NULL, '', '', NULL, NULL, NULL, 0, NULL, NULL, '', '', '', '', 0, '', '', NULL);
INSERT INTO "staff" VALUES ('sam', 'Sam', '$argon2id$v=19$m=8,t=1,p=1$c2FsdCBvZiBhIHRlc3QuLg$nobR2o2xeWTurFtnT39aBrZqNLEx7m9cGt3lpegYjU0', 1795386580351986, 'supporter', 1, 0, '', '', '', X'', '', '', 0);
INSERT INTO "tokens" VALUES (X'079CAC4B181266616549155D8C59B94E905AFBA1EF97DD2309BDA97C85262D7A', 4, NULL, 1795386580617121, 1795390180617121, '', '', '', 0, 0);
INSERT INTO "tokens" VALUES (X'32B16C6E90B5246E488984A6B2F905E7F4E197C33746E527EFCA40B10026DC93', 1, NULL, 1795386580370539, 1795390180370539, '', '', '', 0, 0);
INSERT INTO "tokens" VALUES (X'5D27B538CCA82799BE3CF41E41DB883DEB1A26492ED7E165250BC43DAE9DE79A', 2, NULL, 1795386580378559, 1795390180378559, '', '', '', 0, 0);
INSERT INTO "tokens" VALUES (X'930F05A0E0ADC9A2E18DC58A03A4E9D73220D84A9AE4AB4B0DDEB5D2A431B6D9', 3, NULL, 1795386580537485, 1795390180537485, '', '', '', 0, 0);
INSERT INTO "uploads" VALUES ('f5b13a20aa3955734935737dc98f00d8', 1, 'half.zip', 10, '0000000000000000000000000000000000000000000000000000000000000000', '', 5, X'736861036A09E667BB67AE853C6EF372A54FF53A510E527F9B05688C1F83D9AB5BE0CD1968616C662E00000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000005', 1795386580674868, 1795390180674868, 'bundle', '', '');
INSERT INTO "bundles" VALUES ('79a0c063220ff119f8d4abca2e89bb30', 1, 'case.zip', 9, '75e0d458fc2da40b5b8b8b614d0192e9da7fffc2d6042f33300fdb0e8a83dfb4', '', 1795386580370539, '');
INSERT INTO "bundles" VALUES ('9fe7c8a275d5e26c7a8d1c7223ed3bf5', 2, 'case.zip', 9, 'd1988cd3019824f075f61677e1a6f54b16035868488e4051757dde53adeef80f', '', 1795386580378559, '');
INSERT INTO "bundles" VALUES ('d296d9659140cc0ebf60f9ec74f3b091', 3, 'case.zip', 9, '75e0d458fc2da40b5b8b8b614d0192e9da7fffc2d6042f33300fdb0e8a83dfb4', '', 1795386580537485, '');
INSERT INTO "bundles" VALUES ('ccf6e46d4ccbd4bc647d19835c638716', 4, 'case.zip', 9, 'd1988cd3019824f075f61677e1a6f54b16035868488e4051757dde53adeef80f', '', 1795386580617121, '');
INSERT INTO "sessions" VALUES ('ü "\''', 1, 'sam', 'ü "\''', 'ü "\''', 'ü "\''', 1, 1, 1, 1, 1, 'ü "\''', 'ü "\''', 'ü "\''', 'ü "\''', X'0001FF', X'0001FF', 1);
INSERT INTO "reveals" VALUES (1, 'ü "\''', 1, 1);
INSERT INTO "records" VALUES ('ü "\''', 1, X'0001FF');
INSERT INTO "watchers" VALUES ('sam', 1);
INSERT INTO "promises" VALUES (1, 1, 'ü "\''', 1, 'ü "\''', 1, 1, 1);
INSERT INTO "entries" VALUES (1, 1, X'0001FF', X'0001FF', 1, 'ü "\''', 1, 'ü "\''', 'ü "\''', 'ü "\''', 'ü "\''', 'ü "\''', 'ü "\''', 'ü "\''', 'ü "\''', 'ü "\''', 1, 'ü "\''', 'ü "\''', 'ü "\''', 'ü "\''');
INSERT INTO "journal" VALUES (1, 1795386580378059, 'customer', '', NULL, 1, 'bundle.added', 'ticket/1', '{"a":1}', X'41825DE2588B6D7DC7168C5CB103FB42', X'68A7C5EFFAE50E1259D6D2B9580CE9E629F1493AEC20935B9D420068E1E7D9C8', X'6112656A2F13B365F22ACB1CE7107B47B88F6FA9B3171FC0F453FBA1A73DD44B');
INSERT INTO "journal" VALUES (2, 1795386580516907, 'customer', '', NULL, 2, 'bundle.added', 'ticket/2', '{"a":1}', X'7D2D3C559E3E9F85B1395C54C6192C0D', X'3EE3B84A272B43F66718909AE5894D0E4BEC5BC5D8C1975C8CB7F49F68C1FB27', X'2CFBE0434A072CA7A1E6E21B008669712E03496A0C55230F22C988214B490114');
INSERT INTO "journal" VALUES (3, 1795386580590427, 'customer', '', NULL, 3, 'bundle.added', 'ticket/3', '{"a":1}', X'53E7E0B68691EA6ED2592B8FD5DFB1FD', X'C9000051946FB91FE617E97B1DE9CF6651E1582FF129D758D7EB7CE0BA4EC6BA', X'29D736AAAA65E75F3400FAA0C1A132560AB9EC5F68238DB38430489F6BCFACD3');
INSERT INTO "journal" VALUES (4, 1795386580642951, 'customer', '', NULL, 4, 'bundle.added', 'ticket/4', '{"a":1}', X'E72E71653BD46E563349496515136E4A', X'092BDD15F1B1B823CBFEF8AAAA9D5EE051FE6007C678626DEA30B3AA5FA04E91', X'710D4898D517799897F15206BFE0FC5434DA1CE22815E7B1FD36E8A6CF357519');
INSERT INTO "passkeys" VALUES ('ü "\''', 'sam', 'ü "\''', X'0001FF', 1, 1);
INSERT INTO "recovery_codes" VALUES (X'0001FF', 'sam');
INSERT INTO "signins" VALUES (X'0001FF', 'ü "\''', 'sam', X'0001FF', 1, 1);
INSERT INTO "api_keys" VALUES ('ü "\''', X'0001FF', 'ü "\''', 'ü "\''', 'ü "\''', 1, 1, 1);
INSERT INTO "ticket_links" VALUES ('ü "\''', X'0001FF', 1, 'ü "\''', 1, 1, 1);
INSERT INTO "organisations" VALUES (1, 1, 'ü "\''', 'ü "\''', 'ü "\''', 'ü "\''', 'ü "\''', 'ü "\''', 1, 'ü "\''', 1, 1, 1);
INSERT INTO "organisation_domains" VALUES ('ü "\''', 1);
INSERT INTO "contacts" VALUES (1, 1, 1, 'ü "\''', 'ü "\''', 'ü "\''', 'ü "\''', 'ü "\''', 'ü "\''', 'ü "\''');
INSERT INTO "installations" VALUES (1, 1, 1, 'ü "\''', 'ü "\''', 'ü "\''', 'ü "\''', 'ü "\''', 1);
INSERT INTO "sightings" VALUES (1, 'ü "\''', 1, 'ü "\''', 1);
INSERT INTO "accesses" VALUES (1, 1, 'ü "\''', 1, 1, 1, 'ü "\''', 'ü "\''', 'ü "\''', 1, 1, 1, 'ü "\''', 'ü "\''', 1, 1, 'ü "\''', 'ü "\''');
INSERT INTO "access_people" VALUES (1, 'sam');
INSERT INTO "access_uses" VALUES (1, 1, 1, 'sam', 'ü "\''');
INSERT INTO "bugs" VALUES (1, 1, 'ü "\''', 'ü "\''', 'ü "\''', 'ü "\''', 'ü "\''', 'ü "\''', 'ü "\''', 'ü "\''', 'ü "\''', 'ü "\''', 'ü "\''', 'ü "\''', 1, 1);
INSERT INTO "bug_tickets" VALUES (1, 1, 'ü "\''', 1);
INSERT INTO "tellings" VALUES (1, 1, 'ü "\''', 'ü "\''', 1, 'ü "\''', 1, 1);
INSERT INTO "told" VALUES (1, 1, 'ü "\''', 1, 'ü "\''');
INSERT INTO "told_texts" VALUES (1, 1, X'0001FF', 1);
INSERT INTO "releases" VALUES (1, 1, 'ü "\''', 'ü "\''', 'ü "\''', 'ü "\''', 'ü "\''');
INSERT INTO "release_bugs" VALUES (1, 1);
INSERT INTO "articles" VALUES (1, 1, 'ü "\''', 'ü "\''', 'ü "\''', 'ü "\''', 'ü "\''', 'ü "\''', 'ü "\''', 1, 1, 'ü "\''', 'ü "\''', 'ü "\''', 1, 1);
INSERT INTO "article_versions" VALUES (1, 1, 1, 'ü "\''', 'ü "\''', 'ü "\''', 'ü "\''', 'ü "\''');
INSERT INTO "pages" VALUES (1, 'ü "\''', 'ü "\''', 'ü "\''', 'ü "\''', 'ü "\''', 'ü "\''', 'ü "\''', 1);
INSERT INTO "sections" VALUES (1, 1, 1, 'ü "\''', 'ü "\''', 1, 'ü "\''');
INSERT INTO "outcomes" VALUES (1, 1, 'ü "\''', 1, 1);
INSERT INTO "search_terms" VALUES (1, 'ü "\''', 1, 1);
INSERT INTO "search_posts" VALUES (1, 1, X'0001FF');
INSERT INTO "search_docs" VALUES (1, 1, X'0001FF', X'0001FF', 'ü "\''', 'ü "\''', 'ü "\''', 1, 1);
INSERT INTO "search_due" VALUES (1, 1);
INSERT INTO "search_state" VALUES ('ü "\''', 1);
INSERT INTO "objects" VALUES ('75e0d458fc2da40b5b8b8b614d0192e9da7fffc2d6042f33300fdb0e8a83dfb4', '75e0d458fc2da40b5b8b8b614d0192e9da7fffc2d6042f33300fdb0e8a83dfb4.79a0c063', 9, 1795386580370539);
INSERT INTO "objects" VALUES ('d1988cd3019824f075f61677e1a6f54b16035868488e4051757dde53adeef80f', 'd1988cd3019824f075f61677e1a6f54b16035868488e4051757dde53adeef80f.9fe7c8a2', 9, 1795386580378559);
INSERT INTO "upload_parts" VALUES ('f5b13a20aa3955734935737dc98f00d8', 0, '91a36acd0', 5);
INSERT INTO "files" VALUES ('ü "\''', 1, 'ü "\''', 'ü "\''', 1, '75e0d458fc2da40b5b8b8b614d0192e9da7fffc2d6042f33300fdb0e8a83dfb4', 'ü "\''', 1, 1, 'ü "\''', 1);
INSERT INTO "tombstones" VALUES (1, 1, 'ü "\''', 'ü "\''', 1);
INSERT INTO "mails" VALUES (1, 1, 'ü "\''', 'ü "\''', X'0001FF', 1, 1, 'ü "\''', 'ü "\''', 'ü "\''', 'ü "\''', 'ü "\''', 'ü "\''', 'ü "\''', 'ü "\''', 'ü "\''', 'ü "\''', 1, 1, 1, 1);
INSERT INTO "mail_parties" VALUES (1, 'ü "\''', 'ü "\''', 1);
INSERT INTO "mail_keys" VALUES (1, X'0001FF', 1);
INSERT INTO "hooks" VALUES (1, 1, 'ü "\''', 'ü "\''', 'ü "\''', X'0001FF', 1, 'ü "\''', 1, 1, 'ü "\''');
INSERT INTO "deliveries" VALUES ('ü "\''', 1, 'ü "\''', 1, X'0001FF', 1, 1, 1, 1, 1, 'ü "\''');
INSERT INTO "alarms" VALUES ('ü "\''', 'ü "\''', 1, 1, 1, 1);
INSERT INTO "queues" VALUES ('ü "\''', 1);
INSERT INTO "staff_queues" VALUES ('sam', 'ü "\''');
INSERT INTO "filters" VALUES (1, 1, 'ü "\''', 1, 'ü "\''', 'ü "\''');
INSERT INTO "counted" VALUES (1, 1, 'ü "\''', 'ü "\''', 'ü "\''', 1, 1, 'ü "\''', 1);
INSERT INTO "numbers" VALUES (1, 'ü "\''', 'ü "\''', 1, 'ü "\''', 'ü "\''', 1);
INSERT INTO "acme_cache" VALUES ('d', 'desk.example.com', X'0001FF');
DELETE FROM sqlite_sequence;
INSERT INTO "sqlite_sequence" VALUES ('goose_db_version', 19);
INSERT INTO "sqlite_sequence" VALUES ('tickets', 4);
INSERT INTO "sqlite_sequence" VALUES ('access_uses', 1);
INSERT INTO "sqlite_sequence" VALUES ('accesses', 1);
INSERT INTO "sqlite_sequence" VALUES ('articles', 1);
INSERT INTO "sqlite_sequence" VALUES ('bugs', 1);
INSERT INTO "sqlite_sequence" VALUES ('contacts', 1);
INSERT INTO "sqlite_sequence" VALUES ('entries', 1);
INSERT INTO "sqlite_sequence" VALUES ('filters', 1);
INSERT INTO "sqlite_sequence" VALUES ('hooks', 1);
INSERT INTO "sqlite_sequence" VALUES ('installations', 1);
INSERT INTO "sqlite_sequence" VALUES ('mails', 1);
INSERT INTO "sqlite_sequence" VALUES ('organisations', 1);
INSERT INTO "sqlite_sequence" VALUES ('outcomes', 1);
INSERT INTO "sqlite_sequence" VALUES ('pages', 1);
INSERT INTO "sqlite_sequence" VALUES ('releases', 1);
INSERT INTO "sqlite_sequence" VALUES ('sections', 1);
INSERT INTO "sqlite_sequence" VALUES ('tellings', 1);
INSERT INTO "sqlite_sequence" VALUES ('tombstones', 1);
