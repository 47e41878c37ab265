-- What members' parts in activities add up to, so that a report over millions of parts reads some
-- hundred rows. The triggers below keep it true whoever writes; `linli check` adds everything up
-- anew and compares.

-- The half-year that a part lies in, by its first day; and whether the committee signed and stamped.
ALTER TABLE participations ADD COLUMN half TEXT
  AS (substr(day, 1, 5) || iif(substr(day, 6, 2) < '07', '01-01', '07-01'));
ALTER TABLE participations ADD COLUMN confirmed INTEGER
  AS (signed_on IS NOT NULL AND stamped_on IS NOT NULL);

CREATE TABLE part_sums (
  -- all and area are kept by day; committee, street, district (where it was) and skill (of whoever
  -- took part) by half-year.
  kind      TEXT NOT NULL
            CHECK (kind IN ('all', 'area', 'committee', 'street', 'district', 'skill')),
  -- The half-year's first day.
  half      TEXT NOT NULL,
  -- Which area, committee and so on; empty: all, nobody has settled where, or no skill is named.
  key       TEXT NOT NULL,
  -- The members' branch of today; 0: none.
  branch_id INTEGER NOT NULL,
  -- The day; of what is kept by half-year, its first.
  day       TEXT NOT NULL,
  -- How many members: of what is kept by day, those whose first day in the half-year it is.
  members   INTEGER NOT NULL,
  times     INTEGER NOT NULL,
  minutes   INTEGER NOT NULL,
  -- Of these what the committee confirmed.
  confirmed_members INTEGER NOT NULL,
  confirmed_times   INTEGER NOT NULL,
  confirmed_minutes INTEGER NOT NULL,
  PRIMARY KEY (kind, half, key, branch_id, day)
) STRICT, WITHOUT ROWID;

-- 1: whoever writes adds the sums up afterwards (src/reports/sums.rs), as imports do.
CREATE TABLE part_counting (
  id     INTEGER PRIMARY KEY CHECK (id = 1),
  paused INTEGER NOT NULL CHECK (paused IN (0, 1))
) STRICT;
INSERT INTO part_counting (id, paused) VALUES (1, 0);

-- What a live member's live parts add to the sums.
CREATE VIEW day_shares AS
SELECT 'all' AS kind, p.half, '' AS key, p.member_id, coalesce(m.branch_id, 0) AS branch_id, p.day,
       NOT EXISTS (SELECT 1 FROM participations AS e
                   WHERE e.member_id = p.member_id AND e.live = 1
                     AND e.day >= p.half AND e.day < p.day) AS members,
       sum(p.times) AS times, sum(p.minutes) AS minutes,
       max(p.confirmed)
         AND NOT EXISTS (SELECT 1 FROM participations AS e
                         WHERE e.member_id = p.member_id AND e.live = 1
                           AND e.day >= p.half AND e.day < p.day AND e.confirmed)
         AS confirmed_members,
       sum(iif(p.confirmed, p.times, 0)) AS confirmed_times,
       sum(iif(p.confirmed, p.minutes, 0)) AS confirmed_minutes
FROM members AS m
CROSS JOIN participations AS p ON p.member_id = m.id
WHERE m.removed_at IS NULL AND p.live = 1
GROUP BY p.member_id, p.half, p.day
UNION ALL
SELECT 'area', p.half, p.area, p.member_id, coalesce(m.branch_id, 0), p.day,
       NOT EXISTS (SELECT 1 FROM participations AS e
                   WHERE e.member_id = p.member_id AND e.live = 1 AND e.area = p.area
                     AND e.day >= p.half AND e.day < p.day),
       sum(p.times), sum(p.minutes),
       max(p.confirmed)
         AND NOT EXISTS (SELECT 1 FROM participations AS e
                         WHERE e.member_id = p.member_id AND e.live = 1 AND e.area = p.area
                           AND e.day >= p.half AND e.day < p.day AND e.confirmed),
       sum(iif(p.confirmed, p.times, 0)), sum(iif(p.confirmed, p.minutes, 0))
