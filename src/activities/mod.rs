//! Activities 社区活动: what members did in a committee's area, and the part 参加记录 that each
//! of them had in it.

pub mod cards;
mod edit_pages;
mod export_pages;
pub mod figures;
mod form;
mod half_year;
pub mod import;
mod list_pages;
pub mod own;
mod pages;
pub mod people;
mod quarter;
pub mod store;
pub mod there;

pub use half_year::HalfYear;
pub use list_pages::halves;
pub use quarter::Quarter;

use jiff::civil::Date;
use jiff::{Span, Timestamp, tz::TimeZone};

use crate::addresses::ValidFrom;
use crate::committees::CommitteeLine;
use crate::lang::Message;
use crate::text::normalize;
use crate::web::Routes;

/// The routes of this feature.
pub fn routes(routes: Routes) -> Routes {
    let routes = edit_pages::routes(pages::routes(list_pages::routes(routes)));
    let routes = figures::routes(people::routes(routes));
    let routes = export_pages::routes(import::routes(cards::routes(routes)));
    own::routes(there::routes(routes))
}

/// The most times of one part: once a day for a half-year.
const MOST_TIMES: i64 = 184;
/// The most minutes of one part: twelve hours a day for a half-year.
const MOST_MINUTES: i64 = 184 * 12 * 60;
/// The first year of which an office has records.
const FIRST_YEAR: i16 = 1980;

/// One of the four areas 四个深入.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Area {
    /// 群众性文化建设.
    Culture,
    /// 处理居民矛盾.
    Mediation,
    /// 为居民做好事.
    GoodDeeds,
    /// 居民自治管理.
    SelfGovernance,
}

impl Area {
    /// All of them, in the order of the form.
    pub const ALL: [Self; 4] =
        [Self::Culture, Self::Mediation, Self::GoodDeeds, Self::SelfGovernance];

    /// As the database keeps it and forms send it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Culture => "culture",
            Self::Mediation => "mediation",
            Self::GoodDeeds => "good-deeds",
            Self::SelfGovernance => "self-governance",
        }
    }

    /// From what the database keeps or a form sent.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|area| area.name() == name)
    }

    /// Its words in the catalogue.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Culture => "activities-area-culture",
            Self::Mediation => "activities-area-mediation",
            Self::GoodDeeds => "activities-area-good-deeds",
            Self::SelfGovernance => "activities-area-self-governance",
        }
    }
}

/// How members took part 方式.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Manner {
    /// 集体.
    Group,
    /// 个人.
    Alone,
    /// 结对.
    Pairing,
}

impl Manner {
    /// All of them, in the order of the form.
    pub const ALL: [Self; 3] = [Self::Group, Self::Alone, Self::Pairing];

    /// As the database keeps it and forms send it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Group => "group",
            Self::Alone => "alone",
            Self::Pairing => "pairing",
        }
    }

    /// From what the database keeps or a form sent.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|manner| manner.name() == name)
    }

    /// Its words in the catalogue.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Group => "activities-manner-group",
            Self::Alone => "activities-manner-alone",
            Self::Pairing => "activities-manner-pairing",
        }
    }
}

/// Reads a day as people write it; from 1980 to a year from now, since an activity may be planned.
///
/// # Errors
/// A message for the field.
pub fn parse_day(typed: &str) -> Result<Date, Message> {
    let day = ValidFrom::parse(typed)?;
    if day.as_str().is_empty() {
        return Err(Message::new("form-required"));
    }
    let day: Date = day.as_str().parse().map_err(|_| Message::new("addresses-day-shape"))?;
    let latest = today().saturating_add(Span::new().years(1));
    if day.year() < FIRST_YEAR || day > latest {
        return Err(Message::new("activities-day-far"));
    }
    Ok(day)
}

/// Today, where the machine stands.
pub fn today() -> Date {
    Timestamp::now().to_zoned_datetime(TimeZone::system()).date()
}

/// What a part in an activity amounts to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Amount {
    /// How often, 1 or more.
    pub times: i64,
    /// How long in all, in minutes; 0: not noted.
    pub minutes: i64,
}

impl Amount {
    /// Reads times; an empty field is once.
    ///
    /// # Errors
    /// A message for the field.
    pub fn parse_times(typed: &str) -> Result<i64, Message> {
        let typed = normalize(typed);
        let typed = typed.trim_end_matches('次').trim();
        if typed.is_empty() {
            return Ok(1);
        }
        let times = typed.strip_suffix(".0").unwrap_or(typed).parse::<i64>().ok();
        times
            .filter(|times| (1..=MOST_TIMES).contains(times))
            .ok_or_else(|| Message::new("activities-times-shape").with("limit", MOST_TIMES))
    }

