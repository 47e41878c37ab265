//! `/c/{token}`: a committee's own page, reached by the link on its letter, without an account,
//! on a phone first. What a token opens is decided in [`links::opened`].

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum_extra::extract::Form;
use serde::Deserialize;
use serde_json::json;

use super::sheet::Sheet;
use super::store::{self, Letter, MemberLine, Taken};
use super::{
    LONGEST_REPLY, State as LetterState, Step, issue, links, required_line, required_lines, steps,
    today,
};
use crate::app::App;
use crate::audit::{self, Action, Actor, Record};
use crate::checkins;
use crate::db::Connection;
use crate::hub::{self, Section};
use crate::lang::Message;
use crate::web::forms::{Field, FieldError, Problems};
use crate::web::{
    Notice, Page, Permission, Result, Routes, already_answered, html, remember_answer, see_other,
};

pub(super) fn routes(routes: Routes) -> Routes {
    // Whoever holds the link may: the letter gave it to them.
    let may = Permission::Public;
    routes.get("/c/{token}", may, show).post("/c/{token}", may, act)
}

/// What was typed, as it came.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct ReplyForm {
    /// `receive` or `answer`.
    act: String,
    by: String,
    reply: String,
    form: String,
}

#[derive(Template)]
#[template(path = "letters/committee.html")]
struct CommitteePage {
    page: Page,
    token: String,
    sheet: Sheet,
    /// Those whom the letter passed on and who still stand to be known.
    members: Vec<MemberLine>,
    /// How many of them have no receipt yet, in words; empty for none.
    unaccepted: String,
    letter: Letter,
    received: String,
    answered: String,
    by: Field,
    reply: Field,
    errors: Vec<FieldError>,
    refused: String,
    /// What else the committee can do here.
    sections: Vec<Section>,
}

impl CommitteePage {
    fn is_open(&self) -> bool {
        self.letter.state != LetterState::Answered
    }
}

#[derive(Template)]
#[template(path = "letters/closed.html")]
struct ClosedPage {
    page: Page,
}

/// What is said of a link that does not open: the same of a wrong one, an old one, a revoked one.
///
/// # Errors
/// When the template fails.
pub fn closed(page: Page) -> Result {
    Ok((StatusCode::NOT_FOUND, html(&ClosedPage { page })?).into_response())
}

async fn show(State(app): State<App>, page: Page, Path(token): Path<String>) -> Result {
    let Some(letter) = links::opened(&app, &token).await? else { return closed(page) };
    let mut write = app.db.write().await?;
    let record = Record::Letter(letter.id);
    audit::record(&mut write, Actor::Committee, Action::LetterOpened, record, json!({})).await?;
    write.commit().await?;
    let mut connection = app.db.read().await?;
    let form = ReplyForm::default();
    let shown = shown(&mut connection, page, token, letter, &form, &Problems::none()).await?;
    shown.map_or_else(closed, |shown| html(&shown))
}

async fn shown(
    connection: &mut Connection,
    page: Page,
    token: String,
    letter: Letter,
    form: &ReplyForm,
    problems: &Problems,
) -> Result<std::result::Result<CommitteePage, Page>> {
    let Some(sheet) = issue::sheet(connection, &letter).await? else { return Ok(Err(page)) };
    let remembered = links::signer(connection, &token, &letter).await?;
    let by = if form.by.is_empty() { &remembered } else { &form.by };
    let (_, open) = checkins::open(connection, &letter).await?;
    Ok(Ok(CommitteePage {
        sections: hub::sections(connection, &page, &token, letter.committee_id).await?,
        members: store::still_known(connection, letter.id).await?,
        unaccepted: if open.is_empty() {
            String::new()
        } else {
            page.t1("checkins-there-open", "count", open.len())
        },
        received: letter.received_on.as_deref().map_or_else(String::new, |day| page.date(day)),
        answered: letter.answered_on.as_deref().map_or_else(String::new, |day| page.date(day)),
        by: Field::new(&page, "by", "letters-your-name")
            .value(by)
            .limit(30)
            .kind("text", "name")
            .required()
            .check(&page, problems),
        reply: Field::new(&page, "reply", "letters-your-reply")
            .value(&form.reply)
            .limit(LONGEST_REPLY)
            .hint(page.t("letters-your-reply-hint"))
            .check(&page, problems),
        errors: problems
            .summary(&page)
            .into_iter()
            .filter(|error| error.field_id != "act")
            .collect(),
        refused: problems.of("act").map_or_else(String::new, |message| page.say(message)),
        token,
        sheet,
        letter,
        page,
    }))
}

async fn act(
    State(app): State<App>,
    page: Page,
    Path(token): Path<String>,
    Form(form): Form<ReplyForm>,
) -> Result {
    let page = page.keeping(&form.form);
    let Some(letter) = links::opened(&app, &token).await? else { return closed(page) };
    let mut write = app.db.write().await?;
    if let Some(location) = already_answered(&mut write, &form.form).await? {
        return Ok(see_other(&location));
    }
    // As it is now that nobody else can change it.
    let letter = store::letter(&mut write, letter.id, None).await?.unwrap_or(letter);
    let mut problems = Problems::none();
    let day = today().to_string();
    let by = problems.check("by", required_line(&form.by, 30)).unwrap_or_default();
    let (step, words, key) = if form.act == "receive" {
        (Step::Receive, String::new(), "notice-letter-received")
    } else {
        let reply = problems.check("reply", required_lines(&form.reply, LONGEST_REPLY));
        (Step::Answer, reply.unwrap_or_default(), "notice-letter-thanks")
    };
    if letter.state.after(step).is_none() {
        problems = Problems::none();
        problems.add("act", Message::new("letters-refused-answered-there"));
    }
    if problems.is_empty() {
        let taken = Taken { day: &day, by: &by, words: &words, there: true };
        if let Err(message) =
            steps::take(&mut write, Actor::Committee, &letter, step, taken).await?
        {
            problems.add("act", message);
        }
    }
    if !problems.is_empty() {
        drop(write);
        let status = if problems.of("act").is_some() {
            StatusCode::CONFLICT
        } else {
            StatusCode::UNPROCESSABLE_ENTITY
        };
        let mut connection = app.db.read().await?;
        let shown = shown(&mut connection, page, token, letter, &form, &problems).await?;
        return match shown {
            Ok(shown) => Ok((status, html(&shown)?).into_response()),
            Err(page) => closed(page),
        };
    }
    links::signed(&mut write, &token, &by).await?;
    let place = format!("/c/{token}");
    remember_answer(&mut write, &form.form, &place).await?;
    write.commit().await?;
    Ok(Notice::see_other(&place, key, ""))
}
