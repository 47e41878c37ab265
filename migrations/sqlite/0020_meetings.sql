-- Exchange meetings and study sessions, who came, what was told there and what follows from it;
-- and experiences, written up so that others find them. And what it takes to see that a committee
-- was set up where members live who had none.

CREATE TABLE meetings (
  id         INTEGER PRIMARY KEY,
  -- 2026-01-31; a later one than today is planned.
  day        TEXT NOT NULL,
  -- 19:30; empty: not named.
  begins     TEXT NOT NULL DEFAULT '',
  place      TEXT NOT NULL DEFAULT '',
  kind       TEXT NOT NULL CHECK (kind IN ('exchange', 'study')),
  title      TEXT NOT NULL,
  agenda     TEXT NOT NULL DEFAULT '',
  chair_id   INTEGER REFERENCES members (id) ON DELETE SET NULL,
  minutes    TEXT NOT NULL DEFAULT '',
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  version    INTEGER NOT NULL DEFAULT 1,
  removed_at TEXT,
  removed_by INTEGER REFERENCES accounts (id)
) STRICT;
-- One for each question: all, and those of a kind, the latest first.
CREATE INDEX meetings_by_day ON meetings (day, id) WHERE removed_at IS NULL;
CREATE INDEX meetings_by_kind ON meetings (kind, day, id) WHERE removed_at IS NULL;
CREATE INDEX meetings_by_chair ON meetings (chair_id) WHERE chair_id IS NOT NULL;
CREATE INDEX meetings_removed ON meetings (removed_at) WHERE removed_at IS NOT NULL;

CREATE TABLE attendances (
  id           INTEGER PRIMARY KEY,
  meeting_id   INTEGER NOT NULL REFERENCES meetings (id) ON DELETE CASCADE,
  member_id    INTEGER NOT NULL REFERENCES members (id) ON DELETE CASCADE,
  state        TEXT NOT NULL CHECK (state IN ('expected', 'present', 'leave')),
  -- Why they asked for leave.
  reason       TEXT NOT NULL DEFAULT '' CHECK (reason = '' OR state = 'leave'),
  -- When they were taken out again; empty: they were not.
  taken_out_at TEXT NOT NULL DEFAULT ''
) STRICT;
-- A member is at a meeting once.
CREATE UNIQUE INDEX attendances_of_meeting ON attendances (meeting_id, member_id, taken_out_at);
CREATE INDEX attendances_by_member ON attendances (member_id, taken_out_at, meeting_id);
CREATE INDEX attendances_taken_out ON attendances (taken_out_at) WHERE taken_out_at <> '';

