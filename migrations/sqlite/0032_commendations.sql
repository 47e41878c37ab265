-- Commendations 表彰: calls, who was nominated in them and what the branch decided; and certificates
-- of service, which members take for themselves.

CREATE TABLE commendation_calls (
  id             INTEGER PRIMARY KEY,
  title          TEXT NOT NULL,
  -- The half-years whose service counts (src/activities/half_year.rs); of one, the same twice.
  first_half     TEXT NOT NULL,
  last_half      TEXT NOT NULL,
  -- 1: members of every branch; 0: of those in commendation_call_branches.
  all_branches   INTEGER NOT NULL CHECK (all_branches IN (0, 1)),
  -- The last day on which members are nominated.
  until          TEXT NOT NULL,
  -- For what, in words.
  criteria       TEXT NOT NULL,
  -- And in figures, of what is confirmed; NULL: it is not asked for.
  times          INTEGER CHECK (times >= 1),
  minutes        INTEGER CHECK (minutes >= 1),
  areas          INTEGER CHECK (areas BETWEEN 1 AND 4),
  area           TEXT CHECK (area IN ('culture', 'mediation', 'good-deeds', 'self-governance')),
  pairing_months INTEGER CHECK (pairing_months >= 1),
  feedback       INTEGER NOT NULL DEFAULT 0 CHECK (feedback IN (0, 1)),
  closed_at      TEXT,
  created_at     TEXT NOT NULL,
  updated_at     TEXT NOT NULL,
  version        INTEGER NOT NULL DEFAULT 1,
  CHECK (first_half <= last_half)
) STRICT;

CREATE TABLE commendation_call_branches (
  call_id   INTEGER NOT NULL REFERENCES commendation_calls (id) ON DELETE CASCADE,
  branch_id INTEGER NOT NULL REFERENCES branches (id),
  PRIMARY KEY (call_id, branch_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX commendation_calls_by_branch ON commendation_call_branches (branch_id);

-- What was done with a call.
CREATE TABLE commendation_call_history (
  id         INTEGER PRIMARY KEY,
  call_id    INTEGER NOT NULL REFERENCES commendation_calls (id) ON DELETE CASCADE,
  at         TEXT NOT NULL,
  account_id INTEGER REFERENCES accounts (id),
  -- edited, close, reopen.
  step       TEXT NOT NULL,
  -- Of an edit: JSON of CallDetails (src/commendations/mod.rs).
  before     TEXT
) STRICT;
CREATE INDEX commendation_call_history_by_call ON commendation_call_history (call_id, id);

-- A member nominated in a call; the states are src/commendations/steps.rs.
CREATE TABLE commendations (
  id              INTEGER PRIMARY KEY,
  call_id         INTEGER NOT NULL REFERENCES commendation_calls (id),
  member_id       INTEGER NOT NULL REFERENCES members (id) ON DELETE CASCADE,
  state           TEXT NOT NULL CHECK (state IN ('nominated', 'taken-back', 'granted', 'declined')),
  -- For what, of the work alone.
  reason          TEXT NOT NULL,
  -- Why all the same, of a nominee who does not meet the figures.
  although        TEXT NOT NULL DEFAULT '',
  -- The body that decided, its day and its votes.
  decided_by      TEXT NOT NULL DEFAULT '',
  decided_on      TEXT,
  votes_for       INTEGER NOT NULL DEFAULT 0 CHECK (votes_for >= 0),
  votes_against   INTEGER NOT NULL DEFAULT 0 CHECK (votes_against >= 0),
  votes_abstained INTEGER NOT NULL DEFAULT 0 CHECK (votes_abstained >= 0),
  -- The branch's name when it was decided.
  branch          TEXT NOT NULL DEFAULT '',
  -- Whether the member agrees that the workplace reads of it, since which day, and who noted it.
  publishing      TEXT CHECK (publishing IN ('yes', 'no')),
  publishing_on   TEXT,
  publishing_by   INTEGER REFERENCES accounts (id),
  created_at      TEXT NOT NULL,
  updated_at      TEXT NOT NULL,
  version         INTEGER NOT NULL DEFAULT 1,
  UNIQUE (call_id, member_id),
  CHECK ((decided_on IS NULL) = (state IN ('nominated', 'taken-back'))),
  CHECK (publishing IS NULL OR state = 'granted'),
  CHECK ((publishing IS NULL) = (publishing_on IS NULL))
) STRICT;
CREATE INDEX commendations_by_member ON commendations (member_id);
CREATE INDEX commendations_published ON commendations (decided_on, id) WHERE publishing = 'yes';

-- What was done with a nomination.
CREATE TABLE commendation_history (
  id              INTEGER PRIMARY KEY,
  commendation_id INTEGER NOT NULL REFERENCES commendations (id) ON DELETE CASCADE,
  at              TEXT NOT NULL,
  account_id      INTEGER REFERENCES accounts (id),
  step            TEXT NOT NULL,
  -- Why a decision was corrected.
  why             TEXT NOT NULL DEFAULT '',
  -- What it was before (JSON of src/commendations/nominee.rs); NULL: it was not there.
  before          TEXT
) STRICT;
CREATE INDEX commendation_history_by_row ON commendation_history (commendation_id, id);

-- Certificates of commendation as they were printed, so that they are printed again as they were.
CREATE TABLE commendation_papers (
  id              INTEGER PRIMARY KEY,
  -- Those printed at once: the first one's id.
  batch           INTEGER NOT NULL,
  commendation_id INTEGER NOT NULL REFERENCES commendations (id) ON DELETE CASCADE,
  -- What stands on it (JSON of src/commendations/paper.rs).
  content         TEXT NOT NULL,
  printed_at      TEXT NOT NULL,
  printed_by      INTEGER REFERENCES accounts (id)
) STRICT;
CREATE INDEX commendation_papers_by_batch ON commendation_papers (batch);
CREATE INDEX commendation_papers_by_row ON commendation_papers (commendation_id);

-- Certificates of service, each sealed as it was made.
CREATE TABLE service_certificates (
  id        INTEGER PRIMARY KEY,
  code      TEXT NOT NULL UNIQUE,
  member_id INTEGER NOT NULL REFERENCES members (id) ON DELETE CASCADE,
  -- What it says (JSON of src/certificates/mod.rs).
  content   TEXT NOT NULL,
  made_at   TEXT NOT NULL,
  made_by   INTEGER REFERENCES accounts (id),
  -- Its code opens nothing since then; whether the member switched it off, or staff for them.
  off_at    TEXT,
  off_own   INTEGER NOT NULL DEFAULT 0 CHECK (off_own IN (0, 1))
) STRICT;
CREATE INDEX service_certificates_by_member ON service_certificates (member_id);

-- Sums of what the committees confirmed, a member's from one place.
CREATE INDEX participations_confirmed ON participations (member_id, day, area, times, minutes)
  WHERE live = 1 AND confirmed_at IS NOT NULL;
