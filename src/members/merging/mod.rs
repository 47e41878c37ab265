//! Making two records of one person one, and taking that back.
//!
//! A clerk says that both are of one person; Linli never does by itself (domain: "Namesakes are
//! common"). The record that is merged away keeps its row as it was, out of lists and search, so
//! that it comes back whole; after [`BIN_DAYS`](super::BIN_DAYS) it is erased, and only the fact
//! stays.

mod choose_pages;
mod compare_pages;
pub mod store;
mod undo_pages;

use serde_json::json;

use super::store::{self as members, Cause};
use super::{Home, Member, MemberDetails, registry, search};
use crate::activities::cards::store as cards;
use crate::activities::people::store as participations;
use crate::audit::{self, Action, Actor, Record};
use crate::checkins;
use crate::contacts;
use crate::db::{Connection, Result};
use crate::meetings::attendance::store as attendances;
use crate::reviews;
use crate::surveys;
use crate::web::Routes;

use store::Merge;
pub use undo_pages::{Merged, undoable};

pub(super) fn routes(routes: Routes) -> Routes {
    undo_pages::routes(compare_pages::routes(choose_pages::routes(routes)))
}

/// From which of two records a field is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Source {
    /// The one that stays.
    #[default]
    Kept,
    /// The one that is merged into it.
    Gone,
    /// From both, united; only of skills.
    Both,
}

impl Source {
    /// As the form sends it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Gone => "gone",
            Self::Both => "both",
        }
    }

    /// From what the form sent.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Kept, Self::Gone, Self::Both].into_iter().find(|source| source.name() == name)
    }
}

/// A field that is chosen as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// 姓名.
    Name,
    /// 工号.
    Number,
    /// 所属支部.
    Branch,
    /// 手机.
    Phone,
    /// 住址.
    Address,
    /// 居委会, with the host committee.
    Home,
    /// 个人专长.
    Skills,
    /// 亮明身份.
    Standing,
}

impl Part {
    /// All of them, in the order of the form.
    pub const ALL: [Self; 8] = [
        Self::Name,
        Self::Number,
        Self::Branch,
        Self::Phone,
        Self::Address,
        Self::Home,
        Self::Skills,
        Self::Standing,
    ];

    /// As the form names it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Number => "number",
            Self::Branch => "branch",
            Self::Phone => "phone",
            Self::Address => "address",
            Self::Home => "committee",
            Self::Skills => "skills",
            Self::Standing => "agreed",
        }
    }

    /// Whether two records differ in it.
    pub fn differs(self, one: &MemberDetails, other: &MemberDetails) -> bool {
        registry::changed_fields(one, other).contains(&self.name())
    }
}

/// From where each field is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Choices([Source; Part::ALL.len()]);

impl Choices {
    /// From where a field is taken.
    pub fn of(self, part: Part) -> Source {
        self.0[part as usize]
    }

    /// With another choice for a field.
    #[must_use]
    pub fn with(mut self, part: Part, source: Source) -> Self {
        self.0[part as usize] = source;
        self
    }

    /// What a clerk would mostly choose: what is filled in before what is not, else what is newer.
    /// The committee goes with its address, skills are united, and whether the committee may know
    /// them is what was written last: it may have been withdrawn.
    pub fn suggested(kept: &Member, gone: &Member) -> Self {
        let newer = if gone.updated_at > kept.updated_at { Source::Gone } else { Source::Kept };
        let filled = |kept: bool, gone: bool| match (kept, gone) {
            (true, false) => Source::Kept,
            (false, true) => Source::Gone,
            _ => newer,
        };
        let (one, other) = (&kept.details, &gone.details);
        let home = if Part::Address.differs(one, other) {
            newer
        } else {
            filled(one.home != Home::Unsettled, other.home != Home::Unsettled)
        };
        let skills = match (one.skills.is_empty(), other.skills.is_empty()) {
            (false, true) => Source::Kept,
            (true, false) => Source::Gone,
            _ => Source::Both,
        };
        Self::default()
            .with(Part::Name, newer)
            .with(Part::Number, filled(one.number.is_some(), other.number.is_some()))
            .with(Part::Branch, filled(one.branch.is_some(), other.branch.is_some()))
            .with(Part::Phone, filled(one.has_phone(), other.has_phone()))
            .with(Part::Address, newer)
            .with(Part::Home, home)
            .with(Part::Skills, skills)
            .with(Part::Standing, newer)
    }

