import-title = Import members
import-text = Upload a CSV or XLSX file. Headers may use any usual words; you see the result before anything is saved.
import-template = Download a template
import-template-file = Members template
import-file = File
import-no-file = Please choose a file.
import-look = Upload and look
import-look-again = Check again
import-match = Match the columns
import-skip-column = Leave out
import-agreed = Those who are new agreed to be known
import-agreed-hint = As signed on the forms. A column “Agrees to be known” in the file counts first.
import-result = What would happen
import-summary = { $added } new, { $updated } updated, { $unchanged } unchanged.
import-problems = { $count ->
    [one] There is one problem. Mend it and upload again, or import only the rows without one:
   *[other] There are { $count } problems. Mend them and upload again, or import only the rows without one:
}
import-place = Place
import-reason = Reason
import-another = Choose another file
import-step-file = Choose a file
import-step-look = Look
import-step-done = Import
import-take-in = Import
import-take-partly = Import the good rows only
import-batches = Latest imports
import-at = When
import-by = By
import-added = New
import-updated = Updated
import-undone = Taken back:
import-undone-short = taken back
import-undo = Take this import back
import-rejected = { $count ->
    [one] One row was not imported.
   *[other] { $count } rows were not imported.
}
import-rejected-file = Rows not imported
import-download = Download what was left out, mend it and upload it again
import-changed = Updated records
import-changed-more = Only the first records are shown.
import-edited-since = edited since
import-yes-no = write yes or no
import-other-branch = this member belongs to another branch, which you cannot change
import-number-twice = the employee number is also in row { $row }
import-committee-code = no committee has the code { $code }
import-committee-unknown = no committee is called { $name }
import-committee-several = several committees are called { $name }: give the code or the sub-district
notice-imported = Imported.
notice-import-undone = The import was taken back.
notice-import-undone-partly-warning = The import was taken back; records edited since stay as they are, listed below.
