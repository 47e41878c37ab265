//! A nomination's page: for what, what the branch decided, what the member says to publishing it,
//! and all that was done with it.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum_extra::extract::Form;
use serde::{Deserialize, Serialize};

use super::call_pages::{Past, tag};
use super::criteria::Why;
use super::decide_pages::{Typed, day_not_after_today};
use super::nominate_pages::{refused, why};
use super::nominee::Before;
use super::registry::{self, Said};
use super::steps::after;
use super::{Call, LONGEST_REASON, Nominee, State as Stands, Step, nominee_store, paper};
use crate::activities::today;
use crate::app::App;
use crate::committees::parse_line;
use crate::db::Connection;
use crate::lang::Message;
use crate::needs::parse_required;
use crate::web::forms::{Field, FieldError, Problems};
use crate::web::{
    Draft, Error, Fact, Notice, Page, Permission, Result, Routes, Viewer, already_answered,
    differing, html, remember_answer, see_other,
};

pub(super) fn routes(routes: Routes) -> Routes {
    let may = Permission::Commend;
    routes
        .get("/commendations/nominees/{id}", may, show)
        // A form whose writer had to sign in again comes back where it was sent.
        .get("/commendations/nominees/{id}/words", may, show)
        .get("/commendations/nominees/{id}/publishing", may, show)
        .get("/commendations/nominees/{id}/correct", Permission::CorrectCommendations, show)
        .post("/commendations/nominees/{id}/words", may, reword)
        .post("/commendations/nominees/{id}/take-back", may, take_back)
        .post("/commendations/nominees/{id}/publishing", may, note_publishing)
        .post("/commendations/nominees/{id}/correct", Permission::CorrectCommendations, correct)
}

/// What was typed into one of the forms of the page, as it came.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
struct NomineeForm {
    reason: String,
    although: String,
    outcome: String,
    body: String,
    on: String,
    votes_for: String,
    votes_against: String,
    votes_abstained: String,
    why: String,
    agreed: String,
    day: String,
    version: i64,
    form: String,
}

impl NomineeForm {
    fn of(nominee: &Nominee) -> Self {
        let decision = nominee.decision.clone().unwrap_or_default();
        Self {
            reason: nominee.reason.clone(),
            although: nominee.although.clone(),
            outcome: if nominee.state == Stands::Declined { "no" } else { "yes" }.to_owned(),
            body: decision.by,
            on: decision.on,
            votes_for: decision.votes_for.to_string(),
            votes_against: decision.votes_against.to_string(),
            votes_abstained: decision.votes_abstained.to_string(),
            day: today().to_string(),
            agreed: nominee.publishing.clone(),
            version: nominee.version,
            ..Self::default()
        }
    }

    fn typed(&self) -> Typed<'_> {
        Typed {
            outcome: &self.outcome,
            votes: [&self.votes_for, &self.votes_against, &self.votes_abstained],
        }
    }
}

#[derive(Template)]
#[template(path = "commendations/nominee.html")]
struct NomineePage {
    page: Page,
    call: Call,
    nominee: Nominee,
    state: &'static str,
    tag: &'static str,
    facts: Vec<Fact>,
    why: Vec<Why>,
    errors: Vec<FieldError>,
    reason: Field,
    although: Field,
    /// The decision, to be corrected.
    fields: Corrected,
    agreed: Field,
    day: Field,
    printed: Vec<paper::Printed>,
    past: Vec<Past>,
    /// Whether it waits for a decision, so that its words can be changed.
    waiting: bool,
    granted: bool,
    decided: bool,
}

struct Corrected {
    outcome: Field,
    body: Field,
    on: Field,
    votes_for: Field,
    votes_against: Field,
    votes_abstained: Field,
    why: Field,
}

/// A nomination whose member the viewer sees, with its call.
pub(super) async fn own_nominee(
    connection: &mut Connection,
    viewer: &Viewer,
    id: i64,
) -> Result<(Call, Nominee)> {
    let nominee = nominee_store::nominee(connection, id).await?.ok_or(Error::NotFound)?;
    viewer.must_cover(nominee.branch_id)?;
    let call = super::store::call(connection, nominee.call_id).await?.ok_or(Error::NotFound)?;
    Ok((call, nominee))
}

