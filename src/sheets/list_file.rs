//! A list that leaves as CSV or XLSX: written to the disk row by row, and sent once it is whole.

use std::fs::File;
use std::io::{BufWriter, Error, Result, Write as _};

use tempfile::NamedTempFile;

use super::{XlsxFile, csv_row, csv_start};

/// How wide the columns of a workbook are, in characters.
const WIDTH: f64 = 16.0;

/// What a list leaves as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListFormat {
    /// Text for Excel and WPS.
    Csv,
    /// A workbook.
    Xlsx,
}

impl ListFormat {
    /// What its file's name ends in, without the dot.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
        }
    }

    /// The file's media type.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }
}

/// A list that is being written.
#[derive(Debug)]
pub struct ListFile {
    kept: NamedTempFile,
    format: ListFormat,
    out: Out,
}

/// A list that is whole.
#[derive(Debug)]
pub struct WrittenList {
    /// Open at its beginning.
    pub file: File,
    /// What it was written as.
    pub format: ListFormat,
}

#[derive(Debug)]
enum Out {
    Csv(BufWriter<File>),
    Xlsx(Box<XlsxFile>),
}

impl ListFile {
    /// A list with these headers; `title` names a workbook's sheet.
    ///
    /// # Errors
    /// When the temporary file cannot be written.
    pub fn begin<'a>(
        format: ListFormat,
        title: &str,
        headers: impl IntoIterator<Item = &'a str>,
    ) -> Result<Self> {
        let kept = NamedTempFile::new()?;
        let out = match format {
            ListFormat::Csv => {
                let mut file = BufWriter::new(kept.reopen()?);
                file.write_all(&csv_start(headers))?;
                Out::Csv(file)
            }
            ListFormat::Xlsx => {
                let headers = headers.into_iter().map(|header| (header.to_owned(), WIDTH));
                let file = XlsxFile::new(title, headers.collect()).map_err(Error::other)?;
                Out::Xlsx(Box::new(file))
            }
        };
        Ok(Self { kept, format, out })
    }

    /// Appends a row.
    ///
    /// # Errors
    /// When the temporary file cannot be written.
    pub fn row<'a>(&mut self, cells: impl IntoIterator<Item = &'a str>) -> Result<()> {
        match &mut self.out {
            Out::Csv(file) => {
                let mut row = Vec::new();
                csv_row(&mut row, cells);
                file.write_all(&row)
            }
            Out::Xlsx(file) => file.row(cells).map_err(Error::other),
        }
    }

    /// The whole list, to be read from its beginning. The open file outlives its name.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn finish(self) -> Result<WrittenList> {
        match self.out {
            Out::Csv(mut file) => file.flush()?,
            Out::Xlsx(file) => file.save(self.kept.path()).map_err(Error::other)?,
        }
        Ok(WrittenList { file: File::open(self.kept.path())?, format: self.format })
    }
}
