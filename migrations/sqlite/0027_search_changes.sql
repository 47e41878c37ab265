-- Which records of the search index changed lately, so that what a server keeps of the index in
-- memory can be kept true (src/members/search/postings.rs).
CREATE TABLE member_search_changes (
  seq       INTEGER PRIMARY KEY AUTOINCREMENT,
  -- The record's place in the phone book; none: all of them may have changed.
  sort_key  INTEGER
) STRICT;
