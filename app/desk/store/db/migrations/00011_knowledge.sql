-- What is known: articles and their versions, handbook pages and their
-- sections, what has helped; and the index that all of it is found by.
-- +goose Up
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
CREATE INDEX articles_state ON articles (state, id);
CREATE INDEX articles_of ON articles (of) WHERE of IS NOT NULL;
CREATE UNIQUE INDEX articles_ticket ON articles (ticket) WHERE ticket IS NOT NULL;

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
CREATE INDEX sections_page ON sections (page, place);

-- What helped, once for each case, or for nobody's case that was not sent.
CREATE TABLE outcomes (
    id     INTEGER PRIMARY KEY AUTOINCREMENT,
    at     INTEGER NOT NULL,
    ref    TEXT NOT NULL,              -- article/3; '' is nothing
    ticket INTEGER,                    -- NULL: no case was sent
    first  INTEGER NOT NULL            -- solved at the first check
) STRICT;
CREATE INDEX outcomes_at ON outcomes (at);
CREATE INDEX outcomes_ref ON outcomes (ref);
CREATE UNIQUE INDEX outcomes_ticket ON outcomes (ticket) WHERE ticket IS NOT NULL;

-- The index. A document is a number: its room in the bits from 40 on, below
-- them the ticket's, article's, bug's or section's. A block is 65536 of them.
CREATE TABLE search_terms (
    id      INTEGER PRIMARY KEY,
-- sqlite only
    term    TEXT NOT NULL UNIQUE,
-- end
-- postgresql only
    term    TEXT COLLATE "C" NOT NULL UNIQUE,
-- end
    inside  INTEGER NOT NULL DEFAULT 0, -- how many documents that staff alone see have it, of those whose posts are written
    outside INTEGER NOT NULL DEFAULT 0  -- and of those that everybody sees
) STRICT;
CREATE INDEX search_terms_unused ON search_terms (id) WHERE inside = 0 AND outside = 0;

CREATE TABLE search_posts (
    term  INTEGER NOT NULL,
    block INTEGER NOT NULL,
    posts BLOB NOT NULL,               -- which documents of the block have the term
    PRIMARY KEY (term, block)
) STRICT, WITHOUT ROWID;
-- postgresql only
ALTER TABLE search_posts ALTER COLUMN posts SET STORAGE EXTERNAL;
-- end

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
CREATE INDEX search_docs_fresh ON search_docs (fresh) WHERE fresh > 0;

-- Documents whose texts have changed since they were looked at.
CREATE TABLE search_due (
    doc  INTEGER PRIMARY KEY,
    turn INTEGER NOT NULL              -- one more with each change meanwhile
) STRICT;

CREATE TABLE search_state (
    name  TEXT PRIMARY KEY,
    value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- +goose Down
DROP TABLE search_state;
DROP TABLE search_due;
DROP TABLE search_docs;
DROP TABLE search_posts;
DROP TABLE search_terms;
DROP TABLE outcomes;
DROP TABLE sections;
DROP TABLE pages;
DROP TABLE article_versions;
DROP TABLE articles;
