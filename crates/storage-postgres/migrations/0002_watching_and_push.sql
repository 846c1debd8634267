-- How often somebody watched a run as it went, on that day.
ALTER TABLE delivery ADD COLUMN live BIGINT NOT NULL DEFAULT 0;

-- The key with which this server signs what it gives push services, as PKCS#8.
CREATE TABLE push_key (
    one BIGINT PRIMARY KEY CHECK (one = 1),
    pkcs8 BYTEA NOT NULL
);

-- Where a device wants to hear of messages: the address of its push service, and the key and secret for what goes there.
CREATE TABLE push (
    device BYTEA PRIMARY KEY,
    person BYTEA NOT NULL,
    endpoint BYTEA NOT NULL,
    public BYTEA NOT NULL,
    secret BYTEA NOT NULL,
    language BYTEA NOT NULL
);
CREATE INDEX push_by_person ON push (person, device);
CREATE INDEX push_by_endpoint ON push (endpoint);
