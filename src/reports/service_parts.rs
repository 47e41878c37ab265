//! The figures of needs and letters.

use super::figure::{Cell, Figure, Row};
use super::service;
use crate::activities::HalfYear;
use crate::db::{Connection, Result};
use crate::letters;
use crate::web::{Page, Scope};

/// What was asked in each half-year, and what became of it.
pub(super) async fn needs(
    connection: &mut Connection,
    page: &Page,
    halves: &[HalfYear],
) -> Result<Figure> {
    let measures = [
        ("reports-asked", ""),
        ("reports-met", "done"),
        ("reports-served", "matched"),
        ("reports-open", "open"),
        ("reports-closed", "closed"),
    ];
    let mut figure = figure(page, "needs", "reports-needs", measures.map(|(key, _)| key));
    for half in halves {
        let of = service::needs(connection, *half).await?;
        let amounts = [of.asked, of.done, of.matched, of.open, of.closed];
        let cells = amounts.into_iter().zip(measures).map(|(amount, (_, state))| {
            let half = half.code();
            let state = if state.is_empty() { String::new() } else { format!("&state={state}") };
            vec![Cell::number(page, amount, format!("/needs/list?half={half}{state}"))]
        });
        figure.rows.push(row(page, *half, cells.collect()));
    }
    figure.without_the_empty_past();
    figure.left_out.push(page.t("reports-needs-text").to_owned());
    Ok(figure)
}

/// What was sent in each half-year, and answered.
pub(super) async fn letters(
    connection: &mut Connection,
    page: &Page,
    scope: &Scope,
    halves: &[HalfYear],
) -> Result<Figure> {
    let measures =
        [("reports-sent", "went"), ("reports-answered", "answered"), ("reports-waiting", "sent")];
    let mut figure = figure(page, "letters", "reports-letters", measures.map(|(key, _)| key));
    let seen = letters::seen(scope);
    let mut withdrawn = 0;
    for half in halves {
        let of = service::letters(connection, *half, seen.as_deref()).await?;
        withdrawn += of.withdrawn;
        let amounts = [of.sent, of.answered, of.waiting];
        let cells = amounts.into_iter().zip(measures).map(|(amount, (_, state))| {
            vec![Cell::number(page, amount, format!("/letters?half={}&state={state}", half.code()))]
        });
        figure.rows.push(row(page, *half, cells.collect()));
    }
    figure.without_the_empty_past();
    if withdrawn > 0 {
        figure.left_out.push(page.t1("reports-withdrawn", "letters", withdrawn));
    }
    figure.left_out.push(page.t("reports-letters-text").to_owned());
    Ok(figure)
}

fn figure<const N: usize>(
    page: &Page,
    id: &'static str,
    title: &'static str,
    measures: [&'static str; N],
) -> Figure {
    Figure {
        id,
        title: page.t(title),
        first: page.t("activities-half"),
        measures: measures.iter().map(|key| page.t(key)).collect(),
        one_scale: true,
        sides: vec![String::new()],
        rows: Vec::new(),
        left_out: Vec::new(),
    }
}

fn row(page: &Page, half: HalfYear, cells: Vec<Vec<Cell>>) -> Row {
    Row { name: half.words(page.language()), url: String::new(), cells }
}
