//! Liaison letters 联系函: from the office to a committee and the Party organisation beside it,
//! which of its members live there, are glad to help, and ask for work; and the committee's reply.
//!
//! What an issued letter says is kept as it was on its day. Whom it passed on, with which fields,
//! stands in `letter_members`, a line a member, so that erasing a person's data reaches it.

mod batch;
mod board_pages;
mod committee_pages;
mod content;
mod issue;
mod letter_pages;
mod link_store;
mod links;
mod made_up;
mod new_pages;
mod packets;
mod print_pages;
mod scans;
mod settings_pages;
mod sheet;
mod steps;
pub mod store;
mod template_pages;
mod text;
mod word;

pub use committee_pages::closed;
pub use link_store::forget_ended as forget_ended_links;
pub use links::{Guesses, link_of, opened, signed, signer};
pub use made_up::make_up;
pub(crate) use print_pages::origin;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::committees::parse_line;
use crate::lang::{Language, Message};
use crate::web::{Routes, Scope};

/// The routes of this feature.
pub fn routes(routes: Routes) -> Routes {
    let routes = board_pages::routes(settings_pages::routes(routes));
    let routes = new_pages::routes(template_pages::routes(routes));
    let routes = print_pages::routes(letter_pages::routes(routes));
    committee_pages::routes(scans::routes(packets::routes(routes)))
}

/// How long a committee's link opens unless the office says otherwise, in days.
const LINK_DAYS: i64 = 180;
/// The longest reply, reason or letter's text, in characters.
const LONGEST_REPLY: u32 = 2000;

/// Where a letter stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    /// Made, without a number; what it will say is not settled yet.
    Draft,
    /// Numbered and dated; what it says stays.
    Issued,
    /// On its way or handed over.
    Sent,
    /// The committee answered.
    Answered,
    /// Taken back, with a reason; its number stays used.
    Withdrawn,
}

impl TryFrom<String> for State {
    type Error = String;

    fn try_from(name: String) -> Result<Self, String> {
        Self::from_name(&name).ok_or(name)
    }
}

/// What is done to a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Step {
    /// Gives it a number and settles what it says.
    Issue,
    /// Sends it.
    Send,
    /// The committee confirms that it came.
    Receive,
    /// Asks for the reply once more.
    Remind,
    /// The committee answers.
    Answer,
    /// Takes it back.
    Withdraw,
}

impl State {
    /// All of them, in the order in which a letter goes through them.
    pub const ALL: [Self; 5] =
        [Self::Draft, Self::Issued, Self::Sent, Self::Answered, Self::Withdrawn];

    /// As the database keeps it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Issued => "issued",
            Self::Sent => "sent",
            Self::Answered => "answered",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// Its word in the catalogue.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Draft => "letters-state-draft",
            Self::Issued => "letters-state-issued",
            Self::Sent => "letters-state-sent",
            Self::Answered => "letters-state-answered",
            Self::Withdrawn => "letters-state-withdrawn",
        }
    }

    /// From what the database keeps.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }

    /// Where a step leads from here; `None` where it cannot be taken. A committee may answer a
    /// letter that nobody marked as sent: it has the letter in its hands.
    pub const fn after(self, step: Step) -> Option<Self> {
        match (self, step) {
            (Self::Draft, Step::Issue) => Some(Self::Issued),
            (Self::Issued, Step::Send) => Some(Self::Sent),
            (Self::Issued | Self::Sent, Step::Answer) => Some(Self::Answered),
            (Self::Issued | Self::Sent, Step::Receive) => Some(self),
            (Self::Sent, Step::Remind) => Some(Self::Sent),
            (Self::Draft | Self::Issued | Self::Sent | Self::Answered, Step::Withdraw) => {
                Some(Self::Withdrawn)
            }
            _ => None,
        }
    }

    /// Why a step cannot be taken from here.
    const fn refusal(self) -> &'static str {
        match self {
            Self::Draft => "letters-refused-draft",
            Self::Issued => "letters-refused-issued",
            Self::Sent => "letters-refused-sent",
            Self::Answered => "letters-refused-answered",
            Self::Withdrawn => "letters-refused-withdrawn",
        }
    }

    /// Whether the committee has it or will have it.
    pub const fn is_live(self) -> bool {
        matches!(self, Self::Issued | Self::Sent | Self::Answered)
    }
}

/// How a letter goes to the committee.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Handed over.
    Hand,
    /// By post.
    Post,
    /// By e-mail.
    Email,
    /// By courier.
    Courier,
}

