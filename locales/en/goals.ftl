# Goals
goals = Goals
goals-text = What each branch sets out to do in a half-year: members taking part, times and hours, and how far it has come. The line in a bar is the same point of the half-year before.
goals-counted = Counted is what present members took part in until today; what is planned for later is not. Confirmed means signed and stamped by the committee.
goals-members = Members taking part
goals-times = Times
goals-hours = Hours
goals-of = { $done } of { $goal }
goals-beside = { $confirmed } confirmed; { $before } at the same point of the half-year before
goals-none = There is no goal for this half-year yet.
goals-set = Set goals
goals-set-of = Set goals for { $name }
goals-copy = { $count ->
    [one] Take over last half-year’s goals (1 branch)
   *[other] Take over last half-year’s goals ({ $count } branches)
}
goals-remove = Take back
goals-all = All branches
goals-more = { $count ->
    [one] All branches, 1 more
   *[other] All branches, { $count } more
}
goals-form-text = Leave empty what is no goal. One number is needed at least.
goals-may-be-empty = may be left empty
goals-number-shape = Enter a whole number from 1 to { $limit }, or nothing.
goals-one-at-least = Enter one number at least.
goals-of-members = { $count ->
    [one] 1 member
   *[other] { $count } members
}
goals-of-times = { $count ->
    [one] once
   *[other] { $count } times
}
goals-of-hours = { $count ->
    [one] 1 hour
   *[other] { $count } hours
}
goals-between = {", "}
goals-between-places = {"; "}
goals-place-of = { $place } { $numbers }
goals-said = { $half }: { $goals }
notice-goals-copied = Goals taken over: { $name }.
notice-goal-removed = The goal of “{ $name }” is taken back. Setting it again begins with its numbers.
notice-goal-changed-warning = Someone changed the goal of “{ $name }” just now. Please look again.
audit-action-goal-set = Set goals
audit-action-goal-changed = Changed goals
audit-action-goal-removed = Took goals back
