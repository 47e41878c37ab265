people-own = My page
people-sign-in = Sign-in
people-not-invited = No account yet. Once invited, the member sees and updates their own data on a phone.
people-signs-in = Can sign in as { $login }.
people-invited-until = Invited; the link opens until { $until }.
people-link-over = The invitation’s link is over; please invite again.
people-invite = Invite to sign in
people-invite-again = Invite again
people-uninvite = End sign-in
people-invitation = Invitation to sign in
people-invitation-once = The link is shown this once: print it or hand it over. Inviting again replaces it.
people-invitation-to = Dear { $name },
people-invitation-words = Scan the code or open the link and set a password. Then you can see and update your data on a phone, claim wishes and posts, and enter your visits.
people-invitation-link = Link:
people-invitation-lasts = The link opens for seven days and only once. Please do not pass it on.
people-invitations = Invitations on paper
people-invitations-text = A slip for each member, eight a page, to be cut apart and handed over. Each link opens once, within a month.
people-invitations-everyone = All members
people-invitations-would = { $slips ->
    [one] One of { $found } was not invited yet: one slip.
   *[other] { $slips } of { $found } were not invited yet: { $slips } slips.
}
people-invitations-first = More than { $slips } were not invited yet. This job prints { $slips } slips; the next one goes on from there.
people-invitations-none = All of them were invited already.
people-invitations-again = Also those whose link still opens; it is replaced
people-invitations-new-only = Only those who were not invited yet
people-invitations-print = Print slips
people-invitation-slip = Scan the code, set a password, and see your data and what you can help with on a phone.
people-invitation-until = Opens once, until { $until }
notice-invitations-printed-warning = These slips were printed already. Their links are shown only once.
people-pairings = My pairings
people-claims = What I claimed
people-offers = To claim at my committee
people-claim = Claim
people-volunteer = I would help
people-would = You said you would
people-would-not = Take back
people-data = My data
people-times = Change free times
people-enter-visit = Enter a visit
people-office-changes = Name, number and branch are the office’s to change.
people-no-parts = No activity is on record yet.
people-signed = Signed by the committee
people-calendar-text = With a link, your phone’s calendar shows your visits and your committee’s service days.
people-calendar-once = The link is shown this once: add it as a subscription in your phone’s calendar. Whoever has it can see it.
people-passed-on-none = Your data has not been passed on to any committee.
people-address-hint = The office settles the committee of a new address.
people-agreed = I agree to be known: name, address and skills go to my committee
people-agreed-hint = You can take this back at any time; then nothing more is passed on.
people-agreed-phone = And my phone number
claims-reason-label = Reason to leave
needs-volunteers = Said they would help
notice-member-uninvited = { $name } can no longer sign in.
notice-own-saved = Saved.
notice-volunteered = Thank you. The office will get in touch.
notice-volunteer-withdrawn = Taken back.
notice-claimed-own = You claimed “{ $name }”.
notice-claim-left = You left “{ $name }”.
notice-claim-finished = “{ $name }” is done. Thank you.
notice-claim-refused = That is not possible for “{ $name }” now. Please look again.
audit-action-member-invited = Invited to sign in
audit-action-member-uninvited = Ended sign-in
audit-action-need-volunteered = Said they would help
audit-action-need-volunteer-withdrawn = Took back that they would help

# Registering oneself
registrations-title = Sent in by members
registrations-text = Registration forms that members filled in by their branch’s link. Check and register them, or update the record that is there. After ninety days they go.
registrations-none = No form is waiting.
registrations-there = Probably on record already:
registrations-update = Update { $name }’s record
registrations-register = Check and register
registrations-decline = Decline
registrations-links = Registration links
registrations-links-text = Each branch may have a link of its own: put up the code, and members fill in the form on a phone. A link opens for sixty days.
registrations-until = Opens until { $until }
registrations-sent = { $count ->
    [one] one form came
   *[other] { $count } forms came
}
registrations-revoke = Revoke
registrations-make = Make a link
registrations-no-branch = Please add a branch first.
registrations-once = The link is shown this once: print it. Those made before go on opening until they are revoked or over.
registrations-notice = Scan the code or open the link, and fill in the registration form on your phone.
join-title = Registration form
join-text = The office checks what you send and registers you. Only name and address are needed.
join-send = Send
join-closed = This link no longer opens
join-closed-text = Please ask your branch for a new one.
join-thanks = Sent. Thank you
join-thanks-text = The office checks and registers it. Tell your branch if anything has to change.
desk-registrations = { $count ->
    [one] One form sent in by a member waits
   *[other] { $count } forms sent in by members wait
}
notice-registration-link-revoked = The link of { $name } is revoked.
notice-registration-declined = The form of { $name } was declined.
audit-action-registration-link-made = Made a registration link
audit-action-registration-link-revoked = Revoked a registration link
audit-action-registration-accepted = Took in a member’s form
audit-action-registration-declined = Declined a member’s form

# What members say that they took part in
logged-parts = Entered by members
logged-parts-text = Members entered these on their own page. Nothing counts until it is put on record; the committee can confirm it on its page too.
logged-parts-none = Nothing is waiting.
logged-parts-there = On record that day:
logged-parts-accept = Put on record
logged-parts-decline = Decline
logged-parts-reason = Reason to decline
logged-parts-known = On record already
logged-parts-wrong = Another day or length
logged-parts-unknown = Not known there
logged-parts-waiting = Awaits confirmation
logged-parts-declined = Not put on record
logged-parts-log = Enter an activity
logged-parts-log-text = One activity at your committee. It counts once the committee or the office has confirmed it.
logged-parts-title-hint = What was done, e.g. “Evening patrol”; no resident’s name.
logged-parts-send = Send for confirmation
logged-parts-future = This day has not come yet
logged-parts-many = { $limit } entries are waiting already; please wait until some are confirmed
hub-own-parts = Entered by members themselves
hub-own-parts-text = Please say whether it is so; what is so is confirmed with your name.
hub-own-so = It is so
hub-own-not-so = Not so
desk-own-parts = { $count ->
    [one] One activity that a member entered waits
   *[other] { $count } activities that members entered wait
}
notice-own-part-entered = Sent. It counts once it is confirmed.
notice-own-part-withdrawn = Taken back.
notice-own-part-accepted = { $name }’s activity is on record.
notice-own-part-declined = { $name }’s entry was declined; they see why.
notice-own-part-confirmed = Confirmed for { $name }.
notice-own-part-refused = Noted: { $name }’s entry is not so.
audit-action-own-part-entered = Entered an activity of their own
audit-action-own-part-withdrawn = Took back an activity of their own
audit-action-own-part-accepted = Put a member’s own entry on record
audit-action-own-part-declined = Declined a member’s own entry
audit-action-registrations-forgotten = Took out forms that nobody looked at
audit-said-registrations-forgotten = { $registrations ->
    [one] 1 form
   *[other] { $registrations } forms
}
logged-parts-hours-hint = Such as 1.5; may be left empty.
