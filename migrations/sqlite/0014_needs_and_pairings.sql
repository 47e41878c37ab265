-- What committees and residents ask for, who serves, and what came of it.

CREATE TABLE needs (
  id             INTEGER PRIMARY KEY,
  committee_id   INTEGER NOT NULL REFERENCES committees (id),
  title          TEXT NOT NULL,
  area           TEXT NOT NULL
                 CHECK (area IN ('culture', 'mediation', 'deeds', 'governance')),
  -- Weekday times (src/needs/times.rs): bit 3 * (weekday - 1) + part of the day; 0: any.
  times          INTEGER NOT NULL DEFAULT 0 CHECK (times BETWEEN 0 AND 2097151),
  regular        INTEGER NOT NULL DEFAULT 0 CHECK (regular IN (0, 1)),
  place          TEXT NOT NULL
                 CHECK (place IN ('home', 'committee', 'workplace', 'elsewhere')),
  place_words    TEXT NOT NULL DEFAULT '',
  -- Whom to ask first: a name or a code. Erased some months after the need has ended.
  contact        TEXT NOT NULL DEFAULT '',
  contact_phone  TEXT NOT NULL DEFAULT '',
  -- The last day on which help is wanted; NULL: none named.
  until          TEXT,
  state          TEXT NOT NULL DEFAULT 'open'
                 CHECK (state IN ('open', 'matched', 'done', 'closed')),
  -- Why it was closed without help.
  closed_because TEXT NOT NULL DEFAULT '',
  created_at     TEXT NOT NULL,
  updated_at     TEXT NOT NULL,
  version        INTEGER NOT NULL DEFAULT 1,
  -- When it was done or closed.
  ended_at       TEXT,
  CHECK ((ended_at IS NOT NULL) = (state IN ('done', 'closed')))
) STRICT;
-- The columns of the board: who waits in vain first.
CREATE INDEX needs_by_state ON needs (state, coalesce(until, '9999-12-31'), id);
CREATE INDEX needs_by_committee ON needs (committee_id);
CREATE INDEX needs_ended ON needs (ended_at) WHERE ended_at IS NOT NULL;

