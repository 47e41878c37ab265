//! The rows that an import leaves out.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use crate::lang::Language;
use crate::sheets::{CellProblem, csv_row, csv_start};

/// The rows that were not taken in, as a CSV file to mend and bring again.
#[derive(Debug)]
pub struct Rejects {
    file: tempfile::NamedTempFile,
    path: PathBuf,
    width: usize,
    language: Language,
}

impl Rejects {
    /// Begins the file, with these headers and one for the reason.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn create(path: &Path, headers: &[String], language: Language) -> std::io::Result<Self> {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        let mut file = tempfile::NamedTempFile::new_in(folder.unwrap_or(Path::new(".")))?;
        let reason = language.text("import-reason");
        file.write_all(&csv_start(headers.iter().map(String::as_str).chain([reason])))?;
        Ok(Self { file, path: path.to_owned(), width: headers.len(), language })
    }

    /// Adds a row with what is wrong in it.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn row(&mut self, cells: &[String], problems: &[CellProblem]) -> std::io::Result<()> {
        let reasons: Vec<String> =
            problems.iter().map(|problem| problem.message.say(self.language)).collect();
        let reason = reasons.join("; ");
        let cells = cells.iter().map(String::as_str).chain(std::iter::repeat(""));
        let mut out = Vec::new();
        csv_row(&mut out, cells.take(self.width).chain([reason.as_str()]));
        self.file.write_all(&out)
    }

    /// Gives the file its name, if it holds any row.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn finish(self, rows: usize) -> std::io::Result<()> {
        if rows > 0 {
            self.file.persist(&self.path).map_err(|error| error.error)?;
        }
        Ok(())
    }
}
