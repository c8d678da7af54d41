-- What a message said: the ids of its listings, and, until eBay's answer is too old to be shown, all of it (compressed JSON). One statement:
-- run again, it finds the columns there, which the migration takes for done.
ALTER TABLE delivery_log
  ADD COLUMN item_ids TEXT CHARACTER SET ascii COLLATE ascii_bin NULL,
  ADD COLUMN content MEDIUMBLOB NULL,
  ADD COLUMN content_until DATETIME(6) NULL,
  ADD KEY ix_delivery_log_content (content_until);
