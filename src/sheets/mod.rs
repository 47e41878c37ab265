//! Tables that come from and go to Excel and WPS.

mod columns;
mod csv_file;
mod read;
mod xlsx;

pub use columns::{
    Column, CommitteeColumn, MemberColumn, column_letters, match_columns, parse_yes_no,
};
pub use csv_file::{CSV_BOM, csv_row, harmless, unharmed};
pub use read::{Header, Row, Sheet, SheetProblem, SheetProblemKind};
pub use xlsx::XlsxFile;
