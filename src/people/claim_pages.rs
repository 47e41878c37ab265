//! A member claims a wish or a place of a post of their committee, or asks to join a team that
//! serves there, and gives it back.

use axum::extract::{Path, State};
use axum_extra::extract::Form;
use serde::Deserialize;

use super::own;
use crate::app::App;
use crate::lang::Message;
use crate::offers::{self, ClaimState, EndReason, Step, registry};
use crate::teams::{self, registry::Joined};
use crate::web::{Error, Notice, Permission, Result, Routes, Viewer};

pub(super) fn routes(routes: Routes) -> Routes {
    let may = Permission::OwnRecord;
    routes
        .post("/me/offers/{id}", may, claim)
        .post("/me/offers/{id}/step", may, step)
        .post("/me/teams/{id}", may, join)
        .post("/me/teams/{id}/leave", may, leave)
}

/// What is said after a step, or why it was not possible.
fn said(done: std::result::Result<(), Message>, key: &'static str, title: &str) -> Result {
    Ok(match done {
        Ok(()) => Notice::see_other("/me", key, title),
        Err(_) => Notice::see_other("/me", "notice-claim-refused", title),
    })
}

async fn claim(State(app): State<App>, viewer: Viewer, Path(id): Path<i64>) -> Result {
    let mut write = app.db.write().await?;
    let member = own(&mut write, &viewer).await?;
    let offer = offers::store::offer(&mut write, id).await?.ok_or(Error::NotFound)?;
    let home = member.details.home.committee().or(member.details.home.host());
    if home != Some(offer.details.committee) {
        return Err(Error::NotFound);
    }
    let done = registry::claim(&mut write, (&viewer).into(), &offer, &member).await?;
    write.commit().await?;
    said(done, "notice-claimed-own", &offer.details.title)
}

#[derive(Debug, Deserialize, Default)]
#[serde(default)]
struct StepForm {
    /// `leave` or `finish`.
    step: String,
    /// Why they leave: the name of an [`EndReason`].
    reason: String,
}

async fn step(
    State(app): State<App>,
    viewer: Viewer,
    Path(id): Path<i64>,
    Form(form): Form<StepForm>,
) -> Result {
    let mut write = app.db.write().await?;
    let member = own(&mut write, &viewer).await?;
    let offer = offers::store::offer(&mut write, id).await?.ok_or(Error::NotFound)?;
    let step = Step::from_name(&form.step)
        .filter(|step| matches!(step, Step::Leave | Step::Finish))
        .ok_or(Error::BadRequest("a step that is not a member's"))?;
    let lasts = |state: &str| {
        matches!(ClaimState::from_name(state), Some(ClaimState::Asked | ClaimState::Held))
    };
    let claim = offers::store::claims(&mut write, id)
        .await?
        .into_iter()
        .find(|claim| claim.member_id == member.id && lasts(&claim.state))
        .ok_or(Error::NotFound)?;
    let reason = EndReason::from_name(&form.reason).unwrap_or(EndReason::Unsaid);
    let why = (Some(reason), "");
    let done = registry::step(&mut write, (&viewer).into(), &offer, &claim, step, why).await?;
    write.commit().await?;
    let key = if step == Step::Leave { "notice-claim-left" } else { "notice-claim-finished" };
    said(done, key, &offer.details.title)
}

async fn join(State(app): State<App>, viewer: Viewer, Path(id): Path<i64>) -> Result {
    let mut write = app.db.write().await?;
    let member = own(&mut write, &viewer).await?;
    let home = member.details.home.committee().or(member.details.home.host());
    let near = teams::store::at(&mut write, home.ok_or(Error::NotFound)?).await?;
    let team = near.into_iter().find(|team| team.id == id).ok_or(Error::NotFound)?;
    let (actor, state) = ((&viewer).into(), teams::State::Asked);
    let joined = teams::registry::join(&mut write, actor, &team, &member, state).await?;
    write.commit().await?;
    let key = match joined {
        Joined::Now | Joined::Before => "notice-team-asked",
        Joined::Full | Joined::NotKnown => "notice-claim-refused",
    };
    Ok(Notice::see_other("/me", key, &team.details.name))
}

async fn leave(
    State(app): State<App>,
    viewer: Viewer,
    Path(id): Path<i64>,
    Form(form): Form<StepForm>,
) -> Result {
    let mut write = app.db.write().await?;
    let member = own(&mut write, &viewer).await?;
    let team = teams::store::team(&mut write, id).await?.ok_or(Error::NotFound)?;
    let people = teams::people::store::people(&mut write, id).await?;
    let person = people.into_iter().find(|person| person.member_id == member.id);
    let person = person.ok_or(Error::NotFound)?;
    let reason = Some(EndReason::from_name(&form.reason).unwrap_or(EndReason::Unsaid));
    let (actor, step) = ((&viewer).into(), teams::Step::Leave);
    let done = teams::registry::step(&mut write, actor, id, &person, step, reason).await?;
    write.commit().await?;
    said(done, "notice-team-left", &team.details.name)
}
