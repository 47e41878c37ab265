//! `/surveys`: all rounds; opening one, and changing until when it goes and whom it asks.

use askama::Template;
use axum::extract::{Path, State as Held};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum_extra::extract::Form;

use super::figures::{self, Figures};
use super::round_form::{RoundFields, RoundForm};
use super::{Survey, registry, store};
use crate::app::App;
use crate::db::{self, Connection};
use crate::lang::Message;
use crate::lists::{self, List};
use crate::web::forms::Problems;
use crate::web::{
    Difference, Draft, Error, Fact, Notice, Page, Permission, Result, Routes, Viewer,
    already_answered, differing, html, remember_answer, see_other,
};

pub(super) fn routes(routes: Routes) -> Routes {
    let (see, open) = (Permission::RecordSurveys, Permission::OpenSurveys);
    routes
        .get("/surveys", see, list)
        .get("/surveys/new", open, show_new)
        .post("/surveys/new", open, add)
        .get("/surveys/{id}/edit", open, show_edit)
        .post("/surveys/{id}/edit", open, edit)
}

#[derive(Template)]
#[template(path = "surveys/list.html")]
struct ListPage {
    page: Page,
    rows: Vec<Row>,
}

struct Row {
    survey: Survey,
    half: String,
    closes_on: String,
    closed: String,
    figures: Figures,
}

async fn list(Held(app): Held<App>, page: Page, viewer: Viewer) -> Result {
    let mut connection = app.db.snapshot().await?;
    let mut rows = Vec::new();
    for survey in store::all(&mut connection).await? {
        let seen = survey.seen_by(&viewer.scope);
        if seen.as_ref().is_some_and(Vec::is_empty) {
            continue;
        }
        let cells = figures::of(&mut connection, &survey, seen.as_deref()).await?;
        rows.push(Row {
            half: survey.half.words(page.language()),
            closes_on: page.date(&survey.closes_on),
            closed: survey.closed_at.as_deref().map_or_else(String::new, |at| page.time(at)),
            figures: figures::sum(&cells),
            survey,
        });
    }
    html(&ListPage { page, rows })
}

#[derive(Template)]
#[template(path = "surveys/round_form.html")]
struct FormPage {
    page: Page,
    /// The round being changed; `None` opens a new one.
    survey: Option<(i64, String)>,
    fields: RoundFields,
    /// What differs between what was typed and what someone else saved meanwhile.
    conflict: Vec<Difference>,
}

async fn form_page(
    connection: &mut Connection,
    page: Page,
    survey: Option<&Survey>,
    form: &RoundForm,
    problems: &Problems,
) -> db::Result<FormPage> {
    Ok(FormPage {
        fields: form.fields(connection, &page, problems).await?,
        survey: survey.map(|survey| (survey.id, survey.half.words(page.language()))),
        conflict: Vec::new(),
        page,
    })
}

async fn show_new(Held(app): Held<App>, page: Page, Draft(draft): Draft<RoundForm>) -> Result {
    let mut connection = app.db.read().await?;
    let form = draft.unwrap_or_else(RoundForm::fresh);
    html(&form_page(&mut connection, page, None, &form, &Problems::none()).await?)
}

async fn add(
    Held(app): Held<App>,
    page: Page,
    viewer: Viewer,
    Form(form): Form<RoundForm>,
) -> Result {
    let page = page.keeping(&form.form);
    let mut write = app.db.write().await?;
    if let Some(location) = already_answered(&mut write, &form.form).await? {
        return Ok(see_other(&location));
    }
    let mut problems = Problems::none();
    let mut opened = None;
    if let Some(round) = form.read(&mut problems) {
        let (actor, branches) = ((&viewer).into(), round.branches.as_deref());
        opened = registry::open(&mut write, actor, round.half, &round.closes_on, branches).await?;
        if opened.is_none() {
            problems.add("half", Message::new("surveys-half-has-one"));
        }
    }
    let Some(id) = opened else {
        let shown = form_page(&mut write, page, None, &form, &problems).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&shown)?).into_response());
    };
    let location = format!("/surveys/{id}");
    remember_answer(&mut write, &form.form, &location).await?;
    write.commit().await?;
    Ok(Notice::see_other(&location, "notice-survey-opened", ""))
}

/// Until when, and whom a round asks, in words.
async fn facts(
    connection: &mut Connection,
    page: &Page,
    (closes_on, branches): (&str, Option<&[i64]>),
) -> db::Result<Vec<Fact>> {
    let names = lists::names(connection, List::Branches).await?;
    let asked = match branches {
        None => page.t("surveys-everyone").to_owned(),
        Some(branches) => {
            let asked = names.into_iter().filter(|(id, _)| branches.contains(id));
            asked.map(|(_, name)| name).collect::<Vec<_>>().join("、")
        }
    };
    Ok(vec![
        Fact { label: page.t("surveys-closes-on"), text: page.date(closes_on) },
        Fact { label: page.t("layout-branches"), text: asked },
    ])
}

async fn show_edit(
    Held(app): Held<App>,
    page: Page,
    Path(id): Path<i64>,
    Draft(draft): Draft<RoundForm>,
) -> Result {
    let mut connection = app.db.read().await?;
    let survey = store::survey(&mut connection, id).await?.ok_or(Error::NotFound)?;
    let form = draft.unwrap_or_else(|| RoundForm::of(&survey));
    html(&form_page(&mut connection, page, Some(&survey), &form, &Problems::none()).await?)
}

async fn edit(
    Held(app): Held<App>,
    page: Page,
    viewer: Viewer,
    Path(id): Path<i64>,
    Form(form): Form<RoundForm>,
) -> Result {
    let page = page.keeping(&form.form);
    let mut write = app.db.write().await?;
    if let Some(location) = already_answered(&mut write, &form.form).await? {
        return Ok(see_other(&location));
    }
    let survey = store::survey(&mut write, id).await?.ok_or(Error::NotFound)?;
    let mut form = form;
    form.half = survey.half.code();
    let mut problems = Problems::none();
    let Some(round) = form.read(&mut problems) else {
        let shown = form_page(&mut write, page, Some(&survey), &form, &problems).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&shown)?).into_response());
    };
    if survey.closed_at.is_some() {
        return Err(Error::Conflict);
    }
    if form.version != survey.version {
        form.version = survey.version;
        let mut shown =
            form_page(&mut write, page, Some(&survey), &form, &Problems::none()).await?;
        let theirs = (survey.closes_on.as_str(), survey.branches.as_deref());
        let mine = (round.closes_on.as_str(), round.branches.as_deref());
        let old = facts(&mut write, &shown.page, theirs).await?;
        shown.conflict = differing(old, facts(&mut write, &shown.page, mine).await?);
        return Ok((StatusCode::CONFLICT, html(&shown)?).into_response());
    }
    let (actor, branches) = ((&viewer).into(), round.branches.as_deref());
    if !registry::change(&mut write, actor, &survey, &round.closes_on, branches).await? {
        return Err(Error::Conflict);
    }
    let location = format!("/surveys/{id}");
    remember_answer(&mut write, &form.form, &location).await?;
    write.commit().await?;
    Ok(Notice::see_other(&location, "notice-survey-changed", ""))
}
