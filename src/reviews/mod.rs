//! The half-yearly review 民主评议, and the enquiry before it: committees are asked what they say of
//! the work done 社区反响.
//!
//! A review shows of a member only what the member sees too: participation that the committee
//! signed and stamped, feedback, commendations. It has no score and no order but that of the phone
//! book. Closing a branch's review keeps each page as it was.

mod deeds;
pub mod enquiries;
mod forget_store;
mod list_pages;
mod own_pages;
mod pages_of;
mod print_pages;
pub mod registry;
mod review_pages;
pub mod review_store;
mod sheet;
mod sheet_store;
pub mod store;

pub(crate) use deeds::Deed;
pub use forget_store::{
    forget_members, forget_names, move_back, move_branch, move_to_committee, move_to_member,
};
pub use sheet::{Commended, Goal, Said, Sheet, Sum};

use serde::{Deserialize, Serialize};

use crate::activities::{HalfYear, today};
use crate::db::{Connection, Result};
use crate::lang::Message;
use crate::text::normalize;
use crate::web::forms::Choice;
use crate::web::{Page, Routes, Scope};

/// The routes of this feature.
pub fn routes(routes: Routes) -> Routes {
    let routes = review_pages::routes(list_pages::routes(routes));
    enquiries::routes(own_pages::routes(print_pages::routes(routes)))
}

/// The most characters of a committee's words about one member's work.
pub const LONGEST_FEEDBACK: u32 = 300;
/// The most characters of what a member says of their own page.
pub const LONGEST_ANSWER: u32 = 1000;
/// The most characters of why a review is opened again.
const LONGEST_REASON: u32 = 100;
/// How many half-years are offered to choose from.
const HALVES: usize = 6;

/// A branch's review of a half-year.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Review {
    /// `reviews.id`.
    pub id: i64,
    /// `branches.id`.
    pub branch_id: i64,
    /// What the branch is called now.
    pub branch: String,
    /// [`HalfYear::code`].
    pub half: String,
    /// The day on which it was held; `None`: it was not yet.
    pub held_on: Option<String>,
    /// When it was closed.
    pub closed_at: Option<String>,
    /// By whom.
    pub closed_by: Option<String>,
    /// Counts the changes.
    pub version: i64,
}

impl Review {
    /// Where it stands.
    pub fn stage(&self) -> Stage {
        match (&self.closed_at, &self.held_on) {
            (Some(_), _) => Stage::Closed,
            (None, Some(_)) => Stage::Held,
            (None, None) => Stage::Open,
        }
    }

    /// Its half-year; the database holds no other.
    fn half_year(&self) -> HalfYear {
        HalfYear::parse(&self.half).unwrap_or_else(|| HalfYear::of(today()))
    }
}

/// Where a review stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stage {
    /// Opened; members look at their pages and answer.
    Open,
    /// Held, and not closed.
    Held,
    /// Closed: its pages stay as they were.
    Closed,
}

impl Stage {
    /// Its word in the catalogue.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Open => "reviews-stage-open",
            Self::Held => "reviews-stage-held",
            Self::Closed => "reviews-stage-closed",
        }
    }

    /// How it is drawn.
    const fn tone(self) -> &'static str {
        match self {
            Self::Open | Self::Held => "tag tag-warn",
            Self::Closed => "tag tag-ok",
        }
    }
}

/// Reads several lines; their breaks stay, and there may be none.
///
/// # Errors
/// A message for the field.
pub fn parse_lines(typed: &str, limit: u32) -> std::result::Result<String, Message> {
    let lines: Vec<String> = typed.lines().map(normalize).collect();
    let text = lines.join("\n").trim().to_owned();
    if text.chars().count() > limit as usize {
        return Err(Message::new("form-too-long").with("limit", limit));
    }
    Ok(text)
}

/// How many committees did not answer in time what a viewer of this scope asked them.
///
/// # Errors
/// When the database fails.
pub async fn overdue(connection: &mut Connection, scope: &Scope) -> Result<i64> {
    let (branches, today) = (enquiries::seen(scope), today().to_string());
    enquiries::request_store::count_overdue(connection, branches.as_deref(), &today).await
}

/// The half-year that is reviewed now: this one in its last month, else the one before it.
fn due() -> HalfYear {
    let today = today();
    let half = HalfYear::of(today);
    if matches!(today.month(), 6 | 12) { half } else { half.before() }
}

/// The half-year that a code names, else the one that is due.
fn half_of(code: &str) -> HalfYear {
    HalfYear::parse(code).unwrap_or_else(due)
}

/// A half-year in words.
pub(crate) fn half_words(page: &Page, code: &str) -> String {
    HalfYear::parse(code).map_or_else(String::new, |half| half.words(page.language()))
}

/// The latest half-years, to choose from.
fn half_choices(page: &Page, chosen: HalfYear) -> Vec<Choice> {
    let mut half = HalfYear::of(today());
    let mut choices = Vec::new();
    for _ in 0..HALVES {
        choices.push(Choice {
            chosen: half == chosen,
            value: half.code(),
            label: half.words(page.language()),
            count: String::new(),
        });
        half = half.before();
    }
    choices
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_keep_their_breaks_and_have_a_limit() {
        assert_eq!(parse_lines("  一 \r\n二\n", 10).unwrap(), "一\n二");
        assert_eq!(parse_lines("", 10).unwrap(), "");
        assert_eq!(parse_lines("一二三", 2).unwrap_err().key(), "form-too-long");
    }

    #[test]
    fn a_review_stands_where_its_days_say() {
        let mut review = Review {
            id: 1,
            branch_id: 1,
            branch: String::new(),
            half: "2026-1".to_owned(),
            held_on: None,
            closed_at: None,
            closed_by: None,
            version: 1,
        };
        assert_eq!(review.stage(), Stage::Open);
        review.held_on = Some("2026-07-01".to_owned());
        assert_eq!(review.stage(), Stage::Held);
        review.closed_at = Some("2026-07-02T00:00:00.000Z".to_owned());
        assert_eq!(review.stage(), Stage::Closed);
        assert_eq!(review.half_year().code(), "2026-1");
    }
}
