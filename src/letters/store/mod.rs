//! Letters, what the office writes on them, and whom they pass on.

mod addressees;
mod board;
mod settings;

pub use addressees::Addressee;
pub(super) use addressees::{Addressees, addressees};
pub use board::LetterLine;
pub(super) use board::{Listed, counts, districts, lines, years};
pub use settings::settings;
pub(super) use settings::{put_settings, put_template, template};

use sqlx::FromRow;

use super::content::Content;
use super::{State, Step};
use crate::db::{Connection, Result, now};
use crate::lang::Language;

/// Letters that are made together; the batch's `id`.
pub(super) async fn insert_batch(connection: &mut Connection, account: Option<i64>) -> Result<i64> {
    sqlx::query_scalar("INSERT INTO letter_batches (at, account_id) VALUES ($1, $2) RETURNING id")
        .bind(now())
        .bind(account)
        .fetch_one(connection)
        .await
}

/// A new letter.
#[derive(Debug, Clone, Copy)]
pub(super) struct NewLetter<'a> {
    pub batch: i64,
    pub committee: i64,
    pub language: Language,
    /// The branches whose members it may hold; `None`: all members.
    pub branches: Option<&'a [i64]>,
    pub year: i64,
    pub account: Option<i64>,
}

/// Adds a draft; its `id`.
pub(super) async fn insert(connection: &mut Connection, new: NewLetter<'_>) -> Result<i64> {
    let id: i64 = sqlx::query_scalar(
        "INSERT INTO letters (batch_id, committee_id, language, every_branch, state, year,
                              created_at, created_by)
         VALUES ($1, $2, $3, $4, 'draft', $5, $6, $7)
         RETURNING id",
    )
    .bind(new.batch)
    .bind(new.committee)
    .bind(new.language.tag())
    .bind(new.branches.is_none())
    .bind(new.year)
    .bind(now())
    .bind(new.account)
    .fetch_one(&mut *connection)
    .await?;
    sqlx::query(
        "INSERT INTO letter_branches (letter_id, branch_id) SELECT $1, value FROM json_each($2)",
    )
    .bind(id)
    .bind(serde_json::json!(new.branches.unwrap_or_default()).to_string())
    .execute(connection)
    .await?;
    Ok(id)
}

/// A letter.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Letter {
    /// `letters.id`.
    pub id: i64,
    /// The letters that it was made with.
    pub batch_id: i64,
    /// To whom; `committees.id`.
    pub committee_id: i64,
    #[sqlx(rename = "language")]
    tag: String,
    /// Where it stands.
    #[sqlx(try_from = "String")]
    pub state: State,
    /// Its number as it is written; empty for a draft.
    pub reference: String,
    content: Option<String>,
    /// How many members were left out.
    pub withheld: i64,
    /// When it was made.
    pub created_at: String,
    /// By whom.
    pub created_by: Option<String>,
    /// The letter's day.
    pub issued_on: Option<String>,
    /// When it was sent.
    pub sent_on: Option<String>,
    /// How; see [`super::Way`].
    pub sent_way: Option<String>,
    /// When the committee confirmed that it came.
    pub received_on: Option<String>,
    /// Who confirmed.
    pub received_by: String,
    /// When it was last asked for a reply.
    pub reminded_on: Option<String>,
    /// The reply's day.
    pub answered_on: Option<String>,
    /// Who replied.
    pub answered_by: String,
    /// Whether by the committee's own link.
    pub answered_there: bool,
    /// What they replied.
    pub reply: String,
    /// When it was taken back.
    pub withdrawn_on: Option<String>,
    /// Why.
    pub withdrawn_why: String,
    /// Counts the changes.
    pub version: i64,
}

impl Letter {
    /// Its language.
    pub fn language(&self) -> Language {
        self.tag.parse().unwrap_or_default()
    }

