//! Contacts.

use sqlx::FromRow;

use super::{ContactDetails, Kind};
use crate::audit::Actor;
use crate::db::{Connection, Result, now};

/// A contact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    /// `contacts.id`.
    pub id: i64,
    /// What is kept of it.
    pub details: ContactDetails,
    /// What the committee is called now, or empty.
    pub committee: String,
    /// What the member is called now, or empty.
    pub member: String,
    /// The member's branch now.
    pub branch: Option<i64>,
    /// When it was entered.
    pub noted_at: String,
    /// By whom.
    pub noted_by: Option<String>,
    /// When it was struck; empty: it holds.
    pub struck_at: String,
    /// Why.
    pub struck_why: String,
    /// Counts the changes.
    pub version: i64,
}

#[derive(FromRow)]
struct Row {
    id: i64,
    kind: String,
    day: String,
    committee_id: Option<i64>,
    member_id: Option<i64>,
    person: String,
    words: String,
    promised: String,
    due: Option<String>,
    outcome: String,
    committee: String,
    member: String,
    branch_id: Option<i64>,
    noted_at: String,
    noted_by: Option<String>,
    struck_at: String,
    struck_why: String,
    version: i64,
}

impl TryFrom<Row> for Contact {
    type Error = sqlx::Error;

    fn try_from(row: Row) -> Result<Self> {
        let unknown = || sqlx::Error::Decode(format!("no kind of contact: {}", row.kind).into());
        Ok(Self {
            id: row.id,
            details: ContactDetails {
                kind: Kind::from_name(&row.kind).ok_or_else(unknown)?,
                day: row.day,
                committee: row.committee_id,
                member: row.member_id,
                person: row.person,
                words: row.words,
                promised: row.promised,
                due: row.due,
                outcome: row.outcome,
            },
            committee: row.committee,
            member: row.member,
            branch: row.branch_id,
            noted_at: row.noted_at,
            noted_by: row.noted_by,
            struck_at: row.struck_at,
            struck_why: row.struck_why,
            version: row.version,
        })
    }
}

macro_rules! contacts {
    ($rest:literal) => {
        concat!(
            "SELECT k.id, k.kind, k.day, k.committee_id, k.member_id, k.person, k.words, k.promised,
                    k.due, k.outcome, coalesce(c.name, '') AS committee,
                    coalesce(m.name, '') AS member, m.branch_id, k.noted_at,
                    u.display_name AS noted_by, k.struck_at, k.struck_why, k.version
             FROM contacts AS k
             LEFT JOIN committees AS c ON c.id = k.committee_id
             LEFT JOIN members AS m ON m.id = k.member_id
             LEFT JOIN accounts AS u ON u.id = k.noted_by ",
            $rest
        )
    };
}

/// A contact, a struck one too.
///
/// # Errors
/// When the database fails.
pub async fn contact(connection: &mut Connection, id: i64) -> Result<Option<Contact>> {
    let row: Option<Row> =
        sqlx::query_as(contacts!("WHERE k.id = $1")).bind(id).fetch_optional(connection).await?;
    row.map(Contact::try_from).transpose()
}

/// When a member asked for work and what they got, the latest first.
///
/// # Errors
/// When the database fails.
pub async fn of_member(connection: &mut Connection, member: i64) -> Result<Vec<Contact>> {
    let rows: Vec<Row> = sqlx::query_as(contacts!(
        "WHERE k.member_id = $1 AND k.struck_at = '' ORDER BY k.day DESC, k.id DESC LIMIT 200"
    ))
    .bind(member)
    .fetch_all(connection)
    .await?;
    rows.into_iter().map(Contact::try_from).collect()
}

/// Who was spoken to at a committee the last time; `None` where nobody was.
pub(super) async fn last_person(
    connection: &mut Connection,
    committee: i64,
) -> Result<Option<String>> {
    sqlx::query_scalar(
        "SELECT person
         FROM contacts
         WHERE committee_id = $1 AND person <> '' AND struck_at = ''
         ORDER BY day DESC, id DESC
         LIMIT 1",
    )
    .bind(committee)
    .fetch_optional(connection)
    .await
}

