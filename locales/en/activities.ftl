activities-add = Record an activity
activities-none = No activity has been recorded yet.
activities-day = Date
activities-day-far = Give a date from 1980 to a year from now.
activities-title = Activity
activities-title-hint = Such as: night patrol, repairing computers
activities-what = What was done
activities-what-hint = Only what was done; no names, addresses or family matters of residents.
activities-area = Area
activities-area-choose = Choose the area that it belongs to.
activities-any-area = All areas
activities-area-culture = Culture
activities-area-mediation = Mediation
activities-area-good-deeds = Good deeds
activities-area-self-governance = Self-governance
activities-manner = Manner
activities-manner-group = Group
activities-manner-alone = Alone
activities-manner-pairing = Pairing
activities-times = Times
activities-times-hint = For each participant at first; can be changed one by one.
activities-times-shape = Give a whole number from 1 to { $limit }.
activities-hours = Hours
activities-hours-hint = For each participant at first, such as 1.5; may be left empty.
activities-hours-shape = Give hours, such as 1.5.
activities-half = Half-year
activities-any-half = Any time
activities-half-first = January to June { $year }
activities-half-second = July to December { $year }
activities-planned = planned
activities-each = Each
activities-each-times = { $times ->
    [one] once
   *[other] { $times } times
}
activities-each-hours = { $hours } hours
activities-people = Participants
activities-people-sum = { $members ->
    [one] One member
   *[other] { $members } members
}, { $times ->
    [one] once
   *[other] { $times } times
}, { $hours } hours
activities-people-elsewhere = { $count ->
    [one] One more from another branch.
   *[other] { $count } more from other branches.
}
activities-no-people = Nobody has been entered yet.
activities-who = Participant
activities-who-hint = Type a number, name, pinyin or initials, press Enter, and type the next; several may be parted by commas.
activities-enter = Add
activities-enter-ticked = Add the ticked
activities-neighbours = Tick among this committee’s members
activities-added = Added: { $name }
activities-added-before = Already on the list: { $name }
activities-put-back = Put back: { $name }
activities-taken-out = Taken out: { $name }
activities-is-confirmed = The committee confirmed it, so this stays: { $name }
activities-confirmed = confirmed
activities-take-out = Take out
activities-out = Taken out
activities-undo = Undo
activities-nobody = Nobody was found for “{ $typed }”.
activities-several = “{ $typed }” fits several. Who is it?
activities-dismiss = Skip
activities-not-sent = It was not sent. Please try again.
activities-save-amounts = Save times and hours
activities-amounts-saved = { $count ->
    [one] Saved times and hours of one member.
   *[other] Saved times and hours of { $count } members.
}
activities-amount-changed = Someone has just changed it to { $times } times, { $hours } hours. Please check and write it again.
activities-copy = Record it again
activities-copy-hint = Who took part last time: untick those who did not come; you can add others after saving.
activities-save-next = Save and enter participants
activities-remove = Remove the activity
activities-conflict-removed = This activity has just been removed and cannot be saved.
activities-bin-text = Removed activities stay here for { $days } days and can be brought back; then they are erased for good.
notice-participants = { $name }
notice-participants-warning = { $name }
notice-activity-removed = “{ $name }” was removed and can be brought back for 30 days.
notice-activity-restored = “{ $name }” was brought back.
notice-activity-others-warning = Members of other branches took part in “{ $name }”. Ask an administrator to remove it.
activities-all-areas = All areas
activities-members = Members
activities-of-member = Taking part in the community
activities-none-of-member = Nothing is on record yet.
activities-confirmed-on = Confirmed
activities-sums = By half-year
activities-of-branch = The branch in the community
activities-of-branch-text = The latest four half-years until today, by the branch that members belong to now.
activities-sheet = Sign-in sheet
activities-sheet-blank = Blank sheet
activities-sheet-filled = With the participants
activities-print = Print
activities-place = Place
activities-row = No.
activities-signature = Signature
activities-colon = {": "}
activities-signed = The committee signed this, so it stays. If it is wrong, withdraw the confirmation on the record card first.
notice-activity-signed-warning = The committee signed for “{ $name }”, so it stays. If it is wrong, withdraw the confirmation on the record card first.
activities-import = Import participations
activities-import-text = Upload a CSV or XLSX file, a row for each member’s part in an activity: number, date, activity, area, manner, times, hours, committee. Without a committee the member’s own is meant; without an area it is guessed from the activity. You see the result first; with a single problem nothing is saved.
activities-import-summary = New: { $activities } activities, { $participations } participations; { $unchanged } on record already.
activities-template-file = Participations template
activities-parts = Participations
activities-manner-unknown = write group, alone or pairing
activities-area-unknown = write culture, mediation, good deeds or self-governance
activities-member-unknown = nobody was found for “{ $typed }”
activities-name-several = several members are called { $name }: give the number
activities-number-of-other = the number { $number } is not { $name }’s
notice-activities-undone-partly-warning = The import was taken back; activities changed or confirmed since stay: { $name }.
activities-export-xlsx = Export as XLSX
activities-export-csv = Export as CSV