    /// What it says; `None` for a draft.
    ///
    /// # Errors
    /// When what the database holds is no content.
    pub fn content(&self) -> Result<Option<Content>> {
        let content = self.content.as_deref().map(serde_json::from_str).transpose();
        content.map_err(|e| sqlx::Error::Decode(e.into()))
    }
}

/// A letter that a viewer of these branches may see (`None`: every one).
pub async fn letter(
    connection: &mut Connection,
    id: i64,
    branches: Option<&str>,
) -> Result<Option<Letter>> {
    sqlx::query_as(
        "SELECT l.id, l.batch_id, l.committee_id, l.language, l.state, l.reference, l.content,
                l.withheld, l.created_at, a.display_name AS created_by, l.issued_on, l.sent_on,
                l.sent_way, l.received_on, l.received_by, l.reminded_on, l.answered_on,
                l.answered_by, l.answered_there, l.reply, l.withdrawn_on, l.withdrawn_why,
                l.version
         FROM letters AS l
         LEFT JOIN accounts AS a ON a.id = l.created_by
         WHERE l.id = $1
           AND ($2 IS NULL
                OR (l.every_branch = 0
                    AND NOT EXISTS (SELECT 1
                                    FROM letter_branches AS x
                                    JOIN branches AS b ON b.id = x.branch_id
                                    WHERE x.letter_id = l.id
                                      AND coalesce(b.merged_into, b.id)
                                          NOT IN (SELECT value FROM json_each($2)))))",
    )
    .bind(id)
    .bind(branches)
    .fetch_optional(connection)
    .await
}

/// A member as a letter passes them on; an empty field is not given.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct MemberLine {
    /// `members.id`; `None` once their data was erased.
    pub member_id: Option<i64>,
    /// The name; empty once their data was erased.
    pub name: String,
    /// The home address.
    pub address: String,
    /// What they can do.
    pub skills: String,
    /// The phone, where they agreed to it.
    pub phone: String,
}

/// The branches whose members a letter may hold, as they are called now (JSON); `None`: all members.
pub(super) async fn branches_of(connection: &mut Connection, id: i64) -> Result<Option<String>> {
    sqlx::query_scalar(
        "SELECT CASE WHEN l.every_branch = 0
                     THEN (SELECT json_group_array(coalesce(b.merged_into, b.id))
                           FROM letter_branches AS x
                           JOIN branches AS b ON b.id = x.branch_id
                           WHERE x.letter_id = l.id)
                END
         FROM letters AS l
         WHERE l.id = $1",
    )
    .bind(id)
    .fetch_one(connection)
    .await
}

/// The members of these branches whom a letter to a committee would pass on today, in the order of
/// the phone book: those who stand to be known there.
pub(super) async fn known_at(
    connection: &mut Connection,
    committee: i64,
    branches: Option<&str>,
) -> Result<Vec<MemberLine>> {
    sqlx::query_as(
        "SELECT m.id AS member_id, m.name, m.address,
                coalesce((SELECT group_concat(k.name, '、' ORDER BY x.place, k.id)
                          FROM member_skills AS x
                          JOIN skills AS k ON k.id = x.skill_id
                          WHERE x.member_id = m.id), '') AS skills,
                CASE WHEN m.agreed_phone = 1 THEN m.phone ELSE '' END AS phone
         FROM (SELECT id FROM members
               WHERE committee_id = $1 AND removed_at IS NULL
               UNION ALL
               SELECT id FROM members
               WHERE host_committee_id = $1 AND removed_at IS NULL) AS h
         JOIN members AS m ON m.id = h.id
         WHERE m.agreed = 1
           AND ($2 IS NULL OR m.branch_id IN (SELECT value FROM json_each($2)))
         ORDER BY m.sort_key",
    )
    .bind(committee)
    .bind(branches)
    .fetch_all(connection)
    .await
}