/// Keeps a contact; its `id`. `today` is the day of the outcome, if there is one.
pub(super) async fn insert(
    connection: &mut Connection,
    actor: Actor,
    details: &ContactDetails,
    today: &str,
) -> Result<i64> {
    sqlx::query_scalar(
        "INSERT INTO contacts (kind, day, committee_id, member_id, noted_for, person, words,
                               promised, due, outcome, outcome_on, noted_at, noted_by)
         VALUES ($1, $2, $3, $4, $4, $5, $6, $7, $8, $9, CASE WHEN $9 <> '' THEN $10 END, $11, $12)
         RETURNING id",
    )
    .bind(details.kind.name())
    .bind(&details.day)
    .bind(details.committee)
    .bind(details.member)
    .bind(&details.person)
    .bind(&details.words)
    .bind(&details.promised)
    .bind(&details.due)
    .bind(&details.outcome)
    .bind(today)
    .bind(now())
    .bind(actor.account_id())
    .fetch_one(connection)
    .await
}

/// Changes what a contact says. The day of the outcome is that on which it was first entered.
pub(super) async fn update(
    connection: &mut Connection,
    id: i64,
    details: &ContactDetails,
    today: &str,
) -> Result<()> {
    sqlx::query(
        "UPDATE contacts
         SET kind = $2, day = $3, committee_id = $4,
             noted_for = CASE WHEN member_id IS $5 THEN noted_for ELSE $5 END, member_id = $5,
             person = $6, words = $7, promised = $8, due = $9, outcome = $10,
             outcome_on = CASE WHEN $10 <> '' THEN coalesce(outcome_on, $11) END,
             version = version + 1
         WHERE id = $1",
    )
    .bind(id)
    .bind(details.kind.name())
    .bind(&details.day)
    .bind(details.committee)
    .bind(details.member)
    .bind(&details.person)
    .bind(&details.words)
    .bind(&details.promised)
    .bind(&details.due)
    .bind(&details.outcome)
    .bind(today)
    .execute(connection)
    .await?;
    Ok(())
}

/// Strikes a contact for a reason; it stays.
pub(super) async fn strike(
    connection: &mut Connection,
    id: i64,
    actor: Actor,
    why: &str,
) -> Result<()> {
    sqlx::query(
        "UPDATE contacts
         SET struck_at = $2, struck_by = $3, struck_why = $4, version = version + 1
         WHERE id = $1",
    )
    .bind(id)
    .bind(now())
    .bind(actor.account_id())
    .bind(why)
    .execute(connection)
    .await?;
    Ok(())
}

/// Takes that back.
pub(super) async fn restore(connection: &mut Connection, id: i64) -> Result<()> {
    sqlx::query(
        "UPDATE contacts
         SET struck_at = '', struck_by = NULL, struck_why = '', version = version + 1
         WHERE id = $1",
    )
    .bind(id)
    .execute(connection)
    .await?;
    Ok(())
}

/// Gives a member who is merged into another what they asked for.
///
/// # Errors
/// When the database fails.
pub async fn move_to_member(connection: &mut Connection, gone: i64, kept: i64) -> Result<()> {
    sqlx::query("UPDATE contacts SET member_id = $2 WHERE member_id = $1")
        .bind(gone)
        .bind(kept)
        .execute(connection)
        .await?;
    Ok(())
}

/// Gives a member whose merge is taken back what they asked for, and what whoever is still merged
/// into them did.
///
/// # Errors
/// When the database fails.
pub async fn move_back(connection: &mut Connection, gone: i64) -> Result<()> {
    sqlx::query(
        "WITH RECURSIVE part (id) AS (
             SELECT $1
             UNION
             SELECT m.id FROM part JOIN members AS m ON m.merged_into = part.id
         )
         UPDATE contacts SET member_id = $1 WHERE noted_for IN (SELECT id FROM part)",
    )
    .bind(gone)
    .execute(connection)
    .await?;
    Ok(())
}

/// Gives the contacts of a committee that is merged into another to that one.
///
/// # Errors
/// When the database fails.
pub async fn move_to_committee(connection: &mut Connection, id: i64, into: i64) -> Result<()> {
    sqlx::query("UPDATE contacts SET committee_id = $2 WHERE committee_id = $1")
        .bind(id)
        .bind(into)
        .execute(connection)
        .await?;
    Ok(())
}

/// Takes the names of someone who is erased out of what was said with committees.
///
/// # Errors
/// When the database fails.
pub async fn forget_names(connection: &mut Connection, names: &[String]) -> Result<()> {
    for name in names {
        sqlx::query(
            "UPDATE contacts
             SET person = replace(person, $1, '…'), words = replace(words, $1, '…'),
                 promised = replace(promised, $1, '…'), outcome = replace(outcome, $1, '…'),
                 struck_why = replace(struck_why, $1, '…')
             WHERE instr(person || ' ' || words || ' ' || promised || ' ' || outcome || ' '
                         || struck_why, $1) > 0",
        )
        .bind(name)
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}
