//! Letters that are made together: one draft a committee, in one transaction.

use serde_json::json;

use super::store::{self, Addressee, Addressees, NewLetter};
use super::{seen, today};
use crate::audit::{self, Action, Record};
use crate::db::{Connection, Result};
use crate::lang::Language;
use crate::web::Viewer;

/// Which committees get a letter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Wanted {
    /// A district or sub-district, by its code; empty: anywhere.
    pub area: String,
    /// Only this committee.
    pub committee: Option<i64>,
    /// Also those that have a letter of this year already.
    pub again: bool,
}

impl Wanted {
    /// The committees that fit, with the members whom this viewer may pass on. A member of staff
    /// passes on members of their branches only, and a committee is due while no letter of the
    /// year holds members of those; for the whole office, while it has none at all.
    pub(super) async fn addressees(
        &self,
        connection: &mut Connection,
        viewer: &Viewer,
    ) -> Result<Vec<Addressee>> {
        let which = Addressees {
            branches: seen(&viewer.scope),
            area: self.area.clone(),
            committee: self.committee,
            year: (!self.again).then(|| i64::from(today().year())),
        };
        store::addressees(connection, &which).await
    }
}

/// Makes a draft for each of these committees; the batch's `id`.
///
/// # Errors
/// When the database fails.
pub(super) async fn make(
    connection: &mut Connection,
    viewer: &Viewer,
    language: Language,
    committees: &[i64],
) -> Result<i64> {
    let batch = store::insert_batch(connection, Some(viewer.account_id)).await?;
    for committee in committees {
        let new = NewLetter {
            batch,
            committee: *committee,
            language,
            branches: viewer.scope.branches(),
            year: today().year().into(),
            account: Some(viewer.account_id),
        };
        store::insert(connection, new).await?;
    }
    let detail = json!({ "letters": committees.len(), "batch": batch });
    audit::record(connection, viewer.into(), Action::LettersMade, Record::None, detail).await?;
    Ok(batch)
}
