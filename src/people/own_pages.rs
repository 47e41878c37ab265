//! `/me`: what is kept of a member, what they serve, and what they could do near home.

use askama::Template;
use axum::extract::{Path, State};

use super::survey_pages::{self, OwnSurvey};
use super::{own, registry, store};
use crate::activities::figures::store as figures;
use crate::activities::own::{self as own_parts, OwnPart, Reason};
use crate::activities::{self, Area, hours};
use crate::app::App;
use crate::commendations;
use crate::committees;
use crate::contacts::{self, store::Contact};
use crate::db::{self, Connection};
use crate::members::{self, EmployeeNumber, Member};
use crate::needs::{self, Suggested};
use crate::offers::{self, ClaimState, Kind, Offer};
use crate::pairings;
use crate::provisions::{self, Passed};
use crate::teams::{self, Team};
use crate::web::{Notice, Page, Permission, Result, Routes, Viewer, html, see_other};

/// How many parts in activities are shown.
const PARTS: i64 = 20;

pub(super) fn routes(routes: Routes) -> Routes {
    let may = Permission::OwnRecord;
    routes.get("/me", may, show).post("/me/needs/{id}/volunteer", may, volunteer).post(
        "/me/needs/{id}/withdraw",
        may,
        withdraw,
    )
}

#[derive(Template)]
#[template(path = "people/own.html")]
struct OwnPage {
    page: Page,
    name: String,
    /// Number and branch.
    known_as: String,
    address: String,
    phone: String,
    committee: String,
    skills: Vec<String>,
    agreed: bool,
    agreed_phone: bool,
    free: String,
    pairings: Vec<OwnPairing>,
    claims: Vec<OwnClaim>,
    offers: Vec<OfferRow>,
    /// The teams that they are in or ask to be in.
    teams: Vec<OwnTeam>,
    /// Those that serve where they live and have a place.
    to_join: Vec<Team>,
    near: Vec<Near>,
    parts: Vec<Part>,
    /// The surveys that ask them.
    surveys: Vec<OwnSurvey>,
    /// What they entered of themselves, and is not on record.
    entered: Vec<Entered>,
    /// In which calls they were nominated, and what became of it.
    commended: Vec<commendations::Own>,
    passed_on: Vec<Passed>,
    /// When they asked for work, and what they got.
    asked: Vec<Contact>,
    /// When the link of their calendar was made; empty without one.
    calendar: String,
}

struct OwnPairing {
    id: i64,
    title: String,
    committee: String,
    next: String,
    overdue: bool,
}

struct OwnClaim {
    offer: i64,
    title: String,
    committee: String,
    state: &'static str,
    thanks: String,
    may_leave: bool,
    may_finish: bool,
}

struct OwnTeam {
    team: teams::people::store::Own,
    state: &'static str,
}

struct OfferRow {
    id: i64,
    title: String,
    kind: &'static str,
    when: String,
}

struct Near {
    need: Suggested,
    /// Whether the member said that they would serve it.
    said: bool,
}

/// A part in an activity.
struct Part {
    day: String,
    title: String,
    committee: String,
    area: &'static str,
    amount: String,
    signed: bool,
}

/// What a member entered of themselves.
struct Entered {
    id: i64,
    day: String,
    title: String,
    what: String,
    /// Why it was declined; empty while it waits.
    declined: &'static str,
}

impl Entered {
    fn of(page: &Page, part: OwnPart) -> Self {
        let area = page.t(part.area.key());
        let declined = part.declined.as_deref().and_then(Reason::from_name);
        Self {
            id: part.id,
            day: page.date(&part.day.to_string()),
            title: part.title,
            what: format!("{area} · {}", amount(page, 1, part.minutes)),
            declined: declined.map_or("", |reason| page.t(reason.key())),
        }
    }
}

async fn show(State(app): State<App>, page: Page, viewer: Viewer) -> Result {
    let mut connection = app.db.snapshot().await?;
    let member = own(&mut connection, &viewer).await?;
    html(&laid_out(&mut connection, page, member).await?)
}

