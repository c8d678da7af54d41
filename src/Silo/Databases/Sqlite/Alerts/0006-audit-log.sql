-- Who did what to the service or to an account, without addresses; people are named by a keyed hash of their id.
CREATE TABLE audit_log (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  actor TEXT NOT NULL,
  action TEXT NOT NULL,
  subject TEXT NULL,
  status INTEGER NOT NULL,
  request_id TEXT NOT NULL
);

CREATE INDEX ix_audit_log_time ON audit_log (at);

-- When each API key was last used, to the hour.
CREATE TABLE api_key_use (
  name TEXT NOT NULL PRIMARY KEY,
  used_at INTEGER NOT NULL
) WITHOUT ROWID;
