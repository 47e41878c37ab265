//! The changes that calls and nominations go through, each whole: the row, its history, and the
//! line in the audit log.

use serde_json::json;

use super::nominee_store as nominees;
use super::steps::after;
use super::{Call, CallDetails, Decision, Nominee, Refusal, State, Step, store};
use crate::audit::{self, Action, Actor, Record};
use crate::db::{Connection, Result};
use crate::web::Role;

/// Who takes a step: the line in the log, and what the role allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hand {
    /// Whom the log names.
    pub actor: Actor,
    /// As what they act.
    pub role: Role,
}

impl From<&crate::web::Viewer> for Hand {
    fn from(viewer: &crate::web::Viewer) -> Self {
        Self { actor: viewer.into(), role: viewer.role }
    }
}

/// Opens a call; its `id`.
///
/// # Errors
/// When the database fails.
pub async fn open(connection: &mut Connection, actor: Actor, details: &CallDetails) -> Result<i64> {
    let id = store::insert(connection, details).await?;
    let record = Record::Commendation(id);
    audit::record(connection, actor, Action::CallOpened, record, json!({})).await?;
    Ok(id)
}

/// Changes what a call says, if anything differs.
///
/// # Errors
/// When the database fails.
pub async fn change(
    connection: &mut Connection,
    actor: Actor,
    call: &Call,
    details: &CallDetails,
) -> Result<()> {
    if call.details == *details {
        return Ok(());
    }
    store::keep_history(connection, call.id, actor, "edited", Some(&call.details)).await?;
    store::update(connection, call.id, details).await?;
    let record = Record::Commendation(call.id);
    audit::record(connection, actor, Action::CallChanged, record, json!({})).await
}

/// Closes a call, or opens it again.
///
/// # Errors
/// When the database fails.
pub async fn set_closed(
    connection: &mut Connection,
    actor: Actor,
    call: i64,
    closed: bool,
) -> Result<()> {
    if !store::set_closed(connection, call, closed).await? {
        return Ok(());
    }
    let (step, action) =
        if closed { ("close", Action::CallClosed) } else { ("reopen", Action::CallReopened) };
    store::keep_history(connection, call, actor, step, None).await?;
    audit::record(connection, actor, action, Record::Commendation(call), json!({})).await
}

/// Nominates a member, for a reason; `although` says why all the same where the figures are not
/// met. The caller has looked at them, and that the call is for the member's branch.
///
/// # Errors
/// When the database fails; inside, why it cannot be.
pub async fn nominate(
    connection: &mut Connection,
    hand: Hand,
    call: &Call,
    member: i64,
    (reason, although): (&str, &str),
) -> Result<std::result::Result<i64, Refusal>> {
    let before = nominees::in_call(connection, call.id, member).await?;
    let state = before.as_ref().map(|before| before.state);
    if let Err(why) = after(state, Step::Nominate, hand.role, call.phase()) {
        return Ok(Err(why));
    }
    let id = match before {
        None => {
            let id = nominees::insert(connection, call.id, member, (reason, although)).await?;
            let step = (Step::Nominate.name(), "");
            nominees::keep_history(connection, id, hand.actor, step, None).await?;
            id
        }
        Some(before) => {
            let nominee = Nominee {
                state: State::Nominated,
                reason: reason.to_owned(),
                although: although.to_owned(),
                ..before.clone()
            };
            put(connection, hand.actor, Step::Nominate, "", &before, &nominee).await?;
            before.id
        }
    };
    record(connection, hand.actor, Action::MemberNominated, call.id, member).await?;
    Ok(Ok(id))
}

/// What a step says beside itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Said {
    /// The reason, and why all the same: of [`Step::Reword`].
    pub words: Option<(String, String)>,
    /// Of a decision and its correction.
    pub decision: Option<Decision>,
    /// Why a decision is corrected.
    pub why: String,
    /// Since which day the member agrees, or does not.
    pub day: String,
}

/// Takes a nomination a step on.
///
/// # Errors
/// When the database fails; inside, why it cannot be.
pub async fn step(
    connection: &mut Connection,
    hand: Hand,
    call: &Call,
    before: &Nominee,
    step: Step,
    said: &Said,
) -> Result<std::result::Result<(), Refusal>> {
    let state = match after(Some(before.state), step, hand.role, call.phase()) {
        Ok(state) => state,
        Err(why) => return Ok(Err(why)),
    };
    let mut nominee = Nominee { state, ..before.clone() };
    if let Some((reason, although)) = &said.words {
        nominee.reason.clone_from(reason);
        nominee.although.clone_from(although);
    }
    if said.decision.is_some() {
        nominee.decision.clone_from(&said.decision);
    }
    if matches!(step, Step::Agree | Step::Refuse) {
        let agreed = if step == Step::Agree { "yes" } else { "no" };
        if before.publishing == agreed {
            return Ok(Ok(()));
        }
        agreed.clone_into(&mut nominee.publishing);
        nominee.publishing_on.clone_from(&said.day);
    }
    if state != State::Granted {
        nominee.publishing.clear();
        nominee.publishing_on.clear();
    }
    if !put(connection, hand.actor, step, &said.why, before, &nominee).await? {
        // Someone took another step since it was read.
        return Ok(Err(match step {
            Step::Agree | Step::Refuse => Refusal::NotGranted,
            _ => Refusal::Decided,
        }));
    }
    if matches!(step, Step::Agree | Step::Refuse) {
        nominees::noted_by(connection, before.id, hand.actor).await?;
    }
    let action = match step {
        Step::Nominate => Action::MemberNominated,
        Step::Reword => Action::NominationReworded,
        Step::TakeBack => Action::NominationTakenBack,
        Step::Grant | Step::Decline => Action::CommendationDecided,
        Step::CorrectToYes | Step::CorrectToNo => Action::CommendationCorrected,
        Step::Agree => Action::CommendationAgreed,
        Step::Refuse => Action::CommendationRefused,
    };
    record(connection, hand.actor, action, call.id, before.member_id).await?;
    Ok(Ok(()))
}

async fn put(
    connection: &mut Connection,
    actor: Actor,
    step: Step,
    why: &str,
    before: &Nominee,
    nominee: &Nominee,
) -> Result<bool> {
    if !nominees::update(connection, nominee).await? {
        return Ok(false);
    }
    let kept = before.as_before();
    nominees::keep_history(connection, before.id, actor, (step.name(), why), Some(&kept)).await?;
    Ok(true)
}

async fn record(
    connection: &mut Connection,
    actor: Actor,
    action: Action,
    call: i64,
    member: i64,
) -> Result<()> {
    let detail = json!({ "member": member });
    audit::record(connection, actor, action, Record::Commendation(call), detail).await
}
