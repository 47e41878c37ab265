//! The members whom someone means by a number, a name, its pinyin or its initials.

use askama::Template;

use super::search::{self, Line, Order, Text};
use super::{Member, store};
use crate::db::{Connection, Result};
use crate::text::{bears, fold, match_expression, normalize, normalize_name};
use crate::web::Scope;
use crate::web::forms::Choice;

/// How many that a search finds are looked at for those whose name is meant.
const LOOKED_AT: i64 = 100;

/// A live record that may be meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// `members.id`.
    pub id: i64,
    /// The name.
    pub name: String,
    /// The employee number, or empty.
    pub number: String,
    /// The home address.
    pub address: String,
}

impl From<Line<'_>> for Candidate {
    fn from(line: Line<'_>) -> Self {
        let owned = |text: &Text<'_>| text.as_str().to_owned();
        let number = line.number.as_ref().map(owned).unwrap_or_default();
        let (name, address) = (owned(&line.name), owned(&line.address));
        Self { id: line.id, name, number, address }
    }
}

impl From<Member> for Candidate {
    fn from(member: Member) -> Self {
        let details = member.details;
        Self {
            id: member.id,
            name: details.name.as_str().to_owned(),
            number: details.number.map_or_else(String::new, |number| number.as_str().to_owned()),
            address: details.address.as_str().to_owned(),
        }
    }
}

impl Candidate {
    /// By which namesakes are told apart.
    pub fn words(&self) -> String {
        let words = [&self.name, &self.number, &self.address].map(String::as_str);
        let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
        words.join(" · ")
    }

    /// As one to choose.
    pub fn choice(&self) -> Choice {
        Choice { value: self.id.to_string(), label: self.words(), ..Choice::default() }
    }
}

/// What a field that takes members offers.
#[derive(Template)]
#[template(path = "members/suggestions.html")]
pub struct Suggestions {
    /// In the order in which they are offered.
    pub candidates: Vec<Candidate>,
}

/// A live record within this scope, besides one.
///
/// # Errors
/// When the database fails.
pub async fn live(
    connection: &mut Connection,
    scope: &Scope,
    besides: i64,
    id: i64,
) -> Result<Option<Candidate>> {
    let member = store::member(connection, id).await?;
    let theirs = |member: &Member| {
        member.id != besides && member.removed_at.is_none() && scope.covers(member.details.branch)
    };
    Ok(member.filter(theirs).map(Candidate::from))
}

/// The live record with exactly this number first, then whom a search finds, within this scope.
///
/// # Errors
/// When the database fails.
pub async fn find(
    connection: &mut Connection,
    scope: &Scope,
    besides: i64,
    typed: &str,
    most: usize,
) -> Result<Vec<Candidate>> {
    let number = normalize(typed);
    if number.is_empty() {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    if let Some(id) = store::id_by_number(connection, &number).await? {
        found.extend(live(connection, scope, besides, id).await?);
    }
    let expression = match_expression(typed, &[], scope.branches());
    let lines = search::lines(connection, &expression, Order::Name, None, LOOKED_AT).await?;
    let mut lines = lines.read()?;
    // The search also finds by address, committee and skill: those who are named so come first.
    let folded: String = fold(typed).split_whitespace().collect();
    lines.sort_by_cached_key(|line| !bears(line.name.as_str(), &folded));
    for candidate in lines.into_iter().map(Candidate::from) {
        if candidate.id != besides && !found.contains(&candidate) {
            found.push(candidate);
        }
    }
    found.truncate(most);
    Ok(found)
}

/// Who is meant where nobody is asked: the one with exactly this number, or the only one who is
/// found, or of those who are found the only one of exactly this name; else all of them.
///
/// # Errors
/// When the database fails.
pub async fn meant(
    connection: &mut Connection,
    scope: &Scope,
    typed: &str,
    most: usize,
) -> Result<Vec<Candidate>> {
    let (number, name) = (normalize(typed), normalize_name(typed));
    let mut found = find(connection, scope, 0, typed, most).await?;
    if let Some(place) = found.iter().position(|found| found.number == number) {
        return Ok(vec![found.swap_remove(place)]);
    }
    if found.iter().any(|found| found.name == name) {
        found.retain(|found| found.name == name);
    }
    Ok(found)
}
