//! Wishes, posts and service days, and who claims them.

use serde_json::json;
use sqlx::{FromRow, Row as _};

use super::{ClaimState, Kind, Offer, OfferDetails, Role, Rule};
use crate::audit::Actor;
use crate::db::{Connection, Result, now};

type Row = <crate::db::Engine as sqlx::Database>::Row;

fn known<T>(value: Option<T>) -> Result<T> {
    value.ok_or_else(|| sqlx::Error::Decode("a word that this Linli does not know".into()))
}

impl FromRow<'_, Row> for Offer {
    fn from_row(row: &Row) -> Result<Self> {
        let kind = known(Kind::from_name(row.try_get("kind")?))?;
        let (weekday, week): (Option<i8>, Option<i8>) =
            (row.try_get("weekday")?, row.try_get("week")?);
        let dates: &str = row.try_get("dates")?;
        let dates = || serde_json::from_str(dates).map_err(|e| sqlx::Error::Decode(e.into()));
        Ok(Self {
            id: row.try_get("id")?,
            details: OfferDetails {
                kind,
                committee: row.try_get("committee_id")?,
                title: row.try_get("title")?,
                role: Role::from_name(row.try_get("role")?),
                places: row.try_get("places")?,
                hours: row.try_get("hours")?,
                rule: match (kind, weekday, week) {
                    (Kind::Day, Some(weekday), Some(week)) => Some(Rule::Weekday(weekday, week)),
                    (Kind::Day, ..) => Some(Rule::Dates(dates()?)),
                    _ => None,
                },
                until: row.try_get("until")?,
            },
            committee: row.try_get("committee")?,
            street: row.try_get("street")?,
            by: row.try_get("by_name")?,
            taken: row.try_get("taken")?,
            ended_at: row.try_get("ended_at")?,
            updated_at: row.try_get("updated_at")?,
            version: row.try_get("version")?,
        })
    }
}

macro_rules! offers {
    ($rest:literal) => {
        concat!(
            "SELECT o.*, c.name AS committee, s.name AS street,
                    (SELECT count(*) FROM claims AS x
                     WHERE x.offer_id = o.id
                       AND x.state IN ('asked', 'held', 'done', 'thanked')) AS taken
             FROM offers AS o
             JOIN committees AS c ON c.id = o.committee_id
             JOIN streets AS s ON s.code = c.street_code ",
            $rest
        )
    };
}

/// One offer.
pub async fn offer(connection: &mut Connection, id: i64) -> Result<Option<Offer>> {
    sqlx::query_as(offers!("WHERE o.id = $1")).bind(id).fetch_optional(connection).await
}

/// The offers of a kind before one: those that last first, the latest first.
pub(super) async fn list(
    connection: &mut Connection,
    kind: Kind,
    ended: bool,
    before: i64,
    limit: i64,
) -> Result<Vec<Offer>> {
    sqlx::query_as(offers!(
        "WHERE o.kind = $1 AND (o.ended_at IS NOT NULL) = $2 AND o.id < $3
         ORDER BY o.id DESC
         LIMIT $4"
    ))
    .bind(kind.name())
    .bind(ended)
    .bind(before)
    .bind(limit)
    .fetch_all(connection)
    .await
}

/// A committee's offers, those that last first.
pub async fn of_committee(connection: &mut Connection, committee: i64) -> Result<Vec<Offer>> {
    sqlx::query_as(offers!(
        "WHERE o.committee_id = $1
         ORDER BY o.ended_at IS NOT NULL, o.kind DESC, o.id DESC
         LIMIT 100"
    ))
    .bind(committee)
    .fetch_all(connection)
    .await
}

/// The service days that last of a live member's committee.
pub async fn days_of_member(connection: &mut Connection, member: i64) -> Result<Vec<Offer>> {
    sqlx::query_as(offers!(
        "WHERE o.kind = 'day' AND o.ended_at IS NULL
           AND o.committee_id IN (SELECT coalesce(committee_id, host_committee_id)
                                  FROM members WHERE id = $1)
         ORDER BY o.id
         LIMIT 50"
    ))
    .bind(member)
    .fetch_all(connection)
    .await
}

/// Adds an offer; its `id`.
pub(super) async fn insert(
    connection: &mut Connection,
    details: &OfferDetails,
    by: &str,
) -> Result<i64> {
    sqlx::query_scalar(
        "INSERT INTO offers (kind, committee_id, title, role, places, hours, weekday, week, dates,
                             until, by_name, created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12)
         RETURNING id",
    )
    .bind(details.kind.name())
    .bind(details.committee)
    .bind(&details.title)
    .bind(details.role.map_or("", Role::name))
    .bind(details.places)
    .bind(&details.hours)
    .bind(weekday(details).map(|(day, _)| day))
    .bind(weekday(details).map(|(_, week)| week))
    .bind(dates(details))
    .bind(&details.until)
    .bind(by)
    .bind(now())
    .fetch_one(connection)
    .await
}

