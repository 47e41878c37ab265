-- Liaison letters: what the office writes on them, the letters, whom each passes on, the links by
-- which committees answer.

-- What stands on every letter; one row once it was asked for.
CREATE TABLE letter_settings (
  id        INTEGER PRIMARY KEY CHECK (id = 1),
  -- What a letter's number begins with, such as 沪电党联.
  prefix    TEXT NOT NULL,
  -- Who signs.
  office    TEXT NOT NULL,
  contact   TEXT NOT NULL,
  phone     TEXT NOT NULL,
  -- How long a committee's link opens.
  link_days INTEGER NOT NULL CHECK (link_days BETWEEN 1 AND 730),
  version   INTEGER NOT NULL DEFAULT 1
) STRICT;

-- The letter's text in a language, once it differs from the one that comes with the program.
CREATE TABLE letter_templates (
  language TEXT PRIMARY KEY,
  text     TEXT NOT NULL,
  version  INTEGER NOT NULL DEFAULT 1
) STRICT, WITHOUT ROWID;

-- Letters that were made together.
CREATE TABLE letter_batches (
  id         INTEGER PRIMARY KEY,
  at         TEXT NOT NULL,
  account_id INTEGER REFERENCES accounts (id)
) STRICT;

CREATE TABLE letters (
  id             INTEGER PRIMARY KEY,
  batch_id       INTEGER NOT NULL REFERENCES letter_batches (id),
  committee_id   INTEGER NOT NULL REFERENCES committees (id),
  language       TEXT NOT NULL,
  -- 1: members of any branch and of none; 0: of those in letter_branches.
  every_branch   INTEGER NOT NULL CHECK (every_branch IN (0, 1)),
  state          TEXT NOT NULL CHECK (state IN ('draft', 'issued', 'sent', 'answered', 'withdrawn')),
  -- Of the day on which it was made, then issued.
  year           INTEGER NOT NULL,
  -- Its running number in that year; NULL for a draft.
  number         INTEGER,
  -- The number as it is written: 沪电党联〔2026〕12号.
  reference      TEXT NOT NULL DEFAULT '',
  -- What it says, as on the day on which it was issued (JSON of src/letters/content.rs): all but
  -- the members, who are in letter_members.
  content        TEXT,
  -- How many members were left out because they do not agree.
  withheld       INTEGER NOT NULL DEFAULT 0,
  created_at     TEXT NOT NULL,
  created_by     INTEGER REFERENCES accounts (id),
  issued_on      TEXT,
  sent_on        TEXT,
  sent_way       TEXT CHECK (sent_way IN ('hand', 'post', 'email', 'courier')),
  received_on    TEXT,
  received_by    TEXT NOT NULL DEFAULT '',
  reminded_on    TEXT,
  answered_on    TEXT,
  answered_by    TEXT NOT NULL DEFAULT '',
  -- 1: by the committee's own link; 0: typed by the office.
  answered_there INTEGER NOT NULL DEFAULT 0 CHECK (answered_there IN (0, 1)),
  reply          TEXT NOT NULL DEFAULT '',
  withdrawn_on   TEXT,
  withdrawn_why  TEXT NOT NULL DEFAULT '',
  version        INTEGER NOT NULL DEFAULT 1,
  UNIQUE (year, number),
  CHECK ((number IS NULL) = (issued_on IS NULL)),
  CHECK ((number IS NULL) = (content IS NULL))
) STRICT;
CREATE INDEX letters_by_committee ON letters (committee_id, year);
CREATE INDEX letters_by_state ON letters (state, id);
CREATE INDEX letters_by_batch ON letters (batch_id);

-- The branches whose members a letter may hold, when it was made by staff of those alone.
CREATE TABLE letter_branches (
  letter_id INTEGER NOT NULL REFERENCES letters (id) ON DELETE CASCADE,
  branch_id INTEGER NOT NULL REFERENCES branches (id),
  PRIMARY KEY (letter_id, branch_id)
) STRICT, WITHOUT ROWID;

-- Who was passed on by an issued letter, with what: an empty field was not given.
CREATE TABLE letter_members (
  letter_id INTEGER NOT NULL REFERENCES letters (id) ON DELETE CASCADE,
  place     INTEGER NOT NULL,
  -- NULL once the person's data was erased; the line stays, without words.
  member_id INTEGER REFERENCES members (id) ON DELETE SET NULL,
  name      TEXT NOT NULL,
  address   TEXT NOT NULL,
  skills    TEXT NOT NULL,
  phone     TEXT NOT NULL,
  PRIMARY KEY (letter_id, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX letter_members_by_member ON letter_members (member_id) WHERE member_id IS NOT NULL;

-- Links by which a committee reaches its letter. Each printing makes one; only its hash is kept.
CREATE TABLE letter_links (
  token_hash BLOB PRIMARY KEY,
  letter_id  INTEGER NOT NULL REFERENCES letters (id) ON DELETE CASCADE,
  created_at TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  revoked_at TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX letter_links_by_letter ON letter_links (letter_id);

-- A scan of a letter's reply; the bytes lie beside the database.
CREATE TABLE letter_scans (
  letter_id INTEGER PRIMARY KEY REFERENCES letters (id) ON DELETE CASCADE,
  token     TEXT NOT NULL,
  kind      TEXT NOT NULL CHECK (kind IN ('pdf', 'png', 'jpeg')),
  bytes     INTEGER NOT NULL,
  at        TEXT NOT NULL
) STRICT;
