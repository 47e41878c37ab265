//! A member's visits as a calendar (iCalendar, RFC 5545) that their phone can subscribe to by a
//! secret link. Only the link's hash is kept; it can be revoked, and a new one ends the old.
//!
//! The calendar says what help and where, never whom to ask.

use serde_json::json;
use sha2::{Digest as _, Sha256};

use super::Rhythm;
use super::store::{self, Upcoming};
use crate::activities;
use crate::audit::{self, Action, Actor, Record};
use crate::db::{Connection, Result};
use crate::lang::Language;
use crate::needs::Place;
use crate::offers::{self, Offer, OfferDetails, Rule};
use crate::web::FormToken;
use crate::web::calendar::Calendar;

/// Makes the link of a member's calendar, the older one of which stops opening. The answer is its
/// path with its secret, which is told once and kept nowhere.
///
/// # Errors
/// When the database fails.
pub async fn make(connection: &mut Connection, actor: Actor, member: i64) -> Result<String> {
    let token = FormToken::fresh();
    store::put_calendar(connection, member, &digest(&token)).await?;
    let record = Record::Member(member);
    audit::record(connection, actor, Action::CalendarMade, record, json!({})).await?;
    Ok(format!("/calendar.ics?token={token}"))
}

/// Lets the link open no more.
///
/// # Errors
/// When the database fails.
pub async fn revoke(connection: &mut Connection, actor: Actor, member: i64) -> Result<()> {
    if store::revoke_calendar(connection, member).await? {
        let record = Record::Member(member);
        audit::record(connection, actor, Action::CalendarRevoked, record, json!({})).await?;
    }
    Ok(())
}

/// When the link of a member's calendar was made, if there is one.
///
/// # Errors
/// When the database fails.
pub async fn made(connection: &mut Connection, member: i64) -> Result<Option<String>> {
    store::calendar_made(connection, member).await
}

/// The calendar that a secret opens, if it opens one.
///
/// # Errors
/// When the database fails.
pub async fn open(
    connection: &mut Connection,
    token: &str,
    language: Language,
) -> Result<Option<String>> {
    let Some(member) = store::calendar_of(connection, &digest(token)).await? else {
        return Ok(None);
    };
    let visits = store::upcoming(connection, member).await?;
    let days = offers::store::days_of_member(connection, member).await?;
    Ok(Some(written(&visits, &days, language)))
}

