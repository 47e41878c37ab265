-- Contacts with committees besides letters: visits, calls, and members who asked for work.
CREATE TABLE contacts (
  id           INTEGER PRIMARY KEY,
  kind         TEXT NOT NULL CHECK (kind IN ('visit', 'call', 'message', 'asked')),
  day          TEXT NOT NULL,
  -- NULL: of a member who has no committee yet.
  committee_id INTEGER REFERENCES committees (id),
  -- Who asked for work.
  member_id    INTEGER REFERENCES members (id) ON DELETE CASCADE,
  -- Whose it was when it was entered, though that record be merged into another since.
  noted_for    INTEGER,
  -- Who was spoken to at the committee.
  person       TEXT NOT NULL,
  words        TEXT NOT NULL,
  -- What was promised, until when, and what came of it; empty: nothing (yet).
  promised     TEXT NOT NULL,
  due          TEXT,
  outcome      TEXT NOT NULL,
  outcome_on   TEXT,
  noted_at     TEXT NOT NULL,
  noted_by     INTEGER REFERENCES accounts (id),
  version      INTEGER NOT NULL DEFAULT 1,
  -- Empty: it holds.
  struck_at    TEXT NOT NULL DEFAULT '',
  struck_by    INTEGER REFERENCES accounts (id),
  struck_why   TEXT NOT NULL DEFAULT '',
  CHECK ((kind = 'asked') = (member_id IS NOT NULL)),
  CHECK (committee_id IS NOT NULL OR member_id IS NOT NULL),
  CHECK ((outcome = '') = (outcome_on IS NULL))
) STRICT;
CREATE INDEX contacts_by_committee ON contacts (committee_id, day);
CREATE INDEX contacts_by_member ON contacts (member_id) WHERE member_id IS NOT NULL;
CREATE INDEX contacts_noted_for ON contacts (noted_for) WHERE noted_for IS NOT NULL;
