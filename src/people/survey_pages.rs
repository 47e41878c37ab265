//! `/me/surveys/{id}`: a member's own form of a half-year's survey: looked at, corrected, handed in.

use askama::Template;
use axum::extract::{Path, State as Held};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum_extra::extract::Form;
use serde::Deserialize;

use super::own;
use crate::app::App;
use crate::db::{self, Connection};
use crate::lang::Message;
use crate::members::Member;
use crate::surveys::registry::{self, Taking};
use crate::surveys::store::{self, forms};
use crate::surveys::{
    FormFields, FormInput, Line, Sent, Sheet, State, Step, Survey, SurveyForm, Who, send,
};
use crate::web::forms::{FieldError, Problems};
use crate::web::{
    Draft, Error, Notice, Page, Permission, Result, Routes, Viewer, already_answered, html,
    remember_answer, see_other,
};

pub(super) fn routes(routes: Routes) -> Routes {
    let may = Permission::OwnRecord;
    routes.get("/me/surveys/{id}", may, show).post("/me/surveys/{id}", may, write).post(
        "/me/surveys/{id}/take-back",
        may,
        take_back,
    )
}

/// A round that asks the member, in a line of their page.
pub(super) struct OwnSurvey {
    pub id: i64,
    pub half: String,
    pub closes_on: String,
    /// Whether they still have something to do.
    pub open: bool,
    pub state: &'static str,
    /// What was wrong, when it was sent back.
    pub returned_why: String,
    /// How many parts are on record, of a form that nobody handed in.
    pub parts: usize,
    /// The form's version; 0: there is none yet.
    pub version: i64,
    pub lines: Vec<Line>,
}

/// The rounds that ask a member now, and their forms.
pub(super) async fn asking(
    connection: &mut Connection,
    page: &Page,
    member: &Member,
) -> db::Result<Vec<OwnSurvey>> {
    let mut asking = Vec::new();
    for survey in store::asking(connection, member.details.branch).await? {
        let form = forms::of_member(connection, survey.id, member.id).await?;
        let lines = registry::lines(connection, &survey, member.id, form.as_ref()).await?;
        let state = form.as_ref().map_or(State::Draft, |form| form.state);
        asking.push(OwnSurvey {
            id: survey.id,
            half: survey.half.words(page.language()),
            closes_on: page.date(&survey.closes_on),
            open: state.is_open(),
            state: page.t(state.key()),
            version: form.as_ref().map_or(0, |form| form.version),
            returned_why: form.map_or_else(String::new, |form| form.returned_why),
            parts: lines.iter().filter(|line| !line.left_out).count(),
            lines,
        });
    }
    Ok(asking)
}

struct Opened {
    survey: Survey,
    form: Option<SurveyForm>,
    lines: Vec<Line>,
}

/// The member's form in a round that asks them.
async fn opened(connection: &mut Connection, member: &Member, id: i64) -> Result<Opened> {
    let survey = store::survey(connection, id).await?.ok_or(Error::NotFound)?;
    let form = forms::of_member(connection, id, member.id).await?;
    if form.is_none() && !survey.asks(member.details.branch) {
        return Err(Error::NotFound);
    }
    let lines = registry::lines(connection, &survey, member.id, form.as_ref()).await?;
    Ok(Opened { survey, form, lines })
}

#[derive(Template)]
#[template(path = "people/survey.html")]
struct SurveyPage {
    page: Page,
    id: i64,
    half: String,
    closes_on: String,
    late: bool,
    state: State,
    standing: &'static str,
    returned_why: String,
    fields: Option<FormFields>,
    sheet: Option<Sheet>,
    errors: Vec<FieldError>,
    refused: String,
}

