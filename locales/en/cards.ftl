cards-title = Record card
cards-quarter = Quarter
cards-quarter-words = Quarter { $number } of { $year }
cards-nothing = Nothing is on record in this quarter.
cards-would-hold = { $cards ->
    [one] One card
   *[other] { $cards } cards
} with { $lines ->
    [one] one line
   *[other] { $lines } lines
}.
cards-print = Print the cards
cards-find = Find by code
cards-code = Code
cards-code-hint = The ten signs at the card’s upper right; scanning its QR code opens it too.
cards-code-unknown = No card has this code. Please check it.
cards-none = No card has been printed yet.
cards-latest = Printed last
cards-printed = Printed
cards-again = Print as it was
cards-what = What was done
cards-hours = Hours
cards-sign = Committee’s signature
cards-stamp = Committee’s stamp:
cards-open = {" ("}
cards-close = )
cards-note = The committee signs beside each line and stamps below; then the card goes back to the branch’s office.
cards-tick = Signed
cards-signed = Signed on
cards-stamped = Stamped on
cards-day-future = The day cannot be later than today.
cards-none-ticked = Tick the lines that the committee signed.
cards-confirm-text = With the signed card beside you: untick lines without a signature, and give the days. What is confirmed is not changed any more.
cards-confirm = Mark as confirmed
cards-withdraw = Withdraw the confirmation
cards-line-confirmed = signed { $signed }, stamped { $stamped } (entered by { $by })
cards-line-changed = changed since; print it anew
notice-cards-nothing-warning = Nothing is on record for “{ $name }” in this quarter; nothing was printed.
notice-card-confirmed = Lines confirmed: { $name }.
notice-card-withdrawn = The confirmation of the card of “{ $name }” was withdrawn.