FROM members AS m
CROSS JOIN participations AS p ON p.member_id = m.id
WHERE m.removed_at IS NULL AND p.live = 1
GROUP BY p.member_id, p.half, p.area, p.day;

CREATE VIEW place_shares AS
SELECT 'committee' AS kind, p.half, coalesce(c.id, '') AS key, p.member_id,
       coalesce(m.branch_id, 0) AS branch_id, p.half AS day, 1 AS members,
       sum(p.times) AS times, sum(p.minutes) AS minutes, max(p.confirmed) AS confirmed_members,
       sum(iif(p.confirmed, p.times, 0)) AS confirmed_times,
       sum(iif(p.confirmed, p.minutes, 0)) AS confirmed_minutes
FROM members AS m
CROSS JOIN participations AS p ON p.member_id = m.id
CROSS JOIN activities AS a ON a.id = p.activity_id
LEFT JOIN committees AS c ON c.id = a.committee_id
WHERE m.removed_at IS NULL AND p.live = 1
GROUP BY p.member_id, p.half, c.id
UNION ALL
SELECT 'street', p.half, coalesce(c.street_code, ''), p.member_id, coalesce(m.branch_id, 0), p.half,
       1, sum(p.times), sum(p.minutes), max(p.confirmed),
       sum(iif(p.confirmed, p.times, 0)), sum(iif(p.confirmed, p.minutes, 0))
FROM members AS m
CROSS JOIN participations AS p ON p.member_id = m.id
CROSS JOIN activities AS a ON a.id = p.activity_id
LEFT JOIN committees AS c ON c.id = a.committee_id
WHERE m.removed_at IS NULL AND p.live = 1
GROUP BY p.member_id, p.half, c.street_code
UNION ALL
SELECT 'district', p.half, coalesce(substr(c.street_code, 1, 6), ''), p.member_id,
       coalesce(m.branch_id, 0), p.half,
       1, sum(p.times), sum(p.minutes), max(p.confirmed),
       sum(iif(p.confirmed, p.times, 0)), sum(iif(p.confirmed, p.minutes, 0))
FROM members AS m
CROSS JOIN participations AS p ON p.member_id = m.id
CROSS JOIN activities AS a ON a.id = p.activity_id
LEFT JOIN committees AS c ON c.id = a.committee_id
WHERE m.removed_at IS NULL AND p.live = 1
GROUP BY p.member_id, p.half, substr(c.street_code, 1, 6);

CREATE VIEW skill_shares AS
SELECT 'skill' AS kind, p.half, coalesce(x.skill_id, '') AS key, p.member_id,
       coalesce(m.branch_id, 0) AS branch_id, p.half AS day, 1 AS members,
       sum(p.times) AS times, sum(p.minutes) AS minutes, max(p.confirmed) AS confirmed_members,
       sum(iif(p.confirmed, p.times, 0)) AS confirmed_times,
       sum(iif(p.confirmed, p.minutes, 0)) AS confirmed_minutes
FROM members AS m
CROSS JOIN participations AS p ON p.member_id = m.id
LEFT JOIN member_skills AS x ON x.member_id = m.id
WHERE m.removed_at IS NULL AND p.live = 1
GROUP BY p.member_id, p.half, x.skill_id;

INSERT INTO part_sums
SELECT kind, half, key, branch_id, day, sum(members), sum(times), sum(minutes),
       sum(confirmed_members), sum(confirmed_times), sum(confirmed_minutes)
FROM day_shares
GROUP BY kind, half, key, branch_id, day;
INSERT INTO part_sums
SELECT kind, half, key, branch_id, day, sum(members), sum(times), sum(minutes),
       sum(confirmed_members), sum(confirmed_times), sum(confirmed_minutes)
FROM place_shares
GROUP BY kind, half, key, branch_id, day;
INSERT INTO part_sums
SELECT kind, half, key, branch_id, day, sum(members), sum(times), sum(minutes),
       sum(confirmed_members), sum(confirmed_times), sum(confirmed_minutes)
