-- Products and their prices, the published contract with other services: see docs/SHARED-DATA.md.
-- Times are UTC text, 'yyyy-MM-dd HH:mm:ss' with a fraction unless it is zero, so that their order is the order of time.

-- One row per listing variation: the newest observation, and how long its price has stood.
CREATE TABLE products (
  item_id TEXT NOT NULL PRIMARY KEY,
  legacy_item_id INTEGER NOT NULL,
  title TEXT NOT NULL,
  price NUMERIC NOT NULL,
  currency TEXT NOT NULL,
  seller_price NUMERIC NOT NULL,
  seller_currency TEXT NOT NULL,
  price_since TEXT NOT NULL,
  item_condition TEXT NULL,
  marketplace TEXT NOT NULL,
  url TEXT NULL,
  image_url TEXT NULL,
  shipping NUMERIC NULL,
  shipping_currency TEXT NULL,
  buying_options TEXT NOT NULL,
  first_seen TEXT NOT NULL,
  last_seen TEXT NOT NULL,
  -- Changes once a day, so that retention has an index which an update every two minutes does not move.
  last_seen_on TEXT GENERATED ALWAYS AS (substr(last_seen, 1, 10)) VIRTUAL
) WITHOUT ROWID;

CREATE INDEX ix_products_last_seen_on ON products (last_seen_on);
CREATE INDEX ix_products_legacy_item_id ON products (legacy_item_id);

-- A row only where a listing's own price, in the seller's currency, differs from the row before.
CREATE TABLE price_observations (
  item_id TEXT NOT NULL,
  observed_at TEXT NOT NULL,
  price NUMERIC NOT NULL,
  currency TEXT NOT NULL,
  PRIMARY KEY (item_id, observed_at)
) WITHOUT ROWID;

CREATE INDEX ix_price_observations_observed_at ON price_observations (observed_at);

-- The distinct searches, without the sellers' names some of them hold; last_seen is null until one was made.
CREATE TABLE queries (
  query_id TEXT NOT NULL PRIMARY KEY,
  query TEXT NOT NULL,
  marketplace TEXT NOT NULL,
  first_seen TEXT NOT NULL,
  last_seen TEXT NULL
) WITHOUT ROWID;

CREATE INDEX ix_queries_last_seen ON queries (last_seen);

-- What each search found: its newest result are the rows whose last_seen is the query's.
CREATE TABLE query_products (
  query_id TEXT NOT NULL,
  item_id TEXT NOT NULL,
  item_rank INTEGER NOT NULL,
  last_seen TEXT NOT NULL,
  PRIMARY KEY (query_id, item_id)
) WITHOUT ROWID;

CREATE INDEX ix_query_products_item_id ON query_products (item_id);

-- Which queries are watched, and how often. No addresses.
CREATE TABLE subscriptions (
  user_id TEXT NOT NULL,
  query_id TEXT NOT NULL,
  frequency_minutes INTEGER NOT NULL,
  active INTEGER NOT NULL,
  told_at TEXT NOT NULL,
  PRIMARY KEY (user_id, query_id)
) WITHOUT ROWID;

CREATE INDEX ix_subscriptions_query_id ON subscriptions (query_id, active);
CREATE INDEX ix_subscriptions_told_at ON subscriptions (told_at);