    /// The one record that two become.
    pub fn united(self, kept: &MemberDetails, gone: &MemberDetails) -> MemberDetails {
        let from = |part: Part| if self.of(part) == Source::Gone { gone } else { kept };
        let mut skills = from(Part::Skills).skills.clone();
        if self.of(Part::Skills) == Source::Both {
            skills.extend(&gone.skills);
            skills.sort_unstable();
            skills.dedup();
        }
        MemberDetails {
            name: from(Part::Name).name.clone(),
            number: from(Part::Number).number.clone(),
            branch: from(Part::Branch).branch,
            phone: from(Part::Phone).phone.clone(),
            address: from(Part::Address).address.clone(),
            home: from(Part::Home).home,
            skills,
            standing: from(Part::Standing).standing,
        }
    }
}

/// Makes two live records one: `kept` becomes `details` and takes over what `gone` took part in,
/// `gone` leaves lists and search. The
/// caller has checked that `details` takes no number but one of theirs.
///
/// # Errors
/// When the database fails.
pub async fn merge(
    connection: &mut Connection,
    actor: Actor,
    kept: &Member,
    gone: &Member,
    details: &MemberDetails,
) -> Result<()> {
    members::keep_history(connection, kept, actor, Cause::Merged).await?;
    members::keep_history(connection, gone, actor, Cause::Merged).await?;
    search::forget(connection, gone.id).await?;
    search::forget(connection, kept.id).await?;
    // The one leaves first, so that the other can have its number.
    store::set_gone(connection, gone.id, kept.id, actor).await?;
    members::update(connection, kept, details).await?;
    search::reindex(connection, &[kept.id]).await?;
    participations::move_to_member(connection, gone.id, kept.id).await?;
    cards::move_to_member(connection, gone.id, kept.id).await?;
    attendances::move_to_member(connection, gone.id, kept.id).await?;
    checkins::store::move_to_member(connection, gone.id, kept.id).await?;
    contacts::store::move_to_member(connection, gone.id, kept.id).await?;
    reviews::move_to_member(connection, gone.id, kept.id).await?;
    surveys::store::forms::move_to_member(connection, gone.id, kept.id).await?;
    store::insert(connection, actor, kept, gone).await?;
    let fields = registry::changed_fields(&kept.details, details);
    let detail = json!({ "gone": gone.id, "fields": fields });
    audit::record(connection, actor, Action::MembersMerged, Record::Member(kept.id), detail).await
}

/// What became of a merge that was to be taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Undone {
    /// Both records are as they were.
    Both,
    /// The one that was merged away is as it was; the other was changed since, and stays.
    GoneOnly,
    /// Nothing: this employee number, which one of the two had, is another record's now.
    NumberTaken(String),
}

