//! Needs 服务需求: what committees and residents ask for, and which members could help.
//!
//! A need says what help, where and when, and whom to ask first; never why someone needs it.

mod availability_pages;
mod board_pages;
mod candidates;
mod close_pages;
mod edit_pages;
pub(crate) mod form;
mod list_pages;
pub mod matching;
mod member_pages;
mod record_pages;
pub mod registry;
pub mod search;
pub mod settings;
mod settings_pages;
mod steps;
pub mod store;
mod times;

pub(crate) use availability_pages::live_member;
pub(crate) use member_pages::{Suggested, suggested_for};
pub use record_pages::refused;
pub use steps::{State, Step};
pub use times::{DAYS, Grid, Times};

use serde::{Deserialize, Serialize};

use crate::lang::Message;
use crate::text::normalize;
use crate::web::{Fact, Page, Routes};

/// The routes of this feature.
pub fn routes(routes: Routes) -> Routes {
    let routes = list_pages::routes(board_pages::routes(routes));
    let routes = close_pages::routes(edit_pages::routes(record_pages::routes(routes)));
    let routes = availability_pages::routes(member_pages::routes(routes));
    settings_pages::routes(routes)
}

/// An enum whose values have a name, in the database and in forms, and words in the catalogue.
macro_rules! named {
    ($(#[$doc:meta])* $type:ident { $($(#[$of:meta])* $value:ident ($name:literal, $key:literal)),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $type {
            $($(#[$of])* #[serde(rename = $name)] $value),*
        }

        impl $type {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$value),*];

            /// As the database keeps it and forms send it.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$value => $name),* }
            }

            /// Its words in the catalogue.
            pub const fn key(self) -> &'static str {
                match self { $(Self::$value => $key),* }
            }

            /// From its name.
            pub fn from_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.name() == name)
            }
        }
    };
}
pub(crate) use named;

named! {
    /// The four areas 四个深入.
    Area {
        /// 群众性文化建设.
        Culture("culture", "needs-area-culture"),
        /// 处理居民矛盾.
        Mediation("mediation", "needs-area-mediation"),
        /// 为居民做好事.
        Deeds("deeds", "needs-area-deeds"),
        /// 居民自治管理.
        Governance("governance", "needs-area-governance"),
    }
}

named! {
    /// Where help is given.
    Place {
        /// At a resident's home.
        Home("home", "needs-place-home"),
        /// At the committee.
        Committee("committee", "needs-place-committee"),
        /// At the workplace.
        Workplace("workplace", "needs-place-workplace"),
        /// Somewhere that is told in words.
        Elsewhere("elsewhere", "needs-place-elsewhere"),
    }
}

/// The most characters of a title.
pub const LONGEST_TITLE: u32 = 60;
/// The most skills that a need asks for.
pub const MOST_SKILLS: usize = 8;

/// What a need says; a value that exists is valid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NeedDetails {
    /// Whose area it is in (`committees.id`).
    pub committee: i64,
    /// What help, in a line.
    pub title: String,
    /// Which of the four areas.
    pub area: Area,
    /// Any of these helps (`skills.id`); none: anyone can.
    pub skills: Vec<i64>,
    /// When; the empty set: at any time.
    pub times: Times,
    /// Whether it is wanted again and again, not once.
    pub regular: bool,
    /// Where.
    pub place: Place,
    /// Where, in words; only elsewhere.
    pub place_words: String,
    /// Whom to ask first: a name or a code.
    pub contact: String,
    /// Their phone.
    pub contact_phone: String,
    /// The last day on which it is wanted (`2026-01-31`).
    pub until: Option<String>,
}

/// A need's record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Need {
    /// `needs.id`.
    pub id: i64,
    /// What it says.
    pub details: NeedDetails,
    /// Where it stands.
    pub state: State,
    /// Why it was closed.
    pub closed_because: String,
    /// When it was entered.
    pub created_at: String,
    /// Counts the changes, so that two people who edit never overwrite each other.
    pub version: i64,
}

/// Reads a line that may not be empty.
///
/// # Errors
/// A message for the field.
pub fn parse_required(typed: &str, limit: u32) -> Result<String, Message> {
    let line = normalize(typed);
    if line.is_empty() {
        return Err(Message::new("form-required"));
    }
    if line.chars().count() > limit as usize {
        return Err(Message::new("form-too-long").with("limit", limit));
    }
    Ok(line)
}

/// Reads a day; an empty field is none.
///
/// # Errors
/// A message for the field.
pub fn parse_day(typed: &str) -> Result<Option<String>, Message> {
    let typed = normalize(typed);
    if typed.is_empty() {
        return Ok(None);
    }
    match typed.parse::<jiff::civil::Date>() {
        Ok(day) if (1949..=9998).contains(&day.year()) => Ok(Some(day.to_string())),
        _ => Err(Message::new("committees-since-shape")),
    }
}

impl NeedDetails {
    /// In words, in the order of the form; the names of what it refers to are given.
    fn facts(&self, page: &Page, committee: &str, skills: &str) -> [Fact; 9] {
        let until = self.until.as_deref().map_or_else(String::new, |day| page.date(day));
        let contact = [self.contact.as_str(), self.contact_phone.as_str()];
        [
            ("needs-committee", committee.to_owned()),
            ("needs-title-field", self.title.clone()),
            ("needs-area", page.t(self.area.key()).to_owned()),
            ("needs-skills", skills.to_owned()),
            ("needs-times", self.times.words(page)),
            ("needs-how-often", page.t(often_key(self.regular)).to_owned()),
            ("needs-where", self.where_words(page)),
            ("needs-contact", contact.join(" ").trim().to_owned()),
            ("needs-until", until),
        ]
        .map(|(key, text)| Fact { label: page.t(key), text })
    }

    /// Where, in words.
    pub fn where_words(&self, page: &Page) -> String {
        place_words(page, self.place, &self.place_words)
    }
}

/// A place in words: those that were typed, or what the place is called.
pub fn place_words(page: &Page, place: Place, typed: &str) -> String {
    if typed.is_empty() { page.t(place.key()).to_owned() } else { typed.to_owned() }
}

const fn often_key(regular: bool) -> &'static str {
    if regular { "needs-regular" } else { "needs-once" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_one_of_the_calendar_or_none() {
        assert_eq!(parse_day("２０２６-01-31").unwrap().as_deref(), Some("2026-01-31"));
        assert_eq!(parse_day(" ").unwrap(), None);
        for wrong in ["2026-02-30", "tomorrow", "0001-01-01", "-009999-01-01"] {
            assert!(parse_day(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn every_name_is_read_back_as_what_it_stands_for() {
        for area in Area::ALL {
            assert_eq!(Area::from_name(area.name()), Some(*area));
        }
        assert_eq!(Place::from_name("nowhere"), None);
    }
}
