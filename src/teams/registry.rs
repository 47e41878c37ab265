//! The changes that teams and their people go through, each whole: the row, its history, and the
//! line in the audit log.

use serde_json::json;

use super::people::store::{self as people, Person};
use super::store;
use super::{State, Step, Team, TeamDetails};
use crate::audit::{self, Action, Actor, Record};
use crate::db::{Connection, Result};
use crate::lang::Message;
use crate::members::Member;
use crate::offers::EndReason;

/// Enters a team; its `id`. `by` signed it on the committee's page, or is empty.
///
/// # Errors
/// When the database fails.
pub async fn add(
    connection: &mut Connection,
    actor: Actor,
    details: &TeamDetails,
    by: &str,
) -> Result<i64> {
    let id = store::insert(connection, details, by).await?;
    audit::record(connection, actor, Action::TeamAdded, Record::Team(id), json!({})).await?;
    Ok(id)
}

/// Changes what is said of a team, if anything differs.
///
/// # Errors
/// When the database fails; inside, a sentence for the field of the places.
pub async fn change(
    connection: &mut Connection,
    actor: Actor,
    team: &Team,
    details: &TeamDetails,
) -> Result<std::result::Result<(), Message>> {
    if team.details == *details {
        return Ok(Ok(()));
    }
    let taken = team.members + team.asking;
    if details.places.is_some_and(|places| places < taken) {
        return Ok(Err(Message::new("teams-places-taken").with("taken", taken)));
    }
    store::keep_history(connection, team.id, actor, "edited", Some(&team.details)).await?;
    store::update(connection, team.id, details).await?;
    audit::record(connection, actor, Action::TeamChanged, Record::Team(team.id), json!({})).await?;
    Ok(Ok(()))
}

/// Dissolves a team, or sets it up again.
///
/// # Errors
/// When the database fails.
pub async fn set_ended(
    connection: &mut Connection,
    actor: Actor,
    team: &Team,
    ended: bool,
) -> Result<()> {
    if !store::set_ended(connection, team.id, ended).await? {
        return Ok(());
    }
    let (step, action) =
        if ended { ("end", Action::TeamEnded) } else { ("reopen", Action::TeamReopened) };
    store::keep_history(connection, team.id, actor, step, None).await?;
    audit::record(connection, actor, action, Record::Team(team.id), json!({})).await
}

/// What came of a member's joining.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Joined {
    /// They are in it, or ask to be, as was wanted.
    Now,
    /// They were before.
    Before,
    /// There is no place, or the team was dissolved.
    Full,
    /// They do not stand to be known.
    NotKnown,
}

/// Puts a live member into a team (`State::In`; who asked is accepted), or notes that they ask to
/// be (`State::Asked`).
///
/// # Errors
/// When the database fails.
pub async fn join(
    connection: &mut Connection,
    actor: Actor,
    team: &Team,
    member: &Member,
    state: State,
) -> Result<Joined> {
    if member.removed_at.is_some() || !member.details.standing.agreed() {
        return Ok(Joined::NotKnown);
    }
    let all = people::people(connection, team.id).await?;
    let lasting = all.iter().find(|person| {
        person.member_id == member.id && person.state().is_some_and(State::takes_place)
    });
    if let Some(person) = lasting {
        if state == State::In
            && person.state() == Some(State::Asked)
            && people::move_person(connection, person, State::In, "").await?
        {
            record(connection, actor, Action::TeamJoined, team.id, member.id).await?;
            return Ok(Joined::Now);
        }
        return Ok(Joined::Before);
    }
    if !people::insert_person(connection, team.id, member.id, state).await? {
        return Ok(Joined::Full);
    }
    let action = if state == State::In { Action::TeamJoined } else { Action::TeamAsked };
    record(connection, actor, action, team.id, member.id).await?;
    Ok(Joined::Now)
}

/// Takes someone of a team a step on. Leaving says why.
///
/// # Errors
/// When the database fails; inside, a sentence that says why the step is not possible.
pub async fn step(
    connection: &mut Connection,
    actor: Actor,
    team: i64,
    person: &Person,
    step: Step,
    reason: Option<EndReason>,
) -> Result<std::result::Result<(), Message>> {
    let Some(to) = person.state().and_then(|state| state.after(step)) else {
        return Ok(Err(Message::new("claims-not-possible")));
    };
    let reason = match (step, reason) {
        (Step::Leave, Some(reason)) => reason.name(),
        (Step::Leave, None) => return Ok(Err(Message::new("claims-reason"))),
        _ => "",
    };
    if !people::move_person(connection, person, to, reason).await? {
        return Ok(Err(Message::new("teams-no-place")));
    }
    let action = match to {
        State::In => Action::TeamJoined,
        State::Asked => Action::TeamAsked,
        State::Left => Action::TeamLeft,
        State::Declined => Action::TeamDeclined,
    };
    record(connection, actor, action, team, person.member_id).await?;
    Ok(Ok(()))
}

/// Lets someone who is in a team lead it, in the place of whoever did; whether they do now.
///
/// # Errors
/// When the database fails.
pub async fn lead(
    connection: &mut Connection,
    actor: Actor,
    team: i64,
    person: &Person,
) -> Result<bool> {
    if person.leads {
        return Ok(true);
    }
    if person.state() != Some(State::In) || !people::lead(connection, team, person).await? {
        return Ok(false);
    }
    record(connection, actor, Action::TeamLed, team, person.member_id).await?;
    Ok(true)
}

async fn record(
    connection: &mut Connection,
    actor: Actor,
    action: Action,
    team: i64,
    member: i64,
) -> Result<()> {
    let detail = json!({ "member": member });
    audit::record(connection, actor, action, Record::Team(team), detail).await
}
