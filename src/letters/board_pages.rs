//! `/letters`: what waits for how long, and the steps that many letters take at once.

use askama::Template;
use axum::extract::State as Shared;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum_extra::extract::{Form, Query};
use serde::{Deserialize, Serialize};

use super::store::{self, LetterLine, Listed};
use super::{State, Step, Way, days_since, issue, past_day, seen, steps, today};
use crate::activities::{HalfYear, halves};
use crate::app::App;
use crate::db::Connection;
use crate::lang::Message;
use crate::web::forms::{Choice, Field, Problems};
use crate::web::paging::Pager;
use crate::web::{
    Error, Notice, Page, Permission, Result, Routes, Viewer, already_answered, html,
    remember_answer, see_other,
};

/// How many letters a page of the list shows.
const PAGE: i64 = 100;
/// The most letters that take a step at once.
const MOST: i64 = 10_000;
/// Sent and not taken back, whether answered or not.
const WENT: &str = "went";

pub(super) fn routes(routes: Routes) -> Routes {
    let may = Permission::WriteLetters;
    routes.get("/letters", may, board).post("/letters", may, act)
}

/// Which letters: the address of a list, and of what is printed.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct BoardQuery {
    #[serde(skip_serializing_if = "String::is_empty")]
    state: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    year: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    district: String,
    /// The half-year in which it was sent, by its code.
    #[serde(skip_serializing_if = "String::is_empty")]
    half: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) batch: Option<i64>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) id: Vec<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<i64>,
}

impl BoardQuery {
    pub(super) fn listed(&self, viewer: &Viewer) -> Listed {
        Listed {
            branches: seen(&viewer.scope),
            states: match self.state.as_str() {
                WENT => vec![State::Sent, State::Answered],
                state => State::from_name(state).into_iter().collect(),
            },
            year: self.year.parse().ok(),
            area: self.district.clone(),
            sent_in: HalfYear::parse(&self.half),
            batch: self.batch,
            committee: None,
            ids: (!self.id.is_empty()).then(|| serde_json::json!(self.id).to_string()),
            after: self.after,
        }
    }

    /// An address below which the same letters are.
    pub(super) fn url(&self, path: &str) -> String {
        let query = serde_html_form::to_string(self).unwrap_or_default();
        if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
    }
}

#[derive(Template)]
#[template(path = "letters/board.html")]
struct BoardPage {
    page: Page,
    /// Whether it is known what stands on every letter.
    set_up: bool,
    figures: Vec<Figure>,
    filters: Vec<Field>,
    query: BoardQuery,
    rows: Vec<Row>,
    total: i64,
    /// Why no letter took the step; empty otherwise.
    refused: String,
    day: Field,
    way: Field,
    pager: Pager,
}

impl BoardPage {
    /// Whether a step can be taken by letters of this list.
    fn offers(&self, state: &str) -> bool {
        self.rows.iter().any(|row| row.line.state.name() == state)
    }

    fn is_narrowed(&self) -> bool {
        self.query.url("/letters") != "/letters"
    }

    fn all_words(&self) -> String {
        self.page.t1("letters-all-of-list", "count", self.total)
    }
}

struct Figure {
    label: &'static str,
    letters: String,
    url: String,
    chosen: bool,
    /// How long the one that waits longest does, in words.
    longest: String,
}

struct Row {
    line: LetterLine,
    state: &'static str,
    tone: &'static str,
    day: String,
    /// How long it has waited for the next step, in words.
    waits: String,
}

/// How long something has waited since a day, in words; nothing on the day itself.
fn waits(page: &Page, key: &'static str, since: Option<&str>) -> String {
    let days = since.map(days_since).filter(|days| *days > 0);
    days.map_or_else(String::new, |days| page.t1(key, "days", days))
}

pub(super) const fn tone(state: State) -> &'static str {
    match state {
        State::Draft | State::Withdrawn => "tag",
        State::Issued | State::Sent => "tag tag-warn",
        State::Answered => "tag tag-ok",
    }
}

fn row(page: &Page, line: LetterLine) -> Row {
    Row {
        state: page.t(line.state.key()),
        tone: tone(line.state),
        day: line.issued_on.as_deref().map_or_else(String::new, |day| page.date(day)),
        waits: match line.state {
            State::Issued => waits(page, "letters-waits-sending", line.issued_on.as_deref()),
            State::Sent => waits(page, "letters-waits-reply", line.sent_on.as_deref()),
            State::Answered if line.answered_by.is_empty() => String::new(),
            State::Answered => page.t1("letters-answered-by", "name", line.answered_by.clone()),
            State::Draft | State::Withdrawn => String::new(),
        },
        line,
    }
}

