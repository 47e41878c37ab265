//! `/commendations`: the calls.

use askama::Template;
use axum::extract::{Query, State};
use serde::Deserialize;
use serde_json::json;

use super::{Call, store};
use crate::app::App;
use crate::web::paging::Pager;
use crate::web::{Page, Permission, Result, Routes, Viewer, html};

/// How many calls a page shows.
const PAGE: usize = 50;

pub(super) fn routes(routes: Routes) -> Routes {
    routes.get("/commendations", Permission::Commend, list)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct ListQuery {
    before: Option<i64>,
}

#[derive(Template)]
#[template(path = "commendations/list.html")]
struct ListPage {
    page: Page,
    rows: Vec<Row>,
    pager: Pager,
}

struct Row {
    call: Call,
    period: String,
    until: String,
    phase: &'static str,
}

async fn list(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Query(query): Query<ListQuery>,
) -> Result {
    let mut connection = app.db.read().await?;
    let branches = viewer.scope.branches().map(|branches| json!(branches).to_string());
    let before = query.before.unwrap_or(i64::MAX);
    let limit = i64::try_from(PAGE).unwrap_or(i64::MAX) + 1;
    let mut calls = store::list(&mut connection, branches.as_deref(), before, limit).await?;
    let more = calls.len() > PAGE;
    calls.truncate(PAGE);
    let next = calls.last().filter(|_| more);
    let pager = Pager {
        first_url: query.before.map_or_else(String::new, |_| "/commendations".to_owned()),
        next_url: next
            .map_or_else(String::new, |last| format!("/commendations?before={}", last.id)),
        ..Pager::default()
    };
    let row = |call: Call| Row {
        period: call.details.period().map_or_else(String::new, |p| p.words(page.language())),
        until: page.date(&call.details.until),
        phase: call.phase_words(&page),
        call,
    };
    html(&ListPage { rows: calls.into_iter().map(row).collect(), page, pager })
}
