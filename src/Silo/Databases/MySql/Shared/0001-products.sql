-- Products and their prices, the published contract with other services: see docs/SHARED-DATA.md.
-- MySQL 8.4 and MariaDB 10.11; each statement commits alone, so each bears being run again. Times are UTC.

-- One row per listing variation: the newest observation, and how long its price has stood.
CREATE TABLE IF NOT EXISTS products (
  item_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  legacy_item_id BIGINT NOT NULL,
  title VARCHAR(255) NOT NULL,
  price DECIMAL(15,3) NOT NULL,
  currency CHAR(3) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  seller_price DECIMAL(15,3) NOT NULL,
  seller_currency CHAR(3) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  price_since DATETIME(3) NOT NULL,
  item_condition VARCHAR(64) NULL,
  marketplace VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  url VARCHAR(2048) NULL,
  image_url VARCHAR(2048) NULL,
  shipping DECIMAL(15,3) NULL,
  shipping_currency CHAR(3) CHARACTER SET ascii COLLATE ascii_bin NULL,
  buying_options VARCHAR(128) NOT NULL,
  first_seen DATETIME(3) NOT NULL,
  last_seen DATETIME(3) NOT NULL,
  -- Changes once a day, so that retention has an index which an update every two minutes does not move.
  last_seen_on DATE GENERATED ALWAYS AS (CAST(last_seen AS DATE)) VIRTUAL,
  KEY ix_products_last_seen_on (last_seen_on),
  KEY ix_products_legacy_item_id (legacy_item_id)
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- A row only where a listing's own price, in the seller's currency, differs from the row before.
CREATE TABLE IF NOT EXISTS price_observations (
  item_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  observed_at DATETIME(3) NOT NULL,
  price DECIMAL(15,3) NOT NULL,
  currency CHAR(3) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (item_id, observed_at),
  KEY ix_price_observations_observed_at (observed_at)
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- The distinct searches, without the sellers' names some of them hold; last_seen is null until one was made.
CREATE TABLE IF NOT EXISTS queries (
  query_id CHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  query MEDIUMTEXT NOT NULL,
  marketplace VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  first_seen DATETIME(3) NOT NULL,
  last_seen DATETIME(3) NULL,
  KEY ix_queries_last_seen (last_seen)
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- What each search found: its newest result are the rows whose last_seen is the query's.
CREATE TABLE IF NOT EXISTS query_products (
  query_id CHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  item_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  item_rank INT NOT NULL,
  last_seen DATETIME(3) NOT NULL,
  PRIMARY KEY (query_id, item_id),
  KEY ix_query_products_item_id (item_id)
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Which queries are watched, and how often. No addresses.
CREATE TABLE IF NOT EXISTS subscriptions (
  user_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  query_id CHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  frequency_minutes INT NOT NULL,
  active BOOLEAN NOT NULL,
  told_at DATETIME(3) NOT NULL,
  PRIMARY KEY (user_id, query_id),
  KEY ix_subscriptions_query_id (query_id, active),
  KEY ix_subscriptions_told_at (told_at)
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
