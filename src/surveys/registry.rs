//! The changes that rounds and forms go through, each whole: the row, its history, the parts on
//! record that it confirms, the seal, and the line in the audit log.

use serde_json::json;

use super::figures;
use super::store::forms::{self, Marks};
use super::{Answer, Line, State, Step, Survey, SurveyForm, Who, seals, store};
use crate::activities::{HalfYear, own, today};
use crate::audit::{self, Action, Actor, Record};
use crate::db::{Connection, Result};
use crate::lang::Message;
use crate::web::scans::{self, Paper};

/// Opens a round; its `id`, or `None` where the half-year has one.
///
/// # Errors
/// When the database fails.
pub async fn open(
    connection: &mut Connection,
    actor: Actor,
    half: HalfYear,
    closes_on: &str,
    branches: Option<&[i64]>,
) -> Result<Option<i64>> {
    let id = store::insert(connection, actor, half, closes_on, branches).await?;
    if let Some(id) = id {
        log(connection, actor, Action::SurveyOpened, id).await?;
    }
    Ok(id)
}

/// Changes until when a round goes and whom it asks; whether nobody did since it was looked at.
///
/// # Errors
/// When the database fails.
pub async fn change(
    connection: &mut Connection,
    actor: Actor,
    survey: &Survey,
    closes_on: &str,
    branches: Option<&[i64]>,
) -> Result<bool> {
    let done = store::update(connection, survey, closes_on, branches).await?;
    if done {
        log(connection, actor, Action::SurveyChanged, survey.id).await?;
    }
    Ok(done)
}

/// Closes a round, which keeps its figures as they are now.
///
/// # Errors
/// When the database fails.
pub async fn close(connection: &mut Connection, actor: Actor, survey: &Survey) -> Result<()> {
    let cells = figures::now(connection, survey).await?;
    let kept = serde_json::to_string(&cells).map_err(|e| sqlx::Error::Encode(e.into()))?;
    if store::set_closed(connection, actor, survey.id, Some(&kept)).await? {
        log(connection, actor, Action::SurveyClosed, survey.id).await?;
    }
    Ok(())
}

/// Opens a closed round again; its figures are no longer those of that day.
///
/// # Errors
/// When the database fails.
pub async fn reopen(connection: &mut Connection, actor: Actor, survey: &Survey) -> Result<()> {
    if store::set_closed(connection, actor, survey.id, None).await? {
        log(connection, actor, Action::SurveyReopened, survey.id).await?;
    }
    Ok(())
}

async fn log(connection: &mut Connection, actor: Actor, action: Action, id: i64) -> Result<()> {
    audit::record(connection, actor, action, Record::Survey(id), json!({})).await
}

/// What a member's form tells now: what was handed in, else what is on record with the corrections
/// that were kept.
///
/// # Errors
/// When the database fails.
pub async fn lines(
    connection: &mut Connection,
    survey: &Survey,
    member: i64,
    form: Option<&SurveyForm>,
) -> Result<Vec<Line>> {
    let kept = match form {
        Some(form) => forms::lines(connection, form.id).await?,
        None => Vec::new(),
    };
    if form.is_some_and(|form| !form.state.is_open()) {
        return Ok(kept);
    }
    let today = today().to_string();
    let mut lines = forms::on_record(connection, member, survey.half, &today).await?;
    for line in &mut lines {
        let Some(before) = kept.iter().find(|kept| kept.key() == line.key()) else { continue };
        let same = (before.recorded_times, before.recorded_minutes)
            == (line.recorded_times, line.recorded_minutes);
        // A correction of what was changed on record since is none of what stands there now.
        if same && !line.confirmed {
            (line.times, line.minutes) = (before.times, before.minutes);
            line.left_out = before.left_out;
        }
    }
    Ok(lines)
}

/// Keeps what was typed on a form, and hands it in where `submit` says so; `false` when someone
/// changed the form since it was looked at (`version`; 0: there was none yet).
///
/// # Errors
/// When the database fails; inside, a sentence that says why it is not possible.
pub async fn write(
    connection: &mut Connection,
    actor: Actor,
    survey: &Survey,
    (member, version): (i64, i64),
    answer: &Answer,
    submit: Option<Who>,
) -> Result<std::result::Result<bool, Message>> {
    let before = forms::of_member(connection, survey.id, member).await?;
    let state = before.as_ref().map_or(State::Draft, |form| form.state);
    if !state.is_open() {
        return Ok(Err(not_possible(state)));
    }
    if before.as_ref().map_or(0, |form| form.version) != version {
        return Ok(Ok(false));
    }
    let id = forms::begin(connection, survey.id, member).await?;
    let now = forms::form(connection, id).await?.ok_or(sqlx::Error::RowNotFound)?;
    let reason = answer.reason.as_ref().filter(|_| !answer.took_part());
    let reason = reason.map(|(reason, words)| (*reason, words.as_str()));
    if !forms::write_reason(connection, (id, now.version), reason).await? {
        return Ok(Ok(false));
    }
    forms::write_lines(connection, id, &answer.lines).await?;
    if let Some(who) = submit {
        if state.after(Step::Submit, who).is_none() {
            return Ok(Err(not_possible(state)));
        }
        forms::submit(connection, id, survey.is_late()).await?;
        forms::keep_step(connection, id, actor, "", Step::Submit, "").await?;
        stepped(connection, actor, survey.id, (id, member), Step::Submit, None).await?;
    }
    Ok(Ok(true))
}

