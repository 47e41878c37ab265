//! The liaison ledger: letters and other contacts in one line, what was promised, what came of it,
//! and what waits for how long.

use sqlx::FromRow;

use crate::db::{Connection, Result};

/// Which lines of the ledger.
#[derive(Debug, Clone, Default)]
pub(super) struct Which {
    /// JSON of the viewer's branches; `None`: all. Letters that hold members of others, and members
    /// of others who asked for work, are left out.
    pub branches: Option<String>,
    /// Of this committee, and those that were merged into it.
    pub committee: Option<i64>,
    /// In this district or sub-district, by its code; empty: anywhere.
    pub area: String,
    /// `letter` or the kind of a contact; empty: all.
    pub kind: String,
    /// Of this year (`2026`); empty: all.
    pub year: String,
    /// Only what waits for someone today, what waits longest first; else the latest first.
    pub open: bool,
    /// Today, where the office is.
    pub today: String,
    /// Only behind this one ([`Line::key`]).
    pub after: Option<String>,
}

/// A line of the ledger: a letter or another contact.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub(super) struct Line {
    /// Its place in the order that was asked for.
    pub key: String,
    /// `letter`, or the kind of a contact.
    pub kind: String,
    /// `letters.id` or `contacts.id`.
    pub id: i64,
    /// Its day.
    pub day: String,
    /// Since when someone's next step is waited for.
    pub since: Option<String>,
    /// With which committee; `committees.id`.
    pub committee_id: Option<i64>,
    /// What it is called now.
    pub committee: String,
    /// The sub-district's name.
    pub street: String,
    /// A letter's number.
    pub reference: String,
    /// Where a letter stands ([`crate::letters::State::name`]).
    pub state: String,
    pub sent_on: Option<String>,
    pub sent_way: Option<String>,
    pub received_on: Option<String>,
    pub received_by: String,
    pub reminded_on: Option<String>,
    pub answered_on: Option<String>,
    pub answered_by: String,
    pub withdrawn_on: Option<String>,
    /// Who asked for work.
    pub member_id: Option<i64>,
    pub member: String,
    pub person: String,
    /// What it was about.
    pub words: String,
    /// What the committee replied or promised.
    pub promised: String,
    pub due: Option<String>,
    pub outcome: String,
    pub outcome_on: Option<String>,
    /// What came after a letter was there, until the next one to that committee: needs, wishes, posts and
    /// service days, activities.
    pub needs: i64,
    pub offers: i64,
    pub activities: i64,
}

/// Every line that is asked for, with its place in the ledger ($1 to $7) and in the list of what
/// waits. Behind a reply that says something, something has to come: a need, an offer, an activity
/// or a contact.
macro_rules! ledger {
    ($($rest:expr),*) => {
        concat!(
            "WITH here (id) AS (
                 SELECT id FROM committees WHERE id = $2 OR merged_into = $2
             ),
             entries (place, kind, id, day, since, committee_id) AS (
                 SELECT l.issued_on || ' 2 ' || printf('%012d', l.id), 'letter', l.id, l.issued_on,
                        CASE l.state
                        WHEN 'issued' THEN l.issued_on
                        WHEN 'sent' THEN coalesce(l.reminded_on, l.sent_on)
                        WHEN 'answered' THEN
                          CASE WHEN l.reply <> ''
                                AND NOT EXISTS (SELECT 1 FROM needs
                                                WHERE committee_id IN (c.id, c.merged_into)
                                                  AND created_at >= l.answered_on)
                                AND NOT EXISTS (SELECT 1 FROM offers
                                                WHERE committee_id IN (c.id, c.merged_into)
                                                  AND created_at >= l.answered_on)
                                AND NOT EXISTS (SELECT 1 FROM activities
                                                WHERE committee_id IN (c.id, c.merged_into)
                                                  AND day >= l.answered_on
                                                  AND removed_at IS NULL)
                                AND NOT EXISTS (SELECT 1 FROM contacts
                                                WHERE committee_id IN (c.id, c.merged_into)
                                                  AND day >= l.answered_on
                                                  AND struck_at = '')
                               THEN l.answered_on END
                        END,
                        l.committee_id
                 FROM letters AS l
                 JOIN committees AS c ON c.id = l.committee_id
                 WHERE l.number IS NOT NULL
                   AND $4 IN ('', 'letter')
                   AND ($2 IS NULL OR l.committee_id IN (SELECT id FROM here))
                   AND substr(c.street_code, 1, length($3)) = $3
                   AND substr(l.issued_on, 1, length($5)) = $5
                   AND ($1 IS NULL
                        OR (l.every_branch = 0
                            AND NOT EXISTS (SELECT 1
                                            FROM letter_branches AS x
                                            JOIN branches AS b ON b.id = x.branch_id
                                            WHERE x.letter_id = l.id
                                              AND coalesce(b.merged_into, b.id)
                                                  NOT IN (SELECT value FROM json_each($1)))))
                 UNION ALL
                 SELECT k.day || ' 1 ' || printf('%012d', k.id), k.kind, k.id, k.day,
                        CASE WHEN k.outcome = '' AND coalesce(k.due, '') <= $6
                              AND (k.promised <> '' OR k.kind = 'asked')
                             THEN coalesce(k.due, k.day) END,
                        k.committee_id
                 FROM contacts AS k
                 LEFT JOIN committees AS c ON c.id = k.committee_id
                 LEFT JOIN members AS m ON m.id = k.member_id
                 WHERE k.struck_at = ''
                   AND $4 IN ('', k.kind)
                   AND ($2 IS NULL OR k.committee_id IN (SELECT id FROM here))
                   AND ($3 = '' OR substr(c.street_code, 1, length($3)) = $3)
                   AND substr(k.day, 1, length($5)) = $5
                   AND ($1 IS NULL OR k.member_id IS NULL
                        OR m.branch_id IN (SELECT value FROM json_each($1)))
             ) ",
            $($rest),*
        )
    };
}

