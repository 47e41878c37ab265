# Feedback and reviews
reviews = Reviews
reviews-about = Twice a year. One page a member: participation that a committee signed and stamped, feedback, commendations; the member sees just the same. In the order of the phone book, with no score and no ranking.
reviews-days = { $first } to { $last }
reviews-no-branches = There is no branch yet. Add one under “Branches” first.
reviews-no-members = This branch has no members.
reviews-open = Open the review
reviews-stage-open = Being prepared
reviews-stage-held = Held
reviews-stage-closed = Closed
reviews-held-on = Day of the review
reviews-with-feedback = With feedback
reviews-open-parts = Not confirmed
reviews-missing-paper = “Not confirmed” are parts that no committee signed and stamped yet; pages leave them out. A missing paper is never read as missing service.
reviews-print-all = Print the whole branch
reviews-print-next = Next part
reviews-print-job = A large branch, printed in parts: { $count ->
    [one] 1 member
   *[other] { $count } members
 } in this one. Print it, then go on to the next part.
reviews-answered = Answered
reviews-hold = Note the day
reviews-close = Close the review
reviews-close-text = Each member’s page is then kept as it is, and can be printed again just so; feedback and answers are changed no more.
reviews-not-held = Note the day of the review first.
reviews-closed-before = This review is closed already.
reviews-open-before = This review is not closed.
reviews-changed = Someone changed this review just now. Please look again.
reviews-closed-by = Closed by { $name }, { $at }
reviews-reopen = Open again
reviews-reopen-text = The pages that were kept are given up and follow the record again; the reason stays in the history.
reviews-why = Reason
reviews-past-opened = Opened
reviews-past-held = Day of the review: { $day }
reviews-past-closed = Closed
reviews-past-reopened = Opened again: { $why }
reviews-sheet = Review: taking part in the community
reviews-as-of = As of
reviews-deeds = Participation, signed and stamped
reviews-no-deeds = No participation is signed and stamped.
reviews-more-deeds = { $count ->
    [one] 1 more
   *[other] { $count } more
}
reviews-left-out = { $count ->
    [one] 1 part is left out because it is not confirmed yet. A missing paper is never read as missing service.
   *[other] { $count } parts are left out because they are not confirmed yet. A missing paper is never read as missing service.
}
reviews-figures = Side by side
reviews-took-part = Members
reviews-own-now = The member, this half-year
reviews-own-last = The member, the half-year before
reviews-branch-now = The branch, this half-year
reviews-branch-goal = The branch’s goal
reviews-no-feedback = No feedback is on record.
reviews-commendations = Commendations
reviews-own-words = The member’s own words
reviews-sign-member = Member
reviews-sign-branch = For the branch
reviews-note = This page shows only what the member sees too. Times and hours stand beside each other; they are no score and no rank.
reviews-own = My review
reviews-own-open = You may answer here; your words are printed on the page, and you can change them until the review is closed.
reviews-own-closed = The review is closed. This page is kept as it was.
reviews-own-none = Your branch has not opened the review of this half-year yet. This is what is on record now.
reviews-own-look = See the page that your branch sees in its review, and answer it.
reviews-answer = My answer
reviews-answer-hint = What is missing or should be said about the record, such as an activity that nobody entered. Your branch reads it. May be empty.
reviews-answer-changed = You changed this somewhere else just now. Please compare and save again.
reviews-closed-for-you = The review is closed, and this cannot be changed any more. Your branch can have it opened again.
enquiries = Feedback
enquiries-about = Before a review, committees are asked what members did and how it helped. Each committee gets one request, naming those who were active in its area and stand to be known.
enquiries-new = Ask for feedback
enquiries-new-text = Linli drafts a request to each committee concerned, from what is on record. Names leave only when a request is printed or sent.
enquiries-make = Draft requests
enquiries-half = Half-year
enquiries-branches = Branches
enquiries-branches-hint = Tick none for all.
enquiries-every-branch = All branches
enquiries-until = Answer by
enquiries-until-past = This day has passed.
enquiries-nobody = There is nobody to ask about: nothing is on record, or they do not stand to be known, or they are in another enquiry.
enquiries-none = Nobody was asked for feedback yet.
enquiries-none-here = There are no requests here.
enquiries-find = Find by code
enquiries-code-hint = The code on a request that came back.
enquiries-code-unknown = No request has this code. Please check it.
enquiries-state-draft = To be sent
enquiries-state-sent = Waiting
enquiries-state-answered = Answered
enquiries-way-link = The committee’s own page
enquiries-ended = Ended
enquiries-overdue = Overdue
enquiries-all-of-list = { $count ->
    [one] The only one
   *[other] All { $count }
}
enquiries-together = With the ticked ones
enquiries-print = Print requests
enquiries-print-again = Print again
enquiries-sheets = { $count ->
    [one] 1 request
   *[other] { $count } requests
}
enquiries-send = Mark as sent
enquiries-remind = Note a reminder
enquiries-widen = Ask about new members
enquiries-end = Wait no more
enquiries-none-ticked = Please tick requests first.
enquiries-refused = None of these requests can take this step: they were sent or reminded today already, or nobody in them may be named any more.
enquiries-printed-not-sent = printed, not marked as sent
enquiries-waits = { $days ->
    [0] since today
    [one] for 1 day
   *[other] for { $days } days
}
enquiries-reminded = { $count ->
    [one] reminded on { $day }
   *[other] reminded { $count } times, last on { $day }
}
enquiries-draft-text = A draft. Printing or sending settles it as the record is then; until then no name has left the office.
enquiries-given = { $count ->
    [one] Settled; names 1 member
   *[other] Settled; names { $count } members
}
enquiries-no-past = Not sent yet.
enquiries-deeds = What they did
enquiries-letter = Request for feedback
enquiries-addressed = { $committee } and { $party }
enquiries-text = The members below live in your area and took part there in { $half }, as shown. Before our review we ask for a few words of yours: what was done, and how it helped. You need not write about everyone. Please sign, stamp and send this back by { $until }, or write on your page.
enquiries-link-text = Or write on your own page:
feedback = Feedback
feedback-about = Only what was done and how it helped, up to 300 characters each; a box may stay empty. Nothing about anyone’s character, beliefs or private life.
feedback-words = What was done, how it helped
feedback-words-of = { $name }: what was done, how it helped
feedback-none-said = Please write about one member at least.
feedback-closed = The branch’s review is closed; this is changed no more.
feedback-enter = Enter feedback
feedback-correct = Correct
feedback-signed-by = Signed at the committee by
feedback-corrected = { $by } corrected what is said of { $name }. It was:
feedback-nothing-before = (nothing)
feedback-answered-before = { $name } answered on { $day }; it counts once. Below is what is on record beside what you wrote. Saving again corrects it.
feedback-changed-before = This request was changed just now. Please compare and save again.
hub-feedback = Feedback
hub-feedback-count = { $count ->
    [0] Written; you may correct it
    [one] Say what 1 member did
   *[other] Say what { $count } members did
}
hub-feedback-send = Send
hub-feedback-none = You are asked for no feedback now.
hub-feedback-nobody = Nobody in this request is your member now, or they no longer stand to be known.
hub-feedback-others = Other requests
notice-review-opened = The review of { $name } is open.
notice-review-held = The day of the review of { $name } is noted.
notice-review-closed = The review of { $name } is closed, and its pages are kept.
notice-review-reopened = The review of { $name } is open again.
notice-review-answered = Your answer is saved.
notice-enquiry-opened = Requests drafted: { $name }.
notice-enquiry-widened = More requests drafted: { $name }.
notice-enquiry-same = There is nobody new to ask about.
notice-enquiry-ended = Nobody waits for answers any more; one that comes counts all the same.
notice-requests-sent = Marked as sent: { $name }.
notice-requests-reminded = Reminders noted: { $name }.
notice-feedback-entered = The feedback of { $name } is saved.
notice-feedback-said = Sent. Thank you. You may correct it until the review is closed.
audit-record-enquiry = Enquiry
audit-record-request = Request for feedback
audit-record-review = Review
audit-action-enquiry-opened = Opened an enquiry for feedback
audit-action-enquiry-widened = Asked about more members
audit-action-enquiry-ended = Waited for feedback no more
audit-action-request-given = Settled a request for feedback
audit-action-requests-printed = Printed requests for feedback
audit-action-request-sent = Sent a request for feedback
audit-action-request-reminded = Asked for feedback again
audit-action-feedback-entered = Entered feedback
audit-action-feedback-corrected = Corrected feedback
audit-action-feedback-scan-added = Kept a scan of feedback
audit-action-review-opened = Opened a review
audit-action-review-held = Noted the day of a review
audit-action-review-closed = Closed a review
audit-action-review-reopened = Opened a review again
audit-action-review-printed = Printed a review page
audit-action-review-answered = Answered a review page
audit-said-requests = { $requests ->
    [one] 1 request
   *[other] { $requests } requests
}
audit-said-review-pages = { $members ->
    [one] 1 page kept
   *[other] { $members } pages kept
}
desk-feedback-overdue = { $count ->
    [one] 1 committee has not answered a request for feedback in time
   *[other] { $count } committees have not answered requests for feedback in time
}
