//! Who is in a team, as a file.

use axum::body::Body;
use axum::extract::{Path, State as Held};
use serde_json::json;

use super::{State, people, store};
use crate::app::App;
use crate::audit::{self, Action, Record};
use crate::lang::Language;
use crate::sheets::{Column as _, MemberColumn, csv_row, csv_start};
use crate::web::{Error, Page, Permission, Result, Routes, Viewer, file};

/// The columns, but the last, which tells the leader.
const COLUMNS: [MemberColumn; 3] = [MemberColumn::Number, MemberColumn::Name, MemberColumn::Branch];

pub(super) fn routes(routes: Routes) -> Routes {
    routes.get("/needs/teams/{id}/members.csv", Permission::ExportMembers, csv)
}

/// Those who are in it, of whom the viewer may see.
async fn csv(Held(app): Held<App>, page: Page, viewer: Viewer, Path(id): Path<i64>) -> Result {
    let mut write = app.db.write().await?;
    let team = store::team(&mut write, id).await?.ok_or(Error::NotFound)?;
    let chinese = page.language() == Language::Chinese;
    let headers = COLUMNS.iter().map(|column| column.header(chinese));
    let mut out = csv_start(headers.chain([page.t("teams-leader")]));
    let mut rows: i64 = 0;
    for person in people::store::people(&mut write, id).await? {
        if person.state() == Some(State::In) && viewer.scope.covers(person.branch_id) {
            let leads = if person.leads { page.t("members-yes") } else { "" };
            let number = person.number.as_deref().unwrap_or_default();
            let branch = person.branch.as_deref().unwrap_or_default();
            csv_row(&mut out, [number, &person.name, branch, leads]);
            rows += 1;
        }
    }
    let detail = json!({ "rows": rows, "format": "csv" });
    let (actor, record) = ((&viewer).into(), Record::Team(id));
    audit::record(&mut write, actor, Action::MembersExported, record, detail).await?;
    write.commit().await?;
    Ok(file(Body::from(out), &format!("{}.csv", team.details.name), "text/csv; charset=utf-8"))
}
