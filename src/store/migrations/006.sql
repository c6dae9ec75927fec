-- Version 6: groups, and how pictures look.

-- The images of a group, and whether there are groups at all, without a look at every image.
CREATE INDEX image_of_group ON image (group_id) WHERE group_id IS NOT NULL;

-- What a source's column of groups (a patient, a scene) says of an image.
CREATE TABLE image_field (
  image_id INTEGER PRIMARY KEY REFERENCES image,
  value TEXT NOT NULL
) STRICT;

-- See BallastFingerprint; of files that could not be decoded, spread is -1.
CREATE TABLE fingerprint (
  image_id INTEGER PRIMARY KEY REFERENCES image,
  stamp INTEGER NOT NULL,        -- of the file that was looked at: a hash of its size and time
  gradients INTEGER NOT NULL,
  waves INTEGER NOT NULL,
  spread INTEGER NOT NULL        -- deviation of its grey values, in 1/16
) STRICT;
