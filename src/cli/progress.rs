//! How far long work is: shown on a terminal, nothing in a pipe.

use std::io::IsTerminal as _;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use super::words::language;

/// A bar up to this many.
pub(super) fn bar(of: u64) -> ProgressBar {
    shown(|| ProgressBar::new(of), "{bar:40} {human_pos} / {human_len}  {elapsed}")
}

/// A count of rows of a file whose end is not known.
pub(super) fn rows() -> ProgressBar {
    let rows = language().text("cli-rows");
    shown(ProgressBar::new_spinner, &format!("{{spinner}} {{human_pos}} {rows}  {{elapsed}}"))
}

/// A sign that something goes on.
pub(super) fn waiting() -> ProgressBar {
    let bar = shown(ProgressBar::new_spinner, "{spinner} {elapsed}");
    if !bar.is_hidden() {
        bar.enable_steady_tick(Duration::from_millis(120));
    }
    bar
}

fn shown(bar: impl FnOnce() -> ProgressBar, template: &str) -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    match ProgressStyle::with_template(template) {
        Ok(style) => bar().with_style(style),
        Err(_) => ProgressBar::hidden(),
    }
}
