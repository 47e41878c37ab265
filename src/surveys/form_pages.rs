//! `/surveys/{id}/members/{member}`: a member's form for staff; and every step of it.

use askama::Template;
use axum::extract::{Path, State as Held};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum_extra::extract::Form;
use serde::Deserialize;

use super::people_pages::standing;
use super::registry::{self, Taking};
use super::round_pages::seen;
use super::store::forms;
use super::{
    FormFields, FormInput, LONGEST_WORDS, Line, Sent, Sheet, State, Step, Survey, SurveyForm, Who,
    send,
};
use crate::activities::today;
use crate::app::App;
use crate::db::Connection;
use crate::lang::Message;
use crate::letters::past_day;
use crate::members::{self, Member};
use crate::needs::parse_required;
use crate::web::forms::{Field, FieldError, Problems};
use crate::web::scans::{self, Paper};
use crate::web::{
    Draft, Error, Notice, Page, Permission, Result, Routes, Viewer, already_answered, html,
    remember_answer, see_other,
};

pub(super) fn routes(routes: Routes) -> Routes {
    let may = Permission::RecordSurveys;
    routes
        .get("/surveys/{id}/members/{member}", may, show)
        .post("/surveys/{id}/members/{member}", may, write)
        .post("/surveys/{id}/members/{member}/step", may, step)
}

/// A member's form with what surrounds it.
pub(super) struct Opened {
    pub survey: Survey,
    pub member: Member,
    pub form: Option<SurveyForm>,
    pub lines: Vec<Line>,
}

/// The form of a member whom the viewer may see and the round asks.
pub(super) async fn opened(
    connection: &mut Connection,
    viewer: &Viewer,
    (id, member): (i64, i64),
) -> Result<Opened> {
    let (survey, _) = seen(connection, viewer, id).await?;
    let member = members::store::member(connection, member).await?.ok_or(Error::NotFound)?;
    viewer.must_cover(member.details.branch)?;
    let form = forms::of_member(connection, id, member.id).await?;
    if form.is_none() && !survey.asks(member.details.branch) {
        return Err(Error::NotFound);
    }
    let lines = registry::lines(connection, &survey, member.id, form.as_ref()).await?;
    Ok(Opened { survey, member, form, lines })
}

#[derive(Template)]
#[template(path = "surveys/form.html")]
struct FormPage {
    page: Page,
    survey_id: i64,
    member_id: i64,
    name: String,
    half: String,
    state: State,
    standing: &'static str,
    tone: &'static str,
    late: bool,
    returned_why: String,
    /// While it can be written in.
    fields: Option<FormFields>,
    /// Once it is handed in.
    sheet: Option<Sheet>,
    signed: Field,
    stamped: Field,
    why: Field,
    errors: Vec<FieldError>,
    scan: String,
    scan_error: String,
    past: Vec<Past>,
    /// Why a step was not possible.
    refused: String,
}

struct Past {
    at: String,
    by: String,
    what: &'static str,
    why: String,
}

/// What stands in the fields of the steps.
#[derive(Debug, Clone, Deserialize)]
#[serde(default)]
struct StepForm {
    /// [`Step::name`].
    step: String,
    version: i64,
    why: String,
    signed: String,
    stamped: String,
    form: String,
}

impl Default for StepForm {
    fn default() -> Self {
        let today = today().to_string();
        Self {
            step: String::new(),
            version: 0,
            why: String::new(),
            signed: today.clone(),
            stamped: today,
            form: String::new(),
        }
    }
}

/// What differs between one showing of the page and another.
#[derive(Default)]
pub(super) struct Said<'a> {
    pub input: Option<&'a FormInput>,
    pub problems: Problems,
    pub refused: Option<Message>,
    pub scan_error: Option<Message>,
}

/// The page of a member's form.
pub(super) async fn form_page(
    connection: &mut Connection,
    page: Page,
    opened: Opened,
    said: Said<'_>,
) -> Result {
    form_page_with(connection, page, opened, said, &StepForm::default()).await
}

async fn form_page_with(
    connection: &mut Connection,
    page: Page,
    opened: Opened,
    said: Said<'_>,
    typed: &StepForm,
) -> Result {
    let Opened { survey, member, form, lines } = opened;
    let Said { input, problems, refused, scan_error } = said;
    let state = form.as_ref().map_or(State::Draft, |form| form.state);
    let (standing, tone) = standing(&page, form.as_ref().map_or("", |form| form.state.name()));
    let fresh = FormInput::of(&lines, form.as_ref());
    let input = input.unwrap_or(&fresh);
    let (mut fields, mut sheet) = (None, None);
    match &form {
        Some(form) if !state.is_open() => {
            sheet = Some(Sheet::of(connection, &page, survey.half, (form, lines), "").await?);
        }
        _ => fields = Some(input.fields(&page, lines, &problems)),
    }
    let (mut past, mut scan) = (Vec::new(), None);
    if let Some(form) = &form {
        past = forms::steps(connection, form.id).await?;
        scan = scans::of(connection, Paper::SurveyForm, form.id).await?;
    }
    let day = |name: &str, key: &'static str, value: &str| {
        Field::new(&page, name, key).kind("date", "off").value(value).check(&page, &problems)
    };
    html(&FormPage {
        survey_id: survey.id,
        member_id: member.id,
        name: member.details.name.as_str().to_owned(),
        half: survey.half.words(page.language()),
        state,
        standing,
        tone,
        late: form.as_ref().is_some_and(|form| form.late),
        returned_why: form.map_or_else(String::new, |form| form.returned_why),
        signed: day("signed", "cards-signed", &typed.signed),
        stamped: day("stamped", "cards-stamped", &typed.stamped),
        why: Field::new(&page, "why", "surveys-why")
            .value(&typed.why)
            .limit(LONGEST_WORDS)
            .hint(page.t("surveys-why-hint"))
            .check(&page, &problems),
        errors: match fields.as_mut() {
            Some(fields) => fields.take_errors(),
            None => problems.summary(&page),
        },
        fields,
        sheet,
        scan: scan.map_or_else(String::new, |scan| scan.name()),
        scan_error: scan_error.map_or_else(String::new, |message| page.say(&message)),
        past: past
            .into_iter()
            .map(|taken| Past {
                at: page.time(&taken.at),
                by: taken.by.unwrap_or_else(|| page.t("history-by-terminal").to_owned()),
                what: Step::from_name(&taken.step).map_or("", |step| page.t(step.key())),
                why: taken.why,
            })
            .collect(),
        refused: refused.map_or_else(String::new, |message| page.say(&message)),
        page,
    })
}

