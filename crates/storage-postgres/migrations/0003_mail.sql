-- Where a person wants to hear by e-mail that there is something new, and how far telling them is.
CREATE TABLE mail (
    person BYTEA PRIMARY KEY,
    address BYTEA NOT NULL,
    asked BIGINT NOT NULL,
    -- The SHA-256 of the secret in the mail that asks whether the address is theirs.
    secret BYTEA NOT NULL,
    confirmed BIGINT,
    told BIGINT,
    -- When the next mail is to be tried; null while there is nothing to tell.
    next BIGINT,
    tries BIGINT NOT NULL
);
CREATE INDEX mail_by_secret ON mail (secret);
CREATE INDEX mail_by_next ON mail (next, person) WHERE next IS NOT NULL;

-- The records that a person is to hear of.
CREATE TABLE mail_news (
    person BYTEA NOT NULL,
    circle BYTEA NOT NULL,
    record BYTEA NOT NULL,
    PRIMARY KEY (person, circle, record)
);
