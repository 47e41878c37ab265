erasing-open = Erase for good
erasing-title = Erase personal data for good
erasing-final = This cannot be undone by anyone. Use it only when the person asks for it.
erasing-goes = What goes
erasing-merged = { $count ->
    [one] One record merged into it
   *[other] { $count } records merged into it
}
erasing-changes = { $count ->
    [one] One change in its history
   *[other] { $count } changes in its history
}
erasing-participations = { $count ->
    [one] One part in an activity, and the record cards that were printed
   *[other] { $count } parts in activities, and the record cards that were printed
}
erasing-imports = { $count ->
    [one] What one import remembers of it
   *[other] What { $count } imports remember of it
}
erasing-drafts = Unsaved drafts, rows that imports left out, and where the audit log names the person
erasing-stays = What stays
erasing-stays-log = One line in the audit log: the record’s number, who erased it and when. No name.
erasing-stays-outside = Files that were exported and forms that were printed. Please destroy them yourselves.
erasing-stays-backups = Backups made before still hold the data until they are deleted.
erasing-name = Name
erasing-name-hint = Type “{ $name }” to confirm
erasing-name-differs = This is not the name on the record.
erasing-do = Erase for good
notice-member-erased = Record { $name } was erased for good.
notice-erase-remove-warning = Remove { $name } first, then erase.
