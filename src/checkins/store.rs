//! Who has not checked in yet, and the sheets that were printed for them.

use serde_json::json;
use sqlx::FromRow;

use super::Shape;
use crate::audit::Actor;
use crate::committees::Committee;
use crate::db::{Connection, Result, now};
use crate::lang::Language;
use crate::letters::LetterSettings;
use crate::text::PaperCode;

/// When a slip was printed for whom it is about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum LastPrinted {
    /// At any time, or never.
    #[default]
    Any,
    /// Never, for the committee of their home.
    Never,
    /// For the last time before this point in time.
    Before(String),
}

/// Which members without a receipt.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// JSON of the viewer's branches; `None`: every member.
    pub branches: Option<String>,
    /// Of this branch.
    pub branch: Option<i64>,
    /// At this committee.
    pub committee: Option<i64>,
    /// In this district or sub-district, by its code; empty: anywhere.
    pub area: String,
    /// When their slip was printed.
    pub printed: LastPrinted,
    /// Only these (JSON of `members.id`).
    pub ids: Option<String>,
    /// Only behind this place in the phone book (`members.sort_key`).
    pub after: Option<i64>,
}

/// A member without a receipt of the committee of their home.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Missing {
    /// `members.id`.
    pub id: i64,
    /// The place in the phone book.
    pub sort_key: i64,
    /// The name.
    pub name: String,
    /// The branch's name, or empty.
    pub branch: String,
    /// `committees.id` of the home or host committee.
    pub committee_id: i64,
    /// Its name.
    pub committee: String,
    /// The sub-district's name.
    pub street: String,
    /// When a slip for it was printed last.
    pub printed_at: Option<String>,
}

/// Where members without a receipt are looked for: among all in the order of the phone book, or at
/// one committee; each reads one index. $6 is empty for those whose slip was never printed, else a
/// point in time before which it was.
macro_rules! missing {
    ($what:literal, $from:literal, $rest:literal) => {
        concat!(
            "SELECT ",
            $what,
            " FROM ",
            $from,
            " JOIN committees AS c ON c.id = coalesce(m.committee_id, m.host_committee_id)
             JOIN streets AS s ON s.code = c.street_code
             LEFT JOIN branches AS b ON b.id = m.branch_id
             WHERE m.removed_at IS NULL
               AND m.agreed = 1
               AND NOT EXISTS (SELECT 1 FROM checkins AS k
                               WHERE k.member_id = m.id AND k.struck_at = ''
                                 AND k.committee_id = c.id)
               AND ($1 IS NULL OR m.branch_id IN (SELECT value FROM json_each($1)))
               AND ($2 IS NULL OR m.branch_id = $2)
               AND substr(c.street_code, 1, length($3)) = $3
               AND ($4 IS NULL OR c.id = $4)
               AND ($5 IS NULL OR m.id IN (SELECT value FROM json_each($5)))
               AND ($6 IS NULL
                    OR coalesce((SELECT max(h.printed_at)
                                 FROM checkin_slips AS x
                                 JOIN checkin_sheets AS h ON h.id = x.sheet_id
                                 WHERE x.member_id = m.id AND h.committee_id = c.id), '')
                       BETWEEN CASE WHEN $6 = '' THEN '' ELSE '0' END AND $6)
               AND ($7 IS NULL OR m.sort_key > $7) ",
            $rest
        )
    };
}

macro_rules! at_one {
    ($what:literal, $rest:literal) => {
        missing!(
            $what,
            "(SELECT id FROM members WHERE committee_id = $4 AND removed_at IS NULL
              UNION ALL
              SELECT id FROM members WHERE host_committee_id = $4 AND removed_at IS NULL) AS h
             JOIN members AS m ON m.id = h.id",
            $rest
        )
    };
}

macro_rules! lines {
    ($from:ident) => {
        $from!(
            "m.id, m.sort_key, m.name, coalesce(b.name, '') AS branch, c.id AS committee_id,
             c.name AS committee, s.name AS street,
             (SELECT max(h.printed_at)
              FROM checkin_slips AS x
              JOIN checkin_sheets AS h ON h.id = x.sheet_id
              WHERE x.member_id = m.id AND h.committee_id = c.id) AS printed_at",
            "ORDER BY m.sort_key LIMIT $8"
        )
    };
}

macro_rules! count {
    ($from:ident) => {
        concat!("SELECT count(*) FROM (", $from!("1", "LIMIT $8"), ")")
    };
}

macro_rules! everywhere {
    ($what:literal, $rest:literal) => {
        missing!($what, "members AS m", $rest)
    };
}

