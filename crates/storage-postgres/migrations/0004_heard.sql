-- When a device was last heard of, so that a phone that is silent is noticed. Of one from before, when it was first seen.
ALTER TABLE device ADD COLUMN heard BIGINT NOT NULL DEFAULT 0;
UPDATE device SET heard = since;
