//! `linli demo`.

use std::io::IsTerminal as _;
use std::process::ExitCode;

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};

use super::CliError;
use super::serve::open_for_serving;
use crate::config::Settings;
use crate::demo;

/// Fill an empty registry with a made-up branch over the committees of Shanghai.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  linli demo --database sqlite:demo.db --members 2000")]
pub struct Demo {
    /// How many members
    #[arg(long, default_value_t = 2000)]
    members: u32,
    /// Another number gives other people
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

impl Demo {
    pub(super) async fn run(self, settings: &Settings) -> Result<ExitCode, CliError> {
        let db = open_for_serving(settings).await?;
        let members = usize::try_from(self.members).unwrap_or(usize::MAX);
        let bar = if std::io::stderr().is_terminal() {
            let style = ProgressStyle::with_template("{bar:40} {human_pos} of {human_len}");
            let bar = ProgressBar::new(u64::from(self.members));
            style.map_or_else(|_| ProgressBar::hidden(), |style| bar.with_style(style))
        } else {
            ProgressBar::hidden()
        };
        let filled = demo::fill(&db, members, self.seed, |count| bar.set_position(count as u64));
        filled.await.map_err(|error| CliError::Said(error.to_string()))?;
        bar.finish_and_clear();
        println!("{members} made-up members in {}", db.address().path().display());
        db.close().await;
        Ok(ExitCode::SUCCESS)
    }
}
