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

# Corrections of committees
hub-data = Our committee's data
hub-data-look = Correct the contact or phone
hub-data-open = A correction waits for the branch
hub-data-not-taken = A correction was not taken, see why
hub-data-text = This is what the branch has on record. Correct what has changed; the branch checks it and updates the record.
hub-data-waits = Waiting for the branch
hub-data-take-back = Take it back
hub-data-accepted = Your last correction was taken ({ $day }).
hub-data-declined = Your last correction was not taken: { $because }
hub-data-same = Nothing is changed, so there is nothing to send.
hub-data-propose = Send the correction
proposals-title = Corrections by committees
proposals-none = No correction is waiting.
proposals-decided-lately = Decided lately
proposals-open = Waiting
proposals-accepted = Taken
proposals-declined = Not taken
proposals-withdrawn = Taken back
proposals-head = Committee's head
proposals-on-record = On record
proposals-proposed = By the committee
proposals-take = Take
proposals-accept = Take what is ticked
proposals-decline = Do not take it
proposals-because = Why it is not taken
proposals-because-hint = The committee sees this sentence.
proposals-reopen = Look at it again
proposals-changed-since = (changed since)
proposals-is-so = (the same already)
proposals-empty = (emptied)
proposals-none-ticked = Tick what is to be taken; to take nothing, say why.
proposals-decided = This correction is decided already.
proposals-stale = The record has just changed. Compare before you decide.
proposals-not-again = This one cannot be looked at again; the committee can send another.
history-cause-proposed = Corrected by the committee
desk-proposals = { $count ->
    [one] A correction by a committee is waiting
   *[other] { $count } corrections by committees are waiting
}
notice-data-proposed = The correction is sent. The branch checks it and updates the record.
notice-data-taken-back = The correction is taken back.
notice-proposal-accepted = “{ $name }” is updated as the committee said.
notice-proposal-declined = The correction of “{ $name }” is not taken; the committee sees why.

# Confirming participation
hub-parts = Confirm participation
hub-parts-count = { $count ->
    [0] Nothing waits
    [one] One waits for you
   *[other] { $count } wait for you
}
hub-parts-none = No participation of the last half year can be confirmed.
hub-parts-text = Your members who agreed to be known and took part in your area in the last half year. Confirm what is right at once; say where something is wrong.
hub-confirm-all = { $count ->
    [one] All is right: confirm one
   *[other] All is right: confirm { $count }
}
hub-confirm-one = Confirm this activity
hub-parts-take-back = Take back
hub-confirmed-paper = Stamped on paper
hub-times = { $count ->
    [one] once
   *[other] { $count } times
}
hub-hours = { $hours } h
hub-wrong = Wrong
hub-wrong-words = In words
hub-wrong-words-hint = Only about this occasion, such as “it was 2 hours”.
hub-wrong-send = Tell the branch
doubts-title = What committees say is wrong
doubts-none = Nothing is waiting.
doubts-text = Correct it at the activity first, then press “Settled”.
doubts-what = What is wrong
doubts-absent = Was not there
doubts-day = Another day
doubts-amount = Other times or hours
doubts-other = Something else
doubts-settle = Settled
desk-doubts = { $count ->
    [one] A committee says that one participation is wrong
   *[other] Committees say that { $count } participations are wrong
}
notice-parts-confirmed = { $name } confirmed. Thank you!
notice-parts-none-warning = This has just changed. Look at it once more.
notice-parts-taken-back = Taken back.
notice-part-doubted = The branch is told that { $name }'s record is wrong.
notice-doubt-settled = { $name }'s record is settled.

# Wishes, posts, service days
offers-wish = Wishes
offers-post = Posts
offers-day = Service days
offers-role-stairwell = Stairwell head
offers-role-patrol = Patrol
offers-role-mediation = Mediation
offers-role-legal = Legal advice
offers-role-health = Health
offers-role-culture = Culture and sport
offers-role-environment = Environment
offers-role-other = Another post
offers-week-every = Every{" "}
offers-week-1 = First{" "}
offers-week-2 = Second{" "}
offers-week-3 = Third{" "}
offers-week-4 = Fourth{" "}
offers-week-last = Last{" "}
offers-title = What
offers-role = Kind of post
offers-places = Places
offers-days = Days
offers-hours = Time of day
offers-hours-hint = Such as “9 to 11”; may stay empty.
offers-week = Which week
offers-weekday = Weekday
offers-dates = Dates
offers-dates-hint = Only where the days follow no rule, such as “2026-03-05, 2026-05-01”.
offers-dates-many = At most { $limit } dates.
offers-places-shape = A whole number from 1 to { $limit }.
offers-places-taken = { $taken } are claimed already; there cannot be fewer places.
offers-day-title = Service day
offers-wish-hint = Something small that one visit can do, such as “change a light bulb”. Nothing about illness or means.
offers-post-hint = Empty: as the kind of post is called.
offers-day-hint = Empty: “Service day”.
offers-add = Add
offers-which = Which
offers-lasting = Open now
offers-ended = Ended
offers-none = Nothing is entered yet.
offers-when = When
offers-unclaimed = Unclaimed
offers-claimed = Claimed
offers-taken = { $taken } of { $places } places taken
offers-claims = Claims
offers-no-claims = Nobody has claimed it yet.
offers-claim = Claim
offers-who = For which member
offers-who-hint = Name, pinyin or number. Ask them first.
offers-nobody = No such member was found.
offers-several = Several were found; choose one.
offers-no-place = There is no place left, it has ended, or they have it already.
offers-end = End
offers-reopen = Open again
claims-asked = Asked for
claims-held = Claimed
claims-done = Done
claims-thanked = Thanked
claims-left = Left
claims-declined = Not accepted
claims-step-accept = Accept
claims-step-decline = Decline
claims-step-leave = Leave
claims-step-finish = Done
claims-step-thank = Thank
claims-step-back = Undo
claims-end-time = No time
claims-end-moved = Moved away
claims-end-over = The work has ended
claims-end-committee = Arranged otherwise by the committee
claims-end-unsaid = Rather not say
claims-leave-why = Why it ends
claims-reason = Choose why it ends.
claims-not-possible = This cannot be done now. See where it stands.
claims-thanks = Thanks (only for the work done)
hub-offers = Wishes, posts, service days
hub-offers-count = { $count ->
    [0] Offer them, members claim them
    [one] One open now
   *[other] { $count } open now
}
hub-offers-text = Members claim what you offer. You accept who claims a post; either side can end it.
hub-offer = Offer it
audit-record-offer = Wish, post or service day
audit-action-offer-added = Added a wish, post or service day
audit-action-offer-changed = Changed a wish, post or service day
audit-action-offer-ended = Ended a wish, post or service day
audit-action-offer-reopened = Opened a wish, post or service day again
audit-action-offer-claimed = Claimed a wish or post
audit-action-claim-moved = Took a claim a step on
notice-claimed = { $name } has claimed it.
notice-claim-moved = { $name }'s claim is up to date.
notice-claim-changed-warning = { $name }'s claim has just changed. Look at it once more.
notice-offered = “{ $name }” is offered.
notice-offer-ended = “{ $name }” has ended.
notice-offer-reopened = “{ $name }” is open again.
