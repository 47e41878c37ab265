//! The changes that enquiries and their requests go through, each whole, with its line in the audit
//! log.

use serde_json::json;

use super::line_store::{self, Line};
use super::request_store::{self, Request};
use super::store::{self, Found, Wanted};
use super::{Content, Enquiry, State, Way};
use crate::activities::HalfYear;
use crate::audit::{self, Action, Actor, Record};
use crate::committees;
use crate::db::{Connection, Result};
use crate::letters::LetterSettings;

/// Opens an enquiry about members of these branches (`None`: all members), with a draft to each
/// committee that is to be asked; its `id` and how many they are. `None` when nobody is.
///
/// # Errors
/// When the database fails.
pub async fn open(
    connection: &mut Connection,
    actor: Actor,
    half: HalfYear,
    branches: Option<&[i64]>,
    until: &str,
) -> Result<Option<(i64, usize)>> {
    let wanted = Wanted { half, branches, committee: None, request: None };
    let found = store::found(connection, wanted).await?;
    if found.is_empty() {
        return Ok(None);
    }
    let id = store::insert(connection, actor, half, branches, until).await?;
    let requests = draft(connection, id, half, &found).await?;
    let detail = json!({ "requests": requests });
    audit::record(connection, actor, Action::EnquiryOpened, Record::Enquiry(id), detail).await?;
    Ok(Some((id, requests)))
}

/// Adds drafts about those whom nobody asked about yet; how many.
///
/// # Errors
/// When the database fails.
pub async fn widen(
    connection: &mut Connection,
    actor: Actor,
    enquiry: &Enquiry,
    half: HalfYear,
) -> Result<usize> {
    let branches = store::branches_of(connection, enquiry).await?;
    let wanted = Wanted { half, branches: branches.as_deref(), committee: None, request: None };
    let found = store::found(connection, wanted).await?;
    let requests = draft(connection, enquiry.id, half, &found).await?;
    if requests > 0 {
        let (record, detail) = (Record::Enquiry(enquiry.id), json!({ "requests": requests }));
        audit::record(connection, actor, Action::EnquiryWidened, record, detail).await?;
    }
    Ok(requests)
}

async fn draft(
    connection: &mut Connection,
    enquiry: i64,
    half: HalfYear,
    found: &[Found],
) -> Result<usize> {
    let mut requests = 0;
    for one in found.chunk_by(|one, next| one.committee == next.committee) {
        let Some(first) = one.first() else { continue };
        let id = request_store::insert(connection, enquiry, &half.code(), first.committee).await?;
        request_store::set_lines(connection, id, one).await?;
        requests += 1;
    }
    Ok(requests)
}

/// Waits for no more answers to an enquiry; one that comes counts all the same.
///
/// # Errors
/// When the database fails.
pub async fn end(connection: &mut Connection, actor: Actor, id: i64) -> Result<()> {
    if store::end(connection, actor, id).await? {
        let record = Record::Enquiry(id);
        audit::record(connection, actor, Action::EnquiryEnded, record, json!({})).await?;
    }
    Ok(())
}

/// Gives a request out: it names whom it may name at this moment, and stays so. Whether there is
/// anyone left to name; one that was given out before stays as it was.
///
/// # Errors
/// When the database fails.
pub async fn give(
    connection: &mut Connection,
    actor: Actor,
    settings: &LetterSettings,
    enquiry: &Enquiry,
    request: &Request,
) -> Result<bool> {
    if request.given_at.is_some() {
        return Ok(true);
    }
    let Some(half) = HalfYear::parse(&request.half) else { return Ok(false) };
    let branches = store::branches_of(connection, enquiry).await?;
    let wanted = Wanted {
        half,
        branches: branches.as_deref(),
        committee: Some(request.committee_id),
        request: Some(request.id),
    };
    let found = store::found(connection, wanted).await?;
    let committee = committees::store::committee(connection, request.committee_id).await?;
    let Some(committee) = committee.filter(|_| !found.is_empty()) else { return Ok(false) };
    request_store::set_lines(connection, request.id, &found).await?;
    let content = Content::of(settings, &committee);
    request_store::give(connection, actor, request.id, &content).await?;
    let (record, detail) = (Record::Request(request.id), json!({ "members": found.len() }));
    audit::record(connection, actor, Action::RequestGiven, record, detail).await?;
    Ok(true)
}

/// Marks a request that was given out as sent; whether it was not before.
///
/// # Errors
/// When the database fails.
pub async fn send(
    connection: &mut Connection,
    actor: Actor,
    request: i64,
    day: &str,
    way: Way,
) -> Result<bool> {
    let sent = request_store::send(connection, request, day, way).await?;
    if sent {
        let record = Record::Request(request);
        audit::record(connection, actor, Action::RequestSent, record, json!({})).await?;
    }
    Ok(sent)
}

/// Notes that a committee was asked again; whether it was not today.
///
/// # Errors
/// When the database fails.
pub async fn remind(
    connection: &mut Connection,
    actor: Actor,
    request: i64,
    day: &str,
) -> Result<bool> {
    let reminded = request_store::remind(connection, actor, request, day).await?;
    if reminded {
        let record = Record::Request(request);
        audit::record(connection, actor, Action::RequestReminded, record, json!({})).await?;
    }
    Ok(reminded)
}

/// An answer as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// What is said of whom (`feedback_lines.id`).
    pub words: Vec<(i64, String)>,
    /// The day.
    pub day: String,
    /// Who signed it at the committee.
    pub by: String,
}

/// Enters what a committee says, or corrects it; of lines whose review is closed nothing changes.
///
/// # Errors
/// When the database fails.
pub async fn answer(
    connection: &mut Connection,
    actor: Actor,
    request: &Request,
    lines: &[Line],
    answer: &Answer,
) -> Result<()> {
    let mut changed = 0;
    for (id, words) in &answer.words {
        let line = lines.iter().find(|line| line.id == *id && !line.closed);
        let Some(line) = line.filter(|line| line.words != *words) else { continue };
        line_store::say(connection, actor, line, words, (&answer.day, &answer.by)).await?;
        changed += 1;
    }
    let first = request.state() != State::Answered;
    if !first && changed == 0 {
        return Ok(());
    }
    let there = actor == Actor::Committee;
    request_store::answer(connection, request.id, (&answer.day, &answer.by, there)).await?;
    let action = if first { Action::FeedbackEntered } else { Action::FeedbackCorrected };
    let (record, detail) = (Record::Request(request.id), json!({ "lines": changed }));
    audit::record(connection, actor, action, record, detail).await
}
