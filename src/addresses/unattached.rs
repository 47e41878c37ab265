//! Members who live where no committee is set up: which committees near them could be their host,
//! and which were set up where they live since. A person decides; the click carries the version of
//! the record that it saw.

use super::store::Near;
use super::suggest;
use super::unattached_store::{self as store, Placed, Unattached};
use crate::committees::CommitteeLine;
use crate::db::{Connection, Result};
use crate::text::Address;
use crate::web::Scope;

/// The most committees that are offered for one member.
const MOST: usize = 3;

/// Why a committee is offered.
#[derive(Debug, Clone)]
pub(super) enum Why {
    /// An address rule fits: in words, its place.
    Rule(String),
    /// It was set up in the sub-district since someone last looked.
    New,
    /// So many members in the same lane or at near numbers belong to it.
    Near(Near, i64),
    /// So many members on the same road belong to it.
    Road(i64),
    /// It lies in the sub-district that the address names.
    Street,
}

/// A committee that is offered.
#[derive(Debug, Clone)]
pub(super) struct Offered {
    pub committee: CommitteeLine,
    pub why: Why,
}

/// What is offered for a member.
#[derive(Debug, Clone, Default)]
pub(super) struct Offers {
    /// Committees that may be set up where they live.
    pub homes: Vec<Offered>,
    /// Committees near them; only where they have no host.
    pub hosts: Vec<Offered>,
}

/// What is offered for these members, in their order, for the price of a few queries.
///
/// # Errors
/// When the database fails.
pub(super) async fn offers(
    connection: &mut Connection,
    scope: &Scope,
    members: &[Unattached],
) -> Result<Vec<Offers>> {
    let addresses: Vec<Address> =
        members.iter().map(|member| Address::parse(&member.address)).collect();
    let said = suggest::suggest(connection, scope, &addresses).await?;
    let mut all = Vec::with_capacity(members.len());
    for ((member, address), said) in members.iter().zip(&addresses).zip(said) {
        let by_rule = said.rules.winning.iter();
        let homes = by_rule.map(|rule| Offered {
            committee: rule.committee.clone(),
            why: Why::Rule(rule.place()),
        });
        let near = said.likely.into_iter().filter(|likely| lies_in(&likely.committee, address));
        let hosts = near.map(|likely| Offered {
            committee: likely.committee,
            why: Why::Near(likely.near, likely.members),
        });
        let hosts = if member.host_id.is_none() { hosts.collect() } else { Vec::new() };
        all.push(Offers { homes: homes.collect(), hosts });
    }
    for Placed { place, committee, .. } in store::set_up_since(connection, members).await? {
        let homes = usize::try_from(place).ok().and_then(|place| all.get_mut(place));
        if let Some(homes) = homes.map(|offers| &mut offers.homes)
            && homes.len() < MOST
            && homes.iter().all(|home| home.committee.id != committee.id)
        {
            homes.push(Offered { committee, why: Why::New });
        }
    }
    // Where nobody lives near, the same road, and then the same sub-district.
    let open = |all: &[Offers], index: usize| {
        members[index].host_id.is_none() && all[index].hosts.is_empty()
    };
    let road = |index: usize| if open(&all, index) { addresses[index].road.as_str() } else { "" };
    let roads: Vec<&str> = (0..members.len()).map(road).collect();
    if roads.iter().any(|road| !road.is_empty()) {
        let mut placed = store::on_roads(connection, &roads, scope.branches()).await?;
        placed.retain(|placed| {
            let address = usize::try_from(placed.place).ok().and_then(|place| addresses.get(place));
            address.is_some_and(|address| lies_in(&placed.committee, address))
        });
        add_hosts(&mut all, placed, |placed| Why::Road(placed.members));
    }
    let area = |index: usize| {
        if open(&all, index) { addresses[index].area.as_str() } else { "" }
    };
    let areas: Vec<&str> = (0..members.len()).map(area).collect();
    if areas.iter().any(|area| !area.is_empty()) {
        let placed = store::in_named_streets(connection, &areas).await?;
        add_hosts(&mut all, placed, |_| Why::Street);
    }
    Ok(all)
}

/// Whether a committee lies where the address says, as far as it says so: several districts may
/// have a road of one name, and a host in another would be far away.
fn lies_in(committee: &CommitteeLine, address: &Address) -> bool {
    let area = address.area.as_str();
    !area.contains(['区', '县', '镇', '乡', '道'])
        || area.contains(&committee.street)
        || area.contains(&committee.district)
}

fn add_hosts(all: &mut [Offers], placed: Vec<Placed>, why: impl Fn(&Placed) -> Why) {
    for placed in placed {
        let why = why(&placed);
        let offers = usize::try_from(placed.place).ok().and_then(|place| all.get_mut(place));
        if let Some(offers) = offers
            && offers.hosts.len() < MOST
        {
            offers.hosts.push(Offered { committee: placed.committee, why });
        }
    }
}
