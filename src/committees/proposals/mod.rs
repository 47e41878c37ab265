//! What committees say that their own records should be: staff take it, field by field, or decline
//! it. Until then the record stays as it is.

mod pages;
pub mod store;

use serde_json::json;

use super::{Committee, CommitteeDetails, parse_line};
use crate::audit::{self, Action, Actor, Record};
use crate::db::{Connection, Result};
use crate::lang::Message;
use crate::needs::named;
use crate::web::Routes;

pub(super) fn routes(routes: Routes) -> Routes {
    pages::routes(routes)
}

named! {
    /// Where a proposal stands.
    State {
        /// Nobody decided yet.
        Open("open", "proposals-open"),
        /// Taken, or some of it.
        Accepted("accepted", "proposals-accepted"),
        /// Not taken, for a reason that was given.
        Declined("declined", "proposals-declined"),
        /// Taken back by the committee, or by its next one.
        Withdrawn("withdrawn", "proposals-withdrawn"),
    }
}

/// What is done with a proposal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Staff take it.
    Accept,
    /// Staff do not take it.
    Decline,
    /// The committee takes it back.
    Withdraw,
    /// Staff look at it again.
    Reopen,
}

impl State {
    /// Where a step leads; `None` where it cannot be taken.
    pub const fn after(self, step: Step) -> Option<Self> {
        match (self, step) {
            (Self::Open, Step::Accept) => Some(Self::Accepted),
            (Self::Open, Step::Decline) => Some(Self::Declined),
            (Self::Open, Step::Withdraw) => Some(Self::Withdrawn),
            (Self::Declined, Step::Reopen) => Some(Self::Open),
            _ => None,
        }
    }
}

/// A field that a committee may correct.
pub struct Part {
    /// Under which it is sent.
    pub name: &'static str,
    /// Its words in the catalogue.
    pub key: &'static str,
    /// The most characters.
    pub limit: u32,
    get: fn(&CommitteeDetails) -> &String,
    set: fn(&mut CommitteeDetails) -> &mut String,
}

/// All of them, in the order of the form.
pub const PARTS: [Part; 8] = [
    Part {
        name: "contact_person",
        key: "committees-contact",
        limit: 30,
        get: |details| &details.contact_person,
        set: |details| &mut details.contact_person,
    },
    Part {
        name: "phone",
        key: "committees-phone",
        limit: 30,
        get: |details| &details.phone,
        set: |details| &mut details.phone,
    },
    Part {
        name: "address",
        key: "committees-address",
        limit: 120,
        get: |details| &details.address,
        set: |details| &mut details.address,
    },
    Part {
        name: "head",
        key: "proposals-head",
        limit: 30,
        get: |details| &details.head,
        set: |details| &mut details.head,
    },
    Part {
        name: "party_name",
        key: "committees-party-name-full",
        limit: 60,
        get: |details| &details.party_name,
        set: |details| &mut details.party_name,
    },
    Part {
        name: "party_head",
        key: "committees-party-head-full",
        limit: 30,
        get: |details| &details.party_head,
        set: |details| &mut details.party_head,
    },
    Part {
        name: "party_address",
        key: "committees-party-address-full",
        limit: 120,
        get: |details| &details.party_address,
        set: |details| &mut details.party_address,
    },
    Part {
        name: "party_phone",
        key: "committees-party-phone-full",
        limit: 30,
        get: |details| &details.party_phone,
        set: |details| &mut details.party_phone,
    },
];

impl Part {
    /// What a record holds there.
    pub fn of<'a>(&self, details: &'a CommitteeDetails) -> &'a str {
        (self.get)(details)
    }

    /// Reads what was typed there.
    ///
    /// # Errors
    /// A message for the field.
    pub fn read(
        &self,
        details: &mut CommitteeDetails,
        typed: &str,
    ) -> std::result::Result<(), Message> {
        *(self.set)(details) = parse_line(typed, self.limit)?;
        Ok(())
    }
}

/// What a committee proposed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// `committee_proposals.id`.
    pub id: i64,
    /// `committees.id`.
    pub committee: i64,
    /// What was on record when it was written.
    pub before: CommitteeDetails,
    /// What it should be.
    pub proposed: CommitteeDetails,
    /// Who signed.
    pub by: String,
    /// When.
    pub at: String,
    /// Where it stands.
    pub state: State,
    /// When it was decided.
    pub decided_at: Option<String>,
    /// By whom; `None` when the committee took it back.
    pub decided_by: Option<String>,
    /// Why it was declined.
    pub because: String,
}

impl Proposal {
    /// The fields that it would change.
    pub fn parts(&self) -> impl Iterator<Item = &'static Part> {
        PARTS.iter().filter(|part| part.of(&self.before) != part.of(&self.proposed))
    }

    /// What a record would be with these fields of it.
    fn taken(&self, mut details: CommitteeDetails, names: &[String]) -> CommitteeDetails {
        for part in self.parts().filter(|part| names.iter().any(|name| name == part.name)) {
            *(part.set)(&mut details) = part.of(&self.proposed).to_owned();
        }
        details
    }
}

/// Keeps what a committee proposes, in the place of what still waits from it.
///
/// # Errors
/// When the database fails.
pub async fn propose(
    connection: &mut Connection,
    committee: &Committee,
    proposed: &CommitteeDetails,
    by: &str,
) -> Result<()> {
    store::withdraw(connection, committee.id).await?;
    store::insert(connection, committee, proposed, by).await?;
    let record = Record::Committee(committee.id);
    audit::record(connection, Actor::Committee, Action::DataProposed, record, json!({})).await
}

/// Takes back what still waits from a committee; whether anything did.
///
/// # Errors
/// When the database fails.
pub async fn take_back(connection: &mut Connection, committee: i64) -> Result<bool> {
    if !store::withdraw(connection, committee).await? {
        return Ok(false);
    }
    let (action, record) = (Action::ProposalWithdrawn, Record::Committee(committee));
    audit::record(connection, Actor::Committee, action, record, json!({})).await?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proposal_goes_only_the_ways_that_it_can_go() {
        use State::{Accepted, Declined, Open, Withdrawn};
        let steps = [Step::Accept, Step::Decline, Step::Withdraw, Step::Reopen];
        let table = [
            (Open, [Some(Accepted), Some(Declined), Some(Withdrawn), None]),
            (Accepted, [None; 4]),
            (Declined, [None, None, None, Some(Open)]),
            (Withdrawn, [None; 4]),
        ];
        assert_eq!(table.len(), State::ALL.len());
        for (state, after) in table {
            assert_eq!(steps.map(|step| state.after(step)), after, "{state:?}");
        }
    }

    #[test]
    fn only_what_was_ticked_of_what_was_changed_is_taken() {
        let mut proposed = CommitteeDetails::default();
        for part in &PARTS {
            part.read(&mut proposed, "１").unwrap();
            assert_eq!(part.of(&proposed), "1", "{}", part.name);
        }
        let proposal = Proposal {
            id: 1,
            committee: 1,
            before: CommitteeDetails { phone: "1".to_owned(), ..CommitteeDetails::default() },
            proposed,
            by: String::new(),
            at: String::new(),
            state: State::Open,
            decided_at: None,
            decided_by: None,
            because: String::new(),
        };
        assert_eq!(proposal.parts().count(), PARTS.len() - 1);
        let now = CommitteeDetails { phone: "2".to_owned(), ..CommitteeDetails::default() };
        let taken = proposal.taken(now, &["head".to_owned(), "phone".to_owned()]);
        assert_eq!((taken.head.as_str(), taken.phone.as_str()), ("1", "2"));
        assert_eq!(taken.address, "");
    }
}
