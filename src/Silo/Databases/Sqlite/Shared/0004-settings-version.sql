-- The version of the settings that a subscription follows: it says which of two events is newer, whatever the clocks say.
ALTER TABLE subscriptions ADD COLUMN settings_version INTEGER NOT NULL DEFAULT 0;
