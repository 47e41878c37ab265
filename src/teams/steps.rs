//! Where a member stands with a team, and the steps between.

use crate::needs::named;

named! {
    /// Where a member stands with a team.
    State {
        /// They ask to be in it; the place is kept until they are accepted.
        Asked("asked", "teams-asked"),
        /// They are in it.
        In("in", "teams-in"),
        /// They left, for a reason of the list.
        Left("left", "claims-left"),
        /// They were not accepted.
        Declined("declined", "claims-declined"),
    }
}

named! {
    /// What is done with a member of a team.
    Step {
        /// The committee or staff accept them.
        Accept("accept", "claims-step-accept"),
        /// They do not.
        Decline("decline", "claims-step-decline"),
        /// They leave, of themselves or not.
        Leave("leave", "claims-step-leave"),
        /// What was done last is taken back.
        Back("back", "claims-step-back"),
    }
}

impl State {
    /// Where a step leads; `None` where it cannot be taken.
    pub const fn after(self, step: Step) -> Option<Self> {
        match (self, step) {
            (Self::Asked, Step::Accept) | (Self::Left, Step::Back) => Some(Self::In),
            (Self::Asked, Step::Decline) => Some(Self::Declined),
            (Self::Asked | Self::In, Step::Leave) => Some(Self::Left),
            (Self::Declined, Step::Back) => Some(Self::Asked),
            _ => None,
        }
    }

    /// Whether it takes a place.
    pub const fn takes_place(self) -> bool {
        matches!(self, Self::Asked | Self::In)
    }
}

#[cfg(test)]
mod tests {
    use super::State::{Asked, Declined, In, Left};
    use super::*;

    #[test]
    fn a_member_of_a_team_goes_only_the_ways_that_there_are() {
        // Accept, Decline, Leave, Back.
        let ways = [
            (Asked, [Some(In), Some(Declined), Some(Left), None]),
            (In, [None, None, Some(Left), None]),
            (Left, [None, None, None, Some(In)]),
            (Declined, [None, None, None, Some(Asked)]),
        ];
        assert_eq!(ways.len(), State::ALL.len());
        for (state, after) in ways {
            let got: Vec<_> = Step::ALL.iter().map(|step| state.after(*step)).collect();
            assert_eq!(got, after, "{state:?}");
        }
    }
}