async fn show(
    Held(app): Held<App>,
    page: Page,
    viewer: Viewer,
    Path(of): Path<(i64, i64)>,
    Draft(draft): Draft<FormInput>,
) -> Result {
    let mut connection = app.db.snapshot().await?;
    let opened = opened(&mut connection, &viewer, of).await?;
    let said = Said { input: draft.as_ref(), ..Said::default() };
    form_page(&mut connection, page, opened, said).await
}

async fn write(
    Held(app): Held<App>,
    page: Page,
    viewer: Viewer,
    Path(of): Path<(i64, i64)>,
    Form(input): Form<FormInput>,
) -> Result {
    let page = page.keeping(&input.form);
    let mut write = app.db.write().await?;
    if let Some(location) = already_answered(&mut write, &input.form).await? {
        return Ok(see_other(&location));
    }
    let mut found = opened(&mut write, &viewer, of).await?;
    let (as_whom, of_whom) = (((&viewer).into(), Who::Staff), (of.1, found.lines.clone()));
    let (problems, refused) =
        match send(&mut write, as_whom, &found.survey, of_whom, &input).await? {
            Sent::Done(notice) => {
                let location = format!("/surveys/{}/members/{}", of.0, of.1);
                remember_answer(&mut write, &input.form, &location).await?;
                write.commit().await?;
                let name = found.member.details.name.as_str();
                return Ok(Notice::see_other(&location, notice, name));
            }
            Sent::Refused(problems, refused) => (problems, refused),
        };
    drop(write);
    let mut connection = app.db.read().await?;
    // What stands there now is saved over only by someone who has seen it.
    let mut input = input;
    let status = Sent::status(refused.as_ref());
    if refused.is_some() {
        found = opened(&mut connection, &viewer, of).await?;
        input.version = found.form.as_ref().map_or(0, |form| form.version);
    }
    let said = Said { input: Some(&input), problems, refused, scan_error: None };
    let shown = form_page(&mut connection, page, found, said).await?;
    Ok((status, shown).into_response())
}

async fn step(
    Held(app): Held<App>,
    page: Page,
    viewer: Viewer,
    Path(of): Path<(i64, i64)>,
    Form(typed): Form<StepForm>,
) -> Result {
    let page = page.keeping(&typed.form);
    let taken = Step::from_name(&typed.step).ok_or(Error::BadRequest("no such step"))?;
    let mut write = app.db.write().await?;
    if let Some(location) = already_answered(&mut write, &typed.form).await? {
        return Ok(see_other(&location));
    }
    let found = opened(&mut write, &viewer, of).await?;
    let mut form = found.form.clone().ok_or(Error::NotFound)?;
    let mut problems = Problems::none();
    let mut taking = Taking::bare(Who::Staff, taken);
    let (why, signed, stamped);
    match taken {
        Step::Return | Step::Reopen => {
            why = problems.check("why", parse_required(&typed.why, LONGEST_WORDS));
            taking.why = why.as_deref().unwrap_or_default();
        }
        Step::Mark => {
            signed =
                problems.check("signed", past_day(&typed.signed, &found.survey.half.first_day()));
            stamped =
                problems.check("stamped", past_day(&typed.stamped, &found.survey.half.first_day()));
            taking.signed = signed.as_deref().zip(stamped.as_deref());
        }
        _ => {}
    }
    let mut status = StatusCode::UNPROCESSABLE_ENTITY;
    let mut refused = None;
    if problems.is_empty() {
        // The step is taken of the form that was looked at, and of no later one.
        form.version = typed.version;
        match registry::step(&mut write, (&viewer).into(), &form, taking).await? {
            Ok(()) => {
                let location = format!("/surveys/{}/members/{}", of.0, of.1);
                remember_answer(&mut write, &typed.form, &location).await?;
                write.commit().await?;
                let name = found.member.details.name.as_str();
                return Ok(Notice::see_other(&location, notice(taken), name));
            }
            Err(message) => refused = Some(message),
        }
        status = StatusCode::CONFLICT;
    }
    drop(write);
    let mut connection = app.db.read().await?;
    let found = opened(&mut connection, &viewer, of).await?;
    let said = Said { problems, refused, ..Said::default() };
    let shown = form_page_with(&mut connection, page, found, said, &typed).await?;
    Ok((status, shown).into_response())
}

/// What is said after a step.
fn notice(step: Step) -> &'static str {
    match step {
        Step::Submit => "notice-survey-submitted",
        Step::TakeBack => "notice-survey-taken-back",
        Step::Confirm | Step::Check => "notice-survey-confirmed",
        Step::Return => "notice-survey-returned",
        Step::Mark => "notice-survey-marked",
        Step::Unmark => "notice-survey-unmarked",
        Step::Reopen => "notice-survey-form-reopened",
    }
}
