-- Members, what each can do, and how their records came to be what they are.

CREATE TABLE skills (
  id          INTEGER PRIMARY KEY,
  name        TEXT NOT NULL UNIQUE,
  -- A spelling that was merged stays, so that files with the old one still find the skill.
  merged_into INTEGER REFERENCES skills (id),
  version     INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE TABLE members (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  -- The place in the phone book (src/text/sort.rs); also the rowid in member_search, so that
  -- what a search finds streams out in order.
  sort_key          INTEGER NOT NULL UNIQUE,
  number            TEXT,
  name              TEXT NOT NULL,
  branch_id         INTEGER REFERENCES branches (id),
  phone             TEXT NOT NULL DEFAULT '',
  address           TEXT NOT NULL,
  -- The address taken apart (src/text/address.rs), for the office's address rules.
  road              TEXT NOT NULL DEFAULT '',
  lane              INTEGER,
  house             INTEGER,
  committee_id      INTEGER REFERENCES committees (id),
  host_committee_id INTEGER REFERENCES committees (id),
  -- 1: a person said that no committee is set up there yet; 0 without a committee: a clerk decides.
  unattached        INTEGER NOT NULL DEFAULT 0 CHECK (unattached IN (0, 1)),
  -- Standing to be known: name, address and skills, and on a line of its own the phone.
  agreed            INTEGER NOT NULL DEFAULT 0 CHECK (agreed IN (0, 1)),
  agreed_phone      INTEGER NOT NULL DEFAULT 0 CHECK (agreed_phone IN (0, 1)),
  created_at        TEXT NOT NULL,
  updated_at        TEXT NOT NULL,
  version           INTEGER NOT NULL DEFAULT 1,
  removed_at        TEXT,
  removed_by        INTEGER REFERENCES accounts (id),
  merged_into       INTEGER REFERENCES members (id),
  CHECK (committee_id IS NULL OR (host_committee_id IS NULL AND unattached = 0)),
  CHECK (agreed = 1 OR agreed_phone = 0)
) STRICT;
CREATE UNIQUE INDEX members_by_number ON members (number)
  WHERE number IS NOT NULL AND removed_at IS NULL;
CREATE INDEX members_by_name ON members (name);
-- Only live members, so that they are counted by committee without a look at the rows.
CREATE INDEX members_by_committee ON members (committee_id)
  WHERE committee_id IS NOT NULL AND removed_at IS NULL;
CREATE INDEX members_by_host ON members (host_committee_id)
  WHERE host_committee_id IS NOT NULL AND removed_at IS NULL;
CREATE INDEX members_by_road ON members (road, lane) WHERE road <> '';
CREATE INDEX members_removed ON members (removed_at) WHERE removed_at IS NOT NULL;

CREATE TABLE member_skills (
  member_id INTEGER NOT NULL REFERENCES members (id) ON DELETE CASCADE,
  skill_id  INTEGER NOT NULL REFERENCES skills (id),
  PRIMARY KEY (member_id, skill_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX members_by_skill ON member_skills (skill_id);

-- One row for each live member, rowid = members.sort_key; the tokens come from src/text/tokens.rs.
CREATE VIRTUAL TABLE member_search USING fts5 (
  tokens, content = '', contentless_delete = 1, tokenize = 'ascii'
);

-- What a record was before each change (JSON of src/members/history.rs).
CREATE TABLE member_history (
  id         INTEGER PRIMARY KEY,
  member_id  INTEGER NOT NULL REFERENCES members (id) ON DELETE CASCADE,
  -- The version that this change ended.
  version    INTEGER NOT NULL,
  at         TEXT NOT NULL,
  account_id INTEGER REFERENCES accounts (id),
  cause      TEXT NOT NULL,
  before     TEXT NOT NULL
) STRICT;
CREATE INDEX member_history_by_member ON member_history (member_id, version);

-- Two records of one person made one, with both as they were, so that it can be undone.
CREATE TABLE member_merges (
  id         INTEGER PRIMARY KEY,
  kept_id    INTEGER NOT NULL REFERENCES members (id) ON DELETE CASCADE,
  gone_id    INTEGER NOT NULL REFERENCES members (id) ON DELETE CASCADE,
  kept_before TEXT NOT NULL,
  gone_before TEXT NOT NULL,
  at         TEXT NOT NULL,
  account_id INTEGER REFERENCES accounts (id),
  undone_at  TEXT
) STRICT;
CREATE INDEX member_merges_by_kept ON member_merges (kept_id);
CREATE INDEX member_merges_by_gone ON member_merges (gone_id);
