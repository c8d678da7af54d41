-- What was asked for with an Idempotency-Key: another request with the same key is refused. Both columns are hashes.
CREATE TABLE enrolment_keys (
  name TEXT NOT NULL PRIMARY KEY,
  fingerprint TEXT NOT NULL,
  attempt INTEGER NOT NULL,
  created_at INTEGER NOT NULL
) WITHOUT ROWID;

CREATE INDEX ix_enrolment_keys_time ON enrolment_keys (created_at);
