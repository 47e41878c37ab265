//! One click for a member who lives where no committee is set up: a host, the committee that is set
//! up by now, or that it is none of the new ones.

use axum::extract::State;
use axum_extra::extract::Form;
use serde::Deserialize;
use serde_json::json;

use super::unattached_pages::ListQuery;
use super::unattached_store as store;
use crate::app::App;
use crate::audit::{self, Action, Actor, Record};
use crate::committees;
use crate::db::Connection;
use crate::members::store::Cause;
use crate::members::{Home, MemberDetails, registry};
use crate::web::{
    Notice, Permission, Result, Routes, Viewer, already_answered, remember_answer, see_other,
};

pub(super) fn routes(routes: Routes) -> Routes {
    routes.post("/addresses/unattached", Permission::ChangeMembers, settle)
}

/// What a button says of a member.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Says {
    /// This committee is their host.
    Host(i64),
    /// They live in this committee's area.
    Home(i64),
    /// What was set up is not theirs.
    Neither,
}

/// What a button says, of this member (`members.id`), at this version of the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Settlement {
    pub member: i64,
    pub version: i64,
    pub says: Says,
}

impl Settlement {
    /// `12:3:host:4`, `12:3:home:4` or `12:3:neither:`.
    pub(super) fn text(self) -> String {
        let (what, committee) = match self.says {
            Says::Host(id) => ("host", id.to_string()),
            Says::Home(id) => ("home", id.to_string()),
            Says::Neither => ("neither", String::new()),
        };
        format!("{}:{}:{what}:{committee}", self.member, self.version)
    }

    fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split(':');
        let (member, version) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        let (what, committee) = (parts.next()?, parts.next()?.parse().ok());
        let says = match (what, committee) {
            ("host", Some(id)) => Says::Host(id),
            ("home", Some(id)) => Says::Home(id),
            ("neither", None) => Says::Neither,
            _ => return None,
        };
        Some(Self { member, version, says })
    }
}

/// A button settles one member.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct SettleForm {
    form: String,
    one: String,
    /// `member`: back to their record.
    from: String,
    district: String,
    branch: String,
    which: String,
    after: Option<i64>,
}

async fn settle(State(app): State<App>, viewer: Viewer, Form(form): Form<SettleForm>) -> Result {
    let mut write = app.db.write().await?;
    if let Some(location) = already_answered(&mut write, &form.form).await? {
        return Ok(see_other(&location));
    }
    let settlement = Settlement::parse(&form.one);
    let query =
        ListQuery { district: form.district, branch: form.branch, which: form.which, after: None };
    let back = match settlement {
        Some(settlement) if form.from == "member" => format!("/members/{}", settlement.member),
        _ => query.url(form.after),
    };
    let Some(settlement) = settlement else { return Ok(see_other(&back)) };
    let notice = match settle_one(&mut write, &viewer, settlement).await? {
        Settled::Done(name) => {
            remember_answer(&mut write, &form.form, &back).await?;
            write.commit().await?;
            let key = match settlement.says {
                Says::Host(_) => "notice-host-given",
                Says::Home(_) => "notice-settled",
                Says::Neither => "notice-not-theirs",
            };
            Notice::see_other(&back, key, &name)
        }
        Settled::ChangedSince(name) => {
            Notice::see_other(&back, "notice-not-settled-warning", &name)
        }
        Settled::NotTheirs => see_other(&back),
    };
    Ok(notice)
}

/// What became of a settlement.
enum Settled {
    /// The record says so now; the member's name.
    Done(String),
    /// The record was changed meanwhile, and stays as it is; the member's name.
    ChangedSince(String),
    /// There is no such member whom the viewer may change.
    NotTheirs,
}

async fn settle_one(
    connection: &mut Connection,
    viewer: &Viewer,
    settlement: Settlement,
) -> Result<Settled> {
    let member = crate::members::store::member(connection, settlement.member).await?;
    let Some(member) = member.filter(|member| viewer.scope.covers(member.details.branch)) else {
        return Ok(Settled::NotTheirs);
    };
    let name = member.details.name.as_str().to_owned();
    let waits = member.removed_at.is_none() && matches!(member.details.home, Home::Unattached(_));
    if !waits || member.version != settlement.version {
        return Ok(Settled::ChangedSince(name));
    }
    let actor = Actor::from(viewer);
    let home = match settlement.says {
        Says::Neither => {
            store::looked(connection, member.id).await?;
            let record = Record::Member(member.id);
            let action = Action::NewCommitteeNotTheirs;
            audit::record(connection, actor, action, record, json!({})).await?;
            return Ok(Settled::Done(name));
        }
        Says::Host(id) | Says::Home(id) => {
            match (committees::store::in_use(connection, id).await?, settlement.says) {
                (Some(id), Says::Host(_)) => Home::Unattached(Some(id)),
                (Some(id), _) => Home::Committee(id),
                (None, _) => return Ok(Settled::ChangedSince(name)),
            }
        }
    };
    let details = MemberDetails { home, ..member.details.clone() };
    registry::change(connection, actor, &member, &details, Cause::Settled).await?;
    Ok(Settled::Done(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_button_says_what_it_said() {
        for says in [Says::Host(4), Says::Home(4), Says::Neither] {
            let settlement = Settlement { member: 12, version: 3, says };
            assert_eq!(Settlement::parse(&settlement.text()), Some(settlement));
        }
        for text in ["", "12:3:host:", "12:3:neither:4", "12:x:home:4", "12:3:move:4"] {
            assert_eq!(Settlement::parse(text), None, "{text}");
        }
    }
}
