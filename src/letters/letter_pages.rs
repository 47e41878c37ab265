//! A letter's page: what it says, where it stands, and the steps that it can take from there.

use askama::Template;
use axum::extract::{Path, State as Shared};
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;
use axum_extra::extract::Form;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::board_pages::tone;
use super::print_pages::address;
use super::sheet::Sheet;
use super::store::{self, Letter, Taken};
use super::{
    LONGEST_REPLY, Step, Way, issue, link_store, links, past_day, required_line, required_lines,
    seen, steps, today,
};
use crate::app::App;
use crate::audit::{self, Action, Record};
use crate::committees::{self, CommitteeLine};
use crate::db::Connection;
use crate::lang::Message;
use crate::web::forms::{Field, FieldError, Problems};
use crate::web::scans::{self, Paper, Scanned};
use crate::web::{
    Draft, Error, Notice, Page, Permission, Qr, Result, Routes, Viewer, already_answered, html,
    remember_answer, see_other,
};

pub(super) fn routes(routes: Routes) -> Routes {
    let may = Permission::WriteLetters;
    routes.get("/letters/{id}", may, show).post("/letters/{id}", may, act)
}

/// What was typed, as it came.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
struct StepForm {
    /// Which step, or what is done with the link.
    act: String,
    sent_on: String,
    way: String,
    answered_on: String,
    by: String,
    reply: String,
    why: String,
    version: i64,
    form: String,
}

#[derive(Template)]
#[template(path = "letters/show.html")]
struct ShowPage {
    page: Page,
    letter: Letter,
    state: &'static str,
    tone: &'static str,
    committee: Option<CommitteeLine>,
    /// What it went through, the latest first.
    past: Vec<Past>,
    sheet: Option<Sheet>,
    sent_on: Field,
    way: Field,
    answered_on: Field,
    by: Field,
    reply: Field,
    why: Field,
    errors: Vec<FieldError>,
    /// Why a step could not be taken; empty otherwise.
    refused: String,
    /// A new link, told once.
    link: String,
    code: Option<Qr>,
    /// Which links open and until when, in words; empty when none does.
    links: String,
    scan: Option<Scanned>,
    /// What is wrong with the file that was brought; empty otherwise.
    scan_error: String,
}

impl ShowPage {
    fn can(&self, step: &str) -> bool {
        let step = match step {
            "issue" => Step::Issue,
            "send" => Step::Send,
            "remind" => Step::Remind,
            "answer" => Step::Answer,
            _ => Step::Withdraw,
        };
        self.letter.state.after(step).is_some()
    }
}

/// Something that a letter went through.
struct Past {
    day: String,
    what: String,
    words: String,
}

fn past(page: &Page, letter: &Letter) -> Vec<Past> {
    let way = letter.sent_way.as_deref().and_then(Way::from_name);
    let name = |key: &'static str, name: &str| {
        if name.is_empty() {
            page.t1(key, "name", page.t("letters-somebody"))
        } else {
            page.t1(key, "name", name)
        }
    };
    let mut past = Vec::new();
    let mut add = |day: &Option<String>, what: String, words: &str| {
        if let Some(day) = day {
            past.push(Past { day: page.date(day), what, words: words.to_owned() });
        }
    };
    add(&letter.withdrawn_on, page.t("letters-past-withdrawn").to_owned(), &letter.withdrawn_why);
    let answered =
        if letter.answered_there { "letters-past-answered-there" } else { "letters-past-answered" };
    add(&letter.answered_on, name(answered, &letter.answered_by), &letter.reply);
    add(&letter.reminded_on, page.t("letters-past-reminded").to_owned(), "");
    add(&letter.received_on, name("letters-past-received", &letter.received_by), "");
    let sent = page.t1("letters-past-sent", "way", way.map_or("", |way| page.t(way.key())));
    add(&letter.sent_on, sent, "");
    add(&letter.issued_on, page.t1("letters-past-issued", "number", &*letter.reference), "");
    let by = letter.created_by.as_deref().unwrap_or_default();
    past.push(Past {
        day: page.time(&letter.created_at),
        what: name("letters-past-made", by),
        words: String::new(),
    });
    past
}

