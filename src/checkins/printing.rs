//! Printing slips: of those who have not checked in, a sheet a committee.

use std::collections::BTreeMap;

use serde_json::json;

use super::store::{self, LastPrinted, Missing, NewSheet, Wanted};
use super::{Shape, seen};
use crate::audit::{self, Action, Record};
use crate::committees;
use crate::db::{Connection, Result};
use crate::lang::Language;
use crate::letters;
use crate::web::Viewer;

/// The most slips that are printed at once.
pub(super) const MOST: i64 = 5000;

/// What was printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Printed {
    /// The sheets' batch.
    pub batch: i64,
    /// How many slips.
    pub slips: usize,
}

/// Prints what is missing at a committee: slips for those who live there, have no receipt, and for
/// whom none was printed yet; `None` when nothing is.
///
/// # Errors
/// When the database fails.
pub async fn print_missing(
    connection: &mut Connection,
    viewer: &Viewer,
    committees: &[i64],
    shape: Shape,
    again: bool,
) -> Result<Option<Printed>> {
    let mut members = Vec::new();
    for committee in committees {
        let wanted = Wanted {
            branches: seen(&viewer.scope),
            committee: Some(*committee),
            printed: if again { LastPrinted::Any } else { LastPrinted::Never },
            ..Wanted::default()
        };
        members.extend(store::missing(connection, &wanted, MOST).await?);
    }
    print(connection, viewer, &members, shape).await
}

/// Prints slips for these members, a sheet for each committee of them; `None` for nobody, and while
/// it is not known who signs.
///
/// # Errors
/// When the database fails.
pub(super) async fn print(
    connection: &mut Connection,
    viewer: &Viewer,
    members: &[Missing],
    shape: Shape,
) -> Result<Option<Printed>> {
    let Some(settings) = letters::store::settings(connection).await? else { return Ok(None) };
    let mut at: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
    for member in members {
        at.entry(member.committee_id).or_default().push(member.id);
    }
    let mut batch = None;
    let mut slips = 0;
    for (committee, members) in at {
        let Some(committee) = committees::store::committee(connection, committee).await? else {
            continue;
        };
        let new = NewSheet {
            batch,
            shape,
            // Papers for committees are Chinese, whatever the clerk reads.
            language: Language::Chinese,
            committee: &committee,
            settings: &settings,
            members: &members,
        };
        let id = store::insert(connection, viewer.into(), new).await?;
        batch.get_or_insert(id);
        slips += members.len();
    }
    let Some(batch) = batch else { return Ok(None) };
    let detail = json!({ "slips": slips });
    audit::record(connection, viewer.into(), Action::SlipsPrinted, Record::None, detail).await?;
    Ok(Some(Printed { batch, slips }))
}
