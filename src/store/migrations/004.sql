-- Version 4: outlines and masks, and the numbers that files know things by.

-- Never written before: a row says no more than its box.
ALTER TABLE annotation DROP COLUMN extra;

-- What some annotations carry beside; apart from them, so that counting them does not read it.
CREATE TABLE annotation_extra (
  annotation_id INTEGER PRIMARY KEY REFERENCES annotation,
  data BLOB NOT NULL             -- see BallastShape
) STRICT;

ALTER TABLE class ADD COLUMN number INTEGER;              -- its id in the file it came from
ALTER TABLE class ADD COLUMN parent TEXT;                 -- COCO's supercategory

-- Only of images whose file has ids: the others pay nothing for it.
CREATE TABLE image_number (
  image_id INTEGER PRIMARY KEY REFERENCES image,
  number INTEGER NOT NULL
) STRICT;
