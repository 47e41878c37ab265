//! The half-yearly survey 调查: a round asks every member of some branches what they took part in;
//! one form a member, filled in beforehand with what is on record, confirmed by the committee on its
//! page or on stamped paper.

mod export_pages;
pub mod figures;
mod form;
mod form_pages;
mod list_pages;
mod paper_pages;
mod part_pages;
mod people_pages;
pub mod registry;
mod report_pages;
mod round_form;
mod round_pages;
mod scan_pages;
pub mod seals;
mod sheet;
mod steps;
pub mod store;

pub(crate) use form::{FormFields, FormInput, Sent, send};
pub(crate) use sheet::Sheet;
pub use steps::{State, Step, Who};

use crate::activities::{HalfYear, today};
use crate::lang::Message;
use crate::needs::named;
use crate::text::normalize;
use crate::web::{Routes, Scope};

/// The routes of this feature.
pub fn routes(routes: Routes) -> Routes {
    let routes = people_pages::routes(round_pages::routes(list_pages::routes(routes)));
    let routes =
        paper_pages::routes(scan_pages::routes(part_pages::routes(form_pages::routes(routes))));
    export_pages::routes(report_pages::routes(routes))
}

named! {
    /// Why someone took no part; helps to plan and find work, and judges nobody.
    Reason {
        /// 未安排工作.
        NoWork("no-work", "surveys-reason-no-work"),
        /// 无居委会.
        NoCommittee("no-committee", "surveys-reason-no-committee"),
        /// 工作冲突.
        AtWork("at-work", "surveys-reason-at-work"),
        /// 身体原因.
        Health("health", "surveys-reason-health"),
        /// 长期外出.
        Away("away", "surveys-reason-away"),
        /// 不便说明.
        Unsaid("unsaid", "surveys-reason-unsaid"),
        /// 其他.
        Other("other", "surveys-reason-other"),
    }
}

/// The most characters of a reason in words, or of what is wrong with a form.
pub const LONGEST_WORDS: u32 = 200;
/// The fewest: a sentence, not a word.
pub const SHORTEST_WORDS: usize = 6;

/// Reads the words of a reason: a sentence, whichever reason it is.
///
/// # Errors
/// A message for the field.
pub fn parse_words(typed: &str) -> Result<String, Message> {
    let words = normalize(typed);
    let length = words.chars().count();
    if length > LONGEST_WORDS as usize {
        return Err(Message::new("form-too-long").with("limit", LONGEST_WORDS));
    }
    if length < SHORTEST_WORDS {
        return Err(Message::new("surveys-words-short"));
    }
    Ok(words)
}

/// A round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Survey {
    /// `surveys.id`.
    pub id: i64,
    /// What it asks about.
    pub half: HalfYear,
    /// The last day on which a form is in time.
    pub closes_on: String,
    /// Whose members it asks; `None`: everyone's.
    pub branches: Option<Vec<i64>>,
    /// When it was opened.
    pub opened_at: String,
    /// By whom; `None` at the terminal.
    pub opened_by: Option<String>,
    /// When it was closed.
    pub closed_at: Option<String>,
    /// Counts the changes.
    pub version: i64,
}

impl Survey {
    /// Whether members of this branch are asked.
    pub fn asks(&self, branch: Option<i64>) -> bool {
        match &self.branches {
            None => true,
            Some(branches) => branch.is_some_and(|branch| branches.contains(&branch)),
        }
    }

    /// The branches that this viewer may see of it; `None`: all members, those of no branch too.
    pub fn seen_by(&self, scope: &Scope) -> Option<Vec<i64>> {
        match (&self.branches, scope.branches()) {
            (None, None) => None,
            (Some(asked), None) => Some(asked.clone()),
            (None, Some(given)) => Some(given.to_vec()),
            (Some(asked), Some(given)) => {
                Some(asked.iter().copied().filter(|branch| given.contains(branch)).collect())
            }
        }
    }

    /// Whether a form that is handed in today comes late.
    pub fn is_late(&self) -> bool {
        self.closed_at.is_some() || today().to_string() > self.closes_on
    }
}

/// A line of a form: a part in an activity, as the member tells it.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Line {
    /// The part on record (`participations.id`).
    pub participation_id: Option<i64>,
    /// What the member entered and nobody has settled yet (`own_parts.id`).
    pub own_part_id: Option<i64>,
    /// The day.
    pub day: String,
    /// What it was.
    pub title: String,
    /// [`Area::name`](crate::activities::Area::name).
    pub area: String,
    /// [`Manner::name`](crate::activities::Manner::name).
    pub manner: String,
    /// The committee's name; may be empty.
    pub committee: String,
    /// How often.
    pub times: i64,
    /// How long, in minutes; 0: not noted.
    pub minutes: i64,
    /// What is on record.
    pub recorded_times: i64,
    /// Likewise.
    pub recorded_minutes: i64,
    /// Whether a committee signed and stamped it already: then it is not corrected here.
    pub confirmed: bool,
    /// Whether the member says that it was not so.
    pub left_out: bool,
}

impl Line {
    /// By what a form names it.
    pub fn key(&self) -> String {
        match (self.participation_id, self.own_part_id) {
            (Some(part), _) => format!("p{part}"),
            (None, Some(own)) => format!("o{own}"),
            (None, None) => String::new(),
        }
    }
}

/// A member's form, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SurveyForm {
    /// `survey_forms.id`.
    pub id: i64,
    /// `surveys.id`.
    pub survey_id: i64,
    /// `members.id`.
    pub member_id: i64,
    /// Whose it was when it was begun (`members.id`).
    pub filled_for: i64,
    /// The code on its paper.
    pub code: String,
    /// Where it stands.
    pub state: State,
    /// The member's name when it was handed in; empty before.
    pub name: String,
    /// The employee number, likewise.
    pub number: String,
    /// The branch, likewise.
    pub branch: String,
    /// The committee that confirms it (`committees.id`); `None`: there is none yet.
    pub committee_id: Option<i64>,
    /// Its name when it was handed in.
    pub committee: String,
    /// Why they took no part; `None`: they did.
    pub reason: Option<Reason>,
    /// The same in words.
    pub words: String,
    /// Whether it was handed in after the closing date.
    pub late: bool,
    /// When it was handed in.
    pub submitted_at: Option<String>,
    /// What was wrong when it was sent back last.
    pub returned_why: String,
    /// The day of the signature.
    pub signed_on: Option<String>,
    /// The day of the stamp.
    pub stamped_on: Option<String>,
    /// Who saw them on the paper (`accounts.id`).
    pub marked_by: Option<i64>,
    /// When it was confirmed.
    pub confirmed_at: Option<String>,
    /// Who confirmed it on the committee's page; empty: on paper.
    pub confirmed_there: String,
    /// Counts the changes.
    pub version: i64,
}

/// What a member says on a form; a value that exists may be handed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// What they took part in, with what they say was not so.
    pub lines: Vec<Line>,
    /// Why they took no part, and in words; only where no line counts.
    pub reason: Option<(Reason, String)>,
}

impl Answer {
    /// Whether they took part in anything.
    pub fn took_part(&self) -> bool {
        self.lines.iter().any(|line| !line.left_out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_needs_a_sentence() {
        assert_eq!(parse_words(" 忙 ").unwrap_err().key(), "surveys-words-short");
        assert_eq!(parse_words("周末都在值班。").unwrap(), "周末都在值班。");
        assert_eq!(parse_words("").unwrap_err().key(), "surveys-words-short");
        assert_eq!(parse_words(&"长".repeat(201)).unwrap_err().key(), "form-too-long");
    }
}
