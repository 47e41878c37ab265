//! `/letters/checkins/batches/{id}`: the papers of one print, now or again as they were.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::HeaderMap;

use super::papers::{Leaf, Paper, leaves, papers};
use super::seen;
use crate::app::App;
use crate::letters::origin;
use crate::web::{Error, Page, Permission, Result, Routes, Viewer, html};

pub(super) fn routes(routes: Routes) -> Routes {
    routes.get("/letters/checkins/batches/{id}", Permission::WriteLetters, show)
}

#[derive(Template)]
#[template(path = "checkins/print.html")]
struct PrintPage {
    page: Page,
    papers: Vec<Paper>,
}

impl PrintPage {
    fn leaves(&self) -> Vec<Leaf<'_>> {
        leaves(&self.papers)
    }
}

async fn show(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    headers: HeaderMap,
    Path(batch): Path<i64>,
) -> Result {
    let mut connection = app.db.snapshot().await?;
    let origin = origin(&app, &headers);
    let branches = seen(&viewer.scope);
    let papers = papers(&mut connection, batch, branches.as_deref(), &origin).await?;
    if papers.is_empty() {
        return Err(Error::NotFound);
    }
    html(&PrintPage { page, papers })
}
