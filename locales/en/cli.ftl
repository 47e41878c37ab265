# Help
cli-heading-usage = Usage:
cli-heading-commands = Commands:
cli-heading-arguments = Arguments:
cli-heading-options = Options:
cli-heading-examples = Examples:
cli-help-flag = Print help
cli-version-flag = Print the version
cli-statuses = Exit status: 0 when all went well, 1 when something is wrong, 2 when the command was not understood.

cli-command = Linli 邻里: who of a workplace's members lives where, and what each can do for their neighbours.
cli-examples =
    linli                                  serve on 127.0.0.1:3000
    linli committees import FILE           take in a directory of committees
    linli user add wangfang --name 王芳     make an account, print its one-time link
    linli members export --each lists/     a list for each committee
    linli backup linli-backup.db           copy the database while it serves
    linli help members import              the help of a command
cli-argument-database = The database, as sqlite:PATH [environment: LINLI_DATABASE_URL; else sqlite:data/linli.db]
cli-argument-config = The settings file [else linli.toml, where there is one]

cli-command-serve = Serve the pages (the default command)
cli-examples-serve =
    linli serve
    linli serve --listen 127.0.0.1:8080
cli-argument-serve-listen = Where to listen [else 127.0.0.1:3000]

cli-command-migrate = Bring the database's schema up to date, after a backup of the file beside it
cli-examples-migrate =
    linli migrate
    linli migrate --dry-run
    linli migrate status
cli-argument-migrate-dry-run = Only say what would run
cli-command-migrate-status = List each migration: when it ran, what is pending, what was changed since
cli-examples-migrate-status = linli migrate status

cli-command-user = Accounts: add, list, disable, enable, reset
cli-command-user-add = Make an account and print the one-time link by which its holder sets a password
cli-examples-user-add =
    linli user add wangfang --name 王芳 --role administrator
    linli user add liqiang --name 李强 --branch 网络运维党支部
cli-argument-user-add-login = The sign-in name
cli-argument-user-add-name = The name to show
cli-argument-user-add-role = What they may do: administrator or staff [else staff]
cli-argument-user-add-branch = A branch whose members they may see and change; may be given several times [else all]
cli-command-user-list = List the accounts
cli-examples-user-list = linli user list
cli-command-user-disable = Disable an account and end its sessions
cli-examples-user-disable = linli user disable wangfang
cli-argument-user-disable-login = The sign-in name
cli-command-user-enable = Let a disabled account sign in again
cli-examples-user-enable = linli user enable wangfang
cli-argument-user-enable-login = The sign-in name
cli-command-user-reset = Print a one-time link by which the holder sets a new password
cli-examples-user-reset = linli user reset wangfang
cli-argument-user-reset-login = The sign-in name

cli-command-committees = The directory of residents' committees
cli-command-committees-import = Take in a directory (CSV or XLSX with 代码, 名称, 街道, 区县, 城市); run again, it updates
cli-examples-committees-import = linli committees import demo/committees-shanghai.csv
cli-argument-committees-import-file = The directory
cli-command-addresses = Address rules: which numbers of a road belong to which committee
cli-command-addresses-import = Take in rules (CSV or XLSX with 路名, 弄, 号, 单双, 居委会代码, 生效日期); run again, it updates
cli-examples-addresses-import = linli addresses import rules.csv
cli-argument-addresses-import-file = The rules
cli-command-activities = What members did in the community
cli-command-activities-import = Take in participations (CSV or XLSX with 工号, 日期, 内容, 领域, 方式, 次数, 时长, 居委会代码); what is on record is left as it is
cli-examples-activities-import = linli activities import activities.csv --rejects left-out.csv
cli-argument-activities-import-file = The participations
cli-argument-activities-import-dry-run = Only say what would happen
cli-argument-activities-import-rejects = Take in the good rows, and write the others into this new file with the reason in a last column
cli-activities-imported = New: { $activities } activities, { $participations } participations; on record already: { $unchanged }; left out: { $rejected }
cli-activities-would-import = Would be new: { $activities } activities, { $participations } participations; on record already: { $unchanged }; left out: { $rejected }

cli-command-members = Files of members in and out, and finding them
cli-command-members-import = Take in a file of members (CSV or XLSX), all of it or nothing
cli-examples-members-import =
    linli members import members.csv --dry-run
    linli members import members.xlsx --rejects bad-rows.csv
    linli members import members.csv --agreed no
