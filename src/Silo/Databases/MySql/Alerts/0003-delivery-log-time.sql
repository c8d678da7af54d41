-- Old records are found by their time when they are deleted. Run again, it finds its index there, which the migration takes for done.
ALTER TABLE delivery_log ADD KEY ix_delivery_log_time (accepted_at);
