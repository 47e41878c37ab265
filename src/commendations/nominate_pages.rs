//! Nominating a member: from the list of those who meet the figures, or by typing who is meant.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum_extra::extract::Form;
use serde::{Deserialize, Serialize};

use super::call_pages::seen_call;
use super::criteria::Why;
use super::{Call, LONGEST_REASON, Refusal, Step, got, nominee_store, registry};
use crate::app::App;
use crate::committees::parse_line;
use crate::db::Connection;
use crate::lang::Message;
use crate::members::meant::{self, Candidate};
use crate::members::{self, entry};
use crate::needs::parse_required;
use crate::web::forms::{Field, FieldError, Problems};
use crate::web::{
    Draft, Error, Notice, Page, Permission, Result, Routes, Viewer, already_answered, html,
    remember_answer, see_other,
};

pub(super) fn routes(routes: Routes) -> Routes {
    let may = Permission::Commend;
    routes.get("/commendations/{id}/nominate", may, show).post(
        "/commendations/{id}/nominate",
        may,
        nominate,
    )
}

/// What was typed, as it came.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
struct NominateForm {
    who: String,
    /// The id that a chosen suggestion, or the list, left.
    who_id: String,
    /// The id picked where several fit.
    who_pick: String,
    reason: String,
    although: String,
    form: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct MemberQuery {
    /// `members.id`.
    member: Option<i64>,
}

#[derive(Template)]
#[template(path = "commendations/nominate.html")]
struct NominatePage {
    page: Page,
    call: Call,
    who: Field,
    who_id: String,
    who_pick: Field,
    reason: Field,
    although: Field,
    errors: Vec<FieldError>,
    /// What the member has of each figure, once it is known whom it is about.
    why: Vec<Why>,
}

impl NominatePage {
    fn new(
        page: Page,
        call: Call,
        form: &NominateForm,
        problems: &Problems,
        candidates: &[Candidate],
        why: Vec<Why>,
    ) -> Self {
        let line = |name: &str, label: &'static str, value: &str, limit: u32| {
            Field::new(&page, name, label).value(value).limit(limit).check(&page, problems)
        };
        let although = line("although", "commendations-although", &form.although, LONGEST_REASON)
            .hint(page.t("commendations-although-hint"));
        let who = line("who", "commendations-who", &form.who, 0)
            .hint(page.t("commendations-who-hint"))
            .required();
        let reason = line("reason", "commendations-reason", &form.reason, LONGEST_REASON)
            .hint(page.t("commendations-reason-hint"))
            .required();
        Self {
            who: if form.who.is_empty() { who.focused() } else { who },
            who_id: form.who_id.clone(),
            who_pick: entry::pick(&page, "who_pick", candidates),
            reason: if form.who.is_empty() { reason } else { reason.focused() },
            although,
            errors: problems.summary(&page),
            why,
            call,
            page,
        }
    }
}

/// What a member has of each figure of a call, and whether all are met.
pub(super) async fn why(
    connection: &mut Connection,
    page: &Page,
    call: &Call,
    member: i64,
) -> Result<Vec<Why>> {
    let got = got(connection, &call.details, &[member]).await?;
    let got = got.into_iter().next().map(|(_, got)| got).unwrap_or_default();
    Ok(call.details.figures.beside(&got, page.language()))
}

async fn show(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Path(id): Path<i64>,
    Query(query): Query<MemberQuery>,
    Draft(draft): Draft<NominateForm>,
) -> Result {
    let mut connection = app.db.snapshot().await?;
    let call = seen_call(&mut connection, &viewer, id).await?;
    if let Err(why) = super::steps::after(None, Step::Nominate, viewer.role, call.phase()) {
        return refused(page, &call, why);
    }
    let mut form = draft.unwrap_or_default();
    let mut whys = Vec::new();
    if let Some(member) = query.member {
        let member = meant::live(&mut connection, &viewer.scope, 0, member).await?;
        let member = member.ok_or(Error::NotFound)?;
        whys = why(&mut connection, &page, &call, member.id).await?;
        form.who_id = member.id.to_string();
        form.who = member.name;
    }
    html(&NominatePage::new(page, call, &form, &Problems::none(), &[], whys))
}

async fn nominate(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Path(id): Path<i64>,
    Form(form): Form<NominateForm>,
) -> Result {
    let page = page.keeping(&form.form);
    let mut write = app.db.write().await?;
    if let Some(location) = already_answered(&mut write, &form.form).await? {
        return Ok(see_other(&location));
    }
    let call = seen_call(&mut write, &viewer, id).await?;
    let (mut problems, mut candidates) = (Problems::none(), Vec::new());
    let chosen = [form.who_pick.as_str(), form.who_id.as_str()];
    let who = entry::one(&mut write, &viewer.scope, &form.who, chosen, &mut candidates).await?;
    let who = problems.check("who", who.and_then(|who| who.ok_or(Message::new("form-required"))));
    let reason = problems.check("reason", parse_required(&form.reason, LONGEST_REASON));
    let although = problems.check("although", parse_line(&form.although, LONGEST_REASON));
    let mut whys = Vec::new();
    if let Some(member) = who {
        let record = members::store::member(&mut write, member).await?.ok_or(Error::NotFound)?;
        if !call.details.is_for(record.details.branch) {
            problems.add("who", Message::new("commendations-not-of-branches"));
        }
        whys = why(&mut write, &page, &call, member).await?;
        if whys.iter().any(|why| !why.met) && although.as_deref() == Some("") {
            problems.add("although", Message::new("commendations-although-wanted"));
        }
        let before = nominee_store::in_call(&mut write, id, member).await?;
        let state = before.as_ref().map(|before| before.state);
        if let Err(refusal) = super::steps::after(state, Step::Nominate, viewer.role, call.phase())
        {
            return refused(page, &call, refusal);
        }
    }
    let (Some(member), Some(reason), Some(although), true) =
        (who, reason, although, problems.is_empty())
    else {
        let shown = NominatePage::new(page, call, &form, &problems, &candidates, whys);
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&shown)?).into_response());
    };
    let words = (reason.as_str(), although.as_str());
    let hand = (&viewer).into();
    if let Err(why) = registry::nominate(&mut write, hand, &call, member, words).await? {
        return refused(page, &call, why);
    }
    let location = format!("/commendations/{id}");
    remember_answer(&mut write, &form.form, &location).await?;
    write.commit().await?;
    Ok(Notice::see_other(&location, "notice-nominated", &form.who))
}

#[derive(Template)]
#[template(path = "commendations/refused.html")]
struct RefusedPage {
    page: Page,
    title: String,
    back: String,
    why: &'static str,
}

/// The page that says why a step cannot be taken.
pub(super) fn refused(page: Page, call: &Call, why: Refusal) -> Result<Response> {
    let shown = RefusedPage {
        title: call.details.title.clone(),
        back: format!("/commendations/{}", call.id),
        why: page.t(why.key()),
        page,
    };
    Ok((StatusCode::CONFLICT, html(&shown)?).into_response())
}

/// The same on a member's own page.
pub(super) fn refused_own(page: Page, title: &str, why: Refusal) -> Result<Response> {
    let shown = RefusedPage {
        title: title.to_owned(),
        back: "/me".to_owned(),
        why: page.t(why.key()),
        page,
    };
    Ok((StatusCode::CONFLICT, html(&shown)?).into_response())
}
