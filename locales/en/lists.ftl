lists-skill = Skill
lists-branch = Branch
lists-add = Add
lists-members = Members
lists-change = Change
lists-rename = Rename
lists-merge = Merge
lists-merge-into = Merge into
lists-merge-hint = For two spellings of one thing. Files with the old spelling still find it.
lists-choose = Choose
lists-one-name = One at a time, without commas or semicolons.
lists-name-taken = This name is already there.
lists-name-taken-merge = This name is already there; you can merge the two below.
lists-changed-since = Someone has just changed it. Check and save again.
notice-added = { $name } was added.
notice-saved = { $name } was saved.
notice-merged = Merged into { $name }.
lists-merge-look = See what will happen
lists-merge-confirm = Merge them
lists-rename-hint = Members’ records follow; files with the old name still find it.
lists-no-skills = No skills yet. Those that a registration form names are added by themselves.
lists-no-branches = No branches yet.
lists-merge-skills = { $members ->
    [one] One member with { $name } will have { $into } instead
   *[other] { $members } members with { $name } will have { $into } instead
}, and { $name } leaves the list. This cannot be taken back.
lists-merge-branches = { $members ->
    [one] One member of { $name } moves to { $into }
   *[other] { $members } members of { $name } move to { $into }
}, and { $name } leaves the list. { $accounts ->
    [0] No account is for { $name } alone.
    [one] One account that may change the members of { $name } may change all of { $into } then.
   *[other] { $accounts } accounts that may change the members of { $name } may change all of { $into } then.
} This cannot be taken back.
