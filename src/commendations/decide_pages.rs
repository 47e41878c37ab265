//! What the branch decided: of all nominees at once, the body and its day typed once.

use std::collections::HashSet;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum_extra::extract::Form;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::call_pages::seen_call;
use super::nominate_pages::refused;
use super::registry::{self, Said};
use super::steps::after;
use super::{Call, Decision, LONGEST_BODY, Nominee, Refusal, State as Stands, Step, nominee_store};
use crate::activities::today;
use crate::app::App;
use crate::db::Connection;
use crate::lang::Message;
use crate::needs::{parse_day, parse_required};
use crate::text::normalize;
use crate::web::forms::{Choice, Field, FieldError, Problems};
use crate::web::{
    Draft, Error, Notice, Page, Permission, Result, Routes, Viewer, already_answered, html,
    remember_answer, see_other,
};

/// How many are decided on at once.
const MOST: i64 = 100;
/// The most votes of a body.
const MOST_VOTES: i64 = 100_000;

pub(super) fn routes(routes: Routes) -> Routes {
    let may = Permission::Commend;
    routes.get("/commendations/{id}/decide", may, show).post(
        "/commendations/{id}/decide",
        may,
        decide,
    )
}

/// What was typed of one decision.
#[derive(Debug, Clone, Copy)]
pub(super) struct Typed<'a> {
    /// `yes` or `no`.
    pub outcome: &'a str,
    /// For, against, neither.
    pub votes: [&'a str; 3],
}

impl Typed<'_> {
    /// Reads it: whether it is yes, and the decision.
    pub fn read(self, body: &str, on: &str, problems: &mut Problems) -> Option<(bool, Decision)> {
        let by = problems.check("body", parse_required(body, LONGEST_BODY));
        let on = problems.check("on", day_not_after_today(on));
        let outcome = problems.check("outcome", self.outcome());
        let votes = problems.check("votes_for", self.counted(outcome == Some(true)));
        let ((by, on), (yes, votes)) = by.zip(on).zip(outcome.zip(votes))?;
        let [votes_for, votes_against, votes_abstained] = votes;
        let decision = Decision { by, on, votes_for, votes_against, votes_abstained };
        problems.is_empty().then_some((yes, decision))
    }

    fn outcome(self) -> std::result::Result<bool, Message> {
        match self.outcome {
            "yes" => Ok(true),
            "no" => Ok(false),
            _ => Err(Message::new("form-choose")),
        }
    }

    /// The votes; more for than against where the body said yes.
    fn counted(self, yes: bool) -> std::result::Result<[i64; 3], Message> {
        let mut votes = [0; 3];
        for (vote, typed) in votes.iter_mut().zip(self.votes) {
            let typed = normalize(typed);
            let read = if typed.is_empty() { Some(0) } else { typed.parse().ok() };
            let read = read.filter(|read| (0..=MOST_VOTES).contains(read));
            *vote = read.ok_or_else(|| Message::new("commendations-votes-shape"))?;
        }
        match votes {
            [0, 0, 0] => Err(Message::new("commendations-votes-none")),
            [for_it, against, _] if yes && for_it <= against => {
                Err(Message::new("commendations-votes-too-few"))
            }
            votes => Ok(votes),
        }
    }
}

/// Reads a day that has come.
///
/// # Errors
/// A message for the field.
pub(super) fn day_not_after_today(typed: &str) -> std::result::Result<String, Message> {
    let day = parse_day(typed)?.ok_or_else(|| Message::new("form-required"))?;
    if day > today().to_string() {
        return Err(Message::new("commendations-day-to-come"));
    }
    Ok(day)
}

/// What was typed, as it came: the fields of each nominee in the same places.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
struct DecideForm {
    body: String,
    on: String,
    /// `commendations.id`.
    nominee: Vec<i64>,
    version: Vec<i64>,
    /// `yes`, `no`, or empty: not decided on yet.
    outcome: Vec<String>,
    votes_for: Vec<String>,
    votes_against: Vec<String>,
    votes_abstained: Vec<String>,
    form: String,
}