async fn laid_out(connection: &mut Connection, page: Page, member: Member) -> db::Result<OwnPage> {
    let details = &member.details;
    let home = details.home.committee().or(details.home.host());
    let committee = match home {
        Some(id) => committees::store::line(connection, id).await?,
        None => None,
    };
    let branch = match details.branch {
        Some(id) => members::store::branch_name(connection, id).await?.unwrap_or_default(),
        None => String::new(),
    };
    let number = details.number.as_ref().map_or("", EmployeeNumber::as_str);
    let known_as: Vec<&str> =
        [number, &branch].into_iter().filter(|part| !part.is_empty()).collect();
    let times = needs::store::member_times(connection, member.id).await?.unwrap_or_default().0;
    let agreed = details.standing.agreed();
    let near = match home.filter(|_| agreed) {
        Some(home) => needs::suggested_for(connection, &page, &member, home, times).await?,
        None => Vec::new(),
    };
    let entered = own_parts::store::of_member(connection, member.id).await?;
    let said = store::volunteered(connection, member.id).await?;
    let offers = match home.filter(|_| agreed) {
        Some(home) => offers::store::of_committee(connection, home).await?,
        None => Vec::new(),
    };
    let claims = offers::store::claims_of(connection, member.id).await?;
    let own_teams = teams::people::store::of_member(connection, member.id).await?;
    let mut to_join = match home.filter(|_| agreed) {
        Some(home) => teams::store::at(connection, home).await?,
        None => Vec::new(),
    };
    to_join.retain(|team| team.is_free() && own_teams.iter().all(|own| own.team_id != team.id));
    let today = activities::today().to_string();
    let upcoming = pairings::store::lasting_of(connection, member.id).await?;
    let calendar = pairings::calendar::made(connection, member.id).await?;
    let offer_row = |offer: Offer| OfferRow {
        kind: page.t(offer.details.kind.key()),
        when: offer.when(&page),
        id: offer.id,
        title: offer.details.title,
    };
    Ok(OwnPage {
        name: details.name.as_str().to_owned(),
        known_as: known_as.join(" · "),
        address: details.address.as_str().to_owned(),
        phone: details.phone.as_str().to_owned(),
        committee: committee
            .map_or_else(String::new, |line| format!("{} · {}", line.name, line.street)),
        skills: members::store::skill_names(connection, &details.skills).await?,
        agreed,
        agreed_phone: details.standing.phone(),
        free: times.words(&page),
        pairings: upcoming
            .into_iter()
            .map(|pairing| OwnPairing {
                id: pairing.id,
                title: pairing.title,
                committee: pairing.committee,
                overdue: pairing.next_visit.as_deref().is_some_and(|day| day < today.as_str()),
                next: pairing.next_visit.map_or_else(String::new, |day| page.date(&day)),
            })
            .collect(),
        offers: offers
            .into_iter()
            .filter(Offer::is_free)
            .filter(|offer| {
                !claims.iter().any(|claim| {
                    claim.offer_id == offer.id && matches!(claim.state.as_str(), "asked" | "held")
                })
            })
            .map(offer_row)
            .collect(),
        claims: claims
            .into_iter()
            .map(|claim| {
                let state = ClaimState::from_name(&claim.state);
                OwnClaim {
                    offer: claim.offer_id,
                    title: claim.title,
                    committee: claim.committee,
                    state: state.map_or("", |state| page.t(state.key())),
                    thanks: claim.thanks,
                    may_leave: matches!(state, Some(ClaimState::Asked | ClaimState::Held)),
                    may_finish: state == Some(ClaimState::Held) && claim.kind == Kind::Wish.name(),
                }
            })
            .collect(),
        teams: own_teams
            .into_iter()
            .map(|team| OwnTeam {
                state: match teams::State::from_name(&team.state) {
                    Some(_) if team.leads => page.t("teams-leader"),
                    state => state.map_or("", |state| page.t(state.key())),
                },
                team,
            })
            .collect(),
        to_join,
        near: near
            .into_iter()
            .map(|need| Near { said: said.contains(&need.row.line.id), need })
            .collect(),
        parts: parts(connection, &page, member.id).await?,
        entered: entered.into_iter().map(|part| Entered::of(&page, part)).collect(),
        commended: commendations::own(connection, &page, member.id).await?,
        passed_on: provisions::of_member(connection, &page, member.id).await?,
        asked: contacts::store::of_member(connection, member.id).await?,
        surveys: survey_pages::asking(connection, &page, &member).await?,
        calendar: calendar.map_or_else(String::new, |at| page.time(&at)),
        page,
    })
}

async fn parts(connection: &mut Connection, page: &Page, member: i64) -> db::Result<Vec<Part>> {
    let ever = ("", "~");
    let lines = figures::of_member(connection, member, ever, None, PARTS).await?;
    let part = |line: figures::MemberLine| Part {
        day: page.date(&line.day),
        title: line.title,
        committee: line.committee.unwrap_or_default(),
        area: Area::from_name(&line.area).map_or("", |area| page.t(area.key())),
        amount: amount(page, line.times, line.minutes),
        signed: line.signed_on.is_some(),
    };
    Ok(lines.into_iter().map(part).collect())
}

fn amount(page: &Page, times: i64, minutes: i64) -> String {
    let times = page.t1("hub-times", "count", times);
    if minutes == 0 {
        return times;
    }
    format!("{times} · {}", page.t1("hub-hours", "hours", hours(minutes)))
}

async fn volunteer(State(app): State<App>, viewer: Viewer, Path(id): Path<i64>) -> Result {
    say(&app, &viewer, id, true).await
}

async fn withdraw(State(app): State<App>, viewer: Viewer, Path(id): Path<i64>) -> Result {
    say(&app, &viewer, id, false).await
}

async fn say(app: &App, viewer: &Viewer, need: i64, would: bool) -> Result {
    let mut write = app.db.write().await?;
    let member = own(&mut write, viewer).await?;
    // Who does not stand to be known is not told to a committee, whatever they would do.
    if would && !member.details.standing.agreed() {
        return Ok(see_other("/me/edit"));
    }
    registry::volunteer(&mut write, viewer.into(), need, member.id, would).await?;
    write.commit().await?;
    let key = if would { "notice-volunteered" } else { "notice-volunteer-withdrawn" };
    Ok(Notice::see_other("/me", key, ""))
}
