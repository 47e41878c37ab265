//! The steps that a letter takes, each with its line in the audit log.

use serde_json::json;

use super::store::{self, Letter, Taken};
use super::{Step, Way};
use crate::audit::{self, Action, Actor, Record};
use crate::db::{Connection, Result};
use crate::lang::Message;
use crate::web::Page;
use crate::web::forms::{Choice, Field};

/// Takes a step; issuing has a way of its own.
///
/// # Errors
/// When the database fails; inside, why the letter cannot take the step.
pub(super) async fn take(
    connection: &mut Connection,
    actor: Actor,
    letter: &Letter,
    step: Step,
    taken: Taken<'_>,
) -> Result<std::result::Result<(), Message>> {
    let Some(after) = letter.state.after(step) else {
        return Ok(Err(Message::new(letter.state.refusal())));
    };
    store::take(connection, letter.id, after, step, taken).await?;
    let action = match step {
        Step::Issue => Action::LetterIssued,
        Step::Send => Action::LetterSent,
        Step::Receive => Action::LetterReceived,
        Step::Remind => Action::LetterReminded,
        Step::Answer if taken.there => Action::LetterAnsweredThere,
        Step::Answer => Action::LetterAnswered,
        Step::Withdraw => Action::LetterWithdrawn,
    };
    audit::record(connection, actor, action, Record::Letter(letter.id), json!({})).await?;
    Ok(Ok(()))
}

/// How a letter goes to the committee.
pub(super) fn way_field(page: &Page, chosen: &str) -> Field {
    let chosen = Way::from_name(chosen).unwrap_or(Way::Hand);
    let options = Way::ALL.map(|way| Choice {
        value: way.name().to_owned(),
        label: page.t(way.key()).to_owned(),
        chosen: way == chosen,
        count: String::new(),
    });
    Field::new(page, "way", "letters-sent-way").options(options.into())
}
