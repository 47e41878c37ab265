//! The cells of one row, by column, with what is wrong in them.

use super::{CellProblem, Column, Row};
use crate::lang::Message;

/// A row's cells, by column.
#[derive(Debug)]
pub struct Cells<'a, C> {
    /// The row.
    pub row: &'a Row,
    /// What was found wrong in it.
    pub problems: Vec<CellProblem>,
    columns: &'a [Option<C>],
}

impl<'a, C: Column> Cells<'a, C> {
    /// Of this row, in a file of these columns.
    pub fn new(row: &'a Row, columns: &'a [Option<C>]) -> Self {
        Self { row, problems: Vec::new(), columns }
    }

    fn place(&self, column: C) -> Option<usize> {
        self.columns.iter().position(|c| *c == Some(column))
    }

    /// The cell's text; empty also where the file has no such column.
    pub fn text(&self, column: C) -> &'a str {
        self.place(column).and_then(|at| self.row.cells.get(at)).map_or("", |cell| cell.trim())
    }

    /// Notes what is wrong with a cell; with the row as a whole where there is no such column.
    pub fn wrong(&mut self, column: C, message: Message) {
        let at = self.place(column).map_or(0, |at| u32::try_from(at + 1).unwrap_or(u32::MAX));
        self.problems.push(CellProblem { row: self.row.number, column: at, message });
    }

    /// What the cell says; `None` when it is empty or wrong.
    pub fn read<T>(&mut self, column: C, parse: impl Fn(&str) -> Result<T, Message>) -> Option<T> {
        let text = self.text(column);
        if text.is_empty() {
            return None;
        }
        match parse(text) {
            Ok(value) => Some(value),
            Err(message) => {
                self.wrong(column, message);
                None
            }
        }
    }
}