async fn figures(
    connection: &mut Connection,
    page: &Page,
    viewer: &Viewer,
    query: &BoardQuery,
) -> Result<Vec<Figure>> {
    let counts = store::counts(connection, &query.listed(viewer)).await?;
    let figure = |state: State| {
        let count = counts.iter().find(|count| count.state == state);
        let chosen = query.state == state.name();
        let there = BoardQuery {
            state: if chosen { String::new() } else { state.name().to_owned() },
            after: None,
            ..query.clone()
        };
        Figure {
            label: page.t(state.key()),
            letters: page.number(&count.map_or(0, |count| count.letters)),
            url: there.url("/letters"),
            chosen,
            longest: match state {
                State::Issued => {
                    let since = count.and_then(|count| count.issued_since.as_deref());
                    waits(page, "letters-longest", since)
                }
                State::Sent => {
                    let since = count.and_then(|count| count.sent_since.as_deref());
                    waits(page, "letters-longest", since)
                }
                State::Draft | State::Answered | State::Withdrawn => String::new(),
            },
        }
    };
    Ok(State::ALL.map(figure).into())
}

async fn filters(
    connection: &mut Connection,
    page: &Page,
    query: &BoardQuery,
) -> Result<Vec<Field>> {
    let choice = |value: String, label: String, chosen: &str| Choice {
        chosen: value == chosen,
        value,
        label,
        count: String::new(),
    };
    let any =
        |key: &'static str, chosen: &str| choice(String::new(), page.t(key).to_owned(), chosen);
    let mut states = vec![any("letters-any-state", &query.state)];
    states.push(choice(WENT.to_owned(), page.t("letters-went").to_owned(), &query.state));
    states.extend(State::ALL.map(|state| {
        choice(state.name().to_owned(), page.t(state.key()).to_owned(), &query.state)
    }));
    let mut years = vec![any("letters-any-year", &query.year)];
    for year in store::years(connection).await? {
        years.push(choice(year.to_string(), year.to_string(), &query.year));
    }
    let mut districts = vec![any("committees-all-districts", &query.district)];
    for (code, name) in store::districts(connection).await? {
        districts.push(choice(code, name, &query.district));
    }
    Ok(vec![
        Field::new(page, "state", "letters-state").options(states),
        Field::new(page, "year", "letters-year").options(years),
        Field::new(page, "district", "committees-district").options(districts),
        Field::new(page, "half", "reports-sent-in").options(halves(page, &query.half)),
    ])
}

async fn board(
    Shared(app): Shared<App>,
    page: Page,
    viewer: Viewer,
    Query(query): Query<BoardQuery>,
) -> Result {
    let mut connection = app.db.read().await?;
    let form = ActForm { day: today().to_string(), ..ActForm::default() };
    let board = shown(&mut connection, page, &viewer, query, &form, &Problems::none()).await?;
    html(&board)
}

async fn shown(
    connection: &mut Connection,
    page: Page,
    viewer: &Viewer,
    query: BoardQuery,
    form: &ActForm,
    problems: &Problems,
) -> Result<BoardPage> {
    let listed = query.listed(viewer);
    let mut lines = store::lines(connection, &listed, PAGE + 1).await?;
    let more = lines.len() > usize::try_from(PAGE).unwrap_or(usize::MAX);
    lines.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
    let next = lines.last().filter(|_| more).map(|line| line.id);
    let counts = store::counts(connection, &listed).await?;
    let total = counts
        .iter()
        .filter(|count| listed.states.is_empty() || listed.states.contains(&count.state))
        .map(|count| count.letters)
        .sum();
    let url = |after: Option<i64>| BoardQuery { after, ..query.clone() }.url("/letters");
    Ok(BoardPage {
        set_up: store::settings(connection).await?.is_some(),
        figures: figures(connection, &page, viewer, &query).await?,
        filters: filters(connection, &page, &query).await?,
        pager: Pager {
            first_url: if query.after.is_some() { url(None) } else { String::new() },
            next_url: next.map_or_else(String::new, |next| url(Some(next))),
            shown: page.t1("letters-count", "count", total),
            ..Pager::default()
        },
        rows: lines.into_iter().map(|line| row(&page, line)).collect(),
        total,
        refused: problems.of("act").map_or_else(String::new, |message| page.say(message)),
        day: Field::new(&page, "day", "letters-sent-on")
            .kind("date", "off")
            .value(&form.day)
            .check(&page, problems),
        way: steps::way_field(&page, &form.way),
        query,
        page,
    })
}

/// What is done with the ticked letters.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct ActForm {
    act: String,
    tick: Vec<i64>,
    /// `yes`: with all letters of the list, ticked or not.
    all: String,
    day: String,
    way: String,
    form: String,
}