FROM skill_shares
GROUP BY kind, half, key, branch_id, day;

-- Adding a row here takes what a member adds to the sums of a half-year out of them (-1), or puts it
-- in (1). So every change is the same: taken out as it was before, put in as it is after.
CREATE VIEW day_counts AS SELECT 0 AS member_id, '' AS half, 0 AS sign;
CREATE TRIGGER day_counts_add INSTEAD OF INSERT ON day_counts
BEGIN
  INSERT INTO part_sums
  SELECT kind, half, key, branch_id, day, NEW.sign * members, NEW.sign * times,
         NEW.sign * minutes, NEW.sign * confirmed_members, NEW.sign * confirmed_times,
         NEW.sign * confirmed_minutes
  FROM day_shares
  WHERE member_id = NEW.member_id AND half = NEW.half
  ON CONFLICT DO UPDATE
  SET members = members + excluded.members, times = times + excluded.times,
      minutes = minutes + excluded.minutes,
      confirmed_members = confirmed_members + excluded.confirmed_members,
      confirmed_times = confirmed_times + excluded.confirmed_times,
      confirmed_minutes = confirmed_minutes + excluded.confirmed_minutes;
END;
CREATE VIEW place_counts AS SELECT 0 AS member_id, '' AS half, 0 AS sign;
CREATE TRIGGER place_counts_add INSTEAD OF INSERT ON place_counts
BEGIN
  INSERT INTO part_sums
  SELECT kind, half, key, branch_id, day, NEW.sign * members, NEW.sign * times,
         NEW.sign * minutes, NEW.sign * confirmed_members, NEW.sign * confirmed_times,
         NEW.sign * confirmed_minutes
  FROM place_shares
  WHERE member_id = NEW.member_id AND half = NEW.half
  ON CONFLICT DO UPDATE
  SET members = members + excluded.members, times = times + excluded.times,
      minutes = minutes + excluded.minutes,
      confirmed_members = confirmed_members + excluded.confirmed_members,
      confirmed_times = confirmed_times + excluded.confirmed_times,
      confirmed_minutes = confirmed_minutes + excluded.confirmed_minutes;
END;
CREATE VIEW skill_counts AS SELECT 0 AS member_id, '' AS half, 0 AS sign;
CREATE TRIGGER skill_counts_add INSTEAD OF INSERT ON skill_counts
BEGIN
  INSERT INTO part_sums
  SELECT kind, half, key, branch_id, day, NEW.sign * members, NEW.sign * times,
         NEW.sign * minutes, NEW.sign * confirmed_members, NEW.sign * confirmed_times,
         NEW.sign * confirmed_minutes
  FROM skill_shares
  WHERE member_id = NEW.member_id AND half = NEW.half
  ON CONFLICT DO UPDATE
  SET members = members + excluded.members, times = times + excluded.times,
      minutes = minutes + excluded.minutes,
      confirmed_members = confirmed_members + excluded.confirmed_members,
      confirmed_times = confirmed_times + excluded.confirmed_times,
      confirmed_minutes = confirmed_minutes + excluded.confirmed_minutes;
END;
-- All of them.
CREATE VIEW part_counts AS SELECT 0 AS member_id, '' AS half, 0 AS sign;
CREATE TRIGGER part_counts_add INSTEAD OF INSERT ON part_counts
BEGIN
  INSERT INTO day_counts (member_id, half, sign) VALUES (NEW.member_id, NEW.half, NEW.sign);
  INSERT INTO place_counts (member_id, half, sign) VALUES (NEW.member_id, NEW.half, NEW.sign);
  INSERT INTO skill_counts (member_id, half, sign) VALUES (NEW.member_id, NEW.half, NEW.sign);
END;