/// Takes a merge back whose records are `kept` and `gone`, and that is not undone yet.
///
/// # Errors
/// When the database fails.
pub async fn undo(
    connection: &mut Connection,
    actor: Actor,
    merge: &Merge,
    kept: &Member,
    gone: &Member,
) -> Result<Undone> {
    let untouched = kept.version == merge.version_after && kept.removed_at.is_none();
    let before = match merge.kept_before()? {
        Some(before) if untouched => Some(members::as_of_now(connection, before).await?),
        _ => None,
    };
    let stays = before.as_ref().unwrap_or(&kept.details);
    if let Some(taken) = taken_number(connection, kept, stays, gone).await? {
        return Ok(Undone::NumberTaken(taken));
    }
    if let Some(before) = &before {
        members::keep_history(connection, kept, actor, Cause::MergeUndone).await?;
        search::forget(connection, kept.id).await?;
        members::update(connection, kept, before).await?;
        search::reindex(connection, &[kept.id]).await?;
    }
    members::keep_history(connection, gone, actor, Cause::MergeUndone).await?;
    store::set_back(connection, gone.id).await?;
    participations::move_back(connection, gone.id).await?;
    cards::move_back(connection, gone.id).await?;
    attendances::move_back(connection, gone.id).await?;
    checkins::store::move_back(connection, gone.id).await?;
    contacts::store::move_back(connection, gone.id).await?;
    reviews::move_back(connection, gone.id).await?;
    surveys::store::forms::move_back(connection, gone.id).await?;
    search::reindex(connection, &[gone.id]).await?;
    store::close(connection, merge.id, actor).await?;
    let detail = json!({ "gone": gone.id, "kept_stays": before.is_none() });
    let record = Record::Member(kept.id);
    audit::record(connection, actor, Action::MergeUndone, record, detail).await?;
    Ok(if before.is_some() { Undone::Both } else { Undone::GoneOnly })
}

/// The number, of those that the two records would have, that a live record has already.
async fn taken_number(
    connection: &mut Connection,
    kept: &Member,
    stays: &MemberDetails,
    gone: &Member,
) -> Result<Option<String>> {
    let live = kept.removed_at.is_none();
    let back = gone.details.number.as_ref();
    if let Some(number) = back
        && live
        && stays.number.as_ref() == Some(number)
    {
        return Ok(Some(number.as_str().to_owned()));
    }
    for number in stays.number.iter().filter(|_| live).chain(back) {
        let holder = members::id_by_number(connection, number.as_str()).await?;
        if holder.is_some_and(|holder| holder != kept.id) {
            return Ok(Some(number.as_str().to_owned()));
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::members::{EmployeeNumber, HomeAddress, Name, Phone, Standing};

    fn member(number: &str, address: &str, home: Home, skills: &[i64], at: &str) -> Member {
        Member {
            id: 1,
            details: MemberDetails {
                number: EmployeeNumber::parse(number).unwrap(),
                name: Name::parse("朱颖").unwrap(),
                branch: None,
                phone: Phone::default(),
                address: HomeAddress::parse(address).unwrap(),
                home,
                skills: skills.to_vec(),
                standing: Standing::Known,
            },
            created_at: at.to_owned(),
            updated_at: at.to_owned(),
            version: 1,
            removed_at: None,
            merged_into: None,
        }
    }

    #[test]
    fn what_is_filled_goes_before_what_is_not_and_the_newer_before_the_older() {
        let kept = member("T1", "四平路1号", Home::Committee(3), &[2, 5], "2026-01-01");
        let mut gone = member("", "和平路2号", Home::Unsettled, &[1, 2], "2026-02-01");
        gone.details.standing = Standing::Unknown;
        let choices = Choices::suggested(&kept, &gone);
        assert_eq!(choices.of(Part::Number), Source::Kept);
        assert_eq!(choices.of(Part::Address), Source::Gone);
        assert_eq!(choices.of(Part::Home), Source::Gone, "a committee belongs to its address");
        let united = choices.united(&kept.details, &gone.details);
        assert_eq!(united.number, kept.details.number);
        assert_eq!(united.address, gone.details.address);
        assert_eq!(united.skills, [1, 2, 5]);
        assert_eq!(united.standing, Standing::Unknown, "what was withdrawn stays withdrawn");
    }

    #[test]
    fn of_one_address_the_committee_that_someone_settled_is_taken() {
        let kept = member("", "四平路1号", Home::Committee(3), &[], "2026-01-01");
        let gone = member("T2", "四平路1号", Home::Unsettled, &[4], "2026-02-01");
        let united = Choices::suggested(&kept, &gone).united(&kept.details, &gone.details);
        assert_eq!(united.home, Home::Committee(3));
        assert_eq!(united.number, gone.details.number);
        assert_eq!(united.skills, [4]);
    }
}
