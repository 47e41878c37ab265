//! The survey forms that wait for the committee's word: all of a list at one press, or one by one;
//! or sent back, with what is wrong.

use askama::Template;
use axum::extract::{Path, State as Held};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum_extra::extract::Form;
use serde::Deserialize;

use super::{Door, signed, signer_field, uses};
use crate::app::App;
use crate::audit::Actor;
use crate::db::{self, Connection};
use crate::letters;
use crate::needs::parse_required;
use crate::surveys::registry::{self, Taking};
use crate::surveys::store::{self, forms};
use crate::surveys::{LONGEST_WORDS, Sheet, Step, SurveyForm, Who};
use crate::web::forms::{Field, FieldError, Problems};
use crate::web::{
    Error, Notice, Page, Permission, Result, Routes, already_answered, html, remember_answer,
    see_other,
};

pub(super) fn routes(routes: Routes) -> Routes {
    // Whoever holds the link may: the letter gave it to them.
    let may = Permission::Public;
    routes
        .get("/c/{token}/forms", may, list)
        .post("/c/{token}/forms", may, confirm)
        .get("/c/{token}/forms/{id}/return", may, show_return)
        .post("/c/{token}/forms/{id}/return", may, send_back)
}

#[derive(Template)]
#[template(path = "hub/forms.html")]
struct ListPage {
    page: Page,
    door: Door,
    sheets: Vec<Sheet>,
    by: Field,
    errors: Vec<FieldError>,
    /// Why nothing was confirmed.
    refused: String,
}

async fn sheet(connection: &mut Connection, page: &Page, form: &SurveyForm) -> Result<Sheet> {
    let survey = store::survey(connection, form.survey_id).await?.ok_or(Error::NotFound)?;
    let lines = forms::lines(connection, form.id).await?;
    Ok(Sheet::of(connection, page, survey.half, (form, lines), "").await?)
}

async fn list_page(
    connection: &mut Connection,
    page: Page,
    door: Door,
    by: &str,
    problems: &Problems,
    refused: String,
) -> Result<ListPage> {
    let mut sheets = Vec::new();
    for form in forms::waiting_there(connection, door.committee.id).await? {
        sheets.push(sheet(connection, &page, &form).await?);
    }
    Ok(ListPage {
        by: signer_field(&page, by, problems),
        errors: problems.summary(&page),
        sheets,
        refused,
        door,
        page,
    })
}

async fn list(Held(app): Held<App>, page: Page, Path(token): Path<String>) -> Result {
    let Some(door) = Door::look(&app, &token, "forms").await? else {
        return letters::closed(page);
    };
    let mut connection = app.db.read().await?;
    let by = door.signer.clone();
    let none = Problems::none();
    html(&list_page(&mut connection, page, door, &by, &none, String::new()).await?)
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct ConfirmForm {
    /// `all`, or the form that is meant (`survey_forms.id`).
    which: String,
    /// The forms as they were shown: id and version, with a slash between.
    shown: Vec<String>,
    by: String,
    form: String,
}

impl ConfirmForm {
    fn wanted(&self) -> Vec<(i64, i64)> {
        let of = |shown: &String| -> Option<(i64, i64)> {
            let (id, version) = shown.split_once('/')?;
            let meant = self.which == "all" || self.which == id;
            meant.then(|| Some((id.parse().ok()?, version.parse().ok()?))).flatten()
        };
        self.shown.iter().filter_map(of).collect()
    }
}

async fn confirm(
    Held(app): Held<App>,
    page: Page,
    Path(token): Path<String>,
    Form(form): Form<ConfirmForm>,
) -> Result {
    let page = page.keeping(&form.form);
    let Some(door) = Door::open(&app, &token).await? else { return letters::closed(page) };
    if app.link_uses.too_many(door.committee.id) {
        return uses::busy(page);
    }
    let mut write = app.db.write().await?;
    if let Some(location) = already_answered(&mut write, &form.form).await? {
        return Ok(see_other(&location));
    }
    let mut problems = Problems::none();
    let Some(by) = signed(&mut write, &door, &form.by, &mut problems).await? else {
        drop(write);
        let mut connection = app.db.read().await?;
        let none = String::new();
        let shown = list_page(&mut connection, page, door, &form.by, &problems, none).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&shown)?).into_response());
    };
    let count = confirm_shown(&mut write, &door, &form.wanted(), &by).await?;
    if count == 0 {
        drop(write);
        let mut connection = app.db.read().await?;
        let refused = page.t("surveys-none-confirmed").to_owned();
        let none = Problems::none();
        let shown = list_page(&mut connection, page, door, &by, &none, refused).await?;
        return Ok((StatusCode::CONFLICT, html(&shown)?).into_response());
    }
    let location = door.at("forms");
    remember_answer(&mut write, &form.form, &location).await?;
    write.commit().await?;
    Ok(Notice::see_other(&location, "notice-survey-forms-confirmed", &count.to_string()))
}

