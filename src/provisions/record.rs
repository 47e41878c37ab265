//! The record of provisions: every letter, check-in sheet, request for feedback and list that passed
//! members on, the latest first, with how many they were and which fields went.

use sqlx::FromRow;

use crate::db::{Connection, Result};
use crate::web::Page;

/// Which provisions.
#[derive(Debug, Clone, Default)]
pub struct Which {
    /// JSON of the viewer's branches; `None`: all. What may hold members of other branches is left
    /// out, and of check-in sheets the members of others are not counted.
    pub branches: Option<String>,
    /// To this committee, and those that were merged into it.
    pub committee: Option<i64>,
    /// `letter`, `slips`, `feedback`, `forms` or `list`; empty: all.
    pub kind: String,
    /// Only behind this one ([`Provided::key`]).
    pub after: Option<String>,
}

/// Something that passed members on.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Provided {
    /// Its place in the order.
    pub key: String,
    /// `letter`, `slips`, `feedback`, `forms`, or how a list left ([`super::Way::name`]).
    pub kind: String,
    /// The letter's, sheet's or list's `id`.
    pub id: i64,
    /// A letter's number.
    pub reference: String,
    /// When it left: a letter's day, else a point in time.
    pub at: String,
    /// To how many committees.
    pub committees: i64,
    /// To which, when it is one; `committees.id`.
    pub committee_id: Option<i64>,
    /// What that one is called now.
    pub committee: String,
    /// How many members.
    pub members: i64,
    /// Which fields went of any of them: 1 name, 2 address, 4 skills, 8 phone, added up.
    pub fields: i64,
    /// By whom; `None`: from the command line.
    pub by: Option<String>,
    /// When a letter was taken back.
    pub withdrawn_on: Option<String>,
}

