//! A member's page of a review: what it shows, to the office and to the member alike.

use serde::{Deserialize, Serialize};

use super::{Deed, half_words};
use crate::activities::hours;
use crate::web::Page;

/// The most deeds that are told one by one; what is more is told together, so that the page stays
/// one sheet.
const MOST_DEEDS: usize = 12;

/// How often and how long.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sum {
    /// How many members; 1 or 0 for a member.
    pub members: i64,
    /// How often.
    pub times: i64,
    /// How long, in minutes.
    pub minutes: i64,
}

impl Sum {
    /// The hours; 0 when none were noted.
    pub fn hours(&self) -> String {
        if self.minutes == 0 { "0".to_owned() } else { hours(self.minutes) }
    }
}

/// What a branch set out to do; what it did not name is `None`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Goal {
    /// How many members take part.
    pub members: Option<i64>,
    /// How often.
    pub times: Option<i64>,
    /// How long, in hours.
    pub hours: Option<i64>,
}

impl Goal {
    /// The number of members; a dash for none named.
    pub fn members(&self) -> String {
        named(self.members.map(|members| members.to_string()))
    }

    /// How often; a dash for none named.
    pub fn times(&self) -> String {
        named(self.times.map(|times| times.to_string()))
    }

    /// The hours; a dash for none named.
    pub fn hours(&self) -> String {
        named(self.hours.map(|hours| hours.to_string()))
    }
}

fn named(words: Option<String>) -> String {
    words.unwrap_or_else(|| "—".to_owned())
}

/// What a committee says of the work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// Which committee.
    pub committee: String,
    /// Who said it there.
    pub by: String,
    /// The day.
    pub day: String,
    /// The words.
    pub words: String,
}

/// A commendation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Commended {
    /// The day.
    pub day: String,
    /// What it is called, and for what it was given.
    pub words: String,
}

/// A member's page of a review. Kept as it is when the review is closed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Sheet {
    /// The member's name.
    pub name: String,
    /// The employee number, or empty.
    pub number: String,
    /// The branch's name, or empty.
    pub branch: String,
    /// [`HalfYear::code`](crate::activities::HalfYear::code).
    pub half: String,
    /// As of which day.
    pub day: String,
    /// The day on which the review was held; empty while it was not.
    pub held_on: String,
    /// What the committee signed and stamped.
    pub(crate) deeds: Vec<Deed>,
    /// In the half-year, confirmed.
    pub now: Sum,
    /// In the half-year before, confirmed.
    pub last: Sum,
    /// The branch's, in the half-year, confirmed.
    pub of_branch: Sum,
    /// What the branch set out to do.
    pub goal: Option<Goal>,
    /// How many parts are left out because they are not confirmed yet.
    pub open: i64,
    /// What committees say.
    pub feedback: Vec<Said>,
    /// Commendations of the half-year.
    pub commendations: Vec<Commended>,
    /// What the member says of it.
    pub answers: Vec<String>,
}

impl Sheet {
    /// The deeds that are told one by one.
    pub(crate) fn told(&self) -> &[Deed] {
        self.deeds.get(..MOST_DEEDS).unwrap_or(&self.deeds)
    }

    /// What is told together: how many deeds; empty for none.
    pub fn rest(&self, page: &Page) -> String {
        let rest = self.deeds.len().saturating_sub(MOST_DEEDS);
        if rest == 0 { String::new() } else { page.t1("reviews-more-deeds", "count", rest) }
    }

    /// How often that was, and how long.
    pub fn rest_sum(&self) -> Sum {
        let rest = self.deeds.iter().skip(MOST_DEEDS);
        rest.fold(Sum::default(), |sum, deed| Sum {
            times: sum.times + deed.times,
            minutes: sum.minutes + deed.minutes,
            ..sum
        })
    }

    /// The half-year in words.
    pub fn half_words(&self, page: &Page) -> String {
        half_words(page, &self.half)
    }

    /// How many parts are left out, and why, in words; empty for none.
    pub fn left_out(&self, page: &Page) -> String {
        if self.open == 0 { String::new() } else { page.t1("reviews-left-out", "count", self.open) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_deeds_than_a_page_holds_are_told_together() {
        let deed = |times| Deed {
            title: "辅导".to_owned(),
            area: "good-deeds".to_owned(),
            committee: String::new(),
            first: "2026-03-07".to_owned(),
            last: "2026-03-07".to_owned(),
            times,
            minutes: 30,
        };
        let sheet = Sheet { deeds: (1..=14).map(deed).collect(), ..Sheet::default() };
        assert_eq!(sheet.told().len(), 12);
        let rest = sheet.rest_sum();
        assert_eq!((rest.times, rest.minutes, rest.hours().as_str()), (27, 60, "1"));
    }

    #[test]
    fn a_kept_page_is_read_as_it_was_written() {
        let sheet = Sheet { name: "朱颖".to_owned(), open: 2, ..Sheet::default() };
        let kept = serde_json::to_string(&sheet).unwrap();
        assert_eq!(serde_json::from_str::<Sheet>(&kept).unwrap(), sheet);
        // A page that an earlier Linli kept lacks what came later.
        assert_eq!(serde_json::from_str::<Sheet>(r#"{"name":"朱颖"}"#).unwrap().name, "朱颖");
    }
}
