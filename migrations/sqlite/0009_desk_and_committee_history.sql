-- Live members by branch, with where they live: what a branch's staff see of the city, and how
-- many members each branch has, are read from here alone.
CREATE INDEX members_by_branch ON members (branch_id, committee_id, host_committee_id)
  WHERE removed_at IS NULL;

-- What a committee's record was before each change (JSON of src/committees/mod.rs).
CREATE TABLE committee_history (
  id           INTEGER PRIMARY KEY,
  committee_id INTEGER NOT NULL REFERENCES committees (id) ON DELETE CASCADE,
  -- The version that this change ended.
  version      INTEGER NOT NULL,
  at           TEXT NOT NULL,
  account_id   INTEGER REFERENCES accounts (id),
  cause        TEXT NOT NULL,
  before       TEXT NOT NULL
) STRICT;
CREATE INDEX committee_history_by_committee ON committee_history (committee_id, version);
