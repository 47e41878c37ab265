# Check-in
checkins-title = Check-in
checkins-about = Members from whose committee no receipt has come back. Only those who agree to be known are listed.
checkins-missing-count = { $count } not checked in
checkins-none = Everyone has checked in; no receipt is missing.
checkins-none-there = Everyone named in the letter has checked in.
checkins-code = Code of a slip
checkins-code-unknown = No slip has this code; please look again.
checkins-find = Find the receipt
checkins-any-branch = All branches
checkins-printed = Slip printed
checkins-printed-any = At any time
checkins-printed-never = Never
checkins-printed-before = { $days } days ago or more
checkins-printed-ago = { $days ->
    [0] today
    [one] one day ago
   *[other] { $days } days ago
}
checkins-shape = What
checkins-shape-each = A slip for each member
checkins-shape-list = One list for each committee
checkins-shape-both = Slips and the list
checkins-print-missing = Print the { $count } missing
checkins-print-ticked = Print the ticked
checkins-enter = Enter receipts
checkins-all-of-list = All { $count }
checkins-day = Checked in on
checkins-by = Accepted by
checkins-accept = Enter the ticked
checkins-accepted = Checked in
checkins-correct = Correct
checkins-none-ticked = Tick some members first.
checkins-noted = Entered
checkins-noted-there = Entered by the committee itself
checkins-strike = Take this receipt back
checkins-slip = Check-in Slip
checkins-list = Check-in List
checkins-receipt = Receipt
checkins-and = {" and "}
checkins-came = Came
checkins-accepted-by = Accepted by (signature):
checkins-slip-words = { $name }, a member of ours, lives in your area, agrees to be known to you, and is glad to take part in the life of the community outside working hours. Please receive them, and fill in the receipt below.
checkins-receipt-words = { $name }, a member of yours, has checked in with us. We have registered them and will be in touch.
checkins-list-words = { $count ->
    [one] The member of { $office } named below lives in your area, agrees to be known to you, and is glad to take part in the life of the community outside working hours.
   *[other] The { $count } members of { $office } named below live in your area, agree to be known to you, and are glad to take part in the life of the community outside working hours.
} Please tick who has checked in, fill in the receipt below, stamp it and send it back.
checkins-list-receipt = { $count ->
    [one] If ticked, the member above has checked in with us.
   *[other] Of the { $count } members above, those ticked have checked in with us.
} We have registered them and will be in touch.
checkins-there-text = Tick the members who came to check in, and write your name; then no paper receipt is needed.
checkins-there-who = Who has checked in
checkins-there-send = Confirm
checkins-there-open = { $count ->
    [one] One member on the list has not checked in yet.
   *[other] { $count } members on the list have not checked in yet.
}
checkins-there-go = Enter who checked in
checkins-of-member = Check-in
checkins-state-done = Checked in
checkins-state-open = Not checked in
checkins-state-nowhere = No committee yet at which to check in.
checkins-state-withheld = Has not agreed to be known, so no slip is printed.
checkins-print-one = Print the slip
checkins-enter-one = Enter the receipt
notice-slips-printed = { $name } made; print them now.
notice-checked-in = { $name } entered as checked in.
notice-checked-in-there = { $name } entered as checked in. Thank you.
notice-receipt-changed = The receipt of “{ $name }” is corrected.
notice-receipt-struck = The receipt of “{ $name }” is taken back.
audit-action-slips-printed = Printed check-in slips
audit-action-checked-in = Entered a receipt
audit-action-checked-in-there = Accepted a member
audit-action-check-in-changed = Corrected a receipt
audit-action-check-in-struck = Took a receipt back
audit-said-slips = { $slips ->
    [one] One slip
   *[other] { $slips } slips
}

