//! Contacts with committees besides letters: a visit, a call, a member who asked for work and what
//! they got. They stand with the letters in one line, the liaison ledger 联络台账.

mod edit_pages;
mod form;
mod ledger;
mod ledger_pages;
pub mod registry;
pub mod store;

use crate::needs::named;
use crate::web::{Fact, Page, Routes};

/// The routes of this feature.
pub fn routes(routes: Routes) -> Routes {
    edit_pages::routes(ledger_pages::routes(routes))
}

/// The longest words, promise and outcome, in characters.
pub const LONGEST: u32 = 300;
/// The longest name of who was spoken to.
pub const LONGEST_NAME: u32 = 30;

named! {
    /// What kind of contact.
    Kind {
        /// 走访.
        Visit("visit", "contacts-visit"),
        /// 电话.
        Call("call", "contacts-call"),
        /// 信息.
        Message("message", "contacts-message"),
        /// A member asked for work.
        Asked("asked", "contacts-asked"),
    }
}

/// What is kept of a contact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContactDetails {
    /// What kind.
    pub kind: Kind,
    /// Its day.
    pub day: String,
    /// With which committee (`committees.id`); `None` only of a member who has none.
    pub committee: Option<i64>,
    /// Who asked for work (`members.id`); only and always of [`Kind::Asked`].
    pub member: Option<i64>,
    /// Who was spoken to there, or empty.
    pub person: String,
    /// What it was about.
    pub words: String,
    /// What was promised, or empty.
    pub promised: String,
    /// Until when.
    pub due: Option<String>,
    /// What came of it; empty: nothing yet.
    pub outcome: String,
}

impl ContactDetails {
    /// What a contact says, in words; `committee` and `member` are what they are called.
    fn facts(&self, page: &Page, committee: &str, member: &str) -> Vec<Fact> {
        let due = self.due.as_deref().map_or_else(String::new, |day| page.date(day));
        let facts = [
            ("contacts-kind", page.t(self.kind.key()).to_owned()),
            ("contacts-day", page.date(&self.day)),
            ("members-committee", committee.to_owned()),
            ("contacts-member", member.to_owned()),
            ("contacts-person", self.person.clone()),
            ("contacts-words", self.words.clone()),
            ("contacts-promised", self.promised.clone()),
            ("contacts-due", due),
            ("contacts-outcome", self.outcome.clone()),
        ];
        facts.into_iter().map(|(key, text)| Fact { label: page.t(key), text }).collect()
    }
}
