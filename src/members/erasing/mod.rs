//! Erasing for good: a person's data on request, and what lay in the bin long enough.
//!
//! On request, everything of the person goes in one transaction: the record and those merged into
//! it, what they were before, what imports and merges remember of them, drafts, and where their
//! name stands in the log. What stays is that a record of this number was erased, by whom, when
//! (domain: "final and recorded"). That the text is also gone from the file is seen to by
//! [`upkeep`](crate::upkeep).

mod pages;
mod store;

use std::path::Path;

use serde_json::json;

use super::store as members;
use super::{Member, MemberDetails, import, search};
use crate::activities;
use crate::audit::{self, Action, Actor, Record};
use crate::certificates;
use crate::commendations;
use crate::contacts::store as contacts;
use crate::db::{self, Connection, Result, WorkError};
use crate::experiences;
use crate::letters;
use crate::meetings::forget_store as meetings;
use crate::offers::store as offers;
use crate::pairings::store as pairings;
use crate::people;
use crate::provisions;
use crate::registrations;
use crate::reviews;
use crate::surveys;
use crate::teams;
use crate::text::{Readings, fold};
use crate::web::{self, Routes};

pub(super) fn routes(routes: Routes) -> Routes {
    pages::routes(routes)
}

/// By what a person is known outside their record.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Traces {
    names: Vec<String>,
    /// Names and their pinyin, numbers, phones and addresses, folded, without spaces.
    words: Vec<String>,
}

impl Traces {
    fn add(&mut self, details: &MemberDetails) {
        let name = details.name.as_str();
        let readings = Readings::of_name(name);
        let number = details.number.iter().map(|number| number.as_str().to_owned());
        let words = [name.to_owned(), details.address.as_str().to_owned(), details.phone.digits()]
            .into_iter()
            .chain(number)
            .chain(readings.ways().iter().map(|way| way.concat()));
        for word in words {
            let word: String = fold(&word).split_whitespace().collect();
            // One character, or a number of two digits, is no trace of anyone.
            let telling = word.chars().count() > usize::from(word.is_ascii()) + 1;
            if telling && !self.words.contains(&word) {
                self.words.push(word);
            }
        }
        if !self.names.iter().any(|known| known == name) {
            self.names.push(name.to_owned());
        }
    }

    /// Whether a text tells of the person.
    pub fn are_in(&self, text: &str) -> bool {
        let folded: String = fold(text).split_whitespace().collect();
        self.words.iter().any(|word| folded.contains(word.as_str()))
    }
}

/// Erases everything of the person whose record this is, in a transaction that the caller ends.
/// `uploads` is the folder where rows that an import left out wait to be mended.
///
/// # Errors
/// When the database or the disk fails.
pub async fn erase(
    connection: &mut Connection,
    actor: Actor,
    member: &Member,
    uploads: &Path,
) -> std::result::Result<(), WorkError> {
    let records = store::with_merged(connection, &[member.id]).await?;
    let mut traces = Traces::default();
    for details in store::everything_known(connection, &records).await? {
        traces.add(&details);
    }
    forget_left_out_rows(uploads, &traces)?;
    let paths: Vec<String> = records.iter().map(|id| format!("/members/{id}")).collect();
    web::forget_drafts(connection, |path, text| {
        let concerns = |of: &String| {
            path.strip_prefix(of.as_str()).is_some_and(|rest| !rest.starts_with(char::is_numeric))
        };
        paths.iter().any(concerns) || traces.are_in(text)
    })
    .await?;
    audit::forget_words(connection, |text| traces.are_in(text)).await?;
    registrations::store::forget(connection, |text| traces.are_in(text)).await?;
    store::forget_file_names(connection, &traces.names).await?;
    activities::store::forget_names(connection, &traces.names).await?;
    contacts::forget_names(connection, &traces.names).await?;
    teams::store::forget_names(connection, &traces.names).await?;
    reviews::forget_names(connection, &traces.names).await?;
    surveys::seals::forget_names(connection, &traces.names).await?;
    commendations::store::forget_names(connection, &traces.names).await?;
    certificates::store::forget_names(connection, &traces.names).await?;
    if meetings::forget_names(connection, &traces.names).await? {
        experiences::search::rewrite(connection).await?;
    }
    for id in &records {
        search::forget(connection, *id).await?;
        audit::forget_record(connection, Record::Member(*id)).await?;
    }
    store::forget_merges(connection, &records).await?;
    delete(connection, &records).await?;
    for id in records {
        let record = Record::Member(id);
        audit::record(connection, actor, Action::MemberErased, record, json!({})).await?;
    }
    Ok(db::ask_to_scrub(connection).await?)
}

