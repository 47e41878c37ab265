-- A member's skills in the order in which the form names them, so that a file comes out as it went
-- in. Those from before keep the order of the list.
ALTER TABLE member_skills ADD COLUMN place INTEGER NOT NULL DEFAULT 0;
