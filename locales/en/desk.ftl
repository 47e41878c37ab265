desk-waiting = Waiting
desk-nothing-waiting = Nothing is waiting.
desk-unsettled = { $count ->
    [one] One member’s committee is to be settled
   *[other] { $count } members’ committees are to be settled
}
desk-spread = Where members live
