-- Names are read as modern Chinese reads them, 𠮷 is read, long names are learnt in fewer pieces, and
-- long words by fours of characters: what the search indexes hold has changed, and is written anew
-- (src/renewal.rs).
CREATE TABLE index_renewals (
  -- members.sort_key: so far the members' index is written anew; the committees' follows.
  after INTEGER NOT NULL
) STRICT;

INSERT INTO index_renewals (after)
SELECT -1
WHERE EXISTS (SELECT 1 FROM members) OR EXISTS (SELECT 1 FROM committees);
