-- The first schema. Keys begin with the circle wherever a row belongs to one. Ids, hashes and stamps are bytes.

CREATE TABLE server (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    id BLOB NOT NULL,
    epoch INTEGER NOT NULL
) STRICT;

CREATE TABLE circle (
    circle BLOB PRIMARY KEY,
    organisation BLOB NOT NULL,
    kind INTEGER NOT NULL,
    -- The number of the last accepted edit.
    counter INTEGER NOT NULL,
    -- The counter with which the present epoch began.
    restored INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX circle_by_organisation ON circle (organisation, kind, circle);

CREATE TABLE record (
    circle BLOB NOT NULL,
    id BLOB NOT NULL,
    -- Of the last edit that touched it, and of the first.
    number INTEGER NOT NULL,
    born INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    need INTEGER NOT NULL,
    parent BLOB,
    -- The whole record in its lasting form (docs/protocol.md).
    body BLOB NOT NULL,
    PRIMARY KEY (circle, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX record_by_number ON record (circle, number, id);
CREATE INDEX record_by_need ON record (circle, need, id);
CREATE INDEX record_by_parent ON record (circle, parent, id) WHERE parent IS NOT NULL;

-- Enough of an edit to give a repeat the same verdict and to tell it from another of the same name.
CREATE TABLE edit (
    circle BLOB NOT NULL,
    device BLOB NOT NULL,
    n INTEGER NOT NULL,
    -- Only of an accepted edit.
    number INTEGER,
    verdict INTEGER NOT NULL,
    author BLOB NOT NULL,
    millis INTEGER NOT NULL,
    counter INTEGER NOT NULL,
    digest BLOB NOT NULL,
    PRIMARY KEY (circle, device, n)
) STRICT, WITHOUT ROWID;

-- Records that an edit wanted to make and that were not made: 1 refused, 2 in quarantine.
CREATE TABLE unmade (
    circle BLOB NOT NULL,
    id BLOB NOT NULL,
    device BLOB NOT NULL,
    fate INTEGER NOT NULL,
    PRIMARY KEY (circle, id, device)
) STRICT, WITHOUT ROWID;

-- Values that are no longer in their cell, or never came there.
CREATE TABLE history (
    circle BLOB NOT NULL,
    record BLOB NOT NULL,
    cell TEXT NOT NULL,
    -- Milliseconds, counter and device, in an order that sorts.
    stamp BLOB NOT NULL,
    -- A record in its lasting form that has this one cell.
    body BLOB NOT NULL,
    PRIMARY KEY (circle, record, cell, stamp)
) STRICT, WITHOUT ROWID;

CREATE TABLE quarantine (
    circle BLOB NOT NULL,
    device BLOB NOT NULL,
    n INTEGER NOT NULL,
    author BLOB NOT NULL,
    at INTEGER NOT NULL,
    -- The whole edit in its lasting form.
    body BLOB NOT NULL,
    PRIMARY KEY (circle, device, n)
) STRICT;

-- How many records of a section a person received on a day (days since 1970, UTC).
CREATE TABLE delivery (
    circle BLOB NOT NULL,
    day INTEGER NOT NULL,
    person BLOB NOT NULL,
    section TEXT NOT NULL,
    records INTEGER NOT NULL,
    PRIMARY KEY (circle, day, person, section)
) STRICT, WITHOUT ROWID;

CREATE TABLE blob (
    circle BLOB NOT NULL,
    hash BLOB NOT NULL,
    size INTEGER NOT NULL,
    uploader BLOB,
    -- The circle in whose store the bytes lie; null while they are lacking.
    held_in BLOB,
    PRIMARY KEY (circle, hash)
) STRICT, WITHOUT ROWID;
CREATE INDEX blob_by_hash ON blob (hash, circle);
CREATE INDEX blob_lacking ON blob (circle, hash) WHERE held_in IS NULL;

-- Which records refer to a blob, now or before.
CREATE TABLE mention (
    circle BLOB NOT NULL,
    hash BLOB NOT NULL,
    record BLOB NOT NULL,
    PRIMARY KEY (circle, hash, record)
) STRICT, WITHOUT ROWID;

CREATE TABLE organisation (
    id BLOB PRIMARY KEY,
    name TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE person (
    id BLOB PRIMARY KEY,
    organisation BLOB NOT NULL,
    role INTEGER NOT NULL,
    name TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX person_by_organisation ON person (organisation, id);

CREATE TABLE device (
    id BLOB PRIMARY KEY,
    person BLOB NOT NULL,
    since INTEGER NOT NULL,
    revoked INTEGER,
    waiting INTEGER NOT NULL,
    refused INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX device_by_person ON device (person, id);

CREATE TABLE session (
    token BLOB PRIMARY KEY,
    person BLOB NOT NULL,
    device BLOB NOT NULL,
    since INTEGER NOT NULL,
    revoked INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX session_by_device ON session (device);

CREATE TABLE invitation (
    long BLOB PRIMARY KEY,
    short BLOB NOT NULL UNIQUE,
    person BLOB NOT NULL,
    expires INTEGER NOT NULL,
    used INTEGER
) STRICT, WITHOUT ROWID;

-- Who is (1) or was (0) in which circle, as the circle's own member records say.
CREATE TABLE membership (
    person BLOB NOT NULL,
    circle BLOB NOT NULL,
    present INTEGER NOT NULL,
    PRIMARY KEY (person, circle)
) STRICT, WITHOUT ROWID;