/// Confirms the forms that still are what was shown; how many.
async fn confirm_shown(
    connection: &mut Connection,
    door: &Door,
    shown: &[(i64, i64)],
    by: &str,
) -> db::Result<usize> {
    let mut count = 0;
    for form in forms::waiting_there(connection, door.committee.id).await? {
        if !shown.contains(&(form.id, form.version)) {
            continue;
        }
        let taking = Taking { by, ..Taking::bare(Who::Contact, Step::Confirm) };
        let done = registry::step(connection, Actor::Committee, &form, taking).await?;
        count += usize::from(done.is_ok());
    }
    Ok(count)
}

#[derive(Template)]
#[template(path = "hub/form_return.html")]
struct ReturnPage {
    page: Page,
    door: Door,
    sheet: Sheet,
    why: Field,
    by: Field,
    errors: Vec<FieldError>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct ReturnForm {
    why: String,
    version: i64,
    by: String,
    form: String,
}

fn return_page(
    page: Page,
    door: Door,
    sheet: Sheet,
    typed: &ReturnForm,
    problems: &Problems,
) -> ReturnPage {
    ReturnPage {
        why: Field::new(&page, "why", "surveys-why")
            .value(&typed.why)
            .limit(LONGEST_WORDS)
            .hint(page.t("surveys-why-hint"))
            .required()
            .focused()
            .check(&page, problems),
        by: signer_field(&page, &typed.by, problems),
        errors: problems.summary(&page),
        sheet,
        door,
        page,
    }
}

/// A form that waits for this committee.
async fn waiting(connection: &mut Connection, door: &Door, id: i64) -> Result<SurveyForm> {
    let waiting = forms::waiting_there(connection, door.committee.id).await?;
    waiting.into_iter().find(|form| form.id == id).ok_or(Error::NotFound)
}

async fn show_return(
    Held(app): Held<App>,
    page: Page,
    Path((token, id)): Path<(String, i64)>,
) -> Result {
    let Some(door) = Door::look(&app, &token, "forms").await? else {
        return letters::closed(page);
    };
    let mut connection = app.db.read().await?;
    let form = waiting(&mut connection, &door, id).await?;
    let sheet = sheet(&mut connection, &page, &form).await?;
    let typed = ReturnForm { by: door.signer.clone(), ..ReturnForm::default() };
    html(&return_page(page, door, sheet, &typed, &Problems::none()))
}

async fn send_back(
    Held(app): Held<App>,
    page: Page,
    Path((token, id)): Path<(String, i64)>,
    Form(typed): Form<ReturnForm>,
) -> Result {
    let page = page.keeping(&typed.form);
    let Some(door) = Door::open(&app, &token).await? else { return letters::closed(page) };
    if app.link_uses.too_many(door.committee.id) {
        return uses::busy(page);
    }
    let mut write = app.db.write().await?;
    if let Some(location) = already_answered(&mut write, &typed.form).await? {
        return Ok(see_other(&location));
    }
    let mut form = waiting(&mut write, &door, id).await?;
    let mut problems = Problems::none();
    let why = problems.check("why", parse_required(&typed.why, LONGEST_WORDS));
    let by = signed(&mut write, &door, &typed.by, &mut problems).await?;
    let (Some(why), Some(by)) = (why, by) else {
        let sheet = sheet(&mut write, &page, &form).await?;
        let shown = html(&return_page(page, door, sheet, &typed, &problems))?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, shown).into_response());
    };
    form.version = typed.version;
    let taking = Taking { by: &by, ..Taking::because(Who::Contact, Step::Return, &why) };
    let location = door.at("forms");
    let done = registry::step(&mut write, Actor::Committee, &form, taking).await?;
    if done.is_err() {
        return Err(Error::Conflict);
    }
    remember_answer(&mut write, &typed.form, &location).await?;
    write.commit().await?;
    Ok(Notice::see_other(&location, "notice-survey-returned", &form.name))
}

/// How many forms wait, in words, for the list of what can be done here.
pub(super) async fn waiting_words(
    connection: &mut Connection,
    page: &Page,
    committee: i64,
) -> db::Result<String> {
    let forms = forms::waiting_there(connection, committee).await?.len();
    Ok(page.t1("hub-forms-count", "count", forms))
}
