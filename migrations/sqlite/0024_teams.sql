-- Service teams 服务队: members who serve together in a committee's area or in a sub-district.
CREATE TABLE teams (
  id           INTEGER PRIMARY KEY,
  name         TEXT NOT NULL,
  -- Where it serves: one of the two.
  committee_id INTEGER REFERENCES committees (id),
  street_code  TEXT REFERENCES streets (code),
  -- What it does, and when, in a line.
  does         TEXT NOT NULL DEFAULT '',
  -- How many members it takes; NULL: as many as come.
  places       INTEGER CHECK (places BETWEEN 1 AND 300),
  -- Who set it up on the committee's page; empty: the office entered it.
  by_name      TEXT NOT NULL DEFAULT '',
  ended_at     TEXT,
  created_at   TEXT NOT NULL,
  updated_at   TEXT NOT NULL,
  version      INTEGER NOT NULL DEFAULT 1,
  CHECK ((committee_id IS NULL) <> (street_code IS NULL))
) STRICT;
CREATE INDEX teams_by_committee ON teams (committee_id) WHERE committee_id IS NOT NULL;
CREATE INDEX teams_by_street ON teams (street_code) WHERE street_code IS NOT NULL;

-- Who is in a team, asks to be, or was.
CREATE TABLE team_members (
  id         INTEGER PRIMARY KEY,
  team_id    INTEGER NOT NULL REFERENCES teams (id) ON DELETE CASCADE,
  member_id  INTEGER NOT NULL REFERENCES members (id) ON DELETE CASCADE,
  state      TEXT NOT NULL CHECK (state IN ('asked', 'in', 'left', 'declined')),
  -- Whether they lead it.
  leads      INTEGER NOT NULL DEFAULT 0 CHECK (leads IN (0, 1)),
  -- Why they left (src/offers/steps.rs); empty while they are in.
  reason     TEXT NOT NULL DEFAULT '',
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  version    INTEGER NOT NULL DEFAULT 1,
  CHECK (leads = 0 OR state = 'in')
) STRICT;
-- A member is in a team once, and a team has one leader.
CREATE UNIQUE INDEX team_members_lasting ON team_members (team_id, member_id)
  WHERE state IN ('asked', 'in');
CREATE UNIQUE INDEX team_members_leading ON team_members (team_id) WHERE leads = 1;
CREATE INDEX team_members_by_team ON team_members (team_id, state);
CREATE INDEX team_members_by_member ON team_members (member_id);

-- What was done with a team.
CREATE TABLE team_history (
  id         INTEGER PRIMARY KEY,
  team_id    INTEGER NOT NULL REFERENCES teams (id) ON DELETE CASCADE,
  at         TEXT NOT NULL,
  account_id INTEGER REFERENCES accounts (id),
  -- edited, end, reopen.
  step       TEXT NOT NULL,
  -- Of an edit: JSON of TeamDetails (src/teams/mod.rs).
  before     TEXT
) STRICT;
CREATE INDEX team_history_by_team ON team_history (team_id, id);
