-- What was asked for with an Idempotency-Key: another request with the same key is refused. Both columns are hashes.
CREATE TABLE IF NOT EXISTS enrolment_keys (
  name CHAR(34) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  fingerprint CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  attempt INT NOT NULL,
  created_at BIGINT NOT NULL,
  KEY ix_enrolment_keys_time (created_at)
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
