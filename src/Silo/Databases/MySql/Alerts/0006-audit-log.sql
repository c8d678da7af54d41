-- Who did what to the service or to an account, without addresses; people are named by a keyed hash of their id.
CREATE TABLE IF NOT EXISTS audit_log (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  at BIGINT NOT NULL,
  actor VARCHAR(64) NOT NULL,
  action VARCHAR(128) NOT NULL,
  subject VARCHAR(64) NULL,
  status INT NOT NULL,
  request_id VARCHAR(64) NOT NULL,
  KEY ix_audit_log_time (at)
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- When each API key was last used, to the hour.
CREATE TABLE IF NOT EXISTS api_key_use (
  name VARCHAR(64) NOT NULL PRIMARY KEY,
  used_at BIGINT NOT NULL
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
