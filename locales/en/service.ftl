# The committee's own page
hub-sections = What you can do here
hub-answer = Answer the letter
hub-answer-waits = Waiting for your answer
hub-answered = Answered
hub-needs = Needs
hub-needs-count = { $count ->
    [0] Ask for help here
    [one] One under way
   *[other] { $count } under way
}
hub-needs-none = Nothing has been asked for yet.
hub-post-need = Ask for help
hub-skills = Skills it takes (optional)
hub-skills-hint = Any one of them is enough; with none, anyone can help.
hub-need-served = Served by
hub-need-take-back = No longer needed
hub-need-taken-back = No longer needed, says the committee
hub-signed = Signed by
hub-signed-other = Someone else
hub-busy = Too many changes
hub-busy-text = Too much was sent by this link within an hour. Try again in a while, or phone the contact.
needs-posted = Posted by the committee
needs-posted-tag = By the committee
notice-need-posted = “{ $name }” is posted. The branch will look for a member who fits.
notice-need-taken-back = “{ $name }” is taken back.
notice-need-served-warning = “{ $name }” is served already or has ended. If anything changed, phone the branch.

audit-action-committee-page-opened = Committee opened its page
audit-action-data-proposed = Proposed a correction of a committee
audit-action-proposal-withdrawn = Took a correction back
audit-action-proposal-accepted = Took a committee's correction
audit-action-proposal-declined = Declined a committee's correction
audit-action-parts-confirmed = Committee confirmed participation online
audit-action-parts-unconfirmed = Committee took a confirmation back
audit-action-part-doubted = Committee said a participation is wrong
audit-action-doubt-settled = Settled what a committee said