impl Wanted {
    /// What the last print is compared with: NULL for any, empty for never, else before this.
    fn printed(&self) -> Option<&str> {
        match &self.printed {
            LastPrinted::Any => None,
            LastPrinted::Never => Some(""),
            LastPrinted::Before(at) => Some(at),
        }
    }
}

/// Members without a receipt in the order of the phone book, at most so many.
pub async fn missing(
    connection: &mut Connection,
    wanted: &Wanted,
    limit: i64,
) -> Result<Vec<Missing>> {
    let sql = if wanted.committee.is_some() { lines!(at_one) } else { lines!(everywhere) };
    sqlx::query_as(sql)
        .bind(&wanted.branches)
        .bind(wanted.branch)
        .bind(&wanted.area)
        .bind(wanted.committee)
        .bind(&wanted.ids)
        .bind(wanted.printed())
        .bind(wanted.after)
        .bind(limit)
        .fetch_all(connection)
        .await
}

/// How many they are, counted up to a limit.
pub async fn count_missing(
    connection: &mut Connection,
    wanted: &Wanted,
    limit: i64,
) -> Result<i64> {
    let sql = if wanted.committee.is_some() { count!(at_one) } else { count!(everywhere) };
    sqlx::query_scalar(sql)
        .bind(&wanted.branches)
        .bind(wanted.branch)
        .bind(&wanted.area)
        .bind(wanted.committee)
        .bind(&wanted.ids)
        .bind(wanted.printed())
        .bind(None::<i64>)
        .bind(limit)
        .fetch_one(connection)
        .await
}

/// How many are missing at each committee (`committees.id`).
pub async fn missing_by_committee(
    connection: &mut Connection,
    wanted: &Wanted,
) -> Result<Vec<(i64, i64)>> {
    let sql = if wanted.committee.is_some() {
        at_one!("c.id, count(*)", "GROUP BY c.id")
    } else {
        everywhere!("c.id, count(*)", "GROUP BY c.id")
    };
    sqlx::query_as(sql)
        .bind(&wanted.branches)
        .bind(wanted.branch)
        .bind(&wanted.area)
        .bind(wanted.committee)
        .bind(&wanted.ids)
        .bind(wanted.printed())
        .bind(None::<i64>)
        .fetch_all(connection)
        .await
}

/// A sheet that is to be kept.
#[derive(Debug, Clone, Copy)]
pub(super) struct NewSheet<'a> {
    /// The sheets that it is printed with; `None` for the first of them.
    pub batch: Option<i64>,
    pub shape: Shape,
    pub language: Language,
    pub committee: &'a Committee,
    pub settings: &'a LetterSettings,
    pub members: &'a [i64],
}

/// Keeps a sheet and its slips, with what is on record of its members today; its `id`.
pub(super) async fn insert(
    connection: &mut Connection,
    actor: Actor,
    new: NewSheet<'_>,
) -> Result<i64> {
    let details = &new.committee.details;
    let id: i64 = sqlx::query_scalar(
        "INSERT INTO checkin_sheets (code, batch, committee_id, shape, language, committee, party,
                                     office, contact, phone, printed_at, printed_by)
         VALUES ($1, coalesce($2, 0), $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
         RETURNING id",
    )
    .bind(PaperCode::fresh().as_str())
    .bind(new.batch)
    .bind(new.committee.id)
    .bind(new.shape.name())
    .bind(new.language.tag())
    .bind(format!("{}{}", new.committee.street.1, details.name))
    .bind(&details.party_name)
    .bind(&new.settings.office)
    .bind(&new.settings.contact)
    .bind(&new.settings.phone)
    .bind(now())
    .bind(actor.account_id())
    .fetch_one(&mut *connection)
    .await?;
    if new.batch.is_none() {
        sqlx::query("UPDATE checkin_sheets SET batch = id WHERE id = $1")
            .bind(id)
            .execute(&mut *connection)
            .await?;
    }
    let codes: Vec<_> =
        new.members.iter().map(|member| json!([member, PaperCode::fresh().as_str()])).collect();
    sqlx::query(
        "INSERT INTO checkin_slips (sheet_id, place, code, member_id, printed_for, name, branch,
                                    address, skills, phone)
         SELECT $1, w.key + 1, w.value ->> 1, m.id, m.id, m.name, coalesce(b.name, ''), m.address,
                coalesce((SELECT group_concat(k.name, '、' ORDER BY x.place, k.id)
                          FROM member_skills AS x
                          JOIN skills AS k ON k.id = x.skill_id
                          WHERE x.member_id = m.id), ''),
                CASE WHEN m.agreed_phone = 1 THEN m.phone ELSE '' END
         FROM json_each($2) AS w
         JOIN members AS m ON m.id = w.value ->> 0
         LEFT JOIN branches AS b ON b.id = m.branch_id
         WHERE m.agreed = 1 AND m.removed_at IS NULL",
    )
    .bind(id)
    .bind(json!(codes).to_string())
    .execute(connection)
    .await?;
    Ok(id)
}

