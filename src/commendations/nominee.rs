//! A member nominated in a call, and what the branch decided.

use serde::{Deserialize, Serialize};

use super::State;
use crate::web::{Fact, Page};

/// What a body of the branch decided.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// The body's name.
    pub by: String,
    /// The day (`2026-01-31`).
    pub on: String,
    /// How many said yes.
    pub votes_for: i64,
    /// How many said no.
    pub votes_against: i64,
    /// How many said neither.
    pub votes_abstained: i64,
}

/// What its history keeps of a nomination.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Before {
    /// [`State::name`].
    pub state: String,
    pub reason: String,
    pub although: String,
    pub decision: Option<Decision>,
    /// `yes`, `no`, or empty while the member was not asked.
    pub publishing: String,
    pub publishing_on: String,
}

impl Before {
    /// In words.
    pub fn facts(&self, page: &Page) -> [Fact; 7] {
        let decision = self.decision.clone().unwrap_or_default();
        let state = State::from_name(&self.state).map_or("", |state| page.t(state.key()));
        let day = |day: &str| if day.is_empty() { String::new() } else { page.date(day) };
        [
            ("commendations-state", state.to_owned()),
            ("commendations-reason", self.reason.clone()),
            ("commendations-although", self.although.clone()),
            ("commendations-body", decision.by.clone()),
            ("commendations-decided-on", day(&decision.on)),
            (
                "commendations-votes",
                self.decision.as_ref().map_or_else(String::new, |d| d.votes(page)),
            ),
            ("commendations-publishing", publishing(page, &self.publishing, &self.publishing_on)),
        ]
        .map(|(key, text)| Fact { label: page.t(key), text })
    }
}

impl Decision {
    /// The votes in words.
    pub fn votes(&self, page: &Page) -> String {
        let arguments = [
            ("yes", self.votes_for.into()),
            ("no", self.votes_against.into()),
            ("neither", self.votes_abstained.into()),
        ];
        page.language().text_with("commendations-votes-words", &arguments)
    }
}

/// Whether the member agrees that the workplace reads of it, in words.
pub(super) fn publishing(page: &Page, agreed: &str, on: &str) -> String {
    let key = match agreed {
        "yes" => "commendations-agreed-since",
        "no" => "commendations-refused-since",
        _ => return String::new(),
    };
    page.t1(key, "day", page.date(on))
}

/// A nomination, with the member as they are now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Nominee {
    /// `commendations.id`.
    pub id: i64,
    /// `commendation_calls.id`.
    pub call_id: i64,
    /// `members.id`; of a record that was merged away, the one that stayed.
    pub member_id: i64,
    /// The name.
    pub name: String,
    /// The employee number, or empty.
    pub number: String,
    /// The branch (`branches.id`).
    pub branch_id: Option<i64>,
    /// The branch's name: while nothing is decided that of now, then that of the day.
    pub branch: String,
    /// The member's place in the phone book.
    pub sort_key: i64,
    /// Whether the record is live.
    pub live: bool,
    /// Where it stands.
    pub state: State,
    /// For what.
    pub reason: String,
    /// Why all the same; empty for a nominee who met the figures.
    pub although: String,
    /// What was decided.
    pub decision: Option<Decision>,
    /// `yes` or `no`; empty while the member was not asked.
    pub publishing: String,
    /// Since which day.
    pub publishing_on: String,
    /// Counts the changes.
    pub version: i64,
}

impl Nominee {
    /// As its history keeps it.
    pub(super) fn as_before(&self) -> Before {
        Before {
            state: self.state.name().to_owned(),
            reason: self.reason.clone(),
            although: self.although.clone(),
            decision: self.decision.clone(),
            publishing: self.publishing.clone(),
            publishing_on: self.publishing_on.clone(),
        }
    }

    /// Whether the workplace may read of it.
    pub fn is_published(&self) -> bool {
        self.live && self.state == State::Granted && self.publishing == "yes"
    }
}
