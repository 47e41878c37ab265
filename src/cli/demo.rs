//! `linli demo`.

use std::process::ExitCode;

use clap::Args;

use super::failure::CliError;
use super::progress;
use super::serve::open_for_serving;
use super::words::print;
use crate::config::Settings;
use crate::demo;
use crate::lang::Message;

#[derive(Debug, Args)]
pub(super) struct Demo {
    #[arg(long, value_name = "NUMBER", default_value_t = 2000)]
    members: u32,
    #[arg(long, value_name = "NUMBER")]
    participations: Option<u32>,
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    seed: u64,
}

impl Demo {
    pub(super) async fn run(self, settings: &Settings) -> Result<ExitCode, CliError> {
        let db = open_for_serving(settings).await?;
        let members = usize::try_from(self.members).unwrap_or(usize::MAX);
        let bar = progress::bar(u64::from(self.members));
        let parts = self
            .participations
            .map_or(demo::few_parts(members), |parts| usize::try_from(parts).unwrap_or(usize::MAX));
        let filled =
            demo::fill(&db, members, parts, self.seed, |count| bar.set_position(count as u64));
        let filled = filled.await;
        bar.finish_and_clear();
        filled?;
        let file = db.address().path().display().to_string();
        print(&Message::new("cli-demo-filled").with("count", members).with("file", file))?;
        db.close().await;
        Ok(ExitCode::SUCCESS)
    }
}