/// A sheet as it was printed.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Sheet {
    /// `checkin_sheets.id`.
    pub id: i64,
    /// The code of the list, without the sign in its middle.
    pub code: String,
    /// Sheets printed at once have the same.
    pub batch: i64,
    /// `committees.id`.
    pub committee_id: i64,
    /// What is printed.
    #[sqlx(try_from = "String")]
    pub shape: Shape,
    #[sqlx(rename = "language")]
    tag: String,
    /// What the committee was called, with its sub-district.
    pub committee: String,
    /// What the Party organisation was called, or empty.
    pub party: String,
    /// Who sent the members.
    pub office: String,
    /// Whom to ask there.
    pub contact: String,
    /// Under which phone.
    pub phone: String,
    /// When it was printed.
    pub printed_at: String,
    /// By whom.
    pub printed_by: Option<String>,
}

impl Sheet {
    /// Its language.
    pub fn language(&self) -> Language {
        self.tag.parse().unwrap_or_default()
    }
}

macro_rules! sheets {
    ($rest:literal) => {
        concat!(
            "SELECT h.id, h.code, h.batch, h.committee_id, h.shape,
                    h.language, h.committee, h.party, h.office, h.contact, h.phone, h.printed_at,
                    u.display_name AS printed_by
             FROM checkin_sheets AS h
             LEFT JOIN accounts AS u ON u.id = h.printed_by ",
            $rest
        )
    };
}

/// One sheet.
pub(super) async fn sheet(connection: &mut Connection, id: i64) -> Result<Option<Sheet>> {
    sqlx::query_as(sheets!("WHERE h.id = $1")).bind(id).fetch_optional(connection).await
}

/// The sheets that were printed at once, in the order of printing.
pub(super) async fn of_batch(connection: &mut Connection, batch: i64) -> Result<Vec<Sheet>> {
    sqlx::query_as(sheets!("WHERE h.batch = $1 ORDER BY h.id"))
        .bind(batch)
        .fetch_all(connection)
        .await
}

/// Where the paper with this code leads: its sheet, and for a member's own slip its place there.
pub(super) async fn by_code(
    connection: &mut Connection,
    code: &PaperCode,
) -> Result<Option<(i64, Option<i64>)>> {
    sqlx::query_as(
        "SELECT id, NULL FROM checkin_sheets WHERE code = $1
         UNION ALL
         SELECT sheet_id, place FROM checkin_slips WHERE code = $1",
    )
    .bind(code.as_str())
    .fetch_optional(connection)
    .await
}

/// A member's slip as it was printed, and the receipt of its committee.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Slip {
    /// From 1.
    pub place: i64,
    /// The slip's own code, without the sign in its middle.
    pub code: String,
    /// Whose it is (`members.id`).
    pub member_id: i64,
    /// The name.
    pub name: String,
    /// The branch's name, or empty.
    pub branch: String,
    /// The home address.
    pub address: String,
    /// What they can do.
    pub skills: String,
    /// The phone, where they agreed to it.
    pub phone: String,
    /// The receipt (`checkins.id`).
    pub checkin_id: Option<i64>,
    /// The day on which the committee accepted.
    pub accepted_on: Option<String>,
    /// Who accepted there.
    pub accepted_by: Option<String>,
}

/// The slips of a sheet whose members belong to these branches now (JSON; `None`: all).
pub async fn slips(
    connection: &mut Connection,
    sheet: i64,
    branches: Option<&str>,
) -> Result<Vec<Slip>> {
    sqlx::query_as(
        "SELECT x.place, x.code, x.member_id, x.name, x.branch, x.address, x.skills, x.phone,
                k.id AS checkin_id, k.accepted_on, k.accepted_by
         FROM checkin_slips AS x
         JOIN checkin_sheets AS h ON h.id = x.sheet_id
         JOIN members AS m ON m.id = x.member_id
         LEFT JOIN checkins AS k ON k.id = (SELECT min(id) FROM checkins
                                            WHERE member_id = x.member_id AND struck_at = ''
                                              AND committee_id = h.committee_id)
         WHERE x.sheet_id = $1
           AND ($2 IS NULL OR m.branch_id IN (SELECT value FROM json_each($2)))
         ORDER BY x.place",
    )
    .bind(sheet)
    .bind(branches)
    .fetch_all(connection)
    .await
}

