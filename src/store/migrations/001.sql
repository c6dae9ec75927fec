-- Version 1: the records.
--
-- An image is one row whose id grows in the order of the import.  Its labels are the rows of
-- annotation whose id is image id × 2^20 + their number, so that an image's labels lie together and
-- finding them needs no index.  A path is stored once: its folder in folder, its name in image.
-- Names and paths are bytes.  Rows of class and split are never deleted: dropped hides them, and
-- undo shows them again.

CREATE TABLE source (
  id INTEGER PRIMARY KEY,
  root BLOB NOT NULL,                      -- absolute
  file BLOB NOT NULL,                      -- the annotation file relative to root, or empty
  layout TEXT NOT NULL,
  options TEXT,                            -- JSON
  imported_us INTEGER NOT NULL DEFAULT 0,  -- end of the last import, µs since 1970
  complete INTEGER NOT NULL DEFAULT 0,     -- 0 while an import is under way or was interrupted
  UNIQUE (root, file)
) STRICT;

CREATE TABLE split (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  dropped INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE UNIQUE INDEX split_name ON split (name) WHERE dropped = 0;

CREATE TABLE class (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  position INTEGER NOT NULL,               -- orders the classes; gaps mean nothing
  colour INTEGER,                          -- 0xRRGGBB where the user chose one
  dropped INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE UNIQUE INDEX class_name_of_shown ON class (name) WHERE dropped = 0;

CREATE TABLE folder (
  id INTEGER PRIMARY KEY,
  source_id INTEGER NOT NULL REFERENCES source,
  path BLOB NOT NULL,                      -- relative to the root; empty for it
  UNIQUE (source_id, path)
) STRICT;

-- Images that must stay in one split: one patient, one scene, near duplicates.
CREATE TABLE image_group (
  id INTEGER PRIMARY KEY,
  name BLOB NOT NULL UNIQUE
) STRICT;

CREATE TABLE image (
  id INTEGER PRIMARY KEY,
  flags INTEGER NOT NULL,        -- BallastImageFlags; 256: labels by the user, 512: split by the user
  split_id INTEGER REFERENCES split,
  folder_id INTEGER NOT NULL REFERENCES folder,
  name BLOB NOT NULL,
  width INTEGER NOT NULL,        -- as stored, before orientation
  height INTEGER NOT NULL,
  coding INTEGER NOT NULL,       -- format + colour × 2^4 + orientation × 2^7 + depth × 2^11
  size_bytes INTEGER NOT NULL,
  mtime_ns INTEGER NOT NULL,
  group_id INTEGER REFERENCES image_group
) STRICT;

CREATE TABLE annotation (
  id INTEGER PRIMARY KEY,
  class_id INTEGER NOT NULL REFERENCES class,
  x REAL,                        -- NULL: a label of the whole image
  y REAL,
  width REAL,
  height REAL,
  extra TEXT,                    -- JSON: segmentation, iscrowd and what else a format carries
  image_id INTEGER NOT NULL GENERATED ALWAYS AS (id >> 20) VIRTUAL REFERENCES image
) STRICT;

-- Made after a first import, not during it.
CREATE INDEX annotation_class ON annotation (class_id);

CREATE TABLE problem (
  id INTEGER PRIMARY KEY,
  kind INTEGER NOT NULL,         -- BallastProblemKind
  source_id INTEGER NOT NULL REFERENCES source,
  image_id INTEGER REFERENCES image,
  other_image_id INTEGER REFERENCES image,
  path BLOB,                     -- where there is no image
  other_path BLOB,
  detail TEXT
) STRICT;

CREATE INDEX problem_kind ON problem (kind);

-- Kept in the same transaction as the records.  Class 0: images and annotations of the split;
-- split 0: images in no split.  Only images that count are counted.
CREATE TABLE counter (
  class_id INTEGER NOT NULL,
  split_id INTEGER NOT NULL,
  images INTEGER NOT NULL,
  instances INTEGER NOT NULL,
  PRIMARY KEY (class_id, split_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE total (
  name TEXT PRIMARY KEY,
  value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
