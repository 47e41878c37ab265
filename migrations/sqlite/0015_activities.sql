-- Activities in a committee's area, and what each member's part in them was.

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
  batch_id     INTEGER,
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
