-- What the mail server accepted, asked before anything is sent again.
CREATE TABLE delivery_log (
  message_id TEXT NOT NULL PRIMARY KEY,
  user_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  accepted_at TEXT NOT NULL,
  attempts INTEGER NOT NULL
) WITHOUT ROWID;

CREATE INDEX ix_delivery_log_user ON delivery_log (user_id, accepted_at);
