-- What is asked for most is added up further: the days of a half-year, so that a report reads a row
-- for each branch, and members by committee, so that the desk reads a row for each committee. The
-- triggers keep both true whoever writes; `linli check` proves them.

-- `part_sums` of kinds all and area, over all days of the half-year, planned ones too.
CREATE TABLE half_sums (
  kind      TEXT NOT NULL CHECK (kind IN ('all', 'area')),
  half      TEXT NOT NULL,
  key       TEXT NOT NULL,
  branch_id INTEGER NOT NULL,
  members   INTEGER NOT NULL,
  times     INTEGER NOT NULL,
  minutes   INTEGER NOT NULL,
  confirmed_members INTEGER NOT NULL,
  confirmed_times   INTEGER NOT NULL,
  confirmed_minutes INTEGER NOT NULL,
  PRIMARY KEY (kind, half, key, branch_id)
) STRICT, WITHOUT ROWID;

INSERT INTO half_sums
SELECT kind, half, key, branch_id, sum(members), sum(times), sum(minutes), sum(confirmed_members),
       sum(confirmed_times), sum(confirmed_minutes)
FROM part_sums
WHERE kind IN ('all', 'area')
GROUP BY kind, half, key, branch_id;

CREATE TRIGGER part_sums_added AFTER INSERT ON part_sums
WHEN NEW.kind IN ('all', 'area')
BEGIN
  INSERT INTO half_sums
  VALUES (NEW.kind, NEW.half, NEW.key, NEW.branch_id, NEW.members, NEW.times, NEW.minutes,
          NEW.confirmed_members, NEW.confirmed_times, NEW.confirmed_minutes)
  ON CONFLICT DO UPDATE
  SET members = members + excluded.members, times = times + excluded.times,
      minutes = minutes + excluded.minutes,
      confirmed_members = confirmed_members + excluded.confirmed_members,
      confirmed_times = confirmed_times + excluded.confirmed_times,
      confirmed_minutes = confirmed_minutes + excluded.confirmed_minutes;
END;
CREATE TRIGGER part_sums_changed AFTER UPDATE ON part_sums
WHEN NEW.kind IN ('all', 'area')
BEGIN
  UPDATE half_sums
  SET members = members + NEW.members - OLD.members, times = times + NEW.times - OLD.times,
      minutes = minutes + NEW.minutes - OLD.minutes,
      confirmed_members = confirmed_members + NEW.confirmed_members - OLD.confirmed_members,
      confirmed_times = confirmed_times + NEW.confirmed_times - OLD.confirmed_times,
      confirmed_minutes = confirmed_minutes + NEW.confirmed_minutes - OLD.confirmed_minutes
  WHERE kind = NEW.kind AND half = NEW.half AND key = NEW.key AND branch_id = NEW.branch_id;
END;

-- How many live members there are, by where they live.
CREATE TABLE member_counts (
  -- Their committee, or their host committee; 0: neither.
  committee_id INTEGER NOT NULL,
  -- 1: where they live there is no committee.
  unattached   INTEGER NOT NULL,
  members      INTEGER NOT NULL,
  PRIMARY KEY (committee_id, unattached)
) STRICT, WITHOUT ROWID;

INSERT INTO member_counts
SELECT coalesce(committee_id, host_committee_id, 0), unattached, count(*)
FROM members
WHERE removed_at IS NULL
GROUP BY 1, 2;

CREATE TRIGGER members_counted AFTER INSERT ON members
WHEN NEW.removed_at IS NULL
BEGIN
  INSERT INTO member_counts
  VALUES (coalesce(NEW.committee_id, NEW.host_committee_id, 0), NEW.unattached, 1)
  ON CONFLICT DO UPDATE SET members = members + 1;
END;
CREATE TRIGGER members_counted_out
AFTER UPDATE OF committee_id, host_committee_id, unattached, removed_at ON members
WHEN OLD.removed_at IS NULL
BEGIN
  UPDATE member_counts SET members = members - 1
  WHERE committee_id = coalesce(OLD.committee_id, OLD.host_committee_id, 0)
    AND unattached = OLD.unattached;
END;
CREATE TRIGGER members_counted_in
AFTER UPDATE OF committee_id, host_committee_id, unattached, removed_at ON members
WHEN NEW.removed_at IS NULL
BEGIN
  INSERT INTO member_counts
  VALUES (coalesce(NEW.committee_id, NEW.host_committee_id, 0), NEW.unattached, 1)
  ON CONFLICT DO UPDATE SET members = members + 1;
END;
CREATE TRIGGER members_counted_off AFTER DELETE ON members
WHEN OLD.removed_at IS NULL
BEGIN
  UPDATE member_counts SET members = members - 1
  WHERE committee_id = coalesce(OLD.committee_id, OLD.host_committee_id, 0)
    AND unattached = OLD.unattached;
END;