async fn show(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Path(id): Path<i64>,
    Draft(draft): Draft<NomineeForm>,
) -> Result {
    let mut connection = app.db.snapshot().await?;
    let (call, nominee) = own_nominee(&mut connection, &viewer, id).await?;
    let form = draft.unwrap_or_else(|| NomineeForm::of(&nominee));
    let none = Problems::none();
    html(&shown(&mut connection, page, &viewer, call, nominee, &form, &none).await?)
}

async fn shown(
    connection: &mut Connection,
    page: Page,
    viewer: &Viewer,
    call: Call,
    nominee: Nominee,
    form: &NomineeForm,
    problems: &Problems,
) -> Result<NomineePage> {
    let line = |name: &str, label: &'static str, value: &str, limit: u32| {
        Field::new(&page, name, label).value(value).limit(limit).check(&page, problems)
    };
    let yes_no =
        |name: &str, label: &'static str, yes: &'static str, no: &'static str, chosen: &str| {
            let options = [("yes", yes), ("no", no)];
            line(name, label, "", 0).options(crate::needs::form::choices(
                &page,
                options.into_iter(),
                chosen,
            ))
        };
    let vote = |name: &str, label: &'static str, value: &str| {
        line(name, label, value, 0).kind("number", "off")
    };
    let may = |step| after(Some(nominee.state), step, viewer.role, call.phase()).is_ok();
    let facts = nominee.as_before().facts(&page);
    Ok(NomineePage {
        state: page.t(nominee.state.key()),
        tag: tag(&nominee),
        facts: facts.into_iter().skip(1).filter(|fact| !fact.text.is_empty()).collect(),
        why: why(connection, &page, &call, nominee.member_id).await?,
        errors: problems.summary(&page),
        reason: line("reason", "commendations-reason", &form.reason, LONGEST_REASON)
            .hint(page.t("commendations-reason-hint"))
            .required(),
        although: line("although", "commendations-although", &form.although, LONGEST_REASON)
            .hint(page.t("commendations-although-hint")),
        fields: Corrected {
            outcome: yes_no(
                "outcome",
                "commendations-outcome",
                "commendations-granted",
                "commendations-declined",
                &form.outcome,
            ),
            body: line("body", "commendations-body", &form.body, super::LONGEST_BODY).required(),
            on: line("on", "commendations-decided-on", &form.on, 0).kind("date", "off").required(),
            votes_for: vote("votes_for", "commendations-votes-for", &form.votes_for).required(),
            votes_against: vote(
                "votes_against",
                "commendations-votes-against",
                &form.votes_against,
            ),
            votes_abstained: vote(
                "votes_abstained",
                "commendations-votes-abstained",
                &form.votes_abstained,
            ),
            why: line("why", "commendations-correct-why", &form.why, LONGEST_REASON).required(),
        },
        agreed: yes_no(
            "agreed",
            "commendations-publishing",
            "commendations-agrees",
            "commendations-refuses",
            &form.agreed,
        )
        .required(),
        day: line("day", "commendations-agreed-day", &form.day, 0).kind("date", "off").required(),
        printed: paper::printed_one(connection, &page, nominee.id).await?,
        past: past(connection, &page, &nominee).await?,
        waiting: may(Step::Reword),
        granted: nominee.state == Stands::Granted,
        decided: nominee.decision.is_some(),
        call,
        nominee,
        page,
    })
}

async fn past(connection: &mut Connection, page: &Page, nominee: &Nominee) -> Result<Vec<Past>> {
    let mut after = nominee.as_before();
    let mut past = Vec::new();
    for step in nominee_store::history(connection, nominee.id).await? {
        let mut differences = Vec::new();
        if let Some(before) = &step.before {
            let before: Before = serde_json::from_str(before).map_err(Error::internal)?;
            differences = differing(before.facts(page), after.facts(page));
            after = before;
        }
        past.push(Past {
            at: page.time(&step.at),
            by: step.by.unwrap_or_else(|| page.t("history-by-terminal").to_owned()),
            what: Step::from_name(&step.step).map_or("", |step| page.t(step.key())),
            why: step.why,
            differences,
        });
    }
    Ok(past)
}

