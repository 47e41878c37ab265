//! What a run would print: for each committee its letter, and the slips that are missing.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde_json::json;

use super::{MOST, store};
use crate::audit::{self, Action, Record};
use crate::checkins::{self, Shape};
use crate::db::{Connection, Result};
use crate::lang::Language;
use crate::letters::batch::{self, Wanted};
use crate::letters::store::{Addressee, Letter};
use crate::letters::{LetterSettings, issue, seen, store as letters, today};
use crate::web::Viewer;

/// Which committees get a packet, and what is in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Which {
    /// A district or sub-district, by its code; empty: anywhere.
    pub area: String,
    /// Only this committee.
    pub committee: Option<i64>,
    /// Only those of letters that were made together.
    pub batch: Option<i64>,
    /// Also what was printed before.
    pub again: bool,
}

/// What one committee's packet holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    /// To whom.
    pub to: Addressee,
    /// The letter, while it is to be printed.
    pub letter: Option<LetterPart>,
    /// How many slips are to be printed.
    pub slips: i64,
}

/// A letter that is to be printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LetterPart {
    /// There is none this year: it is written and issued.
    New,
    /// A draft: it is issued.
    Draft(i64),
    /// As it was issued.
    Issued(i64),
}

/// What a run would print, in the order of the committees' codes; committees for which nothing is
/// missing are left out.
pub(super) async fn plan(
    connection: &mut Connection,
    viewer: &Viewer,
    which: &Which,
) -> Result<Vec<Part>> {
    let wanted = Wanted { area: which.area.clone(), committee: which.committee, again: true };
    let mut addressees = wanted.addressees(connection, viewer).await?;
    if let Some(batch) = which.batch {
        let chosen: HashSet<i64> = store::of_batch(connection, batch).await?.into_iter().collect();
        addressees.retain(|to| chosen.contains(&to.id));
    }
    let branches = seen(&viewer.scope);
    let year = i64::from(today().year());
    let written = store::written(connection, year, branches.as_deref()).await?;
    let written: HashMap<i64, store::Written> =
        written.into_iter().map(|letter| (letter.committee_id, letter)).collect();
    let printed = if which.again {
        checkins::store::LastPrinted::Any
    } else {
        checkins::store::LastPrinted::Never
    };
    let missing = checkins::store::Wanted {
        branches,
        committee: which.committee,
        area: which.area.clone(),
        printed,
        ..Default::default()
    };
    let missing = checkins::store::missing_by_committee(connection, &missing).await?;
    let missing: HashMap<i64, i64> = missing.into_iter().collect();
    let part = |to: Addressee| Part {
        letter: match written.get(&to.id) {
            None => Some(LetterPart::New),
            Some(letter) if !letter.issued => Some(LetterPart::Draft(letter.letter_id)),
            Some(letter) if which.again || !letter.printed => {
                Some(LetterPart::Issued(letter.letter_id))
            }
            Some(_) => None,
        },
        slips: missing.get(&to.id).copied().unwrap_or(0),
        to,
    };
    let parts = addressees.into_iter().map(part);
    Ok(parts.filter(|part| part.letter.is_some() || part.slips > 0).collect())
}

/// Prints what a plan says, at most [`MOST`] packets of it: letters that are missing are written and
/// issued, slips are made. The packet's `id`, and how many committees it is for.
///
/// # Errors
/// When the database fails.
pub(super) async fn run(
    connection: &mut Connection,
    viewer: &Viewer,
    settings: &LetterSettings,
    which: &Which,
    shape: Shape,
) -> Result<Option<(i64, usize)>> {
    let mut parts = plan(connection, viewer, which).await?;
    parts.truncate(MOST);
    if parts.is_empty() {
        return Ok(None);
    }
    let fresh: Vec<i64> = parts
        .iter()
        .filter(|part| part.letter == Some(LetterPart::New))
        .map(|part| part.to.id)
        .collect();
    let mut letter_of: BTreeMap<i64, i64> = BTreeMap::new();
    if !fresh.is_empty() {
        let batch = batch::make(connection, viewer, Language::Chinese, &fresh).await?;
        let listed = letters::Listed { batch: Some(batch), ..Default::default() };
        for line in letters::lines(connection, &listed, -1).await? {
            letter_of.insert(line.committee_id, line.id);
        }
    }
    for part in &parts {
        if let Some(LetterPart::Draft(id) | LetterPart::Issued(id)) = part.letter {
            letter_of.insert(part.to.id, id);
        }
    }
    issue_drafts(connection, viewer, settings, &letter_of).await?;
    let printed: Vec<i64> = letter_of.values().copied().collect();
    store::mark_printed(connection, &printed).await?;
    let committees: Vec<i64> =
        parts.iter().filter(|part| part.slips > 0).map(|part| part.to.id).collect();
    let slips =
        checkins::print_missing(connection, viewer, &committees, shape, which.again).await?;
    let kept: Vec<(i64, Option<i64>)> =
        parts.iter().map(|part| (part.to.id, letter_of.get(&part.to.id).copied())).collect();
    let actor = viewer.into();
    let id = store::insert(connection, actor, &kept, slips.map(|slips| slips.batch)).await?;
    let detail = json!({ "packets": kept.len() });
    let record = match kept.as_slice() {
        [(only, _)] => Record::Committee(*only),
        _ => Record::None,
    };
    audit::record(connection, actor, Action::PacketsPrinted, record, detail).await?;
    Ok(Some((id, kept.len())))
}

async fn issue_drafts(
    connection: &mut Connection,
    viewer: &Viewer,
    settings: &LetterSettings,
    letter_of: &BTreeMap<i64, i64>,
) -> Result<()> {
    let mut drafts: Vec<Letter> = Vec::new();
    let mut ids: Vec<i64> = letter_of.values().copied().collect();
    ids.sort_unstable();
    for id in ids {
        let letter = letters::letter(connection, id, None).await?;
        drafts.extend(letter.filter(|letter| letter.state == crate::letters::State::Draft));
    }
    issue::issue(connection, viewer.into(), settings, &drafts).await?;
    Ok(())
}
