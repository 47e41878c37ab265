//! `/letters/receipts/{id}`: a receipt that was entered wrongly is corrected or taken back.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum_extra::extract::Form;
use serde::Deserialize;
use serde_json::json;

use super::receipt_store::{self, Kept};
use super::{LONGEST_NAME, Receipt};
use crate::app::App;
use crate::audit::{self, Action, Record};
use crate::db::Connection;
use crate::letters::past_day;
use crate::web::forms::{Field, FieldError, Problems};
use crate::web::{
    Difference, Draft, Error, Fact, FormToken, Notice, Page, Permission, Result, Routes, Viewer,
    already_answered, differing, html, remember_answer, see_other,
};

pub(super) fn routes(routes: Routes) -> Routes {
    let may = Permission::WriteLetters;
    routes
        .get("/letters/receipts/{id}", may, show)
        .post("/letters/receipts/{id}", may, change)
        .post("/letters/receipts/{id}/strike", may, strike)
}

/// What was typed, as it came.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct ReceiptForm {
    day: String,
    by: String,
    version: i64,
    form: String,
}

#[derive(Template)]
#[template(path = "checkins/receipt.html")]
struct ReceiptPage {
    page: Page,
    kept: Kept,
    noted: String,
    day: Field,
    by: Field,
    version: i64,
    errors: Vec<FieldError>,
    /// What another saved meanwhile, beside what was typed.
    conflict: Vec<Difference>,
}

impl ReceiptPage {
    fn place(&self) -> String {
        format!("/letters/receipts/{}", self.kept.id)
    }
}

async fn own(connection: &mut Connection, viewer: &Viewer, id: i64) -> Result<Kept> {
    let kept = receipt_store::receipt(connection, id).await?.ok_or(Error::NotFound)?;
    viewer.must_cover(kept.branch_id)?;
    Ok(kept)
}

fn facts(page: &Page, day: &str, by: &str) -> [Fact; 2] {
    [
        Fact { label: page.t("checkins-day"), text: page.date(day) },
        Fact { label: page.t("checkins-by"), text: by.to_owned() },
    ]
}

fn shown(
    page: Page,
    kept: Kept,
    form: &ReceiptForm,
    problems: &Problems,
    conflict: Vec<Difference>,
) -> ReceiptPage {
    ReceiptPage {
        noted: page.time(&kept.noted_at),
        day: Field::new(&page, "day", "checkins-day")
            .kind("date", "off")
            .value(&form.day)
            .required()
            .check(&page, problems),
        by: Field::new(&page, "by", "checkins-by")
            .value(&form.by)
            .limit(LONGEST_NAME)
            .required()
            .check(&page, problems),
        // Whoever saves after having seen both versions means the latest.
        version: kept.version,
        errors: problems.summary(&page),
        conflict,
        kept,
        page,
    }
}

async fn show(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Path(id): Path<i64>,
    Draft(draft): Draft<ReceiptForm>,
) -> Result {
    let mut connection = app.db.read().await?;
    let kept = own(&mut connection, &viewer, id).await?;
    let form = draft.unwrap_or_else(|| ReceiptForm {
        day: kept.accepted_on.clone(),
        by: kept.accepted_by.clone(),
        ..ReceiptForm::default()
    });
    html(&shown(page, kept, &form, &Problems::none(), Vec::new()))
}

async fn change(
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
    let kept = own(&mut write, &viewer, id).await?;
    let mut problems = Problems::none();
    let day = problems.check("day", past_day(&form.day, ""));
    let by = problems.check("by", Receipt::parse_by(&form.by));
    let (Some(day), Some(by)) = (day, by) else {
        let shown = shown(page, kept, &form, &problems, Vec::new());
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&shown)?).into_response());
    };
    let theirs = facts(&page, &kept.accepted_on, &kept.accepted_by);
    let conflict = differing(theirs, facts(&page, &day, &by));
    if form.version != kept.version && !conflict.is_empty() {
        let shown = shown(page, kept, &form, &problems, conflict);
        return Ok((StatusCode::CONFLICT, html(&shown)?).into_response());
    }
    let place = format!("/members/{}", kept.member_id);
    if !conflict.is_empty() {
        receipt_store::update(&mut write, id, &Receipt { day, by }).await?;
        let (actor, record) = ((&viewer).into(), Record::Member(kept.member_id));
        audit::record(&mut write, actor, Action::CheckInChanged, record, json!({})).await?;
    }
    remember_answer(&mut write, &form.form, &place).await?;
    write.commit().await?;
    Ok(Notice::see_other(&place, "notice-receipt-changed", &kept.name))
}

/// Takes a receipt back: the member is again among those who have not checked in.
async fn strike(
    State(app): State<App>,
    viewer: Viewer,
    Path(id): Path<i64>,
    Form(token): Form<FormToken>,
) -> Result {
    let mut write = app.db.write().await?;
    if let Some(location) = already_answered(&mut write, &token.form).await? {
        return Ok(see_other(&location));
    }
    let kept = own(&mut write, &viewer, id).await?;
    let actor = (&viewer).into();
    receipt_store::strike(&mut write, id, actor).await?;
    let record = Record::Member(kept.member_id);
    audit::record(&mut write, actor, Action::CheckInStruck, record, json!({})).await?;
    let place = format!("/members/{}", kept.member_id);
    remember_answer(&mut write, &token.form, &place).await?;
    write.commit().await?;
    Ok(Notice::see_other(&place, "notice-receipt-struck", &kept.name))
}
