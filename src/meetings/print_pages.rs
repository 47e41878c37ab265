//! On paper and in phones: the invitation, the sheet on which those who come sign in, and the event
//! for a calendar.

use askama::Template;
use axum::body::Body;
use axum::extract::{Path, Query, State as Held};
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use serde::Deserialize;
use serde_json::json;

use super::attendance::State;
use super::attendance::store::{self as attendance, Row};
use super::{Meeting, store};
use crate::activities::today;
use crate::app::App;
use crate::audit::{self, Action, Record};
use crate::db::Connection;
use crate::lang::Value;
use crate::web::calendar::Calendar;
use crate::web::{Error, Page, Permission, Result, Routes, Scope, Viewer, file, html};

/// How many rows a blank sheet has; a page holds them all.
const BLANK: usize = 20;
/// How many empty rows follow those who are expected.
const SPARE: usize = 4;

pub(super) fn routes(routes: Routes) -> Routes {
    let may = Permission::HoldMeetings;
    routes
        .get("/meetings/{id}/invitation", may, show_invitation)
        .get("/meetings/{id}/sheet", may, show_sheet)
        .get("/meetings/{id}/calendar.ics", may, calendar)
}

/// Those who are not on leave, within a scope, as they were entered.
async fn invited(connection: &mut Connection, scope: &Scope, meeting: i64) -> Result<Vec<Row>> {
    let mut rows = attendance::rows(connection, meeting).await?;
    rows.retain(|row| {
        let comes = row.taken_out_at.is_empty() && row.state() != State::Leave;
        comes && scope.covers(row.branch_id)
    });
    rows.reverse();
    Ok(rows)
}

async fn note_print(app: &App, viewer: &Viewer, meeting: i64, rows: usize) -> Result<()> {
    let mut write = app.db.write().await?;
    let (record, detail) = (Record::Meeting(meeting), json!({ "rows": rows }));
    audit::record(&mut write, viewer.into(), Action::MeetingPrinted, record, detail).await?;
    Ok(write.commit().await?)
}

#[derive(Template)]
#[template(path = "meetings/invitation.html")]
struct InvitationPage {
    page: Page,
    meeting: Meeting,
    when: String,
    /// Who leads it, as the viewer sees them.
    chair: String,
    /// What it says.
    text: String,
    /// Who is invited, one after the other.
    names: String,
    today: String,
}

async fn show_invitation(
    Held(app): Held<App>,
    page: Page,
    viewer: Viewer,
    Path(id): Path<i64>,
) -> Result {
    let mut connection = app.db.read().await?;
    let meeting = store::meeting(&mut connection, id).await?.ok_or(Error::NotFound)?;
    let rows = invited(&mut connection, &viewer.scope, id).await?;
    drop(connection);
    let names: Vec<String> = rows.into_iter().map(|row| row.name).collect();
    if !names.is_empty() {
        note_print(&app, &viewer, id, names.len()).await?;
    }
    let chair = meeting.chair.as_ref().filter(|chair| viewer.scope.covers(chair.branch));
    html(&InvitationPage {
        text: invitation(&page, &meeting),
        when: meeting.when(&page),
        today: page.date(&today().to_string()),
        chair: chair.map_or_else(String::new, |chair| chair.name.clone()),
        names: names.join(page.t("meetings-names-separator")),
        meeting,
        page,
    })
}