/// Who takes a step of a form, and with what.
#[derive(Debug, Clone, Copy)]
pub struct Taking<'a> {
    /// As what.
    pub who: Who,
    /// Which.
    pub step: Step,
    /// Why, of sending back and reopening.
    pub why: &'a str,
    /// The days of signature and stamp, of noting them.
    pub signed: Option<(&'a str, &'a str)>,
    /// Who signs on the committee's page.
    pub by: &'a str,
}

impl<'a> Taking<'a> {
    /// Without anything but who and which.
    pub fn bare(who: Who, step: Step) -> Self {
        Self { who, step, why: "", signed: None, by: "" }
    }

    /// Sending back or reopening, with why.
    pub fn because(who: Who, step: Step, why: &'a str) -> Self {
        Self { why, ..Self::bare(who, step) }
    }
}

/// Takes a form a step on, as it was looked at.
///
/// # Errors
/// When the database fails; inside, a sentence that says why the step is not possible.
pub async fn step(
    connection: &mut Connection,
    actor: Actor,
    form: &SurveyForm,
    taking: Taking<'_>,
) -> Result<std::result::Result<(), Message>> {
    let Some(to) = form.state.after(taking.step, taking.who) else {
        return Ok(Err(not_possible(form.state)));
    };
    let kept = form.signed_on.as_deref().zip(form.stamped_on.as_deref());
    let today = today().to_string();
    let marks = match taking.step {
        Step::Return => Marks { returned_why: taking.why, ..Marks::default() },
        Step::Mark => {
            Marks { signed: taking.signed, marked_by: actor.account_id(), ..Marks::default() }
        }
        Step::Check => {
            if let Some(why) = unchecked(connection, actor, form).await? {
                return Ok(Err(why));
            }
            Marks { signed: kept, marked_by: form.marked_by, ..Marks::default() }
        }
        Step::Confirm => {
            Marks { signed: Some((&today, &today)), there: taking.by, ..Marks::default() }
        }
        Step::Submit | Step::TakeBack | Step::Unmark | Step::Reopen => Marks::default(),
    };
    if !forms::move_to(connection, form, to, marks).await? {
        return Ok(Err(Message::new("surveys-changed")));
    }
    if taking.step == Step::Reopen {
        forms::unconfirm_parts(connection, form.id).await?;
    }
    let seal = match (to, marks.signed) {
        (State::Confirmed, Some(signed)) => {
            confirm_parts(connection, actor, form, signed, taking.by).await?;
            Some(seals::seal(connection, form.id).await?)
        }
        _ => None,
    };
    forms::keep_step(connection, form.id, actor, taking.by, taking.step, taking.why).await?;
    let of = (form.id, form.member_id);
    stepped(connection, actor, form.survey_id, of, taking.step, seal).await?;
    Ok(Ok(()))
}

/// Why a paper does not count yet.
async fn unchecked(
    connection: &mut Connection,
    actor: Actor,
    form: &SurveyForm,
) -> Result<Option<Message>> {
    if form.marked_by.is_none() || form.marked_by == actor.account_id() {
        return Ok(Some(Message::new("surveys-second-person")));
    }
    if scans::of(connection, Paper::SurveyForm, form.id).await?.is_none() {
        return Ok(Some(Message::new("surveys-scan-first")));
    }
    Ok(None)
}

/// Puts what the form tells on record as confirmed; what the member entered of themselves becomes a
/// part first.
async fn confirm_parts(
    connection: &mut Connection,
    actor: Actor,
    form: &SurveyForm,
    signed: (&str, &str),
    by: &str,
) -> Result<()> {
    for line in forms::lines(connection, form.id).await? {
        let Some(own_part) = line.own_part_id.filter(|_| !line.left_out) else { continue };
        if let Some(mut part) = own::store::one_waiting(connection, own_part).await? {
            part.minutes = line.minutes;
            own::accept(connection, actor, &part, None).await?;
        }
    }
    forms::confirm_parts(connection, form.id, actor, signed, by).await
}

async fn stepped(
    connection: &mut Connection,
    actor: Actor,
    survey: i64,
    (form, member): (i64, i64),
    step: Step,
    seal: Option<String>,
) -> Result<()> {
    let mut detail = json!({ "form": form, "member": member, "step": step.name() });
    if let Some(seal) = seal {
        detail["seal"] = seal.into();
    }
    let (action, record) = (Action::SurveyFormStepped, Record::Survey(survey));
    audit::record(connection, actor, action, record, detail).await
}

/// Why a step cannot be taken of a form in this state.
pub(super) fn not_possible(state: State) -> Message {
    Message::new(match state {
        State::Draft => "surveys-not-submitted",
        State::Submitted => "surveys-is-submitted",
        State::Marked => "surveys-is-marked",
        State::Confirmed => "surveys-is-confirmed",
        State::Returned => "surveys-is-returned",
    })
}
