//! An offer's page: what it says, who claims it, and what was done with it.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum_extra::extract::Form;
use serde::Deserialize;

use super::store::{self, Claim};
use super::{ClaimState, EndReason, Offer, OfferDetails, Step, edit_pages, registry};
use crate::app::App;
use crate::committees::parse_line;
use crate::db::{self, Connection};
use crate::lang::Message;
use crate::members::{self, meant};
use crate::needs::form::choices;
use crate::web::forms::{Field, Problems};
use crate::web::{
    Difference, Error, Fact, Notice, Page, Permission, Result, Routes, Viewer, already_answered,
    differing, html, remember_answer, see_other,
};

pub(super) fn routes(routes: Routes) -> Routes {
    let may = Permission::ServeNeeds;
    routes
        .get("/needs/offers/{id}", may, show)
        .post("/needs/offers/{id}/claim", may, claim)
        .post("/needs/offers/{id}/step", may, step)
        .post("/needs/offers/{id}/end", may, end)
        .post("/needs/offers/{id}/reopen", may, reopen)
}

/// How many members are offered for what was typed.
const OFFERED: usize = 8;
/// The most characters of a word of thanks.
pub(crate) const LONGEST_THANKS: u32 = 60;

#[derive(Template)]
#[template(path = "offers/show.html")]
struct ShowPage {
    page: Page,
    offer: Offer,
    state: String,
    facts: Vec<Fact>,
    claims: Vec<ClaimRow>,
    /// How many claims are of members whom the viewer may not see, in words.
    others: String,
    who: Field,
    /// Whom the typed name may mean.
    several: Vec<meant::Candidate>,
    past: Vec<Past>,
    /// Why what was asked for is not possible; empty for nothing.
    problem: String,
}

/// A claim in words, with the steps that can be taken.
pub(crate) struct ClaimRow {
    pub claim: Claim,
    /// Where a step is sent.
    pub url: String,
    pub state: &'static str,
    pub reason: &'static str,
    pub at: String,
    /// Names and words of the steps that are one press.
    pub steps: Vec<(&'static str, &'static str)>,
    /// The reasons to leave for, where the claim lasts.
    pub leave: Option<Field>,
}

impl ClaimRow {
    /// As the page shows it.
    pub(crate) fn of(page: &Page, offer: &Offer, claim: Claim, url: String) -> Self {
        let state = ClaimState::from_name(&claim.state);
        let after = |step: Step| state.and_then(|state| state.after(step, offer.details.kind));
        let pressed = [Step::Accept, Step::Decline, Step::Finish, Step::Thank, Step::Back];
        let steps = pressed.into_iter().filter(|step| after(*step).is_some());
        let reasons = EndReason::ALL.iter().map(|reason| (reason.name(), reason.key()));
        let mut leave = Field::new(page, "reason", "claims-leave-why").options(choices(
            page,
            reasons,
            EndReason::Time.name(),
        ));
        leave.id = format!("reason-{}", claim.id);
        Self {
            state: state.map_or("", |state| page.t(state.key())),
            reason: EndReason::from_name(&claim.reason).map_or("", |why| page.t(why.key())),
            at: page.time(&claim.updated_at),
            steps: steps.map(|step| (step.name(), page.t(step.key()))).collect(),
            leave: after(Step::Leave).map(|_| leave),
            claim,
            url,
        }
    }
}

struct Past {
    at: String,
    by: String,
    what: &'static str,
    differences: Vec<Difference>,
}

async fn show(State(app): State<App>, page: Page, viewer: Viewer, Path(id): Path<i64>) -> Result {
    let mut connection = app.db.read().await?;
    let offer = store::offer(&mut connection, id).await?.ok_or(Error::NotFound)?;
    html(&show_page(&mut connection, page, &viewer, offer).await?)
}

async fn show_page(
    connection: &mut Connection,
    page: Page,
    viewer: &Viewer,
    offer: Offer,
) -> Result<ShowPage> {
    let all = store::claims(connection, offer.id).await?;
    let count = all.len();
    let seen: Vec<ClaimRow> = all
        .into_iter()
        .filter(|claim| viewer.scope.covers(claim.branch_id))
        .map(|claim| ClaimRow::of(&page, &offer, claim, format!("/needs/offers/{}/step", offer.id)))
        .collect();
    let facts = edit_pages::facts(connection, &page, &offer.details).await?;
    Ok(ShowPage {
        others: match count - seen.len() {
            0 => String::new(),
            others => page.t1("pairings-others", "count", others),
        },
        past: past(connection, &page, &offer).await?,
        facts: facts.into_iter().filter(|fact| !fact.text.is_empty()).collect(),
        who: Field::new(&page, "who", "offers-who").hint(page.t("offers-who-hint")),
        several: Vec::new(),
        problem: String::new(),
        state: offer.state(&page),
        claims: seen,
        offer,
        page,
    })
}

async fn past(connection: &mut Connection, page: &Page, offer: &Offer) -> Result<Vec<Past>> {
    let mut after = offer.details.clone();
    let mut past = Vec::new();
    for step in store::history(connection, offer.id).await? {
        let mut differences = Vec::new();
        if let Some(before) = &step.before {
            let before: OfferDetails = serde_json::from_str(before).map_err(Error::internal)?;
            let old = edit_pages::facts(connection, page, &before).await?;
            differences = differing(old, edit_pages::facts(connection, page, &after).await?);
            after = before;
        }
        past.push(Past {
            at: page.time(&step.at),
            by: step.by.unwrap_or_else(|| page.t("audit-by-link").to_owned()),
            what: page.t(match step.step.as_str() {
                "end" => "offers-end",
                "reopen" => "offers-reopen",
                _ => "history-cause-edited",
            }),
            differences,
        });
    }
    Ok(past)
}

