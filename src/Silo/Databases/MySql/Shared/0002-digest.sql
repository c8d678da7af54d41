-- A digest of what a product's row says, by which writers see that a listing is as it was without reading all of it. No use to readers.
-- A column at the end is added without copying the table; 0 stands for not known and makes the next search write the row.
ALTER TABLE products ADD COLUMN digest BIGINT NOT NULL DEFAULT 0;
