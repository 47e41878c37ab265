//! Forms on paper: of one member, or of all whose committee has to sign, with a code on each; and
//! what reminds committees and branches of what is missing.

use askama::Template;
use axum::extract::{Path, State as Held};
use axum::http::HeaderMap;
use axum_extra::extract::{Form, Query};
use serde::Deserialize;
use serde_json::json;

use super::form_pages::opened;
use super::people_pages::{ListQuery, standing};
use super::round_pages::seen;
use super::store::people::{self, bound};
use super::store::{figures as counts, forms, papers};
use super::{Reason, Sheet, Survey, registry, store};
use crate::app::App;
use crate::audit::{self, Action, Record};
use crate::db::Connection;
use crate::letters;
use crate::web::{
    Error, Notice, Page, Permission, Result, Routes, Viewer, already_answered, html,
    remember_answer, see_other,
};

/// How many forms are printed at once.
const AT_ONCE: i64 = 2_000;
/// How many names a list of what is missing holds.
const LISTED: i64 = 20_000;

pub(super) fn routes(routes: Routes) -> Routes {
    let may = Permission::RecordSurveys;
    routes
        .post("/surveys/{id}/members/{member}/paper", may, print_one)
        .get("/surveys/{id}/members/{member}/paper", may, show_one)
        .get("/surveys/{id}/papers", may, ask)
        .post("/surveys/{id}/papers", may, print)
        .get("/surveys/papers/{batch}", may, show)
        .get("/surveys/{id}/missing", may, missing)
        .get("/surveys/{id}/reminders", may, reminders)
}

#[derive(Template)]
#[template(path = "surveys/papers.html")]
struct PapersPage {
    page: Page,
    back: String,
    sheets: Vec<Sheet>,
    reasons: Vec<&'static str>,
}

fn reasons(page: &Page) -> Vec<&'static str> {
    Reason::ALL.iter().map(|reason| page.t(reason.key())).collect()
}

fn origin(app: &App, headers: &HeaderMap) -> String {
    let host = headers.get("host").and_then(|host| host.to_str().ok()).unwrap_or_default();
    app.settings.origin(host)
}

/// Begins a member's form, so that its paper has a code.
async fn print_one(Held(app): Held<App>, viewer: Viewer, Path(of): Path<(i64, i64)>) -> Result {
    let mut write = app.db.write().await?;
    let found = opened(&mut write, &viewer, of).await?;
    let form = forms::begin(&mut write, of.0, found.member.id).await?;
    let detail = json!({ "forms": 1, "form": form, "member": found.member.id });
    let (actor, record) = ((&viewer).into(), Record::Survey(of.0));
    audit::record(&mut write, actor, Action::SurveyPrinted, record, detail).await?;
    write.commit().await?;
    Ok(see_other(&format!("/surveys/{}/members/{}/paper", of.0, of.1)))
}

async fn show_one(
    Held(app): Held<App>,
    page: Page,
    viewer: Viewer,
    Path(of): Path<(i64, i64)>,
    headers: HeaderMap,
) -> Result {
    let mut connection = app.db.read().await?;
    let found = opened(&mut connection, &viewer, of).await?;
    let form = found.form.ok_or(Error::NotFound)?;
    let (half, filled) = (found.survey.half, (&form, found.lines));
    let origin = origin(&app, &headers);
    let sheet = Sheet::of(&mut connection, &page, half, filled, &origin).await?;
    html(&PapersPage {
        back: format!("/surveys/{}/members/{}", of.0, of.1),
        sheets: vec![sheet],
        reasons: reasons(&page),
        page,
    })
}

#[derive(Template)]
#[template(path = "surveys/papers_ask.html")]
struct AskPage {
    page: Page,
    survey: Survey,
    half: String,
    narrowing: String,
    committees: usize,
    forms: usize,
    /// How many are left out because they do not stand to be known.
    withheld: i64,
}

impl AskPage {
    /// What would be printed, in words.
    fn summary(&self) -> String {
        let arguments = [("committees", self.committees.into()), ("forms", self.forms.into())];
        self.page.language().text_with("surveys-papers-would", &arguments)
    }
}