/// How many members of these branches a letter to a committee would leave out today.
pub(super) async fn unknown_at(
    connection: &mut Connection,
    committee: i64,
    branches: Option<&str>,
) -> Result<i64> {
    sqlx::query_scalar(
        "SELECT count(*)
         FROM (SELECT id FROM members
               WHERE committee_id = $1 AND removed_at IS NULL
               UNION ALL
               SELECT id FROM members
               WHERE host_committee_id = $1 AND removed_at IS NULL) AS h
         JOIN members AS m ON m.id = h.id
         WHERE m.agreed = 0
           AND ($2 IS NULL OR m.branch_id IN (SELECT value FROM json_each($2)))",
    )
    .bind(committee)
    .bind(branches)
    .fetch_one(connection)
    .await
}

/// The number that the next letter of a year has; to be asked for in the transaction that gives
/// it.
pub(super) async fn next_number(connection: &mut Connection, year: i64) -> Result<i64> {
    sqlx::query_scalar("SELECT coalesce(max(number), 0) + 1 FROM letters WHERE year = $1")
        .bind(year)
        .fetch_one(connection)
        .await
}

/// What a letter gets when it is issued.
#[derive(Debug, Clone, Copy)]
pub(super) struct Issued<'a> {
    pub committee: i64,
    pub year: i64,
    pub number: i64,
    pub reference: &'a str,
    pub content: &'a Content,
    pub withheld: i64,
    pub day: &'a str,
}

/// Issues a draft, and keeps whom it passes on.
pub(super) async fn issue(
    connection: &mut Connection,
    id: i64,
    issued: Issued<'_>,
    members: &[MemberLine],
) -> Result<()> {
    let content =
        serde_json::to_string(issued.content).map_err(|e| sqlx::Error::Encode(e.into()))?;
    sqlx::query(
        "UPDATE letters
         SET state = 'issued', year = $2, number = $3, reference = $4, content = $5,
             withheld = $6, issued_on = $7, committee_id = $8, version = version + 1
         WHERE id = $1",
    )
    .bind(id)
    .bind(issued.year)
    .bind(issued.number)
    .bind(issued.reference)
    .bind(content)
    .bind(issued.withheld)
    .bind(issued.day)
    .bind(issued.committee)
    .execute(&mut *connection)
    .await?;
    for (place, member) in (1_i64..).zip(members) {
        sqlx::query(
            "INSERT INTO letter_members (letter_id, place, member_id, name, address, skills, phone)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(id)
        .bind(place)
        .bind(member.member_id)
        .bind(&member.name)
        .bind(&member.address)
        .bind(&member.skills)
        .bind(&member.phone)
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}

/// The members whom an issued letter passed on, as it did.
pub async fn members_of(connection: &mut Connection, id: i64) -> Result<Vec<MemberLine>> {
    sqlx::query_as(
        "SELECT member_id, name, address, skills, phone
         FROM letter_members
         WHERE letter_id = $1
         ORDER BY place",
    )
    .bind(id)
    .fetch_all(connection)
    .await
}

/// What a step writes besides the state.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Taken<'a> {
    /// Its day.
    pub day: &'a str,
    /// Who, or how.
    pub by: &'a str,
    /// What was said.
    pub words: &'a str,
    /// Whether by the committee's own link.
    pub there: bool,
}

/// Takes a step from the state that the letter has; issuing has its own function.
pub(super) async fn take(
    connection: &mut Connection,
    id: i64,
    state: State,
    step: Step,
    taken: Taken<'_>,
) -> Result<()> {
    let sql = match step {
        Step::Issue => return Ok(()),
        Step::Send => {
            "UPDATE letters
             SET state = $2, sent_on = $3, sent_way = $4, version = version + 1
             WHERE id = $1"
        }
        Step::Receive => {
            "UPDATE letters
             SET state = $2, received_on = $3, received_by = $4, version = version + 1
             WHERE id = $1"
        }
        Step::Remind => {
            "UPDATE letters
             SET state = $2, reminded_on = $3, version = version + 1
             WHERE id = $1"
        }
        Step::Answer => {
            "UPDATE letters
             SET state = $2, answered_on = $3, answered_by = $4, reply = $5, answered_there = $6,
                 version = version + 1
             WHERE id = $1"
        }
        Step::Withdraw => {
            "UPDATE letters
             SET state = $2, withdrawn_on = $3, withdrawn_why = $5, version = version + 1
             WHERE id = $1"
        }
    };
    sqlx::query(sql)
        .bind(id)
        .bind(state.name())
        .bind(taken.day)
        .bind(taken.by)
        .bind(taken.words)
        .bind(taken.there)
        .execute(connection)
        .await?;
    Ok(())
}

/// Of those whom a letter passed on, who still stands to be known, with what they still agree to.
pub(super) async fn still_known(connection: &mut Connection, id: i64) -> Result<Vec<MemberLine>> {
    sqlx::query_as(
        "SELECT x.member_id, x.name, x.address, x.skills,
                CASE WHEN m.agreed_phone = 1 THEN x.phone ELSE '' END AS phone
         FROM letter_members AS x
         JOIN members AS m ON m.id = x.member_id
         WHERE x.letter_id = $1 AND m.agreed = 1 AND m.removed_at IS NULL
         ORDER BY x.place",
    )
    .bind(id)
    .fetch_all(connection)
    .await
}

/// A letter that passed a member on.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct PassedOn {
    /// `letters.id`.
    pub letter_id: i64,
    /// Its number as it is written.
    pub reference: String,
    /// Its day.
    pub issued_on: String,
    /// To which committee; `committees.id`.
    pub committee_id: i64,
    /// What it was called then.
    pub committee: String,
    /// Whether the name was given; not once it was erased.
    pub name: bool,
    /// Whether the address was given.
    pub address: bool,
    /// Whether skills were given.
    pub skills: bool,
    /// Whether the phone was given.
    pub phone: bool,
    /// When the letter was taken back.
    pub withdrawn_on: Option<String>,
}