fn weekday(details: &OfferDetails) -> Option<(i8, i8)> {
    match &details.rule {
        Some(Rule::Weekday(day, week)) => Some((*day, *week)),
        _ => None,
    }
}

fn dates(details: &OfferDetails) -> String {
    match &details.rule {
        Some(Rule::Dates(dates)) => json!(dates).to_string(),
        _ => "[]".to_owned(),
    }
}

/// Changes what an offer says.
pub(super) async fn update(
    connection: &mut Connection,
    id: i64,
    details: &OfferDetails,
) -> Result<()> {
    sqlx::query(
        "UPDATE offers
         SET committee_id = $2, title = $3, role = $4, places = $5, hours = $6, weekday = $7,
             week = $8, dates = $9, until = $10, updated_at = $11, version = version + 1
         WHERE id = $1",
    )
    .bind(id)
    .bind(details.committee)
    .bind(&details.title)
    .bind(details.role.map_or("", Role::name))
    .bind(details.places)
    .bind(&details.hours)
    .bind(weekday(details).map(|(day, _)| day))
    .bind(weekday(details).map(|(_, week)| week))
    .bind(dates(details))
    .bind(&details.until)
    .bind(now())
    .execute(connection)
    .await?;
    Ok(())
}

/// Ends an offer, or opens it again; whether that changed anything.
pub(super) async fn set_ended(connection: &mut Connection, id: i64, ended: bool) -> Result<bool> {
    let at = ended.then(now);
    let changed = sqlx::query(
        "UPDATE offers
         SET ended_at = $2, updated_at = $3, version = version + 1
         WHERE id = $1 AND (ended_at IS NULL) = ($2 IS NOT NULL)",
    )
    .bind(id)
    .bind(at)
    .bind(now())
    .execute(connection)
    .await?;
    Ok(changed.rows_affected() == 1)
}

/// Keeps that something was done with an offer.
pub(super) async fn keep_history(
    connection: &mut Connection,
    id: i64,
    actor: Actor,
    step: &str,
    before: Option<&OfferDetails>,
) -> Result<()> {
    let before = before.map(serde_json::to_string).transpose();
    sqlx::query(
        "INSERT INTO offer_history (offer_id, at, account_id, step, before)
         VALUES ($1, $2, $3, $4, $5)",
    )
    .bind(id)
    .bind(now())
    .bind(actor.account_id())
    .bind(step)
    .bind(before.map_err(|e| sqlx::Error::Encode(e.into()))?)
    .execute(connection)
    .await?;
    Ok(())
}

/// What was done with an offer.
#[derive(Debug, Clone, FromRow)]
pub(super) struct Past {
    /// When.
    pub at: String,
    /// By whom; `None` by a committee's link.
    pub by: Option<String>,
    /// `edited`, `end` or `reopen`.
    pub step: String,
    /// Of an edit: [`OfferDetails`] as JSON.
    pub before: Option<String>,
}

/// What was done with an offer, the latest first.
pub(super) async fn history(connection: &mut Connection, id: i64) -> Result<Vec<Past>> {
    sqlx::query_as(
        "SELECT h.at, a.display_name AS by, h.step, h.before
         FROM offer_history AS h
         LEFT JOIN accounts AS a ON a.id = h.account_id
         WHERE h.offer_id = $1
         ORDER BY h.id DESC
         LIMIT 100",
    )
    .bind(id)
    .fetch_all(connection)
    .await
}

/// Who claims an offer, or did.
#[derive(Debug, Clone, FromRow)]
pub struct Claim {
    /// `claims.id`.
    pub id: i64,
    /// `offers.id`.
    pub offer_id: i64,
    /// `members.id`; of a record that was merged away, the one that stayed.
    pub member_id: i64,
    /// The member's name.
    pub name: String,
    /// The branch.
    pub branch_id: Option<i64>,
    /// Whether the offer's committee may know them: its own member, live, who stands to be known.
    pub known: bool,
    /// [`ClaimState::name`].
    pub state: String,
    /// The name of an [`EndReason`](super::EndReason), once it ended.
    pub reason: String,
    /// What the committee said of the work done.
    pub thanks: String,
    /// When it was last changed.
    pub updated_at: String,
    /// Counts the changes.
    pub version: i64,
}