async fn survey_page(
    connection: &mut Connection,
    page: Page,
    opened: Opened,
    input: Option<&FormInput>,
    problems: &Problems,
    refused: Option<Message>,
) -> Result {
    let Opened { survey, form, lines } = opened;
    let state = form.as_ref().map_or(State::Draft, |form| form.state);
    let fresh = FormInput::of(&lines, form.as_ref());
    let (mut fields, mut sheet) = (None, None);
    match &form {
        Some(form) if !state.is_open() => {
            sheet = Some(Sheet::of(connection, &page, survey.half, (form, lines), "").await?);
        }
        _ => fields = Some(input.unwrap_or(&fresh).fields(&page, lines, problems)),
    }
    let errors = fields.as_mut().map(FormFields::take_errors).unwrap_or_default();
    html(&SurveyPage {
        id: survey.id,
        half: survey.half.words(page.language()),
        closes_on: page.date(&survey.closes_on),
        late: state.is_open() && survey.is_late(),
        state,
        standing: page.t(state.key()),
        returned_why: form.map_or_else(String::new, |form| form.returned_why),
        fields,
        sheet,
        errors,
        refused: refused.map_or_else(String::new, |message| page.say(&message)),
        page,
    })
}

async fn show(
    Held(app): Held<App>,
    page: Page,
    viewer: Viewer,
    Path(id): Path<i64>,
    Draft(draft): Draft<FormInput>,
) -> Result {
    let mut connection = app.db.snapshot().await?;
    let member = own(&mut connection, &viewer).await?;
    let opened = opened(&mut connection, &member, id).await?;
    survey_page(&mut connection, page, opened, draft.as_ref(), &Problems::none(), None).await
}

async fn write(
    Held(app): Held<App>,
    page: Page,
    viewer: Viewer,
    Path(id): Path<i64>,
    Form(input): Form<FormInput>,
) -> Result {
    let page = page.keeping(&input.form);
    let mut write = app.db.write().await?;
    if let Some(location) = already_answered(&mut write, &input.form).await? {
        return Ok(see_other(&location));
    }
    let member = own(&mut write, &viewer).await?;
    let mut found = opened(&mut write, &member, id).await?;
    let (as_whom, of_whom) = (((&viewer).into(), Who::Member), (member.id, found.lines.clone()));
    let (problems, refused) =
        match send(&mut write, as_whom, &found.survey, of_whom, &input).await? {
            Sent::Done(notice) => {
                let location = format!("/me/surveys/{id}");
                remember_answer(&mut write, &input.form, &location).await?;
                write.commit().await?;
                let name = member.details.name.as_str();
                return Ok(Notice::see_other(&location, notice, name));
            }
            Sent::Refused(problems, refused) => (problems, refused),
        };
    drop(write);
    let mut connection = app.db.read().await?;
    let mut input = input;
    let status = Sent::status(refused.as_ref());
    if refused.is_some() {
        found = opened(&mut connection, &member, id).await?;
        input.version = found.form.as_ref().map_or(0, |form| form.version);
    }
    let shown = survey_page(&mut connection, page, found, Some(&input), &problems, refused).await?;
    Ok((status, shown).into_response())
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct BackForm {
    version: i64,
}

async fn take_back(
    Held(app): Held<App>,
    page: Page,
    viewer: Viewer,
    Path(id): Path<i64>,
    Form(typed): Form<BackForm>,
) -> Result {
    let mut write = app.db.write().await?;
    let member = own(&mut write, &viewer).await?;
    let found = opened(&mut write, &member, id).await?;
    let mut form = found.form.ok_or(Error::NotFound)?;
    form.version = typed.version;
    let taking = Taking::bare(Who::Member, Step::TakeBack);
    match registry::step(&mut write, (&viewer).into(), &form, taking).await? {
        Ok(()) => {
            write.commit().await?;
            let name = member.details.name.as_str();
            Ok(Notice::see_other(&format!("/me/surveys/{id}"), "notice-survey-taken-back", name))
        }
        Err(message) => {
            drop(write);
            let mut connection = app.db.read().await?;
            let found = opened(&mut connection, &member, id).await?;
            let none = Problems::none();
            let shown =
                survey_page(&mut connection, page, found, None, &none, Some(message)).await?;
            Ok((StatusCode::CONFLICT, shown).into_response())
        }
    }
}