# Packets
packets-title = Packets
packets-about = One for each committee: an address label, the letter with its return slip, check-in slips, and the list as a file. A later run prints only what is missing; a committee without a letter this year gets one, numbered.
packets-again = Print again what was printed before
packets-count = { $count ->
    [one] One packet:
   *[other] { $count } packets:
}
packets-letters = { $count ->
    [one] one letter
   *[other] { $count } letters
}
packets-fresh = { $count ->
    [one] (one is written and numbered now)
   *[other] ({ $count } are written and numbered now)
}
packets-slips = { $count ->
    [one] one check-in slip
   *[other] { $count } check-in slips
}
packets-rest = { $count ->
    [one] One more committee comes with the next run.
   *[other] { $count } more committees come with the next run.
}
packets-nothing = Nothing is missing: all has been printed.
packets-print = Print packets
packets-print-hint = Each printing gives a letter a new link; those printed before go on opening.
packets-lists = Download the lists
packets-letter = Letter
packets-letter-new = To be written
packets-letter-draft = Draft, to be numbered
packets-letter-issued = Numbered
packets-letter-none = Printed before
packets-inside = Inside
packets-with-return = , with a return slip
packets-label-person = Attn: { $name }
packets-label-office = Residents’ committee
notice-packets-printed = { $name } packets are ready to print.
audit-action-packets-printed = Printed packets
audit-said-packets = { $packets ->
    [one] One packet
   *[other] { $packets } packets
}
provisions-title = Passed on
provisions-about = Which of whose data went to which committee, when and by whom: only for getting in touch and arranging service. Nobody is passed on who has not agreed to be known.
provisions-none = Nothing was passed on to committees yet.
provisions-any = All
provisions-list = Lists
provisions-by-what = By what
provisions-day = When
provisions-fields = Data
provisions-by = By whom
provisions-committees = { $count ->
    [one] one committee
   *[other] { $count } committees
}
provisions-here = Passed on to this committee
provisions-all = All of them
provisions-file = List as a file
provisions-zip = All lists
provisions-terminal = Command line

# Ledger
ledger-title = Ledger
ledger-tabs = Parts of the ledger
ledger-all = All
ledger-open = To follow up
ledger-none = No letters and contacts yet.
ledger-none-open = Nothing to follow up.
ledger-any-kind = Any kind
ledger-happened = What happened
ledger-waits = Waiting
ledger-waits-send = { $days ->
    [0] To be sent
    [one] Not sent for a day
   *[other] Not sent for { $days } days
}
ledger-waits-reply = { $days ->
    [0] To be answered
    [one] No reply for a day
   *[other] No reply for { $days } days
}
ledger-waits-work = { $days ->
    [0] Nothing arranged yet
    [one] Nothing arranged a day after the reply
   *[other] Nothing arranged { $days } days after the reply
}
ledger-waits-due = { $days ->
    [0] Due today
    [one] A day late
   *[other] { $days } days late
}
ledger-waits-promise = { $days ->
    [0] Open
    [one] Open for a day
   *[other] Open for { $days } days
}
ledger-needs = { $count ->
    [one] one need
   *[other] { $count } needs
}
ledger-offers = { $count ->
    [one] one wish or post
   *[other] { $count } wishes and posts
}
ledger-activities = { $count ->
    [one] one activity
   *[other] { $count } activities
}
ledger-file = As a file (CSV)
ledger-and = {", "}
contacts-new = New contact
contacts-one = Contact
contacts-visit = Visit
contacts-call = Call
contacts-message = Message
contacts-asked = A member asked for work
contacts-kind = Kind
contacts-day = Date
contacts-member = Member
contacts-member-hint = Only where a member asked for work; the committee is then the one on record.
contacts-member-pick = Which one
contacts-person = Who at the committee
contacts-words = What about
contacts-words-hint = Write what it is about, nothing about anyone's character or about residents.
contacts-promised = Promised
contacts-due = Until
contacts-due-of-what = There is a date: please say what was promised.
contacts-outcome = What came of it
contacts-open = Open
contacts-of-member = Work asked for
contacts-asked-add = Asked for work
contacts-strike = Strike
contacts-struck = Struck
notice-contact-added = Entered in the ledger.
notice-contact-changed = Saved.
notice-contact-struck = Struck; it can be brought back.
notice-contact-back = Brought back.
audit-record-contact = Contact
audit-action-contact-added = Entered a contact
audit-action-contact-changed = Changed a contact
audit-action-contact-struck = Struck a contact
audit-action-contact-back = Brought a contact back
