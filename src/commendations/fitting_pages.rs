//! Who meets a call's figures, and why.

use askama::Template;
use axum::extract::{Path, Query, State};
use serde::Deserialize;
use serde_json::json;

use super::call_pages::seen_call;
use super::criteria::Why;
use super::{Call, Phase, fitting, got, left_out, nominee_store};
use crate::app::App;
use crate::web::paging::Pager;
use crate::web::{Page, Permission, Result, Routes, Viewer, html};

/// How many members a page shows.
const PAGE: usize = 50;

pub(super) fn routes(routes: Routes) -> Routes {
    let may = Permission::Commend;
    routes.get("/commendations/{id}/fitting", may, show).get(
        "/commendations/{id}/left-out",
        may,
        show_left_out,
    )
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct PlaceQuery {
    /// The last member's place in the phone book on the page before.
    after: Option<i64>,
}

#[derive(Template)]
#[template(path = "commendations/fitting.html")]
struct FittingPage {
    page: Page,
    call: Call,
    period: String,
    asked: Vec<String>,
    rows: Vec<Row>,
    pager: Pager,
    /// Whether nominations can still be made.
    open: bool,
}

struct Row {
    member: i64,
    name: String,
    number: String,
    branch: String,
    why: Vec<Why>,
    /// Where their nomination stands, in words; empty without one.
    state: &'static str,
    /// Whether they can be nominated.
    free: bool,
}

async fn show(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Path(id): Path<i64>,
    Query(query): Query<PlaceQuery>,
) -> Result {
    let mut connection = app.db.snapshot().await?;
    let call = seen_call(&mut connection, &viewer, id).await?;
    let within = call.details.within(&viewer.scope);
    let after = query.after.unwrap_or(i64::MIN);
    let details = &call.details;
    let mut fits = fitting(&mut connection, details, within.as_deref(), after, PAGE + 1).await?;
    let more = fits.len() > PAGE;
    fits.truncate(PAGE);
    let next = fits.last().filter(|_| more).map(|last| last.sort_key);
    let ids: Vec<i64> = fits.iter().map(|fit| fit.id).collect();
    let got = got(&mut connection, details, &ids).await?;
    let known = super::store::known(&mut connection, &json!(ids).to_string()).await?;
    let mut rows = Vec::with_capacity(ids.len());
    for member in known {
        let has = got.iter().find(|(id, _)| *id == member.id).map(|(_, got)| got.clone());
        let nominee = nominee_store::in_call(&mut connection, call.id, member.id).await?;
        let stands = nominee.filter(|nominee| nominee.state != super::State::TakenBack);
        rows.push(Row {
            why: details.figures.beside(&has.unwrap_or_default(), page.language()),
            state: stands.as_ref().map_or("", |nominee| page.t(nominee.state.key())),
            free: stands.is_none(),
            member: member.id,
            name: member.name,
            number: member.number,
            branch: member.branch,
        });
    }
    let address = format!("/commendations/{id}/fitting");
    html(&FittingPage {
        period: details.period().map_or_else(String::new, |p| p.words(page.language())),
        asked: details.figures.words(page.language()),
        rows,
        pager: Pager {
            first_url: query.after.map_or_else(String::new, |_| address.clone()),
            next_url: next.map_or_else(String::new, |key| format!("{address}?after={key}")),
            ..Pager::default()
        },
        open: call.phase() == Phase::Nominating,
        call,
        page,
    })
}

#[derive(Template)]
#[template(path = "commendations/left_out.html")]
struct LeftOutPart {
    page: Page,
    count: usize,
}

#[derive(Template)]
#[template(path = "commendations/left_out_page.html")]
struct LeftOutPage {
    page: Page,
    call: Call,
    count: usize,
}

/// How many are left out only because the committee has not confirmed their parts: it takes all
/// parts of the half-years to know, so the list does not wait for it.
async fn show_left_out(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Path(id): Path<i64>,
) -> Result {
    let mut connection = app.db.snapshot().await?;
    let call = seen_call(&mut connection, &viewer, id).await?;
    let within = call.details.within(&viewer.scope);
    let count = left_out(&mut connection, &call.details, within.as_deref()).await?;
    if page.partial() {
        return html(&LeftOutPart { page, count });
    }
    html(&LeftOutPage { page, call, count })
}
