//! Taking a merge back, and what the kept record's page says of it.

use axum::extract::{Path, State};
use axum_extra::extract::Form;
use jiff::Timestamp;

use super::store::{self, Merge};
use super::{Undone, undo};
use crate::app::App;
use crate::db::Connection;
use crate::members::register_pages::own;
use crate::members::{EmployeeNumber, kept_since};
use crate::web::{
    Error, FormToken, Notice, Page, Permission, Result, Routes, Viewer, already_answered,
    remember_answer, see_other,
};

pub(super) fn routes(routes: Routes) -> Routes {
    routes.post("/members/{id}/merges/{merge}/undo", Permission::ChangeMembers, take_back)
}

/// A record that was merged into another, as pages tell of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merged {
    /// `member_merges.id`.
    pub id: i64,
    /// The record that stayed.
    pub kept_id: i64,
    /// The record that was merged into it.
    pub gone_id: i64,
    /// Its name, number and address; empty once they are erased.
    pub gone: String,
    /// When, in words.
    pub at: String,
    /// Whether it can be taken back.
    pub can_be_undone: bool,
    /// Whether it was.
    pub undone: bool,
}

impl Merged {
    /// A merge in words.
    ///
    /// # Errors
    /// When the database holds no such record.
    pub fn of(page: &Page, merge: &Merge) -> Result<Self> {
        let gone = merge.gone_before()?.map_or_else(String::new, |gone| {
            let number = gone.number.as_ref().map(EmployeeNumber::as_str);
            let words = [gone.name.as_str()].into_iter().chain(number);
            words.chain([gone.address.as_str()]).collect::<Vec<_>>().join(" · ")
        });
        Ok(Self {
            id: merge.id,
            kept_id: merge.kept_id,
            gone_id: merge.gone_id,
            gone,
            at: page.time(&merge.at),
            can_be_undone: merge.can_be_undone(&kept_since(Timestamp::now())),
            undone: merge.undone_at.is_some(),
        })
    }
}

/// What was merged into a record and can be taken back, the latest first.
///
/// # Errors
/// When the database fails.
pub async fn undoable(connection: &mut Connection, page: &Page, kept: i64) -> Result<Vec<Merged>> {
    let merges = store::merges_into(connection, kept).await?;
    let merged: Result<Vec<Merged>> = merges.iter().map(|merge| Merged::of(page, merge)).collect();
    Ok(merged?.into_iter().filter(|merged| merged.can_be_undone).collect())
}

async fn take_back(
    State(app): State<App>,
    viewer: Viewer,
    Path((id, merge)): Path<(i64, i64)>,
    Form(form): Form<FormToken>,
) -> Result {
    let mut write = app.db.write().await?;
    if let Some(location) = already_answered(&mut write, &form.form).await? {
        return Ok(see_other(&location));
    }
    let merge = store::merge(&mut write, merge).await?.ok_or(Error::NotFound)?;
    if merge.kept_id != id {
        return Err(Error::NotFound);
    }
    let kept = own(&mut write, &viewer, id).await?;
    if !merge.can_be_undone(&kept_since(Timestamp::now())) {
        return Err(Error::Conflict);
    }
    let gone = own(&mut write, &viewer, merge.gone_id).await?;
    let location = format!("/members/{id}");
    if let Some(into) = kept.merged_into {
        let name = kept.details.name.as_str();
        let place = format!("/members/{into}");
        return Ok(Notice::see_other(&place, "notice-merge-later-first-warning", name));
    }
    let undone = undo(&mut write, (&viewer).into(), &merge, &kept, &gone).await?;
    let (key, name) = match undone {
        Undone::Both => ("notice-merge-undone", gone.details.name.as_str().to_owned()),
        Undone::GoneOnly => {
            ("notice-merge-undone-partly-warning", gone.details.name.as_str().to_owned())
        }
        Undone::NumberTaken(number) => {
            return Ok(Notice::see_other(&location, "notice-merge-number-taken-warning", &number));
        }
    };
    remember_answer(&mut write, &form.form, &location).await?;
    write.commit().await?;
    Ok(Notice::see_other(&location, key, &name))
}
