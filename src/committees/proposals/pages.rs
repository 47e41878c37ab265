//! The worklist of what committees proposed, and deciding one beside what is on record.

use askama::Template;
use axum::extract::{Path, State as From};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum_extra::extract::Form;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{Proposal, State, Step, store};
use crate::app::App;
use crate::audit::{self, Action, Record};
use crate::committees::form::CommitteeForm;
use crate::committees::history::{self, Body, Cause};
use crate::committees::{Committee, parse_line, registry, store as committees};
use crate::db::{Connection, now};
use crate::lang::Message;
use crate::web::forms::{Field, FieldError, Problems};
use crate::web::{
    Draft, Error, Notice, Page, Permission, Result, Routes, Viewer, already_answered, html,
    remember_answer, see_other,
};

pub(super) fn routes(routes: Routes) -> Routes {
    let may = Permission::ChangeDirectory;
    routes
        .get("/committees/proposals", may, list)
        .get("/committees/proposals/{id}", may, show)
        .post("/committees/proposals/{id}", may, decide)
        .post("/committees/proposals/{id}/reopen", may, reopen)
}

/// The most characters of why one is declined.
const LONGEST_REASON: u32 = 60;

#[derive(Template)]
#[template(path = "committees/proposals.html")]
struct ListPage {
    page: Page,
    waiting: Vec<(i64, String, String)>,
    decided: Vec<(i64, String, String, &'static str)>,
}

async fn list(From(app): From<App>, page: Page) -> Result {
    let mut connection = app.db.read().await?;
    let waiting = store::waiting(&mut connection).await?;
    let decided = store::decided(&mut connection).await?;
    let state = |name: &str| State::from_name(name).map_or("", |state| page.t(state.key()));
    html(&ListPage {
        waiting: waiting.into_iter().map(|(id, name, at)| (id, name, page.time(&at))).collect(),
        decided: decided
            .into_iter()
            .map(|(id, name, at, is)| (id, name, page.time(&at), state(&is)))
            .collect(),
        page,
    })
}

#[derive(Template)]
#[template(path = "committees/proposal.html")]
struct ShowPage {
    page: Page,
    proposal: Proposal,
    committee: Committee,
    rows: Vec<Row>,
    /// What became of it, in words.
    state: String,
    since: Field,
    /// Whether a name or a head would change, so that the day matters.
    renames: bool,
    because: Field,
    errors: Vec<FieldError>,
    /// Why what was asked for is not possible; empty for nothing.
    problem: String,
}

impl ShowPage {
    fn is_open(&self) -> bool {
        self.proposal.state == State::Open
    }

    fn is_declined(&self) -> bool {
        self.proposal.state == State::Declined
    }
}

/// A field: what is on record, what is proposed, and whether it is to be taken.
struct Row {
    name: &'static str,
    label: &'static str,
    was: String,
    now: String,
    proposed: String,
    ticked: bool,
}

impl Row {
    /// Whether the record says so already.
    fn is_so(&self) -> bool {
        self.now == self.proposed
    }

