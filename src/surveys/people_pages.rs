//! `/surveys/{id}/forms`: whom a round asks and where each form stands, in the order of the phone
//! book; and a form found by the code on its paper.

use askama::Template;
use axum::extract::{Path, State as Held};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum_extra::extract::Query;
use serde::Deserialize;

use super::round_pages::{seen, waits};
use super::store::people::{self, Person, Which, bound};
use super::{State, Survey, store};
use crate::app::App;
use crate::lang::Message;
use crate::lists::{self, List};
use crate::members;
use crate::text::{PaperCode, normalize};
use crate::web::forms::{Choice, Field, Problems};
use crate::web::paging::Pager;
use crate::web::{Page, Permission, Result, Routes, Viewer, html, see_other};

/// How many members a page shows.
const PAGE: i64 = 100;

/// Where a form may stand, to choose from.
const STATES: [(&str, &str); 8] = [
    ("", "surveys-any-state"),
    ("missing", "surveys-missing"),
    ("submitted", "surveys-state-submitted"),
    ("marked", "surveys-state-marked"),
    ("returned", "surveys-state-returned"),
    ("confirmed", "surveys-state-confirmed"),
    ("late", "surveys-late"),
    ("draft", "surveys-state-draft"),
];

pub(super) fn routes(routes: Routes) -> Routes {
    let may = Permission::RecordSurveys;
    routes.get("/surveys/{id}/forms", may, list).get("/surveys/code", may, find)
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct ListQuery {
    state: String,
    branch: Option<i64>,
    committee: Option<i64>,
    after: Option<i64>,
}

impl ListQuery {
    /// What it asks for in a round, within the branches that the viewer may see.
    pub(super) fn which(&self, survey: i64, seen: Option<&[i64]>) -> Which {
        Which {
            survey,
            branches: bound(seen),
            branch: self.branch,
            committee: self.committee,
            state: self.state.clone(),
        }
    }

    /// What narrows it, as a query string that ends in `&`.
    pub(super) fn narrowing(&self) -> String {
        let mut query = String::new();
        if STATES.iter().any(|(state, _)| *state == self.state) && !self.state.is_empty() {
            query.push_str(&format!("state={}&", self.state));
        }
        for (name, id) in [("branch", self.branch), ("committee", self.committee)] {
            if let Some(id) = id {
                query.push_str(&format!("{name}={id}&"));
            }
        }
        query
    }
}

#[derive(Template)]
#[template(path = "surveys/people.html")]
struct PeoplePage {
    page: Page,
    survey: Survey,
    half: String,
    state: Field,
    branch: Field,
    committee: String,
    query: ListQuery,
    narrowing: String,
    rows: Vec<Row>,
    pager: Pager,
}

struct Row {
    person: Person,
    state: &'static str,
    tone: &'static str,
    since: String,
}

/// The words for where a form stands, and the class of its tag.
pub(super) fn standing(page: &Page, state: &str) -> (&'static str, &'static str) {
    match State::from_name(state) {
        None => (page.t("surveys-not-begun"), "tag"),
        Some(state @ State::Draft) => (page.t(state.key()), "tag"),
        Some(state @ (State::Submitted | State::Marked)) => (page.t(state.key()), "tag tag-accent"),
        Some(state @ State::Confirmed) => (page.t(state.key()), "tag tag-ok"),
        Some(state @ State::Returned) => (page.t(state.key()), "tag tag-warn"),
    }
}

async fn list(
    Held(app): Held<App>,
    page: Page,
    viewer: Viewer,
    Path(id): Path<i64>,
    Query(query): Query<ListQuery>,
) -> Result {
    let mut connection = app.db.snapshot().await?;
    let (survey, seen) = seen(&mut connection, &viewer, id).await?;
    let which = query.which(id, seen.as_deref());
    let after = query.after.unwrap_or(i64::MIN);
    let mut rows = people::people(&mut connection, &which, after, PAGE + 1).await?;
    let more = i64::try_from(rows.len()).is_ok_and(|rows| rows > PAGE);
    rows.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
    let narrowing = query.narrowing();
    let place = format!("/surveys/{id}/forms?{narrowing}");
    let last = rows.last().filter(|_| more);
    let pager = Pager {
        first_url: query.after.map_or_else(String::new, |_| place.clone()),
        next_url: last.map_or_else(String::new, |last| format!("{place}after={}", last.sort_key)),
        ..Pager::default()
    };
    let states = STATES.iter().map(|(value, key)| Choice {
        value: (*value).to_owned(),
        label: page.t(key).to_owned(),
        chosen: *value == query.state,
        count: String::new(),
    });
    let names = lists::names(&mut connection, List::Branches).await?;
    let any = Choice { label: page.t("surveys-any-branch").to_owned(), ..Choice::default() };
    let branches = names
        .into_iter()
        .filter(|(id, _)| seen.as_ref().is_none_or(|seen| seen.contains(id)))
        .map(|(id, label)| Choice {
            value: id.to_string(),
            label,
            chosen: query.branch == Some(id),
            count: String::new(),
        });
    let committee = match query.committee {
        Some(id) => crate::committees::store::line(&mut connection, id).await?,
        None => None,
    };
    html(&PeoplePage {
        half: survey.half.words(page.language()),
        state: Field::new(&page, "state", "surveys-state").options(states.collect()),
        branch: Field::new(&page, "branch", "members-branch")
            .options(std::iter::once(any).chain(branches).collect()),
        committee: committee.map_or_else(String::new, |line| line.name),
        rows: rows
            .into_iter()
            .map(|person| {
                let (state, tone) = standing(&page, &person.state);
                let since = match person.state.as_str() {
                    "submitted" | "marked" | "returned" => waits(&page, &person.updated_at),
                    _ => String::new(),
                };
                Row { state, tone, since, person }
            })
            .collect(),
        narrowing,
        query,
        pager,
        survey,
        page,
    })
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct CodeQuery {
    code: String,
}

#[derive(Template)]
#[template(path = "surveys/code.html")]
struct CodePage {
    page: Page,
    code: Field,
}

/// Leads to the form on whose paper a code stands.
async fn find(
    Held(app): Held<App>,
    page: Page,
    viewer: Viewer,
    Query(query): Query<CodeQuery>,
) -> Result {
    let mut problems = Problems::none();
    if !normalize(&query.code).is_empty() {
        let mut connection = app.db.read().await?;
        let form = match PaperCode::parse(&query.code) {
            Some(code) => store::forms::by_code(&mut connection, &code).await?,
            None => None,
        };
        if let Some(form) = form {
            let member = members::store::member(&mut connection, form.member_id).await?;
            if member.is_some_and(|member| viewer.scope.covers(member.details.branch)) {
                let (survey, member) = (form.survey_id, form.member_id);
                return Ok(see_other(&format!("/surveys/{survey}/members/{member}")));
            }
        }
        problems.add("code", Message::new("cards-code-unknown"));
    }
    let status =
        if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let code = Field::new(&page, "code", "cards-code")
        .value(&query.code)
        .hint(page.t("surveys-code-hint"))
        .focused()
        .check(&page, &problems);
    Ok((status, html(&CodePage { page, code })?).into_response())
}
