-- Where a person wants to hear by e-mail that there is something new, and how far telling them is.
CREATE TABLE mail (
    person BLOB PRIMARY KEY,
    address TEXT NOT NULL,
    asked INTEGER NOT NULL,
    -- The SHA-256 of the secret in the mail that asks whether the address is theirs.
    secret BLOB NOT NULL,
    confirmed INTEGER,
    told INTEGER,
    -- When the next mail is to be tried; null while there is nothing to tell.
    next INTEGER,
    tries INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX mail_by_secret ON mail (secret);
CREATE INDEX mail_by_next ON mail (next, person) WHERE next IS NOT NULL;

-- The records that a person is to hear of.
CREATE TABLE mail_news (
    person BLOB NOT NULL,
    circle BLOB NOT NULL,
    record BLOB NOT NULL,
    PRIMARY KEY (person, circle, record)
) STRICT, WITHOUT ROWID;