/// To whom a member, and who was merged into them, was passed on, the latest first.
pub async fn passed_on(connection: &mut Connection, member: i64) -> Result<Vec<PassedOn>> {
    sqlx::query_as(
        "WITH RECURSIVE part (id) AS (
             SELECT $1
             UNION
             SELECT m.id FROM part JOIN members AS m ON m.merged_into = part.id
         )
         SELECT l.id AS letter_id, l.reference, l.issued_on, l.committee_id,
                json_extract(l.content, '$.committee[0]') AS committee, x.name <> '' AS name,
                x.address <> '' AS address, x.skills <> '' AS skills, x.phone <> '' AS phone,
                l.withdrawn_on
         FROM letter_members AS x
         JOIN letters AS l ON l.id = x.letter_id
         WHERE x.member_id IN (SELECT id FROM part)
         ORDER BY l.issued_on DESC, l.id DESC
         LIMIT 200",
    )
    .bind(member)
    .fetch_all(connection)
    .await
}

/// Takes these members' data out of every letter, before their records go: what stood for a record
/// that was merged away now stands for the one that it became, unless that goes too. The lines
/// stay without words, so that a letter still says how many it passed on.
///
/// # Errors
/// When the database fails.
pub async fn forget_members(connection: &mut Connection, ids: &[i64]) -> Result<()> {
    let ids = serde_json::json!(ids).to_string();
    // A record may have been merged into one that was merged on.
    loop {
        let handed_on = sqlx::query(
            "UPDATE letter_members
             SET member_id = (SELECT merged_into FROM members WHERE id = member_id)
             WHERE member_id IN (SELECT id FROM members
                                 WHERE merged_into IS NOT NULL
                                   AND id IN (SELECT value FROM json_each($1)))",
        )
        .bind(&ids)
        .execute(&mut *connection)
        .await?;
        if handed_on.rows_affected() == 0 {
            break;
        }
    }
    sqlx::query(
        "UPDATE letter_members
         SET member_id = NULL, name = '', address = '', skills = '', phone = ''
         WHERE member_id IN (SELECT value FROM json_each($1))",
    )
    .bind(&ids)
    .execute(connection)
    .await?;
    Ok(())
}
