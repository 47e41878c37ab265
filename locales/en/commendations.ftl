# Commendations
commendations = Commendations
commendations-open-call = Open a call
commendations-no-calls = There is no call yet.
commendations-title-field = Commended as
commendations-title-hint = For example “Community service 2026”. It is printed on the certificate.
commendations-half = Service until the end of
commendations-halves = How much of it counts
commendations-one-half = This half-year
commendations-both-halves = This one and the one before
commendations-period = Service in
commendations-two-halves = { $first } and { $last }
commendations-all-branches = For members of every branch
commendations-every-branch = Every branch
commendations-branches = Branches
commendations-until = Nominations until
commendations-criteria = For what
commendations-criteria-hint = Only what concerns service to the neighbourhood.
commendations-figures = In figures
commendations-figures-text = Leave empty what is not asked for. Only what committees signed and stamped counts.
commendations-figure-times = Times, at least
commendations-figure-hours = Hours, at least
commendations-figure-areas = Areas, at least (of the four)
commendations-figure-area = Must have served in
commendations-any-area = Any area
commendations-figure-pairing = Months of a pairing, at least
commendations-figure-feedback = A committee said something of the work
commendations-number = Please enter a whole number from 1 to { $limit }.
commendations-and = {"; "}
commendations-asked-times = { $wanted ->
    [one] at least once
   *[other] at least { $wanted } times
}
commendations-asked-hours = hours: at least { $wanted }
commendations-asked-areas = { $wanted ->
    [one] in one area at least
   *[other] in { $wanted } areas at least
}
commendations-asked-area = served in { $area }
commendations-asked-pairing = { $wanted ->
    [one] a pairing of one month
   *[other] a pairing of { $wanted } months
}
commendations-asked-feedback = a committee’s feedback
commendations-why-times = Times: { $got } (asked for: { $wanted })
commendations-why-hours = Hours: { $got } (asked for: { $wanted })
commendations-why-areas = Areas: { $got } (asked for: { $wanted })
commendations-why-area = { $wanted }: { $got }
commendations-why-pairing = Months of a pairing: { $got } (asked for: { $wanted })
commendations-why-feedback = A committee’s feedback: { $got }{ $wanted }
commendations-why = What is asked for
commendations-why-now = By what is confirmed now.
commendations-unmet = Not met:
commendations-open = Nominating
commendations-deciding = To be decided
commendations-closed = Closed
commendations-close = Close the call
commendations-reopen = Open it again
commendations-state = State
commendations-nominated = Nominated
commendations-taken-back = Taken back
commendations-granted = Commended
commendations-declined = Not commended
commendations-fitting = Who meets it
commendations-fitting-text = In the order of the phone book; nobody comes before another. Only what committees signed and stamped in this time counts.
commendations-nobody-fits = Nobody meets all figures, or the records are not confirmed yet.
commendations-left-out-link = How many are left out because of unconfirmed records
commendations-left-out = { $count ->
    [one] 1 more is left out only because some of their parts are not signed and stamped yet. A missing paper is never read as missing service: have them confirmed first.
   *[other] { $count } more are left out only because some of their parts are not signed and stamped yet. A missing paper is never read as missing service: have them confirmed first.
}
commendations-left-out-none = Nobody is left out only because of unconfirmed records.
commendations-nominees = Nominees
commendations-no-nominees = Nobody is nominated yet.
commendations-nominate = Nominate
commendations-who = Whom
commendations-who-hint = Name, pinyin, initials or number.
commendations-reason = Reason
commendations-reason-hint = Only the work done for the neighbourhood; nothing of character, opinions or private life.
commendations-although = Why all the same
commendations-although-hint = Only for who does not meet all figures.
commendations-although-wanted = Not all figures are met. Please say why all the same.
commendations-not-of-branches = This member is of none of the call’s branches.
commendations-step-nominate = Nominated
commendations-step-reword = Change the reason
commendations-step-take-back = Take the nomination back
commendations-step-grant = Decided: commended
commendations-step-decline = Decided: not commended
commendations-step-correct-yes = Corrected: commended
commendations-step-correct-no = Corrected: not commended
commendations-step-agree = Agreed to publish
commendations-step-refuse = Did not agree to publish
commendations-refused = This cannot be done
commendations-refused-not-theirs = Your role does not take this step.
commendations-refused-closed = the call is closed.
commendations-refused-late = the last day for nominations has passed.
commendations-refused-nominated = this member is nominated already.
commendations-refused-not-nominated = the nomination was taken back.
commendations-refused-decided = the branch has decided; only an administrator corrects it.
commendations-refused-not-decided = the branch has not decided, so there is nothing to correct.
commendations-refused-not-granted = nobody is commended there.
commendations-decide = Enter what was decided
commendations-decision = Decision
commendations-outcome = Outcome
commendations-undecided = Not yet
commendations-none-waiting = No nomination waits for a decision.
commendations-more-waiting = The other nominations come once these are saved.
commendations-nothing-decided = No outcome is chosen.
commendations-body = Decided by
commendations-body-hint = For example “General meeting of the first branch”. It is printed on the certificate.
commendations-decided-on = Decided on
commendations-day-to-come = The day cannot be later than today.
commendations-votes = Votes
commendations-votes-for = For
commendations-votes-against = Against
commendations-votes-abstained = Abstained
commendations-votes-words = { $yes } for, { $no } against, { $neither } abstained
commendations-votes-shape = Please enter votes as whole numbers.
commendations-votes-none = Please enter the votes.
commendations-votes-too-few = There are not more votes for it than against.
commendations-changed-meanwhile = Someone changed this just now. Please look again before you save.
commendations-correct = Correct the decision
commendations-correct-text = Only where it was entered wrong. What stood there before and why stay on record.
commendations-correct-why = Why it is corrected
commendations-publishing = Publishing within the workplace
commendations-publishing-text = Once the member agrees, members and staff who sign in can read the name, branch, title, reason and who decided. The member can withdraw this at any time; it is gone at once.
commendations-may-publish = May it be published within the workplace, with your name, branch, the title, the reason and who decided? You can withdraw this at any time.
commendations-agrees = Agree to publish
commendations-refuses = Do not publish
commendations-agreed-since = Agreed to publish on { $day }
commendations-refused-since = Did not agree to publish on { $day }
commendations-agreed-day = Day on which they said so
commendations-note = Note what they said
commendations-published = Published commendations
commendations-published-tag = Published
commendations-published-text = Only those whose members agreed.
commendations-none-published = No commendation is published yet.
commendations-record = Record
commendations-print-all = Print all certificates
commendations-print-one = Print certificate
commendations-printed = Certificates printed
commendations-printed-text = Each can be printed again as it was.
commendations-printed-count = { $count ->
    [one] 1 certificate
   *[other] { $count } certificates
}
commendations-paper = Certificate of Commendation
commendations-paper-name = { $name }
commendations-paper-words = member of { $branch }, has done outstanding work for the neighbourhood and its residents in { $period }. On the decision of { $by }, this member is commended: “{ $title }”.
commendations-paper-words-no-branch = has done outstanding work for the neighbourhood and its residents in { $period }. On the decision of { $by }, this member is commended: “{ $title }”.
commendations-paper-end = Given in recognition and with thanks.
notice-call-closed = “{ $name }” is closed.
notice-call-reopened = “{ $name }” is open again.
notice-nominated = { $name } is nominated.
notice-decided = Entered decisions: { $name }.
notice-publishing-agreed = You agreed that “{ $name }” is published.
notice-publishing-refused = “{ $name }” is not published.
audit-record-commendation = Call for commendations
audit-action-call-opened = Opened a call for commendations
audit-action-call-changed = Changed a call for commendations
audit-action-call-closed = Closed a call for commendations
audit-action-call-reopened = Opened a call for commendations again
audit-action-member-nominated = Nominated a member
audit-action-nomination-reworded = Changed the reason of a nomination
audit-action-nomination-taken-back = Took a nomination back
audit-action-commendation-decided = Entered a decision on a nomination
audit-action-commendation-corrected = Corrected a decision on a nomination
audit-action-commendation-agreed = Agreed to publish a commendation
audit-action-commendation-refused = Did not agree to publish a commendation
audit-action-commendations-printed = Printed certificates of commendation
audit-action-commendations-exported = Took the list of a call out
audit-said-certificates = { $certificates ->
    [one] 1 certificate
   *[other] { $certificates } certificates
}
