//! `/members/{id}/merge`, the first step: which other record is of the same person?

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum_extra::extract::Query;
use serde::Deserialize;

use super::compare_pages::{self, Sent};
use crate::app::App;
use crate::db::Connection;
use crate::lang::Message;
use crate::members::duplicates::{self, Alike};
use crate::members::meant::{self, Candidate};
use crate::members::register_pages::own;
use crate::members::{EmployeeNumber, Member};
use crate::text::{normalize, normalize_name};
use crate::web::forms::{Choice, Field, FieldError, Problems};
use crate::web::{Draft, Page, Permission, Result, Routes, Viewer, html, see_other};

/// How many records are offered for what was typed.
const OFFERED: usize = 20;

pub(super) fn routes(routes: Routes) -> Routes {
    let may = Permission::ChangeMembers;
    routes.get("/members/suggest", may, suggest).get("/members/{id}/merge", may, show)
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct OtherQuery {
    /// The other record, once it is chosen.
    with: Option<i64>,
    /// What was typed: name, pinyin or number.
    other: String,
    /// The id that a chosen suggestion left.
    other_id: String,
    /// The id picked where several fit.
    other_pick: String,
}

#[derive(Template)]
#[template(path = "members/merge_choose.html")]
struct ChoosePage {
    page: Page,
    id: i64,
    name: String,
    number: String,
    alike: Vec<Alike>,
    other: Field,
    other_id: String,
    pick: Field,
    errors: Vec<FieldError>,
}

async fn show(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Path(id): Path<i64>,
    Query(query): Query<OtherQuery>,
    Draft(draft): Draft<Sent>,
) -> Result {
    let mut connection = app.db.read().await?;
    let member = own(&mut connection, &viewer, id).await?;
    if member.removed_at.is_some() {
        return Ok(see_other(&format!("/members/{id}")));
    }
    let mut problems = Problems::none();
    let mut several = Vec::new();
    let with = query.with.or_else(|| draft.as_ref().map(Sent::with));
    if let Some(with) = with {
        let other = own(&mut connection, &viewer, with).await?;
        if other.removed_at.is_none() && other.id != id {
            return compare_pages::show(&mut connection, page, &member, &other, draft).await;
        }
        problems.add("other", Message::new("merging-other-removed"));
    } else if !normalize(&query.other).is_empty() {
        match resolve(&mut connection, &viewer, id, &query).await?.as_slice() {
            [] => problems.add("other", Message::new("merging-other-unknown")),
            [only] => return Ok(see_other(&format!("/members/{id}/merge?with={}", only.id))),
            candidates => {
                problems.add("other", Message::new("merging-other-several"));
                several = candidates.iter().map(Candidate::choice).collect();
            }
        }
    }
    let alike = duplicates::seen_alike(&mut connection, &member.details, id, &viewer.scope).await?;
    let status =
        if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let shown = choose_page(page, &member, alike, &query, several, &problems)?;
    Ok((status, shown).into_response())
}

fn choose_page(
    page: Page,
    member: &Member,
    alike: Vec<Alike>,
    query: &OtherQuery,
    several: Vec<Choice>,
    problems: &Problems,
) -> Result {
    html(&ChoosePage {
        id: member.id,
        name: member.details.name.as_str().to_owned(),
        number: member.details.number.as_ref().map_or("", EmployeeNumber::as_str).to_owned(),
        alike,
        other: Field::new(&page, "other", "merging-other")
            .value(&query.other)
            .hint(page.t("merging-other-hint"))
            .required()
            .check(&page, problems),
        other_id: query.other_id.clone(),
        pick: Field::new(&page, "other_pick", "merging-other-pick").options(several),
        errors: problems.summary(&page),
        page,
    })
}

/// The records that what was typed may mean: the one whose suggestion was taken, as long as its
/// name stands in the field; the one with exactly this number; the one picked of several; those
/// of exactly this name; or else all that a search finds.
async fn resolve(
    connection: &mut Connection,
    viewer: &Viewer,
    besides: i64,
    query: &OtherQuery,
) -> Result<Vec<Candidate>> {
    let (typed, name) = (normalize(&query.other), normalize_name(&query.other));
    if let Ok(id) = query.other_id.parse::<i64>()
        && let Some(taken) = meant::live(connection, &viewer.scope, besides, id).await?
        && taken.name == name
    {
        return Ok(vec![taken]);
    }
    let pick = query.other_pick.parse::<i64>().unwrap_or_default();
    let mut found = meant::find(connection, &viewer.scope, besides, &query.other, OFFERED).await?;
    let numbered = found.iter().position(|found| found.number == typed);
    let meant = numbered.or_else(|| found.iter().position(|found| found.id == pick));
    if let Some(place) = meant {
        return Ok(vec![found.swap_remove(place)]);
    }
    if found.iter().any(|found| found.name == name) {
        found.retain(|found| found.name == name);
    }
    Ok(found)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct SuggestQuery {
    q: String,
    /// A record that is not offered (`members.id`).
    besides: i64,
}

async fn suggest(
    State(app): State<App>,
    viewer: Viewer,
    Query(query): Query<SuggestQuery>,
) -> Result {
    let mut connection = app.db.read().await?;
    let candidates =
        meant::find(&mut connection, &viewer.scope, query.besides, &query.q, 8).await?;
    html(&meant::Suggestions { candidates })
}
