//! `/commendations/published`: of whom the workplace may read, since they agree.

use askama::Template;
use axum::extract::{Query, State};
use serde::Deserialize;

use super::Period;
use super::nominee_store::{self, Titled};
use crate::app::App;
use crate::web::paging::Pager;
use crate::web::{Page, Permission, Result, Routes, html};

/// How many a page shows.
const PAGE: usize = 50;

pub(super) fn routes(routes: Routes) -> Routes {
    routes.get("/commendations/published", Permission::ReadCommendations, show)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct PlaceQuery {
    /// The last one of the page before: day and `id`.
    before: String,
}

#[derive(Template)]
#[template(path = "commendations/published.html")]
struct PublishedPage {
    page: Page,
    rows: Vec<Row>,
    pager: Pager,
}

struct Row {
    name: String,
    branch: String,
    title: String,
    period: String,
    reason: String,
    decided: String,
}

impl Row {
    fn of(page: &Page, one: Titled) -> Self {
        let period = Period::parse(&one.halves.0, &one.halves.1);
        let nominee = one.nominee;
        let decision = nominee.decision.unwrap_or_default();
        Self {
            name: nominee.name,
            branch: nominee.branch,
            title: one.title,
            period: period.map_or_else(String::new, |period| period.words(page.language())),
            reason: nominee.reason,
            decided: format!("{} · {}", page.date(&decision.on), decision.by),
        }
    }
}

async fn show(State(app): State<App>, page: Page, Query(query): Query<PlaceQuery>) -> Result {
    let place = query.before.split_once('_').and_then(|(day, id)| Some((day, id.parse().ok()?)));
    let before = place.unwrap_or(("~", i64::MAX));
    let limit = i64::try_from(PAGE).unwrap_or(i64::MAX) + 1;
    let mut connection = app.db.read().await?;
    let mut found = nominee_store::published(&mut connection, before, limit).await?;
    let more = found.len() > PAGE;
    found.truncate(PAGE);
    let address = "/commendations/published";
    let last = found.last().filter(|_| more).and_then(|last| {
        let decision = last.nominee.decision.as_ref()?;
        Some(format!("{address}?before={}_{}", decision.on, last.nominee.id))
    });
    let pager = Pager {
        first_url: if place.is_some() { address.to_owned() } else { String::new() },
        next_url: last.unwrap_or_default(),
        ..Pager::default()
    };
    let rows = found.into_iter().map(|one| Row::of(&page, one)).collect();
    html(&PublishedPage { page, rows, pager })
}
