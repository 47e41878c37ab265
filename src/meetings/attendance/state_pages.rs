//! Whether each one was there or why they asked for leave, changed in place; and members taken out.

use axum::extract::{Path, State as Held};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum_extra::extract::Form;

use super::entry_pages::{open_meeting, tell};
use super::list::{People, PeoplePart, states};
use super::store::{self, Row};
use super::{LONGEST_REASON, State, record};
use crate::app::App;
use crate::audit::Action;
use crate::committees::parse_line;
use crate::db::{Connection, Write};
use crate::lang::Message;
use crate::meetings::{Meeting, pages};
use crate::members::entry::Answer;
use crate::web::{Page, Permission, Result, Routes, Viewer, html};

pub(super) fn routes(routes: Routes) -> Routes {
    routes.post("/meetings/{id}/states", Permission::HoldMeetings, change)
}

/// Fields `state-ID`, `reason-ID` and `was-ID` for each row, and `out` for one to take out.
#[derive(Debug)]
struct Sent(Vec<(String, String)>);

impl Sent {
    fn of(&self, name: &str, row: &Row) -> Option<&str> {
        let wanted = format!("{name}-{}", row.id);
        self.0.iter().find(|(sent, _)| *sent == wanted).map(|(_, value)| value.as_str())
    }

    fn out(&self) -> Option<i64> {
        self.0.iter().find(|(sent, _)| sent == "out").and_then(|(_, value)| value.parse().ok())
    }

    /// What the row was on the page that was sent.
    fn was(&self, row: &Row) -> Option<(State, &str)> {
        let (state, reason) = self.of("was", row)?.split_once('/')?;
        Some((State::from_name(state)?, reason))
    }

    /// What it is to be: a reason that was written says that they asked for leave, unless
    /// something else was chosen.
    fn wanted(
        &self,
        row: &Row,
        was: (State, &str),
    ) -> std::result::Result<(State, String), Message> {
        let typed = self.of("reason", row).unwrap_or(was.1);
        let reason = parse_line(typed, LONGEST_REASON)?;
        let chosen = self.of("state", row).and_then(State::from_name).unwrap_or(was.0);
        let state = if chosen == was.0 && !reason.is_empty() && reason != was.1 {
            State::Leave
        } else {
            chosen
        };
        Ok((state, if state == State::Leave { reason } else { String::new() }))
    }
}

async fn change(
    Held(app): Held<App>,
    page: Page,
    viewer: Viewer,
    Path(id): Path<i64>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result {
    let sent = Sent(sent);
    let mut write = app.db.write().await?;
    let meeting = open_meeting(&mut write, id).await?;
    let mut rows = store::rows(&mut write, id).await?;
    rows.retain(|row| row.taken_out_at.is_empty() && viewer.scope.covers(row.branch_id));
    let (mut answer, mut wrong) = (Answer::default(), Vec::new());
    if let Some(row) = rows.iter().find(|row| Some(row.id) == sent.out()) {
        if store::take_out(&mut write, row.id).await? {
            let action = Action::AttendeeTakenOut;
            record(&mut write, (&viewer).into(), action, id, row.member_id).await?;
            answer.say(&page, "activities-taken-out", &row.name);
        }
    } else {
        let mut changed: i64 = 0;
        for row in &rows {
            match change_one(&mut write, &page, &viewer, id, row, &sent).await? {
                Ok(differs) => changed += i64::from(differs),
                Err(message) => wrong.push((row.id, page.say(&message))),
            }
        }
        if changed > 0 {
            answer.said.push(page.t1("meetings-states-saved", "count", changed));
        }
    }
    if !wrong.is_empty() {
        drop(write);
        let mut connection = app.db.read().await?;
        return refused(&mut connection, page, &viewer, &meeting, &sent, &wrong).await;
    }
    write.commit().await?;
    let mut connection = app.db.read().await?;
    tell(&mut connection, page, &viewer, &meeting, answer).await
}

/// Changes one row where something else was chosen than what it was; whether it did.
async fn change_one(
    write: &mut Write,
    page: &Page,
    viewer: &Viewer,
    meeting: i64,
    row: &Row,
    sent: &Sent,
) -> Result<std::result::Result<bool, Message>> {
    let Some(was) = sent.was(row) else { return Ok(Ok(false)) };
    let (state, reason) = match sent.wanted(row, was) {
        Ok(wanted) => wanted,
        Err(message) => return Ok(Err(message)),
    };
    let wanted = (state, reason.as_str());
    if wanted == was || wanted == (row.state(), row.reason.as_str()) {
        return Ok(Ok(false));
    }
    if !store::change(write, row.id, was, wanted).await? {
        let now = format!("{} {}", page.t(row.state().key()), row.reason);
        return Ok(Err(Message::new("meetings-state-changed").with("now", now.trim_end())));
    }
    record(write, viewer.into(), Action::AttendanceChanged, meeting, row.member_id).await?;
    Ok(Ok(true))
}

/// The list with what was chosen and what is wrong with it; nothing was changed.
async fn refused(
    connection: &mut Connection,
    page: Page,
    viewer: &Viewer,
    meeting: &Meeting,
    sent: &Sent,
    wrong: &[(i64, String)],
) -> Result {
    let mut people = People::of(connection, &page, &viewer.scope, meeting).await?;
    for row in &mut people.rows {
        if let Some(state) = sent.of("state", &row.row).and_then(State::from_name) {
            row.states = states(&page, state);
        }
        if let Some(reason) = sent.of("reason", &row.row) {
            reason.clone_into(&mut row.reason);
        }
        let error = wrong.iter().find(|(id, _)| *id == row.row.id);
        row.error = error.map_or_else(String::new, |(_, message)| message.clone());
    }
    let shown = if page.partial() {
        html(&PeoplePart { page, people, answer: Answer::default() })?
    } else {
        pages::show_people(connection, page, viewer, meeting, people).await?
    };
    Ok((StatusCode::UNPROCESSABLE_ENTITY, shown).into_response())
}
