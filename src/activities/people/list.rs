//! The participants on an activity's page: who, how much, and what was just said of them.

use askama::Template;

use super::store::{self, Part};
use crate::activities::{Activity, hours};
use crate::db::{Connection, Result};
use crate::lang::Value;
use crate::members::entry::Answer;
use crate::web::{Page, Scope};

/// The participants within someone's scope.
#[derive(Debug)]
pub struct People {
    /// The activity (`activities.id`).
    pub activity: i64,
    /// Whether they may be changed: the activity is not removed.
    pub open: bool,
    /// The latest entered first.
    pub rows: Vec<PersonRow>,
    /// How many, how often and how long in all.
    pub summary: String,
    /// How many others took part whom the viewer may not see; empty for none.
    pub elsewhere: String,
    /// Who was taken out and can be put back.
    pub out: Vec<Part>,
}

/// A participant in a line.
#[derive(Debug)]
pub struct PersonRow {
    /// The part.
    pub part: Part,
    /// What stands in the fields.
    pub times: String,
    /// What stands in the fields.
    pub hours: String,
    /// What is wrong with it; empty for nothing.
    pub error: String,
}

impl PersonRow {
    fn of(part: Part) -> Self {
        Self {
            times: part.times.to_string(),
            hours: hours(part.minutes),
            error: String::new(),
            part,
        }
    }

    /// How much it was when the page was made, to tell whether someone changed it since.
    pub fn was(&self) -> String {
        format!("{}/{}", self.part.times, self.part.minutes)
    }
}

impl People {
    /// Those of an activity.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn of(
        connection: &mut Connection,
        page: &Page,
        scope: &Scope,
        activity: &Activity,
    ) -> Result<Self> {
        let parts = store::parts(connection, activity.id).await?;
        let (theirs, others): (Vec<Part>, Vec<Part>) =
            parts.into_iter().partition(|part| scope.covers(part.branch_id));
        let (rows, mut out): (Vec<Part>, Vec<Part>) =
            theirs.into_iter().partition(|part| part.taken_out_at.is_empty());
        out.retain(|out| rows.iter().all(|row| row.member_id != out.member_id));
        out.sort_by(|one, other| other.taken_out_at.cmp(&one.taken_out_at));
        let mut seen = Vec::new();
        out.retain(|out| {
            let first = !seen.contains(&out.member_id);
            seen.push(out.member_id);
            first
        });
        let others = others.iter().filter(|part| part.taken_out_at.is_empty()).count();
        let times: i64 = rows.iter().map(|part| part.times).sum();
        let minutes: i64 = rows.iter().map(|part| part.minutes).sum();
        let arguments = [
            ("members", Value::from(rows.len())),
            ("times", Value::from(times)),
            ("hours", if minutes == 0 { "0".into() } else { hours(minutes).into() }),
        ];
        Ok(Self {
            activity: activity.id,
            open: activity.removed_at.is_none(),
            summary: page.language().text_with("activities-people-sum", &arguments),
            elsewhere: if others == 0 {
                String::new()
            } else {
                page.t1("activities-people-elsewhere", "count", others)
            },
            rows: rows.into_iter().map(PersonRow::of).collect(),
            out,
        })
    }

    /// Whether a member takes part.
    pub fn has(&self, member: i64) -> bool {
        self.rows.iter().any(|row| row.part.member_id == member)
    }
}

/// What a script puts into the page.
#[derive(Template)]
#[template(path = "activities/people_part.html")]
pub struct PeoplePart {
    /// The page.
    pub page: Page,
    /// The list as it is now.
    pub people: People,
    /// What came of it.
    pub answer: Answer,
}
