//! `/letters/checkins/{id}`: a signed paper, and the receipts entered from it.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum_extra::extract::{Form, Query};
use serde::Deserialize;

use super::store::{self, Sheet, Slip};
use super::{Receipt, receipts, seen};
use crate::app::App;
use crate::db::Connection;
use crate::lang::Message;
use crate::letters::{past_day, today};
use crate::text::PaperCode;
use crate::web::forms::{Field, FieldError, Problems};
use crate::web::{
    Error, Notice, Page, Permission, Result, Routes, Viewer, already_answered, html,
    remember_answer, see_other,
};

pub(super) fn routes(routes: Routes) -> Routes {
    let may = Permission::WriteLetters;
    routes.get("/letters/checkins/{id}", may, show).post("/letters/checkins/{id}", may, accept)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct SheetQuery {
    /// The place of the slip whose code was typed.
    slip: Option<i64>,
}

/// What was ticked and typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct ReceiptForm {
    tick: Vec<i64>,
    day: String,
    by: String,
    form: String,
}

#[derive(Template)]
#[template(path = "checkins/sheet.html")]
struct SheetPage {
    page: Page,
    sheet: Sheet,
    printed: String,
    code: String,
    rows: Vec<Row>,
    /// Whether a receipt can still be entered.
    open: bool,
    day: Field,
    by: Field,
    errors: Vec<FieldError>,
}

struct Row {
    slip: Slip,
    ticked: bool,
    /// When the committee accepted, in words; empty while it did not.
    accepted: String,
}

/// A sheet and those of its slips that the viewer may see.
async fn own(connection: &mut Connection, viewer: &Viewer, id: i64) -> Result<(Sheet, Vec<Slip>)> {
    let sheet = store::sheet(connection, id).await?.ok_or(Error::NotFound)?;
    let slips = store::slips(connection, id, seen(&viewer.scope).as_deref()).await?;
    if slips.is_empty() {
        return Err(Error::NotFound);
    }
    Ok((sheet, slips))
}

fn shown(
    page: Page,
    (sheet, slips): (Sheet, Vec<Slip>),
    form: &ReceiptForm,
    ticked: impl Fn(&Slip) -> bool,
    problems: &Problems,
) -> SheetPage {
    let row = |slip: Slip| Row {
        ticked: ticked(&slip),
        accepted: slip.accepted_on.as_deref().map_or_else(String::new, |day| page.date(day)),
        slip,
    };
    let rows: Vec<Row> = slips.into_iter().map(row).collect();
    SheetPage {
        open: rows.iter().any(|row| row.slip.checkin_id.is_none()),
        printed: page.time(&sheet.printed_at),
        code: PaperCode::parse(&sheet.code).map_or_else(String::new, |code| code.written()),
        day: Field::new(&page, "day", "checkins-day")
            .kind("date", "off")
            .value(&form.day)
            .check(&page, problems),
        by: Field::new(&page, "by", "checkins-by")
            .value(&form.by)
            .limit(super::LONGEST_NAME)
            .required()
            .focused()
            .check(&page, problems),
        errors: problems.summary(&page),
        rows,
        sheet,
        page,
    }
}

async fn show(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Path(id): Path<i64>,
    Query(query): Query<SheetQuery>,
) -> Result {
    let mut connection = app.db.read().await?;
    let own = own(&mut connection, &viewer, id).await?;
    let form = ReceiptForm { day: today().to_string(), ..ReceiptForm::default() };
    let ticked = |slip: &Slip| query.slip.is_none_or(|place| place == slip.place);
    html(&shown(page, own, &form, ticked, &Problems::none()))
}

async fn accept(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Path(id): Path<i64>,
    Form(form): Form<ReceiptForm>,
) -> Result {
    let page = page.keeping(&form.form);
    let mut write = app.db.write().await?;
    if let Some(location) = already_answered(&mut write, &form.form).await? {
        return Ok(see_other(&location));
    }
    let (sheet, slips) = own(&mut write, &viewer, id).await?;
    let mut problems = Problems::none();
    let day = problems.check("day", past_day(&form.day, ""));
    let by = problems.check("by", Receipt::parse_by(&form.by));
    let ticked = |slip: &Slip| form.tick.contains(&slip.place);
    if !slips.iter().any(ticked) {
        problems.add("tick", Message::new("checkins-none-ticked"));
    }
    let (Some(day), Some(by), true) = (day, by, problems.is_empty()) else {
        let shown = shown(page, (sheet, slips), &form, ticked, &problems);
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&shown)?).into_response());
    };
    let members: Vec<i64> =
        slips.iter().filter(|slip| ticked(slip)).map(|slip| slip.member_id).collect();
    let committee = Some(sheet.committee_id);
    let receipt = Receipt { day, by };
    let count =
        receipts::accept(&mut write, (&viewer).into(), &members, committee, &receipt).await?;
    let place = format!("/letters/checkins/{id}");
    remember_answer(&mut write, &form.form, &place).await?;
    write.commit().await?;
    Ok(Notice::see_other(&place, "notice-checked-in", &count.to_string()))
}
