-- Names are read as modern Chinese reads them, and 𠮷 is read: what the search index holds of them
-- has changed, and is written anew (src/members/renewal.rs).
CREATE TABLE index_renewals (
  -- members.sort_key: so far the index is written anew.
  after INTEGER NOT NULL
) STRICT;

INSERT INTO index_renewals (after)
SELECT -1
WHERE EXISTS (SELECT 1 FROM members);