fn digest(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

/// The visits as iCalendar: one event a pairing, on whole days, repeated as was agreed; and the
/// committee's service days.
pub fn written(visits: &[Upcoming], days: &[Offer], language: Language) -> String {
    let mut calendar = Calendar::new(language.text("pairings-calendar-name"));
    for visit in visits {
        put_event(&mut calendar, visit, language);
    }
    for day in days {
        put_service_days(&mut calendar, day);
    }
    calendar.finish()
}

/// A service day: one event that comes again by its rule, or one for each date.
fn put_service_days(calendar: &mut Calendar, offer: &Offer) {
    let last = offer.details.until.as_deref().unwrap_or("9999-12-31");
    let (dates, rule) = match &offer.details.rule {
        None => return,
        Some(Rule::Dates(dates)) => (dates.clone(), None),
        Some(rule @ Rule::Weekday(weekday, week)) => {
            let next = rule.next_from(activities::today());
            (next.map(|day| day.to_string()).into_iter().collect(), Some((*weekday, *week)))
        }
    };
    for day in dates.iter().filter(|day| day.as_str() <= last) {
        // What comes again keeps its id while its next day moves on.
        let of_day = if rule.is_some() { String::new() } else { format!("-{day}") };
        let name = format!("offer-{}{of_day}", offer.id);
        calendar.begin_event(&name, offer.version, &offer.updated_at);
        calendar.put(&format!("DTSTART;VALUE=DATE:{}", compact(day)));
        if let Some((weekday, week)) = rule {
            calendar.put(&format!("RRULE:{}", days_rule(weekday, week, &offer.details)));
        }
        let hours = &offer.details.hours;
        let gap = if hours.is_empty() { "" } else { " " };
        let title = format!("{}{gap}{hours}", offer.details.title);
        calendar.put_text("SUMMARY", &title);
        calendar.put_text("LOCATION", &offer.committee);
        calendar.put("TRANSP:TRANSPARENT");
        calendar.end_event();
    }
}

fn days_rule(weekday: i8, week: i8, details: &OfferDetails) -> String {
    let names = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
    let name = usize::try_from(weekday - 1).ok().and_then(|at| names.get(at)).unwrap_or(&"MO");
    let until = details.until.as_deref();
    let until = until.map_or_else(String::new, |day| format!(";UNTIL={}", compact(day)));
    match week {
        0 => format!("FREQ=WEEKLY;BYDAY={name}{until}"),
        5 => format!("FREQ=MONTHLY;BYDAY=-1{name}{until}"),
        week => format!("FREQ=MONTHLY;BYDAY={week}{name}{until}"),
    }
}

fn put_event(calendar: &mut Calendar, visit: &Upcoming, language: Language) {
    let place = if visit.place_words.is_empty() {
        Place::from_name(&visit.place).map_or("", |place| language.text(place.key()))
    } else {
        &visit.place_words
    };
    calendar.begin_event(&format!("pairing-{}", visit.pairing), visit.version, &visit.updated_at);
    calendar.put(&format!("DTSTART;VALUE=DATE:{}", compact(&visit.day)));
    if let Some(rule) = rule(visit) {
        calendar.put(&format!("RRULE:{rule}"));
    }
    calendar.put_text("SUMMARY", &visit.title);
    calendar.put_text("LOCATION", &format!("{} · {place}", visit.committee));
    calendar.put("TRANSP:TRANSPARENT");
    calendar.end_event();
}

fn rule(visit: &Upcoming) -> Option<String> {
    let every = match Rhythm::from_name(&visit.rhythm)? {
        Rhythm::Weekly => "FREQ=WEEKLY",
        Rhythm::Fortnightly => "FREQ=WEEKLY;INTERVAL=2",
        Rhythm::Monthly => "FREQ=MONTHLY",
        Rhythm::Once => return None,
    };
    Some(match &visit.until {
        Some(until) => format!("{every};UNTIL={}", compact(until)),
        None => every.to_owned(),
    })
}

fn compact(day: &str) -> String {
    day.replace('-', "")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn visit() -> Upcoming {
        Upcoming {
            pairing: 7,
            day: "2026-01-31".to_owned(),
            title: "周末辅导小学数学, 两人".to_owned(),
            committee: "四平路居委会".to_owned(),
            place: "home".to_owned(),
            place_words: String::new(),
            rhythm: "weekly".to_owned(),
            until: Some("2026-06-30".to_owned()),
            updated_at: "2026-01-02T08:09:10.000Z".to_owned(),
            version: 3,
        }
    }

    #[test]
    fn a_visit_is_a_whole_day_that_comes_again_until_the_last_day() {
        let calendar = written(&[visit()], &[], Language::Chinese);
        for line in [
            "UID:pairing-7@linli",
            "DTSTAMP:20260102T080910Z",
            "DTSTART;VALUE=DATE:20260131",
            "RRULE:FREQ=WEEKLY;UNTIL=20260630",
            "SUMMARY:周末辅导小学数学\\, 两人",
        ] {
            assert!(calendar.contains(&format!("{line}\r\n")), "{line} in {calendar}");
        }
        let once = Upcoming { rhythm: "once".to_owned(), ..visit() };
        assert!(!written(&[once], &[], Language::Chinese).contains("RRULE"));
    }

    #[test]
    fn no_line_is_longer_than_a_calendar_may_read() {
        let title = "教老人用智能手机".repeat(20);
        let calendar =
            written(&[Upcoming { title: title.clone(), ..visit() }], &[], Language::English);
        assert!(calendar.split("\r\n").all(|line| line.len() <= 75), "{calendar}");
        assert!(calendar.replace("\r\n ", "").contains(&title));
    }
}
