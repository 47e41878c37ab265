//! A figure: a picture, and the table with the same numbers.

use super::sums::Sum;
use crate::activities::hours;
use crate::web::Page;

/// The picture's width, in the units of its drawing.
const WIDTH: i64 = 900;
/// Where the bars begin, behind the names.
const NAMES: i64 = 190;
/// Between two panels; the number of a bar stands there.
const GAP: i64 = 70;
/// How high a row is with one bar, and what each more takes.
const ROW: i64 = 16;
/// How many characters of a name there is room for.
const NAME: usize = 12;
/// The most rows that are drawn; the table tells all.
const DRAWN: usize = 40;

/// A figure, drawn by `templates/reports/parts.html`.
pub(super) struct Figure {
    /// Of the heading, to link to.
    pub id: &'static str,
    /// The heading.
    pub title: &'static str,
    /// What the rows are.
    pub first: &'static str,
    /// What is measured, by column.
    pub measures: Vec<&'static str>,
    /// Whether the measures count the same thing, so that their bars have one scale.
    pub one_scale: bool,
    /// What is set side by side, such as two half-years.
    pub sides: Vec<String>,
    /// The rows, in an order that ranks nobody.
    pub rows: Vec<Row>,
    /// What is left out, and why.
    pub left_out: Vec<String>,
}

/// A row of a figure.
pub(super) struct Row {
    /// Its name.
    pub name: String,
    /// What it opens: a narrower report, or nothing.
    pub url: String,
    /// For each measure, for each side.
    pub cells: Vec<Vec<Cell>>,
}

/// A number.
#[derive(Debug, Clone, Default)]
pub(super) struct Cell {
    /// How long its bar is.
    pub amount: i64,
    /// The number as the reader writes it.
    pub text: String,
    /// How much of it is confirmed, in words; empty where that is not told.
    pub beside: String,
    /// The list behind it; empty for none.
    pub url: String,
}

/// A picture's part.
pub(super) struct Bar {
    pub x: i64,
    pub y: i64,
    pub width: i64,
    pub height: i64,
    /// Which side it belongs to, 0 the first.
    pub side: usize,
    pub text: String,
    pub text_x: i64,
    pub text_y: i64,
}

/// A name in the picture.
pub(super) struct Label {
    pub x: i64,
    pub y: i64,
    pub text: String,
}

impl Cell {
    /// A plain number, with the list behind it.
    pub(super) fn number(page: &Page, amount: i64, url: String) -> Self {
        Self { amount, text: page.number(&amount), beside: String::new(), url }
    }

    /// Members, times and hours of a sum; behind the times is this list.
    pub(super) fn of_sum(page: &Page, sum: &Sum, url: &str) -> [Self; 3] {
        let long = |minutes: i64| if minutes > 0 { hours(minutes) } else { "0".to_owned() };
        let cell = |amount, text, confirmed: String| Self {
            amount,
            text,
            beside: page.t1("reports-confirmed", "amount", confirmed),
            url: url.to_owned(),
        };
        let number = |amount: i64| page.number(&amount);
        [
            cell(sum.members, number(sum.members), number(sum.confirmed_members)),
            cell(sum.times, number(sum.times), number(sum.confirmed_times)),
            cell(sum.minutes, long(sum.minutes), long(sum.confirmed_minutes)),
        ]
    }
}

impl Figure {
    /// Width and height of the picture.
    pub(super) fn size(&self) -> (i64, i64) {
        let rows = i64::try_from(self.rows.len().min(DRAWN)).unwrap_or(0);
        (WIDTH, 30 + rows * self.row_height())
    }

    fn row_height(&self) -> i64 {
        let sides = i64::try_from(self.sides.len()).unwrap_or(1);
        ROW * sides.max(1) + 8
    }

    fn panel(&self) -> i64 {
        let panels = i64::try_from(self.measures.len()).unwrap_or(1).max(1);
        (WIDTH - NAMES) / panels
    }

    /// Whether not all rows are drawn.
    pub(super) fn is_cut(&self) -> bool {
        self.rows.len() > DRAWN
    }

