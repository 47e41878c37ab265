-- What the record of provisions tells of lists without reading a line of every member.

-- Of whose members a list could hold any: their branches (a JSON array); NULL: all members.
ALTER TABLE provisions ADD COLUMN branches TEXT;

-- To each committee, how many members with which fields, as on the day on which the list left.
CREATE TABLE provision_committees (
  provision_id INTEGER NOT NULL REFERENCES provisions (id),
  committee_id INTEGER NOT NULL REFERENCES committees (id),
  members      INTEGER NOT NULL,
  -- As in provision_members, of any of them.
  fields       INTEGER NOT NULL,
  PRIMARY KEY (provision_id, committee_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX provision_committees_by_committee ON provision_committees (committee_id);

INSERT INTO provision_committees (provision_id, committee_id, members, fields)
SELECT provision_id, committee_id, count(*),
       max(fields & 1) + max(fields & 2) + max(fields & 4) + max(fields & 8)
FROM provision_members
GROUP BY provision_id, committee_id;
