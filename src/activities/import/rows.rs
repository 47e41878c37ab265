//! The rows of a file of participations: read on a thread of their own, chunk by chunk.

use std::path::Path;

use tokio::sync::mpsc;

use super::columns::{PartColumn, area, area_of, manner};
use crate::activities::form::title;
use crate::activities::{Amount, Area, Manner, parse_day};
use crate::committees::KnownCommittees;
use crate::lang::Message;
use crate::sheets::{
    self, CellProblem, Column as _, Row, Sheet, SheetProblem, header_problems, match_columns,
};
use crate::text::{normalize, normalize_name};

/// How many rows are written at once.
const CHUNK: usize = 2000;

pub(super) type Cells<'a> = sheets::Cells<'a, PartColumn>;

/// The head of a file, then its rows.
#[derive(Debug)]
pub(super) enum Piece {
    Head {
        headers: Vec<String>,
        columns: Vec<Option<PartColumn>>,
    },
    Rows(Vec<std::result::Result<Row, SheetProblem>>),
    /// It cannot be read at all.
    Wrong(Vec<CellProblem>),
}

fn is_header(names: &[String]) -> bool {
    let columns = match_columns::<PartColumn>(names);
    columns.contains(&Some(PartColumn::Day)) && columns.iter().flatten().count() >= 2
}

/// Opens a file of participations.
pub(super) fn open(path: &Path) -> std::result::Result<Sheet, SheetProblem> {
    sheets::open_any(path, is_header)
}

/// Reads a file to its end, or until nobody wants more of it. Without `chosen`, its headers tell
/// which columns they are.
pub(super) fn read(
    path: &Path,
    chosen: Option<Vec<Option<PartColumn>>>,
    pieces: &mpsc::Sender<Piece>,
) {
    let mut sheet = match open(path) {
        Ok(sheet) => sheet,
        Err(problem) => {
            let _ = pieces.blocking_send(Piece::Wrong(vec![problem.into()]));
            return;
        }
    };
    let headers = sheet.header().names.clone();
    let columns = chosen.unwrap_or_else(|| match_columns(&headers));
    let row = sheet.header().row;
    let mut problems = header_problems(row, &columns, &[PartColumn::Day, PartColumn::Title]);
    let known = |column| columns.contains(&Some(column));
    if !known(PartColumn::Number) && !known(PartColumn::Name) {
        let name = PartColumn::Number.header(true);
        let message = Message::new("sheet-header-missing").with("name", name);
        problems.push(CellProblem { row, column: 0, message });
    }
    if !problems.is_empty() {
        let _ = pieces.blocking_send(Piece::Wrong(problems));
        return;
    }
    if pieces.blocking_send(Piece::Head { headers, columns }).is_err() {
        return;
    }
    let mut rows = Vec::with_capacity(CHUNK);
    while let Some(row) = sheet.next_row() {
        rows.push(row);
        if rows.len() == CHUNK {
            let full = std::mem::replace(&mut rows, Vec::with_capacity(CHUNK));
            if pieces.blocking_send(Piece::Rows(full)).is_err() {
                return;
            }
        }
    }
    let _ = pieces.blocking_send(Piece::Rows(rows));
}

/// What a row says, but who its member is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Said {
    pub number: String,
    pub name: String,
    pub day: String,
    pub title: String,
    pub area: Area,
    pub manner: Manner,
    pub amount: Amount,
    /// `None`: the member's own.
    pub committee: Option<i64>,
}

/// What a row says; `None` with problems noted.
pub(super) fn said(cells: &mut Cells<'_>, committees: &KnownCommittees) -> Option<Said> {
    let number = normalize(cells.text(PartColumn::Number));
    let name = normalize_name(cells.text(PartColumn::Name));
    if number.is_empty() && name.is_empty() {
        cells.wrong(PartColumn::Number, Message::new("form-required"));
    }
    for column in [PartColumn::Day, PartColumn::Title] {
        if cells.text(column).is_empty() {
            cells.wrong(column, Message::new("form-required"));
        }
    }
    let day = cells.read(PartColumn::Day, parse_day);
    let title = cells.read(PartColumn::Title, title);
    let area = cells.read(PartColumn::Area, |typed| {
        area(typed).ok_or_else(|| Message::new("activities-area-unknown"))
    });
    let manner = cells.read(PartColumn::Manner, |typed| {
        manner(typed).ok_or_else(|| Message::new("activities-manner-unknown"))
    });
    let times = cells.read(PartColumn::Times, Amount::parse_times);
    let minutes = cells.read(PartColumn::Hours, Amount::parse_hours);
    let committee = if cells.text(PartColumn::CommitteeCode).is_empty() {
        let (street, district) = (cells.text(PartColumn::Street), cells.text(PartColumn::District));
        cells.read(PartColumn::Committee, |typed| committees.by_name(typed, street, district))
    } else {
        cells.read(PartColumn::CommitteeCode, |typed| committees.by_code(typed))
    };
    let (Some(day), Some(title), true) = (day, title, cells.problems.is_empty()) else {
        return None;
    };
    Some(Said {
        number,
        name,
        day: day.to_string(),
        area: area.unwrap_or_else(|| area_of(&title)),
        title,
        manner: manner.unwrap_or(Manner::Group),
        amount: Amount { times: times.unwrap_or(1), minutes: minutes.unwrap_or(0) },
        committee,
    })
}
