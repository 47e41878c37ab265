//! The states of a survey form, the steps between them, and who may take which (domain: "Rules").

use crate::needs::named;

named! {
    /// Where a form stands.
    State {
        /// Being filled in.
        Draft("draft", "surveys-state-draft"),
        /// Handed in; the committee has not signed yet.
        Submitted("submitted", "surveys-state-submitted"),
        /// One person saw signature and stamp on the paper; a second one checks.
        Marked("marked", "surveys-state-marked"),
        /// Signed and stamped: it counts, and is not edited any more.
        Confirmed("confirmed", "surveys-state-confirmed"),
        /// Sent back, with what is wrong.
        Returned("returned", "surveys-state-returned"),
    }
}

named! {
    /// What is done with a form.
    Step {
        /// Hand it in.
        Submit("submit", "surveys-step-submit"),
        /// Take it back to go on filling it in.
        TakeBack("take-back", "surveys-step-take-back"),
        /// The committee confirms it on its page.
        Confirm("confirm", "surveys-step-confirm"),
        /// Send it back, with what is wrong.
        Return("return", "surveys-step-return"),
        /// Note the signature and the stamp on the paper.
        Mark("mark", "surveys-step-mark"),
        /// Take that back.
        Unmark("unmark", "surveys-step-unmark"),
        /// A second person has checked the paper.
        Check("check", "surveys-step-check"),
        /// Open a confirmed form again, with why.
        Reopen("reopen", "surveys-step-reopen"),
    }
}

/// Who takes a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// The member whose form it is.
    Member,
    /// Staff of the member's branch, or an administrator.
    Staff,
    /// The committee's contact, on the committee's page.
    Contact,
}

impl State {
    /// Where a step of someone leads; `None` where they cannot take it. That the second person who
    /// checks a paper is not the first is for whoever knows both.
    pub const fn after(self, step: Step, who: Who) -> Option<Self> {
        match (self, step, who) {
            (Self::Draft | Self::Returned, Step::Submit, Who::Member | Who::Staff) => {
                Some(Self::Submitted)
            }
            (Self::Submitted, Step::TakeBack, Who::Member | Who::Staff) => Some(Self::Draft),
            (Self::Submitted, Step::Confirm, Who::Contact)
            | (Self::Marked, Step::Check, Who::Staff) => Some(Self::Confirmed),
            (Self::Submitted, Step::Return, Who::Contact | Who::Staff) => Some(Self::Returned),
            (Self::Submitted, Step::Mark, Who::Staff) => Some(Self::Marked),
            (Self::Marked, Step::Unmark, Who::Staff) => Some(Self::Submitted),
            (Self::Confirmed, Step::Reopen, Who::Staff) => Some(Self::Draft),
            _ => None,
        }
    }

    /// Whether it can be written in.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Draft | Self::Returned)
    }
}

#[cfg(test)]
mod tests {
    use super::State::{Confirmed, Draft, Marked, Returned, Submitted};
    use super::*;

    #[test]
    fn a_form_goes_only_the_ways_that_there_are_and_each_by_whoever_may() {
        let (member, staff, contact) = (Who::Member, Who::Staff, Who::Contact);
        let ways = [
            (Draft, Step::Submit, member, Submitted),
            (Draft, Step::Submit, staff, Submitted),
            (Returned, Step::Submit, member, Submitted),
            (Returned, Step::Submit, staff, Submitted),
            (Submitted, Step::TakeBack, member, Draft),
            (Submitted, Step::TakeBack, staff, Draft),
            (Submitted, Step::Confirm, contact, Confirmed),
            (Submitted, Step::Return, contact, Returned),
            (Submitted, Step::Return, staff, Returned),
            (Submitted, Step::Mark, staff, Marked),
            (Marked, Step::Unmark, staff, Submitted),
            (Marked, Step::Check, staff, Confirmed),
            (Confirmed, Step::Reopen, staff, Draft),
        ];
        let mut tried = 0;
        for state in State::ALL.iter().copied() {
            for step in Step::ALL.iter().copied() {
                for who in [member, staff, contact] {
                    let way = ways.iter().find(|way| (way.0, way.1, way.2) == (state, step, who));
                    let to = way.map(|way| way.3);
                    assert_eq!(state.after(step, who), to, "{state:?} {step:?} {who:?}");
                    tried += 1;
                }
            }
        }
        assert_eq!(tried, 5 * 8 * 3);
    }
}
