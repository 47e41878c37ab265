desk-steps = First steps
desk-steps-text = The registry is still empty. A few steps and it is ready for work.
desk-step-done = done
desk-step-directory = Import the directory of committees
desk-step-directory-hint = A CSV or XLSX file with a committee a row: code, name, sub-district, district.
desk-step-branches = Add the branches
desk-step-branches-hint = As many as there are; with a single branch you may skip this.
desk-step-member = Register the first member
desk-step-member-hint = Copy the paper form; only name and home address are required.
desk-step-import = Import a list that you have
desk-step-import-hint = From Excel, WPS or CSV; you see the result before anything is saved.
desk-waiting = Waiting
desk-unsettled = { $count ->
    [one] One member’s committee is to be settled
   *[other] { $count } members’ committees are to be settled
}
desk-import-rejected = { $count ->
    [one] One row of { $file } was not imported
   *[other] { $count } rows of { $file } were not imported
}
desk-needs-posted = { $count ->
    [one] One need posted by its committee awaits a pairing
   *[other] { $count } needs posted by their committees await pairings
}
desk-needs-overdue = { $count ->
    [one] One need is past its last day without a pairing
   *[other] { $count } needs are past their last day without pairings
}
desk-visits-overdue = { $count ->
    [one] One visit is overdue
   *[other] { $count } visits are overdue
}
desk-tasks-overdue = { $count ->
    [one] One follow-up of a meeting is overdue
   *[other] { $count } follow-ups of meetings are overdue
}
desk-letters-unanswered = { $count ->
    [one] One letter was sent a month ago and is not answered
   *[other] { $count } letters were sent a month ago and are not answered
}
desk-spread = Where members live
desk-everywhere = All districts
desk-share = { $count ->
    [one] { $name }: one member
   *[other] { $name }: { $count } members
}
desk-hosted = Members with a host committee count where it is, and among those without a committee.
desk-nothing-yours = There is nothing for you to do here yet.