/// Takes a step that a form asked for: reads it, and says what is wrong beside the field.
async fn act(
    app: &App,
    page: Page,
    viewer: &Viewer,
    id: i64,
    form: NomineeForm,
    read: impl FnOnce(&NomineeForm, &Nominee, &[Why], &mut Problems) -> Option<(Step, Said)>,
) -> Result {
    let page = page.keeping(&form.form);
    let mut write = app.db.write().await?;
    if let Some(location) = already_answered(&mut write, &form.form).await? {
        return Ok(see_other(&location));
    }
    let (call, nominee) = own_nominee(&mut write, viewer, id).await?;
    let whys = why(&mut write, &page, &call, nominee.member_id).await?;
    let mut problems = Problems::none();
    let asked = read(&form, &nominee, &whys, &mut problems);
    if let Some((step, _)) = &asked
        && let Err(why) = after(Some(nominee.state), *step, viewer.role, call.phase())
    {
        return refused(page, &call, why);
    }
    let lost_race = form.version != 0 && form.version != nominee.version;
    if lost_race {
        problems.add("version", Message::new("commendations-changed-meanwhile"));
    }
    let (Some((step, said)), false) = (asked, lost_race) else {
        let form = NomineeForm { version: nominee.version, ..form };
        let page = shown(&mut write, page, viewer, call, nominee, &form, &problems).await?;
        let status =
            if lost_race { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
        return Ok((status, html(&page)?).into_response());
    };
    if let Err(why) =
        registry::step(&mut write, viewer.into(), &call, &nominee, step, &said).await?
    {
        return refused(page, &call, why);
    }
    let location = format!("/commendations/nominees/{id}");
    remember_answer(&mut write, &form.form, &location).await?;
    write.commit().await?;
    Ok(Notice::see_other(&location, "notice-saved", &nominee.name))
}

async fn reword(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Path(id): Path<i64>,
    Form(form): Form<NomineeForm>,
) -> Result {
    act(&app, page, &viewer, id, form, |form, _, whys, problems| {
        let reason = problems.check("reason", parse_required(&form.reason, LONGEST_REASON));
        let although = problems.check("although", parse_line(&form.although, LONGEST_REASON));
        if whys.iter().any(|why| !why.met) && although.as_deref() == Some("") {
            problems.add("although", Message::new("commendations-although-wanted"));
        }
        let words = reason.zip(although).filter(|_| problems.is_empty())?;
        Some((Step::Reword, Said { words: Some(words), ..Said::default() }))
    })
    .await
}

async fn take_back(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Path(id): Path<i64>,
    Form(form): Form<NomineeForm>,
) -> Result {
    act(&app, page, &viewer, id, form, |_, _, _, _| Some((Step::TakeBack, Said::default()))).await
}

async fn note_publishing(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Path(id): Path<i64>,
    Form(form): Form<NomineeForm>,
) -> Result {
    act(&app, page, &viewer, id, form, |form, _, _, problems| {
        let step = match form.agreed.as_str() {
            "yes" => Some(Step::Agree),
            "no" => Some(Step::Refuse),
            _ => None,
        };
        let step = problems.check("agreed", step.ok_or_else(|| Message::new("form-choose")));
        let day = problems.check("day", day_not_after_today(&form.day));
        let (step, day) = step.zip(day)?;
        Some((step, Said { day, ..Said::default() }))
    })
    .await
}

async fn correct(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Path(id): Path<i64>,
    Form(form): Form<NomineeForm>,
) -> Result {
    act(&app, page, &viewer, id, form, |form, _, _, problems| {
        let decided = form.typed().read(&form.body, &form.on, problems);
        let why = problems.check("why", parse_required(&form.why, LONGEST_REASON));
        let ((yes, decision), why) = decided.zip(why)?;
        let step = if yes { Step::CorrectToYes } else { Step::CorrectToNo };
        Some((step, Said { decision: Some(decision), why, ..Said::default() }))
    })
    .await
}