async fn act(
    Shared(app): Shared<App>,
    page: Page,
    viewer: Viewer,
    Query(query): Query<BoardQuery>,
    Form(form): Form<ActForm>,
) -> Result {
    let page = page.keeping(&form.form);
    let chosen = if form.all == "yes" {
        BoardQuery { after: None, ..query.clone() }
    } else {
        BoardQuery { id: form.tick.clone(), ..BoardQuery::default() }
    };
    if form.act == "print" && (form.all == "yes" || !form.tick.is_empty()) {
        return Ok(see_other(&chosen.url("/letters/print")));
    }
    let mut write = app.db.write().await?;
    if let Some(location) = already_answered(&mut write, &form.form).await? {
        return Ok(see_other(&location));
    }
    let mut problems = Problems::none();
    let mut letters = Vec::new();
    if form.all == "yes" || !form.tick.is_empty() {
        let listed = chosen.listed(&viewer);
        for line in store::lines(&mut write, &listed, MOST).await? {
            letters.extend(store::letter(&mut write, line.id, listed.branches.as_deref()).await?);
        }
    }
    let done = match (form.act.as_str(), letters.is_empty()) {
        (_, true) => {
            problems.add("act", Message::new("letters-none-ticked"));
            None
        }
        ("issue", false) => issue_many(&mut write, &viewer, &letters, &mut problems).await?,
        ("send", false) => {
            let day = problems.check("day", past_day(&form.day, ""));
            let way = Way::from_name(&form.way).unwrap_or(Way::Hand);
            match day {
                Some(day) => {
                    let taken = store::Taken { day: &day, by: way.name(), ..Default::default() };
                    many(&mut write, &viewer, &letters, Step::Send, taken, &mut problems).await?
                }
                None => None,
            }
        }
        ("remind", false) => {
            let day = today().to_string();
            let taken = store::Taken { day: &day, ..Default::default() };
            many(&mut write, &viewer, &letters, Step::Remind, taken, &mut problems).await?
        }
        _ => return Err(Error::BadRequest("no such step")),
    };
    let Some((key, count)) = done else {
        drop(write);
        let mut connection = app.db.read().await?;
        let status = if problems.of("day").is_some() {
            StatusCode::UNPROCESSABLE_ENTITY
        } else {
            StatusCode::CONFLICT
        };
        let shown = shown(&mut connection, page, &viewer, query, &form, &problems).await?;
        return Ok((status, html(&shown)?).into_response());
    };
    let place = if form.act == "remind" {
        format!("{}&what=reminder", chosen.url("/letters/print"))
    } else {
        BoardQuery { after: None, state: String::new(), ..query }.url("/letters")
    };
    remember_answer(&mut write, &form.form, &place).await?;
    write.commit().await?;
    Ok(Notice::see_other(&place, key, &page.number(&count)))
}

/// What was done, and by how many letters; `None` when by none.
type Done = Option<(&'static str, i64)>;

async fn issue_many(
    connection: &mut Connection,
    viewer: &Viewer,
    letters: &[store::Letter],
    problems: &mut Problems,
) -> Result<Done> {
    let Some(settings) = store::settings(connection).await? else {
        problems.add("act", Message::new("letters-set-up-first"));
        return Ok(None);
    };
    let outcome = issue::issue(connection, viewer.into(), &settings, letters).await?;
    if outcome.issued == 0 {
        let key = if outcome.empty > 0 { "letters-refused-empty" } else { "letters-refused-all" };
        problems.add("act", Message::new(key));
        return Ok(None);
    }
    let count = i64::try_from(outcome.issued).unwrap_or(i64::MAX);
    let partly = outcome.refused + outcome.empty > 0;
    let key = if partly { "notice-letters-partly-warning" } else { "notice-letters-issued" };
    Ok(Some((key, count)))
}

async fn many(
    connection: &mut Connection,
    viewer: &Viewer,
    letters: &[store::Letter],
    step: Step,
    taken: store::Taken<'_>,
    problems: &mut Problems,
) -> Result<Done> {
    let mut count = 0;
    for letter in letters {
        if steps::take(connection, viewer.into(), letter, step, taken).await?.is_ok() {
            count += 1;
        }
    }
    if count == 0 {
        problems.add("act", Message::new("letters-refused-all"));
        return Ok(None);
    }
    let partly = count < letters.len();
    let key = match step {
        _ if partly => "notice-letters-partly-warning",
        Step::Remind => "notice-letters-reminded",
        _ => "notice-letters-sent",
    };
    Ok(Some((key, i64::try_from(count).unwrap_or(i64::MAX))))
}