/// What an invitation says.
fn invitation(page: &Page, meeting: &Meeting) -> String {
    let kind = Value::Key(meeting.details.kind.key());
    let arguments = [
        ("when", Value::from(meeting.when(page))),
        ("kind", kind),
        ("title", Value::from(meeting.details.title.clone())),
    ];
    page.language().text_with("meetings-invitation-text", &arguments)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct SheetQuery {
    /// `yes`: nobody's name is on it.
    blank: String,
}

#[derive(Template)]
#[template(path = "meetings/sheet.html")]
struct SheetPage {
    page: Page,
    meeting: Meeting,
    when: String,
    blank: bool,
    rows: Vec<SheetRow>,
}

#[derive(Default)]
struct SheetRow {
    name: String,
    branch: String,
}

async fn show_sheet(
    Held(app): Held<App>,
    page: Page,
    viewer: Viewer,
    Path(id): Path<i64>,
    Query(query): Query<SheetQuery>,
) -> Result {
    let mut connection = app.db.read().await?;
    let meeting = store::meeting(&mut connection, id).await?.ok_or(Error::NotFound)?;
    let blank = query.blank == "yes";
    let mut rows: Vec<SheetRow> = Vec::new();
    if !blank {
        let row = |row: Row| SheetRow { name: row.name, branch: row.branch.unwrap_or_default() };
        let invited = invited(&mut connection, &viewer.scope, id).await?;
        rows = invited.into_iter().map(row).collect();
    }
    drop(connection);
    let expected = rows.len();
    rows.resize_with(if expected == 0 { BLANK } else { expected + SPARE }, SheetRow::default);
    if expected > 0 {
        note_print(&app, &viewer, id, expected).await?;
    }
    html(&SheetPage { when: meeting.when(&page), blank, rows, meeting, page })
}

async fn calendar(Held(app): Held<App>, page: Page, Path(id): Path<i64>) -> Result {
    let meeting = store::meeting(&mut *app.db.read().await?, id).await?.ok_or(Error::NotFound)?;
    let name = format!("{}.ics", meeting.details.title);
    let written = written(&meeting, page.t(meeting.details.kind.key()), &TimeZone::system());
    Ok(file(Body::from(written), &name, "text/calendar; charset=utf-8"))
}

/// The meeting as a calendar of one event; without a time, on the whole day. It says what and
/// where, and of nobody.
fn written(meeting: &Meeting, kind: &str, zone: &TimeZone) -> String {
    let details = &meeting.details;
    let mut calendar = Calendar::new(&details.title);
    let name = format!("meeting-{}", meeting.id);
    calendar.begin_event(&name, meeting.version, &meeting.updated_at);
    let begins: Option<DateTime> = format!("{}T{}", details.day, details.begins).parse().ok();
    match begins.and_then(|begins| zone.to_ambiguous_zoned_datetime(begins).compatible().ok()) {
        Some(begins) if !details.begins.is_empty() => {
            let begins = begins.with_time_zone(TimeZone::UTC).strftime("%Y%m%dT%H%M%SZ");
            calendar.put(&format!("DTSTART:{begins}"));
        }
        _ => calendar.put(&format!("DTSTART;VALUE=DATE:{}", details.day.strftime("%Y%m%d"))),
    }
    calendar.put_text("SUMMARY", &format!("{kind} · {}", details.title));
    if !details.place.is_empty() {
        calendar.put_text("LOCATION", &details.place);
    }
    if !details.agenda.is_empty() {
        calendar.put_text("DESCRIPTION", &details.agenda);
    }
    calendar.end_event();
    calendar.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::meetings::{Kind, MeetingDetails};

    fn meeting(begins: &str) -> Meeting {
        Meeting {
            id: 7,
            details: MeetingDetails {
                day: "2026-03-07".parse().unwrap(),
                begins: begins.to_owned(),
                place: "三楼, 会议室".to_owned(),
                kind: Kind::Exchange,
                title: "经验交流".to_owned(),
                agenda: "一、通报\n二、交流".to_owned(),
                chair: None,
                minutes: String::new(),
            },
            chair: None,
            created_at: "2026-01-02T08:09:10.000Z".to_owned(),
            updated_at: "2026-01-02T08:09:10.000Z".to_owned(),
            version: 2,
            removed_at: None,
        }
    }

    #[test]
    fn a_meeting_stands_in_a_calendar_at_its_time_or_on_its_whole_day() {
        let shanghai = TimeZone::fixed(jiff::tz::offset(8));
        let calendar = written(&meeting("19:30"), "座谈会", &shanghai);
        for line in [
            "UID:meeting-7@linli",
            "DTSTART:20260307T113000Z",
            "SUMMARY:座谈会 · 经验交流",
            "LOCATION:三楼\\, 会议室",
            "DESCRIPTION:一、通报\\n二、交流",
        ] {
            assert!(calendar.contains(&format!("{line}\r\n")), "{line} in {calendar}");
        }
        let whole_day = written(&meeting(""), "座谈会", &shanghai);
        assert!(whole_day.contains("DTSTART;VALUE=DATE:20260307\r\n"), "{whole_day}");
    }
}
