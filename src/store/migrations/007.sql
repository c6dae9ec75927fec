-- Version 7: labels that were put aside.

-- As rows of annotation, which they leave and come back to: nothing that counts or exports needs to
-- know of them.
CREATE TABLE annotation_aside (
  id INTEGER PRIMARY KEY,
  class_id INTEGER NOT NULL REFERENCES class,
  x REAL,
  y REAL,
  width REAL,
  height REAL,
  data BLOB                      -- see BallastShape
) STRICT;
