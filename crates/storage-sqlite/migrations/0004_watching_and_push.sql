-- How often somebody watched a run as it went, on that day.
ALTER TABLE delivery ADD COLUMN live INTEGER NOT NULL DEFAULT 0;

-- The key with which this server signs what it gives push services, as PKCS#8.
CREATE TABLE push_key (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    pkcs8 BLOB NOT NULL
) STRICT;

-- Where a device wants to hear of messages: the address of its push service, and the key and secret for what goes there.
CREATE TABLE push (
    device BLOB PRIMARY KEY,
    person BLOB NOT NULL,
    endpoint TEXT NOT NULL,
    public BLOB NOT NULL,
    secret BLOB NOT NULL,
    language TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX push_by_person ON push (person, device);
CREATE INDEX push_by_endpoint ON push (endpoint);
