//! Which committee an address may belong to: by the office's rules, and where none fits by the
//! members on record who live near it. A person confirms; nothing is filled in by itself.

use std::collections::HashMap;

use super::store::{self, Near, Neighbours};
use super::{Rule, fitting, is_undisputed, today, winning};
use crate::committees::CommitteeLine;
use crate::db::{Connection, Result};
use crate::text::Address;
use crate::web::Scope;

/// How far apart near numbers are; odd and even ones lie on two sides of a road.
const NEAR: u32 = 20;
/// The most committees that are likely for one address.
const MOST: usize = 3;

/// What the rules say of one address.
#[derive(Debug, Clone, Default)]
pub struct ByRule {
    /// The rules that win, one a committee; more than one contradict each other.
    pub winning: Vec<Rule>,
    /// Whether no other committee has a rule that fits, not even an older one, and the address
    /// does not name another place.
    pub undisputed: bool,
}

/// A committee in whose area members near an address live.
#[derive(Debug, Clone)]
pub struct Likely {
    /// The committee.
    pub committee: CommitteeLine,
    /// How many live members within the viewer's scope.
    pub members: i64,
    /// Whether in the same lane, or else at a near number.
    pub near: Near,
}

impl Likely {
    fn is_named_in(&self, area: &str) -> bool {
        area.contains(&self.committee.street) || area.contains(&self.committee.district)
    }
}

/// What can be said of one address.
#[derive(Debug, Clone, Default)]
pub struct Suggestions {
    /// By rule.
    pub rules: ByRule,
    /// By addresses on record, the likeliest first; empty where a rule fits.
    pub likely: Vec<Likely>,
}

/// What can be said of these addresses, in their order, for the price of a few queries.
///
/// # Errors
/// When the database fails.
pub async fn suggest(
    connection: &mut Connection,
    scope: &Scope,
    addresses: &[Address],
) -> Result<Vec<Suggestions>> {
    let rules = by_rule(connection, addresses).await?;
    let open: Vec<&Address> = addresses
        .iter()
        .zip(&rules)
        .filter(|(_, rules)| rules.winning.is_empty())
        .map(|(address, _)| address)
        .collect();
    let mut likely = likely(connection, scope, &open).await?.into_iter();
    Ok(rules
        .into_iter()
        .map(|rules| {
            let open = rules.winning.is_empty();
            let likely = if open { likely.next().unwrap_or_default() } else { Vec::new() };
            Suggestions { rules, likely }
        })
        .collect())
}

async fn by_rule(connection: &mut Connection, addresses: &[Address]) -> Result<Vec<ByRule>> {
    let mut roads: Vec<&str> = addresses.iter().map(|address| address.road.as_str()).collect();
    roads.sort_unstable();
    roads.dedup();
    let mut by_road: HashMap<String, Vec<Rule>> = HashMap::new();
    for rule in store::rules_of(connection, &roads).await? {
        by_road.entry(rule.road.as_str().to_owned()).or_default().push(rule);
    }
    let today = today();
    let of = |address: &Address| {
        let rules = by_road.get(&address.road)?;
        let fitting = fitting(rules, address, &today);
        Some(ByRule {
            undisputed: is_undisputed(&fitting, address),
            winning: winning(&fitting).into_iter().cloned().collect(),
        })
    };
    Ok(addresses.iter().map(|address| of(address).unwrap_or_default()).collect())
}

/// The committees of members who live in the same lane; where nobody does, or the address has no
/// lane, of those at near numbers.
///
/// # Errors
/// When the database fails.
pub async fn likely(
    connection: &mut Connection,
    scope: &Scope,
    addresses: &[&Address],
) -> Result<Vec<Vec<Likely>>> {
    let mut likely: Vec<Vec<Likely>> = vec![Vec::new(); addresses.len()];
    for near in [Near::SameLane, Near::Lanes, Near::Houses] {
        let (mut places, mut asked) = (Vec::new(), Vec::new());
        for (index, address) in addresses.iter().enumerate() {
            let number = match (near, address.lane) {
                (Near::SameLane | Near::Lanes, lane) => lane,
                (Near::Houses, None) => address.house,
                (Near::Houses, Some(_)) => None,
            };
            if let Some(number) = number
                && likely[index].is_empty()
                && !address.road.is_empty()
            {
                places.push((address.road.as_str(), number));
                asked.push(index);
            }
        }
        if places.is_empty() {
            continue;
        }
        let found = store::neighbours(connection, near, &places, NEAR, scope.branches()).await?;
        for Neighbours { place, committee, members } in found {
            let index = usize::try_from(place).ok().and_then(|place| asked.get(place));
            if let Some(index) = index {
                likely[*index].push(Likely { committee, members, near });
            }
        }
    }
    for (likely, address) in likely.iter_mut().zip(addresses) {
        // Several districts may have a road of one name; the address may say which.
        likely.sort_by_key(|likely| !likely.is_named_in(&address.area));
        likely.truncate(MOST);
    }
    Ok(likely)
}