/// A letter that this viewer may see.
///
/// # Errors
/// [`Error::NotFound`] for any other.
pub(super) async fn own(connection: &mut Connection, viewer: &Viewer, id: i64) -> Result<Letter> {
    let branches = seen(&viewer.scope);
    store::letter(connection, id, branches.as_deref()).await?.ok_or(Error::NotFound)
}

async fn shown(
    connection: &mut Connection,
    page: Page,
    letter: Letter,
    form: &StepForm,
    problems: &Problems,
) -> Result<ShowPage> {
    let day = |name: &str, key: &'static str, value: &str| {
        let value = if value.is_empty() { today().to_string() } else { value.to_owned() };
        let field = Field::new(&page, name, key).kind("date", "off").value(&value);
        field.required().check(&page, problems)
    };
    let (open, until) = link_store::open_links(connection, letter.id).await?;
    Ok(ShowPage {
        state: page.t(letter.state.key()),
        tone: tone(letter.state),
        committee: committees::store::line(connection, letter.committee_id).await?,
        past: past(&page, &letter),
        sheet: issue::sheet(connection, &letter).await?,
        sent_on: day("sent_on", "letters-sent-on", &form.sent_on),
        way: steps::way_field(&page, &form.way),
        answered_on: day("answered_on", "letters-answered-on", &form.answered_on),
        by: Field::new(&page, "by", "letters-answered-who")
            .value(&form.by)
            .limit(30)
            .check(&page, problems),
        reply: Field::new(&page, "reply", "letters-reply")
            .value(&form.reply)
            .limit(LONGEST_REPLY)
            .hint(page.t("letters-reply-hint"))
            .required()
            .check(&page, problems),
        why: Field::new(&page, "why", "letters-why")
            .value(&form.why)
            .limit(100)
            .required()
            .check(&page, problems),
        errors: problems
            .summary(&page)
            .into_iter()
            .filter(|error| error.field_id != "act")
            .collect(),
        refused: problems.of("act").map_or_else(String::new, |message| page.say(message)),
        link: String::new(),
        code: None,
        links: match until {
            Some(until) if open > 0 && letter.state.is_live() => {
                page.t1("letters-links-open", "day", page.date(until.get(..10).unwrap_or(&until)))
            }
            _ => String::new(),
        },
        scan: scans::of(connection, Paper::Letter, letter.id).await?,
        scan_error: String::new(),
        letter,
        page,
    })
}

async fn show(
    Shared(app): Shared<App>,
    page: Page,
    viewer: Viewer,
    Path(id): Path<i64>,
    Draft(draft): Draft<StepForm>,
) -> Result {
    let mut connection = app.db.read().await?;
    let letter = own(&mut connection, &viewer, id).await?;
    let form = draft.unwrap_or_default();
    html(&shown(&mut connection, page, letter, &form, &Problems::none()).await?)
}

/// The page again, with what is wrong with the scan that was brought.
pub(super) async fn with_scan_error(
    connection: &mut Connection,
    page: Page,
    letter: Letter,
    message: &Message,
) -> Result {
    let problems = Problems::none();
    let mut shown = shown(connection, page, letter, &StepForm::default(), &problems).await?;
    shown.scan_error = shown.page.say(message);
    Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&shown)?).into_response())
}

