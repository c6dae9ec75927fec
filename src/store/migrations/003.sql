-- Version 3: what files begin with, for the search for duplicates.

ALTER TABLE image ADD COLUMN head_hash INTEGER NOT NULL DEFAULT 0;  -- see BallastImageFacts; 0: unknown