impl DecideForm {
    /// What was typed of a nominee.
    fn of(&self, id: i64) -> Option<(i64, Typed<'_>)> {
        let at = self.nominee.iter().position(|nominee| *nominee == id)?;
        let typed = Typed {
            outcome: self.outcome.get(at)?,
            votes: [
                self.votes_for.get(at)?,
                self.votes_against.get(at)?,
                self.votes_abstained.get(at)?,
            ],
        };
        Some((*self.version.get(at)?, typed))
    }
}

#[derive(Template)]
#[template(path = "commendations/decide.html")]
struct DecidePage {
    page: Page,
    call: Call,
    body: Field,
    on: Field,
    errors: Vec<FieldError>,
    rows: Vec<Row>,
    /// Whether more wait than are shown.
    more: bool,
}

struct Row {
    nominee: Nominee,
    outcome: Vec<Choice>,
    votes: [String; 3],
    error: String,
}

async fn waiting(connection: &mut Connection, viewer: &Viewer, call: i64) -> Result<Vec<Nominee>> {
    let branches = viewer.scope.branches().map(|branches| json!(branches).to_string());
    let within = branches.as_deref();
    let only = Some(Stands::Nominated);
    Ok(nominee_store::of_call(connection, call, within, only, i64::MIN, MOST + 1).await?)
}

fn decide_page(
    page: Page,
    call: Call,
    nominees: Vec<Nominee>,
    form: &DecideForm,
    problems: &Problems,
    wrong: &[(i64, Message)],
) -> DecidePage {
    let most = usize::try_from(MOST).unwrap_or(usize::MAX);
    let row = |nominee: Nominee| {
        let typed = form.of(nominee.id).map(|(_, typed)| typed);
        let outcome = typed.map_or("", |typed| typed.outcome);
        let votes = typed.map_or([""; 3], |typed| typed.votes);
        let options = [
            ("", "commendations-undecided"),
            ("yes", "commendations-granted"),
            ("no", "commendations-declined"),
        ];
        let error = wrong.iter().find(|(id, _)| *id == nominee.id);
        Row {
            outcome: crate::needs::form::choices(&page, options.into_iter(), outcome),
            votes: votes.map(str::to_owned),
            error: error.map_or_else(String::new, |(_, message)| page.say(message)),
            nominee,
        }
    };
    let more = nominees.len() > most;
    let rows: Vec<Row> = nominees.into_iter().take(most).map(row).collect();
    let mut errors = problems.summary(&page);
    errors.extend(rows.iter().filter(|row| !row.error.is_empty()).map(|row| FieldError {
        field_id: format!("outcome-{}", row.nominee.id),
        message: format!("{} · {}", row.nominee.name, row.error),
    }));
    DecidePage {
        body: Field::new(&page, "body", "commendations-body")
            .value(&form.body)
            .limit(LONGEST_BODY)
            .hint(page.t("commendations-body-hint"))
            .check(&page, problems)
            .required(),
        on: Field::new(&page, "on", "commendations-decided-on")
            .value(&form.on)
            .kind("date", "off")
            .check(&page, problems)
            .required(),
        errors,
        rows,
        more,
        call,
        page,
    }
}

async fn show(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Path(id): Path<i64>,
    Draft(draft): Draft<DecideForm>,
) -> Result {
    let mut connection = app.db.snapshot().await?;
    let call = seen_call(&mut connection, &viewer, id).await?;
    let stands = Some(Stands::Nominated);
    if let Err(why) = after(stands, Step::Grant, viewer.role, call.phase()) {
        return refused(page, &call, why);
    }
    let nominees = waiting(&mut connection, &viewer, id).await?;
    let form = match draft {
        Some(draft) => draft,
        None => DecideForm {
            body: nominee_store::last_body(&mut connection, id).await?.unwrap_or_default(),
            on: today().to_string(),
            ..DecideForm::default()
        },
    };
    html(&decide_page(page, call, nominees, &form, &Problems::none(), &[]))
}

