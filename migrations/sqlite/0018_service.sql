-- What a committee does on its own page; and wishes, posts and service days.

-- Who signed with this link last: the name stands in its forms the next time.
ALTER TABLE letter_links ADD COLUMN by_name TEXT NOT NULL DEFAULT '';

-- The needs that a committee posted itself.
CREATE TABLE posted_needs (
  need_id INTEGER PRIMARY KEY REFERENCES needs (id) ON DELETE CASCADE,
  by_name TEXT NOT NULL,
  at      TEXT NOT NULL
) STRICT;

-- What a committee says that its own record should be.
CREATE TABLE committee_proposals (
  id           INTEGER PRIMARY KEY,
  committee_id INTEGER NOT NULL REFERENCES committees (id) ON DELETE CASCADE,
  -- What was on record when it was written, and what is proposed (JSON of src/committees/mod.rs).
  before       TEXT NOT NULL,
  proposed     TEXT NOT NULL,
  by_name      TEXT NOT NULL,
  at           TEXT NOT NULL,
  state        TEXT NOT NULL DEFAULT 'open'
               CHECK (state IN ('open', 'accepted', 'declined', 'withdrawn')),
  decided_at   TEXT,
  decided_by   INTEGER REFERENCES accounts (id),
  because      TEXT NOT NULL DEFAULT '',
  CHECK ((decided_at IS NULL) = (state = 'open'))
) STRICT;
-- One at a time: a newer one takes the place of what waits.
CREATE UNIQUE INDEX committee_proposals_open ON committee_proposals (committee_id)
  WHERE state = 'open';
CREATE INDEX committee_proposals_by_committee ON committee_proposals (committee_id, id);

-- Who confirmed a part on the committee's own page; empty: on paper, or nobody yet.
ALTER TABLE participations ADD COLUMN confirmed_there TEXT NOT NULL DEFAULT '';

-- What a committee says is wrong about a part in an activity.
CREATE TABLE participation_doubts (
  id               INTEGER PRIMARY KEY,
  participation_id INTEGER NOT NULL REFERENCES participations (id) ON DELETE CASCADE,
  what             TEXT NOT NULL CHECK (what IN ('absent', 'day', 'amount', 'other')),
  words            TEXT NOT NULL DEFAULT '',
  by_name          TEXT NOT NULL,
  at               TEXT NOT NULL,
  settled_at       TEXT,
  -- NULL with settled_at: the committee took it back.
  settled_by       INTEGER REFERENCES accounts (id)
) STRICT;
CREATE UNIQUE INDEX participation_doubts_open ON participation_doubts (participation_id)
  WHERE settled_at IS NULL;
CREATE INDEX participation_doubts_by_part ON participation_doubts (participation_id);

-- Wishes, posts and service days of committees.
CREATE TABLE offers (
  id           INTEGER PRIMARY KEY,
  kind         TEXT NOT NULL CHECK (kind IN ('wish', 'post', 'day')),
  committee_id INTEGER NOT NULL REFERENCES committees (id),
  title        TEXT NOT NULL,
  -- What kind of post (src/offers/mod.rs); empty for wishes and days.
  role         TEXT NOT NULL DEFAULT '',
  -- How many members can hold it; 0 for days.
  places       INTEGER NOT NULL CHECK (places BETWEEN 0 AND 99),
  -- When, in words.
  hours        TEXT NOT NULL DEFAULT '',
  -- The days of a service day: a weekday (1 Monday) of a week of the month (1 to 4, 5 the last,
  -- 0 every), or dates (a JSON array).
  weekday      INTEGER CHECK (weekday BETWEEN 1 AND 7),
  week         INTEGER CHECK (week BETWEEN 0 AND 5),
  dates        TEXT NOT NULL DEFAULT '[]',
  -- The last day; NULL: none named.
  until        TEXT,
  -- Who offered it on the committee's page; empty: the office entered it.
  by_name      TEXT NOT NULL DEFAULT '',
  ended_at     TEXT,
  ended_why    TEXT NOT NULL DEFAULT '',
  created_at   TEXT NOT NULL,
  updated_at   TEXT NOT NULL,
  version      INTEGER NOT NULL DEFAULT 1,
  CHECK ((weekday IS NULL) = (week IS NULL))
) STRICT;
CREATE INDEX offers_by_kind ON offers (kind, id);
CREATE INDEX offers_by_committee ON offers (committee_id, kind);

-- Who claims a wish or a post, or did.
CREATE TABLE claims (
  id         INTEGER PRIMARY KEY,
  offer_id   INTEGER NOT NULL REFERENCES offers (id) ON DELETE CASCADE,
  member_id  INTEGER NOT NULL REFERENCES members (id) ON DELETE CASCADE,
  state      TEXT NOT NULL
             CHECK (state IN ('asked', 'held', 'done', 'thanked', 'left', 'declined')),
  -- Why it ended (src/offers/steps.rs); empty while it lasts.
  reason     TEXT NOT NULL DEFAULT '',
  -- What the committee said of the work done.
  thanks     TEXT NOT NULL DEFAULT '',
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  version    INTEGER NOT NULL DEFAULT 1
) STRICT;
-- A member holds the same place once; what counts against the places.
CREATE UNIQUE INDEX claims_lasting ON claims (offer_id, member_id) WHERE state IN ('asked', 'held');
CREATE INDEX claims_by_offer ON claims (offer_id, state);
CREATE INDEX claims_by_member ON claims (member_id);

-- What was done with an offer or its claims.
CREATE TABLE offer_history (
  id         INTEGER PRIMARY KEY,
  offer_id   INTEGER NOT NULL REFERENCES offers (id) ON DELETE CASCADE,
  at         TEXT NOT NULL,
  account_id INTEGER REFERENCES accounts (id),
  -- Who did it on the committee's page.
  by_name    TEXT NOT NULL DEFAULT '',
  -- edited, end, reopen.
  step       TEXT NOT NULL,
  -- Of an edit: JSON of OfferDetails (src/offers/mod.rs).
  before     TEXT
) STRICT;
CREATE INDEX offer_history_by_offer ON offer_history (offer_id, id);
