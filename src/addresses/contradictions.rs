//! Rows of a file that would leave open to which committee an address belongs.

use std::collections::{HashMap, HashSet};

use super::import::{Entry, Key, key_of};
use super::{Road, Rule, RuleDetails, Stretch, Unit, ValidFrom};
use crate::lang::Message;
use crate::sheets::CellProblem;

/// What a row or a rule claims for a committee.
struct Claim<'c> {
    stretch: &'c Stretch,
    committee: i64,
    /// The row, or for a rule that is there, `None`.
    row: Option<u32>,
    /// The rule in words.
    rule: String,
}

/// Rows that would leave open to which committee an address belongs: they overlap a row or a rule
/// of the same district for another committee, from the same day on.
pub(super) fn contradictions(entries: &[Entry], existing: &[Rule]) -> Vec<CellProblem> {
    let mut groups: HashMap<(&Road, &ValidFrom, &str, Unit), Vec<Claim<'_>>> = HashMap::new();
    let mut taken: HashSet<Key> = HashSet::new();
    for entry in entries {
        let Entry { row, details, district } = entry;
        let RuleDetails { road, stretch, committee, valid_from } = details;
        taken.insert(entry.key());
        let group = groups.entry((road, valid_from, district, stretch.unit())).or_default();
        let (committee, row) = (*committee, Some(*row));
        group.push(Claim { stretch, committee, row, rule: String::new() });
    }
    for rule in existing {
        let Rule { road, stretch, valid_from, committee, .. } = rule;
        let group = groups.get_mut(&(road, valid_from, &committee.district, stretch.unit()));
        // A row for the same numbers changes the rule.
        if let Some(group) = group
            && !taken.contains(&key_of(rule))
        {
            let words = format!("{} → {}", rule.place(), committee.name);
            group.push(Claim { stretch, committee: committee.id, row: None, rule: words });
        }
    }
    let mut problems = Vec::new();
    for mut group in groups.into_values() {
        group.sort_by_key(|claim| claim.stretch.first());
        for (at, one) in group.iter().enumerate() {
            let near = group[at + 1..]
                .iter()
                .take_while(|other| other.stretch.first() <= one.stretch.last());
            for other in near {
                // That two rows are the same is said already.
                if one.committee == other.committee
                    || one.stretch == other.stretch
                    || !one.stretch.overlaps(other.stretch)
                {
                    continue;
                }
                let (earlier, later) =
                    if one.row <= other.row { (one, other) } else { (other, one) };
                let Some(row) = later.row else { continue };
                let message = match earlier.row {
                    Some(first) => Message::new("addresses-row-overlaps-row").with("row", first),
                    None => {
                        Message::new("addresses-row-overlaps").with("rule", earlier.rule.clone())
                    }
                };
                problems.push(CellProblem { row, column: 0, message });
            }
        }
    }
    problems
}
