//! Record cards as they were printed, and what of them the committee confirmed.

use serde_json::json;
use sqlx::FromRow;

use crate::audit::Actor;
use crate::db::{Connection, Result, now};
use crate::text::PaperCode;

/// A card as it was printed.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Card {
    /// `record_cards.id`.
    pub id: i64,
    /// The code, without the sign in its middle.
    pub code: String,
    /// Cards printed at once have the same.
    pub batch: i64,
    /// Whose it is (`members.id`).
    pub member_id: i64,
    /// The member's branch now.
    pub branch_id: Option<i64>,
    /// [`Quarter::code`](crate::activities::Quarter::code).
    pub quarter: String,
    /// The member's name.
    pub name: String,
    /// The employee number, or empty.
    pub number: String,
    /// The branch's name, or empty.
    pub branch: String,
    /// The committee, or empty for what was done anywhere.
    pub committee: String,
    /// When it was printed.
    pub printed_at: String,
    /// By whom.
    pub printed_by: Option<String>,
}

/// A line of a card.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct CardLine {
    /// From 1.
    pub place: i64,
    /// The part that it tells of, while that is on record.
    pub participation_id: Option<i64>,
    /// The day.
    pub day: String,
    /// What the activity was called.
    pub title: String,
    /// [`Area::name`](crate::activities::Area::name).
    pub area: String,
    /// [`Manner::name`](crate::activities::Manner::name).
    pub manner: String,
    /// The committee, or empty.
    pub committee: String,
    /// How often.
    pub times: i64,
    /// How long, in minutes.
    pub minutes: i64,
    /// Whether the part is still what was printed.
    pub same: bool,
    /// When the committee signed it.
    pub signed_on: Option<String>,
    /// When the committee stamped it.
    pub stamped_on: Option<String>,
    /// When that was noted.
    pub confirmed_at: Option<String>,
    /// By whom.
    pub confirmed_by: Option<String>,
}

macro_rules! cards {
    ($rest:literal) => {
        concat!(
            "SELECT c.id, c.code, c.batch, c.member_id, m.branch_id, c.quarter, c.name, c.number,
                    c.branch, c.committee, c.printed_at, u.display_name AS printed_by
             FROM record_cards AS c
             JOIN members AS m ON m.id = c.member_id
             LEFT JOIN accounts AS u ON u.id = c.printed_by ",
            $rest
        )
    };
}

/// One card.
pub(super) async fn card(connection: &mut Connection, id: i64) -> Result<Option<Card>> {
    sqlx::query_as(cards!("WHERE c.id = $1")).bind(id).fetch_optional(connection).await
}

/// The card with this code.
pub(super) async fn by_code(connection: &mut Connection, code: &PaperCode) -> Result<Option<Card>> {
    sqlx::query_as(cards!("WHERE c.code = $1")).bind(code.as_str()).fetch_optional(connection).await
}

/// The cards that were printed at once, in the order of printing.
pub(super) async fn of_batch(connection: &mut Connection, batch: i64) -> Result<Vec<Card>> {
    sqlx::query_as(cards!("WHERE c.batch = $1 ORDER BY c.id"))
        .bind(batch)
        .fetch_all(connection)
        .await
}

/// The cards that were printed last.
pub(super) async fn latest(connection: &mut Connection, limit: i64) -> Result<Vec<Card>> {
    sqlx::query_as(cards!("ORDER BY c.id DESC LIMIT $1")).bind(limit).fetch_all(connection).await
}

