-- A digest of what a product's row says, by which writers see that a listing is as it was without reading all of it. No use to readers.
-- 0 stands for not known and makes the next search write the row.
ALTER TABLE products ADD COLUMN digest INTEGER NOT NULL DEFAULT 0;