-- What stops a row before it is written must not have been taken out: `OR IGNORE` and `DO NOTHING`
-- leave a part away that stands already.
CREATE TRIGGER participations_adding BEFORE INSERT ON participations
WHEN NEW.live = 1 AND (SELECT paused FROM part_counting) = 0
 AND NOT EXISTS (SELECT 1 FROM participations
                 WHERE activity_id = NEW.activity_id AND member_id = NEW.member_id
                   AND taken_out_at = NEW.taken_out_at)
BEGIN
  INSERT INTO part_counts (member_id, half, sign)
  VALUES (NEW.member_id,
          substr(NEW.day, 1, 5) || iif(substr(NEW.day, 6, 2) < '07', '01-01', '07-01'), -1);
END;
CREATE TRIGGER participations_added AFTER INSERT ON participations
WHEN NEW.live = 1 AND (SELECT paused FROM part_counting) = 0
BEGIN
  INSERT INTO part_counts (member_id, half, sign) VALUES (NEW.member_id, NEW.half, 1);
END;

CREATE TRIGGER participations_changing
BEFORE UPDATE OF activity_id, member_id, times, minutes, day, area, live, taken_out_at, signed_on,
                 stamped_on
ON participations
WHEN (OLD.live = 1 OR NEW.live = 1) AND (SELECT paused FROM part_counting) = 0
 AND NOT EXISTS (SELECT 1 FROM participations
                 WHERE activity_id = NEW.activity_id AND member_id = NEW.member_id
                   AND taken_out_at = NEW.taken_out_at AND id <> OLD.id)
BEGIN
  INSERT INTO part_counts (member_id, half, sign)
  SELECT OLD.member_id, OLD.half, -1
  UNION
  SELECT NEW.member_id,
         substr(NEW.day, 1, 5) || iif(substr(NEW.day, 6, 2) < '07', '01-01', '07-01'), -1;
END;
CREATE TRIGGER participations_changed
AFTER UPDATE OF activity_id, member_id, times, minutes, day, area, live, taken_out_at, signed_on,
                stamped_on
ON participations
WHEN (OLD.live = 1 OR NEW.live = 1) AND (SELECT paused FROM part_counting) = 0
BEGIN
  INSERT INTO part_counts (member_id, half, sign)
  SELECT OLD.member_id, OLD.half, 1
  UNION
  SELECT NEW.member_id, NEW.half, 1;
END;

CREATE TRIGGER participations_erasing BEFORE DELETE ON participations
WHEN OLD.live = 1 AND (SELECT paused FROM part_counting) = 0
BEGIN
  INSERT INTO part_counts (member_id, half, sign) VALUES (OLD.member_id, OLD.half, -1);
END;
CREATE TRIGGER participations_erased AFTER DELETE ON participations
WHEN OLD.live = 1 AND (SELECT paused FROM part_counting) = 0
BEGIN
  INSERT INTO part_counts (member_id, half, sign) VALUES (OLD.member_id, OLD.half, 1);
END;
-- What takes its parts along lets them go first, as long as what they add can still be told.
CREATE TRIGGER activities_erasing BEFORE DELETE ON activities
WHEN (SELECT paused FROM part_counting) = 0
BEGIN
  UPDATE participations SET live = 0 WHERE activity_id = OLD.id AND live = 1;
END;
CREATE TRIGGER members_erasing BEFORE DELETE ON members
WHEN (SELECT paused FROM part_counting) = 0
BEGIN
  UPDATE participations SET live = 0 WHERE member_id = OLD.id AND live = 1;
END;

CREATE TRIGGER members_moving BEFORE UPDATE OF branch_id, removed_at ON members
WHEN (OLD.branch_id IS NOT NEW.branch_id
      OR (OLD.removed_at IS NULL) <> (NEW.removed_at IS NULL))
 AND (SELECT paused FROM part_counting) = 0
BEGIN
  INSERT INTO part_counts (member_id, half, sign)
  SELECT DISTINCT member_id, half, -1 FROM participations WHERE member_id = OLD.id AND live = 1;
