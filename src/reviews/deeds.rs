//! What members did, put together: parts of one name, area and place are one deed.

use serde::{Deserialize, Serialize};

use crate::activities::{Area, hours};
use crate::web::Page;

/// Parts in activities of one name, area and place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Deed {
    /// What the activities were called.
    pub title: String,
    /// [`Area::name`].
    pub area: String,
    /// Where; empty where only one committee is spoken of.
    pub committee: String,
    /// The first day.
    pub first: String,
    /// The last day.
    pub last: String,
    /// How often in all.
    pub times: i64,
    /// How long in all, in minutes.
    pub minutes: i64,
}

impl Deed {
    /// The days in words.
    pub fn days(&self, page: &Page) -> String {
        if self.first == self.last {
            return page.date(&self.first);
        }
        let days =
            [("first", page.date(&self.first).into()), ("last", page.date(&self.last).into())];
        page.language().text_with("reviews-days", &days)
    }

    /// The area in words.
    pub fn area_words(&self, page: &Page) -> &'static str {
        Area::from_name(&self.area).map_or("", |area| page.t(area.key()))
    }

    /// The hours; empty when they were not noted.
    pub fn hours(&self) -> String {
        hours(self.minutes)
    }

    /// All of it in a line.
    pub fn words(&self, page: &Page) -> String {
        let mut words = format!(
            "{} · {} · {}",
            self.title,
            self.days(page),
            page.t1("hub-times", "count", self.times)
        );
        if self.minutes > 0 {
            words = format!("{words} · {}", page.t1("hub-hours", "hours", self.hours()));
        }
        words
    }
}
