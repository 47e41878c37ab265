//! A need's page: what it says, who serves it, who could, and what was done with it.

use askama::Template;
use axum::extract::{Path, State as From};
use axum::http::StatusCode;
use axum::response::IntoResponse;

use super::candidates::{self, Candidate};
use super::close_pages::LONGEST_REASON;
use super::matching::{Distance, Fit, SkillFit, TimeFit};
use super::{Need, NeedDetails, Step, Times, edit_pages, settings, store};
use crate::addresses::today;
use crate::app::App;
use crate::committees::{self, CommitteeLine};
use crate::db::{self, Connection};
use crate::lang::{Message, Value};
use crate::members;
use crate::pairings::{self, Served};
use crate::people;
use crate::web::forms::{Field, Problems};
use crate::web::{Difference, Error, Page, Permission, Result, Routes, Viewer, differing, html};

pub(super) fn routes(routes: Routes) -> Routes {
    routes.get("/needs/{id}", Permission::ServeNeeds, show)
}

#[derive(Template)]
#[template(path = "needs/show.html")]
struct ShowPage {
    page: Page,
    need: Need,
    /// Why what was asked for is not possible; empty for nothing.
    problem: String,
    state: &'static str,
    area: &'static str,
    committee: Option<CommitteeLine>,
    skills: Vec<(i64, String)>,
    when: String,
    place: String,
    until: String,
    overdue: bool,
    created: String,
    /// Who posted it on the committee's page; `None`: the office entered it.
    posted: Option<String>,
    /// The pairing that serves it now, or the last one.
    served: Option<Served>,
    /// Who said on their own page that they would serve it: `members.id` and name.
    volunteers: Vec<(i64, String)>,
    suggested: Vec<Suggested>,
    past: Vec<Past>,
    /// Why it should be closed.
    because: Field,
}

impl ShowPage {
    fn is(&self, state: &str) -> bool {
        self.need.state.name() == state
    }
}

/// A member beside whom stands why they are suggested.
struct Suggested {
    candidate: Candidate,
    why: Vec<String>,
}

struct Past {
    at: String,
    by: String,
    what: &'static str,
    because: String,
    differences: Vec<Difference>,
}

async fn show(From(app): From<App>, page: Page, viewer: Viewer, Path(id): Path<i64>) -> Result {
    let mut connection = app.db.read().await?;
    let need = store::need(&mut connection, id).await?.ok_or(Error::NotFound)?;
    html(&show_page(&mut connection, page, &viewer, need).await?)
}

/// A need's page with what is wrong with why it should be closed.
pub(super) async fn ask_again(
    connection: &mut Connection,
    page: Page,
    viewer: &Viewer,
    need: Need,
    typed: &str,
    why: &Message,
) -> Result {
    let mut problems = Problems::none();
    problems.add("because", why.clone());
    let mut shown = show_page(connection, page, viewer, need).await?;
    shown.because = because_field(&shown.page, typed, &problems);
    Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&shown)?).into_response())
}

fn because_field(page: &Page, typed: &str, problems: &Problems) -> Field {
    Field::new(page, "because", "needs-because")
        .value(typed)
        .limit(LONGEST_REASON)
        .required()
        .hint(page.t("needs-because-hint"))
        .check(page, problems)
}

/// A need's page with why what was asked for is not possible.
///
/// # Errors
/// When the database or the template fails.
pub async fn refused(
    connection: &mut Connection,
    page: Page,
    viewer: &Viewer,
    need: Need,
    why: &Message,
) -> Result {
    let problem = page.say(why);
    let shown = show_page(connection, page, viewer, need).await?;
    Ok((StatusCode::CONFLICT, html(&ShowPage { problem, ..shown })?).into_response())
}

