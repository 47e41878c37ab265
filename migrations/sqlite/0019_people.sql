-- A member who signs in has an account. When their data is erased the account stays as an empty
-- shell, for the lines of the log that it wrote.
ALTER TABLE accounts ADD COLUMN member_id INTEGER REFERENCES members (id);
CREATE UNIQUE INDEX accounts_by_member ON accounts (member_id) WHERE member_id IS NOT NULL;

-- Members who said on their own page that they would serve a need.
CREATE TABLE need_volunteers (
  need_id   INTEGER NOT NULL REFERENCES needs (id) ON DELETE CASCADE,
  member_id INTEGER NOT NULL REFERENCES members (id) ON DELETE CASCADE,
  at        TEXT NOT NULL,
  PRIMARY KEY (need_id, member_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX need_volunteers_by_member ON need_volunteers (member_id);

-- Links by which the members of a branch fill in the registration form themselves; only a hash is
-- kept.
CREATE TABLE registration_links (
  id         INTEGER PRIMARY KEY,
  branch_id  INTEGER NOT NULL REFERENCES branches (id),
  token_hash BLOB NOT NULL UNIQUE,
  made_at    TEXT NOT NULL,
  made_by    INTEGER REFERENCES accounts (id),
  expires_at TEXT NOT NULL,
  revoked_at TEXT
) STRICT;

-- What was filled in, until staff settled it: then it stands in a record or nowhere.
CREATE TABLE registrations (
  id         INTEGER PRIMARY KEY,
  link_id    INTEGER NOT NULL REFERENCES registration_links (id),
  at         TEXT NOT NULL,
  -- The form (JSON); empty once it was settled.
  form       TEXT NOT NULL,
  -- accepted: registered, or taken into a record that was there.
  outcome    TEXT CHECK (outcome IN ('accepted', 'declined')),
  settled_at TEXT,
  settled_by INTEGER REFERENCES accounts (id)
) STRICT;
CREATE INDEX registrations_waiting ON registrations (id) WHERE settled_at IS NULL;
CREATE INDEX registrations_by_link ON registrations (link_id, at);
