-- Properties that are asked for together have a token, so have the records that were registered one
-- after the other, and three characters that end as a place does: what the search indexes hold has
-- changed, and is written anew (src/renewal.rs).
DELETE FROM index_renewals;

INSERT INTO index_renewals (after)
SELECT -1
WHERE EXISTS (SELECT 1 FROM members) OR EXISTS (SELECT 1 FROM committees);
