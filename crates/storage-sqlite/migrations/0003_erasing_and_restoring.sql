-- The life of the data before the present one: 0 in a server that was never restored.
ALTER TABLE server ADD COLUMN before INTEGER NOT NULL DEFAULT 0;

-- For how many days a member's copy may be used without word from the server; 0 for ever.
ALTER TABLE organisation ADD COLUMN lease INTEGER NOT NULL DEFAULT 14;

-- What devices let go of because their person may no longer hold it: what they may still hold (a view, its 64 bits), when it went by the
-- device's corrected clock, and when it told.
CREATE TABLE let_go (
    circle BLOB NOT NULL,
    at INTEGER NOT NULL,
    device BLOB NOT NULL,
    view INTEGER NOT NULL,
    person BLOB NOT NULL,
    told INTEGER NOT NULL,
    PRIMARY KEY (circle, at, device, view)
) STRICT, WITHOUT ROWID;

-- Blobs whose bytes are to be erased, by the circle in whose store they lie.
CREATE TABLE erasing (
    circle BLOB NOT NULL,
    hash BLOB NOT NULL,
    PRIMARY KEY (circle, hash)
) STRICT, WITHOUT ROWID;
