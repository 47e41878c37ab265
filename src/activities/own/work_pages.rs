//! `/activities/own`: what members entered of themselves and nobody has settled yet.

use askama::Template;
use axum::extract::{Path, State};
use axum_extra::extract::Form;
use serde::Deserialize;

use super::store;
use super::{OwnPart, Reason, accept, decline};
use crate::activities::hours;
use crate::app::App;
use crate::web::{Error, Notice, Page, Permission, Result, Routes, Viewer, html};

const LIST: &str = "/activities/own";

pub(super) fn routes(routes: Routes) -> Routes {
    let may = Permission::RecordActivities;
    routes.get(LIST, may, list).post("/activities/own/{id}", may, settle)
}

#[derive(Template)]
#[template(path = "activities/own.html")]
struct ListPage {
    page: Page,
    rows: Vec<Row>,
    reasons: Vec<(&'static str, &'static str)>,
}

struct Row {
    part: OwnPart,
    day: String,
    /// Area and length, in words.
    amount: String,
    at: String,
    /// Activities of that day in which the member takes part already.
    there: Vec<(i64, String)>,
}

async fn list(State(app): State<App>, page: Page, viewer: Viewer) -> Result {
    let mut connection = app.db.snapshot().await?;
    let mut rows = Vec::new();
    for part in store::waiting(&mut connection, &viewer.scope).await? {
        let area = page.t(part.area.key());
        rows.push(Row {
            there: store::that_day(&mut connection, &part).await?,
            day: page.date(&part.day.to_string()),
            amount: match part.minutes {
                0 => area.to_owned(),
                minutes => {
                    format!("{area} · {}", page.t1("hub-hours", "hours", hours(minutes)))
                }
            },
            at: page.time(&part.at),
            part,
        });
    }
    let reasons = Reason::ALL.iter().map(|reason| (reason.name(), page.t(reason.key())));
    html(&ListPage { rows, reasons: reasons.collect(), page })
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct SettleForm {
    /// `accept` or `decline`.
    act: String,
    /// The name of a [`Reason`].
    reason: String,
}

async fn settle(
    State(app): State<App>,
    viewer: Viewer,
    Path(id): Path<i64>,
    Form(form): Form<SettleForm>,
) -> Result {
    let mut write = app.db.write().await?;
    let part = store::one_waiting(&mut write, id).await?.ok_or(Error::NotFound)?;
    viewer.must_cover(part.branch_id)?;
    let actor = (&viewer).into();
    let key = if form.act == "accept" {
        accept(&mut write, actor, &part, None).await?;
        "notice-own-part-accepted"
    } else {
        let reason = Reason::from_name(&form.reason).ok_or(Error::BadRequest("no reason"))?;
        decline(&mut write, actor, &part, reason).await?;
        "notice-own-part-declined"
    };
    write.commit().await?;
    Ok(Notice::see_other(LIST, key, &part.name))
}
