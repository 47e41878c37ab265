//! `/needs/teams`.

use askama::Template;
use axum::extract::State;
use axum_extra::extract::Query;
use serde::Deserialize;

use super::{Team, store};
use crate::app::App;
use crate::web::paging::Pager;
use crate::web::{Page, Permission, Result, Routes, Viewer, html};

/// How many teams a page shows.
const PAGE: i64 = 50;

pub(super) fn routes(routes: Routes) -> Routes {
    routes.get("/needs/teams", Permission::ServeNeeds, list)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct ListQuery {
    /// `ended`: those that were dissolved.
    show: String,
    before: Option<i64>,
}

#[derive(Template)]
#[template(path = "teams/list.html")]
struct ListPage {
    page: Page,
    ended: bool,
    rows: Vec<Team>,
    pager: Pager,
}

async fn list(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Query(query): Query<ListQuery>,
) -> Result {
    let ended = query.show == "ended";
    let before = query.before.unwrap_or(i64::MAX);
    let mut connection = app.db.read().await?;
    let mut rows = store::list(&mut connection, ended, before, PAGE + 1).await?;
    let shown = usize::try_from(PAGE).unwrap_or(usize::MAX);
    let more = rows.len() > shown;
    rows.truncate(shown);
    for team in &mut rows {
        // Whom the viewer may not see is not named.
        team.leader.take_if(|leader| !viewer.scope.covers(leader.branch));
    }
    let show = if ended { "show=ended&" } else { "" };
    let next = rows.last().filter(|_| more);
    let pager = Pager {
        first_url: query.before.map_or_else(String::new, |_| format!("/needs/teams?{show}")),
        next_url: next
            .map_or_else(String::new, |last| format!("/needs/teams?{show}before={}", last.id)),
        ..Pager::default()
    };
    html(&ListPage { page, ended, rows, pager })
}
