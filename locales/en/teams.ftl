# Service teams
teams = Teams
teams-add = New team
teams-name = Name
teams-name-hint = For example “Siping Road tutoring team”.
teams-place = Where it serves
teams-reach = Where it serves
teams-reach-committee = This committee
teams-reach-street = The whole sub-district of this committee
teams-street-kept = Leave empty to keep the sub-district.
teams-does = What it does, and when
teams-does-hint = For example “homework help on Saturday mornings”. May be empty.
teams-places = Places
teams-places-hint = Leave empty for no limit.
teams-places-taken = There are { $taken } members already; there cannot be fewer places.
teams-count = { $count ->
    [one] 1 member
   *[other] { $count } members
}
teams-count-of = { $count } of { $places } members
teams-asking = { $count ->
    [one] 1 asks to join
   *[other] { $count } ask to join
}
teams-asked = Asks to join
teams-in = Member
teams-leader = Leader
teams-lead = Make leader
teams-leaderless = There is no leader yet.
teams-people = Members
teams-no-people = Nobody is in it yet.
teams-who = Add a member
teams-who-hint = Name, pinyin or number; Enter, and the next one. Part several by commas. Ask them first.
teams-joined = { $name } is in the team.
teams-joined-before = { $name } was in the team already.
teams-full = { $name } was not added: there is no place left.
teams-leads-now = { $name } leads the team now.
teams-moved = { $name } is updated.
teams-changed = Someone changed { $name } just now. Please look again.
teams-no-place = There is no place left, the team is dissolved, or someone changed this just now.
teams-end = Dissolve
teams-ended = Dissolved
teams-reopen = Set up again
teams-mine = My teams
teams-near = Teams to join
teams-join = Ask to join
teams-whole = Enter a whole team
teams-whole-of = { $count ->
    [one] 1 member
   *[other] { $count } members
}
teams-whole-came = { $name }: { $count } entered.
notice-team-ended = “{ $name }” is dissolved.
notice-team-reopened = “{ $name }” is set up again.
notice-team-asked = You asked to join “{ $name }”.
notice-team-left = You left “{ $name }”.
audit-record-team = Team
audit-action-team-added = Entered a team
audit-action-team-changed = Changed a team
audit-action-team-ended = Dissolved a team
audit-action-team-reopened = Set a team up again
audit-action-team-joined = Put a member into a team
audit-action-team-asked = Asked to join a team
audit-action-team-left = Let a member leave a team
audit-action-team-declined = Did not accept a member in a team
audit-action-team-led = Made a member leader of a team
hub-teams-count = { $count ->
    [0] Set up a team, accept who asks to join
    [one] 1 team
   *[other] { $count } teams
}
hub-teams-text = Members who serve together in your area. Accept here who asks to join, and say who leads.
