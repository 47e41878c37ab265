# Reports
reports = Reports
reports-overview = Overview
reports-places = By district and committee
reports-skills = By skill
reports-service = Needs and letters
reports-half = Half-year
reports-against = Beside
reports-counted = Counted is what present members took part in until today. Confirmed means signed and stamped by the committee.
reports-click = Each number leads to the list behind it.
reports-time = Taking part, by half-year
reports-areas = By area
reports-branches = By branch
reports-needs = Needs
reports-letters = Letters
reports-asked = Asked
reports-met = Met
reports-served = Being served
reports-open = Waiting for help
reports-closed = Closed without help
reports-sent = Sent
reports-answered = Answered
reports-waiting = Waiting for a reply
reports-asked-in = Asked in
reports-sent-in = Sent in
reports-confirmed = { $amount } confirmed
reports-planned = { $times ->
    [one] Once more is planned for a later day and left out.
   *[other] { $times } times more are planned for later days and left out.
}
reports-removed = Removed members are left out. Members of several half-years cannot be added up: one person may take part in each.
reports-several-areas = One person may take part in several areas, so their members may come to more than all.
reports-several-places = Told by the committee in whose area it was. One person may take part in several places, so their members may come to more than all.
reports-several-skills = Who has several skills is counted with each.
reports-no-branch = No branch
reports-no-skill = { $members ->
    [one] One more who took part named no skill and is left out.
   *[other] { $members } more who took part named no skill and are left out.
}
reports-places-without = { $count ->
    [one] One more place has nothing on record in these half-years and is not listed.
   *[other] { $count } more places have nothing on record in these half-years and are not listed.
}
reports-unsettled = { $times ->
    [one] Once more was where nobody has settled the committee, and is left out.
   *[other] { $times } times more were where nobody has settled the committee, and are left out.
}
reports-needs-text = By the day on which they were entered; each as it stands today.
reports-letters-text = By the day on which they were sent; what was not sent is left out.
reports-withdrawn = { $letters ->
    [one] One more was taken back after it was sent, and is left out.
   *[other] { $letters } more were taken back after they were sent, and are left out.
}
reports-nothing = Nothing is on record for this time.
reports-cut = The picture shows the first 40 rows; the table shows all.
reports-year = Report for { $year }
reports-year-title = Members in the community: report for { $year }
reports-year-made = As of { $day }.
reports-goals-first = Goals of the first half-year
reports-goals-second = Goals of the second half-year
reports-goal = Goal
reports-done = Done
reports-word = Word file