    /// Reads hours (`1.5`) into minutes; an empty field is not noted.
    ///
    /// # Errors
    /// A message for the field.
    pub fn parse_hours(typed: &str) -> Result<i64, Message> {
        let wrong = || Message::new("activities-hours-shape");
        let typed = normalize(typed);
        let typed = typed.trim_end_matches(['时', '小', 'h']).trim();
        if typed.is_empty() {
            return Ok(0);
        }
        let (whole, part) = typed.split_once('.').unwrap_or((typed, ""));
        let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if whole.len() > 4 || part.len() > 4 || !is_number(whole) || !is_number(part) {
            return Err(wrong());
        }
        let whole: i64 = if whole.is_empty() { 0 } else { whole.parse().map_err(|_| wrong())? };
        let part: i64 = format!("{part:0<4}").parse().map_err(|_| wrong())?;
        let minutes = whole * 60 + (part * 60 + 5_000) / 10_000;
        if minutes > MOST_MINUTES { Err(wrong()) } else { Ok(minutes) }
    }

    /// The hours as forms and files have them (`1.5`); empty when they are not noted.
    pub fn hours(self) -> String {
        hours(self.minutes)
    }
}

/// Minutes as hours of at most two decimals; empty for none.
pub fn hours(minutes: i64) -> String {
    if minutes == 0 {
        return String::new();
    }
    let hundredths = (minutes * 100 + 30) / 60;
    let text = format!("{}.{:02}", hundredths / 100, hundredths % 100);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// What an activity was; a value that exists is valid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActivityDetails {
    /// The day.
    pub day: Date,
    /// Where (`committees.id`).
    pub committee: Option<i64>,
    /// Its title, up to 60 characters.
    pub title: String,
    /// What was done, up to 1000 characters; may be empty.
    pub what: String,
    /// Which of the four areas.
    pub area: Area,
    /// How members took part.
    pub manner: Manner,
    /// What each participant is given at first.
    pub amount: Amount,
}

/// An activity as its page shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Activity {
    /// `activities.id`.
    pub id: i64,
    /// What it was.
    pub details: ActivityDetails,
    /// The committee in a line.
    pub committee: Option<CommitteeLine>,
    /// When it was entered.
    pub created_at: String,
    /// When it was last changed.
    pub updated_at: String,
    /// Counts the changes.
    pub version: i64,
    /// When it was put into the bin.
    pub removed_at: Option<String>,
}

impl Activity {
    /// Whether its day has not come.
    pub fn is_planned(&self) -> bool {
        self.details.day > today()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_read_as_people_write_them_and_kept_in_minutes() {
        for (typed, minutes) in [
            ("", 0),
            ("1", 60),
            ("１．５", 90),
            ("0.25", 15),
            ("2小时", 120),
            (".5", 30),
            ("1.33", 80),
        ] {
            assert_eq!(Amount::parse_hours(typed).unwrap(), minutes, "{typed}");
        }
        for typed in ["-1", "one", "1.5.2", "99999", "1,5"] {
            assert_eq!(Amount::parse_hours(typed).unwrap_err().key(), "activities-hours-shape");
        }
        for (minutes, shown) in [(0, ""), (90, "1.5"), (80, "1.33"), (15, "0.25"), (600, "10")] {
            assert_eq!(hours(minutes), shown);
        }
    }

    #[test]
    fn times_are_one_unless_something_else_is_written() {
        assert_eq!(Amount::parse_times("").unwrap(), 1);
        assert_eq!(Amount::parse_times("３次").unwrap(), 3);
        assert_eq!(Amount::parse_times("2.0").unwrap(), 2);
        assert!(Amount::parse_times("0").is_err() && Amount::parse_times("185").is_err());
    }

    #[test]
    fn a_day_may_be_planned_but_not_far_from_now() {
        assert_eq!(parse_day("2026年1月31日").unwrap().to_string(), "2026-01-31");
        assert_eq!(parse_day("").unwrap_err().key(), "form-required");
        assert_eq!(parse_day("1962-01-31").unwrap_err().key(), "activities-day-far");
        assert_eq!(parse_day("2962-01-31").unwrap_err().key(), "activities-day-far");
    }
}
