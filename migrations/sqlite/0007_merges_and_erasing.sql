-- Merges of members that can be undone, and what it takes to erase.

-- Who was merged into whom is told for good; what both were, only as long as it can be undone.
-- No Linli wrote to the table as it was in 0003.
DROP TABLE member_merges;
CREATE TABLE member_merges (
  id            INTEGER PRIMARY KEY,
  kept_id       INTEGER NOT NULL REFERENCES members (id) ON DELETE CASCADE,
  -- Refers to nothing once the record is erased; its address still leads to the kept one.
  gone_id       INTEGER NOT NULL,
  -- The kept record's version when the merge had written it; a later one means changed since.
  version_after INTEGER NOT NULL,
  -- Both as they were (JSON); NULL once the merge is undone or cannot be any more.
  kept_before   TEXT,
  gone_before   TEXT,
  at            TEXT NOT NULL,
  account_id    INTEGER REFERENCES accounts (id),
  undone_at     TEXT,
  undone_by     INTEGER REFERENCES accounts (id)
) STRICT;
CREATE INDEX member_merges_by_kept ON member_merges (kept_id);
CREATE INDEX member_merges_by_gone ON member_merges (gone_id);

-- What was merged into a record. Without it, every record that is erased looks through them all
-- for one that refers to it.
CREATE INDEX members_merged ON members (merged_into) WHERE merged_into IS NOT NULL;

-- Erased text that older parts of the search index and of the log still hold, until the running
-- server has written them anew (src/upkeep.rs).
CREATE TABLE erased_text (
  id INTEGER PRIMARY KEY,
  at TEXT NOT NULL
) STRICT;
