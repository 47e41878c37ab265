//! Commendations 表彰: a branch opens a call, sees who meets it and why, nominates, decides, prints
//! the certificates, and lets the workplace read of those who agree.
//!
//! It is no contest: lists are in the order of the phone book, and nothing counts points.

mod call_pages;
mod criteria;
mod decide_pages;
mod edit_pages;
mod export_pages;
mod fitting_pages;
mod fitting_store;
mod form;
mod list_pages;
mod nominate_pages;
mod nominee;
mod nominee_pages;
mod nominee_store;
mod own_pages;
mod paper;
mod paper_pages;
mod published_pages;
pub mod registry;
mod steps;
pub mod store;

pub use criteria::{Figures, Got};
pub use fitting_store::{Fit, fitting, got, left_out};
pub use nominee::{Decision, Nominee};
pub use nominee_store::nominee;
pub use own_pages::{Own, own};
pub use steps::{Phase, Refusal, State, Step};

use serde::{Deserialize, Serialize};

use crate::activities::{HalfYear, today};
use crate::web::{Page, Routes, Scope};

/// The routes of this feature.
pub fn routes(routes: Routes) -> Routes {
    let routes = call_pages::routes(edit_pages::routes(list_pages::routes(routes)));
    let routes = nominate_pages::routes(fitting_pages::routes(routes));
    let routes = decide_pages::routes(nominee_pages::routes(routes));
    let routes = export_pages::routes(paper_pages::routes(routes));
    published_pages::routes(own_pages::routes(routes))
}

/// The most characters of a call's title.
pub const LONGEST_TITLE: u32 = 40;
/// The most characters of its criteria in words.
pub const LONGEST_CRITERIA: u32 = 600;
/// The most characters of a reason.
pub const LONGEST_REASON: u32 = 200;
/// The most characters of a body's name.
pub const LONGEST_BODY: u32 = 40;

/// One half-year, or two that follow each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// The first of them.
    pub first: HalfYear,
    /// The last of them.
    pub last: HalfYear,
}

impl Period {
    /// From the codes of both ([`HalfYear::code`]).
    pub fn parse(first: &str, last: &str) -> Option<Self> {
        Some(Self { first: HalfYear::parse(first)?, last: HalfYear::parse(last)? })
    }

    /// Its first and last day.
    pub fn days(self) -> (String, String) {
        (self.first.first_day(), self.last.last_day())
    }

    /// In words.
    pub fn words(self, language: crate::lang::Language) -> String {
        let last = self.last.words(language);
        if self.first == self.last {
            return last;
        }
        let arguments = [("first", self.first.words(language).into()), ("last", last.into())];
        language.text_with("commendations-two-halves", &arguments)
    }
}

/// What a call says; a value that exists is valid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallDetails {
    /// What members are commended as, or for.
    pub title: String,
    /// The first half-year ([`HalfYear::code`]).
    pub first: String,
    /// The last one.
    pub last: String,
    /// Of whose members (`branches.id`); `None`: of every branch.
    pub branches: Option<Vec<i64>>,
    /// The last day on which members are nominated.
    pub until: String,
    /// For what, in words.
    pub criteria: String,
    /// And in figures.
    pub figures: Figures,
}

impl CallDetails {
    /// The half-years whose service counts.
    pub fn period(&self) -> Option<Period> {
        Period::parse(&self.first, &self.last)
    }

    /// Their first and last day.
    pub fn days(&self) -> (String, String) {
        self.period().map(Period::days).unwrap_or_default()
    }

    /// Whether it is for members of this branch.
    pub fn is_for(&self, branch: Option<i64>) -> bool {
        match &self.branches {
            None => true,
            Some(branches) => branch.is_some_and(|branch| branches.contains(&branch)),
        }
    }

    /// Whether someone sees it: it is for members of theirs.
    pub fn is_seen(&self, scope: &Scope) -> bool {
        match (&self.branches, scope.branches()) {
            (_, None) => true,
            (None, Some(given)) => !given.is_empty(),
            (Some(branches), Some(given)) => branches.iter().any(|one| given.contains(one)),
        }
    }

    /// Whether it is someone's to change: it is for no others' members.
    pub fn is_theirs(&self, scope: &Scope) -> bool {
        match (&self.branches, scope.branches()) {
            (_, None) => true,
            (None, Some(_)) => false,
            (Some(branches), Some(given)) => branches.iter().all(|one| given.contains(one)),
        }
    }

    /// The branches whose members someone sees of it; `None`: of every branch.
    pub fn within(&self, scope: &Scope) -> Option<Vec<i64>> {
        match (&self.branches, scope.branches()) {
            (None, None) => None,
            (Some(branches), None) => Some(branches.clone()),
            (None, Some(given)) => Some(given.to_vec()),
            (Some(branches), Some(given)) => {
                Some(branches.iter().copied().filter(|one| given.contains(one)).collect())
            }
        }
    }
}

/// A call 评选.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// `commendation_calls.id`.
    pub id: i64,
    /// What it says.
    pub details: CallDetails,
    /// When it was closed.
    pub closed_at: Option<String>,
    /// How many are nominated and not decided on.
    pub nominated: i64,
    /// How many are commended.
    pub granted: i64,
    /// Counts the changes.
    pub version: i64,
}

impl Call {
    /// How far it is today.
    pub fn phase(&self) -> Phase {
        if self.closed_at.is_some() {
            Phase::Closed
        } else if self.details.until < today().to_string() {
            Phase::Deciding
        } else {
            Phase::Nominating
        }
    }

    /// That in words.
    pub fn phase_words(&self, page: &Page) -> &'static str {
        page.t(match self.phase() {
            Phase::Nominating => "commendations-open",
            Phase::Deciding => "commendations-deciding",
            Phase::Closed => "commendations-closed",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(branches: Option<&[i64]>) -> CallDetails {
        CallDetails {
            title: "先进".to_owned(),
            first: "2026-1".to_owned(),
            last: "2026-2".to_owned(),
            branches: branches.map(<[i64]>::to_vec),
            until: "2026-12-31".to_owned(),
            criteria: String::new(),
            figures: Figures::default(),
        }
    }

    #[test]
    fn staff_see_a_call_that_is_for_members_of_theirs_and_change_one_for_no_others() {
        let (one, both) = (Scope::Branches(vec![1]), Scope::Branches(vec![1, 2]));
        let call = of(Some(&[1, 2]));
        assert!(call.is_seen(&one) && !call.is_theirs(&one) && call.is_theirs(&both));
        assert_eq!(call.within(&one), Some(vec![1]));
        assert!(!of(Some(&[3])).is_seen(&both));
        let all = of(None);
        assert!(all.is_seen(&one) && !all.is_theirs(&both) && all.is_theirs(&Scope::All));
        assert!(!all.is_seen(&Scope::Branches(Vec::new())));
        assert_eq!(all.within(&Scope::All), None);
    }

    #[test]
    fn a_period_of_two_half_years_runs_from_the_first_day_to_the_last() {
        let days = ("2026-01-01".to_owned(), "2026-12-31".to_owned());
        assert_eq!(of(None).days(), days);
        assert_eq!(Period::parse("2026-3", "2026-1"), None);
    }
}
