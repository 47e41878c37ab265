-- The half-yearly survey 调查: rounds, a form for each member, what a committee confirmed, and the
-- chain of seals by which a later change outside of Linli is found.

CREATE TABLE surveys (
  id           INTEGER PRIMARY KEY,
  -- 2026-2: a half-year is asked about once.
  half         TEXT NOT NULL UNIQUE,
  closes_on    TEXT NOT NULL,
  -- 1: members of any branch and of none; 0: of those in survey_branches.
  every_branch INTEGER NOT NULL CHECK (every_branch IN (0, 1)),
  opened_at    TEXT NOT NULL,
  opened_by    INTEGER REFERENCES accounts (id),
  closed_at    TEXT,
  closed_by    INTEGER REFERENCES accounts (id),
  -- The figures as they were when it was closed (JSON of src/surveys/figures.rs).
  figures      TEXT,
  version      INTEGER NOT NULL DEFAULT 1,
  CHECK ((closed_at IS NULL) = (figures IS NULL))
) STRICT;

CREATE TABLE survey_branches (
  survey_id INTEGER NOT NULL REFERENCES surveys (id) ON DELETE CASCADE,
  branch_id INTEGER NOT NULL REFERENCES branches (id),
  PRIMARY KEY (survey_id, branch_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX survey_branches_by_branch ON survey_branches (branch_id);

-- A member's form, from when someone first kept something of it.
CREATE TABLE survey_forms (
  id              INTEGER PRIMARY KEY,
  survey_id       INTEGER NOT NULL REFERENCES surveys (id),
  member_id       INTEGER NOT NULL REFERENCES members (id) ON DELETE CASCADE,
  -- Whose it was when it was begun, though that record be merged into another since.
  filled_for      INTEGER NOT NULL,
  code            TEXT NOT NULL UNIQUE,
  state           TEXT NOT NULL DEFAULT 'draft'
                  CHECK (state IN ('draft', 'submitted', 'marked', 'confirmed', 'returned')),
  -- Who they were and where, when it was handed in; empty before.
  name            TEXT NOT NULL DEFAULT '',
  number          TEXT NOT NULL DEFAULT '',
  branch          TEXT NOT NULL DEFAULT '',
  committee_id    INTEGER REFERENCES committees (id),
  committee       TEXT NOT NULL DEFAULT '',
  -- Why they took no part (src/surveys/mod.rs); empty: they did. The words go after the review.
  reason          TEXT NOT NULL DEFAULT '',
  words           TEXT NOT NULL DEFAULT '',
  -- Handed in after the closing date.
  late            INTEGER NOT NULL DEFAULT 0 CHECK (late IN (0, 1)),
  submitted_at    TEXT,
  returned_why    TEXT NOT NULL DEFAULT '',
  -- Of the paper: the committee's signature and its stamp, each with its day, and who saw them.
  signed_on       TEXT,
  stamped_on      TEXT,
  marked_by       INTEGER REFERENCES accounts (id),
  confirmed_at    TEXT,
  -- Who confirmed it on the committee's page; empty: on paper.
  confirmed_there TEXT NOT NULL DEFAULT '',
  created_at      TEXT NOT NULL,
  updated_at      TEXT NOT NULL,
  version         INTEGER NOT NULL DEFAULT 1,
  CHECK ((confirmed_at IS NOT NULL) = (state = 'confirmed')),
  CHECK (state NOT IN ('marked', 'confirmed') OR (signed_on IS NOT NULL AND stamped_on IS NOT NULL)),
  CHECK (state IN ('draft', 'returned') OR submitted_at IS NOT NULL)
) STRICT;
-- A member has one form in a survey.
CREATE UNIQUE INDEX survey_forms_of_member ON survey_forms (member_id, survey_id);
CREATE INDEX survey_forms_by_survey ON survey_forms (survey_id, state);
CREATE INDEX survey_forms_by_committee ON survey_forms (committee_id, state)
  WHERE committee_id IS NOT NULL;
CREATE INDEX survey_forms_filled_for ON survey_forms (filled_for);
CREATE INDEX survey_forms_with_words ON survey_forms (survey_id) WHERE words <> '';

-- What a form tells: of a draft, what was corrected in it; from when it is handed in, all of it.
CREATE TABLE survey_lines (
  form_id          INTEGER NOT NULL REFERENCES survey_forms (id) ON DELETE CASCADE,
  place            INTEGER NOT NULL,
  -- What on record it tells of: a part, or what the member entered and nobody has settled yet.
  participation_id INTEGER REFERENCES participations (id) ON DELETE SET NULL,
  own_part_id      INTEGER REFERENCES own_parts (id) ON DELETE SET NULL,
  day              TEXT NOT NULL,
  title            TEXT NOT NULL,
  area             TEXT NOT NULL CHECK (area IN ('culture', 'mediation', 'good-deeds', 'self-governance')),
  manner           TEXT NOT NULL CHECK (manner IN ('alone', 'group', 'pairing')),
  committee        TEXT NOT NULL,
  times            INTEGER NOT NULL CHECK (times >= 1),
  minutes          INTEGER NOT NULL CHECK (minutes >= 0),
  -- What was on record when it was written.
  recorded_times   INTEGER NOT NULL,
  recorded_minutes INTEGER NOT NULL,
  -- 1: the member says that it was not so.
  left_out         INTEGER NOT NULL DEFAULT 0 CHECK (left_out IN (0, 1)),
  -- The part that bears its confirmation by this form.
  confirmed_part   INTEGER REFERENCES participations (id) ON DELETE SET NULL,
  PRIMARY KEY (form_id, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX survey_lines_by_part ON survey_lines (participation_id)
  WHERE participation_id IS NOT NULL;
CREATE INDEX survey_lines_by_own_part ON survey_lines (own_part_id) WHERE own_part_id IS NOT NULL;
CREATE INDEX survey_lines_confirming ON survey_lines (confirmed_part)
  WHERE confirmed_part IS NOT NULL;

-- Every step of a form: who and when.
CREATE TABLE survey_steps (
  id         INTEGER PRIMARY KEY,
  form_id    INTEGER NOT NULL REFERENCES survey_forms (id) ON DELETE CASCADE,
  at         TEXT NOT NULL,
  account_id INTEGER REFERENCES accounts (id),
  -- Who signed on the committee's page; empty: an account did it.
  by_name    TEXT NOT NULL DEFAULT '',
  step       TEXT NOT NULL,
  why        TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX survey_steps_of_form ON survey_steps (form_id, id);

-- A scan of the signed and stamped paper; the bytes lie beside the database.
CREATE TABLE survey_scans (
  form_id INTEGER PRIMARY KEY REFERENCES survey_forms (id) ON DELETE CASCADE,
  token   TEXT NOT NULL,
  kind    TEXT NOT NULL CHECK (kind IN ('pdf', 'png', 'jpeg')),
  bytes   INTEGER NOT NULL,
  at      TEXT NOT NULL
) STRICT;

-- Scans whose record was erased: the upkeep takes them from beside the database.
CREATE TABLE left_scans (
  token TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

-- Papers that were printed for a committee to sign, which pass its members' names on to it.
CREATE TABLE survey_papers (
  id           INTEGER PRIMARY KEY,
  survey_id    INTEGER NOT NULL REFERENCES surveys (id),
  -- Printed at once: the first one's id.
  batch        INTEGER NOT NULL,
  committee_id INTEGER NOT NULL REFERENCES committees (id),
  printed_at   TEXT NOT NULL,
  printed_by   INTEGER REFERENCES accounts (id)
) STRICT;
CREATE INDEX survey_papers_by_survey ON survey_papers (survey_id);
CREATE INDEX survey_papers_by_batch ON survey_papers (batch);
CREATE INDEX survey_papers_by_committee ON survey_papers (committee_id);

CREATE TABLE survey_paper_forms (
  paper_id INTEGER NOT NULL REFERENCES survey_papers (id) ON DELETE CASCADE,
  form_id  INTEGER NOT NULL REFERENCES survey_forms (id) ON DELETE CASCADE,
  PRIMARY KEY (paper_id, form_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX survey_paper_forms_by_form ON survey_paper_forms (form_id);

-- The seals of confirmed forms: each holds the one before it, so that none can be taken out, and the
-- audit log names it. Of a form that was erased the seal stays, without the form.
CREATE TABLE survey_seals (
  seq     INTEGER PRIMARY KEY,
  form_id INTEGER REFERENCES survey_forms (id) ON DELETE SET NULL,
  at      TEXT NOT NULL,
  -- SHA-256 of the form's content, and of the seal before this one with that.
  digest  BLOB NOT NULL,
  chain   BLOB NOT NULL
) STRICT;
CREATE INDEX survey_seals_of_form ON survey_seals (form_id, seq) WHERE form_id IS NOT NULL;