CREATE TABLE need_skills (
  need_id  INTEGER NOT NULL REFERENCES needs (id) ON DELETE CASCADE,
  skill_id INTEGER NOT NULL REFERENCES skills (id),
  PRIMARY KEY (need_id, skill_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX needs_by_skill ON need_skills (skill_id);

-- One row a need, rowid = needs.id; the tokens come from src/text/tokens.rs.
CREATE VIRTUAL TABLE need_search USING fts5 (
  tokens, content = '', contentless_delete = 1, tokenize = 'ascii'
);

-- The states that a need went through, and what it was before each edit.
CREATE TABLE need_history (
  id         INTEGER PRIMARY KEY,
  need_id    INTEGER NOT NULL REFERENCES needs (id) ON DELETE CASCADE,
  at         TEXT NOT NULL,
  account_id INTEGER REFERENCES accounts (id),
  -- What was done: edited, or a step (src/needs/steps.rs).
  step       TEXT NOT NULL,
  -- In words, where the step asks for them.
  because    TEXT NOT NULL DEFAULT '',
  -- Of an edit: JSON of NeedDetails (src/needs/mod.rs).
  before     TEXT
) STRICT;
CREATE INDEX need_history_by_need ON need_history (need_id, id);

-- When a member can help, if they said so; the same bits as needs.times.
CREATE TABLE member_times (
  member_id INTEGER PRIMARY KEY REFERENCES members (id) ON DELETE CASCADE,
  times     INTEGER NOT NULL CHECK (times BETWEEN 0 AND 2097151),
  version   INTEGER NOT NULL DEFAULT 1
) STRICT;

-- Skills of which one can stand in for the other; each pair in both directions.
CREATE TABLE skill_relations (
  skill_id   INTEGER NOT NULL REFERENCES skills (id),
  related_id INTEGER NOT NULL REFERENCES skills (id),
  PRIMARY KEY (skill_id, related_id),
  CHECK (skill_id <> related_id)
) STRICT, WITHOUT ROWID;

-- How members are suggested for a need, and how long contacts are kept; one row.
CREATE TABLE need_settings (
  id       INTEGER PRIMARY KEY CHECK (id = 1),
  skill    INTEGER NOT NULL CHECK (skill BETWEEN 0 AND 3),
  distance INTEGER NOT NULL CHECK (distance BETWEEN 0 AND 3),
  times    INTEGER NOT NULL CHECK (times BETWEEN 0 AND 3),
  load     INTEGER NOT NULL CHECK (load BETWEEN 0 AND 3),
  -- Months after which the contact of a need that ended is erased.
  months   INTEGER NOT NULL CHECK (months BETWEEN 1 AND 36),
  version  INTEGER NOT NULL DEFAULT 1
) STRICT;
INSERT INTO need_settings (id, skill, distance, times, load, months) VALUES (1, 3, 2, 2, 2, 3);

CREATE TABLE pairings (
  id          INTEGER PRIMARY KEY,
  need_id     INTEGER NOT NULL REFERENCES needs (id),
  begins      TEXT NOT NULL,
  until       TEXT,
  rhythm      TEXT NOT NULL CHECK (rhythm IN ('weekly', 'fortnightly', 'monthly', 'once')),
  help        TEXT NOT NULL CHECK (help IN ('knowledge', 'hands', 'company', 'money')),
  -- Whole yuan; only of money.
  amount      INTEGER CHECK (amount IS NULL OR (amount > 0 AND help = 'money')),
  place       TEXT NOT NULL
              CHECK (place IN ('home', 'committee', 'workplace', 'elsewhere')),
  place_words TEXT NOT NULL DEFAULT '',
  -- The day of the next visit; NULL: none is agreed.
  next_visit  TEXT,
  ended_at    TEXT,
  end_reason  TEXT NOT NULL DEFAULT '',
  achieved    TEXT NOT NULL DEFAULT '',
  created_at  TEXT NOT NULL,
  updated_at  TEXT NOT NULL,
  version     INTEGER NOT NULL DEFAULT 1
) STRICT;
-- A need is served by one pairing at a time, of one member or several.
CREATE UNIQUE INDEX pairings_of_need ON pairings (need_id) WHERE ended_at IS NULL;
CREATE INDEX pairings_by_need ON pairings (need_id);
CREATE INDEX pairings_due ON pairings (coalesce(next_visit, '9999-12-31'), id)
  WHERE ended_at IS NULL;
CREATE INDEX pairings_ended ON pairings (ended_at) WHERE ended_at IS NOT NULL;

CREATE TABLE pairing_members (
  pairing_id INTEGER NOT NULL REFERENCES pairings (id) ON DELETE CASCADE,
  member_id  INTEGER NOT NULL REFERENCES members (id) ON DELETE CASCADE,
  PRIMARY KEY (pairing_id, member_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX pairings_by_member ON pairing_members (member_id);

CREATE TABLE visits (
  id         INTEGER PRIMARY KEY,
  pairing_id INTEGER NOT NULL REFERENCES pairings (id) ON DELETE CASCADE,
  day        TEXT NOT NULL,
  minutes    INTEGER NOT NULL CHECK (minutes BETWEEN 1 AND 1440),
  done       TEXT NOT NULL,
  at         TEXT NOT NULL,
  account_id INTEGER REFERENCES accounts (id),
  -- Entered by mistake: struck out, with who did it.
  struck_at  TEXT,
  struck_by  INTEGER REFERENCES accounts (id)
) STRICT;
CREATE INDEX visits_by_pairing ON visits (pairing_id, day);

-- The secret links of members' calendars; only a hash is kept.
CREATE TABLE calendar_links (
  member_id INTEGER PRIMARY KEY REFERENCES members (id) ON DELETE CASCADE,
  hash      BLOB NOT NULL UNIQUE,
  made_at   TEXT NOT NULL
) STRICT;
