//! Matching the columns of a file by hand: a choice under each header, beginning with the guess.

use super::Page;
use super::forms::{Choice, Field};
use crate::lang::Language;
use crate::sheets::Column;

/// The columns that a form chose, by their English names; the guess where it was sent for another
/// file or for none.
pub fn chosen<C: Column>(sent: &[String], guessed: &[Option<C>]) -> Vec<Option<C>> {
    if sent.len() != guessed.len() {
        return guessed.to_vec();
    }
    let known = |name: &String| C::ALL.iter().copied().find(|c| c.header(false) == name);
    sent.iter().map(known).collect()
}

/// A field under each header, drawn by the macro `import_columns`.
pub fn fields<C: Column>(page: &Page, headers: &[String], columns: &[Option<C>]) -> Vec<Field> {
    let chinese = page.language() == Language::Chinese;
    let field = |(at, (header, chosen)): (usize, (&String, &Option<C>))| {
        let skip = Choice {
            label: page.t("import-skip-column").to_owned(),
            chosen: chosen.is_none(),
            ..Choice::default()
        };
        let options = C::ALL.iter().map(|column| Choice {
            value: column.header(false).to_owned(),
            label: column.header(chinese).to_owned(),
            chosen: *chosen == Some(*column),
            count: String::new(),
        });
        Field {
            id: format!("column-{at}"),
            name: "column".to_owned(),
            label: header.clone(),
            options: std::iter::once(skip).chain(options).collect(),
            ..Field::default()
        }
    };
    headers.iter().zip(columns).enumerate().map(field).collect()
}
