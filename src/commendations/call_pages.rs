//! A call's page: what it asks for, who was nominated and what became of it.

use askama::Template;
use axum::extract::{Path, Query, State};
use serde::Deserialize;
use serde_json::json;

use super::edit_pages::{facts, own_call};
use super::{Call, CallDetails, Nominee, nominee_store, paper, registry, store};
use crate::app::App;
use crate::db::Connection;
use crate::web::paging::Pager;
use crate::web::{
    Difference, Error, Fact, Notice, Page, Permission, Result, Routes, Viewer, differing, html,
};

/// How many nominees a page shows.
const PAGE: usize = 100;

pub(super) fn routes(routes: Routes) -> Routes {
    let may = Permission::Commend;
    routes.get("/commendations/{id}", may, show).post("/commendations/{id}/close", may, close).post(
        "/commendations/{id}/reopen",
        may,
        reopen,
    )
}

/// A call that the viewer sees.
pub(super) async fn seen_call(
    connection: &mut Connection,
    viewer: &Viewer,
    id: i64,
) -> Result<Call> {
    let call = store::call(connection, id).await?.ok_or(Error::NotFound)?;
    if call.details.is_seen(&viewer.scope) { Ok(call) } else { Err(Error::NotFound) }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct NomineesQuery {
    /// The last nominee's place in the phone book on the page before.
    after: Option<i64>,
}

#[derive(Template)]
#[template(path = "commendations/show.html")]
struct ShowPage {
    page: Page,
    call: Call,
    phase: &'static str,
    facts: Vec<Fact>,
    nominees: Vec<NomineeRow>,
    pager: Pager,
    /// What was printed of it, each time.
    printed: Vec<paper::Printed>,
    past: Vec<Past>,
    /// Whether it is the viewer's to change.
    own: bool,
    /// Whether nominations can still be made.
    nominating: bool,
    /// Whether some of those whom the viewer sees wait for a decision.
    waiting: bool,
    /// Whether some of them are commended.
    granted: bool,
}

/// Someone nominated, in words.
struct NomineeRow {
    nominee: Nominee,
    state: &'static str,
    tag: &'static str,
    decided: String,
}

/// What was done, in words.
pub(super) struct Past {
    pub at: String,
    pub by: String,
    pub what: &'static str,
    pub why: String,
    pub differences: Vec<Difference>,
}

impl NomineeRow {
    fn of(page: &Page, nominee: Nominee) -> Self {
        let decision = nominee.decision.as_ref();
        Self {
            state: page.t(nominee.state.key()),
            tag: tag(&nominee),
            decided: decision.map_or_else(String::new, |decision| {
                format!("{} · {}", page.date(&decision.on), decision.by)
            }),
            nominee,
        }
    }
}

/// By which colour a state is told, besides its word.
pub(super) fn tag(nominee: &Nominee) -> &'static str {
    match nominee.state {
        super::State::Nominated => "tag-warn",
        super::State::Granted => "tag-ok",
        super::State::TakenBack | super::State::Declined => "",
    }
}

async fn show(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Path(id): Path<i64>,
    Query(query): Query<NomineesQuery>,
) -> Result {
    let mut connection = app.db.snapshot().await?;
    let call = seen_call(&mut connection, &viewer, id).await?;
    let branches = viewer.scope.branches().map(|branches| json!(branches).to_string());
    let limit = i64::try_from(PAGE).unwrap_or(i64::MAX) + 1;
    let after = query.after.unwrap_or(i64::MIN);
    let within = branches.as_deref();
    let mut nominees =
        nominee_store::of_call(&mut connection, id, within, None, after, limit).await?;
    let more = nominees.len() > PAGE;
    nominees.truncate(PAGE);
    let next = nominees.last().filter(|_| more).map(|last| last.sort_key);
    let address = format!("/commendations/{id}");
    let waiting = nominee_store::any(&mut connection, id, within, super::State::Nominated).await?;
    let granted = nominee_store::any(&mut connection, id, within, super::State::Granted).await?;
    html(&ShowPage {
        phase: call.phase_words(&page),
        facts: facts(&mut connection, &page, &call.details).await?,
        nominees: nominees.into_iter().map(|one| NomineeRow::of(&page, one)).collect(),
        pager: Pager {
            first_url: query.after.map_or_else(String::new, |_| address.clone()),
            next_url: next.map_or_else(String::new, |key| format!("{address}?after={key}")),
            ..Pager::default()
        },
        printed: paper::printed_of(&mut connection, &page, id, within).await?,
        past: past(&mut connection, &page, &call).await?,
        own: call.details.is_theirs(&viewer.scope),
        nominating: call.phase() == super::Phase::Nominating,
        waiting: waiting && call.phase() != super::Phase::Closed,
        granted,
        call,
        page,
    })
}

async fn past(connection: &mut Connection, page: &Page, call: &Call) -> Result<Vec<Past>> {
    let mut after = call.details.clone();
    let mut past = Vec::new();
    for step in store::history(connection, call.id).await? {
        let mut differences = Vec::new();
        if let Some(before) = &step.before {
            let before: CallDetails = serde_json::from_str(before).map_err(Error::internal)?;
            let old = facts(connection, page, &before).await?;
            differences = differing(old, facts(connection, page, &after).await?);
            after = before;
        }
        past.push(Past {
            at: page.time(&step.at),
            by: step.by.unwrap_or_else(|| page.t("history-by-terminal").to_owned()),
            what: page.t(match step.step.as_str() {
                "close" => "commendations-close",
                "reopen" => "commendations-reopen",
                _ => "history-cause-edited",
            }),
            why: step.why,
            differences,
        });
    }
    Ok(past)
}

async fn close(state: State<App>, viewer: Viewer, id: Path<i64>) -> Result {
    set_closed(state, viewer, id, true).await
}

async fn reopen(state: State<App>, viewer: Viewer, id: Path<i64>) -> Result {
    set_closed(state, viewer, id, false).await
}

async fn set_closed(
    State(app): State<App>,
    viewer: Viewer,
    Path(id): Path<i64>,
    closed: bool,
) -> Result {
    let mut write = app.db.write().await?;
    let call = own_call(&mut write, &viewer, id).await?;
    registry::set_closed(&mut write, (&viewer).into(), id, closed).await?;
    write.commit().await?;
    let key = if closed { "notice-call-closed" } else { "notice-call-reopened" };
    Ok(Notice::see_other(&format!("/commendations/{id}"), key, &call.details.title))
}
