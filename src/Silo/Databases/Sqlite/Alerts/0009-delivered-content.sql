-- What a message said: the ids of its listings, and, until eBay's answer is too old to be shown, all of it (compressed JSON).
ALTER TABLE delivery_log ADD COLUMN item_ids TEXT NULL;
ALTER TABLE delivery_log ADD COLUMN content BLOB NULL;
ALTER TABLE delivery_log ADD COLUMN content_until TEXT NULL;

CREATE INDEX ix_delivery_log_content ON delivery_log (content_until);
