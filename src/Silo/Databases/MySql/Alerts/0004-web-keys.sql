-- The keys that protect the forms of web pages, shared by all gateways.
CREATE TABLE IF NOT EXISTS web_keys (
  name VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  xml TEXT NOT NULL
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