-- What a merge of two members moved from one to the other, so that it can be taken back; set_aside:
-- both were at the same meeting, and the other's row stayed.
CREATE TABLE moved_attendances (
  gone_id       INTEGER NOT NULL REFERENCES members (id) ON DELETE CASCADE,
  attendance_id INTEGER NOT NULL REFERENCES attendances (id) ON DELETE CASCADE,
  set_aside     INTEGER NOT NULL CHECK (set_aside IN (0, 1)),
  PRIMARY KEY (gone_id, attendance_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX moved_attendances_by_row ON moved_attendances (attendance_id);

-- Who told what, and what to follow up: lines of a meeting. Who was merged into another record
-- stays in the row, and is shown as the record that stayed.
CREATE TABLE meeting_lines (
  id         INTEGER PRIMARY KEY,
  meeting_id INTEGER NOT NULL REFERENCES meetings (id) ON DELETE CASCADE,
  sort       TEXT NOT NULL CHECK (sort IN ('told', 'task')),
  -- Who told it, or who sees to it.
  member_id  INTEGER REFERENCES members (id) ON DELETE SET NULL,
  words      TEXT NOT NULL,
  -- Only of a task: by when, and when it was done.
  due_on     TEXT CHECK (due_on IS NULL OR sort = 'task'),
  done_at    TEXT CHECK (done_at IS NULL OR sort = 'task'),
  version    INTEGER NOT NULL DEFAULT 1,
  removed_at TEXT
) STRICT;
CREATE INDEX meeting_lines_of_meeting ON meeting_lines (meeting_id, sort, id);
CREATE INDEX meeting_lines_by_member ON meeting_lines (member_id) WHERE member_id IS NOT NULL;
CREATE INDEX meeting_lines_removed ON meeting_lines (removed_at) WHERE removed_at IS NOT NULL;
-- What is to be followed up, the earliest first.
CREATE INDEX meeting_tasks_open ON meeting_lines (coalesce(due_on, '9999-12-31'), id)
  WHERE sort = 'task' AND done_at IS NULL AND removed_at IS NULL;

-- Files of meetings, which lie beside the database under their token.
CREATE TABLE meeting_files (
  id         INTEGER PRIMARY KEY,
  meeting_id INTEGER NOT NULL REFERENCES meetings (id) ON DELETE CASCADE,
  name       TEXT NOT NULL,
  token      TEXT NOT NULL UNIQUE,
  kind       TEXT NOT NULL CHECK (kind IN ('pdf', 'png', 'jpeg')),
  bytes      INTEGER NOT NULL,
  at         TEXT NOT NULL,
  removed_at TEXT
) STRICT;
CREATE INDEX meeting_files_of_meeting ON meeting_files (meeting_id, id);
CREATE INDEX meeting_files_removed ON meeting_files (removed_at) WHERE removed_at IS NOT NULL;

CREATE TABLE experiences (
  id         INTEGER PRIMARY KEY,
  title      TEXT NOT NULL,
  words      TEXT NOT NULL,
  -- The meeting at which it was told.
  meeting_id INTEGER REFERENCES meetings (id) ON DELETE SET NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  version    INTEGER NOT NULL DEFAULT 1,
  removed_at TEXT,
  removed_by INTEGER REFERENCES accounts (id)
) STRICT;
CREATE INDEX experiences_of_meeting ON experiences (meeting_id) WHERE meeting_id IS NOT NULL;
CREATE INDEX experiences_removed ON experiences (removed_at) WHERE removed_at IS NOT NULL;

CREATE TABLE experience_areas (
  experience_id INTEGER NOT NULL REFERENCES experiences (id) ON DELETE CASCADE,
  area          TEXT NOT NULL
                CHECK (area IN ('culture', 'mediation', 'good-deeds', 'self-governance')),
  PRIMARY KEY (experience_id, area)
) STRICT, WITHOUT ROWID;

CREATE TABLE experience_skills (
  experience_id INTEGER NOT NULL REFERENCES experiences (id) ON DELETE CASCADE,
  skill_id      INTEGER NOT NULL REFERENCES skills (id),
  PRIMARY KEY (experience_id, skill_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX experiences_by_skill ON experience_skills (skill_id);

-- By whom it was told: members who agree to be named.
CREATE TABLE experience_members (
  experience_id INTEGER NOT NULL REFERENCES experiences (id) ON DELETE CASCADE,
  member_id     INTEGER NOT NULL REFERENCES members (id) ON DELETE CASCADE,
  PRIMARY KEY (experience_id, member_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX experiences_by_member ON experience_members (member_id);

-- One row for each live experience, rowid = experiences.id; the tokens come from
-- src/text/tokens.rs.
CREATE VIRTUAL TABLE experience_search USING fts5 (
  tokens, content = '', contentless_delete = 1, tokenize = 'ascii'
);

-- When the office took a committee into its directory; empty: before this was noted.
ALTER TABLE committees ADD COLUMN created_at TEXT NOT NULL DEFAULT '';
CREATE INDEX committees_created ON committees (created_at) WHERE created_at <> '';

-- Live members who live where no committee is set up, in the order of the phone book.
CREATE INDEX members_unattached ON members (sort_key, branch_id, host_committee_id)
  WHERE unattached = 1 AND removed_at IS NULL;

-- When a person last looked whether a new committee is theirs, and it was not.
CREATE TABLE unattached_looks (
  member_id INTEGER PRIMARY KEY REFERENCES members (id) ON DELETE CASCADE,
  at        TEXT NOT NULL
) STRICT;
