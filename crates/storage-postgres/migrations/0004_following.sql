-- When a device was last heard of, so that a phone that is silent is noticed. Of one from before, when it was first seen.
ALTER TABLE device ADD COLUMN heard BIGINT NOT NULL DEFAULT 0;
UPDATE device SET heard = since;

-- When a person is to hear by mail next how much asks for attention; null where they do not want it.
ALTER TABLE mail ADD COLUMN digest BIGINT;
CREATE INDEX mail_by_digest ON mail (digest, person) WHERE digest IS NOT NULL;
