-- Version 5: the problems of one image, by index.

CREATE INDEX problem_image ON problem (image_id) WHERE image_id IS NOT NULL;
CREATE INDEX problem_other_image ON problem (other_image_id) WHERE other_image_id IS NOT NULL;
