//! `/reviews/enquiries/new`: which half-year, which branches, until when.

use askama::Template;
use axum::extract::State as Shared;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum_extra::extract::Form;
use jiff::Span;
use serde::{Deserialize, Serialize};

use super::registry;
use crate::activities::{HalfYear, today};
use crate::app::App;
use crate::db::{self, Connection};
use crate::lang::Message;
use crate::lists::{self, List};
use crate::reviews::{due, half_choices};
use crate::web::forms::{Choice, Field, FieldError, Problems};
use crate::web::{
    Draft, Notice, Page, Permission, Result, Routes, Scope, Viewer, already_answered, html,
    remember_answer, see_other,
};

/// How many days committees are given unless someone says otherwise.
const DAYS: i64 = 21;

pub(super) fn routes(routes: Routes) -> Routes {
    let may = Permission::HoldReviews;
    routes.get("/reviews/enquiries/new", may, show).post("/reviews/enquiries/new", may, open)
}

/// What was typed, as it came.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
struct NewForm {
    half: String,
    /// `branches.id`; none ticked: all that the viewer has.
    branch: Vec<i64>,
    until: String,
    form: String,
}

impl NewForm {
    fn opened() -> Self {
        let until = today().saturating_add(Span::new().days(DAYS)).to_string();
        Self { half: due().code(), until, ..Self::default() }
    }
}

#[derive(Template)]
#[template(path = "reviews/enquiry_new.html")]
struct NewPage {
    page: Page,
    half: Field,
    branch: Field,
    until: Field,
    errors: Vec<FieldError>,
}

/// The branches whose members the viewer may see.
async fn branches(connection: &mut Connection, scope: &Scope) -> db::Result<Vec<(i64, String)>> {
    let entries = lists::names(connection, List::Branches).await?;
    Ok(entries.into_iter().filter(|(id, _)| scope.covers(Some(*id))).collect())
}

async fn new_page(
    connection: &mut Connection,
    page: Page,
    viewer: &Viewer,
    form: &NewForm,
    problems: &Problems,
) -> db::Result<NewPage> {
    let choices = branches(connection, &viewer.scope).await?;
    let choices = choices.into_iter().map(|(id, label)| Choice {
        value: id.to_string(),
        label,
        chosen: form.branch.contains(&id),
        count: String::new(),
    });
    let half = HalfYear::parse(&form.half).unwrap_or_else(due);
    Ok(NewPage {
        half: Field::new(&page, "half", "enquiries-half")
            .options(half_choices(&page, half))
            .check(&page, problems),
        branch: Field::new(&page, "branch", "enquiries-branches")
            .hint(page.t("enquiries-branches-hint"))
            .options(choices.collect())
            .check(&page, problems),
        until: Field::new(&page, "until", "enquiries-until")
            .kind("date", "off")
            .value(&form.until)
            .required()
            .check(&page, problems),
        errors: problems.summary(&page),
        page,
    })
}

async fn show(
    Shared(app): Shared<App>,
    page: Page,
    viewer: Viewer,
    Draft(draft): Draft<NewForm>,
) -> Result {
    let mut connection = app.db.read().await?;
    let form = draft.unwrap_or_else(NewForm::opened);
    html(&new_page(&mut connection, page, &viewer, &form, &Problems::none()).await?)
}

/// Reads a day from today to a year from now.
fn parse_until(typed: &str) -> std::result::Result<String, Message> {
    let day = crate::activities::parse_day(typed)?;
    if day < today() { Err(Message::new("enquiries-until-past")) } else { Ok(day.to_string()) }
}

async fn open(
    Shared(app): Shared<App>,
    page: Page,
    viewer: Viewer,
    Form(form): Form<NewForm>,
) -> Result {
    let page = page.keeping(&form.form);
    let mut write = app.db.write().await?;
    if let Some(location) = already_answered(&mut write, &form.form).await? {
        return Ok(see_other(&location));
    }
    let mut problems = Problems::none();
    let until = problems.check("until", parse_until(&form.until));
    let half = HalfYear::parse(&form.half).filter(|half| *half <= HalfYear::of(today()));
    let half = problems.check("half", half.ok_or_else(|| Message::new("form-choose")));
    let given = branches(&mut write, &viewer.scope).await?;
    let mut wanted: Vec<i64> = form.branch.clone();
    wanted.retain(|id| given.iter().any(|(branch, _)| branch == id));
    if wanted.is_empty() && viewer.scope != Scope::All {
        wanted = given.iter().map(|(id, _)| *id).collect();
    }
    // Whoever has every branch and ticks none asks about members of no branch too.
    let wanted = (!wanted.is_empty() || viewer.scope != Scope::All).then_some(wanted);
    if let (Some(until), Some(half)) = (until, half) {
        let actor = (&viewer).into();
        match registry::open(&mut write, actor, half, wanted.as_deref(), &until).await? {
            Some((id, requests)) => {
                let location = format!("/reviews/enquiries/{id}");
                remember_answer(&mut write, &form.form, &location).await?;
                write.commit().await?;
                let count = requests.to_string();
                return Ok(Notice::see_other(&location, "notice-enquiry-opened", &count));
            }
            None => problems.add("half", Message::new("enquiries-nobody")),
        }
    }
    drop(write);
    let mut connection = app.db.read().await?;
    let shown = new_page(&mut connection, page, &viewer, &form, &problems).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&shown)?).into_response())
}
