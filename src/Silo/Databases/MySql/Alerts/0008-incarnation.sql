-- Another name after each restore from a backup, so that ids of mails from before it are not used again; no row before the first.
CREATE TABLE IF NOT EXISTS incarnation (
  id INT NOT NULL PRIMARY KEY,
  name VARCHAR(16) NOT NULL
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