/// What a member's page says of checking in.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Standing {
    /// The home or host committee; `None` where there is none yet.
    pub committee_id: Option<i64>,
    /// The receipt (`checkins.id`).
    pub checkin_id: Option<i64>,
    /// The day on which the committee accepted.
    pub accepted_on: Option<String>,
    /// Who accepted there.
    pub accepted_by: Option<String>,
    /// When a slip for this committee was printed last.
    pub printed_at: Option<String>,
    /// On which sheet.
    pub sheet_id: Option<i64>,
}

/// Whether a member has checked in at the committee of their home.
pub async fn standing(connection: &mut Connection, member: i64) -> Result<Option<Standing>> {
    sqlx::query_as(
        "SELECT coalesce(m.committee_id, m.host_committee_id) AS committee_id, k.id AS checkin_id,
                k.accepted_on, k.accepted_by, h.printed_at, h.id AS sheet_id
         FROM members AS m
         LEFT JOIN checkins AS k
                ON k.id = (SELECT min(id) FROM checkins
                           WHERE member_id = m.id AND struck_at = ''
                             AND committee_id = coalesce(m.committee_id, m.host_committee_id))
         LEFT JOIN checkin_sheets AS h
                ON h.id = (SELECT max(g.id)
                           FROM checkin_slips AS x
                           JOIN checkin_sheets AS g ON g.id = x.sheet_id
                           WHERE x.member_id = m.id
                             AND g.committee_id = coalesce(m.committee_id, m.host_committee_id))
         WHERE m.id = $1",
    )
    .bind(member)
    .fetch_optional(connection)
    .await
}

/// A slip that passed a member on.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct PassedOn {
    /// `checkin_sheets.id`.
    pub sheet_id: i64,
    /// When it was printed.
    pub printed_at: String,
    /// For which committee; `committees.id`.
    pub committee_id: i64,
    /// What it was called then.
    pub committee: String,
    /// Whether the address was given.
    pub address: bool,
    /// Whether skills were given.
    pub skills: bool,
    /// Whether the phone was given.
    pub phone: bool,
}

/// The slips that passed a member on, the latest first.
pub async fn passed_on(connection: &mut Connection, member: i64) -> Result<Vec<PassedOn>> {
    sqlx::query_as(
        "SELECT h.id AS sheet_id, h.printed_at, h.committee_id, h.committee, x.address <> '' AS address,
                x.skills <> '' AS skills, x.phone <> '' AS phone
         FROM checkin_slips AS x
         JOIN checkin_sheets AS h ON h.id = x.sheet_id
         WHERE x.member_id = $1
         ORDER BY h.id DESC
         LIMIT 200",
    )
    .bind(member)
    .fetch_all(connection)
    .await
}

/// Gives a member who is merged into another their slips and receipts.
pub async fn move_to_member(connection: &mut Connection, gone: i64, kept: i64) -> Result<()> {
    for sql in [
        "UPDATE checkin_slips SET member_id = $2 WHERE member_id = $1",
        "UPDATE checkins SET member_id = $2 WHERE member_id = $1",
    ] {
        sqlx::query(sql).bind(gone).bind(kept).execute(&mut *connection).await?;
    }
    Ok(())
}

/// Gives a member whose merge is taken back their slips and receipts, and those of whoever is still
/// merged into them.
pub async fn move_back(connection: &mut Connection, gone: i64) -> Result<()> {
    for sql in [
        "WITH RECURSIVE part (id) AS (
             SELECT $1
             UNION
             SELECT m.id FROM part JOIN members AS m ON m.merged_into = part.id
         )
         UPDATE checkin_slips SET member_id = $1 WHERE printed_for IN (SELECT id FROM part)",
        "WITH RECURSIVE part (id) AS (
             SELECT $1
             UNION
             SELECT m.id FROM part JOIN members AS m ON m.merged_into = part.id
         )
         UPDATE checkins SET member_id = $1 WHERE noted_for IN (SELECT id FROM part)",
    ] {
        sqlx::query(sql).bind(gone).execute(&mut *connection).await?;
    }
    Ok(())
}

/// Gives the receipts of a committee that is merged into another to that one.
pub async fn move_to_committee(connection: &mut Connection, id: i64, into: i64) -> Result<()> {
    for sql in [
        "UPDATE checkins SET committee_id = $2 WHERE committee_id = $1",
        "UPDATE checkin_sheets SET committee_id = $2 WHERE committee_id = $1",
    ] {
        sqlx::query(sql).bind(id).bind(into).execute(&mut *connection).await?;
    }
    Ok(())
}
