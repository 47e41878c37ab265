# The half-yearly survey
surveys = Surveys
layout-assessment = Assessment
surveys-form = Survey form
surveys-forms = Forms
surveys-open = Open a survey
surveys-none = There was no survey yet.
surveys-half = Half-year
surveys-half-has-one = This half-year has a survey already.
surveys-closes-on = Closes on
surveys-closes-hint = Forms handed in after this day are marked as late.
surveys-closes-before = It cannot close before the half-year begins.
surveys-everyone = All members
surveys-branch-none = Choose one branch at least.
surveys-closed = Closed
surveys-closing = Closing
surveys-closing-text = Closing keeps the figures as they are. Forms that come later are marked.
surveys-close = Close and keep the figures
surveys-reopen = Open again
surveys-frozen = The figures are those of the closing.
surveys-since-closing = { $count ->
    [one] 1 was confirmed since.
   *[other] { $count } were confirmed since.
}
surveys-members = Asked
surveys-missing = Not handed in
surveys-waiting = To be confirmed
surveys-late = Late
surveys-state = State
surveys-any-state = All
surveys-any-branch = All branches
surveys-not-begun = Not begun
surveys-state-draft = Being filled in
surveys-state-submitted = Waits for the committee
surveys-state-marked = To be checked by a second person
surveys-state-confirmed = Confirmed
surveys-state-returned = Sent back
surveys-step-submit = Hand in
surveys-step-take-back = Take back
surveys-step-confirm = Confirm
surveys-step-return = Send back
surveys-step-mark = Note signature and stamp
surveys-step-unmark = Undo the note
surveys-step-check = Checked, it is right
surveys-step-reopen = Open again
surveys-not-submitted = This form is not handed in yet.
surveys-is-submitted = This form is handed in. Take it back before changing it.
surveys-is-marked = Signature and stamp are noted; a second person has to check the paper.
surveys-is-confirmed = This form is confirmed and cannot be changed. Open it again first.
surveys-is-returned = This form was sent back and waits to be filled in again.
surveys-changed = Someone changed this form just now; nothing was saved. Please look at it again, then decide.
surveys-second-person = Someone else has to check it: not the person who noted the signature.
surveys-scan-first = Bring the scan of the signed and stamped paper first.
surveys-next = What to do next
surveys-submit-ready = { $count ->
    [one] Hand in 1 form that has records
   *[other] Hand in { $count } forms that have records
}
surveys-submit-ready-text = Forms of members with something on record are filled in already and can be handed in at once. Those without need a reason, from the member or the branch.
surveys-papers = Print paper forms
surveys-papers-print = Print
surveys-papers-none = No form needs a committee’s signature.
surveys-papers-would = Prints { $forms } forms for { $committees } committees, a page each, with a code to find it again.
surveys-papers-text = What is on record is filled in; the others leave room for the reason.
surveys-withheld = { $count ->
    [one] 1 more member does not agree to be known to the committee and is left out; print their form by itself for them to take there.
   *[other] { $count } more members do not agree to be known to the committee and are left out; print their forms one by one for them to take there.
}
surveys-reminders = Print reminders
surveys-missing-list = Forms not handed in
surveys-by-branch = By branch
surveys-by-committee = Waiting for committees
surveys-of-committees = By committee
surveys-longest = Longest
surveys-waits = { $days ->
    [0] today
    [one] for 1 day
   *[other] for { $days } days
}
surveys-no-committee = No committee
surveys-of-none = (none)
surveys-all = All
surveys-left-out-count = { $count ->
    [0] All forms are confirmed.
    [one] 1 form is left out: not handed in, not confirmed yet, or sent back.
   *[other] { $count } forms are left out: not handed in, not confirmed yet, or sent back.
}
surveys-not-read-as-none = A missing form does not mean that someone took no part.
surveys-files = Files
surveys-summary = Summary
surveys-report = Survey report
surveys-by-code = Find by code
surveys-code-hint = At the top right of the form, such as AB2CD-EF3GH.
surveys-nobody = There is no such form.
surveys-save = Save for now
surveys-counts = Counts
surveys-left-out = Left out
surveys-part-confirmed = Confirmed by the committee
surveys-add-part = Add an activity
surveys-add-part-text = Something that is not on record yet. Saved, it is on record and on the form.
surveys-day-outside = That day is not in this half-year.
surveys-no-part = Took no part
surveys-no-part-text = Only where nothing stands above. The reason has to be given, in a full sentence.
surveys-reason = Why not
surveys-reason-hint = Reasons help to plan and to find work. They judge nobody.
surveys-reason-needed = Choose a reason: no activity stands on this form.
surveys-reason-no-work = No work was arranged
surveys-reason-no-committee = No committee
surveys-reason-at-work = Had to work
surveys-reason-health = Health
surveys-reason-away = Away for long
surveys-reason-unsaid = Would rather not say
surveys-reason-other = Something else
surveys-words = In words
surveys-words-hint = A full sentence, such as “The committee never wrote to me; I would like to help at weekends.” If you would rather not say, “for personal reasons” will do. Nothing about illness or family, please; the words are erased after the review.
surveys-words-short = Please write a full sentence.
surveys-returned-because = Sent back:{" "}
surveys-why = Why
surveys-why-hint = What is wrong, such as “was not there on 12 March”.
surveys-paper = On paper
surveys-print = Print this form
surveys-scan = Scan of the signed and stamped paper (PDF, PNG or JPEG)
surveys-scan-bring = Bring it
surveys-mark-text = Note the committee’s signature and stamp when you have seen them. The form counts once someone else has checked the scan.
surveys-check-text = Check signature, stamp and content against the scan. Not the person who noted them.
surveys-own-text = What is on record is filled in. Correct what is wrong, untick what was not so, and hand it in; the committee confirms it.
surveys-own-submit = Hand in
surveys-own-confirm = All is right, hand in
surveys-own-look = Look at it
surveys-own-fill = Fill in
surveys-own-parts = { $count ->
    [one] 1 activity of yours is filled in.
   *[other] { $count } activities of yours are filled in.
}
surveys-own-no-parts = Nothing of yours is on record in this half-year.
surveys-is-late = The closing date has passed. It can still be handed in and is marked as late.
surveys-as-of = As of
surveys-standing = Where the forms stand
surveys-areas = The four areas
surveys-reasons = Why members took no part
surveys-reasons-text = They help to plan work and judge nobody.
surveys-took-part = Took part
surveys-took-none = Took no part
surveys-submitted-on = Handed in on
surveys-took-part-in = What they did
surveys-confirmed-by = Confirmed by
surveys-summary-of = Kind
surveys-summary-name = Name
surveys-content = What, and how
surveys-paper-title = Survey form
surveys-paper-reason = If you took no part, please say why:
surveys-paper-member = Member’s signature
surveys-paper-signature = Signature for the committee
surveys-paper-note = Please correct mistakes on the sheet. It counts once the committee has signed and stamped it. Please return it to the branch.
surveys-reminder-title = A reminder
surveys-reminder-words = Of our survey about the { $half }, { $count ->
    [one] 1 form still waits
   *[other] { $count } forms still wait
} for your committee’s signature and stamp. The survey closes on { $closes }.
surveys-reminder-how = Please sign and stamp the paper forms and return them, or open your committee’s page by the code on our letter and confirm all of them at once. Thank you.
surveys-reminder-ask = For questions, please ask{" "}
notice-survey-opened = The survey is open.
notice-survey-changed = The survey is changed.
notice-survey-closed = The survey is closed, with its figures kept.
notice-survey-reopened = The survey is open again.
notice-survey-handed-in = { $name } forms were handed in.
notice-survey-saved = The form of { $name } is saved, and not handed in yet.
notice-survey-submitted = The form of { $name } is handed in.
notice-survey-taken-back = The form of { $name } is taken back.
notice-survey-confirmed = The form of { $name } is confirmed.
notice-survey-returned = The form of { $name } is sent back.
notice-survey-marked = Signature and stamp on the form of { $name } are noted. Someone else has to check them.
notice-survey-unmarked = The note on the form of { $name } is undone.
notice-survey-form-reopened = The form of { $name } is open again.
notice-survey-part = “{ $name }” is on record.
notice-survey-none-to-print-warning = There is no form to print.
notice-survey-forms-confirmed = { $name } forms are confirmed.
audit-record-survey = Survey
audit-action-survey-opened = Opened a survey
audit-action-survey-changed = Changed a survey
audit-action-survey-closed = Closed a survey
audit-action-survey-reopened = Opened a survey again
audit-action-survey-form-stepped = Took a survey form a step on
audit-action-survey-printed = Printed survey forms
audit-action-survey-scan-added = Brought the scan of a survey form
audit-action-survey-exported = Exported a survey
audit-action-survey-names-erased = Erased a name from others’ survey forms
audit-action-survey-words-erased = Erased the words of reasons
audit-said-forms = { $forms ->
    [one] 1 form
   *[other] { $forms } forms
}
hub-forms = Confirm survey forms
hub-forms-count = { $count ->
    [0] Nothing waits
    [one] One waits for you
   *[other] { $count } wait for you
}
hub-forms-none = No survey form waits for you.
hub-forms-text = What members who live in your area took part in during the half-year. Confirm what is so; send back what is not, and say what is wrong.
hub-forms-all = { $count ->
    [one] All is so: confirm 1 form
   *[other] All is so: confirm { $count } forms
}
surveys-none-confirmed = Nothing was confirmed: these forms changed just now. Please look again.
hub-form-confirm = It is so, confirm
hub-form-return = Send back
