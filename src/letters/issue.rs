//! Issuing: a draft gets its number, and what it says is settled.

use serde_json::json;

use super::content::{Content, Particulars};
use super::sheet::Sheet;
use super::store::{self, Issued, Letter, MemberLine};
use super::text::{Text, default_text};
use super::{LetterSettings, State, Step, reference, today};
use crate::audit::{self, Action, Actor, Record};
use crate::committees::{self, Committee};
use crate::db::{Connection, Result};
use crate::lang::Language;

/// The office's text of a letter, or else the one that comes with the program.
pub(super) async fn text(connection: &mut Connection, language: Language) -> Result<Text> {
    let kept = store::template(connection, language).await?;
    let text = kept.map_or_else(|| default_text(language), |(text, _)| text);
    // Only what can be read is kept.
    Text::parse(&text).map_err(|message| sqlx::Error::Decode(message.key().into()))
}

/// What a draft would say today.
pub(super) struct Prospect {
    /// To whom.
    pub committee: Committee,
    /// Whom it would pass on.
    pub members: Vec<MemberLine>,
    /// How many it would leave out.
    pub withheld: i64,
}

impl Prospect {
    /// Of a draft; `None` when its committee is gone.
    pub(super) async fn of(connection: &mut Connection, letter: &Letter) -> Result<Option<Self>> {
        let id = committees::store::in_use(connection, letter.committee_id).await?;
        let id = id.unwrap_or(letter.committee_id);
        let Some(committee) = committees::store::committee(connection, id).await? else {
            return Ok(None);
        };
        let branches = store::branches_of(connection, letter.id).await?;
        Ok(Some(Self {
            members: store::known_at(connection, id, branches.as_deref()).await?,
            withheld: store::unknown_at(connection, id, branches.as_deref()).await?,
            committee,
        }))
    }

    /// As a letter of this number.
    pub(super) fn content(
        &self,
        text: &Text,
        language: Language,
        settings: &LetterSettings,
        reference: &str,
    ) -> Content {
        let day = today().to_string();
        let (count, withheld) = (self.members.len(), self.withheld);
        let particulars = Particulars { reference, day: &day, count, withheld };
        Content::write(text, language, &self.committee, settings, particulars)
    }
}

/// The letter as it stands on paper; a draft as it would today. `None` while nobody said what
/// stands on every letter.
pub(super) async fn sheet(connection: &mut Connection, letter: &Letter) -> Result<Option<Sheet>> {
    let language = letter.language();
    if let Some(content) = letter.content()? {
        let members = store::members_of(connection, letter.id).await?;
        let day = letter.issued_on.as_deref().unwrap_or_default();
        let withheld = letter.withheld;
        let sheet = Sheet::new(language, &letter.reference, day, content, members, withheld);
        return Ok(Some(sheet));
    }
    let Some(settings) = store::settings(connection).await? else { return Ok(None) };
    let Some(prospect) = Prospect::of(connection, letter).await? else { return Ok(None) };
    let text = text(connection, language).await?;
    let pending = language.text("letters-number-pending");
    let content = prospect.content(&text, language, &settings, pending);
    let day = today().to_string();
    Ok(Some(Sheet::new(language, "", &day, content, prospect.members, prospect.withheld)))
}

/// What became of drafts that were to be issued.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Outcome {
    /// How many have a number now.
    pub issued: usize,
    /// How many are no drafts (any more).
    pub refused: usize,
    /// How many stayed drafts, since nobody there stands to be known any more.
    pub empty: usize,
}

/// Issues drafts in this order. Numbers are taken inside the caller's write transaction, so that
/// two clerks get no number twice and leave none out. A letter holds whom it may hold at this
/// moment: who withdrew since the draft was made is not in it.
///
/// # Errors
/// When the database fails.
pub(super) async fn issue(
    connection: &mut Connection,
    actor: Actor,
    settings: &LetterSettings,
    letters: &[Letter],
) -> Result<Outcome> {
    let mut outcome = Outcome::default();
    let today = today();
    let (year, day) = (i64::from(today.year()), today.to_string());
    let mut number = store::next_number(connection, year).await?;
    for letter in letters {
        if letter.state.after(Step::Issue) != Some(State::Issued) {
            outcome.refused += 1;
            continue;
        }
        let prospect = Prospect::of(connection, letter).await?;
        let Some(prospect) = prospect.filter(|prospect| !prospect.members.is_empty()) else {
            outcome.empty += 1;
            continue;
        };
        let language = letter.language();
        let reference = reference(language, &settings.prefix, year, number);
        let text = text(connection, language).await?;
        let content = prospect.content(&text, language, settings, &reference);
        let issued = Issued {
            committee: prospect.committee.id,
            year,
            number,
            reference: &reference,
            content: &content,
            withheld: prospect.withheld,
            day: &day,
        };
        store::issue(connection, letter.id, issued, &prospect.members).await?;
        let detail = json!({ "members": prospect.members.len() });
        let record = Record::Letter(letter.id);
        audit::record(connection, actor, Action::LetterIssued, record, detail).await?;
        number += 1;
        outcome.issued += 1;
    }
    Ok(outcome)
}
