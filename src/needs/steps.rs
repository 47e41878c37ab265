//! The states that a need goes through, and the steps between them.

use crate::lang::Message;

use super::named;

named! {
    /// Where a need stands.
    State {
        /// Nobody serves it yet.
        Open("open", "needs-state-open"),
        /// A pairing serves it.
        Matched("matched", "needs-state-matched"),
        /// The help was given.
        Done("done", "needs-state-done"),
        /// It ended without help, for a reason that was given.
        Closed("closed", "needs-state-closed"),
    }
}

named! {
    /// What is done with a need.
    Step {
        /// A member is paired with it.
        Pair("pair", "needs-step-pair"),
        /// The pairing ends, and with it the need.
        Finish("finish", "needs-step-finish"),
        /// The pairing ends, and others may serve the need.
        Release("release", "needs-step-release"),
        /// It is closed without help.
        Close("close", "needs-step-close"),
        /// What has ended is wanted again.
        Reopen("reopen", "needs-step-reopen"),
    }
}

impl State {
    /// Whether the need has ended.
    pub const fn has_ended(self) -> bool {
        matches!(self, Self::Done | Self::Closed)
    }

    /// Where a step leads.
    ///
    /// # Errors
    /// A sentence that says why the step is not possible here.
    pub fn after(self, step: Step) -> Result<Self, Message> {
        match (self, step) {
            (Self::Open | Self::Matched, Step::Pair) => Ok(Self::Matched),
            (Self::Matched, Step::Finish) => Ok(Self::Done),
            (Self::Matched, Step::Release) | (Self::Done | Self::Closed, Step::Reopen) => {
                Ok(Self::Open)
            }
            (Self::Open, Step::Close) => Ok(Self::Closed),
            (Self::Matched, Step::Close) => Err(Message::new("needs-cannot-close-paired")),
            (Self::Done | Self::Closed, Step::Pair | Step::Close) => {
                Err(Message::new("needs-cannot-has-ended"))
            }
            (Self::Open | Self::Done | Self::Closed, Step::Finish | Step::Release) => {
                Err(Message::new("needs-cannot-not-paired"))
            }
            (Self::Open | Self::Matched, Step::Reopen) => {
                Err(Message::new("needs-cannot-reopen-open"))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_step_leads_where_it_should_or_says_why_not() {
        use State::{Closed, Done, Matched, Open};
        let table = [
            (Open, [Ok(Matched), Err("not-paired"), Err("not-paired"), Ok(Closed), Err("open")]),
            (Matched, [Ok(Matched), Ok(Done), Ok(Open), Err("paired"), Err("open")]),
            (Done, [Err("ended"), Err("not-paired"), Err("not-paired"), Err("ended"), Ok(Open)]),
            (Closed, [Err("ended"), Err("not-paired"), Err("not-paired"), Err("ended"), Ok(Open)]),
        ];
        assert_eq!((table.len(), table[0].1.len()), (State::ALL.len(), Step::ALL.len()));
        for (from, expected) in table {
            for (step, expected) in Step::ALL.iter().zip(expected) {
                match (from.after(*step), expected) {
                    (Ok(to), Ok(expected)) => assert_eq!(to, expected, "{from:?} {step:?}"),
                    (Err(why), Err(ending)) => {
                        assert!(why.key().ends_with(ending), "{from:?} {step:?}: {}", why.key());
                    }
                    (got, _) => panic!("{from:?} {step:?}: {got:?}"),
                }
            }
        }
    }
}
