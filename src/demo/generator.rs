//! Made-up members, one after the other.

use rand::rngs::StdRng;
use rand::seq::IndexedRandom as _;
use rand::{RngExt as _, SeedableRng as _};

use super::words::{
    BRANCHES, GIVEN, LONG_NAMES, RARE_GIVEN, RARE_SURNAMES, ROADS, SKILLS, SURNAMES,
};
use crate::committees::CommitteeLine;

/// A made-up member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MadeUp {
    /// `T0000001` and on.
    pub number: String,
    /// The name.
    pub name: String,
    /// One of [`BRANCHES`].
    pub branch: &'static str,
    /// A phone number of eleven digits.
    pub phone: String,
    /// Sub-district, road, lane, house and room.
    pub address: String,
    /// The home committee's place in the directory; `None` for about 3 in 100, whose estate has
    /// none yet.
    pub committee: Option<usize>,
    /// The host committee of most of those.
    pub host: Option<usize>,
    /// Up to four of [`SKILLS`].
    pub skills: Vec<&'static str>,
    /// Whether the committee may have the phone number.
    pub phone_agreed: bool,
}

/// An endless row of made-up members; the same directory and seed give the same ones.
#[derive(Debug)]
pub struct Generator<'a> {
    committees: &'a [CommitteeLine],
    /// The sums of the committees' weights up to each: a few estates hold many members.
    weights: Vec<f64>,
    surnames: Vec<char>,
    given: Vec<char>,
    random: StdRng,
    next: u32,
}

impl<'a> Generator<'a> {
    /// Over this directory.
    pub fn new(committees: &'a [CommitteeLine], seed: u64) -> Self {
        let mut random = StdRng::seed_from_u64(seed);
        let mut sum = 0.0;
        let weights = committees
            .iter()
            .map(|_| {
                // Pareto with shape 1.1.
                let uniform: f64 = 1.0 - random.random::<f64>();
                sum += uniform.powf(-1.0 / 1.1);
                sum
            })
            .collect();
        Self {
            committees,
            weights,
            surnames: SURNAMES.chars().collect(),
            given: GIVEN.chars().collect(),
            random,
            next: 0,
        }
    }

    fn home(&mut self) -> usize {
        let most = self.weights.last().copied().unwrap_or(1.0);
        let at = self.random.random::<f64>() * most;
        self.weights.partition_point(|sum| *sum <= at).min(self.committees.len().saturating_sub(1))
    }

    fn name(&mut self) -> String {
        let random = &mut self.random;
        if random.random_bool(0.002) {
            return pick(random, LONG_NAMES).to_string();
        }
        let mut name = if random.random_bool(0.02) {
            pick(random, RARE_SURNAMES).to_string()
        } else {
            pick(random, &self.surnames).to_string()
        };
        let characters = if random.random_bool(0.28) { 1 } else { 2 };
        let rare = random.random_bool(0.004);
        for place in 1..=characters {
            let last = place == characters;
            name.push(*if rare && last {
                pick(random, RARE_GIVEN)
            } else {
                pick(random, &self.given)
            });
        }
        name
    }

    fn skills(&mut self) -> Vec<&'static str> {
        let count = self.random.random_range(0..=4);
        let all: u32 = SKILLS.iter().map(|(_, weight)| weight).sum();
        let mut has = [false; SKILLS.len()];
        for _ in 0..count {
            let mut at = self.random.random_range(0..all);
            for (place, (_, weight)) in SKILLS.iter().enumerate() {
                if at < *weight {
                    has[place] = true;
                    break;
                }
                at -= weight;
            }
        }
        SKILLS.iter().zip(has).filter_map(|((name, _), has)| has.then_some(*name)).collect()
    }
}

fn pick<'t, T>(random: &mut StdRng, from: &'t [T]) -> &'t T {
    #[expect(clippy::expect_used, reason = "the tables of words are not empty")]
    from.choose(random).expect("a table of words")
}

impl Iterator for Generator<'_> {
    type Item = MadeUp;

    fn next(&mut self) -> Option<MadeUp> {
        if self.committees.is_empty() {
            return None;
        }
        self.next += 1;
        let home = self.home();
        let name = self.name();
        let skills = self.skills();
        let random = &mut self.random;
        let address = format!(
            "{}{}{}弄{}号{}室",
            self.committees[home].street,
            pick(random, ROADS),
            random.random_range(1..=1999),
            random.random_range(1..=60),
            random.random_range(101..=2804),
        );
        let unattached = random.random_bool(0.03);
        let phone = format!(
            "1{}{:09}",
            pick(random, &['3', '5', '7', '8']),
            random.random_range(0..1_000_000_000)
        );
        Some(MadeUp {
            number: format!("T{:07}", self.next),
            name,
            branch: pick::<&str>(random, BRANCHES),
            phone,
            address,
            committee: (!unattached).then_some(home),
            host: (unattached && random.random_bool(0.8)).then_some(home),
            skills,
            phone_agreed: random.random_bool(0.4),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_people() {
        let committees: Vec<CommitteeLine> = (0..50)
            .map(|id| CommitteeLine {
                id,
                code: None,
                name: format!("第{id}居委会"),
                street: "四平路街道".to_owned(),
                district: "杨浦区".to_owned(),
            })
            .collect();
        let people = |seed| Generator::new(&committees, seed).take(2000).collect::<Vec<_>>();
        assert_eq!(people(1), people(1));
        assert_ne!(people(1), people(2));
        let unattached = people(1).iter().filter(|member| member.committee.is_none()).count();
        assert!((20..120).contains(&unattached), "{unattached}");
    }
}
