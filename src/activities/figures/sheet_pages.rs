//! `/activities/{id}/sheet`: the sheet on which participants sign in, filled in with those who are
//! expected or blank.

use askama::Template;
use axum::extract::{Path, Query, State};
use serde::Deserialize;
use serde_json::json;

use crate::activities::people::store as people;
use crate::activities::{Activity, store};
use crate::app::App;
use crate::audit::{self, Action, Record};
use crate::web::{Error, Page, Permission, Result, Routes, Viewer, html};

/// How many rows a blank sheet has; a page holds them all.
const BLANK: usize = 20;
/// How many empty rows follow those who are expected.
const SPARE: usize = 4;

pub(super) fn routes(routes: Routes) -> Routes {
    routes.get("/activities/{id}/sheet", Permission::RecordActivities, show)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct SheetQuery {
    /// `yes`: nobody's name is on it.
    blank: String,
}

#[derive(Template)]
#[template(path = "activities/sheet.html")]
struct SheetPage {
    page: Page,
    activity: Activity,
    day: String,
    place: String,
    blank: bool,
    rows: Vec<SheetRow>,
}

#[derive(Default)]
struct SheetRow {
    name: String,
    branch: String,
}

async fn show(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Path(id): Path<i64>,
    Query(query): Query<SheetQuery>,
) -> Result {
    let mut connection = app.db.read().await?;
    let activity = store::activity(&mut connection, id).await?.ok_or(Error::NotFound)?;
    let blank = query.blank == "yes";
    let mut rows: Vec<SheetRow> = Vec::new();
    if !blank {
        let mut parts = people::parts(&mut connection, id).await?;
        parts.retain(|part| part.taken_out_at.is_empty() && viewer.scope.covers(part.branch_id));
        // As they were entered: the office's own list is mostly by branch.
        let row = |part: people::Part| SheetRow {
            name: part.name,
            branch: part.branch.unwrap_or_default(),
        };
        rows = parts.into_iter().rev().map(row).collect();
    }
    drop(connection);
    let expected = rows.len();
    let length = if expected == 0 { BLANK } else { expected + SPARE };
    rows.resize_with(length, SheetRow::default);
    if expected > 0 {
        let mut write = app.db.write().await?;
        let record = Record::Activity(id);
        let detail = json!({ "rows": expected });
        audit::record(&mut write, (&viewer).into(), Action::SheetPrinted, record, detail).await?;
        write.commit().await?;
    }
    html(&SheetPage {
        day: page.date(&activity.details.day.to_string()),
        place: activity
            .committee
            .as_ref()
            .map_or_else(String::new, |line| format!("{}{}", line.street, line.name)),
        blank,
        rows,
        activity,
        page,
    })
}
