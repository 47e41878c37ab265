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