async fn act(
    Shared(app): Shared<App>,
    page: Page,
    viewer: Viewer,
    headers: HeaderMap,
    Path(id): Path<i64>,
    Form(form): Form<StepForm>,
) -> Result {
    let page = page.keeping(&form.form);
    let mut write = app.db.write().await?;
    if let Some(location) = already_answered(&mut write, &form.form).await? {
        return Ok(see_other(&location));
    }
    let letter = own(&mut write, &viewer, id).await?;
    let mut problems = Problems::none();
    let key = match form.act.as_str() {
        "link" if letter.state.is_live() => {
            let kept = store::settings(&mut write).await?;
            let days = kept.map_or(super::LINK_DAYS, |kept| kept.link_days);
            let path = links::make(&mut write, id, days).await?;
            let (actor, record) = ((&viewer).into(), Record::Letter(id));
            audit::record(&mut write, actor, Action::LetterLinkMade, record, json!({})).await?;
            let mut shown = shown(&mut write, page, letter, &form, &problems).await?;
            write.commit().await?;
            shown.link = address(&app, &headers, &path);
            shown.code = Qr::of(&shown.link);
            return html(&shown);
        }
        "revoke" => {
            link_store::revoke(&mut write, id).await?;
            let (actor, record) = ((&viewer).into(), Record::Letter(id));
            audit::record(&mut write, actor, Action::LetterLinksRevoked, record, json!({})).await?;
            "notice-letter-links-revoked"
        }
        "issue" => issue_one(&mut write, &viewer, &letter, &mut problems).await?,
        _ => step(&mut write, &viewer, &letter, &form, &mut problems).await?,
    };
    if !problems.is_empty() {
        drop(write);
        let refused = problems.of("act").is_some();
        let mut connection = app.db.read().await?;
        let shown = shown(&mut connection, page, letter, &form, &problems).await?;
        let status = if refused { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
        return Ok((status, html(&shown)?).into_response());
    }
    let place = format!("/letters/{id}");
    remember_answer(&mut write, &form.form, &place).await?;
    write.commit().await?;
    Ok(Notice::see_other(&place, key, ""))
}

async fn issue_one(
    connection: &mut Connection,
    viewer: &Viewer,
    letter: &Letter,
    problems: &mut Problems,
) -> Result<&'static str> {
    let refused = match store::settings(connection).await? {
        None => Some("letters-set-up-first"),
        Some(settings) => {
            let letters = std::slice::from_ref(letter);
            let outcome = issue::issue(connection, viewer.into(), &settings, letters).await?;
            match (outcome.issued, outcome.empty) {
                (1, _) => None,
                (_, 1) => Some("letters-refused-empty"),
                _ => Some(letter.state.refusal()),
            }
        }
    };
    if let Some(key) = refused {
        problems.add("act", Message::new(key));
    }
    Ok("notice-letter-issued")
}

/// Takes the step that the form asks for; what is wrong is noted, and nothing taken then.
async fn step(
    connection: &mut Connection,
    viewer: &Viewer,
    letter: &Letter,
    form: &StepForm,
    problems: &mut Problems,
) -> Result<&'static str> {
    let issued = letter.issued_on.clone().unwrap_or_default();
    let (today, mut day, mut by, mut words) =
        (today().to_string(), String::new(), String::new(), String::new());
    let (step, key) = match form.act.as_str() {
        "send" => {
            let sent = problems.check("sent_on", past_day(&form.sent_on, &issued));
            day = sent.unwrap_or_default();
            by = Way::from_name(&form.way).unwrap_or(Way::Hand).name().to_owned();
            (Step::Send, "notice-letter-sent")
        }
        "answer" => {
            let answered = problems.check("answered_on", past_day(&form.answered_on, &issued));
            day = answered.unwrap_or_default();
            by = problems.check("by", committees::parse_line(&form.by, 30)).unwrap_or_default();
            let reply = problems.check("reply", required_lines(&form.reply, LONGEST_REPLY));
            words = reply.unwrap_or_default();
            (Step::Answer, "notice-letter-answered")
        }
        "remind" => {
            day.clone_from(&today);
            (Step::Remind, "notice-letter-reminded")
        }
        "withdraw" => {
            words = problems.check("why", required_line(&form.why, 100)).unwrap_or_default();
            day.clone_from(&today);
            (Step::Withdraw, "notice-letter-withdrawn")
        }
        _ => return Err(Error::BadRequest("no such step")),
    };
    // That the step is impossible matters more than how the form was filled in.
    if letter.state.after(step).is_none() {
        *problems = Problems::none();
        problems.add("act", Message::new(letter.state.refusal()));
    }
    if problems.is_empty() {
        let taken = Taken { day: &day, by: &by, words: &words, there: false };
        if let Err(message) = steps::take(connection, viewer.into(), letter, step, taken).await? {
            problems.add("act", message);
        }
        if step == Step::Withdraw {
            link_store::revoke(connection, letter.id).await?;
        }
    }
    Ok(key)
}