/// The lines of a card, as printed, with what became of each.
pub(super) async fn lines(connection: &mut Connection, card: i64) -> Result<Vec<CardLine>> {
    sqlx::query_as(
        "SELECT l.place, l.participation_id, l.day, l.title, l.area, l.manner, l.committee, l.times,
                l.minutes,
                coalesce(p.live = 1 AND p.times = l.times AND p.minutes = l.minutes
                         AND p.day = l.day AND p.area = l.area AND a.title = l.title, 0) AS same,
                p.signed_on, p.stamped_on, p.confirmed_at,
                coalesce(u.display_name, p.confirmed_there) AS confirmed_by
         FROM record_card_lines AS l
         LEFT JOIN participations AS p ON p.id = l.participation_id
         LEFT JOIN activities AS a ON a.id = p.activity_id
         LEFT JOIN accounts AS u ON u.id = p.confirmed_by
         WHERE l.card_id = $1
         ORDER BY l.place",
    )
    .bind(card)
    .fetch_all(connection)
    .await
}

/// Whose parts, where and when, cards are printed of.
#[derive(Debug, Clone)]
pub(super) struct Wanted<'a> {
    /// The members (`members.id`).
    pub members: &'a [i64],
    /// Only what was done in this committee's area.
    pub committee: Option<i64>,
    /// The first day.
    pub from: &'a str,
    /// The last day.
    pub to: &'a str,
}

/// The live members within these branches (JSON; `None`: all) who took part in this committee's
/// area from a day to a day, as a phone book has them.
pub(super) async fn members_at(
    connection: &mut Connection,
    committee: i64,
    (from, to): (&str, &str),
    branches: Option<&str>,
) -> Result<Vec<i64>> {
    sqlx::query_scalar(
        "SELECT m.id
         FROM members AS m
         WHERE m.id IN (SELECT p.member_id
                        FROM activities AS a
                        CROSS JOIN participations AS p ON p.activity_id = a.id
                        WHERE a.committee_id = $1 AND a.removed_at IS NULL
                          AND a.day BETWEEN $2 AND $3 AND p.live = 1)
           AND m.removed_at IS NULL
           AND ($4 IS NULL OR m.branch_id IN (SELECT value FROM json_each($4)))
         ORDER BY m.sort_key",
    )
    .bind(committee)
    .bind(from)
    .bind(to)
    .bind(branches)
    .fetch_all(connection)
    .await
}

/// How many parts a card of each of these members would tell of.
pub(super) async fn count(connection: &mut Connection, wanted: &Wanted<'_>) -> Result<i64> {
    sqlx::query_scalar(
        "SELECT count(*)
         FROM json_each($1) AS w
         CROSS JOIN participations AS p ON p.member_id = w.value
         JOIN activities AS a ON a.id = p.activity_id
         WHERE p.live = 1 AND p.day BETWEEN $2 AND $3 AND ($4 IS NULL OR a.committee_id = $4)",
    )
    .bind(json!(wanted.members).to_string())
    .bind(wanted.from)
    .bind(wanted.to)
    .bind(wanted.committee)
    .fetch_one(connection)
    .await
}

/// Keeps what is printed of these members, a card each; the batch, or `None` when they did nothing.
pub(super) async fn insert(
    connection: &mut Connection,
    actor: Actor,
    wanted: &Wanted<'_>,
    quarter: &str,
) -> Result<Option<i64>> {
    let mut batch = None;
    for member in wanted.members {
        let one = Wanted { members: &[*member], ..wanted.clone() };
        if count(connection, &one).await? == 0 {
            continue;
        }
        let id: i64 = sqlx::query_scalar(
            "INSERT INTO record_cards (code, batch, member_id, printed_for, committee_id, quarter,
                                       name, number, branch, committee, printed_at, printed_by)
             SELECT $1, $2, m.id, m.id, $3, $4, m.name, coalesce(m.number, ''),
                    coalesce(b.name, ''),
                    coalesce((SELECT s.name || c.name
                              FROM committees AS c JOIN streets AS s ON s.code = c.street_code
                              WHERE c.id = $3), ''),
                    $5, $6
             FROM members AS m
             LEFT JOIN branches AS b ON b.id = m.branch_id
             WHERE m.id = $7
             RETURNING id",
        )
        .bind(PaperCode::fresh().as_str())
        .bind(batch.unwrap_or_default())
        .bind(wanted.committee)
        .bind(quarter)
        .bind(now())
        .bind(actor.account_id())
        .bind(member)
        .fetch_one(&mut *connection)
        .await?;
        if batch.is_none() {
            batch = Some(id);
            sqlx::query("UPDATE record_cards SET batch = id WHERE id = $1")
                .bind(id)
                .execute(&mut *connection)
                .await?;
        }
        insert_lines(connection, id, *member, wanted).await?;
    }
    Ok(batch)
}

