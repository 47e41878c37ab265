//! XLSX for Excel and WPS: text stays text, so that codes and phone numbers keep their digits.

use std::path::Path;

use rust_xlsxwriter::{Format, Workbook, XlsxError};

/// The most rows of one sheet below its header; more go on in a further sheet.
const MOST_ROWS: u32 = 1_048_575;

/// A workbook being written, row by row in constant memory.
pub struct XlsxFile {
    workbook: Workbook,
    title: String,
    headers: Vec<(String, f64)>,
    sheets: u32,
    row: u32,
}

impl XlsxFile {
    /// A workbook whose sheets bear this title, with these headers and widths (in characters).
    ///
    /// # Errors
    /// When the title is no sheet's name or the temporary file cannot be written.
    pub fn new(title: &str, headers: Vec<(String, f64)>) -> Result<Self, XlsxError> {
        let title: String = title.chars().filter(|c| !"[]:*?/\\'".contains(*c)).take(25).collect();
        let mut file = Self { workbook: Workbook::new(), title, headers, sheets: 0, row: 0 };
        file.begin_sheet()?;
        Ok(file)
    }

    fn begin_sheet(&mut self) -> Result<(), XlsxError> {
        self.sheets += 1;
        let name = match self.sheets {
            1 => self.title.clone(),
            later => format!("{} {later}", self.title),
        };
        let bold = Format::new().set_bold();
        let sheet = self.workbook.add_worksheet_with_constant_memory()?;
        sheet.set_name(name)?;
        sheet.set_freeze_panes(1, 0)?;
        for (column, (header, width)) in (0_u16..).zip(&self.headers) {
            sheet.set_column_width(column, *width)?;
            sheet.write_string_with_format(0, column, header, &bold)?;
        }
        self.row = 0;
        Ok(())
    }

    /// Appends a row of text cells; empty ones stay empty.
    ///
    /// # Errors
    /// When a cell is longer than 32,767 characters or the temporary file cannot be written.
    pub fn row<'a>(&mut self, cells: impl IntoIterator<Item = &'a str>) -> Result<(), XlsxError> {
        if self.row == MOST_ROWS {
            self.begin_sheet()?;
        }
        self.row += 1;
        let row = self.row;
        let last = usize::try_from(self.sheets - 1).unwrap_or_default();
        let sheet = self.workbook.worksheet_from_index(last)?;
        for (column, cell) in (0_u16..).zip(cells) {
            if !cell.is_empty() {
                sheet.write_string(row, column, cell)?;
            }
        }
        Ok(())
    }

    /// Writes the file.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn save(mut self, path: &Path) -> Result<(), XlsxError> {
        self.workbook.save(path)
    }
}

impl std::fmt::Debug for XlsxFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("XlsxFile").field("title", &self.title).field("row", &self.row).finish()
    }
}
