-- What a list shows of each live member, ready to be sent: a page of a list is its rows one after
-- the other, without a look at the tables that they were put together from. Written together with
-- the search index, and like it proved by `linli check`.
CREATE TABLE member_lines (
  -- members.sort_key
  sort_key INTEGER PRIMARY KEY,
  -- JSON of the columns of search::Line.
  line     TEXT NOT NULL
) STRICT;

INSERT INTO member_lines (sort_key, line)
SELECT m.sort_key,
       json_array(
         m.id, m.sort_key, m.number, m.name, b.name, m.phone, m.address, c.id, c.name, c.code, s.name,
         m.committee_id IS NOT NULL, m.unattached, m.agreed, m.agreed_phone,
         json((SELECT json_group_array(k.name ORDER BY x.place, k.id)
               FROM member_skills AS x JOIN skills AS k ON k.id = x.skill_id
               WHERE x.member_id = m.id)))
FROM members AS m
LEFT JOIN branches AS b ON b.id = m.branch_id
LEFT JOIN committees AS c ON c.id = coalesce(m.committee_id, m.host_committee_id)
LEFT JOIN streets AS s ON s.code = c.street_code
WHERE m.removed_at IS NULL
ORDER BY m.sort_key;