async fn ask(
    Held(app): Held<App>,
    page: Page,
    viewer: Viewer,
    Path(id): Path<i64>,
    Query(query): Query<ListQuery>,
) -> Result {
    let mut connection = app.db.snapshot().await?;
    let (survey, seen) = seen(&mut connection, &viewer, id).await?;
    let which = query.which(id, seen.as_deref());
    let unsigned = people::unsigned(&mut connection, &which, AT_ONCE).await?;
    let mut committees: Vec<i64> = unsigned.iter().map(|(committee, _)| *committee).collect();
    committees.dedup();
    html(&AskPage {
        half: survey.half.words(page.language()),
        narrowing: query.narrowing(),
        committees: committees.len(),
        forms: unsigned.len(),
        withheld: people::withheld(&mut connection, &which).await?,
        survey,
        page,
    })
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct PrintForm {
    form: String,
}

async fn print(
    Held(app): Held<App>,
    viewer: Viewer,
    Path(id): Path<i64>,
    Query(query): Query<ListQuery>,
    Form(form): Form<PrintForm>,
) -> Result {
    let mut write = app.db.write().await?;
    if let Some(location) = already_answered(&mut write, &form.form).await? {
        return Ok(see_other(&location));
    }
    let (survey, seen) = seen(&mut write, &viewer, id).await?;
    let which = query.which(id, seen.as_deref());
    let unsigned = people::unsigned(&mut write, &which, AT_ONCE).await?;
    let actor = (&viewer).into();
    let mut batch = None;
    for group in unsigned.chunk_by(|one, next| one.0 == next.0) {
        let mut forms = Vec::new();
        for (_, member) in group {
            forms.push(store::forms::begin(&mut write, survey.id, *member).await?);
        }
        let committee = group.first().map_or(0, |(committee, _)| *committee);
        batch = Some(papers::insert(&mut write, actor, id, batch, committee, &forms).await?);
    }
    let Some(batch) = batch else {
        let place = format!("/surveys/{id}");
        return Ok(Notice::see_other(&place, "notice-survey-none-to-print-warning", ""));
    };
    let detail = json!({ "forms": unsigned.len() });
    audit::record(&mut write, actor, Action::SurveyPrinted, Record::Survey(id), detail).await?;
    let location = format!("/surveys/papers/{batch}");
    remember_answer(&mut write, &form.form, &location).await?;
    write.commit().await?;
    Ok(see_other(&location))
}

async fn show(
    Held(app): Held<App>,
    page: Page,
    viewer: Viewer,
    Path(batch): Path<i64>,
    headers: HeaderMap,
) -> Result {
    let mut connection = app.db.snapshot().await?;
    let branches = letters::seen(&viewer.scope);
    let printed = papers::of_batch(&mut connection, batch, branches.as_deref()).await?;
    let Some((survey, _)) = printed.first() else { return Err(Error::NotFound) };
    let survey = store::survey(&mut connection, *survey).await?.ok_or(Error::NotFound)?;
    let origin = origin(&app, &headers);
    let mut sheets = Vec::new();
    for (_, form) in printed {
        let Some(form) = forms::form(&mut connection, form).await? else { continue };
        let lines = registry::lines(&mut connection, &survey, form.member_id, Some(&form)).await?;
        let filled = (&form, lines);
        sheets.push(Sheet::of(&mut connection, &page, survey.half, filled, &origin).await?);
    }
    html(&PapersPage {
        back: format!("/surveys/{}", survey.id),
        reasons: reasons(&page),
        sheets,
        page,
    })
}

#[derive(Template)]
#[template(path = "surveys/missing.html")]
struct MissingPage {
    page: Page,
    survey_id: i64,
    half: String,
    closes_on: String,
    today: String,
    branches: Vec<Missing>,
}

/// Whose form is missing in a branch.
struct Missing {
    branch: String,
    rows: Vec<MissingRow>,
}

struct MissingRow {
    name: String,
    number: String,
    committee: String,
    state: &'static str,
}

/// What is missing, branch by branch.
async fn missing(Held(app): Held<App>, page: Page, viewer: Viewer, Path(id): Path<i64>) -> Result {
    let mut connection = app.db.snapshot().await?;
    let (survey, seen) = seen(&mut connection, &viewer, id).await?;
    let mut branches: Vec<Missing> = Vec::new();
    for state in ["missing", "returned"] {
        let which = people::Which {
            survey: id,
            branches: bound(seen.as_deref()),
            state: state.to_owned(),
            ..people::Which::default()
        };
        for person in people::people(&mut connection, &which, i64::MIN, LISTED).await? {
            let row = MissingRow {
                state: standing(&page, &person.state).0,
                name: person.name,
                number: person.number,
                committee: person.committee,
            };
            match branches.iter_mut().find(|branch| branch.branch == person.branch) {
                Some(branch) => branch.rows.push(row),
                None => branches.push(Missing { branch: person.branch, rows: vec![row] }),
            }
        }
    }
    branches.sort_by_cached_key(|missing| crate::text::collation_key(&missing.branch));
    html(&MissingPage {
        survey_id: id,
        half: survey.half.words(page.language()),
        closes_on: page.date(&survey.closes_on),
        today: page.date(&crate::activities::today().to_string()),
        branches,
        page,
    })
}

#[derive(Template)]
#[template(path = "surveys/reminders.html")]
struct RemindersPage {
    page: Page,
    survey_id: i64,
    half: String,
    closes_on: String,
    today: String,
    office: String,
    contact: String,
    phone: String,
    reminders: Vec<Reminder>,
}

impl RemindersPage {
    /// What is asked of a committee.
    fn words(&self, reminder: &Reminder) -> String {
        let arguments = [
            ("half", self.half.as_str().into()),
            ("count", crate::lang::Value::from(reminder.forms)),
            ("closes", self.closes_on.as_str().into()),
        ];
        self.page.language().text_with("surveys-reminder-words", &arguments)
    }
}

struct Reminder {
    committee: String,
    forms: i64,
}

/// A letter for each committee for which forms wait. It names nobody.
async fn reminders(
    Held(app): Held<App>,
    page: Page,
    viewer: Viewer,
    Path(id): Path<i64>,
) -> Result {
    let mut connection = app.db.snapshot().await?;
    let (survey, seen) = seen(&mut connection, &viewer, id).await?;
    let rows = waiting(&mut connection, id, seen.as_deref()).await?;
    let settings = letters::store::settings(&mut connection).await?;
    let (office, contact, phone) = settings.map_or_else(Default::default, |settings| {
        (settings.office, settings.contact, settings.phone)
    });
    html(&RemindersPage {
        survey_id: id,
        half: survey.half.words(page.language()),
        closes_on: page.date(&survey.closes_on),
        today: page.date(&crate::activities::today().to_string()),
        reminders: rows
            .into_iter()
            .filter(|row| row.committee_id.is_some())
            .map(|row| Reminder { committee: row.committee, forms: row.forms })
            .collect(),
        office,
        contact,
        phone,
        page,
    })
}

async fn waiting(
    connection: &mut Connection,
    survey: i64,
    seen: Option<&[i64]>,
) -> Result<Vec<counts::Waiting>> {
    Ok(counts::waiting(connection, survey, bound(seen).as_deref()).await?)
}
