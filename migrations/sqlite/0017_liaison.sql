-- Check-in slips and their receipts, other contacts with committees, and what lists passed on.

-- What was printed for one committee at once: a slip for each of its members, and the list that
-- comes back signed.
CREATE TABLE checkin_sheets (
  id           INTEGER PRIMARY KEY,
  -- Finds the list again.
  code         TEXT NOT NULL UNIQUE,
  -- Sheets printed at once: the first one's id.
  batch        INTEGER NOT NULL,
  committee_id INTEGER NOT NULL REFERENCES committees (id),
  -- each: a slip a member; list: one list of all; both: slips, and the list.
  shape        TEXT NOT NULL CHECK (shape IN ('each', 'list', 'both')),
  language     TEXT NOT NULL,
  -- What was printed of the bodies and of the office.
  committee    TEXT NOT NULL,
  party        TEXT NOT NULL,
  office       TEXT NOT NULL,
  contact      TEXT NOT NULL,
  phone        TEXT NOT NULL,
  printed_at   TEXT NOT NULL,
  printed_by   INTEGER REFERENCES accounts (id)
) STRICT;
CREATE INDEX checkin_sheets_by_batch ON checkin_sheets (batch);
CREATE INDEX checkin_sheets_by_committee ON checkin_sheets (committee_id);

-- Whom a sheet passes on, with what: an empty field was not given.
CREATE TABLE checkin_slips (
  sheet_id    INTEGER NOT NULL REFERENCES checkin_sheets (id) ON DELETE CASCADE,
  place       INTEGER NOT NULL,
  -- Finds the member's own slip again.
  code        TEXT NOT NULL UNIQUE,
  member_id   INTEGER NOT NULL REFERENCES members (id) ON DELETE CASCADE,
  -- Whose it was when it was printed, though that record be merged into another since.
  printed_for INTEGER NOT NULL,
  name        TEXT NOT NULL,
  branch      TEXT NOT NULL,
  address     TEXT NOT NULL,
  skills      TEXT NOT NULL,
  phone       TEXT NOT NULL,
  PRIMARY KEY (sheet_id, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX checkin_slips_by_member ON checkin_slips (member_id, sheet_id);
CREATE INDEX checkin_slips_printed_for ON checkin_slips (printed_for);

-- Receipts: a committee accepted a member. One taken back stays, struck.
CREATE TABLE checkins (
  id           INTEGER PRIMARY KEY,
  member_id    INTEGER NOT NULL REFERENCES members (id) ON DELETE CASCADE,
  noted_for    INTEGER NOT NULL,
  committee_id INTEGER NOT NULL REFERENCES committees (id),
  accepted_on  TEXT NOT NULL,
  -- Who accepted, at the committee.
  accepted_by  TEXT NOT NULL,
  -- 1: by the committee's own link; 0: entered by the office.
  there        INTEGER NOT NULL CHECK (there IN (0, 1)),
  noted_at     TEXT NOT NULL,
  noted_by     INTEGER REFERENCES accounts (id),
  version      INTEGER NOT NULL DEFAULT 1,
  -- Empty: it holds.
  struck_at    TEXT NOT NULL DEFAULT '',
  struck_by    INTEGER REFERENCES accounts (id)
) STRICT;
CREATE INDEX checkins_by_member ON checkins (member_id, struck_at, committee_id);
CREATE INDEX checkins_by_committee ON checkins (committee_id);
CREATE INDEX checkins_noted_for ON checkins (noted_for);

-- Packets: what was printed for many committees at once, each its own.
CREATE TABLE packets (
  id         INTEGER PRIMARY KEY,
  at         TEXT NOT NULL,
  account_id INTEGER REFERENCES accounts (id),
  -- The check-in sheets that belong to it (checkin_sheets.batch); NULL for none.
  checkins   INTEGER
) STRICT;

CREATE TABLE packet_parts (
  packet_id    INTEGER NOT NULL REFERENCES packets (id) ON DELETE CASCADE,
  place        INTEGER NOT NULL,
  committee_id INTEGER NOT NULL REFERENCES committees (id),
  -- NULL: its letter was printed before.
  letter_id    INTEGER REFERENCES letters (id),
  PRIMARY KEY (packet_id, place)
) STRICT, WITHOUT ROWID;

-- When a letter was printed first; NULL: it waits for that.
ALTER TABLE letters ADD COLUMN printed_at TEXT;
UPDATE letters SET printed_at = sent_on || 'T00:00:00.000Z' WHERE sent_on IS NOT NULL;
UPDATE letters SET printed_at = answered_on || 'T00:00:00.000Z'
WHERE printed_at IS NULL AND answered_on IS NOT NULL;

-- Lists of members that went to committees: whose, when, with which fields. Letters and check-in
-- slips keep their own lines.
CREATE TABLE provisions (
  id         INTEGER PRIMARY KEY,
  at         TEXT NOT NULL,
  account_id INTEGER REFERENCES accounts (id),
  -- file: one committee's list; zip: many, from a page; terminal: from the command line.
  way        TEXT NOT NULL CHECK (way IN ('file', 'zip', 'terminal')),
  -- 1: of so many members that they are in no index of their own.
  wide       INTEGER NOT NULL CHECK (wide IN (0, 1))
) STRICT;

-- In the order in which they are written, so that a million of them cost little. Members are no
-- foreign key: looking for one that is erased would read all lines; src/provisions takes them out.
CREATE TABLE provision_members (
  provision_id INTEGER NOT NULL REFERENCES provisions (id),
  member_id    INTEGER NOT NULL,
  committee_id INTEGER NOT NULL,
  -- 1 name, 2 address, 4 skills, 8 phone, added up.
  fields       INTEGER NOT NULL,
  wide         INTEGER NOT NULL,
  PRIMARY KEY (provision_id, member_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX provision_members_by_member ON provision_members (member_id) WHERE wide = 0;