    /// The names of rows and measures.
    pub(super) fn labels(&self) -> Vec<Label> {
        let panel = self.panel();
        let heads = self.measures.iter().zip(0_i64..).map(|(name, at)| Label {
            x: NAMES + at * panel,
            y: 16,
            text: (*name).to_owned(),
        });
        let rows = self.rows.iter().take(DRAWN).zip(0_i64..).map(|(row, at)| Label {
            x: 0,
            y: 30 + at * self.row_height() + self.row_height() / 2 + 2,
            text: shortened(&row.name),
        });
        heads.chain(rows).collect()
    }

    /// Leaves out the last rows, of half-years before the first in which anything was done.
    pub(super) fn without_the_empty_past(&mut self) {
        let empty = |row: &Row| row.cells.iter().flatten().all(|cell| cell.amount == 0);
        while self.rows.len() > 1 && self.rows.last().is_some_and(empty) {
            self.rows.pop();
        }
    }

    /// The most in a column; in all of them where they have one scale.
    fn most(&self, measure: usize) -> i64 {
        let columns = self.rows.iter().flat_map(|row| row.cells.iter().enumerate());
        let counted = columns.filter(|(column, _)| self.one_scale || *column == measure);
        counted.flat_map(|(_, cells)| cells).map(|cell| cell.amount).max().unwrap_or(0).max(1)
    }

    /// The bars.
    pub(super) fn bars(&self) -> Vec<Bar> {
        let mut bars = Vec::new();
        let longest = self.panel() - GAP;
        for (measure, at) in (0..self.measures.len()).zip(0_i64..) {
            let most = self.most(measure);
            for (row, place) in self.rows.iter().take(DRAWN).zip(0_i64..) {
                let sides = row.cells.get(measure).map_or(&[][..], Vec::as_slice);
                for ((side, cell), down) in sides.iter().enumerate().zip(0_i64..) {
                    let x = NAMES + at * self.panel();
                    let y = 30 + place * self.row_height() + down * ROW;
                    let width = cell.amount.saturating_mul(longest) / most;
                    let width = width.max(i64::from(cell.amount > 0));
                    bars.push(Bar {
                        x,
                        y: y + 2,
                        width,
                        height: ROW - 4,
                        side,
                        text: cell.text.clone(),
                        text_x: x + width + 5,
                        text_y: y + ROW - 4,
                    });
                }
            }
        }
        bars
    }
}

/// As much of a name as there is room for.
fn shortened(name: &str) -> String {
    let wide = |c: char| if c.is_ascii() { 1 } else { 2 };
    let (mut room, mut kept) = (2 * NAME, String::new());
    for c in name.chars() {
        if wide(c) > room {
            kept.push('…');
            return kept;
        }
        room -= wide(c);
        kept.push(c);
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_bar_of_a_scale_fills_its_panel_and_none_that_counts_is_invisible() {
        let cells = |amounts: [i64; 2]| {
            let cell = |amount: &i64| Cell { amount: *amount, ..Cell::default() };
            amounts.iter().map(cell).collect::<Vec<_>>()
        };
        let row = |one, other| {
            let cells = vec![cells(one), cells(other)];
            Row { name: String::new(), url: String::new(), cells }
        };
        let mut figure = Figure {
            id: "",
            title: "",
            first: "",
            measures: vec!["", ""],
            one_scale: false,
            sides: vec![String::new(), String::new()],
            rows: vec![row([100_000, 50_000], [4, 2]), row([1, 0], [0, 0]), row([0; 2], [0; 2])],
            left_out: Vec::new(),
        };
        figure.without_the_empty_past();
        let widths =
            |figure: &Figure| -> Vec<i64> { figure.bars().iter().map(|bar| bar.width).collect() };
        let longest = (WIDTH - NAMES) / 2 - GAP;
        let half = longest / 2;
        assert_eq!(widths(&figure), [longest, half, 1, 0, longest, half, 0, 0]);
        figure.one_scale = true;
        assert_eq!(widths(&figure), [longest, half, 1, 0, 1, 1, 0, 0]);
        assert_eq!(shortened("一二三四五六七八九十甲乙丙"), "一二三四五六七八九十甲乙…");
    }
}
