-- What other services learn of users, for a day. A reader gives numbers of batches to events whose transaction has ended.
CREATE TABLE IF NOT EXISTS user_event (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  user_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  at BIGINT NOT NULL,
  type VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  data TEXT NOT NULL,
  batch BIGINT NULL,
  KEY ix_user_event_batch (batch, id),
  KEY ix_user_event_time (at),
  KEY ix_user_event_user (user_id)
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS event_batch (
  id INT NOT NULL PRIMARY KEY,
  newest BIGINT NOT NULL
) ENGINE = InnoDB;

INSERT IGNORE INTO event_batch (id, newest) VALUES (1, 0);
