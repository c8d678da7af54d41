-- Who was erased, as hashes of their ids, so that a restored backup of the alerts database does not bring them back.
CREATE TABLE IF NOT EXISTS erasures (
  user_hash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  erased_at DATETIME(3) NOT NULL,
  KEY ix_erasures_erased_at (erased_at)
) ENGINE = InnoDB;
