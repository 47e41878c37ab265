//! How often and how long each participant did, changed in place; and participants taken out.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum_extra::extract::Form;

use super::entry_pages::{open_activity, tell};
use super::list::PeoplePart;
use super::store::Part;
use super::{People, record, store};
use crate::activities::{Activity, Amount, pages};
use crate::app::App;
use crate::audit::Action;
use crate::db::{Connection, Write};
use crate::lang::Message;
use crate::members::entry::Answer;
use crate::web::{Page, Permission, Result, Routes, Viewer, html};

pub(super) fn routes(routes: Routes) -> Routes {
    routes.post("/activities/{id}/amounts", Permission::RecordActivities, change)
}

/// Fields `times-ID`, `hours-ID` and `was-ID` for each part, and `out` for one to take out.
#[derive(Debug)]
struct Sent(Vec<(String, String)>);

impl Sent {
    fn of(&self, name: &str, part: &Part) -> Option<&str> {
        let wanted = format!("{name}-{}", part.id);
        self.0.iter().find(|(sent, _)| *sent == wanted).map(|(_, value)| value.as_str())
    }

    fn out(&self) -> Option<i64> {
        self.0.iter().find(|(sent, _)| sent == "out").and_then(|(_, value)| value.parse().ok())
    }

    /// What the part was on the page that was sent.
    fn was(&self, part: &Part) -> Option<Amount> {
        let (times, minutes) = self.of("was", part)?.split_once('/')?;
        Some(Amount { times: times.parse().ok()?, minutes: minutes.parse().ok()? })
    }

    /// What it is to be.
    fn amount(&self, part: &Part) -> std::result::Result<Amount, Message> {
        Ok(Amount {
            times: Amount::parse_times(self.of("times", part).unwrap_or_default())?,
            minutes: Amount::parse_hours(self.of("hours", part).unwrap_or_default())?,
        })
    }
}

async fn change(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Path(id): Path<i64>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result {
    let sent = Sent(sent);
    let mut write = app.db.write().await?;
    let activity = open_activity(&mut write, id).await?;
    let mut parts = store::parts(&mut write, id).await?;
    parts.retain(|part| part.taken_out_at.is_empty() && viewer.scope.covers(part.branch_id));
    let (mut answer, mut wrong) = (Answer::default(), Vec::new());
    if let Some(part) = parts.iter().find(|part| Some(part.id) == sent.out()) {
        take_out(&mut write, &page, &viewer, id, part, &mut answer).await?;
    } else {
        let mut changed = 0;
        for part in &parts {
            match change_one(&mut write, &viewer, id, part, &sent).await? {
                Ok(differs) => changed += i64::from(differs),
                Err(message) => wrong.push((part.id, page.say(&message))),
            }
        }
        if changed > 0 {
            answer.said.push(page.t1("activities-amounts-saved", "count", changed));
        }
    }
    if !wrong.is_empty() {
        drop(write);
        let mut connection = app.db.read().await?;
        return refused(&mut connection, page, &viewer, &activity, &sent, &wrong).await;
    }
    write.commit().await?;
    let mut connection = app.db.read().await?;
    tell(&mut connection, page, &viewer, &activity, answer).await
}

async fn take_out(
    write: &mut Write,
    page: &Page,
    viewer: &Viewer,
    activity: i64,
    part: &Part,
    answer: &mut Answer,
) -> Result<()> {
    if store::take_out(write, part.id).await? {
        let action = Action::ParticipantTakenOut;
        record(write, viewer.into(), action, activity, part.member_id).await?;
        answer.say(page, "activities-taken-out", &part.name);
    } else {
        answer.warn(page, "activities-is-confirmed", &part.name);
    }
    Ok(())
}

/// Changes one part where something else was typed than what it was; whether it did.
async fn change_one(
    write: &mut Write,
    viewer: &Viewer,
    activity: i64,
    part: &Part,
    sent: &Sent,
) -> Result<std::result::Result<bool, Message>> {
    let Some(was) = sent.was(part) else { return Ok(Ok(false)) };
    let amount = match sent.amount(part) {
        Ok(amount) => amount,
        Err(message) => return Ok(Err(message)),
    };
    if amount == was || amount == part.amount() {
        return Ok(Ok(false));
    }
    if !store::change(write, part.id, was, amount).await? {
        let now = Message::new("activities-amount-changed")
            .with("times", part.times)
            .with("hours", part.amount().hours());
        return Ok(Err(now));
    }
    record(write, viewer.into(), Action::ParticipationChanged, activity, part.member_id).await?;
    Ok(Ok(true))
}

/// The list with what was typed and what is wrong with it; nothing was changed.
async fn refused(
    connection: &mut Connection,
    page: Page,
    viewer: &Viewer,
    activity: &Activity,
    sent: &Sent,
    wrong: &[(i64, String)],
) -> Result {
    let mut people = People::of(connection, &page, &viewer.scope, activity).await?;
    for row in &mut people.rows {
        if let Some(times) = sent.of("times", &row.part) {
            times.clone_into(&mut row.times);
        }
        if let Some(hours) = sent.of("hours", &row.part) {
            hours.clone_into(&mut row.hours);
        }
        let error = wrong.iter().find(|(part, _)| *part == row.part.id);
        row.error = error.map_or_else(String::new, |(_, message)| message.clone());
    }
    let answer = Answer::default();
    let shown = if page.partial() {
        html(&PeoplePart { page, people, answer })?
    } else {
        pages::show_people(connection, page, viewer, activity, people, answer).await?
    };
    Ok((StatusCode::UNPROCESSABLE_ENTITY, shown).into_response())
}
