layout-meetings = Meetings
meetings-add = Record a meeting
meetings-none = No meeting has been recorded yet.
meetings-title = Subject
meetings-title-hint = For example: What works in community service
meetings-kind = Kind
meetings-any-kind = All kinds
meetings-kind-exchange = Exchange meeting
meetings-kind-study = Study session
meetings-day = Day
meetings-begins = Time
meetings-time-shape = Give a time, such as 19:30.
meetings-when = When
meetings-place = Place
meetings-chair = Chair
meetings-chair-hint = Number, name, pinyin or initials; may be left empty.
meetings-agenda = Agenda
meetings-minutes = Minutes
meetings-minutes-hint = Only how service is done and what was settled; nothing private about residents or members.
meetings-minutes-write = Write the minutes
meetings-save-next = Save and enter who came
meetings-copy = Another like this
meetings-copy-latest = Fill in from the last one
meetings-copy-hint = Those on the last list. Untick who is not invited; you can add and take out more after saving.
meetings-invited = Who is invited
meetings-people = Attendance
meetings-was-there = Who was there
meetings-no-people = Nobody has been entered yet.
meetings-people-sum = { $present } present, { $leave } on leave, { $expected } not noted
meetings-who = Member
meetings-is-present = Present: { $name }
meetings-is-expected = On the list: { $name }
meetings-state = Attendance
meetings-state-present = Present
meetings-state-leave = On leave
meetings-state-expected = Not noted
meetings-reason = Reason for leave
meetings-state-changed = Someone just changed this to “{ $now }”. Check it and choose again.
meetings-save-states = Save attendance
meetings-states-saved = Saved the attendance of { $count ->
        [one] one member
       *[other] { $count } members
    }.
meetings-rest-present = All the others came
meetings-rest-came = Noted { $count ->
        [one] one member
       *[other] { $count } members
    } as present.
meetings-tasks-open = To do
meetings-of-other-branch = A member of another branch
meetings-remove = Remove the meeting
meetings-conflict-removed = This meeting was just removed and cannot be saved.
meetings-bin-text = Removed meetings are kept for { $days } days, during which they can be brought back. Then they are deleted for good.
notice-meeting-removed = “{ $name }” was removed. It can be brought back for 30 days.
notice-meeting-restored = “{ $name }” was brought back.
notice-meeting-others-warning = Members of other branches were at “{ $name }”. Ask an administrator to remove it.
audit-record-meeting = Meeting
audit-action-meeting-added = Recorded a meeting
audit-action-meeting-changed = Changed a meeting
audit-action-meeting-removed = Removed a meeting
audit-action-meeting-restored = Brought a meeting back
audit-action-attendee-added = Entered who comes to a meeting
audit-action-attendance-changed = Changed who was at a meeting
audit-action-attendee-taken-out = Took a member off a meeting’s list
audit-action-attendee-back = Put a member back on a meeting’s list
audit-action-told-added = Noted what was told at a meeting
audit-action-task-added = Noted what to follow up after a meeting
audit-action-meeting-line-changed = Changed a line of a meeting
audit-action-meeting-line-removed = Took a line of a meeting out
audit-action-meeting-line-back = Put a line of a meeting back
audit-action-task-done = Noted that a matter was followed up
audit-action-task-reopened = Noted that a matter is still open
audit-action-meeting-file-added = Added a file to a meeting
audit-action-meeting-file-removed = Took a file of a meeting out
audit-action-meeting-file-back = Put a file of a meeting back
audit-action-meeting-printed = Printed a meeting’s invitation or sheet
meetings-told = What was told
meetings-told-add = Note it
meetings-told-words = What they told
meetings-teller = Told by
meetings-none-told = Nothing has been noted yet.
meetings-tasks = To follow up
meetings-task-add = Add
meetings-task-words = What to do
meetings-doer = Who sees to it
meetings-due = By
meetings-no-tasks = There is nothing to follow up.
meetings-no-open-tasks = Nothing is waiting to be followed up.
meetings-late = Overdue
meetings-done = Done
meetings-mark-done = Done
meetings-mark-open = Not done yet
meetings-line-remove = Take out
meetings-line-conflict-removed = This line was just taken out and cannot be saved.
meetings-line-edit = Edit a line
meetings-files = Files
meetings-no-files = There are no files yet.
meetings-file-out = Files that were taken out
meetings-invitation = Invitation
meetings-invitation-to = Dear members,
meetings-invitation-text = You are invited to “{ $title }” ({ $kind }) on { $when }. Please be on time; if you cannot come, let us know beforehand.
meetings-invitation-names = Who is invited
meetings-invitation-sign = Party branch
meetings-sheet = Attendance sheet
meetings-calendar = Calendar file
notice-task-done = One matter is done ({ $name }). The meeting’s page takes it back.
meetings-names-separator = {", "}
meetings-tabs = Meetings and experiences
experiences = Experiences
experiences-add = Write up an experience
experiences-none = No experience has been written up yet.
experiences-title = Title
experiences-words = What works
experiences-words-hint = How it is done and why it helps; nothing private about residents or members.
experiences-areas = Area
experiences-skills = Skills
experiences-teller = Another teller
experiences-tellers = Told by
experiences-tellers-hint = Only those who agree to be named.
experiences-meeting = From the meeting
experiences-written = Written
experiences-find = Search experiences
experiences-find-typed = Search experiences for “{ $typed }”
experiences-found = { $count ->
    [one] One experience
   *[other] { $count } experiences
}
experiences-remove = Remove the experience
experiences-bin-text = Removed experiences are kept for { $days } days, during which they can be brought back. Then they are deleted for good.
experiences-conflict-removed = This experience was just removed and cannot be saved.
experiences-write-up = Write up
experiences-of-meeting = Written up
audit-record-experience = Experience
audit-action-experience-added = Wrote up an experience
audit-action-experience-changed = Changed an experience
audit-action-experience-removed = Removed an experience
audit-action-experience-restored = Brought an experience back
audit-action-new-committee-not-theirs = Said that a new committee is not theirs
unattached = Members without a committee
unattached-text = Members who live where no committee is set up yet. Choose a host near them; once one is set up where they live, one click moves them.
unattached-none = Nobody lives where no committee is set up.
unattached-count = { $count ->
    [one] one member
   *[other] { $count } members
}
unattached-count-more = more than { $count } members
unattached-which = Which
unattached-no-host = Without a host committee
unattached-movable = A committee may be set up now
unattached-nothing-near = No committee is known near here
unattached-same-road = { $count ->
    [one] One member
   *[other] { $count } members
} on the same road
unattached-same-street = In the sub-district of the address
unattached-new = New in this sub-district
unattached-set-up = May belong to
unattached-give-host = Host for
unattached-move = Move
unattached-neither = None of these
unattached-banner = A committee may be set up where they live now; one click moves them
unattached-waiting = { $count ->
    [one] One member without a committee may have one now
   *[other] { $count } members without a committee may have one now
}
unattached-waiting-more = { $count } or more members without a committee may have one now
unattached-desk-link = See which members without a committee may have one now
notice-host-given = { $name } has a host committee now.
notice-not-theirs = Noted: the new committee is not where { $name } lives.
erasing-meetings = { $count ->
    [one] One note of a meeting (attendance, leave, what they told)
   *[other] { $count } notes of meetings (attendance, leave, what they told)
}
