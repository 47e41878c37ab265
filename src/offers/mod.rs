//! What committees offer beside needs: wishes 微心愿 that one visit fulfils, posts 岗位 with places
//! that members claim, and service days 固定服务日.

mod edit_pages;
mod form;
mod list_pages;
mod record_pages;
pub mod registry;
pub mod steps;
pub mod store;

pub(crate) use form::{Fields, OfferForm};
pub(crate) use record_pages::{ClaimRow, LONGEST_THANKS};
pub use steps::{ClaimState, EndReason, Step};

use jiff::ToSpan as _;
use jiff::civil::{Date, Weekday};
use serde::{Deserialize, Serialize};

use crate::needs::{DAYS, named};
use crate::web::{Fact, Page, Routes};

/// The routes of this feature.
pub fn routes(routes: Routes) -> Routes {
    record_pages::routes(edit_pages::routes(list_pages::routes(routes)))
}

named! {
    /// What is offered.
    Kind {
        /// 微心愿.
        Wish("wish", "offers-wish"),
        /// 岗位.
        Post("post", "offers-post"),
        /// 固定服务日.
        Day("day", "offers-day"),
    }
}

impl Kind {
    /// The list of all of them.
    pub const fn list(self) -> &'static str {
        match self {
            Self::Wish => "/needs/wishes",
            Self::Post => "/needs/posts",
            Self::Day => "/needs/days",
        }
    }
}

named! {
    /// What kind of post.
    Role {
        /// 楼组长.
        Stairwell("stairwell", "offers-role-stairwell"),
        /// 治安巡逻.
        Patrol("patrol", "offers-role-patrol"),
        /// 矛盾调解.
        Mediation("mediation", "offers-role-mediation"),
        /// 法律咨询.
        Legal("legal", "offers-role-legal"),
        /// 健康服务.
        Health("health", "offers-role-health"),
        /// 文体活动.
        Culture("culture", "offers-role-culture"),
        /// 环境保护.
        Environment("environment", "offers-role-environment"),
        /// What the title says.
        Other("other", "offers-role-other"),
    }
}

/// The most places of a post.
pub const MOST_PLACES: i64 = 99;
/// The most single dates of a service day.
pub const MOST_DATES: usize = 24;

/// On which days a service day is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Rule {
    /// A weekday (1 is Monday) of a week of the month: 1 to 4, 5 the last, 0 every week.
    Weekday(i8, i8),
    /// These dates.
    Dates(Vec<String>),
}

/// The words for a week of the month, by its number.
pub(crate) const WEEKS: [&str; 6] = [
    "offers-week-every",
    "offers-week-1",
    "offers-week-2",
    "offers-week-3",
    "offers-week-4",
    "offers-week-last",
];

impl Rule {
    /// Whether it is on this day.
    pub fn is_on(&self, day: Date) -> bool {
        match self {
            Self::Dates(dates) => dates.contains(&day.to_string()),
            Self::Weekday(weekday, week) => {
                let Ok(weekday) = Weekday::from_monday_one_offset(*weekday) else { return false };
                let last = day.days_in_month() - day.day() < 7;
                day.weekday() == weekday
                    && match week {
                        0 => true,
                        5 => last,
                        week => (day.day() - 1) / 7 + 1 == *week,
                    }
            }
        }
    }

    /// The next day from this one on, within a year.
    pub fn next_from(&self, day: Date) -> Option<Date> {
        (0..366_i64).filter_map(|days| day.checked_add(days.days()).ok()).find(|d| self.is_on(*d))
    }

    /// In words.
    pub fn words(&self, page: &Page) -> String {
        match self {
            Self::Dates(dates) => {
                let dates: Vec<String> = dates.iter().map(|day| page.date(day)).collect();
                dates.join(page.t("needs-times-comma"))
            }
            Self::Weekday(weekday, week) => {
                let word = |keys: &[&'static str], at: i8| {
                    usize::try_from(at)
                        .ok()
                        .and_then(|at| keys.get(at))
                        .map_or("", |key| page.t(key))
                };
                format!("{}{}", word(&WEEKS, *week), word(&DAYS, *weekday - 1))
            }
        }
    }
}