async fn refused(
    connection: &mut Connection,
    page: Page,
    viewer: &Viewer,
    offer: i64,
    why: &Message,
) -> Result {
    let offer = store::offer(connection, offer).await?.ok_or(Error::NotFound)?;
    let problem = page.say(why);
    let shown = show_page(connection, page, viewer, offer).await?;
    Ok((StatusCode::CONFLICT, html(&ShowPage { problem, ..shown })?).into_response())
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct ClaimForm {
    /// What was typed.
    who: String,
    /// The id that a chosen suggestion left.
    who_id: String,
    /// The one chosen where several fit (`members.id`).
    member: Option<i64>,
    form: String,
}

impl ClaimForm {
    async fn meant(
        &self,
        connection: &mut Connection,
        viewer: &Viewer,
    ) -> db::Result<Vec<meant::Candidate>> {
        let chosen = self.member.or_else(|| self.who_id.parse().ok());
        if let Some(id) = chosen
            && let Some(found) = meant::live(connection, &viewer.scope, 0, id).await?
            && (self.member.is_some() || self.who.starts_with(&found.name))
        {
            return Ok(vec![found]);
        }
        meant::meant(connection, &viewer.scope, &self.who, OFFERED).await
    }
}

async fn claim(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Path(id): Path<i64>,
    Form(form): Form<ClaimForm>,
) -> Result {
    let mut write = app.db.write().await?;
    if let Some(location) = already_answered(&mut write, &form.form).await? {
        return Ok(see_other(&location));
    }
    let offer = store::offer(&mut write, id).await?.ok_or(Error::NotFound)?;
    let mut found = form.meant(&mut write, &viewer).await?;
    if found.len() != 1 {
        let mut problems = Problems::none();
        let key = if found.is_empty() { "offers-nobody" } else { "offers-several" };
        problems.add("who", Message::new(key));
        let mut shown = show_page(&mut write, page, &viewer, offer).await?;
        shown.who = shown.who.clone().value(&form.who).check(&shown.page, &problems);
        shown.several = found;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&shown)?).into_response());
    }
    let member = found.swap_remove(0).id;
    let member = members::store::member(&mut write, member).await?.ok_or(Error::NotFound)?;
    if let Err(why) = registry::claim(&mut write, (&viewer).into(), &offer, &member).await? {
        return refused(&mut write, page, &viewer, id, &why).await;
    }
    let location = format!("/needs/offers/{id}");
    remember_answer(&mut write, &form.form, &location).await?;
    write.commit().await?;
    Ok(Notice::see_other(&location, "notice-claimed", member.details.name.as_str()))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct StepForm {
    /// `claims.id`.
    claim: i64,
    /// The name of a [`Step`].
    step: String,
    reason: String,
    thanks: String,
    form: String,
}

async fn step(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Path(id): Path<i64>,
    Form(form): Form<StepForm>,
) -> Result {
    let mut write = app.db.write().await?;
    if let Some(location) = already_answered(&mut write, &form.form).await? {
        return Ok(see_other(&location));
    }
    let offer = store::offer(&mut write, id).await?.ok_or(Error::NotFound)?;
    let claims = store::claims(&mut write, id).await?;
    let claim = claims.into_iter().find(|claim| claim.id == form.claim);
    let claim =
        claim.filter(|claim| viewer.scope.covers(claim.branch_id)).ok_or(Error::NotFound)?;
    let taken = Step::from_name(&form.step).ok_or(Error::BadRequest("no such step"))?;
    let reason = EndReason::from_name(&form.reason);
    let thanks = parse_line(&form.thanks, LONGEST_THANKS).unwrap_or_default();
    let said = (reason, thanks.as_str());
    let actor = (&viewer).into();
    if let Err(why) = registry::step(&mut write, actor, &offer, &claim, taken, said).await? {
        return refused(&mut write, page, &viewer, id, &why).await;
    }
    let location = format!("/needs/offers/{id}");
    remember_answer(&mut write, &form.form, &location).await?;
    write.commit().await?;
    Ok(Notice::see_other(&location, "notice-claim-moved", &claim.name))
}

async fn end(state: State<App>, viewer: Viewer, id: Path<i64>) -> Result {
    set_ended(state, viewer, id, true).await
}

async fn reopen(state: State<App>, viewer: Viewer, id: Path<i64>) -> Result {
    set_ended(state, viewer, id, false).await
}

async fn set_ended(
    State(app): State<App>,
    viewer: Viewer,
    Path(id): Path<i64>,
    ended: bool,
) -> Result {
    let mut write = app.db.write().await?;
    let offer = store::offer(&mut write, id).await?.ok_or(Error::NotFound)?;
    registry::set_ended(&mut write, (&viewer).into(), &offer, ended).await?;
    write.commit().await?;
    let key = if ended { "notice-offer-ended" } else { "notice-offer-reopened" };
    Ok(Notice::see_other(&format!("/needs/offers/{id}"), key, &offer.details.title))
}
