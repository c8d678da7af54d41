-- What one marketplace states of a listing: price, shipping and page differ by marketplace, the seller's own price does not.
-- products keeps what the marketplace that saw the listing last states. A silo without this table writes products alone.
CREATE TABLE IF NOT EXISTS product_offers (
  item_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  marketplace VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  price DECIMAL(15,3) NOT NULL,
  currency CHAR(3) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  url VARCHAR(2048) NULL,
  shipping DECIMAL(15,3) NULL,
  shipping_currency CHAR(3) CHARACTER SET ascii COLLATE ascii_bin NULL,
  seen_at DATETIME(3) NOT NULL,
  PRIMARY KEY (item_id, marketplace)
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
