//! The changes that pairings go through, each whole: the row, the need's state, and the line in
//! the audit log.

use serde_json::json;

use super::{EndReason, Help, Pairing, PairingDetails, Rhythm, store};
use crate::addresses::today;
use crate::audit::{self, Action, Actor, Record};
use crate::db::{Connection, Result};
use crate::lang::Message;
use crate::needs::{self, Area, Need, Step};

/// Pairs a member with a need: a new pairing with what the need says, or one more member of the
/// pairing that serves it; the pairing's `id`.
///
/// # Errors
/// When the database fails; inside, a sentence that says why it is not possible.
pub async fn pair(
    connection: &mut Connection,
    actor: Actor,
    need: &Need,
    member: i64,
) -> Result<std::result::Result<i64, Message>> {
    if let Err(why) = needs::registry::step(connection, actor, need, Step::Pair, "").await? {
        return Ok(Err(why));
    }
    let lasting = store::latest_of(connection, need.id).await?;
    let id = match lasting.filter(|pairing| pairing.ended_at.is_none()) {
        Some(pairing) => pairing.id,
        None => {
            let details = as_the_need_says(need);
            let first = details.begins.clone();
            store::insert(connection, need.id, &details, Some(&first)).await?
        }
    };
    if store::add_member(connection, id, member).await? {
        let detail = json!({ "member": member });
        audit::record(connection, actor, Action::MemberPaired, Record::Pairing(id), detail).await?;
    }
    Ok(Ok(id))
}

/// What is agreed on at first: from today, as the need says; any of it can be changed.
fn as_the_need_says(need: &Need) -> PairingDetails {
    let details = &need.details;
    let until = details.until.clone().filter(|day| *day >= today());
    PairingDetails {
        begins: today(),
        until,
        rhythm: if details.regular { Rhythm::Weekly } else { Rhythm::Once },
        help: match details.area {
            Area::Culture | Area::Mediation => Help::Knowledge,
            Area::Deeds | Area::Governance => Help::Hands,
        },
        amount: None,
        place: details.place,
        place_words: details.place_words.clone(),
    }
}

/// Changes what was agreed on.
///
/// # Errors
/// When the database fails.
pub async fn change(
    connection: &mut Connection,
    actor: Actor,
    pairing: &Pairing,
    details: &PairingDetails,
    next_visit: Option<&str>,
) -> Result<()> {
    if pairing.details == *details && pairing.next_visit.as_deref() == next_visit {
        return Ok(());
    }
    store::update(connection, pairing.id, details, next_visit).await?;
    let record = Record::Pairing(pairing.id);
    audit::record(connection, actor, Action::PairingChanged, record, json!({})).await
}

/// Takes a member out of a pairing that others go on with.
///
/// # Errors
/// When the database fails.
pub async fn leave(
    connection: &mut Connection,
    actor: Actor,
    pairing: &Pairing,
    member: i64,
) -> Result<()> {
    store::take_member(connection, pairing.id, member).await?;
    let (record, detail) = (Record::Pairing(pairing.id), json!({ "member": member }));
    audit::record(connection, actor, Action::MemberLeft, record, detail).await
}

/// Ends a pairing, and with it the need, or opens the need for others.
///
/// # Errors
/// When the database fails; inside, a sentence that says why it is not possible.
pub async fn end(
    connection: &mut Connection,
    actor: Actor,
    pairing: &Pairing,
    need: &Need,
    reason: EndReason,
    achieved: &str,
    step: Step,
) -> Result<std::result::Result<(), Message>> {
    if pairing.ended_at.is_some() {
        return Ok(Err(Message::new("pairings-has-ended")));
    }
    if let Err(why) = needs::registry::step(connection, actor, need, step, "").await? {
        return Ok(Err(why));
    }
    store::end(connection, pairing.id, reason, achieved).await?;
    let (record, detail) = (Record::Pairing(pairing.id), json!({ "reason": reason.name() }));
    audit::record(connection, actor, Action::PairingEnded, record, detail).await?;
    Ok(Ok(()))
}

/// A visit as it was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewVisit {
    /// The day.
    pub day: String,
    /// How long, 1 to 1440.
    pub minutes: i64,
    /// What was done.
    pub done: String,
    /// The day of the next one.
    pub next: Option<String>,
}

/// Enters a visit.
///
/// # Errors
/// When the database fails.
pub async fn visit(
    connection: &mut Connection,
    actor: Actor,
    pairing: &Pairing,
    visit: &NewVisit,
) -> Result<()> {
    let NewVisit { day, minutes, done, next } = visit;
    store::add_visit(connection, actor, pairing.id, (day, *minutes, done), next.as_deref()).await?;
    let record = Record::Pairing(pairing.id);
    audit::record(connection, actor, Action::VisitAdded, record, json!({})).await
}

/// Strikes a visit out that was entered by mistake; whether it was there.
///
/// # Errors
/// When the database fails.
pub async fn strike(
    connection: &mut Connection,
    actor: Actor,
    pairing: &Pairing,
    visit: i64,
) -> Result<bool> {
    if !store::strike_visit(connection, actor, pairing.id, visit).await? {
        return Ok(false);
    }
    let record = Record::Pairing(pairing.id);
    audit::record(connection, actor, Action::VisitStruck, record, json!({})).await?;
    Ok(true)
}
