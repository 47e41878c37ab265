//! Where a nomination stands, the steps between, and who may take them.

use crate::needs::named;
use crate::web::Role;

named! {
    /// Where a nomination stands.
    State {
        /// The branch has to decide.
        Nominated("nominated", "commendations-nominated"),
        /// It was taken back before it was decided.
        TakenBack("taken-back", "commendations-taken-back"),
        /// The member is commended.
        Granted("granted", "commendations-granted"),
        /// The member is not.
        Declined("declined", "commendations-declined"),
    }
}

named! {
    /// What is done with a nomination.
    Step {
        /// A member is nominated, also again after it was taken back.
        Nominate("nominate", "commendations-step-nominate"),
        /// The reason is put in other words.
        Reword("reword", "commendations-step-reword"),
        /// It is taken back.
        TakeBack("take-back", "commendations-step-take-back"),
        /// The branch says yes.
        Grant("grant", "commendations-step-grant"),
        /// The branch says no.
        Decline("decline", "commendations-step-decline"),
        /// The decision was yes, and was written down wrong.
        CorrectToYes("correct-yes", "commendations-step-correct-yes"),
        /// The decision was no, and was written down wrong.
        CorrectToNo("correct-no", "commendations-step-correct-no"),
        /// The member agrees that the workplace reads of it.
        Agree("agree", "commendations-step-agree"),
        /// The member does not, or no more.
        Refuse("refuse", "commendations-step-refuse"),
    }
}

/// How far a call is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Members are nominated, and may be decided on.
    Nominating,
    /// Its last day has passed: the branch decides.
    Deciding,
    /// It was closed.
    Closed,
}

/// Why a step cannot be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// It is another's to do.
    NotTheirs,
    /// The call was closed.
    Closed,
    /// The last day for nominations has passed.
    Late,
    /// The member is nominated already.
    Nominated,
    /// The nomination was taken back, or never was.
    NotNominated,
    /// The branch has decided.
    Decided,
    /// The branch has not decided.
    NotDecided,
    /// The member is not commended.
    NotGranted,
}

impl Refusal {
    /// A sentence that says so.
    pub const fn key(self) -> &'static str {
        match self {
            Self::NotTheirs => "commendations-refused-not-theirs",
            Self::Closed => "commendations-refused-closed",
            Self::Late => "commendations-refused-late",
            Self::Nominated => "commendations-refused-nominated",
            Self::NotNominated => "commendations-refused-not-nominated",
            Self::Decided => "commendations-refused-decided",
            Self::NotDecided => "commendations-refused-not-decided",
            Self::NotGranted => "commendations-refused-not-granted",
        }
    }
}

impl Step {
    /// Whether a role takes it; staff note what a member said on paper.
    pub const fn is_for(self, role: Role) -> bool {
        match role {
            Role::Administrator => true,
            Role::Staff => !matches!(self, Self::CorrectToYes | Self::CorrectToNo),
            Role::Member => matches!(self, Self::Agree | Self::Refuse),
            Role::Contact => false,
        }
    }

    /// The same for a state to come to.
    const fn leads_to(self) -> State {
        match self {
            Self::Nominate | Self::Reword => State::Nominated,
            Self::TakeBack => State::TakenBack,
            Self::Grant | Self::CorrectToYes | Self::Agree | Self::Refuse => State::Granted,
            Self::Decline | Self::CorrectToNo => State::Declined,
        }
    }
}

/// Where a step leads in a call of this phase; `None`: the member is not nominated.
///
/// # Errors
/// Why it cannot be taken.
pub const fn after(
    state: Option<State>,
    step: Step,
    role: Role,
    phase: Phase,
) -> Result<State, Refusal> {
    if !step.is_for(role) {
        return Err(Refusal::NotTheirs);
    }
    let stands = match step {
        Step::Nominate => nominating(state, phase),
        Step::Reword | Step::TakeBack | Step::Grant | Step::Decline => waiting(state, phase),
        Step::CorrectToYes | Step::CorrectToNo => match state {
            Some(State::Granted | State::Declined) => Ok(()),
            _ => Err(Refusal::NotDecided),
        },
        Step::Agree | Step::Refuse => match state {
            Some(State::Granted) => Ok(()),
            _ => Err(Refusal::NotGranted),
        },
    };
    match stands {
        Ok(()) => Ok(step.leads_to()),
        Err(why) => Err(why),
    }
}

