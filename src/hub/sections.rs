//! What a committee can do on its page, beside answering the letter.

use super::{feedback_pages, form_pages, part_pages};
use crate::committees;
use crate::committees::proposals::{State, store as proposals};
use crate::db::{Connection, Result};
use crate::needs;
use crate::offers;
use crate::teams;
use crate::web::Page;

/// A part of the page, and what waits there.
#[derive(Debug, Clone)]
pub struct Section {
    /// Where it is.
    pub url: String,
    /// A drawing of `static/icons.svg`.
    pub icon: &'static str,
    /// What one can do there.
    pub title: &'static str,
    /// What waits there, or a word about it.
    pub text: String,
}

/// The parts of a committee's page; none when it became part of another.
///
/// # Errors
/// When the database fails.
pub async fn sections(
    connection: &mut Connection,
    page: &Page,
    token: &str,
    committee: i64,
) -> Result<Vec<Section>> {
    let found = committees::store::committee(connection, committee).await?;
    if found.is_none_or(|found| found.merged_into.is_some()) {
        return Ok(Vec::new());
    }
    let needs = needs::store::lasting_of(connection, committee).await?;
    let section = |part: &str, icon, title, text| Section {
        url: format!("/c/{token}/{part}"),
        icon,
        title: page.t(title),
        text,
    };
    let offers = offers::store::of_committee(connection, committee).await?;
    let offers = offers.iter().filter(|offer| offer.ended_at.is_none()).count();
    let teams = teams::store::of_committee(connection, committee).await?;
    let teams = teams.iter().filter(|team| team.ended_at.is_none()).count();
    let latest = proposals::latest_of(connection, committee).await?;
    let data = match latest.map(|latest| latest.state) {
        Some(State::Open) => "hub-data-open",
        Some(State::Declined) => "hub-data-not-taken",
        _ => "hub-data-look",
    };
    let forms = form_pages::waiting_words(connection, page, committee).await?;
    let mut sections = vec![
        section("forms", "letter", "hub-forms", forms),
        section("needs", "need", "hub-needs", page.t1("hub-needs-count", "count", needs)),
        section("offers", "skill", "hub-offers", page.t1("hub-offers-count", "count", offers)),
        section("teams", "member", "teams", page.t1("hub-teams-count", "count", teams)),
        section(
            "parts",
            "ok",
            "hub-parts",
            part_pages::waiting(connection, page, committee).await?,
        ),
        section("data", "committee", "hub-data", page.t(data).to_owned()),
    ];
    // Only a committee that was asked has something to say there, and that comes first.
    if let Some(waiting) = feedback_pages::waiting(connection, page, committee).await? {
        sections.insert(0, section("feedback", "edit", "hub-feedback", waiting));
    }
    Ok(sections)
}
