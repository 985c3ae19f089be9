-- What the desk has from ACME servers. Content is secret: the account's private
-- key, and certificates with theirs. Each server's is apart, so that a desk that
-- changes from a trial to the real one takes none from before.
-- +goose Up
CREATE TABLE acme_cache (
    directory TEXT NOT NULL,          -- the server's URL
    name      TEXT NOT NULL,          -- as autocert names it: "desk.example.com", with "+token" an answer to a challenge
    content   BLOB NOT NULL,          -- PEM, with private keys
    PRIMARY KEY (directory, name)
) STRICT;

-- +goose Down
DROP TABLE acme_cache;
