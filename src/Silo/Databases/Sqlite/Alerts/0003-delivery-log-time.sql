-- Old records are found by their time when they are deleted.
CREATE INDEX ix_delivery_log_time ON delivery_log (accepted_at);