async fn show_page(
    connection: &mut Connection,
    page: Page,
    viewer: &Viewer,
    need: Need,
) -> Result<ShowPage> {
    let details = &need.details;
    let names = members::store::skill_names(connection, &details.skills).await?;
    let suggested = if need.state.has_ended() {
        Vec::new()
    } else {
        suggested(connection, &page, viewer, &need, &names).await?
    };
    let volunteers = people::store::volunteers(connection, need.id).await?;
    let volunteers = volunteers.into_iter().filter(|(.., branch)| viewer.scope.covers(*branch));
    let live = !need.state.has_ended();
    let today = today();
    Ok(ShowPage {
        state: page.t(need.state.key()),
        area: page.t(details.area.key()),
        committee: committees::store::line(connection, details.committee).await?,
        when: details.times.words(&page),
        place: details.where_words(&page),
        until: details.until.as_deref().map_or_else(String::new, |day| page.date(day)),
        overdue: live && details.until.as_deref().is_some_and(|day| day < today.as_str()),
        created: page.time(&need.created_at),
        posted: store::posted_by(connection, need.id).await?,
        served: pairings::serving(connection, &page, &viewer.scope, need.id).await?,
        past: past(connection, &page, &need).await?,
        skills: details.skills.iter().copied().zip(names).collect(),
        volunteers: volunteers.map(|(id, name, _)| (id, name)).collect(),
        suggested,
        problem: String::new(),
        because: because_field(&page, "", &Problems::none()),
        need,
        page,
    })
}

async fn suggested(
    connection: &mut Connection,
    page: &Page,
    viewer: &Viewer,
    need: &Need,
    asked: &[String],
) -> db::Result<Vec<Suggested>> {
    let weights = settings::settings(connection).await?.weights;
    let ranked = candidates::members_for(connection, need, &viewer.scope, &weights).await?;
    let related = store::related(connection, &need.details.skills).await?;
    let related = members::store::skill_names(connection, &related).await?;
    let suggested = ranked.into_iter().map(|(fit, candidate)| {
        let of = |names: &[String]| -> Vec<String> {
            candidate.skills.iter().filter(|name| names.contains(name)).cloned().collect()
        };
        let skills = match fit.skill {
            SkillFit::Same => of(asked),
            SkillFit::Related => of(&related),
            SkillFit::NotAsked => Vec::new(),
        };
        let place = match fit.distance {
            Distance::Committee => page.t("needs-why-committee").to_owned(),
            Distance::Street => page.t1("needs-why-street", "committee", &*candidate.committee),
            Distance::District => page.t1("needs-why-district", "committee", &*candidate.committee),
        };
        let mut why = why(page, &fit, &skills, place, need.details.times);
        why.push(match fit.serves {
            0 => page.t("needs-why-serves-none").to_owned(),
            serves => page.t1("needs-why-serves", "count", serves),
        });
        Suggested { why, candidate }
    });
    Ok(suggested.collect())
}

/// Why a member and a need fit each other, in words: the skills that they share, how near they
/// are, and when.
pub(super) fn why(
    page: &Page,
    fit: &Fit,
    skills: &[String],
    place: String,
    wanted: Times,
) -> Vec<String> {
    let mut why = Vec::new();
    let skills = skills.join("、");
    match fit.skill {
        SkillFit::Same => why.push(page.t1("needs-why-skill", "skills", skills)),
        SkillFit::Related => why.push(page.t1("needs-why-related", "skills", skills)),
        SkillFit::NotAsked => {}
    }
    why.push(place);
    match fit.time {
        TimeFit::Fits(times) => {
            why.push(page.t1("needs-why-free", "times", Value::from(times.words(page))));
        }
        TimeFit::OtherTimes(times) => {
            why.push(page.t1("needs-why-other-times", "times", Value::from(times.words(page))));
        }
        TimeFit::Unknown if wanted.is_empty() => {}
        TimeFit::Unknown => why.push(page.t("needs-why-times-unknown").to_owned()),
    }
    why
}

async fn past(connection: &mut Connection, page: &Page, need: &Need) -> Result<Vec<Past>> {
    let mut after = need.details.clone();
    let posted = store::posted_by(connection, need.id).await?.is_some();
    let mut past = Vec::new();
    for step in store::history(connection, need.id).await? {
        let differences = match &step.before {
            Some(before) => {
                let before: NeedDetails = serde_json::from_str(before).map_err(Error::internal)?;
                let old = edit_pages::facts(connection, page, &before).await?;
                let new = edit_pages::facts(connection, page, &after).await?;
                after = before;
                differing(old, new)
            }
            None => Vec::new(),
        };
        past.push(Past {
            at: page.time(&step.at),
            // Nobody but the committee takes a step without an account on what it posted.
            by: step.by.unwrap_or_else(|| {
                page.t(if posted { "audit-by-link" } else { "history-by-terminal" }).to_owned()
            }),
            what: match Step::from_name(&step.step) {
                Some(step) => page.t(step.key()),
                None => page.t("history-cause-edited"),
            },
            because: step.because,
            differences,
        });
    }
    Ok(past)
}