const fn nominating(state: Option<State>, phase: Phase) -> Result<(), Refusal> {
    match (state, phase) {
        (Some(State::Nominated), _) => Err(Refusal::Nominated),
        (Some(State::Granted | State::Declined), _) => Err(Refusal::Decided),
        (None | Some(State::TakenBack), Phase::Closed) => Err(Refusal::Closed),
        (None | Some(State::TakenBack), Phase::Deciding) => Err(Refusal::Late),
        (None | Some(State::TakenBack), Phase::Nominating) => Ok(()),
    }
}

const fn waiting(state: Option<State>, phase: Phase) -> Result<(), Refusal> {
    match (state, phase) {
        (None | Some(State::TakenBack), _) => Err(Refusal::NotNominated),
        (Some(State::Granted | State::Declined), _) => Err(Refusal::Decided),
        (Some(State::Nominated), Phase::Closed) => Err(Refusal::Closed),
        (Some(State::Nominated), Phase::Nominating | Phase::Deciding) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::Phase::{Closed, Deciding, Nominating};
    use super::Refusal as No;
    use super::State::{Declined, Granted, Nominated, TakenBack};
    use super::*;

    /// What an administrator's steps lead to, in the order of [`Step::ALL`].
    type Ways = [Result<State, No>; 9];

    const NOT_THERE: [Result<State, No>; 4] = [Err(No::NotNominated); 4];
    const DECIDED: [Result<State, No>; 5] = [Err(No::Decided); 5];

    fn ways(
        first: Result<State, No>,
        work: [Result<State, No>; 4],
        then: [Result<State, No>; 4],
    ) -> Ways {
        let mut all = [first; 9];
        all[1..5].copy_from_slice(&work);
        all[5..].copy_from_slice(&then);
        all
    }

    fn of_administrator(state: Option<State>, phase: Phase) -> Ways {
        let undecided =
            [Err(No::NotDecided), Err(No::NotDecided), Err(No::NotGranted), Err(No::NotGranted)];
        match (state, phase) {
            (None | Some(TakenBack), Nominating) => ways(Ok(Nominated), NOT_THERE, undecided),
            (None | Some(TakenBack), Deciding) => ways(Err(No::Late), NOT_THERE, undecided),
            (None | Some(TakenBack), Closed) => ways(Err(No::Closed), NOT_THERE, undecided),
            (Some(Nominated), Nominating | Deciding) => {
                let work = [Ok(Nominated), Ok(TakenBack), Ok(Granted), Ok(Declined)];
                ways(Err(No::Nominated), work, undecided)
            }
            (Some(Nominated), Closed) => ways(Err(No::Nominated), [Err(No::Closed); 4], undecided),
            (Some(Granted), _) => {
                let then = [Ok(Granted), Ok(Declined), Ok(Granted), Ok(Granted)];
                ways(DECIDED[0], [DECIDED[1]; 4], then)
            }
            (Some(Declined), _) => {
                let then = [Ok(Granted), Ok(Declined), Err(No::NotGranted), Err(No::NotGranted)];
                ways(DECIDED[0], [DECIDED[1]; 4], then)
            }
        }
    }

    #[test]
    fn every_step_of_every_role_from_every_state_goes_only_where_it_may() {
        // Nominate, Reword, TakeBack, Grant, Decline, CorrectToYes, CorrectToNo, Agree, Refuse.
        let may = |role: Role| match role {
            Role::Administrator => [true; 9],
            Role::Staff => [true, true, true, true, true, false, false, true, true],
            Role::Member => [false, false, false, false, false, false, false, true, true],
            Role::Contact => [false; 9],
        };
        assert_eq!(Step::ALL.len(), 9);
        let states = State::ALL.iter().copied().map(Some).chain([None]);
        for state in states {
            for phase in [Nominating, Deciding, Closed] {
                let wanted = of_administrator(state, phase);
                for role in Role::ALL {
                    for (at, step) in Step::ALL.iter().enumerate() {
                        let got = after(state, *step, role, phase);
                        let want = if may(role)[at] { wanted[at] } else { Err(No::NotTheirs) };
                        assert_eq!(got, want, "{state:?} {step:?} {role:?} {phase:?}");
                    }
                }
            }
        }
    }
}
