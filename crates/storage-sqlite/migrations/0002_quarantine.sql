-- What somebody made of an edit in quarantine: who, when, and whether it counts now (1) or not (0).
ALTER TABLE quarantine ADD COLUMN ruled_by BLOB;
ALTER TABLE quarantine ADD COLUMN ruled_at INTEGER;
ALTER TABLE quarantine ADD COLUMN let_in INTEGER;
