-- Files of members, each a batch that can be undone.

CREATE TABLE import_batches (
  id         INTEGER PRIMARY KEY,
  at         TEXT NOT NULL,
  account_id INTEGER REFERENCES accounts (id),
  file_name  TEXT NOT NULL,
  added      INTEGER NOT NULL DEFAULT 0,
  updated    INTEGER NOT NULL DEFAULT 0,
  unchanged  INTEGER NOT NULL DEFAULT 0,
  rejected   INTEGER NOT NULL DEFAULT 0,
  undone_at  TEXT,
  undone_by  INTEGER REFERENCES accounts (id)
) STRICT;

CREATE TABLE import_changes (
  batch_id      INTEGER NOT NULL REFERENCES import_batches (id) ON DELETE CASCADE,
  member_id     INTEGER NOT NULL REFERENCES members (id) ON DELETE CASCADE,
  -- The record's version when the batch had written it; a later one means edited since.
  version_after INTEGER NOT NULL,
  -- What it was before; NULL: the batch added it.
  before        TEXT,
  PRIMARY KEY (batch_id, member_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX import_changes_by_member ON import_changes (member_id);

-- A file between its upload and the decision to import it; the bytes lie beside the database.
CREATE TABLE uploads (
  token      TEXT PRIMARY KEY,
  account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  file_name  TEXT NOT NULL,
  created_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