    /// Whether the record was changed since the committee saw it.
    fn changed_since(&self) -> bool {
        self.now != self.was && !self.is_so()
    }
}

/// What was ticked and typed.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
struct DecideForm {
    /// `accept` or `decline`.
    act: String,
    /// The names of the fields to take.
    part: Vec<String>,
    since: String,
    because: String,
    /// The committee's version that was on the page.
    version: i64,
    form: String,
}

fn show_page(
    page: Page,
    proposal: Proposal,
    committee: Committee,
    form: &DecideForm,
    problems: &Problems,
) -> ShowPage {
    let rows: Vec<Row> = proposal
        .parts()
        .map(|part| Row {
            name: part.name,
            label: page.t(part.key),
            was: part.of(&proposal.before).to_owned(),
            now: part.of(&committee.details).to_owned(),
            proposed: part.of(&proposal.proposed).to_owned(),
            ticked: form.act.is_empty() || form.part.iter().any(|name| name == part.name),
        })
        .collect();
    let named = ["head", "party_name", "party_head"];
    let mut state = page.t(proposal.state.key()).to_owned();
    if let Some(at) = &proposal.decided_at {
        let by = proposal.decided_by.clone().unwrap_or_default();
        state = format!("{state} · {} {by}", page.time(at));
    }
    ShowPage {
        renames: rows.iter().any(|row| named.contains(&row.name) && !row.is_so()),
        since: Field::new(&page, "since", "committees-since")
            .value(&form.since)
            .kind("date", "off")
            .check(&page, problems),
        because: Field::new(&page, "because", "proposals-because")
            .value(&form.because)
            .limit(LONGEST_REASON)
            .hint(page.t("proposals-because-hint"))
            .check(&page, problems),
        errors: problems.summary(&page),
        problem: String::new(),
        state,
        rows,
        proposal,
        committee,
        page,
    }
}

async fn found(connection: &mut Connection, id: i64) -> Result<(Proposal, Committee)> {
    let proposal = store::proposal(connection, id).await?.ok_or(Error::NotFound)?;
    let committee = committees::committee(connection, proposal.committee).await?;
    Ok((proposal, committee.ok_or(Error::NotFound)?))
}

async fn show(
    From(app): From<App>,
    page: Page,
    Path(id): Path<i64>,
    Draft(draft): Draft<DecideForm>,
) -> Result {
    let (proposal, committee) = found(&mut *app.db.read().await?, id).await?;
    let opened = || DecideForm { since: now()[..10].to_owned(), ..DecideForm::default() };
    let form = draft.unwrap_or_else(opened);
    html(&show_page(page, proposal, committee, &form, &Problems::none()))
}

fn refused(shown: ShowPage, why: &Message) -> Result {
    let problem = shown.page.say(why);
    Ok((StatusCode::CONFLICT, html(&ShowPage { problem, ..shown })?).into_response())
}

async fn decide(
    From(app): From<App>,
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
    let (proposal, committee) = found(&mut write, id).await?;
    let step = if form.act == "accept" { Step::Accept } else { Step::Decline };
    let mut problems = Problems::none();
    let Some(state) = proposal.state.after(step) else {
        let shown = show_page(page, proposal, committee, &form, &problems);
        return refused(shown, &Message::new("proposals-decided"));
    };
    let actor = (&viewer).into();
    let record = Record::Committee(committee.id);
    if step == Step::Accept {
        let stale = committee.version != form.version || committee.merged_into.is_some();
        let details = proposal.taken(committee.details.clone(), &form.part);
        if form.part.is_empty() {
            problems.add("part", Message::new("proposals-none-ticked"));
        }
        let names = history::names(&mut write, committee.id, Body::Committee).await?;
        let party = history::names(&mut write, committee.id, Body::Party).await?;
        let typed = CommitteeForm { since: form.since.clone(), ..CommitteeForm::default() };
        let since = typed.since(&[&names, &party], &page, &mut problems);
        if stale {
            let shown = show_page(page, proposal, committee, &form, &problems);
            return refused(shown, &Message::new("proposals-stale"));
        }
        let (Some(since), true) = (since, problems.is_empty()) else {
            let shown = html(&show_page(page, proposal, committee, &form, &problems))?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, shown).into_response());
        };
        let cause = Cause::Proposed;
        registry::change(&mut write, actor, &committee, &details, &since, cause).await?;
        store::decide(&mut write, actor, id, state, "").await?;
        audit::record(&mut write, actor, Action::ProposalAccepted, record, json!({})).await?;
    } else {
        let because = problems.check("because", parse_line(&form.because, LONGEST_REASON));
        let because = because.filter(|because| !because.is_empty());
        let Some(because) = because else {
            problems.add("because", Message::new("form-required"));
            let shown = html(&show_page(page, proposal, committee, &form, &problems))?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, shown).into_response());
        };
        store::decide(&mut write, actor, id, state, &because).await?;
        audit::record(&mut write, actor, Action::ProposalDeclined, record, json!({})).await?;
    }
    let location = "/committees/proposals";
    remember_answer(&mut write, &form.form, location).await?;
    write.commit().await?;
    let key = match step {
        Step::Accept => "notice-proposal-accepted",
        _ => "notice-proposal-declined",
    };
    Ok(Notice::see_other(location, key, &committee.details.name))
}

/// A declined one is looked at again, unless a newer one waits.
async fn reopen(From(app): From<App>, page: Page, viewer: Viewer, Path(id): Path<i64>) -> Result {
    let mut write = app.db.write().await?;
    let (proposal, committee) = found(&mut write, id).await?;
    let latest = store::latest_of(&mut write, committee.id).await?;
    let newest = latest.is_some_and(|latest| latest.id == id);
    let Some(state) = proposal.state.after(Step::Reopen).filter(|_| newest) else {
        let shown = show_page(page, proposal, committee, &DecideForm::default(), &Problems::none());
        return refused(shown, &Message::new("proposals-not-again"));
    };
    store::decide(&mut write, (&viewer).into(), id, state, "").await?;
    write.commit().await?;
    Ok(see_other(&format!("/committees/proposals/{id}")))
}
