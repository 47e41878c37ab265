committees-count = { $count } in all
committees-add = Add a committee
committees-find = Name, pinyin, sub-district or code
committees-all-districts = All districts
committees-none = No committees yet. Import a directory, or add them one by one.
committees-name = Name
committees-code = Code
committees-code-hint = The official 12 digits; may stay empty.
committees-code-shape = A code has 12 digits.
committees-code-taken = Another committee has this code.
committees-code-twice = This code also stands in row { $row }.
committees-street = Sub-district
committees-district = District
committees-street-code = Sub-district code
committees-street-code-hint = 9 digits; not needed when the committee has a code.
committees-street-code-shape = Give the sub-district’s 9 digits or the committee’s 12.
committees-street-code-other = This differs from the first 9 digits of the committee’s code.
committees-street-new = This sub-district is new; give its name.
committees-district-new = This district is new; give its name.
committees-body = Residents’ committee
committees-head = Head
committees-address = Address
committees-contact = Contact person
committees-phone = Phone
committees-party = Community Party organisation
committees-party-none = Not filled in yet.
committees-party-name = Name
committees-party-head = Head
committees-since = Name or head changed on
committees-since-hint = Matters only when the name or head changed; the old name is kept and still finds it.
committees-since-future = Not later than today.
committees-since-shape = Please give a date.
committees-names = Names and heads over time
committees-from-start = At first
committees-merged = Now part of
committees-merge-title = Merge { $name }
committees-merge-into = Merge into
committees-merge-which = Choose another committee.
committees-withheld = { $count ->
    [one] One member has not agreed to be known and is on no exported list.
   *[other] { $count } members have not agreed to be known and are on no exported list.
}
committees-all-members = All of them
committees-none-staff = No committees yet. An administrator imports the directory first.
committees-find-more = Only the first 100 are shown. Try to be more specific.
committees-no-members = No member is registered here yet.
committees-area-two-names = Row { $row } has the same code with another name.
committees-street-hint = Not needed for a sub-district that is in the directory.
committees-since-before = The last change was on { $day }; give no earlier day.
committees-party-name-full = Community Party organisation
committees-party-head-full = Its head
committees-party-address-full = Its address
committees-party-phone-full = Its phone
committees-names-since = From
committees-body-which = Body
committees-on = Names on a day
committees-list-xlsx = List (XLSX)
committees-list-csv = List (CSV)
committees-merge-hint = Type a name, pinyin or sub-district and choose.
committees-merge-confirm = { $members ->
    [one] One member
   *[other] { $members } members
} and { $rules ->
    [one] one address rule
   *[other] { $rules } address rules
} of { $name } will move to { $into }. Looking for { $name } will still find { $into }. This cannot be taken back.
committees-import = Import a directory
committees-import-text = Upload a CSV or XLSX file with a committee a row and at least its code, name, sub-district and district. Committees that are there are updated by their code; those that the file lacks stay as they are. You see the result before anything is saved.
committees-import-nothing = The directory is as the file has it; there is nothing to import.
committees-import-problems = { $count ->
    [one] There is one problem. Mend it and upload again; the directory is unchanged.
   *[other] There are { $count } problems. Mend them and upload again; the directory is unchanged.
}
committees-import-summary = { $added } new, { $renamed } renamed, { $changed } changed otherwise, { $unchanged } unchanged.
committees-import-renamed = Renamed
committees-import-changed = Changed otherwise
committees-import-added = New
committees-import-template-file = Directory template
notice-directory-imported = The directory was imported.
committees-party-fill = Fill it in
committees-service = Teams, wishes, posts and service days
