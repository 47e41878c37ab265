-- What members say on their own page that they took part in. It is no part in an activity, and is
-- counted nowhere, until the committee confirms it or staff put it on record.
CREATE TABLE own_parts (
  id           INTEGER PRIMARY KEY,
  member_id    INTEGER NOT NULL REFERENCES members (id) ON DELETE CASCADE,
  -- Where: the member's home or host committee of that day; NULL while nobody has settled it.
  committee_id INTEGER REFERENCES committees (id),
  day          TEXT NOT NULL,
  title        TEXT NOT NULL,
  area         TEXT NOT NULL CHECK (area IN ('culture', 'mediation', 'good-deeds', 'self-governance')),
  -- 0: not noted.
  minutes      INTEGER NOT NULL CHECK (minutes >= 0),
  at           TEXT NOT NULL,
  outcome      TEXT CHECK (outcome IN ('accepted', 'declined', 'withdrawn')),
  -- Why it was declined.
  reason       TEXT NOT NULL DEFAULT '' CHECK (reason = '' OR outcome = 'declined'),
  settled_at   TEXT,
  settled_by   INTEGER REFERENCES accounts (id),
  CHECK ((settled_at IS NULL) = (outcome IS NULL))
) STRICT;
CREATE INDEX own_parts_by_member ON own_parts (member_id, id);
CREATE INDEX own_parts_by_committee ON own_parts (committee_id, settled_at);
CREATE INDEX own_parts_waiting ON own_parts (id) WHERE settled_at IS NULL;
