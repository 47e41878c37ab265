letters-tabs = Pages about letters
letters-title = Liaison Letter
letters-reference = { $prefix }〔{ $year }〕{ $number }号
letters-number-pending = (number follows)
letters-colon = {": "}
letters-count = { $count } in all
letters-sheets = { $count ->
    [one] One letter
   *[other] { $count } letters
}

# The letter's text
letters-field-committee = committee
letters-field-party = party
letters-field-street = street
letters-field-members = members
letters-field-count = count
letters-field-withheld = withheld
letters-field-branch = branch
letters-field-date = date
letters-field-number = number
letters-field-contact = contact
letters-field-phone = phone
letters-field-link = link
letters-default-text =
    To { $party } and { $committee }:

    Members of our branch register with the community where they live, to take part in its life. These members of ours, { $count } in number, live in your area:

    { $members }

    All of them agree to be known to you and are glad to help their neighbours outside working hours. Please give them work that fits the community’s needs and their skills, in cultural activities, mediation, good deeds for residents or self-governance, and guide them in it. Our branch supports what they do for the community and welcomes your views.

    The list is for reaching these members and arranging community service, and for nothing else. Please keep it safe.

    When you have received this letter, please fill in the slip at its end, stamp it and send it back, or scan the code and answer there. Our contact is { $contact }, phone { $phone }.

    Thank you for your support.
letters-field-unknown = There is no field “{ $name }”; choose one of those below.
letters-field-open = “{ $part }” has no closing brace.
letters-members-alone = Write {"{members}"} once, on a line of its own.
letters-party-unknown = the community Party organisation
letters-addressed = To { $party } and { $committee }
letters-withheld = { $count ->
    [one] One more member has not agreed to be known and is not on the list.
   *[other] { $count } more members have not agreed to be known and are not on the list.
}
letters-erased = (erased)
letters-place = No.
letters-link-text = Scan the code or open the address to see the list and answer on a phone:
letters-code = QR code: opens this letter’s page
letters-slip = Return slip
letters-slip-text = We have received your liaison letter { $number }, which names { $count ->
    [one] one member
   *[other] { $count } members
}.
letters-slip-arranged = Work that we have in mind:{" "}
letters-slip-by = Handled by:
letters-slip-stamp = (stamp)
letters-reminder-title = Reminder
letters-reminder-text = On { $day } we wrote to you ({ $number }) about { $count ->
    [one] one member of ours who lives
   *[other] { $count } members of ours who live
} in your area, and asked you for community work. We have had no answer yet.
letters-reminder-end = If something is arranged, please fill in the slip below, stamp it and send it back, or scan the code and answer there.

# States and steps
letters-state = State
letters-state-draft = Draft
letters-state-issued = To be sent
letters-state-sent = Awaiting reply
letters-state-answered = Answered
letters-state-withdrawn = Withdrawn
letters-refused-draft = This letter is still a draft; issue it first.
letters-refused-issued = This letter is issued but not sent yet.
letters-refused-sent = This letter is already sent.
letters-refused-answered = This letter is already answered.
letters-refused-withdrawn = This letter was withdrawn.
letters-refused-empty = Not issued: nobody there stands to be known any more.
letters-refused-all = None of the chosen letters can take this step; look at their states.
letters-refused-answered-there = This letter was answered already; see below.
letters-way-hand = By hand
letters-way-post = By post
letters-way-email = By e-mail
letters-way-courier = By courier
letters-day-before = Not before the day of the letter.
letters-waits-sending = { $days ->
    [one] one day unsent
   *[other] { $days } days unsent
}
letters-waits-reply = { $days ->
    [one] waiting for a day
   *[other] waiting for { $days } days
}
letters-longest = { $days ->
    [one] longest one day
   *[other] longest { $days } days
}
letters-answered-by = by { $name }
letters-received = Received
letters-past = What happened
letters-past-made = Drafted by { $name }
letters-past-issued = Issued as { $number }
letters-past-sent = Sent: { $way }
letters-past-received = Receipt confirmed by { $name }
letters-past-reminded = Reminded
letters-past-answered = Answered by { $name }
letters-past-answered-there = Answered on its page by { $name }
letters-past-withdrawn = Withdrawn
letters-somebody = the committee

