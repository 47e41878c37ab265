//! The changes that offers and claims go through, each whole: the row, its history, and the line
//! in the audit log.

use serde_json::json;

use super::store::{self, Claim};
use super::{ClaimState, EndReason, Kind, Offer, OfferDetails, Step};
use crate::audit::{self, Action, Actor, Record};
use crate::db::{Connection, Result};
use crate::lang::Message;
use crate::members::Member;

/// Enters an offer; its `id`. `by` signed it on the committee's page, or is empty.
///
/// # Errors
/// When the database fails.
pub async fn add(
    connection: &mut Connection,
    actor: Actor,
    details: &OfferDetails,
    by: &str,
) -> Result<i64> {
    let id = store::insert(connection, details, by).await?;
    audit::record(connection, actor, Action::OfferAdded, Record::Offer(id), json!({})).await?;
    Ok(id)
}

/// Changes what an offer says, if anything differs.
///
/// # Errors
/// When the database fails; inside, a sentence that says why it is not possible.
pub async fn change(
    connection: &mut Connection,
    actor: Actor,
    offer: &Offer,
    details: &OfferDetails,
) -> Result<std::result::Result<(), Message>> {
    if offer.details == *details {
        return Ok(Ok(()));
    }
    if details.kind == Kind::Post && details.places < offer.taken {
        return Ok(Err(Message::new("offers-places-taken").with("taken", offer.taken)));
    }
    store::keep_history(connection, offer.id, actor, "edited", Some(&offer.details)).await?;
    store::update(connection, offer.id, details).await?;
    audit::record(connection, actor, Action::OfferChanged, Record::Offer(offer.id), json!({}))
        .await?;
    Ok(Ok(()))
}

/// Ends an offer, or opens it again.
///
/// # Errors
/// When the database fails.
pub async fn set_ended(
    connection: &mut Connection,
    actor: Actor,
    offer: &Offer,
    ended: bool,
) -> Result<()> {
    if !store::set_ended(connection, offer.id, ended).await? {
        return Ok(());
    }
    let (step, action) =
        if ended { ("end", Action::OfferEnded) } else { ("reopen", Action::OfferReopened) };
    store::keep_history(connection, offer.id, actor, step, None).await?;
    audit::record(connection, actor, action, Record::Offer(offer.id), json!({})).await
}

/// Lets a member claim a wish or a place of a post.
///
/// # Errors
/// When the database fails; inside, a sentence that says why it is not possible.
pub async fn claim(
    connection: &mut Connection,
    actor: Actor,
    offer: &Offer,
    member: &Member,
) -> Result<std::result::Result<(), Message>> {
    if member.removed_at.is_some() || !member.details.standing.agreed() {
        let name = member.details.name.as_str();
        return Ok(Err(Message::new("pairings-not-known").with("name", name)));
    }
    let state = ClaimState::first(offer.details.kind);
    if !store::insert_claim(connection, offer.id, member.id, state).await? {
        return Ok(Err(Message::new("offers-no-place")));
    }
    let detail = json!({ "member": member.id });
    audit::record(connection, actor, Action::OfferClaimed, Record::Offer(offer.id), detail).await?;
    Ok(Ok(()))
}

/// Takes a claim a step on. Leaving says why, thanking may say what for.
///
/// # Errors
/// When the database fails; inside, a sentence that says why the step is not possible.
pub async fn step(
    connection: &mut Connection,
    actor: Actor,
    offer: &Offer,
    claim: &Claim,
    step: Step,
    (reason, thanks): (Option<EndReason>, &str),
) -> Result<std::result::Result<(), Message>> {
    let from = ClaimState::from_name(&claim.state);
    let Some(to) = from.and_then(|from| from.after(step, offer.details.kind)) else {
        return Ok(Err(Message::new("claims-not-possible")));
    };
    let reason = match (step, reason) {
        (Step::Leave, Some(reason)) => reason.name(),
        (Step::Leave, None) => return Ok(Err(Message::new("claims-reason"))),
        _ => "",
    };
    let thanks = if step == Step::Thank { thanks } else { "" };
    if !store::move_claim(connection, claim, to, reason, thanks).await? {
        return Ok(Err(Message::new("offers-no-place")));
    }
    let detail = json!({ "member": claim.member_id, "step": step.name() });
    audit::record(connection, actor, Action::ClaimMoved, Record::Offer(offer.id), detail).await?;
    Ok(Ok(()))
}
