-- The first schema: plain SQL, so that what only speaks PostgreSQL's language can hold it too. Keys begin with the circle wherever a
-- row belongs to one, so that circles can be spread over machines. Ids, hashes and stamps are bytes; so are names, as TEXT cannot
-- hold every character that a name can.

CREATE TABLE server (
    one BIGINT PRIMARY KEY CHECK (one = 1),
    id BYTEA NOT NULL,
    epoch BIGINT NOT NULL,
    -- The life of the data before the present one: 0 in a server that was never restored.
    before BIGINT NOT NULL
);

-- How far this database is: 0 to be filled, 1 in use, 2 in the middle of a restore.
CREATE TABLE life (
    one BIGINT PRIMARY KEY CHECK (one = 1),
    stage BIGINT NOT NULL
);
INSERT INTO life (one, stage) VALUES (1, 0);

-- One row a write, in the same transaction: whether it counts when the connection was lost on the way. Swept after a while.
CREATE TABLE written (
    job BYTEA PRIMARY KEY,
    at TIMESTAMPTZ NOT NULL DEFAULT now()
);

CREATE TABLE circle (
    circle BYTEA PRIMARY KEY,
    organisation BYTEA NOT NULL,
    kind BIGINT NOT NULL,
    -- The number of the last accepted edit.
    counter BIGINT NOT NULL,
    -- The counter with which the present epoch began.
    restored BIGINT NOT NULL
);
CREATE INDEX circle_by_organisation ON circle (organisation, kind, circle);

CREATE TABLE record (
    circle BYTEA NOT NULL,
    id BYTEA NOT NULL,
    -- Of the last edit that touched it, and of the first.
    number BIGINT NOT NULL,
    born BIGINT NOT NULL,
    kind BIGINT NOT NULL,
    need BIGINT NOT NULL,
    parent BYTEA,
    -- The whole record in its lasting form (docs/protocol.md).
    body BYTEA NOT NULL,
    PRIMARY KEY (circle, id)
);
CREATE INDEX record_by_number ON record (circle, number, id);
CREATE INDEX record_by_need ON record (circle, need, id);
CREATE INDEX record_by_parent ON record (circle, parent, id) WHERE parent IS NOT NULL;

-- Enough of an edit to give a repeat the same verdict and to tell it from another of the same name.
CREATE TABLE edit (
    circle BYTEA NOT NULL,
    device BYTEA NOT NULL,
    n BIGINT NOT NULL,
    -- Only of an accepted edit.
    number BIGINT,
    verdict BIGINT NOT NULL,
    author BYTEA NOT NULL,
    millis BIGINT NOT NULL,
    counter BIGINT NOT NULL,
    digest BYTEA NOT NULL,
    PRIMARY KEY (circle, device, n)
);

-- Records that an edit wanted to make and that were not made: 1 refused, 2 in quarantine.
CREATE TABLE unmade (
    circle BYTEA NOT NULL,
    id BYTEA NOT NULL,
    device BYTEA NOT NULL,
    fate BIGINT NOT NULL,
    PRIMARY KEY (circle, id, device)
);

-- Values that are no longer in their cell, or never came there.
CREATE TABLE history (
    circle BYTEA NOT NULL,
    record BYTEA NOT NULL,
    cell BYTEA NOT NULL,
    -- Milliseconds, counter and device, in an order that sorts.
    stamp BYTEA NOT NULL,
    -- A record in its lasting form that has this one cell.
    body BYTEA NOT NULL,
    PRIMARY KEY (circle, record, cell, stamp)
);

CREATE TABLE quarantine (
    circle BYTEA NOT NULL,
    device BYTEA NOT NULL,
    n BIGINT NOT NULL,
    author BYTEA NOT NULL,
    at BIGINT NOT NULL,
    -- The whole edit in its lasting form.
    body BYTEA NOT NULL,
    -- What somebody made of it: who, when, and whether it counts now.
    ruled_by BYTEA,
    ruled_at BIGINT,
    let_in BOOLEAN,
    PRIMARY KEY (circle, device, n)
);

-- How many records of a section a person received on a day (days since 1970, UTC).
CREATE TABLE delivery (
    circle BYTEA NOT NULL,
    day BIGINT NOT NULL,
    person BYTEA NOT NULL,
    section TEXT NOT NULL,
    records BIGINT NOT NULL,
    PRIMARY KEY (circle, day, person, section)
);

CREATE TABLE blob (
    circle BYTEA NOT NULL,
    hash BYTEA NOT NULL,
    size BIGINT NOT NULL,
    uploader BYTEA,
    -- The circle in whose store the bytes lie; null while they are lacking.
    held_in BYTEA,
    PRIMARY KEY (circle, hash)
);
CREATE INDEX blob_by_hash ON blob (hash, circle);
CREATE INDEX blob_lacking ON blob (circle, hash) WHERE held_in IS NULL;

-- Which records refer to a blob, now or before.
CREATE TABLE mention (
    circle BYTEA NOT NULL,
    hash BYTEA NOT NULL,
    record BYTEA NOT NULL,
    PRIMARY KEY (circle, hash, record)
);
CREATE INDEX mention_by_record ON mention (circle, record, hash);

-- Blobs whose bytes are to be erased, by the circle in whose store they lie.
CREATE TABLE erasing (
    circle BYTEA NOT NULL,
    hash BYTEA NOT NULL,
    PRIMARY KEY (circle, hash)
);

-- What devices let go of because their person may no longer hold it: what they may still hold (a view, its 64 bits), when it went by
-- the device's corrected clock, and when it told.
CREATE TABLE let_go (
    circle BYTEA NOT NULL,
    at BIGINT NOT NULL,
    device BYTEA NOT NULL,
    view BIGINT NOT NULL,
    person BYTEA NOT NULL,
    told BIGINT NOT NULL,
    PRIMARY KEY (circle, at, device, view)
);

CREATE TABLE organisation (
    id BYTEA PRIMARY KEY,
    name BYTEA NOT NULL,
    -- For how many days a member's copy may be used without word from the server; 0 for ever.
    lease BIGINT NOT NULL
);

CREATE TABLE person (
    id BYTEA PRIMARY KEY,
    organisation BYTEA NOT NULL,
    role BIGINT NOT NULL,
    name BYTEA NOT NULL
);
CREATE INDEX person_by_organisation ON person (organisation, id);

CREATE TABLE device (
    id BYTEA PRIMARY KEY,
    person BYTEA NOT NULL,
    since BIGINT NOT NULL,
    revoked BIGINT,
    waiting BIGINT NOT NULL,
    refused BIGINT NOT NULL
);
CREATE INDEX device_by_person ON device (person, id);

CREATE TABLE session (
    token BYTEA PRIMARY KEY,
    person BYTEA NOT NULL,
    device BYTEA NOT NULL,
    since BIGINT NOT NULL,
    revoked BOOLEAN NOT NULL
);
CREATE INDEX session_by_device ON session (device);

CREATE TABLE invitation (
    long BYTEA PRIMARY KEY,
    short BYTEA NOT NULL UNIQUE,
    person BYTEA NOT NULL,
    expires BIGINT NOT NULL,
    used BIGINT
);

-- Who is or was in which circle, as the circle's own member records say.
CREATE TABLE membership (
    person BYTEA NOT NULL,
    circle BYTEA NOT NULL,
    present BOOLEAN NOT NULL,
    PRIMARY KEY (person, circle)
);
