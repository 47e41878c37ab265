-- Feedback 社区反响 that committees are asked for before a review, and the half-yearly review 民主评议.

-- A round of asking: for a half-year, about the members of some branches.
CREATE TABLE enquiries (
  id           INTEGER PRIMARY KEY,
  -- 2026-1 or 2026-2.
  half         TEXT NOT NULL,
  -- 1: members of any branch and of none; 0: of those in enquiry_branches.
  every_branch INTEGER NOT NULL CHECK (every_branch IN (0, 1)),
  -- By which day committees are asked to answer.
  until        TEXT NOT NULL,
  opened_at    TEXT NOT NULL,
  opened_by    INTEGER REFERENCES accounts (id),
  -- Nobody waits for answers any more; one that comes counts all the same.
  ended_at     TEXT,
  ended_by     INTEGER REFERENCES accounts (id)
) STRICT;
CREATE INDEX enquiries_by_half ON enquiries (half, id);

CREATE TABLE enquiry_branches (
  enquiry_id INTEGER NOT NULL REFERENCES enquiries (id) ON DELETE CASCADE,
  branch_id  INTEGER NOT NULL REFERENCES branches (id),
  PRIMARY KEY (enquiry_id, branch_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX enquiry_branches_by_branch ON enquiry_branches (branch_id);

-- One committee asked in such a round.
CREATE TABLE feedback_requests (
  id             INTEGER PRIMARY KEY,
  enquiry_id     INTEGER NOT NULL REFERENCES enquiries (id) ON DELETE CASCADE,
  -- The enquiry's, so that a member's feedback is told from here.
  half           TEXT NOT NULL,
  committee_id   INTEGER NOT NULL REFERENCES committees (id),
  -- Finds the paper again.
  code           TEXT NOT NULL UNIQUE,
  state          TEXT NOT NULL CHECK (state IN ('draft', 'sent', 'answered')),
  -- When its members' names were first given out, on paper or by link; from then on its lines stay
  -- as they are.
  given_at       TEXT,
  given_by       INTEGER REFERENCES accounts (id),
  -- What was given out of the bodies and of the office (JSON of src/reviews/enquiries/paper.rs).
  content        TEXT,
  sent_on        TEXT,
  sent_way       TEXT CHECK (sent_way IN ('link', 'post', 'hand')),
  answered_on    TEXT,
  -- Who answered, at the committee.
  answered_by    TEXT NOT NULL DEFAULT '',
  -- 1: by the committee's own link; 0: typed by the office from the paper.
  answered_there INTEGER NOT NULL DEFAULT 0 CHECK (answered_there IN (0, 1)),
  version        INTEGER NOT NULL DEFAULT 1,
  CHECK ((given_at IS NULL) = (content IS NULL)),
  CHECK (state = 'draft' OR (given_at IS NOT NULL AND sent_on IS NOT NULL)),
  CHECK ((state = 'answered') = (answered_on IS NOT NULL))
) STRICT;
CREATE INDEX feedback_requests_by_enquiry ON feedback_requests (enquiry_id, state);
CREATE INDEX feedback_requests_by_committee ON feedback_requests (committee_id, half);

CREATE TABLE feedback_reminders (
  request_id INTEGER NOT NULL REFERENCES feedback_requests (id) ON DELETE CASCADE,
  day        TEXT NOT NULL,
  account_id INTEGER REFERENCES accounts (id),
  PRIMARY KEY (request_id, day)
) STRICT, WITHOUT ROWID;

-- Whom a request names, with what they did there, and what the committee says of it.
CREATE TABLE feedback_lines (
  id         INTEGER PRIMARY KEY,
  request_id INTEGER NOT NULL REFERENCES feedback_requests (id) ON DELETE CASCADE,
  place      INTEGER NOT NULL,
  -- NULL once the person's data was erased; the line stays, without words.
  member_id  INTEGER REFERENCES members (id) ON DELETE SET NULL,
  -- Whose it was when it was written, though that record be merged into another since.
  noted_for  INTEGER NOT NULL,
  name       TEXT NOT NULL,
  branch     TEXT NOT NULL,
  -- What was on record that they did there (JSON of src/reviews/deeds.rs).
  deeds      TEXT NOT NULL,
  -- What the committee says of the work; empty: nothing (any more).
  words      TEXT NOT NULL DEFAULT '',
  said_on    TEXT,
  -- By whom, at the committee.
  said_by    TEXT NOT NULL DEFAULT '',
  version    INTEGER NOT NULL DEFAULT 1,
  UNIQUE (request_id, place),
  CHECK (words = '' OR said_on IS NOT NULL)
) STRICT;
CREATE INDEX feedback_lines_by_member ON feedback_lines (member_id) WHERE member_id IS NOT NULL;
CREATE INDEX feedback_lines_noted_for ON feedback_lines (noted_for);

-- What was said before it was corrected or taken back.
CREATE TABLE feedback_history (
  id         INTEGER PRIMARY KEY,
  line_id    INTEGER NOT NULL REFERENCES feedback_lines (id) ON DELETE CASCADE,
  at         TEXT NOT NULL,
  -- By whom it was changed: an account, or who signed on the committee's page.
  account_id INTEGER REFERENCES accounts (id),
  by_name    TEXT NOT NULL DEFAULT '',
  before     TEXT NOT NULL
) STRICT;
CREATE INDEX feedback_history_by_line ON feedback_history (line_id, id);

-- A scan of the answered paper; the bytes lie beside the database.
CREATE TABLE feedback_scans (
  request_id INTEGER PRIMARY KEY REFERENCES feedback_requests (id) ON DELETE CASCADE,
  token      TEXT NOT NULL,
  kind       TEXT NOT NULL CHECK (kind IN ('pdf', 'png', 'jpeg')),
  bytes      INTEGER NOT NULL,
  at         TEXT NOT NULL
) STRICT;

-- A branch's review of a half-year.
CREATE TABLE reviews (
  id        INTEGER PRIMARY KEY,
  branch_id INTEGER NOT NULL REFERENCES branches (id),
  half      TEXT NOT NULL,
  opened_at TEXT NOT NULL,
  opened_by INTEGER REFERENCES accounts (id),
  -- The day of the review itself; NULL: not held yet.
  held_on   TEXT,
  -- Closed: what it showed stays as it is in review_pages.
  closed_at TEXT,
  closed_by INTEGER REFERENCES accounts (id),
  version   INTEGER NOT NULL DEFAULT 1,
  UNIQUE (branch_id, half),
  CHECK (closed_at IS NULL OR held_on IS NOT NULL)
) STRICT;
CREATE INDEX reviews_by_half ON reviews (half);

CREATE TABLE review_history (
  id         INTEGER PRIMARY KEY,
  review_id  INTEGER NOT NULL REFERENCES reviews (id) ON DELETE CASCADE,
  at         TEXT NOT NULL,
  account_id INTEGER REFERENCES accounts (id),
  step       TEXT NOT NULL CHECK (step IN ('open', 'hold', 'close', 'reopen')),
  -- The day on which it was held, or why it was opened again.
  words      TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX review_history_by_review ON review_history (review_id, id);

-- What members say of their own page.
CREATE TABLE review_answers (
  id        INTEGER PRIMARY KEY,
  review_id INTEGER NOT NULL REFERENCES reviews (id) ON DELETE CASCADE,
  member_id INTEGER NOT NULL REFERENCES members (id) ON DELETE CASCADE,
  noted_for INTEGER NOT NULL,
  words     TEXT NOT NULL,
  at        TEXT NOT NULL,
  version   INTEGER NOT NULL DEFAULT 1,
  UNIQUE (review_id, noted_for)
) STRICT;
CREATE INDEX review_answers_by_member ON review_answers (member_id, review_id);
CREATE INDEX review_answers_noted_for ON review_answers (noted_for);

-- Each member's page as it was when the review was closed (JSON of src/reviews/sheet.rs).
CREATE TABLE review_pages (
  review_id INTEGER NOT NULL REFERENCES reviews (id) ON DELETE CASCADE,
  place     INTEGER NOT NULL,
  member_id INTEGER NOT NULL REFERENCES members (id) ON DELETE CASCADE,
  noted_for INTEGER NOT NULL,
  content   TEXT NOT NULL,
  PRIMARY KEY (review_id, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX review_pages_by_member ON review_pages (member_id, review_id);
CREATE INDEX review_pages_noted_for ON review_pages (noted_for);