impl Way {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Hand, Self::Post, Self::Email, Self::Courier];

    /// As the database keeps it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Hand => "hand",
            Self::Post => "post",
            Self::Email => "email",
            Self::Courier => "courier",
        }
    }

    /// Its word in the catalogue.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Hand => "letters-way-hand",
            Self::Post => "letters-way-post",
            Self::Email => "letters-way-email",
            Self::Courier => "letters-way-courier",
        }
    }

    /// From what a form sends or the database keeps.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.name() == name)
    }
}

/// What stands on every letter of the office.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct LetterSettings {
    /// What a letter's number begins with; up to 20 characters.
    pub prefix: String,
    /// Who signs; up to 60 characters.
    pub office: String,
    /// Whom a committee asks for; up to 30 characters.
    pub contact: String,
    /// Under which phone; up to 30 characters.
    pub phone: String,
    /// How long a committee's link opens, in days.
    pub link_days: i64,
    /// Counts the changes.
    pub version: i64,
}

/// Today, where the office is.
pub(crate) fn today() -> Date {
    Timestamp::now().to_zoned_datetime(TimeZone::system()).date()
}

/// A letter's number as it is written: prefix, year in tortoise-shell brackets, running number
/// (GB/T 9704-2012, 7.2.5).
pub fn reference(language: Language, prefix: &str, year: i64, number: i64) -> String {
    // Years and numbers of letters are not counted, so not grouped either.
    let arguments = [
        ("prefix", prefix.into()),
        ("year", year.to_string().into()),
        ("number", number.to_string().into()),
    ];
    language.text_with("letters-reference", &arguments)
}

/// Reads a line that must be filled in.
pub(crate) fn required_line(typed: &str, limit: u32) -> Result<String, Message> {
    let line = parse_line(typed, limit)?;
    if line.is_empty() { Err(Message::new("form-required")) } else { Ok(line) }
}

/// Reads several lines that must be filled in; their breaks stay.
fn required_lines(typed: &str, limit: u32) -> Result<String, Message> {
    let lines: Vec<String> = typed.lines().map(crate::text::normalize).collect();
    let text = lines.join("\n").trim().to_owned();
    if text.is_empty() {
        return Err(Message::new("form-required"));
    }
    if text.chars().count() > limit as usize {
        return Err(Message::new("form-too-long").with("limit", limit));
    }
    Ok(text)
}

/// How many days ago a day was; 0 for what is none.
pub(crate) fn days_since(day: &str) -> i64 {
    let day = day.parse::<Date>().ok();
    let days = day.and_then(|day| day.until(today()).ok()).map(|span| span.get_days());
    i64::from(days.unwrap_or(0))
}

/// Reads a day that is not in the future and not before another.
pub(crate) fn past_day(typed: &str, first: &str) -> Result<String, Message> {
    let day: Date = typed.trim().parse().map_err(|_| Message::new("committees-since-shape"))?;
    if day > today() {
        return Err(Message::new("committees-since-future"));
    }
    let day = day.to_string();
    if day.as_str() < first {
        return Err(Message::new("letters-day-before"));
    }
    Ok(day)
}

/// Which letters a person may see and change: all, or those that hold only members of their
/// branches, as JSON of the branches' ids.
pub(crate) fn seen(scope: &Scope) -> Option<String> {
    scope.branches().map(|branches| serde_json::json!(branches).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_goes_only_the_ways_that_a_letter_can_go() {
        use State::{Answered, Draft, Issued, Sent, Withdrawn};
        let steps =
            [Step::Issue, Step::Send, Step::Receive, Step::Remind, Step::Answer, Step::Withdraw];
        let table = [
            (Draft, [Some(Issued), None, None, None, None, Some(Withdrawn)]),
            (Issued, [None, Some(Sent), Some(Issued), None, Some(Answered), Some(Withdrawn)]),
            (Sent, [None, None, Some(Sent), Some(Sent), Some(Answered), Some(Withdrawn)]),
            (Answered, [None, None, None, None, None, Some(Withdrawn)]),
            (Withdrawn, [None; 6]),
        ];
        for (state, after) in table {
            assert_eq!(steps.map(|step| state.after(step)), after, "{state:?}");
            assert_eq!(State::from_name(state.name()), Some(state));
        }
    }

    #[test]
    fn a_number_is_written_as_offices_write_it() {
        for language in Language::ALL {
            assert_eq!(reference(language, "沪电党联", 2026, 1200), "沪电党联〔2026〕1200号");
        }
    }
}
