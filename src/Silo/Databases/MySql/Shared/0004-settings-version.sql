-- The version of the settings that a subscription follows: it says which of two events is newer, where clocks of silos differ.
-- A column at the end is added without copying the table; rows of a silo that does not know it stay at 0, which any event replaces.
ALTER TABLE subscriptions ADD COLUMN settings_version INT NOT NULL DEFAULT 0;