/// What passed members on, the latest first, at most so many.
///
/// # Errors
/// When the database fails.
pub async fn provided(
    connection: &mut Connection,
    which: &Which,
    limit: i64,
) -> Result<Vec<Provided>> {
    sqlx::query_as(
        "WITH here (id) AS (
             SELECT id FROM committees WHERE id = $2 OR merged_into = $2
         ),
         given (key, kind, id) AS (
             SELECT l.issued_on || ' 3 ' || printf('%012d', l.id), 'letter', l.id
             FROM letters AS l
             WHERE l.number IS NOT NULL
               AND $3 IN ('', 'letter')
               AND ($2 IS NULL OR l.committee_id IN (SELECT id FROM here))
               AND ($1 IS NULL
                    OR (l.every_branch = 0
                        AND NOT EXISTS (SELECT 1
                                        FROM letter_branches AS x
                                        JOIN branches AS b ON b.id = x.branch_id
                                        WHERE x.letter_id = l.id
                                          AND coalesce(b.merged_into, b.id)
                                              NOT IN (SELECT value FROM json_each($1)))))
             UNION ALL
             SELECT substr(h.printed_at, 1, 10) || ' 2 ' || printf('%012d', h.id), 'slips', h.id
             FROM checkin_sheets AS h
             WHERE $3 IN ('', 'slips')
               AND ($2 IS NULL OR h.committee_id IN (SELECT id FROM here))
               AND ($1 IS NULL
                    OR EXISTS (SELECT 1
                               FROM checkin_slips AS x
                               JOIN members AS m ON m.id = x.member_id
                               WHERE x.sheet_id = h.id
                                 AND m.branch_id IN (SELECT value FROM json_each($1))))
             UNION ALL
             SELECT substr(r.given_at, 1, 10) || ' 0 ' || printf('%012d', r.id), 'feedback', r.id
             FROM feedback_requests AS r
             JOIN enquiries AS e ON e.id = r.enquiry_id
             WHERE r.given_at IS NOT NULL
               AND $3 IN ('', 'feedback')
               AND ($2 IS NULL OR r.committee_id IN (SELECT id FROM here))
               AND ($1 IS NULL
                    OR (e.every_branch = 0
                        AND NOT EXISTS (SELECT 1
                                        FROM enquiry_branches AS x
                                        JOIN branches AS b ON b.id = x.branch_id
                                        WHERE x.enquiry_id = e.id
                                          AND coalesce(b.merged_into, b.id)
                                              NOT IN (SELECT value FROM json_each($1)))))
             UNION ALL
             SELECT substr(h.printed_at, 1, 10) || ' 5 ' || printf('%012d', h.id), 'forms', h.id
             FROM survey_papers AS h
             WHERE $3 IN ('', 'forms')
               AND ($2 IS NULL OR h.committee_id IN (SELECT id FROM here))
               AND EXISTS (SELECT 1
                           FROM survey_paper_forms AS x
                           JOIN survey_forms AS f ON f.id = x.form_id
                           JOIN members AS m ON m.id = f.member_id
                           WHERE x.paper_id = h.id
                             AND ($1 IS NULL
                                  OR m.branch_id IN (SELECT value FROM json_each($1))))
             UNION ALL
             SELECT substr(p.at, 1, 10) || ' 1 ' || printf('%012d', p.id), p.way, p.id
             FROM provisions AS p
             WHERE $3 IN ('', 'list')
               AND EXISTS (SELECT 1 FROM provision_committees AS x
                           WHERE x.provision_id = p.id
                             AND ($2 IS NULL OR x.committee_id IN (SELECT id FROM here)))
               AND ($1 IS NULL
                    OR (p.branches IS NOT NULL
                        AND NOT EXISTS (SELECT 1
                                        FROM json_each(p.branches) AS w
                                        JOIN branches AS b ON b.id = w.value
                                        WHERE coalesce(b.merged_into, b.id)
                                              NOT IN (SELECT value FROM json_each($1)))))
         ),
         shown (key, kind, id) AS MATERIALIZED (
             SELECT key, kind, id
             FROM given
             WHERE $4 IS NULL OR key < $4
             ORDER BY key DESC
             LIMIT $5
         ),
         told (key, kind, id, reference, at, committees, committee_id, members, fields, by_id,
               withdrawn_on) AS (
             SELECT g.key, g.kind, g.id, l.reference, l.issued_on, 1, l.committee_id,
                    (SELECT count(*) FROM letter_members WHERE letter_id = l.id),
                    (SELECT coalesce(max(name <> '') + 2 * max(address <> '')
                                     + 4 * max(skills <> '') + 8 * max(phone <> ''), 0)
                     FROM letter_members WHERE letter_id = l.id),
                    coalesce((SELECT a.account_id FROM audit AS a
                              WHERE a.record_kind = 'letter' AND a.record_id = l.id
                                AND a.action = 'letter-issued'), l.created_by),
                    l.withdrawn_on
             FROM shown AS g
             JOIN letters AS l ON l.id = g.id
             WHERE g.kind = 'letter'
             UNION ALL
             SELECT g.key, g.kind, g.id, '', h.printed_at, 1, h.committee_id, s.members, s.fields,
                    h.printed_by, NULL
             FROM shown AS g
             JOIN checkin_sheets AS h ON h.id = g.id
             JOIN (SELECT x.sheet_id, count(*) AS members,
                          1 + 2 * max(x.address <> '') + 4 * max(x.skills <> '')
                            + 8 * max(x.phone <> '') AS fields
                   FROM checkin_slips AS x
                   JOIN members AS m ON m.id = x.member_id
                   WHERE x.sheet_id IN (SELECT id FROM shown WHERE kind = 'slips')
                     AND ($1 IS NULL OR m.branch_id IN (SELECT value FROM json_each($1)))
                   GROUP BY x.sheet_id) AS s ON s.sheet_id = h.id
             WHERE g.kind = 'slips'
             UNION ALL
             SELECT g.key, g.kind, g.id, '', r.given_at, 1, r.committee_id,
                    (SELECT count(*) FROM feedback_lines WHERE request_id = r.id), 1, r.given_by,
                    NULL
             FROM shown AS g
             JOIN feedback_requests AS r ON r.id = g.id
             WHERE g.kind = 'feedback'
             UNION ALL
             SELECT g.key, g.kind, g.id, '', h.printed_at, 1, h.committee_id,
                    (SELECT count(*)
                     FROM survey_paper_forms AS x
                     JOIN survey_forms AS f ON f.id = x.form_id
                     JOIN members AS m ON m.id = f.member_id
                     WHERE x.paper_id = h.id
                       AND ($1 IS NULL OR m.branch_id IN (SELECT value FROM json_each($1)))),
                    1, h.printed_by, NULL
             FROM shown AS g
             JOIN survey_papers AS h ON h.id = g.id
             WHERE g.kind = 'forms'
             UNION ALL
             SELECT g.key, g.kind, g.id, '', p.at, count(*),
                    CASE WHEN count(*) = 1 THEN max(x.committee_id) END, sum(x.members),
                    max(x.fields & 1) + max(x.fields & 2) + max(x.fields & 4) + max(x.fields & 8),
                    p.account_id, NULL
             FROM shown AS g
             JOIN provisions AS p ON p.id = g.id
             JOIN provision_committees AS x ON x.provision_id = p.id
             WHERE g.kind NOT IN ('letter', 'slips', 'feedback', 'forms')
               AND ($2 IS NULL OR x.committee_id IN (SELECT id FROM here))
             GROUP BY g.id
         )
         SELECT t.key, t.kind, t.id, t.reference, t.at, t.committees, t.committee_id,
                coalesce(c.name, '') AS committee, t.members, t.fields, a.display_name AS by,
                t.withdrawn_on
         FROM told AS t
         LEFT JOIN committees AS c ON c.id = t.committee_id
         LEFT JOIN accounts AS a ON a.id = t.by_id
         ORDER BY t.key DESC",
    )
    .bind(&which.branches)
    .bind(which.committee)
    .bind(&which.kind)
    .bind(&which.after)
    .bind(limit)
    .fetch_all(connection)
    .await
}

