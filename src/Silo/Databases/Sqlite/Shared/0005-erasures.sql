-- Who was erased, as hashes of their ids, so that a restored backup of the alerts database does not bring them back.
CREATE TABLE erasures (
  user_hash TEXT NOT NULL PRIMARY KEY,
  erased_at TEXT NOT NULL
) WITHOUT ROWID;

CREATE INDEX ix_erasures_erased_at ON erasures (erased_at);