async fn delete(connection: &mut Connection, records: &[i64]) -> Result<()> {
    letters::store::forget_members(connection, records).await?;
    provisions::store::forget_members(connection, records).await?;
    people::store::forget_members(connection, records).await?;
    pairings::forget_words_of(connection, records).await?;
    meetings::forget_members(connection, records).await?;
    reviews::forget_members(connection, records).await?;
    surveys::store::forms::leave_scans(connection, records).await?;
    store::part(connection, records).await?;
    for id in records {
        members::delete(connection, *id).await?;
    }
    search::forget_changes(connection).await
}

/// Deletes the lists of rows that an import left out which tell of the person: the office has
/// the files that they came from.
fn forget_left_out_rows(uploads: &Path, traces: &Traces) -> std::io::Result<()> {
    let entries = match std::fs::read_dir(uploads) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        entries => entries?,
    };
    for entry in entries {
        let path = entry?.path();
        if import::is_left_out(&path)
            && traces.are_in(&String::from_utf8_lossy(&std::fs::read(&path)?))
        {
            std::fs::remove_file(&path)?;
        }
    }
    Ok(())
}

/// Erases the records that were removed or merged away before `before`, at most `most` of them;
/// how many. Of merges from before then only the fact stays.
///
/// # Errors
/// When the database fails.
pub async fn empty_bin(connection: &mut Connection, before: &str, most: i64) -> Result<usize> {
    let due = store::removed_before(connection, before, most).await?;
    store::forget_what_merges_were(connection, before).await?;
    if due.is_empty() {
        return Ok(0);
    }
    let records = store::with_merged(connection, &due).await?;
    store::hand_merges_on(connection, &records).await?;
    offers::hand_on(connection, &records).await?;
    teams::people::store::hand_on(connection, &records).await?;
    commendations::store::hand_on(connection, &records).await?;
    certificates::store::hand_on(connection, &records).await?;
    activities::own::store::hand_on(connection, &records).await?;
    delete(connection, &records).await?;
    let detail = json!({ "members": records.len() });
    audit::record(connection, Actor::Upkeep, Action::BinEmptied, Record::None, detail).await?;
    db::ask_to_scrub(connection).await?;
    Ok(due.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::members::{EmployeeNumber, Home, HomeAddress, Name, Phone, Standing};

    #[test]
    fn a_text_tells_of_a_person_by_name_pinyin_number_phone_or_address() {
        let mut traces = Traces::default();
        traces.add(&MemberDetails {
            number: EmployeeNumber::parse("T0001").unwrap(),
            name: Name::parse("朱颖").unwrap(),
            branch: None,
            phone: Phone::parse("138-0000-0001").unwrap(),
            address: HomeAddress::parse("四平路180弄15号").unwrap(),
            home: Home::Unsettled,
            skills: Vec::new(),
            standing: Standing::Unknown,
        });
        for told in ["看望朱颖", "zhu ying", "ｔ0001", "四平路 180弄15号", "13800000001"]
        {
            assert!(traces.are_in(told), "{told}");
        }
        for other in ["四平路", "zy", "T0002", "编程", ""] {
            assert!(!traces.are_in(other), "{other}");
        }
    }
}
