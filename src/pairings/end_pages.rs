//! Ending a pairing: why, what was achieved, and what becomes of the need.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum_extra::extract::Form;
use serde::{Deserialize, Serialize};

use super::{EndReason, record_pages, registry};
use crate::app::App;
use crate::committees::parse_line;
use crate::lang::Message;
use crate::needs::Step;
use crate::needs::form::choices;
use crate::web::forms::{Field, FieldError, Problems};
use crate::web::{
    Draft, Notice, Page, Permission, Result, Routes, Viewer, already_answered, html,
    remember_answer, see_other,
};

pub(super) fn routes(routes: Routes) -> Routes {
    let may = Permission::ServeNeeds;
    routes.get("/pairings/{id}/end", may, show).post("/pairings/{id}/end", may, end)
}

/// The most characters of what was achieved.
const LONGEST: u32 = 120;
/// What may become of the need, with its words.
const AFTER: [(Step, &str); 2] =
    [(Step::Finish, "pairings-need-done"), (Step::Release, "pairings-need-open")];

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
struct EndForm {
    reason: String,
    achieved: String,
    /// The name of a [`Step`].
    after: String,
    form: String,
}

#[derive(Template)]
#[template(path = "pairings/end.html")]
struct EndPage {
    page: Page,
    id: i64,
    title: String,
    reason: Field,
    achieved: Field,
    after: Field,
    errors: Vec<FieldError>,
}

fn end_page(page: Page, (id, title): (i64, &str), form: &EndForm, problems: &Problems) -> EndPage {
    let reasons = EndReason::ALL.iter().map(|reason| (reason.name(), reason.key()));
    let after = AFTER.iter().map(|(step, key)| (step.name(), *key));
    EndPage {
        id,
        title: title.to_owned(),
        reason: Field::new(&page, "reason", "pairings-end-why")
            .required()
            .options(choices(&page, reasons, &form.reason))
            .check(&page, problems),
        achieved: Field::new(&page, "achieved", "pairings-achieved")
            .value(&form.achieved)
            .limit(LONGEST)
            .hint(page.t("pairings-achieved-hint"))
            .check(&page, problems),
        after: Field::new(&page, "after", "pairings-need-after")
            .options(choices(&page, after, &form.after))
            .check(&page, problems),
        errors: problems.summary(&page),
        page,
    }
}

async fn show(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Path(id): Path<i64>,
    Draft(draft): Draft<EndForm>,
) -> Result {
    let mut connection = app.db.read().await?;
    let (pairing, need) = record_pages::own(&mut connection, &viewer, id).await?;
    if pairing.ended_at.is_some() {
        return Ok(see_other(&format!("/pairings/{id}")));
    }
    let form = draft.unwrap_or_else(|| EndForm {
        reason: EndReason::Achieved.name().to_owned(),
        after: Step::Finish.name().to_owned(),
        ..EndForm::default()
    });
    html(&end_page(page, (id, &need.details.title), &form, &Problems::none()))
}

async fn end(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Path(id): Path<i64>,
    Form(form): Form<EndForm>,
) -> Result {
    let page = page.keeping(&form.form);
    let mut write = app.db.write().await?;
    if let Some(location) = already_answered(&mut write, &form.form).await? {
        return Ok(see_other(&location));
    }
    let (pairing, need) = record_pages::own(&mut write, &viewer, id).await?;
    let mut problems = Problems::none();
    let choose = || Message::new("form-choose");
    let reason = problems.check("reason", EndReason::from_name(&form.reason).ok_or_else(choose));
    let achieved = problems.check("achieved", parse_line(&form.achieved, LONGEST));
    let after = AFTER.iter().find(|(step, _)| step.name() == form.after);
    let after = problems.check("after", after.ok_or_else(choose));
    let (Some(reason), Some(achieved), Some((step, _))) = (reason, achieved, after) else {
        let shown = html(&end_page(page, (id, &need.details.title), &form, &problems))?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, shown).into_response());
    };
    let actor = (&viewer).into();
    let ended = registry::end(&mut write, actor, &pairing, &need, reason, &achieved, *step).await?;
    if let Err(why) = ended {
        return record_pages::refused(&mut write, page, &viewer, pairing, need, &why).await;
    }
    let location = format!("/pairings/{id}");
    remember_answer(&mut write, &form.form, &location).await?;
    write.commit().await?;
    Ok(Notice::see_other(&location, "notice-pairing-ended", &need.details.title))
}
