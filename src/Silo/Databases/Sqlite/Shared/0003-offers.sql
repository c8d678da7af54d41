-- What one marketplace states of a listing: price, shipping and page differ by marketplace, the seller's own price does not.
-- products keeps what the marketplace that saw the listing last states.
CREATE TABLE product_offers (
  item_id TEXT NOT NULL,
  marketplace TEXT NOT NULL,
  price NUMERIC NOT NULL,
  currency TEXT NOT NULL,
  url TEXT NULL,
  shipping NUMERIC NULL,
  shipping_currency TEXT NULL,
  seen_at TEXT NOT NULL,
  PRIMARY KEY (item_id, marketplace)
) WITHOUT ROWID;
