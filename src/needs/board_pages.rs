//! `/needs`: the board, a column for each state.

use askama::Template;
use axum::extract::State as From;
use jiff::ToSpan as _;

use super::State;
use super::list_pages::Row;
use super::store;
use crate::activities::today;
use crate::app::App;
use crate::web::{Page, Permission, Result, Routes, html};

/// How many needs a column shows.
const COLUMN: i64 = 12;
/// How many days before a need's last day it stands at the top.
const NEAR_DAYS: i64 = 14;

pub(super) fn routes(routes: Routes) -> Routes {
    routes.get("/needs", Permission::ServeNeeds, board)
}

#[derive(Template)]
#[template(path = "needs/board.html")]
struct BoardPage {
    page: Page,
    columns: Vec<Column>,
    /// Whether there is no need at all.
    nothing: bool,
}

struct Column {
    state: State,
    name: &'static str,
    count: String,
    rows: Vec<Row>,
    /// Whether the state has more than the column shows.
    more: bool,
}

async fn board(From(app): From<App>, page: Page) -> Result {
    let mut connection = app.db.snapshot().await?;
    let counts = store::counts(&mut connection).await?;
    let today = today();
    let near = today.saturating_add(NEAR_DAYS.days()).to_string();
    let today = today.to_string();
    let mut columns = Vec::new();
    for state in State::ALL {
        let count = counts.iter().find(|(name, _)| name == state.name());
        let count = count.map_or(0, |(_, count)| *count);
        let lines = store::column(&mut connection, *state, &near, COLUMN).await?;
        columns.push(Column {
            state: *state,
            name: page.t(state.key()),
            count: page.number(&count),
            rows: lines.into_iter().map(|line| Row::of(&page, line, &today)).collect(),
            more: count > COLUMN,
        });
    }
    html(&BoardPage { nothing: counts.is_empty(), columns, page })
}