cli-argument-members-import-file = The file
cli-argument-members-import-dry-run = Only say what would happen
cli-argument-members-import-rejects = Take in the good rows, and write the others into this new file with the reason in a last column
cli-argument-members-import-agreed = Whether those who are new agreed to be known, where no column says so: yes or no [else yes]
cli-command-members-export = Write members into a file, or to the standard output
cli-examples-members-export =
    linli members export members.csv
    linli members export members.xlsx --lang en
    linli members export --committee 310110012003 list.csv
    linli members export --each lists/ --format xlsx
cli-argument-members-export-committee = Only the list for this committee, by its code: those who agreed to be known to it
cli-argument-members-export-each = A list for each committee that has members, and one for those without, into this folder
cli-argument-members-export-format = The kind of file: csv or xlsx [else what the file's name says]
cli-argument-members-export-lang = The headers' language: zh or en [else zh]
cli-argument-members-export-file = The file; without it CSV goes to the standard output
cli-command-members-find = Print what the search box would find: a table on a terminal, CSV in a pipe
cli-examples-members-find =
    linli members find zhuying
    linli members find 四平路 编程 --limit 10
cli-argument-members-find-query = As in the search box
cli-argument-members-find-limit = At most so many [else 50]

cli-command-backup = Copy the database into a new file, also while it serves
cli-examples-backup = linli backup linli-2026-01-31.db
cli-argument-backup-file = The file to make
cli-command-restore = Put a backup in the place of the database; what was there is kept beside it
cli-examples-restore = linli restore linli-2026-01-31.db
cli-argument-restore-file = The backup
cli-command-check = Prove that the database is whole: pages, references, and the search index against the rows
cli-examples-check = linli check
cli-command-demo = Fill an empty registry with a made-up branch over the committees of Shanghai
cli-examples-demo = linli demo --database sqlite:demo.db --members 2000
cli-argument-demo-members = How many members [else 2000]
cli-argument-demo-participations = How many participations in activities [else about three for each of up to 2000 members]
cli-argument-demo-seed = Another number gives other people [else 1]
cli-command-config = Show the settings in force and where each came from
cli-examples-config = linli config
cli-command-health = Ask the server on this machine whether it can serve
cli-examples-health = linli health --timeout 2
cli-argument-health-timeout = How long to wait, in seconds [else 5]
cli-command-help = Print the help of a command
cli-examples-help = linli help members import
cli-argument-help-command = The command

# What is not understood
cli-mistake-command = there is no command `{ $typed }`: `{ $command } --help` lists them
cli-mistake-command-meant = there is no command `{ $typed }`: did you mean `{ $meant }`?
cli-mistake-unknown = `{ $typed }` is not known here: see `{ $command } --help`
cli-mistake-missing = { $name } is missing: see `{ $command } --help`
cli-mistake-conflict = { $one } and { $other } do not go together: see `{ $command } --help`
cli-mistake-value = `{ $value }` is no value for { $name }: see `{ $command } --help`
cli-mistake-value-of = `{ $value }` is no value for { $name }: write one of { $values }
cli-mistake-no-value = { $name } needs a value: see `{ $command } --help`
cli-mistake = this command was not understood: see `{ $command } --help`

# Settings
cli-no-settings = there is no settings file { $file }
cli-setting-unknown = { $place } has a setting `{ $name }` that Linli does not know: `linli config` lists those that it knows
cli-setting-wrong = the setting `{ $name }` in { $place } is not understood: { $detail }
cli-settings-broken = { $place } cannot be read: { $detail }
cli-log-wrong = the setting `log` is not understood: write error, warn, info or debug ({ $detail })
cli-from-flag = flag
cli-built-in = built in

# The database
cli-no-address = `{ $text }` is no database address: write it as sqlite:PATH, for example sqlite:data/linli.db
cli-no-database = there is no database at { $file }: run `linli serve` or `linli migrate` to make one
cli-cannot-open = cannot open the database { $file }: check that it and its folder can be read and written ({ $detail })
cli-not-a-database = { $file } is no database, or it is damaged: put a backup back with `linli restore FILE`
cli-old-engine = SQLite { $version } is too old: Linli needs 3.51.3 or later
cli-database-busy = the database is busy with another change: try again when that has ended
cli-database-read-only = the database cannot be written: check who may write the file and its folder
cli-database-damaged = the database is damaged: stop the server and put a backup back with `linli restore FILE` ({ $detail })
cli-disk-full = the disk is full, and nothing was changed: make room and try again
cli-database-failed = the database failed, and nothing was changed: { $detail }
cli-newer-database = this database is from a newer Linli, and was not touched: use that Linli, or restore a backup from before
cli-older-database = the database is of an older Linli: run `linli migrate`, which makes a backup first
cli-changed-migration = a migration was changed since it ran here: see `linli migrate status`
cli-nothing-pending = Nothing is pending.
cli-would-run = would run { $number } { $description }
cli-ran = ran { $number } { $description }
cli-backed-up = Backup: { $file }
cli-migration-failed = a migration failed, and the database is as it was before: report this ({ $detail })
cli-migration-pending = pending
cli-migration-ran = ran { $at } UTC
cli-migration-changed = ran { $at } UTC, CHANGED SINCE
cli-migration-newer = ran { $at } UTC in a newer Linli

# Serving
cli-serving = Linli 邻里: { $url }
cli-first-link =
    The first administrator sets a name and password here, once:
    { "  " }{ $url }
cli-cannot-listen = cannot listen on { $address }: is Linli running already? Choose another with --listen ({ $detail })
cli-serving-failed = serving ended: { $detail }
cli-health-failed = the server at { $address } cannot serve: { $detail }

# Accounts
cli-link = { $url }
cli-no-account = there is no account `{ $login }`: see `linli user list`
cli-no-branch = there is no branch `{ $name }`: see the branches' page for how it is written
cli-last-administrator = this is the only administrator: make another one first with `linli user add`
cli-account-disabled = { $login } can no longer sign in.
cli-account-enabled = { $login } can sign in again.
cli-branches = Branches
cli-every-branch = all

# Files
cli-rows = rows
cli-cannot-read = cannot read { $file }: { $detail }
cli-cannot-write = cannot write { $file }: { $detail }
cli-file-failed = a file failed: { $detail }
cli-file-taken = { $file } is there already: choose another name, or move it away
cli-no-output = cannot write to the standard output: { $detail }
cli-committees-imported = { $added } added, { $updated } updated, { $unchanged } unchanged
cli-committees-not-imported = { $file } was not taken in: mend the places above and try again
cli-imported = { $added } added, { $updated } updated, { $unchanged } unchanged, { $rejected } rejected
cli-would-import = { $added } added, { $updated } updated, { $unchanged } unchanged, { $rejected } rejected (dry run: nothing was written)
cli-problems-more = and { $count } more
cli-import-stopped = { $count ->
    [one] nothing was written: mend the place above, or take the bad row out with --rejects FILE
   *[other] nothing was written: mend the { $count } places above, or take the bad rows out with --rejects FILE
}
cli-no-committee = there is no committee with the code { $code }: look it up on the committees' page
cli-workbook-needs-file = a workbook needs a file to go into: name one
cli-exported-each = { $files } files in { $folder }
cli-left-out = { $count ->
    [one] One member is in none of them: they have not agreed to be known.
   *[other] { $count } members are in none of them: they have not agreed to be known.
}
cli-nothing-found = Nothing found.
cli-found-limit = The first { $limit }; see more with --limit.

# Backups and proof
cli-backup-failed = the backup failed: { $detail }
cli-no-backup = there is no backup { $file }
cli-backup-not-ours = { $file } is no backup of Linli, or it is damaged
cli-backup-newer = { $file } is from a newer Linli: restore it with that one
cli-in-use = { $file } is in use: stop the server first
cli-restore-failed = the backup was not put back: { $detail }
cli-restored = Restored.
cli-restored-kept = Restored. What was there is kept in { $file }
cli-all-is-well = All is well.
cli-check-failed = { $count ->
    [one] one thing is wrong: stop the server and put a good backup back with `linli restore FILE`
   *[other] { $count } things are wrong: stop the server and put a good backup back with `linli restore FILE`
}
cli-index-lacks = the search index lacks member { $member }
cli-index-differs = the search index differs from member { $member }
cli-index-stray = the search index holds { $key }, where no member is
cli-list-differs = what lists show differs from member { $member }
cli-index-of-committee = the directory’s index differs from committee { $id }
cli-index-of-need = the index of needs differs from need { $id }
cli-index-of-experience = the index of experiences differs from experience { $id }
cli-seal-broken = seal { $seal } of the survey forms does not join the one before it
cli-form-changed = the confirmed survey form { $form } differs from its seal
cli-seal-gone = the audit log names a seal that is not there: { $seal }
cli-count-differs = the number of members at committee { $id } differs from what is on record
cli-sum-differs = the sums of { $kind } { $key } in { $half } differ from what is on record
cli-page-damaged = the file: { $detail }
cli-reference-broken = { $table } row { $row } refers to a missing row of { $parent }
cli-demo-filled = { $count } made-up members in { $file }
cli-demo-not-empty = this registry holds data: the demonstration goes into an empty one, such as --database sqlite:demo.db
cli-demo-failed = the demonstration cannot be made: { $detail }
