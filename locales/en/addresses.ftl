addresses-tabs = Committees and addresses
addresses-directory = Directory
addresses-queue = To be settled
addresses-count = { $count ->
    [one] One rule
   *[other] { $count } rules
}
addresses-add = Add a rule
addresses-find = Road, committee or pinyin
addresses-none = No rules yet. Add them one by one, or import a file.
addresses-place = Stretch of road
addresses-rule = Rule
addresses-road = Road
addresses-road-hint = Only the name of the road, village or estate, such as 四平路
addresses-road-digits = Write lanes and house numbers in the field for them.
addresses-numbers = Lanes or houses
addresses-numbers-hint = Such as 180弄, 180-220弄, 1-99号单 (odd), 180弄1-60号
addresses-numbers-shape = Write it like 180-220弄, 1-99号单 or 180弄1-60号.
addresses-numbers-backwards = The first number is greater than the last.
addresses-numbers-limit = Numbers go from 1 to { $limit }.
addresses-numbers-none = There is no such odd or even number in this range.
addresses-numbers-twice = This row has its numbers in several places; keep one.
addresses-parity-shape = Write odd or even, or leave it empty for both.
addresses-odd = odd
addresses-even = even
addresses-area = Area
addresses-lane = Lane
addresses-house = House
addresses-committee-hint = Type a name, pinyin or sub-district, and choose.
addresses-valid-from = Valid from
addresses-valid-from-hint = Only where areas were redrawn; empty if it has always been so.
addresses-always = always
addresses-later = not yet valid
addresses-day-shape = Give a date, such as 2026-01-31.
addresses-rule-since = { $rule } (from { $date })
addresses-rule-there = There is such a rule already: { $rule }. Please change that one.
addresses-rule-overlaps = It overlaps this one: { $rule }. If you save it all the same, the newer or closer one holds where they overlap.
addresses-rule-contradicts = It overlaps this one: { $rule }. Both hold at once; if you save it all the same, addresses where they overlap wait for a person to decide.
addresses-save-anyway = Save all the same
addresses-conflict = Someone has just changed this rule
addresses-bin-text = Removed rules stay here for { $days } days and can be brought back.
addresses-try = Try an address
addresses-try-look = Look
addresses-try-parts = Taken apart
addresses-try-rules = Rules
addresses-try-no-rule = No rule fits.
addresses-try-others = { $count ->
    [one] One more rule of this road does not fit
   *[other] { $count } more rules of this road do not fit
}
addresses-try-likely = Where members near it live
addresses-try-nobody = No registered member lives near it.
addresses-verdict-wins = holds
addresses-verdict-contradicts = contradicts another; a person decides
addresses-verdict-superseded = a newer or closer rule holds
addresses-verdict-elsewhere = the address is in another district
addresses-verdict-later = not yet valid
addresses-offered = By the address; please confirm:
addresses-by-rule = Address rule: { $rule }
addresses-same-lane = { $count ->
    [one] One member lives in this lane
   *[other] { $count } members live in this lane
}
addresses-near = { $count ->
    [one] One member lives at a near number
   *[other] { $count } members live at near numbers
}
addresses-import = Import address rules
addresses-import-text = Upload a CSV or XLSX file, one rule a row: road, lane, house (or first and last), odd or even, code or name of the committee, valid from. You see the result first; with a single problem nothing is saved.
addresses-import-summary = { $added } new, { $updated } updated, { $unchanged } unchanged.
addresses-import-problems = { $count ->
    [one] There is one problem; please mend it and upload the file again:
   *[other] There are { $count } problems; please mend them and upload the file again:
}
addresses-template-file = address-rules-template
addresses-row-twice = the same as row { $row }
addresses-row-overlaps-row = overlaps row { $row }, which names another committee
addresses-row-overlaps = overlaps a rule for another committee: { $rule }
addresses-waiting = { $count ->
    [one] One member
   *[other] { $count } members
}
addresses-queue-text = Press a committee to confirm one member. Where exactly one rule fits, the tick is set already: check them and confirm all at once.
addresses-queue-empty = Nobody is waiting.
addresses-confirm-ticked = Confirm all ticked
addresses-confirm = Confirm
addresses-tick = Tick
addresses-suggested = Suggested committee
addresses-otherwise = None of these
addresses-other = Choose another
addresses-nothing-fits = No rule fits, and no member lives near
addresses-and = {", "}
history-cause-settled = Committee confirmed
notice-rule-removed = Removed “{ $name }”. It can be brought back for 30 days.
notice-rule-restored = Brought back “{ $name }”.
notice-rule-there-warning = There is such a rule already; “{ $name }” was not brought back.
notice-settled = Confirmed the committee of “{ $name }”.
notice-settled-many = Confirmed the committees of { $name } members.
notice-settled-partly-warning = Someone had just changed these records, which stay as they are: { $name }. The others are confirmed.
notice-not-settled-warning = Someone had just changed the record; not confirmed: { $name }.
notice-none-ticked-warning = Nobody was ticked.
