-- What a branch sets out to do in a half-year 目标.
CREATE TABLE goals (
  id         INTEGER PRIMARY KEY,
  branch_id  INTEGER NOT NULL REFERENCES branches (id),
  -- The half-year's first day.
  half       TEXT NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  version    INTEGER NOT NULL DEFAULT 1,
  -- Taken back; its numbers stay, so that setting it again begins with them.
  removed_at TEXT,
  UNIQUE (half, branch_id)
) STRICT;
CREATE INDEX goals_by_branch ON goals (branch_id);

CREATE TABLE goal_numbers (
  goal_id INTEGER NOT NULL REFERENCES goals (id) ON DELETE CASCADE,
  -- Empty: in all areas.
  area    TEXT NOT NULL
          CHECK (area IN ('', 'culture', 'mediation', 'good-deeds', 'self-governance')),
  -- How many members take part, how often in all, how many hours in all; NULL: no goal.
  members INTEGER CHECK (members >= 1),
  times   INTEGER CHECK (times >= 1),
  hours   INTEGER CHECK (hours >= 1),
  PRIMARY KEY (goal_id, area),
  CHECK (coalesce(members, times, hours) IS NOT NULL)
) STRICT, WITHOUT ROWID;
