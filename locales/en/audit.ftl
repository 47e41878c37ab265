audit-at = When
audit-by = By
audit-what = What
audit-record = Record
audit-detail = Detail
audit-by-itself = Linli itself
audit-anyone = Anyone
audit-anything = Anything
audit-from = From
audit-to = To
audit-show = Show
audit-any-record = Any record
audit-show-all = Show everything
audit-nothing = Nothing like this was done.
audit-said-separator = {", "}
audit-said-gone = { $kind } { $number } (erased)
audit-said-exported = { $rows ->
    [one] One member, as { $format }
   *[other] { $rows } members, as { $format }
}
audit-said-purpose = Purpose: { $purpose }
audit-said-filter = Narrowed to:
audit-said-members-imported = { $rejected ->
    [0] { $added } new, { $updated } updated
   *[other] { $added } new, { $updated } updated, { $rejected } left out
}
audit-said-list-imported = { $added } new, { $updated } updated
audit-said-import-undone = { $kept ->
    [0] { $removed } removed, { $restored } as before again
   *[other] { $removed } removed, { $restored } as before again; { $kept } edited since stay
}
audit-said-bin-emptied = { $members ->
    [one] One record whose time had come was erased
   *[other] { $members } records whose time had come were erased
}
audit-said-demo-filled = { $members } members made up
audit-said-changed = { $cause }: { $fields }
audit-said-merged = Took in record { $number }
audit-said-merge-undone = Record { $number } is back; both are as before
audit-said-merge-undone-partly = Record { $number } is back; the kept one was edited since and stays
audit-said-merged-into = { $members ->
    [0] Into { $into }
    [one] Into { $into }, with one member
   *[other] Into { $into }, with { $members } members
}
audit-record-none = none
audit-record-account = Account
audit-record-member = Member
audit-record-committee = Committee
audit-record-activity = Activity
audit-record-rule = Address rule
audit-record-skill = Skill
audit-record-branch = Branch
audit-record-import = Import
audit-record-activity-import = Import of participations
audit-action-signed-in = Signed in
audit-action-signed-out = Signed out
audit-action-locked = Locked after wrong passwords
audit-action-password-set = Set a password
audit-action-session-ended = Signed a device out
audit-action-account-added = Added an account
audit-action-account-changed = Changed an account
audit-action-account-disabled = Disabled an account
audit-action-account-enabled = Enabled an account
audit-action-account-reset = Made a password link
audit-action-member-added = Registered a member
audit-action-member-changed = Changed a member
audit-action-member-removed = Removed a member
audit-action-member-restored = Brought a member back
audit-action-members-merged = Merged two members
audit-action-merge-undone = Took a merge back
audit-action-member-erased = Erased a member
audit-action-bin-emptied = Emptied the bin
audit-action-members-imported = Imported members
audit-action-import-undone = Took an import back
audit-action-members-exported = Exported a list
audit-action-form-printed = Printed a form
audit-action-committee-added = Added a committee
audit-action-committee-changed = Changed a committee
audit-action-committee-renamed = Renamed a committee
audit-action-committee-merged = Merged committees
audit-action-committees-imported = Imported a directory
audit-action-rule-added = Added an address rule
audit-action-rules-changed = Changed an address rule
audit-action-rule-removed = Removed an address rule
audit-action-rule-restored = Brought an address rule back
audit-action-rules-imported = Imported address rules
audit-action-activity-added = Recorded an activity
audit-action-activity-changed = Changed an activity
audit-action-activity-removed = Removed an activity
audit-action-activity-restored = Brought an activity back
audit-action-participant-added = Entered a participant
audit-action-participation-changed = Changed a participation
audit-action-participant-taken-out = Took a participant out
audit-action-participant-back = Put a participant back
audit-action-activities-imported = Imported participations
audit-action-activity-import-undone = Took an import of participations back
audit-action-activities-exported = Exported participations
audit-action-sheet-printed = Printed a sign-in sheet
audit-said-cards = { $cards ->
    [one] One card
   *[other] { $cards } cards
}
audit-said-activities-imported = { $rejected ->
    [0] Activities: { $activities }, participations: { $rows }
   *[other] Activities: { $activities }, participations: { $rows }, left out: { $rejected }
}
audit-said-activities-undone = { $kept ->
    [0] Activities deleted: { $activities }
   *[other] Activities deleted: { $activities }; changed since and kept: { $kept }
}
audit-said-lines = { $lines ->
    [one] One line
   *[other] { $lines } lines
}
audit-action-cards-printed = Printed record cards
audit-action-card-confirmed = Noted a committee’s confirmation
audit-action-card-withdrawn = Withdrew a confirmation
audit-action-skill-added = Added a skill
audit-action-skill-renamed = Renamed a skill
audit-action-skill-merged = Merged skills
audit-action-branch-added = Added a branch
audit-action-branch-renamed = Renamed a branch
audit-action-branch-merged = Merged branches
audit-action-demo-filled = Made a demonstration
audit-by-link = A committee, by link
audit-said-letters = { $letters ->
    [one] one letter
   *[other] { $letters } letters
}
audit-said-letter-issued = { $members ->
    [one] passes on one member
   *[other] passes on { $members } members
}
audit-said-links-guessed = { $wrong } times within ten minutes
audit-record-letter = Letter
audit-action-letter-settings-changed = Changed the letter settings
audit-action-letter-template-changed = Changed the letter text
audit-action-letters-made = Drafted letters
audit-action-letter-issued = Issued a letter
audit-action-letters-printed = Printed letters
audit-action-letter-sent = Sent a letter
audit-action-letter-reminded = Sent a reminder
audit-action-letter-answered = Entered a reply
audit-action-letter-withdrawn = Withdrew a letter
audit-action-letter-scan-added = Kept a scan of a reply
audit-action-letter-link-made = Made a committee’s link
audit-action-letter-links-revoked = Revoked a committee’s links
audit-action-letter-opened = Committee opened its letter
audit-action-letter-received = Committee confirmed receipt
audit-action-letter-answered-there = Committee answered on its page
audit-action-links-guessed = Many wrong links were tried
