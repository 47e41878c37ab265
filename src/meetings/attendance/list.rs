//! Who was there, on a meeting's page.

use askama::Template;

use super::State;
use super::store::{self, Row};
use crate::db::{Connection, Result};
use crate::lang::Value;
use crate::meetings::Meeting;
use crate::members::entry::Answer;
use crate::web::forms::Choice;
use crate::web::{Page, Scope};

/// Who was there, within someone's scope.
#[derive(Debug)]
pub struct People {
    /// The meeting (`meetings.id`).
    pub meeting: i64,
    /// Whether the list may be changed: the meeting is not removed.
    pub open: bool,
    /// Whether its day has not come.
    pub planned: bool,
    /// The latest entered first.
    pub rows: Vec<PersonRow>,
    /// How many, in words.
    pub summary: String,
    /// How many others were there whom the viewer may not see; empty for none.
    pub elsewhere: String,
    /// Whether someone is still expected of whom it can be said that they came.
    pub awaited: bool,
    /// Who was taken out and can be put back.
    pub out: Vec<Row>,
}

/// A member in a line.
#[derive(Debug)]
pub struct PersonRow {
    /// The row.
    pub row: Row,
    /// What can be said of them.
    pub states: Vec<Choice>,
    /// What stands in the field of the reason.
    pub reason: String,
    /// What is wrong with it; empty for nothing.
    pub error: String,
    /// Whether they were there, in words.
    pub state: &'static str,
}

impl PersonRow {
    fn of(page: &Page, row: Row) -> Self {
        Self {
            states: states(page, row.state()),
            reason: row.reason.clone(),
            error: String::new(),
            state: page.t(row.state().key()),
            row,
        }
    }

    /// What it was when the page was made, to tell whether someone changed it since.
    pub fn was(&self) -> String {
        format!("{}/{}", self.row.state, self.row.reason)
    }
}

/// What can be said of a member at a meeting.
pub(super) fn states(page: &Page, chosen: State) -> Vec<Choice> {
    let choice = |state: State| Choice {
        value: state.name().to_owned(),
        label: page.t(state.key()).to_owned(),
        chosen: state == chosen,
        count: String::new(),
    };
    State::ALL.map(choice).to_vec()
}

impl People {
    /// Those of a meeting.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn of(
        connection: &mut Connection,
        page: &Page,
        scope: &Scope,
        meeting: &Meeting,
    ) -> Result<Self> {
        let rows = store::rows(connection, meeting.id).await?;
        let (theirs, others): (Vec<Row>, Vec<Row>) =
            rows.into_iter().partition(|row| scope.covers(row.branch_id));
        let (rows, mut out): (Vec<Row>, Vec<Row>) =
            theirs.into_iter().partition(|row| row.taken_out_at.is_empty());
        out.retain(|out| rows.iter().all(|row| row.member_id != out.member_id));
        out.sort_by(|one, other| other.taken_out_at.cmp(&one.taken_out_at));
        let mut seen = Vec::new();
        out.retain(|out| {
            let first = !seen.contains(&out.member_id);
            seen.push(out.member_id);
            first
        });
        let others = others.iter().filter(|row| row.taken_out_at.is_empty()).count();
        let count = |state: State| rows.iter().filter(|row| row.state() == state).count();
        let arguments = [
            ("present", Value::from(count(State::Present))),
            ("leave", Value::from(count(State::Leave))),
            ("expected", Value::from(count(State::Expected))),
        ];
        let planned = meeting.is_planned();
        Ok(Self {
            meeting: meeting.id,
            open: meeting.removed_at.is_none(),
            planned,
            awaited: !planned && count(State::Expected) > 0,
            summary: page.language().text_with("meetings-people-sum", &arguments),
            elsewhere: if others == 0 {
                String::new()
            } else {
                page.t1("activities-people-elsewhere", "count", others)
            },
            rows: rows.into_iter().map(|row| PersonRow::of(page, row)).collect(),
            out,
        })
    }
}

/// What a script puts into the page.
#[derive(Template)]
#[template(path = "meetings/people_part.html")]
pub struct PeoplePart {
    /// The page.
    pub page: Page,
    /// The list as it is now.
    pub people: People,
    /// What came of it.
    pub answer: Answer,
}
