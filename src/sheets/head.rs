//! The head of a file, to see before it is taken in.

use std::path::Path;

use super::{Column, Sheet, SheetProblem, match_columns};

/// How many rows are shown.
const SHOWN: usize = 5;

/// The head of a file.
#[derive(Debug, Clone)]
pub struct Head<C> {
    /// The headers, as they stand.
    pub headers: Vec<String>,
    /// Which columns they seem to be.
    pub columns: Vec<Option<C>>,
    /// The first rows.
    pub rows: Vec<Vec<String>>,
}

impl<C: Column> Head<C> {
    /// Of a file that was just opened.
    pub fn of(mut sheet: Sheet) -> Self {
        let headers = sheet.header().names.clone();
        let columns = match_columns(&headers);
        let mut rows = Vec::new();
        while rows.len() < SHOWN {
            match sheet.next_row() {
                Some(Ok(row)) => rows.push(row.cells),
                Some(Err(_)) => {}
                None => break,
            }
        }
        Self { headers, columns, rows }
    }
}

/// Opens a file whose header one knows by its words; else its first row of several filled cells
/// is the header, for a person to say what is what.
///
/// # Errors
/// When it cannot be read.
pub fn open_any(path: &Path, is_header: impl Fn(&[String]) -> bool) -> Result<Sheet, SheetProblem> {
    let may_be =
        |names: &[String]| names.iter().filter(|name| !name.trim().is_empty()).count() >= 2;
    Sheet::open(path, is_header).or_else(|_| Sheet::open(path, may_be))
}
