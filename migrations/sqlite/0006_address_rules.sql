-- Address rules: houses inside a lane, the order of their list, and rules that can be brought back.

ALTER TABLE address_rules ADD COLUMN lane INTEGER CHECK (lane IS NULL OR (lane >= 1 AND kind = 'house'));
-- The road's place among roads as a phone book has it (src/text/sort.rs).
ALTER TABLE address_rules ADD COLUMN road_order INTEGER NOT NULL DEFAULT 0;
ALTER TABLE address_rules ADD COLUMN removed_at TEXT;
ALTER TABLE address_rules ADD COLUMN removed_by INTEGER REFERENCES accounts (id);

DROP INDEX address_rules_by_road;
CREATE INDEX address_rules_by_road ON address_rules (road) WHERE removed_at IS NULL;
CREATE INDEX address_rules_in_order
  ON address_rules (road_order, road, (kind = 'house' AND lane IS NULL), coalesce(lane, first),
                    (lane IS NOT NULL), first, id)
  WHERE removed_at IS NULL;
CREATE INDEX address_rules_removed ON address_rules (removed_at) WHERE removed_at IS NOT NULL;

-- All that is asked of the addresses on record: how many live near a place, in which committee's
-- area. Without removed_at, which is always NULL here, each row itself would be looked at.
DROP INDEX members_by_road;
CREATE INDEX members_by_place ON members (road, lane, house, committee_id, branch_id, removed_at)
  WHERE committee_id IS NOT NULL AND removed_at IS NULL;
