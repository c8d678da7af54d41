-- What other services learn of users, for a day. A reader gives numbers of batches to events whose transaction has ended.
CREATE TABLE user_event (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  user_id TEXT NOT NULL,
  at INTEGER NOT NULL,
  type TEXT NOT NULL,
  data TEXT NOT NULL,
  batch INTEGER NULL
);

CREATE INDEX ix_user_event_batch ON user_event (batch, id);
CREATE INDEX ix_user_event_time ON user_event (at);
CREATE INDEX ix_user_event_user ON user_event (user_id);

CREATE TABLE event_batch (
  id INTEGER NOT NULL PRIMARY KEY,
  newest INTEGER NOT NULL
);

INSERT INTO event_batch (id, newest) VALUES (1, 0);
