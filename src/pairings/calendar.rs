//! A member's visits as a calendar (iCalendar, RFC 5545) that their phone can subscribe to by a
//! secret link. Only the link's hash is kept; it can be revoked, and a new one ends the old.
//!
//! The calendar says what help and where, never whom to ask.

use std::fmt::Write as _;

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
    let mut calendar = String::new();
    for line in [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Linli//Linli//ZH",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        &format!("X-WR-CALNAME:{}", escaped(language.text("pairings-calendar-name"))),
    ] {
        put(&mut calendar, line);
    }
    for visit in visits {
        put_event(&mut calendar, visit, language);
    }
    for day in days {
        put_service_days(&mut calendar, day);
    }
    put(&mut calendar, "END:VCALENDAR");
    calendar
}

/// A service day: one event that comes again by its rule, or one for each date.
fn put_service_days(calendar: &mut String, offer: &Offer) {
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
        put(calendar, "BEGIN:VEVENT");
        // What comes again keeps its id while its next day moves on.
        let of_day = if rule.is_some() { String::new() } else { format!("-{day}") };
        put(calendar, &format!("UID:offer-{}{of_day}@linli", offer.id));
        put(calendar, &format!("SEQUENCE:{}", offer.version));
        put(calendar, &format!("DTSTAMP:{}Z", stamp(&offer.updated_at)));
        put(calendar, &format!("DTSTART;VALUE=DATE:{}", compact(day)));
        if let Some((weekday, week)) = rule {
            put(calendar, &format!("RRULE:{}", days_rule(weekday, week, &offer.details)));
        }
        let hours = &offer.details.hours;
        let gap = if hours.is_empty() { "" } else { " " };
        let title = format!("{}{gap}{hours}", offer.details.title);
        put(calendar, &format!("SUMMARY:{}", escaped(&title)));
        put(calendar, &format!("LOCATION:{}", escaped(&offer.committee)));
        put(calendar, "TRANSP:TRANSPARENT");
        put(calendar, "END:VEVENT");
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

/// 2026-01-31T08:00:00.000Z is 20260131T080000Z there.
fn stamp(at: &str) -> String {
    let stamp: String = at.chars().filter(char::is_ascii_alphanumeric).collect();
    stamp.get(..15).unwrap_or("19700101T000000").to_owned()
}

fn put_event(calendar: &mut String, visit: &Upcoming, language: Language) {
    let place = if visit.place_words.is_empty() {
        Place::from_name(&visit.place).map_or("", |place| language.text(place.key()))
    } else {
        &visit.place_words
    };
    let stamp = stamp(&visit.updated_at);
    put(calendar, "BEGIN:VEVENT");
    put(calendar, &format!("UID:pairing-{}@linli", visit.pairing));
    put(calendar, &format!("SEQUENCE:{}", visit.version));
    put(calendar, &format!("DTSTAMP:{stamp}Z"));
    put(calendar, &format!("DTSTART;VALUE=DATE:{}", compact(&visit.day)));
    if let Some(rule) = rule(visit) {
        put(calendar, &format!("RRULE:{rule}"));
    }
    put(calendar, &format!("SUMMARY:{}", escaped(&visit.title)));
    let place = format!("{} · {place}", visit.committee);
    put(calendar, &format!("LOCATION:{}", escaped(&place)));
    put(calendar, "TRANSP:TRANSPARENT");
    put(calendar, "END:VEVENT");
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

/// A text's signs that mean something (RFC 5545, 3.3.11).
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for sign in text.chars() {
        if matches!(sign, '\\' | ';' | ',') {
            escaped.push('\\');
        }
        escaped.push(sign);
    }
    escaped
}

/// A line, folded so that no part has more than 75 bytes and no character is torn (3.1).
fn put(calendar: &mut String, line: &str) {
    let mut bytes = 0;
    for sign in line.chars() {
        if bytes + sign.len_utf8() > 75 {
            calendar.push_str("\r\n ");
            bytes = 1;
        }
        calendar.push(sign);
        bytes += sign.len_utf8();
    }
    let _ = write!(calendar, "\r\n");
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
