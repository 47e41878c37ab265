-- Who did what to which record when.
CREATE TABLE audit (
  id          INTEGER PRIMARY KEY,
  at          TEXT NOT NULL,
  -- NULL: from the command line.
  account_id  INTEGER REFERENCES accounts (id),
  action      TEXT NOT NULL,
  record_kind TEXT NOT NULL DEFAULT '',
  record_id   INTEGER,
  detail      TEXT NOT NULL DEFAULT '{}'
) STRICT;
CREATE INDEX audit_by_record ON audit (record_kind, record_id);
CREATE INDEX audit_by_account ON audit (account_id);
CREATE INDEX audit_by_action ON audit (action);

-- A form carries a token; one that arrives twice is answered with where the first one led.
CREATE TABLE form_submissions (
  token    TEXT PRIMARY KEY,
  location TEXT NOT NULL,
  at       TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What was typed into a form whose session had ended, until its writer signs in again.
CREATE TABLE drafts (
  token      TEXT PRIMARY KEY,
  account_id INTEGER REFERENCES accounts (id) ON DELETE CASCADE,
  path       TEXT NOT NULL,
  body       TEXT NOT NULL,
  at         TEXT NOT NULL
) STRICT, WITHOUT ROWID;
