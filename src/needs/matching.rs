//! Which members fit a need, and which needs fit a member: pure ranking.
//!
//! What is ranked is how well one need and one member fit each other, by four things that the page
//! says in words beside each: skill, distance, time, and how many needs the member serves at
//! present. Nothing of it is kept, and no number is shown: there is no such thing as a good member.

use super::Times;
use super::settings::Weights;

/// How a member's skills fit a need.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SkillFit {
    /// Has one that is asked for.
    Same,
    /// Has one that is related to it.
    Related,
    /// None is asked for.
    NotAsked,
}

/// How near a member lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Distance {
    /// In the committee's area.
    Committee,
    /// In the sub-district.
    Street,
    /// In the district.
    District,
}

/// How the time fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimeFit {
    /// Free at some time at which help is wanted.
    Fits(Times),
    /// The need names no time, or the member never said when.
    Unknown,
    /// Free at other times.
    OtherTimes(Times),
}

impl TimeFit {
    /// Of the times wanted, and those that the member gave.
    pub fn of(wanted: Times, given: Times) -> Self {
        let shared = wanted.shared(given);
        if wanted.is_empty() || given.is_empty() {
            Self::Unknown
        } else if shared.is_empty() {
            Self::OtherTimes(given)
        } else {
            Self::Fits(shared)
        }
    }
}

/// How a member and a need fit each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fit {
    /// By skill.
    pub skill: SkillFit,
    /// By distance.
    pub distance: Distance,
    /// By time.
    pub time: TimeFit,
    /// How many needs the member serves at present.
    pub serves: i64,
}

impl Fit {
    /// What decides the order, the larger the earlier. Each of the four things gives 0 to 12
    /// times its weight.
    fn fitness(&self, weights: &Weights) -> i64 {
        let skill = match self.skill {
            SkillFit::Same | SkillFit::NotAsked => 12,
            SkillFit::Related => 6,
        };
        let distance = match self.distance {
            Distance::Committee => 12,
            Distance::Street => 8,
            Distance::District => 4,
        };
        let times = match self.time {
            TimeFit::Fits(_) => 12,
            TimeFit::Unknown => 6,
            TimeFit::OtherTimes(_) => 0,
        };
        let load = (12 - 4 * self.serves).max(0);
        weights.skill.factor() * skill
            + weights.distance.factor() * distance
            + weights.times.factor() * times
            + weights.load.factor() * load
    }
}

/// Puts the best fitting first. Among equals those who serve less come first, and then it stays as
/// it was: the candidates are gathered from another place of the phone book for each need.
pub fn rank<T>(candidates: &mut [(Fit, T)], weights: &Weights) {
    candidates.sort_by_cached_key(|(fit, _)| (-fit.fitness(weights), fit.serves));
}

#[cfg(test)]
mod tests {
    use super::super::settings::Weight;
    use super::*;

    fn weights(factors: [usize; 4]) -> Weights {
        let [skill, distance, times, load] = factors.map(|factor| Weight::ALL[factor]);
        Weights { skill, distance, times, load }
    }

    #[test]
    fn each_thing_counts_as_much_as_its_weight_says() {
        let wanted = Times::parse(&["6m"]).unwrap();
        let fits = TimeFit::of(wanted, wanted);
        let others = TimeFit::of(wanted, Times::parse(&["1m"]).unwrap());
        assert_eq!(TimeFit::of(wanted, Times::default()), TimeFit::Unknown);
        assert_eq!(TimeFit::of(Times::default(), wanted), TimeFit::Unknown);
        let fit = |skill, distance, time, serves| Fit { skill, distance, time, serves };
        use Distance::{Committee, District, Street};
        use SkillFit::{Related, Same};
        let near = fit(Same, Committee, TimeFit::Unknown, 0);
        // Weights; the two who are compared; whether the first comes first.
        let table = [
            ([2, 2, 2, 2], near, fit(Same, Street, TimeFit::Unknown, 0), true),
            ([2, 2, 2, 2], near, fit(Related, Committee, TimeFit::Unknown, 0), true),
            ([2, 2, 2, 2], near, fit(Same, Committee, fits, 0), false),
            ([2, 2, 2, 2], near, fit(Same, Committee, others, 0), true),
            ([2, 2, 2, 2], fit(Same, Committee, TimeFit::Unknown, 2), near, false),
            // Who serves two already comes after one who lives a little farther off.
            (
                [2, 2, 2, 2],
                fit(Same, Committee, TimeFit::Unknown, 2),
                fit(Same, Street, TimeFit::Unknown, 0),
                false,
            ),
            // What does not count decides nothing: the first stays first.
            ([0, 2, 2, 2], fit(Related, Committee, fits, 0), fit(Same, Committee, fits, 0), true),
            ([2, 0, 2, 2], fit(Same, District, fits, 0), fit(Same, Committee, fits, 0), true),
            ([2, 2, 0, 2], fit(Same, Committee, others, 0), fit(Same, Committee, fits, 0), true),
            // What counts much outweighs what counts a little.
            ([1, 3, 2, 2], fit(Related, Committee, fits, 0), fit(Same, Street, fits, 0), true),
            ([3, 1, 2, 2], fit(Related, Committee, fits, 0), fit(Same, Street, fits, 0), false),
            // Among equals, who serves less, even where that does not count.
            ([2, 2, 2, 0], fit(Same, Street, fits, 1), fit(Same, Street, fits, 0), false),
        ];
        for (factors, one, other, first) in table {
            let mut both = [(one, true), (other, false)];
            rank(&mut both, &weights(factors));
            assert_eq!(both[0].1, first, "{factors:?} {one:?} {other:?}");
        }
    }
}
