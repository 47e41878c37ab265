//! An activity with its participants: shown, removed and brought back.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use jiff::Timestamp;
use serde_json::json;

use super::people::{self, People};
use super::{Activity, Amount, store};
use crate::app::App;
use crate::audit::{self, Action, Record};
use crate::db::Connection;
use crate::members::entry::Answer;
use crate::members::kept_since;
use crate::members::search::{self, Order};
use crate::teams::{self, Team};
use crate::text::{Filter, match_expression};
use crate::web::forms::{Choice, Field};
use crate::web::{Error, Notice, Page, Permission, Result, Routes, Viewer, html};

/// How many of a committee's members are offered to be ticked.
const OFFERED: i64 = 100;

pub(super) fn routes(routes: Routes) -> Routes {
    let may = Permission::RecordActivities;
    routes.get("/activities/{id}", may, show).post("/activities/{id}/remove", may, remove).post(
        "/activities/{id}/restore",
        may,
        restore,
    )
}

#[derive(Template)]
#[template(path = "activities/show.html")]
struct ShowPage {
    page: Page,
    activity: Activity,
    day: String,
    area: &'static str,
    manner: &'static str,
    /// How much each participant is given at first, in words.
    each: String,
    /// When it was put into the bin; empty for a live one.
    removed: String,
    can_restore: bool,
    who: Field,
    people: People,
    answer: Answer,
    /// The committee's members who do not take part yet.
    neighbours: Vec<Choice>,
    /// The teams that serve there, to be entered at once.
    teams: Vec<Team>,
}

async fn show(State(app): State<App>, page: Page, viewer: Viewer, Path(id): Path<i64>) -> Result {
    let mut connection = app.db.read().await?;
    let activity = store::activity(&mut connection, id).await?.ok_or(Error::NotFound)?;
    show_with(&mut connection, page, &viewer, &activity, Answer::default()).await
}

/// The page of an activity, with what came of an entry.
pub(super) async fn show_with(
    connection: &mut Connection,
    page: Page,
    viewer: &Viewer,
    activity: &Activity,
    answer: Answer,
) -> Result {
    let people = People::of(connection, &page, &viewer.scope, activity).await?;
    show_people(connection, page, viewer, activity, people, answer).await
}

/// The page of an activity, with its participants as they are given.
pub(super) async fn show_people(
    connection: &mut Connection,
    page: Page,
    viewer: &Viewer,
    activity: &Activity,
    people: People,
    answer: Answer,
) -> Result {
    let details = &activity.details;
    let removed_at = activity.removed_at.clone().unwrap_or_default();
    html(&ShowPage {
        day: page.date(&details.day.to_string()),
        area: page.t(details.area.key()),
        manner: page.t(details.manner.key()),
        each: each(&page, details.amount),
        can_restore: removed_at >= kept_since(Timestamp::now()),
        removed: if removed_at.is_empty() { String::new() } else { page.time(&removed_at) },
        who: Field::new(&page, "who", "activities-who")
            .hint(page.t("activities-who-hint"))
            .focused(),
        neighbours: if people.open {
            neighbours(connection, viewer, details.committee, &people).await?
        } else {
            Vec::new()
        },
        teams: match details.committee.filter(|_| people.open) {
            Some(committee) => {
                let mut teams = teams::store::at(connection, committee).await?;
                teams.retain(|team| team.members > 0);
                teams
            }
            None => Vec::new(),
        },
        activity: activity.clone(),
        people,
        answer,
        page,
    })
}

fn each(page: &Page, amount: Amount) -> String {
    let times = page.t1("activities-each-times", "times", amount.times);
    match amount.hours() {
        hours if hours.is_empty() => times,
        hours => format!("{times} · {}", page.t1("activities-each-hours", "hours", hours)),
    }
}

/// The members of the committee within the viewer's scope who do not take part yet.
async fn neighbours(
    connection: &mut Connection,
    viewer: &Viewer,
    committee: Option<i64>,
    people: &People,
) -> Result<Vec<Choice>> {
    let Some(committee) = committee else { return Ok(Vec::new()) };
    let filters = [Filter::Committee(committee)];
    let expression = match_expression("", &filters, viewer.scope.branches());
    let lines = search::lines(connection, &expression, Order::Name, None, OFFERED).await?;
    let choice = |line: search::Line<'_>| Choice {
        value: line.id.to_string(),
        label: match &line.number {
            Some(number) => format!("{} {}", line.name.as_str(), number.as_str()),
            None => line.name.as_str().to_owned(),
        },
        ..Choice::default()
    };
    let lines = lines.read()?.into_iter().filter(|line| !people.has(line.id));
    Ok(lines.map(choice).collect())
}

/// Puts an activity into the bin, with the parts of all who took part: only who may see them all.
async fn remove(State(app): State<App>, viewer: Viewer, Path(id): Path<i64>) -> Result<Response> {
    let mut write = app.db.write().await?;
    let activity = store::activity(&mut write, id).await?.ok_or(Error::NotFound)?;
    let title = &activity.details.title;
    let parts = people::store::parts(&mut write, id).await?;
    let mut parts = parts.iter().filter(|part| part.taken_out_at.is_empty());
    if parts.clone().any(|part| part.confirmed_at.is_some()) {
        let place = format!("/activities/{id}");
        return Ok(Notice::see_other(&place, "notice-activity-signed-warning", title));
    }
    if parts.any(|part| !viewer.scope.covers(part.branch_id)) {
        let place = format!("/activities/{id}");
        return Ok(Notice::see_other(&place, "notice-activity-others-warning", title));
    }
    if activity.removed_at.is_none() {
        let (actor, record) = ((&viewer).into(), Record::Activity(id));
        store::set_removed(&mut write, id, Some(actor)).await?;
        audit::record(&mut write, actor, Action::ActivityRemoved, record, json!({})).await?;
        write.commit().await?;
    }
    Ok(Notice::see_other("/activities", "notice-activity-removed", title))
}

async fn restore(State(app): State<App>, viewer: Viewer, Path(id): Path<i64>) -> Result<Response> {
    let mut write = app.db.write().await?;
    let activity = store::activity(&mut write, id).await?.ok_or(Error::NotFound)?;
    let place = format!("/activities/{id}");
    if let Some(removed_at) = &activity.removed_at {
        if *removed_at < kept_since(Timestamp::now()) {
            return Err(Error::Conflict);
        }
        let (actor, record) = ((&viewer).into(), Record::Activity(id));
        store::set_removed(&mut write, id, None).await?;
        audit::record(&mut write, actor, Action::ActivityRestored, record, json!({})).await?;
        write.commit().await?;
    }
    Ok(Notice::see_other(&place, "notice-activity-restored", &activity.details.title))
}
