-- The units that members belong to at work, and the people who sign in.

CREATE TABLE branches (
  id          INTEGER PRIMARY KEY,
  name        TEXT NOT NULL UNIQUE,
  -- A spelling that was merged stays, so that files with the old one still find their branch.
  merged_into INTEGER REFERENCES branches (id),
  version     INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE TABLE accounts (
  id            INTEGER PRIMARY KEY,
  login         TEXT NOT NULL UNIQUE,
  display_name  TEXT NOT NULL,
  role          TEXT NOT NULL CHECK (role IN ('administrator', 'staff', 'contact', 'member')),
  all_branches  INTEGER NOT NULL DEFAULT 0 CHECK (all_branches IN (0, 1)),
  password_hash TEXT,
  failures      INTEGER NOT NULL DEFAULT 0,
  locked_until  TEXT,
  disabled_at   TEXT,
  created_at    TEXT NOT NULL,
  version       INTEGER NOT NULL DEFAULT 1
) STRICT;

-- The branches whose records a member of staff may see and change.
CREATE TABLE account_branches (
  account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  branch_id  INTEGER NOT NULL REFERENCES branches (id),
  PRIMARY KEY (account_id, branch_id)
) STRICT, WITHOUT ROWID;

-- One-time links by which a person sets a password; without an account, the first administrator's.
CREATE TABLE sign_in_links (
  token_hash BLOB PRIMARY KEY,
  account_id INTEGER REFERENCES accounts (id) ON DELETE CASCADE,
  created_at TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  used_at    TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE sessions (
  id         INTEGER PRIMARY KEY,
  token_hash BLOB NOT NULL UNIQUE,
  account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  created_at TEXT NOT NULL,
  seen_at    TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  user_agent TEXT NOT NULL
) STRICT;
CREATE INDEX sessions_by_account ON sessions (account_id);
