//! `/members/{id}/needs`: what a member serves, and the needs near them that they could serve.

use askama::Template;
use axum::extract::{Path, State as From};

use super::availability_pages::live_member;
use super::candidates::{self, Helper};
use super::list_pages::Row;
use super::matching::{Distance, SkillFit};
use super::record_pages::why;
use super::{Times, settings, store};
use crate::addresses::today;
use crate::app::App;
use crate::db::{self, Connection};
use crate::members::{self, Member};
use crate::pairings;
use crate::teams;
use crate::web::{Page, Permission, Result, Routes, Viewer, html};

pub(super) fn routes(routes: Routes) -> Routes {
    routes.get("/members/{id}/needs", Permission::ServeNeeds, show)
}

#[derive(Template)]
#[template(path = "needs/member.html")]
struct MemberPage {
    page: Page,
    id: i64,
    name: String,
    /// Whether the committee may know them.
    agreed: bool,
    /// Whether it is known where they live.
    settled: bool,
    /// When they can help, in words.
    free: String,
    serves: Vec<Served>,
    /// The teams that they are in or ask to be in.
    teams: Vec<teams::people::store::Own>,
    suggested: Vec<Suggested>,
    /// When the link of their calendar was made; empty without one.
    calendar: String,
}

struct Served {
    id: i64,
    title: String,
    /// When it ended; empty while it lasts.
    ended: String,
}

/// A need beside which stands why it is suggested.
pub(crate) struct Suggested {
    pub row: Row,
    pub why: Vec<String>,
}

async fn show(From(app): From<App>, page: Page, viewer: Viewer, Path(id): Path<i64>) -> Result {
    let mut connection = app.db.read().await?;
    let member = live_member(&mut connection, &viewer, id).await?;
    let times = store::member_times(&mut connection, id).await?.unwrap_or_default().0;
    let home = member.details.home;
    let committee = home.committee().or(home.host());
    let agreed = member.details.standing.agreed();
    let suggested = match committee.filter(|_| agreed) {
        Some(committee) => suggested_for(&mut connection, &page, &member, committee, times).await?,
        None => Vec::new(),
    };
    let serves = pairings::store::of_member(&mut connection, id).await?;
    let serves = serves.into_iter().map(|(id, title, ended)| Served {
        id,
        title,
        ended: ended.map_or_else(String::new, |at| page.time(&at)),
    });
    let calendar = pairings::calendar::made(&mut connection, id).await?;
    html(&MemberPage {
        id,
        name: member.details.name.as_str().to_owned(),
        agreed,
        settled: committee.is_some(),
        free: times.words(&page),
        serves: serves.collect(),
        teams: teams::people::store::of_member(&mut connection, id).await?,
        suggested,
        calendar: calendar.map_or_else(String::new, |at| page.time(&at)),
        page,
    })
}

/// The open needs near a member who lives at a committee, with the reasons.
///
/// # Errors
/// When the database fails.
pub(crate) async fn suggested_for(
    connection: &mut Connection,
    page: &Page,
    member: &Member,
    committee: i64,
    times: Times,
) -> db::Result<Vec<Suggested>> {
    let skills = member.details.skills.clone();
    let weights = settings::settings(connection).await?.weights;
    let has = members::store::skill_names(connection, &skills).await?;
    let helper = Helper { committee, skills, times };
    let found = candidates::needs_for(connection, &helper, &weights).await?;
    let today = today();
    let suggested = found.into_iter().map(|(fit, line)| {
        let asked = line.skills.split('、').map(str::to_owned);
        let shared: Vec<String> = match fit.skill {
            SkillFit::Same => asked.filter(|name| has.contains(name)).collect(),
            SkillFit::Related => asked.collect(),
            SkillFit::NotAsked => Vec::new(),
        };
        let wanted = Times::from_bits(line.times);
        let place = match fit.distance {
            Distance::Committee => page.t("needs-why-here").to_owned(),
            Distance::Street => page.t1("needs-why-near", "committee", &*line.committee),
            Distance::District => page.t1("needs-why-far", "committee", &*line.committee),
        };
        let why = why(page, &fit, &shared, place, wanted);
        Suggested { row: Row::of(page, line, &today), why }
    });
    Ok(suggested.collect())
}