/// What an offer says; a value that exists is valid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfferDetails {
    /// What it is; never changes.
    pub kind: Kind,
    /// Whose it is (`committees.id`).
    pub committee: i64,
    /// In a line.
    pub title: String,
    /// Of a post.
    pub role: Option<Role>,
    /// How many members can hold it; 1 for a wish, 0 for a day.
    pub places: i64,
    /// When, in words; may be empty.
    pub hours: String,
    /// Of a service day.
    pub rule: Option<Rule>,
    /// The last day (`2026-01-31`).
    pub until: Option<String>,
}

impl OfferDetails {
    /// In words, in the order of the form.
    fn facts(&self, page: &Page, committee: &str) -> Vec<Fact> {
        let until = self.until.as_deref().map_or_else(String::new, |day| page.date(day));
        let role = self.role.map_or("", |role| page.t(role.key()));
        let places = if self.kind == Kind::Post { self.places.to_string() } else { String::new() };
        let rule = self.rule.as_ref().map_or_else(String::new, |rule| rule.words(page));
        [
            ("needs-committee", committee.to_owned()),
            ("offers-title", self.title.clone()),
            ("offers-role", role.to_owned()),
            ("offers-places", places),
            ("offers-days", rule),
            ("offers-hours", self.hours.clone()),
            ("needs-until", until),
        ]
        .map(|(key, text)| Fact { label: page.t(key), text })
        .into()
    }
}

/// An offer's record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// `offers.id`.
    pub id: i64,
    /// What it says.
    pub details: OfferDetails,
    /// The committee's name.
    pub committee: String,
    /// The sub-district's name.
    pub street: String,
    /// Who offered it on the committee's page; empty: the office entered it.
    pub by: String,
    /// How many places are taken.
    pub taken: i64,
    /// When it ended.
    pub ended_at: Option<String>,
    /// When it was last changed.
    pub updated_at: String,
    /// Counts the changes.
    pub version: i64,
}

impl Offer {
    /// Whether a member can claim it now.
    pub fn is_free(&self) -> bool {
        self.ended_at.is_none() && self.taken < self.details.places
    }

    /// Where it stands, in words.
    pub fn state(&self, page: &Page) -> String {
        if self.ended_at.is_some() {
            return page.t("offers-ended").to_owned();
        }
        match self.details.kind {
            Kind::Day => String::new(),
            Kind::Wish if self.is_free() => page.t("offers-unclaimed").to_owned(),
            Kind::Wish => page.t("offers-claimed").to_owned(),
            Kind::Post => {
                let arguments =
                    [("taken", self.taken.into()), ("places", self.details.places.into())];
                page.language().text_with("offers-taken", &arguments)
            }
        }
    }

    /// When, in words.
    pub fn when(&self, page: &Page) -> String {
        let rule = self.details.rule.as_ref().map_or_else(String::new, |rule| rule.words(page));
        let until = self.details.until.as_deref().map_or_else(String::new, |day| {
            format!("{} {}", page.t("needs-until-day"), page.date(day))
        });
        let parts = [rule, self.details.hours.clone(), until];
        let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        parts.join(" · ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_finds_its_next_day() {
        for (rule, from, next) in [
            (Rule::Weekday(6, 1), "2026-01-04", Some("2026-02-07")),
            (Rule::Weekday(6, 1), "2026-02-07", Some("2026-02-07")),
            (Rule::Weekday(7, 5), "2026-02-01", Some("2026-02-22")),
            (Rule::Weekday(1, 0), "2026-01-06", Some("2026-01-12")),
            (Rule::Dates(vec!["2026-03-05".to_owned()]), "2026-01-01", Some("2026-03-05")),
            (Rule::Dates(vec!["2025-03-05".to_owned()]), "2026-01-01", None),
        ] {
            let day = rule.next_from(from.parse().unwrap()).map(|day| day.to_string());
            assert_eq!(day.as_deref(), next, "{rule:?} {from}");
        }
    }
}
