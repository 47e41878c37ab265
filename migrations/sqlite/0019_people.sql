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