async fn insert_lines(
    connection: &mut Connection,
    card: i64,
    member: i64,
    wanted: &Wanted<'_>,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO record_card_lines (card_id, place, participation_id, day, title, area, manner,
                                        committee, times, minutes)
         SELECT $1, row_number() OVER (ORDER BY p.day, p.id), p.id, p.day, a.title, p.area,
                a.manner, coalesce(c.name, ''), p.times, p.minutes
         FROM participations AS p
         JOIN activities AS a ON a.id = p.activity_id
         LEFT JOIN committees AS c ON c.id = a.committee_id
         WHERE p.member_id = $2 AND p.live = 1 AND p.day BETWEEN $3 AND $4
           AND ($5 IS NULL OR a.committee_id = $5)",
    )
    .bind(card)
    .bind(member)
    .bind(wanted.from)
    .bind(wanted.to)
    .bind(wanted.committee)
    .execute(connection)
    .await?;
    Ok(())
}

/// Marks lines of a card as confirmed whose parts are still what was printed; how many.
pub(super) async fn confirm(
    connection: &mut Connection,
    actor: Actor,
    card: i64,
    places: &[i64],
    (signed_on, stamped_on): (&str, &str),
) -> Result<u64> {
    let changed = sqlx::query(
        "UPDATE participations
         SET signed_on = $3, stamped_on = $4, confirmed_at = $5, confirmed_by = $6
         WHERE confirmed_at IS NULL
           AND id IN (SELECT l.participation_id
                      FROM record_card_lines AS l
                      JOIN participations AS p ON p.id = l.participation_id
                      JOIN activities AS a ON a.id = p.activity_id
                      WHERE l.card_id = $1 AND l.place IN (SELECT value FROM json_each($2))
                        AND p.live = 1 AND p.times = l.times AND p.minutes = l.minutes
                        AND p.day = l.day AND p.area = l.area AND a.title = l.title)",
    )
    .bind(card)
    .bind(json!(places).to_string())
    .bind(signed_on)
    .bind(stamped_on)
    .bind(now())
    .bind(actor.account_id())
    .execute(connection)
    .await?;
    Ok(changed.rows_affected())
}

/// Takes back that lines of a card were confirmed; how many.
pub(super) async fn withdraw(connection: &mut Connection, card: i64) -> Result<u64> {
    let changed = sqlx::query(
        "UPDATE participations
         SET signed_on = NULL, stamped_on = NULL, confirmed_at = NULL, confirmed_by = NULL,
             confirmed_there = ''
         WHERE confirmed_at IS NOT NULL
           AND id IN (SELECT participation_id FROM record_card_lines WHERE card_id = $1)",
    )
    .bind(card)
    .execute(connection)
    .await?;
    Ok(changed.rows_affected())
}

/// Gives a member who is merged into another their cards.
pub async fn move_to_member(connection: &mut Connection, gone: i64, kept: i64) -> Result<()> {
    sqlx::query("UPDATE record_cards SET member_id = $2 WHERE member_id = $1")
        .bind(gone)
        .bind(kept)
        .execute(connection)
        .await?;
    Ok(())
}

/// Gives a member whose merge is taken back their cards.
pub async fn move_back(connection: &mut Connection, gone: i64) -> Result<()> {
    sqlx::query("UPDATE record_cards SET member_id = $1 WHERE printed_for = $1")
        .bind(gone)
        .execute(connection)
        .await?;
    Ok(())
}
