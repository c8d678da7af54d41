-- The keys that protect the forms of web pages, shared by all gateways.
CREATE TABLE web_keys (
  name TEXT NOT NULL PRIMARY KEY,
  xml TEXT NOT NULL
);
