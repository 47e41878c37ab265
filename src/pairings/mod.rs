//! Pairings 结对: members who serve a need over time, and their visits 上门服务.
//!
//! A need is served by one pairing at a time, of one member or several. What is written of a visit
//! is the help that was given, never how a household lives.

pub mod calendar;
mod calendar_pages;
mod edit_pages;
mod end_pages;
mod form;
mod list_pages;
mod pair_pages;
mod record_pages;
pub mod registry;
pub mod store;
mod visit_pages;

pub(crate) use visit_pages::{VisitFields, VisitForm};

use jiff::ToSpan as _;
use jiff::civil::Date;

use crate::addresses::today;
use crate::db::{self, Connection};
use crate::needs::{Place, named};
use crate::web::{Page, Routes, Scope};

/// The routes of this feature.
pub fn routes(routes: Routes) -> Routes {
    let routes = pair_pages::routes(list_pages::routes(routes));
    let routes = visit_pages::routes(record_pages::routes(routes));
    calendar_pages::routes(end_pages::routes(edit_pages::routes(routes)))
}

named! {
    /// How often a pairing's visits are.
    Rhythm {
        /// Every week.
        Weekly("weekly", "pairings-rhythm-weekly"),
        /// Every other week.
        Fortnightly("fortnightly", "pairings-rhythm-fortnightly"),
        /// Every month.
        Monthly("monthly", "pairings-rhythm-monthly"),
        /// Only once.
        Once("once", "pairings-rhythm-once"),
    }
}

impl Rhythm {
    /// The day of the visit after this one; none after a single one.
    pub fn next(self, day: Date) -> Option<Date> {
        let span = match self {
            Self::Weekly => 1.week(),
            Self::Fortnightly => 2.weeks(),
            Self::Monthly => 1.month(),
            Self::Once => return None,
        };
        day.checked_add(span).ok()
    }
}

named! {
    /// What kind of help it is.
    Help {
        /// What one knows.
        Knowledge("knowledge", "pairings-help-knowledge"),
        /// What one does.
        Hands("hands", "pairings-help-hands"),
        /// Being there.
        Company("company", "pairings-help-company"),
        /// Money: an amount, no more.
        Money("money", "pairings-help-money"),
    }
}

named! {
    /// Why a pairing ended.
    EndReason {
        /// What was wanted is done.
        Achieved("achieved", "pairings-end-achieved"),
        /// It is not wanted any more.
        Unneeded("unneeded", "pairings-end-unneeded"),
        /// Someone moved away.
        Moved("moved", "pairings-end-moved"),
        /// The member cannot go on.
        Member("member", "pairings-end-member"),
        /// Something else.
        Other("other", "pairings-end-other"),
    }
}

/// What was agreed on; a value that exists is valid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PairingDetails {
    /// The first day.
    pub begins: String,
    /// The last day, where one is agreed.
    pub until: Option<String>,
    /// How often.
    pub rhythm: Rhythm,
    /// What kind of help.
    pub help: Help,
    /// Whole yuan; only of money.
    pub amount: Option<i64>,
    /// Where.
    pub place: Place,
    /// Where, in words; only elsewhere.
    pub place_words: String,
}

/// A pairing's record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pairing {
    /// `pairings.id`.
    pub id: i64,
    /// `needs.id`.
    pub need: i64,
    /// What was agreed on.
    pub details: PairingDetails,
    /// The day of the next visit.
    pub next_visit: Option<String>,
    /// When it ended.
    pub ended_at: Option<String>,
    /// Why it ended: the name of an [`EndReason`].
    pub end_reason: String,
    /// What was achieved.
    pub achieved: String,
    /// Counts the changes.
    pub version: i64,
}

impl Pairing {
    /// The day of the visit after one, as agreed; none after the last day.
    pub fn visit_after(&self, day: &str) -> Option<String> {
        let next = self.details.rhythm.next(day.parse().ok()?)?.to_string();
        match &self.details.until {
            Some(until) if *until < next => None,
            _ => Some(next),
        }
    }
}

