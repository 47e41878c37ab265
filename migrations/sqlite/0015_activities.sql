-- Activities in a committee's area, and what each member's part in them was.

-- Files of participations, each a batch that can be taken back.
CREATE TABLE activity_batches (
  id             INTEGER PRIMARY KEY,
  at             TEXT NOT NULL,
  account_id     INTEGER REFERENCES accounts (id),
  file_name      TEXT NOT NULL,
  activities     INTEGER NOT NULL DEFAULT 0,
  participations INTEGER NOT NULL DEFAULT 0,
  unchanged      INTEGER NOT NULL DEFAULT 0,
  rejected       INTEGER NOT NULL DEFAULT 0,
  undone_at      TEXT,
  undone_by      INTEGER REFERENCES accounts (id)
) STRICT;

CREATE TABLE activities (
  id           INTEGER PRIMARY KEY,
  -- 2026-01-31; a later one than today is planned.
  day          TEXT NOT NULL,
  -- NULL: imported for members whose committee nobody has settled yet.
  committee_id INTEGER REFERENCES committees (id),
  title        TEXT NOT NULL,
  what         TEXT NOT NULL DEFAULT '',
  -- The four areas.
  area         TEXT NOT NULL CHECK (area IN ('culture', 'mediation', 'good-deeds', 'self-governance')),
  manner       TEXT NOT NULL CHECK (manner IN ('alone', 'group', 'pairing')),
  -- What each participant is given at first; minutes 0: not noted.
  times        INTEGER NOT NULL DEFAULT 1 CHECK (times >= 1),
  minutes      INTEGER NOT NULL DEFAULT 0 CHECK (minutes >= 0),
  -- The file that it came in.
  batch_id     INTEGER REFERENCES activity_batches (id),
  created_at   TEXT NOT NULL,
  updated_at   TEXT NOT NULL,
  version      INTEGER NOT NULL DEFAULT 1,
  removed_at   TEXT,
  removed_by   INTEGER REFERENCES accounts (id)
) STRICT;
-- One for each question: all, a committee's, an area's, the latest first.
CREATE INDEX activities_by_day ON activities (day, id) WHERE removed_at IS NULL;
CREATE INDEX activities_by_committee ON activities (committee_id, day, id) WHERE removed_at IS NULL;
CREATE INDEX activities_by_area ON activities (area, day, id) WHERE removed_at IS NULL;
CREATE INDEX activities_removed ON activities (removed_at) WHERE removed_at IS NOT NULL;
CREATE INDEX activities_by_batch ON activities (batch_id) WHERE batch_id IS NOT NULL;
-- Without it, a committee that is merged looks through all that were removed.
CREATE INDEX activities_removed_by_committee ON activities (committee_id)
  WHERE removed_at IS NOT NULL;

CREATE TABLE participations (
  id           INTEGER PRIMARY KEY,
  activity_id  INTEGER NOT NULL REFERENCES activities (id) ON DELETE CASCADE,
  member_id    INTEGER NOT NULL REFERENCES members (id) ON DELETE CASCADE,
  times        INTEGER NOT NULL CHECK (times >= 1),
  minutes      INTEGER NOT NULL CHECK (minutes >= 0),
  -- The activity's day and area again, so that a member's and a branch's are told from one index.
  day          TEXT NOT NULL,
  area         TEXT NOT NULL,
  -- 1: neither taken out nor of a removed activity; only these are told and counted.
  live         INTEGER NOT NULL DEFAULT 1 CHECK (live IN (0, 1)),
  -- When they were taken out again; empty: they were not.
  taken_out_at TEXT NOT NULL DEFAULT '',
  -- On the record card: the committee's signature and its stamp, each with its day.
  signed_on    TEXT,
  stamped_on   TEXT,
  confirmed_at TEXT,
  confirmed_by INTEGER REFERENCES accounts (id),
  CHECK ((confirmed_at IS NULL) = (signed_on IS NULL)),
  CHECK ((confirmed_at IS NULL) = (stamped_on IS NULL))
) STRICT;
-- A member's part in an activity stands once. Not partial, like the next: what is erased takes its
-- parts along by them.
CREATE UNIQUE INDEX participations_of_activity
  ON participations (activity_id, member_id, taken_out_at);
CREATE INDEX participations_by_member
  ON participations (member_id, live, day, id, area, times, minutes);
CREATE INDEX participations_taken_out ON participations (taken_out_at) WHERE taken_out_at <> '';

-- What a merge of two members moved from one to the other, so that it can be taken back; set_aside:
-- both took part in the same activity, and the other's stayed.
CREATE TABLE moved_participations (
  gone_id          INTEGER NOT NULL REFERENCES members (id) ON DELETE CASCADE,
  participation_id INTEGER NOT NULL REFERENCES participations (id) ON DELETE CASCADE,
  set_aside        INTEGER NOT NULL CHECK (set_aside IN (0, 1)),
  PRIMARY KEY (gone_id, participation_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX moved_participations_by_row ON moved_participations (participation_id);

-- Record cards as they were printed, so that a signed sheet is found by its code, marked, and
-- printed again as it was.
CREATE TABLE record_cards (
  id           INTEGER PRIMARY KEY,
  code         TEXT NOT NULL UNIQUE,
  -- Cards printed at once: the first one's id.
  batch        INTEGER NOT NULL,
  member_id    INTEGER NOT NULL REFERENCES members (id) ON DELETE CASCADE,
  -- Whose it was when it was printed, though that record be merged into another since.
  printed_for  INTEGER NOT NULL,
  -- NULL: what the member did anywhere.
  committee_id INTEGER REFERENCES committees (id),
  quarter      TEXT NOT NULL,
  -- What was printed of the member and the committee.
  name         TEXT NOT NULL,
  number       TEXT NOT NULL,
  branch       TEXT NOT NULL,
  committee    TEXT NOT NULL,
  printed_at   TEXT NOT NULL,
  printed_by   INTEGER REFERENCES accounts (id)
) STRICT;
CREATE INDEX record_cards_by_member ON record_cards (member_id);
CREATE INDEX record_cards_by_batch ON record_cards (batch);
CREATE INDEX record_cards_printed_for ON record_cards (printed_for);

CREATE TABLE record_card_lines (
  card_id          INTEGER NOT NULL REFERENCES record_cards (id) ON DELETE CASCADE,
  place            INTEGER NOT NULL,
  participation_id INTEGER REFERENCES participations (id) ON DELETE SET NULL,
  -- What was printed.
  day              TEXT NOT NULL,
  title            TEXT NOT NULL,
  area             TEXT NOT NULL,
  manner           TEXT NOT NULL,
  committee        TEXT NOT NULL,
  times            INTEGER NOT NULL,
  minutes          INTEGER NOT NULL,
  PRIMARY KEY (card_id, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX record_card_lines_by_part ON record_card_lines (participation_id);
