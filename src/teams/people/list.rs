//! The people of a team, on its page.

use askama::Template;

use super::store::{self, Person};
use crate::db::{Connection, Result};
use crate::members::entry::Answer;
use crate::needs::form::choices;
use crate::offers::EndReason;
use crate::teams::{State, Step, Team};
use crate::web::forms::Field;
use crate::web::{Page, Scope};

/// Those of a team within someone's scope.
pub(in crate::teams) struct People {
    /// The team (`teams.id`).
    pub team: i64,
    /// Whether it was not dissolved: the list may be changed.
    pub open: bool,
    /// How many are in it, in words.
    pub summary: String,
    /// How many others there are whom the viewer may not see; empty for none.
    pub elsewhere: String,
    /// Whether it has people, but no leader.
    pub leaderless: bool,
    /// Who leads first, then who asks, who is in, who left.
    pub rows: Vec<PersonRow>,
}

/// Someone of a team in words, with the steps that can be taken.
pub(crate) struct PersonRow {
    pub person: Person,
    /// Where a step is sent.
    pub url: String,
    pub state: &'static str,
    pub reason: &'static str,
    pub at: String,
    /// Names and words of the steps that are one press.
    pub steps: Vec<(&'static str, &'static str)>,
    /// The reasons to leave for, where they are in it.
    pub leave: Option<Field>,
    /// Whether they can be made the leader.
    pub may_lead: bool,
}

impl PersonRow {
    /// As the page shows them.
    pub(crate) fn of(page: &Page, person: Person, url: String) -> Self {
        let state = person.state();
        let after = |step: Step| state.and_then(|state| state.after(step));
        let pressed = [Step::Accept, Step::Decline, Step::Back];
        let steps = pressed.into_iter().filter(|step| after(*step).is_some());
        let reasons = EndReason::ALL.iter().map(|reason| (reason.name(), reason.key()));
        let mut leave = Field::new(page, "reason", "claims-leave-why").options(choices(
            page,
            reasons,
            EndReason::Time.name(),
        ));
        leave.id = format!("reason-{}", person.id);
        Self {
            state: state.map_or("", |state| page.t(state.key())),
            reason: EndReason::from_name(&person.reason).map_or("", |why| page.t(why.key())),
            at: page.time(&person.updated_at),
            steps: steps.map(|step| (step.name(), page.t(step.key()))).collect(),
            leave: after(Step::Leave).map(|_| leave),
            may_lead: state == Some(State::In) && !person.leads,
            person,
            url,
        }
    }
}

impl People {
    /// Those of a team.
    ///
    /// # Errors
    /// When the database fails.
    pub(in crate::teams) async fn of(
        connection: &mut Connection,
        page: &Page,
        scope: &Scope,
        team: &Team,
    ) -> Result<Self> {
        let people = store::people(connection, team.id).await?;
        let (theirs, others): (Vec<Person>, Vec<Person>) =
            people.into_iter().partition(|person| scope.covers(person.branch_id));
        let url = format!("/needs/teams/{}/step", team.id);
        let others = others.iter().filter(|other| other.state() == Some(State::In)).count();
        Ok(Self {
            team: team.id,
            open: team.ended_at.is_none(),
            summary: team.count(page),
            elsewhere: match others {
                0 => String::new(),
                others => page.t1("activities-people-elsewhere", "count", others),
            },
            leaderless: team.leader.is_none() && team.members > 0,
            rows: theirs.into_iter().map(|p| PersonRow::of(page, p, url.clone())).collect(),
        })
    }
}

/// What a script puts into the page.
#[derive(Template)]
#[template(path = "teams/people_part.html")]
pub(in crate::teams) struct PeoplePart {
    /// The page.
    pub page: Page,
    /// The list as it is now.
    pub people: People,
    /// What came of it.
    pub answer: Answer,
}