END;
CREATE TRIGGER members_moved AFTER UPDATE OF branch_id, removed_at ON members
WHEN (OLD.branch_id IS NOT NEW.branch_id
      OR (OLD.removed_at IS NULL) <> (NEW.removed_at IS NULL))
 AND (SELECT paused FROM part_counting) = 0
BEGIN
  INSERT INTO part_counts (member_id, half, sign)
  SELECT DISTINCT member_id, half, 1 FROM participations WHERE member_id = OLD.id AND live = 1;
END;

CREATE TRIGGER activities_moving BEFORE UPDATE OF committee_id ON activities
WHEN OLD.committee_id IS NOT NEW.committee_id AND (SELECT paused FROM part_counting) = 0
BEGIN
  INSERT INTO place_counts (member_id, half, sign)
  SELECT member_id, half, -1 FROM participations WHERE activity_id = OLD.id AND live = 1;
END;
CREATE TRIGGER activities_moved AFTER UPDATE OF committee_id ON activities
WHEN OLD.committee_id IS NOT NEW.committee_id AND (SELECT paused FROM part_counting) = 0
BEGIN
  INSERT INTO place_counts (member_id, half, sign)
  SELECT member_id, half, 1 FROM participations WHERE activity_id = OLD.id AND live = 1;
END;

CREATE TRIGGER committees_moving BEFORE UPDATE OF street_code ON committees
WHEN OLD.street_code <> NEW.street_code
BEGIN
  INSERT INTO place_counts (member_id, half, sign)
  SELECT DISTINCT p.member_id, p.half, -1
  FROM activities AS a
  CROSS JOIN participations AS p ON p.activity_id = a.id
  WHERE a.committee_id = OLD.id AND a.removed_at IS NULL AND p.live = 1;
END;
CREATE TRIGGER committees_moved AFTER UPDATE OF street_code ON committees
WHEN OLD.street_code <> NEW.street_code
BEGIN
  INSERT INTO place_counts (member_id, half, sign)
  SELECT DISTINCT p.member_id, p.half, 1
  FROM activities AS a
  CROSS JOIN participations AS p ON p.activity_id = a.id
  WHERE a.committee_id = OLD.id AND a.removed_at IS NULL AND p.live = 1;
END;

CREATE TRIGGER member_skills_adding BEFORE INSERT ON member_skills
WHEN (SELECT paused FROM part_counting) = 0
 AND NOT EXISTS (SELECT 1 FROM member_skills
                 WHERE member_id = NEW.member_id AND skill_id = NEW.skill_id)
BEGIN
  INSERT INTO skill_counts (member_id, half, sign)
  SELECT DISTINCT member_id, half, -1 FROM participations
  WHERE member_id = NEW.member_id AND live = 1;
END;
CREATE TRIGGER member_skills_added AFTER INSERT ON member_skills
WHEN (SELECT paused FROM part_counting) = 0
BEGIN
  INSERT INTO skill_counts (member_id, half, sign)
  SELECT DISTINCT member_id, half, 1 FROM participations
  WHERE member_id = NEW.member_id AND live = 1;
END;
CREATE TRIGGER member_skills_erasing BEFORE DELETE ON member_skills
WHEN (SELECT paused FROM part_counting) = 0
BEGIN
  INSERT INTO skill_counts (member_id, half, sign)
  SELECT DISTINCT member_id, half, -1 FROM participations
  WHERE member_id = OLD.member_id AND live = 1;
END;
CREATE TRIGGER member_skills_erased AFTER DELETE ON member_skills
WHEN (SELECT paused FROM part_counting) = 0
BEGIN
  INSERT INTO skill_counts (member_id, half, sign)
  SELECT DISTINCT member_id, half, 1 FROM participations
  WHERE member_id = OLD.member_id AND live = 1;
END;

-- Reports ask for what came in, and what went out, in a half-year.
CREATE INDEX needs_by_created ON needs (created_at, state);
CREATE INDEX letters_by_sent ON letters (sent_on) WHERE sent_on IS NOT NULL;
