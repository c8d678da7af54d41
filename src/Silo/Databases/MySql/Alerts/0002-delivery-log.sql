-- What the mail server accepted, asked before anything is sent again.
CREATE TABLE IF NOT EXISTS delivery_log (
  message_id VARCHAR(190) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  user_id VARCHAR(40) NOT NULL,
  kind VARCHAR(20) NOT NULL,
  subject VARCHAR(500) NOT NULL,
  accepted_at DATETIME(6) NOT NULL,
  attempts INT NOT NULL,
  KEY ix_delivery_log_user (user_id, accepted_at)
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
