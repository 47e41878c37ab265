//! The states that a member's claim 认领 goes through, and the steps between them.

use super::Kind;
use crate::needs::named;

named! {
    /// Where a claim stands.
    ClaimState {
        /// Asked for; the place is kept until it is accepted.
        Asked("asked", "claims-asked"),
        /// The member has it.
        Held("held", "claims-held"),
        /// Of a wish: fulfilled.
        Done("done", "claims-done"),
        /// Of a wish: the committee thanked for it.
        Thanked("thanked", "claims-thanked"),
        /// Ended by either side, for a reason of the list.
        Left("left", "claims-left"),
        /// Not accepted.
        Declined("declined", "claims-declined"),
    }
}

named! {
    /// What is done with a claim.
    Step {
        /// The committee or staff accept it.
        Accept("accept", "claims-step-accept"),
        /// They do not.
        Decline("decline", "claims-step-decline"),
        /// Either side ends it.
        Leave("leave", "claims-step-leave"),
        /// The wish is fulfilled.
        Finish("finish", "claims-step-finish"),
        /// The committee thanks.
        Thank("thank", "claims-step-thank"),
        /// What was done last is taken back.
        Back("back", "claims-step-back"),
    }
}

named! {
    /// Why a claim ended.
    EndReason {
        /// The member has no time any more.
        Time("time", "claims-end-time"),
        /// The member moved away.
        Moved("moved", "claims-end-moved"),
        /// The work has ended.
        Over("over", "claims-end-over"),
        /// The committee arranges it otherwise.
        Committee("committee", "claims-end-committee"),
        /// Something that nobody has to say.
        Unsaid("unsaid", "claims-end-unsaid"),
    }
}

impl ClaimState {
    /// As it is when a member claims: a wish is theirs at once, a post is asked for.
    pub const fn first(kind: Kind) -> Self {
        match kind {
            Kind::Wish => Self::Held,
            Kind::Post | Kind::Day => Self::Asked,
        }
    }

    /// Where a step leads, of a claim of this kind; `None` where it cannot be taken.
    pub fn after(self, step: Step, kind: Kind) -> Option<Self> {
        let wish = kind == Kind::Wish;
        match (self, step) {
            (Self::Asked, Step::Accept) => Some(Self::Held),
            (Self::Asked, Step::Decline) => Some(Self::Declined),
            (Self::Asked | Self::Held, Step::Leave) => Some(Self::Left),
            (Self::Held, Step::Finish) if wish => Some(Self::Done),
            (Self::Done, Step::Thank) => Some(Self::Thanked),
            (Self::Left, Step::Back) => Some(Self::first(kind)),
            (Self::Declined, Step::Back) => Some(Self::Asked),
            (Self::Done, Step::Back) => Some(Self::Held),
            (Self::Thanked, Step::Back) => Some(Self::Done),
            _ => None,
        }
    }

    /// Whether it takes a place.
    pub const fn takes_place(self) -> bool {
        matches!(self, Self::Asked | Self::Held | Self::Done | Self::Thanked)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_claim_goes_only_the_ways_that_a_claim_can_go() {
        use ClaimState::{Asked, Declined, Done, Held, Left, Thanked};
        // Accept, Decline, Leave, Finish, Thank, Back.
        let post = [
            (Asked, [Some(Held), Some(Declined), Some(Left), None, None, None]),
            (Held, [None, None, Some(Left), None, None, None]),
            (Done, [None, None, None, None, Some(Thanked), Some(Held)]),
            (Thanked, [None, None, None, None, None, Some(Done)]),
            (Left, [None, None, None, None, None, Some(Asked)]),
            (Declined, [None, None, None, None, None, Some(Asked)]),
        ];
        assert_eq!(post.len(), ClaimState::ALL.len());
        for (state, after) in post {
            let got: Vec<_> = Step::ALL.iter().map(|step| state.after(*step, Kind::Post)).collect();
            assert_eq!(got, after, "{state:?}");
        }
        assert_eq!(Held.after(Step::Finish, Kind::Wish), Some(Done));
        assert_eq!(Left.after(Step::Back, Kind::Wish), Some(Held));
        assert_eq!(ClaimState::first(Kind::Wish), Held);
    }
}
