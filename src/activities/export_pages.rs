//! A list of activities as a file, a row for each member's part, that can be taken in again.

use axum::extract::{Query, State};
use axum::response::Response;
use serde_json::json;

use super::import::OFFICE;
use super::list_pages::ListQuery;
use super::people::store::{self as people, FileRow};
use super::{Area, Manner, hours, store};
use crate::app::App;
use crate::audit::{self, Action, Record};
use crate::committees;
use crate::lang::Language;
use crate::operations::Work;
use crate::sheets::{Column as _, ListFile, ListFormat};
use crate::web::{Error, Page, Permission, Result, Routes, Viewer, list_file};

/// How many activities are read at once.
const CHUNK: i64 = 500;

pub(super) fn routes(routes: Routes) -> Routes {
    let may = Permission::ExportMembers;
    routes.get("/activities/export.csv", may, csv).get("/activities/export.xlsx", may, xlsx)
}

async fn csv(app: State<App>, page: Page, viewer: Viewer, query: Query<ListQuery>) -> Result {
    write(app, page, viewer, query, ListFormat::Csv).await
}

async fn xlsx(app: State<App>, page: Page, viewer: Viewer, query: Query<ListQuery>) -> Result {
    write(app, page, viewer, query, ListFormat::Xlsx).await
}

/// Writes every part of members within the viewer's scope, then sends the file.
async fn write(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Query(query): Query<ListQuery>,
    format: ListFormat,
) -> Result<Response> {
    let _running = Work::Export.begin();
    let chinese = page.language() == Language::Chinese;
    let headers = OFFICE.iter().map(|column| column.header(chinese));
    let mut out = ListFile::begin(format, page.t("activities-parts"), headers)?;
    let mut connection = app.db.snapshot().await?;
    let mut asked = query.asked();
    let chosen = ["", query.committee_id.as_str()];
    let mut several = Vec::new();
    let meant = committees::meant(&mut connection, &query.committee, chosen, &mut several).await?;
    asked.committee = meant.map_err(|_| Error::BadRequest("no such committee"))?;
    let mut last: Option<(String, i64)> = None;
    let mut count = 0;
    loop {
        let place = last.as_ref().map(|(day, id)| (day.as_str(), *id));
        let lines = store::list(&mut connection, &asked, place, CHUNK).await?;
        let Some(line) = lines.last() else { break };
        last = Some((line.day.clone(), line.id));
        let ids: Vec<i64> = lines.iter().map(|line| line.id).collect();
        for row in people::file_rows(&mut connection, &ids).await? {
            if viewer.scope.covers(row.branch_id) {
                count += 1;
                write_row(&mut out, &page, &row)?;
            }
        }
    }
    drop(connection);
    let written = out.finish()?;
    let mut write = app.db.write().await?;
    let detail = json!({ "lines": count, "format": written.format.ending() });
    let actor = (&viewer).into();
    audit::record(&mut write, actor, Action::ActivitiesExported, Record::None, detail).await?;
    write.commit().await?;
    Ok(list_file(written, page.t("activities-parts")))
}

fn write_row(out: &mut ListFile, page: &Page, row: &FileRow) -> Result<()> {
    let area = Area::from_name(&row.area).map_or("", |area| page.t(area.key()));
    let manner = Manner::from_name(&row.manner).map_or("", |manner| page.t(manner.key()));
    let (times, hours) = (row.times.to_string(), hours(row.minutes));
    Ok(out.row([
        row.number.as_deref().unwrap_or_default(),
        &row.name,
        &row.day,
        &row.title,
        area,
        manner,
        &times,
        &hours,
        row.code.as_deref().unwrap_or_default(),
        row.committee.as_deref().unwrap_or_default(),
    ])?)
}
