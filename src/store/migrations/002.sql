-- Version 2: settings, and edits that can be undone.

-- The names under which sources know the classes: what an import calls name is class_id now, or
-- (NULL) a class that the user dropped.
CREATE TABLE class_name (
  name TEXT PRIMARY KEY,
  class_id INTEGER REFERENCES class
) STRICT, WITHOUT ROWID;

INSERT INTO class_name SELECT name, id FROM class WHERE dropped = 0;

CREATE TABLE setting (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL            -- JSON
) STRICT, WITHOUT ROWID;

CREATE TABLE edit (
  id INTEGER PRIMARY KEY,
  code TEXT NOT NULL,
  arguments TEXT NOT NULL,       -- JSON array of strings
  label TEXT NOT NULL,
  time_us INTEGER NOT NULL,
  gesture TEXT,
  undone INTEGER NOT NULL DEFAULT 0,
  changes BLOB NOT NULL          -- see ballast-change.h
) STRICT;