/// Who serves a need, in words, for its page.
#[derive(Debug, Clone)]
pub struct Served {
    /// `pairings.id`; 0 when the viewer may see none of its members.
    pub id: i64,
    /// The members whom the viewer may see.
    pub members: Vec<(i64, String)>,
    /// How many others there are, in words; empty for none.
    pub others: String,
    /// Since when.
    pub begins: String,
    /// When the next visit is.
    pub next: String,
    /// Whether that day has passed.
    pub overdue: bool,
    /// When it ended; empty while it lasts.
    pub ended: String,
    /// Why it ended, and what was achieved.
    pub achieved: String,
}

/// The pairing that serves a need now, or the last that did, as far as a scope lets it be seen.
///
/// # Errors
/// When the database fails.
pub async fn serving(
    connection: &mut Connection,
    page: &Page,
    scope: &Scope,
    need: i64,
) -> db::Result<Option<Served>> {
    let Some(pairing) = store::latest_of(connection, need).await? else { return Ok(None) };
    let (members, others) = seen_members(connection, page, scope, pairing.id).await?;
    let next = pairing.next_visit.filter(|_| pairing.ended_at.is_none());
    let reason = EndReason::from_name(&pairing.end_reason);
    let mut achieved = reason.map_or_else(String::new, |reason| page.t(reason.key()).to_owned());
    if !pairing.achieved.is_empty() {
        achieved = format!("{achieved} · {}", pairing.achieved);
    }
    Ok(Some(Served {
        id: if members.is_empty() && *scope != Scope::All { 0 } else { pairing.id },
        begins: page.date(&pairing.details.begins),
        overdue: next.as_ref().is_some_and(|day| *day < today()),
        next: next.map_or_else(String::new, |day| page.date(&day)),
        ended: pairing.ended_at.map_or_else(String::new, |at| page.time(&at)),
        members,
        others,
        achieved,
    }))
}

/// A pairing's members in a scope, and how many others it has, in words.
async fn seen_members(
    connection: &mut Connection,
    page: &Page,
    scope: &Scope,
    pairing: i64,
) -> db::Result<(Vec<(i64, String)>, String)> {
    let all = store::members(connection, pairing).await?;
    let count = all.len();
    let seen: Vec<(i64, String)> = all
        .into_iter()
        .filter(|member| scope.covers(member.branch_id))
        .map(|member| (member.id, member.name))
        .collect();
    let others = match count - seen.len() {
        0 => String::new(),
        others => page.t1("pairings-others", "count", others),
    };
    Ok((seen, others))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_visit_keeps_the_rhythm_until_the_last_day() {
        let pairing = |rhythm, until: Option<&str>| Pairing {
            id: 1,
            need: 1,
            details: PairingDetails {
                begins: "2026-01-01".to_owned(),
                until: until.map(str::to_owned),
                rhythm,
                help: Help::Hands,
                amount: None,
                place: Place::Home,
                place_words: String::new(),
            },
            next_visit: None,
            ended_at: None,
            end_reason: String::new(),
            achieved: String::new(),
            version: 1,
        };
        for (rhythm, until, day, next) in [
            (Rhythm::Weekly, None, "2026-01-31", Some("2026-02-07")),
            (Rhythm::Fortnightly, None, "2026-01-31", Some("2026-02-14")),
            (Rhythm::Monthly, None, "2026-01-31", Some("2026-02-28")),
            (Rhythm::Once, None, "2026-01-31", None),
            (Rhythm::Weekly, Some("2026-02-07"), "2026-01-31", Some("2026-02-07")),
            (Rhythm::Weekly, Some("2026-02-06"), "2026-01-31", None),
            (Rhythm::Weekly, None, "9999-12-31", None),
            (Rhythm::Weekly, None, "some day", None),
        ] {
            assert_eq!(pairing(rhythm, until).visit_after(day).as_deref(), next, "{rhythm:?}");
        }
    }
}