/// A provision in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its place in the order.
    pub key: String,
    /// When it left.
    pub day: String,
    /// To which committee, when it is one; `committees.id`.
    pub committee_id: Option<i64>,
    /// What it is called now, or how many they are.
    pub committee: String,
    /// By what: a letter's number, check-in slips, a list.
    pub by_what: String,
    /// The page of that; empty: there is none.
    pub url: String,
    /// How many members.
    pub members: i64,
    /// Which fields went.
    pub fields: Vec<&'static str>,
    /// By whom.
    pub by: String,
    /// When a letter was taken back; empty: it was not.
    pub withdrawn: String,
}

/// Provisions in words, the latest first, at most so many.
///
/// # Errors
/// When the database fails.
pub async fn rows(
    connection: &mut Connection,
    page: &Page,
    which: &Which,
    limit: i64,
) -> Result<Vec<Row>> {
    let provided = provided(connection, which, limit).await?;
    Ok(provided.into_iter().map(|one| row(page, one)).collect())
}

fn row(page: &Page, one: Provided) -> Row {
    let fields = ["members-name", "members-address", "members-skills", "members-phone"];
    let fields = fields.into_iter().enumerate();
    let (by_what, url) = match one.kind.as_str() {
        "letter" => (one.reference, format!("/letters/{}", one.id)),
        "slips" => (page.t("checkins-slip").to_owned(), format!("/letters/checkins/{}", one.id)),
        "feedback" => {
            (page.t("enquiries-letter").to_owned(), format!("/reviews/requests/{}", one.id))
        }
        "forms" => (page.t("surveys-form").to_owned(), format!("/surveys/papers/{}", one.id)),
        way => {
            let way = super::Way::ALL.into_iter().find(|known| known.name() == way);
            (way.map_or_else(String::new, |way| page.t(way.key()).to_owned()), String::new())
        }
    };
    Row {
        key: one.key,
        day: if one.at.len() > 10 { page.time(&one.at) } else { page.date(&one.at) },
        committee_id: one.committee_id,
        committee: if one.committee_id.is_some() {
            one.committee
        } else {
            page.t1("provisions-committees", "count", one.committees)
        },
        by_what,
        url,
        members: one.members,
        fields: fields
            .filter(|(place, _)| one.fields >> place & 1 == 1)
            .map(|(_, key)| page.t(key))
            .collect(),
        by: one.by.unwrap_or_else(|| page.t("history-by-terminal").to_owned()),
        withdrawn: one.withdrawn_on.map_or_else(String::new, |day| page.date(&day)),
    }
}
