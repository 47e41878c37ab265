//! What was told and what to follow up, on a meeting's page.

use super::Sort;
use super::form::{Failed, LineFields, LineForm};
use super::store::{self, Line};
use crate::addresses::today;
use crate::db::{Connection, Result};
use crate::meetings::Meeting;
use crate::web::forms::Problems;
use crate::web::{Page, Scope};

/// The lines of a meeting of one sort, and the form for one more.
#[derive(Debug)]
pub(in crate::meetings) struct Lines {
    /// The meeting (`meetings.id`).
    pub meeting: i64,
    /// Whether they may be changed: the meeting is not removed.
    pub open: bool,
    /// `told` or `task`.
    pub sort: &'static str,
    /// In the order in which they were entered.
    pub rows: Vec<LineRow>,
    /// Which were taken out and can be put back.
    pub out: Vec<LineRow>,
    /// The form for one more.
    pub fields: LineFields,
}

/// A line, as the viewer sees it.
#[derive(Debug)]
pub(in crate::meetings) struct LineRow {
    /// The line.
    pub line: Line,
    /// Who told it or sees to it; empty for nobody.
    pub who: String,
    /// Their record, where it is the viewer's to see.
    pub who_id: Option<i64>,
    /// By when, in words; empty where no day is named.
    pub due: String,
    /// Whether it should have been done by now.
    pub late: bool,
}

impl LineRow {
    pub(super) fn of(page: &Page, scope: &Scope, line: Line) -> Self {
        let who = line.who.as_ref();
        let late = line.done_at.is_none() && line.due.as_ref().is_some_and(|due| *due < today());
        Self {
            who: who.map_or_else(String::new, |who| who.seen(page, scope).to_owned()),
            who_id: who.filter(|who| scope.covers(who.branch)).map(|who| who.id),
            due: line.due.as_deref().map_or_else(String::new, |day| page.date(day)),
            late,
            line,
        }
    }
}

impl Lines {
    /// What was told at a meeting and what to follow up; `failed`: a form that came back; `next`:
    /// the sort of which one more is about to be entered.
    pub(in crate::meetings) async fn of(
        connection: &mut Connection,
        page: &Page,
        scope: &Scope,
        meeting: &Meeting,
        (failed, next): (Option<&Failed>, Option<Sort>),
    ) -> Result<(Self, Self)> {
        let lines = store::of_meeting(connection, meeting.id).await?;
        let (told, tasks): (Vec<Line>, Vec<Line>) =
            lines.into_iter().partition(|line| line.sort == Sort::Told);
        let laid_out = |sort: Sort, lines: Vec<Line>| {
            let rows = lines.into_iter().map(|line| LineRow::of(page, scope, line));
            let (rows, out) = rows.partition(|row| row.line.removed_at.is_none());
            let mut fields = match failed.filter(|failed| failed.sort == sort) {
                Some(failed) => {
                    failed.form.fields(page, sort, &failed.problems, &failed.candidates)
                }
                None => LineForm::default().fields(page, sort, &Problems::none(), &[]),
            };
            fields.who.focused = next == Some(sort);
            let (meeting, open) = (meeting.id, meeting.removed_at.is_none());
            Self { meeting, open, sort: sort.name(), rows, out, fields }
        };
        Ok((laid_out(Sort::Told, told), laid_out(Sort::Task, tasks)))
    }
}