async fn decide(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Path(id): Path<i64>,
    Form(form): Form<DecideForm>,
) -> Result {
    let page = page.keeping(&form.form);
    let mut write = app.db.write().await?;
    if let Some(location) = already_answered(&mut write, &form.form).await? {
        return Ok(see_other(&location));
    }
    let call = seen_call(&mut write, &viewer, id).await?;
    let (mut problems, mut wrong, mut decided) = (Problems::none(), Vec::new(), Vec::new());
    let mut seen = HashSet::new();
    for nominee in form.nominee.iter().copied().filter(|nominee| seen.insert(*nominee)) {
        let (version, typed) = form.of(nominee).ok_or(Error::BadRequest("fields are missing"))?;
        if typed.outcome.is_empty() {
            continue;
        }
        let found = nominee_store::nominee(&mut write, nominee).await?;
        let found =
            found.filter(|found| found.call_id == id && viewer.scope.covers(found.branch_id));
        let found = found.ok_or(Error::NotFound)?;
        let step = if typed.outcome == "yes" { Step::Grant } else { Step::Decline };
        if let Err(why) = after(Some(found.state), step, viewer.role, call.phase()) {
            return refused(page, &call, why);
        }
        if found.version != version {
            wrong.push((nominee, Message::new("commendations-changed-meanwhile")));
            continue;
        }
        let mut of_row = Problems::none();
        match typed.read(&form.body, &form.on, &mut of_row) {
            Some((_, decision)) => decided.push((found, step, decision)),
            None => {
                for (field, message) in of_row.iter() {
                    match field {
                        "body" | "on" => problems.add(field, message.clone()),
                        _ => wrong.push((nominee, message.clone())),
                    }
                }
            }
        }
    }
    if decided.is_empty() && wrong.is_empty() && problems.is_empty() {
        problems.add("body", Message::new("commendations-nothing-decided"));
    }
    if !wrong.is_empty() || !problems.is_empty() {
        let nominees = waiting(&mut write, &viewer, id).await?;
        let shown = decide_page(page, call, nominees, &form, &problems, &wrong);
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&shown)?).into_response());
    }
    for (nominee, step, decision) in &decided {
        let said = Said { decision: Some(decision.clone()), ..Said::default() };
        let hand = (&viewer).into();
        let done = registry::step(&mut write, hand, &call, nominee, *step, &said).await?;
        if done.is_err() {
            return refused(page, &call, Refusal::Decided);
        }
    }
    let location = format!("/commendations/{id}");
    remember_answer(&mut write, &form.form, &location).await?;
    write.commit().await?;
    Ok(Notice::see_other(&location, "notice-decided", &decided.len().to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(outcome: &str, votes: [&str; 3]) -> (Option<(bool, Decision)>, Problems) {
        let mut problems = Problems::none();
        let read = Typed { outcome, votes }.read("支部大会", "2026-01-31", &mut problems);
        (read, problems)
    }

    #[test]
    fn a_yes_has_more_votes_for_it_than_against() {
        let (read_yes, _) = read("yes", ["１２", "1", ""]);
        let (yes, decision) = read_yes.unwrap();
        assert!(yes);
        assert_eq!((decision.votes_for, decision.votes_abstained), (12, 0));
        for (outcome, votes, key) in [
            ("yes", ["2", "2", "0"], "commendations-votes-too-few"),
            ("yes", ["", "", ""], "commendations-votes-none"),
            ("no", ["-1", "0", "0"], "commendations-votes-shape"),
        ] {
            let (decided, problems) = read(outcome, votes);
            assert_eq!(decided, None);
            assert_eq!(problems.of("votes_for").unwrap().key(), key);
        }
        assert!(!read("no", ["0", "3", "0"]).0.unwrap().0);
        assert!(day_not_after_today("9998-01-01").is_err());
    }
}