# The board
letters-year = Year
letters-any-state = All states
letters-went = Sent, answered or not
letters-any-year = All years
letters-number = Number
letters-day = Date
letters-none = No letters yet.
letters-none-here = No letters here.
letters-tick = Choose
letters-together = Together
letters-all-of-list = { $count ->
    [one] The only one
   *[other] All { $count }
}
letters-none-ticked = Tick some letters first.
letters-issue = Issue
letters-issue-text = Issuing settles what it says, with those who stand to be known at that moment.
letters-print = Print
letters-word = As a Word file
letters-send = Mark as sent
letters-sent-on = Sent on
letters-sent-way = Way
letters-remind = Remind
letters-answer = Enter the reply
letters-answered-on = Replied on
letters-answered-who = Who replied
letters-reply = What they replied
letters-reply-hint = What work was arranged; nothing about a person’s character.
letters-withdraw = Withdraw
letters-why = Reason
letters-same-batch = Made together
letters-scan = Scan of the reply
letters-scan-file = File (PDF, PNG or JPEG)
letters-scan-bring = Upload
letters-scan-none = Choose a file.
letters-scan-large = At most { $limit } MiB.
letters-scan-kind = This is no PDF, PNG or JPEG file.

# The committee's link
letters-link = The committee’s link
letters-link-make = New link
letters-link-told = Send it to the committee by text message or e-mail. It is shown this once.
letters-links-none = No link opens. Printing adds one.
letters-links-open = The committee can open this letter by link until { $day } at the latest.
letters-links-revoke = Revoke links

# A new batch
letters-new = Write letters
letters-new-text = One letter a committee. See how many first, then draft them; nothing goes out before it is issued.
letters-again = Also committees that have a letter this year
letters-language = Language of the letter
letters-all-streets = All sub-districts
letters-all-committees = All committees
letters-will-be = { $count ->
    [one] One letter
   *[other] { $count } letters
}
letters-will-name = { $count ->
    [one] naming one member.
   *[other] naming { $count } members.
}
letters-will-leave-out = { $count ->
    [one] One more has not agreed to be known and is left out.
   *[other] { $count } more have not agreed to be known and are left out.
}
letters-many = Only the first committees are listed. To choose among them, narrow by district or sub-district.
letters-none-chosen = Tick at least one committee.
letters-make = Draft them
letters-nobody-due = No committee is due: each has its letter, or nobody there stands to be known.
letters-in-letter = Named
letters-left-out = Left out

# Text and settings
letters-template = Letter text
letters-text = Text
letters-fields-hint = Fields to use:
letters-look = Preview
letters-default = Original text
letters-preview-for = Preview for
letters-preview-none = No committee to preview: nobody stands to be known yet.
letters-not-set-up = (not set up)
letters-settings = Letter settings
letters-settings-text = Asked once, used on every letter.
letters-set-up = Set up
letters-set-up-text = Before writing letters, say who signs, how they are numbered and whom to ask.
letters-set-up-ask = Before letters can be written, an administrator says under “Letter settings” who signs, how they are numbered and whom to ask.
letters-set-up-first = Fill in the letter settings first.
letters-office = Signed by
letters-office-hint = The full name, e.g. 上海电信长途通信党支部
letters-prefix = Prefix of the number
letters-prefix-hint = With 沪电党联, numbers are 沪电党联〔2026〕1号.
letters-contact = Contact
letters-phone = Phone
letters-link-days = Days for which a committee’s link opens
letters-link-days-range = Between 1 and 730 days.

# The committee's page
letters-closed = This link does not open
letters-closed-text = It may have ended, been revoked, or not been typed in full. Please ask the branch that wrote to you.
letters-the-letter = The letter
letters-list-below = (list below)
letters-who = Members who are glad to help
letters-use-only = The list is for reaching members and arranging community service only. Please keep it safe.
letters-answer-here = Answer
letters-your-name = Your name
letters-your-reply = Your answer
letters-your-reply-hint = What you would ask them to do, when, and whom to see. Only to confirm receipt, leave it empty.
letters-send-answer = Answer
letters-confirm-receipt = Only confirm receipt
letters-answered-thanks = Answered, thank you.
letters-questions = Questions:

# A member's page
letters-passed-on = Passed on to committees
letters-passed-on-text = These letters, slips and lists name the member.

notice-letters-made = { $name } drafted. Check them, then issue them.
notice-letters-issued = { $name } issued.
notice-letters-sent = { $name } marked as sent.
notice-letters-reminded = { $name } reminders noted; print them.
notice-letters-partly-warning = Done for { $name }. The others are in another state, or nobody there stands to be known, and were left alone.
notice-letter-issued = Issued; what it says stays.
notice-letter-sent = Marked as sent.
notice-letter-reminded = Reminder noted.
notice-letter-answered = Reply entered.
notice-letter-withdrawn = Withdrawn; its links no longer open.
notice-letter-links-revoked = The links no longer open.
notice-letter-scan-added = Scan kept.
notice-letter-received = Receipt confirmed, thank you.
notice-letter-thanks = Your answer has reached the branch. Thank you.
