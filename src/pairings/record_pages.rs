//! A pairing's page: what was agreed on, who serves, and the visits.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum_extra::extract::Form;
use serde::Deserialize;

use super::form::facts;
use super::visit_pages::{VisitFields, VisitForm};
use super::{EndReason, Pairing, registry, seen_members, store};
use crate::addresses::today;
use crate::app::App;
use crate::committees::{self, CommitteeLine};
use crate::db::Connection;
use crate::lang::Message;
use crate::needs::{self, Need};
use crate::web::forms::{FieldError, Problems};
use crate::web::{
    Error, Fact, Notice, Page, Permission, Result, Routes, Scope, Viewer, already_answered, html,
    remember_answer, see_other,
};

pub(super) fn routes(routes: Routes) -> Routes {
    let may = Permission::ServeNeeds;
    routes.get("/pairings/{id}", may, show).post("/pairings/{id}/leave", may, leave)
}

/// A pairing with its need, if one of its members is the viewer's to see.
pub(super) async fn own(
    connection: &mut Connection,
    viewer: &Viewer,
    id: i64,
) -> Result<(Pairing, Need)> {
    let pairing = store::pairing(connection, id).await?.ok_or(Error::NotFound)?;
    let members = store::members(connection, id).await?;
    let seen = members.iter().any(|member| viewer.scope.covers(member.branch_id));
    if !seen && viewer.scope != Scope::All {
        return Err(Error::NotFound);
    }
    let need = needs::store::need(connection, pairing.need).await?.ok_or(Error::NotFound)?;
    Ok((pairing, need))
}

#[derive(Template)]
#[template(path = "pairings/show.html")]
pub(super) struct ShowPage {
    page: Page,
    id: i64,
    need: Need,
    committee: Option<CommitteeLine>,
    members: Vec<(i64, String)>,
    others: String,
    facts: Vec<Fact>,
    overdue: bool,
    /// When it ended; empty while it lasts.
    ended: String,
    reason: &'static str,
    achieved: String,
    visits: Vec<VisitRow>,
    summed: String,
    fields: VisitFields,
    errors: Vec<FieldError>,
    /// Why what was asked for is not possible; empty for nothing.
    problem: String,
}

impl ShowPage {
    fn may_leave(&self) -> bool {
        self.ended.is_empty() && (self.members.len() > 1 || !self.others.is_empty())
    }
}

struct VisitRow {
    id: i64,
    day: String,
    minutes: String,
    done: String,
    by: String,
    /// Whether it was struck out.
    struck: bool,
}

async fn show(State(app): State<App>, page: Page, viewer: Viewer, Path(id): Path<i64>) -> Result {
    let mut connection = app.db.read().await?;
    let (pairing, need) = own(&mut connection, &viewer, id).await?;
    html(&show_page(&mut connection, page, &viewer, pairing, need, None).await?)
}

/// The page, with what was typed of a visit and what is wrong with it.
pub(super) async fn show_page(
    connection: &mut Connection,
    page: Page,
    viewer: &Viewer,
    pairing: Pairing,
    need: Need,
    typed: Option<(&VisitForm, &Problems)>,
) -> Result<ShowPage> {
    let (members, others) = seen_members(connection, &page, &viewer.scope, pairing.id).await?;
    let visits = store::visits(connection, pairing.id).await?;
    let counted = visits.iter().filter(|visit| visit.struck_at.is_none());
    let (count, minutes) =
        counted.fold((0_i64, 0), |(count, sum), visit| (count + 1, sum + visit.minutes));
    let arguments = [("count", count.into()), ("minutes", minutes.into())];
    let opened = VisitForm::after(&pairing, visits.first());
    let (form, problems) = match typed {
        Some((form, problems)) => (form, problems.clone()),
        None => (&opened, Problems::none()),
    };
    let today = today();
    let facts = facts(&page, &pairing.details, pairing.next_visit.as_deref());
    Ok(ShowPage {
        id: pairing.id,
        committee: committees::store::line(connection, need.details.committee).await?,
        members,
        others,
        facts: facts.into_iter().filter(|fact| !fact.text.is_empty()).collect(),
        overdue: pairing.ended_at.is_none()
            && pairing.next_visit.as_deref().is_some_and(|day| day < today.as_str()),
        ended: pairing.ended_at.as_deref().map_or_else(String::new, |at| page.time(at)),
        reason: EndReason::from_name(&pairing.end_reason).map_or("", |reason| page.t(reason.key())),
        achieved: pairing.achieved,
        summed: page.language().text_with("pairings-summed", &arguments),
        visits: visits
            .into_iter()
            .map(|visit| VisitRow {
                id: visit.id,
                day: page.date(&visit.day),
                minutes: page.t1("pairings-minutes-long", "count", visit.minutes),
                done: visit.done,
                by: visit.by.unwrap_or_default(),
                struck: visit.struck_at.is_some(),
            })
            .collect(),
        fields: form.fields(&page, &problems),
        errors: problems.summary(&page),
        problem: String::new(),
        need,
        page,
    })
}

/// The page with why what was asked for is not possible.
pub(super) async fn refused(
    connection: &mut Connection,
    page: Page,
    viewer: &Viewer,
    pairing: Pairing,
    need: Need,
    why: &Message,
) -> Result {
    let problem = page.say(why);
    let shown = show_page(connection, page, viewer, pairing, need, None).await?;
    Ok((StatusCode::CONFLICT, html(&ShowPage { problem, ..shown })?).into_response())
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct LeaveForm {
    /// `members.id`.
    member: i64,
    form: String,
}

/// Takes a member out; the last one stays until the pairing ends.
async fn leave(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Path(id): Path<i64>,
    Form(form): Form<LeaveForm>,
) -> Result {
    let mut write = app.db.write().await?;
    if let Some(location) = already_answered(&mut write, &form.form).await? {
        return Ok(see_other(&location));
    }
    let (pairing, need) = own(&mut write, &viewer, id).await?;
    let members = store::members(&mut write, id).await?;
    let member = members.iter().find(|member| member.id == form.member);
    let member = member.ok_or(Error::NotFound)?;
    viewer.must_cover(member.branch_id)?;
    let why = match &pairing.ended_at {
        Some(_) => Some("pairings-has-ended"),
        None if members.len() == 1 => Some("pairings-last-member"),
        None => None,
    };
    if let Some(why) = why {
        return refused(&mut write, page, &viewer, pairing, need, &Message::new(why)).await;
    }
    registry::leave(&mut write, (&viewer).into(), &pairing, member.id).await?;
    let others = members.iter().filter(|other| other.id != member.id);
    let seen = others.clone().any(|other| viewer.scope.covers(other.branch_id));
    // Who took out the last member that they may see sees the pairing no more.
    let location = if seen { format!("/pairings/{id}") } else { "/pairings".to_owned() };
    remember_answer(&mut write, &form.form, &location).await?;
    write.commit().await?;
    Ok(Notice::see_other(&location, "notice-member-left", &member.name))
}