/// The claims of an offer, those that last first.
pub async fn claims(connection: &mut Connection, offer: i64) -> Result<Vec<Claim>> {
    sqlx::query_as(
        "SELECT x.id, x.offer_id, m.id AS member_id, m.name, m.branch_id,
                m.removed_at IS NULL AND m.agreed = 1
                  AND coalesce(o.committee_id IN (m.committee_id, m.host_committee_id), 0)
                    AS known,
                x.state, x.reason, x.thanks, x.updated_at, x.version
         FROM claims AS x
         JOIN offers AS o ON o.id = x.offer_id
         JOIN members AS was ON was.id = x.member_id
         JOIN members AS m ON m.id = coalesce(was.merged_into, was.id)
         WHERE x.offer_id = $1
         ORDER BY x.state IN ('left', 'declined'), x.id DESC
         LIMIT 300",
    )
    .bind(offer)
    .fetch_all(connection)
    .await
}

/// What a member claimed.
#[derive(Debug, Clone, FromRow)]
pub struct OwnClaim {
    /// `offers.id`.
    pub offer_id: i64,
    /// What is offered.
    pub title: String,
    /// [`Kind::name`].
    pub kind: String,
    /// The committee's name.
    pub committee: String,
    /// [`ClaimState::name`].
    pub state: String,
    /// What the committee said of the work done.
    pub thanks: String,
}

/// What a member claimed, what lasts first.
pub async fn claims_of(connection: &mut Connection, member: i64) -> Result<Vec<OwnClaim>> {
    sqlx::query_as(
        "SELECT x.offer_id, o.title, o.kind, c.name AS committee, x.state, x.thanks
         FROM claims AS x
         JOIN offers AS o ON o.id = x.offer_id
         JOIN committees AS c ON c.id = o.committee_id
         WHERE x.member_id IN (SELECT id FROM members WHERE id = $1 OR merged_into = $1)
           AND x.state NOT IN ('left', 'declined')
         ORDER BY x.state NOT IN ('asked', 'held'), x.id DESC
         LIMIT 50",
    )
    .bind(member)
    .fetch_all(connection)
    .await
}

/// Lets a member claim a place, if one is free and they have none; whether they have it now. The
/// count and the row are one statement behind the one writing connection.
pub(super) async fn insert_claim(
    connection: &mut Connection,
    offer: i64,
    member: i64,
    state: ClaimState,
) -> Result<bool> {
    let inserted = sqlx::query(
        "INSERT INTO claims (offer_id, member_id, state, created_at, updated_at)
         SELECT o.id, $2, $3, $4, $4
         FROM offers AS o
         WHERE o.id = $1 AND o.ended_at IS NULL
           AND o.places > (SELECT count(*) FROM claims AS x
                           WHERE x.offer_id = o.id
                             AND x.state IN ('asked', 'held', 'done', 'thanked'))
         ON CONFLICT DO NOTHING",
    )
    .bind(offer)
    .bind(member)
    .bind(state.name())
    .bind(now())
    .execute(connection)
    .await?;
    Ok(inserted.rows_affected() == 1)
}

/// Puts a claim that is still at this version into a state; one that had no place needs a free
/// one. Whether it is there now.
pub(super) async fn move_claim(
    connection: &mut Connection,
    claim: &Claim,
    state: ClaimState,
    reason: &str,
    thanks: &str,
) -> Result<bool> {
    let changed = sqlx::query(
        "UPDATE OR IGNORE claims
         SET state = $3, reason = $4, thanks = $5, updated_at = $6, version = version + 1
         WHERE id = $1 AND version = $2
           AND ($7 OR (SELECT places FROM offers WHERE id = offer_id AND ended_at IS NULL)
                      > (SELECT count(*) FROM claims AS x
                         WHERE x.offer_id = claims.offer_id
                           AND x.state IN ('asked', 'held', 'done', 'thanked')))",
    )
    .bind(claim.id)
    .bind(claim.version)
    .bind(state.name())
    .bind(reason)
    .bind(thanks)
    .bind(now())
    .bind(
        !state.takes_place()
            || ClaimState::from_name(&claim.state).is_some_and(ClaimState::takes_place),
    )
    .execute(connection)
    .await?;
    Ok(changed.rows_affected() == 1)
}

/// Moves the offers of a committee that becomes part of another.
pub async fn move_committee(connection: &mut Connection, id: i64, into: i64) -> Result<()> {
    sqlx::query(
        "UPDATE offers SET committee_id = $2, version = version + 1 WHERE committee_id = $1",
    )
    .bind(id)
    .bind(into)
    .execute(connection)
    .await?;
    Ok(())
}

/// Before merged records are erased for good: what they claimed is claimed by the record that
/// stays.
pub async fn hand_on(connection: &mut Connection, members: &[i64]) -> Result<()> {
    sqlx::query(
        "UPDATE OR IGNORE claims
         SET member_id = (SELECT merged_into FROM members WHERE id = member_id)
         WHERE member_id IN (SELECT id FROM members
                             WHERE merged_into IS NOT NULL
                               AND id IN (SELECT value FROM json_each($1)))",
    )
    .bind(json!(members).to_string())
    .execute(connection)
    .await?;
    Ok(())
}
