-- The directory: districts, sub-districts, residents' committees and the community Party
-- organisations beside them.

CREATE TABLE districts (
  code TEXT PRIMARY KEY CHECK (length(code) = 6),
  name TEXT NOT NULL,
  city TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;

CREATE TABLE streets (
  code          TEXT PRIMARY KEY CHECK (length(code) = 9),
  district_code TEXT NOT NULL REFERENCES districts (code),
  name          TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX streets_by_district ON streets (district_code);

CREATE TABLE committees (
  id             INTEGER PRIMARY KEY,
  code           TEXT UNIQUE CHECK (length(code) = 12),
  street_code    TEXT NOT NULL REFERENCES streets (code),
  name           TEXT NOT NULL,
  head           TEXT NOT NULL DEFAULT '',
  address        TEXT NOT NULL DEFAULT '',
  contact_person TEXT NOT NULL DEFAULT '',
  phone          TEXT NOT NULL DEFAULT '',
  party_name     TEXT NOT NULL DEFAULT '',
  party_head     TEXT NOT NULL DEFAULT '',
  party_address  TEXT NOT NULL DEFAULT '',
  party_phone    TEXT NOT NULL DEFAULT '',
  -- Where its members went when the sub-district merged it; the old name still finds the new one.
  merged_into    INTEGER REFERENCES committees (id),
  version        INTEGER NOT NULL DEFAULT 1,
  updated_at     TEXT NOT NULL
) STRICT;
CREATE INDEX committees_by_street ON committees (street_code);
CREATE INDEX committees_merged ON committees (merged_into) WHERE merged_into IS NOT NULL;

-- What each body was called, and who headed it, from which day on.
CREATE TABLE committee_names (
  committee_id INTEGER NOT NULL REFERENCES committees (id) ON DELETE CASCADE,
  body         TEXT NOT NULL CHECK (body IN ('committee', 'party')),
  valid_from   TEXT NOT NULL,
  name         TEXT NOT NULL,
  head         TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (committee_id, body, valid_from)
) STRICT, WITHOUT ROWID;

-- One row a committee, rowid = committees.id; the tokens come from src/text/tokens.rs.
CREATE VIRTUAL TABLE committee_search USING fts5 (
  tokens, content = '', contentless_delete = 1, tokenize = 'ascii'
);

-- Which lanes and numbers of a road belong to which committee.
CREATE TABLE address_rules (
  id           INTEGER PRIMARY KEY,
  road         TEXT NOT NULL,
  kind         TEXT NOT NULL CHECK (kind IN ('lane', 'house')),
  first        INTEGER NOT NULL CHECK (first >= 1),
  last         INTEGER NOT NULL CHECK (last >= first),
  parity       TEXT NOT NULL DEFAULT 'all' CHECK (parity IN ('all', 'odd', 'even')),
  committee_id INTEGER NOT NULL REFERENCES committees (id),
  valid_from   TEXT NOT NULL,
  version      INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX address_rules_by_road ON address_rules (road);
CREATE INDEX address_rules_by_committee ON address_rules (committee_id);
