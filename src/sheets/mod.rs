//! Tables that come from and go to Excel and WPS.

mod cells;
mod columns;
mod csv_file;
mod head;
mod list_file;
mod read;
mod xlsx;

pub use cells::Cells;
pub use columns::{
    Column, CommitteeColumn, MemberColumn, column_letters, header_problems, match_columns,
    parse_yes_no,
};
pub use csv_file::{csv_row, csv_start, harmless, unharmed};
pub use head::{Head, open_any};
pub use list_file::{ListFile, ListFormat, WrittenList};
pub use read::{Header, Row, Sheet, SheetProblem, SheetProblemKind};
pub use xlsx::XlsxFile;

use crate::lang::Message;

/// What is wrong in a file, by row and column as a spreadsheet shows them.
#[derive(Debug, Clone, PartialEq)]
pub struct CellProblem {
    /// From 1; 0: the file as a whole.
    pub row: u32,
    /// From 1; 0: the row as a whole.
    pub column: u32,
    /// What is wrong.
    pub message: Message,
}

impl CellProblem {
    /// Where it is: `C12`, `12` for a row as a whole, empty for the file as a whole.
    pub fn place(&self) -> String {
        if self.row == 0 {
            return String::new();
        }
        format!("{}{}", column_letters(self.column), self.row)
    }
}

impl From<SheetProblem> for CellProblem {
    fn from(problem: SheetProblem) -> Self {
        let message = Message::new(problem.kind.key());
        Self { row: problem.row, column: problem.column, message }
    }
}