macro_rules! told {
    ($shown:literal, $order:literal) => {
        ledger!(
            ", shown (key, kind, id, day, since, committee_id) AS MATERIALIZED (",
            $shown,
            ")
             SELECT g.key, g.kind, g.id, g.day, g.since, c.id AS committee_id,
                    coalesce(c.name, '') AS committee, coalesce(s.name, '') AS street,
                    coalesce(l.reference, '') AS reference, coalesce(l.state, '') AS state,
                    l.sent_on, l.sent_way, l.received_on, coalesce(l.received_by, '') AS received_by,
                    l.reminded_on, l.answered_on, coalesce(l.answered_by, '') AS answered_by,
                    l.withdrawn_on, k.member_id, coalesce(m.name, '') AS member,
                    coalesce(k.person, '') AS person, coalesce(k.words, '') AS words,
                    coalesce(k.promised, l.reply, '') AS promised, k.due,
                    coalesce(k.outcome, '') AS outcome, k.outcome_on,
                    (SELECT count(*) FROM needs
                     WHERE committee_id = c.id AND created_at >= n.since
                       AND created_at < n.until) AS needs,
                    (SELECT count(*) FROM offers
                     WHERE committee_id = c.id AND created_at >= n.since
                       AND created_at < n.until) AS offers,
                    (SELECT count(*) FROM activities
                     WHERE committee_id = c.id AND removed_at IS NULL AND day >= n.since
                       AND day < n.until AND day <= $6) AS activities
             FROM shown AS g
             LEFT JOIN letters AS l ON g.kind = 'letter' AND l.id = g.id
             LEFT JOIN (SELECT x.id AS letter_id,
                               coalesce(x.sent_on, x.received_on, x.answered_on) AS since,
                               coalesce(min(y.issued_on), '9999') AS until
                        FROM letters AS x
                        LEFT JOIN letters AS y ON y.committee_id = x.committee_id
                                              AND y.issued_on > x.issued_on
                                              AND y.state <> 'withdrawn'
                        WHERE x.id IN (SELECT id FROM shown WHERE kind = 'letter')
                        GROUP BY x.id) AS n ON n.letter_id = l.id
             LEFT JOIN contacts AS k ON g.kind <> 'letter' AND k.id = g.id
             LEFT JOIN members AS m ON m.id = k.member_id
             LEFT JOIN committees AS o ON o.id = g.committee_id
             LEFT JOIN committees AS c ON c.id = coalesce(o.merged_into, o.id)
             LEFT JOIN streets AS s ON s.code = c.street_code
             ORDER BY g.key ",
            $order
        )
    };
}

/// Lines of the ledger, at most so many.
pub(super) async fn lines(
    connection: &mut Connection,
    which: &Which,
    limit: i64,
) -> Result<Vec<Line>> {
    let sql = if which.open {
        told!(
            "SELECT since || ' ' || place AS key, kind, id, day, since, committee_id
             FROM entries
             WHERE since IS NOT NULL AND ($7 IS NULL OR since || ' ' || place > $7)
             ORDER BY key
             LIMIT $8",
            ""
        )
    } else {
        told!(
            "SELECT place AS key, kind, id, day, since, committee_id
             FROM entries
             WHERE $7 IS NULL OR place < $7
             ORDER BY key DESC
             LIMIT $8",
            "DESC"
        )
    };
    sqlx::query_as(sql)
        .bind(&which.branches)
        .bind(which.committee)
        .bind(&which.area)
        .bind(&which.kind)
        .bind(&which.year)
        .bind(&which.today)
        .bind(&which.after)
        .bind(limit)
        .fetch_all(connection)
        .await
}

/// How many lines there are, how many of them wait, and since when the one that waits longest does.
pub(super) async fn counts(
    connection: &mut Connection,
    which: &Which,
) -> Result<(i64, i64, Option<String>)> {
    sqlx::query_as(ledger!("SELECT count(*), count(since), min(since) FROM entries"))
        .bind(&which.branches)
        .bind(which.committee)
        .bind(&which.area)
        .bind(&which.kind)
        .bind(&which.year)
        .bind(&which.today)
        .fetch_one(connection)
        .await
}

/// The years of which there are lines, the latest first.
pub(super) async fn years(connection: &mut Connection) -> Result<Vec<String>> {
    sqlx::query_scalar(
        "SELECT substr(issued_on, 1, 4) AS year FROM letters WHERE issued_on IS NOT NULL
         UNION
         SELECT substr(day, 1, 4) FROM contacts
         ORDER BY year DESC",
    )
    .fetch_all(connection)
    .await
}
