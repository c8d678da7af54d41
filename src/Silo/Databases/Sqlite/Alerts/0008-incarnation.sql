-- Another name after each restore from a backup, so that ids of mails from before it are not used again; no row before the first.
CREATE TABLE incarnation (
  id INTEGER NOT NULL PRIMARY KEY,
  name TEXT NOT NULL
);
