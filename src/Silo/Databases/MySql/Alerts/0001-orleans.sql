-- Grain state and reminders for Orleans' ADO.NET providers, to the contract of their OrleansQuery table:
-- names and types of parameters and columns belong to Orleans, everything else is ours.
-- MySQL 8.4 and MariaDB 10.11; MySQL commits each statement alone, so each bears being run again.

CREATE TABLE IF NOT EXISTS OrleansQuery (
  QueryKey VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  QueryText TEXT NOT NULL
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- GrainTypeString is the state's name. A grain without an extension stores '', so that the primary key has no NULL.
-- Version 0 is a row that a refused write leaves for a moment where no state was; readers do not see it.
CREATE TABLE IF NOT EXISTS OrleansStorage (
  ServiceId VARCHAR(64) NOT NULL,
  GrainIdHash INT NOT NULL,
  GrainTypeHash INT NOT NULL,
  GrainIdN0 BIGINT NOT NULL,
  GrainIdN1 BIGINT NOT NULL,
  GrainIdExtensionString VARCHAR(512) NOT NULL,
  GrainTypeString VARCHAR(128) NOT NULL,
  Version INT NOT NULL,
  ModifiedOn DATETIME(6) NOT NULL,
  PayloadBinary LONGBLOB NULL,
  PRIMARY KEY (ServiceId, GrainIdHash, GrainTypeHash, GrainIdN0, GrainIdN1, GrainIdExtensionString, GrainTypeString)
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- The second index holds every column a range read wants, so that reading a range never visits the table.
CREATE TABLE IF NOT EXISTS OrleansRemindersTable (
  ServiceId VARCHAR(64) NOT NULL,
  GrainId VARCHAR(560) NOT NULL,
  ReminderName VARCHAR(128) NOT NULL,
  GrainHash INT NOT NULL,
  StartTime DATETIME(6) NOT NULL,
  Period BIGINT NOT NULL,
  Version INT NOT NULL,
  PRIMARY KEY (ServiceId, GrainId, ReminderName),
  KEY IX_OrleansRemindersTable_GrainHash (ServiceId, GrainHash, StartTime, Period, Version)
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

REPLACE INTO OrleansQuery (QueryKey, QueryText) VALUES
('ReadFromStorageKey', '
SELECT PayloadBinary, Version
FROM OrleansStorage
WHERE ServiceId = @ServiceId AND GrainIdHash = @GrainIdHash AND GrainTypeHash = @GrainTypeHash
  AND GrainIdN0 = @GrainIdN0 AND GrainIdN1 = @GrainIdN1
  AND GrainIdExtensionString = COALESCE(@GrainIdExtensionString, '''') AND GrainTypeString = @GrainTypeString
  AND Version > 0;
'),

-- One statement compares the version and sets the state. LAST_INSERT_ID(...) is how it tells the outcome: 1 for a first write, the new version
-- for a later one, 0 for a conflict, which the result shows as NULL. Version is assigned last, since an assignment sees those before it.
-- A write with a version where no state is stored, say of an erased user, inserts version 0 and takes it away again.
('WriteToStorageKey', '
INSERT INTO OrleansStorage (ServiceId, GrainIdHash, GrainTypeHash, GrainIdN0, GrainIdN1, GrainIdExtensionString, GrainTypeString, Version, ModifiedOn, PayloadBinary)
VALUES (@ServiceId, @GrainIdHash, @GrainTypeHash, @GrainIdN0, @GrainIdN1, COALESCE(@GrainIdExtensionString, ''''), @GrainTypeString,
  LAST_INSERT_ID(@GrainStateVersion IS NULL), UTC_TIMESTAMP(6), @PayloadBinary)
ON DUPLICATE KEY UPDATE
  PayloadBinary = IF(Version = COALESCE(@GrainStateVersion, 0), VALUES(PayloadBinary), PayloadBinary),
  ModifiedOn = IF(Version = COALESCE(@GrainStateVersion, 0), VALUES(ModifiedOn), ModifiedOn),
  Version = IF(Version = COALESCE(@GrainStateVersion, 0), LAST_INSERT_ID(Version + 1), Version + LAST_INSERT_ID(0));
DELETE FROM OrleansStorage
WHERE ServiceId = @ServiceId AND GrainIdHash = @GrainIdHash AND GrainTypeHash = @GrainTypeHash
  AND GrainIdN0 = @GrainIdN0 AND GrainIdN1 = @GrainIdN1
  AND GrainIdExtensionString = COALESCE(@GrainIdExtensionString, '''') AND GrainTypeString = @GrainTypeString
  AND Version = 0 AND LAST_INSERT_ID() = 0;
SELECT NULLIF(LAST_INSERT_ID(), 0) AS NewGrainStateVersion;
'),

('ClearStorageKey', '
UPDATE OrleansStorage
SET Version = Version + 1, ModifiedOn = UTC_TIMESTAMP(6), PayloadBinary = NULL
WHERE ServiceId = @ServiceId AND GrainIdHash = @GrainIdHash AND GrainTypeHash = @GrainTypeHash
  AND GrainIdN0 = @GrainIdN0 AND GrainIdN1 = @GrainIdN1
  AND GrainIdExtensionString = COALESCE(@GrainIdExtensionString, '''') AND GrainTypeString = @GrainTypeString
  AND Version = @GrainStateVersion;
SELECT IF(ROW_COUNT() = 1, @GrainStateVersion + 1, NULL) AS NewGrainStateVersion;
'),

('DeleteStorageKey', '
DELETE FROM OrleansStorage
WHERE ServiceId = @ServiceId AND GrainIdHash = @GrainIdHash AND GrainTypeHash = @GrainTypeHash
  AND GrainIdN0 = @GrainIdN0 AND GrainIdN1 = @GrainIdN1
  AND GrainIdExtensionString = COALESCE(@GrainIdExtensionString, '''') AND GrainTypeString = @GrainTypeString
  AND Version = @GrainStateVersion;
SELECT IF(ROW_COUNT() = 1, @GrainStateVersion + 1, NULL) AS NewGrainStateVersion;
'),

-- The first version is random: Orleans tells a reminder registered anew from its deleted predecessor by the version alone.
('UpsertReminderRowKey', '
INSERT INTO OrleansRemindersTable (ServiceId, GrainId, ReminderName, GrainHash, StartTime, Period, Version)
VALUES (@ServiceId, @GrainId, @ReminderName, @GrainHash, @StartTime, @Period, LAST_INSERT_ID(1 + FLOOR(RAND() * 1000000000)))
ON DUPLICATE KEY UPDATE StartTime = @StartTime, Period = @Period, GrainHash = @GrainHash, Version = LAST_INSERT_ID(Version + 1);
SELECT LAST_INSERT_ID() AS Version;
'),

('ReadReminderRowsKey', '
SELECT GrainId, ReminderName, StartTime, Period, Version
FROM OrleansRemindersTable
WHERE ServiceId = @ServiceId AND GrainId = @GrainId;
'),

('ReadReminderRowKey', '
SELECT GrainId, ReminderName, StartTime, Period, Version
FROM OrleansRemindersTable
WHERE ServiceId = @ServiceId AND GrainId = @GrainId AND ReminderName = @ReminderName;
'),

-- The index is forced: for a wide range the optimizer would rather read every reminder of the service, once for each half of a range that wraps.
('ReadRangeRows1Key', '
SELECT GrainId, ReminderName, StartTime, Period, Version
FROM OrleansRemindersTable FORCE INDEX (IX_OrleansRemindersTable_GrainHash)
WHERE ServiceId = @ServiceId AND GrainHash > @BeginHash AND GrainHash <= @EndHash;
'),

-- The range that wraps around: both ends of the index. They never overlap, since BeginHash is not below EndHash here.
('ReadRangeRows2Key', '
SELECT GrainId, ReminderName, StartTime, Period, Version
FROM OrleansRemindersTable FORCE INDEX (IX_OrleansRemindersTable_GrainHash)
WHERE ServiceId = @ServiceId AND GrainHash > @BeginHash
UNION ALL
SELECT GrainId, ReminderName, StartTime, Period, Version
FROM OrleansRemindersTable FORCE INDEX (IX_OrleansRemindersTable_GrainHash)
WHERE ServiceId = @ServiceId AND GrainHash <= @EndHash;
'),

('DeleteReminderRowKey', '
DELETE FROM OrleansRemindersTable
WHERE ServiceId = @ServiceId AND GrainId = @GrainId AND ReminderName = @ReminderName AND Version = @Version;
SELECT ROW_COUNT();
'),

('DeleteReminderRowsKey', '
DELETE FROM OrleansRemindersTable
WHERE ServiceId = @ServiceId;
');
