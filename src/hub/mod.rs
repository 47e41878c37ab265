//! A committee's own page, `/c/{token}` and the parts below it: reached by the link on its letter,
//! without an account, on a phone first. What it shows and changes is that committee's alone.
//!
//! The letter itself and its answer are [`letters`](crate::letters)'.

mod data_pages;
mod feedback_pages;
mod form_pages;
mod need_pages;
mod offer_pages;
mod own_parts;
mod part_pages;
mod sections;
mod store;
mod team_pages;
mod uses;

pub use sections::{Section, sections};
pub use uses::Uses;

use serde_json::json;

use crate::app::App;
use crate::audit::{self, Action, Actor, Record};
use crate::committees::{self, Committee};
use crate::db::Connection;
use crate::letters::{self, store::Letter};
use crate::needs::parse_required;
use crate::web::forms::{Field, Problems};
use crate::web::{Page, Result, Routes};

/// The routes of this feature.
pub fn routes(routes: Routes) -> Routes {
    let routes = team_pages::routes(need_pages::routes(offer_pages::routes(routes)));
    let routes = part_pages::routes(data_pages::routes(routes));
    form_pages::routes(feedback_pages::routes(routes))
}

/// The most characters of the name of who signs.
const LONGEST_SIGNER: u32 = 30;

/// The parts of a committee's page, with their words.
const PARTS: [(&str, &str); 7] = [
    ("forms", "hub-forms"),
    ("offers", "hub-offers"),
    ("teams", "teams"),
    ("needs", "hub-needs"),
    ("parts", "hub-parts"),
    ("feedback", "hub-feedback"),
    ("data", "hub-data"),
];

/// The words for a part of a committee's page, as the log names it.
pub(crate) fn part_key(part: &str) -> Option<&'static str> {
    PARTS.iter().find(|(name, _)| *name == part).map(|(_, key)| *key)
}

/// What a link opens: one committee's page.
#[derive(Debug)]
struct Door {
    token: String,
    committee: Committee,
    /// Who signed last; empty for nobody yet.
    signer: String,
    /// Whom to ask at the office, and under which phone.
    office: [String; 3],
}

impl Door {
    /// What a link opens; `None` for one that does not, and when the committee became part of
    /// another: whom that one may know is not this link's to tell.
    async fn open(app: &App, token: &str) -> Result<Option<Self>> {
        let Some(letter) = letters::opened(app, token).await? else { return Ok(None) };
        let mut connection = app.db.read().await?;
        Self::of(&mut connection, token, &letter).await
    }

    async fn of(connection: &mut Connection, token: &str, letter: &Letter) -> Result<Option<Self>> {
        let committee = committees::store::committee(connection, letter.committee_id).await?;
        let Some(committee) = committee.filter(|found| found.merged_into.is_none()) else {
            return Ok(None);
        };
        let signer = letters::signer(connection, token, letter).await?;
        let signer =
            if signer.is_empty() { committee.details.contact_person.clone() } else { signer };
        let office = letter.content()?.map_or_else(Default::default, |content| {
            [content.office, content.contact, content.phone]
        });
        Ok(Some(Self { token: token.to_owned(), committee, signer, office }))
    }

    /// Opens a part of the page to be looked at, and writes so into the log.
    async fn look(app: &App, token: &str, part: &'static str) -> Result<Option<Self>> {
        let door = Self::open(app, token).await?;
        if let Some(door) = &door {
            let (action, detail) = (Action::CommitteePageOpened, json!({ "part": part }));
            let mut write = app.db.write().await?;
            audit::record(&mut write, Actor::Committee, action, door.record(), detail).await?;
            write.commit().await?;
        }
        Ok(door)
    }

    fn record(&self) -> Record {
        Record::Committee(self.committee.id)
    }

    /// The address of a part of the page.
    fn at(&self, part: &str) -> String {
        format!("/c/{}/{part}", self.token)
    }
}

/// The field for who signs: typed once, then it stands there.
fn signer_field(page: &Page, typed: &str, problems: &Problems) -> Field {
    Field::new(page, "by", "letters-your-name")
        .value(typed)
        .limit(LONGEST_SIGNER)
        .kind("text", "name")
        .required()
        .check(page, problems)
}

/// Who signs, and that is remembered.
async fn signed(
    connection: &mut Connection,
    door: &Door,
    typed: &str,
    problems: &mut Problems,
) -> Result<Option<String>> {
    let by = problems.check("by", parse_required(typed, LONGEST_SIGNER));
    if let Some(by) = &by
        && problems.is_empty()
    {
        letters::signed(connection, &door.token, by).await?;
    }
    Ok(by)
}
